//! Cuts a filter's text into terms, before anything is known of fields.

use std::ops::Range;

use crate::fault::Fault;

/// A term as it stands.
#[derive(Clone, Debug)]
pub(crate) struct RawTerm<'t> {
    /// All of it, with `-`.
    pub span: Range<usize>,
    /// Whether `-` stands before it.
    pub not: bool,
    /// Field and operator; none before a bare word.
    pub head: Option<Head<'t>>,
    /// The values; at least one.
    pub values: Vec<RawValue>,
}

/// What stands before the values.
#[derive(Clone, Debug)]
pub(crate) struct Head<'t> {
    pub name: &'t str,
    pub name_span: Range<usize>,
    pub op: &'t str,
    pub op_span: Range<usize>,
}

/// A value: pieces in and out of quotes, side by side.
#[derive(Clone, Debug)]
pub(crate) struct RawValue {
    pub span: Range<usize>,
    pub pieces: Vec<Piece>,
}

/// A run of characters in quotes or out of them; quotes and escapes are undone.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub text: String,
    pub quoted: bool,
    /// Its bytes, with the quotes.
    pub span: Range<usize>,
}

impl RawValue {
    /// The whole text.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|p| p.text.as_str()).collect()
    }

    /// Whether any of it was in quotes.
    pub fn quoted(&self) -> bool {
        self.pieces.iter().any(|p| p.quoted)
    }

    /// The parts between each `mark` out of quotes, each with its own bytes; a part may be empty.
    pub fn split(&self, mark: &str) -> Vec<Self> {
        let mut parts = vec![Self { span: self.span.start..self.span.start, pieces: Vec::new() }];
        for piece in &self.pieces {
            // Out of quotes a piece's text is its source, byte for byte.
            let texts: Vec<&str> = if piece.quoted { vec![&piece.text] } else { piece.text.split(mark).collect() };
            let mut at = piece.span.start;
            for (i, text) in texts.into_iter().enumerate() {
                if i > 0 {
                    at += mark.len();
                    parts.push(Self { span: at..at, pieces: Vec::new() });
                }
                let span = if piece.quoted { piece.span.clone() } else { at..at + text.len() };
                at = span.end;
                if let Some(part) = parts.last_mut().filter(|_| !span.is_empty()) {
                    part.span.end = span.end;
                    part.pieces.push(Piece { text: text.to_owned(), quoted: piece.quoted, span });
                }
            }
        }
        parts
    }
}

/// Cuts `text`; what cannot be cut goes into `faults`.
pub(crate) fn cut<'t>(text: &'t str, faults: &mut Vec<Fault>) -> Vec<RawTerm<'t>> {
    let mut cutter = Cutter { text, at: 0, faults, brackets: false };
    let mut terms = Vec::new();
    loop {
        cutter.space();
        if cutter.at == text.len() {
            return terms;
        }
        if let Some(term) = cutter.term() {
            terms.push(term);
        }
    }
}

fn is_op(c: char) -> bool {
    matches!(c, ':' | '=' | '<' | '>' | '!' | '≥' | '≤')
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')')
}

struct Cutter<'t, 'f> {
    text: &'t str,
    at: usize,
    faults: &'f mut Vec<Fault>,
    /// Whether brackets were already told of.
    brackets: bool,
}

