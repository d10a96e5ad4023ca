//! `forewarn fit`: models learnt from a ledger's happenings.

use anstream::eprintln;
use anyhow::{Context as _, Result, bail};
use forewarn_answer::history::Record;
use forewarn_answer::shelf;
use forewarn_ledger::{Ledger, Told};
use forewarn_outlook::Day;
use forewarn_outlook::model::Model;

use super::{FitArgs, HorizonWord, Kind};
use crate::Outcome;
use crate::knowledge::Knowledge;
use crate::ledger::names;

/// Runs the command.
pub fn run(args: &FitArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let names = names(knowledge)?;
    let ledger = Ledger::open(&args.ledger.place.ledger)?;
    // As each was told when it became known: what is learnt from looks like what forecasts are made from.
    let record = Record::read(&ledger, &args.ledger.set, Told::First, &names.actors)?;
    let Some(last) = record.last_known() else {
        bail!("{}: nothing of the set {} in it", args.ledger.place.ledger.display(), args.ledger.set)
    };
    let until = Day::of(args.until.unwrap_or(last));
    let data = args
        .data
        .clone()
        .unwrap_or_else(|| format!("{} happenings of the set {}", record.happenings.len(), args.ledger.set));
    let mut models = Vec::new();
    for kind in [Kind::Force, Kind::Clash] {
        if args.outcome.is_some_and(|k| k != kind) {
            continue;
        }
        for days in horizons(args.horizon) {
            let outcome = forewarn_answer::Kind::from(kind).outcome(days);
            let model = match Model::fit(&record.history, until, outcome, &data) {
                Ok(model) => model,
                Err(forewarn_outlook::Error::TooLittle(why)) => {
                    eprintln!("{}: too little to learn from: {why}", shelf::name(outcome));
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            let card = &model.card;
            eprintln!(
                "{}: {} acts of {} to {}, {} situations, base rate {:.3} (from quiet {:.3})",
                shelf::name(outcome),
                card.acts,
                card.first,
                card.until,
                card.situations,
                card.base_rate,
                card.base_rate_onset
            );
            models.push(model);
        }
    }
    if models.is_empty() {
        eprintln!("no model was written: the bundled one serves for small ledgers");
        return Ok(Outcome::Nothing);
    }
    let packed = args.output.extension().is_some_and(|e| e == "gz");
    std::fs::write(&args.output, shelf::bytes(&models, packed)?).with_context(|| args.output.display().to_string())?;
    eprintln!("{} models in {}", models.len(), args.output.display());
    Ok(Outcome::Done)
}

fn horizons(word: HorizonWord) -> Vec<u32> {
    match word {
        HorizonWord::All => vec![30, 90, 365],
        HorizonWord::Days(days) => vec![days],
    }
}
