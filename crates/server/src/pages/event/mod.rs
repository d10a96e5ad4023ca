//! `/events/ID`: the evidence of one claim, from the sentence to the rule that read it.

mod correction;
mod evidence;
mod parse;
mod record;

use std::collections::BTreeSet;

use forewarn_exchange::row::{EventRow, OURS};
use forewarn_ledger::{ClaimShown, IncidentShown, ReportShown, Shown};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::segment;
use crate::desk::Context;
use crate::fault::Fault;
use crate::frame::{Frame, count};
use crate::page::{Entry, Page};
use crate::show::{chip, day, link, list, party, place, voice, words};
use crate::table::Table;

pub use correction::{RIGHT, WRONG, quoted};
pub use parse::PARSE;
pub use record::sector;

/// Other accounts that are shown.
const OTHERS: usize = 6;

struct Event {
    shown: ClaimShown,
    report: Option<ReportShown>,
    incident: Option<IncidentShown>,
    parse: Option<Result<parse::Parse, String>>,
    correction: Option<correction::Correction>,
    /// The claims that stand in place of this one, where it is superseded.
    instead: Vec<EventRow>,
    /// Whether the report came after the day asked about.
    later: bool,
}

/// Makes the page.
///
/// # Errors
/// `not-found` where no claim has the id.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let id = context.asked.name("id").to_owned();
    let shown = match context.ledger.show(&id) {
        Ok(Shown::Claim(shown)) => *shown,
        Ok(Shown::Incident(i)) => {
            let to = format!("/incidents/{}", segment(&i.incident.incident_id));
            return Err(Fault::missing("claim", &short(&id)).or([to]));
        }
        Ok(_) | Err(forewarn_ledger::Error::Unknown { .. }) => return Err(Fault::missing("claim", &short(&id))),
        Err(error) => return Err(error.into()),
    };
    let report = match &shown.claim.report_id {
        Some(id) if shown.claim.set == OURS => report(context, id)?,
        _ => None,
    };
    let incident = match &shown.claim.incident_id {
        Some(id) => match context.ledger.show(id) {
            Ok(Shown::Incident(i)) => Some(*i),
            _ => None,
        },
        None => None,
    };
    let parse = match (&report, context.asked.get("parse")) {
        (Some(report), Some(_)) => Some(parse::make(context.desk, &report.text, &shown.claim)),
        _ => None,
    };
    let instead = match (&report, shown.superseded_by) {
        (Some(report), Some(_)) => replaced(&shown, report),
        _ => Vec::new(),
    };
    let later = match (context.asked.as_of(), shown.claim.published) {
        (Some(day), Some(published)) => published > day,
        _ => false,
    };
    let correction = correction::make(context, &shown, incident.as_ref());
    Ok(Box::new(Event { shown, report, incident, parse, correction, instead, later }))
}

