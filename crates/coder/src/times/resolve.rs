//! From a reading to days: what the report's date and the dates named before make of it.

use jiff::civil::{Date, Weekday};

use super::lexicon::Unit;
use super::read::{Raw, Reading, Which};

/// Whether the verb that a time hangs on looks back or ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

/// A time named before.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    first: Date,
    last: Date,
    precision: &'static str,
    sentence: usize,
    /// Whether the year stood in the text, or follows from one that did.
    year_given: bool,
    /// How many times in a row have told of this year: two make a tale.
    told: u8,
}

impl Anchor {
    /// Whether a time named `sentence - self.sentence` sentences later may still belong to its year. A tale ("the summer of
    /// 2011 … that July … in September") goes on longer than a glance back.
    fn reaches(&self, sentence: usize) -> bool {
        sentence - self.sentence <= if self.told > 1 { 6 } else { 2 }
    }
}

/// What a document has said so far about when.
pub(super) struct Context {
    pub published: Option<Date>,
    /// The text tells history: relative times look at the dates named before, not at the report's.
    pub history: bool,
    pub before_christ: bool,
    last: Option<Anchor>,
    last_day: Option<Anchor>,
}

/// A resolved reading.
pub(super) struct Resolved {
    pub value: String,
    pub days: Option<(Date, Date)>,
    pub precision: &'static str,
    pub timex_type: &'static str,
    pub rule: &'static str,
}

impl Context {
    pub(super) fn new(published: Option<Date>, history: bool) -> Self {
        Self { published, history, before_christ: false, last: None, last_day: None }
    }

    /// Takes a resolved time as the one named last.
    pub(super) fn remember(&mut self, reading: &Reading, resolved: &Resolved, sentence: usize) {
        let Some((first, last)) = resolved.days else { return };
        if let (Raw::Deictic(_) | Raw::Overnight, Some(a)) = (&reading.raw, &mut self.last) {
            a.told = 1;
        }
        let year_given = match &reading.raw {
            Raw::Day { year, .. } | Raw::Month { year, .. } | Raw::Season { year, .. } => {
                year.is_some() || self.history
            }
            Raw::Year(_) => true,
            Raw::Window { .. } | Raw::Deictic(_) | Raw::Decade(_) | Raw::Century(_) => return,
            Raw::Unit { unit, .. } | Raw::Shift { unit, .. } => self.history || *unit <= Unit::Month,
            _ => self.history,
        };
        self.before_christ = first.year() < 0;
        // "July 2011 … in September … on 5 October": a year that was taken from the time before is as good as given.
        let of_a_year = matches!(reading.raw, Raw::Day { .. } | Raw::Month { .. } | Raw::Season { .. });
        let before = self.last.filter(|a| {
            let year = first.year();
            let goes_on = year == a.first.year() || year == a.first.year() + 1 && first.month() < a.first.month();
            let past = self.published.is_none_or(|p| p.year() != year);
            of_a_year && past && a.year_given && a.reaches(sentence) && a.precision != "decade" && goes_on
        });
        let (year_given, told) = (year_given || before.is_some(), before.map_or(1, |a| a.told.saturating_add(1)));
        let anchor = Anchor { first, last, precision: resolved.precision, sentence, year_given, told };
        if resolved.precision == "day" {
            self.last_day = Some(anchor);
        }
        self.last = Some(anchor);
    }

    /// The day that relative times start from, and whether it was named in the text.
    fn base(&self, anaphoric: bool, sentence: usize) -> Option<(Date, &'static str)> {
        if anaphoric || self.history || self.published.is_none() {
            let near = |a: &&Anchor| self.history || self.published.is_none() || sentence - a.sentence <= 2;
            if let Some(a) = self.last.as_ref().filter(near) {
                return Some((a.first, a.precision));
            }
        }
        if self.history { None } else { self.published.map(|d| (d, "day")) }
    }

    fn day_base(&self, sentence: usize) -> Option<Date> {
        let near = |a: &&Anchor| self.history || self.published.is_none() || sentence - a.sentence <= 2;
        let day = self.last_day.as_ref().filter(near);
        // A month named since makes the day unknown.
        let stale = day.is_some_and(|d| self.last.is_some_and(|l| l.first > d.last || l.last < d.first));
        if let Some(day) = day.filter(|_| !stale || !self.history) {
            return Some(day.first);
        }
        if self.history { None } else { self.published }
    }

