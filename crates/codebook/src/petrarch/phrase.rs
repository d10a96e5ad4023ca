//! Phrases of dictionary files and the table that finds the longest of them in a text.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::actors::pieces;

/// Cuts a phrase into folded words: `_`, blanks and hyphens part them, case, diacritics and dots go.
pub fn words(phrase: &str) -> Vec<SmolStr> {
    let mut out = Vec::new();
    for part in phrase.split(|c: char| c == '_' || c.is_whitespace()) {
        pieces(part, &mut |piece, _| out.push(SmolStr::new(piece)));
    }
    out
}

/// Whether `word` is `base` in the plural: `-s`, `-es`, `-ies`.
pub fn is_plural(word: &str, base: &str) -> bool {
    if let Some(rest) = word.strip_prefix(base) {
        return rest == "s" || (rest == "es" && base.ends_with(['s', 'x', 'z', 'h', 'o']));
    }
    word.strip_suffix("ies").is_some_and(|stem| base.strip_suffix('y') == Some(stem))
}

/// How the last word of a phrase may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// As written.
    Whole,
    /// Also in the plural.
    Plural,
    /// Also with any letters after it.
    Stem,
}

#[derive(Clone, Debug)]
struct Entry {
    words: Box<[SmolStr]>,
    ending: Ending,
    id: u32,
}

/// Phrases by their first words.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    by_first: FxHashMap<SmolStr, Vec<Entry>>,
    /// Phrases of one word that may end otherwise than written, by their first two letters.
    open: FxHashMap<SmolStr, Vec<Entry>>,
    count: usize,
}

/// A phrase found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// How many words it covers.
    pub len: usize,
    /// The ids of all phrases of that length that fit, in the order of adding.
    pub ids: Vec<u32>,
}

impl Phrases {
    /// Adds a phrase; one without words is not added and gives `false`.
    pub fn add(&mut self, words: &[SmolStr], ending: Ending, id: u32) -> bool {
        let Some(first) = words.first() else { return false };
        self.count += 1;
        let entry = Entry { words: words.into(), ending, id };
        if words.len() == 1 && ending != Ending::Whole {
            self.open.entry(initial(first)).or_default().push(entry);
        } else {
            self.by_first.entry(first.clone()).or_default().push(entry);
        }
        true
    }

    /// How many phrases there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The longest phrases that begin at `text[0]`.
    pub fn longest(&self, text: &[SmolStr]) -> Option<Found> {
        let first = text.first()?;
        let mut found = Found { len: 0, ids: Vec::new() };
        let listed = self.by_first.get(first).into_iter().flatten();
        let open = self.open.get(&initial(first)).into_iter().flatten();
        for entry in listed.chain(open) {
            let n = entry.words.len();
            if n < found.len || n > text.len() || !fits(entry, &text[..n]) {
                continue;
            }
            if n > found.len {
                found.len = n;
                found.ids.clear();
            }
            found.ids.push(entry.id);
        }
        found.ids.sort_unstable();
        found.ids.dedup();
        (found.len > 0).then_some(found)
    }
}

fn initial(word: &str) -> SmolStr {
    word.chars().take(2).collect()
}

fn fits(entry: &Entry, text: &[SmolStr]) -> bool {
    let last = entry.words.len() - 1;
    entry.words[..last] == text[..last] && ends(&text[last], &entry.words[last], entry.ending)
}

/// Whether `word` is `base` with an ending that `ending` allows.
pub fn ends(word: &str, base: &str, ending: Ending) -> bool {
    word == base
        || match ending {
            Ending::Whole => false,
            Ending::Plural => is_plural(word, base),
            Ending::Stem => word.starts_with(base) || is_plural(word, base),
        }
}

#[cfg(test)]
mod tests {
    use super::{Ending, Phrases, is_plural, words};

    #[test]
    fn hyphens_case_and_dots_do_not_matter() {
        assert_eq!(words("AL-QAEDA_"), words("al Qaeda"));
        assert_eq!(words("U.N._ENVOY"), words("UN envoy"));
        assert!(words("_ -").is_empty());
    }

    #[test]
    fn plurals_are_those_of_english_nouns() {
        assert!(is_plural("countries", "country") && is_plural("churches", "church") && is_plural("guards", "guard"));
        assert!(!is_plural("guarded", "guard") && !is_plural("news", "new_") && !is_plural("guard", "guard"));
    }

    #[test]
    fn the_longest_phrase_wins_and_equals_stay_together() {
        let mut table = Phrases::default();
        table.add(&words("GOVERNMENT"), Ending::Plural, 0);
        table.add(&words("GOVERNMENT_PRESS"), Ending::Whole, 1);
        table.add(&words("GOVERNMENT PRESS"), Ending::Whole, 2);
        let found = table.longest(&words("government press office")).expect("it is there");
        assert_eq!((found.len, found.ids), (2, vec![1, 2]));
        assert_eq!(table.longest(&words("governments")).expect("plural").ids, [0]);
        assert!(table.longest(&words("governmental")).is_none());
    }
}
