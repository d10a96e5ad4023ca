//! Precision, recall, F1 and the bootstrap.

use serde_json::Value;

use super::gold::Row;

/// Named figures in the order in which they were set.
#[derive(Clone, Debug, Default)]
pub struct Figures(Vec<(String, f64)>);

impl Figures {
    /// Sets a figure.
    pub fn set(&mut self, name: impl Into<String>, value: f64) {
        self.0.push((name.into(), value));
    }

    /// Sets `prefix.P`, `.R` and `.F1`.
    pub fn set_prf(&mut self, prefix: &str, counts: Counts) {
        let (p, r, f) = counts.prf();
        self.set(format!("{prefix}.P"), p);
        self.set(format!("{prefix}.R"), r);
        self.set(format!("{prefix}.F1"), f);
    }

    /// The figure called `name`.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| *v)
    }

    /// All figures.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.0.iter().map(|(n, v)| (n.as_str(), *v))
    }
}

/// True positives, predicted and gold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Right ones.
    pub hits: usize,
    /// Predicted ones.
    pub predicted: usize,
    /// Gold ones.
    pub gold: usize,
}

impl Counts {
    /// Adds one record's counts.
    pub fn add(&mut self, hits: usize, predicted: usize, gold: usize) {
        self.hits += hits;
        self.predicted += predicted;
        self.gold += gold;
    }

    /// Precision, recall, F1; 0/0 is 0.
    pub fn prf(self) -> (f64, f64, f64) {
        let ratio = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
        let (p, r) = (ratio(self.hits, self.predicted), ratio(self.hits, self.gold));
        (p, r, if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) })
    }
}

/// The 2.5th and 97.5th percentile of one figure over `n` resamples of the records (seed fixed).
pub fn bootstrap(
    score: fn(&[Row], &[Value]) -> Figures,
    rows: &[Row],
    predictions: &[Value],
    headline: &str,
    n: u32,
) -> (f64, f64) {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = || {
        // SplitMix64 (Steele, Lea and Flood 2014): small, seeded, good enough to resample.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % rows.len() as u64) as usize
    };
    let mut values: Vec<f64> = (0..n)
        .map(|_| {
            let picks: Vec<usize> = (0..rows.len()).map(|_| draw()).collect();
            let r: Vec<Row> = picks.iter().map(|&i| rows[i].clone()).collect();
            let p: Vec<Value> = picks.iter().map(|&i| predictions[i].clone()).collect();
            score(&r, &p).get(headline).unwrap_or(0.0)
        })
        .collect();
    values.sort_by(f64::total_cmp);
    let at = |q: f64| values[((values.len() as f64 * q) as usize).min(values.len() - 1)];
    (at(0.025), at(0.975))
}
