//! Actors: states, organisations, groups, offices, persons and roles.
//!
//! The lexicon is text under `dictionaries/actors/`; its format is described in `docs/actors.md`.
//! [`Actors::embedded`] reads the copy that is part of the program. A sentence's words are folded once
//! ([`Actors::fold`]) and then looked up: [`Actors::names`] gives the longest names, left to right, and
//! [`Actors::roles`] the role nouns.
//!
//! *Invariant*: a loaded lexicon has no fault: every code is known, every date possible, every term said once.

mod codes;
mod dates;
mod fold;
mod model;
mod overlay;
mod people;
mod read;
mod trie;
mod words;

pub use codes::{Codes, Scheme, State};
pub use dates::Dates;
pub use fold::{Case, pieces};
pub use model::{Entry, EntryKind, Form, Office, Role, RoleFlags, SECTORS, Source, Term};
pub use trie::Piece;

use crate::fault::{Fault, Faults};
use crate::layer::KnowledgeFile;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use trie::{Symbols, Trie};

/// The lexicon of actors.
#[derive(Debug, Default)]
pub struct Actors {
    /// Everything that has a name.
    pub entries: Vec<Entry>,
    /// All ways of naming them.
    pub terms: Vec<Term>,
    /// Role nouns and modifiers.
    pub roles: Vec<Role>,
    /// The files read, as named when read.
    pub files: Vec<SmolStr>,
    /// Country codes in other schemes.
    pub crosswalk: Codes,
    symbols: Symbols,
    name_trie: Trie,
    role_trie: Trie,
    coded: FxHashMap<SmolStr, u32>,
}

/// A name found in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMatch {
    /// First token.
    pub first: u16,
    /// One past the last token.
    pub end: u16,
    /// Indices into [`Actors::terms`], the strongest form first.
    pub terms: Vec<u32>,
    /// Whether it starts where its first token starts (not so in "anti-Russian" read as one token).
    pub opens: bool,
    /// Whether it ends where its last token ends (not so in "U.S.-led" read as one token).
    pub closes: bool,
}

/// A role noun found in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleMatch {
    /// First token.
    pub first: u16,
    /// One past the last token.
    pub end: u16,
    /// Index into [`Actors::roles`].
    pub role: u32,
    /// Whether it stands in the plural.
    pub plural: bool,
}

/// Acronyms that are also words: in a line of capitals they name nobody.
const WORDS_TOO: [&str; 22] = [
    "us", "who", "it", "is", "aid", "act", "care", "start", "in", "so", "pa", "ira", "eta", "un", "mod", "fed", "aim",
    "cia", "sad", "sas", "all", "era",
];

impl Actors {
    /// The lexicon that is part of the program.
    ///
    /// # Errors
    /// All faults of its files; none in a released program, where a test holds them to none.
    pub fn embedded() -> Result<Self, Vec<Fault>> {
        Self::from_files(crate::files::all())
    }

    /// Reads the lexicon from `(path, text)` pairs: those below `dictionaries/actors/`.
    ///
    /// # Errors
    /// Every fault found, sorted by file and line.
    pub fn from_files(files: &[(&str, &str)]) -> Result<Self, Vec<Fault>> {
        Self::from_layers(&KnowledgeFile::base(files))
    }

