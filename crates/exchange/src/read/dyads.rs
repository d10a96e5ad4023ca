//! A plain table of dyads: day (or month, or year), actor, recipient, code or type; perhaps a scale, counts, an id.
//!
//! Columns go by name. Which list the codes are from is guessed from the first rows unless the caller says it: roots 21
//! and 22 are WEIS's, which has 22 roots where CAMEO has 20; with WEIS come KEDS's actor codes.

use forewarn_codebook::EventType;
use smol_str::SmolStr;

use super::Options;
use super::fault::Wrong;
use super::lines::Quoting;
use super::lookup::{ActorScheme, Lookup};
use super::table::{Column, Header, Row, Shape, column};
use super::{cell, weis};
use crate::dataset::Dataset;
use crate::event::{CodeScheme, ForeignCount, ForeignEvent, ForeignParty};

const DATE: usize = 0;
const ACTOR: usize = 1;
const RECIPIENT: usize = 2;
const CODE: usize = 3;
const TYPE: usize = 4;
const MODE: usize = 5;
const GOLDSTEIN: usize = 6;
const REPEATS: usize = 7;
const KILLED: usize = 8;
const ID: usize = 9;
const LABEL: usize = 10;
const QUAD: usize = 11;
const URL: usize = 12;
const PUBLISHER: usize = 13;

pub(super) const COLUMNS: [Column; 14] = [
    column("date").also(&["day", "event_date", "sqldate", "month", "year", "when"]).needed().carried(),
    column("actor").also(&["source", "src", "actor1", "sender", "side_a", "from", "source_code"]).needed().carried(),
    column("recipient")
        .also(&["target", "tgt", "actor2", "receiver", "side_b", "to", "target_code"])
        .needed()
        .carried(),
    column("code").also(&["cameo", "cameo_code", "event_code", "eventcode", "weis", "weis_code"]).carried(),
    column("event_type").also(&["type", "plover", "event"]).carried(),
    column("event_mode").also(&["mode"]).carried(),
    column("goldstein").also(&["goldsteinscale", "intensity", "scale"]).carried(),
    column("count").also(&["n", "events", "n_events", "freq", "frequency"]).carried(),
    column("killed").also(&["deaths", "fatalities", "best"]).carried(),
    column("id").also(&["event_id", "eventid"]).carried(),
    column("desc").also(&["description", "label", "event_text"]).carried(),
    column("quad_class").also(&["quad", "quadclass"]).carried(),
    column("url").also(&["source_url"]).carried(),
    column("publisher").carried(),
];

/// The table, with the delimiter that its header uses most.
pub(super) fn shape(head: &[u8]) -> Shape {
    let line = head.split(|b| *b == b'\n').next().unwrap_or(head);
    let count = |d: u8| memchr::memchr_iter(d, line).count();
    let delimiter = [b',', b'\t', b';'].into_iter().max_by_key(|d| (count(*d), *d == b',')).unwrap_or(b',');
    Shape {
        dataset: Dataset::Dyads,
        columns: &COLUMNS,
        delimiter,
        quoting: Quoting::Csv,
        header: Header::Always,
        widths: 0..=0,
        event,
    }
}

/// Settles what the codes of events and actors are, from the first rows, where the caller left it open.
pub(super) fn guess(head: &[u8], options: &Options<'_>, lookup: &mut Lookup<'_>) {
    if lookup.codes.is_none() {
        let name = options.file.to_ascii_lowercase();
        let text = String::from_utf8_lossy(head);
        let header = text.lines().next().unwrap_or("").to_ascii_lowercase();
        let said = name.contains("weis") || name.contains("keds") || header.contains("weis");
        lookup.codes = Some(if said || has_weis_roots(&text) { CodeScheme::Weis } else { CodeScheme::Cameo });
    }
    if lookup.parties.is_none() {
        lookup.parties =
            Some(if lookup.codes == Some(CodeScheme::Weis) { ActorScheme::Keds } else { ActorScheme::Cameo });
    }
}

