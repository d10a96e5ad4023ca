//! Parties out of the field's actor codes: chunks of three letters, country first, then organisation, people and roles.
//!
//! Roles become PLOVER sectors. Two of them are traps: CAMEO's `MED` is the media, which PLOVER calls `JRN`, while
//! PLOVER's `MED` is medicine, which CAMEO calls `HLH`.

use forewarn_codebook::actors::{EntryKind, Scheme};
use jiff::civil::Date;
use smol_str::SmolStr;

use super::lookup::{ActorScheme, Lookup};
use crate::event::ForeignParty;

/// CAMEO role, PLOVER sector.
const ROLES: [(&str, &str); 33] = [
    ("GOV", "GOV"),
    ("MIL", "MIL"),
    ("COP", "COP"),
    ("REB", "REB"),
    ("CVL", "CVL"),
    ("PPL", "CVL"),
    ("OPP", "OPP"),
    ("LEG", "LEG"),
    ("JUD", "JUD"),
    ("SPY", "SPY"),
    ("UAF", "UAF"),
    ("INS", "REB"),
    ("SEP", "REB"),
    ("PRM", "PRM"),
    ("PTY", "PTY"),
    ("AGR", "AGR"),
    ("BUS", "BUS"),
    ("CRM", "CRM"),
    ("EDU", "EDU"),
    ("ELI", "ELI"),
    ("LAB", "LAB"),
    ("MED", "JRN"),
    ("JRN", "JRN"),
    ("HLH", "MED"),
    ("REF", "REF"),
    ("SET", "SET"),
    ("REL", "REL"),
    ("SOC", "SOC"),
    ("ENV", "SOC"),
    ("HRI", "SOC"),
    ("DEV", "SOC"),
    ("UIS", "UNK"),
    ("UNK", "UNK"),
];

/// Roots of actors of no state: code, PLOVER sector.
const ROOTS: [(&str, &str); 7] =
    [("IGO", "IGO"), ("NGO", "NGO"), ("NGM", "NGO"), ("IMG", "IMG"), ("MNC", "MNC"), ("ISM", "ISM"), ("INT", "")];

/// CAMEO and KEDS codes of organisations and armed groups, our codes of them.
pub(super) const GROUPS: [(&str, &str); 52] = [
    ("UNO", "UN"),
    ("NAT", "NATO"),
    ("NATO", "NATO"),
    ("EEC", "EU"),
    ("OAU", "OAU"),
    ("AFU", "AU"),
    ("OAS", "OAS"),
    ("ASN", "ASEAN"),
    ("ARL", "AL"),
    ("IMF", "IMF"),
    ("WBK", "WB"),
    ("WTO", "WTO"),
    ("WHO", "WHO"),
    ("WFP", "WFP"),
    ("HCR", "UNHCR"),
    ("IAE", "IAEA"),
    ("OPC", "OPEC"),
    ("SCE", "OSCE"),
    ("OSCE", "OSCE"),
    ("CIS", "CIS"),
    ("COE", "COE"),
    ("CWN", "CW"),
    ("CEM", "COMESA"),
    ("EBR", "EBRD"),
    ("EFT", "EFTA"),
    ("EFTA", "EFTA"),
    ("FAO", "FAO"),
    ("GCC", "GCC"),
    ("GOE", "G8"),
    ("GOS", "G7"),
    ("ICC", "ICC"),
    ("ICJ", "ICJ"),
    ("ILO", "ILO"),
    ("ITP", "INTERPOL"),
    ("OIC", "OIC"),
    ("WAS", "ECOWAS"),
    ("SAD", "SADC"),
    ("SCO", "SCO"),
    ("UEM", "UEMOA"),
    ("WCT", "ICTY"),
    ("UNWCT", "ICTY"),
    ("WEU", "WEU"),
    ("APE", "APEC"),
    ("ADB", "ADB"),
    ("BIS", "BIS"),
    ("AMN", "AI"),
    ("HRW", "HRW"),
    ("RCR", "ICRC"),
    ("KLA", "KLA"),
    ("PKK", "PKK"),
    ("TAL", "TALIBAN"),
    ("HMS", "HAMAS"),
];

