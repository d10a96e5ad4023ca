//! The values of a JSON file one at a time: of a list, or one behind the other, in bounded memory.

use std::io::{self, BufRead};

use super::lines::LONGEST_LINE;

/// Cuts a stream into the values of its outermost list, or into its outermost values.
pub(super) struct Values<'i> {
    input: Box<dyn BufRead + 'i>,
    line: u64,
    /// Whether the outermost list is open.
    in_list: bool,
}

/// A value: the line on which it starts, and its bytes, none where it is longer than [`LONGEST_LINE`] or has no end.
pub(super) type Piece = (u64, Option<Vec<u8>>);

impl<'i> Values<'i> {
    pub fn new(input: Box<dyn BufRead + 'i>) -> Self {
        Self { input, line: 1, in_list: false }
    }

    /// The next value; none at the end.
    pub fn next(&mut self) -> io::Result<Option<Piece>> {
        let mut bytes: Vec<u8> = Vec::new();
        let mut first_line = 0;
        let (mut depth, mut quoted, mut escaped, mut long) = (0_u32, false, false, false);
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(
                    (first_line > 0).then_some((first_line, if depth == 0 && !long { Some(bytes) } else { None }))
                );
            }
            let mut used = 0;
            let mut done = false;
            for &b in chunk {
                used += 1;
                self.line += u64::from(b == b'\n');
                if first_line == 0 {
                    match b {
                        b'[' if !self.in_list => self.in_list = true,
                        b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xef | 0xbb | 0xbf => {}
                        b']' if self.in_list => self.in_list = false,
                        _ => first_line = self.line,
                    }
                    if first_line == 0 {
                        continue;
                    }
                } else if depth == 0 && !quoted && matches!(b, b',' | b']' | b'\n') {
                    // The end of a bare value such as a number.
                    done = true;
                    break;
                }
                if !long {
                    bytes.push(b);
                }
                if bytes.len() > LONGEST_LINE {
                    long = true;
                    bytes.clear();
                }
                if quoted {
                    quoted = escaped || b != b'"';
                    escaped = !escaped && b == b'\\';
                } else {
                    match b {
                        b'"' => quoted = true,
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    if depth == 0 && matches!(b, b'}' | b']') {
                        done = true;
                        break;
                    }
                }
            }
            self.input.consume(used);
            if done {
                return Ok(Some((first_line, (!long).then_some(bytes))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut values = Values::new(Box::new(text.as_bytes()));
        let mut out = Vec::new();
        while let Some((line, bytes)) = values.next().expect("a slice does not fail") {
            let words = bytes.map_or("no end".to_owned(), |b| String::from_utf8_lossy(&b).into_owned());
            out.push(format!("{line} {words}"));
        }
        out
    }

    #[test]
    fn lists_and_rows_of_values() {
        assert_eq!(all("[\n {\"a\": \"}]\\\"\"},\n{\"b\": [1]}\n]\n"), ["2 {\"a\": \"}]\\\"\"}", "3 {\"b\": [1]}"]);
        assert_eq!(all("{\n\"a\": 1\n}\n{\"b\":2}"), ["1 {\n\"a\": 1\n}", "4 {\"b\":2}"]);
        assert_eq!(all("[1, {\"a\": "), ["1 1", "1 no end"]);
        assert_eq!(all(" \n"), [""; 0]);
    }
}
