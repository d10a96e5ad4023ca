//! Fitting by EM: one pass over the acts for their memories, then multiplicative steps for each mark.

use super::{FORCE, Hawkes, MARKS, OWN, State, THIRD, THIRD_LIVES, WIDTH, decays, distinct};
use crate::index::Index;
use crate::{Day, Error};

/// Steps of EM from even weights, and from an earlier fit.
const STEPS: [usize; 2] = [150, 50];
/// Weights below this are taken as 0.
const NEGLIGIBLE: f64 = 1e-9;

impl Hawkes {
    /// Fits to the acts known by the end of `until`; `before` is an earlier fit to start from. The likelihood takes
    /// time linear in the acts: each act's share in the rates of all later days is a geometric sum.
    pub fn fit(index: &Index, until: Day, before: Option<&Self>) -> Result<Self, Error> {
        let acts = distinct(index, until);
        if acts.iter().filter(|a| a.mark.index() == FORCE).count() < 5 {
            return Err(Error::TooLittle(format!("{} acts, fewer than five of force", acts.len())));
        }
        let (seen, exposure) = pass(index, &acts, until);
        let mut weights = Vec::with_capacity(MARKS);
        for (mark, rows) in seen.iter().enumerate() {
            let start = before.map(|b| b.weights[mark].as_slice());
            weights.push(expectation_maximisation(rows, &exposure, start));
        }
        Ok(Self { weights, acts: acts.len(), until })
    }
}

/// The memories at each act, by mark, and the sum of all memories over all days on which a pair was alive.
fn pass(index: &Index, acts: &[crate::index::Act], until: Day) -> (Vec<Vec<[f64; WIDTH]>>, [f64; WIDTH]) {
    let decays = decays();
    let fresh = decays.map(|d| 1.0 - d);
    let mut state = State::empty(index);
    let mut seen = vec![Vec::new(); MARKS];
    let mut exposure = [0.0; WIDTH];
    let mut alive = vec![false; index.pairs.len()];
    let mut degree = vec![0.0; index.actors.len()];
    let mut touched = vec![i32::MIN; index.pairs.len()];
    let mut third = [0.0; THIRD];
    let Some(first) = acts.first().map(|a| a.day.0) else { return (seen, exposure) };
    let mut next = 0;
    let mut pairs_alive = 0.0;
    for day in first..=until.0 {
        let from = next;
        while next < acts.len() && acts[next].day.0 == day {
            next += 1;
        }
        let today = &acts[from..next];
        for act in today {
            if !alive[act.pair] {
                alive[act.pair] = true;
                pairs_alive += 1.0;
                let (u, v) = index.pairs[act.pair];
                degree[u] += 1.0;
                degree[v] += 1.0;
                touched[act.pair] = day;
            }
        }
        exposure[0] += 2.0 * pairs_alive;
        // Over live pairs, u's and v's memories of conflict less the pair's own counted twice; both directions.
        for (party, count) in state.parties.iter().zip(&degree) {
            if *count > 0.0 {
                third.iter_mut().zip(party).for_each(|(t, m)| *t += 2.0 * count * m);
            }
        }
        for act in today {
            bring(&mut state, &mut touched, act.pair, day, &decays);
        }
        for act in today {
            seen[act.mark.index()].push(state.memories(index, act.pair, act.direction));
        }
        for party in &mut state.parties {
            for (slot, m) in party.iter_mut().enumerate() {
                *m *= decays[THIRD_LIVES[slot % 2]];
            }
        }
        for act in today {
            // Brought in on the next day: until then the memory is held ahead by one step of decay.
            let weight: [f64; 5] = std::array::from_fn(|h| fresh[h] / decays[h]);
            let own = &mut state.own[act.pair * 2 + act.direction];
            let mark = act.mark.index();
            own[mark * 5..mark * 5 + 5].iter_mut().zip(weight).for_each(|(m, w)| *m += w);
            if let Some(k) = super::THIRD_MARKS.iter().position(|m| *m == mark) {
                let (u, v) = index.pairs[act.pair];
                for (h, life) in THIRD_LIVES.into_iter().enumerate() {
                    state.parties[u][k * 2 + h] += fresh[life];
                    state.parties[v][k * 2 + h] += fresh[life];
                }
            }
            for h in 0..5 {
                // Sum of (1 - d) d^(age - 1) for ages 1 to the end.
                let mass = 1.0 - decays[h].powi(until.0 - day);
                exposure[1 + mark * 5 + h] += mass;
                exposure[1 + OWN + mark * 5 + h] += mass;
                if let (Some(k), Some(slot)) =
                    (super::THIRD_MARKS.iter().position(|m| *m == mark), THIRD_LIVES.iter().position(|l| *l == h))
                {
                    third[k * 2 + slot] -= 4.0 * mass;
                }
            }
        }
    }
    exposure[1 + 2 * OWN..].copy_from_slice(&third.map(|t| t.max(0.0)));
    (seen, exposure)
}

/// Brings a pair's memories forward to a day.
fn bring(state: &mut State, touched: &mut [i32], pair: usize, day: i32, decays: &[f64; 5]) {
    let steps = day - touched[pair];
    if steps > 0 {
        let factor = decays.map(|d| d.powi(steps));
        for own in &mut state.own[pair * 2..pair * 2 + 2] {
            own.iter_mut().enumerate().for_each(|(i, m)| *m *= factor[i % 5]);
        }
        touched[pair] = day;
    }
}

fn expectation_maximisation(rows: &[[f64; WIDTH]], exposure: &[f64; WIDTH], start: Option<&[f64]>) -> Vec<f64> {
    let exposure = exposure.map(|e| e + 1e-9);
    let even = rows.len() as f64 / WIDTH as f64;
    let mut weights: Vec<f64> = match start {
        // A weight that came to nothing could never grow again: give it a little.
        Some(before) => before.iter().zip(exposure).map(|(w, e)| w.max(0.01 * even / e)).collect(),
        None => exposure.iter().map(|e| even / e).collect(),
    };
    for _ in 0..STEPS[usize::from(start.is_some())] {
        let mut sums = [0.0; WIDTH];
        for row in rows {
            let rate: f64 = row.iter().zip(&weights).map(|(m, w)| m * w).sum();
            if rate > 0.0 {
                let share = 1.0 / rate;
                sums.iter_mut().zip(row).for_each(|(s, m)| *s += share * m);
            }
        }
        for ((w, s), e) in weights.iter_mut().zip(sums).zip(exposure) {
            *w *= s / e;
        }
    }
    for w in &mut weights {
        if *w < NEGLIGIBLE {
            *w = 0.0;
        }
    }
    weights
}
