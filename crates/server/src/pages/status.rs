//! `/status`: what the ledger holds and which runs made it.

use forewarn_ledger::{Error, Failure, Limits, Run, RunId};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::{Value, json};

use crate::desk::{Context, Stamp};
use crate::fault::Fault;
use crate::frame::{Frame, thousands};
use crate::page::{Entry, Page};
use crate::table::Table;

/// Runs that are shown, the latest first.
const RUNS: usize = 50;
/// Failures that are shown of a run.
const FAILURES: usize = 20;

/// An imported set.
#[derive(Serialize)]
struct Set {
    set: String,
    events: u64,
}

/// A run with what it could not read.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    run: Run,
    failures: Vec<Failure>,
}

struct Status {
    stamp: Stamp,
    file: String,
    bytes: u64,
    log_bytes: u64,
    runs: Vec<Told>,
    runs_in_all: usize,
    sets: Vec<Set>,
    corrections: usize,
    coder: bool,
    readers: usize,
    sql: bool,
    scripts: bool,
}

/// Makes the page.
///
/// # Errors
/// When the ledger cannot be read.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let mut runs = context.ledger.runs()?;
    let runs_in_all = runs.len();
    runs.reverse();
    runs.truncate(RUNS);
    let runs = runs
        .into_iter()
        .map(|run| {
            let mut failures = if run.failed > 0 { context.ledger.failures_of(run.run)? } else { Vec::new() };
            failures.truncate(FAILURES);
            Ok(Told { run, failures })
        })
        .collect::<Result<_, Error>>()?;
    let mut sets = Vec::new();
    if context.stamp.foreign_events > 0 {
        context.ledger.sql::<Error>(
            "SELECT \"set\", count(*) FROM foreign_event GROUP BY 1 ORDER BY 1",
            &Limits::default(),
            |_| Ok(()),
            |row| {
                let set = row.first().and_then(Value::as_str).unwrap_or("").to_owned();
                sets.push(Set { set, events: row.get(1).and_then(Value::as_u64).unwrap_or(0) });
                Ok(())
            },
        )?;
    }
    let options = &context.desk.options;
    let size = |path: &std::path::Path| std::fs::metadata(path).map_or(0, |m| m.len());
    let mut log = options.ledger.clone().into_os_string();
    log.push("-wal");
    Ok(Box::new(Status {
        stamp: context.stamp.clone(),
        // Where the file lies is nobody's business but this machine's.
        file: options.ledger.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
        bytes: size(&options.ledger),
        log_bytes: size(log.as_ref()),
        runs,
        runs_in_all,
        sets,
        corrections: context.ledger.stored_corrections()?.len(),
        coder: context.desk.has_pipeline(),
        readers: options.readers,
        sql: options.sql,
        scripts: crate::assets::have_scripts(),
    }))
}

impl Page for Status {
    fn title(&self) -> String {
        "Status of the ledger".to_owned()
    }

    fn json(&self) -> Result<Value, Fault> {
        Ok(json!({
            "ledger": {
                "file": self.file, "bytes": self.bytes, "log_bytes": self.log_bytes, "stamp": serde_json::to_value(&self.stamp)?,
                "corrections": self.corrections,
            },
            "sets": serde_json::to_value(&self.sets)?,
            "runs": serde_json::to_value(&self.runs)?,
            "runs_in_all": self.runs_in_all,
            "desk": { "coder_loaded": self.coder, "readers": self.readers, "sql": self.sql, "scripts": self.scripts },
        }))
    }

    fn table(&self) -> Result<Table, Fault> {
        Ok(Table::of(self.runs.iter().map(|t| serde_json::to_value(&t.run)).collect::<Result<Vec<_>, _>>()?))
    }

    fn entries(&self) -> Vec<Entry> {
        let entry = |t: &Told| Entry {
            id: format!("run-{}", t.run.run.0),
            title: format!("Run {}: {}, {} reports, {} claims", t.run.run.0, t.run.kind, t.run.reports, t.run.claims),
            href: format!("/status#run-{}", t.run.run.0),
            updated: t.run.started.get(..10).and_then(|d| d.parse().ok()),
            summary: format!("{}; {} could not be read", t.run.means.program, t.run.failed),
        };
        self.runs.iter().map(entry).collect()
    }

    fn keeps(&self) -> bool {
        // Sizes and the coder change without the ledger.
        false
    }

