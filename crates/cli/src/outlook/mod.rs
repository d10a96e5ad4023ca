//! The commands of the outlook: models fitted, questions answered, futures drawn, forecasts held to what came.

mod backtest;
mod fit;
mod scenario;
mod text;
mod watchlist;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use forewarn_answer::deaths::Deaths;
use forewarn_answer::{Archive, Party, Question, Shelf, answer, brief, country, party, toll, watch};
use forewarn_ledger::Ledger;
use jiff::civil::Date;

use crate::Outcome;
use crate::knowledge::Knowledge;
use crate::ledger::{Place, names, tell_waiting};

/// Which ledger, and which of its sets.
#[derive(clap::Args, Clone)]
pub struct Source {
    #[command(flatten)]
    place: Place,
    /// The event set: our own claims (forewarn) or an imported one, such as icews.
    #[arg(long, default_value = "forewarn", value_name = "NAME")]
    set: String,
}

/// What is forecast.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// At least one incident of force.
    Force,
    /// Three or more.
    Clash,
}

impl From<Kind> for forewarn_answer::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Force => Self::Force,
            Kind::Clash => Self::Clash,
        }
    }
}

/// One horizon or all that are usual.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum HorizonWord {
    /// 30, 90 and 365 days.
    All,
    /// So many days.
    Days(u32),
}

/// Reads `90`, `90d`, `13w`, `3m` or `1y` as days.
fn days(text: &str) -> Result<u32, String> {
    let text = text.trim();
    let (number, unit) = match text.char_indices().find(|(_, c)| !c.is_ascii_digit()) {
        Some((at, _)) => text.split_at(at),
        None => (text, "d"),
    };
    let number: u32 = number.parse().map_err(|_| format!("{text}: expected days, such as 90 or 90d"))?;
    let days = match unit {
        "d" => number,
        "w" => number.saturating_mul(7),
        "m" => number.saturating_mul(30),
        "y" => number.saturating_mul(365),
        _ => return Err(format!("{text}: expected days (90d), weeks (13w), months (3m) or a year (1y)")),
    };
    if (1..=730).contains(&days) { Ok(days) } else { Err(format!("{text}: expected 1 to 730 days")) }
}

fn horizon(text: &str) -> Result<HorizonWord, String> {
    if text == "all" { Ok(HorizonWord::All) } else { days(text).map(HorizonWord::Days) }
}

/// What `forewarn fit` takes.
#[derive(clap::Args)]
pub struct FitArgs {
    #[command(flatten)]
    ledger: Source,
    /// Learn from nothing that became known later (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// Only this outcome.
    #[arg(long, value_enum)]
    outcome: Option<Kind>,
    /// Days ahead, or all: 30, 90 and 365.
    #[arg(long, default_value = "all", value_name = "DAYS", value_parser = horizon)]
    horizon: HorizonWord,
    /// What the history is, in words, for the model's card.
    #[arg(long, value_name = "TEXT")]
    data: Option<String>,
    /// The file to write: one model a line; gzipped where its name ends in .gz.
    #[arg(long, short, default_value = "outlook.jsonl.gz", value_name = "FILE")]
    output: PathBuf,
}

/// `forewarn fit`.
pub fn fit(args: &FitArgs, knowledge: &Knowledge) -> Result<Outcome> {
    fit::run(args, knowledge)
}

/// What `forewarn ask` takes.
#[derive(clap::Args)]
pub struct AskArgs {
    /// Two countries or groups by name or code, or one.
    #[arg(required = true, num_args = 1..=2, value_name = "PARTY")]
    parties: Vec<String>,
    #[command(flatten)]
    ledger: Source,
    /// Use only what had been published by the end of this day; otherwise the ledger's last day of publication.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Days ahead: 30d, 90d or 365d with the bundled models.
    #[arg(long, default_value = "90d", value_name = "DAYS", value_parser = days)]
    horizon: u32,
    /// Models that forewarn fit wrote; otherwise those that come with the program.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Of one country: a table of deaths by country and month, as UCDP counts them, for the deaths of the year to come.
    #[arg(long, value_name = "FILE")]
    deaths: Option<PathBuf>,
    /// Print one page, to be kept or printed.
    #[arg(long, value_enum, value_name = "FORM")]
    brief: Option<PageForm>,
    /// Print one JSON object.
    #[arg(long, conflicts_with = "brief")]
    json: bool,
}

/// How a page is written.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum PageForm {
    /// Markdown.
    Md,
    /// One HTML file without scripts.
    Html,
}

impl From<PageForm> for brief::Form {
    fn from(form: PageForm) -> Self {
        match form {
            PageForm::Md => Self::Markdown,
            PageForm::Html => Self::Html,
        }
    }
}

/// A file's models, or those that come with the program.
fn shelf(path: Option<&Path>) -> Result<Shelf> {
    let Some(path) = path else { return Ok(Shelf::bundled()?) };
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    Ok(Shelf::of(&bytes, path.display().to_string())?)
}

