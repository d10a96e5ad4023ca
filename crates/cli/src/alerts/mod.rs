//! `forewarn alerts`: named filters with a threshold, set, looked at, checked and told.

mod deliver;

use std::io::Write as _;
use std::path::PathBuf;

use anstream::eprintln;
use anyhow::{Result, bail};
use forewarn_alerts::{Above, Alert, By, Checked, Target, check, forecast, line, message};
use forewarn_answer::{Archive, Names, Question, Shelf, answer, party};
use forewarn_exchange::row::OURS;
use forewarn_ledger::{Ledger, StoredFiring};
use jiff::civil::Date;

use crate::Outcome;
use crate::knowledge::Knowledge;
use crate::ledger::{Place, StepWord, names, now, tell_waiting, today};

/// Days ahead of the forecasts that alerts look at.
const HORIZON: u32 = 90;
/// Firings that an Atom file holds.
const FED: usize = 100;

/// What `forewarn alerts` does.
#[derive(clap::Subcommand)]
pub enum Alerts {
    /// Set an alert. Nothing is sent until it is checked.
    Add(AddArgs),
    /// List the alerts.
    List {
        #[command(flatten)]
        place: Place,
        /// Print JSON Lines.
        #[arg(long)]
        json: bool,
    },
    /// Take an alert away; what it fired stays in the log.
    Remove {
        /// Its name.
        name: String,
        #[command(flatten)]
        place: Place,
    },
    /// Check all alerts, and send what fires: the only command that sends.
    Check(CheckArgs),
    /// Show what fired, and whether it was delivered.
    Log {
        /// Of this alert alone.
        name: Option<String>,
        #[command(flatten)]
        place: Place,
        /// At most so many.
        #[arg(long, default_value_t = 20, value_name = "N")]
        limit: usize,
        /// Print JSON Lines.
        #[arg(long)]
        json: bool,
    },
}

/// What `forewarn alerts add` takes.
#[derive(clap::Args)]
#[command(group(clap::ArgGroup::new("threshold").required(true)))]
pub struct AddArgs {
    /// Its name.
    name: String,
    #[command(flatten)]
    place: Place,
    /// Which happenings (docs/filter.md).
    #[arg(long, default_value = "", value_name = "FILTER")]
    filter: String,
    /// A series for each of these.
    #[arg(long, value_enum, default_value_t = ByWord::All)]
    by: ByWord,
    /// How time is cut.
    #[arg(long, value_enum, default_value_t = StepWord::Week)]
    step: StepWord,
    /// Fire at so many spreads above what is usual (z=3), or at so many happenings (count=10).
    #[arg(long, group = "threshold", value_name = "z=N|count=N")]
    above: Option<String>,
    /// Fire when the probability of force between the two of --pair moves by so much within a week.
    #[arg(long, group = "threshold", requires = "pair", conflicts_with_all = ["filter", "by"], value_name = "0..1")]
    forecast_change: Option<f64>,
    /// The two of --forecast-change, such as SRB:XKX.
    #[arg(long, requires = "forecast_change", value_name = "A:B")]
    pair: Option<String>,
    /// For how long a series that fired stays silent.
    #[arg(long, default_value = "7d", value_name = "DAYS", value_parser = days)]
    cooldown: u32,
    /// Where it is told: atom (the desk's feed), atom:PATH, file:PATH (JSON Lines), webhook:URL.
    #[arg(long, default_value = "atom", value_name = "TARGET")]
    to: String,
}

/// What an alert's series are of.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ByWord {
    /// All that the filter holds for.
    All,
    /// Ordered pairs of actor and recipient.
    Dyad,
    /// Pairs, whoever acts.
    Pair,
    /// Where it happened.
    Country,
}

/// What `forewarn alerts check` takes.
#[derive(clap::Args)]
pub struct CheckArgs {
    #[command(flatten)]
    place: Place,
    /// By what was published by the end of this day (YYYY-MM-DD); otherwise the last day of publication.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Only say what would fire: nothing is kept, nothing sent.
    #[arg(long)]
    dry_run: bool,
    /// The desk that links to evidence lead to.
    #[arg(long, default_value = "http://127.0.0.1:8080", value_name = "URL")]
    desk: String,
}

/// Reads `7`, `7d` or `2w` as days.
fn days(text: &str) -> std::result::Result<u32, String> {
    let (number, unit) = match text.strip_suffix('w') {
        Some(number) => (number, 7),
        None => (text.strip_suffix('d').unwrap_or(text), 1),
    };
    let days = number.trim().parse::<u32>().ok().and_then(|n| n.checked_mul(unit)).filter(|n| *n <= 3660);
    days.ok_or_else(|| format!("`{text}` is no number of days up to 3660; write 7d or 2w"))
}

