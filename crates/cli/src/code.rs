//! `forewarn code`: reports in, claims out.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::mpsc;

use anstream::eprintln;
use anyhow::{Context, Result, anyhow, bail};
use forewarn_codebook::actors::Actors;
use forewarn_coder::{Coding, petrarch as old};
use forewarn_language::{Engine, Model, Sentence};
use forewarn_report::{Diagnostic, Options, Report, Severity};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use crate::knowledge::Knowledge;
use crate::pipeline::Pipeline;
use crate::{CodeArgs, Outcome, Output, dictionaries, explain, marked, petrarch, table};

/// Reports that are coded at a time: enough for all cores, few enough to keep memory flat.
const BATCH: usize = 64;

#[derive(Default)]
struct Totals {
    reports: usize,
    sentences: usize,
    claims: usize,
    failed: usize,
    foreign: usize,
}

/// What was coded in a report.
enum Made {
    Claims(Coding),
    Events(old::Coding),
}

impl Made {
    fn len(&self) -> usize {
        match self {
            Self::Claims(c) => c.claims.len(),
            Self::Events(c) => c.events.len(),
        }
    }
}

/// A report with its sentences and what was coded in them.
type Coded = (Report, Vec<Sentence>, Made);

/// What codes: the codebook, or old dictionaries.
enum Way {
    Codebook(Pipeline),
    Dictionaries(Engine, old::Petrarch),
}

impl Way {
    fn new(args: &CodeArgs, knowledge: &Knowledge) -> Result<Self> {
        if args.dictionaries.dictionaries.is_empty() {
            let mut pipeline = crate::pipeline::load(knowledge)?;
            pipeline.coder.add_gazetteers(&args.gazetteer)?;
            return Ok(Self::Codebook(pipeline));
        }
        if args.explain || args.format == Output::Marked {
            bail!("--dictionaries codes without the codebook: --explain and --format marked do not go with it");
        }
        let model = std::thread::spawn(Model::embedded);
        let read = dictionaries::load(&args.dictionaries)?;
        let model = model.join().map_err(|_| anyhow!("the model's reader panicked"))??;
        let settings = old::Settings { require_dyad: !args.half_events };
        Ok(Self::Dictionaries(Engine::new(model), old::Petrarch::new(read, settings)))
    }

    fn code(&self, report: &Report) -> (Vec<Sentence>, Made) {
        match self {
            Self::Codebook(pipeline) => {
                let (sentences, coding) = pipeline.code(report);
                (sentences, Made::Claims(coding))
            }
            Self::Dictionaries(engine, coder) => {
                if !Pipeline::is_coded(report) {
                    return (Vec::new(), Made::Events(old::Coding::default()));
                }
                let blocks: Vec<_> = report.blocks.iter().map(|b| b.span).collect();
                let sentences = engine.analyse(&report.text, &blocks);
                let coding = coder.code(report, &sentences);
                (sentences, Made::Events(coding))
            }
        }
    }

    /// The actors of the codebook.
    fn actors(&self) -> Option<&Actors> {
        match self {
            Self::Codebook(pipeline) => Some(pipeline.coder.actors()),
            Self::Dictionaries(..) => None,
        }
    }

    /// What it makes, in a word.
    fn makes(&self) -> &'static str {
        match self {
            Self::Codebook(_) => "claim",
            Self::Dictionaries(..) => "event",
        }
    }
}

/// Runs the command.
pub fn run(args: &CodeArgs, knowledge: &Knowledge) -> Result<Outcome> {
    for input in &args.inputs {
        if input != Path::new("-") && !input.exists() {
            bail!("{}: no such file or folder", input.display());
        }
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads).build().context("threads")?;
    let way = Way::new(args, knowledge)?;
    let options = Options {
        published: args.published,
        publisher: args.publisher.clone(),
        language: args.language.clone(),
        ..Options::default()
    };
    let mut out = Sheet::new(args)?;
    let mut totals = Totals::default();
    let bar = progress();
    let (send, receive) = mpsc::sync_channel::<Result<Report, Diagnostic>>(2 * BATCH);
    let inputs = args.inputs.clone();
    std::thread::scope(|scope| -> Result<()> {
        // Dropped when printing fails, so that the reader is not left waiting for room in the channel.
        let receive = receive;
        scope.spawn(move || {
            for input in &inputs {
                forewarn_report::read_path(input, &options, &mut |found| {
                    // A closed channel means that printing has failed; that error is told below.
                    let _ = send.send(found);
                });
            }
        });
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            let next = receive.recv();
            let last = next.is_err();
            if let Ok(found) = next {
                batch.push(found);
            }
            if batch.len() == BATCH || (last && !batch.is_empty()) {
                pass(&way, &pool, &mut batch, &mut out, &mut totals, &bar)?;
            }
            if last {
                return Ok(());
            }
        }
    })?;
    out.finish()?;
    bar.finish_and_clear();
    let Totals { reports, sentences, claims, failed, foreign } = totals;
    let (claim, sentence) = (many(claims, way.makes()), many(sentences, "sentence"));
    let mut summary = vec![format!("{claim} in {sentence} of {}", many(reports, "report"))];
    if foreign > 0 {
        summary.push(format!("{} not in English, kept uncoded", many(foreign, "report")));
    }
    if failed > 0 {
        summary.push(format!("{failed} failed"));
    }
    eprintln!("{}", summary.join("; "));
    Ok(match (failed, reports, claims) {
        (0, _, 0) => Outcome::Nothing,
        (0, ..) => Outcome::Done,
        (_, 0, _) => bail!("no report could be read"),
        _ => Outcome::SomeFailed,
    })
}

