//! The back-test of UCDP's thresholds within a year: at least 25, 100 and 1,000 deaths in a country, told at each December's
//! end of the year that follows.
//!
//! Years: the model and both baselines learn from all months' ends from the sixth year of the table on whose year was over by
//! the day of the forecast. The model's features and penalty are those of [`crate::year`]; nothing was chosen here.

use super::dyads::Years;
use super::record::{Case, Forecasts, Record};
use crate::countries::Countries;
use crate::year::{AHEAD, RUN_IN, THRESHOLDS, Year};
use crate::{Error, Fatalities, Month};

/// Name of the model.
pub const DEFAULT: &str = "year";
/// The share of all country-years so far, and of those that had or had not reached the threshold in the year before.
pub const BASELINES: [&str; 2] = ["climatology", "last_value"];

/// Runs the back-test for the calendar years given: one record a threshold, in the order of [`THRESHOLDS`]. An onset is a
/// country that had not reached the threshold in the year before.
pub fn run(table: &Fatalities, years: Years) -> Result<Vec<Record>, Error> {
    let countries = Countries::new(table);
    let width = table.countries.len();
    let mut forecasts: Vec<Forecasts> = vec![Forecasts::default(); THRESHOLDS.len()];
    for year in years.first..=years.last {
        let Some(origin) = table.row(Month::new(year - 1, 12)).filter(|o| o + AHEAD < table.months()) else { continue };
        let said = Year::fit(&countries, origin)?.forecast(&countries, origin);
        for ((forecasts, least), which) in forecasts.iter_mut().zip(THRESHOLDS).zip(0..) {
            let had = |t: usize, c: usize| countries.sum(t, c, AHEAD) >= least;
            let mut past: Vec<(bool, bool)> = Vec::new();
            for t in RUN_IN..=origin - AHEAD {
                for c in 0..width {
                    past.extend(countries.reached_by(t, c, AHEAD, least, origin).map(|came| (had(t, c), came)));
                }
            }
            let rate = |keep: &dyn Fn(bool) -> bool| {
                let kept = past.iter().filter(|(before, _)| keep(*before));
                let (n, hits) =
                    kept.fold((0.0, 0.0), |(n, hits), (_, came)| (n + 1.0, hits + f64::from(u8::from(*came))));
                (hits + 0.5) / (n + 1.0)
            };
            let (all, yes, no) = (rate(&|_| true), rate(&|before| before), rate(&|before| !before));
            for (c, said) in said.iter().enumerate() {
                let Some(came) = countries.reached(origin, c, AHEAD, least) else { continue };
                forecasts.units.push(origin * width + c);
                forecasts.outcomes.push(came);
                forecasts
                    .extend(DEFAULT, vec![[said.p_deaths_ge_25, said.p_deaths_ge_100, said.p_deaths_ge_1000][which]]);
                forecasts.extend("climatology", vec![all]);
                forecasts.extend("last_value", vec![if had(origin, c) { yes } else { no }]);
            }
        }
    }
    Ok(forecasts
        .iter()
        .zip(THRESHOLDS)
        .map(|(forecasts, least)| {
            let case = |u: usize| Case {
                unit: table.countries[u % width].clone(),
                origin: table.first.plus((u / width) as i32).last_day(),
                p: 0.0,
                came_true: false,
                onset: countries.sum(u / width, u % width, AHEAD) < least,
            };
            let task = format!("{least} deaths within a year");
            Record::new(&task, forecasts, "climatology", DEFAULT, &BASELINES, case)
        })
        .collect())
}
