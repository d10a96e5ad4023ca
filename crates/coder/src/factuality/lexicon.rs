//! The words that say whether what they govern happened: `dictionaries/factuality.txt`.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::table::{kind, kind_of, rows, taken_away};

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

/// Classes of verbs, nouns and adjectives by lemma, with those of a lemma and its particle or preposition; each with
/// the layer that says it.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: [FxHashMap<SmolStr, (Class, u8)>; 3],
    joined: FxHashMap<SmolStr, Vec<(SmolStr, Class, u8)>>,
}

impl Lexicon {
    /// Takes in a table of `layer`; faulty lines are told with their numbers, what stands right in them is kept.
    pub fn add(&mut self, table: &str, layer: u8) -> Vec<(usize, String)> {
        let mut faults = Vec::new();
        for (number, line) in rows(table) {
            self.line(line, layer, &mut |what| faults.push((number, what)));
        }
        faults
    }

    fn line(&mut self, line: &str, layer: u8, fault: &mut dyn FnMut(String)) {
        if let Some(away) = taken_away(line, layer) {
            match away {
                Ok((words, kind)) => {
                    for word in words {
                        if !self.take_away(word, kind) {
                            fault(format!("{word:?} is not there: nothing to take away"));
                        }
                    }
                }
                Err(what) => fault(what),
            }
            return;
        }
        let columns: Vec<&str> = line.split_whitespace().collect();
        let [words, pos, class] = columns[..] else {
            return fault("three columns are due: words, part of speech, class".into());
        };
        let kind = match kind(pos) {
            Ok(kind) => kind,
            Err(what) => return fault(what),
        };
        let Some(class) = Class::parse(class) else {
            return fault(format!("unknown class {class:?}"));
        };
        for word in words.split('|') {
            let twice = if let Some((lemma, particle)) = word.split_once('+') {
                let list = self.joined.entry(SmolStr::new(lemma)).or_default();
                let twice = list.iter().any(|(p, _, l)| p == particle && *l == layer);
                list.retain(|(p, _, l)| p != particle || *l == layer);
                list.push((SmolStr::new(particle), class, layer));
                twice
            } else {
                let before = self.words[kind].insert(SmolStr::new(word), (class, layer));
                before.is_some_and(|(_, l)| l == layer)
            };
            if twice {
                fault(format!("{word:?} stands twice"));
            }
        }
    }

    fn take_away(&mut self, word: &str, kind: usize) -> bool {
        let Some((lemma, particle)) = word.split_once('+') else { return self.words[kind].remove(word).is_some() };
        let Some(list) = self.joined.get_mut(lemma) else { return false };
        let before = list.len();
        list.retain(|(p, ..)| p != particle);
        list.len() < before
    }

    /// The class of a lemma; `pos` is `b'v'`, `b'n'` or `b'a'`.
    pub fn get(&self, lemma: &str, pos: u8) -> Option<Class> {
        self.words[kind_of(pos)].get(lemma).map(|(class, _)| *class)
    }

    /// The class of a verb with one of its particles or prepositions ("rule" and "out").
    pub fn joined<'l>(&'l self, lemma: &str) -> impl Iterator<Item = (&'l str, Class)> + use<'l> {
        self.joined.get(lemma).into_iter().flatten().map(|(particle, class, _)| (particle.as_str(), *class))
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, Lexicon};
    use crate::table::Tables;

    #[test]
    fn the_shipped_table_is_read() {
        let lexicon = &Tables::shipped().factuality;
        assert_eq!(lexicon.get("refuse", b'v'), Some(Class::Refuses));
        assert_eq!(lexicon.joined("rule").collect::<Vec<_>>(), [("out", Class::Refuses)]);
    }

    #[test]
    fn faults_name_their_line() {
        let faults = Lexicon::default().add("deny v denies\n\ndeny v denies\nhum v sings\nhum\n", 0);
        assert_eq!(faults.iter().map(|f| f.0).collect::<Vec<_>>(), [3, 4, 5]);
    }

    #[test]
    fn an_overlay_replaces_and_takes_away() {
        let mut lexicon = Lexicon::default();
        assert_eq!(lexicon.add("deny v denies\nrule+out v refuses\n", 0), []);
        assert_eq!(lexicon.add("deny v doubts\n- rule+out v\n", 1), []);
        assert_eq!((lexicon.get("deny", b'v'), lexicon.joined("rule").count()), (Some(Class::Doubts), 0));
    }
}
