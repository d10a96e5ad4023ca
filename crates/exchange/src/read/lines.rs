//! Lines and their cells, out of a stream of any size in bounded memory.
//!
//! A line longer than [`LONGEST_LINE`] is passed over. A quoted cell may hold line breaks; a quote that is never closed
//! costs its own line and no other: the lines behind it are read again. Bytes that are no UTF-8 are read as
//! Windows-1252, which holds ISO 8859-1, line by line.

use std::io::{self, BufRead};

/// In bytes.
pub(super) const LONGEST_LINE: usize = 4 << 20;
/// Longest record over several lines, in bytes.
const LONGEST_RECORD: usize = 256 << 10;

/// How cells are quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoting {
    /// Never: a quote is a character like any other.
    None,
    /// By RFC 4180; quoted cells may hold line breaks.
    Csv,
    /// Where a whole cell is quoted on its line.
    Line,
}

/// What one step of reading gave.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A record: its cells are in [`Lines`].
    Record,
    /// A line that is longer than lines are.
    TooLong,
    /// A quote without its end; the line is passed over.
    Unclosed,
    /// Nothing is left.
    End,
}

pub(super) struct Lines<'i> {
    input: Box<dyn BufRead + 'i>,
    delimiter: u8,
    quoting: Quoting,
    /// Bytes given back, to be read before the input.
    again: Vec<u8>,
    again_at: usize,
    raw: Vec<u8>,
    bytes: Vec<u8>,
    text: String,
    cells: Vec<(u32, u32)>,
    next_line: u64,
    /// Line on which the present record starts, from 1.
    pub line: u64,
    /// Records that were no UTF-8.
    pub recoded: u64,
}

impl<'i> Lines<'i> {
    pub fn new(input: Box<dyn BufRead + 'i>, delimiter: u8, quoting: Quoting) -> Self {
        Self {
            input,
            delimiter,
            quoting,
            again: Vec::new(),
            again_at: 0,
            raw: Vec::new(),
            bytes: Vec::new(),
            text: String::new(),
            cells: Vec::new(),
            next_line: 1,
            line: 0,
            recoded: 0,
        }
    }

    /// Number of cells of the present record.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Cell `i` of the present record, trimmed.
    pub fn cell(&self, i: usize) -> &str {
        let Some(&(start, end)) = self.cells.get(i) else { return "" };
        trim(&self.text[start as usize..end as usize])
    }

    /// The present record as it stands.
    pub fn whole(&self) -> &str {
        &self.text
    }

    /// Reads the next record that is not blank.
    pub fn step(&mut self) -> io::Result<Step> {
        loop {
            self.raw.clear();
            self.line = self.next_line;
            match self.read_line()? {
                Some(true) => {}
                Some(false) => return Ok(Step::TooLong),
                None => return Ok(Step::End),
            }
            if self.line == 1 && self.raw.starts_with(b"\xef\xbb\xbf") {
                self.raw.drain(..3);
            }
            if self.raw.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            return match self.quoting {
                Quoting::None => {
                    self.plain();
                    Ok(Step::Record)
                }
                Quoting::Line => {
                    if !self.raw.contains(&b'"') || !self.quoted() {
                        self.plain();
                    }
                    Ok(Step::Record)
                }
                Quoting::Csv => self.record(),
            };
        }
    }

    /// Goes on over line breaks in quoted cells.
    fn record(&mut self) -> io::Result<Step> {
        let first = self.raw.len();
        while !self.quoted() {
            let before = self.raw.len();
            let more = before - first < LONGEST_RECORD && self.read_line()? == Some(true);
            if !more {
                // Whatever follows the first line is read again on its own.
                let rest = self.raw.split_off(first);
                self.again.drain(..self.again_at);
                self.again_at = 0;
                self.again.splice(..0, rest);
                self.next_line = self.line + 1;
                return Ok(Step::Unclosed);
            }
        }
        Ok(Step::Record)
    }

    /// Appends the next line with its end to `raw`: whether it fits; none at the end of input.
    fn read_line(&mut self) -> io::Result<Option<bool>> {
        let start = self.raw.len();
        let mut fits = true;
        let mut any = false;
        loop {
            let from_again = self.again_at < self.again.len();
            let chunk = if from_again { &self.again[self.again_at..] } else { self.input.fill_buf()? };
            if chunk.is_empty() {
                break;
            }
            any = true;
            let (take, end) = memchr::memchr(b'\n', chunk).map_or((chunk.len(), false), |at| (at + 1, true));
            if fits && self.raw.len() - start + take <= LONGEST_LINE {
                self.raw.extend_from_slice(&chunk[..take]);
            } else {
                fits = false;
                self.raw.truncate(start);
            }
            if from_again {
                self.again_at += take;
                if self.again_at == self.again.len() {
                    self.again.clear();
                    self.again_at = 0;
                }
            } else {
                self.input.consume(take);
            }
            if end {
                break;
            }
        }
        self.next_line += u64::from(any);
        Ok(any.then_some(fits))
    }

