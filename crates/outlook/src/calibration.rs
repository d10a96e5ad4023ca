//! How often forecasts like one come true: isotonic calibration and intervals for a probability, out of past forecasts.
//!
//! Both rest on inductive Venn-Abers prediction (Vovk and Petej 2014, "Venn-Abers predictors"; Vovk, Gammerman and Shafer
//! 2005, *Algorithmic Learning in a Random World*, chapter 6). The new forecast is put among the past ones twice, as if it
//! had come to nothing and as if it had come true, and isotonic regression is read at its place each time: `[p0, p1]`.
//! *Guarantee*: if past and new forecasts are exchangeable, the one of the two that bears the label that comes is perfectly
//! calibrated, whatever the models that made the forecasts.
//!
//! `[p0, p1]` has no level. The intervals of 50 % and 90 % are the same computation under the Bayesian bootstrap (Rubin
//! 1981) over blocks of time: every block of past forecasts is weighed by an exponential draw, and so is the new one; the
//! lower end is a quantile of the `p0`, the upper one of the `p1`. They are to hold the frequency with which forecasts at
//! this place come true, over times like those learnt from, and allow for forecasts of one time sharing their fate; with no
//! hit among n they reach up to about 3/n. They are no bounds on the single outcome, and no guarantee against times unlike all before.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::logistic::{Table, logit, sigmoid};
use crate::pool::Pool;
use crate::random::Random;
use crate::scores::{log_score, quantile};

/// Width of a cell in log-odds. Forecasts are compared by cell, on a grid that does not depend on the data, so that the
/// guarantee holds for the forecasts as they are rounded to it.
const WIDTH: f64 = 0.1;
/// Cells on either side of even odds: log-odds of -7.5 to 7.5.
const SIDE: usize = 75;
const CELLS: usize = 2 * SIDE + 1;
/// Draws of the bootstrap.
const DRAWS: usize = 200;
/// Past forecasts below which there is no table.
const LEAST: usize = 200;

/// What is said of the forecasts in one cell, each between 0 and 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Lower and upper end at 90 %.
    pub at_90: [f64; 2],
    /// Lower and upper end at 50 %.
    pub at_50: [f64; 2],
    /// The Venn-Abers pair: calibrated as if the new forecast came to nothing, and as if it came true.
    pub pair: [f64; 2],
}

/// A table of bands by cell, fitted on past forecasts and what came of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bands {
    /// How many past forecasts.
    pub n: usize,
    /// How many blocks of time.
    pub blocks: usize,
    /// One for each cell, by rising probability.
    cells: Vec<Band>,
}

/// How pooled forecasts are brought to the frequencies of the past.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// By the pool's own shift and weights (Platt 1999).
    #[default]
    Platt,
    /// Half-way in log-odds between Platt's and isotonic regression's, the Venn-Abers pair made one number. Isotonic
    /// regression alone makes steps, within which forecasts lose their order.
    Isotonic,
}

/// A pool with the calibration that did better on forecasts it had not been fitted on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Which of the two is used.
    pub method: Method,
    /// Mean log score of Platt's and of isotonic calibration, each on later past forecasts than those it was fitted on;
    /// `None` where there were too few to choose by, and Platt's was taken.
    pub log_scores: Option<[f64; 2]>,
    /// Intervals, and the isotonic calibration; `None` with too few past forecasts.
    pub bands: Option<Bands>,
}

fn cell(p: f64) -> usize {
    let at = (logit(p) / WIDTH).round().clamp(-(SIDE as f64), SIDE as f64);
    (at + SIDE as f64) as usize
}

/// Weight and weight of hits of past forecasts, by cell.
type Counts = Vec<[f64; 2]>;

/// Isotonic regression by pooling adjacent violators (Ayer et al. 1955) over cells with `add` put into one of them, read
/// at that cell. Cells without weight are passed over.
fn isotonic_at(counts: &Counts, at: usize, add: [f64; 2]) -> f64 {
    // Level sets so far: weight, hits, whether the cell that is asked for lies within.
    let mut sets: Vec<([f64; 2], bool)> = Vec::with_capacity(counts.len());
    for (i, count) in counts.iter().enumerate() {
        let here = i == at;
        let mut set = ([count[0] + if here { add[0] } else { 0.0 }, count[1] + if here { add[1] } else { 0.0 }], here);
        if set.0[0] <= 0.0 {
            continue;
        }
        // Means compared by cross-multiplication.
        while let Some((last, asked)) = sets.pop_if(|(last, _)| last[1] * set.0[0] >= set.0[1] * last[0]) {
            set = ([last[0] + set.0[0], last[1] + set.0[1]], asked || set.1);
        }
        sets.push(set);
    }
    sets.iter().find(|(_, asked)| *asked).map_or(0.5, |([weight, hits], _)| hits / weight)
}

