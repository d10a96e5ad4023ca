//! A million claims: how fast they are written and merged, how large the ledger is, how long questions take.
//!
//! `cargo run --release -p forewarn-ledger --example million -- [CLAIMS] [FILE] [--no-merge] [--merge] [--ask]` codes our own
//! samples once, varies them (`vary`) into as many claims, writes them in batches as `forewarn ingest` does, merges them and
//! then puts the questions of `questions` to a fresh connection. With `--merge` the file is there already and
//! not written, with `--ask` only asked.
//! A file that no path was given for lies among the system's temporary files and is removed.

mod questions;
mod vary;

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Instant;

use forewarn_codebook::{Codebook, actors::Actors};
use forewarn_coder::Coder;
use forewarn_gazetteer::Gazetteer;
use forewarn_language::{Engine, Model};
use forewarn_ledger::{Entry, Ledger, Means, Writer};
use forewarn_report::{Options, read_path};

use vary::{Sample, is_sound, vary};

/// Reports of a batch.
const BATCH: u64 = 2048;

/// Claims merged in one transaction, as in `forewarn ingest`.
const MERGED_AT_A_TIME: usize = 5_000;

fn samples() -> Vec<Sample> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut reports = Vec::new();
    for path in ["examples/reports", "crates/incident/tests/happenings/reports.jsonl"] {
        read_path(&root.join(path), &Options::default(), &mut |found| reports.extend(found.ok()));
    }
    let engine = Engine::new(Model::embedded().expect("the model is part of the program"));
    let codebook = Codebook::embedded().expect("a test holds it to no fault");
    let actors = Actors::embedded().expect("a test holds it to no fault");
    let gazetteer = Gazetteer::embedded().expect("it is part of the program");
    let coder = Coder::new(codebook, actors).with_gazetteer(gazetteer);
    let coded = reports.into_iter().map(|report| {
        let sentences = forewarn_coder::sentences(&engine, &report);
        let claims = coder.code(&report, &sentences).claims;
        Sample { report, sentences, claims }
    });
    coded.filter(|s| !s.claims.is_empty()).collect()
}

/// A figure of this process in MiB, where the system tells it.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with(name));
    line.and_then(|l| l.split_whitespace().nth(1)?.parse::<u64>().ok()).map_or(0, |kib| kib / 1024)
}

/// Seconds of processor time that this thread had, where the system tells it.
fn worked() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split_whitespace().next().and_then(|n| n.parse::<f64>().ok()).map_or(0.0, |n| n / 1e9)
}

fn size(path: &Path) -> f64 {
    let beside = |end: &str| PathBuf::from(format!("{}{end}", path.display()));
    [path.to_owned(), beside("-wal")].iter().filter_map(|p| p.metadata().ok()).map(|m| m.len() as f64).sum::<f64>()
        / 1e6
}

