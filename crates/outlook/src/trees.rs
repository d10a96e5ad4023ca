//! Gradient-boosted trees (the `hessboost` crate), with the exact share of each feature in a forecast.

use hessboost::config::{LeafEstimation, Monotone};
use hessboost::objective::{Quantiles, RegLoss};
use hessboost::prelude::{
    BoostedModel, DMatrix, Iterations, ModelFormat, Objective, TrainingParams, TreeMethod, train,
};

use crate::Error;
use crate::logistic::{Table, sigmoid};

/// How trees are grown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// How many.
    pub rounds: usize,
    /// Share of each tree's correction that is taken.
    pub eta: f64,
    /// Splits from root to leaf, at most.
    pub depth: usize,
    /// Least sum of the loss's second derivatives in a leaf.
    pub min_leaf: f64,
    /// Penalty on the squares of leaf values.
    pub lambda: f64,
    /// Share of features tried by each tree.
    pub columns: f64,
    /// Share of rows seen by each tree.
    pub rows: f64,
    /// Trees grown side by side in each round, on other rows and features, of which the mean is taken: a boosted forest.
    pub side_by_side: usize,
    /// Seed of the choices of rows and features.
    pub seed: u64,
}

/// How a forecast may follow a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// In any way.
    Free,
    /// More of it never lowers the forecast.
    Rising,
    /// More of it never raises the forecast.
    Falling,
}

impl Default for Growth {
    fn default() -> Self {
        Self {
            rounds: 150,
            eta: 0.04,
            depth: 4,
            min_leaf: 6.0,
            lambda: 5.0,
            columns: 0.5,
            rows: 0.8,
            side_by_side: 1,
            seed: 1,
        }
    }
}

/// A fitted ensemble for a yes-or-no outcome.
pub struct Trees {
    model: BoostedModel,
    width: usize,
}

fn fault(error: impl std::fmt::Display) -> Error {
    Error::Trees(error.to_string())
}

fn matrix(x: &Table) -> Result<DMatrix, Error> {
    let values: Vec<f32> = x.values.iter().map(|v| *v as f32).collect();
    DMatrix::from_dense(&values, x.len(), x.width).map_err(fault)
}

impl Direction {
    fn constraint(self) -> Monotone {
        match self {
            Self::Free => Monotone::None,
            Self::Rising => Monotone::Increasing,
            Self::Falling => Monotone::Decreasing,
        }
    }
}

impl Trees {
    /// Fits on rows and their outcomes.
    pub fn fit(x: &Table, y: &[bool], growth: &Growth) -> Result<Self, Error> {
        Self::fit_directed(x, y, growth, &[])
    }

    /// Fits with a direction for each feature; empty for none.
    pub fn fit_directed(x: &Table, y: &[bool], growth: &Growth, directions: &[Direction]) -> Result<Self, Error> {
        let labels: Vec<f32> = y.iter().map(|v| f32::from(u8::from(*v))).collect();
        let data = matrix(x)?.with_labels(&labels).map_err(fault)?;
        let params = TrainingParams::builder()
            .objective(Objective::BinaryLogistic(RegLoss::default()))
            .tree_method(TreeMethod::Hist)
            .max_depth(growth.depth as _)
            .eta(growth.eta as _)
            .subsample(growth.rows as _)
            .colsample_bytree(growth.columns as _)
            .min_child_weight(growth.min_leaf as _)
            .lambda(growth.lambda as _)
            .num_parallel_tree(growth.side_by_side as _)
            .monotone_constraints(directions.iter().map(|d| d.constraint()).collect::<Vec<_>>())
            .seed(growth.seed as _)
            .build()
            .map_err(fault)?;
        let model = train(&params, &data, growth.rounds as _).map_err(fault)?;
        Ok(Self { model, width: x.width })
    }

