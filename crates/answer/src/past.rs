//! What would have been said on days gone by, over what came.

use forewarn_ledger::Ledger;
use forewarn_outlook::model::Model;
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

/// Forecasts of a line.
const POINTS: i64 = 52;
/// Events times points beyond which a line is made of fewer points.
const MOST_WORK: usize = 4_000_000;

/// The line of forecasts for two parties over the year before `as_of`, a week apart (four weeks, where the record is large).
/// Days on which nothing was known between the two are left out.
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
    (a, b): (&str, &str),
    as_of: Date,
) -> Result<Vec<Past>> {
    let history = archive.first(ledger, &names.actors)?;
    let step = if history.events().len() * POINTS as usize > MOST_WORK { 4 } else { 1 };
    let outcome = model.card.outcome;
    let horizon = i64::from(outcome.days());
    let known = archive.now().history.as_of(Day::of(as_of));
    let force: Vec<Day> = known
        .events()
        .iter()
        .filter(|e| e.mark == Mark::Force)
        .filter(|e| (e.actor == a && e.recipient == b) || (e.actor == b && e.recipient == a))
        .map(|e| e.day)
        .collect();
    let mut out = Vec::new();
    for back in (0..POINTS / step).rev() {
        let Ok(day) = as_of.checked_sub((back * step * 7).days()) else { continue };
        let Some(f) = model.explain(history, Day::of(day), a, b)? else { continue };
        let end = Day::of(day).plus(outcome.days() as i32);
        let within = force.iter().filter(|d| **d > Day::of(day) && **d <= end).count();
        let over = day.checked_add(horizon.days()).is_ok_and(|end| end <= as_of);
        let came = match within >= outcome.least() as usize {
            true => Some(true),
            false if over => Some(false),
            false => None,
        };
        out.push(Past { as_of: day, p: f.p, interval_90: f.interval_90, base_rate: f.base_rate, came });
    }
    Ok(out)
}
