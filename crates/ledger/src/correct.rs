//! Corrections by hand: incidents split or merged, found again after every re-reading.
//!
//! A correction holds on to reports and words, not to claims: a claim's id changes with the rule that coded it.

use forewarn_incident::{Anchor, Correction, CorrectionKind, Telling};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::Serialize;

use crate::error::{Doing, Error, Result};
use crate::rows;
use crate::store::Ledger;

/// A correction as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoredCorrection {
    /// Its number.
    pub id: i64,
    /// What was decided.
    #[serde(flatten)]
    pub correction: Correction,
    /// When, UTC.
    pub made: String,
}

impl Ledger {
    /// All corrections, oldest first.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn stored_corrections(&self) -> Result<Vec<StoredCorrection>> {
        self.connection
            .prepare_cached(
                "SELECT id, kind, a_report_id, a_start, a_end, b_report_id, b_start, b_end, note, made FROM correction ORDER BY id",
            )
            .and_then(|mut s| {
                s.query_map([], |r| {
                    let anchor = |i: usize| -> rusqlite::Result<Anchor> {
                        Ok(Anchor {
                            report_id: r.get::<_, String>(i)?.into(),
                            predicate: forewarn_report::Span::new(r.get(i + 1)?, r.get(i + 2)?),
                        })
                    };
                    let kind: String = r.get(1)?;
                    Ok(StoredCorrection {
                        id: r.get(0)?,
                        correction: Correction {
                            kind: if kind == "split" { CorrectionKind::Split } else { CorrectionKind::Merge },
                            a: anchor(2)?,
                            b: anchor(5)?,
                            note: r.get(8)?,
                        },
                        made: r.get(9)?,
                    })
                })?
                .collect()
            })
            .doing("reading corrections")
    }

    /// All corrections, as merging takes them.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn corrections(&self) -> Result<Vec<Correction>> {
        Ok(self.stored_corrections()?.into_iter().map(|c| c.correction).collect())
    }

    /// Says that two incidents are one. The claims concerned wait to be merged: call [`Ledger::merge_all`].
    ///
    /// # Errors
    /// When one is not there, or both are one already.
    pub fn correct_merge(&mut self, a: &str, b: &str, note: &str, now: &str) -> Result<usize> {
        let t = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .doing("beginning a correction")?;
        let (left, right) = (accounts(&t, a)?, accounts(&t, b)?);
        if left == right {
            return Err(Error::Misuse(format!("{a} and {b} are one incident already")));
        }
        // Earlier splits between the two no longer hold.
        let all: Vec<(i64, i64)> = pairs(&left, &right);
        let mut count = 0;
        for &(x, y) in &all {
            count += forget(&t, "split", x, y)?;
        }
        put(&t, "merge", left[0], right[0], note, now)?;
        wait(&t, left.iter().chain(&right))?;
        crate::schema::tick(&t)?;
        t.commit().doing("writing a correction")?;
        Ok(count + 1)
    }

    /// Takes claims out of an incident, into one of their own. The claims concerned wait to be merged: call
    /// [`Ledger::merge_all`].
    ///
    /// # Errors
    /// When the incident or a claim is not there, a claim is not of the incident, or nothing would be left.
    pub fn correct_split(&mut self, incident: &str, claims: &[&str], note: &str, now: &str) -> Result<usize> {
        let t = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .doing("beginning a correction")?;
        let all = accounts(&t, incident)?;
        let mut out = Vec::new();
        for claim in claims {
            let row: Option<i64> = t
                .prepare_cached("SELECT id FROM claim WHERE claim_id = ?1 AND superseded IS NULL")
                .and_then(|mut s| s.query_row([claim], |r| r.get(0)).optional())
                .doing("looking for a claim")?;
            let row = row.filter(|r| all.contains(r)).ok_or_else(|| {
                Error::Misuse(format!(
                    "{claim}: no claim of the incident {incident} (forewarn show {incident} lists them)"
                ))
            })?;
            out.push(row);
        }
        let rest: Vec<i64> = all.iter().copied().filter(|r| !out.contains(r)).collect();
        if rest.is_empty() {
            return Err(Error::Misuse(format!("{incident}: all its claims were named; name those that go")));
        }
        let mut count = 0;
        for (x, y) in pairs(&out, &rest) {
            forget(&t, "merge", x, y)?;
            put(&t, "split", x, y, note, now)?;
            count += 1;
        }
        wait(&t, all.iter())?;
        crate::schema::tick(&t)?;
        t.commit().doing("writing a correction")?;
        Ok(count)
    }
}

