//! The grammar of time expressions: from words to a reading that still lacks its anchor.

mod counted;
mod dated;

use super::lexicon::{Unit, part_of_day};
use super::pieces::Piece;

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

pub(super) struct Reader<'p, 't> {
    p: &'p [Piece<'t>],
    before_christ: bool,
    is_year: &'p dyn Fn(usize) -> bool,
}

impl Reader<'_, '_> {
    pub(super) fn low(&self, at: usize) -> &str {
        self.p.get(at).map_or("", |p| p.low)
    }

    pub(super) fn back(&self, at: usize, by: usize) -> &str {
        at.checked_sub(by).map_or("", |i| self.p[i].low)
    }

    pub(super) fn plain(raw: Raw, first: usize, end: usize) -> Reading {
        Reading { raw, first, end, part: None, joined: false }
    }

    /// "3-5 May 2023", "May 3-5", "3 and 5 May": two days with one month.
    fn range(&mut self, at: usize) -> Option<[Reading; 2]> {
        let joint = |r: &Self, i: usize| {
            r.p.get(i).is_some_and(|p| p.is_dash() || matches!(p.low, "to" | "and" | "through" | "until" | "or"))
        };
        // "3-5 May 2023"
        if let (Some(a), true) = (self.day_number(at), joint(self, at + 1)) {
            if let Some(b) = self.day_number(at + 2)
                && let Some((month, mut end)) = self.month_at(at + 3)
            {
                let year = self.year_after(end).map(|(y, e)| {
                    end = e;
                    y
                });
                let make = |day| Raw::Day { year, month: Some(month), day };
                let mut second = Self::plain(make(b), at + 2, end);
                second.joined = self.p[at + 1].is_dash() || matches!(self.low(at + 1), "to" | "through" | "until");
                return Some([Self::plain(make(a), at, at + 1), second]);
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
        self.headed(at)
    }

    /// An expression with what may stand before it: "the end of", "early", "the night of", "on the eve of".
    fn headed(&mut self, at: usize) -> Option<Reading> {
        let the = usize::from(matches!(self.low(at), "the" | "this" | "that"));
        let after_the = at + the;
        let of = |r: &Self, i: usize| r.low(i) == "of" || (r.low(i) == "in" && r.low(after_the) != "end");
        if matches!(self.low(after_the), "beginning" | "end" | "middle" | "start" | "close" | "rest" | "eve" | "outset")
            || part_of_day(self.low(after_the)).is_some()
            || matches!(self.low(after_the), "early" | "late") && part_of_day(self.low(after_the + 1)).is_some()
        {
            let word =
                if matches!(self.low(after_the), "early" | "late") && part_of_day(self.low(after_the + 1)).is_some() {
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
                    if self.low(word) == "eve"
                        && let Raw::Day { year, month: Some(month), day } = inner.raw
                    {
                        inner.raw = day_before(year, month, day);
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
                    Raw::Vague(_) | Raw::Duration { .. } | Raw::Shift { .. } | Raw::Set(_) | Raw::Window { .. } => {
                        false
                    }
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

    /// One-word times and fixed phrases.
    fn single(&self, at: usize) -> Option<Reading> {
        let piece = self.p.get(at)?;
        let one = |raw| Some(Self::plain(raw, at, at + 1));
        let two = |raw| Some(Self::plain(raw, at, at + 2));
        match (piece.low, self.low(at + 1)) {
            ("today", "'s" | "’s" | _) => one(Raw::Deictic(0)),
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
            ("the", "past") if !self.p.get(at + 2).is_some_and(|p| p.low.as_bytes()[0].is_ascii_alphanumeric()) => {
                two(Raw::Vague("PAST_REF"))
            }
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
                if matches!(
                    self.back(at, 1),
                    "at" | "before" | "after" | "by" | "around" | "since" | "until" | "about" | "near"
                ) =>
            {
                Some(Reading {
                    part: part_of_day(piece.low),
                    ..Self::plain(Raw::Part { which: Which::Near }, at, at + 1)
                })
            }
            ("night" | "night-time" | "nighttime", _)
                if matches!(self.back(at, 1), "at" | "by" | "per" | "one" | "that") =>
            {
                Some(Reading { part: Some("TNI"), ..Self::plain(Raw::Part { which: Which::Near }, at, at + 1) })
            }
            ("the", word)
                if part_of_day(word).is_some_and(|m| m.len() == 3)
                    && matches!(self.back(at, 1), "in" | "during" | "into" | "through" | "of") =>
            {
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
    match anchor.and_then(jiff::civil::Date::yesterday) {
        Ok(d) => Raw::Day { year: year.map(|_| d.year()), month: Some(d.month()), day: d.day() },
        Err(_) => Raw::Day { year, month: Some(month), day },
    }
}
