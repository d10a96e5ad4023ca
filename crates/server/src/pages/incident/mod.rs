//! `/incidents/ID`: every telling of one happening, where they agree, where not, and why they were put together.

mod accounts;
mod amend;
mod tellings;

use forewarn_exchange::row::{EventRow, IncidentRow};
use forewarn_incident::Incident as Record;
use forewarn_ledger::{IncidentShown, Limits, Page as Part, Shown};
use jiff::ToSpan;
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::segment;
use crate::desk::Context;
use crate::fault::Fault;
use crate::frame::{Frame, count};
use crate::page::{Entry, Page};
use crate::pages::event::short;
use crate::show::{chip, day, list, number, party, place, words};
use crate::table::Table;

/// Incidents that might be the same, at most.
const NEAR: usize = 5;

/// An incident that another points to or is pointed to from.
struct Linked {
    /// What the claim is to the incident.
    role: String,
    /// The other incident.
    incident: IncidentRow,
}

struct Incident {
    row: IncidentRow,
    record: Record,
    /// Claims by day of publication; those that came after the day asked about are left out.
    claims: Vec<EventRow>,
    /// How many came later.
    later: usize,
    /// What points to it.
    pointing: Vec<Linked>,
    /// What it points to.
    pointed: Vec<Linked>,
    /// What might be the same.
    near: Vec<IncidentRow>,
}

/// Makes the page.
///
/// # Errors
/// `not-found` where no incident has or had the id.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let id = context.asked.name("id").to_owned();
    match context.ledger.show(&id) {
        Ok(Shown::Incident(shown)) => Ok(Box::new(of(context, *shown)?)),
        Ok(Shown::Withdrawn { incident_id, now }) => {
            let now = match now {
                Some(now) => row(context, &now)?,
                None => None,
            };
            Ok(Box::new(Gone { id: incident_id, now }))
        }
        Ok(Shown::Claim(c)) => {
            let to = format!("/events/{}", segment(&c.claim.claim_id));
            Err(Fault::missing("incident", &short(&id)).or([to]))
        }
        Ok(_) | Err(forewarn_ledger::Error::Unknown { .. }) => Err(Fault::missing("incident", &short(&id))),
        Err(error) => Err(error.into()),
    }
}

fn of(context: &mut Context<'_>, shown: IncidentShown) -> Result<Incident, Fault> {
    let IncidentShown { incident: row, record, claims: mut all } = shown;
    let pointed = pointed(context, &row, &all)?;
    let pointing = pointing(context, &row, &record, &all)?;
    let known = all.len();
    if let Some(day) = context.asked.as_of() {
        all.retain(|c| c.published.is_none_or(|p| p <= day));
    }
    all.sort_by(|a, b| (a.published, &a.publisher, &a.claim_id).cmp(&(b.published, &b.publisher, &b.claim_id)));
    let near = near(context, &row)?;
    Ok(Incident { later: known - all.len(), row, record, claims: all, pointing, pointed, near })
}

