//! The record: what forecasts made on past days, with what was known then, turned out to be worth.

pub mod countries;
pub mod deaths;
pub mod dyads;
pub mod held;
mod plain;
pub mod record;
pub mod rows;
pub mod year;

use serde::{Deserialize, Serialize};

use crate::{Error, Fatalities, History};

/// Everything that the public sets tell of the models.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Backtest {
    /// Force between two parties: next month, within three months, onset within three months.
    pub dyads: Vec<record::Record>,
    /// At least 25 deaths in a country within three months: all countries, and those that were quiet.
    pub countries: Vec<record::Record>,
    /// At least 25, 100 and 1,000 deaths in a country within a year.
    #[serde(default)]
    pub year: Vec<record::Record>,
    /// Deaths by country and month as distributions.
    pub deaths: Vec<deaths::DeathScores>,
    /// How often their bands hold.
    #[serde(default)]
    pub bands: Vec<deaths::Coverage>,
}

impl Backtest {
    /// Runs all back-tests on the years of the protocol: dyads 1994-2003, countries and their years 2010-2021, deaths
    /// 2018-2021.
    pub fn run(history: &History, table: &Fatalities) -> Result<Self, Error> {
        let years = |first, last| dyads::Years { first, last };
        Ok(Self {
            dyads: dyads::run(history, years(1994, 2003))?,
            countries: countries::run(table, years(2010, 2021))?,
            year: year::run(table, years(2010, 2021))?,
            deaths: deaths::run(table, years(2018, 2021))?,
            bands: deaths::coverage(table, years(2018, 2021))?,
        })
    }

    /// All tables in plain text.
    pub fn text(&self) -> String {
        let mut out: String =
            self.dyads.iter().chain(&self.countries).chain(&self.year).map(|r| r.text() + "\n").collect();
        out.push_str(&deaths::text(&self.deaths));
        out.push_str(&deaths::coverage_text(&self.bands));
        out
    }
}
