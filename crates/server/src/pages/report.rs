//! `/reports/ID`: the stored text with every coded sentence marked, and what was left out of it.

use std::collections::BTreeMap;

use forewarn_exchange::row::EventRow;
use forewarn_ledger::ReportShown;
use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::Value;

use crate::asked::segment;
use crate::desk::Context;
use crate::fault::Fault;
use crate::frame::{Frame, count};
use crate::page::{Entry, Page};
use crate::pages::event::{report, short};
use crate::show::marked::{self, Stretch};
use crate::show::{chip, day, link, list, party, place, voice};
use crate::table::Table;

struct Report {
    shown: ReportShown,
    /// Whether it came after the day asked about.
    later: bool,
}

/// Makes the page.
///
/// # Errors
/// `not-found` where no report has the id.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let id = context.asked.name("id").to_owned();
    let Some(mut shown) = report(context, &id)? else { return Err(Fault::missing("report", &short(&id))) };
    shown.claims.sort_by(|a, b| (a.span_start, a.span_end, &a.claim_id).cmp(&(b.span_start, b.span_end, &b.claim_id)));
    // The folder that a file lay in stays on this machine.
    shown.source.0 = shown.source.0.map(|p| p.rsplit(['/', '\\']).next().unwrap_or("").to_owned());
    let published: Option<Date> = shown.published.as_deref().and_then(|d| d.parse().ok());
    let later = matches!((context.asked.as_of(), published), (Some(day), Some(p)) if p > day);
    Ok(Box::new(Report { shown, later }))
}

/// Coded sentences in the order of the text, each with its claims.
fn sentences(claims: &[EventRow]) -> Vec<((usize, usize), Vec<&EventRow>)> {
    let mut out: BTreeMap<(usize, usize), Vec<&EventRow>> = BTreeMap::new();
    for c in claims {
        if let (Some(a), Some(b)) = (c.span_start, c.span_end) {
            out.entry((a as usize, b as usize)).or_default().push(c);
        }
    }
    out.into_iter().collect()
}

impl Page for Report {
    fn title(&self) -> String {
        self.shown
            .title
            .clone()
            .filter(|t| !t.trim().is_empty())
            .unwrap_or_else(|| format!("Report {}", short(&self.shown.report_id)))
    }

    fn json(&self) -> Result<Value, Fault> {
        Ok(serde_json::to_value(&self.shown)?)
    }

    fn table(&self) -> Result<Table, Fault> {
        list::table(&self.shown.claims)
    }

    fn features(&self) -> Vec<Value> {
        list::features(&self.shown.claims)
    }

    fn entries(&self) -> Vec<Entry> {
        list::entries(&self.shown.claims)
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        let r = &self.shown;
        let coded = sentences(&r.claims);
        html! {
            article.report data-report=(r.report_id) {
                p.crumbs { "Report " code dir="auto" { (short(&r.report_id)) } }
                h1 dir="auto" lang=[r.language.as_deref()] { (self.title()) }
                p.card-meta {
                    (link::outward(r.url.as_deref(), r.publisher.as_deref().unwrap_or("publisher not known")))
                    @if let Some(published) = &r.published { ", published " time datetime=(published) { (published) } } @else { ", day of publication not known" }
                    @if let Some(language) = &r.language { " · language " code { (language) } }
                    " · read by " a href={ (frame.link("/status")) "#run-" (r.run) } { "run " (r.run) }
                    @if let Some(file) = &r.source.0 { " out of " code { (file) } @if let Some(line) = r.source.1 { ", line " (line) } }
                }
                @if self.later { ul.caution { li { "Not known on the day asked about: it was published later." } } }
                @if r.language.as_deref().is_some_and(|l| l != "en") { ul.caution { li { "Not in English: kept, and not coded." } } }
                p {
                    (count(r.claims.len() as u64, "claim", "claims")) " in " (count(coded.len() as u64, "sentence", "sentences")) "; what is not marked was read and held no event, or none that could be coded."
                }
                div.report-layout {
                    (text(r, &coded))
                    (margin(frame, &coded))
                }
                (dropped(&r.dropped))
            }
        }
    }
}

