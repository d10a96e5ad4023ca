//! What the field's formats ask of a row, be it an event or an incident.

use jiff::civil::Date;

use crate::row::{CountRange, EventRow, IncidentRow, PartyRow, PlaceRow, VoiceRow};

/// A row as the field's formats see it.
pub(super) struct View<'a> {
    pub(super) id: &'a str,
    /// The report and sentence, or the incident: what stands in columns of sentence ids.
    pub(super) sentence_id: String,
    pub(super) sentence: Option<u32>,
    pub(super) event_type: Option<&'a str>,
    pub(super) event_mode: Option<&'a str>,
    pub(super) contexts: &'a [String],
    pub(super) cameo: Option<&'a str>,
    pub(super) goldstein: Option<f64>,
    pub(super) plover_score: Option<f64>,
    /// Factuality of a claim, status of an incident; none in foreign sets that know of none.
    pub(super) status: Option<&'a str>,
    pub(super) actor: &'a [PartyRow],
    pub(super) recipient: &'a [PartyRow],
    /// Whom other accounts of an incident blame; empty where nobody disputes the actor.
    pub(super) alternatives: &'a [PartyRow],
    pub(super) disputed: bool,
    pub(super) date_start: Option<Date>,
    pub(super) date_end: Option<Date>,
    pub(super) date_prec: Option<&'a str>,
    pub(super) published: Option<Date>,
    pub(super) place: Option<&'a PlaceRow>,
    pub(super) killed: CountRange,
    pub(super) injured: CountRange,
    pub(super) arrested: CountRange,
    pub(super) attribution: &'a [VoiceRow],
    pub(super) evidence: Option<&'a str>,
    pub(super) predicate: Option<&'a str>,
    pub(super) url: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    pub(super) publisher: Option<&'a str>,
    /// Every publisher; one for an event.
    pub(super) publishers: Vec<&'a str>,
    /// How many independent origins tell of it; one for an event.
    pub(super) origins: u32,
}

impl<'a> View<'a> {
    pub(super) fn event(row: &'a EventRow) -> Self {
        let sentence_id = match (&row.report_id, row.sentence) {
            (Some(report), Some(sentence)) => format!("{report}_{}", sentence + 1),
            (Some(report), None) => report.clone(),
            (None, _) => row.claim_id.clone(),
        };
        Self {
            id: &row.claim_id,
            sentence_id,
            sentence: row.sentence,
            event_type: row.event_type.as_deref(),
            event_mode: row.event_mode.as_deref(),
            contexts: &row.contexts,
            cameo: row.cameo.as_deref(),
            goldstein: row.goldstein,
            plover_score: row.plover_score,
            status: row.factuality.as_deref(),
            actor: &row.actor,
            recipient: &row.recipient,
            alternatives: &[],
            disputed: false,
            date_start: row.date_start,
            date_end: row.date_end,
            date_prec: row.date_prec.as_deref(),
            published: row.published,
            place: row.place.as_ref(),
            killed: row.total("killed"),
            injured: row.total("injured"),
            arrested: row.total("arrested"),
            attribution: &row.attribution,
            evidence: row.evidence.as_deref(),
            predicate: row.predicate.as_deref(),
            url: row.url.as_deref(),
            title: row.title.as_deref(),
            publisher: row.publisher.as_deref(),
            publishers: row.publisher.iter().map(String::as_str).collect(),
            origins: 1,
        }
    }

    pub(super) fn incident(row: &'a IncidentRow) -> Self {
        let arrested = row.counts.iter().find(|c| c.what == "arrested");
        Self {
            id: &row.incident_id,
            sentence_id: row.incident_id.clone(),
            sentence: None,
            event_type: Some(&row.event_type),
            event_mode: row.event_mode.as_deref(),
            contexts: &row.contexts,
            cameo: row.cameo.as_deref(),
            goldstein: row.goldstein,
            plover_score: row.plover_score,
            status: Some(&row.status),
            actor: &row.actor,
            recipient: &row.recipient,
            alternatives: &row.actor_alternatives,
            disputed: row.disputed_actor,
            date_start: row.date_start,
            date_end: row.date_end,
            date_prec: row.date_prec.as_deref(),
            published: row.first_published,
            place: row.place.as_ref(),
            killed: row.killed,
            injured: row.injured,
            arrested: arrested.map_or_else(CountRange::default, |c| CountRange {
                low: c.low,
                best: c.best,
                high: c.high,
            }),
            attribution: &row.attribution,
            evidence: row.evidence.as_deref(),
            predicate: None,
            url: row.evidence_url.as_deref(),
            title: row.evidence_title.as_deref(),
            publisher: row.evidence_publisher.as_deref(),
            publishers: row.publisher_names.iter().map(String::as_str).collect(),
            origins: row.independent_origins,
        }
    }

    /// Why a format that has no word for what is denied or planned leaves the row out.
    pub(super) fn not_asserted(&self) -> Option<&'static str> {
        match self.status {
            None | Some("asserted") => None,
            Some("denied") => Some("denied: the format cannot say so"),
            Some("negated") => Some("negated: the format cannot say so"),
            Some("announced") => Some("announced: the format cannot say so"),
            Some("disavowed") => Some("disavowed: the format cannot say so"),
            Some("hypothetical") => Some("hypothetical: the format cannot say so"),
            Some("background") => Some("background: the format cannot say so"),
            Some(_) => Some("not asserted: the format cannot say so"),
        }
    }

    /// Why a format of one actor and one recipient leaves the row out.
    pub(super) fn not_told_by_pairs(&self) -> Option<&'static str> {
        self.not_asserted().or(self.disputed.then_some("disputed actor: the format cannot say so"))
    }

    /// The day for formats that know days only: the event's where the text gives it, else the report's.
    pub(super) fn day(&self) -> Option<Date> {
        self.date_start.filter(|_| self.date_prec == Some("day")).or(self.published)
    }

    /// Coordinates, unless they are only the middle of a country or region.
    pub(super) fn point(&self) -> Option<(f64, f64)> {
        self.place.filter(|p| !is_coarse(p)).and_then(|p| p.lat.zip(p.lon))
    }

    /// The innermost voice that is no medium, in the words it stands for.
    pub(super) fn claimant(&self) -> Option<&'a str> {
        let voice = self.attribution.iter().rev().find(|v| v.kind != "publisher")?;
        Some(voice.resolved.as_deref().unwrap_or(&voice.text))
    }
}

/// Whether a place is known to a country or region only: its coordinates are a middle, not a place.
pub(super) fn is_coarse(place: &PlaceRow) -> bool {
    !matches!(place.precision.as_str(), "exact" | "settlement" | "district" | "admin1")
}

/// A value without tabs and line ends.
pub(super) fn plain(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names in one cell, joined by `;`; a semicolon inside a name becomes a comma, so that the list can be taken apart.
pub(super) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|n| n.as_ref().replace(';', ",")).collect::<Vec<_>>().join(";")
}
