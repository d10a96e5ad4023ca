//! The rows of a word table that comes with the program (`dictionaries/voice.txt`, `dictionaries/factuality.txt`).

/// A fault of a table: its line, from 1, and what is wrong.
pub type Fault = (usize, String);

/// The rows of a table with their line numbers from 1; comments and blank lines are left out.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = (usize, &'static str)> {
    (1..).zip(table.lines()).filter_map(|(number, line)| {
        let line = line.split('#').next().unwrap_or("").trim();
        (!line.is_empty()).then_some((number, line))
    })
}

/// The place of a part of speech among verb, noun and adjective, as the tables spell them.
pub(crate) fn kind(pos: &str) -> Result<usize, String> {
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
