//! The grammar of time expressions: from words to a reading that still lacks its anchor.

use super::lexicon::{Unit, month, ordinal, part_of_day, season, weekday};
use super::pieces::Piece;
use crate::number;

/// Which of several: the word before a weekday, a unit or a season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Bare: by the tense of its verb.
    Near,
    /// "this": around the report's date.
    This,
    /// "last", "past": before the report's date.
    Last,
    /// "next", "coming": after the report's date.
    Next,
    /// "previous", "preceding": before the date named before.
    Previous,
    /// "following", "the next": after the date named before.
    Following,
    /// "that", "the same", "the": the date named before.
    Same,
}

/// A reading.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Raw {
    /// A day: year if given, month if given, day.
    Day { year: Option<i16>, month: Option<i8>, day: i8 },
    /// A month, of a year if given; `which` of "June last year".
    Month { year: Option<i16>, month: i8, which: Which },
    /// A year; negative before Christ.
    Year(i16),
    /// A decade by its first year.
    Decade(i16),
    /// A century: 18 for the 1800s; negative before Christ.
    Century(i16),
    /// A season.
    Season { year: Option<i16>, mark: &'static str, which: Which },
    /// A weekday.
    Weekday { day: i8, which: Which },
    /// A unit: "last week", "that year".
    Unit { unit: Unit, which: Which },
    /// So many units before (negative) or after the report's date (`said` false) or the date named before.
    Shift { count: Option<f64>, unit: Unit, sign: i8, anaphoric: bool },
    /// A duration.
    Duration { count: Option<f64>, unit: Unit },
    /// "the past three days" (negative), "the next two weeks".
    Window { count: Option<f64>, unit: Unit, sign: i8 },
    /// Days from the report's date: today, yesterday, tomorrow.
    Deictic(i64),
    /// "overnight", "last night".
    Overnight,
    /// Part of a day alone: "in the morning".
    Part { which: Which },
    /// `PRESENT_REF`, `PAST_REF`, `FUTURE_REF`.
    Vague(&'static str),
    /// A recurring time, by its value.
    Set(String),
    /// A clock time.
    Clock { hour: u8, minute: u8 },
    /// The day before what follows; unresolved where that is no time.
    Eve,
}

/// One expression as read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    pub raw: Raw,
    /// The first piece and one past the last.
    pub first: usize,
    pub end: usize,
    /// `TMO`, `TNI` … after a day.
    pub part: Option<&'static str>,
    /// Whether the words belong together with the expression before as a range ("3-5 May").
    pub joined: bool,
}

/// Reads every expression of the pieces, left to right, the longest first at each place.
pub(super) fn read_all(p: &[Piece], before_christ: bool, is_year: &dyn Fn(usize) -> bool) -> Vec<Reading> {
    let mut out: Vec<Reading> = Vec::new();
    let mut reader = Reader { p, before_christ, is_year };
    let mut at = 0;
    while at < p.len() {
        if let Some(found) = reader.range(at) {
            at = found[1].end;
            out.extend(found);
        } else if let Some(found) = reader.one(at) {
            at = found.end.max(at + 1);
            out.push(found);
        } else {
            at += 1;
        }
    }
    // "in 1778 and 79", "May 4 and 5" stay apart; a bare day after a day of a month belongs to that month.
    out
}

struct Reader<'p, 't> {
    p: &'p [Piece<'t>],
    before_christ: bool,
    is_year: &'p dyn Fn(usize) -> bool,
}

impl Reader<'_, '_> {
    fn low(&self, at: usize) -> &str {
        self.p.get(at).map_or("", |p| p.low)
    }

    fn back(&self, at: usize, by: usize) -> &str {
        at.checked_sub(by).map_or("", |i| self.p[i].low)
    }

    fn plain(raw: Raw, first: usize, end: usize) -> Reading {
        Reading { raw, first, end, part: None, joined: false }
    }

