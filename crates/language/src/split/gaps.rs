//! The gaps between words, and the features that a gap is judged by.

use forewarn_report::Span;

use super::lines::{Break, judge};
use super::shape::{Shape, shape};
use crate::tokenise::starts_sentence;
use Shape::{
    Acronym, Address, Apostrophe, Bullet, Capital, Capitals, Clitic, Closing, Code, Colon, Comma, Currency, Dash, Dots,
    Edge, Face, Initial, Letter, Lower, Number, Opening, Quote, Semicolon, Short, Shout, Stop, Title,
};

/// Number of features of a gap.
pub const FEATURES: usize = 30;

/// What rules say about a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// No sentence ends here.
    Inside,
    /// A sentence ends here.
    Boundary,
    /// The weights decide.
    Open,
}

/// Kinds of open gaps, which differ in the threshold their weights must pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// After a mark or an abbreviation that may end a sentence.
    AfterMark,
    /// After a word or another mark, in a block that is written loosely or is a title.
    Loose,
    /// After a word or another mark, in running text that keeps its stops.
    Edited,
}

/// A word as the features see it.
#[derive(Clone, Copy, Debug)]
struct Word {
    shape: Shape,
    hash: u32,
    /// White space stands before it.
    space: bool,
}

const EDGE: Word = Word { shape: Edge, hash: 0x9E37, space: true };

/// The words of a block, ready to have their gaps judged.
#[derive(Debug)]
pub struct Gaps<'t> {
    text: &'t str,
    start: usize,
    tokens: &'t [Span],
    words: Vec<Word>,
    /// Before each word: bit 0 inside brackets, bit 1 inside straight or curly quotation marks.
    inside: Vec<u8>,
    /// How the block is written: capitals, stops, the last mark.
    style: u32,
    /// The block has line breaks.
    lines: bool,
    /// The closing brackets that end an insertion into a sentence.
    insertions: Vec<u32>,
}

impl<'t> Gaps<'t> {
    /// Reads the words `tokens` of `block`.
    pub fn new(text: &'t str, block: Span, tokens: &'t [Span]) -> Self {
        let bytes = text.as_bytes();
        let mut words = Vec::with_capacity(tokens.len());
        let mut inside = Vec::with_capacity(tokens.len());
        let (mut brackets, mut quotes) = (0u32, false);
        let (mut opened, mut insertions) = (Vec::new(), Vec::new());
        let (mut capital, mut lower, mut stops, mut loose) = (0u32, 0u32, 0u32, 0u32);
        let mut last = Edge;
        let mut end = block.start;
        for (i, &token) in tokens.iter().enumerate() {
            let form = token.slice(text);
            let spaced_after = tokens.get(i + 1).is_none_or(|t| t.start > token.end);
            let space = i == 0 || token.start > end;
            let mut shape = shape(form, i > 0 && !space);
            if shape == Quote {
                // A straight mark opens where white space stands before it only.
                shape = match (space, spaced_after) {
                    (true, false) => Opening,
                    (false, true) => Closing,
                    _ => Quote,
                };
            }
            inside.push(u8::from(brackets > 0) | (u8::from(quotes) << 1));
            match bytes[token.start as usize] {
                b'(' | b'[' | b'{' if shape == Opening => {
                    brackets += 1;
                    let square =
                        form == "[" && tokens.get(i + 1).is_some_and(|t| bytes[t.start as usize].is_ascii_uppercase());
                    opened
                        .push(square || matches!(last, Lower | Capital | Capitals | Comma | Number | Clitic | Acronym));
                }
                b')' | b']' | b'}' if shape == Closing => {
                    brackets = brackets.saturating_sub(1);
                    if opened.pop() == Some(true) && !last.ends_sentence() {
                        insertions.push(i as u32);
                    }
                }
                b'"' => quotes = !quotes,
                0xE2 if form == "“" || form == "«" => quotes = true,
                0xE2 if form == "”" || form == "»" => quotes = false,
                _ => {}
            }
            match shape {
                Capital | Capitals => capital += 1,
                Lower => {
                    lower += 1;
                    loose += u32::from(last.ends_sentence());
                }
                Stop | Shout => stops += 1,
                _ => {}
            }
            words.push(Word { shape, hash: hash(form), space });
            last = shape;
            end = token.end;
        }
        let style = style(capital, lower, stops, loose, last);
        let lines = text.as_bytes().get(block.range()).is_some_and(|b| b.iter().any(|b| matches!(b, b'\n' | 0xE2)));
        Self { text, start: block.start as usize, tokens, words, inside, style, lines, insertions }
    }

