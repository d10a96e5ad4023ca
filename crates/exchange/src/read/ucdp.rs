//! UCDP Georeferenced Events and Candidate Events: CSV, 49 columns; some candidate files have no header.
//!
//! Traps: in state-based and non-state violence side A and side B only stand beside each other, neither acts on the other
//! (`directed` is false); a middle of a region has coordinates too, so the precision must be looked at; `-1` sources are
//! an unknown number; countries have Gleditsch and Ward's numbers.

use forewarn_codebook::EventType;
use forewarn_codebook::actors::Scheme;
use smol_str::SmolStr;

use super::cell;
use super::fault::Wrong;
use super::lines::Quoting;
use super::lookup::Lookup;
use super::names::of_name;
use super::table::{Column, Header, Row, Shape, column};
use crate::dataset::Dataset;
use crate::event::{CodeScheme, ForeignCount, ForeignDate, ForeignEvent, ForeignParty, ForeignPlace};

const ID: usize = 0;
const VIOLENCE: usize = 5;
const SIDE_A: usize = 14;
const SIDE_B: usize = 17;
const SOURCES: usize = 18;
const ARTICLE: usize = 19;
const OFFICE: usize = 20;
const SOURCE_DATE: usize = 21;
const HEADLINE: usize = 22;
const ORIGINAL: usize = 23;
const WHERE_PREC: usize = 24;
const WHERE: usize = 25;
const WHERE_WORDS: usize = 26;
const ADM_1: usize = 27;
const LATITUDE: usize = 29;
const LONGITUDE: usize = 30;
const COUNTRY: usize = 33;
const COUNTRY_ID: usize = 34;
const DATE_PREC: usize = 37;
const DATE_START: usize = 38;
const DATE_END: usize = 39;
const DEATHS: usize = 40;
const BEST: usize = 44;
const HIGH: usize = 45;
const LOW: usize = 46;
const GWNO_A: usize = 47;
const GWNO_B: usize = 48;

const COLUMNS: [Column; 49] = [
    column("id").needed().carried(),
    column("relid"),
    column("year"),
    column("active_year"),
    column("code_status"),
    column("type_of_violence").needed().carried(),
    column("conflict_dset_id"),
    column("conflict_new_id"),
    column("conflict_name"),
    column("dyad_dset_id"),
    column("dyad_new_id"),
    column("dyad_name"),
    column("side_a_dset_id"),
    column("side_a_new_id"),
    column("side_a").needed().carried(),
    column("side_b_dset_id"),
    column("side_b_new_id"),
    column("side_b").needed().carried(),
    column("number_of_sources").carried(),
    column("source_article").carried(),
    column("source_office"),
    column("source_date"),
    column("source_headline").carried(),
    column("source_original").carried(),
    column("where_prec"),
    column("where_coordinates").carried(),
    column("where_description").carried(),
    column("adm_1").carried(),
    column("adm_2"),
    column("latitude").carried(),
    column("longitude").carried(),
    column("geom_wkt"),
    column("priogrid_gid"),
    column("country"),
    column("country_id"),
    column("region"),
    column("event_clarity"),
    column("date_prec"),
    column("date_start").needed().carried(),
    column("date_end").carried(),
    column("deaths_a").carried(),
    column("deaths_b").carried(),
    column("deaths_civilians").carried(),
    column("deaths_unknown").carried(),
    column("best").also(&["best_est"]).carried(),
    column("high").also(&["high_est"]).carried(),
    column("low").also(&["low_est"]).carried(),
    column("gwnoa"),
    column("gwnob"),
];

/// The table of `dataset`, which is one of UCDP's.
pub(super) fn shape(dataset: Dataset) -> Shape {
    Shape {
        dataset,
        columns: &COLUMNS,
        delimiter: b',',
        quoting: Quoting::Csv,
        header: Header::Sometimes,
        widths: 49..=49,
        event,
    }
}