    fn html(&self, _: &Frame<'_>) -> Markup {
        let s = &self.stamp;
        html! {
            h1 { (self.title()) }
            section {
                h2 { "What it holds" }
                table.rows {
                    caption.visually-hidden { "Figures of the ledger" }
                    tbody {
                        (fact("Published", &match (s.since, s.through) {
                            (Some(a), Some(b)) => format!("{a} to {b}"),
                            _ => "no report has a day of publication".to_owned(),
                        }))
                        (fact("Reports", &thousands(s.reports)))
                        (fact("Claims of our own, current", &thousands(s.claims)))
                        (fact("Incidents", &thousands(s.incidents)))
                        (fact("Claims that wait to be merged", &waiting(s.waiting)))
                        (fact("Events of imported sets", &thousands(s.foreign_events)))
                        (fact("Corrections made by hand", &thousands(self.corrections as u64)))
                        (fact("File", &format!("{}, {} (and {} not folded in yet)", self.file, size(self.bytes), size(self.log_bytes))))
                    }
                }
            }
            @if !self.sets.is_empty() {
                section {
                    h2 { "Imported sets" }
                    p { "Marked as theirs wherever they are shown; they are no claims of Forewarn." }
                    table.rows {
                        caption.visually-hidden { "Imported sets" }
                        thead { tr { th scope="col" { "set" } th.number scope="col" { "events" } } }
                        tbody {
                            @for set in &self.sets {
                                tr {
                                    th scope="row" { a href={ "/events?q=set:" (set.set) } { (set.set) } }
                                    td.number { (thousands(set.events)) }
                                }
                            }
                        }
                    }
                }
            }
            section {
                h2 { "Runs" }
                @if self.runs.is_empty() {
                    p.empty { "Nothing has been read into this ledger. " code { "forewarn ingest FOLDER --ledger " (self.file) } " reads reports into it." }
                } @else {
                    @if self.runs_in_all > self.runs.len() {
                        p { "The latest " (self.runs.len()) " of " (thousands(self.runs_in_all as u64)) "." }
                    }
                    div.table-box tabindex="0" role="region" aria-label="Runs" { table.rows {
                        caption { "Every claim names the run that coded it. Digests tell which model, codebook and gazetteer it worked with." }
                        thead {
                            tr {
                                th scope="col" { "run" } th scope="col" { "what" } th scope="col" { "begun" } th scope="col" { "ended" }
                                th.number scope="col" { "reports" } th.number scope="col" { "claims" } th.number scope="col" { "failed" }
                                th scope="col" { "program" } th scope="col" { "model" } th scope="col" { "codebook" } th scope="col" { "gazetteer" }
                            }
                        }
                        tbody { @for told in &self.runs { (run(&told.run)) } }
                    } }
                    @for told in self.runs.iter().filter(|t| !t.failures.is_empty()) { (failures(told)) }
                }
            }
            section {
                h2 { "The desk" }
                ul {
                    li { "Reads the ledger and never writes it; opens no connection." }
                    li { (self.readers) " requests are worked on at once." }
                    li { @if self.coder { "The coder is loaded." } @else { "The coder is not loaded yet; the first text that is given to be coded loads it." } }
                    li { "SQL is " @if self.sql { "answered at " a href="/help/api" { "/v1/sql" } } @else { "switched off" } "." }
                    li { "This build has " @if self.scripts { "scripts" } @else { "no scripts; every page works without them" } "." }
                }
            }
        }
    }
}

fn fact(name: &str, value: &str) -> Markup {
    html! { tr { th scope="row" { (name) } td { (value) } } }
}

fn waiting(n: u64) -> String {
    if n == 0 { "none".to_owned() } else { format!("{} (forewarn ingest merges them)", thousands(n)) }
}

fn run(run: &Run) -> Markup {
    html! {
        tr id={ "run-" (run.run.0) } {
            th scope="row" { (run.run.0) }
            td { (run.kind) }
            td { time datetime=(run.started) { (minute(&run.started)) } }
            td {
                @match &run.finished {
                    Some(end) => time datetime=(end) { (minute(end)) },
                    None => em { "runs, or was cut off" },
                }
            }
            td.number { (thousands(run.reports.unsigned_abs())) }
            td.number { (thousands(run.claims.unsigned_abs())) }
            td.number { @if run.failed > 0 { a href={ "#failures-" (run.run.0) } { (run.failed) } } @else { "0" } }
            td { (run.means.program) }
            td { code { (short(&run.means.model)) } }
            td { code { (short(&run.means.codebook)) } }
            td { code { (short(&run.means.gazetteer)) } }
        }
    }
}

fn failures(told: &Told) -> Markup {
    let RunId(number) = told.run.run;
    html! {
        details id={ "failures-" (number) } {
            summary { "What run " (number) " could not read: " (told.run.failed) }
            ul {
                @for f in &told.failures {
                    li {
                        code { (f.code) } " "
                        // The folder that a file lay in stays on this machine.
                        @if let Some(path) = &f.path { span dir="auto" { (path.rsplit(['/', '\\']).next().unwrap_or("")) } }
                        @if let Some(line) = f.line { ", line " (line) }
                        ": " span dir="auto" { (f.message) }
                    }
                }
                @if told.run.failed > told.failures.len() as i64 { li { "and more: " code { "forewarn show run:" (number) } } }
            }
        }
    }
}

/// `2023-09-30T10:20:30Z` to the minute.
fn minute(time: &str) -> String {
    time.get(..16).unwrap_or(time).replace('T', " ")
}

fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}

/// Bytes for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", bytes >> 10),
        1_048_576..1_073_741_824 => format!("{} MiB", bytes >> 20),
        _ => format!("{:.1} GiB", bytes as f64 / f64::from(1 << 30)),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_and_times_are_short() {
        assert_eq!(super::size(900), "900 bytes");
        assert_eq!(super::size(5 << 20), "5 MiB");
        assert_eq!(super::minute("2023-09-30T10:20:30Z"), "2023-09-30 10:20");
    }
}
