//! `forewarn backtest`: forecasts of past days held to what came, printed, and written as a page.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use forewarn_answer::history::{of_countries, of_pairs};
use forewarn_answer::words;
use forewarn_ledger::{Ledger, Told};
use forewarn_outlook::backtest::deaths::DeathScores;
use forewarn_outlook::backtest::dyads::{self, Years};
use forewarn_outlook::backtest::record::{Case, Record};
use forewarn_outlook::backtest::{countries, deaths, held};
use forewarn_outlook::outcome::Outcome as Forecast;
use forewarn_outlook::{Day, Error, Fatalities, History, diagram, weis};
use serde::Serialize;

use super::BacktestArgs;
use crate::Outcome;
use crate::knowledge::Knowledge;
use crate::ledger::names;

/// Everything that was scored.
#[derive(Default, Serialize)]
struct Scored {
    /// The command's data, in words.
    data: String,
    records: Vec<Record>,
    deaths: Vec<DeathScores>,
}

/// Runs the command.
pub fn run(args: &BacktestArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let mut scored = Scored::default();
    if let Some(path) = &args.keds {
        let history = weis::read(&read(path)?).with_context(|| path.display().to_string())?;
        "KEDS events".clone_into(&mut scored.data);
        scored.records = dyads::run(&history, years(args, 1994, 2003)?)?;
    } else if let Some(path) = &args.ucdp {
        let table = Fatalities::read(&read(path)?).with_context(|| path.display().to_string())?;
        "UCDP deaths by country and month".clone_into(&mut scored.data);
        scored.records = countries::run(&table, years(args, 2010, 2021)?)?;
        scored.deaths = deaths::run(&table, years(args, 2018, 2021)?)?;
    } else {
        own(args, knowledge, &mut scored)?;
    }
    let mut out = anstream::stdout();
    for record in &scored.records {
        writeln!(out, "{}", record.text())?;
        write!(out, "{}", split(record))?;
        writeln!(out)?;
    }
    if !scored.deaths.is_empty() {
        writeln!(out, "{}", deaths::text(&scored.deaths))?;
    }
    if let Some(folder) = &args.output {
        write_folder(folder, &scored)?;
        anstream::eprintln!("record.json, score.html and {} diagrams in {}", scored.records.len(), folder.display());
    }
    if scored.records.is_empty() {
        anstream::eprintln!("too little to forecast and score");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

/// The ledger's own record: each happening as it was told on the day it became known.
fn own(args: &BacktestArgs, knowledge: &Knowledge, scored: &mut Scored) -> Result<()> {
    let names = names(knowledge)?;
    let ledger = Ledger::open(&args.ledger.place.ledger)?;
    let happenings = ledger.happenings(&args.ledger.set, Told::First)?;
    let (pairs, places) = (of_pairs(&happenings, &names.actors), of_countries(&happenings));
    scored.data = format!("{} happenings of the set {}", happenings.len(), args.ledger.set);
    if let Some(until) = args.fit_until {
        let until = Day::of(until);
        let force = |days| Forecast::Escalation { days };
        let clash = |days| Forecast::Clash { days };
        for (history, outcome, task) in [
            (&pairs, force(30), "pairs, force within 30 days"),
            (&pairs, force(90), "pairs, force within 90 days"),
            (&pairs, force(365), "pairs, force within 365 days"),
            (&pairs, clash(90), "pairs, three or more incidents of force within 90 days"),
            (&places, force(30), "countries, a deadly incident of force within 30 days"),
            (&places, clash(90), "countries, three or more deadly incidents of force within 90 days"),
        ] {
            let task = format!("{task}; fitted once, until {until}");
            keep(scored, held::run(history, until, outcome, &task).map(|r| vec![r]), &task)?;
        }
    } else {
        let (first, last) = span(&pairs)?;
        keep(scored, dyads::run(&pairs, years(args, first + 5, last)?), "rolling")?;
    }
    Ok(())
}

/// Takes records in; says of which there is too little.
fn keep(scored: &mut Scored, found: Result<Vec<Record>, Error>, task: &str) -> Result<()> {
    match found {
        Ok(records) => scored.records.extend(records),
        Err(Error::TooLittle(why)) => anstream::eprintln!("{task}: too little: {why}"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn span(history: &History) -> Result<(i32, i32)> {
    let Some((first, last)) = history.span() else { bail!("nothing of the set in the ledger") };
    Ok((first.month().year(), last.month().year()))
}

fn years(args: &BacktestArgs, first: i32, last: i32) -> Result<Years> {
    let Some(text) = &args.years else { return Ok(Years { first, last }) };
    let read = |t: &str| t.trim().parse::<i32>().with_context(|| format!("{text}: expected years such as 1994..2003"));
    let (from, to) = text.split_once("..").with_context(|| format!("{text}: expected years such as 1994..2003"))?;
    Ok(Years { first: read(from)?, last: read(to)? })
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| path.display().to_string())
}

/// Onsets and continuations apart, for the default model and the best baseline.
fn split(record: &Record) -> String {
    let mut out = String::new();
    for name in [&record.default_model, &record.best_baseline] {
        let Some(m) = record.model(name) else { continue };
        for (kind, s) in [("onset", &m.onset), ("continuation", &m.continuation)] {
            if s.n == 0 {
                continue;
            }
            let _ = writeln!(
                out,
                "{:<22}{kind:<13} n {:>6}  base rate {:.4}  log {:.4}  Brier {:.4}  skill {:.3}  AUROC {:.3}",
                m.model, s.n, s.base_rate, s.log_score, s.brier, s.skill, s.auroc
            );
        }
    }
    out
}

fn case(c: &Case) -> String {
    format!("{} {} {}", c.unit, c.origin, words::percent(c.p))
}

fn write_folder(folder: &Path, scored: &Scored) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let put = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| path.display().to_string())
    };
    put("record.json", &(serde_json::to_string_pretty(scored)? + "\n"))?;
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>The record of the outlook</title>\n\
         <style>\nbody { font: 15px/1.5 sans-serif; max-width: 60em; margin: 1em auto; padding: 0 1em; color-scheme: light \
         dark }\npre { overflow-x: auto }\nsvg { max-width: 26em }\n</style>\n</head>\n<body>\n<h1>The record of the \
         outlook</h1>\n",
    );
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(
        page,
        "<p>{}. Lower log and Brier scores are better; every forecast used only what was known then.</p>",
        escape(&scored.data)
    );
    for (number, record) in (1..).zip(&scored.records) {
        let svg = diagram::reliability(&record.task, &record.reliability);
        put(&format!("reliability-{number}.svg"), &svg)?;
        let _ = writeln!(
            page,
            "<h2>{}</h2>\n<pre>{}{}</pre>\n{svg}",
            escape(&record.task),
            escape(&record.text()),
            escape(&split(record))
        );
        for (title, cases) in [
            ("Onsets that came, told best", &record.hits),
            ("Onsets that came, missed", &record.misses),
            ("Highest from quiet, and nothing came", &record.false_alarms),
        ] {
            let _ = writeln!(page, "<h3>{title}</h3>\n<ul>");
            for one in cases {
                let _ = writeln!(page, "<li>{}</li>", escape(&case(one)));
            }
            page.push_str("</ul>\n");
        }
    }
    if !scored.deaths.is_empty() {
        let _ = writeln!(
            page,
            "<h2>Deaths by country and month</h2>\n<pre>{}</pre>",
            escape(&deaths::text(&scored.deaths))
        );
    }
    page.push_str("</body>\n</html>\n");
    put("score.html", &page)
}
