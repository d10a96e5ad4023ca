//! The file: opened for reading or for writing, one writer at a time.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::{Doing, Error, Result};
use crate::schema::{self, APPLICATION_ID, VERSION};

/// A ledger, open.
pub struct Ledger {
    pub(crate) connection: Connection,
    path: PathBuf,
}

/// How long a writer waits for another one's batch.
const PATIENCE: Duration = Duration::from_mins(1);

impl Ledger {
    /// Opens a ledger for writing, making it where there is none, and brings an older one to the present version.
    ///
    /// Journal and durability: WAL with `synchronous = FULL`, so that what a committed batch holds survives the loss of
    /// process or power (`SQLite`, "Atomic Commit", "WAL" section 3.3).
    ///
    /// # Errors
    /// When the file is no ledger, is of a later version, or cannot be opened.
    pub fn create(path: &Path) -> Result<Self> {
        let connection = Connection::open(path).doing("opening the ledger")?;
        Self::ready(connection, path)
    }

    /// A ledger in memory, for tests and for looking once.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn in_memory() -> Result<Self> {
        let connection = Connection::open_in_memory().doing("opening a ledger in memory")?;
        Self::ready(connection, Path::new(":memory:"))
    }

    fn ready(mut connection: Connection, path: &Path) -> Result<Self> {
        connection.busy_timeout(PATIENCE).doing("setting the time to wait")?;
        let found = check(&connection, path)?;
        connection
            .execute_batch(
                // A page that many batches change is copied into the database once a checkpoint: few, large checkpoints
                // (64 MiB of log) halve what is written.
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
                 PRAGMA cache_size = -196608; PRAGMA wal_autocheckpoint = 16384; PRAGMA foreign_keys = OFF;",
            )
            .doing("setting up the ledger")?;
        if found < VERSION {
            schema::migrate(&mut connection, found)?;
        } else {
            schema::views(&connection)?;
        }
        tune(&connection)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Opens a ledger that is there, for reading only.
    ///
    /// # Errors
    /// When there is none, it is something else, or of another version.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_within(path, 65_536, 1 << 30)
    }

    /// Opens a ledger that is there, for reading only, with a page cache of `cache_kib` KiB and at most `map` bytes of the file
    /// mapped into memory: for processes that hold several connections and little memory.
    ///
    /// # Errors
    /// As [`Ledger::open`].
    pub fn open_within(path: &Path, cache_kib: u32, map: u64) -> Result<Self> {
        if !path.is_file() {
            return Err(Error::Missing { path: path.to_owned() });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).doing("opening the ledger")?;
        connection.busy_timeout(PATIENCE).doing("setting the time to wait")?;
        let found = check(&connection, path)?;
        if found < VERSION {
            return Err(Error::Older { path: path.to_owned(), found, known: VERSION });
        }
        connection
            .execute_batch(&format!(
                "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -{cache_kib}; PRAGMA mmap_size = {map};
                 PRAGMA query_only = ON;"
            ))
            .doing("setting up the ledger")?;
        tune(&connection)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The connection, for reading what no query of this crate gives.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }
}

fn tune(connection: &Connection) -> Result<()> {
    connection.set_prepared_statement_cache_capacity(128);
    // Plans that do not look at bound values: otherwise a kept statement is read and planned anew at every use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).doing("setting up the planner")?;
    crate::query::register(connection)
}

/// The version of a database file that is a ledger or is empty; 0 for empty.
fn check(connection: &Connection, path: &Path) -> Result<u32> {
    let number = |pragma: &str| connection.query_row(pragma, [], |r| r.get::<_, i64>(0));
    let id = number("PRAGMA application_id").map_err(|source| match source.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => {
            Error::Misuse(format!("{}: not a ledger, nor any database", path.display()))
        }
        _ => Error::Sqlite { doing: "reading the ledger's header", source },
    })?;
    let version = number("PRAGMA user_version").doing("reading the ledger's version")?;
    let tables = number("SELECT count(*) FROM sqlite_schema").doing("reading the ledger's tables")?;
    if id != APPLICATION_ID && tables > 0 {
        return Err(Error::NotALedger { path: path.to_owned(), found: id, expected: APPLICATION_ID });
    }
    let version = u32::try_from(version).unwrap_or(u32::MAX);
    if version > VERSION {
        return Err(Error::Newer { path: path.to_owned(), found: version, known: VERSION });
    }
    Ok(version)
}
