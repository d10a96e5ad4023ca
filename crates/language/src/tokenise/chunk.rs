//! One run of characters between white space.

mod word;

use forewarn_report::Span;

use super::chars::{AT, DOT, SLASH, char_at, goes_on_emoji, is_apostrophe, is_word_char, wide_space};
use super::{address, words};

/// Emoticons; those that end in a letter or digit need a boundary after them.
#[rustfmt::skip]
const EMOTICONS: [&str; 58] = [
    ":'-(", ":'(", ">:(", ":-))", ":-)", ":-(", ":-D", ":-P", ":-p", ":-/", ":-|", ":-O", ":-o", ":-*", ";-)", ";-P", "=-)", "8-)",
    "^_^", "-_-", "o_O", "O_o", "T_T", ":)", ":(", ":D", ":P", ":p", ":/", ":|", ":O", ":o", ":]", ":[", ":*", ":S", ":3", ";)", ";D",
    ";P", ";p", ";]", "=)", "=(", "=D", "=P", "=]", "(:", "(;", "<3", "</3", "XD", "xD", "D:", "\\o/", "<-", "->", "=>",
];

/// A chunk and where its words go.
pub(super) struct Chunk<'t, 'o> {
    pub text: &'t str,
    pub bytes: &'t [u8],
    pub from: usize,
    pub end: usize,
    pub block_end: usize,
    /// The number of words before this chunk's.
    pub first: usize,
    pub out: &'o mut Vec<Span>,
}

impl Chunk<'_, '_> {
    /// A chunk of ASCII letters.
    #[inline]
    pub fn letters(&mut self) {
        let (from, end) = (self.from, self.end);
        self.plain(from, end);
    }

    /// A chunk without letters or digits.
    pub fn symbols(&mut self) {
        let chunk = &self.bytes[self.from..self.end];
        // A rule or arrow drawn with signs is one word.
        let drawn = chunk.iter().all(|b| b"-=<>{}*~_|+#".contains(b));
        if chunk.len() >= 4 && drawn && chunk.iter().filter(|b| matches!(b, b'-' | b'=')).count() >= 3 {
            let (from, end) = (self.from, self.end);
            self.push(from, end);
        } else {
            let from = self.from;
            self.scan(from, self.end);
        }
    }

    /// Any other chunk, in which the classes `seen` occur.
    pub fn mixed(&mut self, seen: u8) {
        let (from, end) = (self.from, self.end);
        let address = seen & AT != 0 || seen & SLASH != 0 || (seen & DOT != 0 && self.byte(from) | 0x20 == b'w');
        if address && let Some((a, b)) = address::find(&self.text[from..end]) {
            self.scan(from, from + a);
            self.push(from + a, from + b);
            self.scan(from + b, end);
            return;
        }
        self.scan(from, end);
    }

    fn push(&mut self, from: usize, end: usize) {
        if from < end {
            self.out.push(Span::from_range(from..end));
        }
    }

    /// The byte at `at`, 0 beyond the chunk.
    fn byte(&self, at: usize) -> u8 {
        if at < self.end { self.bytes[at] } else { 0 }
    }

    /// The character at `at`, NUL beyond the chunk.
    fn char(&self, at: usize) -> char {
        match self.byte(at) {
            b if b < 0x80 => char::from(b),
            _ => char_at(self.text, at),
        }
    }

    fn word_at(&self, at: usize) -> bool {
        at < self.end && is_word_char(self.char(at))
    }

    fn digit(&self, at: usize) -> bool {
        self.byte(at).is_ascii_digit()
    }

    /// The end of the word characters from `at` on.
    fn run(&self, mut at: usize) -> usize {
        while at < self.end {
            let byte = self.bytes[at];
            if byte.is_ascii_alphanumeric() || byte == b'_' {
                at += 1;
            } else if byte < 0x80 {
                break;
            } else {
                let c = char_at(self.text, at);
                if !is_word_char(c) {
                    break;
                }
                at += c.len_utf8();
            }
        }
        at
    }

