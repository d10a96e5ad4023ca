//! What can go wrong outside a text: files.

use std::path::PathBuf;

use forewarn_codebook::Fault;

/// A gazetteer could not be read or made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A compiled gazetteer that is none.
    #[error("{path}: {what}")]
    Index {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A line of a dump that cannot be read.
    #[error("{path}:{line}: {what}")]
    Dump {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What was found and what was expected.
        what: String,
    },
    /// Reading or writing failed.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Faults in the text files.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Faults(Vec<Fault>),
}