/// `forewarn alerts`.
pub fn run(command: &Alerts, knowledge: &Knowledge) -> Result<Outcome> {
    match command {
        Alerts::Add(args) => add(args, knowledge),
        Alerts::List { place, json } => list(place, *json),
        Alerts::Remove { name, place } => {
            existing(place)?.remove_alert(name)?;
            eprintln!("{name} is removed; what it fired stays in forewarn alerts log");
            Ok(Outcome::Done)
        }
        Alerts::Check(args) => check_all(args, knowledge),
        Alerts::Log { name, place, limit, json } => log(name.as_deref(), place, *limit, *json),
    }
}

/// A ledger that is there, for writing.
fn existing(place: &Place) -> Result<Ledger> {
    if !place.ledger.is_file() {
        return Err(forewarn_ledger::Error::Missing { path: place.ledger.clone() }.into());
    }
    Ok(Ledger::create(&place.ledger)?)
}

fn add(args: &AddArgs, knowledge: &Knowledge) -> Result<Outcome> {
    if args.name.is_empty() || args.name.len() > 80 || args.name.chars().any(char::is_control) {
        bail!("a name has 1 to 80 bytes, none of them a control character");
    }
    let names = names(knowledge)?;
    let above = match (&args.above, args.forecast_change, &args.pair) {
        (Some(text), _, _) => Above::read(text)?,
        (None, Some(change), Some(pair)) => {
            if !(change > 0.0 && change < 1.0) {
                bail!("`{change}` is no change of a probability: write a number between 0 and 1, such as 0.1");
            }
            let Some((a, b)) = pair.split_once(':') else { bail!("`{pair}` is no pair: write SRB:XKX") };
            let (a, b) = (party::resolve(a, &names)?, party::resolve(b, &names)?);
            if a == b {
                bail!("{} and {} are the same: a forecast is of two", a.name, b.name);
            }
            Above::Forecast { change, pair: (a.code.to_string(), b.code.to_string()) }
        }
        _ => bail!("give --above or --forecast-change with --pair"),
    };
    // Faults of the filter are told now, not at night when it is checked.
    crate::ledger::filter(&names, std::slice::from_ref(&args.filter))?;
    let absolute = |path: &PathBuf| std::path::absolute(path);
    let target = match args.to.parse()? {
        // Checks may run in another folder.
        Target::File(path) => Target::File(absolute(&path)?),
        Target::Atom(path) => Target::Atom(absolute(&path)?),
        other => other,
    };
    let alert = Alert {
        name: args.name.clone(),
        filter: args.filter.clone(),
        by: match args.by {
            ByWord::All => By::All,
            ByWord::Dyad => By::Dyad,
            ByWord::Pair => By::Pair,
            ByWord::Country => By::Country,
        },
        step: args.step.into(),
        above,
        cooldown: args.cooldown,
        target,
    };
    existing(&args.place)?.add_alert(&alert.stored(&now()))?;
    eprintln!("{} is set; forewarn alerts check tells {} of what fires", alert.name, alert.target);
    Ok(Outcome::Done)
}

