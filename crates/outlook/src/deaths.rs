//! Deaths by country and month, as full distributions: a hurdle (does anyone die at all?) with quantile trees for how
//! many, mixed with the country's own last twelve months and with what followed situations like its own.

use crate::Error;
use crate::countries::Countries;
use crate::distribution::Distribution;
use crate::logistic::Table;
use crate::trees::{Growth, QuantileTrees, Trees};

/// Levels at which the trees tell how many die, given that anyone does.
const LEVELS: [f64; 11] = [0.005, 0.05, 0.15, 0.3, 0.45, 0.6, 0.75, 0.87, 0.95, 0.98, 0.995];
/// Months of record before the first origin that is learnt from.
const RUN_IN: usize = 60;

/// Shares of the three parts of a forecast; they sum to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mixture {
    /// Hurdle and quantile trees.
    pub trees: f64,
    /// The country's own last twelve months.
    pub own: f64,
    /// What followed situations like its own.
    pub analogues: f64,
}

/// The fitted model.
pub struct Deaths {
    hurdle: Trees,
    amount: QuantileTrees,
    /// Past situations: standing, log level, and the origin.
    past: Vec<Situation>,
    scales: Vec<f64>,
    columns: Vec<usize>,
}

/// A country at a past month, in what makes situations alike.
struct Situation {
    t: usize,
    c: usize,
    standing: Vec<f64>,
    level: f64,
}

/// Features by which situations are alike.
const ALIKE: [&str; 7] =
    ["deaths_lag_0", "log_mean_3", "log_mean_12", "log_mean_60", "any_12", "spread_12", "neighbours_mean_12"];
/// Analogues of a forecast.
const ANALOGUES: usize = 200;

impl Deaths {
    /// Fits on the months up to row `origin`, for the steps ahead in `steps` (months).
    pub fn fit(
        countries: &Countries<'_>,
        origin: usize,
        steps: std::ops::RangeInclusive<usize>,
    ) -> Result<Self, Error> {
        let table = countries.table();
        let names = countries.names();
        let columns: Vec<usize> =
            ALIKE.iter().map(|a| names.iter().position(|n| n == a).expect("the features have these names")).collect();
        let (first, last) = (*steps.start(), *steps.end());
        let span = last - first + 1;
        let width = names.len() + 1;
        let mut x = Table::new(width);
        let mut y = Vec::new();
        let mut past = Vec::new();
        for t in RUN_IN..origin.saturating_sub(first) {
            for c in 0..table.countries.len() {
                let features = countries.features(t, c);
                let standing: Vec<f64> = columns.iter().map(|&i| features[i]).collect();
                past.push(Situation { t, c, level: standing[1], standing });
                if t % 2 == 0 {
                    // Three steps of each situation, in turn, so that all steps are learnt from alike.
                    for turn in 0..3 {
                        let step = first + (t / 2 + c * 5 + turn * span / 3) % span;
                        if t + step <= origin {
                            let mut row = features.to_vec();
                            row.push(step as f64);
                            x.push(&row);
                            y.push(table.deaths[t + step][c]);
                        }
                    }
                }
            }
        }
        if past.is_empty() || y.len() < 500 {
            return Err(Error::TooLittle(format!("{} months of record", origin + 1)));
        }
        let scales = (0..columns.len())
            .map(|i| {
                let n = past.len() as f64;
                let mean = past.iter().map(|s| s.standing[i]).sum::<f64>() / n;
                (past.iter().map(|s| (s.standing[i] - mean).powi(2)).sum::<f64>() / n).sqrt().max(1e-9)
            })
            .collect();
        let any: Vec<bool> = y.iter().map(|v| *v > 0.0).collect();
        let growth = Growth { rounds: 130, depth: 4, columns: 0.5, min_leaf: 12.0, eta: 0.05, ..Growth::default() };
        let hurdle = Trees::fit(&x, &any, &growth)?;
        let some: Vec<usize> = (0..y.len()).filter(|&i| any[i]).collect();
        let amounts: Vec<f64> = some.iter().map(|&i| y[i].ln_1p()).collect();
        let growth =
            Growth { rounds: 100, depth: 4, columns: 0.7, min_leaf: 60.0, eta: 0.06, rows: 1.0, ..Growth::default() };
        let amount = QuantileTrees::fit(&x.select(&some), &amounts, &LEVELS, &growth)?;
        Ok(Self { hurdle, amount, past, scales, columns })
    }