fn event(row: &Row<'_>, lookup: &mut Lookup<'_>) -> Result<ForeignEvent, Wrong> {
    let start = row.day(DATE_START)?;
    let end = row.day_if(DATE_END)?.unwrap_or(start);
    if end < start {
        return Err(row.wrong(DATE_END, "a day that is not before date_start"));
    }
    let precision = match row.get(DATE_PREC) {
        None if start == end => "day",
        Some("1") => "day",
        Some("2" | "3") => "week",
        Some("4") => "month",
        None | Some("5") => "year",
        Some(_) => return Err(row.wrong(DATE_PREC, "a precision from 1 to 5")),
    };
    let mut event = ForeignEvent::new(row.dataset, row.line, ForeignDate { start, end, precision }, CodeScheme::Ucdp);
    event.id = Some(row.code(ID).ok_or_else(|| row.wrong(ID, "an id"))?);
    // A type that the files leave empty is unknown; what our own exports leave open is none of the three.
    let cameo = match row.get(VIOLENCE) {
        Some("1" | "2") => Some("190"),
        Some("3") => Some("180"),
        None => None,
        Some(_) => return Err(row.wrong(VIOLENCE, "a type of violence from 1 to 3")),
    };
    event.own_code = row.code(VIOLENCE);
    event.directed = row.get(VIOLENCE) == Some("3");
    if let Some(entry) = cameo.and_then(|c| lookup.cameo(c, CodeScheme::Cameo)) {
        event.code_as(entry);
    } else {
        // Every event of the set is one of deadly force.
        event.type_as(Some(EventType::Assault), None);
    }
    event.actor.extend(side(row, SIDE_A, GWNO_A, lookup, start));
    event.recipient.extend(side(row, SIDE_B, GWNO_B, lookup, start));
    event.place = place(row, lookup, start)?;
    counts(row, &mut event)?;
    event.sources = if row.get(SOURCES) == Some("-1") { None } else { row.count(SOURCES)? };
    event.publishers = row.list(OFFICE, ';').map(str::to_owned).collect();
    event.published = row.list(SOURCE_DATE, ';').filter_map(cell::day).min();
    event.headline = row.text(HEADLINE);
    event.claimant = row.text(ORIGINAL);
    event.text = row.text(ARTICLE);
    Ok(event)
}

fn side(
    row: &Row<'_>,
    name: usize,
    gwno: usize,
    lookup: &mut Lookup<'_>,
    day: jiff::civil::Date,
) -> Option<ForeignParty> {
    let mut party = of_name(lookup, row.get(name)?);
    // The number means the state of the day, the name does not.
    if let Some(found) = row.get(gwno).and_then(|number| country(lookup, number, "", day)) {
        party.country = Some(found);
    }
    Some(party)
}

/// The state that a number of Gleditsch and Ward means, or one of the Correlates of War, or a name: UCDP keeps old
/// numbers longer than either list.
fn country(lookup: &mut Lookup<'_>, number: &str, name: &str, day: jiff::civil::Date) -> Option<SmolStr> {
    let number = number.strip_suffix(".0").unwrap_or(number);
    lookup
        .country(Scheme::GleditschWard, number, Some(day))
        .or_else(|| lookup.country(Scheme::CowNumber, number, Some(day)))
        .or_else(|| lookup.country_named(name))
}

fn place(row: &Row<'_>, lookup: &mut Lookup<'_>, day: jiff::civil::Date) -> Result<Option<ForeignPlace>, Wrong> {
    let precision = match row.get(WHERE_PREC) {
        Some("1") => "exact",
        Some("2") => "settlement",
        Some("3") => "district",
        Some("4") => "admin1",
        Some("5" | "7") => "region",
        Some("6") => "country",
        None => "unknown",
        Some(_) => return Err(row.wrong(WHERE_PREC, "a precision from 1 to 7")),
    };
    let degrees = row.degrees(LATITUDE, LONGITUDE)?;
    let place = ForeignPlace {
        name: row.text(WHERE),
        country: country(lookup, row.get(COUNTRY_ID).unwrap_or(""), row.get(COUNTRY).unwrap_or(""), day),
        admin1: row.text(ADM_1),
        lat: degrees.map(|d| d.0),
        lon: degrees.map(|d| d.1),
        geonameid: None,
        precision,
        text: row.text(WHERE_WORDS),
    };
    Ok(place.known())
}

/// The dead of all, then of each side.
fn counts(row: &Row<'_>, event: &mut ForeignEvent) -> Result<(), Wrong> {
    let all =
        ForeignCount { what: "killed", who: "", low: row.whole(LOW)?, best: row.whole(BEST)?, high: row.whole(HIGH)? };
    if all.low.is_some() || all.best.is_some() || all.high.is_some() {
        event.counts.push(all);
    }
    for (i, who) in ["side_a", "side_b", "civilians", "unknown"].into_iter().enumerate() {
        if let Some(best) = row.whole(DEATHS + i)? {
            event.counts.push(ForeignCount { what: "killed", who, best: Some(best), ..ForeignCount::default() });
        }
    }
    Ok(())
}
