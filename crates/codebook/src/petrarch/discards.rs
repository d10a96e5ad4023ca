//! Discard files: phrases that take their sentence out, or with `+` the whole report.

use smol_str::SmolStr;

use super::Reading;
use super::lines::{Comments, lines};
use super::phrase::{Ending, Phrases, words};

/// What a discard takes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Discard {
    /// Its sentence.
    Sentence,
    /// The report.
    Report,
}

/// The discards of all files read.
#[derive(Clone, Debug, Default)]
pub struct DiscardTable {
    phrases: Phrases,
    entries: Vec<(Discard, SmolStr)>,
}

impl DiscardTable {
    /// Adds the phrases of a file.
    pub fn read(&mut self, file: &str, text: &str, out: &mut Reading) {
        for line in lines(text, Comments::HashAndSemicolon) {
            let text = line.text.trim();
            let (kind, phrase) = match text.strip_prefix('+') {
                Some(rest) => (Discard::Report, rest.trim()),
                None => (Discard::Sentence, text),
            };
            let phrase = match phrase.find('[') {
                Some(at) => {
                    out.warn(file, line.number, format!("found `{}`, expected no code; not used", &phrase[at..]));
                    phrase[..at].trim()
                }
                None => phrase,
            };
            let ending = if phrase.ends_with('_') { Ending::Whole } else { Ending::Stem };
            let id = self.entries.len() as u32;
            if self.phrases.add(&words(phrase), ending, id) {
                self.entries.push((kind, SmolStr::new(phrase.trim_end_matches('_'))));
                out.entries += 1;
            } else {
                out.warn(file, line.number, format!("found `{text}`, expected a phrase with letters"));
            }
        }
    }

    /// The strongest discard among the words of a sentence, and its phrase.
    pub fn find(&self, text: &[SmolStr]) -> Option<(Discard, &SmolStr)> {
        let mut found: Option<(Discard, &SmolStr)> = None;
        for at in 0..text.len() {
            for id in self.phrases.longest(&text[at..]).map_or(Vec::new(), |f| f.ids) {
                let (kind, phrase) = &self.entries[id as usize];
                if found.is_none_or(|(k, _)| *kind > k) {
                    found = Some((*kind, phrase));
                }
            }
        }
        found
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Discard, DiscardTable};
    use crate::petrarch::Reading;
    use crate::petrarch::phrase::words;

    #[test]
    fn stems_whole_words_and_whole_reports() {
        let (mut t, mut out) = (DiscardTable::default(), Reading::default());
        t.read("d.txt", "CHESS\nGO_\n+CHESS OLYMPIAD # all of it\n", &mut out);
        let find = |s: &str| t.find(&words(s)).map(|(k, _)| k);
        assert_eq!(find("the chessboard wars"), Some(Discard::Sentence));
        assert_eq!(find("the goblins"), None);
        assert_eq!(find("the Chess Olympiad opened"), Some(Discard::Report));
    }
}