    /// Cuts the raw line at every delimiter.
    fn plain(&mut self) {
        let end = self.raw.iter().rposition(|b| !matches!(b, b'\n' | b'\r')).map_or(0, |at| at + 1);
        self.cells.clear();
        self.text.clear();
        self.recoded += u64::from(decode(&self.raw[..end], &mut self.text));
        let mut start = 0;
        for at in memchr::memchr_iter(self.delimiter, self.text.as_bytes()) {
            self.cells.push((start, at as u32));
            start = at as u32 + 1;
        }
        self.cells.push((start, self.text.len() as u32));
    }

    /// Cuts the raw record with quotes taken off; false when a quote stays open.
    fn quoted(&mut self) -> bool {
        self.bytes.clear();
        self.cells.clear();
        let (mut at, mut start) = (0, 0);
        loop {
            if self.raw.get(at) == Some(&b'"') {
                at += 1;
                loop {
                    let Some(step) = memchr::memchr(b'"', &self.raw[at..]) else { return false };
                    self.bytes.extend_from_slice(&self.raw[at..at + step]);
                    at += step + 1;
                    if self.raw.get(at) != Some(&b'"') {
                        break;
                    }
                    self.bytes.push(b'"');
                    at += 1;
                }
            }
            let end = memchr::memchr2(self.delimiter, b'\n', &self.raw[at..]).map_or(self.raw.len(), |n| at + n);
            let last = self.raw.get(end) != Some(&self.delimiter);
            let cell = &self.raw[at..end];
            self.bytes.extend_from_slice(if last { cell.strip_suffix(b"\r").unwrap_or(cell) } else { cell });
            self.cells.push((start, self.bytes.len() as u32));
            start = self.bytes.len() as u32;
            if last {
                break;
            }
            at = end + 1;
        }
        self.text.clear();
        if decode(&self.bytes, &mut self.text) {
            self.recoded += 1;
            // Cell ends were counted in the bytes as they came.
            let mut start = 0;
            let mut from = 0;
            for cell in &mut self.cells {
                let mut piece = String::new();
                decode_as_windows(&self.bytes[from..cell.1 as usize], &mut piece);
                from = cell.1 as usize;
                *cell = (start, start + piece.len() as u32);
                start = cell.1;
            }
        }
        true
    }
}

/// Whether the bytes were no UTF-8.
fn decode(bytes: &[u8], out: &mut String) -> bool {
    if let Ok(text) = std::str::from_utf8(bytes) {
        out.push_str(text);
        return false;
    }
    decode_as_windows(bytes, out);
    true
}

fn decode_as_windows(bytes: &[u8], out: &mut String) {
    out.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0);
}

/// Trims blanks, in the usual case by looking at two bytes only.
fn trim(cell: &str) -> &str {
    let edge = |b: Option<&u8>| b.is_some_and(|b| *b <= b' ' || *b >= 0x80);
    let bytes = cell.as_bytes();
    if edge(bytes.first()) || edge(bytes.last()) { cell.trim() } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8], quoting: Quoting) -> Vec<String> {
        let delimiter = if quoting == Quoting::Csv { b',' } else { b'\t' };
        let mut lines = Lines::new(Box::new(text), delimiter, quoting);
        let mut out = Vec::new();
        loop {
            let step = lines.step().expect("a slice does not fail");
            let cells: Vec<&str> = (0..lines.len()).map(|i| lines.cell(i)).collect();
            match step {
                Step::Record => out.push(format!("{} {}", lines.line, cells.join("|"))),
                Step::End => return out,
                other => out.push(format!("{} {other:?}", lines.line)),
            }
        }
    }

    #[test]
    fn quoted_cells_hold_commas_quotes_and_lines() {
        let text = b"a,\"b, \"\"c\"\"\",d\r\n\"one\r\ntwo\",,\n\nlast";
        assert_eq!(all(text, Quoting::Csv), ["1 a|b, \"c\"|d", "2 one\r\ntwo||", "5 last"]);
    }

    #[test]
    fn an_open_quote_costs_its_line_only() {
        let text = b"a,b\n\"open,c\nd,e\nf,g";
        assert_eq!(all(text, Quoting::Csv), ["1 a|b", "2 Unclosed", "3 d|e", "4 f|g"]);
    }

    #[test]
    fn quotes_on_one_line() {
        let text = b"\"a \"\"b\"\"\"\tc\n\"d\te\n";
        assert_eq!(all(text, Quoting::Line), ["1 a \"b\"|c", "2 \"d|e"]);
    }

    #[test]
    fn bytes_that_are_no_utf8() {
        assert_eq!(all(b"\xef\xbb\xbfPe\xe6a\tx\n\xc3\xa9\ty", Quoting::None), ["1 Peæa|x", "2 é|y"]);
        assert_eq!(all(b"\"\xe9\",\xe8,c\n", Quoting::Csv), ["1 é|è|c"]);
    }

    #[test]
    fn a_line_without_end_is_passed_over() {
        let mut text = vec![b'x'; LONGEST_LINE + 1];
        text.extend_from_slice(b"\na\tb");
        assert_eq!(all(&text, Quoting::None), ["1 TooLong", "2 a|b"]);
    }
}
