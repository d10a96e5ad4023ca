//! The parties of a question: names or codes, resolved by the codebook.

use anyhow::{Result, bail};
use forewarn_filter::{Known, Lexicon, Names as _};
use serde::Serialize;
use smol_str::SmolStr;

use crate::ledger::Names;

/// A country, group or people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Its code.
    pub code: SmolStr,
    /// Its name.
    pub name: String,
}

/// What a name or code stands for.
pub fn resolve(word: &str, names: &Names) -> Result<Party> {
    let lexicon = Lexicon::new(&names.actors, Some(&names.codebook.cameo));
    let known = lexicon.party(word).or_else(|| lexicon.party(&word.to_uppercase()));
    match known {
        Some(Known::Country(code) | Known::Group(code) | Known::Ethnicity(code)) => Ok(of_code(&code, names)),
        Some(Known::Person(name)) => bail!("{name} is a person: forecasts are of countries, groups and peoples"),
        None => {
            let near = lexicon.near_party(word);
            let hint = if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) };
            bail!("nobody is known as \"{word}\"{hint} (quote names of several words)")
        }
    }
}

/// The party with a code; a code that no list knows is its own name.
pub fn of_code(code: &str, names: &Names) -> Party {
    let name = names.actors.by_code(code).map_or_else(|| code.to_owned(), |e| e.name.to_string());
    Party { code: code.into(), name }
}
