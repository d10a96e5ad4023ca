//! `forewarn scenario`: futures drawn with and without happenings that are made up. Association, not cause.

use std::io::Write;

use anyhow::{Context as _, Result, bail};
use forewarn_answer::words::percent;
use forewarn_answer::{Archive, Kind, Names, Party, party};
use forewarn_codebook::EventType;
use forewarn_ledger::Ledger;
use forewarn_outlook::hawkes::{Future, Injection, Scenario};
use forewarn_outlook::index::Index;
use forewarn_outlook::{Day, Deaths, Event, History, Mark};
use jiff::civil::Date;
use serde::Serialize;

use super::ScenarioArgs;
use crate::Outcome;
use crate::knowledge::Knowledge;
use crate::ledger::names;

/// Pairs that live in the futures beside the one asked about.
const COMPANY: usize = 40;

/// What is printed as JSON.
#[derive(Serialize)]
struct Told<'a> {
    parties: [Party; 2],
    as_of: Date,
    origin: Day,
    horizon_days: u32,
    runs: u32,
    seed: u64,
    injected: &'a [Injection],
    without: &'a Future,
    with: &'a Future,
    remark: &'a [String],
}

/// Runs the command.
pub fn run(args: &ScenarioArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let names = names(knowledge)?;
    let shelf = super::shelf(args.model.as_deref())?;
    let model = shelf.model(Kind::Force.outcome(90)).or_else(|_| shelf.model(Kind::Force.outcome(args.horizon)))?;
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
    let extent = archive.extent(args.as_of)?;
    let record = archive.known(&ledger, &names.actors, extent.as_of)?;
    let injected = args.inject.iter().map(|text| injection(text, &names)).collect::<Result<Vec<_>>>()?;
    // Futures start on the day after the last happening that is put in; until then the record only fades.
    let origin = injected.iter().map(|i| i.day).max().unwrap_or(Day::of(extent.as_of)).max(Day::of(extent.as_of));
    let history = with_places(&record.history.as_of(Day::of(extent.as_of)), &a, &b, &injected, origin);
    let index = Index::new(&history);
    let pair = index.pair(&a.code, &b.code).expect("a place was made for it");
    let scenario = Scenario { pair, origin, horizon: args.horizon, runs: args.runs, seed: args.seed, company: COMPANY };
    let without = model.hawkes().simulate(&index, &scenario, &[]);
    let with = model.hawkes().simulate(&index, &scenario, &injected);
    let remark = remarks(&injected, &without, &with, args.runs);
    let mut out = anstream::stdout();
    let told = Told {
        parties: [a, b],
        as_of: extent.as_of,
        origin,
        horizon_days: args.horizon,
        runs: args.runs,
        seed: args.seed,
        injected: &injected,
        without: &without,
        with: &with,
        remark: &remark,
    };
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&told)?)?;
    } else {
        print(&mut out, &told, &extent.why)?;
    }
    Ok(Outcome::Done)
}

fn print(out: &mut dyn Write, told: &Told<'_>, why: &str) -> Result<()> {
    let [a, b] = &told.parties;
    writeln!(out, "{} and {} ({}, {}): what is known as of {}, {why}", a.name, b.name, a.code, b.code, told.as_of)?;
    writeln!(
        out,
        "{} futures of {} days from {} on (seed {}), without and with:",
        told.runs,
        told.horizon_days,
        told.origin.plus(1),
        told.seed
    )?;
    for i in told.injected {
        writeln!(out, "  {} {} {} {}", i.day, i.actor, name(i.mark), i.recipient)?;
    }
    let (x, y) = (told.without, told.with);
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
    for remark in told.remark {
        writeln!(out, "{remark}")?;
    }
    Ok(())
}

fn remarks(injected: &[Injection], without: &Future, with: &Future, runs: u32) -> Vec<String> {
    let mut out = vec![
        "Association, not cause: this is what tends to follow such happenings in the record, for whatever reason, not what \
         they would bring about."
            .to_owned(),
        "The process alone is not calibrated: read the difference, and take the level from forewarn ask.".to_owned(),
    ];
    let change = with.p_force - without.p_force;
    // Two standard errors of a difference of shares; the same draws serve both, so the true one is smaller.
    let noise = 2.0 * (without.p_force * (1.0 - without.p_force) * 2.0 / f64::from(runs.max(1))).sqrt();
    let kind = |m: Mark| matches!(m, Mark::VerbalCooperation | Mark::MaterialCooperation);
    if injected.is_empty() {
        out.push("Nothing was put in: both columns are the same futures.".to_owned());
    } else if change.abs() <= noise {
        out.push("The difference is no larger than chance between draws.".to_owned());
    } else if change > 0.0 && injected.iter().all(|i| kind(i.mark)) {
        out.push(
            "Cooperation raises the risk here. Talks, aid and retreats cluster around crises, so that in the record they come \
             before force more often than silence does. It does not mean that they lead to it."
                .to_owned(),
        );
    }
    out
}

fn name(mark: Mark) -> &'static str {
    match mark {
        Mark::VerbalCooperation => "verbal cooperation",
        Mark::MaterialCooperation => "material cooperation",
        Mark::VerbalConflict => "verbal conflict",
        Mark::MaterialConflict => "material conflict",
        Mark::Force => "force",
    }
}

/// Reads `2023-10-02 SRB retreat XKX`: a day, who, a PLOVER type or sort of act, to whom.
fn injection(text: &str, names: &Names) -> Result<Injection> {
    let fault =
        || format!("\"{text}\": expected a day, who, an act and to whom, such as \"2023-10-02 SRB retreat XKX\"");
    let mut words = text.split_whitespace();
    let (Some(day), Some(actor), Some(act), Some(recipient), None) =
        (words.next(), words.next(), words.next(), words.next(), words.next())
    else {
        bail!(fault());
    };
    let day: Day = day.parse().with_context(fault)?;
    let mark = match act.to_lowercase().as_str() {
        "talks" | "verbal-cooperation" => Mark::VerbalCooperation,
        "material-cooperation" => Mark::MaterialCooperation,
        "verbal-conflict" => Mark::VerbalConflict,
        "material-conflict" => Mark::MaterialConflict,
        "force" => Mark::Force,
        other => {
            let kind = EventType::parse(&other.to_uppercase()).with_context(|| {
                format!(
                    "{act}: no act is called so; use a PLOVER type (consult, retreat, threaten, mobilize, assault …), talks, \
                     verbal-cooperation, material-cooperation, verbal-conflict, material-conflict or force"
                )
            })?;
            Mark::of(kind.quad_class(), kind.as_str() == "ASSAULT").expect("every type has a quad class")
        }
    };
    let side = |word: &str| party::resolve(word, names).map(|p| p.code.to_string());
    Ok(Injection { day, actor: side(actor)?, recipient: side(recipient)?, mark })
}

/// The history with a place for every pair that is asked about or put in: an event so late that no future sees it.
fn with_places(history: &History, a: &Party, b: &Party, injected: &[Injection], origin: Day) -> History {
    let mut events: Vec<Event> = history.events().to_vec();
    let pairs = injected.iter().map(|i| (i.actor.as_str(), i.recipient.as_str()));
    for (actor, recipient) in pairs.chain([(a.code.as_str(), b.code.as_str())]) {
        events.push(Event {
            id: "place".into(),
            day: origin.plus(100_000),
            known: origin.plus(100_000),
            actor: actor.into(),
            recipient: recipient.into(),
            mark: Mark::VerbalCooperation,
            goldstein: 0.0,
            deaths: Deaths::default(),
            reports: 0,
        });
    }
    History::new(events)
}
