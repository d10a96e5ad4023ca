//! `forewarn recode`: stored reports read again with the present model and codebook.

use std::io::Write;
use std::path::PathBuf;

use anstream::eprintln;
use anyhow::{Context, Result};
use forewarn_ledger::{Brief, Difference, Entry, Ledger, Writer};
use rayon::prelude::*;

use super::{Form, Place, ingest, means, now};
use crate::Outcome;
use crate::knowledge::Knowledge;

/// What `forewarn recode` takes.
#[derive(clap::Args)]
pub struct RecodeArgs {
    #[command(flatten)]
    place: Place,
    /// Only show what would change.
    #[arg(long)]
    dry_run: bool,
    /// A compiled gazetteer to find places in as well.
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Threads to code with; 0 means one a core.
    #[arg(long, default_value_t = 0, value_name = "N")]
    threads: usize,
    /// How to print what changes; csv is not among it.
    #[arg(long, short, value_enum, default_value_t = Form::Table)]
    format: Form,
}

/// Reports at a time.
const BATCH: usize = 256;

/// Runs the command.
pub fn run(args: &RecodeArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads).build().context("threads")?;
    let mut pipeline = crate::pipeline::load(knowledge)?;
    pipeline.coder.add_gazetteers(&args.gazetteer)?;
    let mut ledger = if args.dry_run { Ledger::open(&args.place.ledger)? } else { open_for_writing(&args.place)? };
    let run = if args.dry_run {
        None
    } else {
        Some(ledger.begin("recode", &means(knowledge, &args.gazetteer)?, "{}", &now())?)
    };
    let mut writer = Writer::new();
    let mut out = anstream::stdout();
    let mut after = 0;
    let (mut reports, mut touched, mut same) = (0_usize, 0_usize, 0_usize);
    let (mut gone, mut new, mut changed) = (0_usize, 0_usize, 0_usize);
    loop {
        let batch = ledger.stored_reports(after, BATCH)?;
        let Some(last) = batch.last() else { break };
        after = last.row;
        reports += batch.len();
        let coded: Vec<(i64, Entry)> = pool.install(|| {
            batch
                .into_par_iter()
                .map(|stored| {
                    let (sentences, coding) = pipeline.code(&stored.report);
                    (stored.row, Entry::new(stored.report, &sentences, coding.claims))
                })
                .collect()
        });
        let differences = match run {
            Some(run) => ledger.replace(&mut writer, run, &coded)?,
            None => coded.iter().map(|(row, entry)| ledger.difference(*row, entry)).collect::<Result<_, _>>()?,
        };
        for difference in &differences {
            same += difference.same;
            gone += difference.gone.len();
            new += difference.new.len();
            changed += difference.changed.len();
            if !difference.is_none() {
                touched += 1;
                print(&mut out, difference, args.format)?;
            }
        }
    }
    let would = if args.dry_run { "would change" } else { "changed" };
    eprintln!(
        "{reports} reports read again: {touched} {would} ({gone} claims gone, {new} new, {changed} different, {same} the same)"
    );
    if let Some(run) = run {
        ingest::merge(&mut ledger, &mut writer)?;
        ledger.end(run, &now())?;
        eprintln!("run {}; the claims it replaced are kept, marked with it", run.0);
    }
    Ok(if reports == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn open_for_writing(place: &Place) -> Result<Ledger> {
    if !place.ledger.is_file() {
        return Err(forewarn_ledger::Error::Missing { path: place.ledger.clone() }.into());
    }
    Ok(Ledger::create(&place.ledger)?)
}

fn print(out: &mut dyn Write, difference: &Difference, form: Form) -> Result<()> {
    if form != Form::Table {
        serde_json::to_writer(&mut *out, difference)?;
        writeln!(out)?;
        return Ok(());
    }
    writeln!(out, "{}", difference.report_id)?;
    let brief =
        |b: &Brief| format!("{} {} \"{}\" ({}) {}", b.event_type, b.factuality, b.predicate, b.rule, b.claim_id);
    for b in &difference.gone {
        writeln!(out, "  - {}", brief(b))?;
    }
    for b in &difference.new {
        writeln!(out, "  + {}", brief(b))?;
    }
    for (was, is) in &difference.changed {
        writeln!(out, "  ~ {}", brief(was))?;
        if was != is {
            writeln!(out, "    {}", brief(is))?;
        }
    }
    Ok(())
}
