//! What would have been said on days gone by, over what came.

use forewarn_ledger::Ledger;
use forewarn_outlook::model::{Forecast, Model};
use forewarn_outlook::outcome::Outcome;
use forewarn_outlook::{Day, History, Mark};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;
use smol_str::SmolStr;

use crate::archive::Archive;
use crate::error::Result;
use crate::names::Names;

/// A forecast of a past day: from what was known on it, by the model of today.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Past {
    /// The day.
    pub as_of: Date,
    /// The probability.
    pub p: f64,
    /// Its 90 % interval.
    pub interval_90: [f64; 2],
    /// The base rate of such situations.
    pub base_rate: f64,
    /// Whether it came true; none while its horizon is not over.
    pub came: Option<bool>,
}

/// Weeks that a line goes back.
const WEEKS: i64 = 52;
/// Days before that answers look back to as well.
pub(crate) const BEFORE: [i64; 3] = [7, 30, 90];
/// Events in a history beyond which weeks in which the two were not in the news are told of every fourth only.
const LARGE: usize = 100_000;

/// The line of forecasts for two parties over the year before `as_of`, a week apart. Days on which nothing was known between
/// the two are left out; in large records also most of those on which they were not in the news.
///
/// Each happening counts as it was first told ([`forewarn_ledger::Told::First`]), from the day it became known. What came is
/// judged by what is known on `as_of`: the outcome's least number of happenings of force within its horizon.
///
/// # Errors
/// When the ledger cannot be read or the model's members fail.
pub fn past(
    archive: &Archive,
    ledger: &Ledger,
    names: &Names,
    model: &Model,
    pair: (&str, &str),
    as_of: Date,
) -> Result<Vec<Past>> {
    let weeks = weeks(as_of);
    let told = line(archive, (ledger, names), model, pair, as_of)?;
    Ok(told.into_iter().filter(|p| weeks.contains(&p.as_of)).collect())
}

/// The days of a line that ends on `as_of`, in order.
pub(crate) fn weeks(as_of: Date) -> Vec<Date> {
    (0..WEEKS).rev().filter_map(|back| as_of.checked_sub((back * 7).days()).ok()).collect()
}

/// Forecasts for two parties on the days of [`weeks`] and [`BEFORE`], in order.
pub(crate) fn line(
    archive: &Archive,
    (ledger, names): (&Ledger, &Names),
    model: &Model,
    (a, b): (&str, &str),
    as_of: Date,
) -> Result<Vec<Past>> {
    let before: Vec<Date> = BEFORE.iter().filter_map(|back| as_of.checked_sub(back.days()).ok()).collect();
    let mut days = weeks(as_of);
    days.extend(&before);
    days.sort_unstable();
    days.dedup();
    let (history, today) = (archive.first(ledger, &names.actors)?, Day::of(as_of));
    // Pairs in the news come out of the lines of all pairs; of others each day is reckoned apart.
    let lines = archive.lines((ledger, &names.actors), model, as_of, &days)?;
    let mut told: Vec<(Date, Point)> = Vec::new();
    let mut apart: Vec<Date> = Vec::new();
    let large = history.events().iter().filter(|e| e.known <= today).count() > LARGE;
    for (at, day) in days.iter().enumerate() {
        let skipped = || large && !(days.len() - 1 - at).is_multiple_of(4) && !before.contains(day);
        match lines.find(at, a, b) {
            Some(point) => told.push((*day, *point)),
            None if skipped() => {}
            None => apart.push(*day),
        }
    }
    let line: Vec<Day> = apart.iter().copied().map(Day::of).collect();
    if !line.is_empty() {
        let alone = model.line(history, &line, a, b)?;
        told.extend(apart.into_iter().zip(alone).filter_map(|(day, f)| Some((day, Point::of(&f?)))));
        told.sort_by_key(|(day, _)| *day);
    }
    let force: Vec<Day> = archive
        .now()
        .history
        .events()
        .iter()
        .filter(|e| e.mark == Mark::Force && e.known <= today)
        .filter(|e| (e.actor == a && e.recipient == b) || (e.actor == b && e.recipient == a))
        .map(|e| e.day)
        .collect();
    let past = |(day, point): (Date, Point)| Past {
        as_of: day,
        p: point.p,
        interval_90: point.interval_90,
        base_rate: point.base_rate,
        came: came(&force, model.card.outcome, Day::of(day), today),
    };
    Ok(told.into_iter().map(past).collect())
}

/// What a line keeps of a forecast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    p: f64,
    interval_90: [f64; 2],
    base_rate: f64,
}

impl Point {
    fn of(f: &Forecast) -> Self {
        Self { p: f.p, interval_90: f.interval_90, base_rate: f.base_rate }
    }
}

/// A day's points of the pairs that were in the news, by their codes.
type Points = Vec<((SmolStr, SmolStr), Point)>;

/// The lines of all pairs that were in the news.
pub(crate) struct Lines {
    days: Vec<Points>,
}

impl Lines {
    pub(crate) fn new(model: &Model, history: &History, days: &[Date]) -> Result<Self> {
        let days: Vec<Day> = days.iter().copied().map(Day::of).collect();
        let told = model.lines(history, &days)?;
        let points = |day: Vec<Forecast>| day.into_iter().map(|f| (f.pair.clone(), Point::of(&f))).collect();
        Ok(Self { days: told.into_iter().map(points).collect() })
    }

    fn find(&self, day: usize, a: &str, b: &str) -> Option<&Point> {
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        let list = self.days.get(day)?;
        let at = list.binary_search_by(|((x, y), _)| (x.as_str(), y.as_str()).cmp(&(low, high))).ok()?;
        Some(&list[at].1)
    }
}

/// Whether an outcome came after `day`, by force that is on record `today`.
fn came(force: &[Day], outcome: Outcome, day: Day, today: Day) -> Option<bool> {
    let end = day.plus(outcome.days() as i32);
    let within = force.iter().filter(|d| **d > day && **d <= end).count();
    if within >= outcome.least() { Some(true) } else { (end <= today).then_some(false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_is_open_until_its_days_are_over() {
        let force = [Day(100), Day(110), Day(111)];
        let once = Outcome::Escalation { days: 30 };
        assert_eq!(came(&force, once, Day(99), Day(99 + 5)), Some(true), "it has come before its days are over");
        assert_eq!(came(&force, once, Day(111), Day(140)), None);
        assert_eq!(came(&force, once, Day(111), Day(141)), Some(false));
        assert_eq!(came(&force, once, Day(69), Day(200)), Some(false), "the day after its last does not count");
        let thrice = Outcome::Clash { days: 30 };
        assert_eq!(came(&force, thrice, Day(99), Day(200)), Some(true));
        assert_eq!(came(&force, thrice, Day(100), Day(200)), Some(false), "the day itself does not count");
    }
}
