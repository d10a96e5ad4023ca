//! The back-test of the model itself: fitted once on what was known by a day, then asked at every month's end after it.
//!
//! Unlike the rolling back-tests nothing is refitted, so that years pass between what the model learnt from and what it
//! forecasts. Baselines learn from the same situations as the model: active pairs at the months' ends whose outcome was
//! told by the day.

use serde::{Deserialize, Serialize};

use super::dyads::DEFAULT;
use super::record::{Case, Forecasts, Record};
use crate::features::{self, Surroundings};
use crate::index::Index;
use crate::logistic::{Logistic, Table};
use crate::memory::Memories;
use crate::model::{ACTIVE_ACTS, Forecast, Model};
use crate::outcome::{Outcome, Truth};
use crate::{Day, Error, History};

/// Baselines: the base rate, force in the last 30 days or none, the pair's own rate, force fading over 90 days.
pub const BASELINES: [&str; 4] = ["climatology", "last_value", "dyad_rate", "ewma90_logit"];
/// Days of record before the first situation that baselines learn from.
const RUN_IN: i32 = 365;

struct Situation {
    pair: usize,
    day: Day,
    features: Vec<f64>,
    outcome: bool,
}

/// Fits on what was known by the end of `until`, forecasts the outcome at every later month's end whose outcome the
/// record tells, and scores the forecasts beside the baselines.
pub fn run(history: &History, until: Day, outcome: Outcome, task: &str) -> Result<Record, Error> {
    let index = Index::new(history);
    let truth = Truth::new(&index);
    let (first, last) = history.span().ok_or_else(|| Error::TooLittle("no events".to_owned()))?;
    let all = situations(&index, &truth, outcome, first.plus(RUN_IN), last);
    let days = outcome.days() as i32;
    let learn: Vec<&Situation> = all.iter().filter(|s| s.day.plus(days) <= until).collect();
    // The first origin is the day itself where it ends a month.
    let ahead: Vec<&Situation> = all.iter().filter(|s| s.day >= until).collect();
    if learn.len() < 100 || ahead.is_empty() {
        return Err(Error::TooLittle(format!("{} situations before {until}, {} after", learn.len(), ahead.len())));
    }
    let model = Model::fit(history, until, outcome, task)?;
    let mut forecasts = Forecasts { units: (0..ahead.len()).collect(), ..Forecasts::default() };
    forecasts.outcomes = ahead.iter().map(|s| s.outcome).collect();
    let mut members: [Vec<f64>; 3] = Default::default();
    let mut pooled = Vec::with_capacity(ahead.len());
    for origin in ahead.chunk_by(|a, b| a.day == b.day) {
        let watched = model.watch(history, origin[0].day)?;
        for s in origin {
            let (a, b) = index.codes(s.pair);
            let found = watched.iter().find(|f| f.pair.0 == *a && f.pair.1 == *b);
            let forecast = found.expect("what is active is watched");
            pooled.push(forecast.p);
            members.iter_mut().zip(forecast.members).for_each(|(column, p)| column.push(p));
        }
    }
    forecasts.extend(DEFAULT, pooled);
    for (name, p) in super::dyads::MEMBERS.into_iter().zip(members) {
        forecasts.extend(name, p);
    }
    baselines(&mut forecasts, &learn, &ahead)?;
    let case = |k: usize| {
        let (a, b) = index.codes(ahead[k].pair);
        let onset = truth.quiet(ahead[k].pair, ahead[k].day);
        Case { unit: format!("{a}-{b}"), origin: ahead[k].day, p: 0.0, came_true: false, onset }
    };
    Ok(Record::new(task, &forecasts, "climatology", DEFAULT, &BASELINES, case))
}

/// Forecasts of about the same probability, what their intervals say on the mean, and how often they came true.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Forecasts.
    pub n: usize,
    /// Their mean probability.
    pub p: f64,
    /// How often they came true.
    pub observed: f64,
    /// Mean ends of the 90 % intervals.
    pub at_90: [f64; 2],
    /// Mean ends of the 50 % intervals.
    pub at_50: [f64; 2],
}

/// Whether intervals held: fits on what was known by the end of `until`, asks for active pairs at every later month's end, and
/// puts the forecasts into ten groups of equal size by rising probability.
pub fn intervals(history: &History, until: Day, outcome: Outcome) -> Result<Vec<Group>, Error> {
    let index = Index::new(history);
    let truth = Truth::new(&index);
    let (_, last) = history.span().ok_or_else(|| Error::TooLittle("no events".to_owned()))?;
    let model = Model::fit(history, until, outcome, "held")?;
    let month = until.month();
    let ends = (0..).map(|k| month.plus(k).last_day()).take_while(|day| *day <= last);
    let days: Vec<Day> = ends.filter(|day| *day >= until).collect();
    let mut said: Vec<(Forecast, bool)> = Vec::new();
    for (day, forecasts) in days.iter().zip(model.lines(history, &days)?) {
        for forecast in forecasts {
            let pair = index.pair(&forecast.pair.0, &forecast.pair.1).expect("forecasts are of pairs of the record");
            if let Some(came) = truth.told(outcome, pair, *day) {
                said.push((forecast, came));
            }
        }
    }
    // Of the same probability the order stays: by day, then pair.
    said.sort_by(|a, b| a.0.p.total_cmp(&b.0.p));
    let groups = said.chunks(said.len().div_ceil(10).max(1)).map(|group| {
        let mean = |of: &dyn Fn(&(Forecast, bool)) -> f64| group.iter().map(of).sum::<f64>() / group.len() as f64;
        Group {
            n: group.len(),
            p: mean(&|(f, _)| f.p),
            observed: mean(&|(_, came)| f64::from(u8::from(*came))),
            at_90: [mean(&|(f, _)| f.interval_90[0]), mean(&|(f, _)| f.interval_90[1])],
            at_50: [mean(&|(f, _)| f.interval_50[0]), mean(&|(f, _)| f.interval_50[1])],
        }
    });
    Ok(groups.collect())
}

