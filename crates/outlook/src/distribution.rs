//! Predictive distributions as samples, and their scores.

use serde::{Deserialize, Serialize};

/// A predictive distribution: equally likely values, in rising order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Distribution {
    samples: Vec<f64>,
}

/// Bounds of the bins of the ignorance score: 0, 1-2, 3-5, 6-10, 11-25, 26-50, 51-100, 101-250, 251-500, 501-1000, more
/// (ViEWS prediction challenge 2023).
const BINS: [f64; 10] = [0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5];

impl Distribution {
    /// Takes values in any order.
    pub fn new(mut samples: Vec<f64>) -> Self {
        samples.sort_by(f64::total_cmp);
        Self { samples }
    }

    /// The values.
    pub fn samples(&self) -> &[f64] {
        &self.samples
    }

    /// Probability of at least so much.
    pub fn at_least(&self, least: f64) -> f64 {
        let below = self.samples.partition_point(|v| *v < least);
        (self.samples.len() - below) as f64 / self.samples.len().max(1) as f64
    }

    /// A quantile.
    pub fn quantile(&self, q: f64) -> f64 {
        crate::scores::quantile(&self.samples, q)
    }

    /// Continuous ranked probability score of the ensemble: mean |x - y| less half the mean |x - x'| (Gneiting and
    /// Raftery 2007, equation 21).
    pub fn crps(&self, y: f64) -> f64 {
        let m = self.samples.len() as f64;
        let (mut near, mut spread) = (0.0, 0.0);
        for (i, x) in self.samples.iter().enumerate() {
            near += (x - y).abs();
            spread += x * (2.0 * (i + 1) as f64 - m - 1.0);
        }
        near / m - spread / (m * m)
    }

    /// Ignorance score in bits: minus the base-2 logarithm of the share of samples in the outcome's bin, each bin given
    /// one more sample (ViEWS prediction challenge 2023).
    pub fn ignorance(&self, y: f64) -> f64 {
        let bin = |v: f64| BINS.partition_point(|b| *b <= v);
        let at = bin(y);
        let hits = self.samples.iter().filter(|v| bin(**v) == at).count();
        -((hits + 1) as f64 / (self.samples.len() + BINS.len() + 1) as f64).log2()
    }

    /// Interval score of the central 95 % interval (Gneiting and Raftery 2007, equation 43).
    pub fn interval_score(&self, y: f64) -> f64 {
        let (low, high) = (self.quantile(0.025), self.quantile(0.975));
        high - low + 40.0 * ((low - y).max(0.0) + (y - high).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_of_a_small_ensemble() {
        let d = Distribution::new(vec![4.0, 0.0]);
        // mean |x - y| = 2, half the mean |x - x'| = 1
        assert!((d.crps(2.0) - 1.0).abs() < 1e-12);
        assert!((d.ignorance(0.0) + (2.0f64 / 13.0).log2()).abs() < 1e-12);
        assert_eq!(d.at_least(1.0), 0.5);
    }
}
