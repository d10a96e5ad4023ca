//! Counted and pointed-at units: "three weeks ago", "the past 24 hours", "last month", "that year", "every day".

use super::super::lexicon::{Unit, part_of_day};
use super::super::pieces::Piece;
use super::{Raw, Reader, Reading, Which};
use crate::number;

impl Reader<'_, '_> {
    /// A count of units at `at`: value, unit, plural, end. `None` as count stands for "several", "a few" or a bare plural.
    pub(super) fn units(&self, at: usize) -> Option<(Option<f64>, Unit, bool, usize)> {
        let mut at = at;
        let mut count = None;
        let mut counted = false;
        match self.low(at) {
            "a" | "an" => {
                (count, counted) = (Some(1.0), true);
                at += 1;
                match self.low(at) {
                    "few" | "handful" | "number" | "couple" | "dozen" | "hundred" | "half" | "decade" | "single"
                    | "full" | "whole" => match self.low(at) {
                        "few" => (count, at) = (None, at + 1),
                        "handful" | "number" if self.low(at + 1) == "of" => (count, at) = (None, at + 2),
                        "couple" => (count, at) = (Some(2.0), at + 1 + usize::from(self.low(at + 1) == "of")),
                        "dozen" => (count, at) = (Some(12.0), at + 1),
                        "hundred" => (count, at) = (Some(100.0), at + 1),
                        "half" => (count, at) = (Some(0.5), at + 1 + usize::from(self.low(at + 1) == "-")),
                        "single" | "full" | "whole" => at += 1,
                        _ => {}
                    },
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
                    if n >= 20.0
                        && n % 10.0 == 0.0
                        && self.p.get(at).is_some_and(Piece::is_dash)
                        && let Some(ones) = number::small(self.low(at + 1)).filter(|&o| o > 0 && o < 10)
                    {
                        (count, at) = (Some(n + ones as f64), at + 2);
                    }
                    if self.low(at) == "hundred" {
                        (count, at) = (count.map(|n| n * 100.0), at + 1);
                    }
                    if self.low(at) == "and" && self.low(at + 1) == "a" && self.low(at + 2) == "half" {
                        (count, at) = (count.map(|n| n + 0.5), at + 3);
                    }
                    if matches!(
                        self.low(at),
                        "full" | "whole" | "more" | "long" | "consecutive" | "straight" | "successive"
                    ) {
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
    pub(super) fn counted(&self, at: usize) -> Option<Reading> {
        let mut from = at;
        // "more than", "over", "at least", "nearly", "only", "just", "about" before the number belong to it.
        loop {
            from += match self.low(from) {
                "more" | "less" | "fewer" if self.low(from + 1) == "than" => 2,
                "at" if self.low(from + 1) == "least" => 2,
                "close" if self.low(from + 1) == "to" => 2,
                "over" | "nearly" | "almost" | "about" | "around" | "roughly" | "approximately" | "only" | "just"
                | "some" | "within"
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
            if let Some((count, unit, plural, end)) = self.units(from + the + 1)
                && (plural || count.is_some_and(|n| n > 1.0))
            {
                // "the last years of his life", "the first two months of 1939" are no windows on the present.
                return Some(Self::plain(Raw::Window { count, unit, sign }, first, end));
            }
            return None;
        }
        if matches!(self.low(from + the), "first" | "final" | "early" | "closing" | "opening") {
            if let Some((count, unit, true, end)) = self.units(from + the + 1)
                && self.low(end) == "of"
            {
                return Some(Self::plain(Raw::Duration { count, unit }, first, end));
            }
            return None;
        }
        let bare = number::value_of(self.low(from)).is_none()
            && !matches!(
                self.low(from),
                "a" | "an" | "several" | "some" | "many" | "few" | "half" | "numerous" | "various"
            );
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
                let closes = self
                    .p
                    .get(end + 1)
                    .is_none_or(|p| matches!(p.low, "." | "," | ";" | ":" | ")" | "and" | "that" | "this"));
                if closes { Some((if next == "after" { 1 } else { -1 }, true)) } else { None }
            }
            _ => None,
        };
        if let Some((sign, anaphoric)) = shift {
            end += 1;
            return Some(Self::plain(Raw::Shift { count, unit, sign, anaphoric }, first, end));
        }
        if bare && count.is_none() {
            // A bare plural is a duration only after "for", "in", "after" or before "of".
            let fits = matches!(self.back(at, 1), "for" | "after" | "within" | "over" | "by")
                || next == "of"
                || next == "before"
                || next == "after";
            if !fits || unit == Unit::Second {
                return None;
            }
        }
        if unit == Unit::Second && (!plural || next == "of") {
            return None;
        }
        if matches!(self.low(from), "a" | "an") && matches!(unit, Unit::Second | Unit::Minute | Unit::Weekend) {
            return None;
        }
        // "twice a day", "50 a month", "per day"
        if matches!(self.low(from), "a" | "an")
            && count == Some(1.0)
            && (at > 0)
            && (self.p[at - 1].figures().is_some()
                || matches!(self.back(at, 1), "once" | "twice" | "times" | "barrels" | "dollars"))
        {
            return Some(Self::plain(Raw::Set(unit.duration(Some(1.0))), at, end));
        }
        // "30 years old", "a 5-year-old", "five years in prison"
        let old = |i: usize| {
            self.low(i) == "old"
                || self.low(i) == "olds"
                || self.p.get(i).is_some_and(Piece::is_dash) && matches!(self.low(i + 1), "old" | "olds")
        };
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
    pub(super) fn which_unit(&self, at: usize) -> Option<Reading> {
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
                let raw = if which == Which::This && low != "period" {
                    Raw::Vague("PRESENT_REF")
                } else {
                    Raw::Unit { unit: Unit::Hour, which: Which::Same }
                };
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
            if (unit == Unit::Day || unit == Unit::Week)
                && let Some(mark) = part_of_day(self.low(end))
            {
                part = Some(mark);
                end += 1;
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
            let of = matches!(self.back(at, 1), "of" | "in")
                && matches!(
                    self.back(at, 2),
                    "end" | "beginning" | "start" | "middle" | "later" | "early" | "late" | "earlier" | "rest"
                );
            if of && !matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
                return Some(Self::plain(Raw::Unit { unit, which: Which::Same }, at, at + 2));
            }
        }
        None
    }
}
