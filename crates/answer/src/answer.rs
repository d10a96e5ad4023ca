//! The answer to a question about two parties: a probability with all that stands behind it.

use forewarn_ledger::{Happening, Ledger};
use forewarn_outlook::model::{ACTIVE_ACTS, Forecast, Model, RECORD_ACTS};
use forewarn_outlook::pool::Alike;
use forewarn_outlook::{Day, Mark};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

use crate::archive::Archive;
use crate::drivers::{self, Mover};
use crate::error::{Error, Result};
use crate::evidence::{self, Evidence, Statement};
use crate::history::{Record, standing, touched};
use crate::names::Names;
use crate::party::Party;
use crate::past::{self, BEFORE, Past};
use crate::shelf::Kind;
use crate::shelf::Shelf;
use crate::words;

/// Reports in a year below which data is little.
const FEW_REPORTS: u64 = 200;

/// A probability and how far it can be trusted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Said {
    /// What is forecast, in words.
    pub outcome: String,
    /// The probability.
    pub p: f64,
    /// In words, by the published table.
    pub words: &'static str,
    /// Between which the frequency of forecasts like this lies, with 90 % confidence.
    pub interval_90: [f64; 2],
    /// The same with 50 % confidence.
    pub interval_50: [f64; 2],
    /// How often it comes true between pairs as often named and as quiet, or not, as this one.
    pub base_rate: f64,
    /// Which pairs the base rate is of, by how often they are named; none where it is of all that are in the news.
    pub stratum: Option<String>,
    /// How often forecasts like this came true.
    pub alike: Option<Alike>,
    /// What the members of the model say: logistic regression, trees, Hawkes process. Empty where nothing is known.
    pub members: Vec<f64>,
}

/// The same forecast on an earlier day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Earlier {
    /// The day.
    pub as_of: Date,
    /// The probability then; `None` where nothing was known between the two.
    pub p: Option<f64>,
    /// Its interval.
    pub interval_90: Option<[f64; 2]>,
}

/// What the answer rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Data {
    /// The event set.
    pub set: String,
    /// Last day of publication that was used.
    pub through: Date,
    /// Reports published up to the day.
    pub reports: u64,
    /// Reports published in the year up to it.
    pub reports_365: u64,
    /// Happenings between the two.
    pub acts: usize,
    /// Of the last year.
    pub acts_365: usize,
    /// Reports that tell of those of the last year.
    pub reports_of_acts_365: u32,
    /// Claims between the two of the last year that count for nothing, by factuality.
    pub not_counted: Vec<(String, usize)>,
}

/// Which model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Means {
    /// The file, or that it is the bundled one.
    pub from: String,
    /// What it was fitted on.
    pub data: String,
    /// The last day it had learnt from.
    pub until: Date,
    /// Situations it learnt from.
    pub situations: usize,
    /// Its limits.
    pub limits: String,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The two.
    pub parties: [Party; 2],
    /// Only what had been published by the end of this day was used.
    pub as_of: Date,
    /// Why this day, in words.
    pub as_of_why: String,
    /// Days ahead.
    pub horizon_days: u32,
    /// What to know before reading on.
    pub cautions: Vec<String>,
    /// Whether force would be an onset after half a year without any.
    pub onset: bool,
    /// Force within the horizon.
    pub force: Said,
    /// Three or more incidents of force, where there is a model of it.
    pub clash: Option<Said>,
    /// The same forecast earlier.
    pub earlier: Vec<Earlier>,
    /// What would have been said in the year before, and what came.
    pub past: Vec<Past>,
    /// Happenings that carry the present rate of force, the heaviest first.
    pub moved: Vec<Evidence>,
    /// Late conflict around the two that is not between them.
    pub around: Vec<Evidence>,
    /// What is denied, disavowed or told in different ways. Counts as nothing that happened.
    pub disputed: Vec<Statement>,
    /// Cooperation between the two of the last quarter.
    pub against: Vec<Evidence>,
    /// What raises the forecast.
    pub raises: Vec<Mover>,
    /// What lowers it.
    pub lowers: Vec<Mover>,
    /// What it rests on.
    pub data: Data,
    /// Which model.
    pub model: Means,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The two.
    pub parties: [Party; 2],
    /// As of when; otherwise the last day of publication.
    pub as_of: Option<Date>,
    /// Days ahead.
    pub days: u32,
}

