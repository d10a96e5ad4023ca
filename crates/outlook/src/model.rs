//! The model that is used: fitted on a history, kept in a readable file with its card, and asked for forecasts.
//!
//! Three members, pooled and calibrated on forecasts that they made for later years than those they had learnt from:
//! a logistic regression on fading memories, gradient-boosted trees on the same, and a Hawkes process.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use self::members::{Members, Situation, origins, situations};
use crate::activity::{self, Stratum};
use crate::calibration::{Calibration, Method};
use crate::features::{self, Surroundings};
use crate::hawkes::{Hawkes, State};
use crate::index::Index;
use crate::logistic::{Logistic, Table, logit, sigmoid};
use crate::memory::Memories;
use crate::outcome::{Outcome, Truth};
use crate::pool::{Alike, Experience, Pool};
use crate::standing::Standing;
use crate::trees::Trees;
use crate::{Day, Error, History};

mod file;
mod members;

/// Version of the file's format.
const FORMAT: u32 = 2;
/// Acts in the last year from which a pair is watched.
pub const ACTIVE_ACTS: usize = 5;
/// Acts of the last year in the whole record below which its state as a whole tells more of the record than of the world.
pub const RECORD_ACTS: usize = 100;
/// Days between the origins that are learnt from.
const STRIDE: i32 = 10;
/// Days of record before the first origin that is learnt from.
const RUN_IN: i32 = 365;
/// Days of a block of past forecasts that share their fate, at least; longer with a longer horizon.
const BLOCK_DAYS: i32 = 182;
/// Where the record is cut, as shares of its length, for forecasts that the pool learns from.
const PARTS: [f64; 5] = [0.3, 0.45, 0.6, 0.8, 1.0];

/// What the file says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Version of the file's format.
    pub format: u32,
    /// What the history was, in the words of who fitted it.
    pub data: String,
    /// First day of the history.
    pub first: Day,
    /// Last day: nothing learnt after it is in the model.
    pub until: Day,
    /// Acts in it.
    pub acts: usize,
    /// Situations learnt from.
    pub situations: usize,
    /// The outcome.
    pub outcome: Outcome,
    /// The outcome in words.
    pub outcome_words: String,
    /// Share of situations in which the outcome came true.
    pub base_rate: f64,
    /// Share of those from quiet.
    pub base_rate_onset: f64,
    /// The same by how often pairs are named, of all pairs on record, those that are hardly named included.
    pub strata: Vec<Stratum>,
    /// How the pool is calibrated.
    pub calibration: Method,
    /// Mean log scores of Platt's and of isotonic calibration on later past forecasts, by which it was chosen.
    pub calibration_scores: Option<[f64; 2]>,
    /// What it must not be used for, and what it cannot see.
    pub limits: String,
}

/// A fitted model of one outcome.
pub struct Model {
    /// What it is.
    pub card: Card,
    logistic: Logistic,
    trees: Trees,
    hawkes: Hawkes,
    pool: Pool,
    experience: Experience,
    calibration: Calibration,
}

/// What raises or lowers a forecast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Driver {
    /// The feature.
    pub feature: String,
    /// Its value.
    pub value: f64,
    /// What it adds to the pooled log-odds by way of the logistic member and the trees, each by its weight in the pool,
    /// against the mean of situations learnt from. Exact: see [`Sum`].
    pub log_odds: f64,
    /// What it adds to the log-odds of the logistic member and of the trees, before they are weighed.
    #[serde(default)]
    pub by_member: [f64; 2],
}

/// How a forecast's log-odds add up: `pooled` is `constant` and `process` and the log-odds of all drivers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sum {
    /// Log-odds of the pool, before isotonic calibration and before they are drawn to a base rate.
    pub pooled: f64,
    /// The pool's shift, and what its members start from.
    pub constant: f64,
    /// What the Hawkes process adds; its own parts are [`Forecast::events`].
    pub process: f64,
    /// What the log-odds of the logistic member and of the trees start from.
    pub starts: [f64; 2],
}

/// A past event and its weight in a forecast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighted {
    /// Id of the event.
    pub event: SmolStr,
    /// Its share of the present rate of force, 0 to 1, as the Hawkes process has it.
    pub share: f64,
    /// Whether it is between other parties.
    pub third_party: bool,
}

