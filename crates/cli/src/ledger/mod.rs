//! The commands that work on a ledger.

mod amend;
mod carry;
mod ingest;
mod listing;
mod recode;
mod shown;

use std::path::PathBuf;

use anyhow::{Result, bail};
use forewarn_answer::Names;
use forewarn_filter::{Filter, render};
use forewarn_ledger::{Ledger, Means, Step, Unit};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::Outcome;
use crate::knowledge::Knowledge;

pub use carry::{ExportArgs, ImportArgs};
pub use ingest::IngestArgs;
pub use recode::RecodeArgs;

/// Which ledger.
#[derive(clap::Args, Clone)]
pub struct Place {
    /// The ledger's file.
    #[arg(long, value_name = "FILE", default_value = "forewarn.sqlite")]
    pub ledger: PathBuf,
}

/// What `forewarn events` takes.
#[derive(clap::Args)]
pub struct EventsArgs {
    /// A filter, such as type:ASSAULT dyad:SRB>XKX since:2023-09 (docs/filter.md).
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    view: View,
}

/// How a list is shown.
#[derive(clap::Args)]
pub struct View {
    /// At most so many rows.
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// Go on where the page before ended: the token it gave.
    #[arg(long, value_name = "TOKEN")]
    after: Option<String>,
    /// In which order.
    #[arg(long, value_enum, default_value_t = Sort::Latest)]
    sort: Sort,
    /// How to print it.
    #[arg(long, short, value_enum, default_value_t = Form::Table)]
    format: Form,
    /// Print only how many there are.
    #[arg(long)]
    count: bool,
}

/// How rows are ordered.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Sort {
    /// The latest day first.
    Latest,
    /// The earliest day first.
    Earliest,
    /// Incidents told by most independent origins first.
    MostTold,
}

/// How rows are printed.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// Lines for people.
    Table,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a header.
    Csv,
}

/// What `forewarn incidents` takes.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct IncidentsArgs {
    #[command(subcommand)]
    command: Option<amend::Amend>,
    #[command(flatten)]
    list: EventsArgs,
}

/// What `forewarn series` takes.
#[derive(clap::Args)]
pub struct SeriesArgs {
    /// A filter, such as dyad:SRB<>XKX since:2023.
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    #[command(flatten)]
    place: Place,
    /// As it was told at the end of this day (YYYY-MM-DD), without anything that was published later: the same as asof:DATE in
    /// the filter.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Of what.
    #[arg(long, value_enum, default_value_t = UnitWord::Dyad)]
    by: UnitWord,
    /// How time is cut.
    #[arg(long, value_enum, default_value_t = StepWord::Month)]
    step: StepWord,
    /// Also how many incidents of each type and which they are, and how many reports of any kind were published in the time.
    #[arg(long)]
    open: bool,
    /// How to print it.
    #[arg(long, short, value_enum, default_value_t = Form::Table)]
    format: Form,
}

/// What a series is of.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum UnitWord {
    /// Ordered pairs of actor and recipient.
    Dyad,
    /// Pairs, whoever acts.
    Pair,
    /// Where it happened.
    Country,
}

/// How time is cut.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum StepWord {
    /// Days.
    Day,
    /// Weeks from Monday.
    Week,
    /// Months.
    Month,
}

impl From<UnitWord> for Unit {
    fn from(word: UnitWord) -> Self {
        match word {
            UnitWord::Dyad => Self::Dyad,
            UnitWord::Pair => Self::Pair,
            UnitWord::Country => Self::Country,
        }
    }
}

impl From<StepWord> for Step {
    fn from(word: StepWord) -> Self {
        match word {
            StepWord::Day => Self::Day,
            StepWord::Week => Self::Week,
            StepWord::Month => Self::Month,
        }
    }
}

