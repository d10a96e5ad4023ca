//! Reads a person's line: `Name | other name (f): title from..to; title from..to`.

use jiff::civil::Date;
use smol_str::SmolStr;

use super::model::{Office, SECTORS};
use crate::fault::Faults;

/// What a person's line says.
pub(super) struct Person<'t> {
    pub(super) names: Vec<&'t str>,
    pub(super) female: bool,
    pub(super) offices: Vec<Office>,
}

/// Reads `text`; `sector_of` gives the sector of a title the roles know.
pub(super) fn person<'t>(
    text: &'t str,
    file: &str,
    line: usize,
    sector_of: &dyn Fn(&str) -> Option<SmolStr>,
    faults: &mut Faults,
) -> Option<Person<'t>> {
    let Some((names, offices)) = text.split_once(':') else {
        faults.add(file, line, format!("a person needs an office: `NAME: TITLE FROM..TO`, found `{text}`"));
        return None;
    };
    let (names, female) = match names.trim().strip_suffix("(f)") {
        Some(rest) => (rest, true),
        None => (names, false),
    };
    let names: Vec<&str> = names.split('|').map(str::trim).filter(|n| !n.is_empty()).collect();
    if names.is_empty() {
        faults.add(file, line, "a person needs a name");
        return None;
    }
    let mut out = Vec::new();
    for office in offices.split(';').map(str::trim).filter(|o| !o.is_empty()) {
        let (title, range) = match office.rsplit_once(' ') {
            Some((title, range)) if range.contains("..") => (title.trim(), range),
            _ => (office, ".."),
        };
        let (title, sector) = match title.split_once('=') {
            Some((t, s)) => (t, Some(SmolStr::new(s))),
            None => (title, sector_of(title)),
        };
        let Some(sector) = sector.filter(|s| SECTORS.contains(&s.as_str())) else {
            faults.add(file, line, format!("the title `{title}` is not in roles.txt: write `{title}=SECTOR`"));
            continue;
        };
        let (from, to) = range.split_once("..").unwrap_or((range, ""));
        let (from, to) = (date(from, false, file, line, faults), date(to, true, file, line, faults));
        if let (Some(f), Some(t)) = (from, to)
            && f > t
        {
            faults.add(file, line, format!("`{title}` ends on {t} before it starts on {f}"));
        }
        out.push(Office { title: SmolStr::new(title), sector, from, to, over: to.is_some() });
    }
    if out.is_empty() {
        faults.add(file, line, "a person needs an office");
        return None;
    }
    out.sort_by_key(|o| std::cmp::Reverse((o.to.is_none(), o.from)));
    Some(Person { names, female, offices: out })
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
        Ok(d) if (1900..=2100).contains(&d.year()) => Some(d),
        _ => {
            faults.add(file, line, format!("`{text}` is no possible date"));
            None
        }
    }
}
