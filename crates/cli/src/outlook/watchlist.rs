//! `forewarn watchlist`: the pairs to look at, by how probable force is or how much that has risen.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use forewarn_ledger::Ledger;
use forewarn_outlook::Day;
use forewarn_outlook::model::Forecast;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

use super::answer::{extent, known};
use super::party::{self, Party};
use super::shelf::Shelf;
use super::words::{self, interval, percent};
use super::{By, Kind, WatchArgs};
use crate::Outcome;
use crate::knowledge::Knowledge;
use crate::ledger::Names;

/// One pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Row {
    parties: [Party; 2],
    as_of: Date,
    p: f64,
    words: &'static str,
    interval_90: [f64; 2],
    base_rate: f64,
    onset: bool,
    /// The same forecast 30 and 7 days before; `None` where the pair was not in the news enough to be watched.
    p_30: Option<f64>,
    p_7: Option<f64>,
    acts_365: usize,
}

impl Row {
    /// Points of probability since a day; a pair that was not watched then counts from its base rate.
    fn rise(&self, before: Option<f64>) -> f64 {
        self.p - before.unwrap_or(self.base_rate.min(self.p))
    }

    /// Change of the log-odds over the last seven days.
    fn pace(&self) -> f64 {
        let odds = |p: f64| (p.clamp(1e-4, 1.0 - 1e-4) / (1.0 - p.clamp(1e-4, 1.0 - 1e-4))).ln();
        odds(self.p) - odds(self.p_7.unwrap_or(self.base_rate.min(self.p)))
    }
}

/// Runs the command.
pub fn run(args: &WatchArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let names = Names::read(knowledge)?;
    let shelf = Shelf::read(args.model.as_deref())?;
    let model = shelf.model(Kind::Force.outcome(args.horizon))?;
    let mut ledger = Ledger::open(&args.ledger.place.ledger)?;
    crate::ledger::tell_waiting(&ledger)?;
    let extent = extent(&mut ledger, &args.ledger.set, args.as_of)?;
    let at = |back: i64| -> Result<Vec<Forecast>> {
        let day = extent.as_of.checked_sub(back.days())?;
        let record = known(&ledger, &args.ledger.set, &names, day, extent.last)?;
        Ok(model.watch(&record.history, Day::of(day))?)
    };
    let earlier =
        |back: i64| -> Result<BTreeMap<_, f64>> { Ok(at(back)?.into_iter().map(|f| (f.pair, f.p)).collect()) };
    let (month, week) = (earlier(30)?, earlier(7)?);
    let mut rows: Vec<Row> = at(0)?
        .into_iter()
        .map(|f| Row {
            parties: [party::of_code(&f.pair.0, &names), party::of_code(&f.pair.1, &names)],
            as_of: extent.as_of,
            p: f.p,
            words: words::of(f.p),
            interval_90: f.interval_90,
            base_rate: f.base_rate,
            onset: f.onset,
            p_30: month.get(&f.pair).copied(),
            p_7: week.get(&f.pair).copied(),
            acts_365: f.acts_365,
        })
        .collect();
    let watched = rows.len();
    match args.by {
        By::Highest => {}
        By::Risen => {
            rows.retain(|r| r.rise(r.p_30) > 0.0);
            rows.sort_by(|a, b| b.rise(b.p_30).total_cmp(&a.rise(a.p_30)));
        }
        By::Rising => {
            rows.retain(|r| r.pace() > 0.0);
            rows.sort_by(|a, b| b.pace().total_cmp(&a.pace()));
        }
    }
    let mut out = anstream::stdout();
    if args.json {
        for row in rows.iter().take(args.limit) {
            writeln!(out, "{}", serde_json::to_string(row)?)?;
        }
    } else {
        let what = match args.by {
            By::Highest => "the most probable first",
            By::Risen => "the most risen in 30 days first (points of probability)",
            By::Rising => "the fastest rising in 7 days first (odds)",
        };
        writeln!(out, "As of {}, {}; {what}.", extent.as_of, extent.why)?;
        writeln!(out, "Probability of {}:\n", model.card.outcome_words)?;
        let before = |p: Option<f64>| p.map_or("not watched".to_owned(), percent);
        for row in rows.iter().take(args.limit) {
            let [a, b] = &row.parties;
            writeln!(
                out,
                "{:<42} {:>12} ({:<17}) {:<18} 30 days before {:<12} 7 days before {:<12} {}",
                format!("{} and {} ({}, {})", a.name, b.name, a.code, b.code),
                percent(row.p),
                interval(row.interval_90),
                row.words,
                before(row.p_30),
                before(row.p_7),
                if row.onset { "onset" } else { "continuation" }
            )?;
        }
        writeln!(out, "\n{} pairs with five or more acts in the last year. Model: {}.", watched, shelf.from)?;
    }
    if rows.is_empty() {
        anstream::eprintln!("no pair has five or more acts in the last year: ask about two parties for a base rate");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}
