//! `forewarn import` and `forewarn export`: the field's formats in and out.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anstream::eprintln;
use anyhow::{Context, Result, anyhow, bail};
use forewarn_codebook::fault::nearest;
use forewarn_exchange::dataset::Dataset;
use forewarn_exchange::event::ForeignEvent;
use forewarn_exchange::read::{self, Options};
use forewarn_exchange::write::{Format, Notice, Rows, Settings, writer};
use forewarn_ledger::{Failure, Ledger, Taken, Writer};

use super::{Place, ingest, means, now, tell_waiting, today};
use crate::Outcome;
use crate::knowledge::Knowledge;

/// What `forewarn import` takes.
#[derive(clap::Args)]
pub struct ImportArgs {
    /// Files of other event sets: ICEWS, GDELT, POLECAT, Phoenix, PETRARCH, ACLED, UCDP, PLOVER, or a table of dyads.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
    /// What they are; otherwise name and first bytes decide.
    #[arg(long = "as", value_name = "SET")]
    dataset: Option<String>,
    /// Show at most so many of the rows that could not be read; all are kept in the ledger.
    #[arg(long, default_value_t = 20, value_name = "N")]
    show_faults: u64,
}

/// What `forewarn export` takes.
#[derive(clap::Args)]
pub struct ExportArgs {
    /// A filter, such as type:ASSAULT since:2023 (docs/filter.md).
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    #[command(flatten)]
    place: Place,
    /// csv, jsonl, parquet, geojson, plover, phoenix, petrarch, ucdp-like or acled-like; otherwise the file's name decides.
    #[arg(long, short, value_name = "FORMAT")]
    format: Option<String>,
    /// Where to; - is standard output. Formats without room for licence and citation get FILE.notice.json beside them.
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    output: PathBuf,
    /// Incidents instead of claims.
    #[arg(long)]
    incidents: bool,
    /// Give a point even to what is known to a country or region only (GeoJSON).
    #[arg(long)]
    coarse_points: bool,
}

/// Events written in one transaction.
const BATCH: usize = 10_000;

/// Rows that could not be read and are kept, of one file.
const FAULTS_KEPT: usize = 100_000;

/// `forewarn import`.
pub fn import(args: &ImportArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let dataset = match &args.dataset {
        None => None,
        Some(name) => Some(Dataset::parse(&name.to_lowercase()).ok_or_else(|| {
            let known: Vec<&str> = Dataset::ALL.iter().map(|d| d.as_str()).collect();
            let hint = nearest(name, known.iter().copied()).map(|n| format!("; did you mean {n}?")).unwrap_or_default();
            anyhow!("there is no set `{name}`{hint} (known: {})", known.join(", "))
        })?),
    };
    let inputs = ingest::expand(&args.inputs)?;
    let names = super::names(knowledge)?;
    let mut ledger = Ledger::create(&args.place.ledger)?;
    let settings = serde_json::json!({
        "inputs": inputs.iter().map(|p| p.display().to_string()).collect::<Vec<_>>(), "as": dataset.map(Dataset::as_str),
    });
    let run = ledger.begin("import", &means(knowledge, &[])?, &settings.to_string(), &now())?;
    let mut writer = Writer::new();
    let (mut failed, mut any) = (0, false);
    for input in &inputs {
        let start = Instant::now();
        let shown = input.display().to_string();
        let bytes = AtomicU64::new(0);
        let bar =
            ingest::bar(ingest::size(input), "{spinner} {bytes} of {total_bytes} {wide_bar} {percent} % ({eta} left)");
        let mut taken = Taken::default();
        let mut batch: Vec<ForeignEvent> = Vec::with_capacity(BATCH);
        let mut faults: Vec<Failure> = Vec::new();
        let mut faulty = 0;
        let mut refused = None;
        let options = Options::new(&shown, &names.codebook.cameo, &names.actors);
        let mut stream = open(input, &bytes)?;
        let summary = read::read(&mut *stream, dataset, &options, &mut |row| match row {
            _ if refused.is_some() => {}
            Ok(event) => {
                batch.push(event);
                if batch.len() == BATCH {
                    bar.set_position(bytes.load(Ordering::Relaxed));
                    match writer.import(&mut ledger, run, &shown, &batch) {
                        Ok(t) => add(&mut taken, t),
                        Err(error) => refused = Some(error),
                    }
                    batch.clear();
                }
            }
            Err(fault) => {
                faulty += 1;
                if faulty <= args.show_faults {
                    bar.suspend(|| eprintln!("{fault}"));
                }
                if faults.len() < FAULTS_KEPT {
                    faults.push(Failure {
                        path: Some(shown.clone()),
                        line: Some(fault.line),
                        code: "row-unreadable".to_owned(),
                        message: fault.to_string(),
                    });
                }
            }
        });
        if let Some(error) = refused {
            return Err(error.into());
        }
        add(&mut taken, writer.import(&mut ledger, run, &shown, &batch)?);
        bar.finish_and_clear();
        ledger.failures(run, &faults)?;
        let summary = summary?;
        ledger.input(run, &shown, summary.rows, taken.new, summary.faults, None)?;
        if faulty > args.show_faults {
            eprintln!("… and {} more rows that could not be read", faulty - args.show_faults);
        }
        let seconds = start.elapsed().as_secs_f64().max(0.001);
        eprintln!(
            "{shown}: {} rows of {} in {} ({:.0} a second): {} new, {} known already, {} skipped, {} without a PLOVER type",
            summary.rows,
            summary.dataset.as_str(),
            ingest::time(seconds),
            summary.rows as f64 / seconds,
            taken.new,
            taken.known,
            summary.faults,
            summary.untyped
        );
        eprintln!("  {}  {}", summary.dataset.licence(), summary.dataset.citation());
        failed += summary.faults;
        any |= summary.events > 0;
    }
    ledger.end(run, &now())?;
    Ok(match (failed, any) {
        (_, false) => Outcome::Nothing,
        (0, true) => Outcome::Done,
        _ => Outcome::SomeFailed,
    })
}

