//! From a form to table rows to the network's input.

use std::ops::Range;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use smol_str::SmolStr;

use crate::ModelError;
use crate::lemma::lower_into;
use crate::model::{INPUT, ROW, Store};

/// Rows of the table `form`.
pub(crate) const FORMS: u32 = 20_000;
/// Rows of the table `prefix`.
pub(crate) const PREFIXES: u32 = 4_000;
/// Rows of the table `suffix`.
pub(crate) const SUFFIXES: u32 = 6_000;
/// Rows of the table `shape`.
pub(crate) const SHAPES: u32 = 2_000;
/// Rows of the table `case`.
pub(crate) const CASES: usize = 8;

/// A run of one symbol in a shape is cut here.
const RUN: usize = 4;

/// The table rows of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rows {
    word: [u32; 2],
    prefix: u32,
    suffix: [u32; 2],
    shape: u32,
    vector: u32,
}

/// Words that have a static vector.
pub(crate) struct VectorWords(HashMap<SmolStr, u32, FxBuildHasher>);

impl VectorWords {
    /// Reads the JSON array of `vector.words`.
    pub(crate) fn read(json: &str) -> Result<Self, ModelError> {
        let wrong = |why: String| ModelError::metadata("vector.words", why);
        let list: Vec<SmolStr> = serde_json::from_str(json).map_err(|e| wrong(e.to_string()))?;
        let mut words = HashMap::with_capacity_and_hasher(list.len(), FxBuildHasher);
        for (row, word) in (1..).zip(list) {
            if let Some(first) = words.insert(word, row) {
                return Err(wrong(format!("words {first} and {row} are the same")));
            }
        }
        Ok(Self(words))
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    fn row(&self, lowered: &str) -> u32 {
        self.0.get(lowered).copied().unwrap_or(0)
    }
}

/// A table of int8 rows inside the file.
struct Table {
    range: Range<usize>,
    scale: f32,
}

/// The embedding tables.
pub(crate) struct Tables {
    store: Store,
    words: VectorWords,
    form: Table,
    prefix: Table,
    suffix: Table,
    shape: Table,
    vector: Table,
    case: Table,
}

impl Tables {
    /// `tables` are where the store holds form, prefix, suffix, shape, vector and case, with their scales; the ranges
    /// have been checked to hold the rows that the features name.
    pub(crate) fn new(store: Store, words: VectorWords, tables: [(Range<usize>, f32); 6]) -> Self {
        let [form, prefix, suffix, shape, vector, case] = tables.map(|(range, scale)| Table { range, scale });
        Self { store, words, form, prefix, suffix, shape, vector, case }
    }

    /// The rows of a form; `room` is working space.
    pub(crate) fn rows(&self, form: &str, room: &mut String) -> Rows {
        let prefix = form.char_indices().nth(3).map_or(form, |(end, _)| &form[..end]);
        let mut ends = form.char_indices().rev();
        let mut last = |n: usize| ends.nth(n).map_or(form, |(start, _)| &form[start..]);
        let (suffix2, suffix3) = (last(1), last(0));
        shape_into(form, room);
        let shape = hash("3", room, SHAPES);
        lower_into(form, room);
        let vector = self.words.row(room);
        if room.bytes().any(|b| b.is_ascii_digit() && b != b'0') {
            *room = room.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        }
        Rows {
            word: [hash("0", room, FORMS), hash("9", room, FORMS)],
            prefix: hash("1", prefix, PREFIXES),
            suffix: [hash("2", suffix3, SUFFIXES), hash("4", suffix2, SUFFIXES)],
            shape,
            vector,
        }
    }

