//! Happenings of a ledger as the history that forecasts are made from.
//!
//! A happening with several parties on a side is one event for every pair of codes. Countries stand for themselves, and
//! so do armed groups and peoples; another body stands for itself where its country is not named beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use forewarn_codebook::actors::{Actors, EntryKind};
use forewarn_ledger::{Happening, Ledger, Told};
use forewarn_outlook::model::{Forecast, Model};
use forewarn_outlook::{Day, Deaths, Event, History, Mark, Standing};
use jiff::civil::Date;
use smol_str::SmolStr;

use crate::error::Result;
use crate::ready::Ready;

/// Code of the party that every act in a country is set against, in histories by country.
pub const ANYONE: &str = "~";

/// Happenings, and the history made of them.
pub struct Record {
    /// Those that are held, by id.
    pub happenings: BTreeMap<SmolStr, Happening>,
    /// Of pairs.
    pub history: History,
    ready: Ready,
}

impl Record {
    /// Reads a set as it was told, and holds all of its happenings.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn read(ledger: &Ledger, set: &str, told: Told, actors: &Actors) -> Result<Self> {
        Self::since(ledger, set, told, actors, Date::MIN)
    }

    /// Reads our own claims as of a day. Of happenings before `from` only those are held that are told otherwise now: the
    /// ledger gives the others.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn as_of(ledger: &Ledger, day: Date, actors: &Actors, from: Date) -> Result<Self> {
        let mut events = Vec::new();
        let mut happenings = BTreeMap::new();
        ledger.each_as_of(day, &mut |h, same| {
            of_pair(&h, actors, &mut events);
            if h.day >= from || !same {
                happenings.insert(h.id.clone(), h);
            }
        })?;
        events.shrink_to_fit();
        Ok(Self { happenings, history: History::new(events), ready: Ready::default() })
    }

    /// Reads a set as it was told; of happenings before `from` only the history is held.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn since(ledger: &Ledger, set: &str, told: Told, actors: &Actors, from: Date) -> Result<Self> {
        let mut events = Vec::new();
        let mut happenings = BTreeMap::new();
        ledger.each_happening(set, told, &mut |h| {
            of_pair(&h, actors, &mut events);
            if h.day >= from {
                happenings.insert(h.id.clone(), h);
            }
        })?;
        events.shrink_to_fit();
        Ok(Self { happenings, history: History::new(events), ready: Ready::default() })
    }

    /// How the record stands at the end of a day.
    pub fn standing(&self, day: Day) -> Arc<Standing> {
        self.ready.standing(&self.history, day)
    }

    /// Forecasts for all pairs that are watched, the most probable first, by what was known at the end of a day.
    ///
    /// # Errors
    /// When the model's members fail.
    pub fn watched(&self, model: &Model, day: Day) -> Result<Arc<Vec<Forecast>>> {
        self.ready.watched(&self.history, model, day)
    }

    /// The forecast for two parties with what moves it; none where nothing is known between them.
    ///
    /// # Errors
    /// When the model's members fail.
    pub fn explained(&self, model: &Model, day: Day, pair: (&str, &str)) -> Result<Option<Forecast>> {
        let watched = self.watched(model, day)?;
        Ok(model.explain_in(&self.standing(day), Some(&watched), pair)?)
    }

    /// The history in which each incident of our own is as it was told on the first day of its reports. It is made of this
    /// one, which is as incidents are told now, and of those that later reports told anew.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn retold(&self, ledger: &Ledger, actors: &Actors) -> Result<History> {
        let mut events = Vec::new();
        let mut again = BTreeSet::new();
        ledger.each_retold(&mut |id, told| {
            again.insert(id);
            if let Some(h) = told {
                of_pair(&h, actors, &mut events);
            }
        })?;
        events.reserve_exact(self.history.events().len());
        events.extend(self.history.events().iter().filter(|e| !again.contains(&e.id)).cloned());
        Ok(History::new(events))
    }

    /// The last day on which anything became known.
    pub fn last_known(&self) -> Option<Date> {
        self.history.events().iter().map(|e| e.known.date()).max()
    }

    /// Ids of happenings between two parties, by day, then id.
    pub fn ids_between(&self, a: &str, b: &str) -> Vec<&SmolStr> {
        let mut out: Vec<(Day, &SmolStr)> = self
            .history
            .events()
            .iter()
            .filter(|e| (e.actor == a && e.recipient == b) || (e.actor == b && e.recipient == a))
            .map(|e| (e.day, &e.id))
            .collect();
        out.sort();
        out.dedup();
        out.into_iter().map(|(_, id)| id).collect()
    }

    /// Happenings between two parties of those that are held, by day, then id.
    pub fn between(&self, a: &str, b: &str) -> Vec<&Happening> {
        self.ids_between(a, b).into_iter().filter_map(|id| self.happenings.get(id)).collect()
    }

    /// A happening: one that is held, or out of the ledger.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn happening(&self, ledger: &Ledger, id: &str) -> Result<Option<Happening>> {
        match self.happenings.get(id) {
            Some(known) => Ok(Some(known.clone())),
            None => Ok(ledger.happening(id)?),
        }
    }
}

