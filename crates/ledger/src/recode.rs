//! Reading stored reports again with the present model and codebook: what changes, and both runs kept.

use forewarn_report::Report;
use rusqlite::{TransactionBehavior, params};
use serde::Serialize;

use crate::error::{Doing, Result};
use crate::merge::retract;
use crate::rows;
use crate::run::RunId;
use crate::schema::tick;
use crate::store::Ledger;
use crate::write::{Entry, Prepared, Writer};

/// A stored report, ready to be coded again.
#[derive(Clone, Debug)]
pub struct StoredReport {
    /// Its row.
    pub row: i64,
    /// The report.
    pub report: Report,
}

/// A claim in short, for telling what changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Brief {
    /// Its id.
    pub claim_id: String,
    /// PLOVER type.
    pub event_type: String,
    /// Whether it happened.
    pub factuality: String,
    /// The words that carry it.
    pub predicate: String,
    /// The rule.
    pub rule: String,
}

/// What coding a report again changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Difference {
    /// The report.
    pub report_id: String,
    /// Claims that are no longer made.
    pub gone: Vec<Brief>,
    /// Claims that are new.
    pub new: Vec<Brief>,
    /// Claims of which something changed: as they were, as they are.
    pub changed: Vec<(Brief, Brief)>,
    /// Claims that are the same, field for field.
    pub same: usize,
}

impl Difference {
    /// Whether nothing changed.
    pub fn is_none(&self) -> bool {
        self.gone.is_empty() && self.new.is_empty() && self.changed.is_empty()
    }
}