impl<'t> Cutter<'t, '_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip(&mut self, while_it: impl Fn(char) -> bool) {
        while let Some(c) = self.peek().filter(|&c| while_it(c)) {
            self.at += c.len_utf8();
        }
    }

    fn space(&mut self) {
        self.skip(char::is_whitespace);
    }

    /// The next term; none where nothing can be made of the text, of which at least a character is then taken.
    fn term(&mut self) -> Option<RawTerm<'t>> {
        let start = self.at;
        if self.bracket() {
            return None;
        }
        let not = self.peek() == Some('-');
        if not {
            self.at += 1;
            if self.peek().is_none_or(char::is_whitespace) {
                let fault = Fault::new(start..self.at, "`-` stands before nothing");
                self.faults.push(fault.hint("write it right before the term it turns round: `-type:ASSAULT`"));
                return None;
            }
        }
        let head = self.head();
        if let Some(head) = head {
            return self.field_term(start, not, head);
        }
        let op_start = self.at;
        self.skip(is_op);
        if self.at > op_start {
            let op = &self.text[op_start..self.at];
            let fault = Fault::new(op_start..self.at, format!("no field stands before `{op}`"));
            self.faults.push(fault.hint("write the field, the operator, the value: `killed>=3`"));
            self.space();
            self.list();
            return None;
        }
        self.bare(start, not)
    }

    /// Takes a bracket, if one is next, and tells once that the language has none.
    fn bracket(&mut self) -> bool {
        let start = self.at;
        self.skip(is_bracket);
        if self.at == start {
            return false;
        }
        if !self.brackets {
            self.brackets = true;
            let fault = Fault::new(start..self.at, "the filter language has no brackets");
            self.faults.push(fault.hint("all terms must hold; for any of several values write `type:ASSAULT,COERCE`"));
        }
        true
    }

    /// A field's name and an operator, if they are next; spaces may stand between them.
    fn head(&mut self) -> Option<Head<'t>> {
        let start = self.at;
        self.skip(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let name_span = start..self.at;
        self.space();
        let op_start = self.at;
        self.skip(is_op);
        if name_span.is_empty() || op_start == self.at || self.text[name_span.clone()].starts_with('-') {
            self.at = start;
            return None;
        }
        let op_span = op_start..self.at;
        Some(Head { name: &self.text[name_span.clone()], op: &self.text[op_span.clone()], name_span, op_span })
    }

    /// The values behind `head`.
    fn field_term(&mut self, start: usize, not: bool, head: Head<'t>) -> Option<RawTerm<'t>> {
        let after = self.at;
        self.space();
        let value_start = self.at;
        let next_is_term = self.at > after && self.head().is_some();
        self.at = value_start;
        if next_is_term || self.at == self.text.len() {
            self.at = after;
            let message = format!("no value stands behind `{}{}`", head.name, head.op);
            self.faults.push(Fault::new(head.name_span.start..head.op_span.end, message));
            return None;
        }
        let values = self.list();
        let end = values.last().map_or(self.at, |v| v.span.end);
        (!values.is_empty()).then_some(RawTerm { span: start..end, not, head: Some(head), values })
    }

    /// Values with commas between them; spaces may follow a comma. Empty after a fault.
    fn list(&mut self) -> Vec<RawValue> {
        let mut values = Vec::new();
        let mut whole = true;
        loop {
            let value = self.value(|c| c == ',');
            if value.span.is_empty() {
                // Take whatever hinders, so that reading goes on behind it.
                let taken = self.bracket();
                if !taken || values.is_empty() {
                    self.faults.push(Fault::new(value.span, "a value is missing here"));
                }
                whole = false;
            } else if value.text().is_empty() {
                self.empty(value.span);
                whole = false;
            } else {
                values.push(value);
            }
            if self.peek() != Some(',') {
                return if whole { values } else { Vec::new() };
            }
            self.at += 1;
            self.space();
        }
    }

    /// A word or phrase without a field.
    fn bare(&mut self, start: usize, not: bool) -> Option<RawTerm<'t>> {
        let value = self.value(|_| false);
        let span = value.span.clone();
        let text = value.text();
        let fault = if text.is_empty() {
            if span.is_empty() {
                self.bracket();
                return None;
            }
            self.empty(span);
            return None;
        } else if !value.quoted() && text == "AND" {
            return None;
        } else if !value.quoted() && text == "OR" {
            Fault::new(span, "the filter language has no OR")
                .hint("for any of several values write `type:ASSAULT,COERCE` or `text:riot,protest`")
        } else if !value.quoted() && text == "NOT" {
            Fault::new(span, "the filter language has no NOT").hint("write `-` before the term: `-type:ASSAULT`")
        } else if let Some(mark) =
            value.pieces.iter().filter(|p| !p.quoted).flat_map(|p| p.text.chars()).find(|&c| is_op(c) || c == ',')
        {
            let hint = if mark == ',' {
                "leave it out where all words must be found; for any of them write `text:riot,protest`"
            } else {
                "put the words in quotes to look for them as they stand"
            };
            Fault::new(span, format!("`{mark}` stands in a word without a field")).hint(hint)
        } else {
            return Some(RawTerm { span: start..span.end, not, head: None, values: vec![value] });
        };
        self.faults.push(fault);
        None
    }

    /// Tells that nothing stands between quotes, unless it was told that they are not closed.
    fn empty(&mut self, span: Range<usize>) {
        if self.faults.last().is_none_or(|f| f.span.start < span.start) {
            self.faults.push(Fault::new(span, "nothing stands between the quotes"));
        }
    }

    /// The pieces up to a space, a bracket or what `ends` a value; an empty span where none is.
    fn value(&mut self, ends: impl Fn(char) -> bool) -> RawValue {
        let start = self.at;
        let mut pieces: Vec<Piece> = Vec::new();
        while let Some(c) = self.peek() {
            if c.is_whitespace() || is_bracket(c) || ends(c) {
                break;
            }
            if matches!(c, '"' | '“' | '”' | '„') {
                let from = self.at;
                let text = self.quotes(c);
                pieces.push(Piece { text, quoted: true, span: from..self.at });
                continue;
            }
            let from = self.at;
            self.at += c.len_utf8();
            match pieces.last_mut().filter(|p| !p.quoted) {
                Some(piece) => {
                    piece.text.push(c);
                    piece.span.end = self.at;
                }
                None => pieces.push(Piece { text: c.to_string(), quoted: false, span: from..self.at }),
            }
        }
        RawValue { span: start..self.at, pieces }
    }

    /// What stands in the quotes that `open` opens: straight ones end with straight ones, curly ones with curly ones.
    fn quotes(&mut self, open: char) -> String {
        let start = self.at;
        self.at += open.len_utf8();
        let mut text = String::new();
        while let Some(c) = self.peek() {
            self.at += c.len_utf8();
            match c {
                '"' if open == '"' => return text,
                '“' | '”' if open != '"' => return text,
                '\\' if matches!(self.peek(), Some('"' | '\\' | '“' | '”')) => {
                    let escaped = self.peek().expect("peeked in the guard");
                    self.at += escaped.len_utf8();
                    text.push(escaped);
                }
                _ => text.push(c),
            }
        }
        let fault = Fault::new(start..start + open.len_utf8(), "these quotes are not closed");
        self.faults.push(fault.hint("write `\"` behind the phrase, or `\\\"` for quotes inside it"));
        text
    }
}
