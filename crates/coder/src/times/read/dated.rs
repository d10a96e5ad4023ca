//! Dates by name and figure: days, months, years, weekdays, seasons, decades, centuries, clock times.

use super::super::lexicon::{month, ordinal, part_of_day, season, weekday};
use super::super::pieces::Piece;
use super::{Raw, Reader, Reading, Which};

impl Reader<'_, '_> {
    pub(super) fn day_number(&self, at: usize) -> Option<i8> {
        let piece = self.p.get(at)?;
        let day = if let Some(n) = piece.figures() {
            n
        } else {
            if !piece.low.as_bytes()[0].is_ascii_digit() {
                return None;
            }
            ordinal(piece.low)?
        };
        if (1..=31).contains(&day) && piece.low.len() <= 4 { Some(day as i8) } else { None }
    }

    pub(super) fn month_at(&self, at: usize) -> Option<(i8, usize)> {
        let piece = self.p.get(at)?;
        let found = month(piece.low, piece.capital)?;
        let dot = usize::from(
            self.low(at + 1) == "." && piece.low.len() <= 4 && self.p[at + 1].glued && at + 2 < self.p.len(),
        );
        // "May" and "March" open a sentence as verbs; a name may be "June" or "April".
        if matches!(piece.low, "may" | "march" | "mar" | "jan" | "august") && !self.month_fits(at) {
            return None;
        }
        Some((found, at + 1 + dot))
    }

    pub(super) fn month_fits(&self, at: usize) -> bool {
        let next = self.p.get(at + 1);
        let figures = next.is_some_and(|p| p.low.as_bytes()[0].is_ascii_digit());
        let before = at > 0
            && (matches!(
                self.low(at - 1),
                "in" | "since"
                    | "until"
                    | "till"
                    | "by"
                    | "from"
                    | "to"
                    | "of"
                    | "last"
                    | "next"
                    | "this"
                    | "early"
                    | "late"
                    | "mid"
                    | "and"
                    | "between"
                    | "during"
                    | "through"
                    | "before"
                    | "after"
                    | "-"
                    | "–"
                    | "or"
            ) || self.day_number(at - 1).is_some());
        figures || before && !next.is_some_and(|p| p.capital && p.low.len() > 2 && month(p.low, true).is_none())
    }

    /// A year after an optional comma: "May 5, 2023", "May 2023", "May 480 BC", "July 25 of that year".
    pub(super) fn year_after(&self, at: usize) -> Option<(i16, usize)> {
        let comma = usize::from(self.low(at) == ",");
        self.full_year(at + comma)
    }

    pub(super) fn full_year(&self, at: usize) -> Option<(i16, usize)> {
        let piece = self.p.get(at)?;
        let n = piece.figures()?;
        let era = |i: usize| match self.low(i).trim_end_matches('.') {
            "bc" | "bce" | "b.c" | "b.c.e" => Some(-1),
            "ad" | "ce" | "a.d" => Some(1),
            _ => None,
        };
        if let Some(sign) = era(at + 1) {
            return Some((n as i16 * sign, at + 2));
        }
        if piece.low.len() == 4 && (1000..=2100).contains(&n) {
            return Some((n as i16, at + 1));
        }
        None
    }

    /// Dates with figures or names of months, years, weekdays, seasons, decades, centuries, clock times.
    pub(super) fn dated(&mut self, at: usize) -> Option<Reading> {
        let piece = *self.p.get(at)?;
        let the = usize::from(piece.low == "the");
        // 2023-09-30
        if let (Some(year), Some(m), Some(d)) = (
            piece.figures().filter(|_| piece.low.len() == 4),
            self.p.get(at + 2).and_then(Piece::figures),
            self.p.get(at + 4).and_then(Piece::figures),
        ) && self.low(at + 1) == "-"
            && self.low(at + 3) == "-"
            && self.p[at + 4].glued
            && (1..=12).contains(&m)
            && (1..=31).contains(&d)
        {
            let raw = Raw::Day { year: Some(year as i16), month: Some(m as i8), day: d as i8 };
            return Some(Self::plain(raw, at, at + 5));
        }
        if let Some(r) = self.weekday(at + the) {
            return Some(Reading { first: at, ..r });
        }
        if let Some(r) = self.month_day(at + the) {
            return Some(Reading { first: at, ..r });
        }
        if let Some(r) = self.clock(at) {
            return Some(r);
        }
        // decades and centuries
        if let Some(r) = self.long(at, the) {
            return Some(r);
        }
        // seasons
        if let Some(r) = self.season(at) {
            return Some(r);
        }
        // years
        if the == 0 || matches!(self.low(at + 2), "bc" | "b.c.") {
            return self.year(at + the).map(|r| Reading { first: at, ..r });
        }
        None
    }

