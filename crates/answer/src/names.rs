//! Codes and names out of the knowledge.

use forewarn_codebook::actors::Actors;
use forewarn_codebook::{Codebook, Fault, KnowledgeFile};
use forewarn_filter::{Filter, Lexicon, Options};
use jiff::civil::Date;

use crate::error::{Error, Result};

/// Who is who, and what types there are.
pub struct Names {
    /// The lexicon of parties.
    pub actors: Actors,
    /// The codebook.
    pub codebook: Codebook,
}

impl Names {
    /// Out of the knowledge's files, those of the base first.
    ///
    /// # Errors
    /// When the files have faults.
    pub fn from_files(files: &[KnowledgeFile<'_>]) -> Result<Self> {
        let faulty = |f: Vec<Fault>| Error::Knowledge {
            count: f.len(),
            first: f.first().map_or_else(String::new, ToString::to_string),
        };
        Ok(Self {
            codebook: Codebook::from_layers(files).map_err(faulty)?,
            actors: Actors::from_layers(files).map_err(faulty)?,
        })
    }

    /// Names and codes for the filter language.
    pub fn lexicon(&self) -> Lexicon<'_> {
        Lexicon::new(&self.actors, Some(&self.codebook.cameo))
    }

    /// Reads a filter; days such as `since:30d` count back from `today`.
    ///
    /// # Errors
    /// Every fault of the text.
    pub fn filter(&self, text: &str, today: Option<Date>) -> std::result::Result<Filter, Vec<forewarn_filter::Fault>> {
        Filter::parse(text, &Options { today, names: &self.lexicon() })
    }

    /// The name of a code; a code that no list knows is its own name.
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.actors.by_code(code).map_or(code, |e| e.name.as_str())
    }
}
