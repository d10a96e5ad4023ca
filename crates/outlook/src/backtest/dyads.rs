//! The dyad back-test: rolling origin, refit each January on outcomes known by then, all baselines beside.
//!
//! Years: members learn from all rows whose outcomes were known at the first origin of the year they forecast; the
//! pool learns from the members' own forecasts of earlier years (from 1991 on). The strength of the penalty and the
//! features were chosen on forecasts for 1992 and 1993 only.

use std::collections::BTreeMap;

use super::plain;
use super::record::{Case, Forecasts, Record};
use super::rows::{Row, Rows};
use crate::features::{self, Surroundings};
use crate::hawkes::Hawkes;
use crate::index::Index;
use crate::logistic::{Logistic, Table};
use crate::memory::Memories;
use crate::outcome::{Outcome, Truth};
use crate::pool::Pool;
use crate::trees::{Growth, Trees};
use crate::{Day, Error, History};

/// Penalty on the weights of our logistic regression.
pub const RIDGE: f64 = 100.0;
/// Growth of the trees of pairs: forests of four, boosted thirty times, held to the directions of [`features::directions`].
/// Chosen on forecasts for 1992 and 1993.
pub const GROWTH: Growth = Growth {
    rounds: 30,
    eta: 0.12,
    depth: 6,
    min_leaf: 4.0,
    lambda: 10.0,
    columns: 0.25,
    rows: 0.5,
    side_by_side: 4,
    seed: 1,
};
/// Penalty of the plain script (scikit-learn's `C = 0.05`).
const PLAIN_RIDGE: f64 = 20.0;
/// Names of the pool's members.
pub const MEMBERS: [&str; 3] = ["logistic", "trees", "hawkes"];
/// The default model.
pub const DEFAULT: &str = "pool";

/// Which years to forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    /// First year that is scored.
    pub first: i32,
    /// Last year that is scored.
    pub last: i32,
}

/// An origin between the months' ends, which gives more to learn from.
struct Extra {
    pair: usize,
    day: Day,
    features: Vec<f64>,
}

struct Prepared {
    index: Index,
    rows: Rows,
    plain: Vec<Vec<f64>>,
    ours: Vec<Vec<f64>>,
    extra: Vec<Extra>,
}

impl Prepared {
    fn new(history: &History) -> Result<Self, Error> {
        let index = Index::new(history);
        let rows = Rows::new(&index).ok_or_else(|| Error::TooLittle("no events".to_owned()))?;
        let plain = plain::features(&index, &rows);
        let mut ours = vec![Vec::new(); rows.rows.len()];
        let mut by_month: Vec<Vec<usize>> = vec![Vec::new(); rows.months];
        for (i, row) in rows.rows.iter().enumerate() {
            by_month[row.month].push(i);
        }
        let mut extra = Vec::new();
        let mut memories = Memories::new(&index);
        for (month, at) in by_month.iter().enumerate() {
            let calendar = rows.first.plus(month as i32);
            if month >= 11 {
                for offset in [9, 19] {
                    memories.advance(calendar.first_day().plus(offset));
                    extra.extend(active(&memories));
                }
            }
            memories.advance(calendar.last_day());
            let around = Surroundings::new(&memories);
            for &i in at {
                ours[i] = around.features(rows.rows[i].pair);
            }
        }
        Ok(Self { index, rows, plain, ours, extra })
    }
}

/// Features of the pairs with at least five acts in the last year.
fn active(memories: &Memories<'_>) -> Vec<Extra> {
    let around = Surroundings::new(memories);
    (0..memories.pairs.len())
        .filter(|&pair| memories.pairs[pair].acts_within(memories.today, 365) >= 5)
        .map(|pair| Extra { pair, day: memories.today, features: around.features(pair) })
        .collect()
}

