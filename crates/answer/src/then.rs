//! A ledger as it stood at the end of a day: the neighbourhood of what was published later is merged anew without it.
//!
//! Most incidents of a ledger do not depend on later reports and are asked for where they are. Those that claims of later
//! reports are linked with, over however many steps, are made again, in a small ledger in memory, out of what had been
//! published by then; so a merge that a later report brought about, or a toll that it revised, does not show.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_ledger::{Ledger, Writer};
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};

use crate::error::Result;

/// What of a ledger was told otherwise at the end of a day.
pub struct Then {
    day: Date,
    /// The incidents of now that later reports had a part in, and all that they are linked with; by id.
    changed: Vec<String>,
    /// Those claims of theirs that were known, merged by themselves; none where nothing was told otherwise.
    ledger: Option<Ledger>,
}

/// Tables with a column `claim` that merging and reading again fill.
const MADE: &[&str] = &["block", "claim_list", "member", "pending", "pointer", "retired", "withdrawn"];
/// Claims merged in one transaction.
const BATCH: usize = 10_000;

impl Then {
    /// Finds what a ledger told otherwise on a day.
    ///
    /// # Errors
    /// When the ledger cannot be read, or memory does not hold what is made anew.
    pub fn read(ledger: &Ledger, day: Date) -> Result<Self> {
        let from = ledger.connection();
        // As of one state; within a transaction of the caller's, as of that.
        let _transaction = if from.is_autocommit() {
            Some(from.unchecked_transaction().map_err(|e| fault("beginning to read", e))?)
        } else {
            None
        };
        let known = known_beside(ledger, day)?;
        if known.is_empty() {
            return Ok(Self { day, changed: Vec::new(), ledger: None });
        }
        let known = serde_json::to_string(&known)?;
        let changed = list(
            from,
            "SELECT DISTINCT i.incident_id FROM member m JOIN incident i ON i.id = m.incident
             WHERE m.claim IN (SELECT value FROM json_each(?1)) ORDER BY 1",
            &known,
        )?;
        let mut then = Ledger::in_memory()?;
        copy(from, then.connection(), &known)?;
        then.relist()?;
        then.merge_all(&mut Writer::new(), BATCH, &mut |_| {})?;
        Ok(Self { day, changed, ledger: Some(then) })
    }

    /// The day.
    pub fn day(&self) -> Date {
        self.day
    }

    /// Ids of the incidents that are told otherwise now, sorted. Some only may be: later reports are linked with them.
    pub fn changed(&self) -> &[String] {
        &self.changed
    }

    /// The incidents in their place, as they were then; none where there are none.
    pub fn ledger(&self) -> Option<&Ledger> {
        self.ledger.as_ref()
    }
}

fn fault(doing: &'static str, source: rusqlite::Error) -> forewarn_ledger::Error {
    forewarn_ledger::Error::Sqlite { doing, source }
}

/// The claims published by a day that are linked with later ones over any number of steps, sorted. Reports without a day count
/// as later, as everywhere.
fn known_beside(ledger: &Ledger, day: Date) -> Result<BTreeSet<i64>> {
    let c = ledger.connection();
    let doing = |e| fault("looking for later reports", e);
    let late: BTreeSet<i64> = c
        .prepare_cached(
            "SELECT c.id FROM report r CROSS JOIN claim c ON c.report = r.id
             WHERE (r.published > ?1 OR r.published IS NULL) AND c.superseded IS NULL",
        )
        .and_then(|mut s| s.query_map([day.to_string()], |r| r.get(0))?.collect())
        .map_err(doing)?;
    let corrected = corrected(ledger)?;
    let mut beside = c
        .prepare_cached("SELECT b FROM link WHERE a = ?1 UNION ALL SELECT a FROM link WHERE b = ?1")
        .map_err(|e| fault("following links", e))?;
    let mut known = BTreeSet::new();
    let mut next: Vec<i64> = late.iter().copied().collect();
    while let Some(at) = next.pop() {
        let linked = beside.query_map([at], |r| r.get::<_, i64>(0)).map_err(|e| fault("following links", e))?;
        let held = corrected.get(&at).into_iter().flatten().copied();
        for other in linked.chain(held.map(Ok)) {
            let other = other.map_err(|e| fault("following links", e))?;
            if !late.contains(&other) && known.insert(other) {
                next.push(other);
            }
        }
    }
    Ok(known)
}