    /// Probabilities of rows.
    pub fn probabilities(&self, x: &Table) -> Result<Vec<f64>, Error> {
        if x.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.margins(x)?.into_iter().map(sigmoid).collect())
    }

    /// Log-odds of rows.
    fn margins(&self, x: &Table) -> Result<Vec<f64>, Error> {
        let out = self.model.predict_margin(&matrix(x)?, Iterations::Best).map_err(fault)?;
        Ok(out.as_slice().iter().map(|m| f64::from(*m)).collect())
    }

    /// For each row, what each feature adds to the log-odds (path-dependent Shapley values, Lundberg et al. 2020), and last
    /// what all rows start from, which also takes up the rounding of single precision. They sum to the log-odds.
    pub fn contributions(&self, x: &Table) -> Result<Vec<Vec<f64>>, Error> {
        if x.is_empty() {
            return Ok(Vec::new());
        }
        let out = self.model.predict_contribs(&matrix(x)?, Iterations::Best).map_err(fault)?;
        let rows = out.as_slice().chunks(self.width + 1).zip(self.margins(x)?);
        Ok(rows
            .map(|(row, margin)| {
                let mut shares: Vec<f64> = row[..self.width].iter().map(|v| f64::from(*v)).collect();
                shares.push(margin - shares.iter().sum::<f64>());
                shares
            })
            .collect())
    }

    /// The ensemble as readable JSON.
    pub fn to_json(&self) -> Result<String, Error> {
        let bytes = self.model.encode(ModelFormat::Json).map_err(fault)?;
        String::from_utf8(bytes).map_err(fault)
    }

    /// Reads what [`Trees::to_json`] wrote, for rows of `width` features.
    pub fn from_json(text: &str, width: usize) -> Result<Self, Error> {
        let model = BoostedModel::decode(text, ModelFormat::Json).map_err(fault)?;
        if model.n_features() != width {
            return Err(Error::Model(format!("trees of {} features, expected {width}", model.n_features())));
        }
        Ok(Self { model, width })
    }
}

/// Trees for the quantiles of a number.
pub struct QuantileTrees {
    model: BoostedModel,
    levels: Vec<f64>,
}

impl QuantileTrees {
    /// Fits the quantiles of `y` at `levels` (rising, within 0 to 1).
    pub fn fit(x: &Table, y: &[f64], levels: &[f64], growth: &Growth) -> Result<Self, Error> {
        let labels: Vec<f32> = y.iter().map(|v| *v as f32).collect();
        let data = matrix(x)?.with_labels(&labels).map_err(fault)?;
        let quantiles = Quantiles::new(levels.iter().copied()).map_err(fault)?;
        let params = TrainingParams::builder()
            .objective(Objective::Quantile(quantiles))
            .tree_method(TreeMethod::Hist)
            .leaf_estimation(LeafEstimation::Exact)
            .max_depth(growth.depth as _)
            .eta(growth.eta as _)
            .subsample(growth.rows as _)
            .colsample_bytree(growth.columns as _)
            .min_child_weight(growth.min_leaf as _)
            .lambda(growth.lambda as _)
            .seed(growth.seed as _)
            .build()
            .map_err(fault)?;
        let model = train(&params, &data, growth.rounds as _).map_err(fault)?;
        Ok(Self { model, levels: levels.to_vec() })
    }

    /// The levels.
    pub fn levels(&self) -> &[f64] {
        &self.levels
    }

    /// For each row its quantiles, put in rising order.
    pub fn quantiles(&self, x: &Table) -> Result<Vec<Vec<f64>>, Error> {
        let out = self.model.predict(&matrix(x)?, Iterations::Best).map_err(fault)?;
        let rows = out.as_slice().chunks(self.levels.len());
        Ok(rows
            .map(|row| {
                let mut row: Vec<f64> = row.iter().map(|v| f64::from(*v)).collect();
                row.sort_by(f64::total_cmp);
                row
            })
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn shares_follow_the_features_that_matter_and_sum() {
        let mut random = Random::new(4);
        let (mut x, mut y) = (Table::new(3), Vec::new());
        for _ in 0..3000 {
            let row = [random.unit(), random.unit(), random.unit()];
            // The third feature says nothing.
            y.push(random.unit() < sigmoid(4.0 * row[0] - 4.0 * row[1] * row[0] - 1.0));
            x.push(&row);
        }
        let trees = Trees::fit(&x, &y, &Growth::default()).expect("fits");
        let mut few = Table::new(3);
        for row in [[0.9, 0.1, 0.5], [0.9, 0.9, 0.5], [0.1, 0.5, 0.9]] {
            few.push(&row);
        }
        let (p, shares) = (trees.probabilities(&few).expect("p"), trees.contributions(&few).expect("shares"));
        for (p, s) in p.iter().zip(&shares) {
            assert!((sigmoid(s.iter().sum()) - p).abs() < 1e-9);
            assert!(s[2].abs() < 0.3, "{s:?}");
        }
        assert!(shares[0][0] > 0.3 && shares[0][1] > 0.3 && shares[1][1] < -0.3, "{shares:?}");
        // Held to rise with the second feature, it falls with it no more.
        let held =
            Trees::fit_directed(&x, &y, &Growth::default(), &[Direction::Free, Direction::Rising, Direction::Free])
                .expect("fits")
                .probabilities(&few)
                .expect("p");
        assert!(held[1] >= held[0] && p[1] < p[0], "{held:?} {p:?}");
        // What all start from is the ensemble's mean, but for rounding.
        assert!((shares[0][3] - shares[2][3]).abs() < 1e-5, "{shares:?}");
    }
}