    pub(super) fn year(&self, at: usize) -> Option<Reading> {
        let piece = self.p.get(at)?;
        let n = piece.figures()?;
        if let Some((year, end)) = self.full_year(at) {
            if end > at + 1 || (self.is_year)(at) {
                return Some(Self::plain(Raw::Year(year), at, end));
            }
            return None;
        }
        let previous = self.back(at, 1);
        // "1861-65"
        if piece.low.len() == 2 && at >= 2 && self.p[at - 1].is_dash() && piece.glued {
            let (century, _) = self.full_year(at - 2)?;
            if century > 999 {
                let year = century / 100 * 100 + n as i16;
                if year > century {
                    return Some(Reading { joined: true, ..Self::plain(Raw::Year(year), at, at + 1) });
                }
            }
        }
        if self.before_christ && (100..1000).contains(&n) && piece.low.len() == 3 {
            let fits = matches!(
                previous,
                "in" | "since"
                    | "until"
                    | "by"
                    | "of"
                    | "from"
                    | "to"
                    | "early"
                    | "late"
                    | "after"
                    | "before"
                    | "-"
                    | "–"
                    | "/"
                    | "("
            ) && !self.p.get(at + 1).is_some_and(|p| {
                p.low.chars().all(char::is_alphabetic)
                    && !matches!(
                        p.low,
                        "and" | "the" | "to" | "by" | "when" | "a" | "he" | "his" | "with" | "was" | "had" | "in"
                    )
            });
            let range =
                self.p.get(at + 1).is_some_and(Piece::is_dash) && self.full_year(at + 2).is_some_and(|(y, _)| y < 0);
            if fits || range {
                return Some(Self::plain(Raw::Year(-(n as i16)), at, at + 1));
            }
        }
        None
    }

    pub(super) fn weekday(&mut self, at: usize) -> Option<Reading> {
        let (which, word) = self.which(at);
        let piece = *self.p.get(word)?;
        let day = weekday(piece.low, piece.capital)?;
        let mut end = word + 1;
        // "every Friday", "Fridays", "Bloody Sunday", "Black Friday"
        if matches!(self.back(at, 1), "every" | "each") {
            return Some(Self::plain(Raw::Set(format!("XXXX-WXX-{day}")), at - 1, end));
        }
        if piece.low.ends_with('s') && piece.low.ends_with("days") {
            return Some(Self::plain(Raw::Set(format!("XXXX-WXX-{day}")), at, end));
        }
        if matches!(self.back(word, 1), "bloody" | "black" | "good" | "palm" | "super") && self.p[word - 1].capital {
            return None;
        }
        let mut part = None;
        if let Some(mark) = part_of_day(self.low(end)) {
            part = Some(mark);
            end += 1;
        }
        // "Monday, 5 May 2023", "Monday the 5th"
        let comma = usize::from(self.low(end) == ",");
        if let Some(day_of_month) = self.month_day(end + comma)
            && matches!(day_of_month.raw, Raw::Day { .. })
        {
            return Some(Reading { first: at, part: part.or(day_of_month.part), ..day_of_month });
        }
        if self.low(end) == "week" && at > 0 {
            return None;
        }
        Some(Reading { part, ..Self::plain(Raw::Weekday { day, which }, at, end) })
    }

    /// "last", "the previous", "this" …: what it says and where the word after it is.
    pub(super) fn which(&self, at: usize) -> (Which, usize) {
        let the = usize::from(matches!(self.low(at), "the" | "this" | "these" | "its" | "their" | "his" | "her"));
        let named = match self.low(at + the) {
            "last" | "past" => Some(if the == 1 && self.low(at) == "the" { Which::Previous } else { Which::Last }),
            "next" => Some(if the == 1 { Which::Following } else { Which::Next }),
            "coming" | "upcoming" => Some(Which::Next),
            "previous" | "preceding" | "prior" => Some(Which::Previous),
            "following" | "subsequent" | "succeeding" | "ensuing" => Some(Which::Following),
            "same" | "very" => Some(Which::Same),
            "current" | "present" => Some(Which::This),
            _ => None,
        };
        if let Some(which) = named {
            return (which, at + the + 1);
        }
        match self.low(at) {
            "this" | "these" => (Which::This, at + 1),
            "that" | "those" => {
                let same = usize::from(self.low(at + 1) == "same");
                (Which::Same, at + 1 + same)
            }
            _ => (Which::Near, at),
        }
    }

