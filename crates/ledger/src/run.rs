//! Runs: with which model, codebook and settings something came into the ledger, and from where.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::error::{Doing, Result};
use crate::store::Ledger;

/// A run's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RunId(pub i64);

/// What a run works with; digests are the first 16 hex digits of BLAKE3.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Means {
    /// Version of the program.
    pub program: String,
    /// Digest of the model's weights.
    pub model: String,
    /// Digest of codebook and dictionaries, overlays included.
    pub codebook: String,
    /// Digest of the gazetteer.
    pub gazetteer: String,
}

/// A run as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Its number.
    pub run: RunId,
    /// `ingest`, `recode` or `import`.
    pub kind: String,
    /// When it began, UTC.
    pub started: String,
    /// When it ended; none while it runs, or where it was cut off.
    pub finished: Option<String>,
    /// What it worked with.
    #[serde(flatten)]
    pub means: Means,
    /// Its settings, JSON.
    pub settings: String,
    /// Reports that it stored.
    pub reports: i64,
    /// Claims that it stored.
    pub claims: i64,
    /// Reports or rows that it could not read.
    pub failed: i64,
}

/// Something that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The file, or none for standard input.
    pub path: Option<String>,
    /// The line, from 1.
    pub line: Option<u64>,
    /// A stable code.
    pub code: String,
    /// In words.
    pub message: String,
}

const COLUMNS: &str =
    "id, kind, started, finished, program, model, codebook, gazetteer, settings, reports, claims, failed";

fn read(r: &rusqlite::Row<'_>) -> rusqlite::Result<Run> {
    Ok(Run {
        run: RunId(r.get(0)?),
        kind: r.get(1)?,
        started: r.get(2)?,
        finished: r.get(3)?,
        means: Means { program: r.get(4)?, model: r.get(5)?, codebook: r.get(6)?, gazetteer: r.get(7)? },
        settings: r.get(8)?,
        reports: r.get(9)?,
        claims: r.get(10)?,
        failed: r.get(11)?,
    })
}

impl Ledger {
    /// Begins a run; `now` is the time in ISO 8601, `settings` JSON.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn begin(&mut self, kind: &str, means: &Means, settings: &str, now: &str) -> Result<RunId> {
        self.connection
            .execute(
                "INSERT INTO run (kind, started, program, model, codebook, gazetteer, settings) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![kind, now, means.program, means.model, means.codebook, means.gazetteer, settings],
            )
            .doing("beginning a run")?;
        Ok(RunId(self.connection.last_insert_rowid()))
    }

    /// Ends a run.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn end(&mut self, run: RunId, now: &str) -> Result<()> {
        self.connection
            .execute("UPDATE run SET finished = ?2 WHERE id = ?1", params![run.0, now])
            .doing("ending a run")?;
        Ok(())
    }

    /// Notes an input that was read to its end.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn input(
        &mut self,
        run: RunId,
        path: &str,
        reports: u64,
        stored: u64,
        failed: u64,
        digest: Option<&str>,
    ) -> Result<()> {
        self.connection
            .execute(
                "INSERT OR REPLACE INTO input VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![run.0, path, reports as i64, stored as i64, failed as i64, digest],
            )
            .doing("noting an input")?;
        Ok(())
    }

    /// Notes what could not be read.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn failures(&mut self, run: RunId, failures: &[Failure]) -> Result<()> {
        if failures.is_empty() {
            return Ok(());
        }
        let transaction = self.connection.transaction().doing("noting failures")?;
        for f in failures {
            transaction
                .prepare_cached("INSERT INTO failure (run, path, line, code, message) VALUES (?1, ?2, ?3, ?4, ?5)")
                .and_then(|mut s| s.execute(params![run.0, f.path, f.line.map(|l| l as i64), f.code, f.message]))
                .doing("noting a failure")?;
        }
        transaction
            .execute("UPDATE run SET failed = failed + ?2 WHERE id = ?1", params![run.0, failures.len() as i64])
            .doing("counting failures")?;
        transaction.commit().doing("noting failures")
    }

    /// The run of this number.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn run(&self, run: RunId) -> Result<Option<Run>> {
        let sql = format!("SELECT {COLUMNS} FROM run WHERE id = ?1");
        self.connection
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_row([run.0], read).optional())
            .doing("reading a run")
    }

    /// All runs, oldest first.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn runs(&self) -> Result<Vec<Run>> {
        let sql = format!("SELECT {COLUMNS} FROM run ORDER BY id");
        self.connection
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_map([], read)?.collect())
            .doing("reading the runs")
    }

    /// What a run could not read, in order.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn failures_of(&self, run: RunId) -> Result<Vec<Failure>> {
        self.connection
            .prepare_cached("SELECT path, line, code, message FROM failure WHERE run = ?1 ORDER BY id")
            .and_then(|mut s| {
                s.query_map([run.0], |r| {
                    Ok(Failure {
                        path: r.get(0)?,
                        line: r.get::<_, Option<i64>>(1)?.map(|l| l as u64),
                        code: r.get(2)?,
                        message: r.get(3)?,
                    })
                })?
                .collect()
            })
            .doing("reading failures")
    }
}

/// The first 16 hex digits of the BLAKE3 hash of parts, each told apart from the next.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
