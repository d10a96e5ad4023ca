//! `forewarn events`, `incidents`, `series` and `sql`: lists out of a ledger.

use std::io::{Read, Write};

use anstream::eprintln;
use anyhow::{Context, Result};
use forewarn_answer::evidence::number;
use forewarn_answer::series;
use forewarn_exchange::row::{CountRange, EventRow, IncidentRow, PartyRow, PlaceRow};
use forewarn_exchange::write::{Format, Notice, Rows, Settings, writer};
use forewarn_ledger::{Ledger, Limits, Order, Page};
use jiff::civil::Date;
use serde_json::Value;

use super::{EventsArgs, Form, SeriesArgs, Sort, SqlArgs, View, tell_waiting};
use crate::Outcome;
use crate::knowledge::Knowledge;

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

impl View {
    fn page(&self) -> Page {
        let order = match self.sort {
            Sort::Latest => Order::Latest,
            Sort::Earliest => Order::Earliest,
            Sort::MostTold => Order::MostTold,
        };
        Page { limit: self.limit, order, after: self.after.clone() }
    }
}

/// Counted up to here; beyond it, "more than" is said.
const MOST_COUNTED: u64 = 10_000_000;

/// `forewarn events`.
pub fn events(args: &EventsArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let names = super::names(knowledge)?;
    let filter = super::filter(&names, &args.filter)?;
    let ledger = Ledger::open(&args.place.ledger)?;
    if args.view.count {
        return counted(ledger.count_events(&filter, MOST_COUNTED)?);
    }
    let listing = ledger.events(&filter, &args.view.page())?;
    match args.view.format {
        Form::Table => {
            let mut out = anstream::stdout();
            listing.rows.iter().try_for_each(|row| event(&mut out, row))?;
        }
        form => {
            let mut export = writer(
                format(form),
                Rows::Events,
                Box::new(std::io::stdout()),
                Settings::new(&names.actors),
                Notice::default(),
            )?;
            listing.rows.iter().try_for_each(|row| export.event(row))?;
            export.finish()?;
        }
    }
    Ok(ended(listing.rows.len(), listing.next.as_deref()))
}

/// `forewarn incidents`.
pub fn incidents(args: &EventsArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let names = super::names(knowledge)?;
    let filter = super::filter(&names, &args.filter)?;
    let ledger = Ledger::open(&args.place.ledger)?;
    tell_waiting(&ledger)?;
    if args.view.count {
        return counted(ledger.count_incidents(&filter, MOST_COUNTED)?);
    }
    let listing = ledger.incidents(&filter, &args.view.page())?;
    match args.view.format {
        Form::Table => {
            let mut out = anstream::stdout();
            listing.rows.iter().try_for_each(|row| incident(&mut out, row))?;
        }
        form => {
            let mut export = writer(
                format(form),
                Rows::Incidents,
                Box::new(std::io::stdout()),
                Settings::new(&names.actors),
                Notice::default(),
            )?;
            listing.rows.iter().try_for_each(|row| export.incident(row))?;
            export.finish()?;
        }
    }
    Ok(ended(listing.rows.len(), listing.next.as_deref()))
}

fn format(form: Form) -> Format {
    match form {
        Form::Csv => Format::Csv,
        Form::Jsonl | Form::Table => Format::JsonLines,
    }
}

