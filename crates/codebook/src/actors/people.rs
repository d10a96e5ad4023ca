//! Reads a person's line: `Name | other name (f): title from..to; title from..to`.

use smol_str::SmolStr;

use super::dates::Dates;
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
        let dates = Dates::read(range, title, file, line, faults);
        out.push(Office { title: SmolStr::new(title), sector, dates });
    }
    if out.is_empty() {
        faults.add(file, line, "a person needs an office");
        return None;
    }
    out.sort_by_key(|o| std::cmp::Reverse((!o.dates.over(), o.dates.from)));
    Some(Person { names, female, offices: out })
}