/// `1 report`, `2 reports`.
fn many(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn pass(
    way: &Way,
    pool: &rayon::ThreadPool,
    batch: &mut Vec<Result<Report, Diagnostic>>,
    out: &mut Sheet,
    totals: &mut Totals,
    bar: &ProgressBar,
) -> Result<()> {
    let coded: Vec<Result<Coded, Diagnostic>> = pool.install(|| {
        batch
            .par_drain(..)
            .map(|found| {
                found.map(|report| {
                    let (sentences, made) = way.code(&report);
                    (report, sentences, made)
                })
            })
            .collect()
    });
    for one in coded {
        match one {
            Ok((report, sentences, made)) => {
                totals.reports += 1;
                totals.sentences += sentences.len();
                totals.claims += made.len();
                if !Pipeline::is_coded(&report) {
                    totals.foreign += 1;
                }
                match &made {
                    Made::Claims(coding) => out.report(&report, &sentences, coding, way.actors())?,
                    Made::Events(coding) => out.events(&report, coding)?,
                }
            }
            Err(diagnostic) => {
                if diagnostic.severity == Severity::Error {
                    totals.failed += 1;
                }
                bar.suspend(|| eprintln!("{diagnostic}"));
            }
        }
    }
    bar.set_position(totals.sentences as u64);
    bar.set_message(format!("{} reports, {}", totals.reports, many(totals.claims, way.makes())));
    Ok(())
}

fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} sentences ({per_sec}) in {elapsed}: {msg}") {
        bar.set_style(style);
    }
    bar
}

/// Where claims are printed.
struct Sheet {
    format: Output,
    explain: bool,
    csv: Option<csv::Writer<std::io::Stdout>>,
    out: anstream::AutoStream<std::io::Stdout>,
}

impl Sheet {
    fn new(args: &CodeArgs) -> Result<Self> {
        let mut csv = None;
        if args.format == Output::Csv && !args.explain {
            let mut writer = csv::Writer::from_writer(std::io::stdout());
            if args.dictionaries.dictionaries.is_empty() {
                writer.write_record(table::CSV_COLUMNS)?;
            } else {
                writer.write_record(petrarch::CSV_COLUMNS)?;
            }
            csv = Some(writer);
        }
        Ok(Self { format: args.format, explain: args.explain, csv, out: anstream::AutoStream::auto(std::io::stdout()) })
    }

    fn report(
        &mut self,
        report: &Report,
        sentences: &[Sentence],
        coding: &Coding,
        actors: Option<&Actors>,
    ) -> Result<()> {
        if self.explain {
            explain::print(&mut self.out, report, sentences, coding)?;
            return Ok(());
        }
        match self.format {
            Output::Table => table::print(&mut self.out, report, coding)?,
            Output::Marked => marked::print(&mut self.out, report, sentences, coding)?,
            Output::Petrarch => {
                let actors = actors.expect("claims are made with the codebook's actors");
                petrarch::claim_lines(&mut self.out, actors, report, &coding.claims)?;
            }
            Output::Jsonl => {
                for claim in &coding.claims {
                    serde_json::to_writer(&mut self.out, claim)?;
                    self.out.write_all(b"\n")?;
                }
            }
            Output::Csv => {
                if let Some(csv) = &mut self.csv {
                    for claim in &coding.claims {
                        csv.write_record(table::csv_row(report, claim))?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Prints the events that old dictionaries gave.
    fn events(&mut self, report: &Report, coding: &old::Coding) -> Result<()> {
        match self.format {
            Output::Petrarch => petrarch::lines(&mut self.out, report, coding)?,
            Output::Table | Output::Marked => petrarch::table(&mut self.out, report, coding)?,
            Output::Jsonl => {
                for event in &coding.events {
                    petrarch::json_line(&mut self.out, event)?;
                }
            }
            Output::Csv => {
                if let Some(csv) = &mut self.csv {
                    for event in &coding.events {
                        csv.write_record(petrarch::csv_row(report, event))?;
                    }
                }
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        if let Some(csv) = &mut self.csv {
            csv.flush()?;
        }
        self.out.flush()?;
        Ok(())
    }
}
