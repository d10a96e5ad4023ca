//! ACLED: CSV, 31 columns with a header.
//!
//! Traps: neither side of a battle acts on the other (`directed` is false); 0 fatalities are also written where nobody
//! knows; the kinds of actors are numbers in older files and words in newer ones; Kosovo's `iso` is 0; a day stands for a
//! week or month where the time precision says so. `timestamp` tells since when the row was to be had.

use forewarn_codebook::EventType;
use forewarn_codebook::actors::Scheme;
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use smol_str::SmolStr;

use super::fault::Wrong;
use super::lines::Quoting;
use super::lookup::Lookup;
use super::names::of_name;
use super::parties::add_sector;
use super::table::{Column, Header, Row, Shape, column};
use crate::dataset::Dataset;
use crate::event::{CodeScheme, ForeignCount, ForeignDate, ForeignEvent, ForeignParty, ForeignPlace};

const ID: usize = 0;
const DATE: usize = 1;
const TIME_PRECISION: usize = 3;
const TYPE: usize = 5;
const SUB_TYPE: usize = 6;
const ACTOR1: usize = 7;
const INTER1: usize = 9;
const ACTOR2: usize = 10;
const INTER2: usize = 12;
const ISO: usize = 15;
const COUNTRY: usize = 17;
const ADMIN1: usize = 18;
const LOCATION: usize = 21;
const LATITUDE: usize = 22;
const LONGITUDE: usize = 23;
const GEO_PRECISION: usize = 24;
const SOURCE: usize = 25;
const NOTES: usize = 27;
const FATALITIES: usize = 28;
const TIMESTAMP: usize = 30;

const COLUMNS: [Column; 31] = [
    column("event_id_cnty").also(&["data_id"]).needed().carried(),
    column("event_date").needed(),
    column("year"),
    column("time_precision"),
    column("disorder_type"),
    column("event_type").needed(),
    column("sub_event_type").needed(),
    column("actor1").needed().carried(),
    column("assoc_actor_1"),
    column("inter1"),
    column("actor2").carried(),
    column("assoc_actor_2"),
    column("inter2"),
    column("interaction"),
    column("civilian_targeting"),
    column("iso"),
    column("region"),
    column("country"),
    column("admin1").carried(),
    column("admin2"),
    column("admin3"),
    column("location").carried(),
    column("latitude").carried(),
    column("longitude").carried(),
    column("geo_precision"),
    column("source"),
    column("source_scale"),
    column("notes").carried(),
    column("fatalities").carried(),
    column("tags"),
    column("timestamp"),
];

pub(super) static SHAPE: Shape = Shape {
    dataset: Dataset::Acled,
    columns: &COLUMNS,
    delimiter: b',',
    quoting: Quoting::Csv,
    header: Header::Always,
    widths: 31..=31,
    event,
};

/// The table with the delimiter that the header uses: exports by hand have semicolons.
pub(super) fn shape(head: &[u8]) -> Shape {
    let line = head.split(|b| *b == b'\n').next().unwrap_or(head);
    let count = |d: u8| memchr::memchr_iter(d, line).count();
    let delimiter = if count(b';') > count(b',') { b';' } else { b',' };
    Shape { delimiter, widths: 31..=31, ..SHAPE }
}

