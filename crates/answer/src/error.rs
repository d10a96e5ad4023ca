//! Why there is no answer.

use forewarn_outlook::outcome::Outcome;

/// A question that cannot be answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nobody has this name or code.
    #[error("nobody is known as \"{word}\"{} (quote names of several words)", meant(near))]
    Unknown {
        /// What was asked for.
        word: String,
        /// Names and codes like it.
        near: Vec<String>,
    },
    /// A person: forecasts are of countries, groups and peoples.
    #[error("{0} is a person: forecasts are of countries, groups and peoples")]
    Person(String),
    /// The two are one.
    #[error("{0} and {1} are the same: a forecast is of two")]
    Same(String, String),
    /// Nothing in the ledger has a day of publication, and none was given.
    #[error(
        "no report in the ledger has a day of publication, and what has none counts for nothing: give it to forewarn ingest \
         with --published"
    )]
    NoDay,
    /// Nothing of this event set is in the ledger.
    #[error("nothing of the set {set} in the ledger; it has {}", known.join(", "))]
    NoSet {
        /// What was asked for.
        set: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The models have none of this outcome.
    #[error("{from}: no model of {}; it has {}", crate::shelf::name(*.outcome), known.join(", "))]
    NoModel {
        /// Where the models are from.
        from: String,
        /// What was asked for.
        outcome: Outcome,
        /// What there is.
        known: Vec<String>,
    },
    /// A file of models that cannot be read.
    #[error("{from}: {message}")]
    Models {
        /// Where the models are from.
        from: String,
        /// Why.
        message: String,
    },
    /// A happening to put into a scenario that cannot be read.
    #[error("{0}")]
    Injection(String),
    /// A table of deaths that cannot be used.
    #[error("{0}")]
    Deaths(String),
    /// The knowledge files have faults.
    #[error("{count} faults in the knowledge files (see forewarn check); first: {first}")]
    Knowledge {
        /// How many.
        count: usize,
        /// The first of them.
        first: String,
    },
    /// The ledger's.
    #[error(transparent)]
    Ledger(#[from] forewarn_ledger::Error),
    /// The model's.
    #[error(transparent)]
    Outlook(#[from] forewarn_outlook::Error),
    /// A day out of the calendar.
    #[error("{0}")]
    Day(#[from] jiff::Error),
    /// A model that cannot be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Bytes that cannot be packed.
    #[error("cannot pack models: {0}")]
    Pack(#[from] std::io::Error),
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

fn meant(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) }
}
