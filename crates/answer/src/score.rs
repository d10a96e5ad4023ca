//! The record of forecasts: what they were worth.

use forewarn_outlook::backtest::deaths::DeathScores;
use forewarn_outlook::backtest::record::Record;
use serde::{Deserialize, Serialize};

use crate::error::Result;

/// The record that comes with the program: the bundled models' recipe, fitted on what was known until 2015, on our own
/// claims of 2016 to 2021 (see `models/README.md`). `forewarn backtest --output` writes the same for any ledger.
static BUNDLED: &str = include_str!("../../../models/outlook/record.json");

/// Everything that was scored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The data, in words.
    pub data: String,
    /// One record for each task.
    pub records: Vec<Record>,
    /// Scores of distributions of deaths.
    pub deaths: Vec<DeathScores>,
}

impl Score {
    /// The record that comes with the program.
    ///
    /// # Errors
    /// When this program cannot read what comes with it.
    pub fn bundled() -> Result<Self> {
        Self::read(BUNDLED)
    }

    /// Reads a `record.json`.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(text: &str) -> Result<Self> {
        Ok(serde_json::from_str(text)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_record_tells_of_losses_too() {
        let score = Score::bundled().expect("it can be read");
        assert!(!score.records.is_empty());
        for record in &score.records {
            assert!(record.models.iter().any(|m| m.baseline), "{}: baselines stand beside", record.task);
            assert!(!record.reliability.is_empty(), "{}: a diagram", record.task);
        }
    }
}
