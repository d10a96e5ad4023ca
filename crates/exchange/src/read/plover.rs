//! PLOVER records: JSON Lines, or one JSON list.
//!
//! Names of the manual's second draft and those of before it are read (`source`, `target`, `eventText`, `eventLoc`); so are
//! our extensions (`factuality`, `attribution`, `group`). The manual's auxiliaries stand among the contexts and say whether
//! the event happened. A record of several events becomes several events.

use std::io::BufRead;
use std::sync::Arc;

use forewarn_codebook::EventType;
use forewarn_codebook::ontology::{CONTEXTS, SECTORS};
use jiff::civil::Date;
use serde_json::{Map, Value};
use smol_str::SmolStr;

use super::cell;
use super::fault::{Error, Wrong};
use super::json::Values;
use super::lines::{LONGEST_LINE, Lines, Quoting, Step};
use super::lookup::Lookup;
use super::parties::{add_sector, belongs, group_of, people_of};
use super::phoenix::by_code_or_name;
use super::{Options, Sink, Summary};
use crate::dataset::Dataset;
use crate::event::{CodeScheme, ForeignCount, ForeignDate, ForeignEvent, ForeignParty, ForeignPlace, Own};

type Record = Map<String, Value>;

/// Reads a whole file; `head` is its beginning.
pub(super) fn read(
    input: Box<dyn BufRead + '_>,
    head: &[u8],
    options: &Options<'_>,
    lookup: &mut Lookup<'_>,
    sink: Sink<'_>,
) -> Result<Summary, Error> {
    let file: Arc<str> = options.file.into();
    let mut summary = Summary::new(Dataset::Plover);
    let mut one = |line: u64, bytes: Option<&[u8]>| {
        summary.rows += 1;
        let events = match bytes {
            None => Err(Wrong::row(
                "a record without end, or a very long one".to_owned(),
                format!("at most {} MiB", LONGEST_LINE >> 20),
            )),
            Some(bytes) => parse(bytes).and_then(|record| events(record, line, lookup)),
        };
        match events {
            Ok(events) => {
                for event in events {
                    summary.take(&event);
                    sink(Ok(event));
                }
            }
            Err(wrong) => {
                summary.faults += 1;
                sink(Err(wrong.at(&file, line)));
            }
        }
    };
    let failed = |line: u64, source: std::io::Error| Error::Io { file: Arc::clone(&file), line, source };
    if is_lines(head) {
        let mut lines = Lines::new(input, b'\n', Quoting::None);
        loop {
            match lines.step().map_err(|e| failed(lines.line, e))? {
                Step::End => break,
                Step::TooLong => one(lines.line, None),
                Step::Record | Step::Unclosed => one(lines.line, Some(lines.whole().as_bytes())),
            }
        }
        summary.recoded = lines.recoded;
    } else {
        let mut values = Values::new(input);
        let mut last = 0;
        while let Some((line, bytes)) = values.next().map_err(|e| failed(last, e))? {
            one(line, bytes.as_deref());
            last = line;
        }
    }
    Ok(summary)
}

/// Whether each line is a record: the first ends like one, or the second begins like one.
fn is_lines(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut lines = text.lines().filter(|l| !l.trim().is_empty());
    let first = lines.next().unwrap_or("").trim();
    first.starts_with('{') && (first.ends_with('}') || lines.next().is_none_or(|l| l.starts_with('{')))
}

fn parse(bytes: &[u8]) -> Result<Record, Wrong> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(record)) => Ok(record),
        Ok(other) => Err(Wrong::row(super::fault::shown(&other.to_string()), "a JSON object")),
        Err(e) => {
            let shown = super::fault::shown(&String::from_utf8_lossy(bytes));
            Err(Wrong::row(shown, format!("a JSON object ({e})")))
        }
    }
}

/// Takes the first of several names out of a record.
fn take(record: &mut Record, names: &[&str]) -> Option<Value> {
    names.iter().find_map(|n| record.remove(*n)).filter(|v| !v.is_null())
}

/// Words, trimmed; a number is its digits.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(s) => s.trim().to_owned(),
        Value::Number(n) => n.to_string(),
        _ => return None,
    };
    cell::known(&text).map(str::to_owned)
}