/// The claims that corrections by hand hold together or apart, each with those it is held to.
fn corrected(ledger: &Ledger) -> Result<BTreeMap<i64, Vec<i64>>> {
    let mut find = ledger
        .connection()
        .prepare_cached(
            "SELECT c.id FROM claim c JOIN report r ON r.id = c.report
             WHERE r.report_id = ?1 AND c.superseded IS NULL AND c.predicate_start < ?3 AND c.predicate_end > ?2
             ORDER BY c.id",
        )
        .map_err(|e| fault("looking for a corrected claim", e))?;
    let mut out: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for correction in ledger.corrections()? {
        let mut ends = Vec::new();
        for anchor in [&correction.a, &correction.b] {
            let (start, end) = (anchor.predicate.start, anchor.predicate.end);
            let found = find.query_row(params![anchor.report_id.as_str(), start, end], |r| r.get::<_, i64>(0));
            ends.extend(found.optional().map_err(|e| fault("looking for a corrected claim", e))?);
        }
        if let [a, b] = ends[..] {
            out.entry(a).or_default().push(b);
            out.entry(b).or_default().push(a);
        }
    }
    Ok(out)
}

/// Copies claims with all that hangs on them, and leaves those that are part of incidents to be merged.
fn copy(from: &Connection, to: &Connection, claims: &str) -> Result<()> {
    let column = |sql| -> Result<String> { Ok(serde_json::to_string(&list::<i64>(from, sql, claims)?)?) };
    let reports = column("SELECT DISTINCT report FROM claim WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY 1")?;
    let sentences = column(
        "SELECT DISTINCT sentence FROM claim WHERE sentence IS NOT NULL AND id IN (SELECT value FROM json_each(?1))
         ORDER BY 1",
    )?;
    let places = column(
        "SELECT DISTINCT place FROM claim WHERE place IS NOT NULL AND id IN (SELECT value FROM json_each(?1)) ORDER BY 1",
    )?;
    let doing = |e| fault("putting aside what was known", e);
    let whole = to.unchecked_transaction().map_err(doing)?;
    rows(from, to, ("report", "id"), &reports)?;
    rows(from, to, ("sketch", "report"), &reports)?;
    rows(from, to, ("sentence", "id"), &sentences)?;
    rows(from, to, ("place", "id"), &places)?;
    rows(from, to, ("claim", "id"), claims)?;
    let of_claims: Vec<String> = from
        .prepare(
            "SELECT t.name FROM sqlite_schema t WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%' AND EXISTS
               (SELECT 1 FROM pragma_table_info(t.name) c WHERE c.name = 'claim') ORDER BY 1",
        )
        .and_then(|mut s| s.query_map([], |r| r.get(0))?.collect())
        .map_err(doing)?;
    for table in of_claims.iter().filter(|t| !MADE.contains(&t.as_str())) {
        rows(from, to, (table, "claim"), claims)?;
    }
    let corrections: Vec<i64> = from
        .prepare("SELECT id FROM correction")
        .and_then(|mut s| s.query_map([], |r| r.get(0))?.collect())
        .map_err(doing)?;
    rows(from, to, ("correction", "id"), &serde_json::to_string(&corrections)?)?;
    let merged = column("SELECT claim FROM member WHERE claim IN (SELECT value FROM json_each(?1)) ORDER BY 1")?;
    to.execute_batch(
        "INSERT INTO evidence (rowid, text) SELECT id, text FROM sentence;
         INSERT INTO place_area SELECT id, lat, lat, lon, lon FROM place WHERE lat IS NOT NULL AND lon IS NOT NULL;",
    )
    .map_err(doing)?;
    to.execute("INSERT INTO pending SELECT value FROM json_each(?1)", [merged]).map_err(doing)?;
    whole.commit().map_err(doing)?;
    Ok(())
}

/// The first column of what a query gives that takes a list of ids.
fn list<T: rusqlite::types::FromSql>(c: &Connection, sql: &str, ids: &str) -> Result<Vec<T>> {
    let found = c.prepare(sql).and_then(|mut s| s.query_map([ids], |r| r.get(0))?.collect());
    Ok(found.map_err(|e| fault("reading what was known", e))?)
}

/// Copies the rows of a table whose key is in a list.
fn rows(from: &Connection, to: &Connection, (table, key): (&str, &str), ids: &str) -> Result<()> {
    let doing = |e| fault("putting aside what was known", e);
    let sql = format!("SELECT * FROM \"{table}\" WHERE \"{key}\" IN (SELECT value FROM json_each(?1))");
    let mut read = from.prepare(&sql).map_err(doing)?;
    let names: Vec<String> = read.column_names().map(|n| format!("\"{n}\"")).collect();
    let marks = vec!["?"; names.len()].join(", ");
    let mut write =
        to.prepare(&format!("INSERT INTO \"{table}\" ({}) VALUES ({marks})", names.join(", "))).map_err(doing)?;
    let mut found = read.query([ids]).map_err(doing)?;
    while let Some(row) = found.next().map_err(doing)? {
        let values: Vec<Value> =
            (0..names.len()).map(|i| row.get(i)).collect::<rusqlite::Result<_>>().map_err(doing)?;
        write.execute(params_from_iter(values)).map_err(doing)?;
    }
    Ok(())
}
