//! The features of the plain script for dyads, so that its models can be run as baselines beside ours.

use crate::Mark;
use crate::index::Index;

use super::rows::{Row, Rows};

const HALF_LIVES: [f64; 4] = [7.0, 30.0, 90.0, 365.0];
/// Verbal and material cooperation, verbal and (with force) material conflict, force.
const CHANNELS: usize = 5;

/// Places of single features that the simple baselines use.
pub mod column {
    /// Force at a half-life of 90 days.
    pub const FORCE_90: usize = 4 * 4 + 2;
    /// Share of the pair's months with force, over the whole record so far.
    pub const HISTORY: usize = 31;
    /// Force in this month.
    pub const FORCE_1: usize = 33;
}

/// Features of each row, in the order of `rows.rows`: 37 a row.
pub fn features(index: &Index, rows: &Rows) -> Vec<Vec<f64>> {
    let pairs = index.pairs.len();
    let mut memory = vec![[[0.0f64; 4]; CHANNELS]; pairs];
    let mut months_with_force = vec![0usize; pairs];
    let mut since = vec![199.0f64; pairs];
    let mut totals = vec![vec![0.0f64; rows.months]; pairs];
    let mut forces = vec![vec![0.0f64; rows.months]; pairs];
    let mut by_month: Vec<Vec<usize>> = vec![Vec::new(); rows.months];
    for (i, row) in rows.rows.iter().enumerate() {
        by_month[row.month].push(i);
    }
    let mut out = vec![Vec::new(); rows.rows.len()];
    let mut acts = index.acts.iter().peekable();
    let mut before = rows.first.first_day().plus(-1);
    for month in 0..rows.months {
        let end = rows.first.plus(month as i32).last_day();
        let decay = HALF_LIVES.map(|h| 0.5f64.powf(f64::from(end.0 - before.0) / h));
        before = end;
        for channels in &mut memory {
            for channel in channels {
                channel.iter_mut().zip(decay).for_each(|(m, d)| *m *= d);
            }
        }
        while let Some(act) = acts.next_if(|a| a.day <= end) {
            let fresh = HALF_LIVES.map(|h| 0.5f64.powf(f64::from(end.0 - act.day.0) / h));
            let mut add = |channel: usize| {
                memory[act.pair][channel].iter_mut().zip(fresh).for_each(|(m, f)| *m += f);
            };
            add(act.mark.index().min(3));
            totals[act.pair][month] += 1.0;
            if act.mark == Mark::Force {
                add(4);
                forces[act.pair][month] += 1.0;
            }
        }
        for pair in 0..pairs {
            if forces[pair][month] > 0.0 {
                months_with_force[pair] += 1;
                since[pair] = 0.0;
            } else {
                since[pair] += 1.0;
            }
        }
        // What each party does and suffers: [half-life 30, 365][force, verbal conflict].
        let mut parties = vec![[[0.0f64; 2]; 2]; index.actors.len()];
        let mut system = [0.0f64; 2];
        for (pair, &(u, v)) in index.pairs.iter().enumerate() {
            for (h, life) in [1, 3].into_iter().enumerate() {
                for (k, channel) in [4, 2].into_iter().enumerate() {
                    parties[u][h][k] += memory[pair][channel][life];
                    parties[v][h][k] += memory[pair][channel][life];
                }
                system[h] += memory[pair][4][life];
            }
        }
        for &i in &by_month[month] {
            let Row { pair, .. } = rows.rows[i];
            let (u, v) = index.pairs[pair];
            let own = &memory[pair];
            let mut f: Vec<f64> = own.iter().flatten().map(|m| m.ln_1p()).collect();
            for (h, life) in [1, 3].into_iter().enumerate() {
                for (k, channel) in [4, 2].into_iter().enumerate() {
                    let (a, b, s) = (parties[u][h][k], parties[v][h][k], own[channel][life]);
                    f.push(((a - s).max(0.0) + (b - s).max(0.0)).ln_1p());
                    f.push((a.min(b) - s.min(a.min(b))).max(0.0).ln_1p());
                }
                f.push(system[h].ln_1p());
            }
            let window =
                |counts: &[f64], months: usize| counts[(month + 1).saturating_sub(months)..=month].iter().sum::<f64>();
            f.push(since[pair].ln_1p());
            f.push(months_with_force[pair] as f64 / (month + 1) as f64);
            f.push(window(&totals[pair], 12).ln_1p());
            f.push(forces[pair][month].ln_1p());
            f.push(window(&forces[pair], 6).ln_1p());
            f.push((own[4][0] * 4.0).ln_1p() - own[4][2].ln_1p());
            f.push((own[2][1] + own[3][1]) / (own[..4].iter().map(|c| c[1]).sum::<f64>() + 1.0));
            out[i] = f;
        }
    }
    out
}
