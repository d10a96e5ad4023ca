//! A history with parties and pairs as numbers, so that memories and models can use arrays.

use std::collections::HashSet;

use smol_str::SmolStr;

use crate::{Day, Event, History, Mark};

/// An event as numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Act {
    /// When it happened.
    pub day: Day,
    /// When it became known.
    pub known: Day,
    /// Which unordered pair, in [`Index::pairs`].
    pub pair: usize,
    /// 0 where the pair's first party (by its code) acted, 1 where its second did.
    pub direction: usize,
    /// What sort of act.
    pub mark: Mark,
    /// Goldstein scale.
    pub goldstein: f32,
    /// Its place in the history's events.
    pub event: usize,
}

/// Parties and unordered pairs of a history, both sorted by code, and its events in the order of their days.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Codes of the parties.
    pub actors: Vec<SmolStr>,
    /// Pairs as numbers of two parties, the first code being the smaller.
    pub pairs: Vec<(usize, usize)>,
    /// The events.
    pub acts: Vec<Act>,
}

impl Index {
    /// Numbers the parties and pairs of a history.
    pub fn new(history: &History) -> Self {
        Self::of(history.events().iter().enumerate())
    }

    /// Numbers the parties and pairs of events, which come with their places in the history, in its order.
    pub fn of<'e>(events: impl Iterator<Item = (usize, &'e Event)> + Clone) -> Self {
        let mut actors: Vec<SmolStr> = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        for (_, event) in events.clone() {
            actors.extend([&event.actor, &event.recipient].into_iter().filter(|c| seen.insert(c)).cloned());
        }
        actors.sort();
        let number = |code: &SmolStr| actors.binary_search(code).expect("every code was taken in");
        let sides = |e: &Event| {
            let (a, b) = (number(&e.actor), number(&e.recipient));
            if a < b { ((a, b), 0) } else { ((b, a), 1) }
        };
        let mut pairs: Vec<(usize, usize)> =
            events.clone().map(|(_, e)| sides(e).0).collect::<HashSet<_>>().into_iter().collect();
        pairs.sort_unstable();
        let acts = events
            .map(|(event, e)| {
                let (pair, direction) = sides(e);
                Act {
                    day: e.day,
                    known: e.known.max(e.day),
                    pair: pairs.binary_search(&pair).expect("every pair was taken in"),
                    direction,
                    mark: e.mark,
                    goldstein: e.goldstein,
                    event,
                }
            })
            .collect();
        Self { actors, pairs, acts }
    }

    /// Codes of a pair's parties.
    pub fn codes(&self, pair: usize) -> (&SmolStr, &SmolStr) {
        let (u, v) = self.pairs[pair];
        (&self.actors[u], &self.actors[v])
    }

    /// The number of a pair by its codes, in any order.
    pub fn pair(&self, a: &str, b: &str) -> Option<usize> {
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        let number = |code: &str| self.actors.binary_search_by(|c| c.as_str().cmp(code)).ok();
        self.pairs.binary_search(&(number(low)?, number(high)?)).ok()
    }
}