fn pair(counts: &Counts, at: usize, weights: [f64; 2]) -> [f64; 2] {
    [isotonic_at(counts, at, [weights[0], 0.0]), isotonic_at(counts, at, [weights[1], weights[1]])]
}

fn counts(past: impl Iterator<Item = (f64, bool)>) -> Counts {
    let mut counts = vec![[0.0; 2]; CELLS];
    for (p, outcome) in past {
        let count = &mut counts[cell(p)];
        count[0] += 1.0;
        count[1] += f64::from(u8::from(outcome));
    }
    counts
}

/// The pair as one number, which makes the worse of the two regrets in log score least (Vovk and Petej 2014, section 4).
fn merged([p0, p1]: [f64; 2]) -> f64 {
    p1 / (1.0 - p0 + p1)
}

fn halfway(platt: f64, isotonic: f64) -> f64 {
    sigmoid(f64::midpoint(logit(platt), logit(isotonic)))
}

impl Bands {
    /// Fits on past forecasts made without knowledge of their outcomes. `blocks` numbers the time each was made in.
    /// `None` with fewer than 200.
    pub fn fit(p: &[f64], outcomes: &[bool], blocks: &[i32]) -> Option<Self> {
        if p.len() < LEAST {
            return None;
        }
        let mut times = blocks.to_vec();
        times.sort_unstable();
        times.dedup();
        let mut by_time: Vec<Counts> = vec![vec![[0.0; 2]; CELLS]; times.len()];
        for ((p, outcome), block) in p.iter().zip(outcomes).zip(blocks) {
            let time = times.binary_search(block).expect("every block was taken in");
            let count = &mut by_time[time][cell(*p)];
            count[0] += 1.0;
            count[1] += f64::from(u8::from(*outcome));
        }
        let whole = counts(p.iter().copied().zip(outcomes.iter().copied()));
        let mut random = Random::new(29);
        let mut exponential = || -(1.0 - random.unit()).ln();
        let mut drawn = vec![[Vec::with_capacity(DRAWS), Vec::with_capacity(DRAWS)]; CELLS];
        for _ in 0..DRAWS {
            let mut counts = vec![[0.0; 2]; CELLS];
            for time in &by_time {
                let weight = exponential();
                for (sum, count) in counts.iter_mut().zip(time) {
                    sum[0] += weight * count[0];
                    sum[1] += weight * count[1];
                }
            }
            let own = [exponential(), exponential()];
            for (at, [low, high]) in drawn.iter_mut().enumerate() {
                let [p0, p1] = pair(&counts, at, own);
                low.push(p0);
                high.push(p1);
            }
        }
        let round = |v: f64| (v * 1e5).round() / 1e5;
        let cells = drawn
            .into_iter()
            .enumerate()
            .map(|(at, [mut low, mut high])| {
                low.sort_by(f64::total_cmp);
                high.sort_by(f64::total_cmp);
                let pair = pair(&whole, at, [1.0, 1.0]);
                let ends = |tail: f64| {
                    [quantile(&low, tail).min(pair[0]), quantile(&high, 1.0 - tail).max(pair[1])].map(round)
                };
                Band { at_90: ends(0.05), at_50: ends(0.25), pair: pair.map(round) }
            })
            .collect();
        Some(Self { n: p.len(), blocks: times.len(), cells })
    }

    /// The band of forecasts like this one.
    pub fn at(&self, p: f64) -> Band {
        self.cells[cell(p)]
    }

    /// The probability by isotonic calibration, never 0 or 1.
    pub fn isotonic(&self, p: f64) -> f64 {
        merged(self.at(p).pair)
    }

    /// Whether the table is whole, rising and within 0 to 1: files come from anywhere.
    pub fn is_sound(&self) -> bool {
        let inside = |b: &Band| {
            let [low, high] = b.at_90;
            [b.at_50, b.pair].iter().flatten().all(|v| low <= *v && *v <= high) && low >= 0.0 && high <= 1.0
        };
        self.cells.len() == CELLS && self.cells.iter().all(inside)
    }
}

