//! `/`: the question, the pairs to look at, what came last, what the ledger holds.

use forewarn_exchange::row::IncidentRow;
use forewarn_ledger::{Order, Page as Part};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::desk::{Context, Stamp};
use crate::fault::Fault;
use crate::frame::{Frame, count};
use crate::page::{Entry, Page};
use crate::pages::choose;
use crate::show::list;
use crate::table::Table;

/// Incidents that are shown.
const LATEST: usize = 6;

struct Home {
    stamp: Stamp,
    latest: Vec<IncidentRow>,
}

/// Makes the page.
///
/// # Errors
/// When the ledger cannot be read.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let filter = context.narrowed(&["status:asserted"])?;
    let part = Part { limit: LATEST, order: Order::Latest, after: None };
    let latest = context.ledger.incidents(&filter, &part)?.rows;
    Ok(Box::new(Home { stamp: context.stamp.clone(), latest }))
}

impl Page for Home {
    fn title(&self) -> String {
        "Is a new war looming?".to_owned()
    }

    fn json(&self) -> Result<Value, Fault> {
        Ok(json!({ "ledger": serde_json::to_value(&self.stamp)?, "latest": serde_json::to_value(&self.latest)? }))
    }

    fn table(&self) -> Result<Table, Fault> {
        Ok(Table::of(self.latest.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>()?))
    }

    fn features(&self) -> Vec<Value> {
        list::features(&self.latest)
    }

    fn entries(&self) -> Vec<Entry> {
        list::entries(&self.latest)
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        html! {
            section.ask {
                h1.question { (self.title()) }
                p.lead { "Ask about two sides. The answer is a probability with everything that it stands on, down to the sentences of the reports." }
                (choose::form(frame, "", ""))
            }
            @if self.stamp.reports == 0 && self.stamp.foreign_events == 0 { (nothing(frame)) }
            @else {
                section {
                    h2 { "The latest" }
                    @if self.latest.is_empty() { p.empty { "No report that has been read says that anything happened." } }
                    @else {
                        (list::incidents(frame, &self.latest))
                        p { a href=(frame.link("/incidents")) { "All incidents" } " · " a href=(frame.link("/map")) { "on the map" } }
                    }
                }
                (self.holds(frame))
            }
        }
    }
}

impl Home {
    fn holds(&self, frame: &Frame<'_>) -> Markup {
        let s = &self.stamp;
        html! {
            section {
                h2 { "What is here" }
                ul {
                    li {
                        (count(s.reports, "report", "reports"))
                        @if let (Some(a), Some(b)) = (s.since, s.through) {
                            ", published from " time datetime=(a) { (a) } " to " time datetime=(b) { (b) }
                        }
                    }
                    li { a href=(frame.link("/events")) { (count(s.claims, "claim", "claims")) } ", each with its sentence and on whose word it stands" }
                    li { a href=(frame.link("/incidents")) { (count(s.incidents, "incident", "incidents")) } ", each told by one report or by many" }
                    @if s.foreign_events > 0 { li { (count(s.foreign_events, "event", "events")) " of imported sets, marked as theirs" } }
                    @if s.waiting > 0 { li { (count(s.waiting, "claim waits", "claims wait")) " to be merged into incidents" } }
                }
                p { a href=(frame.link("/about")) { "How it is made, and what it cannot do" } }
            }
        }
    }
}

/// Nothing has been read in yet.
fn nothing(frame: &Frame<'_>) -> Markup {
    let file = frame.desk.options.ledger.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    html! {
        section.empty {
            h2 { "The ledger is empty" }
            p { "Give it reports to read: text files, saved web pages or JSON Lines, in folders or one by one." }
            pre { code { "forewarn ingest FOLDER --ledger " (file) } }
            p { "What is read in is here at once; the desk need not be started again. To look around first, read in the examples that come with the program:" }
            pre { code { "forewarn ingest examples/reports --ledger " (file) } }
            p { "Event sets of others (ICEWS, GDELT, POLECAT, ACLED, UCDP and more) go in by " code { "forewarn import" } ", marked as theirs." }
        }
    }
}
