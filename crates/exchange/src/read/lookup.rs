//! What rows are looked up in: event codes, countries, names. Answers are kept, because files repeat themselves; what
//! is kept is bounded, because files have no end.

use forewarn_codebook::actors::{Actors, Entry, EntryKind, Form, Scheme};
use forewarn_codebook::{Cameo, CameoTable, EventType};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::Options;
use super::parties::decode;
use crate::event::{CodeScheme, ForeignEvent, ForeignParty};

/// What list the actor codes of a table are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActorScheme {
    /// CAMEO: country, then roles, in chunks of three letters (`KSVGOV`).
    Cameo,
    /// KEDS: the same with its own country codes (`SER`, `FRN`, `GER`; `AUS` is Austria).
    Keds,
    /// Correlates of War abbreviations or numbers.
    Cow,
    /// ISO 3166 alpha-3, perhaps with roles behind.
    Iso3,
    /// Names in words.
    Names,
}

/// What a name stands for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Named {
    pub country: Option<SmolStr>,
    pub sector: Option<SmolStr>,
    pub group: Option<SmolStr>,
    pub ethnicity: Option<SmolStr>,
}

/// Answers kept of each kind.
const KEPT: usize = 1 << 16;

pub(super) struct Lookup<'k> {
    cameo: &'k CameoTable,
    pub actors: &'k Actors,
    /// The user's word on event codes, or the guess.
    pub codes: Option<CodeScheme>,
    /// The user's word on actor codes, or the guess.
    pub parties: Option<ActorScheme>,
    countries: FxHashMap<(Scheme, SmolStr, Option<Date>), Option<SmolStr>>,
    names: FxHashMap<SmolStr, Named>,
    decoded: FxHashMap<(ActorScheme, SmolStr, Date), ForeignParty>,
}

/// The old CAMEO numbering where it differs: old code, present code. Old 0357 (of 035) has no successor.
const OLD_CAMEO: [(&str, &str); 8] = [
    ("016", "018"),
    ("018", "019"),
    ("163", "164"),
    ("164", "166"),
    ("1641", "1661"),
    ("1642", "1662"),
    ("1643", "1663"),
    ("166", "163"),
];

/// Names of countries that the field writes in ways of its own.
const COUNTRY_NAMES: [(&str, &str); 6] = [
    ("Occupied Palestinian Territory", "PSE"),
    ("eSwatini", "SWZ"),
    ("Kingdom of eSwatini", "SWZ"),
    ("Kingdom of eSwatini (Swaziland)", "SWZ"),
    ("Federated States of Micronesia", "FSM"),
    ("Yemen (North Yemen)", "YEM"),
];

impl<'k> Lookup<'k> {
    pub fn new(options: &Options<'k>) -> Self {
        Self {
            cameo: options.cameo,
            actors: options.actors,
            codes: options.codes,
            parties: options.parties,
            countries: FxHashMap::default(),
            names: FxHashMap::default(),
            decoded: FxHashMap::default(),
        }
    }

