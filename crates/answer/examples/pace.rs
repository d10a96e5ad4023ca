//! How long answers take on a ledger: reading the archive, then questions of several kinds, each about other parties.
//!
//! `cargo run --release -p forewarn-answer --example pace -- LEDGER [AS_OF]` prints one JSON object in milliseconds of processor
//! time; questions are about the pairs at the head of the watchlist.

use std::path::Path;
use std::time::Instant;

use forewarn_answer::watch::{By, watch};
use forewarn_answer::{Archive, Names, Question, Shelf, answer, country};
use forewarn_codebook::{KnowledgeFile, files};
use forewarn_ledger::Ledger;
use jiff::civil::Date;

/// Pairs asked about.
const PAIRS: usize = 12;

/// Seconds of processor time that this thread had, where the system tells it: a busy machine disturbs it less than the clock.
fn worked(start: Instant) -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split_whitespace()
        .next()
        .and_then(|n| n.parse::<f64>().ok())
        .map_or(start.elapsed().as_secs_f64(), |n| n / 1e9)
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let before = worked(start);
    let out = work();
    (((worked(start) - before) * 1e4).round() / 10.0, out)
}

/// Median and worst.
fn spread(mut times: Vec<f64>) -> [f64; 2] {
    times.sort_by(f64::total_cmp);
    [times.get(times.len() / 2), times.last()].map(|t| t.copied().unwrap_or(0.0))
}

/// MiB of this process that are not mapped files, where the system tells it.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("RssAnon"));
    line.and_then(|l| l.split_whitespace().nth(1)?.parse::<u64>().ok()).map_or(0, |kib| kib / 1024)
}

#[allow(clippy::print_stdout)]
fn main() {
    let mut args = std::env::args().skip(1);
    let path = args.next().expect("a ledger's file");
    let as_of: Option<Date> = args.next().map(|d| d.parse().expect("a day such as 2023-09-30"));
    let base = KnowledgeFile::base(files::all());
    let names = Names::from_files(&base).expect("no fault");
    let shelf = Shelf::bundled().expect("built in");
    let mut ledger = Ledger::open_within(Path::new(&path), 24 << 10, 0).expect("a ledger");
    let (read, archive) = timed(|| Archive::read(&mut ledger, "forewarn", &names.actors).expect("read"));
    let (first, _) = timed(|| archive.first(&ledger, &names.actors).expect("read"));
    let (first_list, list) =
        timed(|| watch(&archive, &ledger, &names, &shelf, (as_of, 90, By::Highest)).expect("a list"));
    let (again, _) = timed(|| watch(&archive, &ledger, &names, &shelf, (as_of, 90, By::Risen)).expect("a list"));
    let (mut pairs, mut countries) = (Vec::new(), Vec::new());
    for row in list.rows.iter().take(PAIRS) {
        let question = Question { parties: row.parties.clone(), as_of, days: 90 };
        pairs.push(timed(|| answer(&archive, &ledger, &names, &shelf, &question).expect("an answer")).0);
        let question = country::Question { party: row.parties[0].clone(), as_of, days: 90 };
        let (time, _) =
            timed(|| country::answer(&archive, &ledger, &names, &shelf, &question, None).expect("an answer"));
        countries.push(time);
    }
    println!(
        "{}",
        serde_json::json!({
            "bench": "answer/pace", "events": archive.now().history.events().len(), "watched": list.watched,
            "archive_ms": read, "first_tellings_ms": first, "watchlist_ms": [first_list, again],
            "pair_median_and_worst_ms": spread(pairs), "country_median_and_worst_ms": spread(countries), "anon_mb": memory(),
        })
    );
}
