//! An incident's record as a flat row.

use forewarn_exchange::row::{CountRange, CountRow, IncidentRow, PartyRow, PlaceRow, decimal};
use forewarn_incident::{Incident, Role, Side};

/// The row of a record; what only the ledger knows (evidence, days of publication, publishers' names) is left open.
pub(crate) fn row_of(incident: &Incident) -> IncidentRow {
    let range = |what: &str| {
        incident.counts.iter().find(|t| t.what == what).map_or_else(CountRange::default, |t| CountRange {
            low: t.low,
            best: t.best,
            high: t.high,
        })
    };
    let agreed: Vec<PartyRow> = incident.actor.iter().map(party).collect();
    let alternatives: Vec<PartyRow> = if incident.disputed_actor {
        incident.accounts.iter().map(|a| party(&a.party)).filter(|p| !agreed.contains(p)).collect()
    } else {
        Vec::new()
    };
    IncidentRow {
        incident_id: incident.incident_id.to_string(),
        event_type: incident.event_type.as_str().to_owned(),
        event_mode: incident.event_mode.as_ref().map(ToString::to_string),
        cameo: Some(incident.cameo.to_string()),
        quad_class: Some(incident.quad_class),
        goldstein: Some(decimal(incident.goldstein)),
        plover_score: Some(decimal(incident.plover_score)),
        status: incident.status.as_str().to_owned(),
        disputed_actor: incident.disputed_actor,
        actor: agreed,
        actor_alternatives: alternatives,
        recipient: incident.recipient.iter().map(party).collect(),
        date_start: incident.date.map(|d| d.start),
        date_end: incident.date.map(|d| d.end),
        date_prec: incident.date.map(|d| d.precision.as_str().to_owned()),
        place: incident.place.as_ref().map(|p| PlaceRow {
            name: p.name.to_string(),
            country: p.country.as_ref().map(ToString::to_string),
            admin1: p.admin1.as_ref().map(ToString::to_string),
            lat: p.lat,
            lon: p.lon,
            geonameid: p.geonameid,
            precision: p.precision.as_str().to_owned(),
        }),
        claims: incident.members.iter().filter(|m| m.role.is_account()).count() as u32,
        reports: incident.reports,
        publishers: incident.publishers,
        independent_origins: incident.independent_origins,
        killed: range("killed"),
        injured: range("injured"),
        counts: incident
            .counts
            .iter()
            .map(|t| CountRow { what: t.what.to_string(), who: String::new(), low: t.low, best: t.best, high: t.high })
            .collect(),
        ..IncidentRow::default()
    }
}

fn party(side: &Side) -> PartyRow {
    PartyRow {
        text: side.text.to_string(),
        country: side.country.as_ref().map(ToString::to_string),
        sector: side.sector.as_ref().map(ToString::to_string),
        group: side.group.as_ref().map(ToString::to_string),
        ethnicity: side.ethnicity.as_ref().map(ToString::to_string),
        person: side.person.as_ref().map(ToString::to_string),
        ..PartyRow::default()
    }
}

/// Where it counts for series by country: the place's country, otherwise the recipient's, otherwise the actor's.
pub(crate) fn country_of(row: &IncidentRow) -> Option<&str> {
    let side = |parties: &'_ [PartyRow]| parties.iter().position(|p| p.country.is_some());
    row.place
        .as_ref()
        .and_then(|p| p.country.as_deref())
        .or_else(|| side(&row.recipient).and_then(|i| row.recipient[i].country.as_deref()))
        .or_else(|| side(&row.actor).and_then(|i| row.actor[i].country.as_deref()))
}

/// How much a member's own words say for the incident: accounts that assert it first.
pub(crate) fn rank(role: Role) -> u8 {
    match role {
        Role::Telling => 0,
        Role::Announcement => 1,
        Role::Denial => 2,
        Role::Disavowal => 3,
        Role::Speculation => 4,
        Role::FollowUp => 5,
        Role::Background => 6,
    }
}
