//! Logistic regression with a ridge penalty, and the exact share that each feature has in a forecast.

use serde::{Deserialize, Serialize};

use crate::Error;

/// Rows of features, one after another.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Features a row.
    pub width: usize,
    /// `rows * width` values.
    pub values: Vec<f64>,
}

impl Table {
    /// An empty table of a width.
    pub fn new(width: usize) -> Self {
        Self { width, values: Vec::new() }
    }

    /// Adds a row.
    pub fn push(&mut self, row: &[f64]) {
        assert_eq!(row.len(), self.width, "a row of another width");
        self.values.extend_from_slice(row);
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// One row.
    pub fn row(&self, i: usize) -> &[f64] {
        &self.values[i * self.width..(i + 1) * self.width]
    }

    /// The rows in order.
    pub fn rows(&self) -> std::slice::ChunksExact<'_, f64> {
        self.values.chunks_exact(self.width.max(1))
    }

    /// The table of some columns.
    #[must_use]
    pub fn columns(&self, columns: &[usize]) -> Self {
        let values = self.rows().flat_map(|row| columns.iter().map(|&c| row[c])).collect();
        Self { width: columns.len(), values }
    }

    /// The table of some rows.
    #[must_use]
    pub fn select(&self, rows: &[usize]) -> Self {
        Self { width: self.width, values: rows.iter().flat_map(|&i| self.row(i)).copied().collect() }
    }
}

/// A fitted model: `logit p = intercept + sum of weight * (feature - mean) / scale`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Logistic {
    /// Log-odds at the mean of all features.
    pub intercept: f64,
    /// Weight of each standardised feature.
    pub weights: Vec<f64>,
    /// Mean of each feature in training.
    pub means: Vec<f64>,
    /// Standard deviation of each feature in training; 1 where it does not vary.
    pub scales: Vec<f64>,
}

/// `1 / (1 + e^-x)`.
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// `ln(p / (1 - p))`, with `p` kept within `[1e-6, 1 - 1e-6]`.
pub fn logit(p: f64) -> f64 {
    let p = p.clamp(1e-6, 1.0 - 1e-6);
    (p / (1.0 - p)).ln()
}

impl Logistic {
    /// Fits by Newton's method (iteratively reweighted least squares). Minimises the summed log loss plus
    /// `ridge / 2 * |weights|²` on standardised features; the intercept is free. `weights` of rows may be empty (all 1).
    pub fn fit(x: &Table, y: &[bool], row_weights: &[f64], ridge: f64) -> Result<Self, Error> {
        let mut models = Self::fit_rungs(x, &[y.to_vec()], row_weights, ridge)?;
        Ok(models.pop().expect("one model a rung"))
    }

    /// Fits several outcomes that are rungs of one ladder (at least one, at least two, ...) together: one model a rung,
    /// with an intercept of its own and weights shared by all, each rung counting alike. Rungs above tell of how much,
    /// which the first alone does not learn from (proportional odds: McCullagh 1980, JRSS B 42(2)). Rungs that hardly
    /// ever or nearly always come true lend nothing.
    pub fn fit_rungs(x: &Table, rungs: &[Vec<bool>], row_weights: &[f64], ridge: f64) -> Result<Vec<Self>, Error> {
        let (n, width) = (x.len(), x.width);
        let telling = |y: &Vec<bool>| {
            let hits = y.iter().filter(|v| **v).count();
            hits > 0 && hits < n
        };
        if n < 10 || !rungs.first().is_some_and(telling) {
            return Err(Error::TooLittle(format!("{n} rows, or all with one outcome")));
        }
        let used: Vec<usize> = (0..rungs.len()).filter(|&j| telling(&rungs[j])).collect();
        let count = used.len();
        let weight = |i: usize| row_weights.get(i).copied().unwrap_or(1.0) / count as f64;
        let total: f64 = (0..n).map(weight).sum();
        let mut means = vec![0.0; width];
        for (i, row) in x.rows().enumerate() {
            means.iter_mut().zip(row).for_each(|(m, v)| *m += weight(i) * v / total);
        }
        let mut scales = vec![0.0; width];
        for (i, row) in x.rows().enumerate() {
            for ((s, v), m) in scales.iter_mut().zip(row).zip(&means) {
                *s += weight(i) * (v - m).powi(2) / total;
            }
        }
        for s in &mut scales {
            *s = if *s > 1e-18 { s.sqrt() } else { 1.0 };
        }
        let z: Vec<f64> =
            x.rows().flat_map(|row| row.iter().zip(&means).zip(&scales).map(|((v, m), s)| (v - m) / s)).collect();
        let size = width + count;
        let mut beta = vec![0.0; size];
        for (k, &j) in used.iter().enumerate() {
            beta[width + k] = logit((0..n).filter(|&i| rungs[j][i]).map(weight).sum::<f64>() / total);
        }
        let loss = |beta: &[f64]| -> f64 {
            let fit: f64 = z
                .chunks_exact(width.max(1))
                .enumerate()
                .map(|(i, row)| {
                    let shared = dot(row, beta);
                    let rungs = used.iter().enumerate().map(|(k, &j)| {
                        let m = beta[width + k] + shared;
                        // ln(1 + e^m) - y m, without overflow
                        m.max(0.0) + (-m.abs()).exp().ln_1p() - if rungs[j][i] { m } else { 0.0 }
                    });
                    weight(i) * rungs.sum::<f64>()
                })
                .sum();
            fit + ridge / 2.0 * beta[..width].iter().map(|b| b * b).sum::<f64>()
        };
        let mut now = loss(&beta);
        for _ in 0..40 {
            let mut gradient = vec![0.0; size];
            let mut hessian = vec![0.0; size * size];
            for (i, row) in z.chunks_exact(width.max(1)).enumerate() {
                let shared = dot(row, &beta);
                let (mut g, mut h) = (0.0, 0.0);
                for (k, &j) in used.iter().enumerate() {
                    let p = sigmoid(beta[width + k] + shared);
                    let own_g = weight(i) * (p - f64::from(u8::from(rungs[j][i])));
                    let own_h = (weight(i) * p * (1.0 - p)).max(1e-9);
                    gradient[width + k] += own_g;
                    let at = (width + k) * size;
                    hessian[at + width + k] += own_h;
                    hessian[at..at + width].iter_mut().zip(row).for_each(|(slot, v)| *slot += own_h * v);
                    g += own_g;
                    h += own_h;
                }
                for (a, va) in row.iter().enumerate() {
                    gradient[a] += g * va;
                    let ha = h * va;
                    for (slot, vb) in hessian[a * size..=a * size + a].iter_mut().zip(row) {
                        *slot += ha * vb;
                    }
                }
            }
            for a in 0..width {
                gradient[a] += ridge * beta[a];
                hessian[a * size + a] += ridge + 1e-9;
            }
            let step = solve(&mut hessian, &gradient, size);
            // Newton's step may overshoot far from the minimum: halve it until the loss falls.
            let mut length = 1.0;
            let mut moved = false;
            for _ in 0..20 {
                let trial: Vec<f64> = beta.iter().zip(&step).map(|(b, s)| b - length * s).collect();
                let then = loss(&trial);
                if then < now {
                    moved = now - then > 1e-9 * now.abs();
                    beta = trial;
                    now = then;
                    break;
                }
                length /= 2.0;
            }
            if !moved {
                break;
            }
        }
        let weights = beta[..width].to_vec();
        Ok((0..rungs.len())
            .map(|j| {
                let intercept = used.iter().position(|u| *u == j).map_or(
                    // A rung nobody or everybody reached.
                    if rungs[j].iter().any(|v| *v) { logit(1.0) } else { logit(0.0) },
                    |k| beta[width + k],
                );
                Self { intercept, weights: weights.clone(), means: means.clone(), scales: scales.clone() }
            })
            .collect())
    }

