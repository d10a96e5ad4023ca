//! PLOVER 2.0's event types, modes and contexts, CAMEO 1.1b3's codes, and the scales on both.
//!
//! Types, modes, scores and contexts: PLOVER manual, draft 2.0 (December 2023), tables of events and of
//! contexts. Quad classes are recomputed from the type, never copied from a data set, because data sets
//! disagree (GDELT puts protest in class 3, PLOVER in 4).

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::fault::{Faults, nearest};

/// A PLOVER 2.0 event type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)] // The names are PLOVER's own; each has its page in `codebook/`.
pub enum EventType {
    Agree,
    Consult,
    Support,
    Cooperate,
    Aid,
    Concede,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

/// What PLOVER says of a type.
struct TypeFacts {
    name: &'static str,
    quad: u8,
    score: f32,
    cameo: &'static str,
    /// Mode, its score, its default CAMEO code.
    modes: &'static [(&'static str, f32, &'static str)],
}

/// In the order of [`EventType`]. The manual prints ACCUSE's score without its sign; its modes and
/// neighbours show that -3 is meant. The text puts SANCTION in quad 4, one table in 3: the text is followed.
#[rustfmt::skip]
static FACTS: [TypeFacts; 16] = [
    TypeFacts { name: "AGREE", quad: 1, score: 2.5, cameo: "030", modes: &[] },
    TypeFacts { name: "CONSULT", quad: 1, score: 2.5, cameo: "040", modes: &[
        ("visit", 4.0, "042"), ("third-party", 1.0, "045"), ("multilateral", 4.0, "046"), ("phone", 1.5, "041")] },
    TypeFacts { name: "SUPPORT", quad: 1, score: 5.0, cameo: "051", modes: &[] },
    TypeFacts { name: "COOPERATE", quad: 2, score: 9.5, cameo: "060", modes: &[] },
    TypeFacts { name: "AID", quad: 2, score: 10.0, cameo: "070", modes: &[] },
    TypeFacts { name: "CONCEDE", quad: 1, score: 4.5, cameo: "080", modes: &[] },
    TypeFacts { name: "RETREAT", quad: 2, score: 6.5, cameo: "087", modes: &[
        ("withdraw", 8.0, "0874"), ("release", 6.5, "0841"), ("disarm", 10.0, "0873"), ("ceasefire", 7.5, "0871"),
        ("access", 6.5, "086"), ("resign", 4.5, "0831")] },
    TypeFacts { name: "REQUEST", quad: 3, score: 0.0, cameo: "020", modes: &[
        ("assist", 0.5, "023"), ("change", -1.0, "024"), ("yield", -1.0, "025"), ("meet", 0.0, "026")] },
    TypeFacts { name: "ACCUSE", quad: 3, score: -3.0, cameo: "112", modes: &[
        ("disapprove", -2.0, "111"), ("investigate", -3.5, "090"), ("allege", -3.5, "112")] },
    TypeFacts { name: "REJECT", quad: 3, score: -2.0, cameo: "120", modes: &[
        ("assist", -1.5, "121"), ("change", -2.0, "123"), ("yield", -2.0, "124"), ("meet", -2.0, "125")] },
    TypeFacts { name: "THREATEN", quad: 3, score: -3.5, cameo: "130", modes: &[
        ("restrict", -3.0, "132"), ("arrest", -3.5, "132"), ("relations", -3.5, "131"), ("expel", -3.5, "131"),
        ("territory", -4.0, "138"), ("violence", -3.5, "138")] },
    TypeFacts { name: "PROTEST", quad: 4, score: -5.0, cameo: "140", modes: &[
        ("demo", -5.0, "141"), ("riot", -7.0, "145"), ("strike", -5.0, "143"), ("hunger", -4.5, "142"),
        ("boycott", -4.5, "143"), ("obstruct", -4.5, "144"), ("vandalize", -5.0, "145")] },
    TypeFacts { name: "SANCTION", quad: 4, score: -6.0, cameo: "160", modes: &[
        ("convict", -6.0, "160"), ("expel", -5.5, "166"), ("withdraw", -6.0, "164"), ("discontinue", -6.0, "161")] },
    TypeFacts { name: "MOBILIZE", quad: 4, score: -5.5, cameo: "150", modes: &[
        ("troops", -6.5, "154"), ("weapons", -6.5, "154"), ("police", -5.5, "151"), ("militia", -6.0, "154")] },
    TypeFacts { name: "COERCE", quad: 4, score: -7.0, cameo: "170", modes: &[
        ("seize", -7.0, "171"), ("restrict", -7.0, "172"), ("arrest", -7.0, "173"), ("deport", -7.0, "174"),
        ("withhold", -7.0, "172"), ("cyber", -7.0, "170"), ("censor", -6.5, "172"), ("curfew", -6.5, "1723"),
        ("misinformation", -6.5, "170"), ("martial-law", -7.5, "1724")] },
    TypeFacts { name: "ASSAULT", quad: 4, score: -9.0, cameo: "190", modes: &[
        ("abduct", -8.5, "181"), ("torture", -8.5, "1822"), ("sexual", -8.5, "1821"), ("destroy", -8.5, "1712"),
        ("beat", -7.5, "182"), ("crowd-control", -7.5, "175"), ("primitive", -8.0, "182"), ("firearms", -9.0, "193"),
        ("explosives", -9.0, "183"), ("targeted", -9.5, "186"), ("suicide-attack", -9.5, "1831"),
        ("aerial", -9.5, "195"), ("drone", -9.5, "1952"), ("heavy-weapons", -9.5, "194"),
        ("unconventional", -10.0, "204")] },
];

/// PLOVER 2.0's 37 contexts.
#[rustfmt::skip]
pub const CONTEXTS: [&str; 37] = [
    "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy",
    "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression",
    "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping",
    "health", "asylum", "migration", "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn",
    "cyber", "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
];

/// PLOVER's sectors, with the roots of actors that belong to no state.
#[rustfmt::skip]
pub const SECTORS: [&str; 33] = [
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
    "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC",
    "SET",
];

impl EventType {
    /// Every type, in the order of the enum.
    #[rustfmt::skip]
    pub const ALL: [Self; 16] = [
        Self::Agree, Self::Consult, Self::Support, Self::Cooperate, Self::Aid, Self::Concede, Self::Retreat,
        Self::Request, Self::Accuse, Self::Reject, Self::Threaten, Self::Protest, Self::Sanction, Self::Mobilize,
        Self::Coerce, Self::Assault,
    ];