    pub(super) fn resolve(&self, reading: &Reading, tense: Tense, sentence: usize) -> Resolved {
        let part = reading.part;
        let mut out = match &reading.raw {
            Raw::Day { year, month, day } => self.day(*year, *month, *day, tense, sentence),
            Raw::Month { year, month, which } => self.month(*year, *month, *which, tense, sentence),
            Raw::Year(year) => years(*year, *year, year_value(*year), "year", "year"),
            Raw::Decade(year) => {
                let last = if *year < 0 { *year } else { *year + 9 };
                let first = if *year < 0 { *year - 9 } else { *year };
                years(first, last, cut(&year_value(*year), 1), "decade", "decade")
            }
            Raw::Century(n) => {
                let value = if *n < 0 { format!("BC{:02}", -n) } else { format!("{n:02}") };
                let first = if *n < 0 { n * 100 - 99 } else { n * 100 };
                years(first, first + 99, value, "decade", "century")
            }
            Raw::Season { year, mark, which } => self.season(*year, mark, *which, tense, sentence),
            Raw::Weekday { day, which } => self.weekday(*day, *which, tense, sentence),
            Raw::Unit { unit, which } => self.unit(*unit, *which, sentence),
            Raw::Shift { count, unit, sign, anaphoric } => self.shift(*count, *unit, *sign, *anaphoric, sentence),
            Raw::Duration { count, unit } => plain(unit.duration(*count), "DURATION", "duration"),
            Raw::Window { count, unit, sign } => self.window(*count, *unit, *sign),
            Raw::Deictic(days) => match self.published.filter(|_| !self.history) {
                Some(d) => single(plus(d, *days), "deictic"),
                None => plain("PRESENT_REF".into(), "DATE", "deictic"),
            },
            Raw::Overnight => match self.published.filter(|_| !self.history) {
                Some(d) => Resolved { days: Some((plus(d, -1), d)), ..single(plus(d, -1), "overnight") },
                None => plain("XXXX-XX-XX".into(), "DATE", "overnight"),
            },
            Raw::Part { which } => self.part(*which, sentence),
            Raw::Vague(value) => plain((*value).into(), "DATE", "vague"),
            Raw::Set(value) => plain(value.clone(), "SET", "set"),
            Raw::Clock { hour, minute } => self.clock(*hour, *minute, sentence),
            Raw::Eve => plain("XXXX-XX-XX".into(), "DATE", "eve"),
        };
        let part = if matches!(reading.raw, Raw::Overnight) { Some("TNI") } else { part };
        if let Some(mark) = part
            && out.timex_type == "DATE"
            && out.value.len() >= 10
        {
            out.value.push_str(mark);
            out.timex_type = "TIME";
        }
        out
    }

    fn day(&self, year: Option<i16>, month: Option<i8>, day: i8, tense: Tense, sentence: usize) -> Resolved {
        let (Some(month), rule) = (month, if year.is_some() { "date" } else { "day-of-month" }) else {
            return plain(format!("XXXX-XX-{day:02}"), "DATE", "day");
        };
        let year = year.or_else(|| self.year_for(month, Some(day), tense, sentence));
        match year.and_then(|y| Date::new(y, month, day).ok()) {
            Some(date) => single(date, rule),
            None => plain(format!("XXXX-{month:02}-{day:02}"), "DATE", rule),
        }
    }

    fn month(&self, year: Option<i16>, month: i8, which: Which, tense: Tense, sentence: usize) -> Resolved {
        let base = || self.base(matches!(which, Which::Previous | Which::Following | Which::Same), sentence);
        let year = match (year, which) {
            (Some(y), _) => Some(y),
            (None, Which::Near) => self.year_for(month, None, tense, sentence),
            (None, Which::This | Which::Same) => base().map(|(d, _)| d.year()),
            (None, Which::Last | Which::Previous) => {
                base().map(|(d, _)| if month < d.month() { d.year() } else { d.year() - 1 })
            }
            (None, Which::Next | Which::Following) => {
                base().map(|(d, _)| if month > d.month() { d.year() } else { d.year() + 1 })
            }
        };
        match year.and_then(|y| month_days(y, month)) {
            Some(days) => {
                let value = format!("{}-{month:02}", year_value(days.0.year()));
                Resolved { value, days: Some(days), precision: "month", timex_type: "DATE", rule: "month" }
            }
            None => plain(format!("XXXX-{month:02}"), "DATE", "month"),
        }
    }

