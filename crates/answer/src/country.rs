//! The answer to a question about one party: those it may come to force with, and what can be said of any of them.

use forewarn_ledger::Ledger;
use forewarn_outlook::{Day, Mark};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

use crate::archive::Archive;
use crate::error::Result;
use crate::evidence::{self, Evidence};
use crate::names::Names;
use crate::party::{self, Party};
use crate::shelf::Kind;
use crate::shelf::Shelf;
use crate::toll::Toll;
use crate::watch::before;
use crate::words::{self, interval, percent};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The party.
    pub party: Party,
    /// As of when; otherwise the last day of publication.
    pub as_of: Option<Date>,
    /// Days ahead.
    pub days: u32,
}

/// One of its pairs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The other side.
    pub with: Party,
    /// The probability of force.
    pub p: f64,
    /// In words.
    pub words: &'static str,
    /// 90 % interval.
    pub interval_90: [f64; 2],
    /// Base rate of such situations.
    pub base_rate: f64,
    /// What would have been said 30 days before, each happening as it was first told; none where the pair was not watched.
    pub p_30: Option<f64>,
    /// Whether it would be an onset.
    pub onset: bool,
    /// Acts of the last year.
    pub acts_365: usize,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The party.
    pub party: Party,
    /// Only what had been published by the end of this day was used.
    pub as_of: Date,
    /// Why this day, in words.
    pub as_of_why: String,
    /// What is forecast for each pair.
    pub outcome: String,
    /// What to know before reading on.
    pub cautions: Vec<String>,
    /// Force with any of them: between which bounds the probability lies, whatever the pairs have to do with each other.
    pub any: Option<[f64; 2]>,
    /// Its pairs with at least five acts in the last year, the most probable first.
    pub pairs: Vec<Pair>,
    /// Deaths in the year to come, where a table of them was given.
    pub toll: Option<Toll>,
    /// Late force that it took part in or that happened there.
    pub force: Vec<Evidence>,
    /// Incidents told to have happened there in the last year and to have killed someone. Their tolls are not summed: some
    /// are those of a whole war.
    pub deadly_365: usize,
    /// Reports of the last year.
    pub reports_365: u64,
    /// The model in a line.
    pub model: String,
}

/// Answers. `toll` is what a table of deaths by country and month gives to expect, where there is one.
///
/// # Errors
/// When no day can be told, there is no model of the horizon, or the ledger cannot be read.
pub fn answer(
    archive: &Archive,
    ledger: &Ledger,
    names: &Names,
    shelf: &Shelf,
    question: &Question,
    toll: Option<Toll>,
) -> Result<Answer> {
    let extent = archive.extent(question.as_of)?;
    let as_of = extent.as_of;
    let record = archive.known(ledger, &names.actors, as_of)?;
    let model = shelf.model(Kind::Force.outcome(question.days))?;
    let code = &question.party.code;
    let month = before(archive, (ledger, names), model, as_of, 30)?;
    let mut pairs = Vec::new();
    for f in record.watched(model, Day::of(as_of))?.iter() {
        let with = match (&f.pair.0 == code, &f.pair.1 == code) {
            (true, _) => &f.pair.1,
            (_, true) => &f.pair.0,
            _ => continue,
        };
        pairs.push(Pair {
            with: party::of_code(with, names),
            p: f.p,
            words: words::of(f.p),
            interval_90: f.interval_90,
            base_rate: f.base_rate,
            p_30: month.get(&f.pair).copied(),
            onset: f.onset,
            acts_365: f.acts_365,
        });
    }
    let highest = pairs.iter().map(|p| p.p).fold(0.0, f64::max);
    let any = (!pairs.is_empty()).then(|| [highest, pairs.iter().map(|p| p.p).sum::<f64>().min(1.0)]);
    let year = as_of.checked_sub(365.days()).unwrap_or(as_of);
    let mut force = Vec::new();
    let mut deadly = 0;
    let mut late: Vec<_> = record.happenings.values().filter(|h| h.day > year).collect();
    late.sort_by(|x, y| (y.day, &x.id).cmp(&(x.day, &y.id)));
    for h in late {
        let there = h.country.as_ref() == Some(code);
        if there && h.killed.low.or(h.killed.best).is_some_and(|n| n > 0) {
            deadly += 1;
        }
        let part = h.actor.contains(code) || h.recipient.contains(code);
        if crate::history::mark(h) == Some(Mark::Force) && (there || part) && force.len() < 5 {
            force.push(evidence::of(ledger, h, as_of)?);
        }
    }
    let mut cautions = Vec::new();
    if pairs.is_empty() {
        cautions.push(format!(
            "Too little data: {} has no counterpart with five or more acts in the last year. Ask about two parties for a base \
             rate.",
            question.party.name
        ));
    }
    cautions.extend(archive.undated());
    let card = &model.card;
    if as_of <= card.until.date() {
        cautions.push(format!(
            "The model had learnt from what was known until {}, which is not before this day: it may remember what came.",
            card.until
        ));
    }
    Ok(Answer {
        party: question.party.clone(),
        as_of,
        as_of_why: extent.why,
        outcome: card.outcome_words.clone(),
        cautions,
        any,
        pairs,
        toll,
        force,
        deadly_365: deadly,
        reports_365: extent.reports.1,
        model: format!("{}, fitted on {} until {}, {} situations", shelf.from, card.data, card.until, card.situations),
    })
}

/// The answer in sentences and lines, for text and page alike.
pub fn sentences(answer: &Answer) -> Vec<String> {
    let mut out = Vec::new();
    if let (Some([least, most]), true) = (answer.any, answer.pairs.len() > 1) {
        out.push(format!(
            "With any of its {} counterparts in the news: at least {} ({}), that of the likeliest pair, and at most {}, \
             where no two went together.",
            answer.pairs.len(),
            percent(least),
            words::of(least),
            percent(most)
        ));
    }
    out.push(match answer.deadly_365 {
        0 => "No incident there of the last year is told to have killed anyone, in the record.".to_owned(),
        1 => "One incident there of the last year is told to have killed someone.".to_owned(),
        n => format!("{n} incidents there of the last year are told to have killed someone."),
    });
    out.extend(answer.toll.iter().flat_map(Toll::sentences));
    out
}

/// One pair in a line.
pub fn line(pair: &Pair) -> String {
    format!(
        "{:<24} {:>7} {:<18} {}, base rate {}, {}{}",
        format!("{} ({})", pair.with.name, pair.with.code),
        percent(pair.p),
        format!("({})", interval(pair.interval_90)),
        pair.words,
        percent(pair.base_rate),
        if pair.onset { "onset" } else { "continuation" },
        pair.p_30.map_or(String::new(), |p| format!("; 30 days before {}", percent(p)))
    )
}
