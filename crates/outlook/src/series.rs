//! Series: what happened between two parties, or in what a party takes part in, by day, week or month.
//!
//! Every cell opens to its events, and shows the volume of all reporting beside its own, so that silence of the press is
//! not read as peace.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{Day, Event, History, Mark};

/// Whose series.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Acts of the first towards the second.
    Dyad(SmolStr, SmolStr),
    /// Acts between the two, either way.
    Pair(SmolStr, SmolStr),
    /// Acts of a party and towards it, with anyone: a code itself and the codes that begin with it.
    Country(SmolStr),
}

impl Unit {
    /// Whether an event belongs to the series.
    pub fn holds(&self, event: &Event) -> bool {
        match self {
            Self::Dyad(a, b) => event.actor == *a && event.recipient == *b,
            Self::Pair(a, b) => {
                (event.actor == *a && event.recipient == *b) || (event.actor == *b && event.recipient == *a)
            }
            Self::Country(code) => event.actor.starts_with(code.as_str()) || event.recipient.starts_with(code.as_str()),
        }
    }
}

/// Length of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// One day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
}

impl Grain {
    /// The first day of the cell a day lies in.
    pub fn start(self, day: Day) -> Day {
        match self {
            Self::Day => day,
            // 1970-01-01 was a Thursday.
            Self::Week => day.plus(-(day.0 + 3).rem_euclid(7)),
            Self::Month => day.month().first_day(),
        }
    }

    /// The first day of the cell after the one that starts on a day.
    pub fn next(self, start: Day) -> Day {
        match self {
            Self::Day => start.plus(1),
            Self::Week => start.plus(7),
            Self::Month => start.month().plus(1).first_day(),
        }
    }
}

/// Sums of reported deaths. A figure that no event gives is `None`, never 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeathSums {
    /// Sum of the lowest figures.
    pub low: Option<u64>,
    /// Sum of the best figures.
    pub best: Option<u64>,
    /// Sum of the highest figures.
    pub high: Option<u64>,
}

/// One cell of a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Its first day.
    pub start: Day,
    /// Events by mark, in the order of [`Mark::ALL`].
    pub by_mark: [u32; 5],
    /// Events by quad class 1-4.
    pub by_quad: [u32; 4],
    /// Sum of the Goldstein scale over its events.
    pub goldstein: f64,
    /// People killed.
    pub deaths: DeathSums,
    /// Reports that tell of its events.
    pub reports: u32,
    /// Reports that tell of any event of the whole record in the same time.
    pub all_reports: u32,
    /// Ids of its events.
    pub events: Vec<SmolStr>,
}

/// A series without gaps, from the first to the last cell of the record as known at a day.
///
/// Uses only events known by `as_of`. Cells without events are there, with the volume of reporting beside them.
pub fn series(history: &History, unit: &Unit, grain: Grain, as_of: Day) -> Vec<Cell> {
    let known = |e: &&Event| e.day <= as_of && e.known <= as_of;
    let mut events = history.events().iter().filter(known).peekable();
    let Some(first) = events.peek() else { return Vec::new() };
    let mut cells: BTreeMap<Day, Cell> = BTreeMap::new();
    let mut start = grain.start(first.day);
    while start <= as_of {
        let cell = Cell {
            start,
            by_mark: [0; 5],
            by_quad: [0; 4],
            goldstein: 0.0,
            deaths: DeathSums::default(),
            reports: 0,
            all_reports: 0,
            events: Vec::new(),
        };
        cells.insert(start, cell);
        start = grain.next(start);
    }
    for event in events {
        let cell = cells.get_mut(&grain.start(event.day)).expect("cells cover all days up to the as-of day");
        cell.all_reports += event.reports;
        if unit.holds(event) {
            cell.take(event);
        }
    }
    cells.into_values().collect()
}

impl Cell {
    fn take(&mut self, event: &Event) {
        self.by_mark[event.mark.index()] += 1;
        self.by_quad[usize::from(event.mark.quad_class()) - 1] += 1;
        self.goldstein += f64::from(event.goldstein);
        self.reports += event.reports;
        self.events.push(event.id.clone());
        for (sum, figure) in [
            (&mut self.deaths.low, event.deaths.low()),
            (&mut self.deaths.best, event.deaths.best()),
            (&mut self.deaths.high, event.deaths.high()),
        ] {
            if let Some(figure) = figure {
                *sum = Some(sum.unwrap_or(0) + u64::from(figure));
            }
        }
    }

    /// Events of a mark.
    pub fn count(&self, mark: Mark) -> u32 {
        self.by_mark[mark.index()]
    }
}
