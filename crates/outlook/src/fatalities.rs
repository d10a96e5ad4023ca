//! People killed by country and month, as UCDP counts them.

use crate::{Error, Month, unpack};

/// A table of deaths: one row a month, one column a country.
#[derive(Clone, Debug, PartialEq)]
pub struct Fatalities {
    /// Names of countries, in the order of the columns, as the data has them.
    pub countries: Vec<String>,
    /// The month of the first row.
    pub first: Month,
    /// `deaths[t][c]`: people killed in month `first + t` in country `c` (best estimates, all types of violence).
    pub deaths: Vec<Vec<f64>>,
}

impl Fatalities {
    /// Reads a table whose first column is the month (`YYYY-MM` or a day in it) and whose others are countries, plain or
    /// gzipped. Months must follow one another. Columns are put in the order of their names.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let text = unpack::text(bytes)?;
        let mut lines = (1..).zip(text.lines());
        let (_, head) = lines.next().ok_or_else(|| Error::Line { line: 1, what: "no header".to_owned() })?;
        let names: Vec<&str> = head.split(',').skip(1).collect();
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_key(|&i| names[i]);
        let mut first = None;
        let mut deaths = Vec::new();
        for (line, row) in lines.filter(|(_, row)| !row.trim().is_empty()) {
            let mut fields = row.split(',');
            let date = fields.next().unwrap_or("");
            let month: Month =
                date.get(..7).unwrap_or(date).parse().map_err(|e: Error| Error::Line { line, what: e.to_string() })?;
            let start = *first.get_or_insert(month);
            if month != start.plus(deaths.len() as i32) {
                return Err(Error::Line { line, what: format!("{month} does not follow the month before it") });
            }
            let values = fields
                .map(|f| {
                    f.trim().parse::<f64>().map_err(|_| Error::Line { line, what: format!("not a number: {f:?}") })
                })
                .collect::<Result<Vec<f64>, Error>>()?;
            if values.len() != names.len() {
                let what = format!("{} values for {} countries", values.len(), names.len());
                return Err(Error::Line { line, what });
            }
            deaths.push(order.iter().map(|&i| values[i]).collect());
        }
        let first = first.ok_or_else(|| Error::TooLittle("no month".to_owned()))?;
        Ok(Self { countries: order.iter().map(|&i| names[i].to_owned()).collect(), first, deaths })
    }

    /// How many months.
    pub fn months(&self) -> usize {
        self.deaths.len()
    }

    /// The row of a month; `None` outside the table.
    pub fn row(&self, month: Month) -> Option<usize> {
        usize::try_from(month.0 - self.first.0).ok().filter(|t| *t < self.months())
    }

    /// What was known at the end of a month.
    #[must_use]
    pub fn as_of(&self, month: Month) -> Self {
        let keep = usize::try_from(month.0 - self.first.0 + 1).unwrap_or(0).min(self.months());
        Self { countries: self.countries.clone(), first: self.first, deaths: self.deaths[..keep].to_vec() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_must_follow() {
        let table = Fatalities::read(b"m,B,A\n1990-12-31,1,2\n1991-01-31,3,4\n").expect("a table");
        assert_eq!(table.countries, ["A", "B"]);
        assert_eq!(table.deaths, [[2.0, 1.0], [4.0, 3.0]]);
        assert_eq!(table.row(Month::new(1991, 1)), Some(1));
        assert!(Fatalities::read(b"m,A\n1990-12-31,1\n1991-02-28,3\n").is_err());
    }
}
