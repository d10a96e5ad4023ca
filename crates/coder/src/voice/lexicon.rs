//! The words that attribute: `dictionaries/voice.txt`.
//!
//! A line is `WORDS POS FRAMES STANCE`: lemmas joined by `|`; `v`, `n` or `a`; the frames in which the word attributes,
//! joined by commas; and what its source does with the content, `-` for wishes, plans and feelings, which are no voices.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::claim::Stance;
use crate::table::{kind, kind_of, rows, taken_away};

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
    prepositions: Vec<SmolStr>,
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
        self.prepositions.iter().any(|p| p == preposition)
    }
}

/// The words of the table: verbs, nouns and adjectives by lemma.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Each with the layer that says it.
    words: [FxHashMap<SmolStr, (Entry, u8)>; 3],
}

impl Lexicon {
    /// Takes in a table of `layer`; faulty lines are left out and told with their numbers.
    pub fn add(&mut self, table: &str, layer: u8) -> Vec<(usize, String)> {
        rows(table).filter_map(|(number, line)| self.line(line, layer).err().map(|fault| (number, fault))).collect()
    }

    fn line(&mut self, line: &str, layer: u8) -> Result<(), String> {
        if let Some(away) = taken_away(line, layer) {
            let (words, kind) = away?;
            for word in words {
                if self.words[kind].remove(word).is_none() {
                    return Err(format!("{word:?} is not there: nothing to take away"));
                }
            }
            return Ok(());
        }
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
                entry.prepositions.push(SmolStr::new(preposition));
            } else {
                entry.frames |= Frame::parse(frame).ok_or_else(|| format!("unknown frame {frame:?}"))?.bit();
            }
        }
        for word in words.split('|') {
            let before = self.words[kind].insert(SmolStr::new(word), (entry.clone(), layer));
            if before.is_some_and(|(_, l)| l == layer) {
                return Err(format!("{word:?} stands twice"));
            }
        }
        Ok(())
    }

    /// What the table says of a lemma; `pos` is `b'v'`, `b'n'` or `b'a'`.
    pub fn get(&self, lemma: &str, pos: u8) -> Option<&Entry> {
        let entries = &self.words[kind_of(pos)];
        let found = entries.get(lemma).or_else(|| if pos == b'v' { Self::mended(entries, lemma) } else { None });
        found.map(|(entry, _)| entry)
    }

    /// A lemma that the engine cut wrongly: "accus", "slamm", "restricte".
    fn mended<'e>(entries: &'e FxHashMap<SmolStr, (Entry, u8)>, lemma: &str) -> Option<&'e (Entry, u8)> {
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
    use super::{Frame, Lexicon};

    #[test]
    fn faults_name_their_line() {
        let faults = Lexicon::default().add("say v that claims\nsay v that claims\nroar v loudly -\n", 0);
        assert_eq!(faults.len(), 2);
        assert_eq!(faults[0], (2, "\"say\" stands twice".to_string()));
        assert_eq!(faults[1].0, 3);
    }

    #[test]
    fn an_overlay_replaces_and_takes_away() {
        let mut lexicon = Lexicon::default();
        assert_eq!(lexicon.add("say|tell v that claims\n", 0), []);
        assert_eq!(lexicon.add("say v quote reports\n- tell v\n", 1), []);
        assert!(lexicon.get("say", b'v').is_some_and(|e| e.takes(Frame::Quote) && !e.takes(Frame::That)));
        assert!(lexicon.get("tell", b'v').is_none());
    }
}
