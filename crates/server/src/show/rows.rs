//! The two rows of lists: a claim and an incident.

use forewarn_exchange::row::{EventRow, IncidentRow, OURS};
use forewarn_exchange::write::Rows;
use forewarn_filter::Filter;
use forewarn_ledger::{Ledger, Listing, Of, Page as Part};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::frame::count;
use crate::show::list::{Row, Told};
use crate::show::{day, link};

impl Row for EventRow {
    const NAME: &'static str = "Claims";
    const PATH: &'static str = "/events";
    const OF: Of = Of::Claims;
    const ROWS: Rows = Rows::Events;

    fn part(ledger: &Ledger, filter: &Filter, part: &Part) -> forewarn_ledger::Result<Listing<Self>> {
        ledger.events(filter, part)
    }

    fn told(&self) -> Told<'_> {
        Told {
            id: &self.claim_id,
            kind: self.event_type.as_deref(),
            mode: self.event_mode.as_deref(),
            quad: self.quad_class,
            factuality: self.factuality.as_deref(),
            set: Some(self.set.as_str()).filter(|s| *s != OURS),
            actor: &self.actor,
            recipient: &self.recipient,
            when: (self.date_start, self.date_end, self.date_prec.as_deref()),
            reported: self.published,
            latest: self.published,
            sentence: self.evidence.as_deref(),
            otherwise: self.title.as_ref().map_or_else(|| "The event".to_owned(), |t| format!("The event: {t}")),
            voices: &self.attribution,
            place: self.place.as_ref(),
            killed: self.total("killed"),
        }
    }

    fn source(&self) -> Markup {
        let otherwise = if self.set == OURS { "publisher not known" } else { self.set.as_str() };
        html! {
            (link::outward(self.url.as_deref(), self.publisher.as_deref().unwrap_or(otherwise)))
            @if let Some(published) = self.published { ", " (day::day(published)) }
        }
    }

    fn properties(&self) -> Value {
        json!({
            "claim_id": self.claim_id, "set": self.set, "factuality": self.factuality, "evidence": self.evidence,
            "publisher": self.publisher, "published": self.published,
        })
    }
}

impl Row for IncidentRow {
    const NAME: &'static str = "Incidents";
    const PATH: &'static str = "/incidents";
    const OF: Of = Of::Incidents;
    const ROWS: Rows = Rows::Incidents;

    fn part(ledger: &Ledger, filter: &Filter, part: &Part) -> forewarn_ledger::Result<Listing<Self>> {
        ledger.incidents(filter, part)
    }

    fn told(&self) -> Told<'_> {
        Told {
            id: &self.incident_id,
            kind: Some(&self.event_type),
            mode: self.event_mode.as_deref(),
            quad: self.quad_class,
            factuality: Some(&self.status),
            set: None,
            actor: &self.actor,
            recipient: &self.recipient,
            when: (self.date_start, self.date_end, self.date_prec.as_deref()),
            reported: self.first_published,
            latest: self.last_published,
            sentence: self.evidence.as_deref(),
            otherwise: "The incident".to_owned(),
            voices: &self.attribution,
            place: self.place.as_ref(),
            killed: self.killed,
        }
    }

    fn source(&self) -> Markup {
        html! {
            @if self.disputed_actor { span.fact.fact-denied { "disputed who" } " · " }
            (count(u64::from(self.reports), "report", "reports")) ", "
            (count(u64::from(self.independent_origins), "independent origin", "independent origins"))
        }
    }

    fn properties(&self) -> Value {
        json!({
            "incident_id": self.incident_id, "status": self.status,
            "killed_low": self.killed.low, "killed_best": self.killed.best, "killed_high": self.killed.high,
        })
    }
}
