//! `forewarn`: from news reports to claims that can be checked.
//!
//! Standard output carries data, standard error words. Exit codes: 0 ok, 1 nothing found, 2 misuse or
//! input/output, 3 some reports failed (each is named on standard error).

mod actors;
mod alerts;
mod check;
mod code;
mod codebook;
mod dictionaries;
mod eval;
mod explain;
mod knowledge;
mod ledger;
mod marked;
mod outlook;
mod petrarch;
mod pipeline;
mod places;
mod serve;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use anstream::eprintln;
use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Reads news reports and codes who did what to whom, where, when, and on whose word.
#[derive(Parser)]
#[command(name = "forewarn", version, about, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    knowledge: knowledge::Knowledge,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Code reports: files, folders, JSON Lines, or - for standard input.
    Code(CodeArgs),
    /// Show the codebook, or one type's page.
    Codebook {
        /// An event type, such as ASSAULT.
        event_type: Option<String>,
        /// List the patterns of the type instead of its page.
        #[arg(long)]
        patterns: bool,
    },
    /// Read reports into a ledger: coded, stored and merged into incidents.
    Ingest(ledger::IngestArgs),
    /// List claims out of a ledger.
    Events(ledger::EventsArgs),
    /// List incidents out of a ledger, or put right what was merged.
    Incidents(ledger::IncidentsArgs),
    /// Count happenings per dyad or country and day, week or month.
    Series(ledger::SeriesArgs),
    /// Show what stands behind an id: incident, claim, sentence bytes, report, run.
    Show(ledger::ShowArgs),
    /// Read the ledger by SQL.
    Sql(ledger::SqlArgs),
    /// Merge claims that wait into incidents (ingest does it by itself).
    Merge(ledger::MergeArgs),
    /// Read stored reports again with the present model and codebook.
    Recode(ledger::RecodeArgs),
    /// Read event sets of others into a ledger.
    Import(ledger::ImportArgs),
    /// Write claims or incidents in the field's formats.
    Export(ledger::ExportArgs),
    /// Is a war looming: the probability of force between two parties, with its evidence.
    Ask(outlook::AskArgs),
    /// List the pairs to look at: highest, newly risen, fastest rising.
    Watchlist(outlook::WatchArgs),
    /// Draw futures of two parties, with and without happenings that are made up.
    Scenario(outlook::ScenarioArgs),
    /// Hold forecasts of past days to what came.
    Backtest(outlook::BacktestArgs),
    /// Serve the desk: pages and an API over a ledger, on this machine.
    Serve(serve::ServeArgs),
    /// Alerts: named filters with a threshold, checked and told when you say so.
    Alerts {
        #[command(subcommand)]
        command: alerts::Alerts,
    },
    /// Learn models of escalation from a ledger.
    Fit(outlook::FitArgs),
    /// Check the codebook and the dictionaries, those built in or a folder's.
    Check {
        /// A folder that holds `dictionaries/` and `codebook/`, or an overlay on the built-in ones.
        folder: Option<PathBuf>,
        #[command(flatten)]
        dictionaries: DictionaryArgs,
    },
    /// Explain what a name or phrase resolves to, and why.
    Actors(ActorsArgs),
    /// Score the coder against a gold set.
    Eval(EvalArgs),
    /// Places: what a name may mean, dumps compiled for use, what is built in.
    Gazetteer {
        #[command(subcommand)]
        command: places::PlacesCommand,
    },
    /// Print the schema of the records: every field with its type, unit and meaning.
    Schema,
}

/// What `forewarn actors` takes.
#[derive(clap::Args)]
struct ActorsArgs {
    /// A name, code or phrase: Medvedev, KSV, the Kremlin, a former Malian foreign minister.
    #[arg(required = true)]
    name: Vec<String>,
    /// The day to read it on (YYYY-MM-DD); otherwise today's offices.
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// How to print it.
    #[arg(long, short, value_enum, default_value_t = Listing::Table)]
    format: Listing,
}

/// How an explanation is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Listing {
    /// Lines for people.
    Table,
    /// One JSON object.
    Json,
}

/// Which TABARI or PETRARCH dictionaries.
#[derive(clap::Args)]
struct DictionaryArgs {
    /// TABARI or PETRARCH dictionaries: a folder or a file; may be given several times.
    #[arg(long, value_name = "PATH")]
    dictionaries: Vec<PathBuf>,
    /// Of these folders read only the files whose names begin with this, such as `Phoenix.`.
    #[arg(long, value_name = "NAME", requires = "dictionaries")]
    dictionary_set: Option<String>,
    /// The edition of the verb files to read; otherwise 2.0 where there are any.
    #[arg(long, value_enum, value_name = "EDITION", requires = "dictionaries")]
    verbs: Option<VerbEdition>,
}

