//! Phoenix: tab-separated, 26 columns without a header; the historical releases have a header and commas.
//!
//! Traps: its quad class goes from 0 to 4 (statements and appeals are 0); its Goldstein values follow the old numbering of
//! CAMEO while its codes follow the present one, so a row's own value may disagree with ours.

use forewarn_codebook::actors::Scheme;
use smol_str::SmolStr;

use super::cell;
use super::fault::Wrong;
use super::lines::Quoting;
use super::lookup::{ActorScheme, Lookup};
use super::table::{Column, Header, Row, Shape, column};
use crate::dataset::Dataset;
use crate::event::{CodeScheme, ForeignDate, ForeignEvent, ForeignPlace};

const ID: usize = 0;
const DATE: usize = 1;
const SOURCE: usize = 5;
const TARGET: usize = 9;
const CODE: usize = 13;
const QUAD: usize = 15;
const GOLDSTEIN: usize = 16;
const LATITUDE: usize = 18;
const LONGITUDE: usize = 19;
const PLACE: usize = 20;
const STATE: usize = 21;
const COUNTRY: usize = 22;
const URLS: usize = 24;
const SOURCES: usize = 25;

const COLUMNS: [Column; 26] = [
    column("id_version").also(&["eid", "id", "event_id"]).needed().carried(),
    column("date").also(&["story_date"]).needed().carried(),
    column("year").carried(),
    column("month").carried(),
    column("day").carried(),
    column("src").also(&["source"]).needed().carried(),
    column("srcRoot").also(&["source_root"]),
    column("srcAgent").also(&["source_agent"]),
    column("srcOthers").also(&["source_others"]),
    column("tgt").also(&["target"]).needed().carried(),
    column("tgtRoot").also(&["target_root"]),
    column("tgtAgent").also(&["target_agent"]),
    column("tgtOthers").also(&["target_others"]),
    column("code").needed().carried(),
    column("rootCode").also(&["root_code"]),
    column("quad").also(&["quad_class"]).carried(),
    column("goldstein").carried(),
    column("issues").also(&["joined_issues"]),
    column("lat").carried(),
    column("lon").carried(),
    column("place").also(&["placename"]).carried(),
    column("state").also(&["statename"]).carried(),
    column("country").also(&["countryname"]),
    column("ids").also(&["aid"]),
    column("urls").also(&["url"]).carried(),
    column("sources").also(&["process"]).carried(),
];

/// The table, with the delimiter that its first line uses.
pub(super) fn shape(head: &[u8]) -> Shape {
    let line = head.split(|b| *b == b'\n').next().unwrap_or(head);
    let (delimiter, quoting) = if line.contains(&b'\t') { (b'\t', Quoting::None) } else { (b',', Quoting::Csv) };
    Shape {
        dataset: Dataset::Phoenix,
        columns: &COLUMNS,
        delimiter,
        quoting,
        header: Header::Sometimes,
        widths: 26..=26,
        event,
    }
}

fn event(row: &Row<'_>, lookup: &mut Lookup<'_>) -> Result<ForeignEvent, Wrong> {
    let day = row.day(DATE)?;
    let scheme = lookup.codes.unwrap_or(CodeScheme::Cameo);
    let mut event = ForeignEvent::new(row.dataset, row.line, ForeignDate::day(day), scheme);
    event.id = Some(row.code(ID).ok_or_else(|| row.wrong(ID, "an id"))?);
    event.own_code = row.code(CODE);
    event.own_goldstein = row.scale(GOLDSTEIN)?;
    event.own_quad = row.count(QUAD)?.and_then(|q| u8::try_from(q).ok());
    if let Some(entry) = row.get(CODE).and_then(|c| lookup.cameo(c, scheme)) {
        event.code_as(entry);
    }
    event.actor.extend(row.get(SOURCE).map(|c| lookup.party(ActorScheme::Cameo, c, day)));
    event.recipient.extend(row.get(TARGET).map(|c| lookup.party(ActorScheme::Cameo, c, day)));
    event.place = place(row, lookup, day)?;
    event.urls = row.list(URLS, ';').map(str::to_owned).collect();
    event.publishers = row.list(SOURCES, ';').map(str::to_owned).collect();
    Ok(event)
}

fn place(row: &Row<'_>, lookup: &mut Lookup<'_>, day: jiff::civil::Date) -> Result<Option<ForeignPlace>, Wrong> {
    let degrees = row.degrees(LATITUDE, LONGITUDE)?;
    let country = row.get(COUNTRY).and_then(|c| by_code_or_name(lookup, c, day));
    let (place, state) = (row.get(PLACE), row.get(STATE));
    // A place that bears its division's or country's name is that, not a settlement.
    let precision = match (place, state) {
        (Some(p), _) if row.get(COUNTRY) == Some(p) => "country",
        (Some(p), Some(s)) if p == s => "admin1",
        (Some(_), _) => "settlement",
        (None, Some(_)) => "admin1",
        (None, None) if country.is_some() => "country",
        (None, None) => "unknown",
    };
    let place = ForeignPlace {
        name: place.or(state).or(cell::known(row.raw(COUNTRY))).map(str::to_owned),
        country,
        admin1: state.map(str::to_owned),
        lat: degrees.map(|d| d.0),
        lon: degrees.map(|d| d.1),
        precision,
        ..ForeignPlace::default()
    };
    Ok(place.known())
}

/// The country of an alpha-3 code or of a name.
pub(super) fn by_code_or_name(lookup: &mut Lookup<'_>, words: &str, day: jiff::civil::Date) -> Option<SmolStr> {
    let by_code = if words.len() == 3 { lookup.country(Scheme::Cameo, words, Some(day)) } else { None };
    by_code.or_else(|| lookup.country_named(words))
}
