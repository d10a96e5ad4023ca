//! Putting right what was merged: commands, ready to be run. The desk itself writes nothing.

use forewarn_exchange::row::{EventRow, IncidentRow};
use forewarn_incident::Incident as Record;
use maud::{Markup, html};

use crate::frame::Frame;
use crate::pages::event::quoted;
use crate::show::{day, list};

/// The section.
pub fn section(
    frame: &Frame<'_>,
    row: &IncidentRow,
    record: &Record,
    claims: &[EventRow],
    near: &[IncidentRow],
) -> Markup {
    let ledger = frame.desk.options.ledger.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let ledger = quoted(&ledger);
    let id = &row.incident_id;
    let own: Vec<&EventRow> = claims
        .iter()
        .filter(|c| record.members.iter().any(|m| m.claim_id == c.claim_id && m.role.is_account()))
        .collect();
    html! {
        section.amend {
            h2 { "Split or merge" }
            p.muted { "The desk only reads. These commands put it right in the ledger, are kept with their note, and hold after every re-reading." }
            @if own.len() > 1 {
                details {
                    summary { "Take an account out" }
                    @for c in &own {
                        p {
                            span dir="auto" { (c.publisher.as_deref().unwrap_or("A report")) } @if let Some(p) = c.published { ", " (day::day(p)) } ": "
                            q dir="auto" { (c.evidence.as_deref().unwrap_or("")) }
                        }
                        pre { code { "forewarn incidents split " (id) " " (c.claim_id) " --note 'why' --ledger " (ledger) } }
                    }
                }
            }
            details {
                summary { "Make it one with another" }
                @if near.is_empty() { p { "No incident of this type lies near in time and place; for any other:" } pre { code { "forewarn incidents merge " (id) " OTHER --note 'why' --ledger " (ledger) } } }
                @else {
                    p { "Of the same type, in the same country, about the same days:" }
                    @for other in near {
                        ol.cards { (list::card(frame, other)) }
                        pre { code { "forewarn incidents merge " (id) " " (other.incident_id) " --note 'why' --ledger " (ledger) } }
                    }
                }
            }
        }
    }
}