    /// The entry of a CAMEO code as files have it: `13y` is ICEWS's 137, a leading zero may be lost, an old number is told
    /// by its scheme, and a code that the table lacks is read as the longest of its beginnings that it has.
    pub fn cameo(&self, own: &str, scheme: CodeScheme) -> Option<&'k Cameo> {
        let own = if own == "13y" { "137" } else { own };
        let own = if scheme == CodeScheme::CameoOld {
            OLD_CAMEO.iter().find(|(old, _)| *old == own).map_or(own, |(_, new)| new)
        } else {
            own
        };
        if let Some(entry) = self.cameo.get(own) {
            return Some(entry);
        }
        if !own.is_ascii() || own.len() > 5 {
            return None;
        }
        let padded = SmolStr::from_iter(["0", own]);
        if let Some(entry) = self.cameo.get(&padded) {
            return Some(entry);
        }
        (2..own.len()).rev().find_map(|end| self.cameo.get(&own[..end]))
    }

    /// Gives an event a PLOVER type and mode, with the CAMEO code that stands for them where nothing says a finer one; its
    /// contexts stay as they are.
    pub fn plover(&self, event: &mut ForeignEvent, known: EventType, mode: Option<&'static str>) {
        if let Some(entry) = self.cameo.get(known.default_cameo(mode)) {
            event.cameo = Some(entry.code.clone());
            event.goldstein = Some(entry.goldstein);
        }
        event.type_as(Some(known), mode.map(SmolStr::new_static));
    }

    /// The state that `code` means on `date`, and if none, today.
    pub fn country(&mut self, scheme: Scheme, code: &str, date: Option<Date>) -> Option<SmolStr> {
        if code.is_empty() || code.len() > 8 {
            return None;
        }
        let key = (scheme, SmolStr::new(code), date);
        if let Some(found) = self.countries.get(&key) {
            return found.clone();
        }
        let codes = &self.actors.crosswalk;
        let on_day = codes.country(scheme, code, date);
        let found = on_day.or_else(|| date.and_then(|_| codes.country(scheme, code, None))).map(SmolStr::new);
        if self.countries.len() >= KEPT {
            self.countries.clear();
        }
        self.countries.insert(key, found.clone());
        found
    }

    /// The country that a FIPS code means: gazetteers of today speak of yesterday's events too, so today goes first.
    pub fn fips(&mut self, code: &str, date: Date) -> Option<SmolStr> {
        self.country(Scheme::Fips, code, None).or_else(|| self.country(Scheme::Fips, code, Some(date)))
    }

    /// The country that `name` spells.
    pub fn country_named(&mut self, name: &str) -> Option<SmolStr> {
        let known = COUNTRY_NAMES.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        if let Some((_, iso3)) = known {
            return Some(SmolStr::new_static(iso3));
        }
        let named = self.named(name);
        if named.country.is_some() && named.sector.is_none() && named.group.is_none() {
            return named.country;
        }
        // UCDP's "Serbia (Yugoslavia)", "DR Congo (Zaire)".
        let short = name.split('(').next().unwrap_or("").trim();
        if short.is_empty() || short.len() == name.len() { None } else { self.country_named(short) }
    }

    /// What the lexicon knows of `name`: a country, a body, a group, a people.
    pub fn named(&mut self, name: &str) -> Named {
        if name.len() > 80 {
            return Named::default();
        }
        if let Some(found) = self.names.get(name) {
            return found.clone();
        }
        let found = self.look_up(name);
        if self.names.len() >= KEPT {
            self.names.clear();
        }
        self.names.insert(SmolStr::new(name), found.clone());
        found
    }

    fn look_up(&self, name: &str) -> Named {
        let mut named = Named::default();
        let terms = self.actors.spelt(name);
        let Some(&term) = terms.iter().find(|&&t| self.actors.terms[t as usize].form == Form::Name) else {
            let people = terms.iter().find(|&&t| self.actors.entry_of(t).kind == EntryKind::Ethnic);
            named.ethnicity = people.map(|&t| self.actors.entry_of(t).code.clone());
            return named;
        };
        let entry: &Entry = self.actors.entry_of(term);
        match entry.kind {
            EntryKind::Country => named.country = entry.country.clone().or_else(|| Some(entry.code.clone())),
            EntryKind::Ethnic => named.ethnicity = Some(entry.code.clone()),
            EntryKind::Person | EntryKind::Place => {}
            EntryKind::Body
            | EntryKind::Group
            | EntryKind::Force
            | EntryKind::Party
            | EntryKind::Company
            | EntryKind::Media => {
                named.group = Some(entry.code.clone());
                named.country.clone_from(&entry.country);
                named.sector = self.actors.terms[term as usize].sector.clone().or_else(|| entry.sector.clone());
            }
        }
        named
    }

    /// The party that a code of chunks means.
    pub fn party(&mut self, scheme: ActorScheme, code: &str, date: Date) -> ForeignParty {
        let key = (scheme, SmolStr::new(code), date);
        if let Some(found) = self.decoded.get(&key) {
            return found.clone();
        }
        let party = decode(self, scheme, code, date);
        if self.decoded.len() >= KEPT {
            self.decoded.clear();
        }
        self.decoded.insert(key, party.clone());
        party
    }
}
