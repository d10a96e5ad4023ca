//! What is reckoned once of a record and kept for the next question: how it stands at the end of a day, and the forecasts for
//! all pairs that are watched.

use std::sync::{Arc, Mutex, PoisonError};

use forewarn_outlook::model::{Forecast, Model};
use forewarn_outlook::outcome::Outcome;
use forewarn_outlook::{Day, History, Standing};

use crate::error::Result;

/// Forecasts that are kept: of so many models, or days.
const KEPT: usize = 6;

/// By what models are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    outcome: Outcome,
    until: Day,
    situations: usize,
    day: Day,
}

impl Key {
    pub(crate) fn new(model: &Model, day: Day) -> Self {
        let card = &model.card;
        Self { outcome: card.outcome, until: card.until, situations: card.situations, day }
    }
}

/// Things made once for a key; the oldest goes when there are too many. Whoever asks while one is made waits for it.
pub(crate) struct Kept<T> {
    list: Mutex<Vec<(Key, Arc<T>)>>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { list: Mutex::default() }
    }
}

impl<T> Kept<T> {
    pub(crate) fn get(&self, key: Key, make: impl FnOnce() -> Result<T>) -> Result<Arc<T>> {
        let mut list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = list.iter().find(|(k, _)| *k == key) {
            return Ok(Arc::clone(known));
        }
        let made = Arc::new(make()?);
        if list.len() >= KEPT {
            list.remove(0);
        }
        list.push((key, Arc::clone(&made)));
        Ok(made)
    }
}

/// What is kept of one history.
#[derive(Default)]
pub struct Ready {
    standing: Mutex<Option<Arc<Standing>>>,
    watched: Kept<Vec<Forecast>>,
}

impl Ready {
    /// How a history stands at the end of a day. That of one day is kept.
    pub fn standing(&self, history: &History, day: Day) -> Arc<Standing> {
        let mut kept = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(standing) = kept.as_ref().filter(|s| s.as_of() == day) {
            return Arc::clone(standing);
        }
        let standing = Arc::new(Standing::new(history, day));
        *kept = Some(Arc::clone(&standing));
        standing
    }

    /// Forecasts for all pairs that are watched.
    pub(crate) fn watched(&self, history: &History, model: &Model, day: Day) -> Result<Arc<Vec<Forecast>>> {
        self.watched.get(Key::new(model, day), || Ok(model.watch_in(&self.standing(history, day))?))
    }
}
