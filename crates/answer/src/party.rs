//! The parties of a question: names or codes, resolved by the codebook.

use forewarn_filter::{Known, Names as _};
use serde::Serialize;
use smol_str::SmolStr;

use crate::error::{Error, Result};
use crate::names::Names;

/// A country, group or people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Its code.
    pub code: SmolStr,
    /// Its name.
    pub name: String,
}

/// What a name or code stands for.
///
/// # Errors
/// [`Error::Unknown`] with those of like name, [`Error::Person`].
pub fn resolve(word: &str, names: &Names) -> Result<Party> {
    let lexicon = names.lexicon();
    let known = lexicon.party(word).or_else(|| lexicon.party(&word.to_uppercase()));
    match known {
        Some(Known::Country(code) | Known::Group(code) | Known::Ethnicity(code)) => Ok(of_code(&code, names)),
        Some(Known::Person(name)) => Err(Error::Person(name)),
        None => Err(Error::Unknown { word: word.to_owned(), near: lexicon.near_party(word) }),
    }
}

/// The party with a code; a code that no list knows is its own name.
pub fn of_code(code: &str, names: &Names) -> Party {
    Party { code: code.into(), name: names.name(code).to_owned() }
}
