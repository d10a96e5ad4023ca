//! A multi-actor marked Hawkes process in daily steps: every act raises the rates of later acts, and fades.
//!
//! The rate of mark `k` from one party to another on a day is
//! `constant + sum of weight * memory`, where a memory is `(1 - d) * sum of d^(age - 1)` over past acts, `d = 0.5^(1 /
//! half-life)`, at half-lives of 3, 15, 60, 240 and 1500 days: of the same direction, of the reverse direction, and of
//! either party's conflict with others. Weights are not negative and shared by all pairs; the slowest memory stands in
//! for a pair's own level, so that new pairs need no parameter. Acts of one pair, direction, mark and day count once,
//! or the process explodes.
//!
//! Source of the form: Hawkes (1971), Biometrika 58(1); EM: Veen and Schoenberg (2008), JASA 103(482).

mod explain;
mod fit;
mod forecast;
mod simulate;

pub use explain::Share;
pub use simulate::{Future, Injection, Scenario};

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::index::{Act, Index};
use crate::{Day, Mark};

/// Half-lives of the memories, in days.
pub const HALF_LIVES: [f64; 5] = [3.0, 15.0, 60.0, 240.0, 1500.0];
/// Marks.
const MARKS: usize = 5;
/// Memories of one direction: marks times half-lives.
const OWN: usize = MARKS * HALF_LIVES.len();
/// Marks of third parties' acts: verbal and material conflict, force.
const THIRD_MARKS: [usize; 3] = [2, 3, 4];
/// Half-lives of third parties' acts: 15 and 240 days.
const THIRD_LIVES: [usize; 2] = [1, 3];
const THIRD: usize = THIRD_MARKS.len() * THIRD_LIVES.len();
/// Weights of one mark: constant, same direction, reverse direction, third parties.
pub(crate) const WIDTH: usize = 1 + 2 * OWN + THIRD;
const FORCE: usize = Mark::Force as usize;

/// The fitted process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hawkes {
    /// `weights[mark]`: constant; same direction by mark and half-life; reverse direction likewise; third parties by
    /// mark (verbal conflict, material conflict, force) and half-life (15, 240).
    pub weights: Vec<Vec<f64>>,
    /// How many acts it was fitted on.
    pub acts: usize,
    /// The last day it was fitted on.
    pub until: Day,
}

fn decays() -> [f64; 5] {
    HALF_LIVES.map(|h| 0.5f64.powf(1.0 / h))
}

/// What an act leaves in each memory after so many days: the same few thousand figures for every state.
fn left(age: i32) -> [f64; 5] {
    static LEFT: LazyLock<Vec<[f64; 5]>> = LazyLock::new(|| (0..LONG).map(fresh).collect());
    let known = usize::try_from(age).ok().and_then(|age| LEFT.get(age));
    known.copied().unwrap_or_else(|| fresh(age))
}

/// Days of age for which [`left`] is kept.
const LONG: i32 = 16_000;

fn fresh(age: i32) -> [f64; 5] {
    decays().map(|d| (1.0 - d) * d.powi(age))
}

/// Acts known and past by a day, those of one pair, direction, mark and day counted once, in order.
fn distinct(index: &Index, until: Day) -> Vec<Act> {
    distinct_of(index, until, |_| true)
}

/// The same of some pairs only.
fn distinct_of(index: &Index, until: Day, of: impl Fn(usize) -> bool) -> Vec<Act> {
    let known = index.acts.iter().filter(|a| a.day <= until && a.known <= until && of(a.pair));
    let mut acts: Vec<Act> = known.copied().collect();
    // They come by day already.
    for day in acts.chunk_by_mut(|a, b| a.day == b.day) {
        day.sort_unstable_by_key(|a| (a.pair, a.direction, a.mark, a.event));
    }
    acts.dedup_by_key(|a| (a.day, a.pair, a.direction, a.mark));
    acts
}

/// The memories of all directions at the start of the day after `day`.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// `own[2 * pair + direction][mark * 5 + half-life]`.
    own: Vec<[f64; OWN]>,
    /// `parties[actor][mark * 2 + half-life]`: conflict of a party with everyone.
    parties: Vec<[f64; THIRD]>,
}

impl State {
    fn empty(index: &Index) -> Self {
        Self { own: vec![[0.0; OWN]; index.pairs.len() * 2], parties: vec![[0.0; THIRD]; index.actors.len()] }
    }

    /// What acts known by the end of `day` leave behind.
    pub(crate) fn at(index: &Index, day: Day) -> Self {
        let mut state = Self::empty(index);
        let mut last = i32::MIN;
        let mut weight = [0.0; 5];
        for act in distinct(index, day) {
            if act.day.0 != last {
                last = act.day.0;
                weight = left(day.0 - last);
            }
            state.add(index, &act, &weight);
        }
        state
    }

    fn add(&mut self, index: &Index, act: &Act, weight: &[f64; 5]) {
        let mark = act.mark.index();
        let own = &mut self.own[act.pair * 2 + act.direction];
        own[mark * 5..mark * 5 + 5].iter_mut().zip(weight).for_each(|(m, w)| *m += w);
        if let Some(k) = THIRD_MARKS.iter().position(|m| *m == mark) {
            let (u, v) = index.pairs[act.pair];
            for party in [u, v] {
                for (h, life) in THIRD_LIVES.into_iter().enumerate() {
                    self.parties[party][k * 2 + h] += weight[life];
                }
            }
        }
    }

    /// Conflict of a pair's parties with others.
    fn third(&self, index: &Index, pair: usize) -> [f64; THIRD] {
        let (u, v) = index.pairs[pair];
        let mut out = [0.0; THIRD];
        for (k, mark) in THIRD_MARKS.into_iter().enumerate() {
            for (h, life) in THIRD_LIVES.into_iter().enumerate() {
                let own = self.own[pair * 2][mark * 5 + life] + self.own[pair * 2 + 1][mark * 5 + life];
                let slot = k * 2 + h;
                out[slot] = (self.parties[u][slot] + self.parties[v][slot] - 2.0 * own).max(0.0);
            }
        }
        out
    }

    /// All memories that bear on one direction, in the order of the weights.
    fn memories(&self, index: &Index, pair: usize, direction: usize) -> [f64; WIDTH] {
        let mut out = [1.0; WIDTH];
        out[1..=OWN].copy_from_slice(&self.own[pair * 2 + direction]);
        out[1 + OWN..=2 * OWN].copy_from_slice(&self.own[pair * 2 + 1 - direction]);
        out[1 + 2 * OWN..].copy_from_slice(&self.third(index, pair));
        out
    }
}

impl Hawkes {
    /// Expected later acts that one act brings about directly: `[cause][effect]`, for the same and the reverse
    /// direction. The process dies out if the largest eigenvalue of their sum, third parties included, is below 1.
    pub fn branching(&self) -> [[[f64; MARKS]; MARKS]; 2] {
        let mut out = [[[0.0; MARKS]; MARKS]; 2];
        for (effect, weights) in self.weights.iter().enumerate() {
            for (side, matrix) in out.iter_mut().enumerate() {
                for (cause, row) in matrix.iter_mut().enumerate() {
                    let from = 1 + side * OWN + cause * 5;
                    row[effect] = weights[from..from + 5].iter().sum();
                }
            }
        }
        out
    }
}