/// A report by its id; none where the id is another thing's.
pub fn report(context: &Context<'_>, id: &str) -> Result<Option<ReportShown>, Fault> {
    match context.ledger.show(id) {
        Ok(Shown::Report(report)) if report.report_id == id => Ok(Some(*report)),
        Ok(_) | Err(forewarn_ledger::Error::Unknown { .. } | forewarn_ledger::Error::Misuse(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// An id for a message.
pub fn short(id: &str) -> String {
    id.chars().take(80).collect()
}

/// Current claims over the same words: the same predicate, otherwise the same sentence.
fn replaced(shown: &ClaimShown, report: &ReportShown) -> Vec<EventRow> {
    let here = |c: &&EventRow| c.span_start == shown.claim.span_start && c.claim_id != shown.claim.claim_id;
    let same: Vec<EventRow> =
        report.claims.iter().filter(here).filter(|c| c.predicate == shown.claim.predicate).cloned().collect();
    if same.is_empty() { report.claims.iter().filter(here).cloned().collect() } else { same }
}

impl Event {
    fn claim(&self) -> &EventRow {
        &self.shown.claim
    }

    /// Who did what to whom, in one line.
    fn headline(&self) -> String {
        let c = self.claim();
        let recipient =
            if c.recipient.is_empty() { String::new() } else { format!(" → {}", party::text(&c.recipient)) };
        format!("{}{recipient}", party::text(&c.actor))
    }
}

impl Page for Event {
    fn title(&self) -> String {
        format!("{}: {}", self.claim().event_type.as_deref().unwrap_or("statement"), self.headline())
    }

    fn json(&self) -> Result<Value, Fault> {
        let mut value = serde_json::to_value(&self.shown)?;
        value["context"] = self.report.as_ref().map_or(Value::Null, |r| evidence::context_json(r, self.claim()));
        value["incident"] = self.incident.as_ref().map(|i| serde_json::to_value(&i.incident)).transpose()?.into();
        value["replaced_by"] = serde_json::to_value(&self.instead)?;
        value["parse"] = match &self.parse {
            Some(Ok(parse)) => serde_json::to_value(parse)?,
            _ => Value::Null,
        };
        value["correction"] = self.correction.as_ref().map_or(Value::Null, correction::Correction::json);
        Ok(value)
    }

    fn table(&self) -> Result<Table, Fault> {
        Ok(Table::of([serde_json::to_value(self.claim())?]))
    }

    fn features(&self) -> Vec<Value> {
        list::features(std::slice::from_ref(self.claim()))
    }

    fn entries(&self) -> Vec<Entry> {
        list::entries(std::slice::from_ref(self.claim()))
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        let c = self.claim();
        html! {
            article.event data-claim=(c.claim_id) {
                p.crumbs { a href=(frame.link("/events")) { "Claims" } " › " code { (c.claim_id) } }
                h1 { (party::side(frame, &c.actor)) @if !c.recipient.is_empty() { " → " (party::side(frame, &c.recipient)) } }
                p.card-head {
                    (chip::kind(c.event_type.as_deref(), c.event_mode.as_deref(), c.quad_class)) " "
                    (chip::factuality(c.factuality.as_deref(), true)) " "
                    span.card-day { (day::span(c.date_start, c.date_end, c.date_prec.as_deref())) }
                    @if let Some(p) = &c.place { " · " span dir="auto" { (place::text(p)) } }
                }
                (self.cautions(frame))
                (evidence::section(frame, &self.shown, self.report.as_ref()))
                (self.says_who())
                (record::section(frame, &self.shown))
                (record::why(frame, &self.shown))
                @if self.report.is_some() { (parse::section(frame, self.parse.as_ref())) }
                (self.accounts(frame))
                (record::origin(frame, &self.shown))
                @if c.set == OURS { (correction::section(frame, self.correction.as_ref())) }
            }
        }
    }
}

impl Event {
    /// What is to be known before anything else.
    fn cautions(&self, frame: &Frame<'_>) -> Markup {
        let c = self.claim();
        html! {
            @if self.later || self.shown.superseded_by.is_some() || c.set != OURS {
                ul.caution {
                    @if self.later {
                        li {
                            "Not known on the day asked about: the report came later"
                            @if let Some(published) = c.published { ", on " (day::day(published)) }
                            "."
                        }
                    }
                    @if let Some(run) = self.shown.superseded_by {
                        li {
                            "This claim stands no more: " a href={ "/status#run-" (run) } { "run " (run) } " read the report again"
                            @if self.instead.is_empty() { " and found no such claim." }
                            @else {
                                " and put in its place "
                                @for (i, other) in self.instead.iter().enumerate() {
                                    @if i > 0 { ", " }
                                    a href=(frame.link(&format!("/events/{}", segment(&other.claim_id)))) {
                                        (other.event_type.as_deref().unwrap_or("a statement")) " (" (party::text(&other.actor)) ")"
                                    }
                                }
                                "."
                            }
                        }
                    }
                    @if c.set != OURS {
                        li { "An event of the imported set " strong { (c.set) } ": coded by others, shown as they give it." }
                    }
                }
            }
        }
    }

    fn says_who(&self) -> Markup {
        let c = self.claim();
        let factuality = c.factuality.as_deref().unwrap_or("asserted");
        let meaning = chip::FACTUALITIES.iter().find(|(w, _)| *w == factuality).map_or("", |(_, m)| m);
        html! {
            section {
                h2 { "Who says so" }
                @if c.set == OURS {
                    p.muted { "From the outside in: each passes on what the next one says." }
                    (voice::chain(&c.attribution, c.publisher.as_deref()))
                } @else {
                    (voice::chain(&c.attribution, c.publisher.as_deref().or(Some(&c.set))))
                }
                p { (chip::factuality(Some(factuality), true)) ": " (meaning) "." }
            }
        }
    }

    /// The incident that the claim is an account of, with the others.
    fn accounts(&self, frame: &Frame<'_>) -> Markup {
        let Some(shown) = &self.incident else {
            return html! {
                @if self.claim().set == OURS && self.shown.superseded_by.is_none() {
                    section { h2 { "Other accounts" } p.empty { "Not merged into an incident yet." } }
                }
            };
        };
        let row = &shown.incident;
        let href = frame.link(&format!("/incidents/{}", segment(&row.incident_id)));
        let mut seen = BTreeSet::from([(self.claim().report_id.as_deref(), self.claim().sentence)]);
        let others: Vec<&EventRow> =
            shown.claims.iter().filter(|c| seen.insert((c.report_id.as_deref(), c.sentence))).collect();
        html! {
            section {
                h2 { "Other accounts" }
                p {
                    "An account of " a href=(href) { (words::sentence(row)) } ", told by "
                    (count(u64::from(row.reports), "report", "reports")) " of "
                    (count(u64::from(row.independent_origins), "independent origin", "independent origins")) "."
                }
                @if others.is_empty() { p.empty { "It is the only account." } }
                @else {
                    (list::cards(frame, others.iter().copied().take(OTHERS)))
                    @if others.len() > OTHERS { p { a href=(href) { "All " (others.len() + 1) " sentences that tell of it" } } }
                }
            }
        }
    }
}

/// Where a report is shown.
pub fn report_href(frame: &Frame<'_>, id: &str) -> String {
    frame.link(&link::report(id))
}

/// A span of a claim as JSON.
fn span_json(start: usize, end: usize, text: &str) -> Value {
    json!({ "start": start, "end": end, "text": text.get(start..end) })
}