    fn word(&self, at: isize) -> Word {
        usize::try_from(at).ok().and_then(|i| self.words.get(i)).copied().unwrap_or(EDGE)
    }

    /// What the rules say about the gap before word `next`, which is not the first.
    pub fn gap(&self, next: usize) -> Gap {
        let (before, after) = (self.words[next - 1], self.words[next]);
        if !after.space {
            // `end.Start`, `end…Start`
            let glued = before.shape.ends_sentence()
                && (after.shape.is_word() || after.shape == Opening)
                && after.shape != Clitic;
            let closed = matches!(before.shape, Closing | Quote) && matches!(after.shape, Capital);
            return if glued || closed { Gap::Open } else { Gap::Inside };
        }
        if self.lines {
            let (from, to) = (self.tokens[next - 1].end as usize, self.tokens[next].start as usize);
            if judge(self.text, self.start, from, to) == Break::End {
                return Gap::Boundary;
            }
        }
        match (before.shape, after.shape) {
            // The third: “…,” he said; "Go!" he said.
            (Title | Initial | Opening | Currency, _)
            | (_, Stop | Comma | Closing | Clitic | Semicolon)
            | (Closing | Quote, Lower) => Gap::Inside,
            (Closing, Capital | Capitals | Number | Letter)
                if self.inserted(next - 1) && self.text.as_bytes()[self.tokens[next - 1].start as usize] == b']' =>
            {
                Gap::Inside
            }
            (Comma, shape) if shape < Capital => Gap::Inside,
            (shape, Lower) if shape.is_word() || matches!(shape, Colon | Semicolon | Dash | Apostrophe) => Gap::Inside,
            // the rebels' Syrian backers
            (Apostrophe, _) if self.possessive(next - 1) => Gap::Inside,
            (Acronym | Short, _) if self.abbreviated(next) => Gap::Inside,
            // in Washington, D.C. He …
            (Acronym, Capital) if self.style >> 5 < 2 || self.style >> 1 & 3 < 2 => Gap::Boundary,
            // … it. “We …
            (Stop, Opening) if self.opens_quotation(next) => Gap::Boundary,
            _ => Gap::Open,
        }
    }

    /// Whether a quotation opens with word `next`, after a stop that is not that of a list's number.
    fn opens_quotation(&self, next: usize) -> bool {
        let listed = next < 2 || matches!(self.words[next - 2].shape, Number | Code | Letter | Stop);
        !listed && matches!(self.tokens[next].slice(self.text), "\"" | "“" | "„" | "«")
    }

    /// Whether the word at `at` closes a bracket that was inserted into a sentence.
    fn inserted(&self, at: usize) -> bool {
        self.insertions.binary_search(&(at as u32)).is_ok()
    }

    /// Whether the block is running text that keeps its stops: it ends in a mark, has words in small
    /// letters, and none of them follows a stop.
    fn edited(&self) -> bool {
        let (share, stops, end, loose) = (self.style >> 5, self.style >> 3 & 3, self.style >> 1 & 3, self.style & 1);
        share < 3 && stops > 0 && end < 2 && loose == 0
    }

    /// Whether the apostrophe at `at` stands for a possessive after a plural.
    fn possessive(&self, at: usize) -> bool {
        !self.words[at].space && at > 0 && self.tokens[at - 1].slice(self.text).ends_with(['s', 'z', 'x', 'S'])
    }

    /// The kind of the gap before word `next`.
    pub fn kind(&self, next: usize) -> Kind {
        match self.words[next - 1].shape {
            Stop | Shout | Dots | Closing | Quote | Face | Address | Acronym | Short => Kind::AfterMark,
            _ if self.edited() => Kind::Edited,
            _ => Kind::Loose,
        }
    }

    /// Whether no sentence ends at the abbreviation before `next`: what follows goes on with a name,
    /// a number or a small letter.
    fn abbreviated(&self, next: usize) -> bool {
        let after = self.words[next].shape;
        match after {
            Opening | Quote | Bullet | Dash => false,
            _ => !starts_sentence(self.tokens[next].slice(self.text)),
        }
    }

