//! Classes of characters.

/// An ASCII letter.
pub(super) const LETTER: u8 = 1;
/// An ASCII digit.
pub(super) const DIGIT: u8 = 2;
/// Either.
pub(super) const ALNUM: u8 = LETTER | DIGIT;
/// A byte of a longer character.
pub(super) const WIDE: u8 = 4;
/// `@`.
pub(super) const AT: u8 = 8;
/// `/`.
pub(super) const SLASH: u8 = 16;
/// `.`.
pub(super) const DOT: u8 = 32;
/// Any other mark.
pub(super) const OTHER: u8 = 64;

const MARKS: [u8; 256] = {
    let mut table = [WIDE; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b' ' | b'\t'..=b'\r' => 0,
            b'@' => AT,
            b'/' => SLASH,
            b'.' => DOT,
            _ => OTHER,
        };
        byte += 1;
    }
    table
};

/// The class of a byte: 0 for white space.
#[inline]
pub(super) fn marks(byte: u8) -> u8 {
    MARKS[usize::from(byte)]
}

/// The character that starts at `at`, which must be a boundary inside `bytes` of valid UTF-8.
#[inline]
pub(super) fn char_at(text: &str, at: usize) -> char {
    text.get(at..).and_then(|t| t.chars().next()).unwrap_or('\0')
}

/// The length of the white-space character of more than one byte at `at`; 0 if none stands there.
#[inline]
pub(super) fn wide_space(bytes: &[u8], at: usize) -> usize {
    let next = |n: usize| bytes.get(at + n).copied().unwrap_or(0);
    match (bytes[at], next(1), next(2)) {
        (0xC2, 0x85 | 0xA0, _) => 2,
        (0xE1, 0x9A, 0x80)
        | (0xE2, 0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF)
        | (0xE2, 0x81, 0x9F)
        | (0xE3, 0x80, 0x80) => 3,
        _ => 0,
    }
}

/// Whether `c` is an apostrophe or may be used as one.
#[inline]
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '\u{2BC}' | '\u{2B9}' | '´' | '＇')
}

/// Whether `c` is part of a word: letters, digits, marks upon them and joiners inside them.
#[inline]
pub(crate) fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    let code = u32::from(c);
    let sign = matches!(
        code,
        // Latin-1 signs; soft hyphen, ordinals and superscripts belong to words.
        0x80..=0xA9 | 0xAB | 0xAC | 0xAE..=0xB1 | 0xB4 | 0xB6..=0xB8 | 0xBB | 0xBF | 0xD7 | 0xF7
        // Letters used as apostrophes; Arabic and Indic punctuation.
        | 0x2B9 | 0x2BC | 0x60C | 0x61B | 0x61F | 0x66A..=0x66D | 0x6D4 | 0x964 | 0x965
        // Punctuation and currency, but joiners and non-joiners within words.
        | 0x2010..=0x205F | 0x2061..=0x206F | 0x20A0..=0x20CF
        // Arrows, mathematics, boxes, dingbats, CJK punctuation.
        | 0x2190..=0x2BFF | 0x2E00..=0x2E7F | 0x3001..=0x3004 | 0x3008..=0x3020 | 0x3030
        // Forms of punctuation in compatibility blocks.
        | 0xFE10..=0xFE1F | 0xFE30..=0xFE6F | 0xFF01..=0xFF0F | 0xFF1A..=0xFF20 | 0xFF3B..=0xFF40
        | 0xFF5B..=0xFF65 | 0xFFE0..=0xFFEF | 0xFFFC | 0xFFFD
        // Pictures.
        | 0x1F000..=0x1FAFF
    );
    // Super- and subscripts, letterlike signs and number forms are partly letters.
    let mixed = matches!(code, 0x2070..=0x209F | 0x2100..=0x218F);
    !sign && (!mixed || c.is_alphanumeric())
}

/// Whether `c` goes on the emoji before it: a variation, a skin tone or a joiner.
#[inline]
pub(super) fn goes_on_emoji(c: char) -> bool {
    matches!(u32::from(c), 0xFE00..=0xFE0F | 0x1F3FB..=0x1F3FF | 0x200D | 0x20E3 | 0xE0020..=0xE007F)
}

/// Whether `c` is a sign of currency.
#[inline]
pub(super) fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '¥' | '¢' | '\u{20A0}'..='\u{20CF}')
}