/// An incident in short; none where it stands no more.
fn row(context: &Context<'_>, id: &str) -> Result<Option<IncidentRow>, Fault> {
    match context.ledger.show(id) {
        Ok(Shown::Incident(shown)) => Ok(Some(shown.incident)),
        Ok(_) | Err(forewarn_ledger::Error::Unknown { .. } | forewarn_ledger::Error::Misuse(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Incidents whose claims point to this one: condemnations, responses, trials.
fn pointing(
    context: &Context<'_>,
    here: &IncidentRow,
    record: &Record,
    claims: &[EventRow],
) -> Result<Vec<Linked>, Fault> {
    let mut out: Vec<Linked> = Vec::new();
    for member in record.members.iter().filter(|m| !m.role.is_account()) {
        let own = claims.iter().find(|c| c.claim_id == member.claim_id).and_then(|c| c.incident_id.as_deref());
        let Some(other) = own.filter(|o| *o != here.incident_id) else { continue };
        if out.iter().any(|l| l.incident.incident_id == other) {
            continue;
        }
        if let Some(incident) = row(context, other)? {
            out.push(Linked { role: member.role.as_str().to_owned(), incident });
        }
    }
    Ok(out)
}

/// Incidents that claims of this one point to.
fn pointed(context: &mut Context<'_>, here: &IncidentRow, claims: &[EventRow]) -> Result<Vec<Linked>, Fault> {
    let ids: Vec<String> = claims
        .iter()
        .filter(|c| c.incident_id.as_deref() == Some(here.incident_id.as_str()))
        // Ids of our own are hexadecimal: nothing else goes into a statement.
        .filter(|c| c.claim_id.bytes().all(|b| b.is_ascii_hexdigit()))
        .take(500)
        .map(|c| format!("'{}'", c.claim_id))
        .collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT DISTINCT i.incident_id, p.role FROM claim c JOIN pointer p ON p.claim = c.id JOIN incident i ON i.id = p.incident
         WHERE c.superseded IS NULL AND c.claim_id IN ({}) ORDER BY 1",
        ids.join(",")
    );
    let mut found: Vec<(String, String)> = Vec::new();
    context.ledger.sql::<forewarn_ledger::Error>(
        &sql,
        &Limits::default(),
        |_| Ok(()),
        |r| {
            let text = |i: usize| r.get(i).and_then(Value::as_str).unwrap_or("").to_owned();
            found.push((text(0), text(1)));
            Ok(())
        },
    )?;
    let mut out: Vec<Linked> = Vec::new();
    for (id, role) in found {
        if id != here.incident_id
            && !out.iter().any(|l| l.incident.incident_id == id)
            && let Some(incident) = row(context, &id)?
        {
            out.push(Linked { role, incident });
        }
    }
    Ok(out)
}

/// Incidents of the same type about the same days in the same country.
fn near(context: &Context<'_>, here: &IncidentRow) -> Result<Vec<IncidentRow>, Fault> {
    let (Some(start), Some(end)) = (here.date_start, here.date_end) else { return Ok(Vec::new()) };
    let country = here
        .place
        .as_ref()
        .and_then(|p| p.country.as_deref())
        .or_else(|| here.recipient.iter().chain(&here.actor).find_map(|p| p.country.as_deref()));
    let Some(country) = country else { return Ok(Vec::new()) };
    if start.until(end).map_or(99, |s| s.get_days()) > 40 {
        return Ok(Vec::new());
    }
    let (from, to) = (start.saturating_sub(2.days()), end.saturating_add(2.days()));
    let text = format!("type:{} country:{country} date:{from}..{to}", here.event_type);
    let filter = context.desk.filter(&text, context.asked.as_of())?;
    let mut rows = context.ledger.incidents(&filter, &Part { limit: NEAR + 1, ..Part::default() })?.rows;
    rows.retain(|row| row.incident_id != here.incident_id);
    rows.truncate(NEAR);
    Ok(rows)
}

impl Page for Incident {
    fn title(&self) -> String {
        words::sentence(&self.row)
    }

    fn json(&self) -> Result<Value, Fault> {
        let linked = |list: &[Linked]| -> Result<Value, Fault> {
            let rows: Result<Vec<Value>, serde_json::Error> = list
                .iter()
                .map(|l| Ok(json!({ "role": l.role, "incident": serde_json::to_value(&l.incident)? })))
                .collect();
            Ok(rows?.into())
        };
        Ok(json!({
            "sentence": words::sentence(&self.row),
            "incident": serde_json::to_value(&self.row)?,
            "record": serde_json::to_value(&self.record)?,
            "claims": serde_json::to_value(&self.claims)?,
            "later_claims": self.later,
            "pointing": linked(&self.pointing)?,
            "pointed": linked(&self.pointed)?,
            "near": serde_json::to_value(&self.near)?,
        }))
    }

    fn table(&self) -> Result<Table, Fault> {
        list::table(&self.claims)
    }

    fn features(&self) -> Vec<Value> {
        list::features(std::slice::from_ref(&self.row))
    }

    fn entries(&self) -> Vec<Entry> {
        let mut entries = list::entries(&self.claims);
        entries.reverse();
        entries
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        let r = &self.row;
        html! {
            article.incident data-incident=(r.incident_id) {
                p.crumbs { a href=(frame.link("/incidents")) { "Incidents" } " › " code { (r.incident_id) } }
                h1 dir="auto" { (words::sentence(r)) }
                p.card-head {
                    (chip::kind(Some(&r.event_type), r.event_mode.as_deref(), r.quad_class)) " "
                    (chip::factuality(Some(&r.status), true)) " "
                    span.card-day { (day::span(r.date_start, r.date_end, r.date_prec.as_deref())) }
                    span.muted { (words::precision(r.date_prec.as_deref())) }
                }
                (self.cautions())
                @if let Some(sentence) = &r.evidence { (self.best(frame, sentence)) }
                (self.facts(frame))
                (accounts::section(frame, &self.row, &self.record, &self.claims, self.later > 0))
                (tellings::section(frame, &self.row, &self.record, &self.claims))
                (linked(frame, "What came of it", "Claims of these point back to this incident: a condemnation, a response, a trial.", &self.pointing))
                (linked(frame, "What it came of", "Claims of this incident point back to these.", &self.pointed))
                (amend::section(frame, &self.row, &self.record, &self.claims, &self.near))
            }
        }
    }
}

impl Incident {
    fn cautions(&self) -> Markup {
        html! {
            @if self.later > 0 || self.row.disputed_actor || self.row.independent_origins == 1 {
                ul.caution {
                    @if self.later > 0 {
                        li {
                            (count(self.later as u64, "account", "accounts")) " came after the day asked about and "
                            (if self.later == 1 { "is" } else { "are" }) " left out below. The heading rests on all that is known now."
                        }
                    }
                    @if self.row.disputed_actor { li { "Accounts differ on who did it." } }
                    @if self.row.independent_origins == 1 {
                        li { @if self.row.reports == 1 { "Only one report tells of it." } @else { "All " (self.row.reports) " reports go back to one origin." } }
                    }
                }
            }
        }
    }

    /// The sentence that tells it best.
    fn best(&self, frame: &Frame<'_>, sentence: &str) -> Markup {
        let r = &self.row;
        let told = self.claims.iter().find(|c| c.evidence.as_deref() == Some(sentence));
        html! {
            figure.evidence-figure {
                blockquote.card-quote dir="auto" {
                    @match told {
                        Some(c) => a href=(frame.link(&format!("/events/{}", segment(&c.claim_id)))) { (sentence) },
                        None => (sentence),
                    }
                }
                figcaption {
                    (crate::show::voice::line(&r.attribution)) " · "
                    (crate::show::link::outward(r.evidence_url.as_deref(), r.evidence_publisher.as_deref().unwrap_or("publisher not known")))
                    @if let Some(published) = r.evidence_published { ", " (day::day(published)) }
                }
            }
        }
    }

    fn facts(&self, frame: &Frame<'_>) -> Markup {
        let r = &self.row;
        html! {
            section {
                h2.visually-hidden { "In short" }
                dl {
                    dt { "Who" } dd { (party::side(frame, &r.actor)) @if r.disputed_actor { " " span.fact.fact-denied { "disputed" } } }
                    dt { "To whom" } dd { (party::side(frame, &r.recipient)) }
                    dt { "Where" } dd {
                        @match &r.place {
                            Some(p) => { span dir="auto" { (place::text(p)) } span.muted { ", " (place::precision(&p.precision)) } },
                            None => span.muted { "no account gives a place" },
                        }
                    }
                    @for n in &r.counts { dt { (crate::show::words::capital(&n.what.replace('_', " "))) } dd { (number::range(n.low, n.best, n.high).unwrap_or_default()) @if let Some(best) = n.best.filter(|_| n.low != n.high && n.low != n.best) { span.muted { ", best reading " (best) } } } }
                    dt { "Told by" } dd {
                        (count(u64::from(r.claims), "claim", "claims")) " in " (count(u64::from(r.reports), "report", "reports")) " of "
                        (count(u64::from(r.publishers), "publisher", "publishers")) ", from "
                        strong { (count(u64::from(r.independent_origins), "independent origin", "independent origins")) }
                        @if r.reports > r.independent_origins { span.muted { " (copies and \u{201c}as reported by\u{201d} count once)" } }
                    }
                    @if !r.contexts.is_empty() { dt { "Touches" } dd { (r.contexts.join(", ").replace('_', " ")) } }
                }
            }
        }
    }
}

fn linked(frame: &Frame<'_>, title: &str, remark: &str, list: &[Linked]) -> Markup {
    html! {
        @if !list.is_empty() {
            section {
                h2 { (title) }
                p.muted { (remark) }
                ol.cards { @for l in list { (list::card(frame, &l.incident)) } }
            }
        }
    }
}

/// An id under which an incident stood once.
struct Gone {
    id: String,
    now: Option<IncidentRow>,
}

impl Page for Gone {
    fn title(&self) -> String {
        "This incident stands no more".to_owned()
    }

    fn status(&self) -> u16 {
        410
    }

    fn json(&self) -> Result<Value, Fault> {
        Ok(json!({
            "incident_id": self.id, "withdrawn": true, "now": serde_json::to_value(&self.now)?,
            "href": self.now.as_ref().map(|r| format!("/incidents/{}", segment(&r.incident_id))),
        }))
    }

    fn table(&self) -> Result<Table, Fault> {
        let now = self.now.as_ref().map(|r| r.incident_id.as_str());
        Ok(Table::of([json!({ "incident_id": self.id, "now": now })]))
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        html! {
            section.error-page {
                p.error-code { "410 · withdrawn" }
                h1 { (self.title()) }
                p { "Incident " code { (self.id) } " was withdrawn when claims were merged, split or read again." }
                @match &self.now {
                    Some(row) => { p { "Its first claim is now in:" } ol.cards { (list::card(frame, row)) } },
                    None => p.empty { "None of its claims stands any more: the reports were read again and tell of no such thing. " a href=(frame.link("/incidents")) { "All incidents" } },
                }
            }
        }
    }
}
