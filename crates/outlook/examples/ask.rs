//! Fits the model on a set of events up to a day and asks it about a pair: `ask EVENTS DAY A B [MODEL.json]`, for instance
//! `ask ../shared/forecast/keds_balkans/events.csv.gz 1998-01-31 KSV SRB`. Prints how long each step took.
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::time::Instant;

use anyhow::Context as _;
use forewarn_outlook::hawkes::{Injection, Scenario};
use forewarn_outlook::index::Index;
use forewarn_outlook::model::Model;
use forewarn_outlook::outcome::Outcome;
use forewarn_outlook::{Day, Mark, weis};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [events, day, a, b, rest @ ..] = arguments.as_slice() else { anyhow::bail!("expected EVENTS DAY A B") };
    let history = weis::read(&std::fs::read(events)?)?;
    let day: Day = day.parse()?;
    let started = Instant::now();
    let model = Model::fit(&history, day, Outcome::Escalation { days: 30 }, events)?;
    println!("fitted in {:.2} s: {:?}", started.elapsed().as_secs_f64(), model.card);
    if let Some(file) = rest.first() {
        std::fs::write(file, model.to_json()?)?;
    }
    let started = Instant::now();
    let watched = model.watch(&history, day)?;
    println!("{} pairs in {:.2} s; the most probable:", watched.len(), started.elapsed().as_secs_f64());
    for f in watched.iter().take(10) {
        println!("  {}-{} {:.2} ({:.2} to {:.2})", f.pair.0, f.pair.1, f.p, f.interval_90[0], f.interval_90[1]);
    }
    let told = model.explain(&history, day, a, b)?.context("nothing is known between the two")?;
    println!(
        "{a}-{b}: {:.3} ({:.2} to {:.2}), members {:?}, base rate {:.3}, alike {:?}",
        told.p, told.interval_90[0], told.interval_90[1], told.members, told.base_rate, told.alike
    );
    for d in told.drivers.iter().take(6) {
        println!("  {} = {:.2}: {:+.2}", d.feature, d.value, d.log_odds);
    }
    for w in told.events.iter().take(5) {
        let event = history.events().iter().find(|e| e.id == w.event).context("an event of the history")?;
        println!("  {:.1} % {} {} {} {:?}", w.share * 100.0, event.day, event.actor, event.recipient, event.mark);
    }
    let known = history.as_of(day);
    let index = Index::new(&known);
    let pair = index.pair(a, b).context("a known pair")?;
    let scenario = Scenario { pair, origin: day, horizon: 90, runs: 10_000, seed: 1, company: 40 };
    let started = Instant::now();
    let calm = model.hawkes().simulate(&index, &scenario, &[]);
    println!("10,000 futures of 90 days in {:.2} s: force {:.2}", started.elapsed().as_secs_f64(), calm.p_force);
    for mark in [Mark::Force, Mark::VerbalConflict, Mark::VerbalCooperation] {
        let three: Vec<Injection> =
            (0..3).map(|i| Injection { day: day.plus(-i), actor: b.clone(), recipient: a.clone(), mark }).collect();
        let stirred = model.hawkes().simulate(&index, &scenario, &three);
        println!("  with three acts of {mark:?}: {:.2}", stirred.p_force);
    }
    Ok(())
}
