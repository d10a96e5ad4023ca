//! POLECAT: tab-separated, 40 columns, read by name.
//!
//! Quirks: `None` is how it says nothing; some files are ISO 8859-1; some headers name a `Headline` that some of their rows
//! have and some have not; some lines end with tabs. Types, modes, contexts and sectors are PLOVER's already; those that
//! the manual does not know stay in the row's own columns. Several parties of a side are separated by semicolons.

use forewarn_codebook::EventType;
use forewarn_codebook::actors::Scheme;
use forewarn_codebook::ontology::{CONTEXTS, SECTORS};
use smol_str::SmolStr;

use super::cell;
use super::fault::Wrong;
use super::lines::Quoting;
use super::lookup::Lookup;
use super::parties::add_sector;
use super::table::{Column, Header, Row, Shape, column};
use crate::dataset::Dataset;
use crate::event::{CodeScheme, ForeignDate, ForeignEvent, ForeignParty, ForeignPlace};

const ID: usize = 0;
const DATE: usize = 1;
const TYPE: usize = 2;
const MODE: usize = 3;
const INTENSITY: usize = 4;
const QUAD: usize = 5;
const CONTEXT: usize = 6;
const ACTOR: usize = 7;
const RECIPIENT: usize = 15;
const PLACENAME: usize = 23;
const CITY: usize = 24;
const DISTRICT: usize = 25;
const PROVINCE: usize = 26;
const COUNTRY: usize = 27;
const LATITUDE: usize = 28;
const LONGITUDE: usize = 29;
const GEONAMES: usize = 30;
const RAW_PLACE: usize = 31;
const SOURCE: usize = 33;
const PUBLISHED: usize = 34;
const HEADLINE: usize = 40;

const COLUMNS: [Column; 41] = [
    column("Event ID").needed().carried(),
    column("Event Date").needed().carried(),
    column("Event Type").needed().carried(),
    column("Event Mode"),
    column("Intensity").carried(),
    column("Quad Code"),
    column("Contexts"),
    column("Actor Name").needed().carried(),
    column("Actor Country"),
    column("Actor COW"),
    column("Primary Actor Sector"),
    column("Actor Sectors"),
    column("Actor Title").carried(),
    column("Actor Name Raw").carried(),
    column("Wikipedia Actor ID"),
    column("Recipient Name").needed().carried(),
    column("Recipient Country"),
    column("Recipient COW"),
    column("Primary Recipient Sector"),
    column("Recipient Sectors"),
    column("Recipient Title").carried(),
    column("Recipient Name Raw").carried(),
    column("Wikipedia Recipient ID"),
    column("Placename"),
    column("City"),
    column("District"),
    column("Province").carried(),
    column("Country"),
    column("Latitude").carried(),
    column("Longitude").carried(),
    column("GeoNames ID").carried(),
    column("Raw Placename").carried(),
    column("Feature Type"),
    column("Source").carried(),
    column("Publication Date").carried(),
    column("Story People"),
    column("Story Organizations"),
    column("Story Locations"),
    column("Language"),
    column("Version"),
    column("Headline").carried(),
];

pub(super) static SHAPE: Shape = Shape {
    dataset: Dataset::Polecat,
    columns: &COLUMNS,
    delimiter: b'\t',
    quoting: Quoting::Line,
    header: Header::Always,
    widths: 40..=41,
    event,
};

fn event(row: &Row<'_>, lookup: &mut Lookup<'_>) -> Result<ForeignEvent, Wrong> {
    let day = row.day(DATE)?;
    let mut event = ForeignEvent::new(row.dataset, row.line, ForeignDate::day(day), CodeScheme::Plover);
    event.id = Some(row.code(ID).ok_or_else(|| row.wrong(ID, "an id"))?);
    event.own_code = row.code(TYPE);
    if let Some(name) = row.get(TYPE) {
        let Some(known) = EventType::parse(&name.to_ascii_uppercase()) else {
            return Err(row.wrong(TYPE, "one of PLOVER's 16 types"));
        };
        let mode = row.get(MODE).and_then(|m| known.modes().find(|k| k.eq_ignore_ascii_case(m)));
        lookup.plover(&mut event, known, mode);
    }
    // Contexts are the row's, not those of the code that stands for its type.
    let contexts = row.list(CONTEXT, ';').filter_map(|c| CONTEXTS.iter().find(|k| **k == c));
    event.contexts = contexts.map(|c| SmolStr::new_static(c)).collect();
    event.own_goldstein = row.scale(INTENSITY)?;
    event.own_quad = row.get(QUAD).and_then(cell::whole).and_then(|q| u8::try_from(q).ok());
    event.actor = side(row, ACTOR, lookup, day);
    event.recipient = side(row, RECIPIENT, lookup, day);
    event.place = place(row, lookup, day)?;
    event.publishers.extend(row.text(SOURCE));
    event.published = row.day_if(PUBLISHED)?;
    event.headline = row.text(HEADLINE);
    Ok(event)
}

