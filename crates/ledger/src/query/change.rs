//! What has changed since one last looked: claims added, claims that a recoding replaced, incidents new, changed or withdrawn.

use forewarn_exchange::row::{EventRow, IncidentRow};
use rusqlite::{Connection, params};
use serde::Serialize;

use crate::error::{Doing, Error, Result};
use crate::rows;
use crate::store::Ledger;

/// A claim that a later run replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Superseded {
    /// The claim.
    pub claim_id: String,
    /// The run that replaced it.
    pub run: i64,
}

/// An incident that no longer stands under its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// The id.
    pub incident_id: String,
    /// The incident that holds its claims now; none where they are no more.
    pub now: Option<String>,
    /// The run in which it was withdrawn.
    pub run: Option<i64>,
}

/// What has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changes {
    /// Claims that were added and are current, in the order in which they came.
    pub added: Vec<EventRow>,
    /// Claims that were replaced, in the order in which that was done.
    pub superseded: Vec<Superseded>,
    /// Incidents that were withdrawn, in the order in which that was done; one comes again when its successor is found.
    pub withdrawn: Vec<Gone>,
    /// Incidents that are new or have changed, as they are now, in the order in which they became so.
    pub incidents: Vec<IncidentRow>,
    /// What to ask with the next time; always there.
    pub next: String,
    /// Whether there is more already.
    pub more: bool,
}

/// The last number seen of each list: claims, replaced claims, withdrawn incidents, changed incidents.
#[derive(Clone, Copy, Default)]
struct Seen([i64; 4]);

impl Seen {
    fn read(token: &str) -> Result<Self> {
        let bad = || Error::Misuse(format!("`{token}` is no token of changes: take it from the answer before"));
        let mut out = Self::default();
        let mut parts = token.split('.');
        for number in &mut out.0 {
            let part = parts.next().filter(|p| p.bytes().all(|b| b.is_ascii_hexdigit())).ok_or_else(bad)?;
            *number = i64::from_str_radix(part, 16).map_err(|_| bad())?;
        }
        if parts.next().is_some() { Err(bad()) } else { Ok(out) }
    }

    fn token(self) -> String {
        self.0.map(|n| format!("{n:x}")).join(".")
    }
}

impl Ledger {
    /// What has changed since `since`, the token that the answer before gave; from the beginning without one. At most `limit`
    /// (and at least one) things are given at once: claims first, then what was replaced and withdrawn, then incidents. Who
    /// begins has seen nothing that could be taken back, and is told of nothing that was replaced or withdrawn before.
    ///
    /// # Errors
    /// When the token is none, or `SQLite` refuses.
    pub fn changes(&self, since: Option<&str>, limit: usize) -> Result<Changes> {
        // Several queries, one state of the ledger.
        let t = self.connection.unchecked_transaction().doing("reading what has changed")?;
        let mut seen = match since {
            Some(token) => Seen::read(token)?,
            None => Seen([0, last(&t, "retired")?, last(&t, "withdrawn")?, 0]),
        };
        let limit = limit.max(1);
        let (mut left, mut more) = (limit, false);
        let added = take(
            &t,
            "SELECT id, id FROM claim WHERE id > ?1 AND superseded IS NULL ORDER BY id LIMIT ?2",
            &mut seen.0[0],
            (&mut left, &mut more),
            |r| r.get::<_, i64>(1),
        )?;
        let superseded = take(
            &t,
            "SELECT x.id, c.claim_id, c.superseded FROM retired x JOIN claim c ON c.id = x.claim WHERE x.id > ?1
             ORDER BY x.id LIMIT ?2",
            &mut seen.0[1],
            (&mut left, &mut more),
            |r| Ok(Superseded { claim_id: r.get(1)?, run: r.get(2)? }),
        )?;
        let withdrawn = take(
            &t,
            "SELECT id, incident_id, now, run FROM withdrawn WHERE id > ?1 ORDER BY id LIMIT ?2",
            &mut seen.0[2],
            (&mut left, &mut more),
            |r| Ok(Gone { incident_id: r.get(1)?, now: r.get(2)?, run: r.get(3)? }),
        )?;
        let changed = take(
            &t,
            "SELECT changed, id FROM incident INDEXED BY incident_changed WHERE changed > ?1 ORDER BY changed LIMIT ?2",
            &mut seen.0[3],
            (&mut left, &mut more),
            |r| r.get::<_, i64>(1),
        )?;
        Ok(Changes {
            added: added.into_iter().map(|id| rows::event(&t, id)).collect::<Result<_>>()?,
            superseded,
            withdrawn,
            incidents: changed.into_iter().map(|id| self.incident_row(id)).collect::<Result<_>>()?,
            next: seen.token(),
            more,
        })
    }
}

/// The last number of a list.
fn last(t: &Connection, table: &str) -> Result<i64> {
    t.query_row(&format!("SELECT coalesce(max(id), 0) FROM {table}"), [], |r| r.get(0)).doing("reading the last change")
}

/// Rows of a list after the last one seen, as many as there is room for; the query's first column is their number.
fn take<T>(
    t: &Connection,
    sql: &str,
    seen: &mut i64,
    (left, more): (&mut usize, &mut bool),
    read: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let mut found: Vec<(i64, T)> = t
        .prepare_cached(sql)
        .and_then(|mut s| {
            s.query_map(params![*seen, *left as i64 + 1], |r| Ok((r.get::<_, i64>(0)?, read(r)?)))?.collect()
        })
        .doing("reading what has changed")?;
    if found.len() > *left {
        *more = true;
        found.truncate(*left);
    }
    *left -= found.len();
    if let Some((number, _)) = found.last() {
        *seen = *number;
    }
    Ok(found.into_iter().map(|(_, row)| row).collect())
}