fn counted(n: u64) -> Result<Outcome> {
    let mut out = anstream::stdout();
    if n == MOST_COUNTED {
        writeln!(out, "{n} or more")?;
    } else {
        writeln!(out, "{n}")?;
    }
    Ok(if n == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn ended(rows: usize, next: Option<&str>) -> Outcome {
    if let Some(next) = next {
        eprintln!("there are more: --after {next}");
    }
    if rows == 0 {
        eprintln!("nothing fits the filter");
        return Outcome::Nothing;
    }
    Outcome::Done
}

/// One claim in a few lines.
pub fn event(out: &mut dyn Write, row: &EventRow) -> Result<()> {
    let kind = row.event_type.as_deref().unwrap_or("(no type)");
    let mode = row.event_mode.as_ref().map(|m| format!("/{m}")).unwrap_or_default();
    writeln!(
        out,
        "{}  {BOLD}{kind}{mode}{PLAIN} {}  {} -> {}",
        days(row.date_start, row.date_end)
            .unwrap_or_else(|| row.published.map_or("(no day)".into(), |d| format!("({d})"))),
        row.factuality.as_deref().unwrap_or(""),
        parties(&row.actor),
        parties(&row.recipient)
    )?;
    if let Some(evidence) = &row.evidence {
        writeln!(out, "    \"{evidence}\"")?;
    }
    let mut facts: Vec<String> = Vec::new();
    facts.extend(row.place.as_ref().map(place));
    facts.extend(row.counts.iter().map(|c| {
        let range = CountRange { low: c.low, best: c.best, high: c.high };
        format!("{} {} {}", c.what, number(range), c.who).trim_end().to_owned()
    }));
    let voices: Vec<String> = row.attribution.iter().map(|v| format!("{} {}", v.text, v.stance)).collect();
    if !voices.is_empty() {
        facts.push(format!("on the word of {}", voices.join(" > ")));
    }
    if !facts.is_empty() {
        writeln!(out, "    {}", facts.join("; "))?;
    }
    let whence =
        [row.publisher.as_deref(), row.report_id.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let set = if row.set == "forewarn" { String::new() } else { format!("{}  ", row.set) };
    writeln!(out, "    {DIM}{set}{}  {whence}{PLAIN}", row.claim_id)?;
    Ok(())
}

/// One incident in a few lines.
pub fn incident(out: &mut dyn Write, row: &IncidentRow) -> Result<()> {
    let mode = row.event_mode.as_ref().map(|m| format!("/{m}")).unwrap_or_default();
    writeln!(
        out,
        "{}  {BOLD}{}{mode}{PLAIN} {}  {} -> {}",
        when(row),
        row.event_type,
        row.status,
        parties(&row.actor),
        parties(&row.recipient)
    )?;
    if row.disputed_actor {
        writeln!(out, "    disputed: others say {}", parties(&row.actor_alternatives))?;
    }
    let mut facts: Vec<String> = Vec::new();
    facts.extend(row.place.as_ref().map(place));
    if row.killed.is_known() {
        facts.push(format!("killed {}", number(row.killed)));
    }
    if row.injured.is_known() {
        facts.push(format!("injured {}", number(row.injured)));
    }
    facts.push(format!(
        "{} in {} of {}, {}",
        many(row.claims, "claim"),
        many(row.reports, "report"),
        many(row.publishers, "publisher"),
        many(row.independent_origins, "independent origin")
    ));
    writeln!(out, "    {}", facts.join("; "))?;
    if let Some(evidence) = &row.evidence {
        let by = row.evidence_publisher.as_ref().map(|p| format!(" ({p})")).unwrap_or_default();
        writeln!(out, "    \"{evidence}\"{by}")?;
    }
    writeln!(out, "    {DIM}{}{PLAIN}", row.incident_id)?;
    Ok(())
}

/// The days that its accounts give; in brackets the day of the first report where none gives any.
fn when(row: &IncidentRow) -> String {
    let told = row.date_prec.as_deref() != Some("published");
    let days = if told { days(row.date_start, row.date_end) } else { None };
    days.unwrap_or_else(|| row.first_published.map_or_else(|| "(no day)".to_owned(), |d| format!("({d})")))
}

fn many(n: u32, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// `2023-09-24` or `2023-09-01 to 2023-09-30`.
pub fn days(start: Option<Date>, end: Option<Date>) -> Option<String> {
    match (start, end) {
        (Some(a), Some(b)) if a == b => Some(a.to_string()),
        (Some(a), Some(b)) => Some(format!("{a} to {b}")),
        (Some(a), None) => Some(format!("from {a}")),
        (None, Some(b)) => Some(format!("until {b}")),
        (None, None) => None,
    }
}

/// `XKX COP "Kosovo police"`, joined by ` + `.
pub fn parties(list: &[PartyRow]) -> String {
    if list.is_empty() {
        return "?".to_owned();
    }
    let one = |p: &PartyRow| {
        let mut parts: Vec<String> = [&p.country, &p.sector, &p.group].into_iter().flatten().cloned().collect();
        parts.extend(p.ethnicity.as_ref().map(|e| format!("({e})")));
        parts.push(format!("\"{}\"", p.text));
        parts.join(" ")
    };
    list.iter().map(one).collect::<Vec<_>>().join(" + ")
}

/// `Banjska, Mitrovica, XKX (settlement)`.
pub fn place(p: &PlaceRow) -> String {
    let mut parts = vec![p.name.clone()];
    parts.extend(p.admin1.clone().filter(|a| *a != p.name));
    parts.extend(p.country.clone());
    format!("{} ({})", parts.join(", "), p.precision)
}

/// `forewarn series`.
pub fn series(args: &SeriesArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let names = super::names(knowledge)?;
    let mut words = args.filter.clone();
    words.extend(args.as_of.map(|day| format!("asof:{day}")));
    let filter = super::filter(&names, &words)?;
    let ledger = Ledger::open(&args.place.ledger)?;
    tell_waiting(&ledger)?;
    let (unit, step) = (args.by.into(), args.step.into());
    let cells: Vec<Value> = if args.open {
        let cells = series::opened(&ledger, &filter, unit, step)?;
        cells.iter().map(serde_json::to_value).collect::<Result<_, _>>()?
    } else {
        let cells = series::series(&ledger, &filter, unit, step)?;
        cells.iter().map(serde_json::to_value).collect::<Result<_, _>>()?
    };
    let by_dyad = !matches!(args.by, super::UnitWord::Country);
    let unit: &[&str] = if by_dyad { &["actor", "recipient"] } else { &["country"] };
    let figures = [
        "happenings",
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
        "assaults",
        "goldstein_sum",
        "plover_sum",
        "killed_low",
        "killed_best",
        "killed_high",
        "reports",
    ];
    let inside: &[&str] = if args.open { &["published", "types", "incidents"] } else { &[] };
    let columns: Vec<String> =
        unit.iter().chain(&["from", "set"]).chain(&figures).chain(inside).map(|c| (*c).to_owned()).collect();
    // One column a bound, and words for lists: a table has no objects in it.
    let value = |cell: &Value, column: &String| match (column.strip_prefix("killed_"), &cell[column]) {
        (Some(bound), _) => cell["killed"][bound].clone(),
        (None, list @ (Value::Object(_) | Value::Array(_))) if args.format != Form::Jsonl => in_words(list),
        (None, plain) => plain.clone(),
    };
    let values: Vec<Vec<Value>> = cells.iter().map(|cell| columns.iter().map(|c| value(cell, c)).collect()).collect();
    table(&columns, &values, args.format)?;
    Ok(ended(values.len(), None))
}

/// `ASSAULT 2; CONSULT 1`, or ids with spaces between them.
fn in_words(list: &Value) -> Value {
    match list {
        Value::Object(counts) => {
            counts.iter().map(|(what, n)| format!("{what} {n}")).collect::<Vec<_>>().join("; ").into()
        }
        Value::Array(ids) => ids.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ").into(),
        plain => plain.clone(),
    }
}

/// `forewarn sql`.
pub fn sql(args: &SqlArgs) -> Result<Outcome> {
    let query = if args.query == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("standard input")?;
        text
    } else {
        args.query.clone()
    };
    let mut ledger = Ledger::open(&args.place.ledger)?;
    let mut names = Vec::new();
    let mut rows = Vec::new();
    let limits = Limits { rows: args.limit, ..Limits::default() };
    let answered = ledger.sql::<anyhow::Error>(
        &query,
        &limits,
        |columns| {
            names = columns.to_vec();
            Ok(())
        },
        |row| {
            rows.push(row);
            Ok(())
        },
    )?;
    table(&names, &rows, args.format)?;
    if answered.more {
        eprintln!("there are more rows than {}: --limit", args.limit);
    }
    Ok(if answered.rows == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// Prints rows of plain values.
fn table(columns: &[String], rows: &[Vec<Value>], form: Form) -> Result<()> {
    let text = |v: &Value| match v {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        other => other.to_string(),
    };
    let mut out = anstream::stdout();
    match form {
        Form::Jsonl => {
            for row in rows {
                let object: serde_json::Map<String, Value> = columns.iter().cloned().zip(row.iter().cloned()).collect();
                writeln!(out, "{}", Value::Object(object))?;
            }
        }
        Form::Csv => {
            let mut csv = csv::Writer::from_writer(std::io::stdout());
            csv.write_record(columns)?;
            for row in rows {
                csv.write_record(row.iter().map(text))?;
            }
            csv.flush()?;
        }
        Form::Table => {
            let cells: Vec<Vec<String>> = rows.iter().map(|r| r.iter().map(text).collect()).collect();
            let width = |i: usize| {
                let of = |s: &String| s.chars().count();
                cells.iter().map(|r| of(&r[i])).chain([of(&columns[i])]).max().unwrap_or(0).min(60)
            };
            let widths: Vec<usize> = (0..columns.len()).map(width).collect();
            let line = |r: &[String]| {
                let padded = r.iter().zip(&widths).map(|(c, &w)| format!("{c:w$}"));
                padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
            };
            if !cells.is_empty() {
                writeln!(out, "{BOLD}{}{PLAIN}", line(columns))?;
            }
            for row in &cells {
                writeln!(out, "{}", line(row))?;
            }
        }
    }
    Ok(())
}
