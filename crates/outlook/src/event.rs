//! Events as the outlook needs them, and the history that they make up.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::Day;

/// What sort of act an event is: the quad classes, with force (CAMEO 18-20, PLOVER ASSAULT, WEIS 22) taken out of the
/// fourth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Talks, visits, praise, agreement.
    VerbalCooperation,
    /// Aid, yielding, joint action.
    MaterialCooperation,
    /// Accusations, demands, refusals, threats.
    VerbalConflict,
    /// Sanctions, arrests, mobilisation, protest: conflict in deeds short of force.
    MaterialConflict,
    /// Assault, fighting, killing.
    Force,
}

impl Mark {
    /// All marks, in their order.
    pub const ALL: [Self; 5] =
        [Self::VerbalCooperation, Self::MaterialCooperation, Self::VerbalConflict, Self::MaterialConflict, Self::Force];

    /// Its place in [`Mark::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The mark of a quad class (1-4) and whether the act is force; `None` for any other number.
    pub fn of(quad_class: u8, force: bool) -> Option<Self> {
        match (quad_class, force) {
            (_, true) => Some(Self::Force),
            (1, _) => Some(Self::VerbalCooperation),
            (2, _) => Some(Self::MaterialCooperation),
            (3, _) => Some(Self::VerbalConflict),
            (4, _) => Some(Self::MaterialConflict),
            _ => None,
        }
    }

    /// The quad class, 1-4.
    pub fn quad_class(self) -> u8 {
        (self.index() as u8 + 1).min(4)
    }

    /// A short name for features and charts.
    pub fn name(self) -> &'static str {
        ["vcoop", "mcoop", "vconf", "mconf", "force"][self.index()]
    }
}

/// People killed, as ranges; silence of the sources is `None`, never 0. Half as large as three options: histories have a
/// million of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Figures", into = "Figures")]
pub struct Deaths([u32; 3]);

/// How [`Deaths`] are written.
#[derive(Default, Serialize, Deserialize)]
struct Figures {
    low: Option<u32>,
    best: Option<u32>,
    high: Option<u32>,
}

impl Deaths {
    /// Stands for silence.
    const NONE: u32 = u32::MAX;

    /// From figures; more than 4,294,967,294 count as so many.
    pub fn new(low: Option<u32>, best: Option<u32>, high: Option<u32>) -> Self {
        Self([low, best, high].map(|n| n.map_or(Self::NONE, |n| n.min(Self::NONE - 1))))
    }

    fn figure(self, at: usize) -> Option<u32> {
        Some(self.0[at]).filter(|n| *n != Self::NONE)
    }

    /// Lowest figure given.
    pub fn low(self) -> Option<u32> {
        self.figure(0)
    }

    /// Best figure.
    pub fn best(self) -> Option<u32> {
        self.figure(1)
    }

    /// Highest figure given.
    pub fn high(self) -> Option<u32> {
        self.figure(2)
    }
}

impl Default for Deaths {
    fn default() -> Self {
        Self([Self::NONE; 3])
    }
}

impl From<Figures> for Deaths {
    fn from(f: Figures) -> Self {
        Self::new(f.low, f.best, f.high)
    }
}

impl From<Deaths> for Figures {
    fn from(d: Deaths) -> Self {
        Self { low: d.low(), best: d.best(), high: d.high() }
    }
}

/// One happening between two parties.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The incident's id, by which every number can be followed down.
    pub id: SmolStr,
    /// When it happened.
    pub day: Day,
    /// When it became known: the day of the first report. Never before [`Event::day`] in effect.
    pub known: Day,
    /// Code of the acting side.
    pub actor: SmolStr,
    /// Code of the side acted upon.
    pub recipient: SmolStr,
    /// What sort of act.
    pub mark: Mark,
    /// Goldstein scale, -10 to 10.
    pub goldstein: f32,
    /// People killed.
    #[serde(default)]
    pub deaths: Deaths,
    /// How many reports tell of it: the volume of reporting.
    #[serde(default = "one")]
    pub reports: u32,
}

fn one() -> u32 {
    1
}

/// Events in the order of their days. Events of a party with itself are left out: a history is of relations. A copy shares
/// them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    events: Arc<Vec<Event>>,
}

impl History {
    /// Sorts events by day, then parties, mark and id, so that the order they came in does not matter.
    pub fn new(mut events: Vec<Event>) -> Self {
        events.retain(|e| e.actor != e.recipient && !e.actor.is_empty() && !e.recipient.is_empty());
        // In place: what compares as equal is one event twice.
        events.sort_unstable_by(|a, b| {
            (a.day, &a.actor, &a.recipient, a.mark, &a.id).cmp(&(b.day, &b.actor, &b.recipient, b.mark, &b.id))
        });
        Self { events: Arc::new(events) }
    }

    /// The events.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What was known at the end of a day: events that had happened and had been reported.
    #[must_use]
    pub fn as_of(&self, day: Day) -> Self {
        Self { events: Arc::new(self.known(day).map(|(_, e)| e.clone()).collect()) }
    }

    /// The same without a copy of the events, each with its place among all.
    pub fn known(&self, day: Day) -> impl Iterator<Item = (usize, &Event)> + Clone {
        self.events.iter().enumerate().filter(move |(_, e)| e.day <= day && e.known <= day)
    }

    /// First and last day, if there is any event.
    pub fn span(&self) -> Option<(Day, Day)> {
        Some((self.events.first()?.day, self.events.last()?.day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str, day: i32, known: i32) -> Event {
        Event {
            id: id.into(),
            day: Day(day),
            known: Day(known),
            actor: "AAA".into(),
            recipient: "BBB".into(),
            mark: Mark::Force,
            goldstein: -10.0,
            deaths: Deaths::default(),
            reports: 1,
        }
    }

    #[test]
    fn silence_is_no_number() {
        let told = Deaths::new(Some(0), None, Some(u32::MAX));
        assert_eq!((told.low(), told.best(), told.high()), (Some(0), None, Some(u32::MAX - 1)));
        let json = serde_json::to_string(&told).expect("JSON");
        assert_eq!(json, "{\"low\":0,\"best\":null,\"high\":4294967294}");
        assert_eq!(serde_json::from_str::<Deaths>(&json).expect("JSON"), told);
        assert_eq!(serde_json::from_str::<Deaths>("{}").expect("JSON"), Deaths::default());
    }

    #[test]
    fn what_is_published_later_is_not_known_yet() {
        let history = History::new(vec![event("late", 10, 30), event("next", 20, 21), event("first", 5, 5)]);
        let ids = |h: &History| h.events().iter().map(|e| e.id.to_string()).collect::<Vec<_>>();
        assert_eq!(ids(&history.as_of(Day(25))), ["first", "next"]);
        assert_eq!(ids(&history.as_of(Day(30))), ["first", "late", "next"]);
    }
}
