//! `forewarn scenario`: futures drawn with and without happenings that are made up. Association, not cause.

use std::io::Write;

use anyhow::{Context as _, Result, bail};
use forewarn_answer::scenario::{Question, Scenario, injection, name, scenario};
use forewarn_answer::words::percent;
use forewarn_answer::{Archive, party};
use forewarn_ledger::Ledger;
use forewarn_outlook::hawkes::Future;

use super::ScenarioArgs;
use crate::Outcome;
use crate::knowledge::Knowledge;
use crate::ledger::names;

/// Runs the command.
pub fn run(args: &ScenarioArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let names = names(knowledge)?;
    let shelf = super::shelf(args.model.as_deref())?;
    let (a, b) =
        args.dyad.split_once("<>").or_else(|| args.dyad.split_once([':', '>'])).with_context(|| {
            format!("{}: expected two parties with a colon between them, such as SRB:XKX", args.dyad)
        })?;
    let (a, b) = (party::resolve(a.trim(), &names)?, party::resolve(b.trim(), &names)?);
    if a == b {
        bail!("{}: a scenario is of two parties", args.dyad);
    }
    let mut ledger = Ledger::open(&args.ledger.place.ledger)?;
    let archive = Archive::read(&mut ledger, &args.ledger.set, &names.actors)?;
    let question = Question {
        parties: [a, b],
        as_of: args.as_of,
        days: args.horizon,
        injected: args.inject.iter().map(|text| injection(text, &names)).collect::<Result<_, _>>()?,
        runs: args.runs,
        seed: args.seed,
    };
    let told = scenario(&archive, &ledger, &names, &shelf, &question)?;
    let mut out = anstream::stdout();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&told)?)?;
    } else {
        print(&mut out, &told, &args.inject)?;
    }
    Ok(Outcome::Done)
}

fn print(out: &mut dyn Write, told: &Scenario, given: &[String]) -> Result<()> {
    let [a, b] = &told.parties;
    writeln!(
        out,
        "{} and {} ({}, {}): what is known as of {}, {}",
        a.name, b.name, a.code, b.code, told.as_of, told.as_of_why
    )?;
    writeln!(
        out,
        "{} futures of {} days from {} on (seed {}), without and with:",
        told.runs,
        told.horizon_days,
        told.origin.plus(1),
        told.seed
    )?;
    // In the words in which it was given, and as what the process takes it.
    for (i, words) in told.injected.iter().zip(given) {
        writeln!(out, "  {} ({})", words.trim(), name(i.mark))?;
    }
    let (x, y) = (&told.without, &told.with);
    writeln!(out, "\n{:<44}{:>12}{:>12}", "share of futures", "without", "with")?;
    writeln!(out, "{:<44}{:>12}{:>12}", "with force on any day", percent(x.p_force), percent(y.p_force))?;
    writeln!(out, "{:<44}{:>12}{:>12}", "with force on three or more days", percent(x.p_clash), percent(y.p_clash))?;
    for days in [7usize, 30, 90].into_iter().filter(|d| *d < told.horizon_days as usize) {
        let by = |f: &Future| percent(f.by_day[days - 1]);
        writeln!(out, "{:<44}{:>12}{:>12}", format!("with force within {days} days"), by(x), by(y))?;
    }
    writeln!(out, "{:<44}{:>12.2}{:>12.2}", "mean days with force", x.mean_days, y.mean_days)?;
    let range = |f: &Future| format!("{} to {}", f.quantiles[0], f.quantiles[4]);
    writeln!(out, "{:<44}{:>12}{:>12}", "days with force, 5th to 95th percentile", range(x), range(y))?;
    writeln!(out)?;
    for remark in &told.remark {
        writeln!(out, "{remark}")?;
    }
    Ok(())
}
