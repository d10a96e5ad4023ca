//! The codebook: the ontology (PLOVER 2.0, CAMEO 1.1b3), the actors, the event patterns and the pages.
//!
//! *Invariant*: loading validates everything and reports all faults at once, each with file and line.

pub mod actors;
pub mod class;
pub mod fault;
pub mod files;
pub mod lemma;
pub mod ontology;
pub mod page;
pub mod pattern;
pub mod petrarch;

use smol_str::SmolStr;

pub use class::Classes;
pub use fault::Fault;
pub use lemma::Lemmas;
pub use ontology::{Cameo, CameoTable, EventType};
pub use page::{Example, Page};
pub use pattern::{Condition, Content, Filler, FillerKind, Path, Pattern, Patterns, Pos, Slot};

/// Everything the coder knows of events.
#[derive(Debug, Default)]
pub struct Codebook {
    /// CAMEO codes.
    pub cameo: CameoTable,
    /// Word classes.
    pub classes: Classes,
    /// Event patterns.
    pub patterns: Patterns,
    /// Dictionary forms.
    pub lemmas: Lemmas,
}

impl Codebook {
    /// The codebook that is part of the program.
    ///
    /// # Errors
    /// All faults of its files; none in a released program, where a test holds them to none.
    pub fn embedded() -> Result<Self, Vec<Fault>> {
        Self::from_files(files::all())
    }

    /// Reads the codebook from `(path, text)` pairs; paths tell the kind of file.
    ///
    /// # Errors
    /// Every fault found, sorted by file and line.
    pub fn from_files(files: &[(&str, &str)]) -> Result<Self, Vec<Fault>> {
        let mut faults = fault::Faults::default();
        #[allow(
            clippy::case_sensitive_file_extension_comparisons,
            reason = "the project's own files, all in lower case"
        )]
        let under = |prefix: &str| -> Vec<(&str, &str)> {
            files.iter().filter(|(p, _)| p.starts_with(prefix) && p.ends_with(".txt")).copied().collect()
        };
        let classes = Classes::read(&under("dictionaries/classes"), &mut faults);
        let cameo = match files.iter().find(|(p, _)| *p == "dictionaries/cameo.txt") {
            Some((path, text)) => CameoTable::read(path, text, &mut faults),
            None => CameoTable::default(),
        };
        let patterns = Patterns::read(&under("dictionaries/events/"), &classes, &cameo, &mut faults);
        let mut lemmas = match files.iter().find(|(p, _)| *p == "dictionaries/irregular.txt") {
            Some((path, text)) => Lemmas::read(path, text, &mut faults),
            None => Lemmas::default(),
        };
        lemmas.know(patterns.lemmas().chain(classes.words()));
        // The tables of voices and of factuality begin each line with their words, joined by bars.
        for (_, text) in
            files.iter().filter(|(p, _)| matches!(*p, "dictionaries/voice.txt" | "dictionaries/factuality.txt"))
        {
            for (_, line) in class::logical_lines(text) {
                let words = line.split_whitespace().next().unwrap_or("").to_owned();
                lemmas.know(words.split('|').map(SmolStr::new));
            }
        }
        if faults.0.is_empty() {
            Ok(Self { cameo, classes, patterns, lemmas })
        } else {
            faults.0.sort();
            Err(faults.0)
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_embedded_codebook_has_no_fault() {
        if let Err(faults) = super::Codebook::embedded() {
            let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{}", all.join("\n"));
        }
    }
}