/// A forecast for a pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// The two parties, in the order of their codes.
    pub pair: (SmolStr, SmolStr),
    /// Only what was known by the end of this day was used.
    pub as_of: Day,
    /// What is forecast.
    pub outcome: Outcome,
    /// Its probability.
    pub p: f64,
    /// Between which the frequency of forecasts like this lies, with 90 % confidence ([`crate::calibration`]).
    pub interval_90: [f64; 2],
    /// The same with 50 % confidence.
    pub interval_50: [f64; 2],
    /// How often forecasts like this came true; `None` where the model has too few past forecasts of its own.
    pub alike: Option<Alike>,
    /// How often the outcome comes true in situations of pairs that are named as often as this one, and as quiet or not;
    /// in a record with next to no acts, of all active pairs.
    pub base_rate: f64,
    /// Which pairs `base_rate` is of: the name of their stratum, or `None` for all active ones.
    #[serde(default)]
    pub stratum: Option<String>,
    /// Whether there was no force for half a year: what is forecast would be an onset.
    pub onset: bool,
    /// What each member says: logistic, trees, Hawkes process.
    pub members: [f64; 3],
    /// Acts of the pair in the last year; below [`ACTIVE_ACTS`] the forecast is drawn to the base rate.
    pub acts_365: usize,
    /// The last day the model had learnt from. Later than `as_of`, the forecast is no test of the model.
    pub model_until: Day,
    /// What moves the logistic member and the trees, the strongest first.
    pub drivers: Vec<Driver>,
    /// How their log-odds add up to the pool's. Zeros without drivers.
    #[serde(default)]
    pub sum: Sum,
    /// The past events that carry the present rate of force, the heaviest first.
    pub events: Vec<Weighted>,
}

impl Model {
    /// Fits on what was known by the end of `until`. `data` names the history on the card. The pool is fitted on
    /// forecasts for later parts of the record by members that had learnt only from what came before.
    pub fn fit(history: &History, until: Day, outcome: Outcome, data: &str) -> Result<Self, Error> {
        let history = history.as_of(until);
        let index = Index::new(&history);
        let (first, last) = history.span().ok_or_else(|| Error::TooLittle("no events".to_owned()))?;
        let truth = Truth::new(&index);
        let situations = situations(&index, &truth, outcome, origins(outcome, first, last));
        let hits = situations.iter().filter(|s| s.outcome).count();
        if situations.len() < 300 || hits < 20 {
            let what = format!("{} situations, {hits} with the outcome; 300 and 20 are needed", situations.len());
            return Err(Error::TooLittle(what));
        }
        // Forecasts of each part of the record by members that had learnt only from what was known before it.
        let (mut said, mut came, mut blocks) = (Table::new(3), Vec::new(), Vec::new());
        let block = BLOCK_DAYS.max(outcome.days() as i32);
        for part in PARTS.windows(2) {
            let at = |share: f64| first.plus((f64::from(last.0 - first.0) * share) as i32);
            let (from, to) = (at(part[0]), at(part[1]));
            let before: Vec<&Situation> =
                situations.iter().filter(|s| s.day.plus(outcome.days() as i32) <= from).collect();
            let after: Vec<&Situation> = situations.iter().filter(|s| s.day > from && s.day <= to).collect();
            // Too little before: the part teaches the pool nothing.
            if let Ok(members) = Members::fit(&index, &before, outcome, from) {
                said.values.extend(members.forecast(&index, &after, outcome)?.values);
                came.extend(after.iter().map(|s| s.outcome));
                blocks.extend(after.iter().map(|s| s.day.0.div_euclid(block)));
            }
        }
        let (pool, calibration) = Calibration::fit(&said, &came, &blocks);
        let calibrated: Vec<f64> = pool.probabilities(&said).into_iter().map(|p| calibration.probability(p)).collect();
        let experience = Experience::new(&calibrated, &came);
        let everything: Vec<&Situation> = situations.iter().collect();
        let members = Members::fit(&index, &everything, outcome, last)?;
        let quiet: Vec<&Situation> = situations.iter().filter(|s| truth.quiet(s.pair, s.day)).collect();
        let rate = |of: &[&Situation]| (of.iter().filter(|s| s.outcome).count() as f64 + 0.5) / (of.len() as f64 + 1.0);
        let card = Card {
            format: FORMAT,
            data: data.to_owned(),
            first,
            until,
            acts: index.acts.len(),
            situations: situations.len(),
            outcome,
            outcome_words: outcome.words(),
            base_rate: rate(&everything),
            base_rate_onset: rate(&quiet),
            strata: activity::strata(&index, &truth, outcome, origins(outcome, first, last)),
            calibration: calibration.method,
            calibration_scores: calibration.log_scores,
            limits: "Sees only what is reported. Says how often, not why: weights are association, not cause. Not for \
                     choosing targets or for action against persons."
                .to_owned(),
        };
        let Members { logistic, trees, hawkes } = members;
        Ok(Self { card, logistic, trees, hawkes, pool, experience, calibration })
    }