/// What `forewarn show` takes.
#[derive(clap::Args)]
pub struct ShowArgs {
    /// The id of an incident, claim or report, the beginning of one, or run:N.
    id: String,
    #[command(flatten)]
    place: Place,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// What `forewarn sql` takes.
#[derive(clap::Args)]
pub struct SqlArgs {
    /// One statement that reads; - reads it from standard input.
    query: String,
    #[command(flatten)]
    place: Place,
    /// At most so many rows.
    #[arg(long, default_value_t = 1000, value_name = "N")]
    limit: usize,
    /// How to print it.
    #[arg(long, short, value_enum, default_value_t = Form::Table)]
    format: Form,
}

/// What `forewarn merge` takes.
#[derive(clap::Args)]
pub struct MergeArgs {
    #[command(flatten)]
    place: Place,
}

/// `forewarn ingest`.
pub fn ingest(args: &IngestArgs, knowledge: &Knowledge) -> Result<Outcome> {
    ingest::run(args, knowledge).map_err(no_room)
}

/// `forewarn recode`.
pub fn recode(args: &RecodeArgs, knowledge: &Knowledge) -> Result<Outcome> {
    recode::run(args, knowledge).map_err(no_room)
}

/// `forewarn events`.
pub fn events(args: &EventsArgs, knowledge: &Knowledge) -> Result<Outcome> {
    listing::events(args, knowledge)
}

/// `forewarn incidents`.
pub fn incidents(args: &IncidentsArgs, knowledge: &Knowledge) -> Result<Outcome> {
    match &args.command {
        Some(command) => amend::run(command),
        None => listing::incidents(&args.list, knowledge),
    }
}

/// `forewarn series`.
pub fn series(args: &SeriesArgs, knowledge: &Knowledge) -> Result<Outcome> {
    listing::series(args, knowledge)
}

/// `forewarn show`.
pub fn show(args: &ShowArgs) -> Result<Outcome> {
    shown::run(args)
}

/// `forewarn sql`.
pub fn sql(args: &SqlArgs) -> Result<Outcome> {
    listing::sql(args)
}

/// `forewarn merge`.
pub fn merge(args: &MergeArgs) -> Result<Outcome> {
    if !args.place.ledger.is_file() {
        return Err(forewarn_ledger::Error::Missing { path: args.place.ledger.clone() }.into());
    }
    let mut ledger = Ledger::create(&args.place.ledger)?;
    ingest::merge(&mut ledger, &mut forewarn_ledger::Writer::new()).map_err(no_room)?;
    Ok(Outcome::Done)
}

/// `forewarn import`.
pub fn import(args: &ImportArgs, knowledge: &Knowledge) -> Result<Outcome> {
    carry::import(args, knowledge).map_err(no_room)
}

/// `forewarn export`.
pub fn export(args: &ExportArgs, knowledge: &Knowledge) -> Result<Outcome> {
    carry::export(args, knowledge)
}

/// Says of a full disk what it means for the ledger.
fn no_room(error: anyhow::Error) -> anyhow::Error {
    if error.downcast_ref::<forewarn_ledger::Error>().is_some_and(forewarn_ledger::Error::is_full) {
        return error.context(
            "the disk is full or a quota is spent: what was stored is safe, and running this again does the rest",
        );
    }
    error
}

/// Today, and now in UTC to the second: the command line may look at the clock.
pub(crate) fn today() -> Date {
    jiff::Zoned::now().date()
}

pub(crate) fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Codes and names out of the knowledge.
pub(crate) fn names(knowledge: &Knowledge) -> Result<Names> {
    let read = knowledge.read()?;
    Ok(Names::from_files(&read.files())?)
}

/// Reads a filter given as words of a command line.
pub(crate) fn filter(names: &Names, words: &[String]) -> Result<Filter> {
    let text = words.join(" ");
    match names.filter(&text, Some(today())) {
        Ok(filter) => Ok(filter),
        Err(faults) => bail!("the filter cannot be read:\n{}", render(&text, &faults)),
    }
}

/// What a run works with: versions and digests.
pub(crate) fn means(knowledge: &Knowledge, gazetteers: &[PathBuf]) -> Result<Means> {
    let read = knowledge.read()?;
    let files = read.files();
    let words = files.iter().flat_map(|f| [f.path.as_bytes(), f.text.as_bytes()]);
    let mut worlds = vec![forewarn_gazetteer::Gazetteer::embedded_bytes().to_vec()];
    for path in gazetteers {
        worlds.push(std::fs::read(path).map_err(|e| anyhow::anyhow!("{}: {e}", path.display()))?);
    }
    Ok(Means {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        model: forewarn_ledger::digest([forewarn_language::Model::embedded_bytes()]),
        codebook: forewarn_ledger::digest(words),
        gazetteer: forewarn_ledger::digest(worlds.iter().map(Vec::as_slice)),
    })
}

/// Tells on standard error that claims wait to be merged, where they do.
pub(crate) fn tell_waiting(ledger: &Ledger) -> Result<()> {
    let waiting = ledger.waiting()?;
    if waiting > 0 {
        anstream::eprintln!("note: {waiting} claims are not merged into incidents yet: run forewarn merge");
    }
    Ok(())
}
