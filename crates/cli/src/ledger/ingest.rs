//! `forewarn ingest`: reports into a ledger.
//!
//! One thread reads, all cores code, one thread writes. A report counts as stored once its batch is on disk; what was
//! stored before is passed over before it is coded, so a run that was cut off is finished by running it again.

use std::collections::{BTreeMap, HashMap};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

use anstream::eprintln;
use anyhow::{Context, Result, anyhow, bail};
use forewarn_ledger::{Entry, Failure, Ledger, Merged, RunId, Stored, Writer, digest_of};
use forewarn_report::{Diagnostic, Options, Report, Severity};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use rayon::prelude::*;

use super::{Place, means, now};
use crate::Outcome;
use crate::knowledge::Knowledge;
use crate::pipeline::Pipeline;

/// What `forewarn ingest` takes.
#[derive(clap::Args)]
pub struct IngestArgs {
    /// Files, folders, patterns such as 'news/*.html', or - for standard input.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
    /// The day of publication of reports that give none (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    /// The publisher of reports that name none.
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// The language of every report (ISO 639-1); otherwise it is detected.
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// A compiled gazetteer to find places in as well (see forewarn gazetteer import).
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Threads to code with; 0 means one a core.
    #[arg(long, default_value_t = 0, value_name = "N")]
    threads: usize,
    /// Print the id of each report on standard output once it is safely stored.
    #[arg(long)]
    print_ids: bool,
    /// Leave the merging into incidents for later (forewarn merge).
    #[arg(long)]
    no_merge: bool,
}

/// Reports coded and written at a time: enough for all cores and for few transactions, few enough to keep memory flat.
const BATCH: usize = 2048;

/// Bytes of text after which a batch is full whatever its number: long reports come in smaller batches.
const BATCH_BYTES: usize = 4 << 20;

/// Claims merged in one transaction.
const MERGED_AT_A_TIME: usize = 5_000;

/// What the reading thread hands on.
enum Found {
    Report(Box<Report>),
    Known,
    Remark(Diagnostic),
    /// The input is at its end: its name, digest, and how many reports it held.
    End(String, String, u64),
}

/// What one input gave.
#[derive(Default)]
struct Tally {
    reports: u64,
    known: u64,
    stored: u64,
    claims: u64,
    failed: u64,
    foreign: u64,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.reports += other.reports;
        self.known += other.known;
        self.stored += other.stored;
        self.claims += other.claims;
        self.failed += other.failed;
        self.foreign += other.foreign;
    }
}

/// Reports on their way that are not on disk yet, by id.
type OnTheWay = Mutex<HashMap<String, i64>>;

/// Runs the command.
pub fn run(args: &IngestArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let inputs = expand(&args.inputs)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads).build().context("threads")?;
    let mut pipeline = crate::pipeline::load(knowledge)?;
    pipeline.coder.add_gazetteers(&args.gazetteer)?;
    let mut ledger = Ledger::create(&args.place.ledger)?;
    if let Some(last) = ledger.runs()?.last().filter(|r| r.finished.is_none() && r.kind == "ingest") {
        eprintln!("note: run {} was cut off; what it had stored is there, the rest is read now", last.run.0);
    }
    let settings = serde_json::json!({
        "inputs": inputs.iter().map(|p| p.display().to_string()).collect::<Vec<_>>(),
        "published": args.published, "publisher": args.publisher, "language": args.language,
        "gazetteers": args.gazetteer.iter().map(|p| p.display().to_string()).collect::<Vec<_>>(),
    });
    let run = ledger.begin("ingest", &means(knowledge, &args.gazetteer)?, &settings.to_string(), &now())?;
    let options = Options {
        published: args.published,
        publisher: args.publisher.clone(),
        language: args.language.clone(),
        ..Options::default()
    };
    let start = Instant::now();
    let (tally, mut writer) = pass(args, &inputs, &options, &pipeline, &pool, &mut ledger, run)?;
    let seconds = start.elapsed().as_secs_f64().max(0.001);
    eprintln!(
        "{} reports read in {}: {} new with {} claims, {} known already, {} not in English and kept uncoded, {} failed ({:.0} reports a second)",
        tally.reports + tally.failed,
        time(seconds),
        tally.stored,
        tally.claims,
        tally.known,
        tally.foreign,
        tally.failed,
        tally.reports as f64 / seconds,
    );
    if !args.no_merge {
        merge(&mut ledger, &mut writer)?;
    }
    ledger.end(run, &now())?;
    Ok(match (tally.failed, tally.reports) {
        (0, 0) => Outcome::Nothing,
        (0, _) => Outcome::Done,
        (_, 0) => bail!("no report could be read"),
        _ => Outcome::SomeFailed,
    })
}