/// Codes of peoples and faiths that are not ours in lower case.
const PEOPLES: [(&str, &str); 10] = [
    ("MOS", "mus"),
    ("SER", "srb"),
    ("CRO", "hrv"),
    ("DRZ", "dru"),
    ("CTH", "cth"),
    ("JEW", "jew"),
    ("KUR", "kur"),
    ("KRD", "kur"),
    ("GYP", "rom"),
    ("PRO", "pro"),
];

/// KEDS's countries, which are neither CAMEO's nor those of the Correlates of War.
const KEDS: [(&str, &str); 48] = [
    ("SER", "SRB"),
    ("FRY", "YUG"),
    ("YUG", "YUG"),
    ("KSV", "XKX"),
    ("BOS", "BIH"),
    ("CRO", "HRV"),
    ("SLO", "SVN"),
    ("SLK", "SVK"),
    ("MAC", "MKD"),
    ("MTN", "MNE"),
    ("FRN", "FRA"),
    ("GER", "DEU"),
    ("GME", "DDR"),
    ("AUS", "AUT"),
    ("AUL", "AUS"),
    ("BUL", "BGR"),
    ("ROM", "ROU"),
    ("NTH", "NLD"),
    ("SWI", "CHE"),
    ("SPN", "ESP"),
    ("SWD", "SWE"),
    ("DEN", "DNK"),
    ("JAP", "JPN"),
    ("CZR", "CZE"),
    ("CZE", "CSK"),
    ("POR", "PRT"),
    ("IRE", "IRL"),
    ("LTH", "LTU"),
    ("LAT", "LVA"),
    ("KUW", "KWT"),
    ("TAW", "TWN"),
    ("SAF", "ZAF"),
    ("PAL", "PSE"),
    ("LEB", "LBN"),
    ("MAL", "MYS"),
    ("MOR", "MAR"),
    ("ALG", "DZA"),
    ("UAE", "ARE"),
    ("USR", "SUN"),
    ("BRS", "BLR"),
    ("ROK", "KOR"),
    ("OMA", "OMN"),
    ("PHI", "PHL"),
    ("SUD", "SDN"),
    ("ZIM", "ZWE"),
    ("NEP", "NPL"),
    ("IND", "IND"),
    ("UKR", "UKR"),
];

/// Codes of states that older CAMEO dictionaries have and no list of codes.
const OLD: [(&str, &str); 2] = [("FRY", "YUG"), ("PAL", "PSE")];

fn find(table: &[(&'static str, &'static str)], code: &str) -> Option<&'static str> {
    table.iter().find(|(c, _)| *c == code).map(|(_, ours)| *ours)
}

/// PLOVER sector of a CAMEO role; none for words that only qualify (`RAD`, `MOD`).
pub(super) fn sector_of_role(role: &str) -> Option<SmolStr> {
    find(&ROLES, role).or_else(|| find(&ROOTS, role)).filter(|s| !s.is_empty()).map(SmolStr::new_static)
}

/// Our code of an organisation or group, where we have one.
pub(super) fn group_of(lookup: &Lookup<'_>, code: &str) -> Option<SmolStr> {
    if let Some(ours) = find(&GROUPS, code) {
        return Some(SmolStr::new_static(ours));
    }
    let entry = lookup.actors.by_code(code)?;
    matches!(entry.kind, EntryKind::Body | EntryKind::Group).then(|| entry.code.clone())
}

/// Our code of a people or faith.
pub(super) fn people_of(lookup: &Lookup<'_>, code: &str) -> Option<SmolStr> {
    if let Some(ours) = find(&PEOPLES, &code.to_ascii_uppercase()) {
        return Some(SmolStr::new_static(ours));
    }
    let entry = lookup.actors.by_code(&code.to_ascii_lowercase())?;
    (entry.kind == EntryKind::Ethnic).then(|| entry.code.clone())
}

