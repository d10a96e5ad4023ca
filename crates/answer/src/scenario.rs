//! Futures drawn with and without happenings that are made up. Association, not cause.

use forewarn_codebook::EventType;
use forewarn_ledger::Ledger;
use forewarn_outlook::hawkes::{Future, Injection, Scenario as Draw};
use forewarn_outlook::index::Index;
use forewarn_outlook::{Day, Deaths, Event, History, Mark};
use jiff::civil::Date;
use serde::Serialize;

use crate::archive::Archive;
use crate::error::{Error, Result};
use crate::names::Names;
use crate::party::{self, Party};
use crate::shelf::{Kind, Shelf};

/// Pairs that live in the futures beside the one asked about.
const COMPANY: usize = 40;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The two.
    pub parties: [Party; 2],
    /// As of when; otherwise the last day of publication.
    pub as_of: Option<Date>,
    /// Days ahead.
    pub days: u32,
    /// Happenings to put in, as [`injection`] reads them.
    pub injected: Vec<Injection>,
    /// How many futures to draw.
    pub runs: u32,
    /// Seed of the draws: the same seed gives the same futures.
    pub seed: u64,
}

/// Futures with and without.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scenario {
    /// The two.
    pub parties: [Party; 2],
    /// Only what had been published by the end of this day was used.
    pub as_of: Date,
    /// Why this day, in words.
    #[serde(skip)]
    pub as_of_why: String,
    /// The day after which futures are drawn.
    pub origin: Day,
    /// Days ahead.
    pub horizon_days: u32,
    /// How many futures.
    pub runs: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// What was put in.
    pub injected: Vec<Injection>,
    /// Futures of the record as it is.
    pub without: Future,
    /// Futures with what was put in.
    pub with: Future,
    /// How to read it.
    pub remark: Vec<String>,
}

/// Draws futures. The process is that of the 90-day model, or of the horizon's where there is none.
///
/// # Errors
/// When the two are one, no day can be told, there is no model, or the ledger cannot be read.
pub fn scenario(
    archive: &Archive,
    ledger: &Ledger,
    names: &Names,
    shelf: &Shelf,
    question: &Question,
) -> Result<Scenario> {
    let [a, b] = &question.parties;
    if a == b {
        return Err(Error::Same(a.name.clone(), b.name.clone()));
    }
    let model = shelf.model(Kind::Force.outcome(90)).or_else(|_| shelf.model(Kind::Force.outcome(question.days)))?;
    let extent = archive.extent(question.as_of)?;
    let record = archive.known(ledger, &names.actors, extent.as_of)?;
    let as_of = Day::of(extent.as_of);
    let injected = &question.injected;
    // Futures start on the day after the last happening that is put in; until then the record only fades.
    let origin = injected.iter().map(|i| i.day).max().unwrap_or(as_of).max(as_of);
    let history = with_places(&record.history.as_of(as_of), a, b, injected, origin);
    let index = Index::new(&history);
    let pair = index.pair(&a.code, &b.code).expect("a place was made for it");
    let draw =
        Draw { pair, origin, horizon: question.days, runs: question.runs, seed: question.seed, company: COMPANY };
    let without = model.hawkes().simulate(&index, &draw, &[]);
    let with = model.hawkes().simulate(&index, &draw, injected);
    Ok(Scenario {
        parties: question.parties.clone(),
        as_of: extent.as_of,
        as_of_why: extent.why,
        origin,
        horizon_days: question.days,
        runs: question.runs,
        seed: question.seed,
        remark: remarks((as_of, origin), injected, &without, &with, question.runs),
        injected: question.injected.clone(),
        without,
        with,
    })
}