    /// The year of a month or day that is named without one.
    fn year_for(&self, month: i8, day: Option<i8>, tense: Tense, sentence: usize) -> Option<i16> {
        let after_anchor = |a: &Anchor| {
            // A tale goes on: January after December is the next year's.
            let wraps = a.precision != "year" && a.first.month() - month >= 9;
            if wraps { a.first.year() + 1 } else { a.first.year() }
        };
        let Some(published) = self.published.filter(|_| !self.history) else {
            return self.last.as_ref().map(after_anchor);
        };
        if let Some(a) = &self.last {
            let close = a.reaches(sentence) && a.year_given && a.precision != "decade";
            if close
                && (published.year() - a.first.year()).abs() >= 1
                && (a.precision != "year" || sentence == a.sentence)
            {
                return Some(after_anchor(a));
            }
        }
        let at = |year: i16| Date::new(year, month, day.unwrap_or(1)).ok();
        let this = published.year();
        match tense {
            Tense::Future => {
                let past =
                    at(this).is_some_and(|d| if day.is_some() { d < published } else { month < published.month() });
                Some(if past { this + 1 } else { this })
            }
            Tense::Past => {
                let ahead = at(this).is_some_and(|d| d > published);
                Some(if ahead { this - 1 } else { this })
            }
            Tense::Unknown => [this, this - 1, this + 1].into_iter().min_by_key(|&y| {
                let days = at(y).map_or(i64::MAX / 4, |d| between(published, d));
                if days > 0 { days * 3 / 2 } else { -days }
            }),
        }
    }

    fn season(&self, year: Option<i16>, mark: &'static str, which: Which, tense: Tense, sentence: usize) -> Resolved {
        let anaphoric = matches!(which, Which::Previous | Which::Following | Which::Same);
        let base = self.base(anaphoric, sentence);
        let first_month = season_month(mark);
        let year = year.or_else(|| {
            let (d, precision) = base?;
            let begun = precision != "year" && d.month() >= first_month;
            Some(match which {
                Which::Near if self.history || self.published.is_none() => d.year(),
                Which::Near if tense == Tense::Future => d.year() + i16::from(d.month() > first_month + 2),
                Which::Near | Which::Last | Which::Previous => {
                    // The last one that is over, or for a bare name the last one begun.
                    let over = d.month() > first_month + 2;
                    d.year() - i16::from(if which == Which::Near { !begun } else { !over })
                }
                Which::Next | Which::Following => d.year() + i16::from(begun),
                Which::This | Which::Same => d.year(),
            })
        });
        let Some(year) = year else { return plain(format!("XXXX-{mark}"), "DATE", "season") };
        let value = format!("{}-{mark}", year_value(year));
        let days = month_days(year, first_month).and_then(|(first, _)| {
            let (y, m) = if first_month == 12 { (year + 1, 2) } else { (year, first_month + 2) };
            month_days(y, m).map(|(_, last)| (first, last))
        });
        Resolved { value, days, precision: "season", timex_type: "DATE", rule: "season" }
    }

    fn weekday(&self, day: i8, which: Which, tense: Tense, sentence: usize) -> Resolved {
        let unresolved = || plain(format!("XXXX-WXX-{day}"), "DATE", "weekday");
        let anaphoric = matches!(which, Which::Previous | Which::Following | Which::Same);
        let named = if anaphoric { self.day_base(sentence) } else { self.published };
        let Some(base) = named.filter(|_| !self.history || anaphoric) else { return unresolved() };
        let Ok(weekday) = Weekday::from_monday_one_offset(day) else { return unresolved() };
        let back = i64::from(base.weekday().since(weekday));
        let ahead = i64::from(base.weekday().until(weekday));
        let strictly = |n: i64| if n == 0 { 7 } else { n };
        let date = match which {
            Which::Last | Which::Previous => plus(base, -strictly(back)),
            Which::Next | Which::Following => plus(base, strictly(ahead)),
            Which::Near if tense == Tense::Future => plus(base, ahead),
            Which::Near | Which::Same => plus(base, -back),
            Which::This => plus(base, if tense == Tense::Past { -back } else { ahead }),
        };
        single(date, "weekday")
    }

