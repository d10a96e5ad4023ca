//! Deaths in a country within a year, at UCDP's thresholds, out of a table of deaths by country and month.

use forewarn_outlook::Month;
use forewarn_outlook::year::{Year, YearForecast};
use serde::Serialize;

use crate::deaths::Deaths;
use crate::error::Result;
use crate::words::{self, percent};

/// What is to be expected of the twelve months to come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Toll {
    /// The country as the table names it.
    pub country: String,
    /// Months up to this one were used.
    pub through: Month,
    /// Deaths counted in the twelve months up to it.
    pub deaths_12: f64,
    /// Probability of at least 25 deaths in the twelve months after: UCDP's threshold of an armed conflict.
    pub p_deaths_ge_25: f64,
    /// Of at least 100.
    pub p_deaths_ge_100: f64,
    /// Of at least 1,000: UCDP's threshold of a war.
    pub p_deaths_ge_1000: f64,
}

/// Fits on a table, and tells of each of its countries, in its order.
///
/// # Errors
/// When the table is too short.
pub fn all(deaths: &Deaths) -> Result<Vec<Toll>> {
    let (countries, origin) = (deaths.countries(), deaths.origin());
    let found = Year::fit(&countries, origin)?.forecast(&countries, origin);
    let told = |(column, f): (usize, YearForecast)| Toll {
        country: f.country,
        through: f.as_of,
        deaths_12: countries.sum(origin, column, 12),
        p_deaths_ge_25: f.p_deaths_ge_25,
        p_deaths_ge_100: f.p_deaths_ge_100,
        p_deaths_ge_1000: f.p_deaths_ge_1000,
    };
    Ok(found.into_iter().enumerate().map(told).collect())
}

impl Toll {
    /// In sentences.
    pub fn sentences(&self) -> Vec<String> {
        let said = |p: f64| format!("{} ({})", percent(p), words::of(p));
        vec![
            format!(
                "Deaths in the twelve months after {}: at least 25 (an armed conflict, as UCDP counts) {}, at least 100 {}, at \
                 least 1,000 (a war) {}.",
                self.through,
                said(self.p_deaths_ge_25),
                said(self.p_deaths_ge_100),
                said(self.p_deaths_ge_1000)
            ),
            format!(
                "In the twelve months before, {:.0} were counted. The table is taken as if each month had been counted when it \
                 ended.",
                self.deaths_12
            ),
        ]
    }
}
