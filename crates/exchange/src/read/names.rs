//! Parties out of names in words, as ACLED and UCDP have them: `Government of Sudan`, `Police Forces of Kenya (2022-)`,
//! `Civilians (Mali)`, or a group's own name.

use smol_str::SmolStr;

use super::lookup::Lookup;
use super::parties::add_sector;
use crate::event::ForeignParty;

/// Beginnings of names, PLOVER sector; what follows is a country.
const FORCES: [(&str, &str); 5] = [
    ("Government of ", "GOV"),
    ("Military Forces of ", "MIL"),
    ("Police Forces of ", "COP"),
    ("Private Security Forces of ", "BUS"),
    ("State Forces of ", "MIL"),
];

/// Kinds of people without a name, PLOVER sector; a country may follow in brackets.
const KINDS: [(&str, &str); 17] = [
    ("Civilians", "CVL"),
    ("Protesters", "OPP"),
    ("Rioters", "OPP"),
    ("Unidentified Armed Group", "UAF"),
    ("Unidentified Communal Militia", "UAF"),
    ("Unidentified Clan Militia", "UAF"),
    ("Unidentified Tribal Militia", "UAF"),
    ("Unidentified Military Forces", "MIL"),
    ("Unidentified Gang", "CRM"),
    ("Unidentified Gang and/or Police Militia", "UAF"),
    ("Unidentified Cartel", "CRM"),
    ("Prisoners", "CVL"),
    ("Students", "EDU"),
    ("Teachers", "EDU"),
    ("Journalists", "JRN"),
    ("Refugees/IDPs", "REF"),
    ("Aid Workers", "NGO"),
];

/// The party that `name` means.
pub(super) fn of_name(lookup: &mut Lookup<'_>, name: &str) -> ForeignParty {
    let mut party = ForeignParty { name: Some(name.to_owned()), ..ForeignParty::default() };
    // `(Mali)` is a country, `(2022-)` the years of a government.
    let bare = name.split('(').next().unwrap_or("").trim();
    let bracketed = name.split('(').skip(1).filter_map(|p| p.split(')').next());
    for inner in bracketed.filter(|i| !i.starts_with(|c: char| c.is_ascii_digit())) {
        if party.country.is_none() {
            party.country = lookup.country_named(inner.trim());
        }
    }
    let force = FORCES.iter().find_map(|(start, sector)| Some((bare.strip_prefix(start)?, *sector)));
    if let Some((of, sector)) = force {
        let of = of.strip_prefix("the ").unwrap_or(of);
        // `Government of Serbia (Yugoslavia)`: the brackets hold another name of the country, not a second one.
        if let Some(country) = lookup.country_named(of) {
            party.country = Some(country);
        }
        add_sector(&mut party, Some(SmolStr::new_static(sector)));
    } else if let Some((_, sector)) = KINDS.iter().find(|(kind, _)| *kind == bare) {
        add_sector(&mut party, Some(SmolStr::new_static(sector)));
    } else {
        let mut named = lookup.named(bare);
        if named == super::lookup::Named::default() && bare != name {
            named = lookup.named(name);
        }
        // UCDP writes the short name behind a colon or before it: `Hamas: al-Qassam Brigades`.
        if let (None, Some((first, _))) = (&named.group, bare.split_once(':')) {
            named = lookup.named(first.trim());
        }
        party.country = party.country.or(named.country);
        party.group = named.group;
        party.ethnicity = named.ethnicity;
        add_sector(&mut party, named.sector);
    }
    party.sector = party.sectors.first().cloned();
    party
}

#[cfg(test)]
mod tests {
    use forewarn_codebook::{Codebook, actors::Actors};

    use super::*;
    use crate::read::Options;

    #[test]
    fn names_of_forces_and_kinds() {
        let codebook = Codebook::embedded().expect("the codebook has no fault");
        let actors = Actors::embedded().expect("the lexicon has no fault");
        let mut lookup = Lookup::new(&Options::new("test", &codebook.cameo, &actors));
        for (name, expected) in [
            ("Government of Sudan", "SDN GOV -"),
            ("Government of Serbia (Yugoslavia)", "SRB GOV -"),
            ("Government of DR Congo (Zaire)", "COD GOV -"),
            ("Military Forces of Ukraine (2019-)", "UKR MIL -"),
            ("Police Forces of the Democratic Republic of Congo (2019-)", "COD COP -"),
            ("Civilians (Mali)", "MLI CVL -"),
            ("Civilians", "- CVL -"),
            ("Unidentified Armed Group (Kosovo)", "XKX UAF -"),
            ("Hamas", "PSE REB HAMAS"),
            ("Boko Haram", "NGA REB BOKO"),
            ("Grebzh Front", "- - -"),
            ("", "- - -"),
        ] {
            let p = of_name(&mut lookup, name);
            let or = |s: &Option<SmolStr>| s.as_deref().unwrap_or("-").to_owned();
            assert_eq!(format!("{} {} {}", or(&p.country), or(&p.sector), or(&p.group)), expected, "{name}");
        }
    }
}