    /// The process, for scenarios.
    pub fn hawkes(&self) -> &Hawkes {
        &self.hawkes
    }

    /// Forecasts for all pairs with at least [`ACTIVE_ACTS`] acts in the year before, by what was known at the end of
    /// `as_of`, the most probable first. Without drivers and events: ask [`Model::explain`] for one pair's.
    pub fn watch(&self, history: &History, as_of: Day) -> Result<Vec<Forecast>, Error> {
        self.watch_in(&Standing::new(history, as_of))
    }

    /// [`Model::watch`] of a record made ready before.
    pub fn watch_in(&self, standing: &Standing) -> Result<Vec<Forecast>, Error> {
        let (memories, as_of) = (&standing.memories, standing.as_of());
        let mut forecasts =
            self.forecasts(&standing.index, memories, &standing.state, as_of, &active(memories, as_of))?;
        forecasts.sort_by(|a, b| b.p.total_cmp(&a.p).then(a.pair.cmp(&b.pair)));
        Ok(forecasts)
    }

    /// The forecast for one pair, active or not, with what moves it. `None` where nothing is known between the two.
    pub fn explain(&self, history: &History, as_of: Day, a: &str, b: &str) -> Result<Option<Forecast>, Error> {
        self.explain_in(&Standing::new(history, as_of), None, (a, b))
    }

    /// [`Model::explain`] in a record made ready before. `watched` may hold the forecasts of [`Model::watch_in`] of the same
    /// record, by which one of an active pair is had for nothing.
    pub fn explain_in(
        &self,
        standing: &Standing,
        watched: Option<&[Forecast]>,
        (a, b): (&str, &str),
    ) -> Result<Option<Forecast>, Error> {
        let Standing { index, memories, state, history, .. } = standing;
        let Some(pair) = index.pair(a, b) else { return Ok(None) };
        let as_of = standing.as_of();
        let (first, second) = index.codes(pair);
        let known = watched.and_then(|list| list.iter().find(|f| f.pair.0 == *first && f.pair.1 == *second));
        let found = match known {
            Some(forecast) => Some(forecast.clone()),
            None => self.forecasts(index, memories, state, as_of, &[pair])?.pop(),
        };
        let Some(mut forecast) = found else { return Ok(None) };
        let row = Surroundings::new(memories).features(pair);
        (forecast.drivers, forecast.sum) = self.drivers(&row, &forecast.members)?;
        forecast
            .drivers
            .sort_by(|a, b| b.log_odds.abs().total_cmp(&a.log_odds.abs()).then_with(|| a.feature.cmp(&b.feature)));
        let shares = self.hawkes.explain_from(state, index, as_of, pair);
        forecast.events = shares
            .into_iter()
            .take(50)
            .map(|s| Weighted {
                event: history.events()[s.event].id.clone(),
                share: s.share,
                third_party: s.third_party,
            })
            .collect();
        Ok(Some(forecast))
    }