#[allow(clippy::print_stdout)]
fn write(path: &Path, claims: u64) -> serde_json::Value {
    let samples = samples();
    let of_samples: usize = samples.iter().map(|s| s.claims.len()).sum();
    println!("{} samples with {of_samples} claims", samples.len());
    let mut ledger = Ledger::create(path).expect("a new ledger");
    let run = ledger.begin("ingest", &Means::default(), "{}", "2026-01-01T00:00:00Z").expect("a run");
    let (send, receive) = mpsc::sync_channel::<Vec<Entry>>(2);
    let mut writer = Writer::new();
    let (mut written, mut reports, mut busy, mut cpu, mut low) = (0_u64, 0_u64, 0.0, 0.0, 0);
    let mut worst = 0.0_f64;
    let start = Instant::now();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut n = 0;
            loop {
                let varied = (n..n + BATCH).map(|n| vary(&samples, n));
                let batch = varied
                    .map(|s| {
                        debug_assert!(is_sound(&s), "every span slices its text");
                        Entry::new(s.report, &s.sentences, s.claims)
                    })
                    .collect();
                n += BATCH;
                if send.send(batch).is_err() {
                    return;
                }
            }
        });
        for batch in receive {
            let (before, at) = (worked(), Instant::now());
            writer.store(&mut ledger, run, &batch).expect("the disk has room");
            let took = at.elapsed().as_secs_f64();
            busy += took;
            worst = worst.max(took);
            cpu += worked() - before;
            let last = written;
            written += batch.iter().map(|e| e.claims() as u64).sum::<u64>();
            reports += batch.len() as u64;
            if last < claims / 10 && written >= claims / 10 {
                low = memory("VmHWM");
                println!(
                    "{written} claims: {:.0} claims/s of the writer, peak memory {low} MiB",
                    written as f64 / busy
                );
            }
            if written >= claims {
                return;
            }
        }
    });
    let seconds = start.elapsed().as_secs_f64();
    ledger.end(run, "2026-01-01T00:00:01Z").expect("the run's end");
    let rate = |s: f64| (written as f64 / s).round();
    let out = serde_json::json!({
        "claims": written, "reports": reports, "written_a_second": rate(busy), "written_a_cpu_second": rate(cpu),
        "over_all_a_second": rate(seconds), "longest_batch_ms": (worst * 1e3).round(), "mb": size(path).round(),
        "peak_mb_at_a_tenth": low, "peak_mb": memory("VmHWM"),
    });
    println!("written: {out}");
    out
}

#[allow(clippy::print_stdout)]
fn merge(path: &Path) -> serde_json::Value {
    let mut ledger = Ledger::create(path).expect("the ledger is there");
    let mut writer = Writer::new();
    let (start, mut step, mut last, mut steps) = (Instant::now(), Instant::now(), 0, Vec::new());
    let done = ledger.merge_all(&mut writer, MERGED_AT_A_TIME, &mut |m| {
        if m.claims - last >= 100_000 || m.waiting == 0 {
            let rate = (m.claims - last) as f64 / step.elapsed().as_secs_f64();
            println!(
                "merged {} claims, the last at {rate:.0} claims/s, {} compared, peak memory {} MiB",
                m.claims,
                m.compared,
                memory("VmHWM")
            );
            steps.push(rate.round());
            (last, step) = (m.claims, Instant::now());
        }
    });
    let done = done.expect("merging goes through");
    let out = serde_json::json!({
        "merged_a_second": (done.claims as f64 / start.elapsed().as_secs_f64()).round(), "by_100000": steps,
        "compared": done.compared, "linked": done.linked, "incidents": done.changed, "mb_merged": size(path).round(),
        "peak_mb_merged": memory("VmHWM"),
    });
    println!("merged: {out}");
    out
}

#[allow(clippy::print_stdout)]
fn main() {
    let (flags, rest): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let has = |flag: &str| flags.iter().any(|f| f == flag);
    let claims: u64 = rest.first().and_then(|a| a.parse().ok()).unwrap_or(1_000_000);
    let given = rest.get(1).map(PathBuf::from);
    let path = given
        .clone()
        .unwrap_or_else(|| std::env::temp_dir().join(format!("forewarn-million-{}.sqlite", std::process::id())));
    let mut told = serde_json::json!({"bench": "ledger/million"});
    let mut add = |more: serde_json::Value| {
        if let (Some(all), serde_json::Value::Object(more)) = (told.as_object_mut(), more) {
            all.extend(more);
        }
    };
    if !has("--ask") && !has("--merge") {
        add(write(&path, claims));
    }
    if !has("--ask") && !has("--no-merge") {
        add(merge(&path));
    }
    let asked = questions::ask(&path, 20);
    let tenth = |n: f64| (n * 10.0).round() / 10.0;
    add(serde_json::json!({"median_and_worst_ms":
        asked.iter().map(|a| (a.kind.to_owned(), [tenth(a.median), tenth(a.worst)].into())).collect::<serde_json::Map<String, serde_json::Value>>()
    }));
    println!("{told}");
    if given.is_none() {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", path.display()));
        }
    }
}
