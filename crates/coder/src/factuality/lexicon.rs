//! The words that say whether what they govern happened: `dictionaries/factuality.txt`, read once.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::table::{Fault, kind, kind_of, rows};

/// What a word says about the event it governs; the table's head describes each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // The table in `dictionaries/factuality.txt` says what each means.
pub enum Class {
    Happens,
    Fails,
    Plans,
    Refuses,
    Wishes,
    Threatens,
    Denies,
    Doubts,
    Says,
    Knows,
    Recalls,
    Attempts,
}

impl Class {
    const ALL: [(Self, &'static str); 12] = [
        (Self::Happens, "happens"),
        (Self::Fails, "fails"),
        (Self::Plans, "plans"),
        (Self::Refuses, "refuses"),
        (Self::Wishes, "wishes"),
        (Self::Threatens, "threatens"),
        (Self::Denies, "denies"),
        (Self::Doubts, "doubts"),
        (Self::Says, "says"),
        (Self::Knows, "knows"),
        (Self::Recalls, "recalls"),
        (Self::Attempts, "attempts"),
    ];

    /// The class that the table spells `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(c, _)| *c)
    }

    /// The table's spelling.
    pub fn as_str(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// Classes of verbs, nouns and adjectives by lemma, with those of a lemma and its particle or preposition.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: [FxHashMap<&'static str, Class>; 3],
    joined: FxHashMap<&'static str, Vec<(&'static str, Class)>>,
}

static TABLE: &str = include_str!("../../../../dictionaries/factuality.txt");
static SHIPPED: LazyLock<(Lexicon, Vec<Fault>)> = LazyLock::new(|| Lexicon::read(TABLE));

impl Lexicon {
    /// The table that comes with the program.
    pub fn shipped() -> &'static Self {
        &SHIPPED.0
    }

    /// The faults of the table that comes with the program; the tests hold this empty.
    pub fn faults() -> &'static [Fault] {
        &SHIPPED.1
    }

    /// Reads a table; faulty lines are listed, what stands right in them is kept.
    pub fn read(table: &'static str) -> (Self, Vec<Fault>) {
        let mut lexicon = Self::default();
        let mut faults = Vec::new();
        for (number, line) in rows(table) {
            let mut fault = |what: String| faults.push((number, what));
            let columns: Vec<&'static str> = line.split_whitespace().collect();
            let [words, pos, class] = columns[..] else {
                fault("three columns are due: words, part of speech, class".into());
                continue;
            };
            let kind = match kind(pos) {
                Ok(kind) => kind,
                Err(what) => {
                    fault(what);
                    continue;
                }
            };
            let Some(class) = Class::parse(class) else {
                fault(format!("unknown class {class:?}"));
                continue;
            };
            for word in words.split('|') {
                let twice = if let Some((lemma, particle)) = word.split_once('+') {
                    let list = lexicon.joined.entry(lemma).or_default();
                    let twice = list.iter().any(|(p, _)| *p == particle);
                    list.push((particle, class));
                    twice
                } else {
                    lexicon.words[kind].insert(word, class).is_some()
                };
                if twice {
                    fault(format!("{word:?} stands twice"));
                }
            }
        }
        (lexicon, faults)
    }

    /// The class of a lemma; `pos` is `b'v'`, `b'n'` or `b'a'`.
    pub fn get(&self, lemma: &str, pos: u8) -> Option<Class> {
        self.words[kind_of(pos)].get(lemma).copied()
    }

    /// The class of a verb with one of its particles or prepositions ("rule" and "out").
    pub fn joined(&self, lemma: &str) -> &[(&'static str, Class)] {
        self.joined.get(lemma).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, Lexicon};

    #[test]
    fn the_shipped_table_has_no_faults() {
        assert_eq!(Lexicon::faults(), &[]);
        assert_eq!(Lexicon::shipped().get("refuse", b'v'), Some(Class::Refuses));
        assert_eq!(Lexicon::shipped().joined("rule"), &[("out", Class::Refuses)]);
    }

    #[test]
    fn faults_name_their_line() {
        let (_, faults) = Lexicon::read("deny v denies\n\ndeny v denies\nhum v sings\nhum\n");
        assert_eq!(faults.iter().map(|f| f.0).collect::<Vec<_>>(), [3, 4, 5]);
    }
}
