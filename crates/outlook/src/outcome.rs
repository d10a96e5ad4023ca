//! What is forecast, in words and in code.

use serde::{Deserialize, Serialize};

use crate::index::Index;
use crate::{Day, Mark};

/// Days without force after which force counts as an onset, not a continuation.
pub const QUIET_DAYS: i32 = 180;

/// A yes-or-no outcome between two parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// At least one incident of force between the two within so many days.
    Escalation {
        /// Days ahead.
        days: u32,
    },
    /// Three or more incidents of force between the two within so many days.
    Clash {
        /// Days ahead.
        days: u32,
    },
}

impl Outcome {
    /// Days ahead.
    pub fn days(self) -> u32 {
        match self {
            Self::Escalation { days } | Self::Clash { days } => days,
        }
    }

    /// Incidents of force that make it true.
    pub fn least(self) -> usize {
        match self {
            Self::Escalation { .. } => 1,
            Self::Clash { .. } => 3,
        }
    }

    /// The definition in words.
    pub fn words(self) -> String {
        let what = match self {
            Self::Escalation { .. } => "at least one incident",
            Self::Clash { .. } => "three or more incidents",
        };
        format!(
            "{what} of material force (CAMEO 18-20, PLOVER ASSAULT) by either side against the other within {} days",
            self.days()
        )
    }
}

/// Days of force of every pair, by which outcomes are told.
#[derive(Clone, Debug)]
pub struct Truth {
    /// `force[pair]`: the day of each act of force, in order.
    force: Vec<Vec<i32>>,
    end: Day,
}

impl Truth {
    /// Looks at the whole record: only for telling what came of forecasts, never for making them.
    pub fn new(index: &Index) -> Self {
        let mut force = vec![Vec::new(); index.pairs.len()];
        for act in index.acts.iter().filter(|a| a.mark == Mark::Force) {
            force[act.pair].push(act.day.0);
        }
        Self { force, end: index.acts.last().map_or(Day(0), |a| a.day) }
    }

    /// Whether the outcome came true after the end of `origin`; `None` where the record ends too soon to say.
    pub fn told(&self, outcome: Outcome, pair: usize, origin: Day) -> Option<bool> {
        let days = outcome.days() as i32;
        (origin.plus(days) <= self.end).then(|| self.count(pair, origin, outcome.days()) >= outcome.least())
    }

    /// How many acts of force came in the `days` days after the end of `origin`, as far as the record goes.
    pub fn count(&self, pair: usize, origin: Day, days: u32) -> usize {
        let from = self.force[pair].partition_point(|d| *d <= origin.0);
        self.force[pair].partition_point(|d| *d <= origin.0 + days as i32) - from
    }

    /// Whether there was no force in the [`QUIET_DAYS`] up to the end of `origin`: what follows would be an onset.
    pub fn quiet(&self, pair: usize, origin: Day) -> bool {
        let from = self.force[pair].partition_point(|d| *d <= origin.0 - QUIET_DAYS);
        self.force[pair].get(from).is_none_or(|d| *d > origin.0)
    }
}
