//! The shapes of words: what a word looks like, whatever it says.

use crate::tokenise::{Abbreviation, abbreviation, is_word_char};

/// The shape of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Shape {
    Edge,
    Lower,
    Clitic,
    Capital,
    Capitals,
    Letter,
    Mixed,
    Number,
    Code,
    Address,
    /// `J.`
    Initial,
    /// `Gen.`
    Title,
    /// `U.S.`
    Acronym,
    /// `Inc.`
    Short,
    Stop,
    Shout,
    Dots,
    Colon,
    Semicolon,
    Comma,
    Opening,
    Closing,
    Quote,
    Apostrophe,
    Dash,
    Currency,
    Bullet,
    Face,
    Rule,
    Sign,
}

use Shape::{
    Acronym, Address, Apostrophe, Bullet, Capital, Capitals, Clitic, Closing, Code, Colon, Comma, Currency, Dash, Dots,
    Face, Initial, Letter, Lower, Mixed, Number, Opening, Quote, Rule, Semicolon, Short, Shout, Sign, Stop, Title,
};

impl Shape {
    pub(super) fn is_word(self) -> bool {
        (Self::Lower..=Self::Address).contains(&self)
    }

    /// The shape as that of a sentence's first word: `U.S.` and `Gen.` are capitalised words there.
    pub(super) fn as_next(self) -> Self {
        if matches!(self, Initial | Title | Acronym | Short) { Capital } else { self }
    }

    pub(super) fn ends_sentence(self) -> bool {
        matches!(self, Stop | Shout | Dots)
    }
}

/// The shape of a word; `glued` if no white space stands before it.
pub(super) fn shape(form: &str, glued: bool) -> Shape {
    let bytes = form.as_bytes();
    let first = bytes[0];
    if first.is_ascii_lowercase() {
        return word_shape(form, bytes);
    }
    if first.is_ascii_alphanumeric() {
        return word_shape(form, bytes);
    }
    match form {
        "." | "।" | "。" | "؟" | "۔" => return Stop,
        "," => return Comma,
        ":" => return Colon,
        ";" => return Semicolon,
        "\"" | "''" | "``" => return Quote,
        "(" | "[" | "{" | "“" | "‘" | "«" | "„" => return Opening,
        ")" | "]" | "}" | "”" | "»" | "’’" => return Closing,
        "'" | "’" | "`" => return Apostrophe,
        "$" | "£" | "€" | "¥" | "#" | "+" | "@" => return Currency,
        "•" | "·" | "*" | "■" | "►" | "▪" | "●" => return Bullet,
        "-" | "--" | "–" | "—" | "---" | "――" => return Dash,
        _ => {}
    }
    let c = form.chars().next().unwrap_or(' ');
    match c {
        '.' | '…' if bytes.len() > 1 && !form.contains(is_word_char) => {
            if form.contains(['!', '?']) {
                Shout
            } else {
                Dots
            }
        }
        '!' | '?' => Shout,
        '\'' | '’' | '`' => {
            if glued {
                Clitic
            } else {
                Mixed
            }
        }
        ':' | ';' | '=' | '(' | '<' | '^'
            if bytes.len() > 1 && bytes.len() < 5 && !form.contains("<<") && !form.contains("==") =>
        {
            Face
        }
        '-' | '=' | '_' | '*' | '~' | '#' | '+' if bytes.len() > 2 => Rule,
        _ if is_word_char(c) => word_shape(form, bytes),
        _ if u32::from(c) >= 0x1F000 => Face,
        _ => Sign,
    }
}

fn word_shape(form: &str, bytes: &[u8]) -> Shape {
    let first = form.chars().next().unwrap_or(' ');
    if bytes.iter().all(u8::is_ascii_lowercase) {
        return Lower;
    }
    if bytes.len() > 1 && bytes.ends_with(b".") {
        let name = &form[..form.len() - 1];
        if name.len() == 1 && first.is_ascii_uppercase() {
            return Initial;
        }
        if name.contains('.') {
            // What `e.g.` and `i.e.` introduce is in the same sentence.
            return if name.eq_ignore_ascii_case("e.g") || name.eq_ignore_ascii_case("i.e") { Title } else { Acronym };
        }
        return match abbreviation(name) {
            Some(Abbreviation::Title | Abbreviation::Number | Abbreviation::Always | Abbreviation::Day) => Title,
            _ => Short,
        };
    }
    if bytes.eq_ignore_ascii_case(b"n't") || form == "n’t" {
        return Clitic;
    }
    if first.is_ascii_digit() {
        let figures = bytes.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':' | b'/' | b'-'));
        return if figures { Number } else { Code };
    }
    if form.contains("://") || form.contains('@') || form.starts_with("www.") {
        return Address;
    }
    if first.is_uppercase() {
        let mut rest = form[first.len_utf8()..].chars().filter(|c| c.is_alphabetic());
        return match rest.next() {
            None if bytes.len() == 1 => Letter,
            None => Code,
            Some(c) if c.is_uppercase() && rest.all(char::is_uppercase) => Capitals,
            Some(_) if form.bytes().any(|b| b.is_ascii_digit()) => Code,
            Some(_) => Capital,
        };
    }
    if first.is_lowercase() {
        Lower
    } else if first.is_alphabetic() {
        Mixed
    } else {
        Code
    }
}
