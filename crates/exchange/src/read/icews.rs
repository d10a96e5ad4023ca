//! ICEWS coded event data: tab-separated, 20 columns with a header.
//!
//! Quirks: an event's id is unique only with its day; the release of 2017 has days as month/day/year and no CAMEO
//! column, so that the code is found by its words ([`LABELS`]); `13y` is 137; leading zeros are sometimes lost. Parties
//! have names, sectors in words and countries by name, but no codes.

use forewarn_codebook::Cameo;
use smol_str::SmolStr;

use super::fault::Wrong;
use super::lines::Quoting;
use super::lookup::Lookup;
use super::parties::{add_sector, primary};
use super::table::{Column, Header, Row, Shape, column};
use crate::dataset::Dataset;
use crate::event::{CodeScheme, ForeignDate, ForeignEvent, ForeignParty, ForeignPlace};

const ID: usize = 0;
const DATE: usize = 1;
const SOURCE: usize = 2;
const TEXT: usize = 5;
const CODE: usize = 6;
const INTENSITY: usize = 7;
const TARGET: usize = 8;
const PUBLISHER: usize = 13;
const CITY: usize = 14;
const DISTRICT: usize = 15;
const PROVINCE: usize = 16;
const COUNTRY: usize = 17;
const LATITUDE: usize = 18;
const LONGITUDE: usize = 19;

const COLUMNS: [Column; 20] = [
    column("Event ID").needed().carried(),
    column("Event Date").needed().carried(),
    column("Source Name").needed().carried(),
    column("Source Sectors"),
    column("Source Country"),
    column("Event Text").needed().carried(),
    column("CAMEO Code").also(&["CAMEO", "Event Code"]).carried(),
    column("Intensity").carried(),
    column("Target Name").needed().carried(),
    column("Target Sectors"),
    column("Target Country"),
    column("Story ID"),
    column("Sentence Number"),
    column("Publisher").carried(),
    column("City"),
    column("District"),
    column("Province"),
    column("Country"),
    column("Latitude").carried(),
    column("Longitude").carried(),
];

pub(super) static SHAPE: Shape = Shape {
    dataset: Dataset::Icews,
    columns: &COLUMNS,
    delimiter: b'\t',
    quoting: Quoting::None,
    header: Header::Always,
    widths: 19..=20,
    event,
};

fn event(row: &Row<'_>, lookup: &mut Lookup<'_>) -> Result<ForeignEvent, Wrong> {
    let day = row.day(DATE)?;
    let scheme = lookup.codes.unwrap_or(CodeScheme::Cameo);
    let mut event = ForeignEvent::new(row.dataset, row.line, ForeignDate::day(day), scheme);
    let id = row.code(ID).ok_or_else(|| row.wrong(ID, "an id"))?;
    event.id = Some(id);
    event.own_code = row.code(CODE);
    event.own_label = row.text(TEXT);
    event.own_goldstein = row.scale(INTENSITY)?;
    if let Some(entry) = code(row, lookup, scheme) {
        event.code_as(entry);
    }
    event.actor.extend(party(row, SOURCE, lookup));
    event.recipient.extend(party(row, TARGET, lookup));
    event.publishers.extend(row.text(PUBLISHER));
    event.place = place(row, lookup)?;
    Ok(event)
}

fn code<'k>(row: &Row<'_>, lookup: &Lookup<'k>, scheme: CodeScheme) -> Option<&'k Cameo> {
    if let Some(own) = row.get(CODE) {
        // Its codes have three or four digits: two are what is left of three.
        let padded = (own.len() == 2).then(|| SmolStr::from_iter(["0", own]));
        return lookup.cameo(padded.as_deref().unwrap_or(own), scheme);
    }
    let words = row.get(TEXT)?.to_lowercase();
    let words = words.trim_end_matches(", not specified below").trim_end_matches(", not specified");
    let at = labels().binary_search_by(|(label, _)| (*label).cmp(words)).ok()?;
    lookup.cameo(labels()[at].1, CodeScheme::Cameo)
}

/// Words of an ICEWS event in lower case, CAMEO code; sorted.
fn labels() -> &'static [(&'static str, &'static str)] {
    static LABELS: std::sync::OnceLock<Vec<(&str, &str)>> = std::sync::OnceLock::new();
    LABELS.get_or_init(|| {
        let lines = include_str!("icews_labels.txt").lines().filter(|l| !l.starts_with('#'));
        let mut all: Vec<(&str, &str)> =
            lines.filter_map(|l| l.split_once('\t').map(|(code, words)| (words, code))).collect();
        all.sort_unstable();
        all
    })
}

