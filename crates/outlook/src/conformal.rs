//! Bands of a number that hold as often as they say: quantiles of a predictive distribution, widened or narrowed by how far
//! past numbers lay outside them.
//!
//! Conformalised quantile regression (Romano, Patterson and Candès 2019) on the scale of ln(1 + x), within classes of
//! forecasts (Vovk, Gammerman and Shafer 2005, section 4.5): of each past forecast the score is how far the number lay above
//! the upper quantile or below the lower one, negative inside; the `(n + 1)`-fold level's rank of these scores is added to
//! both ends, except that a lower end of 0 stays. *Guarantee*: if the past forecasts of a class and the new one are exchangeable, the band holds at least as
//! often as its level says. Neighbouring months are not exchangeable, and a new kind of war is like none before: what
//! it comes to on real years is in `RECORD.md`. Where nearly all numbers are 0 a band of 0 to 0 holds more often than it says.

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::countries::Countries;
use crate::deaths::{Deaths, Mixture};
use crate::distribution::Distribution;

/// The levels that are told.
pub const LEVELS: [f64; 2] = [0.5, 0.9];
/// Least upper ends (95th percentile) of the classes of forecasts, in the unit of the number.
pub const CLASSES: [f64; 4] = [0.0, 1.0, 25.0, 250.0];
/// Past forecasts of a class below which it goes together with the class below it.
const LEAST: usize = 60;
/// Months before the origin from which [`Conformal::learn`] takes past forecasts, and between their origins.
const BACK: usize = 48;
const STRIDE: usize = 12;

/// By how much bands are moved, by class and level, in ln(1 + x).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conformal {
    /// Past forecasts of each class.
    pub n: Vec<usize>,
    /// `shifts[class][level]`: what is added to the upper end and taken from the lower.
    pub shifts: Vec<[f64; LEVELS.len()]>,
}

/// The class of a forecast, by its own 95th percentile.
pub fn class(d: &Distribution) -> usize {
    let high = d.quantile(0.95);
    CLASSES.iter().rposition(|least| *least <= high).unwrap_or(0)
}

fn plain(d: &Distribution, level: f64) -> [f64; 2] {
    [d.quantile((1.0 - level) / 2.0), d.quantile(f64::midpoint(1.0, level))]
}

impl Conformal {
    /// Fits on past forecasts, made without knowledge of their numbers, and the numbers that came.
    pub fn fit(past: &[(Distribution, f64)]) -> Self {
        let mut scores: Vec<Vec<[f64; LEVELS.len()]>> = vec![Vec::new(); CLASSES.len()];
        for (d, y) in past {
            scores[class(d)].push(LEVELS.map(|level| {
                let [low, high] = plain(d, level).map(f64::ln_1p);
                let above = y.ln_1p() - high;
                // No number lies below a lower end of 0.
                if low > 0.0 { above.max(low - y.ln_1p()) } else { above }
            }));
        }
        let n: Vec<usize> = scores.iter().map(Vec::len).collect();
        // A class with few goes together with those next to it.
        let shifts = (0..CLASSES.len())
            .map(|k| {
                let (mut from, mut to) = (k, k + 1);
                while n[from..to].iter().sum::<usize>() < LEAST && (from > 0 || to < n.len()) {
                    if from > 0 { from -= 1 } else { to += 1 }
                }
                let own: Vec<&[f64; LEVELS.len()]> = scores[from..to].iter().flatten().collect();
                std::array::from_fn(|l| rank(own.iter().map(|s| s[l]).collect(), LEVELS[l]))
            })
            .collect();
        Self { n, shifts }
    }

    /// Learns from forecasts that a model fitted four years before row `origin` makes for the months up to it, each year
    /// anew, `steps` months ahead.
    pub fn learn(
        countries: &Countries<'_>,
        origin: usize,
        steps: std::ops::RangeInclusive<usize>,
        mixture: Mixture,
        size: usize,
    ) -> Result<Self, Error> {
        let table = countries.table();
        let cut = origin.saturating_sub(BACK);
        let model = Deaths::fit(countries, cut, steps.clone())?;
        let mut past = Vec::new();
        for then in (cut..origin).step_by(STRIDE) {
            for step in steps.clone().filter(|step| then + step <= origin) {
                let said = model.forecast(countries, then, step, mixture, size)?;
                past.extend(said.into_iter().zip(table.deaths[then + step].iter().copied()));
            }
        }
        Ok(Self::fit(&past))
    }