/// The parties whose columns start at `at`: name, country, COW, primary sector, sectors, title, raw name. Cells that
/// hold as many values as there are names are dealt out one each.
fn side(row: &Row<'_>, at: usize, lookup: &mut Lookup<'_>, day: jiff::civil::Date) -> Vec<ForeignParty> {
    let names: Vec<&str> = row.list(at, ';').collect();
    let countries: Vec<&str> = row.list(at + 1, ';').collect();
    let primaries: Vec<&str> = row.list(at + 3, ';').collect();
    let titles: Vec<&str> = row.list(at + 5, ';').collect();
    let raws: Vec<&str> = row.list(at + 6, ';').collect();
    let n = names.len().max(countries.len()).max(usize::from(!raws.is_empty() || !primaries.is_empty()));
    let deal = |values: &[&str], i: usize| {
        if values.len() == n { values.get(i).map(|v| (*v).to_owned()) } else { None }
    };
    let whole = |at: usize, values: &[&str], i: usize| {
        deal(values, i).or_else(|| if i == 0 && values.len() != n { row.text(at) } else { None })
    };
    let mut parties = Vec::with_capacity(n);
    for i in 0..n {
        let mut party = ForeignParty {
            name: whole(at, &names, i),
            raw: whole(at + 6, &raws, i),
            office: whole(at + 5, &titles, i),
            ..ForeignParty::default()
        };
        if let Some(code) = deal(&countries, i) {
            party.country = lookup
                .country(Scheme::Alpha3, &code, Some(day))
                .or_else(|| lookup.country(Scheme::Plover, &code, Some(day)));
            if party.country.is_none() {
                add_sector(&mut party, sector(&code));
            }
            party.code = Some(SmolStr::new(code));
        }
        add_sector(&mut party, deal(&primaries, i).and_then(|s| sector(&s)));
        if n == 1 {
            for s in row.list(at + 4, ';') {
                add_sector(&mut party, sector(s));
            }
        }
        party.sector = party.sectors.first().cloned();
        if let Some(name) = &party.name {
            let named = lookup.named(name);
            party.group = named.group;
            party.ethnicity = named.ethnicity;
        }
        parties.push(party);
    }
    parties
}

fn sector(code: &str) -> Option<SmolStr> {
    SECTORS.iter().find(|s| **s == code).map(|s| SmolStr::new_static(s))
}

fn place(row: &Row<'_>, lookup: &mut Lookup<'_>, day: jiff::civil::Date) -> Result<Option<ForeignPlace>, Wrong> {
    let precision = [(CITY, "settlement"), (DISTRICT, "district"), (PROVINCE, "admin1"), (COUNTRY, "country")]
        .into_iter()
        .find(|(at, _)| row.get(*at).is_some())
        .map_or("unknown", |(_, precision)| precision);
    let name = [PLACENAME, CITY, DISTRICT, PROVINCE, COUNTRY].into_iter().find_map(|at| row.text(at));
    let country = row.get(COUNTRY).and_then(|c| {
        let by_code = if c.len() == 3 { lookup.country(Scheme::Alpha3, c, Some(day)) } else { None };
        by_code.or_else(|| lookup.country_named(c))
    });
    let degrees = row.degrees(LATITUDE, LONGITUDE)?;
    let place = ForeignPlace {
        name,
        country,
        admin1: row.text(PROVINCE),
        lat: degrees.map(|d| d.0),
        lon: degrees.map(|d| d.1),
        geonameid: row.count(GEONAMES)?,
        precision,
        text: row.text(RAW_PLACE),
    };
    Ok(place.known())
}
