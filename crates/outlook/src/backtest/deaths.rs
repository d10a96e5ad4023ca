//! The back-test of death distributions: data to October, twelve months from the next January on.
//!
//! Layout of the ViEWS prediction challenge 2023, as the plain script has it in its part A. Years: the mixture and the
//! growth of the trees were chosen on forecasts for 2003 to 2009.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::dyads::Years;
use crate::conformal::{CLASSES, Conformal, class};
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

/// How often bands held, of forecasts of one class ([`crate::conformal`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// Least 95th percentile of the class's forecasts, in deaths.
    pub class_from: f64,
    /// Forecasts.
    pub n: usize,
    /// Share of numbers within the distribution's own central 50 % and 90 %.
    pub plain: [f64; 2],
    /// Share within the conformal bands.
    pub conformal: [f64; 2],
    /// Mean width of the own bands, in ln(1 + deaths).
    pub plain_width: [f64; 2],
    /// Mean width of the conformal bands.
    pub conformal_width: [f64; 2],
}

/// How often the bands of the default mixture hold for the months of some years, by class: as they are, and as they are adjusted
/// by what was known at each October.
pub fn coverage(table: &Fatalities, years: Years) -> Result<Vec<Coverage>, Error> {
    let countries = Countries::new(table);
    // Of each class: how many; held and width by level, own and conformal.
    let mut sums = vec![(0usize, [[[0.0f64; 2]; 2]; 2]); CLASSES.len()];
    for year in years.first..=years.last {
        let Some(origin) = table.row(Month::new(year - 1, 10)) else { continue };
        let conformal = Conformal::learn(&countries, origin, 3..=14, MIXTURE, SIZE)?;
        let model = Deaths::fit(&countries, origin, 3..=14)?;
        for step in 3..=14 {
            let Some(observed) = table.deaths.get(origin + step) else { continue };
            for (d, y) in model.forecast(&countries, origin, step, MIXTURE, SIZE)?.iter().zip(observed) {
                let (n, sum) = &mut sums[class(d)];
                *n += 1;
                for (sum, bands) in sum.iter_mut().zip([Conformal::unadjusted(d), conformal.bands(d)]) {
                    for (sum, [low, high]) in sum.iter_mut().zip(bands) {
                        sum[0] += f64::from(u8::from(low <= *y && *y <= high));
                        sum[1] += high.ln_1p() - low.ln_1p();
                    }
                }
            }
        }
    }
    Ok(CLASSES
        .into_iter()
        .zip(sums)
        .filter(|(_, (n, _))| *n > 0)
        .map(|(class_from, (n, sum))| {
            let mean = |side: usize, what: usize| [0, 1].map(|level: usize| sum[side][level][what] / n as f64);
            Coverage {
                class_from,
                n,
                plain: mean(0, 0),
                conformal: mean(1, 0),
                plain_width: mean(0, 1),
                conformal_width: mean(1, 1),
            }
        })
        .collect())
}

/// The shares as a table in plain text.
pub fn coverage_text(coverage: &[Coverage]) -> String {
    let mut out = "deaths by country and month: share within the bands (mean width in ln(1 + deaths))\n\
                   forecasts from        n   own 50 %         90 %         conformal 50 %   90 %\n"
        .to_owned();
    for c in coverage {
        let _ = writeln!(
            out,
            "{:<14}{:>9}   {:.3} ({:.2})   {:.3} ({:.2})   {:.3} ({:.2})   {:.3} ({:.2})",
            c.class_from,
            c.n,
            c.plain[0],
            c.plain_width[0],
            c.plain[1],
            c.plain_width[1],
            c.conformal[0],
            c.conformal_width[0],
            c.conformal[1],
            c.conformal_width[1],
        );
    }
    out
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