fn take_words(record: &mut Record, names: &[&str]) -> Option<String> {
    take(record, names).as_ref().and_then(words)
}

/// A list of words, or one string with separators.
fn list(value: Option<Value>) -> Vec<String> {
    match value {
        Some(Value::Array(items)) => items.iter().filter_map(words).collect(),
        Some(other) => {
            let all = words(&other).unwrap_or_default();
            all.split([';', ',']).map(str::trim).filter(|w| cell::known(w).is_some()).map(str::to_owned).collect()
        }
        None => Vec::new(),
    }
}

/// The objects of a list, or the one object.
fn objects(value: Option<Value>) -> Vec<Record> {
    let object = |v: Value| match v {
        Value::Object(o) => Some(o),
        Value::String(code) => Some(std::iter::once(("code".to_owned(), Value::String(code))).collect()),
        _ => None,
    };
    match value {
        Some(Value::Array(items)) => items.into_iter().filter_map(object).collect(),
        Some(other) => object(other).into_iter().collect(),
        None => Vec::new(),
    }
}

/// A type by its present name or by one of earlier drafts, with the mode that an old name implies.
fn type_called(name: &str) -> Option<(EventType, Option<&'static str>)> {
    let name = name.to_ascii_uppercase();
    if let Some(known) = EventType::parse(&name) {
        return Some((known, None));
    }
    match name.as_str() {
        "DEMAND" => Some((EventType::Request, None)),
        "DISAPPROVE" => Some((EventType::Accuse, Some("disapprove"))),
        "INVESTIGATE" => Some((EventType::Accuse, Some("investigate"))),
        "YIELD" => Some((EventType::Concede, None)),
        _ => None,
    }
}

fn events(mut record: Record, line: u64, lookup: &mut Lookup<'_>) -> Result<Vec<ForeignEvent>, Wrong> {
    let id = take_words(&mut record, &["id"]);
    let date = when(&mut record)?;
    let mut event = ForeignEvent::new(Dataset::Plover, line, date, CodeScheme::Plover);
    let types = list(take(&mut record, &["event", "eventCode", "event_type"]));
    if types.is_empty() {
        return Err(Wrong::new("event", "", "a list of PLOVER types"));
    }
    let modes = list(take(&mut record, &["mode", "eventMode"]));
    let context = list(take(&mut record, &["context", "contexts"]));
    let said = take_words(&mut record, &["factuality"]);
    event.factuality = factuality(said.as_deref(), &context);
    event.contexts =
        context.iter().filter_map(|c| CONTEXTS.iter().find(|k| *k == c)).map(|c| SmolStr::new_static(c)).collect();
    event.actor = sides(take(&mut record, &["actor", "source"]), lookup, date.start);
    event.recipient = sides(take(&mut record, &["recipient", "target"]), lookup, date.start);
    event.place = objects(take(&mut record, &["event_loc", "eventLoc", "location"]))
        .into_iter()
        .next()
        .and_then(|l| place(l, lookup, date.start));
    event.text = take_words(&mut record, &["text"]);
    event.own_quad =
        take(&mut record, &["quad_code"]).and_then(|v| cell::whole(&words(&v)?)).and_then(|q| u8::try_from(q).ok());
    event.own_goldstein =
        take(&mut record, &["event_scale"]).and_then(|v| cell::decimal(&words(&v)?)).map(|v| v as f32);
    let mut own: Vec<(SmolStr, String)> = Vec::new();
    event.counts = sizes(take(&mut record, &["size"]), &mut own);
    cited(take(&mut record, &["cite_info", "citeInfo"]), &mut event, &mut own);
    event.publishers.extend(take_words(&mut record, &["publisher"]));
    event.urls.extend(take_words(&mut record, &["url"]));
    event.claimant = record.get("attribution").and_then(claimant);
    let unknown: Vec<&str> =
        context.iter().map(String::as_str).filter(|c| !CONTEXTS.contains(c) && auxiliary(c).is_none()).collect();
    if !unknown.is_empty() {
        own.push((SmolStr::new_static("context"), unknown.join(";")));
    }
    rest("", record, &mut own);

    let mut out = Vec::with_capacity(types.len());
    for (n, name) in types.iter().enumerate() {
        let Some((known, implied)) = type_called(name) else {
            return Err(Wrong::new("event", name, "one of PLOVER's 16 types"));
        };
        let mode = modes.iter().find_map(|m| known.modes().find(|k| k.eq_ignore_ascii_case(m))).or(implied);
        let mut event = event.clone();
        let number = if n == 0 { String::new() } else { format!(".{}", n + 1) };
        event.id = id.as_ref().map(|id| SmolStr::from_iter([id.as_str(), &number]));
        event.own_code = Some(SmolStr::new(name));
        lookup.plover(&mut event, known, mode);
        let mut own = own.clone();
        let strange: Vec<&str> =
            modes.iter().map(String::as_str).filter(|m| !known.modes().any(|k| k.eq_ignore_ascii_case(m))).collect();
        if !strange.is_empty() {
            own.push((SmolStr::new_static("mode"), strange.join(";")));
        }
        event.own = Own::from_pairs(own);
        out.push(event);
    }
    Ok(out)
}

