//! PLOVER 2.0 records, one JSON object a line.
//!
//! Fields are those of the manual (draft 2.0). Extensions say what PLOVER has no field for: `attribution`, the chain of
//! voices, `factuality`, and `disputed_actor` with `actor_alternatives`; what is not asserted also has an auxiliary context of the manual, so that readers who know
//! no extension do not take it for a happening: `negation`, `future`, `hypothetical` or `historical`.

use std::io::{BufWriter, Write};

use forewarn_codebook::actors::{Actors, Scheme};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::view::View;
use super::{Error, Fate, Form, Notice, Settings, party};
use crate::row::{CountRange, EventRow, IncidentRow, PartyRow, PlaceRow};

pub(super) struct Plover<'a, W: Write> {
    out: BufWriter<W>,
    actors: &'a Actors,
    coder: String,
    codebook: Option<String>,
}

impl<'a, W: Write> Plover<'a, W> {
    pub(super) fn open(out: W, settings: Settings<'a>, notice: &Notice) -> Self {
        Self {
            out: BufWriter::new(out),
            actors: settings.actors,
            coder: notice.program.clone(),
            codebook: notice.codebook_version.clone(),
        }
    }

    fn record(&mut self, v: &View<'_>) -> Result<Fate, Error> {
        let Some(event) = v.event_type else { return Ok(Fate::LeftOut("no PLOVER type")) };
        let Some(date) = v.date_start.or(v.published) else { return Ok(Fate::LeftOut("no date")) };
        let mut out = Map::new();
        let mut put = |name: &str, value: Value| {
            if !value.is_null() {
                out.insert(name.to_owned(), value);
            }
        };
        put("id", v.id.into());
        put("date", date.to_string().into());
        put("enddate", v.date_end.filter(|e| *e > date).map(|e| e.to_string()).into());
        let unnamed = [PartyRow { sector: Some("UNK".to_owned()), ..PartyRow::default() }];
        let actor = if v.actor.is_empty() { &unnamed } else { v.actor };
        put("actor", actor.iter().map(|p| entity(self.actors, p, date)).collect::<Vec<_>>().into());
        if !v.recipient.is_empty() {
            put("recipient", v.recipient.iter().map(|p| entity(self.actors, p, date)).collect::<Vec<_>>().into());
        }
        put("event", json!([event]));
        put("event_loc", v.place.map(|p| json!([location(self.actors, p, date)])).into());
        put("event_text", v.predicate.into());
        let quad = forewarn_codebook::EventType::parse(event).map(forewarn_codebook::EventType::quad_class);
        put("quad_code", quad.into());
        put("event_scale", v.plover_score.into());
        put("mode", v.event_mode.map(|m| json!([m])).into());
        let auxiliary = match v.status {
            Some("denied" | "negated" | "disavowed") => Some("negation"),
            Some("announced") => Some("future"),
            Some("hypothetical") => Some("hypothetical"),
            Some("background") => Some("historical"),
            _ => None,
        };
        let context: Vec<&str> = v.contexts.iter().map(String::as_str).chain(auxiliary).collect();
        if !context.is_empty() {
            put("context", context.into());
        }
        put("size", size(v));
        put("text", v.evidence.into());
        put("text_info", v.sentence.map(|s| json!({"sequence": s + 1})).into());
        put("cite_info", self.citation(v));
        put("coder", self.coder.clone().into());
        put("factuality", v.status.into());
        if !v.attribution.is_empty() {
            put("attribution", serde_json::to_value(v.attribution)?);
        }
        if v.disputed {
            put("disputed_actor", true.into());
            put("actor_alternatives", v.alternatives.iter().map(|p| entity(self.actors, p, date)).collect());
        }
        serde_json::to_writer(&mut self.out, &out)?;
        self.out.write_all(b"\n")?;
        Ok(Fate::Written)
    }

    fn citation(&self, v: &View<'_>) -> Value {
        let mut out = Map::new();
        let fields = [
            ("url", v.url),
            ("title", v.title),
            ("publication", v.publisher),
            ("codebook", self.codebook.as_deref()),
            ("version", Some("PLOVER 2.0")),
        ];
        for (name, value) in fields {
            if let Some(value) = value {
                out.insert(name.to_owned(), value.into());
            }
        }
        out.insert("citation".to_owned(), v.sentence_id.clone().into());
        out.into()
    }
}

impl<W: Write> Form for Plover<'_, W> {
    fn event(&mut self, row: &EventRow) -> Result<Fate, Error> {
        self.record(&View::event(row))
    }

    fn incident(&mut self, row: &IncidentRow) -> Result<Fate, Error> {
        self.record(&View::incident(row))
    }

    fn end(mut self, _: &Notice) -> Result<(), Error> {
        Ok(self.out.flush()?)
    }
}

/// A party: its state's PLOVER code, else its group's, else its sector where that names a kind of body.
fn entity(actors: &Actors, p: &PartyRow, date: Date) -> Value {
    let mut out = Map::new();
    let state = p.country.as_deref().map(|iso3| actors.codes(iso3, Scheme::Plover, Some(date)).unwrap_or(iso3));
    let code = state.or(p.group.as_deref()).or(p.sector.as_deref()).unwrap_or("UNK");
    out.insert("code".to_owned(), code.into());
    let text = Some(p.text.as_str()).filter(|t| !t.is_empty());
    let fields = [
        ("sector", p.sector.as_deref()),
        ("entity_text", text),
        ("identifier_text", p.person.as_deref().or_else(|| p.group.as_deref().map(|_| party::name(actors, p)))),
        ("ethnicity", p.ethnicity.as_deref()),
        ("office", p.office.as_deref()),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            out.insert(name.to_owned(), value.into());
        }
    }
    if state.is_some() && p.group.is_some() {
        out.insert("group".to_owned(), p.group.clone().into());
    }
    out.into()
}

fn location(actors: &Actors, p: &PlaceRow, date: Date) -> Value {
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            out.insert(name.to_owned(), value);
        }
    };
    put("resolved_place", p.name.clone().into());
    put("geonameid", p.geonameid.into());
    put("lat", p.lat.into());
    put("lon", p.lon.into());
    put("province", p.admin1.clone().into());
    if let Some(iso3) = p.country.as_deref() {
        put("country", party::country_name(actors, iso3).into());
        put("country_code", actors.codes(iso3, Scheme::Plover, Some(date)).unwrap_or(iso3).into());
    }
    let resolution = match p.precision.as_str() {
        "exact" => Some(5),
        "settlement" => Some(4),
        "district" => Some(3),
        "admin1" => Some(2),
        "country" => Some(1),
        _ => None,
    };
    put("resolution", resolution.into());
    out.into()
}

/// The best numbers of dead, injured and arrested; null where none is known.
fn size(v: &View<'_>) -> Value {
    let mut out = Map::new();
    let best = |c: CountRange| c.best.or(c.low);
    for (name, count) in [("dead", best(v.killed)), ("injured", best(v.injured)), ("arrested", best(v.arrested))] {
        if let Some(n) = count {
            out.insert(name.to_owned(), n.into());
        }
    }
    if out.is_empty() { Value::Null } else { out.into() }
}
