//! Days and months as plain numbers, so that windows, decays and horizons are arithmetic.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, date};
use jiff::{ToSpan as _, Unit};
use serde::{Deserialize, Serialize};

use crate::Error;

/// A day, counted from 1970-01-01. Written as ISO 8601 (`1998-02-28`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day(pub i32);

/// A calendar month, counted from January of year 0. Written as `1998-02`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Month(pub i32);

const EPOCH: Date = date(1970, 1, 1);

impl Day {
    /// The day of a civil date.
    pub fn of(date: Date) -> Self {
        let span = EPOCH.until((Unit::Day, date)).expect("a span of days always exists between two dates");
        Self(span.get_days())
    }

    /// The civil date of the day.
    pub fn date(self) -> Date {
        EPOCH.checked_add(i64::from(self.0).days()).unwrap_or(if self.0 < 0 { Date::MIN } else { Date::MAX })
    }

    /// The month the day lies in.
    pub fn month(self) -> Month {
        let date = self.date();
        Month::new(i32::from(date.year()), u32::from(date.month().unsigned_abs()))
    }

    /// So many days later (earlier when negative).
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

impl Month {
    /// Month 1-12 of a year.
    pub fn new(year: i32, month: u32) -> Self {
        Self(year * 12 + month as i32 - 1)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, 1-12.
    pub fn number(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// So many months later (earlier when negative).
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0.saturating_add(months))
    }

    /// The first day.
    pub fn first_day(self) -> Day {
        let year = i16::try_from(self.year().clamp(-9999, 9999)).expect("clamped to what fits");
        Day::of(date(year, i8::try_from(self.number()).expect("at most 12"), 1))
    }

    /// The last day.
    pub fn last_day(self) -> Day {
        self.plus(1).first_day().plus(-1)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

impl FromStr for Day {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        text.parse::<Date>().map(Self::of).map_err(|_| Error::Date(text.to_owned()))
    }
}

impl FromStr for Month {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        let fault = || Error::Date(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(fault)?;
        match (year.parse(), month.parse()) {
            (Ok(year), Ok(month @ 1..=12)) => Ok(Self::new(year, month)),
            _ => Err(fault()),
        }
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = Error;
    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl TryFrom<String> for Month {
    type Error = Error;
    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_agree() {
        let day: Day = "2000-02-29".parse().expect("a date");
        assert_eq!(day.0, 11016);
        assert_eq!(day.to_string(), "2000-02-29");
        assert_eq!(day.month(), Month::new(2000, 2));
        assert_eq!(Month::new(2000, 2).last_day(), day);
        assert_eq!(Month::new(1999, 12).plus(1).first_day().to_string(), "2000-01-01");
        assert_eq!("2000-02".parse::<Month>().expect("a month").to_string(), "2000-02");
        assert!("2000-13".parse::<Month>().is_err());
    }
}
