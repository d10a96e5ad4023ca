//! Deaths in a country within a year, at UCDP's thresholds, out of a table of deaths by country and month.

use forewarn_outlook::countries::Countries;
use forewarn_outlook::year::Year;
use forewarn_outlook::{Day, Fatalities, Month, borders};
use jiff::civil::Date;
use serde::Serialize;

use crate::error::{Error, Result};
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

/// Reads the table, fits on the months that had ended by the day, and tells of a country.
///
/// `bytes` are those of the table, `from` is its name for messages.
///
/// # Errors
/// When the table cannot be read, is too short, or has no such country.
pub fn read(bytes: &[u8], from: &str, code: &str, as_of: Date) -> Result<Toll> {
    let table = Fatalities::read(bytes).map_err(|e| Error::Deaths(format!("{from}: {e}")))?;
    let Some(country) = borders::countries().iter().find(|c| c.code == code) else {
        return Err(Error::Deaths(format!("{code}: no country of the table of deaths; deaths are told of countries")));
    };
    // The last month that had ended by the day.
    let month = Day::of(as_of).plus(1).month().plus(-1);
    let table = table.as_of(month);
    let Some(origin) = table.months().checked_sub(1).filter(|o| *o >= 84) else {
        return Err(Error::Deaths(format!("{from}: fewer than seven years of months up to {month}")));
    };
    let names = [country.ucdp_name, country.code];
    let Some(column) = table.countries.iter().position(|c| names.contains(&c.as_str())) else {
        return Err(Error::Deaths(format!("{from}: no column {}", country.ucdp_name)));
    };
    let countries = Countries::new(&table);
    let found = Year::fit(&countries, origin)?.forecast(&countries, origin).swap_remove(column);
    Ok(Toll {
        country: found.country,
        through: found.as_of,
        deaths_12: countries.sum(origin, column, 12),
        p_deaths_ge_25: found.p_deaths_ge_25,
        p_deaths_ge_100: found.p_deaths_ge_100,
        p_deaths_ge_1000: found.p_deaths_ge_1000,
    })
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
