//! What the process expects of the next days, without drawing futures: each day's expected acts feed the next day's
//! memories (a mean field), so that a forecast of all pairs takes milliseconds.

use super::{FORCE, Hawkes, OWN, State, THIRD, THIRD_LIVES, THIRD_MARKS, decays};
use crate::Day;
use crate::index::Index;

impl Hawkes {
    /// For each of `pairs`, the probability of force between the two within each horizon (days, rising), as of the end
    /// of `origin`. Pairs that are not listed feed the others only with what they remember. Raw: recalibrate before use.
    pub fn probabilities(&self, index: &Index, origin: Day, pairs: &[usize], horizons: &[u32]) -> Vec<Vec<f64>> {
        self.probabilities_from(&State::at(index, origin), index, pairs, horizons)
    }

    /// The same, from what acts have left behind.
    pub(crate) fn probabilities_from(
        &self,
        state: &State,
        index: &Index,
        pairs: &[usize],
        horizons: &[u32],
    ) -> Vec<Vec<f64>> {
        let decays = decays();
        let listed = pairs.len();
        let mut own: Vec<[f64; OWN]> = pairs.iter().flat_map(|&p| [state.own[p * 2], state.own[p * 2 + 1]]).collect();
        let mut parties = state.parties.clone();
        let mut sums = vec![0.0; listed];
        let mut out = vec![Vec::with_capacity(horizons.len()); listed];
        for day in 1..=horizons.last().copied().unwrap_or(0) {
            let mut expected = vec![[0.0; 5]; listed * 2];
            for (i, &pair) in pairs.iter().enumerate() {
                let (u, v) = index.pairs[pair];
                let mut third = [0.0; THIRD];
                for (slot, value) in third.iter_mut().enumerate() {
                    let at = THIRD_MARKS[slot / 2] * 5 + THIRD_LIVES[slot % 2];
                    *value =
                        (parties[u][slot] + parties[v][slot] - 2.0 * (own[i * 2][at] + own[i * 2 + 1][at])).max(0.0);
                }
                for direction in 0..2 {
                    let (same, reverse) = (&own[i * 2 + direction], &own[i * 2 + 1 - direction]);
                    for (mark, weights) in self.weights.iter().enumerate() {
                        let dot = |w: &[f64], m: &[f64]| w.iter().zip(m).map(|(a, b)| a * b).sum::<f64>();
                        let rate = weights[0]
                            + dot(&weights[1..=OWN], same)
                            + dot(&weights[1 + OWN..=2 * OWN], reverse)
                            + dot(&weights[1 + 2 * OWN..], &third);
                        // At most one act of a mark a day.
                        expected[i * 2 + direction][mark] = 1.0 - (-rate).exp();
                        if mark == FORCE {
                            sums[i] += rate;
                        }
                    }
                }
            }
            for party in &mut parties {
                party.iter_mut().enumerate().for_each(|(slot, m)| *m *= decays[THIRD_LIVES[slot % 2]]);
            }
            for (i, &pair) in pairs.iter().enumerate() {
                for direction in 0..2 {
                    let acts = &expected[i * 2 + direction];
                    for (at, m) in own[i * 2 + direction].iter_mut().enumerate() {
                        let d = decays[at % 5];
                        *m = *m * d + (1.0 - d) * acts[at / 5];
                    }
                    let (u, v) = index.pairs[pair];
                    for slot in 0..THIRD {
                        let amount = (1.0 - decays[THIRD_LIVES[slot % 2]]) * acts[THIRD_MARKS[slot / 2]];
                        parties[u][slot] += amount;
                        parties[v][slot] += amount;
                    }
                }
            }
            if horizons.contains(&day) {
                out.iter_mut().zip(&sums).for_each(|(o, s)| o.push(1.0 - (-s).exp()));
            }
        }
        out
    }

    /// Today's rates of force of a pair, both directions together, per day, as of the end of `origin`.
    pub fn force_rate(&self, index: &Index, origin: Day, pair: usize) -> f64 {
        self.force_rate_from(&State::at(index, origin), index, pair)
    }

    /// The same, from what acts have left behind.
    pub(crate) fn force_rate_from(&self, state: &State, index: &Index, pair: usize) -> f64 {
        (0..2)
            .map(|direction| {
                let memories = state.memories(index, pair, direction);
                memories.iter().zip(&self.weights[FORCE]).map(|(m, w)| m * w).sum::<f64>()
            })
            .sum()
    }
}