    fn unit(&self, unit: Unit, which: Which, sentence: usize) -> Resolved {
        let anaphoric = matches!(which, Which::Previous | Which::Following | Which::Same);
        let base = if matches!(unit, Unit::Day | Unit::Hour) && anaphoric {
            self.day_base(sentence).map(|d| (d, "day"))
        } else {
            self.base(anaphoric, sentence)
        };
        let step = match which {
            Which::Last | Which::Previous => -1,
            Which::Next | Which::Following => 1,
            _ => 0,
        };
        let coarse = base.is_some_and(|(_, p)| rank(p) > rank(unit.precision()));
        match base.filter(|_| !coarse) {
            Some((d, _)) => whole(move_by(d, unit, step), unit, "relative-unit"),
            None => plain(unknown(unit), "DATE", "relative-unit"),
        }
    }

    fn shift(&self, count: Option<f64>, unit: Unit, sign: i8, anaphoric: bool, sentence: usize) -> Resolved {
        let base = if anaphoric && unit.days().is_some_and(|d| d <= 14) {
            self.day_base(sentence).map(|d| (d, "day"))
        } else {
            self.base(anaphoric, sentence)
        };
        let (Some(n), Some((d, precision))) = (count, base) else {
            let value = if anaphoric || count.is_some() { unknown(unit) } else { "PAST_REF".into() };
            return plain(value, "DATE", "shift");
        };
        if unit.days().is_none() {
            let hours = n * if unit == Unit::Hour { 1.0 } else { 0.0 };
            let days = if sign < 0 { -((hours / 24.0).ceil() as i64).min(hours as i64) } else { (hours / 24.0) as i64 };
            let mut out = single(plus(d, days), "shift");
            if sign < 0 && days < 0 && hours < 24.0 {
                out.days = Some((plus(d, days), d));
            }
            return out;
        }
        if rank(precision) > rank(unit.precision()) {
            return plain(unknown(unit), "DATE", "shift");
        }
        let steps = n.round() as i64 * i64::from(sign);
        let target = if unit == Unit::Decade { move_by(d, Unit::Year, steps * 10) } else { move_by(d, unit, steps) };
        let unit = match unit {
            Unit::Decade | Unit::Century => Unit::Year,
            Unit::Fortnight | Unit::Weekend => Unit::Week,
            unit => unit,
        };
        whole(target, unit, "shift")
    }

    fn window(&self, count: Option<f64>, unit: Unit, sign: i8) -> Resolved {
        let value = unit.duration(count);
        let days = self.published.filter(|_| !self.history).map(|d| {
            // "recent days" is taken as a week, other such units as three of them.
            let n = count.unwrap_or(if unit == Unit::Day { 7.0 } else { 3.0 });
            let length = match unit.days() {
                Some(one) => (one as f64 * n).round() as i64,
                None => (n / if unit == Unit::Hour { 24.0 } else { 1440.0 }).ceil() as i64,
            };
            if sign < 0 { (plus(d, -length), d) } else { (d, plus(d, length)) }
        });
        let precision = match days.map(|(first, last)| between(first, last)) {
            None => "unresolved",
            Some(..=3) => "day",
            Some(..=10) => "week",
            Some(..=45) => "month",
            Some(..=120) => "season",
            Some(..=400) => "year",
            Some(_) => "decade",
        };
        Resolved { value, days, precision, timex_type: "DURATION", rule: "window" }
    }

    fn part(&self, which: Which, sentence: usize) -> Resolved {
        let base = match which {
            Which::This => self.published.filter(|_| !self.history),
            Which::Near => self.last_day.filter(|a| a.sentence == sentence).map(|a| a.first),
            _ => self.day_base(sentence),
        };
        let step = match which {
            Which::Last | Which::Previous => -1,
            Which::Next | Which::Following => 1,
            _ => 0,
        };
        match base {
            Some(d) => single(plus(d, step), "part-of-day"),
            None => plain("XXXX-XX-XX".into(), "DATE", "part-of-day"),
        }
    }

    fn clock(&self, hour: u8, minute: u8, sentence: usize) -> Resolved {
        let day = self.last_day.filter(|a| sentence - a.sentence <= 1).map(|a| a.first);
        let mut out = match day.or(self.published.filter(|_| !self.history)) {
            Some(d) => single(d, "clock"),
            None => plain("XXXX-XX-XX".into(), "DATE", "clock"),
        };
        if day.is_none() {
            out.days = None;
            out.precision = "unresolved";
        }
        out.value = format!("{}T{hour:02}:{minute:02}", out.value);
        out.timex_type = "TIME";
        out
    }
}