    /// The features of the gap before word `next`, in a sentence that starts at word `start`.
    pub fn features(&self, start: usize, next: usize, out: &mut [u32; FEATURES]) {
        let at = next as isize;
        let (p3, p2, p1) = (self.back(start, at - 3), self.back(start, at - 2), self.word(at - 1));
        let (n1, n2, n3) = (self.word(at), self.word(at + 1), self.word(at + 2));
        let first = self.words[start];
        let (s1, s2) = (p1.shape as u32, n1.shape.as_next() as u32);
        let pair = s1 << 6 | s2 << 1 | u32::from(n1.space);
        let wide = (p2.shape as u32) << 22 | (n2.shape as u32) << 16 | pair;
        let length = bucket(next - start);
        let rest = bucket(self.words.len() - next);
        let small = self.words[start..next].iter().rev().take(12).filter(|w| w.shape == Lower).count().min(3) as u32;
        let verbs = u32::from(self.words[start..next].iter().rev().take(24).any(|w| is_auxiliary(w.hash)));
        let ahead = u32::from(self.words[next..].iter().take(8).any(|w| is_auxiliary(w.hash)));
        let inside = u32::from(self.inside[next]) | u32::from(self.inserted(next - 1)) << 2;
        let values: [u32; FEATURES] = [
            pair,
            mix(p1.hash, 1),
            mix(p1.hash, pair),
            mix(n1.hash, s1),
            mix(n1.hash, pair),
            mix(p2.hash, s1),
            mix(p2.hash, pair),
            (p2.shape as u32) << 16 | pair,
            (n2.shape as u32) << 16 | pair,
            mix(n1.hash, n2.hash),
            mix(n2.hash, pair),
            wide,
            mix(p1.hash, n1.hash),
            mix(wide, p3.shape as u32),
            mix(wide, n3.shape as u32),
            length << 16 | pair,
            (first.shape as u32) << 16 | pair,
            mix(first.hash, s1),
            rest << 16 | pair,
            inside << 16 | pair,
            self.style << 12 | pair,
            small << 18 | verbs << 17 | ahead << 16 | pair,
            mix(small << 8 | length, pair),
            mix(mix(n1.hash, p2.shape as u32), s1),
            mix(mix(p2.hash, p1.hash), n1.shape as u32),
            mix(length << 8 | first.shape as u32, pair),
            mix(self.style, p1.hash),
            mix(mix(self.style & 7, n1.hash), s1),
            mix(rest << 8 | length, pair),
            mix((p3.shape as u32) << 6 | p2.shape as u32, pair),
        ];
        for (i, (slot, value)) in out.iter_mut().zip(values).enumerate() {
            *slot = mix(value, 0x51ED + i as u32);
        }
    }

    /// The word at `at` if it stands in the sentence that starts at `start`.
    fn back(&self, start: usize, at: isize) -> Word {
        if at < start as isize { EDGE } else { self.word(at) }
    }
}

/// How a block is written, in nine bits.
fn style(capital: u32, lower: u32, stops: u32, loose: u32, last: Shape) -> u32 {
    let share = if lower == 0 { 3 } else { (capital * 4 / (capital + lower)).min(2) };
    let ends = match last {
        Stop | Shout => 0,
        Closing | Quote => 1,
        shape if shape.is_word() => 2,
        _ => 3,
    };
    let stops = match stops {
        0 => 0,
        1 => 1,
        2..=4 => 2,
        _ => 3,
    };
    share << 5 | stops << 3 | ends << 1 | u32::from(loose > 0)
}

fn bucket(n: usize) -> u32 {
    match n {
        0..=6 => n as u32,
        7..=9 => 7,
        10..=14 => 8,
        15..=24 => 9,
        25..=39 => 10,
        _ => 11,
    }
}

/// A multiplicative hash of two numbers.
#[inline]
fn mix(a: u32, b: u32) -> u32 {
    let mixed = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed >> 32) ^ (mixed >> 7)) as u32
}

/// A hash of a word without regard to ASCII case; figures are alike.
#[inline]
const fn hash(form: &str) -> u32 {
    let bytes = form.as_bytes();
    let mut hash = 0x811C_9DC5_u32;
    let mut i = 0;
    while i < bytes.len() && i < 24 {
        let byte = match bytes[i] {
            b'0'..=b'9' => b'0',
            b => b.to_ascii_lowercase(),
        };
        hash = (hash ^ byte as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    hash
}

/// Whether the hash is that of a common finite verb.
#[inline]
fn is_auxiliary(word: u32) -> bool {
    const VERBS: [u32; 24] = [
        hash("is"),
        hash("was"),
        hash("are"),
        hash("were"),
        hash("'s"),
        hash("'m"),
        hash("'re"),
        hash("has"),
        hash("have"),
        hash("had"),
        hash("will"),
        hash("would"),
        hash("can"),
        hash("could"),
        hash("do"),
        hash("did"),
        hash("does"),
        hash("said"),
        hash("says"),
        hash("may"),
        hash("should"),
        hash("must"),
        hash("am"),
        hash("be"),
    ];
    VERBS.contains(&word)
}