fn list(place: &Place, json: bool) -> Result<Outcome> {
    let alerts = Ledger::open(&place.ledger)?.alerts()?;
    let mut out = anstream::stdout();
    for a in &alerts {
        if json {
            writeln!(out, "{}", serde_json::to_string(a)?)?;
            continue;
        }
        let what = match &a.pair {
            Some(pair) => format!("forecast of {pair} moves by {}", a.level),
            None => format!("by {}, each {}, {} >= {}: {}", a.by, a.step, a.above, a.level, a.filter),
        };
        writeln!(out, "{}  {what}  (silent for {} days after, told to {})", a.name, a.cooldown, a.target)?;
    }
    Ok(if alerts.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn log(name: Option<&str>, place: &Place, limit: usize, json: bool) -> Result<Outcome> {
    let fired = Ledger::open(&place.ledger)?.firings(name, limit)?;
    let mut out = anstream::stdout();
    for f in &fired {
        if json {
            writeln!(out, "{}", serde_json::to_string(f)?)?;
            continue;
        }
        let told = match (&f.delivered, &f.fault) {
            (Some(when), _) => format!("told to {} at {when}", f.target),
            (None, Some(fault)) => format!("not told to {}: {fault} ({} tries)", f.target, f.tries),
            (None, None) => format!("to be told to {}", f.target),
        };
        writeln!(out, "{}  {}  [{told}]", f.made, line(f))?;
        for incident in f.body["evidence"].as_array().into_iter().flatten() {
            let words = |key: &str| incident[key].as_str().unwrap_or("").to_owned();
            writeln!(out, "    {}  {}  {}", words("incident_id"), words("event_type"), words("sentence"))?;
        }
    }
    Ok(if fired.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn check_all(args: &CheckArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let names = names(knowledge)?;
    let mut ledger = if args.dry_run { Ledger::open(&args.place.ledger)? } else { existing(&args.place)? };
    tell_waiting(&ledger)?;
    let as_of = args.as_of.or(ledger.stamp()?.through).unwrap_or_else(today);
    let mut fired = Vec::new();
    let mut broken = 0;
    let mut archive = None;
    for stored in ledger.alerts()? {
        let checked = Alert::of(&stored)
            .map_err(anyhow::Error::from)
            .and_then(|alert| one(&mut ledger, &names, &alert, as_of, &mut archive));
        match checked {
            Ok(checked) => {
                if let (Some((have, want)), true) = (checked.short, checked.fired.is_empty()) {
                    eprintln!(
                        "{}: the record before {as_of} has {have} {}s, {want} are wanted",
                        stored.name, stored.step
                    );
                }
                fired.extend(checked.fired);
            }
            // One that cannot be checked keeps no other from being checked.
            Err(error) => {
                broken += 1;
                eprintln!("error: {}: {error:#}", stored.name);
            }
        }
    }
    let mut out = anstream::stdout();
    if args.dry_run {
        for f in &fired {
            writeln!(out, "would fire  {}  -> {}", line(f), f.target)?;
        }
        return Ok(ended(fired.len(), broken));
    }
    let now = now();
    for f in &mut fired {
        f.made.clone_from(&now);
    }
    let new = ledger.fire(&fired)?;
    for f in &new {
        writeln!(out, "fired  {}", line(f))?;
    }
    let failed = tell(&mut ledger, &args.desk, &now, &mut out)?;
    Ok(ended(new.len(), broken + failed))
}

fn ended(fired: usize, failed: usize) -> Outcome {
    if fired == 0 {
        eprintln!("nothing fires anew");
    }
    if failed > 0 { Outcome::SomeFailed } else { Outcome::Done }
}

/// Checks one alert. The archive for forecasts is read once for all of them.
fn one(
    ledger: &mut Ledger,
    names: &Names,
    alert: &Alert,
    as_of: Date,
    archive: &mut Option<(Archive, Shelf)>,
) -> Result<Checked> {
    let Above::Forecast { pair: (a, b), .. } = &alert.above else { return Ok(check(ledger, names, alert, as_of)?) };
    let (archive, shelf) = match archive {
        Some(known) => known,
        None => archive.insert((Archive::read(ledger, OURS, &names.actors)?, Shelf::bundled()?)),
    };
    let parties = [party::resolve(a, names)?, party::resolve(b, names)?];
    let question = Question { parties, as_of: Some(as_of), days: HORIZON };
    Ok(forecast(ledger, alert, &answer(archive, ledger, names, shelf, &question)?)?)
}

/// Delivers all that waits, new and old; how much could not be.
fn tell(ledger: &mut Ledger, desk: &str, now: &str, out: &mut impl std::io::Write) -> Result<usize> {
    let mut failed = 0;
    for f in ledger.undelivered()? {
        let done = f.target.parse::<Target>().map_err(anyhow::Error::from).and_then(|target| match target {
            Target::Log => Ok(()),
            Target::File(path) => deliver::append(&path, &message(&f, desk)),
            Target::Webhook(url) => deliver::post(&url, &message(&f, desk)),
            Target::Atom(path) => {
                let mut fed: Vec<StoredFiring> = ledger.firings(None, 10 * FED)?;
                fed.retain(|o| o.target == f.target);
                fed.truncate(FED);
                deliver::write(&path, &forewarn_alerts::feed(&fed, desk, now))
            }
        });
        match done {
            Ok(()) => {
                ledger.delivered(f.id, Ok(now))?;
                writeln!(out, "told  {}  -> {}", line(&f), f.target)?;
            }
            Err(error) => {
                let fault = format!("{error:#}");
                ledger.delivered(f.id, Err(&fault))?;
                eprintln!("error: not told to {}: {fault}; the next check tries again", f.target);
                failed += 1;
            }
        }
    }
    Ok(failed)
}
