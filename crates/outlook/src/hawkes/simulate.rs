//! Futures drawn from the process, as it stands and with acts that did not happen put in.
//!
//! What a scenario shows is association, not cause: talks cluster around crises, so that injected cooperation can raise
//! a predicted risk.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{FORCE, Hawkes, MARKS, OWN, State, THIRD_LIVES, THIRD_MARKS, decays};
use crate::index::{Act, Index};
use crate::random::Random;
use crate::{Day, Mark};

/// An act put into the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Injection {
    /// When; at or before the day the futures start from.
    pub day: Day,
    /// Code of the acting side.
    pub actor: String,
    /// Code of the side acted upon.
    pub recipient: String,
    /// What sort of act.
    pub mark: Mark,
}

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// The pair that is asked about.
    pub pair: usize,
    /// Futures start on the day after.
    pub origin: Day,
    /// Days ahead.
    pub horizon: u32,
    /// How many futures.
    pub runs: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// How many pairs live in the futures beside the one asked about; all others only fade.
    pub company: usize,
}

/// What the futures hold for the pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Future {
    /// Share of futures with at least one day of force.
    pub p_force: f64,
    /// Share with three or more.
    pub p_clash: f64,
    /// Mean number of days with force in either direction.
    pub mean_days: f64,
    /// The 5th, 25th, 50th, 75th and 95th percentile of that number.
    pub quantiles: [u32; 5],
    /// `by_day[d]`: share of futures with force by day `d + 1`.
    pub by_day: Vec<f64>,
}

/// Rates of one direction split by half-life: `rates[half-life][mark]`, so that a day's fading is five factors. Marks are
/// padded to eight, which is one vector of the processor.
type Rates = [[f32; LANES]; 5];
const LANES: usize = 8;

struct Stage {
    /// Rates at the start, by pair and direction.
    start: Vec<Rates>,
    constant: [f32; LANES],
    /// `kick[side][cause][half-life][effect]` of an act on its own and the reverse direction.
    kick: [[Rates; MARKS]; 2],
    /// `third[cause][half-life][effect]` on each direction of pairs that share a party.
    third: [Rates; MARKS],
    /// Which other living pairs share a party with each.
    near: Vec<Vec<usize>>,
}

impl Hawkes {
    /// Draws futures of a pair, with `injections` put into the record first. Injected acts of unknown parties are
    /// ignored. The same seed gives the same draws with and without injections, so that differences are not noise.
    pub fn simulate(&self, index: &Index, scenario: &Scenario, injections: &[Injection]) -> Future {
        let stage = self.stage(index, scenario, injections);
        let horizon = scenario.horizon as usize;
        let fade = decays().map(|d| d as f32);
        let futures: Vec<(u32, Option<usize>)> = (0..scenario.runs)
            .into_par_iter()
            .map(|run| {
                let seed = scenario.seed ^ u64::from(run).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                stage.draw(horizon, &fade, &mut Random::new(seed))
            })
            .collect();
        let mut by_day = vec![0u32; horizon];
        let mut counts: Vec<u32> = Vec::with_capacity(futures.len());
        for (count, first) in futures {
            counts.push(count);
            if let Some(first) = first {
                by_day[first..].iter_mut().for_each(|n| *n += 1);
            }
        }
        let runs = f64::from(scenario.runs.max(1));
        let share = |least: u32| counts.iter().filter(|c| **c >= least).count() as f64 / runs;
        let (p_force, p_clash) = (share(1), share(3));
        let mean_days = counts.iter().map(|c| f64::from(*c)).sum::<f64>() / runs;
        counts.sort_unstable();
        let at = |q: f64| counts.get((q * (counts.len().saturating_sub(1)) as f64).round() as usize).copied();
        Future {
            p_force,
            p_clash,
            mean_days,
            quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map(|q| at(q).unwrap_or(0)),
            by_day: by_day.into_iter().map(|n| f64::from(n) / runs).collect(),
        }
    }