/// The edition of verb files.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum VerbEdition {
    /// Linear patterns, of TABARI and PETRARCH-1.
    #[value(name = "1", alias = "1.0")]
    One,
    /// Patterns of phrases, of PETRARCH2.
    #[value(name = "2", alias = "2.0")]
    Two,
}

/// What `forewarn code` takes.
#[derive(clap::Args)]
struct CodeArgs {
    /// Files, folders, or - for standard input.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// How to print claims.
    #[arg(long, short, value_enum, default_value_t = Output::Table)]
    format: Output,
    /// The day of publication of reports that give none (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    /// The publisher of reports that name none.
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// The language of every report (ISO 639-1); otherwise it is detected.
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// For every sentence show the tree, what matched, and where nothing did, why.
    #[arg(long)]
    explain: bool,
    /// Code by these dictionaries, as the old programs did, instead of the codebook.
    #[command(flatten)]
    dictionaries: DictionaryArgs,
    /// With --dictionaries: keep events that lack a source or a target.
    #[arg(long, requires = "dictionaries")]
    half_events: bool,
    /// A compiled gazetteer to find places in as well (see forewarn gazetteer import).
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Threads to work with; 0 means one a core.
    #[arg(long, default_value_t = 0, value_name = "N")]
    threads: usize,
}

/// What `forewarn eval` takes.
#[derive(clap::Args)]
struct EvalArgs {
    /// Which set; `all` runs every one that is there.
    #[arg(value_name = "SET")]
    set: String,
    /// The folder with the gold sets.
    #[arg(long, default_value = "../shared/gold", value_name = "DIR")]
    gold: PathBuf,
    /// The folder with the treebanks.
    #[arg(long, default_value = "../shared/nlp", value_name = "DIR")]
    treebanks: PathBuf,
    /// The folder with the dictionaries of `petrarch_unit`.
    #[arg(long, default_value = "../shared/reference/petrarch_dictionaries", value_name = "DIR")]
    dictionaries: PathBuf,
    /// Resamples for a 95 % interval of the headline figure.
    #[arg(long, default_value_t = 0, value_name = "N")]
    boot: u32,
    /// Append the result to this ledger (JSON Lines).
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// A word on what was measured, kept in the ledger.
    #[arg(long, default_value = "", value_name = "TEXT")]
    note: String,
    /// Write the predictions as JSON Lines, in the form that the plain scorers read.
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Print each record that was coded otherwise than the gold says.
    #[arg(long)]
    errors: bool,
}

/// How claims are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// A block of lines a claim, for people.
    Table,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a header.
    Csv,
    /// The report's text with the coded words marked.
    Marked,
    /// The event lines of PETRARCH: tab-separated, without a header.
    Petrarch,
}

/// How a command ended.
enum Outcome {
    /// All went well.
    Done,
    /// Nothing was found.
    Nothing,
    /// Some reports failed; they were named.
    SomeFailed,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Code(args) => code::run(&args, &cli.knowledge),
        Command::Codebook { event_type, patterns } => codebook::run(event_type.as_deref(), patterns),
        Command::Ingest(args) => ledger::ingest(&args, &cli.knowledge),
        Command::Events(args) => ledger::events(&args, &cli.knowledge),
        Command::Incidents(args) => ledger::incidents(&args, &cli.knowledge),
        Command::Series(args) => ledger::series(&args, &cli.knowledge),
        Command::Show(args) => ledger::show(&args),
        Command::Sql(args) => ledger::sql(&args),
        Command::Merge(args) => ledger::merge(&args),
        Command::Recode(args) => ledger::recode(&args, &cli.knowledge),
        Command::Import(args) => ledger::import(&args, &cli.knowledge),
        Command::Export(args) => ledger::export(&args, &cli.knowledge),
        Command::Ask(args) => outlook::ask(&args, &cli.knowledge),
        Command::Watchlist(args) => outlook::watchlist(&args, &cli.knowledge),
        Command::Scenario(args) => outlook::scenario(&args, &cli.knowledge),
        Command::Backtest(args) => outlook::backtest(&args, &cli.knowledge),
        Command::Serve(args) => serve::run(&args, &cli.knowledge),
        Command::Alerts { command } => alerts::run(&command, &cli.knowledge),
        Command::Fit(args) => outlook::fit(&args, &cli.knowledge),
        Command::Check { folder, dictionaries } => {
            dictionaries::check(folder.as_deref(), &dictionaries, &cli.knowledge)
        }
        Command::Actors(args) => actors::run(&args, &cli.knowledge),
        Command::Eval(args) => eval::run(&args, &cli.knowledge),
        Command::Gazetteer { command } => places::run(&command, &cli.knowledge),
        Command::Schema => table::schema(),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::SomeFailed) => ExitCode::from(3),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// A reader such as `head` that has seen enough is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|e| e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}
