//! Model files: one model a line, each readable JSON that begins with its card; gzipped or not.

use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use forewarn_outlook::model::{Card, Model};
use forewarn_outlook::outcome::Outcome;
use serde::Deserialize;
use std::io::{Read as _, Write as _};
use std::sync::OnceLock;

use crate::error::{Error, Result};

/// The models that come with the program, made by `forewarn fit` (see `models/README.md`).
static BUNDLED: &[u8] = include_bytes!("../../../models/outlook/default.jsonl.gz");

/// Models of several outcomes.
pub struct Shelf {
    /// Where they came from, in words.
    pub from: String,
    lines: Vec<Line>,
}

/// A model, read when it is first asked for.
struct Line {
    card: Card,
    text: String,
    model: OnceLock<Model>,
}

#[derive(Deserialize)]
struct Head {
    card: Card,
}

impl Shelf {
    /// The models that come with the program.
    ///
    /// # Errors
    /// When this program cannot read what comes with it.
    pub fn bundled() -> Result<Self> {
        Self::of(BUNDLED, "the model that comes with forewarn".to_owned())
    }

    /// Models out of a file's bytes; `from` is where they are from, in words.
    ///
    /// # Errors
    /// When they are no models.
    pub fn of(bytes: &[u8], from: String) -> Result<Self> {
        let fault = |message: String| Error::Models { from: from.clone(), message };
        let mut text = String::new();
        if bytes.starts_with(&[0x1f, 0x8b]) {
            GzDecoder::new(bytes).read_to_string(&mut text).map_err(|e| fault(format!("cannot unpack: {e}")))?;
        } else {
            std::str::from_utf8(bytes).map_err(|e| fault(format!("not UTF-8: {e}")))?.clone_into(&mut text);
        }
        let mut lines = Vec::new();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, l)| !l.trim().is_empty()) {
            let head: Head =
                serde_json::from_str(line).map_err(|e| fault(format!("line {number}: not a model: {e}")))?;
            lines.push(Line { card: head.card, text: line.to_owned(), model: OnceLock::new() });
        }
        if lines.is_empty() {
            return Err(fault("no model in it".to_owned()));
        }
        Ok(Self { from, lines })
    }

    /// Outcomes that there are models of.
    pub fn outcomes(&self) -> impl Iterator<Item = Outcome> {
        self.lines.iter().map(|l| l.card.outcome)
    }

    /// The card of each model.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.lines.iter().map(|l| &l.card)
    }

    /// The model of an outcome.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn model(&self, outcome: Outcome) -> Result<&Model> {
        let Some(line) = self.lines.iter().find(|l| l.card.outcome == outcome) else {
            let known = self.outcomes().map(name).collect();
            return Err(Error::NoModel { from: self.from.clone(), outcome, known });
        };
        if let Some(model) = line.model.get() {
            return Ok(model);
        }
        let model = Model::from_json(&line.text)?;
        Ok(line.model.get_or_init(|| model))
    }
}

/// What is forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// At least one incident of force.
    Force,
    /// Three or more.
    Clash,
}

impl Kind {
    /// The outcome with a horizon.
    pub fn outcome(self, days: u32) -> Outcome {
        match self {
            Self::Force => Outcome::Escalation { days },
            Self::Clash => Outcome::Clash { days },
        }
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

/// Models as a file's bytes, gzipped or not. The same models give the same bytes.
///
/// # Errors
/// When a model cannot be written as JSON.
pub fn bytes(models: &[Model], gzipped: bool) -> Result<Vec<u8>> {
    let mut text = String::new();
    for model in models {
        text.push_str(&model.to_json()?);
        text.push('\n');
    }
    if !gzipped {
        return Ok(text.into_bytes());
    }
    let mut packed = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    packed.write_all(text.as_bytes())?;
    Ok(packed.finish()?)
}