    /// Reads the lexicon from files in layers: what an overlay says replaces what a lower layer says of the same.
    ///
    /// # Errors
    /// Every fault found, sorted by file and line.
    pub fn from_layers(files: &[KnowledgeFile<'_>]) -> Result<Self, Vec<Fault>> {
        let own: Vec<KnowledgeFile<'_>> = files.iter().filter(|f| f.is_actors()).copied().collect();
        let mut faults = Faults::default();
        let actors = read::read(&own, &mut faults);
        if faults.0.is_empty() {
            Ok(actors)
        } else {
            faults.0.sort();
            Err(faults.0)
        }
    }

    /// The entry with `code` (ISO3, body or group code, ethnic code).
    pub fn by_code(&self, code: &str) -> Option<&Entry> {
        self.coded.get(code).map(|&e| &self.entries[e as usize])
    }

    /// The code of the country `iso3` in another scheme on `date`, or today; see [`Codes::of`].
    pub fn codes(&self, iso3: &str, scheme: Scheme, date: Option<jiff::civil::Date>) -> Option<&str> {
        self.crosswalk.of(iso3, scheme, date)
    }

    /// The terms that `name` spells, in any case, the strongest form first.
    pub fn spelt(&self, name: &str) -> Vec<u32> {
        let mut key: Vec<(u32, Case)> = Vec::new();
        for word in name.split_whitespace() {
            pieces(word, &mut |p, case| key.push((self.symbols.get(p), case)));
        }
        if key.is_empty() {
            return Vec::new();
        }
        let mut terms: Vec<u32> = self.name_trie.at(&key).iter().map(|l| l.value).collect();
        terms.sort_by_key(|&t| (self.terms[t as usize].form, t));
        terms
    }

    /// The entry that term `term` names.
    pub fn entry_of(&self, term: u32) -> &Entry {
        &self.entries[self.terms[term as usize].entry as usize]
    }

    /// Folds the tokens of a sentence, given as they stand.
    pub fn fold<'t>(&self, forms: impl Iterator<Item = &'t str>) -> Vec<Piece> {
        let mut out: Vec<Piece> = Vec::with_capacity(32);
        for (token, form) in forms.enumerate() {
            let start = out.len();
            pieces(form, &mut |p, case| {
                let symbol = self.symbols.get(p);
                out.push(Piece { symbol, case, token: token as u16, opens: false, closes: false });
            });
            if let Some(first) = out.get_mut(start) {
                first.opens = true;
                if let Some(last) = out.last_mut() {
                    last.closes = true;
                }
            }
        }
        out
    }

    /// The names in a folded sentence: the longest at each position, left to right, not overlapping.
    pub fn names(&self, sentence: &[Piece]) -> Vec<NameMatch> {
        let capitals =
            sentence.len() >= 4 && sentence.iter().filter(|p| p.case == Case::All).count() * 10 >= sentence.len() * 8;
        let mut out = Vec::new();
        let mut at = 0;
        while at < sentence.len() {
            let mut best = at;
            let mut terms: Vec<u32> = Vec::new();
            self.name_trie.walk(sentence, at, &mut |end, leaf| {
                if end > best {
                    best = end;
                    terms.clear();
                }
                if end == best {
                    terms.push(leaf.value);
                }
            });
            if terms.is_empty() {
                at += 1;
                continue;
            }
            let (first, last) = (sentence[at], sentence[best - 1]);
            if capitals && best == at + 1 && self.is_word_too(first.symbol) {
                at += 1;
                continue;
            }
            terms.sort_by_key(|&t| (self.terms[t as usize].form, t));
            out.push(NameMatch {
                first: first.token,
                end: last.token + 1,
                terms,
                opens: first.opens,
                closes: last.closes,
            });
            at = best;
        }
        out
    }

    fn is_word_too(&self, symbol: u32) -> bool {
        WORDS_TOO.iter().any(|w| self.symbols.get(w) == symbol)
    }

    /// The role nouns and modifiers in a folded sentence: the longest at each position, left to right.
    pub fn roles(&self, sentence: &[Piece]) -> Vec<RoleMatch> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < sentence.len() {
            let (mut best, mut value) = (at, 0);
            self.role_trie.walk(sentence, at, &mut |end, leaf| {
                if end > best && sentence[end - 1].closes {
                    best = end;
                    value = leaf.value;
                }
            });
            if best == at {
                at += 1;
                continue;
            }
            out.push(RoleMatch {
                first: sentence[at].token,
                end: sentence[best - 1].token + 1,
                role: value / 2,
                plural: value % 2 == 1,
            });
            at = best;
        }
        out
    }

    /// The role that `words` spell exactly, in the singular or plural.
    pub fn role(&self, words: &str) -> Option<&Role> {
        let folded = self.fold(words.split_whitespace());
        match self.roles(&folded).as_slice() {
            [only] if usize::from(only.end - only.first) == words.split_whitespace().count() => {
                Some(&self.roles[only.role as usize])
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
