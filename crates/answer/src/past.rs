//! What would have been said on days gone by, over what came.

use forewarn_ledger::Ledger;
use forewarn_outlook::model::{Forecast, Model};
use forewarn_outlook::outcome::Outcome;
use forewarn_outlook::{Day, Mark};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

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
/// Events in a history beyond which a line has a point every four weeks.
const LARGE: usize = 400_000;

/// The line of forecasts for two parties over the year before `as_of`, a week apart (four weeks, where the record is large).
/// Days on which nothing was known between the two are left out.
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
    let days = weeks(archive.first(ledger, &names.actors)?.events().len(), as_of);
    Ok(on(archive, ledger, names, model, pair, (as_of, &days))?.into_iter().flatten().collect())
}

/// The days of a line that ends on `as_of`, in order, for a record of so many events.
pub(crate) fn weeks(events: usize, as_of: Date) -> Vec<Date> {
    let step = if events > LARGE { 4 } else { 1 };
    (0..WEEKS / step).rev().filter_map(|back| as_of.checked_sub((back * step * 7).days()).ok()).collect()
}

/// Forecasts for two parties on some days, which rise: `None` where nothing was known between the two.
///
/// Each happening counts as it was first told ([`forewarn_ledger::Told::First`]), from the day it became known. What came is
/// judged by what is known on `as_of`: the outcome's least number of happenings of force within its horizon.
///
/// # Errors
/// When the ledger cannot be read or the model's members fail.
pub fn on(
    archive: &Archive,
    ledger: &Ledger,
    names: &Names,
    model: &Model,
    (a, b): (&str, &str),
    (as_of, days): (Date, &[Date]),
) -> Result<Vec<Option<Past>>> {
    let history = archive.first(ledger, &names.actors)?;
    let outcome = model.card.outcome;
    let today = Day::of(as_of);
    let force: Vec<Day> = archive
        .now()
        .history
        .events()
        .iter()
        .filter(|e| e.mark == Mark::Force && e.known <= today)
        .filter(|e| (e.actor == a && e.recipient == b) || (e.actor == b && e.recipient == a))
        .map(|e| e.day)
        .collect();
    let line: Vec<Day> = days.iter().copied().map(Day::of).collect();
    let told = model.line(history, &line, a, b)?.into_iter().zip(line);
    let past = |(f, day): (Option<Forecast>, Day)| {
        let f = f?;
        let came = came(&force, outcome, day, today);
        Some(Past { as_of: day.date(), p: f.p, interval_90: f.interval_90, base_rate: f.base_rate, came })
    };
    Ok(told.map(past).collect())
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