fn when(record: &mut Record) -> Result<ForeignDate, Wrong> {
    let start = take_words(record, &["date"]).unwrap_or_default();
    let Some(start) = cell::interval(&start) else {
        return Err(Wrong::new("date", &start, "a date, month or year"));
    };
    let Some(end) = take_words(record, &["enddate", "endDate", "end_date"]) else { return Ok(start) };
    let Some(end) = cell::interval(&end) else {
        return Err(Wrong::new("enddate", &end, "a date, month or year"));
    };
    if end.end < start.start {
        return Err(Wrong::new("enddate", &end.end.to_string(), "a day that is not before date"));
    }
    Ok(ForeignDate::between(start.start, end.end))
}

/// What an auxiliary says of whether the event happened.
fn auxiliary(context: &str) -> Option<&'static str> {
    match context {
        "negation" => Some("negated"),
        "hypothetical" => Some("hypothetical"),
        "future" => Some("announced"),
        "historical" => Some("background"),
        _ => None,
    }
}

fn factuality(said: Option<&str>, context: &[String]) -> &'static str {
    let known = said.and_then(forewarn_coder::Factuality::parse).map(forewarn_coder::Factuality::as_str);
    let order = ["negation", "hypothetical", "future", "historical"];
    let by_context = order.iter().find(|a| context.iter().any(|c| c == *a)).and_then(|a| auxiliary(a));
    known.or(by_context).unwrap_or("asserted")
}

fn sides(value: Option<Value>, lookup: &mut Lookup<'_>, day: Date) -> Vec<ForeignParty> {
    objects(value).into_iter().map(|o| entity(o, lookup, day)).filter(|p| *p != ForeignParty::default()).collect()
}

fn entity(mut record: Record, lookup: &mut Lookup<'_>, day: Date) -> ForeignParty {
    let code = take_words(&mut record, &["code", "actorCode"]);
    let mut party = ForeignParty {
        name: take_words(&mut record, &["entity_text", "actorText", "text", "identifier_text"]),
        code: code.as_deref().map(SmolStr::new),
        office: take_words(&mut record, &["office"]),
        ..ForeignParty::default()
    };
    if let Some(code) = code.as_deref().filter(|c| c.is_ascii()) {
        party.group = group_of(lookup, code);
        if party.group.is_none() {
            for (i, at) in (0..code.len().min(24)).step_by(3).enumerate() {
                let chunk = &code[at..code.len().min(at + 3)];
                // PLOVER's own sectors: `MED` is medicine here.
                if let Some(s) = SECTORS.iter().find(|s| **s == chunk) {
                    add_sector(&mut party, Some(SmolStr::new_static(s)));
                    party.group = party.group.or_else(|| group_of(lookup, chunk));
                } else if i == 0 {
                    party.country = by_code_or_name(lookup, chunk, day)
                        .or_else(|| lookup.country(forewarn_codebook::actors::Scheme::Plover, chunk, Some(day)));
                }
            }
        }
    }
    for s in list(take(&mut record, &["sector", "sectors"])) {
        add_sector(&mut party, Some(SmolStr::new(s)));
    }
    if let Some(group) = take_words(&mut record, &["group"]) {
        party.group = Some(SmolStr::new(group));
    }
    if let Some(group) = party.group.take() {
        belongs(lookup, &mut party, group);
    }
    party.sector = party.sectors.first().cloned();
    let people = take_words(&mut record, &["ethnicity"]).or_else(|| take_words(&mut record, &["religion"]));
    party.ethnicity = people.map(|p| people_of(lookup, &p).unwrap_or_else(|| SmolStr::new(p)));
    party
}