    fn facts(self) -> &'static TypeFacts {
        &FACTS[self as usize]
    }

    /// PLOVER's name, in capitals.
    pub fn as_str(self) -> &'static str {
        self.facts().name
    }

    /// The type called `name` (capitals).
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == name)
    }

    /// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn quad_class(self) -> u8 {
        self.facts().quad
    }

    /// The modes, in the manual's order.
    pub fn modes(self) -> impl Iterator<Item = &'static str> {
        self.facts().modes.iter().map(|m| m.0)
    }

    /// PLOVER's score of the mode, or of the type where the mode has none (-10 to 10).
    pub fn score(self, mode: Option<&str>) -> f32 {
        let of_mode = self.facts().modes.iter().find(|m| Some(m.0) == mode).map(|m| m.1);
        of_mode.unwrap_or(self.facts().score)
    }

    /// The CAMEO code where nothing says a finer one.
    pub fn default_cameo(self, mode: Option<&str>) -> &'static str {
        let of_mode = self.facts().modes.iter().find(|m| Some(m.0) == mode).map(|m| m.2);
        of_mode.unwrap_or(self.facts().cameo)
    }

    /// The bit of this type in a set of types.
    pub fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// What is known of a CAMEO code.
#[derive(Clone, Debug, PartialEq)]
pub struct Cameo {
    /// Two to four digits.
    pub code: SmolStr,
    /// Goldstein scale, -10 to 10 (ICEWS's values).
    pub goldstein: f32,
    /// PLOVER type, none for statements (root 01).
    pub event: Option<EventType>,
    /// PLOVER mode.
    pub mode: Option<SmolStr>,
    /// PLOVER contexts.
    pub contexts: Vec<SmolStr>,
}

