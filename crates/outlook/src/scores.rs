//! Scores of probability forecasts of yes-or-no outcomes.

use serde::{Deserialize, Serialize};

/// Probabilities are kept this far from 0 and 1 before scoring, as the plain scripts do.
pub const CLIP: f64 = 1e-4;

/// What a set of probability forecasts scored. All lower-is-better except `skill`, `auroc`, `average_precision` and
/// `resolution`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// How many forecasts.
    pub n: usize,
    /// Share of outcomes that came true.
    pub base_rate: f64,
    /// Mean of -ln of the probability given to what happened (Good 1952).
    pub log_score: f64,
    /// Mean squared error (Brier 1950).
    pub brier: f64,
    /// `1 - brier / brier of climatology`; 0 until [`Scores::against`] is used.
    pub skill: f64,
    /// Chance that a case that came true was given more than one that did not (ties count half).
    pub auroc: f64,
    /// Mean precision over the cases that came true, by falling probability.
    pub average_precision: f64,
    /// Mean distance of probability and frequency over ten bins of about equal size.
    pub calibration_error: f64,
    /// Murphy (1973): weighted squared distance of probability and frequency, by bin.
    pub reliability: f64,
    /// Murphy (1973): weighted squared distance of each bin's frequency from the base rate.
    pub resolution: f64,
}

/// One bin of a reliability diagram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// How many forecasts.
    pub n: usize,
    /// Their mean probability.
    pub forecast: f64,
    /// How often the outcome came true.
    pub observed: f64,
    /// How often it came true, as a 90 % Wilson interval.
    pub low: f64,
    /// Upper end of that interval.
    pub high: f64,
}

/// Log score of one forecast.
pub fn log_score(outcome: bool, p: f64) -> f64 {
    let p = p.clamp(CLIP, 1.0 - CLIP);
    if outcome { -p.ln() } else { -(1.0 - p).ln() }
}

/// Scores of forecasts `p` for `outcomes`, of the same length. Ten bins by deciles, as the plain scripts have them.
pub fn score(outcomes: &[bool], p: &[f64]) -> Scores {
    let n = outcomes.len();
    if n == 0 {
        return Scores::default();
    }
    let p: Vec<f64> = p.iter().map(|v| v.clamp(CLIP, 1.0 - CLIP)).collect();
    let mean = |values: f64| values / n as f64;
    let hits = outcomes.iter().filter(|o| **o).count();
    let base_rate = mean(hits as f64);
    let mut scores = Scores {
        n,
        base_rate,
        log_score: mean(outcomes.iter().zip(&p).map(|(o, p)| log_score(*o, *p)).sum()),
        brier: mean(outcomes.iter().zip(&p).map(|(o, p)| (f64::from(u8::from(*o)) - p).powi(2)).sum()),
        auroc: auroc(outcomes, &p),
        average_precision: average_precision(outcomes, &p),
        ..Scores::default()
    };
    for bin in bins(outcomes, &p, 10) {
        let weight = mean(bin.n as f64);
        scores.calibration_error += weight * (bin.forecast - bin.observed).abs();
        scores.reliability += weight * (bin.forecast - bin.observed).powi(2);
        scores.resolution += weight * (bin.observed - base_rate).powi(2);
    }
    scores
}

impl Scores {
    /// The same scores with [`Scores::skill`] against a reference's Brier score.
    #[must_use]
    pub fn against(mut self, reference: &Self) -> Self {
        self.skill = if reference.brier > 0.0 { 1.0 - self.brier / reference.brier } else { 0.0 };
        self
    }
}