fn pairs(a: &[i64], b: &[i64]) -> Vec<(i64, i64)> {
    a.iter().flat_map(|&x| b.iter().map(move |&y| (x, y))).collect()
}

/// The claims of an incident, its own accounts first.
fn accounts(t: &Connection, incident: &str) -> Result<Vec<i64>> {
    let found: Vec<i64> = t
        .prepare_cached(
            "SELECT m.claim FROM member m JOIN incident i ON i.id = m.incident WHERE i.incident_id = ?1
             ORDER BY m.role IN ('follow-up', 'background'), m.claim",
        )
        .and_then(|mut s| s.query_map([incident], |r| r.get(0))?.collect())
        .doing("reading an incident's claims")?;
    if found.is_empty() {
        return Err(Error::Unknown { id: incident.to_owned(), hint: String::new() });
    }
    Ok(found)
}

fn anchor(t: &Connection, claim: i64) -> Result<Anchor> {
    let body: Vec<u8> = t
        .prepare_cached("SELECT body FROM telling WHERE claim = ?1")
        .and_then(|mut s| s.query_row([claim], |r| r.get(0)))
        .doing("reading what merging needs")?;
    let telling: Telling = postcard::from_bytes(&body).map_err(|e| rows::broken("telling of claim", claim, &e))?;
    Ok(Anchor::of(&telling))
}

fn put(t: &Connection, kind: &str, a: i64, b: i64, note: &str, now: &str) -> Result<()> {
    forget(t, kind, a, b)?;
    let (a, b) = (anchor(t, a)?, anchor(t, b)?);
    t.prepare_cached(
        "INSERT INTO correction (kind, a_report_id, a_start, a_end, b_report_id, b_start, b_end, note, made)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )
    .and_then(|mut s| {
        s.execute(params![
            kind,
            a.report_id.as_str(),
            a.predicate.start,
            a.predicate.end,
            b.report_id.as_str(),
            b.predicate.start,
            b.predicate.end,
            note,
            now
        ])
    })
    .doing("writing a correction")?;
    Ok(())
}

/// Takes corrections of a kind between two claims back; how many there were.
fn forget(t: &Connection, kind: &str, a: i64, b: i64) -> Result<usize> {
    let (a, b) = (anchor(t, a)?, anchor(t, b)?);
    let mut gone = 0;
    for (x, y) in [(&a, &b), (&b, &a)] {
        gone += t
            .prepare_cached(
                "DELETE FROM correction WHERE kind = ?1 AND a_report_id = ?2 AND a_start < ?4 AND a_end > ?3
                 AND b_report_id = ?5 AND b_start < ?7 AND b_end > ?6",
            )
            .and_then(|mut s| {
                s.execute(params![
                    kind,
                    x.report_id.as_str(),
                    x.predicate.start,
                    x.predicate.end,
                    y.report_id.as_str(),
                    y.predicate.start,
                    y.predicate.end
                ])
            })
            .doing("taking a correction back")?;
    }
    Ok(gone)
}

fn wait<'a>(t: &Connection, claims: impl Iterator<Item = &'a i64>) -> Result<()> {
    for claim in claims {
        t.prepare_cached("INSERT OR IGNORE INTO pending VALUES (?1)")
            .and_then(|mut s| s.execute([claim]))
            .doing("leaving a claim to be merged")?;
    }
    Ok(())
}