/// The sector that counts: force, court or parliament before the government they belong to, else the first.
pub(super) fn primary(sectors: &[SmolStr]) -> Option<SmolStr> {
    const BRANCHES: [&str; 5] = ["MIL", "COP", "SPY", "JUD", "LEG"];
    if sectors.iter().any(|s| s == "GOV") {
        let branch = sectors.iter().find(|s| BRANCHES.contains(&s.as_str()));
        return branch.cloned().or_else(|| Some(SmolStr::new_static("GOV")));
    }
    sectors.first().cloned()
}

/// Adds a sector once.
pub(super) fn add_sector(party: &mut ForeignParty, sector: Option<SmolStr>) {
    if let Some(s) = sector
        && !party.sectors.contains(&s)
    {
        party.sectors.push(s);
    }
}

/// Reads a code of chunks.
pub(super) fn decode(lookup: &mut Lookup<'_>, scheme: ActorScheme, code: &str, date: Date) -> ForeignParty {
    let mut party = ForeignParty { code: Some(SmolStr::new(code)), ..ForeignParty::default() };
    if !code.is_ascii() || code.len() > 24 {
        return party;
    }
    if let Some(group) = group_of(lookup, code) {
        belongs(lookup, &mut party, group);
        party.sector = primary(&party.sectors);
        return party;
    }
    // KEDS has `US` beside `USA`.
    let long = code.strip_prefix("US").filter(|roles| scheme == ActorScheme::Keds && roles.len() % 3 == 0);
    let long = long.map(|roles| format!("USA{roles}"));
    let code = long.as_deref().unwrap_or(code);
    let mut chunks = (0..code.len()).step_by(3).map(|at| &code[at..code.len().min(at + 3)]).peekable();
    if let Some(&first) = chunks.peek() {
        party.country = country(lookup, scheme, first, date);
        if party.country.is_some() {
            chunks.next();
        }
    }
    let mut ethnic = false;
    // `NGOSRB`: behind the root of an actor of no state, its country may follow.
    let rooted = chunks.peek().is_some_and(|c| find(&ROOTS, c).is_some());
    for chunk in chunks {
        // An organisation's code is looked for before a people's: `IGOEEC`; after `ETH`, a people's only.
        if ethnic {
            party.ethnicity = people_of(lookup, chunk).or_else(|| Some(SmolStr::new(chunk.to_ascii_lowercase())));
            ethnic = false;
        } else if chunk == "ETH" {
            ethnic = true;
        } else if let Some(sector) = sector_of_role(chunk) {
            add_sector(&mut party, Some(sector));
        } else if let Some(group) = group_of(lookup, chunk).filter(|_| party.group.is_none()) {
            belongs(lookup, &mut party, group);
        } else if let Some(country) = country(lookup, scheme, chunk, date).filter(|_| rooted && party.country.is_none())
        {
            party.country = Some(country);
        } else if let Some(people) = people_of(lookup, chunk).filter(|_| party.ethnicity.is_none()) {
            party.ethnicity = Some(people);
        } else if chunk == "POL" && scheme == ActorScheme::Keds {
            add_sector(&mut party, Some(SmolStr::new_static("COP")));
        }
    }
    party.sector = primary(&party.sectors);
    party
}

/// Makes the party one of `group`, with the group's sector where it has none of its own; a code that names no
/// country is not given one.
pub(super) fn belongs(lookup: &Lookup<'_>, party: &mut ForeignParty, group: SmolStr) {
    if party.sectors.is_empty() {
        let sector = lookup.actors.by_code(&group).and_then(|e| e.sector.clone());
        add_sector(party, sector);
    }
    party.group = Some(group);
}

fn country(lookup: &mut Lookup<'_>, scheme: ActorScheme, chunk: &str, date: Date) -> Option<SmolStr> {
    if chunk.len() < 2 || find(&ROOTS, chunk).is_some() || chunk == "ETH" && scheme == ActorScheme::Keds {
        return None;
    }
    let own = match scheme {
        ActorScheme::Keds => find(&KEDS, chunk).map(SmolStr::new_static),
        ActorScheme::Cow => {
            let list = if chunk.as_bytes()[0].is_ascii_digit() { Scheme::CowNumber } else { Scheme::Cow };
            lookup.country(list, chunk, Some(date))
        }
        ActorScheme::Cameo | ActorScheme::Iso3 | ActorScheme::Names => None,
    };
    let more = if scheme == ActorScheme::Keds { Some(Scheme::Cow) } else { None };
    let list = if scheme == ActorScheme::Iso3 { Scheme::Alpha3 } else { Scheme::Cameo };
    own.or_else(|| lookup.country(list, chunk, Some(date))).or_else(|| {
        // PLOVER's Kosovo, and the ISO codes of the day; KEDS took most of its codes from the Correlates of War.
        let mut other = [Scheme::Plover, Scheme::Alpha3].into_iter().chain(more);
        let found = other.find_map(|s| lookup.country(s, chunk, Some(date)));
        found.or_else(|| find(&OLD, chunk).map(SmolStr::new_static))
    })
}