    /// The end of the digits from `at` on.
    fn digits(&self, mut at: usize) -> usize {
        while self.digit(at) {
            at += 1;
        }
        at
    }

    /// Pushes a word of letters, split if it is a contraction.
    #[inline]
    fn plain(&mut self, from: usize, end: usize) {
        let length = end - from;
        if (2..=8).contains(&length) {
            // All contractions end in one of these letters.
            if matches!(self.bytes[end - 1] | 0x20, b't' | b'a' | b's' | b'e' | b'l' | b'm') {
                let word = &self.text[from..end];
                if let Some(n) = words::contraction(word) {
                    self.push(from, from + n);
                    self.push(from + n, end);
                    return;
                }
                if length == 3 && word.eq_ignore_ascii_case("its") && words::after_it_is(self.next_word(end).0) {
                    self.push(from, from + 2);
                    self.push(from + 2, end);
                    return;
                }
            }
        }
        self.push(from, end);
    }

    /// The chunk after this one up to its first mark, and whether there is a chunk at all.
    fn next_word(&self, mut at: usize) -> (&str, bool) {
        loop {
            match self.bytes.get(at) {
                _ if at >= self.block_end => return ("", false),
                Some(b) if b.is_ascii_whitespace() || *b == 0x0B => at += 1,
                Some(b) if *b >= 0x80 && wide_space(self.bytes, at) > 0 => at += wide_space(self.bytes, at),
                _ => break,
            }
        }
        let rest = &self.text[at..self.block_end];
        let end = rest.bytes().position(|b| b < 0x80 && !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
        (&rest[..end], true)
    }

    /// Left to right over `from..end`.
    fn scan(&mut self, from: usize, end: usize) {
        let outer = self.end;
        self.end = end;
        let mut at = from;
        while at < end {
            let byte = self.bytes[at];
            at = if byte.is_ascii_alphanumeric() {
                self.word(at)
            } else if byte < 0x80 {
                self.mark(at)
            } else {
                let c = char_at(self.text, at);
                if is_word_char(c) {
                    self.word(at)
                } else if is_apostrophe(c) {
                    self.apostrophe(at)
                } else {
                    self.sign(at, c)
                }
            };
        }
        self.end = outer;
    }

    /// Whether a word ends right before `at` in this chunk.
    fn after_word(&self, at: usize) -> bool {
        self.out.len() > self.first
            && self.out.last().is_some_and(|s| s.end as usize == at)
            && self.text[..at].chars().next_back().is_some_and(is_word_char)
    }

    /// The end of the run of the byte at `at`.
    fn same(&self, at: usize) -> usize {
        let byte = self.bytes[at];
        let mut end = at + 1;
        while self.byte(end) == byte {
            end += 1;
        }
        end
    }

    /// Takes the ASCII mark at `at` and gives the end of what was taken.
    fn mark(&mut self, at: usize) -> usize {
        if let Some(end) = self.emoticon(at) {
            self.push(at, end);
            return end;
        }
        let next = self.byte(at + 1);
        let start = at == self.from;
        let end = match self.bytes[at] {
            b'\'' | b'`' => return self.apostrophe(at),
            b'.' => {
                let end = self.same(at);
                match self.byte(end) {
                    _ if end == at + 1 && !self.after_word(at) && self.extension(end) => self.run(end),
                    b'?' | b'!' if end == at + 1 => self.shouts(end),
                    b'0'..=b'9' if end == at + 1 && !self.after_word(at) => return self.number(at + 1, at),
                    _ => end,
                }
            }
            b'!' | b'?' => self.shouts(at),
            b'-' if next == b'-' => self.same(at),
            b'*' | b'=' | b'~' | b'_' | b'^' | b'|' | b'<' | b'>' | b'\\' => self.same(at),
            b'+' if start && next.is_ascii_digit() => return self.number(at + 1, at),
            b'+' | b'#' if next == self.bytes[at] => self.same(at),
            b'#' | b'@' if next.is_ascii_alphabetic() || (next >= 0x80 && self.word_at(at + 1)) => self.run(at + 1),
            b'[' if self.bytes[at..self.end].starts_with(b"[...]") => at + 5,
            _ => at + 1,
        };
        self.push(at, end);
        end
    }

    /// Whether a file's or host's last label stands at `at`, behind its dot.
    fn extension(&self, at: usize) -> bool {
        let end = self.run(at);
        end - at >= 3 && words::is_label(&self.text[at..end])
    }

    /// The end of a run of `!` and `?`.
    fn shouts(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b'!' | b'?') {
            at += 1;
        }
        at
    }

