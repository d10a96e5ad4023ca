//! Words that hold letters or figures: how far they go and where they are split.

use forewarn_report::Span;

use super::Chunk;
use crate::tokenise::address;
use crate::tokenise::chars::{is_apostrophe, is_currency};
use crate::tokenise::words::{self, Abbreviation};

impl Chunk<'_, '_> {
    /// The end of the clitic whose letters start at `at`, behind an apostrophe.
    pub(super) fn clitic(&self, at: usize) -> Option<usize> {
        let low = |n: usize| self.byte(at + n) | 0x20;
        let length = match (low(0), low(1)) {
            (b'l', b'l') | (b'r' | b'v', b'e') => 2,
            (b's' | b'm' | b'd', _) => 1,
            _ => return None,
        };
        (!self.word_at(at + length)).then_some(at + length)
    }

    /// A word that starts with the number at `at`; its span starts at `from`.
    pub(super) fn number(&mut self, at: usize, from: usize) -> usize {
        let end = self.word_from(at, from);
        if self.out.last().is_some_and(|s| s.start as usize == from) || end > at { end } else { at }
    }

    pub(super) fn word(&mut self, at: usize) -> usize {
        self.word_from(at, at)
    }

    /// Takes the word at `at`, whose span starts at `from` (a sign may stand before it), and gives
    /// the end of what was taken.
    fn word_from(&mut self, at: usize, from: usize) -> usize {
        if let Some(end) = self.acronym(at) {
            self.push(from, end);
            if self.splits_last_stop(from, end) {
                let last = self.out.len() - 1;
                self.out[last] = Span::from_range(from..end - 1);
                self.push(end - 1, end);
            }
            return end;
        }
        if self.digit(at)
            && let Some(end) = self.coded(at)
        {
            self.push(from, end);
            return end;
        }
        let mut part = at;
        let mut end = self.run(at);
        while end < self.end {
            let c = self.char(end);
            let after = end + c.len_utf8();
            if is_apostrophe(c) {
                // n't
                if end - at >= 2
                    && self.bytes[end - 1] | 0x20 == b'n'
                    && self.byte(after) | 0x20 == b't'
                    && !self.word_at(after + 1)
                {
                    self.push(from, end - 1);
                    self.push(end - 1, after + 1);
                    return after + 1;
                }
                match self.joined_apostrophe(from, part, end, after) {
                    Some(next) => {
                        part = after;
                        end = next;
                        if next == after {
                            break;
                        }
                        continue;
                    }
                    None => break,
                }
            }
            let next = match c {
                '.' => self.joined_dot(at, part, end),
                ',' => self.joined_comma(at, end),
                ':' if self.digit(end - 1) && self.digit(after) => self.run(after),
                '-' | '\u{2011}' | '\u{2010}' => self.joined_hyphen(at, part, end, after),
                '&' => self.joined_ampersand(part, end),
                '*' if self.bytes[end - 1].is_ascii_alphabetic() && self.byte(self.same(end)).is_ascii_alphabetic() => {
                    self.run(self.same(end))
                }
                '$' if self.currency_code(part, end) => end + 1,
                '/' if &self.bytes[part..end] == b"s" && self.bytes[after..self.end].starts_with(b"he") => after + 2,
                _ => end,
            };
            if next == end {
                break;
            }
            let stop = next == end + 1 && c == '.';
            part = after;
            end = next;
            if stop || c == '$' {
                break;
            }
        }
        self.finish(from, at, end);
        end
    }

