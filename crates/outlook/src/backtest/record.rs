//! What forecasts were worth: scores of all models, onsets and continuations apart, hits and misses by name.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::random::Random;
use crate::scores::{Bin, Scores, bins, log_score, quantile, score};
use crate::{Day, scores};

/// Forecasts of several models for the same units.
#[derive(Clone, Debug, Default)]
pub struct Forecasts {
    /// Which unit each forecast is of, as a number of the caller's.
    pub units: Vec<usize>,
    /// What came of it.
    pub outcomes: Vec<bool>,
    /// Probabilities by model.
    pub by_model: BTreeMap<String, Vec<f64>>,
}

impl Forecasts {
    /// Adds probabilities of a model.
    pub fn extend(&mut self, model: &str, p: Vec<f64>) {
        self.by_model.entry(model.to_owned()).or_default().extend(p);
    }

    /// Some of the forecasts.
    #[must_use]
    pub fn select(&self, keep: &[usize]) -> Self {
        Self {
            units: keep.iter().map(|&k| self.units[k]).collect(),
            outcomes: keep.iter().map(|&k| self.outcomes[k]).collect(),
            by_model: self
                .by_model
                .iter()
                .map(|(name, p)| (name.clone(), keep.iter().map(|&k| p[k]).collect()))
                .collect(),
        }
    }
}

/// One forecast by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// The pair or country.
    pub unit: String,
    /// The day it was made.
    pub origin: Day,
    /// Probability given.
    pub p: f64,
    /// What came of it.
    pub came_true: bool,
    /// Whether there was quiet before.
    pub onset: bool,
}

/// Scores of one model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// Name of the model.
    pub model: String,
    /// Whether it is one of the plain baselines.
    pub baseline: bool,
    /// Over all forecasts.
    pub all: Scores,
    /// Over those from quiet.
    pub onset: Scores,
    /// Over the others.
    pub continuation: Scores,
    /// Log score: 90 % interval by block bootstrap.
    pub log_score_interval: [f64; 2],
    /// Log score less that of the best baseline: 90 % interval by block bootstrap. Below 0 is better.
    pub against_best: [f64; 2],
}

/// The record of one task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What was forecast.
    pub task: String,
    /// The model that is used unless another is asked for.
    pub default_model: String,
    /// The baseline with the lowest log score.
    pub best_baseline: String,
    /// All models, by rising log score.
    pub models: Vec<Scored>,
    /// Reliability of the default model.
    pub reliability: Vec<Bin>,
    /// Onsets that came with the highest probabilities.
    pub hits: Vec<Case>,
    /// Onsets that came with the lowest.
    pub misses: Vec<Case>,
    /// The highest probabilities from quiet that nothing came of.
    pub false_alarms: Vec<Case>,
}

/// Draws of the bootstrap.
const DRAWS: usize = 500;
/// Length of a block: forecasts of half a year go together, since neighbours in time share their fate.
const BLOCK_MONTHS: i32 = 6;
/// Cases shown of each sort.
const SHOWN: usize = 12;

