//! What can be wrong with a row, and with a file.

use std::fmt;
use std::sync::Arc;

use crate::dataset::Dataset;

/// A row that was skipped, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The file, as the caller named it.
    pub file: Arc<str>,
    /// Line on which the row starts, from 1.
    pub line: u64,
    /// The column at fault; empty where it is the row as a whole.
    pub column: String,
    /// What stands there, shortened.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if !self.column.is_empty() {
            write!(f, "{}: ", self.column)?;
        }
        write!(f, "found {}, expected {}", self.found, self.expected)
    }
}

impl std::error::Error for RowFault {}

/// A file that cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The input failed.
    #[error("{file}:{line}: {source}")]
    Io {
        /// The file, as the caller named it.
        file: Arc<str>,
        /// Lines read before.
        line: u64,
        /// What the system says.
        source: std::io::Error,
    },
    /// Neither name nor first bytes tell which data set it is.
    #[error("{file}: no known format; expected one of {expected}")]
    Unknown {
        /// The file, as the caller named it.
        file: Arc<str>,
        /// The names of the formats.
        expected: String,
    },
    /// Its header, or the number of its columns, is not that of the data set.
    #[error("{file}:{line}: this is no {} file: found {found}, expected {expected}", dataset.as_str())]
    Shape {
        /// The file, as the caller named it.
        file: Arc<str>,
        /// Line, from 1.
        line: u64,
        /// What it was read as.
        dataset: Dataset,
        /// What stands there, shortened.
        found: String,
        /// What was expected.
        expected: String,
    },
}

/// What is wrong in a row, before its place is known.
#[derive(Debug)]
pub(crate) struct Wrong {
    pub column: String,
    pub found: String,
    pub expected: String,
}

impl Wrong {
    pub fn new(column: &str, found: &str, expected: impl Into<String>) -> Self {
        Self { column: column.to_owned(), found: shown(found), expected: expected.into() }
    }

    /// A fault of the row as a whole; `found` is said in words.
    pub fn row(found: String, expected: impl Into<String>) -> Self {
        Self { column: String::new(), found, expected: expected.into() }
    }

    pub fn at(self, file: &Arc<str>, line: u64) -> RowFault {
        RowFault { file: Arc::clone(file), line, column: self.column, found: self.found, expected: self.expected }
    }
}

/// A value in backquotes, cut at 60 characters, control characters escaped.
pub(crate) fn shown(value: &str) -> String {
    if value.is_empty() {
        return "nothing".to_owned();
    }
    let mut out = String::from("`");
    for c in value.chars().take(60) {
        if c.is_control() { out.extend(c.escape_default()) } else { out.push(c) }
    }
    out.push_str(if value.chars().nth(60).is_some() { "…`" } else { "`" });
    out
}