/// The party whose name, sectors and country start at column `at`.
fn party(row: &Row<'_>, at: usize, lookup: &mut Lookup<'_>) -> Option<ForeignParty> {
    let name = row.get(at)?;
    let mut party = ForeignParty { name: Some(name.to_owned()), ..ForeignParty::default() };
    for words in row.list(at + 1, ',') {
        add_sector(&mut party, sector(words).map(SmolStr::new_static));
    }
    party.country = row.get(at + 2).and_then(|n| lookup.country_named(n));
    let named = lookup.named(name);
    party.group = named.group;
    party.ethnicity = named.ethnicity;
    party.country = party.country.or(named.country);
    if party.sectors.is_empty() {
        add_sector(&mut party, named.sector);
    }
    party.sector = primary(&party.sectors);
    Some(party)
}

fn place(row: &Row<'_>, lookup: &mut Lookup<'_>) -> Result<Option<ForeignPlace>, Wrong> {
    let country = row.get(COUNTRY).and_then(|n| lookup.country_named(n));
    let (name, precision) = [(CITY, "settlement"), (DISTRICT, "district"), (PROVINCE, "admin1"), (COUNTRY, "country")]
        .into_iter()
        .find_map(|(at, precision)| row.text(at).map(|n| (Some(n), precision)))
        .unwrap_or((None, "unknown"));
    let degrees = row.degrees(LATITUDE, LONGITUDE)?;
    let place = ForeignPlace {
        name,
        country,
        admin1: row.text(PROVINCE),
        lat: degrees.map(|d| d.0),
        lon: degrees.map(|d| d.1),
        precision,
        ..ForeignPlace::default()
    };
    Ok(place.known())
}

/// PLOVER sector of an ICEWS sector. Words that cut finer (`Executive Office`) say nothing beyond their elders.
fn sector(words: &str) -> Option<&'static str> {
    Some(match words {
        "Government"
        | "Executive"
        | "Executive Office"
        | "Cabinet"
        | "State-Owned Enterprises"
        | "Regulatory"
        | "Foreign Ministry"
        | "Local"
        | "Provincial"
        | "Municipal" => "GOV",
        "Military"
        | "Army"
        | "Navy"
        | "Air Force"
        | "Marines"
        | "Special Forces"
        | "Research and Design Wings"
        | "Military Education" => "MIL",
        "Police" | "Security" | "Border Security" | "Coast Guard" => "COP",
        "Intelligence" => "SPY",
        "Judicial" | "National Court" | "Supreme Court" | "State-Level Court" => "JUD",
        "Legislative / Parliamentary" | "Lower House" | "Upper House" | "Unicameral" => "LEG",
        "Parties"
        | "(National) Major Party"
        | "(National) Minor Party"
        | "(Sub National) Major Party"
        | "(Sub National) Minor Party"
        | "Government Major Party (In Government)"
        | "Opposition Major Party (Out Of Government)"
        | "Government Minor Party (In Government)"
        | "Opposition Minor Party (Out Of Government)" => "PTY",
        "Dissident" | "Protestors / Popular Opposition / Mobs" | "Banned Parties" | "Exiles" => "OPP",
        "Rebel" | "Insurgents" | "Organized Violent" | "Separatists" | "Radicals / Extremists / Fundamentalists" => {
            "REB"
        }
        "Unidentified Forces" => "UAF",
        "Criminals / Gangs" => "CRM",
        "Business" | "Multinational Corporations" | "Multinational Corporation" => "BUS",
        "Media" | "News" => "JRN",
        "Medical / Health" | "Medical / Health NGOs" => "MED",
        "Education" => "EDU",
        "Labor" => "LAB",
        "Agricultural" => "AGR",
        "Refugees / Displaced" => "REF",
        "Religious" => "REL",
        "Elite" => "ELI",
        "Social" | "General Population / Civilian / Social" | "Civilian" => "CVL",
        "International Government Organization" | "Regional Diplomatic IGOs" | "Global Diplomatic IGOs" => "IGO",
        "Nongovernmental Organization (International)"
        | "International Nongovernmental Organization"
        | "Nongovernmental Organizations"
        | "NGO" => "NGO",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_its_code() {
        let codebook = forewarn_codebook::Codebook::embedded().expect("the codebook has no fault");
        for (words, code) in labels() {
            assert!(codebook.cameo.get(code).is_some(), "{words}: {code}");
            assert_eq!(*words, words.to_lowercase());
        }
        let distinct: std::collections::BTreeSet<_> = labels().iter().map(|l| l.0).collect();
        assert_eq!(distinct.len(), labels().len(), "no words stand for two codes");
    }
}