fn remarks(
    (as_of, origin): (Day, Day),
    injected: &[Injection],
    without: &Future,
    with: &Future,
    runs: u32,
) -> Vec<String> {
    let mut out = vec![
        "Association, not cause: this is what tends to follow such happenings in the record, for whatever reason, not what \
         they would bring about."
            .to_owned(),
        "The process alone is not calibrated: read the difference, and take the level from forewarn ask.".to_owned(),
    ];
    let change = with.p_force - without.p_force;
    // Two standard errors of a difference of shares; the same draws serve both, so the true one is smaller.
    let noise = 2.0 * (without.p_force * (1.0 - without.p_force) * 2.0 / f64::from(runs.max(1))).sqrt();
    let kind = |m: Mark| matches!(m, Mark::VerbalCooperation | Mark::MaterialCooperation);
    if origin > as_of {
        out.push(format!("Nothing is drawn between {as_of} and {origin}: until then the record only fades."));
    }
    if injected.is_empty() {
        out.push("Nothing was put in: both columns are the same futures.".to_owned());
    } else if change.abs() <= noise {
        out.push("The difference is no larger than chance between draws.".to_owned());
    } else if change > 0.0 && injected.iter().all(|i| kind(i.mark)) {
        out.push(
            "Cooperation raises the risk here. Talks, aid and retreats cluster around crises, so that in the record they come \
             before force more often than silence does. It does not mean that they lead to it."
                .to_owned(),
        );
    }
    out
}

/// A sort of act in words.
pub fn name(mark: Mark) -> &'static str {
    match mark {
        Mark::VerbalCooperation => "verbal cooperation",
        Mark::MaterialCooperation => "material cooperation",
        Mark::VerbalConflict => "verbal conflict",
        Mark::MaterialConflict => "material conflict",
        Mark::Force => "force",
    }
}

/// Reads `2023-10-02 SRB retreat XKX`: a day, who, a PLOVER type or sort of act, to whom.
///
/// # Errors
/// [`Error::Injection`], or that a party is unknown.
pub fn injection(text: &str, names: &Names) -> Result<Injection> {
    let fault = || {
        let expected = "expected a day, who, an act and to whom, such as \"2023-10-02 SRB retreat XKX\"";
        Error::Injection(format!("\"{text}\": {expected}"))
    };
    let mut words = text.split_whitespace();
    let (Some(day), Some(actor), Some(act), Some(recipient), None) =
        (words.next(), words.next(), words.next(), words.next(), words.next())
    else {
        return Err(fault());
    };
    let day: Day = day.parse().map_err(|_| fault())?;
    let mark = match act.to_lowercase().as_str() {
        "talks" | "verbal-cooperation" => Mark::VerbalCooperation,
        "material-cooperation" => Mark::MaterialCooperation,
        "verbal-conflict" => Mark::VerbalConflict,
        "material-conflict" => Mark::MaterialConflict,
        "force" => Mark::Force,
        other => {
            let kind = EventType::parse(&other.to_uppercase()).ok_or_else(|| {
                Error::Injection(format!(
                    "{act}: no act is called so; use a PLOVER type (consult, retreat, threaten, mobilize, assault …), talks, \
                     verbal-cooperation, material-cooperation, verbal-conflict, material-conflict or force"
                ))
            })?;
            Mark::of(kind.quad_class(), kind.as_str() == "ASSAULT").expect("every type has a quad class")
        }
    };
    let side = |word: &str| party::resolve(word, names).map(|p| p.code.to_string());
    Ok(Injection { day, actor: side(actor)?, recipient: side(recipient)?, mark })
}

/// The history with a place for every pair that is asked about or put in: an event so late that no future sees it.
fn with_places(history: &History, a: &Party, b: &Party, injected: &[Injection], origin: Day) -> History {
    let mut events: Vec<Event> = history.events().to_vec();
    let pairs = injected.iter().map(|i| (i.actor.as_str(), i.recipient.as_str()));
    for (actor, recipient) in pairs.chain([(a.code.as_str(), b.code.as_str())]) {
        events.push(Event {
            id: "place".into(),
            day: origin.plus(100_000),
            known: origin.plus(100_000),
            actor: actor.into(),
            recipient: recipient.into(),
            mark: Mark::VerbalCooperation,
            goldstein: 0.0,
            deaths: Deaths::default(),
            reports: 0,
        });
    }
    History::new(events)
}