/// A sub-event type of ACLED: its name, CAMEO code, PLOVER type and mode. None of the types says more than the name does;
/// those that PLOVER has no word for have none.
type Kind = (&'static str, &'static str, Option<(EventType, Option<&'static str>)>);

use EventType::{Agree, Assault, Coerce, Mobilize, Protest};

/// Sub-event types with their coding.
pub(super) const KINDS: [Kind; 25] = [
    ("Armed clash", "190", Some((Assault, None))),
    ("Government regains territory", "192", Some((Assault, None))),
    ("Non-state actor overtakes territory", "192", Some((Assault, None))),
    ("Peaceful protest", "141", Some((Protest, Some("demo")))),
    ("Protest with intervention", "141", Some((Protest, Some("demo")))),
    ("Excessive force against protesters", "141", Some((Protest, Some("demo")))),
    ("Violent demonstration", "145", Some((Protest, Some("riot")))),
    ("Mob violence", "145", Some((Protest, Some("riot")))),
    ("Chemical weapon", "2041", Some((Assault, Some("unconventional")))),
    ("Air/drone strike", "195", Some((Assault, Some("aerial")))),
    ("Suicide bomb", "183", Some((Assault, Some("suicide-attack")))),
    ("Shelling/artillery/missile attack", "194", Some((Assault, Some("heavy-weapons")))),
    ("Remote explosive/landmine/IED", "183", Some((Assault, Some("explosives")))),
    ("Grenade", "183", Some((Assault, Some("explosives")))),
    ("Sexual violence", "1821", Some((Assault, Some("sexual")))),
    ("Attack", "180", Some((Assault, None))),
    ("Abduction/forced disappearance", "181", Some((Assault, Some("abduct")))),
    ("Agreement", "030", Some((Agree, None))),
    ("Arrests", "173", Some((Coerce, Some("arrest")))),
    ("Change to group/activity", "", None),
    ("Disrupted weapons use", "", None),
    ("Headquarters or base established", "154", Some((Mobilize, Some("troops")))),
    ("Looting/property destruction", "171", Some((Coerce, Some("seize")))),
    ("Non-violent transfer of territory", "", None),
    ("Other", "", None),
];

fn event(row: &Row<'_>, lookup: &mut Lookup<'_>) -> Result<ForeignEvent, Wrong> {
    let day = row.day(DATE)?;
    let date = match row.get(TIME_PRECISION) {
        None | Some("1") => ForeignDate::day(day),
        Some("2") => week(day),
        Some("3") => ForeignDate { start: day.first_of_month(), end: day.last_of_month(), precision: "month" },
        Some(_) => return Err(row.wrong(TIME_PRECISION, "a precision from 1 to 3")),
    };
    let mut event = ForeignEvent::new(row.dataset, row.line, date, CodeScheme::Acled);
    event.id = Some(row.code(ID).ok_or_else(|| row.wrong(ID, "an id"))?);
    let (kind, sub) = (row.get(TYPE).unwrap_or(""), row.get(SUB_TYPE).unwrap_or(""));
    event.own_code = Some(SmolStr::from_iter([kind, "/", sub]));
    let Some((_, cameo, coding)) = KINDS.iter().find(|(name, _, _)| name.eq_ignore_ascii_case(sub)) else {
        return Err(row.wrong(SUB_TYPE, "one of ACLED's 25 sub-event types"));
    };
    if let Some(entry) = lookup.cameo(cameo, CodeScheme::Cameo) {
        event.code_as(entry);
    }
    if let Some((known, mode)) = coding {
        event.type_as(Some(*known), mode.map(SmolStr::new_static));
    }
    if sub.starts_with("Excessive force") && !event.contexts.iter().any(|c| c == "repression") {
        event.contexts.push(SmolStr::new_static("repression"));
    }
    event.directed = !matches!(kind, "Battles") && !matches!(sub, "Agreement");
    event.actor.extend(party(row, ACTOR1, INTER1, lookup));
    event.recipient.extend(party(row, ACTOR2, INTER2, lookup));
    event.place = place(row, lookup, day)?;
    if let Some(dead) = row.whole(FATALITIES)? {
        event.counts.push(ForeignCount { what: "killed", best: Some(dead), ..ForeignCount::default() });
    }
    event.publishers = row.list(SOURCE, ';').map(str::to_owned).collect();
    event.sources = u32::try_from(event.publishers.len()).ok().filter(|n| *n > 0);
    event.text = row.text(NOTES);
    event.recorded =
        row.get(TIMESTAMP).map(|t| added(t).ok_or_else(|| row.wrong(TIMESTAMP, "seconds since 1970"))).transpose()?;
    Ok(event)
}

/// The week, Monday to Sunday, in which the day lies.
fn week(day: Date) -> ForeignDate {
    let back = i64::from(day.weekday().since(Weekday::Monday));
    let start = day.checked_sub(jiff::Span::new().days(back)).unwrap_or(day);
    let end = start.checked_add(jiff::Span::new().days(6)).unwrap_or(day);
    ForeignDate { start, end, precision: "week" }
}

/// The day of a timestamp.
fn added(cell: &str) -> Option<Date> {
    let seconds: i64 = cell.parse().ok()?;
    Some(Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date())
}

fn party(row: &Row<'_>, name: usize, inter: usize, lookup: &mut Lookup<'_>) -> Option<ForeignParty> {
    let mut party = of_name(lookup, row.get(name)?);
    if party.sectors.is_empty() {
        let kind = match row.get(inter).unwrap_or("") {
            "1" | "State forces" | "State Forces" => Some("MIL"),
            "2" | "Rebel group" | "Rebel Groups" | "Rebel Group" => Some("REB"),
            "3" | "Political militia" | "Political Militia" | "Political Militias" | "4" | "Identity militia"
            | "Identity Militia" | "Identity Militias" => Some("UAF"),
            "5" | "Rioters" | "6" | "Protesters" => Some("OPP"),
            "7" | "Civilians" => Some("CVL"),
            _ => None,
        };
        add_sector(&mut party, kind.map(SmolStr::new_static));
        party.sector = party.sectors.first().cloned();
    }
    Some(party)
}

fn place(row: &Row<'_>, lookup: &mut Lookup<'_>, day: Date) -> Result<Option<ForeignPlace>, Wrong> {
    let precision = match row.get(GEO_PRECISION) {
        Some("1") => "settlement",
        Some("2") => "district",
        Some("3") => "admin1",
        None => "unknown",
        Some(_) => return Err(row.wrong(GEO_PRECISION, "a precision from 1 to 3")),
    };
    let by_name = row.get(COUNTRY).and_then(|n| lookup.country_named(n));
    let by_number = |lookup: &mut Lookup<'_>| {
        let number = row.get(ISO)?.parse::<u16>().ok().filter(|n| *n > 0)?;
        lookup.country(Scheme::Numeric, &format!("{number:03}"), Some(day))
    };
    let country = by_name.or_else(|| by_number(lookup));
    let degrees = row.degrees(LATITUDE, LONGITUDE)?;
    let place = ForeignPlace {
        name: row.text(LOCATION),
        country,
        admin1: row.text(ADMIN1),
        lat: degrees.map(|d| d.0),
        lon: degrees.map(|d| d.1),
        precision,
        ..ForeignPlace::default()
    };
    Ok(place.known())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_code_and_mode_that_exist() {
        let codebook = forewarn_codebook::Codebook::embedded().expect("the codebook has no fault");
        for (name, cameo, coding) in KINDS {
            assert_eq!(cameo.is_empty(), coding.is_none(), "{name}");
            assert!(cameo.is_empty() || codebook.cameo.get(cameo).is_some(), "{name}");
            if let Some((event, Some(mode))) = coding {
                assert!(event.modes().any(|m| m == mode), "{name}");
            }
        }
    }

    #[test]
    fn weeks_begin_on_mondays() {
        let date = week("2023-09-24".parse().expect("a Sunday"));
        assert_eq!((date.start.to_string(), date.end.to_string()), ("2023-09-18".to_owned(), "2023-09-24".to_owned()));
    }
}
