//! A record as it stood at the end of a day, made ready once for many forecasts.

use std::sync::Arc;

use crate::hawkes::State;
use crate::index::Index;
use crate::memory::Memories;
use crate::{Day, History};

/// What was known at the end of a day, as the models look at it.
pub struct Standing {
    as_of: Day,
    /// All events, also those that were not known then: by their places the index names its own.
    pub(crate) history: History,
    pub(crate) index: Arc<Index>,
    pub(crate) memories: Memories<'static>,
    pub(crate) state: State,
}

impl Standing {
    /// Takes in what was known at the end of `as_of`, and nothing else.
    pub fn new(history: &History, as_of: Day) -> Self {
        let index = Arc::new(Index::of(history.known(as_of)));
        let mut memories = Memories::shared(Arc::clone(&index));
        memories.advance(as_of);
        let state = State::at(&index, as_of);
        Self { as_of, history: history.clone(), index, memories, state }
    }

    /// The day.
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// How many acts became known of a day up to it, and were of the `window` days before its end.
    pub fn acts_within(&self, window: i32) -> usize {
        self.memories.pairs.iter().map(|m| m.acts_within(self.as_of, window)).sum()
    }
}
