//! The country back-test: at least 25 deaths within three months, rolling origin, refit each January.
//!
//! Years: members learn from origins from the sixth year of the table on whose outcomes were known at the first origin
//! of the year they forecast; the pool learns from the members' own forecasts of earlier years, from 2000 on. Features
//! and penalties were chosen on forecasts for 2000 to 2009.

use std::collections::BTreeMap;

use super::dyads::{DEFAULT, Years};
use super::record::{Case, Forecasts, Record};
use crate::countries::{Countries, PLAIN, QUARTER};
use crate::logistic::{Logistic, Table};
use crate::pool::Pool;
use crate::trees::{Growth, Trees};
use crate::{Error, Fatalities, Month};

/// Deaths within three months that are forecast.
const LEAST: f64 = 25.0;
/// Fewer deaths in the year before than this make an onset.
const QUIET_DEATHS: f64 = 5.0;
/// Rows that onset models learn from: fewer deaths in the year before than this.
const CALM_DEATHS: f64 = 50.0;
/// First year that members forecast, for the pool to learn from.
const POOL_FROM: i32 = 2000;
/// Months of record before the first origin that is learnt from.
const RUN_IN: usize = 60;
/// Models of the plain script; its trees are LightGBM's there, and `hessboost`'s here.
pub const BASELINES: [&str; 5] = ["climatology", "last_value", "logit_recent", "plain_logit", "plain_trees"];
const MEMBERS: [&str; 4] = ["logistic", "trees", "plain_logit", "plain_trees"];
/// The model of onsets: on 2000 to 2009 no pool of it with others was better.
pub const ONSET_DEFAULT: &str = "ladder";

struct Prepared<'a> {
    countries: Countries<'a>,
    /// `rows[t][c]`: the features, then those of the next quarter.
    rows: Vec<Vec<Vec<f64>>>,
}

/// A country at a month's end.
type Unit = (usize, usize);

/// Runs the back-test: over all countries, and over those with fewer than five deaths in the year before.
pub fn run(table: &Fatalities, years: Years) -> Result<Vec<Record>, Error> {
    let countries = Countries::new(table);
    let rows = (0..table.months())
        .map(|t| {
            let quarter = countries.quarter(t).into_iter().enumerate();
            quarter.map(|(c, more)| [countries.features(t, c), &more].concat()).collect()
        })
        .collect();
    let prepared = Prepared { countries, rows };
    let mut records = Vec::new();
    for onset in [false, true] {
        let mut forecasts = members(&prepared, years, onset)?;
        pool(&prepared, &mut forecasts);
        let scored: Vec<usize> = (0..forecasts.units.len())
            .filter(|&k| prepared.year(prepared.unit(forecasts.units[k]).0) >= years.first)
            .collect();
        let default = if onset { ONSET_DEFAULT } else { DEFAULT };
        let task = if onset { "25 deaths within 3 months, onset" } else { "25 deaths within 3 months" };
        let case = |u: usize| {
            let (t, c) = prepared.unit(u);
            Case {
                unit: table.countries[c].clone(),
                origin: prepared.month(t).last_day(),
                p: 0.0,
                came_true: false,
                onset: prepared.quiet((t, c)),
            }
        };
        records.push(Record::new(task, &forecasts.select(&scored), "climatology", default, &BASELINES, case));
    }
    Ok(records)
}

impl Prepared<'_> {
    fn unit(&self, number: usize) -> Unit {
        let width = self.countries.table().countries.len();
        (number / width, number % width)
    }

    fn number(&self, (t, c): Unit) -> usize {
        t * self.countries.table().countries.len() + c
    }

    fn month(&self, t: usize) -> Month {
        self.countries.table().first.plus(t as i32)
    }

    fn year(&self, t: usize) -> i32 {
        // As the plain script has it: the origin at December's end belongs to the year that follows.
        self.month(t + 1).year()
    }

    fn quiet(&self, (t, c): Unit) -> bool {
        self.countries.sum(t, c, 12) < QUIET_DEATHS
    }

    fn row(&self, (t, c): Unit) -> &[f64] {
        &self.rows[t][c]
    }

    fn table(&self, units: &[Unit], columns: &[usize]) -> Table {
        let mut table = Table::new(columns.len());
        let mut row = Vec::with_capacity(columns.len());
        for unit in units {
            row.clear();
            row.extend(columns.iter().map(|&i| self.row(*unit)[i]));
            table.push(&row);
        }
        table
    }
}