/// Answers.
///
/// # Errors
/// When the two are one, no day can be told, there is no model of the horizon, or the ledger cannot be read.
pub fn answer(archive: &Archive, ledger: &Ledger, names: &Names, shelf: &Shelf, question: &Question) -> Result<Answer> {
    let [a, b] = &question.parties;
    if a == b {
        return Err(Error::Same(a.name.clone(), b.name.clone()));
    }
    let extent = archive.extent(question.as_of)?;
    let as_of = extent.as_of;
    let back = |days: i64| as_of.checked_sub(days.days()).unwrap_or(as_of);
    let record = archive.known(ledger, &names.actors, as_of)?;
    let model = shelf.model(Kind::Force.outcome(question.days))?;
    let clash = shelf.model(Kind::Clash.outcome(question.days)).ok();
    let forecast = record.explained(model, Day::of(as_of), (&a.code, &b.code))?;
    // Earlier days: each happening as it was first told.
    let line = past::line(archive, (ledger, names), model, (&a.code, &b.code), as_of)?;
    let earlier = BEFORE.map(|days| {
        let day = back(days);
        let then = line.iter().find(|p| p.as_of == day);
        Earlier { as_of: day, p: then.map(|f| f.p), interval_90: then.map(|f| f.interval_90) }
    });
    let weeks = past::weeks(as_of);
    let past = line.into_iter().filter(|p| weeks.contains(&p.as_of)).collect();
    let acts = record.ids_between(&a.code, &b.code).len();
    let between = record.between(&a.code, &b.code);
    let late: Vec<&Happening> = between.iter().copied().filter(|h| h.day > back(365)).collect();
    let pair = (a, b);
    let moved = moved(ledger, &record, forecast.as_ref(), as_of)?;
    let around = around(ledger, names, &record, pair, &moved, as_of)?;
    let mut against = Vec::new();
    for h in late.iter().rev().filter(|h| h.day > back(90) && matches!(h.quad_class, 1 | 2)).take(5) {
        against.push(evidence::of(ledger, h, as_of)?);
    }
    // With next to nothing to go by, what "drives" the members is how thin the record is.
    let whole = record.history.events().iter().filter(|e| e.day > Day::of(back(365))).count();
    let enough = late.len() >= ACTIVE_ACTS && whole >= RECORD_ACTS;
    let told = forecast.as_ref().filter(|_| enough);
    let (raises, lowers) = told.map(|f| drivers::movers(&f.drivers, 4)).unwrap_or_default();
    let clash = match clash {
        Some(clash) => {
            let forecast = record.explained(clash, Day::of(as_of), (&a.code, &b.code))?;
            Some(said(clash, forecast.as_ref()))
        }
        None => None,
    };
    let data = Data {
        set: archive.set().to_owned(),
        through: extent.last.map_or(as_of, |l| l.min(as_of)),
        reports: extent.reports.0,
        reports_365: extent.reports.1,
        acts,
        acts_365: late.len(),
        reports_of_acts_365: late.iter().map(|h| h.reports).sum(),
        not_counted: evidence::not_counted(ledger, names, pair, back(365), as_of)?,
    };
    let card = &model.card;
    Ok(Answer {
        as_of,
        as_of_why: extent.why,
        horizon_days: question.days,
        cautions: cautions(&data, card.until.date(), as_of, (forecast.is_some(), enough), archive),
        onset: forecast.as_ref().is_none_or(|f| f.onset),
        force: said(model, forecast.as_ref()),
        clash,
        earlier: earlier.into(),
        past,
        moved,
        around,
        disputed: evidence::disputed(ledger, names, pair, &between, back(365), as_of)?,
        against,
        raises,
        lowers,
        data,
        model: Means {
            from: shelf.from.clone(),
            data: card.data.clone(),
            until: card.until.date(),
            situations: card.situations,
            limits: card.limits.clone(),
        },
        parties: question.parties.clone(),
    })
}

fn said(model: &Model, forecast: Option<&Forecast>) -> Said {
    let outcome = model.card.outcome.words();
    if let Some(f) = forecast {
        Said {
            outcome,
            p: f.p,
            words: words::of(f.p),
            interval_90: f.interval_90,
            interval_50: f.interval_50,
            base_rate: f.base_rate,
            stratum: f.stratum.clone(),
            alike: f.alike,
            members: f.members.to_vec(),
        }
    } else {
        // Nothing is told of the two: what is left is the process's constant, the rate of force between parties with nothing
        // behind them; the base rate of pairs in the news bounds it from above.
        let days = f64::from(model.card.outcome.days());
        let mean = 2.0 * days * model.hawkes().weights[Mark::Force.index()][0];
        let fewer: f64 = match model.card.outcome.least() {
            1 => (-mean).exp(),
            _ => (-mean).exp() * (1.0 + mean + mean * mean / 2.0),
        };
        let p = 1.0 - fewer;
        let most = model.card.base_rate_onset.max(p);
        Said {
            outcome,
            p,
            words: words::of(p),
            interval_90: [0.0, most],
            interval_50: [0.0, f64::midpoint(p, most)],
            base_rate: model.card.base_rate_onset,
            stratum: None,
            alike: None,
            members: Vec::new(),
        }
    }
}