impl Record {
    /// Scores forecasts. `case` names a unit; its probability and outcome are filled in here.
    pub fn new(
        task: &str,
        forecasts: &Forecasts,
        reference: &str,
        default_model: &str,
        baselines: &[&str],
        case: impl Fn(usize) -> Case,
    ) -> Self {
        let cases: Vec<Case> = forecasts.units.iter().map(|&u| case(u)).collect();
        let onsets: Vec<usize> = (0..cases.len()).filter(|&k| cases[k].onset).collect();
        let others: Vec<usize> = (0..cases.len()).filter(|&k| !cases[k].onset).collect();
        let pick = |p: &[f64], keep: &[usize]| -> Scores {
            let o: Vec<bool> = keep.iter().map(|&k| forecasts.outcomes[k]).collect();
            let p: Vec<f64> = keep.iter().map(|&k| p[k]).collect();
            score(&o, &p)
        };
        let everything: Vec<usize> = (0..cases.len()).collect();
        let base = forecasts.by_model.get(reference).map(Vec::as_slice);
        let against = |keep: &[usize], s: Scores| base.map_or(s, |b| s.against(&pick(b, keep)));
        let loss =
            |p: &[f64]| -> Vec<f64> { forecasts.outcomes.iter().zip(p).map(|(o, p)| log_score(*o, *p)).collect() };
        let best_baseline = baselines
            .iter()
            .filter_map(|b| forecasts.by_model.get(*b).map(|p| (pick(p, &everything).log_score, *b)))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map_or(String::new(), |(_, b)| b.to_owned());
        let best = forecasts.by_model.get(&best_baseline).map(|p| loss(p));
        let blocks: Vec<i32> = cases.iter().map(|c| c.origin.month().0.div_euclid(BLOCK_MONTHS)).collect();
        let mut models: Vec<Scored> = forecasts
            .by_model
            .iter()
            .map(|(name, p)| {
                let own = loss(p);
                let difference: Vec<f64> =
                    best.as_ref().map_or_else(|| own.clone(), |b| own.iter().zip(b).map(|(a, b)| a - b).collect());
                Scored {
                    model: name.clone(),
                    baseline: baselines.contains(&name.as_str()),
                    all: against(&everything, pick(p, &everything)),
                    onset: against(&onsets, pick(p, &onsets)),
                    continuation: against(&others, pick(p, &others)),
                    log_score_interval: bootstrap(&own, &blocks),
                    against_best: bootstrap(&difference, &blocks),
                }
            })
            .collect();
        models.sort_by(|a, b| a.all.log_score.total_cmp(&b.all.log_score).then(a.model.cmp(&b.model)));
        let chosen = forecasts.by_model.get(default_model).cloned().unwrap_or_default();
        let mut told: Vec<Case> = cases
            .into_iter()
            .zip(&chosen)
            .zip(&forecasts.outcomes)
            .map(|((case, p), came_true)| Case { p: *p, came_true: *came_true, ..case })
            .filter(|c| c.onset)
            .collect();
        told.sort_by(|a, b| b.p.total_cmp(&a.p).then(a.unit.cmp(&b.unit)).then(a.origin.cmp(&b.origin)));
        let first = |cases: &mut dyn Iterator<Item = &Case>| cases.take(SHOWN).cloned().collect::<Vec<_>>();
        Self {
            task: task.to_owned(),
            default_model: default_model.to_owned(),
            best_baseline,
            reliability: bins(&forecasts.outcomes, &chosen, 10),
            hits: first(&mut told.iter().filter(|c| c.came_true)),
            misses: first(&mut told.iter().rev().filter(|c| c.came_true)),
            false_alarms: first(&mut told.iter().filter(|c| !c.came_true)),
            models,
        }
    }

    /// The scores of a model.
    pub fn model(&self, name: &str) -> Option<&Scored> {
        self.models.iter().find(|m| m.model == name)
    }

    /// The scores as a table in plain text.
    pub fn text(&self) -> String {
        let mut out = format!(
            "{} (n {}, base rate {:.4})\n{:<22}{:>8}{:>8}{:>7}{:>7}{:>7}{:>7}  log score less {}'s, 90 %\n",
            self.task,
            self.models.first().map_or(0, |m| m.all.n),
            self.models.first().map_or(0.0, |m| m.all.base_rate),
            "model",
            "log",
            "Brier",
            "skill",
            "AUROC",
            "AP",
            "ECE",
            self.best_baseline,
        );
        for m in &self.models {
            let s: &scores::Scores = &m.all;
            let _ = writeln!(
                out,
                "{:<22}{:>8.4}{:>8.4}{:>7.3}{:>7.3}{:>7.3}{:>7.3}  {:+.4} to {:+.4}{}",
                m.model,
                s.log_score,
                s.brier,
                s.skill,
                s.auroc,
                s.average_precision,
                s.calibration_error,
                m.against_best[0],
                m.against_best[1],
                if m.baseline { "  (baseline)" } else { "" },
            );
        }
        for (words, cases) in [("hits", &self.hits), ("misses", &self.misses), ("false alarms", &self.false_alarms)] {
            let told: Vec<String> =
                cases.iter().take(5).map(|c| format!("{} {} ({:.2})", c.unit, c.origin, c.p)).collect();
            let _ = writeln!(out, "{words} from quiet: {}", told.join(", "));
        }
        out
    }
}

/// A 90 % interval of the mean (zeros where there are no values) by drawing blocks with replacement (Künsch 1989, blocks not overlapping).
pub fn bootstrap(values: &[f64], blocks: &[i32]) -> [f64; 2] {
    let mut sums: BTreeMap<i32, (f64, f64)> = BTreeMap::new();
    for (value, block) in values.iter().zip(blocks) {
        let sum = sums.entry(*block).or_default();
        sum.0 += value;
        sum.1 += 1.0;
    }
    let sums: Vec<(f64, f64)> = sums.into_values().collect();
    if sums.is_empty() {
        return [0.0; 2];
    }
    let mut random = Random::new(7);
    let mut means: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let (sum, n) =
                (0..sums.len()).map(|_| sums[random.below(sums.len())]).fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
            sum / n
        })
        .collect();
    means.sort_by(f64::total_cmp);
    [quantile(&means, 0.05), quantile(&means, 0.95)]
}