    /// "3-5 May 2023", "May 3-5", "3 and 5 May": two days with one month.
    fn range(&mut self, at: usize) -> Option<[Reading; 2]> {
        let joint = |r: &Self, i: usize| {
            r.p.get(i).is_some_and(|p| p.is_dash() || matches!(p.low, "to" | "and" | "through" | "until" | "or"))
        };
        // "3-5 May 2023"
        if let (Some(a), true) = (self.day_number(at), joint(self, at + 1)) {
            if let Some(b) = self.day_number(at + 2) {
                if let Some((month, mut end)) = self.month_at(at + 3) {
                    let year = self.year_after(end).map(|(y, e)| {
                        end = e;
                        y
                    });
                    let make = |day| Raw::Day { year, month: Some(month), day };
                    let mut second = Self::plain(make(b), at + 2, end);
                    second.joined = self.p[at + 1].is_dash() || matches!(self.low(at + 1), "to" | "through" | "until");
                    return Some([Self::plain(make(a), at, at + 1), second]);
                }
            }
            return None;
        }
        // "May 3-5, 2023"
        let (month, after) = self.month_at(at)?;
        let a = self.day_number(after)?;
        if !joint(self, after + 1) {
            return None;
        }
        let b = self.day_number(after + 2)?;
        if self.month_at(after + 3).is_some() || Unit::of(self.low(after + 3)).is_some() {
            return None;
        }
        let mut end = after + 3;
        let year = self.year_after(end).map(|(y, e)| {
            end = e;
            y
        });
        let make = |day| Raw::Day { year, month: Some(month), day };
        let mut second = Self::plain(make(b), after + 2, end);
        second.joined = self.p[after + 1].is_dash() || matches!(self.low(after + 1), "to" | "through" | "until");
        Some([Self::plain(make(a), at, after + 1), second])
    }

    fn one(&mut self, at: usize) -> Option<Reading> {
        let mut start = at;
        let mut found = self.headed(at, &mut start)?;
        found.first = found.first.min(start);
        Some(found)
    }

    /// An expression with what may stand before it: "the end of", "early", "the night of", "on the eve of".
    fn headed(&mut self, at: usize, _start: &mut usize) -> Option<Reading> {
        let the = usize::from(matches!(self.low(at), "the" | "this" | "that"));
        let after_the = at + the;
        let of = |r: &Self, i: usize| r.low(i) == "of" || (r.low(i) == "in" && r.low(after_the) != "end");
        if matches!(self.low(after_the), "beginning" | "end" | "middle" | "start" | "close" | "rest" | "eve" | "outset")
            || part_of_day(self.low(after_the)).is_some()
            || matches!(self.low(after_the), "early" | "late") && part_of_day(self.low(after_the + 1)).is_some()
        {
            let word = if matches!(self.low(after_the), "early" | "late") && part_of_day(self.low(after_the + 1)).is_some() {
                after_the + 1
            } else {
                after_the
            };
            let mut inner_at = word + 1;
            let hours = usize::from(self.low(inner_at) == "hours");
            inner_at += hours;
            let linked = of(self, inner_at) || part_of_day(self.low(word)).is_some() && self.low(inner_at) == "on";
            if linked {
                if let Some(mut inner) = self.one(inner_at + 1) {
                    if self.low(word) == "eve" {
                        if let Raw::Day { year, month: Some(month), day } = inner.raw {
                            inner.raw = day_before(year, month, day);
                        }
                    }
                    if part_of_day(self.low(word)).is_some() && !takes_part(&inner.raw) {
                        return None;
                    }
                    inner.part = inner.part.or(part_of_day(self.low(word)));
                    inner.first = at;
                    return Some(inner);
                }
                if self.low(word) == "eve" {
                    return Some(Self::plain(Raw::Eve, at, inner_at + 1));
                }
            }
        }
        let early = matches!(self.low(after_the), "early" | "late" | "mid" | "earlier" | "later" | "mid-");
        if early {
            let mut inner_at = after_the + 1;
            if self.p.get(inner_at).is_some_and(Piece::is_dash) {
                inner_at += 1;
            }
            let preposition = matches!(self.low(inner_at), "in" | "on" | "of");
            let comparative = matches!(self.low(after_the), "earlier" | "later");
            if let Some(mut inner) = self.one(inner_at + usize::from(preposition)) {
                let fits = match &inner.raw {
                    Raw::Unit { which, .. } => preposition || *which != Which::Near,
                    Raw::Vague(_) | Raw::Duration { .. } | Raw::Shift { .. } | Raw::Set(_) | Raw::Window { .. } => false,
                    _ => true,
                };
                if fits && (!comparative || preposition || matches!(inner.raw, Raw::Unit { .. } | Raw::Deictic(_))) {
                    inner.first = at;
                    return Some(inner);
                }
            }
        }
        if self.low(at) == "since" || matches!(self.low(at), "ca." | "circa" | "c.") {
            let mut inner = self.one(at + 1)?;
            if self.low(at) != "since" {
                inner.first = at;
            }
            return Some(inner);
        }
        self.core(at)
    }

