//! A whole filter.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use crate::clash;
use crate::cut::cut;
use crate::fault::Fault;
use crate::field::Field;
use crate::names::{Codes, Names};
use crate::read::Reader;
use crate::term::Term;

/// Longest text that is read, in bytes; a longer one is a fault.
pub const LONGEST: usize = 8192;

/// What reading a filter needs to know of the world.
#[derive(Clone, Copy)]
pub struct Options<'n> {
    /// Today, for `since:30d`; without it such days are faults.
    pub today: Option<Date>,
    /// The names and codes of parties, and the CAMEO codes.
    pub names: &'n dyn Names,
}

impl Default for Options<'_> {
    /// No day, and codes that are judged by their form.
    fn default() -> Self {
        Self { today: None, names: &Codes }
    }
}

/// A checked filter: all of its terms must hold. An empty filter holds for everything.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Filter {
    /// Its terms, sorted by field and words, none twice.
    pub terms: Vec<Term>,
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// Every fault of the text, in its order.
    pub fn parse(text: &str, options: &Options<'_>) -> Result<Self, Vec<Fault>> {
        if text.len() > LONGEST {
            let end = (0..=LONGEST).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
            let message = format!("the filter has {} bytes, at most {LONGEST} are read", text.len());
            return Err(vec![Fault::new(end..text.len(), message)]);
        }
        let mut faults = Vec::new();
        let raw = cut(text, &mut faults);
        let well_cut = faults.is_empty();
        let mut reader = Reader::new(options, &mut faults);
        let terms: Vec<Term> = raw.iter().filter_map(|r| reader.term(r)).collect();
        // Where the text fell apart otherwise than its writer meant, what clashes says little.
        if well_cut {
            clash::find(&terms, &mut faults);
        }
        if faults.is_empty() {
            return Ok(Self::of(terms));
        }
        faults.sort_by_key(|f| (f.span.start, f.span.end));
        Err(faults)
    }

    /// The filter of these terms.
    fn of(mut terms: Vec<Term>) -> Self {
        terms.sort_by_cached_key(|t| (t.field, t.to_string()));
        terms.dedup();
        Self { terms }
    }

    /// Whether it has no terms.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Its terms about `field`.
    pub fn about(&self, field: Field) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |t| t.field == field)
    }

    /// The filter that holds where both do.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut terms = self.terms;
        terms.extend(other.terms);
        Self::of(terms)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, term) in self.terms.iter().enumerate() {
            if i > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{term}")?;
        }
        Ok(())
    }
}
