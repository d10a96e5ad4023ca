//! What a ledger holds, in short, and the number that tells whether it has changed.

use jiff::civil::Date;
use serde::Serialize;

use crate::error::{Doing, Result};
use crate::rows;
use crate::run::{Run, RunId};
use crate::store::Ledger;

/// What a ledger holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stamp {
    /// The last day of publication.
    pub through: Option<Date>,
    /// The first.
    pub since: Option<Date>,
    /// Reports.
    pub reports: u64,
    /// Current claims of our own.
    pub claims: u64,
    /// Incidents.
    pub incidents: u64,
    /// Events of foreign sets.
    pub foreign_events: u64,
    /// Claims that wait to be merged.
    pub waiting: u64,
    /// The last run that ended, with what it worked with.
    pub run: Option<Run>,
    /// See [`Ledger::generation`].
    pub generation: i64,
}

impl Ledger {
    /// A number that grows with every change of what is known, and with the beginning and the end of every run, whichever
    /// process commits it; reading it reads two rows.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn generation(&self) -> Result<i64> {
        self.connection
            .prepare_cached(
                "SELECT CAST(value AS INTEGER) + coalesce((SELECT 2 * id + (finished IS NOT NULL) FROM run ORDER BY id DESC
                 LIMIT 1), 0) FROM meta WHERE key = 'tick'",
            )
            .and_then(|mut s| s.query_row([], |r| r.get(0)))
            .doing("reading the ledger's counter")
    }

    /// What the ledger holds, of one moment. Counts go through the smallest index that has each row.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn stamp(&self) -> Result<Stamp> {
        let t = self.connection.unchecked_transaction().doing("reading what the ledger holds")?;
        let number = |sql: &str| -> Result<Option<i64>> {
            t.prepare_cached(sql)
                .and_then(|mut s| s.query_row([], |r| r.get(0)))
                .doing("counting what the ledger holds")
        };
        let count = |sql: &str| number(sql).map(|n| n.unwrap_or(0) as u64);
        let day = |which: &str| -> Result<Option<Date>> {
            let sql = format!("SELECT {which}(published) FROM report");
            let found: Option<String> = t
                .prepare_cached(&sql)
                .and_then(|mut s| s.query_row([], |r| r.get(0)))
                .doing("reading the days told of")?;
            Ok(rows::date(found))
        };
        let current = count("SELECT count(*) FROM claim INDEXED BY claim_factuality WHERE superseded IS NULL")?;
        let foreign_events = count("SELECT count(*) FROM foreign_event")?;
        let run = number("SELECT max(id) FROM run WHERE finished IS NOT NULL")?;
        Ok(Stamp {
            through: day("max")?,
            since: day("min")?,
            reports: count("SELECT count(*) FROM report")?,
            claims: current.saturating_sub(foreign_events),
            incidents: count("SELECT count(*) FROM incident")?,
            foreign_events,
            waiting: self.waiting()?,
            run: run.map(|run| self.run(RunId(run))).transpose()?.flatten(),
            generation: self.generation()?,
        })
    }
}
