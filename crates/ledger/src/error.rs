//! What can go wrong with a ledger.

use std::path::PathBuf;

/// An error of the ledger. News text is never one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no ledger at this path.
    #[error("{path}: no ledger there (forewarn ingest makes one)")]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file is a database of something else.
    #[error("{path}: not a ledger: its application id is {found:#x}, expected {expected:#x}")]
    NotALedger {
        /// The file.
        path: PathBuf,
        /// The id in its header.
        found: i64,
        /// A ledger's.
        expected: i64,
    },
    /// The file was written by a later program.
    #[error("{path}: a ledger of version {found}; this program knows versions up to {known}: use a newer forewarn")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest that is known.
        known: u32,
    },
    /// The file is of an earlier version and may only be read.
    #[error(
        "{path}: a ledger of version {found}, and read-only: run `forewarn ingest` or `merge` on it once to bring it to {known}"
    )]
    Older {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The present one.
        known: u32,
    },
    /// Nothing in the ledger has this id.
    #[error("{id}: nothing in the ledger has this id{hint}")]
    Unknown {
        /// The id.
        id: String,
        /// A suggestion, or nothing.
        hint: String,
    },
    /// A request that cannot be carried out.
    #[error("{0}")]
    Misuse(String),
    /// A stored record that cannot be read back.
    #[error("{what} {id} cannot be read back: {message}")]
    Broken {
        /// Which kind of record.
        what: &'static str,
        /// Its row.
        id: i64,
        /// Why.
        message: String,
    },
    /// `SQLite` refused.
    #[error("{doing}")]
    Sqlite {
        /// What was being done.
        doing: &'static str,
        /// Its answer.
        source: rusqlite::Error,
    },
    /// A file could not be read or written.
    #[error("{path}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// A result of the ledger.
pub type Result<T> = std::result::Result<T, Error>;

/// Says what was being done when `SQLite` refused.
pub(crate) trait Doing<T> {
    fn doing(self, what: &'static str) -> Result<T>;
}

impl<T> Doing<T> for rusqlite::Result<T> {
    fn doing(self, what: &'static str) -> Result<T> {
        self.map_err(|source| Error::Sqlite { doing: what, source })
    }
}

impl Error {
    /// Whether there is no more room: what was acknowledged is safe, the rest waits. A quota or a limit on the size of
    /// files reaches us as a refusal to write, a full disk by its own code or, where the shared memory beside the file
    /// cannot grow, as that.
    pub fn is_full(&self) -> bool {
        let Self::Sqlite { source: rusqlite::Error::SqliteFailure(failure, _), .. } = self else { return false };
        failure.code == rusqlite::ErrorCode::DiskFull
            || matches!(failure.extended_code, rusqlite::ffi::SQLITE_IOERR_WRITE | rusqlite::ffi::SQLITE_IOERR_SHMSIZE)
    }
}
