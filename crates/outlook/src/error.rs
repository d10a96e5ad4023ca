//! What can go wrong: data and model files that are not what they should be.

/// A fault in data or in a model file. What news contains is never a fault.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A date or month that is not ISO 8601.
    #[error("not a date: {0:?} (expected YYYY-MM-DD or YYYY-MM)")]
    Date(String),
    /// A line of a data set that cannot be read.
    #[error("line {line}: {what}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong, with the value found.
        what: String,
    },
    /// Bytes that do not unpack.
    #[error("cannot unpack: {0}")]
    Unpack(#[from] std::io::Error),
    /// Too little to learn from.
    #[error("too little to learn from: {0}")]
    TooLittle(String),
    /// The tree learner refused its data.
    #[error("gradient-boosted trees: {0}")]
    Trees(String),
    /// A model file that cannot be read.
    #[error("model file: {0}")]
    Model(String),
}