/// Pairs that the model has learnt nothing of: between one and four acts in the year before, or none.
pub const SELDOM: [&str; 2] = ["1 to 4 acts in the year before", "none, but some before"];
/// Baselines of those: how often it comes true for active pairs, quiet or not, and for pairs named as often.
pub const SELDOM_BASELINES: [&str; 2] = ["base rate of active pairs", "base rate of the stratum"];

/// The same for the pairs that the model's own record leaves out: one record for each of [`SELDOM`]. Beside the forecasts stands
/// what they would be if they were drawn to the base rate of active pairs.
pub fn seldom(history: &History, until: Day, outcome: Outcome, task: &str) -> Result<Vec<Record>, Error> {
    let index = Index::new(history);
    let truth = Truth::new(&index);
    let (_, last) = history.span().ok_or_else(|| Error::TooLittle("no events".to_owned()))?;
    let model = Model::fit(history, until, outcome, task)?;
    let mut forecasts = [Forecasts::default(), Forecasts::default()];
    let mut units: Vec<(usize, Day)> = Vec::new();
    let mut memories = Memories::new(&index);
    let mut month = until.month();
    while month.last_day() <= last {
        let day = month.last_day();
        month = month.plus(1);
        memories.advance(day);
        let told = |pair: usize| truth.told(outcome, pair, day);
        let known: Vec<usize> = (0..index.pairs.len())
            .filter(|&p| !memories.pairs[p].days.is_empty() && told(p).is_some())
            .filter(|&p| day >= until && memories.pairs[p].acts_within(day, 365) < ACTIVE_ACTS)
            .collect();
        for (said, &pair) in model.seldom(&index, &memories, day, &known)?.into_iter().zip(&known) {
            let into = &mut forecasts[usize::from(said.acts == 0)];
            into.units.push(units.len());
            units.push((pair, day));
            into.outcomes.push(told(pair).expect("only such were kept"));
            into.extend(DEFAULT, vec![said.p]);
            into.extend("drawn to the base rate of active pairs", vec![said.drawn_to_active]);
            into.extend(SELDOM_BASELINES[0], vec![said.active]);
            into.extend(SELDOM_BASELINES[1], vec![said.stratum]);
        }
    }
    let case = |u: usize| {
        let (pair, day) = units[u];
        let (a, b) = index.codes(pair);
        Case { unit: format!("{a}-{b}"), origin: day, p: 0.0, came_true: false, onset: truth.quiet(pair, day) }
    };
    let record = |(forecasts, name): (&Forecasts, &str)| {
        Record::new(&format!("{task}; {name}"), forecasts, SELDOM_BASELINES[0], DEFAULT, &SELDOM_BASELINES, case)
    };
    Ok(forecasts.iter().zip(SELDOM).filter(|(f, _)| !f.units.is_empty()).map(record).collect())
}

/// Active pairs at the months' ends, with what came of them.
fn situations(index: &Index, truth: &Truth, outcome: Outcome, from: Day, last: Day) -> Vec<Situation> {
    let mut memories = Memories::new(index);
    let mut out = Vec::new();
    let mut month = from.month();
    while month.last_day() <= last {
        let day = month.last_day();
        memories.advance(day);
        let around = Surroundings::new(&memories);
        for pair in 0..index.pairs.len() {
            if memories.pairs[pair].acts_within(day, 365) >= ACTIVE_ACTS
                && let Some(outcome) = truth.told(outcome, pair, day)
            {
                out.push(Situation { pair, day, features: around.features(pair), outcome });
            }
        }
        month = month.plus(1);
    }
    out
}

fn baselines(forecasts: &mut Forecasts, learn: &[&Situation], ahead: &[&Situation]) -> Result<(), Error> {
    let column = |name: &str| features::names().iter().position(|n| n == name).expect("a feature of ours");
    let table = |rows: &[&Situation], column: usize| {
        let mut table = Table::new(1);
        for s in rows {
            table.push(&[s.features[column]]);
        }
        table
    };
    let known: Vec<bool> = learn.iter().map(|s| s.outcome).collect();
    let rate = |keep: &dyn Fn(&Situation) -> bool| {
        let kept: Vec<&&Situation> = learn.iter().filter(|s| keep(s)).collect();
        (kept.iter().filter(|s| s.outcome).count() as f64 + 0.5) / (kept.len() as f64 + 1.0)
    };
    let late = column("force_days_30");
    forecasts.extend("climatology", vec![rate(&|_| true); ahead.len()]);
    let (yes, no) = (rate(&|s| s.features[late] > 0.0), rate(&|s| s.features[late] == 0.0));
    forecasts.extend("last_value", ahead.iter().map(|s| if s.features[late] > 0.0 { yes } else { no }).collect());
    for (name, feature) in [("dyad_rate", "own_rate"), ("ewma90_logit", "force_90")] {
        let at = column(feature);
        let model = Logistic::fit(&table(learn, at), &known, &[], 0.01)?;
        forecasts.extend(name, model.probabilities(&table(ahead, at)));
    }
    Ok(())
}