impl Calibration {
    /// Fits a pool on past forecasts (one row a forecast, one column a member) in the order of their time, and chooses how it
    /// is calibrated: over the later three quarters of the blocks, Platt's and isotonic calibration are each fitted on
    /// what lay before and scored. Isotonic is taken where its mean gain is above the gain's own standard error over blocks
    /// (Breiman et al. 1984, section 3.4.3, prefer the simpler within one).
    pub fn fit(said: &Table, outcomes: &[bool], blocks: &[i32]) -> (Pool, Self) {
        let mut sums = [0.0; 2];
        let mut judged = 0;
        // What isotonic calibration gains, and on how many forecasts, by block.
        let mut gains: BTreeMap<i32, [f64; 2]> = BTreeMap::new();
        let mut times = blocks.to_vec();
        times.sort_unstable();
        times.dedup();
        for quarter in 1..4 {
            let (Some(&from), to) = (times.get(times.len() * quarter / 4), times.get(times.len() * (quarter + 1) / 4))
            else {
                continue;
            };
            let past: Vec<usize> = (0..said.len()).filter(|&i| blocks[i] < from).collect();
            let now: Vec<usize> =
                (0..said.len()).filter(|&i| blocks[i] >= from && to.is_none_or(|t| blocks[i] < *t)).collect();
            let known: Vec<bool> = past.iter().map(|&i| outcomes[i]).collect();
            if past.len() < LEAST || known.iter().filter(|k| **k).count() < 20 {
                continue;
            }
            let rows = said.select(&past);
            let pool = Pool::fit(&rows, &known);
            let counts = counts(pool.probabilities(&rows).into_iter().zip(known));
            for &i in &now {
                let platt = pool.probability(said.row(i));
                let isotonic = halfway(platt, merged(pair(&counts, cell(platt), [1.0, 1.0])));
                let scores = [platt, isotonic].map(|p| log_score(outcomes[i], p));
                sums.iter_mut().zip(scores).for_each(|(sum, s)| *sum += s);
                judged += 1;
                let gain = gains.entry(blocks[i]).or_default();
                *gain = [gain[0] + scores[0] - scores[1], gain[1] + 1.0];
            }
        }
        let pool = Pool::fit(said, outcomes);
        let bands = Bands::fit(&pool.probabilities(said), outcomes, blocks);
        let log_scores = (judged > 0).then(|| sums.map(|s| s / f64::from(judged)));
        let method = if bands.is_some() && surely_gains(&gains) { Method::Isotonic } else { Method::Platt };
        (pool, Self { method, log_scores, bands })
    }

    /// The calibrated probability, of a pooled one.
    pub fn probability(&self, pooled: f64) -> f64 {
        match (self.method, &self.bands) {
            (Method::Isotonic, Some(bands)) => halfway(pooled, bands.isotonic(pooled)),
            _ => pooled,
        }
    }
}