fn cautions(data: &Data, until: Date, as_of: Date, (known, enough): (bool, bool), archive: &Archive) -> Vec<String> {
    let mut out = Vec::new();
    if !known {
        out.push(
            "No happening between the two is in the record. What follows is the rate of force between parties with nothing \
             behind them, and the base rate of pairs in the news as its upper end."
                .to_owned(),
        );
    } else if data.acts_365 < ACTIVE_ACTS {
        out.push(format!(
            "Little data: {} between the two in the last year, fewer than the {ACTIVE_ACTS} from which the model has \
             learnt to tell pairs apart. The forecast is drawn towards the base rate and its interval is wide.",
            match data.acts_365 {
                0 => "no happening".to_owned(),
                1 => "one happening".to_owned(),
                n => format!("{n} happenings"),
            }
        ));
    }
    if known && !enough {
        out.push(
            "What drives the models is not told: with so little it would describe the record, not the world."
                .to_owned(),
        );
    }
    out.extend(archive.undated());
    if archive.set() == "forewarn" && data.reports_365 < FEW_REPORTS {
        let n = data.reports_365;
        out.push(format!(
            "The ledger holds {n} report{} of the last year: what it does not tell may have happened all the same.",
            if n == 1 { "" } else { "s" }
        ));
    }
    if as_of <= until {
        out.push(format!(
            "The model had learnt from what was known until {until}, which is not before this day: it may remember what \
             came. For a test of it, fit one with --until (docs/outlook.md)."
        ));
    }
    if data.through < as_of {
        out.push(format!("The ledger ends on {}: nothing published since then is known here.", data.through));
    }
    out
}

/// The happenings that carry the present rate of force.
fn moved(ledger: &Ledger, record: &Record, forecast: Option<&Forecast>, as_of: Date) -> Result<Vec<Evidence>> {
    let mut out: Vec<Evidence> = Vec::new();
    for weighted in forecast.iter().flat_map(|f| &f.events) {
        // One incident may be several events, of several pairs of codes.
        if let Some(known) = out.iter_mut().find(|e| e.incident_id == weighted.event.as_str()) {
            known.share = known.share.map(|s| s + weighted.share);
            continue;
        }
        if out.len() >= 8 || weighted.share < 0.002 {
            continue;
        }
        // What is held no more is read out of the ledger; what a later report took back is no longer there.
        let Some(happening) = record.happening(ledger, &weighted.event)? else { continue };
        let mut one = evidence::of(ledger, &happening, as_of)?;
        one.share = Some(weighted.share);
        one.third_party = weighted.third_party;
        out.push(one);
    }
    Ok(out)
}

/// Late conflict that touches both, by people, group or place, without being between them, and deeds of conflict that one
/// of them has with others. Force first, then the latest.
fn around(
    ledger: &Ledger,
    names: &Names,
    record: &Record,
    (a, b): (&Party, &Party),
    shown: &[Evidence],
    as_of: Date,
) -> Result<Vec<Evidence>> {
    let back = |days: i64| as_of.checked_sub(days.days()).unwrap_or(as_of);
    let between: Vec<&str> = record.between(&a.code, &b.code).iter().map(|h| h.id.as_str()).collect();
    let mut found: Vec<(bool, bool, &Happening)> = Vec::new();
    for h in record.happenings.values() {
        if !matches!(h.quad_class, 3 | 4)
            || between.contains(&h.id.as_str())
            || shown.iter().any(|e| e.incident_id == h.id)
        {
            continue;
        }
        let touched = touched(h, &names.actors);
        let both = touched.contains(&a.code) && touched.contains(&b.code) && h.day > back(365);
        let sides = [&h.actor, &h.recipient].map(|s| standing(s, &names.actors));
        let one =
            sides.iter().any(|s| s.contains(&a.code) || s.contains(&b.code)) && h.quad_class == 4 && h.day > back(30);
        if both || one {
            found.push((both, h.event_type == "ASSAULT", h));
        }
    }
    found.sort_by(|x, y| (y.0, y.1, y.2.day, &x.2.id).cmp(&(x.0, x.1, x.2.day, &y.2.id)));
    found
        .into_iter()
        .take(5)
        .map(|(_, _, h)| {
            let mut one = evidence::of(ledger, h, as_of)?;
            one.third_party = true;
            Ok(one)
        })
        .collect()
}
