//! The pairs to look at, by how probable force is or how much that has risen.

use std::collections::BTreeMap;

use forewarn_ledger::Ledger;
use forewarn_outlook::Day;
use forewarn_outlook::model::Model;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;
use smol_str::SmolStr;

use crate::archive::{Archive, Extent};
use crate::error::Result;
use crate::names::Names;
use crate::party::{self, Party};
use crate::shelf::{Kind, Shelf};
use crate::words;

/// One pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The two.
    pub parties: [Party; 2],
    /// Only what had been published by the end of this day was used.
    pub as_of: Date,
    /// The probability of force.
    pub p: f64,
    /// In words.
    pub words: &'static str,
    /// 90 % interval.
    pub interval_90: [f64; 2],
    /// Base rate of such situations.
    pub base_rate: f64,
    /// Whether it would be an onset.
    pub onset: bool,
    /// The same forecast 30 days before; `None` where the pair was not in the news enough to be watched.
    pub p_30: Option<f64>,
    /// And 7 days before.
    pub p_7: Option<f64>,
    /// Acts of the last year.
    pub acts_365: usize,
}

impl Row {
    /// Points of probability since a day; a pair that was not watched then counts from its base rate.
    pub fn rise(&self, before: Option<f64>) -> f64 {
        self.p - before.unwrap_or(self.base_rate.min(self.p))
    }

    /// Change of the log-odds over the last seven days.
    pub fn pace(&self) -> f64 {
        let odds = |p: f64| (p.clamp(1e-4, 1.0 - 1e-4) / (1.0 - p.clamp(1e-4, 1.0 - 1e-4))).ln();
        odds(self.p) - odds(self.p_7.unwrap_or(self.base_rate.min(self.p)))
    }
}

/// How a watchlist is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The most probable.
    Highest,
    /// The most risen against 30 days before.
    Risen,
    /// The fastest rising in the last 7 days, by odds.
    Rising,
}

/// A watchlist.
#[derive(Clone, Debug, PartialEq)]
pub struct Watchlist {
    /// What day it is of.
    pub extent: Extent,
    /// What is forecast, in words.
    pub outcome: String,
    /// Pairs with five or more acts in the last year.
    pub watched: usize,
    /// The rows, in the order that was asked for.
    pub rows: Vec<Row>,
    /// Where the model is from.
    pub model: String,
}

/// What would have been said of all watched pairs some days before a day, each happening as it was first told.
pub(crate) fn before(
    archive: &Archive,
    (ledger, names): (&Ledger, &Names),
    model: &Model,
    as_of: Date,
    back: i64,
) -> Result<BTreeMap<(SmolStr, SmolStr), f64>> {
    let day = as_of.checked_sub(back.days())?;
    let told = archive.first_watched((ledger, &names.actors), model, Day::of(day))?;
    Ok(told.iter().map(|f| (f.pair.clone(), f.p)).collect())
}

/// Makes a watchlist. Earlier days use each happening as it was first told.
///
/// # Errors
/// When the ledger cannot be read, or there is no model of the horizon.
pub fn watch(
    archive: &Archive,
    ledger: &Ledger,
    names: &Names,
    shelf: &Shelf,
    (asked, days, by): (Option<Date>, u32, By),
) -> Result<Watchlist> {
    let model = shelf.model(Kind::Force.outcome(days))?;
    let extent = archive.extent(asked)?;
    let earlier = |back: i64| before(archive, (ledger, names), model, extent.as_of, back);
    let (month, week) = (earlier(30)?, earlier(7)?);
    let record = archive.known(ledger, &names.actors, extent.as_of)?;
    let mut rows: Vec<Row> = record
        .watched(model, Day::of(extent.as_of))?
        .iter()
        .map(|f| Row {
            parties: [party::of_code(&f.pair.0, names), party::of_code(&f.pair.1, names)],
            as_of: extent.as_of,
            p: f.p,
            words: words::of(f.p),
            interval_90: f.interval_90,
            base_rate: f.base_rate,
            onset: f.onset,
            p_30: month.get(&f.pair).copied(),
            p_7: week.get(&f.pair).copied(),
            acts_365: f.acts_365,
        })
        .collect();
    let watched = rows.len();
    match by {
        By::Highest => {}
        By::Risen => {
            rows.retain(|r| r.rise(r.p_30) > 0.0);
            rows.sort_by(|a, b| b.rise(b.p_30).total_cmp(&a.rise(a.p_30)));
        }
        By::Rising => {
            rows.retain(|r| r.pace() > 0.0);
            rows.sort_by(|a, b| b.pace().total_cmp(&a.pace()));
        }
    }
    Ok(Watchlist { extent, outcome: model.card.outcome_words.clone(), watched, rows, model: shelf.from.clone() })
}
