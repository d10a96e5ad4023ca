//! `/alerts`: what the ledger's alerts fired, and which there are; `/alerts.atom` is their feed.

use forewarn_alerts::{evidence, line, name, page, summary};
use forewarn_ledger::{StoredAlert, StoredFiring};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::segment;
use crate::desk::Context;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::page::{Entry, Page};
use crate::show::day;
use crate::table::Table;

/// Firings that are shown.
const MOST: usize = 200;
/// Incidents of a firing that are shown with their sentence.
const MOST_TOLD: usize = 3;

struct Alerts {
    alerts: Vec<StoredAlert>,
    firings: Vec<StoredFiring>,
}

/// Makes the page.
///
/// # Errors
/// When the ledger cannot be read.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let alerts = context.ledger.alerts()?;
    let mut firings = context.ledger.firings(None, MOST)?;
    if let Some(day) = context.asked.as_of() {
        firings.retain(|f| f.as_of <= day);
    }
    Ok(Box::new(Alerts { alerts, firings }))
}

/// The series' name: that of a country, or of both parties.
fn series(frame: &Frame<'_>, code: &str) -> String {
    for (between, words) in [("<>", " and "), (">", " → ")] {
        if let Some((a, b)) = code.split_once(between) {
            return format!("{}{words}{}", frame.desk.name(a), frame.desk.name(b));
        }
    }
    frame.desk.name(code).to_owned()
}

/// An incident that a firing rests on: the sentence that tells it best, which leads to it.
fn sentence(frame: &Frame<'_>, told: &Value) -> Markup {
    let Some(id) = told["incident_id"].as_str() else { return html! {} };
    let href = frame.link(&format!("/incidents/{}", segment(id)));
    html! {
        @match told["sentence"].as_str() {
            Some(words) => blockquote.card-quote dir="auto" { a href=(href) { (words) } },
            None => p { a href=(href) { "The incident " (id) } },
        }
        @if let Some(publisher) = told["publisher"].as_str() { p.card-voice { span.muted dir="auto" { (publisher) } } }
    }
}

/// What an alert fires at, in words.
fn threshold(alert: &StoredAlert) -> String {
    match alert.above.as_str() {
        "z" if alert.level <= 1.0 => format!("{} standard deviation above its own past", alert.level),
        "z" => format!("{} standard deviations above its own past", alert.level),
        "count" if alert.level <= 1.0 => "any happening".to_owned(),
        "count" => format!("{} happenings", alert.level),
        _ => format!("the forecast of {} changes by {}", alert.pair.as_deref().unwrap_or("a pair"), alert.level),
    }
}

impl Page for Alerts {
    fn title(&self) -> String {
        "Alerts".to_owned()
    }

    fn json(&self) -> Result<Value, Fault> {
        // Where they are told is the owner's matter: addresses may hold secrets.
        let alerts: Vec<Value> = self
            .alerts
            .iter()
            .map(|a| {
                json!({
                    "name": a.name, "filter": a.filter, "by": a.by, "step": a.step, "above": a.above, "level": a.level,
                    "pair": a.pair, "cooldown_days": a.cooldown, "made": a.made,
                })
            })
            .collect();
        let firings: Vec<Value> = self
            .firings
            .iter()
            .map(|f| {
                json!({
                    "name": f.name, "series": f.series, "from": f.from, "as_of": f.as_of, "fired": f.made, "text": line(f),
                    "evidence": evidence(f).collect::<Vec<_>>(),
                })
            })
            .collect();
        Ok(json!({ "alerts": alerts, "firings": firings }))
    }

    fn table(&self) -> Result<Table, Fault> {
        let mut out = Table::new(["alert", "series", "from", "as_of", "fired", "reason", "evidence"]);
        for f in &self.firings {
            out.rows.push(vec![
                json!(f.name),
                json!(f.series),
                json!(f.from),
                json!(f.as_of),
                json!(f.made),
                f.body["reason"].clone(),
                json!(evidence(f).collect::<Vec<_>>()),
            ]);
        }
        Ok(out)
    }

    fn entries(&self) -> Vec<Entry> {
        self.firings
            .iter()
            .map(|f| Entry { id: name(f), title: line(f), href: page(f), updated: Some(f.as_of), summary: summary(f) })
            .collect()
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        html! {
            h1 { "Alerts" }
            p {
                "Named filters with a threshold, kept in the ledger. " code { "forewarn alerts check" } " looks at them; the desk only "
                "shows what fired. A threshold finds what is unusual in what is " em { "reported" } ": look at the evidence."
            }
            h2 { "What fired" }
            @if self.firings.is_empty() { p.empty { "Nothing has fired." } }
            @else {
                ol.cards {
                    @for f in &self.firings {
                        li.card {
                            div.card-head {
                                span.card-day { (day::day(f.from)) }
                                span.chip { (f.name) }
                                @if !f.series.is_empty() { span.card-parties dir="auto" { (series(frame, &f.series)) } }
                            }
                            p { (f.body["reason"].as_str().unwrap_or("")) }
                            @for told in f.body["evidence"].as_array().into_iter().flatten().take(MOST_TOLD) { (sentence(frame, told)) }
                            p.card-meta {
                                "as of " (day::day(f.as_of))
                                @let more = evidence(f).count().saturating_sub(MOST_TOLD);
                                @if more > 0 { " · and " (more) " more, which are in the data" }
                            }
                        }
                    }
                }
            }
            h2 { "Which there are" }
            @if self.alerts.is_empty() {
                p.empty { "None. " code { "forewarn alerts add NAME --filter 'country:XKX type:ASSAULT' --above z=3" } " makes one." }
            } @else {
                div.table-box tabindex="0" role="region" aria-label="Alerts" {
                    table.rows {
                        caption { "Each fires once a step, and then stays silent for its days" }
                        thead { tr {
                            th scope="col" { "Name" } th scope="col" { "Filter" } th scope="col" { "By" } th scope="col" { "Step" }
                            th scope="col" { "Fires at" } th.number scope="col" { "Silent for" }
                        } }
                        tbody {
                            @for a in &self.alerts {
                                tr {
                                    th scope="row" { (a.name) }
                                    td {
                                        @if a.filter.is_empty() { span.muted { "everything" } }
                                        @else { a href=(frame.link(&crate::asked::address("/incidents", [("q", a.filter.as_str())]))) { code { (a.filter) } } }
                                    }
                                    td { (a.by) }
                                    td { (a.step) }
                                    td { (threshold(a)) }
                                    td.number { (a.cooldown) " days" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