    fn stage(&self, index: &Index, scenario: &Scenario, injections: &[Injection]) -> Stage {
        let decays = decays();
        let mut state = State::at(index, scenario.origin);
        for injection in injections.iter().filter(|i| i.day <= scenario.origin) {
            let Some(pair) = index.pair(&injection.actor, &injection.recipient) else { continue };
            let direction = usize::from(injection.actor > injection.recipient);
            let age = scenario.origin.0 - injection.day.0;
            let weight = decays.map(|d| (1.0 - d) * d.powi(age));
            let act = Act {
                day: injection.day,
                known: injection.day,
                pair,
                direction,
                mark: injection.mark,
                goldstein: 0.0,
                event: usize::MAX,
            };
            state.add(index, &act, &weight);
        }
        let rates = |pair: usize, direction: usize| -> Rates {
            let memories = state.memories(index, pair, direction);
            let mut rates = [[0.0f32; LANES]; 5];
            for (mark, weights) in self.weights.iter().enumerate() {
                for at in 1..=2 * OWN {
                    rates[(at - 1) % 5][mark] += (weights[at] * memories[at]) as f32;
                }
                for slot in 0..THIRD_MARKS.len() * 2 {
                    let at = 1 + 2 * OWN + slot;
                    rates[THIRD_LIVES[slot % 2]][mark] += (weights[at] * memories[at]) as f32;
                }
            }
            rates
        };
        // The company: pairs that share a party with the one asked about and are the busiest in conflict now.
        let (u, v) = index.pairs[scenario.pair];
        let weight = |pair: usize| -> f64 {
            THIRD_MARKS.iter().map(|m| state.own[pair * 2][m * 5 + 2] + state.own[pair * 2 + 1][m * 5 + 2]).sum()
        };
        let mut others: Vec<(f64, usize)> = (0..index.pairs.len())
            .filter(|&p| p != scenario.pair)
            .filter(|&p| [index.pairs[p].0, index.pairs[p].1].iter().any(|x| *x == u || *x == v))
            .map(|p| (weight(p), p))
            .filter(|(w, _)| *w > 0.0)
            .collect();
        others.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut pairs = vec![scenario.pair];
        pairs.extend(others.into_iter().take(scenario.company).map(|(_, p)| p));
        let near = pairs
            .iter()
            .map(|&p| {
                let (a, b) = index.pairs[p];
                let touches = |q: usize| [index.pairs[q].0, index.pairs[q].1].iter().any(|x| *x == a || *x == b);
                (0..pairs.len()).filter(|&i| pairs[i] != p && touches(pairs[i])).collect()
            })
            .collect();
        let mut kick = [[[[0.0; LANES]; 5]; MARKS]; 2];
        let mut third = [[[0.0; LANES]; 5]; MARKS];
        for (effect, weights) in self.weights.iter().enumerate() {
            for cause in 0..MARKS {
                for h in 0..5 {
                    let fresh = 1.0 - decays[h];
                    for (side, kicks) in kick.iter_mut().enumerate() {
                        kicks[cause][h][effect] = (weights[1 + side * OWN + cause * 5 + h] * fresh) as f32;
                    }
                    if let (Some(k), Some(slot)) =
                        (THIRD_MARKS.iter().position(|m| *m == cause), THIRD_LIVES.iter().position(|l| *l == h))
                    {
                        third[cause][h][effect] = (weights[1 + 2 * OWN + k * 2 + slot] * fresh) as f32;
                    }
                }
            }
        }
        Stage {
            start: pairs.iter().flat_map(|&p| [rates(p, 0), rates(p, 1)]).collect(),
            constant: std::array::from_fn(|k| self.weights.get(k).map_or(0.0, |w| w[0] as f32)),
            kick,
            third,
            near,
        }
    }
}

impl Stage {
    /// One future: days with force between the two asked about, and the first of them.
    fn draw(&self, horizon: usize, fade: &[f32; 5], random: &mut Random) -> (u32, Option<usize>) {
        let mut rates = self.start.clone();
        let mut happened: Vec<(usize, usize)> = Vec::new();
        let (mut count, mut first) = (0, None);
        for day in 0..horizon {
            happened.clear();
            for (cell, r) in rates.iter_mut().enumerate() {
                let mut by_mark = self.constant;
                for (row, f) in r.iter_mut().zip(fade) {
                    for (sum, x) in by_mark.iter_mut().zip(row) {
                        *sum += *x;
                        *x *= f;
                    }
                }
                let total = f64::from(by_mark.iter().sum::<f32>());
                // One draw tells of most days that nothing happens; only else are the marks drawn.
                if random.unit() < total {
                    for (mark, rate) in by_mark.iter().enumerate().take(MARKS) {
                        let p = 1.0 - f64::from(-rate).exp();
                        if random.unit() < p / total.min(1.0) {
                            happened.push((cell, mark));
                        }
                    }
                }
            }
            let mut force = false;
            for &(cell, mark) in &happened {
                let (place, direction) = (cell / 2, cell % 2);
                add(&mut rates[cell], &self.kick[0][mark]);
                add(&mut rates[place * 2 + 1 - direction], &self.kick[1][mark]);
                if THIRD_MARKS.contains(&mark) {
                    for &other in &self.near[place] {
                        add(&mut rates[other * 2], &self.third[mark]);
                        add(&mut rates[other * 2 + 1], &self.third[mark]);
                    }
                }
                force |= place == 0 && mark == FORCE;
            }
            if force {
                count += 1;
                first = first.or(Some(day));
            }
        }
        (count, first)
    }
}

fn add(rates: &mut Rates, more: &Rates) {
    rates.iter_mut().flatten().zip(more.iter().flatten()).for_each(|(a, b)| *a += b);
}