    /// "5 May 2023", "5th of May", "May 5, 2023", "May 2023", "May".
    pub(super) fn month_day(&mut self, at: usize) -> Option<Reading> {
        if let Some(day) = self.day_number(at) {
            let of = usize::from(self.low(at + 1) == "of");
            let (month, mut end) = self.month_at(at + 1 + of)?;
            let year = self.year_tail(&mut end);
            return Some(Self::plain(Raw::Day { year, month: Some(month), day }, at, end));
        }
        let (which, word) = self.which(at);
        let (month, mut end) = self.month_at(word)?;
        if let Some(day) = self.day_number(end).filter(|_| which == Which::Near) {
            // "May 20 people" is not a day; "May 5 and", "May 5," is.
            end += 1;
            let year = self.year_tail(&mut end);
            return Some(Self::plain(Raw::Day { year, month: Some(month), day }, at, end));
        }
        if matches!(self.low(end), "last" | "next" | "this") && self.low(end + 1) == "year" {
            let which = match self.low(end) {
                "last" => Which::Last,
                "next" => Which::Next,
                _ => Which::This,
            };
            return Some(Self::plain(Raw::Month { year: None, month, which }, at, end + 2));
        }
        let named = end;
        let year = self.year_tail(&mut end);
        // "June of that year": the year named before.
        let which = if year.is_none() && end > named { Which::Same } else { which };
        Some(Self::plain(Raw::Month { year, month, which }, at, end))
    }

    /// A year after a date, given or as "of that year" (which leaves it to the date named before).
    pub(super) fn year_tail(&self, end: &mut usize) -> Option<i16> {
        if let Some((year, after)) = self.year_after(*end) {
            *end = after;
            return Some(year);
        }
        let of = usize::from(self.low(*end) == "of");
        let of_year =
            of == 1 && self.low(*end + 3) == "year" && self.low(*end + 1) == "the" && self.low(*end + 2) == "same";
        if of_year {
            *end += 4;
        } else if of == 1 && matches!(self.low(*end + 1), "that" | "this") && self.low(*end + 2) == "year" {
            *end += 3;
        } else if of == 1
            && let Some((year, after)) = self.full_year(*end + 1)
        {
            *end = after;
            return Some(year);
        }
        None
    }

    pub(super) fn season(&self, at: usize) -> Option<Reading> {
        let (which, mut word) = self.which(at);
        if which == Which::Near && self.low(at) == "the" {
            word += 1;
        }
        let article = word > at;
        let mark = season(self.low(word))?;
        let mut end = word + 1;
        let of = usize::from(self.low(end) == "of" || self.low(end) == ",");
        let year = self.full_year(end + of).map(|(y, e)| {
            end = e;
            y
        });
        let year = year.or_else(|| {
            // "2023 summer"
            if at > 0 { self.full_year(at - 1).filter(|&(_, e)| e == at).map(|(y, _)| y) } else { None }
        });
        let before = matches!(
            self.back(at, 1),
            "in" | "by"
                | "until"
                | "since"
                | "during"
                | "of"
                | "early"
                | "late"
                | "mid"
                | "through"
                | "-"
                | "and"
                | "for"
                | "over"
                | "throughout"
        );
        // "fall" and "spring" are verbs and nouns of their own.
        if year.is_none()
            && which == Which::Near
            && !before
            && (!article || matches!(self.low(word), "fall" | "spring"))
            && self.low(word) != "winter"
        {
            return None;
        }
        if year.is_none() && which == Which::Near && self.low(word) == "fall" && self.low(end) == "of" {
            return None;
        }
        Some(Self::plain(Raw::Season { year, mark, which }, at, end))
    }

