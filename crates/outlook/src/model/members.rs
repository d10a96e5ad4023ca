//! What the members learn from, and what each says.

use super::{ACTIVE_ACTS, RUN_IN, STRIDE};
use crate::backtest::dyads::{GROWTH, RIDGE, rungs};
use crate::features::{self, Surroundings};
use crate::hawkes::Hawkes;
use crate::index::Index;
use crate::logistic::{Logistic, Table};
use crate::memory::Memories;
use crate::outcome::{Outcome, Truth};
use crate::trees::Trees;
use crate::{Day, Error};

/// A situation to learn from.
pub(super) struct Situation {
    pub pair: usize,
    pub day: Day,
    pub features: Vec<f64>,
    pub outcome: bool,
    /// Acts of force within the horizon.
    pub count: usize,
}

/// The three members.
pub(super) struct Members {
    pub logistic: Logistic,
    pub trees: Trees,
    pub hawkes: Hawkes,
}

impl Members {
    /// Fits all three on situations whose outcomes were known by the end of `until`.
    pub fn fit(index: &Index, situations: &[&Situation], outcome: Outcome, until: Day) -> Result<Self, Error> {
        let mut x = Table::new(features::names().len());
        let mut y = Vec::with_capacity(situations.len());
        for s in situations {
            x.push(&s.features);
            y.push(s.outcome);
        }
        let counts: Vec<usize> = situations.iter().map(|s| s.count).collect();
        // Neighbouring windows overlap by two thirds: three origins a month count as one.
        let weights = vec![1.0 / 3.0; y.len()];
        Ok(Self {
            logistic: Logistic::fit_rungs(&x, &rungs(&y, &counts, outcome), &weights, RIDGE)?.swap_remove(0),
            trees: Trees::fit_directed(&x, &y, &GROWTH, &features::directions())?,
            hawkes: Hawkes::fit(index, until, None)?,
        })
    }

    /// What each member says of situations: one row a situation.
    pub fn forecast(&self, index: &Index, situations: &[&Situation], outcome: Outcome) -> Result<Table, Error> {
        let mut x = Table::new(features::names().len());
        for s in situations {
            x.push(&s.features);
        }
        let logistic = self.logistic.probabilities(&x);
        let trees = self.trees.probabilities(&x)?;
        let mut out = Table::new(3);
        let mut from = 0;
        for day in situations.chunk_by(|a, b| a.day == b.day) {
            let pairs: Vec<usize> = day.iter().map(|s| s.pair).collect();
            let rates = self.hawkes.probabilities(index, day[0].day, &pairs, &[outcome.days()]);
            for (i, rate) in rates.iter().enumerate() {
                out.push(&[logistic[from + i], trees[from + i], rate[0]]);
            }
            from += day.len();
        }
        Ok(out)
    }
}

/// Days that are learnt from: every ten days, or fewer where the record is long.
pub(super) fn origins(outcome: Outcome, first: Day, last: Day) -> impl Iterator<Item = Day> {
    // With a long record, fewer origins tell as much.
    let stride = STRIDE.max((last.0 - first.0) / 600);
    let start = first.0 + RUN_IN;
    let end = last.0 - outcome.days() as i32;
    (start..=end).step_by(usize::try_from(stride).expect("a stride of days is positive")).map(Day)
}

/// Situations of active pairs whose outcome is told by the record, by day, then pair.
pub(super) fn situations(
    index: &Index,
    truth: &Truth,
    outcome: Outcome,
    days: impl Iterator<Item = Day>,
) -> Vec<Situation> {
    let mut memories = Memories::new(index);
    let mut out = Vec::new();
    for day in days {
        memories.advance(day);
        let around = Surroundings::new(&memories);
        for pair in 0..index.pairs.len() {
            if memories.pairs[pair].acts_within(day, 365) >= ACTIVE_ACTS
                && let Some(came) = truth.told(outcome, pair, day)
            {
                let count = truth.count(pair, day, outcome.days());
                out.push(Situation { pair, day, features: around.features(pair), outcome: came, count });
            }
        }
    }
    out
}