/// Bins at the quantiles of the forecasts; empty ones are left out.
pub fn bins(outcomes: &[bool], p: &[f64], count: usize) -> Vec<Bin> {
    let mut sorted = p.to_vec();
    sorted.sort_by(f64::total_cmp);
    let cuts: Vec<f64> = (1..count).map(|k| quantile(&sorted, k as f64 / count as f64)).collect();
    let mut sums = vec![(0usize, 0.0, 0.0); count];
    for (o, p) in outcomes.iter().zip(p) {
        let bin = &mut sums[cuts.partition_point(|c| c <= p)];
        bin.0 += 1;
        bin.1 += p;
        bin.2 += f64::from(u8::from(*o));
    }
    sums.into_iter()
        .filter(|(n, _, _)| *n > 0)
        .map(|(n, p, o)| {
            let (low, high) = wilson(o, n as f64);
            Bin { n, forecast: p / n as f64, observed: o / n as f64, low, high }
        })
        .collect()
}

/// Wilson's score interval (1927) at 90 % for `hits` of `n`.
pub fn wilson(hits: f64, n: f64) -> (f64, f64) {
    wilson_at(hits, n, 1.644_853_6)
}

/// Wilson's score interval of `z` standard deviations to either side.
pub fn wilson_at(hits: f64, n: f64, z: f64) -> (f64, f64) {
    let share = hits / n;
    let middle = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// The quantile `q` of sorted values, by linear interpolation (type 7 of Hyndman and Fan 1996).
pub fn quantile(sorted: &[f64], q: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let at = q.clamp(0.0, 1.0) * last as f64;
    let below = at.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (sorted[above] - sorted[below]) * (at - below as f64)
}

fn by_falling_probability(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]).then(a.cmp(&b)));
    order
}

/// Area under the ROC curve (Mann-Whitney); 0.5 where one of the classes is empty.
pub fn auroc(outcomes: &[bool], p: &[f64]) -> f64 {
    let order = by_falling_probability(p);
    let (mut wins, mut positives, mut negatives) = (0.0, 0.0, 0.0);
    for tie in order.chunk_by(|&a, &b| p[a] == p[b]) {
        let hits = tie.iter().filter(|&&i| outcomes[i]).count() as f64;
        let misses = tie.len() as f64 - hits;
        wins += misses * (positives + hits / 2.0);
        positives += hits;
        negatives += misses;
    }
    if positives == 0.0 || negatives == 0.0 { 0.5 } else { wins / (positives * negatives) }
}

/// Average precision: the sum of precision at each threshold times the recall gained there.
pub fn average_precision(outcomes: &[bool], p: &[f64]) -> f64 {
    let total = outcomes.iter().filter(|o| **o).count() as f64;
    if total == 0.0 {
        return 0.0;
    }
    let order = by_falling_probability(p);
    let (mut hits, mut seen, mut area) = (0.0, 0.0, 0.0);
    for tie in order.chunk_by(|&a, &b| p[a] == p[b]) {
        let gained = tie.iter().filter(|&&i| outcomes[i]).count() as f64;
        hits += gained;
        seen += tie.len() as f64;
        area += hits / seen * gained / total;
    }
    area
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        let outcomes = [true, false, true, false];
        let p = [0.9, 0.8, 0.8, 0.1];
        let s = score(&outcomes, &p);
        assert!((s.auroc - 0.875).abs() < 1e-12, "{}", s.auroc);
        // precision 1 at .9, then 2 of 3 at .8
        assert!((s.average_precision - (0.5 + 0.5 * 2.0 / 3.0)).abs() < 1e-12);
        assert!((s.brier - (0.01 + 0.64 + 0.04 + 0.01) / 4.0).abs() < 1e-12);
    }

    #[test]
    fn brier_is_its_parts_when_bins_hold_one_probability() {
        let outcomes: Vec<bool> = (0..100).map(|i| i % 10 < if i < 50 { 2 } else { 7 }).collect();
        let p: Vec<f64> = (0..100).map(|i| if i < 50 { 0.3 } else { 0.6 }).collect();
        let s = score(&outcomes, &p);
        let whole = s.reliability - s.resolution + s.base_rate * (1.0 - s.base_rate);
        assert!((s.brier - whole).abs() < 1e-9, "{} {whole}", s.brier);
    }
}
