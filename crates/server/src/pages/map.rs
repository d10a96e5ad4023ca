//! `/map`: where it happened, as finely as the reports say and no finer.

use std::collections::BTreeMap;

use forewarn_filter::Filter;
use forewarn_ledger::{PlaceCount, Places};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::address;
use crate::chart::{self, Spot};
use crate::desk::Context;
use crate::fault::Fault;
use crate::form::Form;
use crate::frame::{Frame, thousands};
use crate::page::{Entry, Page};
use crate::show::{day, place};
use crate::table::Table;

/// Incidents that are counted at most.
const MOST: usize = 20_000;
/// Rows of the table.
const ROWS: usize = 200;
/// Places that are drawn, those with most incidents; the table of data has all.
const DRAWN: usize = 2000;
/// Places of the drawing without scripts: more would be one on another.
const SPOTS: usize = 400;

struct Map {
    filter: Filter,
    places: Places,
    /// Words of the filter as they were typed.
    q: String,
    /// Names of the countries, by code.
    names: BTreeMap<String, String>,
}

/// Makes the page.
///
/// # Errors
/// When the filter cannot be read.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let filter = context.filter()?;
    let places = context.ledger.places(&filter, MOST)?;
    let codes = places.places.iter().filter_map(|p| p.country.as_deref());
    let names = codes.map(|c| (c.to_owned(), context.desk.name(c).to_owned())).collect();
    Ok(Box::new(Map { names, q: context.asked.get("q").unwrap_or("").to_owned(), filter, places }))
}

/// The class that most incidents of a place are of.
fn class(p: &PlaceCount) -> &'static str {
    let [verbal, material, words, deeds] = p.quad;
    let short_of_force = deeds.saturating_sub(p.assaults);
    let counts = [(verbal, "q1"), (material, "q2"), (words, "q3"), (short_of_force, "q4"), (p.assaults, "qf")];
    counts.into_iter().max_by_key(|(n, _)| *n).map_or("q0", |(_, class)| class)
}

impl Map {
    /// What may be drawn, and what is known to a country or region only.
    fn drawn(&self) -> (Vec<&PlaceCount>, Vec<&PlaceCount>) {
        self.places.places.iter().partition(|p| {
            p.place.as_ref().is_some_and(|p| p.lat.is_some() && p.lon.is_some() && place::is_drawn(&p.precision))
        })
    }

    /// The name of what an incident without a place that could be drawn counts for.
    fn name<'a>(&'a self, p: &'a PlaceCount) -> &'a str {
        let country = p.country.as_deref().and_then(|c| self.names.get(c)).map(String::as_str);
        p.place.as_ref().map(|p| p.name.as_str()).or(country).unwrap_or("no country")
    }

    /// The list of one place's incidents: the filter and the place.
    fn href(&self, p: &PlaceCount) -> String {
        let mut q = self.q.clone();
        let term = match (&p.place, &p.country) {
            (Some(place), _) if place.precision != "country" => format!("place:\"{}\"", place.name.replace('"', "")),
            (_, Some(country)) => format!("country:{country}"),
            _ => String::new(),
        };
        if !q.is_empty() && !term.is_empty() {
            q.push(' ');
        }
        q.push_str(&term);
        address("/incidents", (!q.is_empty()).then_some(("q", q.as_str())))
    }
}

impl Page for Map {
    fn title(&self) -> String {
        if self.filter.is_empty() { "Map".to_owned() } else { format!("Map: {}", self.filter) }
    }

    fn json(&self) -> Result<Value, Fault> {
        let (drawn, coarse) = self.drawn();
        let places: Vec<Value> = drawn
            .iter()
            .take(DRAWN)
            .filter_map(|p| {
                let at = p.place.as_ref()?;
                Some(json!({
                    "name": at.name, "country": at.country, "admin1": at.admin1, "lat": at.lat, "lon": at.lon,
                    "precision": at.precision, "incidents": p.incidents, "quad": p.quad, "assaults": p.assaults,
                    "killed": p.killed, "latest": p.latest, "class": class(p), "href": self.href(p),
                }))
            })
            .collect();
        let countries: Vec<Value> = coarse
            .iter()
            .map(|p| {
                json!({
                    "country": p.country, "name": self.name(p), "incidents": p.incidents,
                    "quad": p.quad, "latest": p.latest, "href": self.href(p),
                })
            })
            .collect();
        Ok(json!({
            "filter": self.filter.to_string(), "places": places, "countries": countries, "counted": self.places.counted,
            "whole": self.places.whole, "note": NOTE,
        }))
    }

    fn table(&self) -> Result<Table, Fault> {
        let mut out = Table::new([
            "place",
            "country",
            "admin1",
            "lat",
            "lon",
            "precision",
            "incidents",
            "verbal_cooperation",
            "material_cooperation",
            "verbal_conflict",
            "material_conflict",
            "assaults",
            "killed",
            "latest",
        ]);
        for p in &self.places.places {
            let at = p.place.as_ref();
            out.rows.push(vec![
                json!(at.map(|a| &a.name)),
                json!(p.country),
                json!(at.and_then(|a| a.admin1.as_ref())),
                json!(at.and_then(|a| a.lat)),
                json!(at.and_then(|a| a.lon)),
                json!(at.map(|a| &a.precision)),
                json!(p.incidents),
                json!(p.quad[0]),
                json!(p.quad[1]),
                json!(p.quad[2]),
                json!(p.quad[3]),
                json!(p.assaults),
                json!(p.killed),
                json!(p.latest),
            ]);
        }
        Ok(out)
    }