fn add(all: &mut Taken, one: Taken) {
    all.new += one.new;
    all.known += one.known;
}

/// Counts what is read of a file, so that a bar can tell how far it is.
struct Counted<'a, R>(R, &'a AtomicU64);

impl<R: std::io::Read> std::io::Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let n = self.0.read(into)?;
        self.1.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Opens a file, or standard input for `-`; one that is compressed with gzip is unpacked on the way.
fn open<'a>(path: &Path, bytes: &'a AtomicU64) -> Result<Box<dyn std::io::BufRead + 'a>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::with_capacity(1 << 18, std::io::stdin())));
    }
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let counted = Counted(file, bytes);
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz")) {
        return Ok(Box::new(BufReader::with_capacity(1 << 18, flate2::read::MultiGzDecoder::new(counted))));
    }
    Ok(Box::new(BufReader::with_capacity(1 << 18, counted)))
}

/// `forewarn export`.
pub fn export(args: &ExportArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let to_stdout = args.output == Path::new("-");
    let format = match &args.format {
        Some(name) => Format::parse(name).ok_or_else(|| {
            let known: Vec<&str> = Format::ALL.iter().map(|f| f.name()).collect();
            let hint = Format::suggest(name).map(|n| format!("; did you mean {n}?")).unwrap_or_default();
            anyhow!("there is no format `{name}`{hint} (known: {})", known.join(", "))
        })?,
        None => match args.output.to_str().and_then(Format::of_file) {
            Some(format) => format,
            None if to_stdout => Format::JsonLines,
            None => bail!("{}: its name does not tell the format: --format", args.output.display()),
        },
    };
    let names = super::names(knowledge)?;
    let filter = super::filter(&names, &args.filter)?;
    let ledger = Ledger::open(&args.place.ledger)?;
    if args.incidents {
        tell_waiting(&ledger)?;
    }
    let runs = ledger.runs()?;
    let last = runs.iter().rev().find(|r| r.kind != "import");
    let notice = Notice {
        program: format!("forewarn {}", env!("CARGO_PKG_VERSION")),
        codebook_version: last.map(|r| r.means.codebook.clone()),
        model: last.map(|r| r.means.model.clone()),
        filter: filter.to_string(),
        as_of: filter
            .terms
            .iter()
            .filter(|t| t.field == forewarn_filter::Field::AsOf)
            .find_map(|t| t.allowed_days().first().and_then(|d| d.1)),
        run: last.map(|r| r.run.0.to_string()),
        made: Some(today()),
        citation: format!(
            "Forewarn {}, machine-coded claims and incidents; filter: {filter}",
            env!("CARGO_PKG_VERSION")
        ),
        ..Notice::default()
    };
    let out: Box<dyn Write + Send> = if to_stdout {
        Box::new(std::io::stdout())
    } else {
        Box::new(std::io::BufWriter::new(
            File::create(&args.output).with_context(|| args.output.display().to_string())?,
        ))
    };
    let settings = Settings { coarse_points: args.coarse_points, ..Settings::new(&names.actors) };
    let rows = if args.incidents { Rows::Incidents } else { Rows::Events };
    let mut export = writer(format, rows, out, settings, notice)?;
    let count = if args.incidents {
        ledger.each_incident::<anyhow::Error>(&filter, |row| Ok(export.incident(&row)?))?
    } else {
        ledger.each_event::<anyhow::Error>(&filter, |row| Ok(export.event(&row)?))?
    };
    let notice = export.finish()?;
    eprintln!("{} of {count} {} written as {}", notice.rows, rows.name(), format.name());
    for (why, n) in &notice.left_out {
        eprintln!("  {n} left out: {why}");
    }
    if format.wants_sidecar() {
        if to_stdout {
            eprintln!("note: licence, filter and citation go beside a file (--output), not to standard output");
        } else {
            let mut name = args.output.clone().into_os_string();
            name.push(".notice.json");
            std::fs::write(&name, notice.to_json()).with_context(|| name.display().to_string())?;
        }
    }
    Ok(if notice.rows == 0 { Outcome::Nothing } else { Outcome::Done })
}