    /// The network's input: the four groups of rows, scaled and added, into `out` ([`INPUT`] floats).
    pub(crate) fn input(&self, rows: &Rows, case: u8, out: &mut [f32]) {
        let (word, prefix, suffix) = (rows.word, rows.prefix, rows.suffix);
        let (groups, _) = out[..INPUT].as_chunks_mut::<ROW>();
        let row = |table: &Table, row: u32| {
            let from = table.range.start + row as usize * ROW;
            let bytes: &[u8; ROW] = self.store.bytes()[from..from + ROW].try_into().expect("a slice of that length");
            let scale = table.scale;
            bytes.map(|b| f32::from(b as i8) * scale)
        };
        let [word_a, word_b] = word.map(|r| row(&self.form, r));
        let vector = row(&self.vector, rows.vector);
        for i in 0..ROW {
            groups[0][i] = word_a[i] + word_b[i] + vector[i];
        }
        groups[1] = row(&self.prefix, prefix);
        let [suffix_a, suffix_b] = suffix.map(|r| row(&self.suffix, r));
        let (shape, place) = (row(&self.shape, rows.shape), row(&self.case, u32::from(case)));
        for i in 0..ROW {
            groups[2][i] = suffix_a[i] + suffix_b[i];
            groups[3][i] = shape[i] + place[i];
        }
    }
}

/// `1 + crc32(tag ++ text) mod (rows - 1)`; row 0 is padding.
fn hash(tag: &str, text: &str, rows: u32) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(tag.as_bytes());
    crc.update(text.as_bytes());
    1 + crc.finalize() % (rows - 1)
}

/// Decimal digits `d`, upper-case letters `X`, other letters `x`, the rest itself, runs cut at four.
fn shape_into(form: &str, out: &mut String) {
    out.clear();
    let (mut last, mut run) = ('\0', 0);
    for c in form.chars() {
        let kind = if c.is_ascii_digit() {
            'd'
        } else if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else {
            c
        };
        run = if kind == last && run > 0 { run + 1 } else { 1 };
        last = kind;
        if run <= RUN {
            out.push(kind);
        }
    }
}

/// How a sentence uses capitals: 3 only capitals, 2 none, 1 as a headline does, 0 as prose does.
pub(crate) fn sentence_case<'t>(forms: impl Iterator<Item = &'t str>) -> u8 {
    let (mut with_letter, mut long, mut long_upper) = (0_usize, 0_usize, 0_usize);
    let (mut any_lower, mut any_upper) = (false, false);
    for form in forms {
        let mut letters = 0;
        for c in form.chars().filter(|c| c.is_alphabetic()) {
            letters += 1;
            any_lower |= c.is_lowercase();
            any_upper |= c.is_uppercase();
        }
        with_letter += usize::from(letters > 0);
        if letters >= 4 {
            long += 1;
            long_upper += usize::from(form.starts_with(char::is_uppercase));
        }
    }
    if with_letter >= 2 && !any_lower {
        3
    } else if !any_upper {
        2
    } else {
        u8::from(long >= 3 && long_upper * 10 >= long * 6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(form: &str) -> String {
        let mut out = String::new();
        shape_into(form, &mut out);
        out
    }

    #[test]
    fn shapes() {
        for (form, expected) in [
            ("Banjska", "Xxxxx"),
            ("2023-09-24", "dddd-dd-dd"),
            ("U.N.", "X.X."),
            ("......", "...."),
            ("Ça", "Xx"),
            ("", ""),
        ] {
            assert_eq!(shape(form), expected, "{form}");
        }
    }

    #[test]
    fn hashes_are_crc_32_of_tag_and_text() {
        // zlib.crc32(b"0the") % 19999 + 1 and so on, from Python.
        assert_eq!(hash("0", "the", FORMS), 1 + 0x126B_9349 % (FORMS - 1));
    }

    #[test]
    fn cases() {
        let case = |text: &str| sentence_case(text.split(' '));
        assert_eq!(case("NATO TROOPS LEAVE ."), 3);
        assert_eq!(case("NATO ."), 0);
        assert_eq!(case("troops leave kosovo ."), 2);
        assert_eq!(case("Troops Leave Kosovo in March"), 1);
        assert_eq!(case("Troops leave the north of Kosovo today"), 0);
        assert_eq!(case("12 ."), 2);
    }
}