    /// The bands of a new forecast at [`LEVELS`], whole numbers, outward; the narrower lies within the wider.
    pub fn bands(&self, d: &Distribution) -> [[f64; 2]; LEVELS.len()] {
        let shifts = self.shifts[class(d)];
        let mut bands: [[f64; 2]; LEVELS.len()] = std::array::from_fn(|l| {
            let [low, high] = plain(d, LEVELS[l]).map(f64::ln_1p);
            // A band that is narrowed to nothing keeps its middle.
            let by = shifts[l].max((low - high) / 2.0);
            let low = if low > 0.0 { low - by } else { 0.0 };
            // A hair less, so that what rounding leaves of a whole number is not rounded outward.
            [(low.exp_m1() + 1e-6).floor().max(0.0), ((high + by).exp_m1() - 1e-6).ceil().max(0.0)]
        });
        for l in 1..LEVELS.len() {
            bands[l] = [bands[l][0].min(bands[l - 1][0]), bands[l][1].max(bands[l - 1][1])];
        }
        bands
    }

    /// The bands that the distribution itself has at [`LEVELS`].
    pub fn unadjusted(d: &Distribution) -> [[f64; 2]; LEVELS.len()] {
        LEVELS.map(|level| plain(d, level))
    }
}

/// The score at the rank that holds for one more, of the same kind; the largest where there are too few; 0 of none.
fn rank(mut scores: Vec<f64>, level: f64) -> f64 {
    scores.sort_by(f64::total_cmp);
    let at = ((scores.len() + 1) as f64 * level).ceil() as usize;
    scores.get(at.clamp(1, scores.len().max(1)) - 1).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// Numbers that are spread `truth` wide in logarithms, forecast as if they were spread `said` wide.
    fn draw(random: &mut Random, truth: f64, said: f64) -> (Distribution, f64) {
        let level = 1.0 + random.unit() * 5.0;
        // A triangular spread, with a chance of none at all.
        let mut at = |width: f64| {
            if random.unit() < 0.2 { 0.0 } else { (level + width * (random.unit() - random.unit())).exp().round() }
        };
        let y = at(truth);
        (Distribution::new((0..400).map(|_| at(said)).collect()), y)
    }

    #[test]
    fn bands_hold_as_often_as_they_say_in_every_class_whatever_the_forecasts() {
        // Too sure, too wide, right.
        for said in [0.4, 3.0, 1.5] {
            let mut random = Random::new(8);
            let past: Vec<(Distribution, f64)> = (0..2000).map(|_| draw(&mut random, 1.5, said)).collect();
            let conformal = Conformal::fit(&past);
            let mut held = vec![[0usize; 4]; CLASSES.len()];
            for _ in 0..6000 {
                let (d, y) = draw(&mut random, 1.5, said);
                let count = &mut held[class(&d)];
                let inside = |[low, high]: [f64; 2]| usize::from(low <= y && y <= high);
                let [at_50, at_90] = conformal.bands(&d);
                assert!(at_90[0] <= at_50[0] && at_50[1] <= at_90[1]);
                count[0] += 1;
                count[1] += inside(at_50);
                count[2] += inside(at_90);
                count[3] += inside(Conformal::unadjusted(&d)[1]);
            }
            for (k, [n, at_50, at_90, before]) in held.iter().copied().enumerate().filter(|(_, h)| h[0] > 500) {
                let share = |count: usize| count as f64 / n as f64;
                assert!(share(at_90) > 0.87 && share(at_90) < 0.96, "class {k}, {said}: {}", share(at_90));
                assert!(share(at_50) > 0.45 && share(at_50) < 0.65, "class {k}, {said}: {}", share(at_50));
                if said < 1.0 {
                    assert!(share(before) < 0.85, "there was nothing to mend: {}", share(before));
                }
            }
            assert!(held.iter().filter(|h| h[0] > 500).count() >= 2, "{held:?}");
        }
    }

    #[test]
    fn the_rank_is_that_for_one_more() {
        assert_eq!(rank((1..=9).map(f64::from).collect(), 0.9), 9.0);
        assert_eq!(rank((1..=19).map(f64::from).collect(), 0.5), 10.0);
        assert_eq!(rank(vec![3.0], 0.9), 3.0);
        assert_eq!(rank(Vec::new(), 0.9), 0.0);
    }
}