impl Ledger {
    /// Stored reports after the row `after`, at most `most`, in the order in which they came.
    ///
    /// # Errors
    /// When `SQLite` refuses or a report cannot be read back.
    pub fn stored_reports(&self, after: i64, most: usize) -> Result<Vec<StoredReport>> {
        let read = |r: &rusqlite::Row<'_>| -> rusqlite::Result<(i64, serde_json::Value)> {
            let json = |i: usize| -> rusqlite::Result<serde_json::Value> {
                Ok(serde_json::from_str(&r.get::<_, String>(i)?).unwrap_or_default())
            };
            let value = serde_json::json!({
                "report_id": r.get::<_, String>(1)?, "url": r.get::<_, Option<String>>(2)?, "text": r.get::<_, String>(3)?,
                "blocks": json(4)?, "publisher": r.get::<_, Option<String>>(5)?, "authors": json(6)?,
                "published": r.get::<_, Option<String>>(7)?, "language": r.get::<_, Option<String>>(8)?,
                "source": {"path": r.get::<_, Option<String>>(9)?, "line": r.get::<_, Option<i64>>(10)?},
                "dropped": json(11)?,
            });
            Ok((r.get(0)?, value))
        };
        let found: Vec<(i64, serde_json::Value)> = self
            .connection
            .prepare_cached(
                "SELECT id, report_id, url, text, blocks, publisher, authors, published, language, source_path, source_line,
                 dropped FROM report WHERE id > ?1 ORDER BY id LIMIT ?2",
            )
            .and_then(|mut s| s.query_map(params![after, most as i64], read)?.collect())
            .doing("reading reports")?;
        found
            .into_iter()
            .map(|(row, value)| {
                let report = serde_json::from_value(value).map_err(|e| rows::broken("report", row, &e))?;
                Ok(StoredReport { row, report })
            })
            .collect()
    }

    /// What would change if the report in row `row` were coded as `entry` has it.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn difference(&self, row: i64, entry: &Entry) -> Result<Difference> {
        Ok(compare(&self.current_claims(row)?, entry).0)
    }

    fn current_claims(&self, report: i64) -> Result<Vec<(i64, i64, Brief)>> {
        self.connection
            .prepare_cached(
                "SELECT id, digest, claim_id, event_type, factuality, predicate_text, rule FROM claim
                 WHERE report = ?1 AND superseded IS NULL ORDER BY id",
            )
            .and_then(|mut s| {
                s.query_map([report], |r| {
                    let brief = Brief {
                        claim_id: r.get(2)?,
                        event_type: r.get(3)?,
                        factuality: r.get(4)?,
                        predicate: r.get(5)?,
                        rule: r.get(6)?,
                    };
                    Ok((r.get(0)?, r.get(1)?, brief))
                })?
                .collect()
            })
            .doing("reading a report's claims")
    }

    /// Puts claims that changed in the place of those that were, in one transaction; what was stays, marked by the run.
    ///
    /// # Errors
    /// When `SQLite` refuses: then nothing has changed.
    pub fn replace(&mut self, writer: &mut Writer, run: RunId, coded: &[(i64, Entry)]) -> Result<Vec<Difference>> {
        let mut work = Vec::new();
        let mut out = Vec::new();
        for (row, entry) in coded {
            let (difference, old, new) = compare(&self.current_claims(*row)?, entry);
            if !difference.is_none() {
                work.push((*row, entry, old, new));
            }
            out.push(difference);
        }
        let t =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).doing("beginning a recoding")?;
        let (mut reports, mut claims) = (0_i64, 0_i64);
        for (row, entry, old, new) in work {
            reports += 1;
            claims += new.len() as i64;
            retract(&t, &old)?;
            for claim in &old {
                t.prepare_cached("UPDATE claim SET superseded = ?2 WHERE id = ?1")
                    .and_then(|mut s| s.execute(params![claim, run.0]))
                    .doing("marking a claim as replaced")?;
                t.prepare_cached("INSERT INTO retired (claim) VALUES (?1)")
                    .and_then(|mut s| s.execute([claim]))
                    .doing("noting a replaced claim")?;
                crate::list::remove_claim(&t, *claim)?;
                for sql in ["DELETE FROM telling WHERE claim = ?1", "DELETE FROM dyad WHERE claim = ?1"] {
                    t.prepare_cached(sql)
                        .and_then(|mut s| s.execute([claim]))
                        .doing("taking a claim out of the indexes")?;
                }
            }
            let chosen: Vec<&Prepared> = new.iter().map(|&i| &entry.claims[i]).collect();
            writer.claims(&t, run, row, &entry.report, &chosen, &entry.sketch)?;
        }
        t.prepare_cached("UPDATE run SET reports = reports + ?2, claims = claims + ?3 WHERE id = ?1")
            .and_then(|mut s| s.execute(params![run.0, reports, claims]))
            .doing("counting a recoding")?;
        tick(&t)?;
        t.commit().doing("writing a recoding")?;
        Ok(out)
    }
}

/// The difference, the rows that go, and the entry's claims that come.
fn compare(old: &[(i64, i64, Brief)], entry: &Entry) -> (Difference, Vec<i64>, Vec<usize>) {
    let mut difference = Difference { report_id: entry.report.report_id.clone(), ..Difference::default() };
    let mut left: Vec<&(i64, i64, Brief)> = old.iter().collect();
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for (i, prepared) in entry.claims.iter().enumerate() {
        let claim = &prepared.claim;
        let brief = Brief {
            claim_id: claim.claim_id.clone(),
            event_type: claim.event_type.to_owned(),
            factuality: claim.factuality.as_str().to_owned(),
            predicate: claim.predicate.text.clone(),
            rule: claim.rule.clone(),
        };
        if let Some(at) = left.iter().position(|(_, _, b)| b.claim_id == brief.claim_id) {
            let (row, digest, was) = left.remove(at);
            if *digest == prepared.digest {
                difference.same += 1;
            } else {
                gone.push(*row);
                come.push(i);
                difference.changed.push((was.clone(), brief));
            }
        } else {
            come.push(i);
            difference.new.push(brief);
        }
    }
    for (row, _, brief) in left {
        gone.push(*row);
        difference.gone.push(brief.clone());
    }
    (difference, gone, come)
}
