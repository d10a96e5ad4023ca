//! Parties in the codes and names of the field.

use forewarn_codebook::actors::{Actors, EntryKind, Scheme};
use jiff::civil::Date;

use crate::row::PartyRow;

/// A party in CAMEO's actor codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CameoCode {
    /// All of it (`KSVCOP`); empty where nothing is known.
    pub(super) whole: String,
    /// Its first three letters: the state, or the kind of body.
    pub(super) root: String,
    /// The next three: the role.
    pub(super) agent: String,
    /// What follows, and the ethnic group.
    pub(super) others: Vec<String>,
}

/// A party in CAMEO's actor codes: state, else the kind of body, then the role.
pub(super) fn cameo(actors: &Actors, p: &PartyRow, date: Option<Date>) -> CameoCode {
    let whole = cameo_whole(actors, p, date);
    let mut chunks = whole.as_bytes().chunks(3).map(|c| String::from_utf8_lossy(c).into_owned());
    let root = chunks.next().unwrap_or_default();
    let agent = chunks.next().unwrap_or_default();
    let others = chunks.chain(p.ethnicity.as_ref().map(|e| e.to_uppercase())).collect();
    CameoCode { whole, root, agent, others }
}

fn cameo_whole(actors: &Actors, p: &PartyRow, date: Option<Date>) -> String {
    let iso3 = p.country.as_deref().unwrap_or_default();
    let country = actors.codes(iso3, Scheme::Cameo, date).unwrap_or(iso3);
    // Bodies that CAMEO names itself.
    let body = match p.group.as_deref() {
        Some("UN") => "IGOUNO",
        Some("EU") => "IGOEUREEC",
        Some("NATO") => "IGOWSTNAT",
        Some("ASEAN") => "IGOSEAASN",
        _ => "",
    };
    if country.is_empty() && !body.is_empty() {
        return body.to_owned();
    }
    // PLOVER's sectors that CAMEO writes otherwise.
    let role = match p.sector.as_deref() {
        Some("JRN") => "MED",
        Some("MED") => "HLH",
        Some("UNO") => "IGOUNO",
        Some("EUR") => "IGOEUREEC",
        Some("UNK") | None => "",
        Some(s) => s,
    };
    // Armed groups with chunks of their own, as the dictionaries of TABARI write them (`PSEREBHMS`).
    let group = match p.group.as_deref() {
        Some("HAMAS") => "HMS",
        Some("TALIBAN") => "TAL",
        Some("PKK") => "PKK",
        Some("KLA") => "KLA",
        _ => "",
    };
    if matches!(role, "IGO" | "NGO" | "IMG" | "MNC" | "ISM") {
        format!("{role}{country}")
    } else {
        format!("{country}{role}{group}")
    }
}

/// The sides of a line of formats that know one party a side: every pair, an empty side as none.
pub(super) fn pairs<'a>(
    actor: &'a [PartyRow],
    recipient: &'a [PartyRow],
) -> Vec<(Option<&'a PartyRow>, Option<&'a PartyRow>)> {
    fn each(side: &[PartyRow]) -> Vec<Option<&PartyRow>> {
        if side.is_empty() { vec![None] } else { side.iter().map(Some).collect() }
    }
    each(actor).into_iter().flat_map(|a| each(recipient).into_iter().map(move |r| (a, r))).collect()
}

/// What a party is in a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A state, its government, forces, police, courts.
    State,
    /// Rebels.
    Rebels,
    /// Paramilitaries, gangs, unidentified armed people.
    Militia,
    /// Armed people named by their ethnic or religious group.
    IdentityMilitia,
    /// People without arms, their parties, companies, churches.
    Civilians,
    /// Bodies of several states.
    External,
    /// Nobody can tell.
    Unknown,
}

impl Role {
    /// Whether it bears arms, or commands those who do.
    pub(super) fn is_armed(self) -> bool {
        matches!(self, Self::State | Self::Rebels | Self::Militia | Self::IdentityMilitia | Self::External)
    }
}

/// What a party is, by its sector, else by what the lexicon says of its group, else by its country.
pub(super) fn role(actors: &Actors, p: &PartyRow) -> Role {
    let group = p.group.as_deref().and_then(|g| actors.by_code(g));
    let sector = p.sector.as_deref().or_else(|| group.and_then(|g| g.sector.as_deref()));
    match sector {
        Some("GOV" | "MIL" | "COP" | "JUD" | "LEG" | "SPY") => Role::State,
        Some("REB" | "ISM") => Role::Rebels,
        Some("UAF") if p.ethnicity.is_some() => Role::IdentityMilitia,
        Some("UAF" | "PRM" | "CRM") => Role::Militia,
        Some("IGO" | "UNO" | "EUR" | "IMG") => Role::External,
        Some("UNK") => Role::Unknown,
        Some(_) => Role::Civilians,
        None => match group.map(|g| g.kind) {
            Some(EntryKind::Body) => Role::External,
            Some(EntryKind::Group) => Role::Rebels,
            Some(EntryKind::Force) => Role::State,
            Some(EntryKind::Party | EntryKind::Company | EntryKind::Media) => Role::Civilians,
            _ if p.ethnicity.is_none() && p.country.is_some() => Role::State,
            _ => Role::Unknown,
        },
    }
}

/// The name of the country `iso3`; the code itself where the lexicon has none.
pub(super) fn country_name<'a>(actors: &'a Actors, iso3: &'a str) -> &'a str {
    actors.by_code(iso3).map_or(iso3, |e| e.name.as_str())
}

/// The name of a party: its group's, its person's, what its words stand for, or the words.
pub(super) fn name<'a>(actors: &'a Actors, p: &'a PartyRow) -> &'a str {
    if let Some(entry) = p.group.as_deref().and_then(|g| actors.by_code(g)) {
        return entry.name.as_str();
    }
    p.person.as_deref().or(p.resolved.as_deref()).unwrap_or(&p.text)
}
