//! Failures of the machine rather than of the text.

use std::io;
use std::path::PathBuf;

use crate::Diagnostic;

/// A file, folder or stream could not be read.
///
/// The readers hand these on as diagnostics, so that one unreadable file does not stop a folder.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A file could not be opened.
    #[error("cannot open {}: {source}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder could not be listed.
    #[error("cannot list the folder {}: {source}", path.display())]
    List {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Reading failed part of the way.
    #[error("reading {} failed after {after_bytes} bytes: {source}", path.as_deref().map_or("the input".into(), |path| path.display().to_string()))]
    Read {
        /// The file; `None` for a stream.
        path: Option<PathBuf>,
        /// How far it came.
        after_bytes: u64,
        /// What the system said.
        source: io::Error,
    },
}

impl ReadError {
    /// The code of the diagnostic made from it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Open { .. } => "file-unopenable",
            Self::List { .. } => "folder-unlistable",
            Self::Read { .. } => "read-failed",
        }
    }
}

impl From<ReadError> for Diagnostic {
    fn from(error: ReadError) -> Self {
        let path = match &error {
            ReadError::Open { path, .. } | ReadError::List { path, .. } => Some(path.clone()),
            ReadError::Read { path, .. } => path.clone(),
        };
        let mut diagnostic = Self::error(error.code(), error.to_string());
        diagnostic.path = path;
        diagnostic
    }
}
