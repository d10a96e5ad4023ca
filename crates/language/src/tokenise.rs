//! Words and marks: the English tokeniser.
//!
//! It follows the conventions of UD 2.16 English as EWT and GUM show them: contractions and
//! possessives are split (`do|n't`, `Kyiv|'s`), hyphens are words of their own but after prefixes
//! (`Israeli|-|occupied`, `anti-tank`), abbreviations keep their stop (`Gen.`, `U.S.`), numbers,
//! times, dates, addresses and emoticons stay whole. A text is read once from left to right, white
//! space ends every word, and every other character belongs to exactly one word.
//!
//! The stop of a lower-case or business abbreviation that ends a block or stands before a word that
//! starts a sentence is split off, as in EWT (`5 p.m|.`); acronyms keep theirs (`the U.S.`).

mod address;
mod chars;
mod chunk;
mod words;

use forewarn_report::Span;

use chars::{ALNUM, LETTER, WIDE, marks, wide_space};
use chunk::Chunk;

pub(crate) use chars::is_word_char;
pub(crate) use words::{Abbreviation, abbreviation, starts_sentence};

/// Appends the words of `block` to `out`, in order, as bytes of `text`.
///
/// The spans do not overlap, lie on character boundaries and cover every character of the block that
/// is not white space. A `block` that is no piece of `text` has no words.
pub fn tokenise(text: &str, block: Span, out: &mut Vec<Span>) {
    if block.get(text).is_none() {
        return;
    }
    let bytes = text.as_bytes();
    let end = block.end as usize;
    let mut at = block.start as usize;
    while at < end {
        let from = at;
        let mut seen = 0;
        let mut space = 0;
        while at < end {
            let byte = bytes[at];
            let mark = marks(byte);
            if mark == 0 {
                space = 1;
                break;
            }
            if byte >= 0x80 {
                space = wide_space(bytes, at);
                if space > 0 {
                    break;
                }
            }
            seen |= mark;
            at += 1;
        }
        if at > from {
            let mut chunk = Chunk { text, bytes, from, end: at, block_end: end, first: out.len(), out };
            if seen == LETTER {
                chunk.letters();
            } else if seen & (ALNUM | WIDE) == 0 {
                chunk.symbols();
            } else {
                chunk.mixed(seen);
            }
        }
        at += space;
    }
}
