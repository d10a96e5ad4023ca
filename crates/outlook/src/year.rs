//! Deaths in a country within a year, at UCDP's thresholds: 25 make an armed conflict, 1,000 a war.

use serde::{Deserialize, Serialize};

use crate::countries::Countries;
use crate::logistic::{Logistic, Table};
use crate::{Error, Month};

/// Deaths within the twelve months to come whose probability is told.
pub const THRESHOLDS: [f64; 3] = [25.0, 100.0, 1000.0];
/// Months ahead.
pub(crate) const AHEAD: usize = 12;
/// Months of record before the first origin that is learnt from.
pub(crate) const RUN_IN: usize = 60;
/// Penalty on the weights: neighbouring origins share eleven months of twelve.
const RIDGE: f64 = 300.0;

/// The fitted model: one logistic regression a threshold, with weights shared by all, so that a higher threshold is
/// never more probable than a lower.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Year {
    /// The last month it had learnt from.
    pub until: Month,
    /// Names of the features.
    pub features: Vec<String>,
    rungs: Vec<Logistic>,
}

/// What the model says of a country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct YearForecast {
    /// The country, as the table names it.
    pub country: String,
    /// Only months up to this were used.
    pub as_of: Month,
    /// Probability of at least 25 deaths in the twelve months after.
    pub p_deaths_ge_25: f64,
    /// Of at least 100.
    pub p_deaths_ge_100: f64,
    /// Of at least 1,000.
    pub p_deaths_ge_1000: f64,
    /// What each feature adds to the log-odds of all three, against the mean of all situations learnt from.
    pub drivers: Vec<(String, f64)>,
}

impl Year {
    /// Fits on the months up to row `origin`.
    pub fn fit(countries: &Countries<'_>, origin: usize) -> Result<Self, Error> {
        let table = countries.table();
        let features = countries.names();
        let mut x = Table::new(features.len());
        let mut rungs = vec![Vec::new(); THRESHOLDS.len()];
        for t in RUN_IN..(origin + 1).saturating_sub(AHEAD) {
            for c in 0..table.countries.len() {
                x.push(countries.features(t, c));
                for (rung, least) in rungs.iter_mut().zip(THRESHOLDS) {
                    rung.push(countries.reached_by(t, c, AHEAD, least, origin).unwrap_or(false));
                }
            }
        }
        let rungs = Logistic::fit_rungs(&x, &rungs, &[], RIDGE)?;
        Ok(Self { until: table.first.plus(origin as i32), features, rungs })
    }

    /// The forecasts for all countries as of row `origin`.
    pub fn forecast(&self, countries: &Countries<'_>, origin: usize) -> Vec<YearForecast> {
        let table = countries.table();
        (0..table.countries.len())
            .map(|c| {
                let row = countries.features(origin, c);
                let p: Vec<f64> = self.rungs.iter().map(|r| r.probability(row)).collect();
                let mut drivers: Vec<(String, f64)> =
                    self.features.iter().cloned().zip(self.rungs[0].contributions(row)).collect();
                drivers.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
                YearForecast {
                    country: table.countries[c].clone(),
                    as_of: table.first.plus(origin as i32),
                    p_deaths_ge_25: p[0],
                    p_deaths_ge_100: p[1],
                    p_deaths_ge_1000: p[2],
                    drivers,
                }
            })
            .collect()
    }
}