/// Runs the back-test on events: force in the next month, within three months, and onset within three months.
pub fn run(history: &History, years: Years) -> Result<Vec<Record>, Error> {
    let prepared = Prepared::new(history)?;
    let truth = Truth::new(&prepared.index);
    // Forecasts of the process for all origins of a year, by one fit a year.
    let mut rates: BTreeMap<usize, [f64; 2]> = BTreeMap::new();
    let mut fitted: Option<Hawkes> = None;
    let start = (prepared.rows.first.year() + 2).min(years.first);
    for year in start..=years.last {
        let origin = prepared.rows.first_of(year);
        let Ok(hawkes) = Hawkes::fit(&prepared.index, origin, fitted.as_ref()) else { continue };
        for month in prepared.rows.months_of(year) {
            let at: Vec<usize> =
                (0..prepared.rows.rows.len()).filter(|&i| prepared.rows.rows[i].month == month).collect();
            let pairs: Vec<usize> = at.iter().map(|&i| prepared.rows.rows[i].pair).collect();
            let day = prepared.rows.first.plus(month as i32);
            let horizons = [1, 3].map(|k| (day.plus(k).last_day().0 - day.last_day().0) as u32);
            let p = hawkes.probabilities(&prepared.index, day.last_day(), &pairs, &horizons);
            for (i, p) in at.into_iter().zip(p) {
                rates.insert(i, [p[0], p[1]]);
            }
        }
        fitted = Some(hawkes);
    }
    records(&prepared, &truth, Some(&rates), years, start)
}

/// The baselines alone, as the plain script has them: quick.
pub fn baselines(history: &History, years: Years) -> Result<Vec<Record>, Error> {
    let prepared = Prepared::new(history)?;
    records(&prepared, &Truth::new(&prepared.index), None, years, years.first)
}

fn records(
    prepared: &Prepared,
    truth: &Truth,
    rates: Option<&BTreeMap<usize, [f64; 2]>>,
    years: Years,
    start: i32,
) -> Result<Vec<Record>, Error> {
    let one = task(prepared, truth, rates, years, start, 1)?;
    let three = task(prepared, truth, rates, years, start, 3)?;
    if one.units.is_empty() || three.units.is_empty() {
        return Err(Error::TooLittle(format!(
            "{} situations; a year is forecast once 200 of earlier years are known, 5 of them with force",
            prepared.rows.rows.len()
        )));
    }
    let names = |i: usize| {
        let (a, b) = prepared.index.codes(prepared.rows.rows[i].pair);
        format!("{a}-{b}")
    };
    let case = |i: usize| Case {
        unit: names(i),
        origin: prepared.rows.origin(&prepared.rows.rows[i]),
        p: 0.0,
        came_true: false,
        onset: prepared.rows.rows[i].quiet,
    };
    let quiet = |i: &usize| prepared.rows.rows[*i].quiet;
    let mut records = Vec::new();
    for (name, forecasts, onset) in [
        ("force next month", &one, false),
        ("force within 3 months", &three, false),
        ("onset within 3 months", &three, true),
    ] {
        let kept: Vec<usize> = (0..forecasts.units.len()).filter(|&k| !onset || quiet(&forecasts.units[k])).collect();
        if kept.is_empty() {
            continue;
        }
        let mut chosen = forecasts.select(&kept);
        if rates.is_some() {
            pool(&prepared.rows, &mut chosen, if name.contains("next") { 1 } else { 3 });
        }
        if onset {
            onset_baselines(prepared, &mut chosen, years)?;
        }
        let scored: Vec<usize> = (0..chosen.units.len())
            .filter(|&k| prepared.rows.year(&prepared.rows.rows[chosen.units[k]]) >= years.first)
            .collect();
        records.push(Record::new(name, &chosen.select(&scored), "climatology", DEFAULT, &BASELINES, case));
    }
    Ok(records)
}

/// Models of the plain scripts.
pub const BASELINES: [&str; 5] = ["climatology", "last_value", "dyad_rate", "ewma90_logit", "plain_logit"];

fn target(row: &Row, ahead: usize) -> Option<bool> {
    if ahead == 1 { row.y1 } else { row.y3 }
}

fn table(features: &[Vec<f64>], rows: &[usize]) -> Table {
    let mut table = Table::new(features.first().map_or(0, Vec::len));
    for &i in rows {
        table.push(&features[i]);
    }
    table
}

