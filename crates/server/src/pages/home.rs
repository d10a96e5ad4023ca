//! `/`: the question, the pairs to look at, what came last, what the ledger holds.

use forewarn_answer::watch::{By, Row, watch};
use forewarn_answer::words::{interval, percent};
use forewarn_exchange::row::IncidentRow;
use forewarn_ledger::{Order, Page as Part};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::segment;
use crate::desk::{Context, Stamp};
use crate::fault::Fault;
use crate::frame::{Frame, count};
use crate::page::{Entry, Page};
use crate::pages::choose;
use crate::show::list;
use crate::table::Table;

/// Incidents that are shown.
const LATEST: usize = 6;
/// Pairs that are shown.
const PAIRS: usize = 5;
/// Incidents up to which the record is read for the first page; that of a million claims takes many seconds.
const READ_AT_ONCE: u64 = 20_000;
/// Days ahead that their probabilities are of.
const HORIZON: u32 = 90;

struct Home {
    stamp: Stamp,
    /// What the pairs are watched for, in words; none where the ledger has no day to answer for.
    outcome: Option<String>,
    watched: usize,
    pairs: Vec<Row>,
    /// Whether the pairs are left to the watchlist's own page, since reading the record for them takes long.
    later: bool,
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
    let (mut outcome, mut watched, mut pairs) = (None, 0, Vec::new());
    let archive = match context.desk.archive_at_hand(context.generation) {
        None if context.stamp.through.is_some() && context.stamp.incidents <= READ_AT_ONCE => Some(context.archive()?),
        known => known,
    };
    let later = archive.is_none() && context.stamp.through.is_some();
    if let Some(archive) = archive.filter(|_| context.stamp.through.is_some()) {
        let desk = context.desk;
        let asked = (context.asked.as_of(), HORIZON, By::Highest);
        let mut list = watch(&archive, &context.ledger, &desk.names, &desk.shelf, asked)?;
        list.rows.truncate(PAIRS);
        (outcome, watched, pairs) = (Some(list.outcome), list.watched, list.rows);
    }
    Ok(Box::new(Home { stamp: context.stamp.clone(), outcome, watched, pairs, later, latest }))
}

impl Page for Home {
    fn title(&self) -> String {
        "Is a new war looming?".to_owned()
    }

    fn json(&self) -> Result<Value, Fault> {
        Ok(json!({
            "ledger": serde_json::to_value(&self.stamp)?,
            "watchlist": { "outcome": self.outcome, "horizon_days": HORIZON, "watched": self.watched, "rows": serde_json::to_value(&self.pairs)? },
            "latest": serde_json::to_value(&self.latest)?,
        }))
    }

    fn table(&self) -> Result<Table, Fault> {
        list::table(&self.latest)
    }

    fn keeps(&self) -> bool {
        !self.later
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
                p { "Ask about two sides. The answer is a probability with everything that it stands on, down to the sentences of the reports." }
                (choose::form(frame, "", ""))
                @if let Some(day) = frame.asked.as_of().or(self.stamp.through) {
                    p.stamp { "By what had been published until " time datetime=(day) { (day) } }
                }
            }
            @if self.stamp.reports == 0 && self.stamp.foreign_events == 0 { (nothing(frame)) }
            @else {
                (self.watchlist(frame))
                section {
                    h2 { "The latest" }
                    @if self.latest.is_empty() { p.empty { "No report that has been read says that anything happened." } }
                    @else {
                        (list::cards(frame, &self.latest))
                        p { a href=(frame.link("/incidents")) { "All incidents" } " · " a href=(frame.link("/map")) { "on the map" } }
                    }
                }
                (self.holds(frame))
            }
        }
    }
}

impl Home {
    /// The pairs to look at, each with its probability in words.
    fn watchlist(&self, frame: &Frame<'_>) -> Markup {
        html! {
            section {
                h2 { "Pairs to look at" }
                @if self.later {
                    p.empty {
                        "The " a href=(frame.link("/watchlist")) { "watchlist" }
                        " has the pairs where force is most probable. In a ledger of this size it takes some seconds when it is first asked for."
                    }
                } @else if self.pairs.is_empty() {
                    p.empty { "No pair has five or more acts in the last year, from where on the model tells pairs apart. Ask about two sides all the same: the answer says how little it rests on." }
                } @else {
                    @if let Some(outcome) = &self.outcome { p { "How probable it is that there is " (outcome) "." } }
                    div.table-box tabindex="0" role="region" aria-label="Pairs to look at" {
                        table.rows {
                            caption.visually-hidden { "The pairs with the highest probabilities" }
                            thead { tr { th scope="col" { "pair" } th scope="col" { "in words" } th.number scope="col" { "probability" } th.number scope="col" { "90 % interval" } th.number scope="col" { "base rate" } } }
                            tbody {
                                @for r in &self.pairs {
                                    @let [a, b] = &r.parties;
                                    tr {
                                        th scope="row" { a href=(frame.link(&format!("/ask/{}/{}", segment(&a.code), segment(&b.code)))) { (a.name) " and " (b.name) } }
                                        td { (r.words) }
                                        td.number { strong { (percent(r.p)) } }
                                        td.number { (interval(r.interval_90)) }
                                        td.number { (percent(r.base_rate)) }
                                    }
                                }
                            }
                        }
                    }
                    p { a href=(frame.link("/watchlist")) { "The whole watchlist" } " · " a href=(frame.link("/score")) { "Were earlier forecasts right?" } }
                }
            }
        }
    }

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
