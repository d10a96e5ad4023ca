//! The rows of the dyad back-test: which pairs at which month's end, and what came of them.
//!
//! Protocol BALKAN-30/90: a pair is active at a month's end if it had at least five events in twelve months, the first
//! eleven months of the record apart. `y1` is force in the next month, `y3` in the next three; an onset row had no force
//! for six months.

use crate::index::Index;
use crate::{Day, Mark, Month};

/// One pair at one month's end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Its number in the index.
    pub pair: usize,
    /// Months since the first.
    pub month: usize,
    /// Force in the next month; `None` where the record ends before.
    pub y1: Option<bool>,
    /// Force in the next three months.
    pub y3: Option<bool>,
    /// Without force in this month and the five before.
    pub quiet: bool,
}

/// Rows, the first month of the record, and its length.
#[derive(Clone, Debug)]
pub struct Rows {
    /// By pair, then month.
    pub rows: Vec<Row>,
    /// The month of `Row::month == 0`.
    pub first: Month,
    /// Months in the record.
    pub months: usize,
}

impl Rows {
    /// The rows of a history. `None` where it is empty.
    pub fn new(index: &Index) -> Option<Self> {
        let first = index.acts.first()?.day.month();
        let months = (index.acts.last()?.day.month().0 - first.0 + 1) as usize;
        let mut total = vec![vec![0u32; months]; index.pairs.len()];
        let mut force = vec![vec![0u32; months]; index.pairs.len()];
        for act in &index.acts {
            let month = (act.day.month().0 - first.0) as usize;
            total[act.pair][month] += 1;
            if act.mark == Mark::Force {
                force[act.pair][month] += 1;
            }
        }
        let mut rows = Vec::new();
        for pair in 0..index.pairs.len() {
            let ahead = |month: usize, steps: usize| {
                (month + steps < months).then(|| force[pair][month + 1..=month + steps].iter().any(|n| *n > 0))
            };
            for month in 11..months {
                if total[pair][month - 11..=month].iter().sum::<u32>() >= 5 {
                    let quiet = force[pair][(month + 1).saturating_sub(6)..=month].iter().all(|n| *n == 0);
                    rows.push(Row { pair, month, y1: ahead(month, 1), y3: ahead(month, 3), quiet });
                }
            }
        }
        Some(Self { rows, first, months })
    }

    /// The last day of a row's month: the day its forecast is made.
    pub fn origin(&self, row: &Row) -> Day {
        self.first.plus(row.month as i32).last_day()
    }

    /// The year a row's forecast is made in.
    pub fn year(&self, row: &Row) -> i32 {
        self.first.plus(row.month as i32).year()
    }

    /// The months of a year within the record, as numbers from the first.
    pub fn months_of(&self, year: i32) -> std::ops::Range<usize> {
        let number = |year: i32| (crate::Month::new(year, 1).0 - self.first.0).clamp(0, self.months as i32) as usize;
        number(year)..number(year + 1)
    }

    /// The day of a year's first forecast.
    pub fn first_of(&self, year: i32) -> Day {
        self.first.plus(self.months_of(year).start as i32).last_day()
    }
}