/// Merges all that waits, telling how far it is.
pub fn merge(ledger: &mut Ledger, writer: &mut Writer) -> Result<()> {
    let waiting = ledger.waiting()?;
    if waiting == 0 {
        return Ok(());
    }
    let start = Instant::now();
    let bar = bar(waiting, "{spinner} merging {pos} of {len} claims ({eta} left)");
    let done = ledger.merge_all(writer, MERGED_AT_A_TIME, &mut |m: &Merged| bar.set_position(m.claims))?;
    bar.finish_and_clear();
    eprintln!(
        "{} claims merged in {}: {} incidents new or changed, {} withdrawn ({} pairs compared, {} linked)",
        done.claims,
        time(start.elapsed().as_secs_f64()),
        done.changed,
        done.withdrawn,
        done.compared,
        done.linked
    );
    Ok(())
}

/// `12 s`, `3 min 4 s`.
pub fn time(seconds: f64) -> String {
    let whole = seconds.round() as u64;
    match whole {
        0 => format!("{:.0} ms", seconds * 1e3),
        1..60 => format!("{whole} s"),
        _ => format!("{} min {} s", whole / 60, whole % 60),
    }
}

pub fn bar(length: u64, template: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Patterns expanded, each input once; what is not there is misuse.
pub fn expand(inputs: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut out: Vec<PathBuf> = Vec::new();
    for input in inputs {
        if input == Path::new("-") || input.exists() {
            out.push(input.clone());
            continue;
        }
        let text = input.to_str().unwrap_or("");
        if !text.contains(['*', '?', '[']) {
            bail!("{}: no such file or folder", input.display());
        }
        let found = glob::glob(text).with_context(|| format!("{text}: not a pattern"))?;
        let mut found: Vec<PathBuf> = found.collect::<Result<_, _>>().with_context(|| text.to_owned())?;
        if found.is_empty() {
            bail!("{text}: nothing fits the pattern");
        }
        found.sort();
        out.extend(found);
    }
    let mut seen = std::collections::BTreeSet::new();
    out.retain(|p| seen.insert(p.clone()));
    Ok(out)
}

/// Bytes below a path, as far as they can be told.
pub fn size(path: &Path) -> u64 {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
        return entries.map(|e| size(&e.path())).sum();
    }
    path.metadata().map_or(0, |m| m.len())
}

fn pass(
    args: &IngestArgs,
    inputs: &[PathBuf],
    options: &Options,
    pipeline: &Pipeline,
    pool: &rayon::ThreadPool,
    ledger: &mut Ledger,
    run: RunId,
) -> Result<(Tally, Writer)> {
    let reader = Ledger::open(&args.place.ledger)?;
    let way = OnTheWay::default();
    let bytes = AtomicU64::new(0);
    let all: u64 = inputs.iter().map(|p| size(p)).sum();
    let progress = Progress::new(all);
    let (send, receive) = mpsc::sync_channel::<Found>(2 * BATCH);
    let (hand, take) = mpsc::sync_channel::<Batch>(2);
    std::thread::scope(|scope| -> Result<(Tally, Writer)> {
        let (way, bytes) = (&way, &bytes);
        let reading = scope.spawn(move || read(inputs, options, &reader, way, bytes, &send));
        // Coding goes on while the batch before is written.
        let coding = scope.spawn(move || {
            let mut batch = Waiting::default();
            for found in &receive {
                batch.push(found);
                if batch.is_full() && hand.send(batch.coded(pipeline, pool)).is_err() {
                    return;
                }
            }
            if !batch.is_empty() {
                // A closed channel means that writing has failed; that error is told below.
                let _ = hand.send(batch.coded(pipeline, pool));
            }
        });
        let mut store = Store {
            ledger,
            run,
            writer: Writer::new(),
            way,
            print_ids: args.print_ids,
            total: Tally::default(),
            input: Tally::default(),
            remarks: BTreeMap::new(),
            untold: BTreeMap::new(),
        };
        let mut failed = None;
        for batch in take {
            if let Err(error) = store.batch(batch, &progress) {
                failed = Some(error);
                break;
            }
            progress.at(bytes.load(Ordering::Relaxed), &store.so_far());
        }
        // Dropping the receiver above ends the other threads where writing has failed.
        let ended = coding.join().map_err(|_| anyhow!("the coding thread panicked"));
        let read = reading.join().map_err(|_| anyhow!("the reading thread panicked"))?;
        if let Some(error) = failed {
            return Err(error);
        }
        ended?;
        read?;
        progress.bar.finish_and_clear();
        for (code, n) in &store.untold {
            eprintln!("… and {n} more remarks of the kind {code}");
        }
        Ok((store.total, store.writer))
    })
}

