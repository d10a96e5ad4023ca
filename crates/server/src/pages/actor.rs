//! `/actors/CODE`: who a code stands for, and what it did and suffered by the reports.

use forewarn_codebook::actors::{Entry as Known, EntryKind, Office, Scheme};
use forewarn_exchange::row::IncidentRow;
use forewarn_filter::{Known as Word, Names as _};
use forewarn_ledger::{Facet, FacetValue, Of, Order, Page as Part};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::{address, segment};
use crate::desk::{Context, Desk};
use crate::fault::Fault;
use crate::frame::{Frame, thousands};
use crate::page::{Entry, Page};
use crate::pages::event::sector;
use crate::show::{chip, list, party};
use crate::table::Table;

/// Incidents that are counted over at most.
const MOST: usize = 2_000;
/// Counterparts that are shown.
const TOP: usize = 12;
/// Incidents that are shown.
const LATEST: usize = 10;
/// Bodies, groups and forces of a country that are named.
const PARTS: usize = 60;

/// One direction: what it did, or what was done to it.
struct Way {
    /// The filter of its incidents.
    q: String,
    total: u64,
    whole: bool,
    types: Vec<FacetValue>,
    others: Vec<FacetValue>,
}

/// Who has a code.
struct Who {
    code: String,
    name: String,
    kind: &'static str,
    country: bool,
    sector: Option<String>,
    dates: String,
    codes: Vec<(&'static str, String)>,
    offices: Vec<(String, String, bool)>,
    ties: Vec<(&'static str, String)>,
    parts: Vec<(String, String)>,
    parts_more: usize,
}

struct Actor {
    who: Who,
    ways: Option<[Way; 2]>,
    latest: Vec<IncidentRow>,
}

/// Makes the page.
///
/// # Errors
/// `unknown-party`, with those of like name.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let word = context.asked.name("code").to_owned();
    let desk = context.desk;
    let lexicon = desk.names.lexicon();
    if let Some(Word::Person(name)) = lexicon.party(&word) {
        return Ok(Box::new(Actor { who: person(desk, &word, &name)?, ways: None, latest: Vec::new() }));
    }
    let found = desk.party(&word)?;
    let who = who(desk, &found.code, &found.name);
    let by = way(context, "actor", &found.code)?;
    let to = way(context, "recipient", &found.code)?;
    let filter = context.narrowed(&[&format!("party:{}", found.code), "set:forewarn"])?;
    let latest = context.ledger.incidents(&filter, &Part { limit: LATEST, order: Order::Latest, after: None })?.rows;
    Ok(Box::new(Actor { who, ways: Some([by, to]), latest }))
}

fn way(context: &Context<'_>, side: &str, code: &str) -> Result<Way, Fault> {
    let q = format!("{side}:{code} status:asserted");
    let filter = context.narrowed(&[&q])?;
    let total = context.ledger.count_incidents(&filter, MOST as u64)?;
    let facets = context.ledger.facets(&filter, Of::Incidents, TOP + 1, MOST)?;
    let of = |name: &str| facets.iter().find(|f| f.field == name);
    let values = |f: Option<&Facet>| f.map(|f| f.values.clone()).unwrap_or_default();
    let mut others = values(of(if side == "actor" { "recipient" } else { "actor" }));
    // What is done among its own is no pair.
    others.retain(|v| v.value != code && !v.value.is_empty());
    others.truncate(TOP);
    Ok(Way { q, total, whole: total < MOST as u64, types: values(of("type")), others })
}

fn kind(entry: EntryKind) -> &'static str {
    match entry {
        EntryKind::Country => "a state, or a territory that is coded like one",
        EntryKind::Body => "an organisation of states, or a body of one",
        EntryKind::Group => "an armed or criminal group",
        EntryKind::Force => "a force, service, ministry, court or parliament of a state",
        EntryKind::Party => "a political party or movement",
        EntryKind::Company => "a company, union, church or association",
        EntryKind::Media => "a news medium",
        EntryKind::Person => "a holder of public office",
        EntryKind::Ethnic => "a people or religious community",
        EntryKind::Place => "a place",
    }
}