    fn core(&mut self, at: usize) -> Option<Reading> {
        if let Some(r) = self.dated(at) {
            return Some(r);
        }
        if let Some(r) = self.counted(at) {
            return Some(r);
        }
        if let Some(r) = self.which_unit(at) {
            return Some(r);
        }
        self.single(at)
    }

    fn day_number(&self, at: usize) -> Option<i8> {
        let piece = self.p.get(at)?;
        let day = match piece.figures() {
            Some(n) => n,
            None => {
                if !piece.low.as_bytes()[0].is_ascii_digit() {
                    return None;
                }
                ordinal(piece.low)?
            }
        };
        if (1..=31).contains(&day) && piece.low.len() <= 4 { Some(day as i8) } else { None }
    }

    fn month_at(&self, at: usize) -> Option<(i8, usize)> {
        let piece = self.p.get(at)?;
        let found = month(piece.low, piece.capital)?;
        let dot = usize::from(self.low(at + 1) == "." && piece.low.len() <= 4 && self.p[at + 1].glued && at + 2 < self.p.len());
        // "May" and "March" open a sentence as verbs; a name may be "June" or "April".
        if matches!(piece.low, "may" | "march" | "mar" | "jan" | "august") && !self.month_fits(at) {
            return None;
        }
        Some((found, at + 1 + dot))
    }

    fn month_fits(&self, at: usize) -> bool {
        let next = self.p.get(at + 1);
        let figures = next.is_some_and(|p| p.low.as_bytes()[0].is_ascii_digit());
        let before = at > 0
            && (matches!(
                self.low(at - 1),
                "in" | "since" | "until" | "till" | "by" | "from" | "to" | "of" | "last" | "next" | "this" | "early" | "late" | "mid" | "and"
                    | "between" | "during" | "through" | "before" | "after" | "-" | "–" | "or"
            ) || self.day_number(at - 1).is_some());
        figures || before && !next.is_some_and(|p| p.capital && p.low.len() > 2 && month(p.low, true).is_none())
    }

    /// A year after an optional comma: "May 5, 2023", "May 2023", "May 480 BC", "July 25 of that year".
    fn year_after(&self, at: usize) -> Option<(i16, usize)> {
        let comma = usize::from(self.low(at) == ",");
        self.full_year(at + comma)
    }