/// What sort of act a happening is; `None` for mere statements of foreign sets.
pub fn mark(h: &Happening) -> Option<Mark> {
    Mark::of(h.quad_class, h.event_type == "ASSAULT")
}

/// One event for every pair of codes of the two sides.
pub fn of_pairs(happenings: &[Happening], actors: &Actors) -> History {
    let mut events = Vec::new();
    for h in happenings {
        of_pair(h, actors, &mut events);
    }
    History::new(events)
}

fn of_pair(h: &Happening, actors: &Actors, events: &mut Vec<Event>) {
    let Some(mark) = mark(h) else { return };
    let recipients = standing(&h.recipient, actors);
    for actor in standing(&h.actor, actors) {
        for recipient in &recipients {
            events.push(event(h, mark, actor.clone(), recipient.clone()));
        }
    }
}

/// One event for every happening in a country, set against [`ANYONE`]. Force is only what is said to have killed.
pub fn of_countries(happenings: &[Happening]) -> History {
    let mut events = Vec::new();
    for h in happenings {
        let (Some(country), Some(mut mark)) = (&h.country, mark(h)) else { continue };
        let killed = h.killed.low.or(h.killed.best).or(h.killed.high).is_some_and(|n| n > 0);
        if mark == Mark::Force && !killed {
            mark = Mark::MaterialConflict;
        }
        events.push(event(h, mark, country.clone(), ANYONE.into()));
    }
    History::new(events)
}

fn event(h: &Happening, mark: Mark, actor: SmolStr, recipient: SmolStr) -> Event {
    let figure = |n: Option<u64>| n.map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    Event {
        id: h.id.clone(),
        day: Day::of(h.day),
        known: Day::of(h.known),
        actor,
        recipient,
        mark,
        goldstein: h.goldstein as f32,
        deaths: Deaths::new(figure(h.killed.low), figure(h.killed.best), figure(h.killed.high)),
        reports: h.reports,
    }
}

/// The codes of a side that stand for themselves.
pub fn standing(codes: &[SmolStr], actors: &Actors) -> Vec<SmolStr> {
    let stands = |code: &SmolStr| match actors.by_code(code) {
        Some(e) => match e.kind {
            EntryKind::Country | EntryKind::Group | EntryKind::Ethnic => true,
            _ => e.country.as_ref().is_none_or(|c| !codes.contains(c)),
        },
        None => true,
    };
    codes.iter().filter(|c| stands(c)).cloned().collect()
}

/// The countries that a happening touches beyond the codes of its sides: the states that its peoples bear the name of,
/// the countries that its groups are of, and where it happened.
pub fn touched(h: &Happening, actors: &Actors) -> Vec<SmolStr> {
    let mut out: Vec<SmolStr> = Vec::new();
    for code in h.actor.iter().chain(&h.recipient) {
        out.push(code.clone());
        if let Some(e) = actors.by_code(code) {
            out.extend(e.country.clone());
            out.extend(e.bond.clone().filter(|_| e.kind == EntryKind::Ethnic));
        }
    }
    out.extend(h.country.clone());
    out.sort();
    out.dedup();
    out
}
