//! Names in the columns of Universal NER (Mayhew et al. 2024): number, form, BIO tag.

use std::collections::HashMap;

use super::{Gold, ReadError};
use crate::{Name, NameKind};

/// Reads an iob2 file: for each `sent_id`, forms with their tags.
///
/// # Errors
/// When a line has fewer than three columns.
pub fn read_iob2(text: &str) -> Result<HashMap<String, Vec<(String, String)>>, ReadError> {
    let mut sentences = HashMap::new();
    let mut id = String::new();
    let mut words = Vec::new();
    for (line, content) in (1..).zip(text.lines().chain([""])) {
        if content.is_empty() {
            if !words.is_empty() {
                sentences.insert(std::mem::take(&mut id), std::mem::take(&mut words));
            }
        } else if let Some(comment) = content.strip_prefix('#') {
            if let Some(found) = comment.trim().strip_prefix("sent_id = ") {
                found.clone_into(&mut id);
            }
        } else {
            let mut columns = content.split('\t').skip(1);
            let (Some(form), Some(tag)) = (columns.next(), columns.next()) else {
                return Err(ReadError { line, why: "fewer than 3 columns".to_owned() });
            };
            words.push((form.to_owned(), tag.to_owned()));
        }
    }
    Ok(sentences)
}

/// Gives each sentence its names by its `sent_id`, carried over by characters where the words differ.
pub fn add_names<S: std::hash::BuildHasher>(gold: &mut [Gold], layer: &HashMap<String, Vec<(String, String)>, S>) {
    for sentence in gold {
        let forms: Vec<&str> = sentence.words.iter().map(|w| w.form.as_str()).collect();
        sentence.names = layer.get(&sentence.id).and_then(|words| carry(words, &forms));
    }
}

/// The names of tagged words, in another division of the same text; `None` when the texts differ.
fn carry(words: &[(String, String)], forms: &[&str]) -> Option<Vec<Name>> {
    let mut tags: Vec<String> = words.iter().map(|(_, tag)| tag.clone()).collect();
    if words.len() != forms.len() {
        if !words.iter().flat_map(|(form, _)| form.bytes()).eq(forms.iter().flat_map(|form| form.bytes())) {
            return None;
        }
        // The tag of every byte; inside a word a name goes on.
        let mut bytes = Vec::new();
        for (form, tag) in words {
            let inside = tag.strip_prefix("B-").map_or_else(|| tag.clone(), |kind| format!("I-{kind}"));
            bytes.extend((0..form.len()).map(|i| if i == 0 { tag.clone() } else { inside.clone() }));
        }
        let mut at = 0;
        tags.clear();
        for form in forms {
            tags.push(bytes.get(at)?.clone());
            at += form.len();
        }
    }
    Some(spans(&tags))
}

/// The names that BIO tags mark; an `I-X` with nothing of its kind before it begins one. Other kinds are left out.
fn spans(tags: &[String]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (i, tag) in tags.iter().enumerate() {
        let Some((position, kind)) = tag.split_once('-').and_then(|(p, k)| Some((p, kind(k)?))) else { continue };
        match names.last_mut() {
            Some(name) if position == "I" && usize::from(name.end) == i && name.kind == kind => name.end += 1,
            _ => names.push(Name { first: i as u16, end: i as u16 + 1, kind }),
        }
    }
    names
}

fn kind(name: &str) -> Option<NameKind> {
    match name {
        "PER" => Some(NameKind::Person),
        "ORG" => Some(NameKind::Organisation),
        "LOC" => Some(NameKind::Location),
        _ => None,
    }
}

/// UNER's name of a kind.
pub(super) fn kind_name(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "PER",
        NameKind::Organisation => "ORG",
        NameKind::Location => "LOC",
    }
}