fn place(mut record: Record, lookup: &mut Lookup<'_>, day: Date) -> Option<ForeignPlace> {
    let mut get = |names: &[&str]| take_words(&mut record, names);
    let (resolved, text) = (get(&["resolved_place", "name"]), get(&["extracted_place", "text"]));
    let (city, district) = (get(&["city"]), get(&["district"]));
    let (province, country) = (get(&["province", "admin1"]), get(&["country"]));
    let code = get(&["country_code", "countryCode"]);
    let degrees = |cell: Option<String>, most: f64| cell.and_then(|c| cell::decimal(&c)).filter(|v| v.abs() <= most);
    let (lat, lon) = (degrees(get(&["lat", "latitude"]), 90.0), degrees(get(&["lon", "lng", "longitude"]), 180.0));
    let precision = match get(&["resolution"]).as_deref() {
        Some("5") => "exact",
        Some("4") => "settlement",
        Some("3") => "district",
        Some("2") => "admin1",
        Some("1") => "country",
        _ if city.is_some() => "settlement",
        _ if district.is_some() => "district",
        _ if province.is_some() => "admin1",
        _ if country.is_some() || code.is_some() => "country",
        _ => "unknown",
    };
    let geonameid = get(&["geonameid", "geonamesid"]).and_then(|g| u32::try_from(cell::whole(&g)?).ok());
    let iso3 = code.as_deref().and_then(|c| by_code_or_name(lookup, c, day)).or_else(|| {
        let by_plover =
            code.as_deref().and_then(|c| lookup.country(forewarn_codebook::actors::Scheme::Plover, c, Some(day)));
        by_plover.or_else(|| country.as_deref().and_then(|n| lookup.country_named(n)))
    });
    let place = ForeignPlace {
        name: resolved.or(city).or(district).or_else(|| province.clone()).or_else(|| text.clone()).or(country),
        country: iso3,
        admin1: province,
        lat: lat.filter(|_| lon.is_some()),
        lon: lon.filter(|_| lat.is_some()),
        geonameid,
        precision,
        text,
    };
    place.known()
}

/// The sizes that are numbers; others stay in the row's own words.
fn sizes(value: Option<Value>, own: &mut Vec<(SmolStr, String)>) -> Vec<ForeignCount> {
    let mut out = Vec::new();
    let Some(Value::Object(mut record)) = value else { return out };
    for (name, what) in [("dead", "killed"), ("injured", "injured"), ("arrested", "arrested")] {
        let number = record.get(name).and_then(words).and_then(|w| cell::whole(&w));
        if let Some(best) = number {
            record.remove(name);
            out.push(ForeignCount { what, best: Some(best), ..ForeignCount::default() });
        }
    }
    rest("size.", record, own);
    out
}

fn cited(value: Option<Value>, event: &mut ForeignEvent, own: &mut Vec<(SmolStr, String)>) {
    for mut record in objects(value).into_iter().take(1) {
        event.urls.extend(take_words(&mut record, &["url"]));
        event.headline = take_words(&mut record, &["title"]);
        event.publishers.extend(take_words(&mut record, &["publication"]));
        rest("cite_info.", record, own);
    }
}

/// The innermost voice that our extension names beside the publisher.
fn claimant(value: &Value) -> Option<String> {
    let voices = value.as_array()?;
    let speaks = |v: &&Value| v.get("kind").and_then(Value::as_str).is_some_and(|k| k != "publisher");
    voices.iter().rev().find(speaks).and_then(|v| words(v.get("text")?))
}

/// Keeps what is left under its name: strings as they are, everything else as JSON.
fn rest(prefix: &str, record: Record, own: &mut Vec<(SmolStr, String)>) {
    for (name, value) in record {
        let text = match value {
            Value::Null => continue,
            Value::String(s) if s.is_empty() => continue,
            Value::String(s) => s,
            other => other.to_string(),
        };
        own.push((SmolStr::from_iter([prefix, &name]), text));
    }
}