    /// Forecasts for one pair on several days in rising order, each by what was known at the day's end, without drivers
    /// and events; `None` on days by which nothing is known between the two. The record is walked once: the same as
    /// [`Model::explain`] on each day but for the rounding of memories that fade in several steps.
    pub fn line(&self, history: &History, days: &[Day], a: &str, b: &str) -> Result<Vec<Option<Forecast>>, Error> {
        let index = Index::new(history);
        let Some(pair) = index.pair(a, b) else { return Ok(vec![None; days.len()]) };
        let mut memories = Memories::new(&index);
        days.iter()
            .map(|&day| {
                memories.advance(day);
                if memories.pairs[pair].days.is_empty() {
                    return Ok(None);
                }
                Ok(self.forecasts(&index, &memories, &State::at(&index, day), day, &[pair])?.pop())
            })
            .collect()
    }

    /// The lines of all pairs at once: for each of several days in rising order, forecasts for the pairs that were active then,
    /// by their codes. Those of [`Model::watch`] on each day but for rounding.
    pub fn lines(&self, history: &History, days: &[Day]) -> Result<Vec<Vec<Forecast>>, Error> {
        let index = Index::new(history);
        let mut memories = Memories::new(&index);
        days.iter()
            .map(|&day| {
                memories.advance(day);
                self.forecasts(&index, &memories, &State::at(&index, day), day, &active(&memories, day))
            })
            .collect()
    }

    /// What each feature adds to the pooled log-odds, in the order of the features.
    fn drivers(&self, row: &[f64], members: &[f64; 3]) -> Result<(Vec<Driver>, Sum), Error> {
        let mut x = Table::new(row.len());
        x.push(row);
        let mut trees = self.trees.contributions(&x)?.pop().expect("one row gives one row");
        let starts = [self.logistic.intercept, trees.pop().expect("what all start from comes last")];
        let weights = &self.pool.weights;
        let drivers = features::names()
            .iter()
            .zip(row)
            .zip(self.logistic.contributions(row).into_iter().zip(trees))
            .map(|((name, value), by_member)| Driver {
                feature: name.clone(),
                value: *value,
                log_odds: weights[0] * by_member.0 + weights[1] * by_member.1,
                by_member: by_member.into(),
            })
            .collect();
        let sum = Sum {
            pooled: logit(self.pool.probability(members)),
            constant: self.pool.shift + weights[0] * starts[0] + weights[1] * starts[1],
            process: weights[2] * logit(members[2]),
            starts,
        };
        Ok((drivers, sum))
    }

    /// Forecasts by a record walked up to the end of `as_of`.
    pub(crate) fn forecasts(
        &self,
        index: &Index,
        memories: &Memories<'_>,
        state: &State,
        as_of: Day,
        pairs: &[usize],
    ) -> Result<Vec<Forecast>, Error> {
        let around = Surroundings::new(memories);
        let mut x = Table::new(features::names().len());
        for &pair in pairs {
            x.push(&around.features(pair));
        }
        let logistic = self.logistic.probabilities(&x);
        let trees = self.trees.probabilities(&x)?;
        let outcome = self.card.outcome;
        // The process runs over all pairs that live, whichever are asked for, so that one pair's forecast does not
        // depend on the company it is asked in.
        let mut alive: Vec<usize> = (0..index.pairs.len())
            .filter(|&p| memories.pairs[p].acts_within(as_of, 365) >= ACTIVE_ACTS || pairs == [p])
            .collect();
        alive.extend(pairs.iter().filter(|p| !alive.contains(p)).copied().collect::<Vec<_>>());
        let rates = self.hawkes.probabilities_from(state, index, &alive, &[outcome.days()]);
        let whole: usize = memories.pairs.iter().map(|m| m.acts_within(as_of, 365)).sum();
        let mut out = Vec::with_capacity(pairs.len());
        for (i, &pair) in pairs.iter().enumerate() {
            let at = alive.iter().position(|p| *p == pair).expect("every pair asked for is among the living");
            let members = [logistic[i], trees[i], rates[at][0]];
            let memory = &memories.pairs[pair];
            let acts_365 = memory.acts_within(as_of, 365);
            let onset = memory.force_days_within(as_of, crate::outcome::QUIET_DAYS) == 0;
            let pooled = self.pool.probability(&members);
            // Of pairs with next to no acts, and of records with next to none, the models have learnt nothing: they are
            // drawn to the base rate, and the 90 % interval is opened by a factor of four in odds, the 50 % interval
            // by two.
            let whole = (whole as f64 / RECORD_ACTS as f64).min(1.0);
            let trust = whole.min(acts_365 as f64 / ACTIVE_ACTS as f64);
            let (base_rate, stratum) = self.base_rate(acts_365, onset, whole);
            let drawn = |p: f64| sigmoid(trust * logit(p) + (1.0 - trust) * logit(base_rate));
            let p = drawn(self.calibration.probability(pooled));
            let alike = self.experience.alike(p);
            let (a, b) = index.codes(pair);
            let open = |[low, high]: [f64; 2], factor: f64| {
                let by = factor.ln() * (1.0 - trust);
                [low.min(p).min(sigmoid(logit(p) - by)), high.max(p).max(sigmoid(logit(p) + by))]
            };
            let band = self.calibration.bands.as_ref().map(|bands| bands.at(drawn(pooled)));
            let interval_90 = open(band.map_or([0.0, 1.0], |b| b.at_90), 4.0);
            let interval_50 = open(band.map_or([p / 2.0, f64::midpoint(p, 1.0)], |b| b.at_50), 2.0);
            out.push(Forecast {
                pair: (a.clone(), b.clone()),
                as_of,
                outcome,
                p,
                interval_90,
                interval_50,
                alike,
                base_rate,
                stratum,
                onset,
                members,
                acts_365,
                model_until: self.card.until,
                drivers: Vec::new(),
                sum: Sum::default(),
                events: Vec::new(),
            });
        }
        Ok(out)
    }

