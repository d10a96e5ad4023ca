//! `/watchlist`: the pairs to look at, by how probable force is or how much that has risen.

use forewarn_answer::watch::{By, Row, Watchlist, watch};
use forewarn_answer::words::{interval, percent};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::segment;
use crate::desk::Context;
use crate::fault::Fault;
use crate::form::Form;
use crate::frame::Frame;
use crate::page::{Entry, Page};
use crate::pages::ask::HORIZONS;
use crate::show::day;
use crate::table::Table;

/// How it is ordered.
pub const ORDERS: &[&str] = &["highest", "risen", "rising"];
/// The same in words.
const WORDS: [(&str, &str); 3] =
    [("highest", "Highest"), ("risen", "Newly risen (points, 30 days)"), ("rising", "Fastest rising (odds, 7 days)")];

struct Watched {
    list: Watchlist,
    rows: Vec<Row>,
    horizon: u32,
}

/// Makes the page.
///
/// # Errors
/// When the ledger has no day to answer for.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let by = match context.asked.get("by") {
        Some("risen") => By::Risen,
        Some("rising") => By::Rising,
        _ => By::Highest,
    };
    let horizon = context.asked.count("horizon", 90);
    let limit = context.asked.count("limit", 50) as usize;
    let archive = context.archive()?;
    let desk = context.desk;
    let mut list = watch(&archive, &context.ledger, &desk.names, &desk.shelf, (context.asked.as_of(), horizon, by))?;
    let rows = list.rows.drain(..).take(limit).collect();
    Ok(Box::new(Watched { list, rows, horizon }))
}

impl Page for Watched {
    fn title(&self) -> String {
        "Watchlist".to_owned()
    }

    fn json(&self) -> Result<Value, Fault> {
        Ok(json!({
            "as_of": self.list.extent.as_of, "horizon_days": self.horizon, "outcome": self.list.outcome,
            "watched": self.list.watched, "rows": self.rows, "model": self.list.model,
        }))
    }

    fn table(&self) -> Result<Table, Fault> {
        let mut out = Table::new([
            "a",
            "a_name",
            "b",
            "b_name",
            "as_of",
            "p",
            "words",
            "interval_90_low",
            "interval_90_high",
            "base_rate",
            "onset",
            "p_30",
            "p_7",
            "acts_365",
        ]);
        for r in &self.rows {
            out.rows.push(vec![
                json!(r.parties[0].code),
                json!(r.parties[0].name),
                json!(r.parties[1].code),
                json!(r.parties[1].name),
                json!(r.as_of),
                json!(r.p),
                json!(r.words),
                json!(r.interval_90[0]),
                json!(r.interval_90[1]),
                json!(r.base_rate),
                json!(r.onset),
                json!(r.p_30),
                json!(r.p_7),
                json!(r.acts_365),
            ]);
        }
        Ok(out)
    }

    fn entries(&self) -> Vec<Entry> {
        self.rows
            .iter()
            .map(|r| Entry {
                id: format!("watch-{}-{}-{}-{}", r.parties[0].code, r.parties[1].code, self.horizon, r.as_of),
                title: format!("{} and {}: {}, {}", r.parties[0].name, r.parties[1].name, r.words, percent(r.p)),
                href: format!("/ask/{}/{}", segment(&r.parties[0].code), segment(&r.parties[1].code)),
                updated: Some(r.as_of),
                summary: format!("90 % interval {}; base rate {}", interval(r.interval_90), percent(r.base_rate)),
            })
            .collect()
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        let by = frame.asked.get("by").unwrap_or("highest");
        html! {
            h1 { "Watchlist" }
            p {
                "Probability of " (self.list.outcome) ", as of " (day::day(self.list.extent.as_of)) ", "
                (self.list.extent.why) ". Pairs with five or more acts in the last year: " (self.list.watched) "."
            }
            nav.tabs aria-label="Order" {
                @for (word, name) in WORDS {
                    a href=(frame.asked.link(Form::Html, &[("by", Some(word))])) aria-current=[(word == by).then_some("true")] { (name) }
                }
            }
            form.inline-form method="get" action="/watchlist" {
                input type="hidden" name="by" value=(by);
                label { "As of " input type="date" name="as_of" value=(frame.asked.get("as_of").unwrap_or("")); }
                label { "within " select name="horizon" {
                    @for h in HORIZONS { option value=(h) selected[*h == self.horizon.to_string()] { (h) " days" } }
                } }
                button type="submit" { "Show" }
            }
            @if self.rows.is_empty() {
                p.empty {
                    @if self.list.watched == 0 {
                        "No pair has five or more acts in the last year, which is where the model has learnt to tell pairs apart. "
                        a href=(frame.link("/")) { "Ask about two parties" } " for a wide answer that is mostly base rate."
                    } @else { "No pair has risen." }
                }
            } @else {
                div.table-box tabindex="0" role="region" aria-label="Watchlist" {
                    table.rows {
                        caption { "Each row leads to its answer, with everything that stands behind it" }
                        thead { tr {
                            th scope="col" { "Pair" } th.number scope="col" { "Probability" } th scope="col" { "90 % interval" }
                            th scope="col" { "In words" } th.number scope="col" { "Base rate" } th.number scope="col" { "30 days before" }
                            th.number scope="col" { "7 days before" } th scope="col" { "From" } th.number scope="col" { "Acts in a year" }
                        } }
                        tbody { @for r in &self.rows { (row(frame, r, self.horizon)) } }
                    }
                }
            }
        }
    }
}

/// One pair as a table row.
fn row(frame: &Frame<'_>, r: &Row, horizon: u32) -> Markup {
    let [a, b] = &r.parties;
    let path = format!("/ask/{}/{}", segment(&a.code), segment(&b.code));
    let days = horizon.to_string();
    let mut query: Vec<(&str, &str)> = Vec::new();
    if horizon != 90 {
        query.push(("horizon", days.as_str()));
    }
    if let Some(day) = frame.asked.get("as_of") {
        query.push(("as_of", day));
    }
    let href = crate::asked::address(&path, query);
    html! {
        tr {
            th scope="row" { a href=(href) { (a.name) " and " (b.name) } }
            td.number { strong { (percent(r.p)) } }
            td { (interval(r.interval_90)) }
            td { (r.words) }
            td.number { (percent(r.base_rate)) }
            td.number { (before(r.p, r.p_30)) }
            td.number { (before(r.p, r.p_7)) }
            td { @if r.onset { "quiet" } @else { "force in the last 180 days" } }
            td.number { (r.acts_365) }
        }
    }
}

/// An earlier probability, with the way it has gone since.
fn before(now: f64, then: Option<f64>) -> Markup {
    html! {
        @match then {
            None => span.muted { "not watched" },
            Some(p) if now - p > 0.005 => span.diff-up { (percent(p)) " ▲" span.visually-hidden { " risen since" } },
            Some(p) if p - now > 0.005 => span.diff-down { (percent(p)) " ▼" span.visually-hidden { " fallen since" } },
            Some(p) => { (percent(p)) },
        }
    }
}
