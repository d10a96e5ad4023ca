//! What has changed since one last looked: claims added, claims that a recoding replaced, incidents withdrawn.

use forewarn_exchange::row::EventRow;
use rusqlite::params;
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
    /// The run that withdrew it.
    pub run: Option<i64>,
}

/// What has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changes {
    /// Claims that were added and are current, in the order in which they came.
    pub added: Vec<EventRow>,
    /// Claims that were replaced.
    pub superseded: Vec<Superseded>,
    /// Incidents that were withdrawn.
    pub withdrawn: Vec<Gone>,
    /// What to ask with the next time; always there.
    pub next: String,
    /// Whether there is more already.
    pub more: bool,
}

impl Ledger {
    /// What has changed since `since`, the token that the answer before gave; from the beginning without one. At most `limit`
    /// claims are given at once; what was replaced and withdrawn comes with the last of them.
    ///
    /// # Errors
    /// When the token is none, or `SQLite` refuses.
    pub fn changes(&self, since: Option<&str>, limit: usize) -> Result<Changes> {
        let bad = |t: &str| Error::Misuse(format!("`{t}` is no token of changes: take it from the answer before"));
        let (run, row) = match since {
            None => (0, 0),
            Some(token) => {
                let (run, row) = token.split_once('.').ok_or_else(|| bad(token))?;
                let read = |t: &str| i64::from_str_radix(t, 16).ok().filter(|n| *n >= 0).ok_or_else(|| bad(token));
                (read(run)?, read(row)?)
            }
        };
        let mut ids: Vec<i64> = self
            .connection
            .prepare_cached("SELECT id FROM claim WHERE id > ?1 AND superseded IS NULL ORDER BY id LIMIT ?2")
            .and_then(|mut s| s.query_map(params![row, limit as i64 + 1], |r| r.get(0))?.collect())
            .doing("reading what was added")?;
        let more = ids.len() > limit;
        ids.truncate(limit);
        let last = ids.last().copied().unwrap_or(row);
        let added = ids.into_iter().map(|id| rows::event(&self.connection, id)).collect::<Result<_>>()?;
        let (mut superseded, mut withdrawn, mut seen) = (Vec::new(), Vec::new(), run);
        if !more {
            // A token from the beginning has seen nothing that could be taken back.
            if since.is_some() {
                superseded = self
                    .connection
                    .prepare_cached("SELECT claim_id, superseded FROM claim WHERE superseded > ?1 ORDER BY id")
                    .and_then(|mut s| {
                        s.query_map([run], |r| Ok(Superseded { claim_id: r.get(0)?, run: r.get(1)? }))?.collect()
                    })
                    .doing("reading what was replaced")?;
                withdrawn = self
                    .connection
                    .prepare_cached("SELECT incident_id, now, run FROM withdrawn WHERE run > ?1 ORDER BY 3, 1")
                    .and_then(|mut s| {
                        s.query_map([run], |r| Ok(Gone { incident_id: r.get(0)?, now: r.get(1)?, run: r.get(2)? }))?
                            .collect()
                    })
                    .doing("reading what was withdrawn")?;
            }
            let newest: Option<i64> =
                self.connection.query_row("SELECT max(id) FROM run", [], |r| r.get(0)).doing("reading the last run")?;
            seen = newest.unwrap_or(0).max(run);
        }
        Ok(Changes { added, superseded, withdrawn, next: format!("{seen:x}.{last:x}"), more })
    }
}