fn scheme(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Alpha3 => "ISO 3166-1 alpha-3",
        Scheme::Alpha2 => "ISO 3166-1 alpha-2",
        Scheme::Numeric => "ISO 3166-1 numeric",
        Scheme::Cameo => "CAMEO",
        Scheme::Plover => "PLOVER",
        Scheme::Fips => "FIPS 10-4",
        Scheme::CowNumber => "Correlates of War, number",
        Scheme::Cow => "Correlates of War",
        Scheme::GleditschWard => "Gleditsch and Ward",
    }
}

/// From when to when, in words; empty where neither is known.
fn dates(from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>) -> String {
    match (from, to) {
        (None, None) => String::new(),
        (Some(a), None) => format!("since {a}"),
        (None, Some(b)) => format!("until {b}"),
        (Some(a), Some(b)) => format!("{a} to {b}"),
    }
}

/// What the lexicon says of a code.
fn who(desk: &Desk, code: &str, name: &str) -> Who {
    let actors = &desk.names.actors;
    let entry = actors.by_code(code);
    let country = entry.is_some_and(|e| e.kind == EntryKind::Country);
    let mut codes = Vec::new();
    if country {
        codes.extend(Scheme::ALL.iter().filter_map(|s| Some((scheme(*s), actors.codes(code, *s, None)?.to_owned()))));
    }
    let mut ties: Vec<(&'static str, String)> = Vec::new();
    if let Some(e) = entry {
        ties.extend(e.country.as_ref().filter(|c| *c != code).map(|c| ("belongs to", c.to_string())));
        ties.extend(
            e.bond.as_ref().filter(|_| e.kind == EntryKind::Ethnic).map(|c| ("bears the name of", c.to_string())),
        );
        ties.extend(e.under.iter().map(|c| ("is under, or pledged to,", c.to_string())));
        ties.extend(e.allies.iter().map(|c| ("is an ally of", c.to_string())));
        ties.dedup();
    }
    let bound = |e: &&Known| {
        e.kind != EntryKind::Person
            && e.kind != EntryKind::Place
            && !e.code.is_empty()
            && e.code != code
            && (e.country.as_deref() == Some(code) || e.under.iter().any(|u| u == code))
    };
    let mut parts: Vec<(String, String)> =
        actors.entries.iter().filter(bound).map(|e| (e.code.to_string(), e.name.to_string())).collect();
    parts.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    parts.dedup_by(|a, b| a.0 == b.0);
    let parts_more = parts.len().saturating_sub(PARTS);
    parts.truncate(PARTS);
    Who {
        code: code.to_owned(),
        name: name.to_owned(),
        kind: entry.map_or("a code that the lexicon does not know", |e| kind(e.kind)),
        country,
        sector: entry.and_then(|e| e.sector.as_ref()).map(ToString::to_string),
        dates: entry.map_or_else(String::new, |e| dates(e.dates.from, e.dates.to)),
        codes,
        offices: Vec::new(),
        ties,
        parts,
        parts_more,
    }
}

/// A holder of public office whom the lexicon knows. No list of what a person did is kept.
fn person(desk: &Desk, word: &str, name: &str) -> Result<Who, Fault> {
    let actors = &desk.names.actors;
    let found = actors
        .spelt(name)
        .into_iter()
        .map(|t| actors.entry_of(t))
        .find(|e| e.kind == EntryKind::Person && !e.offices.is_empty());
    let Some(entry) = found else {
        return Err(Fault::new(
            "unknown-party",
            format!("no party and no holder of public office is known as `{}`", crate::pages::event::short(word)),
        ));
    };
    let mut ties: Vec<(&'static str, String)> = Vec::new();
    ties.extend(entry.country.as_ref().map(|c| ("office in", c.to_string())));
    ties.extend(entry.bond.as_ref().map(|c| ("led", c.to_string())));
    let office = |o: &Office| (o.title.to_string(), dates(o.dates.from, o.dates.to), !o.dates.over());
    Ok(Who {
        code: String::new(),
        name: entry.name.to_string(),
        kind: kind(EntryKind::Person),
        country: false,
        sector: None,
        dates: String::new(),
        codes: Vec::new(),
        offices: entry.offices.iter().map(office).collect(),
        ties,
        parts: Vec::new(),
        parts_more: 0,
    })
}

impl Page for Actor {
    fn title(&self) -> String {
        self.who.name.clone()
    }

    fn json(&self) -> Result<Value, Fault> {
        let w = &self.who;
        let mut out = json!({
            "code": w.code, "name": w.name, "kind": w.kind, "sector": w.sector, "dates": w.dates,
            "codes": w.codes.iter().map(|(scheme, code)| json!({ "scheme": scheme, "code": code })).collect::<Vec<_>>(),
            "offices": w.offices.iter().map(|(title, dates, now)| json!({ "title": title, "dates": dates, "held_now": now })).collect::<Vec<_>>(),
            "ties": w.ties.iter().map(|(tie, code)| json!({ "tie": tie, "code": code })).collect::<Vec<_>>(),
            "parts": w.parts.iter().map(|(code, name)| json!({ "code": code, "name": name })).collect::<Vec<_>>(),
            "latest": serde_json::to_value(&self.latest)?,
        });
        if let Some([by, to]) = &self.ways {
            for (name, way) in [("as_actor", by), ("as_recipient", to)] {
                out[name] = json!({
                    "filter": way.q, "incidents": way.total, "whole": way.whole,
                    "types": serde_json::to_value(&way.types)?, "counterparts": serde_json::to_value(&way.others)?,
                });
            }
        }
        Ok(out)
    }

    fn table(&self) -> Result<Table, Fault> {
        let mut out = Table::new(["side", "counterpart", "incidents"]);
        for (side, way) in ["actor", "recipient"].into_iter().zip(self.ways.iter().flatten()) {
            out.rows.extend(way.others.iter().map(|v| vec![json!(side), json!(v.value), json!(v.count)]));
        }
        Ok(out)
    }

    fn features(&self) -> Vec<Value> {
        list::features(&self.latest)
    }

    fn entries(&self) -> Vec<Entry> {
        list::entries(&self.latest)
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        let w = &self.who;
        html! {
            article.actor {
                h1 { (w.name) @if !w.code.is_empty() { " " span.code { (w.code) } } }
                p.lead { (crate::show::words::capital(w.kind)) @if !w.dates.is_empty() { ", " (w.dates) } "." }
                @if self.ways.is_some() { (self.ask(frame)) }
                (about(frame, w))
                @if let Some([by, to]) = &self.ways {
                    section {
                        h2 { "What it did, and what was done to it" }
                        p.muted { "Incidents that reports say happened. They are what was told and read, not all that happened." }
                        div.side-by-side {
                            (self.way(frame, "As the one who acts", by, true))
                            (self.way(frame, "As the one acted on", to, false))
                        }
                    }
                    section {
                        h2 { "The latest" }
                        @if self.latest.is_empty() { p.empty { "No report that has been read tells of " (w.name) @if frame.asked.get("as_of").is_some() { " by that day" } "." } }
                        @else {
                            (list::cards(frame, &self.latest))
                            p { a href=(listed(frame, &format!("party:{}", w.code))) { "All incidents with " (w.name) } }
                        }
                    }
                } @else {
                    p.muted { "The desk keeps no list of what a person did: acts are shown under the state, body or group that a person speaks for." }
                }
            }
        }
    }
}

/// The list of incidents for a filter.
fn listed(frame: &Frame<'_>, q: &str) -> String {
    let mut query = vec![("q", q)];
    query.extend(frame.asked.get("as_of").map(|d| ("as_of", d)));
    address("/incidents", query)
}

impl Actor {
    /// Leads to the forecast with another party.
    fn ask(&self, frame: &Frame<'_>) -> Markup {
        html! {
            form.ask-form method="get" action="/ask" aria-label="Ask about this party and another" data-parties {
                input type="hidden" name="a" value=(self.who.code);
                @if let Some(day) = frame.asked.get("as_of") { input type="hidden" name="as_of" value=(day); }
                div.field {
                    label for="party-b" { "Is a war looming with" }
                    input #party-b type="text" name="b" required maxlength="200" autocomplete="off" spellcheck="false" data-party;
                }
                button type="submit" { "Ask" }
                @if self.who.country { a href=(frame.link(&format!("/countries/{}", segment(&self.who.code)))) { "The outlook of " (self.who.name) } }
            }
        }
    }

    fn way(&self, frame: &Frame<'_>, title: &str, way: &Way, acts: bool) -> Markup {
        html! {
            div {
                h3 { (title) }
                @if way.total == 0 { p.empty { "Nothing is told." } }
                @else {
                    p { a href=(listed(frame, &way.q)) { @if !way.whole { "at least " } (thousands(way.total)) @if way.total == 1 { " incident" } @else { " incidents" } } }
                    ul.chips aria-label="By type" {
                        @for t in way.types.iter().filter(|t| !t.value.is_empty()) {
                            li { a.chip.chip-type.(chip::quad_class(quad(&t.value), Some(&t.value))) href=(listed(frame, &format!("{} type:{}", way.q, t.value))) { (t.value) " " (thousands(t.count)) } }
                        }
                    }
                    @if !way.others.is_empty() {
                        table.rows {
                            caption { @if acts { "Towards whom" } @else { "By whom" } }
                            thead { tr { th scope="col" { "Party" } th.number scope="col" { "Incidents" } th scope="col" { "Over time" } } }
                            tbody {
                                @for v in &way.others {
                                    tr {
                                        th scope="row" { a.party href=(frame.link(&party::href(&v.value))) { (frame.desk.name(&v.value)) } " " span.code { (v.value) } }
                                        td.number { (thousands(v.count)) }
                                        td { a href=(frame.link(&format!("/dyads/{}/{}", segment(&self.who.code), segment(&v.value)))) { "both ways" span.visually-hidden { " with " (frame.desk.name(&v.value)) } } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn quad(event: &str) -> Option<u8> {
    forewarn_codebook::EventType::parse(event).map(forewarn_codebook::EventType::quad_class)
}

fn about(frame: &Frame<'_>, w: &Who) -> Markup {
    html! {
        @if w.sector.is_some() || !w.ties.is_empty() || !w.codes.is_empty() || !w.offices.is_empty() {
            section {
                h2 { "Who it is" }
                dl {
                    @if let Some(code) = &w.sector { dt { "Sector" } dd { (sector(code)) " " span.code { (code) } } }
                    @for (tie, code) in &w.ties { dt { (crate::show::words::capital(tie)) } dd { a.party href=(frame.link(&party::href(code))) { (frame.desk.name(code)) } " " span.code { (code) } } }
                    @for (title, dates, now) in &w.offices { dt { (crate::show::words::capital(title)) } dd { (if dates.is_empty() { "dates not known" } else { dates.as_str() }) @if *now { span.muted { " (by the lexicon)" } } } }
                    @if !w.codes.is_empty() {
                        dt { "Codes elsewhere" }
                        dd { @for (i, (scheme, code)) in w.codes.iter().enumerate() { @if i > 0 { " · " } (scheme) " " code { (code) } } }
                    }
                }
            }
        }
        @if !w.parts.is_empty() {
            details {
                summary { "Bodies, forces, groups and parties that belong to it: " (w.parts.len() + w.parts_more) }
                ul.columns { @for (code, name) in &w.parts { li { a href=(frame.link(&party::href(code))) { (name) } " " span.code { (code) } } } }
                @if w.parts_more > 0 { p.muted { "and " (w.parts_more) " more" } }
            }
        }
    }
}