    /// Pushes the word `from..end`, its unit or its contraction split off.
    fn finish(&mut self, from: usize, at: usize, end: usize) {
        let number = self.digits(at);
        if number > at {
            // The unit of 35mm, 5pm, 2.5km.
            let mut unit = end;
            while unit > at && self.bytes[unit - 1].is_ascii_alphabetic() {
                unit -= 1;
            }
            let figures = self.bytes[at..unit].iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':'));
            if unit < end && figures && self.digit(unit - 1) {
                let paid = self.text[..from].chars().next_back().is_some_and(is_currency);
                let name = &self.text[unit..end];
                if words::is_unit(name) || (paid && matches!(name, "b" | "B" | "t" | "mm" | "mil")) {
                    self.push(from, unit);
                    self.push(unit, end);
                    return;
                }
            }
            self.push(from, end);
        } else if from == at {
            let code = self.bytes[at..end].iter().take_while(|b| b.is_ascii_alphabetic()).count();
            if self.digit(at + code) && code <= 3 && words::is_currency_code(&self.text[at..at + code]) {
                self.push(from, from + code);
                self.finish(from + code, at + code, end);
            } else {
                self.plain(from, end);
            }
        } else {
            self.push(from, end);
        }
    }

    /// The end of `U.S.`, `e.g.`, `Ph.D.` and the like at `at`.
    fn acronym(&self, at: usize) -> Option<usize> {
        if self.byte(at + 1) != b'.' {
            let rest = &self.bytes[at..self.end];
            for known in ["Ph.D", "M.Sc", "B.Sc", "Ed.D", "D.Phil", "M.Phil"] {
                if rest.starts_with(known.as_bytes()) && !self.word_at(at + known.len()) {
                    let end = at + known.len();
                    return Some(if self.byte(end) == b'.' { end + 1 } else { end });
                }
            }
            return None;
        }
        let mut end = at;
        let mut letters = 0;
        while self.byte(end).is_ascii_alphabetic() {
            if self.byte(end + 1) == b'.' && (self.byte(end + 2) != b'.' || self.byte(end + 3) != b'.') {
                letters += 1;
                end += 2;
            } else if !self.word_at(end + 1) {
                letters += 1;
                end += 1;
                break;
            } else {
                // Sc. at the end of B.Sc.
                let known = self.bytes[end..self.end].starts_with(b"Sc") && !self.word_at(end + 2);
                if known {
                    end += if self.byte(end + 2) == b'.' { 3 } else { 2 };
                    letters += 1;
                }
                break;
            }
        }
        (letters >= 2).then_some(end)
    }

    /// Whether the stop of the acronym `from..end` is the sentence's: after `p.m.` and `etc.`-like
    /// lower-case words at the end of the block or before a word that starts a sentence.
    fn splits_last_stop(&self, from: usize, end: usize) -> bool {
        let word = &self.bytes[from..end];
        if word.last() != Some(&b'.') || !word[0].is_ascii_lowercase() || matches!(word, b"e.g." | b"i.e.") {
            return false;
        }
        self.sentence_follows(end)
    }

    /// Whether after `at` the block ends or a word that starts a sentence follows, marks left out.
    fn sentence_follows(&self, at: usize) -> bool {
        let mut at = at;
        while at < self.end {
            let c = self.char(at);
            if !matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»') {
                return false;
            }
            at += c.len_utf8();
        }
        let (next, some) = self.next_word(at);
        !some || words::starts_sentence(next)
    }

    /// A telephone number, a date or a post code at `at`: digits in groups.
    fn coded(&self, at: usize) -> Option<usize> {
        let first = self.digits(at);
        let sign = self.byte(first);
        if !matches!(sign, b'-' | b'/') || !self.digit(first + 1) {
            return None;
        }
        let mut lengths = [first - at, 0, 0, 0, 0, 0];
        let mut groups = 1;
        let mut signs = 0;
        let mut end = first;
        while matches!(self.byte(end), b'-' | b'/') && self.digit(end + 1) && groups < 6 {
            signs += usize::from(self.byte(end) == b'/');
            let next = self.digits(end + 1);
            lengths[groups] = next - end - 1;
            groups += 1;
            end = next;
        }
        if self.word_at(end) {
            return None;
        }
        let whole = match (groups, signs) {
            // 9/11 but 1/2
            (2, 1) => {
                let value = |from: usize, to: usize| self.text[from..to].parse::<u32>().unwrap_or(99);
                let (a, b) = (value(at, first), value(first + 1, end));
                let fraction = a < b && b < 9 && lengths == [1, 1, 0, 0, 0, 0];
                lengths[0] <= 2 && lengths[1] <= 2 && (1..=12).contains(&a) && (1..=31).contains(&b) && !fraction
            }
            (2, 0) => matches!((lengths[0], lengths[1]), (1 | 3 | 5, 4)),
            _ => true,
        };
        whole.then_some(end)
    }

    /// The end of the word that goes on over the apostrophe at `end`; `None` if it ends there.
    fn joined_apostrophe(&self, from: usize, part: usize, end: usize, after: usize) -> Option<usize> {
        let digits = self.digits(part);
        if digits == end && digits > part {
            // 60's, 1590's
            let decade = matches!(end - part, 2 | 4) && self.bytes[end - 1] == b'0';
            let plural = decade && self.byte(after) == b's' && !self.word_at(after + 1);
            return plural.then_some(after + 1);
        }
        if self.clitic(after).is_some() {
            return None;
        }
        let word = &self.bytes[part..end];
        if self.word_at(after) && !self.digit(after) {
            // y'all is two words
            if word.eq_ignore_ascii_case(b"y") {
                return Some(after);
            }
            return Some(self.run(after));
        }
        // cookin'
        let opened =
            self.out.last().is_some_and(|s| s.end as usize == from && is_apostrophe(self.char(s.start as usize)));
        let dropped = word.len() >= 4 && word.ends_with(b"in") && word[0].is_ascii_lowercase() && from == part;
        let known =
            matches!(word, b"doin" | b"goin" | b"nothin" | b"somethin" | b"tryin" | b"lookin" | b"gettin" | b"talkin")
                || word.ends_with(b"kin")
                || word.ends_with(b"vin")
                || word.ends_with(b"tin")
                || word.ends_with(b"yin");
        (dropped && known && !opened).then_some(after)
    }

    /// The end of the word that goes on over the stop at `end`.
    fn joined_dot(&self, at: usize, part: usize, end: usize) -> usize {
        let after = end + 1;
        if self.digit(after) && self.digit(end - 1) {
            return self.run(after);
        }
        if self.byte(after) == b'.' {
            return end;
        }
        if self.word_at(after) {
            if let Some(length) = address::dotted_name(&self.text[at..self.end]) {
                return (at + length).max(end);
            }
            let title = words::abbreviation(&self.text[part..end]) == Some(Abbreviation::Title);
            return if title && self.byte(after).is_ascii_uppercase() { after } else { end };
        }
        if self.keeps_stop(at, part, end) { after } else { end }
    }

    /// Whether the stop at `end` belongs to the word `part..end`.
    fn keeps_stop(&self, at: usize, part: usize, end: usize) -> bool {
        let after = end + 1;
        let word = &self.text[part..end];
        if word.len() > 6 || word.is_empty() {
            return false;
        }
        let (next, some) = self.next_word(if after < self.end { self.end } else { after });
        let closed = after < self.end;
        let number = !closed && next.starts_with(|c: char| c.is_ascii_digit());
        let lower = !closed && next.starts_with(char::is_lowercase);
        let comma = self.byte(after) == b',';
        if word.len() == 1 && word.as_bytes()[0].is_ascii_uppercase() && part == at {
            return self.initial(at, after, next);
        }
        let starter = !closed && words::starts_sentence(next);
        match words::abbreviation(word) {
            Some(Abbreviation::Title) => some && !closed && (number || !next.is_empty()) && !(starter && word == "St"),
            Some(Abbreviation::Number) => {
                number || (!closed && self.next_is(after, b'#')) || (lower && matches!(word, "ca" | "ext"))
            }
            Some(Abbreviation::Month) => (some && !closed && !starter) || comma,
            Some(Abbreviation::Day) => number || comma || (lower && word == "Sat"),
            Some(Abbreviation::State) => self.after_place(at) && some && !starter,
            Some(Abbreviation::Always) => some,
            Some(Abbreviation::Suffix) => match word {
                "co" | "al" | "est" | "inc" | "ed" if !(lower || comma || word == "al") => false,
                _ => (closed && !self.sentence_follows(after)) || (!closed && some && !starter),
            },
            None => {
                let consonants = word.len() >= 2
                    && word.bytes().all(|b| b.is_ascii_alphabetic() && !b"aeiouyAEIOUY".contains(&b))
                    && word.as_bytes()[1].is_ascii_lowercase();
                consonants && (lower || comma || number)
            }
        }
    }

    /// Whether `next` is the first byte after the white space at `at`.
    fn next_is(&self, at: usize, next: u8) -> bool {
        self.text[at..self.block_end].trim_start().as_bytes().first() == Some(&next)
    }

    /// Whether the last word before `at` is a comma or a hyphen: `Reno, Nev.`, `(D-Minn.)`.
    fn after_place(&self, at: usize) -> bool {
        self.out.last().is_some_and(|s| s.end as usize <= at && matches!(self.bytes[s.start as usize], b',' | b'-'))
    }

    /// Whether the capital at `at` with a stop before `after` is an initial of a name that goes on
    /// with `next`.
    fn initial(&self, at: usize, after: usize, next: &str) -> bool {
        if after < self.end {
            return false;
        }
        let capital = next.starts_with(char::is_uppercase) || next == "coli";
        if !capital || (words::starts_sentence(next) && next.len() > 1) {
            return false;
        }
        let before = self.out.last().map_or("", |s| &self.text[s.start as usize..s.end as usize]);
        let named = before.starts_with(char::is_uppercase);
        match self.bytes[at] {
            // The pronoun at the end of a sentence.
            b'I' => named,
            _ => {
                named || !matches!(before, "plan" | "class" | "category" | "type" | "vitamin" | "option" | "hepatitis")
            }
        }
    }

    /// The end of the number that goes on over the comma at `end`: groups of three, or of two as in
    /// 1,00,000.
    fn joined_comma(&self, at: usize, end: usize) -> usize {
        let mut figures = self.bytes[at..end].iter().skip_while(|b| b.is_ascii_uppercase() || **b == b's');
        if !self.digit(end - 1) || !figures.all(|b| b.is_ascii_digit() || *b == b',') {
            return end;
        }
        let group = self.digits(end + 1);
        match group - end - 1 {
            3 => self.run(group),
            2 if self.byte(group) == b',' && self.digits(group + 1) - group >= 3 => group,
            _ => end,
        }
    }

    /// The end of the word that goes on over the hyphen at `end`.
    fn joined_hyphen(&self, at: usize, part: usize, end: usize, after: usize) -> usize {
        let word = &self.text[part..end];
        if !self.word_at(after) {
            // Speech broken off: `th- the`; but `pre- and post-war` and `us - them`.
            let broken = after == self.end
                && part == at
                && self.byte(end) == b'-'
                && match word.len() {
                    1 => word.as_bytes()[0].is_ascii_alphabetic(),
                    2 => matches!(word, "th" | "Th" | "sh" | "Sh" | "re" | "wh" | "Wh" | "kn" | "st" | "ch"),
                    _ => false,
                };
            return if broken { after } else { end };
        }
        let next = self.run(after);
        if words::is_prefix(word) && part == at && word != "UN" {
            return next;
        }
        if words::is_suffix(&self.text[after..next]) || words::is_interjection(&self.text[at..next]) {
            return next;
        }
        end
    }

    /// The end of `AT&T`, `P&L`, `B&B`.
    fn joined_ampersand(&self, part: usize, end: usize) -> usize {
        let next = self.run(end + 1);
        let short = |from: usize, to: usize, most: usize| {
            let word = &self.bytes[from..to];
            (1..=most).contains(&word.len())
                && (word.iter().all(u8::is_ascii_uppercase) || (word.len() == 1 && word[0].is_ascii_lowercase()))
        };
        if short(part, end, 4) && short(end + 1, next, 3) { next } else { end }
    }

    /// Whether `part..end` makes one sign with the `$` after it: `US$`, `A$`.
    fn currency_code(&self, part: usize, end: usize) -> bool {
        let known = matches!(
            &self.bytes[part..end],
            b"US" | b"U" | b"A" | b"AU" | b"C" | b"CA" | b"NZ" | b"HK" | b"S" | b"NT" | b"TT" | b"R" | b"Z" | b"Mex"
        );
        known && (end + 1 == self.end || self.digit(end + 1))
    }
}