/// Forecasts of all members and baselines for the rows of each year, each fitted on what was known before it.
fn task(
    prepared: &Prepared,
    truth: &Truth,
    rates: Option<&BTreeMap<usize, [f64; 2]>>,
    years: Years,
    start: i32,
    ahead: usize,
) -> Result<Forecasts, Error> {
    let rows = &prepared.rows;
    let outcome = Outcome::Escalation { days: if ahead == 1 { 30 } else { 91 } };
    let mut forecasts = Forecasts::default();
    for year in start..=years.last {
        let first = rows.months_of(year).start;
        let (mut learn, mut known, mut units, mut outcomes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (i, row) in rows.rows.iter().enumerate() {
            let Some(y) = target(row, ahead) else { continue };
            if row.month + ahead < first {
                learn.push(i);
                known.push(y);
            } else if rows.year(row) == year && rates.is_none_or(|r| r.contains_key(&i)) {
                units.push(i);
                outcomes.push(y);
            }
        }
        if learn.len() < 200 || units.is_empty() || known.iter().filter(|k| **k).count() < 5 {
            continue;
        }
        let plain = table(&prepared.plain, &learn);
        let plain_now = table(&prepared.plain, &units);
        simple(&mut forecasts, &plain, &known, &plain_now)?;
        let logit = Logistic::fit(&plain, &known, &[], PLAIN_RIDGE)?;
        forecasts.extend("plain_logit", logit.probabilities(&plain_now));

        let Some(rates) = rates else {
            forecasts.units.extend(units);
            forecasts.outcomes.extend(outcomes);
            continue;
        };
        let mut ours = table(&prepared.ours, &learn);
        let mut labels = known.clone();
        let mut counts: Vec<usize> =
            learn.iter().map(|&i| truth.count(rows.rows[i].pair, rows.origin(&rows.rows[i]), outcome.days())).collect();
        // An outcome must lie a month before the first origin, as those of the rows do.
        let latest = rows.first.plus(first as i32).first_day();
        for extra in prepared.extra.iter().filter(|e| e.day.plus(outcome.days() as i32) < latest) {
            if let Some(y) = truth.told(outcome, extra.pair, extra.day) {
                ours.push(&extra.features);
                labels.push(y);
                counts.push(truth.count(extra.pair, extra.day, outcome.days()));
            }
        }
        // Overlapping windows tell much the same: all together weigh as much as the months' ends alone.
        let weights = vec![known.len() as f64 / labels.len() as f64; labels.len()];
        let now = table(&prepared.ours, &units);
        let logistic = Logistic::fit(&ours, &labels, &weights, RIDGE)?;
        forecasts.extend("single logistic", logistic.probabilities(&now));
        let ladder = Logistic::fit_rungs(&ours, &rungs(&labels, &counts, outcome), &weights, RIDGE)?;
        forecasts.extend("logistic", ladder[0].probabilities(&now));
        let trees = Trees::fit_directed(&ours, &labels, &GROWTH, &features::directions())?;
        forecasts.extend("trees", trees.probabilities(&now)?);
        forecasts.extend("hawkes", units.iter().map(|i| rates[i][usize::from(ahead > 1)]).collect());
        forecasts.units.extend(units);
        forecasts.outcomes.extend(outcomes);
    }
    Ok(forecasts)
}

/// Rungs for the logistic regression: the outcome itself, then more and more acts of force, up to what a month (4) or a
/// longer time (16) tells apart. Chosen on forecasts for 1992 and 1993.
pub(crate) fn rungs(outcomes: &[bool], counts: &[usize], outcome: Outcome) -> Vec<Vec<bool>> {
    let top = if outcome.days() <= 31 { 4 } else { 16 };
    let mut rungs = vec![outcomes.to_vec()];
    let mut least = 2 * outcome.least();
    while least <= top {
        rungs.push(counts.iter().map(|c| *c >= least).collect());
        least *= 2;
    }
    rungs
}

/// The plain script's base rates and single-feature models.
fn simple(forecasts: &mut Forecasts, x: &Table, y: &[bool], now: &Table) -> Result<(), Error> {
    let rate = |rows: &[bool]| (rows.iter().filter(|v| **v).count() as f64 + 0.5) / (rows.len() as f64 + 1.0);
    forecasts.extend("climatology", vec![rate(y); now.len()]);
    let fought = |row: &[f64]| row[plain::column::FORCE_1] > 0.0;
    let (mut yes, mut no) = (Vec::new(), Vec::new());
    x.rows().zip(y).for_each(|(row, y)| if fought(row) { yes.push(*y) } else { no.push(*y) });
    let (p1, p0) = (rate(&yes), rate(&no));
    forecasts.extend("last_value", now.rows().map(|row| if fought(row) { p1 } else { p0 }).collect());
    for (name, column) in [("dyad_rate", plain::column::HISTORY), ("ewma90_logit", plain::column::FORCE_90)] {
        // scikit-learn's C = 100
        let model = Logistic::fit(&x.columns(&[column]), y, &[], 0.01)?;
        forecasts.extend(name, model.probabilities(&now.columns(&[column])));
    }
    Ok(())
}

/// The plain script fits its onset models on onset rows alone: the baselines are made so here too.
fn onset_baselines(prepared: &Prepared, forecasts: &mut Forecasts, years: Years) -> Result<(), Error> {
    let rows = &prepared.rows;
    let mut redone = Forecasts::default();
    let mut at = Vec::new();
    for year in rows.first.year()..=years.last {
        let first = rows.months_of(year).start;
        let learn: Vec<usize> = (0..rows.rows.len())
            .filter(|&i| rows.rows[i].quiet && rows.rows[i].y3.is_some() && rows.rows[i].month + 3 < first)
            .collect();
        let known: Vec<bool> = learn.iter().filter_map(|&i| rows.rows[i].y3).collect();
        let here: Vec<usize> =
            (0..forecasts.units.len()).filter(|&k| rows.year(&rows.rows[forecasts.units[k]]) == year).collect();
        if here.is_empty() || known.iter().filter(|k| **k).count() < 2 || known.len() < 10 {
            continue;
        }
        let units: Vec<usize> = here.iter().map(|&k| forecasts.units[k]).collect();
        let (x, now) = (table(&prepared.plain, &learn), table(&prepared.plain, &units));
        simple(&mut redone, &x, &known, &now)?;
        redone.extend("plain_logit", Logistic::fit(&x, &known, &[], PLAIN_RIDGE)?.probabilities(&now));
        at.extend(here);
    }
    for name in BASELINES {
        let p = redone.by_model.remove(name).unwrap_or_default();
        let column = forecasts.by_model.get_mut(name).expect("every baseline was made for all rows");
        at.iter().zip(p).for_each(|(&k, p)| column[k] = p);
    }
    Ok(())
}

/// Adds each member calibrated, and the pool, each fitted on forecasts of earlier years whose outcomes were known.
fn pool(rows: &Rows, forecasts: &mut Forecasts, ahead: usize) {
    let month = |k: usize| rows.rows[forecasts.units[k]].month;
    let mut columns: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let everyone: Vec<&str> = MEMBERS.to_vec();
    let sets: Vec<(String, Vec<&str>)> = MEMBERS
        .iter()
        .map(|m| (format!("{m}+platt"), vec![*m]))
        .chain([(DEFAULT.to_owned(), everyone), ("pool without trees".to_owned(), vec!["logistic", "hawkes"])])
        .collect();
    for (name, members) in sets {
        let mut table = Table::new(members.len());
        for k in 0..forecasts.units.len() {
            let row: Vec<f64> = members.iter().map(|m| forecasts.by_model[*m][k]).collect();
            table.push(&row);
        }
        let mut out = vec![0.0; forecasts.units.len()];
        let mut from = 0;
        while from < out.len() {
            let year = rows.year(&rows.rows[forecasts.units[from]]);
            let to =
                (from..out.len()).find(|&k| rows.year(&rows.rows[forecasts.units[k]]) != year).unwrap_or(out.len());
            let first = rows.months_of(year).start;
            let past: Vec<usize> = (0..from).filter(|&k| month(k) + ahead < first).collect();
            let outcomes: Vec<bool> = past.iter().map(|&k| forecasts.outcomes[k]).collect();
            let pool = Pool::fit(&table.select(&past), &outcomes);
            for (k, slot) in out.iter_mut().enumerate().take(to).skip(from) {
                *slot = pool.probability(table.row(k));
            }
            from = to;
        }
        columns.insert(name, out);
    }
    forecasts.by_model.extend(columns);
}

/// How many features ours has; for the card.
pub fn feature_count() -> usize {
    features::names().len()
}