    /// The distribution of deaths in the month `step` after row `origin`, for each country, of `size` samples.
    pub fn forecast(
        &self,
        countries: &Countries<'_>,
        origin: usize,
        step: usize,
        mixture: Mixture,
        size: usize,
    ) -> Result<Vec<Distribution>, Error> {
        let table = countries.table();
        let mut x = Table::new(countries.names().len() + 1);
        let mut standings = Vec::new();
        for c in 0..table.countries.len() {
            let mut row = countries.features(origin, c).to_vec();
            standings.push(self.columns.iter().map(|&i| row[i]).collect::<Vec<f64>>());
            row.push(step as f64);
            x.push(&row);
        }
        let p = self.hurdle.probabilities(&x)?;
        let quantiles = self.amount.quantiles(&x)?;
        let mut out = Vec::with_capacity(standings.len());
        for (c, standing) in standings.iter().enumerate() {
            let share = |part: f64| (part * size as f64).round() as usize;
            let mut samples = hurdled(p[c], &quantiles[c], share(mixture.trees));
            let own: Vec<f64> = table.deaths[(origin + 1).saturating_sub(12)..=origin].iter().map(|r| r[c]).collect();
            spread(&mut samples, &own, share(mixture.own));
            let like =
                if mixture.analogues > 0.0 { self.analogues(countries, origin, step, standing) } else { Vec::new() };
            spread(&mut samples, &like, share(mixture.analogues));
            out.push(Distribution::new(samples));
        }
        Ok(out)
    }

    /// What followed the past situations most alike, `step` months on, brought to the own level where that is not low.
    fn analogues(&self, countries: &Countries<'_>, origin: usize, step: usize, standing: &[f64]) -> Vec<f64> {
        let table = countries.table();
        let mut near: Vec<(f64, usize)> = self
            .past
            .iter()
            .enumerate()
            .filter(|(_, s)| s.t + step <= origin)
            .map(|(i, s)| {
                let distance =
                    s.standing.iter().zip(standing).zip(&self.scales).map(|((a, b), s)| ((a - b) / s).powi(2));
                (distance.sum::<f64>(), i)
            })
            .collect();
        let count = ANALOGUES.min(near.len());
        if count == 0 {
            return Vec::new();
        }
        near.select_nth_unstable_by(count - 1, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut values: Vec<f64> = near[..count]
            .iter()
            .map(|&(_, i)| {
                let s = &self.past[i];
                let y = table.deaths[s.t + step][s.c];
                let level = standing[1].min(s.level);
                if y == 0.0 || level < 1.5 {
                    y
                } else {
                    ((y.ln_1p() + standing[1] - s.level).exp_m1()).round().max(0.0)
                }
            })
            .collect();
        values.sort_by(f64::total_cmp);
        values
    }
}

/// Evenly spaced samples of a hurdle with quantiles of ln(1 + deaths) behind it.
fn hurdled(p: f64, quantiles: &[f64], count: usize) -> Vec<f64> {
    (0..count)
        .map(|i| {
            let u = (i as f64 + 0.5) / count as f64;
            let above = (u - (1.0 - p)) / p.max(1e-9);
            if above <= 0.0 { 0.0 } else { interpolate(above, quantiles).exp_m1().round().max(0.0) }
        })
        .collect()
}

fn interpolate(u: f64, quantiles: &[f64]) -> f64 {
    let at = LEVELS.partition_point(|l| *l <= u);
    match at {
        0 => quantiles[0],
        n if n == LEVELS.len() => quantiles[n - 1],
        n => {
            let f = (u - LEVELS[n - 1]) / (LEVELS[n] - LEVELS[n - 1]);
            quantiles[n - 1] + f * (quantiles[n] - quantiles[n - 1])
        }
    }
}

/// Adds `count` values that stand for `values` evenly.
fn spread(samples: &mut Vec<f64>, values: &[f64], count: usize) {
    if !values.is_empty() {
        samples.extend((0..count).map(|i| values[i * values.len() / count]));
    }
}