/// The text, paragraph by paragraph.
fn text(r: &ReportShown, coded: &[((usize, usize), Vec<&EventRow>)]) -> Markup {
    let marks: Vec<Stretch> = coded
        .iter()
        .enumerate()
        .map(|(i, ((start, end), _))| Stretch {
            start: *start,
            end: *end,
            class: "sentence",
            label: (i + 1).to_string(),
            href: Some(format!("#s-{}", i + 1)),
        })
        .collect();
    html! {
        section.report-text aria-label="The text" dir="auto" lang=[r.language.as_deref()] {
            @for (start, end) in paragraphs(&r.text) {
                // Only the marks of the paragraph: a long report has many of both.
                @let here: Vec<Stretch> = marks.iter().filter(|m| m.start < end && m.end > start).cloned().collect();
                p { (marked::text(&r.text, start, end, &here)) }
            }
        }
    }
}

/// The bytes of each paragraph.
fn paragraphs(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let kept = line.trim_end_matches(['\n', '\r']).len();
        if !line.trim().is_empty() {
            out.push((start, start + kept));
        }
        start = end;
    }
    out
}

/// What was coded in each marked sentence.
fn margin(frame: &Frame<'_>, coded: &[((usize, usize), Vec<&EventRow>)]) -> Markup {
    html! {
        section.margin aria-label="What was coded" {
            h2 { "What was coded" }
            @if coded.is_empty() { p.empty { "No sentence of this report was coded." } }
            @else {
                ol.cards {
                    @for (i, (_, claims)) in coded.iter().enumerate() {
                        li.card id={ "s-" (i + 1) } {
                            @for c in claims {
                                @let href = frame.link(&format!("/events/{}", segment(&c.claim_id)));
                                p.card-head {
                                    strong { (i + 1) }
                                    (chip::kind(c.event_type.as_deref(), c.event_mode.as_deref(), c.quad_class))
                                    (chip::factuality(c.factuality.as_deref(), false))
                                    span { (party::side(frame, &c.actor)) " → " (party::side(frame, &c.recipient)) }
                                }
                                p.card-meta {
                                    (day::span(c.date_start, c.date_end, c.date_prec.as_deref()))
                                    @if let Some(p) = &c.place { " · " span dir="auto" { (place::text(p)) } }
                                    @if c.attribution.iter().any(|v| v.kind != "publisher") { " · " (voice::line(&c.attribution)) }
                                    " · " a href=(href) { "the evidence" span.visually-hidden { " of " (list::title(*c)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn dropped(list: &Value) -> Markup {
    let rows: Vec<(&str, &str)> = list
        .as_array()
        .into_iter()
        .flatten()
        .map(|d| (d["text"].as_str().unwrap_or(""), d["why"].as_str().unwrap_or("")))
        .collect();
    html! {
        section {
            h2 { "What was left out" }
            @if rows.is_empty() { p.muted { "Nothing: the text stands as it was given." } }
            @else {
                div.table-box tabindex="0" role="region" aria-label="What was left out" {
                    table.rows {
                        caption.visually-hidden { "What was left out, and why" }
                        thead { tr { th scope="col" { "Why" } th scope="col" { "Text" } } }
                        tbody { @for (text, why) in &rows { tr { th scope="row" { (why) } td dir="auto" { (text) } } } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn paragraphs_keep_their_bytes() {
        let text = "Title\n\nOne ж.\r\n\n  \nLast";
        let all: Vec<&str> = super::paragraphs(text).into_iter().map(|(a, b)| &text[a..b]).collect();
        assert_eq!(all, ["Title", "One ж.", "Last"]);
    }
}
