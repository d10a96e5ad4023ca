//! Lists of incidents: as cards, as feed entries, as features.

use forewarn_exchange::row::IncidentRow;
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::segment;
use crate::frame::{Frame, count};
use crate::page::Entry;
use crate::show::{chip, day, number, party, place, voice};

/// Incidents as cards.
pub fn incidents(frame: &Frame<'_>, rows: &[IncidentRow]) -> Markup {
    html! {
        ol.cards {
            @for row in rows { (card(frame, row)) }
        }
    }
}

/// One incident: when, what, who to whom, the sentence that tells it best, on whose word.
pub fn card(frame: &Frame<'_>, row: &IncidentRow) -> Markup {
    let href = frame.link(&format!("/incidents/{}", segment(&row.incident_id)));
    html! {
        li.card {
            div.card-head {
                span.card-day { (day::span(row.date_start, row.date_end, row.date_prec.as_deref())) }
                (chip::kind(Some(&row.event_type), row.event_mode.as_deref(), row.quad_class))
                (chip::factuality(Some(&row.status), false))
                span.card-parties { (party::side(frame, &row.actor)) " → " (party::side(frame, &row.recipient)) }
            }
            @if let Some(sentence) = &row.evidence {
                blockquote.card-quote dir="auto" { a href=(href) { (sentence) } }
            } @else {
                p { a href=(href) { "The incident" } }
            }
            p.card-voice { (voice::line(&row.attribution)) }
            p.card-meta {
                @if let Some(place) = &row.place { span dir="auto" title=(place::precision(&place.precision)) { (place::text(place)) } " · " }
                @if let Some(killed) = number::of(&row.killed) { span.killed { (killed) " killed" } " · " }
                @if row.disputed_actor { span.fact.fact-denied { "disputed who" } " · " }
                (count(u64::from(row.reports), "report", "reports")) ", "
                (count(u64::from(row.independent_origins), "independent origin", "independent origins"))
            }
        }
    }
}

/// In one line: "Somebody → somebody: ASSAULT, Banjska".
pub fn title(row: &IncidentRow) -> String {
    let place = row.place.as_ref().map_or_else(String::new, |p| format!(", {}", p.name));
    let status = if row.status == "asserted" { String::new() } else { format!(" ({})", row.status) };
    format!("{}{status}: {} → {}{place}", row.event_type, party::text(&row.actor), party::text(&row.recipient))
}

/// Feed entries.
pub fn entries(rows: &[IncidentRow]) -> Vec<Entry> {
    rows.iter()
        .map(|row| Entry {
            id: row.incident_id.clone(),
            title: title(row),
            href: format!("/incidents/{}", segment(&row.incident_id)),
            updated: row.last_published.or(row.date_end).or(row.date_start),
            summary: format!(
                "{}. {} {}",
                day::text(row.date_start, row.date_end),
                row.evidence.as_deref().unwrap_or(""),
                voice::text(&row.attribution)
            ),
        })
        .collect()
}

/// GeoJSON features; what has no place fine enough to be drawn has a null geometry.
pub fn features(rows: &[IncidentRow]) -> Vec<Value> {
    rows.iter()
        .map(|row| {
            json!({
                "type": "Feature",
                "id": row.incident_id,
                "geometry": place::geometry(row.place.as_ref()),
                "properties": {
                    "incident_id": row.incident_id, "title": title(row), "event_type": row.event_type,
                    "status": row.status, "date_start": row.date_start, "date_end": row.date_end,
                    "place": row.place.as_ref().map(|p| &p.name),
                    "precision": row.place.as_ref().map(|p| &p.precision),
                    "killed_low": row.killed.low, "killed_best": row.killed.best, "killed_high": row.killed.high,
                    "href": format!("/incidents/{}", segment(&row.incident_id)),
                },
            })
        })
        .collect()
}
