//! Deaths in a country by month: those of the past, and those to come as bands that hold as often as they say, as far as past
//! months can tell (see [`forewarn_outlook::conformal`]).

use forewarn_outlook::Month;
use forewarn_outlook::backtest::deaths::MIXTURE;
use forewarn_outlook::conformal::Conformal;
use forewarn_outlook::deaths::Deaths as Model;
use serde::Serialize;

use crate::deaths::Deaths;
use crate::error::Result;

/// Months ahead.
const AHEAD: usize = 12;
/// Months behind that are shown.
const BEHIND: usize = 36;
/// Samples of a forecast.
const SIZE: usize = 1000;

/// A month that was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Behind {
    /// The month.
    pub month: Month,
    /// Deaths that were counted.
    pub killed_best: f64,
}

/// A month to come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ahead {
    /// The month.
    pub month: Month,
    /// Lower end of the 90 % band of deaths.
    pub p05: f64,
    /// Lower end of the 50 % band.
    pub p25: f64,
    /// The median.
    pub p50: f64,
    /// Upper end of the 50 % band.
    pub p75: f64,
    /// Upper end of the 90 % band.
    pub p95: f64,
}

/// The fan of a country.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fan {
    /// The country as the table names it.
    pub country: String,
    /// The last month that was used.
    pub through: Month,
    /// Months behind, in order.
    pub past: Vec<Behind>,
    /// Months ahead, in order.
    pub ahead: Vec<Ahead>,
}

/// Fits on a table, and forecasts the year after its last month for each of its countries, in its order. It takes some
/// seconds.
///
/// # Errors
/// When the table is too short.
pub fn all(deaths: &Deaths) -> Result<Vec<Fan>> {
    let (table, countries, origin) = (deaths.table(), deaths.countries(), deaths.origin());
    let model = Model::fit(&countries, origin, 1..=AHEAD)?;
    // Short tables have no past forecasts to learn from: the bands are then the distribution's own.
    let conformal = match Conformal::learn(&countries, origin, 1..=AHEAD, MIXTURE, SIZE) {
        Ok(conformal) => Some(conformal),
        Err(forewarn_outlook::Error::TooLittle(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let through = deaths.through();
    let mut fans: Vec<Fan> = table
        .countries
        .iter()
        .enumerate()
        .map(|(c, country)| Fan {
            country: country.clone(),
            through,
            past: ((origin + 1).saturating_sub(BEHIND)..=origin)
                .map(|t| Behind { month: table.first.plus(t as i32), killed_best: table.deaths[t][c] })
                .collect(),
            ahead: Vec::new(),
        })
        .collect();
    for step in 1..=AHEAD {
        let forecasts = model.forecast(&countries, origin, step, MIXTURE, SIZE)?;
        for (fan, d) in fans.iter_mut().zip(forecasts) {
            let [half, most] =
                conformal.as_ref().map_or_else(|| Conformal::unadjusted(&d), |conformal| conformal.bands(&d));
            fan.ahead.push(Ahead {
                month: through.plus(step as i32),
                p05: most[0],
                p25: half[0],
                p50: d.quantile(0.5).clamp(half[0], half[1]),
                p75: half[1],
                p95: most[1],
            });
        }
    }
    Ok(fans)
}