    fn features(&self) -> Vec<Value> {
        self.places
            .places
            .iter()
            .map(|p| {
                json!({
                    "type": "Feature", "geometry": place::geometry(p.place.as_ref()),
                    "properties": {
                        "name": p.place.as_ref().map(|p| &p.name), "country": p.country,
                        "precision": p.place.as_ref().map(|p| &p.precision), "incidents": p.incidents, "quad": p.quad,
                        "assaults": p.assaults, "killed": p.killed, "latest": p.latest, "href": self.href(p),
                    },
                })
            })
            .collect()
    }

    fn entries(&self) -> Vec<Entry> {
        let mut latest: Vec<&PlaceCount> = self.places.places.iter().collect();
        latest.sort_by_key(|p| std::cmp::Reverse(p.latest));
        latest
            .into_iter()
            .take(50)
            .map(|p| {
                let name = p.place.as_ref().map_or_else(|| p.country.clone().unwrap_or_default(), place::text);
                Entry {
                    id: format!("place-{name}-{}", p.latest.map_or_else(String::new, |d| d.to_string())),
                    title: format!("{name}: {} incidents", p.incidents),
                    href: self.href(p),
                    updated: p.latest,
                    summary: String::new(),
                }
            })
            .collect()
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        let (drawn, coarse) = self.drawn();
        let spots: Vec<Spot> = drawn
            .iter()
            .take(SPOTS)
            .filter_map(|p| {
                let at = p.place.as_ref()?;
                Some(Spot {
                    name: at.name.clone(),
                    at: (at.lat?, at.lon?),
                    fine: place::is_fine(&at.precision),
                    incidents: p.incidents,
                    href: self.href(p),
                    class: class(p),
                })
            })
            .collect();
        html! {
            h1 { "Where it happened" }
            form.filter-form method="get" action="/map" role="search" {
                div.wide {
                    label for="q" { "Filter " a href="/help/filter" { "(how)" } }
                    input #q type="search" name="q" value=(self.q) placeholder="type:ASSAULT country:XKX since:2023" autocomplete="off" spellcheck="false";
                }
                label { "As of " input type="date" name="as_of" value=(frame.asked.get("as_of").unwrap_or("")); }
                button type="submit" { "Show" }
            }
            p.stamp {
                (thousands(self.places.counted)) " incidents"
                @if !self.places.whole { " (only so many are counted: narrow the filter for all)" }
                " · " a href=(address("/incidents", (!self.q.is_empty()).then_some(("q", self.q.as_str())))) { "as a list" }
            }
            @if self.places.places.is_empty() {
                p.empty { "No incident fits" @if !self.q.is_empty() { " the filter " code { (self.filter) } } "." }
            } @else {
                div data-map data-src=(frame.asked.link(Form::Json, &[])) {
                    @if let Some(drawing) = chart::map(&spots) { (drawing) }
                    @else { p.empty { "Nothing that fits is known to more than its country." } }
                }
                p.map-note.muted { (NOTE) }
                (self.list(&drawn, "Places, as finely as the reports say"))
                @if !coarse.is_empty() {
                    h2 { "Known to a country or region only" }
                    p.muted { "These are not on the map: a point would say more than any report does." }
                    (self.list(&coarse, "Incidents without a place that could be drawn"))
                }
            }
        }
    }
}

/// What is said of boundaries on every map.
const NOTE: &str = "Boundaries and names are those of Natural Earth and GeoNames; contested ones are dashed. None of it is an \
opinion on the status of any territory.";

impl Map {
    fn list(&self, places: &[&PlaceCount], caption: &str) -> Markup {
        if places.is_empty() {
            return html! {};
        }
        html! {
            div.table-box tabindex="0" role="region" aria-label=(caption) {
                table.rows {
                    caption { (caption) @if places.len() > ROWS { ": the first " (ROWS) " of " (places.len()) } }
                    thead { tr {
                        th scope="col" { "Place" } th scope="col" { "Known to the" } th.number scope="col" { "Incidents" }
                        th.number scope="col" { "Force" } th.number scope="col" { "Killed, as told" } th scope="col" { "The latest" }
                    } }
                    tbody {
                        @for p in places.iter().take(ROWS) {
                            tr {
                                th scope="row" {
                                    a href=(self.href(p)) dir="auto" {
                                        @match &p.place { Some(at) => (place::text(at)), None => (self.name(p)) }
                                    }
                                }
                                td { (p.place.as_ref().map_or("country", |a| place::known_to(&a.precision))) }
                                td.number { (thousands(p.incidents)) }
                                td.number { (thousands(p.assaults)) }
                                td.number { @if let Some(n) = p.killed { (thousands(n)) } }
                                td { @if let Some(d) = p.latest { (day::day(d)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
