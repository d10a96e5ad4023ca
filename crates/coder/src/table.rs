//! The word tables of the coder (`dictionaries/voice.txt`, `dictionaries/factuality.txt`), from the program or from a
//! folder of knowledge.

use std::sync::{Arc, LazyLock};

use forewarn_codebook::{Fault, KnowledgeFile, files};

use crate::{factuality, voice};

/// What a file of words says is wrong in a line.
pub(crate) type Wrong = String;

/// The tables that coding reads words in.
#[derive(Debug, Default)]
pub struct Tables {
    /// Words that attribute.
    pub voice: voice::Lexicon,
    /// Words that say whether what they govern happened.
    pub factuality: factuality::Lexicon,
}

static SHIPPED: LazyLock<Arc<Tables>> = LazyLock::new(|| {
    let files = KnowledgeFile::base(files::all());
    Arc::new(Tables::from_layers(&files).expect("a test holds the built-in tables to no fault"))
});

impl Tables {
    /// The tables that come with the program.
    pub fn shipped() -> &'static Arc<Self> {
        &SHIPPED
    }

    /// Reads the tables among `files`. In an overlay a word replaces what a lower layer says of it, and
    /// `- WORDS POS` takes words away.
    ///
    /// # Errors
    /// Every fault found, sorted by file and line.
    pub fn from_layers(files: &[KnowledgeFile<'_>]) -> Result<Self, Vec<Fault>> {
        let mut tables = Self::default();
        let mut faults = Vec::new();
        let mut files = files.to_vec();
        files.sort_by_key(|f| f.layer);
        for f in &files {
            let mut fault =
                |(line, message): (usize, String)| faults.push(Fault { file: f.shown.to_owned(), line, message });
            match f.path {
                "dictionaries/voice.txt" => tables.voice.add(f.text, f.layer).into_iter().for_each(&mut fault),
                "dictionaries/factuality.txt" => {
                    tables.factuality.add(f.text, f.layer).into_iter().for_each(&mut fault);
                }
                _ => {}
            }
        }
        if faults.is_empty() {
            Ok(tables)
        } else {
            faults.sort();
            Err(faults)
        }
    }
}

/// The rows of a table with their line numbers from 1; comments and blank lines are left out.
pub(crate) fn rows(table: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(table.lines()).filter_map(|(number, line)| {
        let line = line.split('#').next().unwrap_or("").trim();
        (!line.is_empty()).then_some((number, line))
    })
}

/// The place of a part of speech among verb, noun and adjective, as the tables spell them.
pub(crate) fn kind(pos: &str) -> Result<usize, Wrong> {
    ["v", "n", "a"].iter().position(|p| *p == pos).ok_or_else(|| format!("part of speech {pos:?} is none of v, n, a"))
}

/// The same of a part of speech that the callers give as a byte.
pub(crate) fn kind_of(pos: u8) -> usize {
    match pos {
        b'v' => 0,
        b'n' => 1,
        _ => 2,
    }
}

/// The words and part of speech of `- WORDS POS`, a line of an overlay.
pub(crate) fn taken_away(line: &str, layer: u8) -> Option<Result<(Vec<&str>, usize), Wrong>> {
    let rest = line.strip_prefix("- ")?;
    if layer == 0 {
        return Some(Err("only an overlay takes lines away".to_owned()));
    }
    let columns: Vec<&str> = rest.split_whitespace().collect();
    let [words, pos] = columns.as_slice() else {
        return Some(Err("to take away words write `- WORDS POS`".to_owned()));
    };
    Some(kind(pos).map(|k| (words.split('|').collect(), k)))
}
