//! Dates of offices and groups: `1991..2002`, `2015..`, `..2003-03`.

use jiff::civil::Date;

use crate::fault::Faults;

/// From when to when something held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// First day, if known.
    pub from: Option<Date>,
    /// Last day, if over and known.
    pub to: Option<Date>,
}

impl Dates {
    /// Whether it has an end.
    pub fn over(self) -> bool {
        self.to.is_some()
    }

    /// Whether it held on `date`; without a date, whether it holds still.
    pub fn holds(self, date: Option<Date>) -> bool {
        match date {
            Some(d) => self.from.is_none_or(|f| f <= d) && self.to.is_none_or(|t| d <= t),
            None => !self.over(),
        }
    }

    /// Reads `FROM..TO`; either end may be empty. An end before its start is a fault of `what`.
    pub(crate) fn read(text: &str, what: &str, file: &str, line: usize, faults: &mut Faults) -> Self {
        let (from, to) = text.split_once("..").unwrap_or((text, ""));
        let (from, to) = (date(from, false, file, line, faults), date(to, true, file, line, faults));
        if let (Some(f), Some(t)) = (from, to)
            && f > t
        {
            faults.add(file, line, format!("`{what}` ends on {t} before it starts on {f}"));
        }
        Self { from, to }
    }
}

impl std::fmt::Display for Dates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(from) = self.from {
            write!(f, "{from}")?;
        }
        f.write_str("..")?;
        if let Some(to) = self.to {
            write!(f, "{to}")?;
        }
        Ok(())
    }
}

/// A day, or the first (`end`: last) day of a month or year.
fn date(text: &str, end: bool, file: &str, line: usize, faults: &mut Faults) -> Option<Date> {
    if text.is_empty() {
        return None;
    }
    let mut parts = text.split('-');
    let mut number = || parts.next().map(str::parse::<i16>);
    let read = match (number(), number(), number()) {
        (Some(Ok(y)), None, None) => {
            if end {
                Date::new(y, 12, 31)
            } else {
                Date::new(y, 1, 1)
            }
        }
        (Some(Ok(y)), Some(Ok(m)), None) => Date::new(y, m as i8, 1).map(|d| if end { d.last_of_month() } else { d }),
        (Some(Ok(y)), Some(Ok(m)), Some(Ok(d))) => Date::new(y, m as i8, d as i8),
        _ => {
            faults.add(file, line, format!("`{text}` is no date: write 2017, 2017-05 or 2017-05-31"));
            return None;
        }
    };
    match read {
        Ok(d) if (1800..=2100).contains(&d.year()) => Some(d),
        _ => {
            faults.add(file, line, format!("`{text}` is no possible date"));
            None
        }
    }
}
