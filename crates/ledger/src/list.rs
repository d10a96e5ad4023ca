//! Lists in the order of days, one for each mark: a type, a country, a party on either side.
//!
//! They are kept beside the tables (migration 0005) and hold, of a claim, what its own parties and place say; of an
//! incident, what those of its accounts say, its own place and its own type. A replaced claim stands in none.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::{Doing, Result};
use crate::store::Ledger;

/// The day of what has none: before all others.
pub(crate) const NO_DAY: i64 = -1_000_000;

/// What is done here, for errors.
const DOING: &str = "writing lists by day";

/// Days since 1970-01-01.
pub(crate) fn number(day: Date) -> i64 {
    day.since(jiff::civil::date(1970, 1, 1)).map_or(NO_DAY, |span| i64::from(span.get_days()))
}

/// The day of a number; none of [`NO_DAY`].
pub(crate) fn day(number: i64) -> Option<Date> {
    let span = jiff::Span::new().try_days(number).ok().filter(|_| number != NO_DAY)?;
    jiff::civil::date(1970, 1, 1).checked_add(span).ok()
}

/// What is read of a row to put it on its lists: its parties; then its days, its type and its place's country.
struct Source {
    table: &'static str,
    parties: &'static str,
    own: &'static str,
}

const CLAIM: Source = Source {
    table: "claim_list",
    parties: "SELECT DISTINCT side, country, \"group\" FROM party WHERE claim = ?1",
    own: "SELECT c.day, coalesce(c.day_end, c.day), c.event_type, p.country
          FROM claim c LEFT JOIN place p ON p.id = c.place WHERE c.id = ?1",
};

const INCIDENT: Source = Source {
    table: "incident_list",
    parties: "SELECT DISTINCT side, country, \"group\" FROM party
              WHERE claim IN (SELECT claim FROM member WHERE incident = ?1)",
    own: "SELECT i.day, coalesce(i.date_end, i.day), i.event_type, p.country
          FROM incident i LEFT JOIN place p ON p.id = i.place WHERE i.id = ?1",
};

/// Where a row belongs: the numbers of its first and, if that is another, last day, and its marks by kind and code.
type Belongs = (i64, Option<i64>, BTreeSet<(Cow<'static, str>, String)>);

fn belongs(t: &Connection, row: i64, source: &Source) -> Result<Belongs> {
    type Own = (Option<String>, Option<String>, String, Option<String>);
    let (first, last, event_type, place): Own = t
        .prepare_cached(source.own)
        .and_then(|mut s| s.query_row([row], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))))
        .doing(DOING)?;
    let first = crate::rows::date(first).map_or(NO_DAY, number);
    let until = crate::rows::date(last).map(number).filter(|last| *last != first);
    let mut marks: BTreeSet<(Cow<'static, str>, String)> = BTreeSet::new();
    let mut put = |kind: Cow<'static, str>, code: &str| {
        if !code.is_empty() {
            marks.insert((kind, code.to_owned()));
        }
    };
    put("type".into(), &event_type);
    put("country".into(), place.as_deref().unwrap_or(""));
    let mut parties = t.prepare_cached(source.parties).doing(DOING)?;
    let mut found = parties.query([row]).doing(DOING)?;
    while let Some(party) = found.next().doing(DOING)? {
        let side: String = party.get(0).doing(DOING)?;
        if let Some(country) = party.get::<_, Option<String>>(1).doing(DOING)? {
            put("country".into(), &country);
            put("party".into(), &country);
            put(side.clone().into(), &country);
        }
        if let Some(group) = party.get::<_, Option<String>>(2).doing(DOING)? {
            put("party_group".into(), &group);
            put(format!("{side}_group").into(), &group);
        }
    }
    Ok((first, until, marks))
}

/// Puts a claim, whose parties are written, on its lists.
///
/// # Errors
/// When `SQLite` refuses.
pub(crate) fn put_claim(t: &Connection, claim: i64) -> Result<()> {
    put(t, claim, &CLAIM)
}