/// `forewarn ask`.
pub fn ask(args: &AskArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let names = names(knowledge)?;
    let shelf = shelf(args.model.as_deref())?;
    let parties: Vec<Party> = args.parties.iter().map(|p| party::resolve(p, &names)).collect::<Result<_, _>>()?;
    if let [a, b] = parties.as_slice() {
        if args.deaths.is_some() {
            bail!("--deaths is of one country: ask about {} or {} alone", a.name, b.name);
        }
        if a == b {
            bail!("{} and {} are the same: a forecast is of two", args.parties[0], args.parties[1]);
        }
    }
    let mut ledger = Ledger::open(&args.ledger.place.ledger)?;
    tell_waiting(&ledger)?;
    let archive = Archive::read(&mut ledger, &args.ledger.set, &names.actors)?;
    let mut out = anstream::stdout();
    let [a, b] = parties.as_slice() else {
        let party = parties[0].clone();
        let toll = match &args.deaths {
            Some(path) => {
                let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
                let as_of = archive.extent(args.as_of)?.as_of;
                let deaths = Deaths::read(&bytes, &path.display().to_string(), as_of)?;
                let column = deaths.column(&party.code)?;
                Some(toll::all(&deaths)?.swap_remove(column))
            }
            None => None,
        };
        let question = country::Question { party, as_of: args.as_of, days: args.horizon };
        let answer = country::answer(&archive, &ledger, &names, &shelf, &question, toll)?;
        match args.brief {
            _ if args.json => writeln!(out, "{}", serde_json::to_string(&answer)?)?,
            None => text::country(&mut out, &answer)?,
            Some(form) => out.write_all(brief::country(&answer, form.into()).as_bytes())?,
        }
        return Ok(if answer.pairs.is_empty() && answer.toll.is_none() { Outcome::Nothing } else { Outcome::Done });
    };
    let question = Question { parties: [a.clone(), b.clone()], as_of: args.as_of, days: args.horizon };
    let answer = answer(&archive, &ledger, &names, &shelf, &question)?;
    match args.brief {
        _ if args.json => writeln!(out, "{}", serde_json::to_string(&answer)?)?,
        None => text::print(&mut out, &answer)?,
        Some(form) => out.write_all(brief::pair(&answer, form.into()).as_bytes())?,
    }
    Ok(Outcome::Done)
}

impl From<By> for watch::By {
    fn from(by: By) -> Self {
        match by {
            By::Highest => Self::Highest,
            By::Risen => Self::Risen,
            By::Rising => Self::Rising,
        }
    }
}

/// What `forewarn watchlist` takes.
#[derive(clap::Args)]
pub struct WatchArgs {
    #[command(flatten)]
    ledger: Source,
    /// Use only what had been published by the end of this day; otherwise the ledger's last day of publication.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Days ahead: 30d, 90d or 365d with the bundled models.
    #[arg(long, default_value = "90d", value_name = "DAYS", value_parser = days)]
    horizon: u32,
    /// At most so many pairs.
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// In which order.
    #[arg(long, value_enum, default_value_t = By::Highest)]
    by: By,
    /// Models that forewarn fit wrote; otherwise those that come with the program.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Print one JSON object a line.
    #[arg(long)]
    json: bool,
}

/// How a watchlist is ordered.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum By {
    /// The most probable.
    Highest,
    /// The most risen against 30 days before.
    Risen,
    /// The fastest rising in the last 7 days, by odds.
    Rising,
}

/// `forewarn watchlist`.
pub fn watchlist(args: &WatchArgs, knowledge: &Knowledge) -> Result<Outcome> {
    watchlist::run(args, knowledge)
}

/// What `forewarn scenario` takes.
#[derive(clap::Args)]
pub struct ScenarioArgs {
    /// The two parties, such as SRB:XKX.
    #[arg(long, value_name = "A:B")]
    dyad: String,
    /// A happening to put in: a day, who, an act, to whom; may be given several times.
    #[arg(long, value_name = "\"DAY A ACT B\"")]
    inject: Vec<String>,
    /// How many futures to draw.
    #[arg(long, default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    runs: u32,
    /// Days ahead.
    #[arg(long, default_value = "90d", value_name = "DAYS", value_parser = days)]
    horizon: u32,
    /// Seed of the draws: the same seed gives the same futures.
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    #[command(flatten)]
    ledger: Source,
    /// Use only what had been published by the end of this day; otherwise the ledger's last day of publication.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Models that forewarn fit wrote; otherwise those that come with the program.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// `forewarn scenario`.
pub fn scenario(args: &ScenarioArgs, knowledge: &Knowledge) -> Result<Outcome> {
    scenario::run(args, knowledge)
}

/// What `forewarn backtest` takes.
#[derive(clap::Args)]
pub struct BacktestArgs {
    #[command(flatten)]
    ledger: Source,
    /// Fit once on what was known by this day, and forecast all that comes after; otherwise refit every January.
    #[arg(long, value_name = "DATE")]
    fit_until: Option<Date>,
    /// Events of KEDS (date, source, target, WEIS code) instead of a ledger.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["ucdp", "fit_until"])]
    keds: Option<PathBuf>,
    /// Deaths by country and month, as UCDP counts them, instead of a ledger.
    #[arg(long, value_name = "FILE", conflicts_with = "fit_until")]
    ucdp: Option<PathBuf>,
    /// The years that are scored, such as 1994..2003.
    #[arg(long, value_name = "FIRST..LAST")]
    years: Option<String>,
    /// Write record.json, score.html and the reliability diagrams into this folder.
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// `forewarn backtest`.
pub fn backtest(args: &BacktestArgs, knowledge: &Knowledge) -> Result<Outcome> {
    backtest::run(args, knowledge)
}
