//! The label lists, turned into the types of a [`Token`](crate::Token).

use super::file::File;
use crate::{Feats, ModelError, NameKind, Rel, Sub, Upos};

/// What each head's outputs mean, in their order.
pub(crate) struct Labels {
    pub(crate) upos: Vec<Upos>,
    pub(crate) xpos: Vec<String>,
    pub(crate) feats: Vec<Feats>,
    pub(crate) ner: Vec<NameTag>,
    pub(crate) rel: Vec<(Rel, Sub)>,
    /// Which of `rel` is `root`.
    pub(crate) root: usize,
}

/// A BIO tag. Kinds are numbered by the tag that begins them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameTag {
    /// Outside every name.
    Outside,
    /// `B-X`; the kind is `None` for one that a [`Name`](crate::Name) does not have, such as OTH.
    Begin(Option<NameKind>),
    /// `I-X`, with the index of `B-X`.
    Inside(usize),
}

impl Labels {
    pub(crate) fn read(file: &File<'_>) -> Result<Self, ModelError> {
        let mut upos = Vec::new();
        for name in file.strings("labels.upos")? {
            let unknown = || ModelError::metadata("labels.upos", format!("`{name}` is no universal part of speech"));
            upos.push(Upos::from_ud(&name).ok_or_else(unknown)?);
        }
        let xpos = file.strings("labels.xpos")?;
        if xpos.len() > 256 {
            return Err(ModelError::metadata("labels.xpos", format!("{} labels are more than 256", xpos.len())));
        }
        let feats = file.strings("labels.feats")?.iter().map(|f| Feats::from_ud(f)).collect();
        let rel_names = file.strings("labels.rel")?;
        let no_root = || ModelError::metadata("labels.rel", "`root` is missing");
        let root = rel_names.iter().position(|r| r == "root").ok_or_else(no_root)?;
        if rel_names.len() < 2 {
            return Err(ModelError::metadata("labels.rel", "there is no relation but `root`"));
        }
        let rel = rel_names.iter().map(|name| (Rel::from_ud(name), Sub::from_ud(name))).collect();
        let ner = name_tags(&file.strings("labels.ner")?)?;
        Ok(Self { upos, xpos, feats, ner, rel, root })
    }
}

fn name_tags(names: &[String]) -> Result<Vec<NameTag>, ModelError> {
    let wrong = |why: String| ModelError::metadata("labels.ner", why);
    let mut tags = Vec::new();
    for name in names {
        tags.push(match name.split_at_checked(2) {
            _ if name == "O" => NameTag::Outside,
            Some(("B-", kind)) => NameTag::Begin(match kind {
                "PER" => Some(NameKind::Person),
                "ORG" => Some(NameKind::Organisation),
                "LOC" => Some(NameKind::Location),
                _ => None,
            }),
            Some(("I-", kind)) => {
                let begin = names.iter().position(|b| b.strip_prefix("B-") == Some(kind));
                NameTag::Inside(begin.ok_or_else(|| wrong(format!("`{name}` has no `B-{kind}`")))?)
            }
            _ => return Err(wrong(format!("`{name}` is none of O, B-… and I-…"))),
        });
    }
    if !tags.contains(&NameTag::Outside) {
        return Err(wrong("`O` is missing".to_owned()));
    }
    Ok(tags)
}