/// Reads all inputs, passing over what the ledger has.
fn read(
    inputs: &[PathBuf],
    options: &Options,
    ledger: &Ledger,
    way: &OnTheWay,
    bytes: &AtomicU64,
    send: &mpsc::SyncSender<Found>,
) -> Result<()> {
    for input in inputs {
        let mut seen = Vec::new();
        let mut reports = 0_u64;
        let mut failed = None;
        forewarn_report::read_path_counting(input, options, bytes, &mut |found| {
            let found = match found {
                Err(remark) => Found::Remark(remark),
                Ok(mut report) => {
                    reports += 1;
                    let digest = digest_of(&report);
                    // A digest of digests, kept short as it grows.
                    seen.extend(digest.to_le_bytes());
                    if seen.len() >= 1 << 16 {
                        seen = forewarn_ledger::digest([seen.as_slice()]).into_bytes();
                    }
                    match known(ledger, way, &mut report, digest) {
                        Ok(true) => Found::Known,
                        Ok(false) => Found::Report(Box::new(report)),
                        Err(error) => {
                            failed.get_or_insert(error);
                            return;
                        }
                    }
                }
            };
            // A closed channel means that writing has failed; that error is told by the writer.
            let _ = send.send(found);
        });
        if let Some(error) = failed {
            return Err(error);
        }
        let end = Found::End(input.display().to_string(), forewarn_ledger::digest([seen.as_slice()]), reports);
        let _ = send.send(end);
    }
    Ok(())
}

/// Whether the ledger has a report, or it is on its way there. Another text under the same id gets an id of its own.
fn known(ledger: &Ledger, way: &OnTheWay, report: &mut Report, digest: i64) -> Result<bool> {
    let mut way = way.lock().map_err(|_| anyhow!("another thread panicked"))?;
    for _ in 0..2 {
        let there = match way.get(&report.report_id) {
            Some(digest) => Some(*digest),
            None => ledger.report_digest(&report.report_id)?,
        };
        match there {
            None => {
                way.insert(report.report_id.clone(), digest);
                return Ok(false);
            }
            Some(other) if other == digest => return Ok(true),
            Some(_) => report.report_id = forewarn_ledger::another_id(&report.report_id, digest),
        }
    }
    Ok(true)
}

/// Reports on their way to being coded, with all that was found between them.
#[derive(Default)]
struct Waiting {
    found: Vec<Found>,
    reports: usize,
    bytes: usize,
}

/// What was coded, in the order in which it was found.
enum Coded {
    Entry(Box<Entry>, bool),
    Known,
    Remark(Diagnostic),
    End(String, String, u64),
}

type Batch = Vec<Coded>;

impl Waiting {
    fn push(&mut self, found: Found) {
        if let Found::Report(report) = &found {
            self.reports += 1;
            self.bytes += report.text.len();
        }
        self.found.push(found);
    }

    fn is_full(&self) -> bool {
        self.reports >= BATCH || self.bytes >= BATCH_BYTES || self.found.len() >= 16 * BATCH
    }

    fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    fn coded(&mut self, pipeline: &Pipeline, pool: &rayon::ThreadPool) -> Batch {
        let found = std::mem::take(self).found;
        pool.install(|| {
            found
                .into_par_iter()
                .map(|found| match found {
                    Found::Report(report) => {
                        let english = Pipeline::is_coded(&report);
                        let (sentences, coding) = pipeline.code(&report);
                        Coded::Entry(Box::new(Entry::new(*report, &sentences, coding.claims)), english)
                    }
                    Found::Known => Coded::Known,
                    Found::Remark(remark) => Coded::Remark(remark),
                    Found::End(path, digest, reports) => Coded::End(path, digest, reports),
                })
                .collect()
        })
    }
}

/// What writes.
struct Store<'l> {
    ledger: &'l mut Ledger,
    run: RunId,
    writer: Writer,
    way: &'l OnTheWay,
    print_ids: bool,
    total: Tally,
    /// Of the input that is being read.
    input: Tally,
    /// How often each kind of remark was made.
    remarks: BTreeMap<&'static str, u64>,
    /// And not told.
    untold: BTreeMap<&'static str, u64>,
}

