//! What is remembered of every pair at a day: fading counts of acts, and the days of force.
//!
//! An act weighs `0.5^(age / half-life)` in each memory. Sums of such weights can be carried from day to day, and an act
//! that becomes known late is added with the weight that its age leaves it, so that a memory at a day holds exactly what
//! was known by then.

use std::sync::Arc;

use crate::index::Index;
use crate::{Day, Mark};

/// Half-lives of the memories, in days.
pub const HALF_LIVES: [f64; 5] = [7.0, 30.0, 90.0, 365.0, 1500.0];
/// Channels: the five marks, then menace.
pub const CHANNELS: usize = 6;
/// Threats, ultimatums, mobilisation and shows of force: acts of conflict short of force at or below
/// [`MENACE_GOLDSTEIN`].
pub const MENACE: usize = 5;
/// Goldstein score at or below which conflict short of force counts as menace: demonstrations of force, ultimatums and
/// specific threats lie there.
pub const MENACE_GOLDSTEIN: f32 = -5.0;

/// What is remembered of one pair.
#[derive(Clone, Debug)]
pub struct Memory {
    /// `fading[direction][channel][half-life]`.
    pub fading: [[[f64; 5]; CHANNELS]; 2],
    /// Sums of the Goldstein scale's amounts, for conflict and cooperation, by half-life.
    pub intensity: [[f64; 5]; 2],
    /// Days on which there was force, each once, in order.
    pub force_days: Vec<i32>,
    /// Days of all acts, in order.
    pub days: Vec<i32>,
    /// The last day of each mark.
    pub last: [Option<i32>; 5],
}

impl Memory {
    fn new() -> Self {
        Self {
            fading: [[[0.0; 5]; CHANNELS]; 2],
            intensity: [[0.0; 5]; 2],
            force_days: Vec::new(),
            days: Vec::new(),
            last: [None; 5],
        }
    }

    /// A channel at a half-life, of both directions together.
    pub fn both(&self, channel: usize, life: usize) -> f64 {
        self.fading[0][channel][life] + self.fading[1][channel][life]
    }

    /// All marks at a half-life, of both directions together.
    pub fn total(&self, life: usize) -> f64 {
        (0..5).map(|channel| self.both(channel, life)).sum()
    }

    /// How many acts lie in the last `window` days up to `today`.
    pub fn acts_within(&self, today: Day, window: i32) -> usize {
        self.days.len() - self.days.partition_point(|d| *d <= today.0 - window)
    }

    /// How many days with force lie in the last `window` days up to `today`.
    pub fn force_days_within(&self, today: Day, window: i32) -> usize {
        self.force_days.len() - self.force_days.partition_point(|d| *d <= today.0 - window)
    }
}

/// An index that is lent, or shared.
#[derive(Clone, Debug)]
enum Held<'a> {
    Lent(&'a Index),
    Shared(Arc<Index>),
}

impl std::ops::Deref for Held<'_> {
    type Target = Index;

    fn deref(&self) -> &Index {
        match self {
            Self::Lent(index) => index,
            Self::Shared(index) => index,
        }
    }
}

/// The memories of all pairs of an index at one day.
#[derive(Clone, Debug)]
pub struct Memories<'a> {
    index: Held<'a>,
    /// Acts in the order in which they became known.
    order: Vec<usize>,
    next: usize,
    /// The day of the first act known: the record's beginning.
    pub first: Day,
    /// The day up to which acts are taken in.
    pub today: Day,
    /// One for each pair of the index.
    pub pairs: Vec<Memory>,
}

impl Memories<'static> {
    /// Empty memories that share their index, so that both can be kept.
    pub fn shared(index: Arc<Index>) -> Self {
        Self::of(Held::Shared(index))
    }
}

impl<'a> Memories<'a> {
    /// Empty memories, before the first act.
    pub fn new(index: &'a Index) -> Self {
        Self::of(Held::Lent(index))
    }

    fn of(index: Held<'a>) -> Self {
        let mut order: Vec<usize> = (0..index.acts.len()).collect();
        order.sort_by_key(|&i| (index.acts[i].known, i));
        let today = order.first().map_or(Day(0), |&i| index.acts[i].known.plus(-1));
        let pairs = vec![Memory::new(); index.pairs.len()];
        Self { index, order, next: 0, first: today.plus(1), today, pairs }
    }

    /// The index the numbers refer to.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Takes in what had become known by the end of `day`. Days only go forward.
    pub fn advance(&mut self, day: Day) {
        if day > self.today {
            let decay = HALF_LIVES.map(|h| 0.5f64.powf(f64::from(day.0 - self.today.0) / h));
            for pair in self.pairs.iter_mut().filter(|p| !p.days.is_empty()) {
                let channels = pair.fading.iter_mut().flatten().chain(&mut pair.intensity);
                for channel in channels {
                    channel.iter_mut().zip(decay).for_each(|(m, d)| *m *= d);
                }
            }
            self.today = day;
        }
        while let Some(&i) = self.order.get(self.next) {
            let act = self.index.acts[i];
            if act.known > day {
                break;
            }
            self.next += 1;
            let weight = HALF_LIVES.map(|h| 0.5f64.powf(f64::from(self.today.0 - act.day.0) / h));
            let pair = &mut self.pairs[act.pair];
            let mut add = |channel: usize| {
                pair.fading[act.direction][channel].iter_mut().zip(weight).for_each(|(m, w)| *m += w);
            };
            add(act.mark.index());
            let conflict = matches!(act.mark, Mark::VerbalConflict | Mark::MaterialConflict);
            if conflict && act.goldstein <= MENACE_GOLDSTEIN {
                add(MENACE);
            }
            let sign = usize::from(act.goldstein > 0.0);
            let amount = f64::from(act.goldstein.abs());
            pair.intensity[sign].iter_mut().zip(weight).for_each(|(m, w)| *m += amount * w);
            let at = pair.days.partition_point(|d| *d <= act.day.0);
            pair.days.insert(at, act.day.0);
            if act.mark == Mark::Force
                && let Err(at) = pair.force_days.binary_search(&act.day.0)
            {
                pair.force_days.insert(at, act.day.0);
            }
            let last = &mut pair.last[act.mark.index()];
            *last = Some(last.map_or(act.day.0, |d| d.max(act.day.0)));
        }
    }
}