    fn full_year(&self, at: usize) -> Option<(i16, usize)> {
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
    fn dated(&mut self, at: usize) -> Option<Reading> {
        let piece = *self.p.get(at)?;
        let the = usize::from(piece.low == "the");
        // 2023-09-30
        if let (Some(year), Some(m), Some(d)) = (
            piece.figures().filter(|_| piece.low.len() == 4),
            self.p.get(at + 2).and_then(Piece::figures),
            self.p.get(at + 4).and_then(Piece::figures),
        ) {
            if self.low(at + 1) == "-" && self.low(at + 3) == "-" && self.p[at + 4].glued && (1..=12).contains(&m) && (1..=31).contains(&d) {
                let raw = Raw::Day { year: Some(year as i16), month: Some(m as i8), day: d as i8 };
                return Some(Self::plain(raw, at, at + 5));
            }
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

    fn year(&self, at: usize) -> Option<Reading> {
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
            let fits = matches!(previous, "in" | "since" | "until" | "by" | "of" | "from" | "to" | "early" | "late" | "after" | "before" | "-" | "–" | "/" | "(")
                && !self.p.get(at + 1).is_some_and(|p| p.low.chars().all(char::is_alphabetic) && !matches!(p.low, "and" | "the" | "to" | "by" | "when" | "a" | "he" | "his" | "with" | "was" | "had" | "in"));
            let range = self.p.get(at + 1).is_some_and(Piece::is_dash) && self.full_year(at + 2).is_some_and(|(y, _)| y < 0);
            if fits || range {
                return Some(Self::plain(Raw::Year(-(n as i16)), at, at + 1));
            }
        }
        None
    }

    fn weekday(&mut self, at: usize) -> Option<Reading> {
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
        if let Some(day_of_month) = self.month_day(end + comma) {
            if matches!(day_of_month.raw, Raw::Day { .. }) {
                return Some(Reading { first: at, part: part.or(day_of_month.part), ..day_of_month });
            }
        }
        if self.low(end) == "week" && at > 0 {
            return None;
        }
        Some(Reading { part, ..Self::plain(Raw::Weekday { day, which }, at, end) })
    }

    /// "last", "the previous", "this" …: what it says and where the word after it is.
    fn which(&self, at: usize) -> (Which, usize) {
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
    fn month_day(&mut self, at: usize) -> Option<Reading> {
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
        let year = self.year_tail(&mut end);
        Some(Self::plain(Raw::Month { year, month, which }, at, end))
    }

    /// A year after a date, given or as "of that year" (which leaves it to the date named before).
    fn year_tail(&self, end: &mut usize) -> Option<i16> {
        if let Some((year, after)) = self.year_after(*end) {
            *end = after;
            return Some(year);
        }
        let of = usize::from(self.low(*end) == "of");
        let of_year = of == 1 && self.low(*end + 3) == "year" && self.low(*end + 1) == "the" && self.low(*end + 2) == "same";
        if of_year {
            *end += 4;
        } else if of == 1 && matches!(self.low(*end + 1), "that" | "this") && self.low(*end + 2) == "year" {
            *end += 3;
        } else if of == 1 {
            if let Some((year, after)) = self.full_year(*end + 1) {
                *end = after;
                return Some(year);
            }
        }
        None
    }

    fn season(&self, at: usize) -> Option<Reading> {
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
        let before = matches!(self.back(at, 1), "in" | "by" | "until" | "since" | "during" | "of" | "early" | "late" | "mid" | "through" | "-" | "and" | "for" | "over" | "throughout");
        // "fall" and "spring" are verbs and nouns of their own.
        if year.is_none() && which == Which::Near && !before && (!article || matches!(self.low(word), "fall" | "spring")) && self.low(word) != "winter" {
            return None;
        }
        if year.is_none() && which == Which::Near && self.low(word) == "fall" && self.low(end) == "of" {
            return None;
        }
        Some(Self::plain(Raw::Season { year, mark, which }, at, end))
    }

    /// "the 1990s", "the early 21st century", "the 470s BC".
    fn long(&self, at: usize, the: usize) -> Option<Reading> {
        let word = at + the;
        let piece = self.p.get(word)?;
        let era = |end: usize| if matches!(self.low(end), "bc" | "bce" | "b.c.") { (-1, end + 1) } else { (1, end) };
        let low = piece.low.trim_start_matches(['\'', '’']);
        if let Some(first) = low.strip_suffix('s').map(|s| s.trim_end_matches(['\'', '’'])) {
            if first.bytes().all(|b| b.is_ascii_digit()) && first.ends_with('0') && matches!(first.len(), 2..=4) {
                let n: i16 = first.parse().ok()?;
                let n = if n < 100 { 1900 + n } else { n };
                let (sign, end) = era(word + 1);
                if first.len() == 3 && sign > 0 {
                    return None;
                }
                return Some(Self::plain(Raw::Decade(n * sign), at, end));
            }
        }
        // "the 1990s" cut as "1990" "s"
        if let Some(n) = piece.figures().filter(|n| n % 10 == 0 && piece.low.len() == 4) {
            if matches!(self.low(word + 1), "s" | "'s" | "’s") && self.p[word + 1].glued && the == 1 {
                return Some(Self::plain(Raw::Decade(n as i16), at, word + 2));
            }
        }
        let nth = ordinal(piece.low)?;
        let dash = usize::from(self.p.get(word + 1).is_some_and(Piece::is_dash));
        if self.low(word + 1 + dash) == "century" {
            let (sign, end) = era(word + 2 + dash);
            return Some(Self::plain(Raw::Century(sign * (nth as i16 - 1)), at, end));
        }
        None
    }

    fn clock(&self, at: usize) -> Option<Reading> {
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
        } else if figures.len() == 4 && matches!(self.low(end), "gmt" | "utc" | "hours" | "hrs") && piece.figures().is_some() {
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
        let gmt = |i: usize| matches!(self.low(i), "gmt" | "utc" | "local") || self.low(i) == "(" && matches!(self.low(i + 1), "gmt" | "utc");
        if late.is_none() && !gmt(end) && !(matches!(self.back(at, 1), "at" | "about" | "around") && end > at + 1) && !matches!(self.low(end), "o'clock") {
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

    /// A count of units at `at`: value, unit, plural, end. `None` as count stands for "several", "a few" or a bare plural.
    fn units(&self, at: usize) -> Option<(Option<f64>, Unit, bool, usize)> {
        let mut at = at;
        let mut count = None;
        let mut counted = false;
        match self.low(at) {
            "a" | "an" => {
                (count, counted) = (Some(1.0), true);
                at += 1;
                match self.low(at) {
                    "few" | "handful" | "number" | "couple" | "dozen" | "hundred" | "half" | "decade" | "single" | "full" | "whole" => {
                        match self.low(at) {
                            "few" => (count, at) = (None, at + 1),
                            "handful" | "number" if self.low(at + 1) == "of" => (count, at) = (None, at + 2),
                            "couple" => (count, at) = (Some(2.0), at + 1 + usize::from(self.low(at + 1) == "of")),
                            "dozen" => (count, at) = (Some(12.0), at + 1),
                            "hundred" => (count, at) = (Some(100.0), at + 1),
                            "half" => (count, at) = (Some(0.5), at + 1 + usize::from(self.low(at + 1) == "-")),
                            "single" | "full" | "whole" => at += 1,
                            _ => {}
                        }
                    }
                    _ => {}
                }
            }
            "several" | "some" | "many" | "few" | "numerous" | "various" => {
                (count, counted, at) = (None, true, at + 1);
            }
            "half" if matches!(self.low(at + 1), "a" | "an") => (count, counted, at) = (Some(0.5), true, at + 2),
            word => {
                if let Some(n) = number::value_of(word) {
                    (count, counted, at) = (Some(n), true, at + 1);
                    // "twenty-five", cut at the hyphen
                    if n >= 20.0 && n % 10.0 == 0.0 && self.p.get(at).is_some_and(Piece::is_dash) {
                        if let Some(ones) = number::small(self.low(at + 1)).filter(|&o| o > 0 && o < 10) {
                            (count, at) = (Some(n + ones as f64), at + 2);
                        }
                    }
                    if self.low(at) == "hundred" {
                        (count, at) = (count.map(|n| n * 100.0), at + 1);
                    }
                    if self.low(at) == "and" && self.low(at + 1) == "a" && self.low(at + 2) == "half" {
                        (count, at) = (count.map(|n| n + 0.5), at + 3);
                    }
                    if matches!(self.low(at), "full" | "whole" | "more" | "long" | "consecutive" | "straight" | "successive") {
                        at += 1;
                    }
                    if self.low(at) == "or" && number::value_of(self.low(at + 1)).is_some() {
                        at += 2;
                    }
                }
            }
        }
        let dash = usize::from(counted && self.p.get(at).is_some_and(Piece::is_dash));
        let (unit, plural) = Unit::of(self.low(at + dash))?;
        let mut end = at + dash + 1;
        if count == Some(1.0) && self.low(end) == "and" && self.low(end + 1) == "a" && self.low(end + 2) == "half" {
            (count, end) = (Some(1.5), end + 3);
        }
        if !counted && !plural {
            return None;
        }
        Some((count, unit, plural, end))
    }

    /// "three days", "two weeks ago", "the past 24 hours", "a year later", "six-day".
    fn counted(&self, at: usize) -> Option<Reading> {
        let mut from = at;
        // "more than", "over", "at least", "nearly", "only", "just", "about" before the number belong to it.
        loop {
            from += match self.low(from) {
                "more" | "less" | "fewer" if self.low(from + 1) == "than" => 2,
                "at" if self.low(from + 1) == "least" => 2,
                "close" if self.low(from + 1) == "to" => 2,
                "over" | "nearly" | "almost" | "about" | "around" | "roughly" | "approximately" | "only" | "just" | "some" | "within"
                    if self.units(from + 1).is_some_and(|(n, ..)| n.is_some()) =>
                {
                    1
                }
                _ => break,
            };
        }
        let first = if from > at && self.low(at) == "within" { from } else { at };
        // "the past three days", "the last 24 hours", "the next two weeks", "recent days"
        let the = usize::from(matches!(self.low(from), "the" | "these" | "his" | "her" | "its" | "their"));
        let sign = match self.low(from + the) {
            "past" | "last" | "recent" | "previous" | "preceding" => -1,
            "next" | "coming" | "following" | "forthcoming" => 1,
            _ => 0,
        };
        if sign != 0 {
            if let Some((count, unit, plural, end)) = self.units(from + the + 1) {
                if plural || count.is_some_and(|n| n > 1.0) {
                    // "the last years of his life", "the first two months of 1939" are no windows on the present.
                    return Some(Self::plain(Raw::Window { count, unit, sign }, first, end));
                }
            }
            return None;
        }
        if matches!(self.low(from + the), "first" | "final" | "early" | "closing" | "opening") {
            if let Some((count, unit, true, end)) = self.units(from + the + 1) {
                if self.low(end) == "of" {
                    return Some(Self::plain(Raw::Duration { count, unit }, first, end));
                }
            }
            return None;
        }
        let bare = number::value_of(self.low(from)).is_none() && !matches!(self.low(from), "a" | "an" | "several" | "some" | "many" | "few" | "half" | "numerous" | "various");
        let (count, unit, plural, mut end) = self.units(from + the)?;
        if the == 1 && bare && count.is_none() {
            return None;
        }
        // what follows
        let next = self.low(end);
        let shift = match next {
            "ago" => Some((-1, false)),
            "earlier" | "previously" | "beforehand" => Some((-1, true)),
            "later" | "afterwards" | "afterward" | "thereafter" | "on" if next != "on" => Some((1, true)),
            "before" | "prior" | "after" => {
                let closes = self.p.get(end + 1).is_none_or(|p| matches!(p.low, "." | "," | ";" | ":" | ")" | "and" | "that" | "this"));
                if closes {
                    Some((if next == "after" { 1 } else { -1 }, true))
                } else {
                    None
                }
            }
            _ => None,
        };
        if let Some((sign, anaphoric)) = shift {
            end += 1;
            return Some(Self::plain(Raw::Shift { count, unit, sign, anaphoric }, first, end));
        }
        if bare && count.is_none() {
            // A bare plural is a duration only after "for", "in", "after" or before "of".
            let fits = matches!(self.back(at, 1), "for" | "after" | "within" | "over" | "by") || next == "of" || next == "before" || next == "after";
            if !fits || matches!(unit, Unit::Second | Unit::Quarter) {
                return None;
            }
        }
        if unit == Unit::Second && (!plural || next == "of") {
            return None;
        }
        if matches!(self.low(from), "a" | "an") && matches!(unit, Unit::Second | Unit::Quarter | Unit::Minute | Unit::Weekend) {
            return None;
        }
        // "twice a day", "50 a month", "per day"
        if matches!(self.low(from), "a" | "an") && count == Some(1.0) && (at > 0) && (self.p[at - 1].figures().is_some() || matches!(self.back(at, 1), "once" | "twice" | "times" | "barrels" | "dollars")) {
            return Some(Self::plain(Raw::Set(unit.duration(Some(1.0))), at, end));
        }
        // "30 years old", "a 5-year-old", "five years in prison"
        let old = |i: usize| self.low(i) == "old" || self.low(i) == "olds" || self.p.get(i).is_some_and(Piece::is_dash) && matches!(self.low(i + 1), "old" | "olds");
        if old(end) {
            return None;
        }
        if self.p.get(end).is_some_and(|p| p.is_dash() && p.glued) && self.low(end + 1) == "long" {
            end += 2;
        } else if self.low(end) == "long" && plural {
            end += 1;
        }
        Some(Self::plain(Raw::Duration { count, unit }, first, end))
    }

    /// "last week", "that year", "the following day", "the same time", "the day before", "this morning".
    fn which_unit(&self, at: usize) -> Option<Reading> {
        if matches!(self.low(at), "every" | "each" | "per") {
            let (unit, false) = Unit::of(self.low(at + 1))? else { return None };
            return Some(Self::plain(Raw::Set(unit.duration(Some(1.0))), at, at + 2));
        }
        let (which, word) = self.which(at);
        let low = self.low(word);
        if let Some(mark) = part_of_day(low) {
            if word == at || low == "midnight" {
                return None;
            }
            if which == Which::Last && mark == "TNI" {
                return Some(Self::plain(Raw::Overnight, at, word + 1));
            }
            return Some(Reading { part: Some(mark), ..Self::plain(Raw::Part { which }, at, word + 1) });
        }
        if which != Which::Near {
            if matches!(low, "time" | "period" | "moment" | "point") && matches!(which, Which::Same | Which::This) {
                let end = word + 1;
                let raw = if which == Which::This && low != "period" { Raw::Vague("PRESENT_REF") } else { Raw::Unit { unit: Unit::Hour, which: Which::Same } };
                return Some(Self::plain(raw, at, end));
            }
            let (unit, plural) = Unit::of(low)?;
            if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
                return None;
            }
            if plural {
                let sign = match which {
                    Which::Following | Which::Next => 1,
                    Which::Last | Which::Previous => -1,
                    _ => return None,
                };
                return Some(Self::plain(Raw::Window { count: None, unit, sign }, at, word + 1));
            }
            let mut end = word + 1;
            let mut part = None;
            if unit == Unit::Day || unit == Unit::Week {
                if let Some(mark) = part_of_day(self.low(end)) {
                    part = Some(mark);
                    end += 1;
                }
            }
            return Some(Reading { part, ..Self::plain(Raw::Unit { unit, which }, at, end) });
        }
        // "the day before (yesterday)", "the day after (tomorrow)", "the day following", "the end of the year"
        if self.low(at) == "the" {
            let (unit, false) = Unit::of(self.low(at + 1))? else { return None };
            match (self.low(at + 2), self.low(at + 3)) {
                ("before", "yesterday") => return Some(Self::plain(Raw::Deictic(-2), at, at + 4)),
                ("after", "tomorrow") => return Some(Self::plain(Raw::Deictic(2), at, at + 4)),
                ("before" | "earlier", _) => {
                    return Some(Self::plain(Raw::Unit { unit, which: Which::Previous }, at, at + 3));
                }
                ("after" | "following", _) => {
                    return Some(Self::plain(Raw::Unit { unit, which: Which::Following }, at, at + 3));
                }
                _ => {}
            }
            let of = matches!(self.back(at, 1), "of" | "in") && matches!(self.back(at, 2), "end" | "beginning" | "start" | "middle" | "later" | "early" | "late" | "earlier" | "rest");
            if of && !matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
                return Some(Self::plain(Raw::Unit { unit, which: Which::Same }, at, at + 2));
            }
        }
        None
    }

    /// One-word times and fixed phrases.
    fn single(&self, at: usize) -> Option<Reading> {
        let piece = self.p.get(at)?;
        let one = |raw| Some(Self::plain(raw, at, at + 1));
        let two = |raw| Some(Self::plain(raw, at, at + 2));
        match (piece.low, self.low(at + 1)) {
            ("today", "'s" | "’s") | ("today", _) => one(Raw::Deictic(0)),
            ("yesterday" | "tomorrow", next) => {
                let day = if piece.low == "yesterday" { -1 } else { 1 };
                let part = part_of_day(next);
                Some(Reading { part, ..Self::plain(Raw::Deictic(day), at, at + 1 + usize::from(part.is_some())) })
            }
            ("tonight", _) => Some(Reading { part: Some("TNI"), ..Self::plain(Raw::Deictic(0), at, at + 1) }),
            ("overnight", _) => one(Raw::Overnight),
            ("now" | "currently" | "nowadays" | "presently", _) => one(Raw::Vague("PRESENT_REF")),
            ("right", "now") | ("at", "present") => two(Raw::Vague("PRESENT_REF")),
            ("present", "day") => two(Raw::Vague("PRESENT_REF")),
            ("present", "-") if self.low(at + 2) == "day" => Some(Self::plain(Raw::Vague("PRESENT_REF"), at, at + 3)),
            ("recently" | "recent" | "formerly" | "lately", _) => one(Raw::Vague("PAST_REF")),
            ("former", next) if !matches!(next, "," | ".") => one(Raw::Vague("PAST_REF")),
            ("the", "past") if !self.p.get(at + 2).is_some_and(|p| p.low.as_bytes()[0].is_ascii_alphanumeric()) => two(Raw::Vague("PAST_REF")),
            ("the", "future") => two(Raw::Vague("FUTURE_REF")),
            ("future", _) if self.back(at, 1) != "the" => one(Raw::Vague("FUTURE_REF")),
            ("daily", _) => one(Raw::Set("P1D".into())),
            ("weekly", _) => one(Raw::Set("P1W".into())),
            ("monthly", _) => one(Raw::Set("P1M".into())),
            ("annually" | "yearly" | "annual", _) => one(Raw::Set("P1Y".into())),
            ("christmas", next) if piece.capital => {
                let (day, end) = match next {
                    "eve" => (24, at + 2),
                    "day" => (25, at + 2),
                    _ => (25, at + 1),
                };
                let part = part_of_day(self.low(end));
                let day = if part == Some("TNI") && day == 25 { 24 } else { day };
                let raw = Raw::Day { year: None, month: Some(12), day };
                Some(Reading { part, ..Self::plain(raw, at, end + usize::from(part.is_some())) })
            }
            ("new", "year") if piece.capital && self.p[at + 1].capital => {
                let mut end = at + 2;
                if matches!(self.low(end), "'s" | "’s") {
                    end += 1;
                }
                let (month, day) = if self.low(end) == "eve" { (12, 31) } else { (1, 1) };
                if matches!(self.low(end), "eve" | "day") {
                    end += 1;
                }
                Some(Self::plain(Raw::Day { year: None, month: Some(month), day }, at, end))
            }
            ("midnight" | "dawn" | "dusk" | "noon" | "midday" | "nightfall" | "daybreak" | "sunset" | "sunrise", _)
                if matches!(self.back(at, 1), "at" | "before" | "after" | "by" | "around" | "since" | "until" | "about" | "near") =>
            {
                Some(Reading { part: part_of_day(piece.low), ..Self::plain(Raw::Part { which: Which::Near }, at, at + 1) })
            }
            ("night" | "night-time" | "nighttime", _) if matches!(self.back(at, 1), "at" | "by" | "per" | "one" | "that") => {
                Some(Reading { part: Some("TNI"), ..Self::plain(Raw::Part { which: Which::Near }, at, at + 1) })
            }
            ("the", word) if part_of_day(word).is_some_and(|m| m.len() == 3) && matches!(self.back(at, 1), "in" | "during" | "into" | "through" | "of") => {
                Some(Reading { part: part_of_day(word), ..Self::plain(Raw::Part { which: Which::Near }, at, at + 2) })
            }
            _ => None,
        }
    }
}

fn takes_part(raw: &Raw) -> bool {
    matches!(raw, Raw::Day { .. } | Raw::Weekday { .. } | Raw::Deictic(_) | Raw::Unit { unit: Unit::Day, .. })
}

fn day_before(year: Option<i16>, month: i8, day: i8) -> Raw {
    if day > 1 {
        return Raw::Day { year, month: Some(month), day: day - 1 };
    }
    let anchor = jiff::civil::Date::new(year.unwrap_or(2001), month, 1);
    match anchor.and_then(|d| d.yesterday()) {
        Ok(d) => Raw::Day { year: year.map(|_| d.year()), month: Some(d.month()), day: d.day() },
        Err(_) => Raw::Day { year, month: Some(month), day },
    }
}