impl Ledger {
    /// Puts all current claims on the lists by day: of a ledger into which rows were copied without them.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn relist(&mut self) -> Result<()> {
        let t = self.connection.transaction().doing(DOING)?;
        t.execute("DELETE FROM claim_list", []).doing(DOING)?;
        let claims: Vec<i64> = t
            .prepare("SELECT id FROM claim WHERE superseded IS NULL ORDER BY id")
            .and_then(|mut s| s.query_map([], |r| r.get(0))?.collect())
            .doing(DOING)?;
        for claim in claims {
            put_claim(&t, claim)?;
        }
        t.commit().doing(DOING)
    }
}

/// Puts an incident, whose members are written, on its lists, and takes it off those on which it no longer belongs.
///
/// # Errors
/// When `SQLite` refuses.
pub(crate) fn put_incident(t: &Connection, incident: i64) -> Result<()> {
    remove_incident(t, incident)?;
    put(t, incident, &INCIDENT)
}

fn put(t: &Connection, row: i64, source: &Source) -> Result<()> {
    let (first, until, marks) = belongs(t, row, source)?;
    for (kind, code) in marks {
        let mark = match mark(t, &kind, &code)? {
            Some((mark, ..)) => mark,
            None => t
                .prepare_cached("INSERT INTO mark (kind, code) VALUES (?1, ?2)")
                .and_then(|mut s| s.insert([kind.as_ref(), &code]))
                .doing(DOING)?,
        };
        t.prepare_cached(&format!("INSERT INTO {} VALUES (?1, ?2, ?3, ?4)", source.table))
            .and_then(|mut s| s.execute(params![mark, first, row, until]))
            .doing(DOING)?;
    }
    Ok(())
}

/// Takes a claim that was replaced off all lists.
///
/// # Errors
/// When `SQLite` refuses.
pub(crate) fn remove_claim(t: &Connection, claim: i64) -> Result<()> {
    // Its own marks lead to its rows: no index by claim is kept for what is so rare.
    let (first, _, marks) = belongs(t, claim, &CLAIM)?;
    for (kind, code) in marks {
        let Some((mark, ..)) = mark(t, &kind, &code)? else { continue };
        t.prepare_cached("DELETE FROM claim_list WHERE mark = ?1 AND day = ?2 AND claim = ?3")
            .and_then(|mut s| s.execute([mark, first, claim]))
            .doing("taking a claim off its lists")?;
    }
    Ok(())
}

/// Takes an incident off all lists.
///
/// # Errors
/// When `SQLite` refuses.
pub(crate) fn remove_incident(t: &Connection, incident: i64) -> Result<()> {
    t.prepare_cached("DELETE FROM incident_list WHERE incident = ?1")
        .and_then(|mut s| s.execute([incident]))
        .doing("taking an incident off its lists")?;
    Ok(())
}

/// The row of a mark, and how long its lists of claims and of incidents are.
///
/// # Errors
/// When `SQLite` refuses.
pub(crate) fn mark(c: &Connection, kind: &str, code: &str) -> Result<Option<(i64, i64, i64)>> {
    c.prepare_cached("SELECT id, claims, incidents FROM mark WHERE kind = ?1 AND code = ?2")
        .and_then(|mut s| s.query_row([kind, code], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).optional())
        .doing("looking for a list")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered_as_sqlite_does() {
        let c = Connection::open_in_memory().expect("memory");
        for text in ["1970-01-01", "1969-12-31", "2023-09-24", "0001-01-01", "9999-12-31", "1900-02-28", "2000-02-29"] {
            let own: Date = text.parse().expect("a date");
            let theirs: i64 =
                c.query_row("SELECT unixepoch(?1) / 86400", [text], |r| r.get(0)).expect("SQLite counts days");
            assert_eq!((number(own), day(theirs)), (theirs, Some(own)), "{text}");
        }
        assert_eq!(day(NO_DAY), None);
    }
}
