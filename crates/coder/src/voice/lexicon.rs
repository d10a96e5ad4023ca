//! The words that attribute: `dictionaries/voice.txt`, read once.
//!
//! A line is `WORDS POS FRAMES STANCE`: lemmas joined by `|`; `v`, `n` or `a`; the frames in which the word attributes,
//! joined by commas; and what its source does with the content, `-` for wishes, plans and feelings, which are no voices.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::claim::Stance;
use crate::table::{Fault, kind, kind_of, rows};

/// How a cue takes its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Frame {
    /// A clause: "said that …", "said …".
    That,
    /// An infinitive: "plans to …", "urged them to …".
    To,
    /// A gerund: "denied attacking …".
    Ing,
    /// Direct speech or a clause that the cue is put into: "…, he said".
    Quote,
    /// An object: "condemned the attack".
    Obj,
    /// A phrase with a preposition: "called for …".
    About,
    /// A clause or phrase inside quotation marks only, for verbs that rarely attribute.
    Said,
}

impl Frame {
    const ALL: [(Self, &'static str); 7] = [
        (Self::That, "that"),
        (Self::To, "to"),
        (Self::Ing, "ing"),
        (Self::Quote, "quote"),
        (Self::Obj, "obj"),
        (Self::About, "about"),
        (Self::Said, "said"),
    ];

    /// The frame that the table spells `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(f, _)| *f)
    }

    /// The table's spelling.
    pub fn as_str(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// What the table says of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    frames: u8,
    /// Prepositions of [`Frame::About`].
    prepositions: Vec<&'static str>,
    /// What the source does with the content; none for wishes, plans and feelings.
    pub stance: Option<Stance>,
}

impl Entry {
    /// Whether the word attributes in this frame.
    pub fn takes(&self, frame: Frame) -> bool {
        self.frames & frame.bit() != 0
    }

    /// Whether the word attributes what follows this preposition.
    pub fn takes_preposition(&self, preposition: &str) -> bool {
        self.prepositions.contains(&preposition)
    }
}

/// The words of the table: verbs, nouns and adjectives by lemma.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: [FxHashMap<&'static str, Entry>; 3],
}

static TABLE: &str = include_str!("../../../../dictionaries/voice.txt");
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

    /// Reads a table; faulty lines are listed and left out.
    pub fn read(table: &'static str) -> (Self, Vec<Fault>) {
        let mut lexicon = Self::default();
        let mut faults = Vec::new();
        for (number, line) in rows(table) {
            if let Err(fault) = lexicon.line(line) {
                faults.push((number, fault));
            }
        }
        (lexicon, faults)
    }

    fn line(&mut self, line: &'static str) -> Result<(), String> {
        let mut columns = line.split_whitespace();
        let (Some(words), Some(pos), Some(frames), Some(stance), None) =
            (columns.next(), columns.next(), columns.next(), columns.next(), columns.next())
        else {
            return Err("four columns are due: words, part of speech, frames, stance".into());
        };
        let kind = kind(pos)?;
        let stance = match stance {
            "-" => None,
            "claims" => Some(Stance::Claims),
            "reports" => Some(Stance::Reports),
            "confirms" => Some(Stance::Confirms),
            "denies" => Some(Stance::Denies),
            _ => return Err(format!("unknown stance {stance:?}")),
        };
        let mut entry = Entry { stance, ..Entry::default() };
        for frame in frames.split(',') {
            if let Some(preposition) = frame.strip_prefix('+') {
                entry.frames |= Frame::About.bit();
                entry.prepositions.push(preposition);
            } else {
                entry.frames |= Frame::parse(frame).ok_or_else(|| format!("unknown frame {frame:?}"))?.bit();
            }
        }
        for word in words.split('|') {
            if self.words[kind].insert(word, entry.clone()).is_some() {
                return Err(format!("{word:?} stands twice"));
            }
        }
        Ok(())
    }

    /// What the table says of a lemma; `pos` is `b'v'`, `b'n'` or `b'a'`.
    pub fn get(&self, lemma: &str, pos: u8) -> Option<&Entry> {
        let entries = &self.words[kind_of(pos)];
        entries.get(lemma).or_else(|| if pos == b'v' { Self::mended(entries, lemma) } else { None })
    }

    /// A lemma that the engine cut wrongly: "accus", "slamm", "restricte".
    fn mended<'e>(entries: &'e FxHashMap<&'static str, Entry>, lemma: &str) -> Option<&'e Entry> {
        let last = *lemma.as_bytes().last()?;
        if last == b'e' {
            return entries.get(&lemma[..lemma.len() - 1]);
        }
        if lemma.len() < 4 || !last.is_ascii_alphabetic() || b"aouy".contains(&last) {
            return None;
        }
        if lemma.as_bytes()[lemma.len() - 2] == last {
            return entries.get(&lemma[..lemma.len() - 1]);
        }
        let mut buffer = smol_str::SmolStrBuilder::new();
        buffer.push_str(lemma);
        buffer.push('e');
        entries.get(buffer.finish().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn the_shipped_table_has_no_faults() {
        assert_eq!(Lexicon::faults(), &[]);
    }

    #[test]
    fn faults_name_their_line() {
        let (_, faults) = Lexicon::read("say v that claims\nsay v that claims\nroar v loudly -\n");
        assert_eq!(faults.len(), 2);
        assert_eq!(faults[0], (2, "\"say\" stands twice".to_string()));
        assert_eq!(faults[1].0, 3);
    }
}