/// Whether some code of three digits has a root that WEIS alone has.
fn has_weis_roots(text: &str) -> bool {
    let mut lines = text.lines();
    let header = lines.next().unwrap_or("");
    let Some(delimiter) = [',', '\t', ';'].into_iter().max_by_key(|d| header.matches(*d).count()) else { return false };
    let bare = |c: &str| c.trim().trim_matches('"').to_ascii_lowercase();
    let named = std::iter::once(&COLUMNS[CODE].name).chain(&["cameo", "event_code", "weis"]);
    let names: Vec<&str> = named.copied().collect();
    let Some(at) = header.split(delimiter).position(|c| names.contains(&bare(c).as_str())) else { return false };
    let root = |line: &str| {
        let code = bare(line.split(delimiter).nth(at)?);
        (code.len() == 3 && matches!(code.get(..2), Some("21" | "22"))).then_some(())
    };
    lines.any(|l| root(l).is_some())
}

fn event(row: &Row<'_>, lookup: &mut Lookup<'_>) -> Result<ForeignEvent, Wrong> {
    let date = cell::interval(row.raw(DATE)).ok_or_else(|| row.wrong(DATE, "a date, month or year"))?;
    let scheme = lookup.codes.unwrap_or(CodeScheme::Cameo);
    let mut event = ForeignEvent::new(row.dataset, row.line, date, scheme);
    event.id = row.code(ID);
    event.own_label = row.text(LABEL);
    event.own_goldstein = row.scale(GOLDSTEIN)?;
    event.own_quad = row.count(QUAD)?.and_then(|q| u8::try_from(q).ok());
    event.repeats = row.count(REPEATS)?;
    event.urls.extend(row.text(URL));
    event.publishers.extend(row.text(PUBLISHER));
    code(row, lookup, &mut event)?;
    for (at, side) in [(ACTOR, &mut event.actor), (RECIPIENT, &mut event.recipient)] {
        side.extend(row.get(at).map(|words| party(words, lookup, date.start)));
    }
    if event.actor.is_empty() && event.recipient.is_empty() {
        return Err(row.wrong(ACTOR, "an actor or a recipient"));
    }
    if let Some(killed) = row.whole(KILLED)? {
        event.counts.push(ForeignCount { what: "killed", best: Some(killed), ..ForeignCount::default() });
    }
    Ok(event)
}

/// Code or type: a type is PLOVER's word, whatever column it stands in.
fn code(row: &Row<'_>, lookup: &Lookup<'_>, event: &mut ForeignEvent) -> Result<(), Wrong> {
    let code = row.get(CODE);
    if let Some(code) = code {
        event.own_code = Some(SmolStr::new(code));
        let cameo = match event.scheme {
            CodeScheme::Weis => weis::cameo(code).and_then(|c| lookup.cameo(c, CodeScheme::Cameo)),
            scheme => lookup.cameo(code, scheme),
        };
        if let Some(entry) = cameo {
            event.code_as(entry);
        }
    }
    let words = row.get(TYPE).or(code).unwrap_or("");
    let (name, mode) = words.split_once('/').unwrap_or((words, row.get(MODE).unwrap_or("")));
    if let Some(known) = EventType::parse(&name.to_ascii_uppercase()) {
        let mode = known.modes().find(|m| *m == mode).map(SmolStr::new_static);
        if code.is_none_or(|c| c == words) {
            event.scheme = CodeScheme::Plover;
            event.own_code = Some(SmolStr::new(words));
        }
        event.type_as(Some(known), mode);
    } else if row.get(TYPE).is_some() && code.is_none() {
        return Err(row.wrong(TYPE, "a PLOVER type such as ASSAULT"));
    } else if row.get(TYPE).is_some() {
        event.own_label = event.own_label.take().or_else(|| row.text(TYPE));
    }
    if code.is_none() && row.get(TYPE).is_none() {
        return Err(row.wrong(CODE, "a code or a type"));
    }
    Ok(())
}

/// A code of chunks, or a name in words.
fn party(words: &str, lookup: &mut Lookup<'_>, day: jiff::civil::Date) -> ForeignParty {
    let scheme = lookup.parties.unwrap_or(ActorScheme::Cameo);
    let chunks = words.len() <= 24 && words.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let capitals = words.bytes().filter(u8::is_ascii_alphabetic).all(|b| b.is_ascii_uppercase());
    if chunks
        && (capitals || words.get(..3).is_some_and(|c| c.bytes().all(|b| b.is_ascii_uppercase())))
        && scheme != ActorScheme::Names
    {
        return lookup.party(scheme, words, day);
    }
    let named = lookup.named(words);
    ForeignParty {
        name: Some(words.to_owned()),
        country: named.country,
        sectors: named.sector.iter().cloned().collect(),
        sector: named.sector,
        group: named.group,
        ethnicity: named.ethnicity,
        ..ForeignParty::default()
    }
}
