//! How often an outcome comes true by how much is told of a pair: the base rate that forecasts are held against, and towards
//! which those of seldom-named pairs are drawn.

use serde::{Deserialize, Serialize};

use crate::Day;
use crate::index::Index;
use crate::memory::Memories;
use crate::outcome::{Outcome, Truth};

/// Least and most acts of the last year, by stratum.
const BOUNDS: [(usize, Option<usize>); 4] = [(0, Some(0)), (1, Some(2)), (3, Some(9)), (10, None)];
/// Situations that a stratum's rate as a whole counts for beside its quiet (or its other) ones alone.
const PRIOR: f64 = 20.0;

/// Situations of pairs that are named about equally often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stratum {
    /// Its name: how many acts of the last year.
    pub name: String,
    /// Least acts of the last year.
    pub least: usize,
    /// Most; `None` for no bound.
    pub most: Option<usize>,
    /// Situations with force in the half-year before, and those in which the outcome came true.
    pub after_force: [usize; 2],
    /// The same without: what came true was an onset.
    pub from_quiet: [usize; 2],
}

impl Stratum {
    fn new((least, most): (usize, Option<usize>)) -> Self {
        let name = match (least, most) {
            (0, Some(0)) => "no acts in the last year, but some before".to_owned(),
            (_, Some(most)) => format!("{least} to {most} acts in the last year"),
            (_, None) => format!("{least} or more acts in the last year"),
        };
        Self { name, least, most, after_force: [0; 2], from_quiet: [0; 2] }
    }

    /// Situations.
    pub fn n(&self) -> usize {
        self.after_force[0] + self.from_quiet[0]
    }

    /// How often the outcome came true, from quiet or not; drawn to the stratum's whole where there is little of that kind.
    pub fn rate(&self, onset: bool) -> f64 {
        let all = (self.after_force[1] + self.from_quiet[1]) as f64 + 0.5;
        let whole = all / (self.n() as f64 + 1.0);
        let [n, hits] = if onset { self.from_quiet } else { self.after_force };
        (hits as f64 + PRIOR * whole) / (n as f64 + PRIOR)
    }
}

/// Counts the situations of every pair that something had become known of, active or not, at the days given in rising order.
/// Only outcomes that the record tells count.
pub fn strata(index: &Index, truth: &Truth, outcome: Outcome, days: impl Iterator<Item = Day>) -> Vec<Stratum> {
    let mut strata: Vec<Stratum> = BOUNDS.into_iter().map(Stratum::new).collect();
    let mut memories = Memories::new(index);
    for day in days {
        memories.advance(day);
        for (pair, memory) in memories.pairs.iter().enumerate() {
            if memory.days.is_empty() {
                continue;
            }
            let Some(came) = truth.told(outcome, pair, day) else { continue };
            let acts = memory.acts_within(day, 365);
            let stratum = of(&mut strata, acts).expect("the bounds leave no gap");
            let quiet = memory.force_days_within(day, crate::outcome::QUIET_DAYS) == 0;
            let counts = if quiet { &mut stratum.from_quiet } else { &mut stratum.after_force };
            counts[0] += 1;
            counts[1] += usize::from(came);
        }
    }
    strata
}

fn of(strata: &mut [Stratum], acts: usize) -> Option<&mut Stratum> {
    strata.iter_mut().find(|s| s.least <= acts && s.most.is_none_or(|most| acts <= most))
}

/// The stratum of a pair with so many acts in the last year, if any situation of its kind was learnt from.
pub fn stratum(strata: &[Stratum], acts: usize) -> Option<&Stratum> {
    strata.iter().find(|s| s.least <= acts && s.most.is_none_or(|most| acts <= most) && s.n() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_acts_has_one_stratum() {
        let strata: Vec<Stratum> = BOUNDS.into_iter().map(Stratum::new).collect();
        for acts in 0..100 {
            let count = strata.iter().filter(|s| s.least <= acts && s.most.is_none_or(|m| acts <= m)).count();
            assert_eq!(count, 1, "{acts}");
        }
        assert!(stratum(&strata, 3).is_none(), "nothing learnt, nothing said");
    }

    #[test]
    fn a_kind_with_few_situations_is_drawn_to_the_whole() {
        let mut s = Stratum::new((1, Some(2)));
        (s.from_quiet, s.after_force) = ([1000, 10], [2, 2]);
        assert!((s.rate(true) - 0.01).abs() < 1e-3, "{}", s.rate(true));
        assert!(s.rate(false) > 0.05 && s.rate(false) < 0.2, "{}", s.rate(false));
    }
}
