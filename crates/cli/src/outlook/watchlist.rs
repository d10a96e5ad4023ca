//! `forewarn watchlist`: the pairs to look at.

use std::io::Write;

use anyhow::Result;
use forewarn_answer::words::{interval, percent};
use forewarn_answer::{Archive, watch};
use forewarn_ledger::Ledger;

use super::{By, WatchArgs};
use crate::Outcome;
use crate::knowledge::Knowledge;
use crate::ledger::names;

/// Runs the command.
pub fn run(args: &WatchArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let names = names(knowledge)?;
    let shelf = super::shelf(args.model.as_deref())?;
    let mut ledger = Ledger::open(&args.ledger.place.ledger)?;
    crate::ledger::tell_waiting(&ledger)?;
    let archive = Archive::read(&mut ledger, &args.ledger.set, &names.actors)?;
    let list = watch::watch(&archive, &ledger, &names, &shelf, (args.as_of, args.horizon, args.by.into()))?;
    let mut out = anstream::stdout();
    if args.json {
        for row in list.rows.iter().take(args.limit) {
            writeln!(out, "{}", serde_json::to_string(row)?)?;
        }
    } else {
        let what = match args.by {
            By::Highest => "the most probable first",
            By::Risen => "the most risen in 30 days first (points of probability)",
            By::Rising => "the fastest rising in 7 days first (odds)",
        };
        writeln!(out, "As of {}, {}; {what}.", list.extent.as_of, list.extent.why)?;
        writeln!(out, "Probability of {}:\n", list.outcome)?;
        let before = |p: Option<f64>| p.map_or("not watched".to_owned(), percent);
        for row in list.rows.iter().take(args.limit) {
            let [a, b] = &row.parties;
            writeln!(
                out,
                "{:<42} {:>12} {:<19} {:<18} 30 days before {:<12} 7 days before {:<12} {}",
                format!("{} and {} ({}, {})", a.name, b.name, a.code, b.code),
                percent(row.p),
                format!("({})", interval(row.interval_90)),
                row.words,
                before(row.p_30),
                before(row.p_7),
                if row.onset { "onset" } else { "continuation" }
            )?;
        }
        let (count, is) = (list.watched, if list.watched == 1 { "pair" } else { "pairs" });
        writeln!(out, "\n{count} {is} with five or more acts in the last year. Model: {}.", list.model)?;
    }
    if list.rows.is_empty() {
        anstream::eprintln!("no pair has five or more acts in the last year: ask about two parties for a base rate");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}
