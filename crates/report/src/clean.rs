//! White space and invisible characters: what every stored block has been through.
//!
//! A tidied text has single spaces between words and none at its ends, no control or directional
//! characters, and composed letters (Unicode NFC), so that one word has one spelling.

use unicode_normalization::UnicodeNormalization;

/// The characters that bytes 0x80–0x9F stand for in windows-1252; `'\0'` where they stand for none.
/// Old pages carry them as control characters: U+0093 was meant as a quotation mark.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Appends the tidied `raw` to `out`, with a space between the two where both have words.
pub(crate) fn tidy_into(out: &mut String, raw: &str) {
    out.reserve(raw.len() + 1);
    let start = out.len();
    let mut space = start > 0 && !out.ends_with(' ');
    let mut marks = false;
    let mut rest = raw;
    while !rest.is_empty() {
        // Most text is runs of plain ASCII words with single spaces: those are copied whole.
        let plain = plain_run(rest.as_bytes());
        if plain > 0 {
            let (run, after) = rest.split_at(plain);
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push_str(run);
            rest = after;
            continue;
        }
        let Some(letter) = rest.chars().next() else { break };
        rest = &rest[letter.len_utf8()..];
        if letter == '\u{85}' || (letter.is_whitespace()) {
            space = true;
            continue;
        }
        let letter = match letter {
            '\u{80}'..='\u{9f}' => WINDOWS_1252[letter as usize - 0x80],
            _ if is_invisible(letter) => continue,
            _ => letter,
        };
        if letter == '\0' {
            continue;
        }
        if space && !out.is_empty() {
            out.push(' ');
        }
        space = false;
        marks |= matches!(letter, '\u{300}'..='\u{36f}');
        out.push(letter);
    }
    if marks {
        let composed: String = out[start..].nfc().collect();
        out.truncate(start);
        out.push_str(&composed);
    }
}

/// The tidied text.
pub(crate) fn tidy(raw: &str) -> String {
    let mut out = String::new();
    tidy_into(&mut out, raw);
    out
}

/// How many words a tidied text has.
pub(crate) fn count_words(tidied: &str) -> usize {
    tidied.bytes().filter(|byte| *byte == b' ').count() + 1
}

/// Whether a line holds nothing that could be read.
pub(crate) fn is_blank(raw: &str) -> bool {
    raw.chars().all(|letter| letter.is_whitespace() || is_invisible(letter))
}

/// Whether a character has no shape of its own and no meaning for the words around it.
pub(crate) fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}')
}

/// How many leading bytes are printable ASCII with single spaces inside, ending in a non-space.
fn plain_run(bytes: &[u8]) -> usize {
    let mut end = 0;
    let mut after_space = true;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'!'..=b'~' => {
                after_space = false;
                end = at + 1;
            }
            b' ' if !after_space => after_space = true,
            _ => break,
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::{is_blank, tidy, tidy_into};

    #[test]
    fn white_space_and_controls() {
        assert_eq!(tidy("  The\tarmy\u{a0}said \r\n on\u{0}  Monday\u{7} "), "The army said on Monday");
        assert_eq!(tidy("sol\u{ad}dier\u{200b}s \u{feff}left"), "soldiers left");
        assert_eq!(tidy("\u{93}No,\u{94} he said \u{97} twice"), "“No,” he said — twice");
        assert_eq!(tidy("Vuc\u{30c}ic\u{301}"), "Vučić");
        assert_eq!(tidy(" \u{1b} "), "");
    }

    #[test]
    fn appended_lines_get_one_space() {
        let mut out = String::from("The army");
        tidy_into(&mut out, "  said so ");
        tidy_into(&mut out, "");
        tidy_into(&mut out, "on Monday.");
        assert_eq!(out, "The army said so on Monday.");
    }

    #[test]
    fn blank_lines() {
        assert!(is_blank(" \t\u{feff}\u{200b}") && is_blank(""));
        assert!(!is_blank(" . "));
    }
}