/// Whether the mean gain lies more than a standard error above 0, blocks being drawn as wholes.
fn surely_gains(gains: &BTreeMap<i32, [f64; 2]>) -> bool {
    let count = gains.len() as f64;
    let [gain, n] = gains.values().fold([0.0; 2], |sum, g| [sum[0] + g[0], sum[1] + g[1]]);
    if count < 2.0 {
        return false;
    }
    let mean = gain / n;
    // The error of a ratio of sums over blocks.
    let spread: f64 = gains.values().map(|[g, n]| (g - mean * n).powi(2)).sum();
    gain > (spread * count / (count - 1.0)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forecasts whose odds are `by` too high, in blocks that share a shift of up to `shared` in log-odds.
    fn past(
        seed: u64,
        times: i32,
        each: usize,
        bend: impl Fn(f64) -> f64,
        shared: f64,
    ) -> (Vec<f64>, Vec<bool>, Vec<i32>) {
        let mut random = Random::new(seed);
        let (mut p, mut outcomes, mut blocks) = (Vec::new(), Vec::new(), Vec::new());
        for time in 0..times {
            let shift = (random.unit() - 0.5) * 2.0 * shared;
            for _ in 0..each {
                let said = sigmoid(random.unit() * 6.0 - 4.5);
                p.push(said);
                outcomes.push(random.unit() < sigmoid(logit(bend(said)) + shift));
                blocks.push(time);
            }
        }
        (p, outcomes, blocks)
    }

    #[test]
    fn intervals_hold_the_true_frequency_as_often_as_they_say() {
        // Without and with a fate that forecasts of one time share.
        for shared in [0.0, 0.6] {
            let bend = |p: f64| sigmoid(0.7 * logit(p) - 0.4);
            // What comes of a forecast on the whole: the mean over the shifts.
            let truth = |p: f64| {
                let steps = 41;
                let at = |k: i32| sigmoid(logit(bend(p)) + shared * (f64::from(k) / 20.0 - 1.0));
                (0..steps).map(at).sum::<f64>() / f64::from(steps)
            };
            let (mut in_90, mut in_50, mut all) = (0, 0, 0);
            for seed in 0..60 {
                let (p, outcomes, blocks) = past(seed, 24, 150, bend, shared);
                let bands = Bands::fit(&p, &outcomes, &blocks).expect("enough");
                assert!(bands.is_sound());
                for k in 0..12 {
                    let said = sigmoid(-4.4 + 0.5 * f64::from(k));
                    // The middle of the cell: what the cell as a whole comes to.
                    let (band, truth) = (bands.at(said), truth(said));
                    in_90 += usize::from(band.at_90[0] <= truth && truth <= band.at_90[1]);
                    in_50 += usize::from(band.at_50[0] <= truth && truth <= band.at_50[1]);
                    all += 1;
                }
            }
            let (c90, c50) = (f64::from(in_90 as u32) / f64::from(all), f64::from(in_50 as u32) / f64::from(all));
            assert!((0.88..0.99).contains(&c90), "90 %: {c90} with {shared}");
            assert!((0.48..0.75).contains(&c50), "50 %: {c50} with {shared}");
        }
    }

    #[test]
    fn few_hits_leave_room_above_and_more_data_narrows() {
        let none = |n: usize| {
            let blocks: Vec<i32> = (0..n).map(|i| (i / 100) as i32).collect();
            Bands::fit(&vec![0.01; n], &vec![false; n], &blocks).expect("enough").at(0.01)
        };
        let [low, high] = none(400).at_90;
        // The rule of three.
        assert!(low < 1e-9 && high > 2.0 / 400.0 && high < 5.0 / 400.0, "{low} {high}");
        assert!(none(4000).at_90[1] < high / 5.0);
        let wide = |each: usize| {
            let (p, o, b) = past(5, 24, each, |p| p, 0.0);
            let [low, high] = Bands::fit(&p, &o, &b).expect("enough").at(0.3).at_90;
            high - low
        };
        assert!(wide(40) > 1.5 * wide(400));
    }

    #[test]
    fn the_pair_is_that_of_the_definition() {
        // Two cells, 8 forecasts each with 2 and 4 hits; one more in the first.
        let mut counts = vec![[0.0; 2]; CELLS];
        (counts[20], counts[30]) = ([8.0, 2.0], [8.0, 4.0]);
        let [p0, p1] = pair(&counts, 20, [1.0, 1.0]);
        assert!((p0 - 2.0 / 9.0).abs() < 1e-12 && (p1 - 3.0 / 9.0).abs() < 1e-12, "{p0} {p1}");
        // Violators are pooled.
        (counts[20], counts[30]) = ([8.0, 4.0], [8.0, 2.0]);
        let [p0, p1] = pair(&counts, 30, [1.0, 1.0]);
        assert!((p0 - 6.0 / 17.0).abs() < 1e-12 && (p1 - 7.0 / 17.0).abs() < 1e-12, "{p0} {p1}");
        // Between the two, where nothing was: bounded by both sides.
        let [p0, p1] = pair(&counts, 25, [1.0, 1.0]);
        assert!(p0 < p1 && p0 >= 0.0 && p1 <= 1.0);
    }

    #[test]
    fn a_gain_counts_when_it_is_no_chance_of_blocks() {
        let of = |gains: &[f64]| surely_gains(&gains.iter().zip(0..).map(|(g, k)| (k, [*g, 10.0])).collect());
        assert!(of(&[1.0, 1.2, 0.8, 1.0]));
        // The same sum out of one block alone.
        assert!(!of(&[4.0, 0.0, 0.0, 0.0, -0.1, -0.1]));
        assert!(!of(&[-1.0, -1.2, -0.8]) && !of(&[1.0]) && !of(&[]));
    }

    #[test]
    fn isotonic_is_taken_where_a_line_does_not_fit_and_not_else() {
        let choose = |bend: &dyn Fn(f64) -> f64| {
            let (p, outcomes, blocks) = past(3, 24, 400, bend, 0.0);
            let mut said = Table::new(1);
            for p in &p {
                said.push(&[*p]);
            }
            Calibration::fit(&said, &outcomes, &blocks).1
        };
        // A step: what is below even odds hardly ever comes, what is above nearly always.
        let step = choose(&|p| if p < 0.3 { 0.05 } else { 0.6 });
        assert_eq!(step.method, Method::Isotonic, "{:?}", step.log_scores);
        let bands = step.bands.as_ref().expect("enough");
        assert!((bands.isotonic(0.15) - 0.05).abs() < 0.03 && (bands.isotonic(0.6) - 0.6).abs() < 0.08);
        assert!(step.probability(0.45) > step.probability(0.4), "order is kept within a step");
        let line = choose(&|p| sigmoid(logit(p) - 0.8));
        assert_eq!(line.method, Method::Platt, "{:?}", line.log_scores);
    }
}
