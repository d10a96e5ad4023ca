//! The codebook: the ontology (PLOVER 2.0, CAMEO 1.1b3), the actors, the event patterns and the pages.
//!
//! *Invariant*: loading validates everything and reports all faults at once, each with file and line.

pub mod actors;
pub mod class;
pub mod fault;
pub mod files;
pub mod layer;
pub mod lemma;
pub mod ontology;
pub mod page;
pub mod pattern;
pub mod petrarch;

use smol_str::SmolStr;

pub use class::Classes;
pub use fault::Fault;
pub use layer::KnowledgeFile;
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
        Self::from_layers(&KnowledgeFile::base(files))
    }

    /// Reads the codebook from files in layers: an overlay's classes and irregular forms replace those of the same name
    /// (`@class += words` adds words), its patterns are tried before those of the base.
    ///
    /// # Errors
    /// Every fault found, sorted by file and line.
    pub fn from_layers(files: &[KnowledgeFile<'_>]) -> Result<Self, Vec<Fault>> {
        let mut faults = fault::Faults::default();
        let mut files = files.to_vec();
        files.sort_by_key(|f| f.layer);
        let under =
            |prefix: &str| -> Vec<KnowledgeFile<'_>> { files.iter().filter(|f| f.is_under(prefix)).copied().collect() };
        let classes = Classes::read(&under("dictionaries/classes"), &mut faults);
        let mut cameo = CameoTable::default();
        for f in files.iter().filter(|f| f.path == "dictionaries/cameo.txt") {
            if f.layer == 0 {
                cameo = CameoTable::read(f.shown, f.text, &mut faults);
            } else {
                faults.add(f.shown, 1, "the table of CAMEO codes is fixed: an overlay cannot change it");
            }
        }
        let patterns = Patterns::read(&under("dictionaries/events/"), &classes, &cameo, &mut faults);
        let mut lemmas = Lemmas::default();
        for f in files.iter().filter(|f| f.path == "dictionaries/irregular.txt") {
            lemmas.add(f.shown, f.text, &mut faults);
        }
        lemmas.know(patterns.lemmas().chain(classes.words()));
        // The tables of voices and of factuality begin each line with their words, joined by bars.
        let tables =
            |f: &&KnowledgeFile<'_>| matches!(f.path, "dictionaries/voice.txt" | "dictionaries/factuality.txt");
        for f in files.iter().filter(tables) {
            for (_, line) in class::logical_lines(f.text) {
                let words = line.split_whitespace().find(|w| *w != "-").unwrap_or("").to_owned();
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
