//! The commands of the outlook: models fitted, questions answered, futures drawn, forecasts held to what came.

mod fit;
mod history;
mod shelf;
mod words;

use std::path::PathBuf;

use anyhow::Result;
use jiff::civil::Date;

use crate::Outcome;
use crate::knowledge::Knowledge;
use crate::ledger::Place;

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