fn members(prepared: &Prepared<'_>, years: Years, onset: bool) -> Result<Forecasts, Error> {
    let table = prepared.countries.table();
    let width = table.countries.len();
    let narrow: Vec<usize> = (0..prepared.countries.features(0, 0).len()).collect();
    let all: Vec<usize> = (0..narrow.len() + QUARTER).collect();
    let plain: Vec<usize> = (0..PLAIN).collect();
    let mut forecasts = Forecasts::default();
    for year in POOL_FROM.min(years.first)..=years.last {
        let Some(first) = table.row(Month::new(year - 1, 12)) else { continue };
        let units = |from: usize, to: usize, keep: &dyn Fn(Unit) -> bool| -> (Vec<Unit>, Vec<bool>) {
            let mut chosen = Vec::new();
            let mut outcomes = Vec::new();
            for t in from..to {
                for c in 0..width {
                    if let Some(y) = prepared.countries.reached(t, c, 3, LEAST)
                        && keep((t, c))
                    {
                        chosen.push((t, c));
                        outcomes.push(y);
                    }
                }
            }
            (chosen, outcomes)
        };
        let last = first.saturating_sub(2);
        let quiet = |u: Unit| !onset || prepared.quiet(u);
        let (learn, known) = units(RUN_IN, last, &quiet);
        let (now, outcomes) = units(first, first + 12, &quiet);
        if now.is_empty() || learn.len() < 200 {
            continue;
        }
        baselines(prepared, &mut forecasts, &learn, &known, &now, &plain)?;
        let (ours, labels) = if onset {
            units(RUN_IN, last, &|(t, c)| prepared.countries.sum(t, c, 12) < CALM_DEATHS)
        } else {
            (learn.clone(), known.clone())
        };
        // What tells more of the next quarter tells nothing more of onsets.
        let columns = if onset { &narrow } else { &all };
        let (x, z) = (prepared.table(&ours, columns), prepared.table(&now, columns));
        // Exceedance of several thresholds learnt together: near-misses and wars tell of onsets too.
        let rungs: Vec<Vec<bool>> = LADDER
            .iter()
            .map(|least| {
                ours.iter().map(|&(t, c)| prepared.countries.reached(t, c, 3, *least).unwrap_or(false)).collect()
            })
            .collect();
        let ladder = Logistic::fit_rungs(&x, &rungs, &[], if onset { 100.0 } else { 30.0 })?;
        forecasts.extend("ladder", ladder[0].probabilities(&z));
        let ridge = if onset { 300.0 } else { 100.0 };
        forecasts.extend("logistic", Logistic::fit(&x, &labels, &[], ridge)?.probabilities(&z));
        let growth = if onset {
            Growth { rounds: 80, depth: 3, min_leaf: 8.0, columns: 0.3, eta: 0.04, ..Growth::default() }
        } else {
            Growth { rounds: 300, depth: 3, min_leaf: 10.0, columns: 0.2, eta: 0.02, ..Growth::default() }
        };
        forecasts.extend("trees", Trees::fit(&x, &labels, &growth)?.probabilities(&z)?);
        forecasts.units.extend(now.iter().map(|&u| prepared.number(u)));
        forecasts.outcomes.extend(outcomes);
    }
    Ok(forecasts)
}

/// Deaths within three months whose exceedance is learnt together, the one that is forecast first.
const LADDER: [f64; 4] = [LEAST, 3.0, 8.0, 80.0];

fn baselines(
    prepared: &Prepared<'_>,
    forecasts: &mut Forecasts,
    learn: &[Unit],
    known: &[bool],
    now: &[Unit],
    plain: &[usize],
) -> Result<(), Error> {
    let rate = |keep: &dyn Fn(Unit) -> bool| {
        let chosen: Vec<bool> = learn.iter().zip(known).filter(|(u, _)| keep(**u)).map(|(_, y)| *y).collect();
        (!chosen.is_empty()).then(|| chosen.iter().filter(|y| **y).count() as f64 / chosen.len() as f64)
    };
    let base = rate(&|_| true).unwrap_or(0.0);
    let deaths = |(t, c): Unit| prepared.countries.table().deaths[t][c];
    let (p1, p0) = (rate(&|u| deaths(u) >= 9.0).unwrap_or(base), rate(&|u| deaths(u) < 9.0).unwrap_or(base));
    forecasts.extend("climatology", vec![base; now.len()]);
    forecasts.extend("last_value", now.iter().map(|&u| if deaths(u) >= 9.0 { p1 } else { p0 }).collect());
    let recent = [6, 10];
    let model = Logistic::fit(&prepared.table(learn, &recent), known, &[], 0.01)?;
    forecasts.extend("logit_recent", model.probabilities(&prepared.table(now, &recent)));
    let (x, z) = (prepared.table(learn, plain), prepared.table(now, plain));
    forecasts.extend("plain_logit", Logistic::fit(&x, known, &[], 10.0)?.probabilities(&z));
    let growth = Growth { rounds: 120, min_leaf: 8.0, columns: 0.6, rows: 1.0, ..Growth::default() };
    forecasts.extend("plain_trees", Trees::fit(&x, known, &growth)?.probabilities(&z)?);
    Ok(())
}

fn pool(prepared: &Prepared<'_>, forecasts: &mut Forecasts) {
    let mut columns: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (name, members) in [(DEFAULT, MEMBERS.to_vec())] {
        let mut table = Table::new(members.len());
        for k in 0..forecasts.units.len() {
            let row: Vec<f64> = members.iter().map(|m| forecasts.by_model[*m][k]).collect();
            table.push(&row);
        }
        let month = |k: usize| prepared.unit(forecasts.units[k]).0;
        let mut out = vec![0.0; forecasts.units.len()];
        let mut from = 0;
        while from < out.len() {
            let year = prepared.year(month(from));
            let to = (from..out.len()).find(|&k| prepared.year(month(k)) != year).unwrap_or(out.len());
            let first = month(from);
            let past: Vec<usize> = (0..from).filter(|&k| month(k) + 3 <= first).collect();
            let outcomes: Vec<bool> = past.iter().map(|&k| forecasts.outcomes[k]).collect();
            let pool = Pool::fit(&table.select(&past), &outcomes);
            for (k, slot) in out.iter_mut().enumerate().take(to).skip(from) {
                *slot = pool.probability(table.row(k));
            }
            from = to;
        }
        columns.insert(name.to_owned(), out);
    }
    forecasts.by_model.extend(columns);
}