fn rank(precision: &str) -> u8 {
    match precision {
        "day" => 0,
        "week" => 1,
        "month" => 2,
        "season" => 3,
        "year" => 4,
        _ => 5,
    }
}

/// `date` moved by `days`; a date at the end of the calendar stays.
pub(super) fn plus(date: Date, days: i64) -> Date {
    date.checked_add(jiff::Span::new().days(days)).unwrap_or(date)
}

/// Days from `a` to `b`.
pub(super) fn between(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |s| i64::from(s.get_days()))
}

fn move_by(date: Date, unit: Unit, steps: i64) -> Date {
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return date,
        Unit::Day => jiff::Span::new().days(steps),
        Unit::Week | Unit::Weekend => jiff::Span::new().days(steps * 7),
        Unit::Fortnight => jiff::Span::new().days(steps * 14),
        Unit::Month => jiff::Span::new().months(steps.clamp(-9000, 9000)),
        Unit::Year => jiff::Span::new().years(steps.clamp(-9000, 9000)),
        Unit::Decade => jiff::Span::new().years((steps * 10).clamp(-9000, 9000)),
        Unit::Century => jiff::Span::new().years((steps * 100).clamp(-9000, 9000)),
    };
    date.checked_add(span).unwrap_or(date)
}

/// The whole unit, `count` units before `date`: first day, last day and precision.
pub(super) fn whole_before(date: Date, unit: Unit, count: i64) -> Option<(Date, Date, &'static str)> {
    let (unit, count) = match unit {
        Unit::Decade => (Unit::Year, count * 10),
        Unit::Century => (Unit::Year, count * 100),
        unit => (unit, count),
    };
    let found = whole(move_by(date, unit, -count), unit, "lapse");
    found.days.map(|(first, last)| (first, last, found.precision))
}

/// The whole unit that `date` lies in.
fn whole(date: Date, unit: Unit, rule: &'static str) -> Resolved {
    let year = date.year();
    let make = |value: String, days: (Date, Date)| Resolved {
        value,
        days: Some(days),
        precision: unit.precision(),
        timex_type: "DATE",
        rule,
    };
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => single(date, rule),
        Unit::Week | Unit::Fortnight | Unit::Weekend => {
            let week = date.iso_week_date();
            let monday = plus(date, -i64::from(date.weekday().to_monday_zero_offset()));
            let value = format!("{}-W{:02}", year_value(week.year()), week.week());
            if unit == Unit::Weekend {
                make(format!("{value}-WE"), (plus(monday, 5), plus(monday, 6)))
            } else {
                make(value, (monday, plus(monday, 6)))
            }
        }
        Unit::Month => {
            let days = month_days(year, date.month()).unwrap_or((date, date));
            make(format!("{}-{:02}", year_value(year), date.month()), days)
        }
        Unit::Year => years(year, year, year_value(year), "year", rule),
        Unit::Decade => years(year / 10 * 10, year / 10 * 10 + 9, cut(&year_value(year), 1), "decade", rule),
        Unit::Century => years(year / 100 * 100, year / 100 * 100 + 99, cut(&year_value(year), 2), "decade", rule),
    }
}

fn unknown(unit: Unit) -> String {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Month => "XXXX-XX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
    }
    .into()
}

fn cut(value: &str, by: usize) -> String {
    value[..value.len() - by].to_string()
}

fn year_value(year: i16) -> String {
    if year < 0 { format!("BC{:04}", -year) } else { format!("{year:04}") }
}

fn plain(value: String, timex_type: &'static str, rule: &'static str) -> Resolved {
    Resolved { value, days: None, precision: "unresolved", timex_type, rule }
}

fn single(date: Date, rule: &'static str) -> Resolved {
    let value = format!("{}-{:02}-{:02}", year_value(date.year()), date.month(), date.day());
    Resolved { value, days: Some((date, date)), precision: "day", timex_type: "DATE", rule }
}

fn years(first: i16, last: i16, value: String, precision: &'static str, rule: &'static str) -> Resolved {
    let days = Date::new(first, 1, 1).ok().zip(Date::new(last, 12, 31).ok());
    Resolved { value, days, precision: if days.is_some() { precision } else { "unresolved" }, timex_type: "DATE", rule }
}

fn month_days(year: i16, month: i8) -> Option<(Date, Date)> {
    let first = Date::new(year, month, 1).ok()?;
    Some((first, first.last_of_month()))
}

fn season_month(mark: &str) -> i8 {
    match mark {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    }
}
