//! Which past acts carry the present rate of force between two parties.

use serde::{Deserialize, Serialize};

use super::{FORCE, Hawkes, OWN, State, THIRD_LIVES, THIRD_MARKS, distinct_of, left};
use crate::Day;
use crate::index::Index;

/// One past act's share in a present rate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Its place in the history's events.
    pub event: usize,
    /// Its part of the rate of force, 0 to 1.
    pub share: f64,
    /// Whether it is an act between other parties.
    pub third_party: bool,
}

impl Hawkes {
    /// The acts that carry the rate of force of a pair as of the end of `origin`, the heaviest first. Shares sum to 1
    /// with that of the constant, which is left out.
    pub fn explain(&self, index: &Index, origin: Day, pair: usize) -> Vec<Share> {
        self.explain_from(&State::at(index, origin), index, origin, pair)
    }

    /// The same, from what acts have left behind.
    pub(crate) fn explain_from(&self, state: &State, index: &Index, origin: Day, pair: usize) -> Vec<Share> {
        let total = self.force_rate_from(state, index, pair).max(1e-300);
        let weights = &self.weights[FORCE];
        let (u, v) = index.pairs[pair];
        let mut shares = Vec::new();
        let touches = |p: usize| {
            let (a, b) = index.pairs[p];
            a == u || a == v || b == u || b == v
        };
        for act in distinct_of(index, origin, touches) {
            let memory = left(origin.0 - act.day.0);
            let mark = act.mark.index();
            let mut rate = 0.0;
            if act.pair == pair {
                // It raises its own direction by the first weights and the other by the second.
                for (h, m) in memory.iter().enumerate() {
                    rate += m * (weights[1 + mark * 5 + h] + weights[1 + OWN + mark * 5 + h]);
                }
            } else if let Some(k) = THIRD_MARKS.iter().position(|m| *m == mark) {
                let (a, b) = index.pairs[act.pair];
                let shared = [a, b].into_iter().filter(|x| *x == u || *x == v).count() as f64;
                for (h, life) in THIRD_LIVES.into_iter().enumerate() {
                    rate += 2.0 * shared * memory[life] * weights[1 + 2 * OWN + k * 2 + h];
                }
            }
            if rate > 0.0 {
                shares.push(Share { event: act.event, share: rate / total, third_party: act.pair != pair });
            }
        }
        shares.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.event.cmp(&b.event)));
        shares
    }
}
