//! Model files: one model a line, each readable JSON that begins with its card; gzipped or not.

use std::io::{Read as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use forewarn_outlook::model::{Card, Model};
use forewarn_outlook::outcome::Outcome;
use serde::Deserialize;

/// The models that come with the program, made by `forewarn fit` (see `models/README.md`).
static BUNDLED: &[u8] = include_bytes!("../../../../models/outlook/default.jsonl.gz");

/// Models of several outcomes.
pub struct Shelf {
    /// Where they came from, in words.
    pub from: String,
    lines: Vec<(Card, String)>,
}

#[derive(Deserialize)]
struct Head {
    card: Card,
}

impl Shelf {
    /// A file's models, or those that come with the program.
    pub fn read(path: Option<&Path>) -> Result<Self> {
        match path {
            Some(path) => {
                let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
                Self::of(&bytes, path.display().to_string()).with_context(|| path.display().to_string())
            }
            None => Self::of(BUNDLED, "the model that comes with forewarn".to_owned()),
        }
    }

    fn of(bytes: &[u8], from: String) -> Result<Self> {
        let mut text = String::new();
        if bytes.starts_with(&[0x1f, 0x8b]) {
            GzDecoder::new(bytes).read_to_string(&mut text).context("cannot unpack")?;
        } else {
            std::str::from_utf8(bytes).context("not UTF-8")?.clone_into(&mut text);
        }
        let mut lines = Vec::new();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, l)| !l.trim().is_empty()) {
            let head: Head = serde_json::from_str(line).with_context(|| format!("line {number}: not a model"))?;
            lines.push((head.card, line.to_owned()));
        }
        if lines.is_empty() {
            bail!("no model in it");
        }
        Ok(Self { from, lines })
    }

    /// The model of an outcome.
    pub fn model(&self, outcome: Outcome) -> Result<Model> {
        let Some((_, line)) = self.lines.iter().find(|(card, _)| card.outcome == outcome) else {
            let known: Vec<String> = self.lines.iter().map(|(card, _)| name(card.outcome)).collect();
            bail!("{}: no model of {}; it has {}", self.from, name(outcome), known.join(", "))
        };
        Model::from_json(line).with_context(|| self.from.clone())
    }
}

/// `force-90d`, `clash-30d`.
pub fn name(outcome: Outcome) -> String {
    let what = match outcome {
        Outcome::Escalation { .. } => "force",
        Outcome::Clash { .. } => "clash",
    };
    format!("{what}-{}d", outcome.days())
}

/// Writes models, gzipped where the name ends in `.gz`. The same models give the same bytes.
pub fn write(path: &Path, models: &[Model]) -> Result<()> {
    let mut text = String::new();
    for model in models {
        text.push_str(&model.to_json()?);
        text.push('\n');
    }
    let bytes = if path.extension().is_some_and(|e| e == "gz") {
        let mut packed = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
        packed.write_all(text.as_bytes())?;
        packed.finish()?
    } else {
        text.into_bytes()
    };
    std::fs::write(path, bytes).with_context(|| path.display().to_string())
}