    /// Log-odds of a row.
    pub fn margin(&self, row: &[f64]) -> f64 {
        self.intercept + self.contributions(row).iter().sum::<f64>()
    }

    /// Probability of a row.
    pub fn probability(&self, row: &[f64]) -> f64 {
        sigmoid(self.margin(row))
    }

    /// Probabilities of all rows.
    pub fn probabilities(&self, x: &Table) -> Vec<f64> {
        x.rows().map(|row| self.probability(row)).collect()
    }

    /// What each feature adds to the log-odds, against the mean of training: exact, and summing with the intercept to
    /// [`Logistic::margin`].
    pub fn contributions(&self, row: &[f64]) -> Vec<f64> {
        (0..self.weights.len()).map(|i| self.weights[i] * (row[i] - self.means[i]) / self.scales[i]).collect()
    }
}

fn dot(row: &[f64], beta: &[f64]) -> f64 {
    row.iter().zip(beta).map(|(a, b)| a * b).sum()
}

/// Solves `a x = b` for a symmetric positive definite `a`, given by its lower triangle, by Cholesky's decomposition.
pub(crate) fn solve(a: &mut [f64], b: &[f64], size: usize) -> Vec<f64> {
    for j in 0..size {
        for k in 0..j {
            let f = a[j * size + k];
            if f != 0.0 {
                for i in j..size {
                    a[i * size + j] -= a[i * size + k] * f;
                }
            }
        }
        let d = a[j * size + j].max(1e-12).sqrt();
        for i in j..size {
            a[i * size + j] /= d;
        }
    }
    let mut x = b.to_vec();
    for i in 0..size {
        let sum: f64 = (0..i).map(|k| a[i * size + k] * x[k]).sum();
        x[i] = (x[i] - sum) / a[i * size + i];
    }
    for i in (0..size).rev() {
        let sum: f64 = (i + 1..size).map(|k| a[k * size + i] * x[k]).sum();
        x[i] = (x[i] - sum) / a[i * size + i];
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contributions_sum_to_the_margin_and_the_gradient_is_zero() {
        let mut x = Table::new(2);
        let mut y = Vec::new();
        for i in 0..400 {
            let (a, b) = (f64::from(i % 20) / 10.0, f64::from(i / 20) / 7.0);
            x.push(&[a, b]);
            y.push((i * 7919) % 100 < (30.0 * a + 8.0 * b) as i32);
        }
        let model = Logistic::fit(&x, &y, &[], 2.0).expect("fits");
        let row = x.row(17);
        let sum = model.intercept + model.contributions(row).iter().sum::<f64>();
        assert!((sigmoid(sum) - model.probability(row)).abs() < 1e-12);
        for f in 0..2 {
            let gradient: f64 = (0..x.len())
                .map(|i| {
                    let z = (x.row(i)[f] - model.means[f]) / model.scales[f];
                    z * (model.probability(x.row(i)) - f64::from(u8::from(y[i])))
                })
                .sum::<f64>()
                + 2.0 * model.weights[f];
            assert!(gradient.abs() < 1e-3, "{gradient}");
        }
    }
}
