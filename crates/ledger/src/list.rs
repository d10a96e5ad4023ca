//! Lists in the order of days, one for each mark: a type, a country, a party on either side.
//!
//! They are kept beside the tables (migration 0005) and hold, of a claim, what its own parties and place say; of an
//! incident, what those of its accounts say, its own place and its own type. A replaced claim stands in none.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::{Doing, Result};
use crate::store::Ledger;

/// The day of what has none: before all others.
pub(crate) const NO_DAY: i64 = -1_000_000;

/// Days since 1970-01-01.
pub(crate) fn number(day: Date) -> i64 {
    day.since(jiff::civil::date(1970, 1, 1)).map_or(NO_DAY, |span| i64::from(span.get_days()))
}

/// The day of a number; none of [`NO_DAY`].
pub(crate) fn day(number: i64) -> Option<Date> {
    let span = jiff::Span::new().try_days(number).ok().filter(|_| number != NO_DAY)?;
    jiff::civil::date(1970, 1, 1).checked_add(span).ok()
}

/// What the parties under `{}` (a condition on the table `party`) say.
macro_rules! of_parties {
    ($of:literal) => {
        concat!(
            "SELECT 'country' AS kind, country AS code FROM party WHERE ",
            $of,
            " AND country <> ''
             UNION SELECT side, country FROM party WHERE ",
            $of,
            " AND country <> ''
             UNION SELECT 'party', country FROM party WHERE ",
            $of,
            " AND country <> ''
             UNION SELECT side || '_group', \"group\" FROM party WHERE ",
            $of,
            " AND \"group\" <> ''
             UNION SELECT 'party_group', \"group\" FROM party WHERE ",
            $of,
            " AND \"group\" <> ''"
        )
    };
}

const OF_CLAIM: &str = concat!(
    of_parties!("claim = ?1"),
    " UNION SELECT 'type', event_type FROM claim WHERE id = ?1 AND event_type <> ''
      UNION SELECT 'country', p.country FROM claim c JOIN place p ON p.id = c.place WHERE c.id = ?1 AND p.country <> ''"
);

const OF_INCIDENT: &str = concat!(
    of_parties!("claim IN (SELECT claim FROM member WHERE incident = ?1)"),
    " UNION SELECT 'type', event_type FROM incident WHERE id = ?1
      UNION SELECT 'country', p.country FROM incident i JOIN place p ON p.id = i.place WHERE i.id = ?1 AND p.country <> ''"
);

/// Puts a claim, whose parties are written, on its lists.
///
/// # Errors
/// When `SQLite` refuses.
pub(crate) fn put_claim(t: &Connection, claim: i64) -> Result<()> {
    put(t, claim, OF_CLAIM, ("claim_list", "SELECT day, coalesce(day_end, day) FROM claim WHERE id = ?1"))
}

impl Ledger {
    /// Puts all current claims on the lists by day: of a ledger into which rows were copied without them.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn relist(&mut self) -> Result<()> {
        const DOING: &str = "writing lists by day";
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
    let days = "SELECT day, coalesce(date_end, day) FROM incident WHERE id = ?1";
    put(t, incident, OF_INCIDENT, ("incident_list", days))
}

fn put(t: &Connection, row: i64, marks: &str, (table, days): (&str, &str)) -> Result<()> {
    const DOING: &str = "writing lists by day";
    let (first, last): (Option<String>, Option<String>) =
        t.prepare_cached(days).and_then(|mut s| s.query_row([row], |r| Ok((r.get(0)?, r.get(1)?)))).doing(DOING)?;
    let first = crate::rows::date(first).map_or(NO_DAY, number);
    let until = crate::rows::date(last).map(number).filter(|last| *last != first);
    let marks: Vec<(String, String)> = t
        .prepare_cached(marks)
        .and_then(|mut s| s.query_map([row], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
        .doing(DOING)?;
    for (kind, code) in marks {
        let mark = match mark(t, &kind, &code)? {
            Some((mark, ..)) => mark,
            None => t
                .prepare_cached("INSERT INTO mark (kind, code) VALUES (?1, ?2)")
                .and_then(|mut s| s.insert([kind, code]))
                .doing(DOING)?,
        };
        t.prepare_cached(&format!("INSERT INTO {table} VALUES (?1, ?2, ?3, ?4)"))
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
    let sql = format!(
        "DELETE FROM claim_list WHERE claim = ?1 AND mark IN (SELECT m.id FROM ({OF_CLAIM}) x JOIN mark m USING (kind, code))
         AND day = (SELECT coalesce(unixepoch(day) / 86400, {NO_DAY}) FROM claim WHERE id = ?1)"
    );
    t.prepare_cached(&sql).and_then(|mut s| s.execute([claim])).doing("taking a claim off its lists")?;
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
