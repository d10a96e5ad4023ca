//! What the lexicon holds: entries, the terms that name them, offices and roles.

use jiff::civil::Date;
use smol_str::SmolStr;

use super::dates::Dates;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A state or a territory coded like one.
    Country,
    /// An international organisation, or a body of one.
    Body,
    /// An armed or criminal group.
    Group,
    /// A state's force, service, ministry, court or parliament known by its own name.
    Force,
    /// A political party or movement.
    Party,
    /// A company, union, church or association.
    Company,
    /// A news medium; reporting does not make it an actor.
    Media,
    /// A person.
    Person,
    /// An ethnic or religious group.
    Ethnic,
    /// A city, province, region or island.
    Place,
}

/// One thing the lexicon knows.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// ISO3 of a country or place, code of a body or group, lower-case code of an ethnic group,
    /// empty for a person.
    pub code: SmolStr,
    /// The first name it is given.
    pub name: SmolStr,
    /// ISO3 of the country it belongs to; of an ethnic group, the one country it lives in.
    pub country: Option<SmolStr>,
    /// PLOVER sector.
    pub sector: Option<SmolStr>,
    /// Of an ethnic group: the state that bears its name. Of a person: the body or group led.
    pub bond: Option<SmolStr>,
    /// Of a person: whether a woman.
    pub female: bool,
    /// Of a person: offices, latest first.
    pub offices: Vec<Office>,
    /// Of a body, group, force, party, company or medium: when it existed under this name.
    pub dates: Dates,
    /// Codes of those it belongs or is pledged to.
    pub under: Vec<SmolStr>,
    /// Codes of its allies.
    pub allies: Vec<SmolStr>,
    /// Where it is written.
    pub source: Source,
}

/// A line of the lexicon's files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Index into [`Actors::files`](super::Actors::files).
    pub file: u16,
    /// Line, from 1.
    pub line: u32,
}

impl Entry {
    /// An entry of which nothing else is said.
    pub(super) fn new(kind: EntryKind, code: &str, name: &str) -> Self {
        let name = name.trim_start_matches('~');
        // The sector behind a name ("KFOR=MIL") is the term's, not the name's.
        let sector = name.rsplit_once('=').filter(|(_, s)| !s.is_empty() && s.bytes().all(|b| b.is_ascii_uppercase()));
        let name = sector.map_or(name, |(name, _)| name.trim_end());
        Self {
            kind,
            code: SmolStr::new(code),
            name: SmolStr::new(name),
            country: None,
            sector: None,
            bond: None,
            female: false,
            offices: Vec::new(),
            dates: Dates::default(),
            under: Vec::new(),
            allies: Vec::new(),
            source: Source::default(),
        }
    }
}

/// An office a person held.
#[derive(Clone, Debug)]
pub struct Office {
    /// What it is called ("prime minister").
    pub title: SmolStr,
    /// Its sector.
    pub sector: SmolStr,
    /// When it was held.
    pub dates: Dates,
}

impl Office {
    /// Whether the office was held on `date`; without a date, whether it is held still.
    pub fn holds(&self, date: Option<Date>) -> bool {
        self.dates.holds(date)
    }
}

/// How a term names its entry; the earlier, the stronger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// A name of its own.
    Name,
    /// A noun for its people ("Serbians", "Briton").
    People,
    /// An adjective ("Serbian").
    Adjective,
    /// A seat of government ("the Kremlin").
    Seat,
    /// A capital, which stands for the government when it acts.
    Capital,
    /// A place in it.
    Place,
    /// A surname alone.
    Surname,
    /// A surname too common to stand alone: only behind an office that its bearer held ("Prime Minister Khan").
    Titled,
}

impl Form {
    /// Whether it is a surname, which several people may bear.
    pub fn is_surname(self) -> bool {
        matches!(self, Self::Surname | Self::Titled)
    }
}

/// One way of naming an entry.
#[derive(Clone, Debug)]
pub struct Term {
    /// Index into [`Actors::entries`](super::Actors::entries).
    pub entry: u32,
    /// The words, as the lexicon writes them.
    pub text: SmolStr,
    /// How it names it.
    pub form: Form,
    /// Sector that this term brings instead of the entry's (`Pentagon=MIL`).
    pub sector: Option<SmolStr>,
    /// Whether it counts several people.
    pub plural: bool,
    /// Where it is written.
    pub source: Source,
}

/// What a role noun says of its bearer, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoleFlags(pub u16);

impl RoleFlags {
    /// One person, or several in the plural.
    pub const PERSON: u16 = 1;
    /// A body of people in the singular ("army").
    pub const BODY: u16 = 2;
    /// Bears arms.
    pub const ARMED: u16 = 4;
    /// Takes its sector from what it belongs to ("leader", "spokesman", "members").
    pub const CARRIER: u16 = 8;
    /// An office ("president"): names the person that follows it.
    pub const TITLE: u16 = 16;
    /// A kind of place ("village").
    pub const PLACE: u16 = 32;
    /// Arms that act for their owner ("warplanes").
    pub const EQUIPMENT: u16 = 64;
    /// Only before a noun ("armed", "opposition").
    pub const MODIFIER: u16 = 128;
    /// A man.
    pub const MALE: u16 = 256;
    /// A woman.
    pub const FEMALE: u16 = 512;
    /// No longer ("former").
    pub const FORMER: u16 = 1024;
    /// Says little by itself ("men", "group"): a modifier's sector replaces it.
    pub const WEAK: u16 = 2048;
    /// Never an actor ("statement", "attack").
    pub const THING: u16 = 4096;
    /// Written in the plural.
    pub const PLURAL: u16 = 8192;

    /// Whether any of `bits` is set.
    pub fn has(self, bits: u16) -> bool {
        self.0 & bits != 0
    }

    pub(super) const NAMES: [(&'static str, u16); 13] = [
        ("person", Self::PERSON),
        ("body", Self::BODY),
        ("armed", Self::ARMED),
        ("carrier", Self::CARRIER),
        ("title", Self::TITLE),
        ("place", Self::PLACE),
        ("equipment", Self::EQUIPMENT),
        ("modifier", Self::MODIFIER),
        ("male", Self::MALE),
        ("female", Self::FEMALE),
        ("former", Self::FORMER),
        ("weak", Self::WEAK),
        ("thing", Self::THING),
    ];
}

/// A role noun or modifier.
#[derive(Clone, Debug)]
pub struct Role {
    /// The words, folded, singular.
    pub words: SmolStr,
    /// PLOVER sector; none for a carrier without a default.
    pub sector: Option<SmolStr>,
    /// What it says.
    pub flags: RoleFlags,
}

/// The PLOVER 2.0 sectors, with the roots for bodies beyond states.
pub const SECTORS: [&str; 31] = [
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
    "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO", "NGO", "MNC", "IMG", "ISM", "UNO",
];
