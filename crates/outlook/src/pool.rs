//! Several forecasts made one, and calibrated on how earlier ones turned out.

use serde::{Deserialize, Serialize};

use crate::logistic::{Table, logit, sigmoid, solve};
use crate::scores::{wilson, wilson_at};

/// Penalty that holds the weights near an even mean while there is little to learn from. (Ten times as much did better on the
/// Balkans of 1992 and 1993 and worse after, see `RECORD.md`.)
const RIDGE: f64 = 30.0;

/// `logit p = shift + sum of weight * logit(member)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pool {
    /// What is added to the log-odds.
    pub shift: f64,
    /// Weight of each member.
    pub weights: Vec<f64>,
    /// How many past forecasts it was fitted on.
    pub n: usize,
}

impl Pool {
    /// The even mean of the log-odds.
    pub fn even(members: usize) -> Self {
        Self { shift: 0.0, weights: vec![1.0 / members as f64; members], n: 0 }
    }

    /// Fits shift and weights to past forecasts (`p`: one row a forecast, one column a member) that were made without
    /// knowledge of their outcomes. With one member this is Platt's calibration (1999), drawn towards no change.
    pub fn fit(p: &Table, outcomes: &[bool]) -> Self {
        let members = p.width;
        let mut pool = Self::even(members);
        if p.len() < 200 || outcomes.iter().filter(|o| **o).count() < 20 {
            return pool;
        }
        let rows: Vec<Vec<f64>> =
            p.rows().map(|r| r.iter().map(|p| logit(*p)).chain(std::iter::once(1.0)).collect()).collect();
        let size = members + 1;
        let prior: Vec<f64> = pool.weights.iter().copied().chain(std::iter::once(0.0)).collect();
        let mut beta = prior.clone();
        for _ in 0..25 {
            let mut gradient: Vec<f64> = beta.iter().zip(&prior).map(|(b, p)| RIDGE * (b - p)).collect();
            let mut hessian = vec![0.0; size * size];
            (0..size).for_each(|i| hessian[i * size + i] = RIDGE);
            for (row, outcome) in rows.iter().zip(outcomes) {
                let p = sigmoid(row.iter().zip(&beta).map(|(x, b)| x * b).sum());
                let (g, h) = (p - f64::from(u8::from(*outcome)), p * (1.0 - p));
                for a in 0..size {
                    gradient[a] += g * row[a];
                    for b in 0..=a {
                        hessian[a * size + b] += h * row[a] * row[b];
                    }
                }
            }
            let step = solve(&mut hessian, &gradient, size);
            beta.iter_mut().zip(&step).for_each(|(b, s)| *b -= s.clamp(-1.0, 1.0));
            if step.iter().all(|s| s.abs() < 1e-9) {
                break;
            }
        }
        pool.shift = beta.pop().expect("the shift is last");
        pool.weights = beta;
        pool.n = p.len();
        pool
    }

    /// The pooled probability of one forecast by each member.
    pub fn probability(&self, members: &[f64]) -> f64 {
        sigmoid(self.shift + members.iter().zip(&self.weights).map(|(p, w)| w * logit(*p)).sum::<f64>())
    }

    /// The pooled probabilities of all rows.
    pub fn probabilities(&self, p: &Table) -> Vec<f64> {
        p.rows().map(|row| self.probability(row)).collect()
    }
}

/// Half the width of the central 50 % of a normal distribution, in standard deviations.
const Z_50: f64 = 0.674_489_75;
/// Past forecasts that one is compared with.
const ALIKE: usize = 200;

/// Groups that past forecasts are kept in, at most about so many.
const GROUPS: usize = 500;

/// Past forecasts and what came of them, in small groups by rising probability.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Experience {
    /// Mean probability, how many, how many came true.
    groups: Vec<(f32, u32, u32)>,
}

/// How often forecasts like one came true.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alike {
    /// How many past forecasts lie nearest.
    pub n: usize,
    /// How many of them came true.
    pub hits: usize,
    /// Share that came true, at least, with 90 % confidence.
    pub low: f64,
    /// At most.
    pub high: f64,
    /// At least, with 50 % confidence.
    pub low_50: f64,
    /// At most, with 50 % confidence.
    pub high_50: f64,
}

impl Experience {
    /// Keeps forecasts made without knowledge of their outcomes.
    pub fn new(p: &[f64], outcomes: &[bool]) -> Self {
        let mut past: Vec<(f64, bool)> = p.iter().copied().zip(outcomes.iter().copied()).collect();
        past.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let groups = past
            .chunks(past.len().div_ceil(GROUPS).max(1))
            .map(|group| {
                let mean = group.iter().map(|(p, _)| p).sum::<f64>() / group.len() as f64;
                (mean as f32, group.len() as u32, group.iter().filter(|(_, o)| *o).count() as u32)
            })
            .collect();
        Self { groups }
    }

    /// How many forecasts.
    pub fn len(&self) -> usize {
        self.groups.iter().map(|g| g.1 as usize).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The past forecasts nearest to a probability, [`ALIKE`] or a few more; `None` with fewer.
    pub fn alike(&self, p: f64) -> Option<Alike> {
        if self.len() < ALIKE {
            return None;
        }
        let mut near: Vec<&(f32, u32, u32)> = self.groups.iter().collect();
        near.sort_by(|a, b| {
            (logit(f64::from(a.0)) - logit(p)).abs().total_cmp(&(logit(f64::from(b.0)) - logit(p)).abs())
        });
        let (mut n, mut hits) = (0, 0);
        for group in near {
            if n >= ALIKE {
                break;
            }
            n += group.1 as usize;
            hits += group.2 as usize;
        }
        let (low, high) = wilson(hits as f64, n as f64);
        let (low_50, high_50) = wilson_at(hits as f64, n as f64, Z_50);
        Some(Alike { n, hits, low, high, low_50, high_50 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn a_member_that_says_too_much_is_brought_down() {
        let mut random = Random::new(3);
        let (mut p, mut outcomes) = (Table::new(1), Vec::new());
        for _ in 0..20_000 {
            let truth = random.unit() * 0.5;
            p.push(&[sigmoid(logit(truth) + 0.8)]);
            outcomes.push(random.unit() < truth);
        }
        let pool = Pool::fit(&p, &outcomes);
        assert!((pool.shift + 0.8).abs() < 0.1 && (pool.weights[0] - 1.0).abs() < 0.1, "{pool:?}");
        let alike = Experience::new(&pool.probabilities(&p), &outcomes).alike(0.3).expect("enough");
        assert!(alike.low < 0.3 && 0.3 < alike.high, "{alike:?}");
    }
}
