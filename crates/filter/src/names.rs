//! What is known of names and codes: passed in, so that a project's own actors count in its filters.

use forewarn_codebook::CameoTable;
use forewarn_codebook::actors::{Actors, EntryKind, Form, Scheme};
use forewarn_codebook::fault::{nearest, nearest_few};
use smol_str::SmolStr;

use crate::code::SECTORS;

/// What a code or name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// A country: ISO 3166-1 alpha-3, Kosovo `XKX`.
    Country(SmolStr),
    /// An organisation, armed group, force or political party: its code.
    Group(SmolStr),
    /// An ethnic or religious group: three lower-case letters.
    Ethnicity(SmolStr),
    /// A person: the name.
    Person(String),
}

/// Knows names and codes.
pub trait Names {
    /// What `word`, a code in its own case or a name in any case, stands for. Sectors are the reader's own.
    fn party(&self, word: &str) -> Option<Known>;

    /// Up to three codes or names of parties near to `word`, nearest first.
    fn near_party(&self, word: &str) -> Vec<String>;

    /// Up to three countries' codes or names near to `word`, nearest first.
    fn near_country(&self, word: &str) -> Vec<String>;

    /// Whether `code`, two to four digits, is a CAMEO code.
    fn is_cameo(&self, code: &str) -> bool;
}

/// Judges codes by their form alone: three capitals are a country, three small letters an ethnic group, two or more
/// other capitals and digits a group; names are unknown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Codes;

impl Names for Codes {
    fn party(&self, word: &str) -> Option<Known> {
        let all = |test: fn(&u8) -> bool| word.bytes().all(|b| test(&b));
        if word.len() == 3 && all(u8::is_ascii_uppercase) {
            Some(Known::Country(word.into()))
        } else if word.len() == 3 && all(u8::is_ascii_lowercase) {
            Some(Known::Ethnicity(word.into()))
        } else if word.len() > 1 && all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
            Some(Known::Group(word.into()))
        } else {
            None
        }
    }

    fn near_party(&self, word: &str) -> Vec<String> {
        nearest_few(word, SECTORS, 3).into_iter().map(str::to_owned).collect()
    }

    fn near_country(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn is_cameo(&self, code: &str) -> bool {
        let digits = (2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
        digits && matches!(code[..2].parse::<u8>(), Ok(1..=20))
    }
}

/// The codebook's names and codes.
#[derive(Clone, Copy)]
pub struct Lexicon<'a> {
    actors: &'a Actors,
    cameo: Option<&'a CameoTable>,
}

impl<'a> Lexicon<'a> {
    /// Names and codes out of `actors`; without `cameo`, CAMEO codes are judged by their form.
    pub fn new(actors: &'a Actors, cameo: Option<&'a CameoTable>) -> Self {
        Self { actors, cameo }
    }

    fn country_by_other_code(&self, word: &str) -> Option<Known> {
        let is_code = word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
        let mut countries = self.actors.entries.iter().filter(|e| is_code && e.kind == EntryKind::Country);
        let found = countries.find(|e| {
            [Scheme::Plover, Scheme::Cameo].into_iter().any(|s| self.actors.codes(&e.code, s, None) == Some(word))
        });
        found.map(|e| Known::Country(e.code.clone()))
    }
}

/// What an entry is to a filter.
fn known(kind: EntryKind, code: &SmolStr, name: &SmolStr) -> Option<Known> {
    match kind {
        EntryKind::Country => Some(Known::Country(code.clone())),
        EntryKind::Ethnic => Some(Known::Ethnicity(code.clone())),
        EntryKind::Person => Some(Known::Person(name.to_string())),
        EntryKind::Place => None,
        _ => (!code.is_empty()).then(|| Known::Group(code.clone())),
    }
}

impl Names for Lexicon<'_> {
    fn party(&self, word: &str) -> Option<Known> {
        let by_code = self.actors.by_code(word).and_then(|e| known(e.kind, &e.code, &e.name));
        let by_other_code = || self.country_by_other_code(word);
        let by_name = || {
            let named =
                self.actors.spelt(word).into_iter().filter(|&t| self.actors.terms[t as usize].form == Form::Name);
            let mut found: Vec<_> = named.map(|t| self.actors.entry_of(t)).collect();
            // A name that a country shares with others is the country's; a person, who shares it, comes last.
            found.sort_by_key(|e| (e.kind != EntryKind::Country, e.kind == EntryKind::Person));
            found.into_iter().find_map(|e| known(e.kind, &e.code, &e.name))
        };
        by_code.or_else(by_other_code).or_else(by_name)
    }

    fn near_party(&self, word: &str) -> Vec<String> {
        let named = self.actors.entries.iter().filter(|e| known(e.kind, &e.code, &e.name).is_some());
        let words = named.flat_map(|e| [e.code.as_str(), e.name.as_str()]).filter(|w| !w.is_empty());
        near(word, words.chain(SECTORS))
    }

    fn near_country(&self, word: &str) -> Vec<String> {
        let countries = self.actors.entries.iter().filter(|e| e.kind == EntryKind::Country);
        near(word, countries.flat_map(|e| [e.code.as_str(), e.name.as_str()]))
    }

    fn is_cameo(&self, code: &str) -> bool {
        self.cameo.map_or_else(|| Codes.is_cameo(code), |table| table.get(code).is_some())
    }
}

/// Up to three of `words` near to `word`. Among short codes nearly all are near, so for those it is one at most, a
/// single letter away.
fn near<'w>(word: &str, words: impl Iterator<Item = &'w str> + Clone) -> Vec<String> {
    let found = if word.chars().count() > 4 {
        // Letters changed round are the commonest slip but count as two changes; a first letter is seldom wrong.
        let letters = |w: &str| {
            let mut letters: Vec<char> = w.chars().flat_map(char::to_lowercase).collect();
            letters.sort_unstable();
            letters
        };
        let (own, first) = (letters(word), word.chars().next().map(|c| c.to_ascii_lowercase()));
        let mut few = nearest_few(word, words, 12);
        few.sort_by_key(|w| (letters(w) != own, w.chars().next().map(|c| c.to_ascii_lowercase()) != first));
        few.truncate(3);
        few
    } else {
        let as_code = word.to_uppercase();
        nearest(word, words.clone()).or_else(|| nearest(&as_code, words)).into_iter().collect()
    };
    found.into_iter().map(str::to_owned).collect()
}
