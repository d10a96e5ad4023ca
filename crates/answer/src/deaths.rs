//! A table of deaths by country and month, as far as it had been counted on a day: what the fan and the year's toll are
//! fitted on.

use forewarn_outlook::countries::Countries;
use forewarn_outlook::{Day, Fatalities, Month, borders};
use jiff::civil::Date;

use crate::error::{Error, Result};

/// Months that must be there to fit on.
const LEAST: usize = 84;

/// The table up to a month.
pub struct Deaths {
    table: Fatalities,
    /// What messages call it.
    from: String,
}

impl Deaths {
    /// Reads a table and keeps the months that had ended by a day. `from` is its name for messages.
    ///
    /// # Errors
    /// When the table cannot be read, or fewer than seven years of it are left.
    pub fn read(bytes: &[u8], from: &str, as_of: Date) -> Result<Self> {
        let table = Fatalities::read(bytes).map_err(|e| Error::Deaths(format!("{from}: {e}")))?;
        let month = month(as_of);
        let table = table.as_of(month);
        if table.months() <= LEAST {
            return Err(Error::Deaths(format!("{from}: fewer than seven years of months up to {month}")));
        }
        Ok(Self { table, from: from.to_owned() })
    }

    /// The table.
    pub fn table(&self) -> &Fatalities {
        &self.table
    }

    /// The row of its last month.
    pub fn origin(&self) -> usize {
        self.table.months() - 1
    }

    /// Its last month.
    pub fn through(&self) -> Month {
        self.table.first.plus(self.origin() as i32)
    }

    /// What models learn from.
    pub fn countries(&self) -> Countries<'_> {
        Countries::new(&self.table)
    }

    /// The column of a country by its code (ISO 3166-1 alpha-3).
    ///
    /// # Errors
    /// When it is no country, or the table has no such column.
    pub fn column(&self, code: &str) -> Result<usize> {
        let Some(country) = borders::countries().iter().find(|c| c.code == code) else {
            return Err(Error::Deaths(format!(
                "{code}: no country of the table of deaths; deaths are told of countries"
            )));
        };
        let names = [country.ucdp_name, country.code];
        let found = self.table.countries.iter().position(|c| names.contains(&c.as_str()));
        found.ok_or_else(|| Error::Deaths(format!("{}: no column {}", self.from, country.ucdp_name)))
    }
}

/// The last month that had ended by a day.
pub fn month(as_of: Date) -> Month {
    Day::of(as_of).plus(1).month().plus(-1)
}