    /// Forecasts of pairs with next to no acts, beside what they are drawn to: for the record.
    pub(crate) fn seldom(
        &self,
        index: &Index,
        memories: &Memories<'_>,
        as_of: Day,
        pairs: &[usize],
    ) -> Result<Vec<Seldom>, Error> {
        let said = self.forecasts(index, memories, &State::at(index, as_of), as_of, pairs)?;
        let active = |f: &Forecast| if f.onset { self.card.base_rate_onset } else { self.card.base_rate };
        Ok(said
            .iter()
            .map(|f| {
                let pooled = self.calibration.probability(self.pool.probability(&f.members));
                let trust = (f.acts_365 as f64 / ACTIVE_ACTS as f64).min(1.0);
                Seldom {
                    acts: f.acts_365,
                    p: f.p,
                    drawn_to_active: sigmoid(trust * logit(pooled) + (1.0 - trust) * logit(active(f))),
                    active: active(f),
                    stratum: f.base_rate,
                }
            })
            .collect())
    }

    /// The base rate of a pair with so many acts in the last year, and its stratum. `whole` is how far the record holds enough
    /// for a number of acts to tell anything, 0 to 1: below 1 the rate is drawn to that of all active pairs.
    fn base_rate(&self, acts: usize, onset: bool, whole: f64) -> (f64, Option<String>) {
        let active = if onset { self.card.base_rate_onset } else { self.card.base_rate };
        match activity::stratum(&self.card.strata, acts) {
            Some(stratum) => {
                let rate = sigmoid(whole * logit(stratum.rate(onset)) + (1.0 - whole) * logit(active));
                (rate, (whole >= 1.0).then(|| stratum.name.clone()))
            }
            None => (active, None),
        }
    }
}

/// A forecast of a pair with next to no acts.
pub(crate) struct Seldom {
    /// Acts of the last year.
    pub acts: usize,
    /// The probability.
    pub p: f64,
    /// What it would be if it were drawn to the base rate of active pairs.
    pub drawn_to_active: f64,
    /// That base rate.
    pub active: f64,
    /// The base rate of pairs that are named as often.
    pub stratum: f64,
}

/// Pairs with enough acts in the last year to be watched.
fn active(memories: &Memories<'_>, as_of: Day) -> Vec<usize> {
    let acts = |pair: usize| memories.pairs[pair].acts_within(as_of, 365);
    (0..memories.pairs.len()).filter(|&p| acts(p) >= ACTIVE_ACTS).collect()
}
