//! Parties of an address: codes or names, by the codebook.

use forewarn_filter::{Known, Lexicon, Names as _};
use serde::Serialize;

use crate::desk::Desk;
use crate::fault::Fault;

/// A country, group or people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// What a code or name stands for.
///
/// # Errors
/// `unknown-party`, with those of like name.
pub fn resolve(desk: &Desk, word: &str) -> Result<Party, Fault> {
    let lexicon = Lexicon::new(&desk.actors, Some(&desk.codebook.cameo));
    let known = lexicon.party(word).or_else(|| lexicon.party(&word.to_uppercase()));
    match known {
        Some(Known::Country(code) | Known::Group(code) | Known::Ethnicity(code)) => {
            Ok(Party { name: desk.name(&code).to_owned(), code: code.to_string() })
        }
        Some(Known::Person(_)) => Err(Fault::new(
            "unknown-party",
            format!("`{word}` is a person: this is about countries, groups and peoples"),
        )),
        None => Err(Fault::new("unknown-party", format!("nobody is known as `{word}`")).or(lexicon.near_party(word))),
    }
}