    /// "the 1990s", "the early 21st century", "the 470s BC".
    pub(super) fn long(&self, at: usize, the: usize) -> Option<Reading> {
        let word = at + the;
        let piece = self.p.get(word)?;
        let era = |end: usize| if matches!(self.low(end), "bc" | "bce" | "b.c.") { (-1, end + 1) } else { (1, end) };
        let low = piece.low.trim_start_matches(['\'', '’']);
        if let Some(first) = low.strip_suffix('s').map(|s| s.trim_end_matches(['\'', '’']))
            && first.bytes().all(|b| b.is_ascii_digit())
            && first.ends_with('0')
            && matches!(first.len(), 2..=4)
        {
            let n: i16 = first.parse().ok()?;
            let n = if n < 100 { 1900 + n } else { n };
            let (sign, end) = era(word + 1);
            if first.len() == 3 && sign > 0 {
                return None;
            }
            return Some(Self::plain(Raw::Decade(n * sign), at, end));
        }
        // "the 1990s" cut as "1990" "s"
        if let Some(n) = piece.figures().filter(|n| n % 10 == 0 && piece.low.len() == 4)
            && matches!(self.low(word + 1), "s" | "'s" | "’s")
            && self.p[word + 1].glued
            && the == 1
        {
            return Some(Self::plain(Raw::Decade(n as i16), at, word + 2));
        }
        let nth = ordinal(piece.low)?;
        let dash = usize::from(self.p.get(word + 1).is_some_and(Piece::is_dash));
        if self.low(word + 1 + dash) == "century" {
            let (sign, end) = era(word + 2 + dash);
            return Some(Self::plain(Raw::Century(sign * (nth as i16 - 1)), at, end));
        }
        None
    }

    pub(super) fn clock(&self, at: usize) -> Option<Reading> {
        let piece = self.p.get(at)?;
        let figures = piece.low;
        let first = *figures.as_bytes().first()?;
        if !first.is_ascii_digit() {
            return None;
        }
        let half = |i: usize| match self.low(i).trim_end_matches('.') {
            "am" | "a.m" => Some(0),
            "pm" | "p.m" => Some(12),
            _ => None,
        };
        // "3:30", "15:30", also cut at the colon
        let mut end = at + 1;
        let (hour, minute) = if let Some((h, m)) = figures.split_once([':', '.']) {
            if m.len() != 2 {
                return None;
            }
            (h.parse::<u8>().ok()?, m.parse::<u8>().ok()?)
        } else if self.low(end) == ":" && self.p[end].glued && self.low(end + 1).len() == 2 {
            end += 2;
            (figures.parse().ok()?, self.low(at + 2).parse().ok()?)
        } else if figures.len() == 4
            && matches!(self.low(end), "gmt" | "utc" | "hours" | "hrs")
            && piece.figures().is_some()
        {
            (figures[..2].parse().ok()?, figures[2..].parse().ok()?)
        } else if let Some(split) = figures.find(|c: char| c.is_ascii_alphabetic()) {
            let late = match &figures[split..] {
                "am" | "a.m." | "a.m" => 0,
                "pm" | "p.m." | "p.m" => 12,
                _ => return None,
            };
            let hour: u8 = figures[..split].parse().ok().filter(|h| (1..=12).contains(h))?;
            return Some(Self::plain(Raw::Clock { hour: hour % 12 + late, minute: 0 }, at, end));
        } else {
            (figures.parse::<u8>().ok()?, 0)
        };
        if hour > 24 || minute > 59 {
            return None;
        }
        let late = half(end);
        let gmt = |i: usize| {
            matches!(self.low(i), "gmt" | "utc" | "local")
                || self.low(i) == "(" && matches!(self.low(i + 1), "gmt" | "utc")
        };
        let at_clock = end > at + 1 && matches!(self.back(at, 1), "at" | "about" | "around");
        let marked = late.is_some() || gmt(end) || at_clock || self.low(end) == "o'clock";
        if !marked {
            return None;
        }
        let hour = match late {
            Some(add) => {
                end += 1;
                hour % 12 + add
            }
            None => hour,
        };
        if self.low(end) == "local" && self.low(end + 1) == "time" {
            end += 2;
        } else if matches!(self.low(end), "gmt" | "utc" | "o'clock" | "hours") {
            end += 1;
        }
        Some(Self::plain(Raw::Clock { hour, minute }, at, end))
    }
}