#[cfg(test)]
mod tests {
    use forewarn_codebook::{Codebook, actors::Actors};

    use super::*;
    use crate::read::Options;

    #[test]
    fn every_group_is_known_to_the_lexicon() {
        let actors = Actors::embedded().expect("the lexicon has no fault");
        let unknown: Vec<&str> = GROUPS.iter().map(|g| g.1).filter(|g| actors.by_code(g).is_none()).collect();
        assert_eq!(unknown, [""; 0]);
        let peoples: Vec<&str> = PEOPLES.iter().map(|g| g.1).filter(|g| actors.by_code(g).is_none()).collect();
        assert_eq!(peoples, [""; 0]);
        let countries: Vec<&str> = KEDS.iter().map(|g| g.1).filter(|g| actors.crosswalk.state(g).is_none()).collect();
        assert_eq!(countries, [""; 0]);
    }

    #[test]
    fn codes_of_chunks() {
        use ActorScheme::{Cameo, Cow, Keds};

        let codebook = Codebook::embedded().expect("the codebook has no fault");
        let actors = Actors::embedded().expect("the lexicon has no fault");
        let mut lookup = Lookup::new(&Options::new("test", &codebook.cameo, &actors));
        let mut told = |scheme, code: &str| {
            let p = decode(&mut lookup, scheme, code, "1998-06-01".parse().expect("a date"));
            let or = |s: &Option<SmolStr>| s.as_deref().unwrap_or("-").to_owned();
            format!("{} {} {} {}", or(&p.country), or(&p.sector), or(&p.group), or(&p.ethnicity))
        };
        for (scheme, code, expected) in [
            (Cameo, "KSVGOV", "XKX GOV - -"),
            (Cameo, "XKXCOP", "XKX COP - -"),
            (Cameo, "KOS", "XKX - - -"),
            (Cameo, "GOVMIL", "- MIL - -"),
            (Cameo, "USAGOVMIL", "USA MIL - -"),
            (Cameo, "KSVMED", "XKX JRN - -"),
            (Cameo, "KSVHLH", "XKX MED - -"),
            (Cameo, "IGOUNO", "- IGO UN -"),
            (Cameo, "IGOEEC", "- IGO EU -"),
            (Cameo, "NGOSRB", "SRB NGO - -"),
            (Cameo, "IGOWSTNAT", "- IGO NATO -"),
            (Cameo, "KSVALB", "XKX - - alb"),
            (Cameo, "KSVsrbREB", "XKX REB - srb"),
            (Cameo, "ETH", "ETH - - -"),
            (Cameo, "FRYMIL", "YUG MIL - -"),
            (Cameo, "ROM", "ROU - - -"),
            (Cameo, "---GOV", "- GOV - -"),
            (Cameo, "X", "- - - -"),
            (Keds, "FRYPOL", "YUG COP - -"),
            (Keds, "ETHALB", "- - - alb"),
            (Keds, "BOSSER", "BIH - - srb"),
            (Keds, "KSVKLA", "XKX REB KLA -"),
            (Keds, "AUS", "AUT - - -"),
            (Keds, "NIG", "NGA - - -"),
            (Keds, "USGOV", "USA GOV - -"),
            (Keds, "NATO", "- IGO NATO -"),
            (Cow, "FRN", "FRA - - -"),
            (Cow, "345", "YUG - - -"),
        ] {
            assert_eq!(told(scheme, code), expected, "{code}");
        }
    }
}