impl Store<'_> {
    /// All inputs together, the one that is being read among them.
    fn so_far(&self) -> Tally {
        let mut all = Tally::default();
        all.add(&self.total);
        all.add(&self.input);
        all
    }

    fn batch(&mut self, batch: Batch, progress: &Progress) -> Result<()> {
        let mut entries = Vec::new();
        let mut failures = Vec::new();
        let mut ends = Vec::new();
        for coded in batch {
            match coded {
                Coded::Entry(entry, english) => {
                    self.input.reports += 1;
                    self.input.foreign += u64::from(!english);
                    entries.push(*entry);
                }
                Coded::Known => {
                    self.input.reports += 1;
                    self.input.known += 1;
                }
                Coded::Remark(remark) => {
                    self.tell(&remark, progress);
                    if remark.severity == Severity::Error {
                        self.input.failed += 1;
                        failures.push(failure(&remark));
                    }
                }
                Coded::End(path, digest, reports) => {
                    // What came before the end belongs to this input.
                    self.write(&mut entries)?;
                    ends.push((path, digest, reports, std::mem::take(&mut self.input)));
                }
            }
        }
        self.write(&mut entries)?;
        self.ledger.failures(self.run, &failures)?;
        for (path, digest, reports, tally) in ends {
            self.ledger.input(self.run, &path, reports, tally.stored, tally.failed, Some(&digest))?;
            self.total.add(&tally);
        }
        Ok(())
    }

    /// Errors are told one by one; of lesser remarks the first few of each kind, the rest by number at the end.
    fn tell(&mut self, remark: &Diagnostic, progress: &Progress) {
        /// So many remarks of a kind are worth reading.
        const FEW: u64 = 5;
        let seen = self.remarks.entry(remark.code).or_default();
        *seen += 1;
        if remark.severity == Severity::Error || *seen <= FEW {
            progress.bar.suspend(|| eprintln!("{remark}"));
        }
        if remark.severity != Severity::Error && *seen > FEW {
            *self.untold.entry(remark.code).or_default() += 1;
        }
    }

    fn write(&mut self, entries: &mut Vec<Entry>) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let stored = self.writer.store(self.ledger, self.run, entries)?;
        let mut out = std::io::stdout().lock();
        let mut way = self.way.lock().map_err(|_| anyhow!("another thread panicked"))?;
        for (entry, stored) in entries.drain(..).zip(stored) {
            way.remove(&entry.report.report_id);
            match stored {
                Stored::New(id) => {
                    self.input.stored += 1;
                    self.input.claims += entry.claims() as u64;
                    if self.print_ids {
                        writeln!(out, "{id}")?;
                    }
                }
                Stored::Known => self.input.known += 1,
            }
        }
        out.flush()?;
        Ok(())
    }
}

fn failure(remark: &Diagnostic) -> Failure {
    Failure {
        path: remark.path.as_ref().map(|p| p.display().to_string()),
        line: remark.line,
        code: remark.code.to_owned(),
        message: match &remark.hint {
            Some(hint) => format!("{}; {hint}", remark.message),
            None => remark.message.clone(),
        },
    }
}

/// How far it is: a bar on a terminal, a line now and then elsewhere.
struct Progress {
    bar: ProgressBar,
    all: u64,
    start: Instant,
    told: Mutex<Instant>,
}

impl Progress {
    fn new(all: u64) -> Self {
        let template = if all > 0 {
            "{spinner} {msg} {wide_bar} {percent} % ({eta} left)"
        } else {
            "{spinner} {msg} in {elapsed}"
        };
        Self { bar: bar(all, template), all, start: Instant::now(), told: Mutex::new(Instant::now()) }
    }

    fn at(&self, bytes: u64, total: &Tally) {
        /// Between two lines where there is no terminal.
        const PAUSE: Duration = Duration::from_secs(10);
        let seconds = self.start.elapsed().as_secs_f64().max(0.001);
        let rate = total.reports as f64 / seconds;
        self.bar.set_position(bytes);
        self.bar.set_message(format!("{} reports, {} claims, {rate:.0} reports/s", total.reports, total.claims));
        let Ok(mut told) = self.told.lock() else { return };
        if self.bar.is_hidden() && told.elapsed() >= PAUSE {
            *told = Instant::now();
            let left = if bytes > 0 && self.all > bytes {
                format!(", about {} left", time(seconds * (self.all - bytes) as f64 / bytes as f64))
            } else {
                String::new()
            };
            eprintln!("{} reports, {} claims, {rate:.0} reports a second{left}", total.reports, total.claims);
        }
    }
}
