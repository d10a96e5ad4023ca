//! `forewarn incidents split|merge|corrections`: putting right what was merged.

use std::io::Write;

use anstream::eprintln;
use anyhow::Result;
use forewarn_incident::CorrectionKind;
use forewarn_ledger::{Ledger, Writer};

use super::{Place, ingest, now};
use crate::Outcome;

/// Corrections; each is kept and holds after every re-reading.
#[derive(clap::Subcommand)]
pub enum Amend {
    /// Take claims out of an incident, into one of their own.
    Split {
        /// The incident's id.
        incident: String,
        /// The claims that go.
        #[arg(required = true)]
        claims: Vec<String>,
        /// Why, in a sentence.
        #[arg(long, default_value = "", value_name = "TEXT")]
        note: String,
        #[command(flatten)]
        place: Place,
    },
    /// Make two incidents one.
    Merge {
        /// The one.
        incident: String,
        /// The other.
        other: String,
        /// Why, in a sentence.
        #[arg(long, default_value = "", value_name = "TEXT")]
        note: String,
        #[command(flatten)]
        place: Place,
    },
    /// List the corrections that were made.
    Corrections {
        #[command(flatten)]
        place: Place,
    },
}

/// Runs one.
pub fn run(command: &Amend) -> Result<Outcome> {
    let (place, corrected) = match command {
        Amend::Split { incident, claims, note, place } => {
            let mut ledger = open(place)?;
            let claims: Vec<&str> = claims.iter().map(String::as_str).collect();
            ledger.correct_split(incident, &claims, note, &now())?;
            (place, ledger)
        }
        Amend::Merge { incident, other, note, place } => {
            let mut ledger = open(place)?;
            ledger.correct_merge(incident, other, note, &now())?;
            (place, ledger)
        }
        Amend::Corrections { place } => return list(&Ledger::open(&place.ledger)?),
    };
    let mut ledger = corrected;
    ingest::merge(&mut ledger, &mut Writer::new())?;
    eprintln!("kept in {}: it holds after every re-reading", place.ledger.display());
    Ok(Outcome::Done)
}

fn open(place: &Place) -> Result<Ledger> {
    if !place.ledger.is_file() {
        return Err(forewarn_ledger::Error::Missing { path: place.ledger.clone() }.into());
    }
    Ok(Ledger::create(&place.ledger)?)
}

fn list(ledger: &Ledger) -> Result<Outcome> {
    let all = ledger.stored_corrections()?;
    let mut out = anstream::stdout();
    for c in &all {
        let kind = match c.correction.kind {
            CorrectionKind::Split => "split",
            CorrectionKind::Merge => "merge",
        };
        let anchor =
            |a: &forewarn_incident::Anchor| format!("{} bytes {}..{}", a.report_id, a.predicate.start, a.predicate.end);
        write!(out, "{}  {}  {kind}  {}  and  {}", c.id, c.made, anchor(&c.correction.a), anchor(&c.correction.b))?;
        if c.correction.note.is_empty() { writeln!(out)? } else { writeln!(out, "  ({})", c.correction.note)? }
    }
    Ok(if all.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