/// The CAMEO table, by code.
#[derive(Debug, Default)]
pub struct CameoTable(FxHashMap<SmolStr, Cameo>);

impl CameoTable {
    /// The entry of `code`.
    pub fn get(&self, code: &str) -> Option<&Cameo> {
        self.0.get(code)
    }

    /// All entries in the order of their codes.
    pub fn sorted(&self) -> Vec<&Cameo> {
        let mut all: Vec<_> = self.0.values().collect();
        all.sort_by(|a, b| a.code.cmp(&b.code));
        all
    }

    pub(crate) fn read(file: &str, text: &str, faults: &mut Faults) -> Self {
        let mut table = FxHashMap::default();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.split('#').next().unwrap_or("").trim();
            if line.is_empty() {
                continue;
            }
            let columns: Vec<&str> = line.split_whitespace().collect();
            let &[code, goldstein, event, contexts] = columns.as_slice() else {
                faults.add(
                    file,
                    number,
                    format!("found {} columns, expected code, Goldstein value, type, contexts", columns.len()),
                );
                continue;
            };
            let Ok(goldstein) = goldstein.parse::<f32>() else {
                faults.add(file, number, format!("Goldstein value `{goldstein}` is no number"));
                continue;
            };
            let (name, mode) = event.split_once('/').map_or((event, None), |(e, m)| (e, Some(m)));
            let event = if name == "-" { None } else { parse_type(file, number, name, faults) };
            if let (Some(e), Some(m)) = (event, mode) {
                check_mode(file, number, e, m, faults);
            }
            let contexts = read_contexts(file, number, contexts, faults);
            let entry = Cameo { code: code.into(), goldstein, event, mode: mode.map(SmolStr::new), contexts };
            if table.insert(SmolStr::new(code), entry).is_some() {
                faults.add(file, number, format!("code {code} is here twice"));
            }
        }
        Self(table)
    }
}

pub(crate) fn parse_type(file: &str, line: usize, name: &str, faults: &mut Faults) -> Option<EventType> {
    let found = EventType::parse(name);
    if found.is_none() {
        let hint = nearest(name, EventType::ALL.map(EventType::as_str)).map(|n| format!("; did you mean {n}?"));
        faults.add(file, line, format!("unknown event type `{name}`{}", hint.unwrap_or_default()));
    }
    found
}

pub(crate) fn check_mode(file: &str, line: usize, event: EventType, mode: &str, faults: &mut Faults) {
    if !event.modes().any(|m| m == mode) {
        let known: Vec<_> = event.modes().collect();
        faults.add(file, line, format!("{} has no mode `{mode}`; its modes: {}", event.as_str(), known.join(", ")));
    }
}

pub(crate) fn read_contexts(file: &str, line: usize, list: &str, faults: &mut Faults) -> Vec<SmolStr> {
    let mut out = Vec::new();
    for c in list.split(';').map(str::trim).filter(|c| !c.is_empty() && *c != "-") {
        if CONTEXTS.contains(&c) {
            out.push(SmolStr::new(c));
        } else {
            let hint = nearest(c, CONTEXTS).map(|n| format!("; did you mean {n}?")).unwrap_or_default();
            faults.add(file, line, format!("unknown context `{c}`{hint}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let text = crate::files::text("dictionaries/cameo.txt").expect("embedded");
        let mut faults = Faults::default();
        let table = CameoTable::read("dictionaries/cameo.txt", text, &mut faults);
        assert_eq!(faults.0, []);
        assert_eq!(table.sorted().len(), 314);
        for t in EventType::ALL {
            for mode in std::iter::once(None).chain(t.modes().map(Some)) {
                let code = t.default_cameo(mode);
                assert!(table.get(code).is_some(), "{} {mode:?} -> {code}", t.as_str());
            }
        }
    }

    #[test]
    fn quad_classes_follow_the_type() {
        assert_eq!(EventType::Protest.quad_class(), 4);
        assert_eq!(EventType::Assault.score(Some("torture")), -8.5);
        assert_eq!(EventType::Assault.score(None), -9.0);
    }
}
