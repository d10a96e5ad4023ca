//! What every export says of itself: where it came from, under which terms, how to cite it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Format, Rows};
use crate::dataset::Dataset;
use crate::row::OURS;

/// The words that go with an export.
///
/// The caller fills what it knows before the first row; the writer adds format, rows, sets, what was left out and the
/// credit for coordinates. Dates are passed in: nothing here reads a clock.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notice {
    /// The program and its version (`forewarn 0.1.0`).
    pub program: String,
    /// Version or hash of the codebook that coded the rows.
    pub codebook_version: Option<String>,
    /// The language model's name or hash.
    pub model: Option<String>,
    /// The filter in its canonical words; empty for everything.
    pub filter: String,
    /// What was known on this day only.
    pub as_of: Option<Date>,
    /// The run that coded the rows, where it is one.
    pub run: Option<String>,
    /// The day on which the export was made.
    pub made: Option<Date>,
    /// How to cite it.
    pub citation: String,
    /// Name of the format.
    pub format: String,
    /// `events` or `incidents`.
    pub kind: String,
    /// Rows written; a row may be several lines in formats that split its parties.
    pub rows: u64,
    /// Rows that the format cannot tell truly, by reason.
    pub left_out: BTreeMap<String, u64>,
    /// The sets that rows came from, with their numbers.
    pub sets: BTreeMap<String, u64>,
    /// What must be known of the format itself; empty where it is ours.
    pub caution: String,
    /// Terms of everything inside.
    pub licences: Vec<Licence>,
}

/// Terms of a part of the export.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Licence {
    /// What they are for: a data set's name, `evidence`, `coordinates`.
    pub of: String,
    /// The licence's name or the terms in short.
    pub licence: String,
    /// What to do, and whom to credit.
    pub note: String,
}

impl Licence {
    /// Of a part, with its terms and what to do.
    pub fn new(of: &str, licence: &str, note: &str) -> Self {
        Self { of: of.to_owned(), licence: licence.to_owned(), note: note.to_owned() }
    }

    /// Coordinates and ids out of GeoNames.
    pub fn geonames() -> Self {
        Self::new(
            "coordinates",
            "CC BY 4.0",
            "Coordinates, divisions and geonameid come from GeoNames (https://www.geonames.org): credit it wherever you \
             publish them.",
        )
    }

    /// Sentences of other people's reports.
    pub fn evidence() -> Self {
        Self::new(
            "evidence",
            "rights of the publishers",
            "Titles and evidence are short quotations that let a reader check a coding; the rights in them stay with the \
             publishers named beside them.",
        )
    }
}

impl Notice {
    /// The notice as indented JSON with a line end: the text of `FILE.notice.json`.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a notice has only strings, numbers and lists");
        text.push('\n');
        text
    }

    /// Fills in what the format says.
    pub(super) fn opened(mut self, format: Format, rows: Rows) -> Self {
        format.name().clone_into(&mut self.format);
        rows.name().clone_into(&mut self.kind);
        format.caution().clone_into(&mut self.caution);
        self
    }

    /// Counts a row of `set` that was written.
    pub(super) fn saw(&mut self, set: &str) {
        self.rows += 1;
        if let Some(n) = self.sets.get_mut(set) {
            *n += 1;
        } else {
            self.sets.insert(set.to_owned(), 1);
        }
    }

    /// Adds the terms of what was written, each once; what the caller says of a part stands before what is known here.
    pub(super) fn closed(mut self, geonames: bool) -> Self {
        for set in self.sets.keys() {
            self.licences.extend(match Dataset::parse(set) {
                Some(foreign) => Some(Licence::new(set, foreign.licence(), foreign.citation())),
                None => (set == OURS).then(Licence::evidence),
            });
        }
        self.licences.extend(geonames.then(Licence::geonames));
        self.licences.sort_by(|a, b| a.of.cmp(&b.of));
        self.licences.dedup_by(|a, b| a.of == b.of);
        self
    }
}
