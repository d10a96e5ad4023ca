//! Claims in lists: as cards, as feed entries, as features.

use forewarn_exchange::row::{EventRow, OURS};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::segment;
use crate::frame::Frame;
use crate::page::Entry;
use crate::show::{chip, day, link, number, party, place, voice};

/// One claim: when, what, who to whom, the sentence, on whose word, where printed.
pub fn card(frame: &Frame<'_>, row: &EventRow) -> Markup {
    let href = frame.link(&format!("/events/{}", segment(&row.claim_id)));
    let killed = number::of(&row.total("killed"));
    html! {
        li.card {
            div.card-head {
                span.card-day {
                    @match (row.date_start, row.date_end, row.published) {
                        (None, None, Some(published)) => { "reported " (day::day(published)) },
                        (start, end, _) => (day::span(start, end, row.date_prec.as_deref())),
                    }
                }
                (chip::kind(row.event_type.as_deref(), row.event_mode.as_deref(), row.quad_class))
                (chip::factuality(row.factuality.as_deref(), false))
                @if row.set != OURS { span.chip.chip-set { (row.set) } }
                span.card-parties { (party::side(frame, &row.actor)) " → " (party::side(frame, &row.recipient)) }
            }
            @match &row.evidence {
                Some(sentence) => blockquote.card-quote dir="auto" { a href=(href) { (sentence) } },
                None => p { a href=(href) { "The event" @if let Some(title) = &row.title { ": " span dir="auto" { (title) } } } },
            }
            p.card-voice { (voice::line(&row.attribution)) }
            p.card-meta {
                @if let Some(place) = &row.place { span dir="auto" title=(place::precision(&place.precision)) { (place::text(place)) } " · " }
                @if let Some(killed) = killed { span.killed { (killed) " killed" } " · " }
                (link::outward(row.url.as_deref(), row.publisher.as_deref().unwrap_or(if row.set == OURS { "publisher not known" } else { &row.set })))
                @if let Some(published) = row.published { ", " (day::day(published)) }
            }
        }
    }
}

/// In one line: "ASSAULT (denied): somebody → somebody, Banjska".
pub fn title(row: &EventRow) -> String {
    let place = row.place.as_ref().map_or_else(String::new, |p| format!(", {}", p.name));
    let fact = match row.factuality.as_deref() {
        Some("asserted") | None => String::new(),
        Some(other) => format!(" ({other})"),
    };
    let kind = row.event_type.as_deref().unwrap_or("statement");
    format!("{kind}{fact}: {} → {}{place}", party::text(&row.actor), party::text(&row.recipient))
}

/// Feed entries.
pub fn entries(rows: &[EventRow]) -> Vec<Entry> {
    rows.iter()
        .map(|row| Entry {
            id: row.claim_id.clone(),
            title: title(row),
            href: format!("/events/{}", segment(&row.claim_id)),
            updated: row.published.or(row.date_end).or(row.date_start),
            summary: format!(
                "{}. {} {}",
                day::text(row.date_start, row.date_end),
                row.evidence.as_deref().unwrap_or(""),
                voice::text(&row.attribution)
            ),
        })
        .collect()
}

/// A GeoJSON feature; its geometry is null where the text is not as precise as a point.
pub fn feature(row: &EventRow) -> Value {
    json!({
        "type": "Feature",
        "id": row.claim_id,
        "geometry": place::geometry(row.place.as_ref()),
        "properties": {
            "claim_id": row.claim_id, "set": row.set, "title": title(row), "event_type": row.event_type,
            "factuality": row.factuality, "date_start": row.date_start, "date_end": row.date_end,
            "place": row.place.as_ref().map(|p| &p.name), "precision": row.place.as_ref().map(|p| &p.precision),
            "evidence": row.evidence, "publisher": row.publisher, "published": row.published,
            "href": format!("/events/{}", segment(&row.claim_id)),
        },
    })
}
