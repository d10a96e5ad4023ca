//! The back-test of death distributions: data to October, twelve months from the next January on.
//!
//! Layout of the ViEWS prediction challenge 2023, as the plain script has it in its part A. Years: the mixture and the
//! growth of the trees were chosen on forecasts for 2003 to 2009.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::dyads::Years;
use crate::countries::Countries;
use crate::deaths::{Deaths, Mixture};
use crate::distribution::Distribution;
use crate::{Error, Fatalities, Month};

/// Mean scores of one model over all countries and months.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeathScores {
    /// Name of the model.
    pub model: String,
    /// Continuous ranked probability score, in deaths.
    pub crps: f64,
    /// Ignorance, in bits.
    pub ignorance: f64,
    /// Interval score of the central 95 %, in deaths.
    pub interval_score: f64,
    /// Share of months with deaths whose number lay within the central 90 %.
    pub coverage_90: f64,
    /// Forecasts.
    pub n: usize,
}

/// The mixture that is used unless another is asked for.
pub const MIXTURE: Mixture = Mixture { trees: 0.5, own: 0.2, analogues: 0.3 };

/// Samples of a forecast.
const SIZE: usize = 1000;

/// Runs the back-test for the months of some years.
pub fn run(table: &Fatalities, years: Years) -> Result<Vec<DeathScores>, Error> {
    let countries = Countries::new(table);
    let mixtures: Vec<(String, Mixture)> = [
        ("hurdle trees", Mixture { trees: 1.0, own: 0.0, analogues: 0.0 }),
        ("own last 12 months", Mixture { trees: 0.0, own: 1.0, analogues: 0.0 }),
        ("analogues", Mixture { trees: 0.0, own: 0.0, analogues: 1.0 }),
        ("trees and own", Mixture { trees: 0.6, own: 0.4, analogues: 0.0 }),
        ("mixture", MIXTURE),
    ]
    .into_iter()
    .map(|(n, m)| (n.to_owned(), m))
    .collect();
    let mut sums = vec![[0.0f64; 6]; mixtures.len()];
    for year in years.first..=years.last {
        let Some(origin) = table.row(Month::new(year - 1, 10)) else { continue };
        let model = Deaths::fit(&countries, origin, 3..=14)?;
        for step in 3..=14 {
            let Some(observed) = table.deaths.get(origin + step) else { continue };
            for ((_, mixture), sum) in mixtures.iter().zip(&mut sums) {
                let forecasts = model.forecast(&countries, origin, step, *mixture, SIZE)?;
                for (d, y) in forecasts.iter().zip(observed) {
                    add(sum, d, *y);
                }
            }
        }
    }
    Ok(mixtures
        .into_iter()
        .zip(sums)
        .map(|((model, _), s)| DeathScores {
            model,
            crps: s[0] / s[3],
            ignorance: s[1] / s[3],
            interval_score: s[2] / s[3],
            coverage_90: s[4] / s[5],
            n: s[3] as usize,
        })
        .collect())
}

/// The scores as a table in plain text.
pub fn text(scores: &[DeathScores]) -> String {
    let mut out = format!(
        "deaths by country and month, 12 months ahead (n {})\n{:<22}{:>8}{:>11}{:>10}{:>12}\n",
        scores.first().map_or(0, |s| s.n),
        "model",
        "CRPS",
        "ignorance",
        "interval",
        "90 % holds"
    );
    for s in scores {
        let _ = writeln!(
            out,
            "{:<22}{:>8.3}{:>11.4}{:>10.1}{:>12.3}",
            s.model, s.crps, s.ignorance, s.interval_score, s.coverage_90
        );
    }
    out
}

fn add(sum: &mut [f64; 6], d: &Distribution, y: f64) {
    sum[0] += d.crps(y);
    sum[1] += d.ignorance(y);
    sum[2] += d.interval_score(y);
    sum[3] += 1.0;
    if y > 0.0 {
        sum[4] += f64::from(u8::from(d.quantile(0.05) <= y && y <= d.quantile(0.95)));
        sum[5] += 1.0;
    }
}