    fn emoticon(&self, at: usize) -> Option<usize> {
        if !matches!(self.bytes[at], b':' | b';' | b'=' | b'(' | b'<' | b'>' | b'^' | b'-' | b'\\') {
            return None;
        }
        let rest = &self.bytes[at..self.end];
        let face = EMOTICONS.iter().find(|e| rest.starts_with(e.as_bytes()))?;
        let end = at + face.len();
        let last = self.bytes[end - 1];
        // `:P` in `:Peter`, `:/` in `://`, `(:` in `(:a` and `=P` in `a=P` are no faces.
        if self.word_at(end) || (last == b'/' && self.byte(end) == b'/') {
            return None;
        }
        if at > self.from && self.digit(at - 1) {
            return None;
        }
        // `(see note:)` closes a bracket.
        if last == b')' && self.after_word(at) && self.open_bracket() {
            return None;
        }
        Some(end)
    }

    /// Whether one of the last words is a bracket that is still open.
    fn open_bracket(&self) -> bool {
        for span in self.out.iter().rev().take(40) {
            match self.bytes[span.start as usize] {
                b'(' => return true,
                b')' => return false,
                _ => {}
            }
        }
        false
    }

    /// A sign of more than one byte.
    fn sign(&mut self, at: usize, c: char) -> usize {
        let mut end = at + c.len_utf8();
        match c {
            '…' => {
                while matches!(self.char(end), '…' | '.') {
                    end += self.char(end).len_utf8();
                }
            }
            '–' | '—' | '―' | '•' | '·' | '━' | '─' | '＊' => {
                while self.char(end) == c {
                    end += c.len_utf8();
                }
            }
            _ => {
                let flag = |c: char| matches!(u32::from(c), 0x1F1E6..=0x1F1FF);
                if flag(c) && flag(self.char(end)) {
                    end += self.char(end).len_utf8();
                }
                while end < self.end && goes_on_emoji(self.char(end)) {
                    let joins = self.char(end) == '\u{200D}';
                    end += self.char(end).len_utf8();
                    if joins && end < self.end && !is_word_char(self.char(end)) {
                        end += self.char(end).len_utf8();
                    }
                }
            }
        }
        self.push(at, end);
        end
    }

    /// An apostrophe or single quotation mark at `at`.
    fn apostrophe(&mut self, at: usize) -> usize {
        let c = self.char(at);
        let after = at + c.len_utf8();
        if self.after_word(at)
            && let Some(end) = self.clitic(after)
        {
            self.push(at, end);
            return end;
        }
        let next = self.char(after);
        if !self.after_word(at) {
            // '72, '90s
            let digits = self.digits(after);
            if digits - after == 2 && (!self.word_at(digits) || self.byte(digits) == b's') {
                let end = self.run(digits);
                self.push(at, end);
                return end;
            }
            for short in ["em", "til", "cause", "tis", "twas", "n"] {
                let end = after + short.len();
                if self.bytes[after..self.end].starts_with(short.as_bytes()) && !self.word_at(end) {
                    self.push(at, end);
                    return end;
                }
            }
        }
        // '' and `` and ’’ are one quotation mark.
        let pair = next == c && c != '‘' || (c == '‘' && next == '’');
        let end = if pair && is_apostrophe(next) { after + next.len_utf8() } else { after };
        self.push(at, end);
        end
    }
}
