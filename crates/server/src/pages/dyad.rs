//! `/dyads/A/B`: what two parties did to each other, in both directions, over time.

use forewarn_answer::{Party, series};
use forewarn_exchange::row::IncidentRow;
use forewarn_ledger::{Cell, Order, Page as Part, Step, Unit};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::segment;
use crate::chart;
use crate::desk::Context;
use crate::fault::Fault;
use crate::frame::{Frame, thousands};
use crate::page::{Entry, Page};
use crate::show::{list, number};
use crate::table::Table;

struct Dyad {
    parties: [Party; 2],
    step: Step,
    cells: Vec<Cell>,
    latest: Vec<IncidentRow>,
}

/// The words of `step`.
pub const STEPS: &[&str] = &["month", "week", "day"];

/// Reads `step`.
pub fn step(word: Option<&str>) -> Step {
    match word {
        Some("day") => Step::Day,
        Some("week") => Step::Week,
        _ => Step::Month,
    }
}

/// Makes the page.
///
/// # Errors
/// When a party is unknown or the filter cannot be read.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let a = context.desk.party(context.asked.name("a"))?;
    let b = context.desk.party(context.asked.name("b"))?;
    let step = step(context.asked.get("step"));
    let filter = context.narrowed(&[&format!("dyad:{}<>{}", a.code, b.code)])?;
    let cells = series::series(&context.ledger, &filter, Unit::Dyad, step)?;
    let latest = context.ledger.incidents(&filter, &Part { limit: 20, order: Order::Latest, after: None })?.rows;
    Ok(Box::new(Dyad { parties: [a, b], step, cells, latest }))
}

/// How many days a step has, about.
pub fn step_days(step: Step) -> f64 {
    match step {
        Step::Day => 1.0,
        Step::Week => 7.0,
        Step::Month => 30.4,
    }
}

/// Cells as bars; those without a day have no place on an axis of time.
pub fn bars<'c>(cells: impl Iterator<Item = &'c Cell>) -> Vec<chart::Month> {
    let mut out: Vec<chart::Month> = Vec::new();
    for c in cells {
        let Some(from) = c.key.from else { continue };
        let classes =
            [c.verbal_cooperation, c.material_cooperation, c.verbal_conflict, c.material_conflict, c.assaults];
        match out.iter_mut().find(|m| m.from == from) {
            Some(known) => {
                for (sum, n) in known.classes.iter_mut().zip(classes) {
                    *sum += n;
                }
                known.reports += c.reports;
            }
            None => out.push(chart::Month { from, classes, reports: c.reports }),
        }
    }
    out.sort_by_key(|m| m.from);
    out
}

/// Rows of a table of cells; the rest is in the data.
const ROWS: usize = 120;

/// A table of cells, the latest first.
pub fn cells_table(cells: &[Cell], label: &str, name: impl Fn(&Cell) -> String) -> Markup {
    let mut order: Vec<&Cell> = cells.iter().collect();
    order.sort_by_key(|c| (std::cmp::Reverse(c.key.from), c.key.set.clone(), name(c)));
    html! {
        div.table-box tabindex="0" role="region" aria-label=(label) {
            table.rows {
                caption { (label) @if order.len() > ROWS { ": the latest " (ROWS) " of " (order.len()) ", all are in the data" } }
                thead { tr {
                    th scope="col" { "From" } th scope="col" { "Who" } th.number scope="col" { "Happenings" }
                    th.number scope="col" { "Force" } th.number scope="col" { "Other material conflict" } th.number scope="col" { "Verbal conflict" }
                    th.number scope="col" { "Material cooperation" } th.number scope="col" { "Verbal cooperation" }
                    th.number scope="col" { "Killed, as told" } th.number scope="col" { "Reports" }
                } }
                tbody {
                    @for c in order.iter().take(ROWS) {
                        tr {
                            th scope="row" { @match c.key.from { Some(day) => time datetime=(day) { (day) }, None => "no day" } }
                            td { (name(c)) @if c.key.set != "forewarn" { " (" (c.key.set) ")" } }
                            td.number { (thousands(c.happenings)) }
                            td.number { (zero(c.assaults)) }
                            td.number { (zero(c.material_conflict.saturating_sub(c.assaults))) }
                            td.number { (zero(c.verbal_conflict)) }
                            td.number { (zero(c.material_cooperation)) }
                            td.number { (zero(c.verbal_cooperation)) }
                            td.number { (number::of(&c.killed).unwrap_or_default()) }
                            td.number { (thousands(c.reports)) }
                        }
                    }
                }
            }
        }
    }
}

fn zero(n: u64) -> String {
    if n == 0 { "·".to_owned() } else { thousands(n) }
}

impl Dyad {
    fn between(&self) -> String {
        format!("{} and {}", self.parties[0].name, self.parties[1].name)
    }

    fn one_way(&self, from: usize) -> impl Iterator<Item = &Cell> {
        let actor = self.parties[from].code.clone();
        self.cells.iter().filter(move |c| c.key.actor.as_deref() == Some(actor.as_str()))
    }

    fn name(&self, code: Option<&str>) -> String {
        let code = code.unwrap_or("");
        self.parties.iter().find(|p| p.code == code).map_or_else(|| code.to_owned(), |p| p.name.clone())
    }
}

impl Page for Dyad {
    fn title(&self) -> String {
        self.between()
    }

    fn json(&self) -> Result<Value, Fault> {
        Ok(json!({
            "parties": self.parties, "step": self.step, "cells": self.cells, "latest": self.latest,
        }))
    }

    fn table(&self) -> Result<Table, Fault> {
        Ok(Table::of(self.cells.iter().map(flat).collect::<Result<Vec<_>, _>>()?))
    }

    fn features(&self) -> Vec<Value> {
        list::features(&self.latest)
    }

    fn entries(&self) -> Vec<Entry> {
        list::entries(&self.latest)
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        let [a, b] = &self.parties;
        let here = format!("/dyads/{}/{}", segment(&a.code), segment(&b.code));
        let filter = format!("dyad:{}<>{}", a.code, b.code);
        let src = frame.asked.link(crate::form::Form::Json, &[]);
        html! {
            h1 { (self.between()) }
            p {
                "What each did to the other, by the reports. "
                a href=(frame.link(&format!("/ask/{}/{}", segment(&a.code), segment(&b.code)))) { "Is a war looming?" }
            }
            form.inline-form method="get" action=(here) {
                label { "Counted by " select name="step" {
                    @for word in STEPS { option value=(word) selected[step(Some(word)) == self.step] { (word) } }
                } }
                label { "as of " input type="date" name="as_of" value=(frame.asked.get("as_of").unwrap_or("")); }
                button type="submit" { "Show" }
            }
            @if self.cells.is_empty() {
                p.empty { "The ledger tells of nothing that " (a.name) " and " (b.name) " did to each other"
                    @if frame.asked.get("as_of").is_some() { " by that day" } "." }
            } @else {
                figure data-timeline data-src=(src) data-brush="" {
                    @for (from, to) in [(0, 1), (1, 0)] {
                        @let what = format!("{} towards {}", self.parties[from].name, self.parties[to].name);
                        @if let Some(drawing) = chart::months(&bars(self.one_way(from)), step_days(self.step), &what) {
                            h2 { (what) }
                            (drawing)
                        }
                    }
                    figcaption { "Happenings by class and " (STEPS[match self.step { Step::Month => 0, Step::Week => 1, Step::Day => 2 }])
                        "; the lowest row is how many reports tell of them, so that silence of the press is not read as peace." }
                }
                (cells_table(&self.cells, "What the drawing shows, in figures", |c| {
                    format!("{} → {}", self.name(c.key.actor.as_deref()), self.name(c.key.recipient.as_deref()))
                }))
                h2 { "The latest" }
                (list::cards(frame, &self.latest))
                p { a href=(frame.link(&crate::asked::address("/incidents", [("q", filter.as_str())]))) { "All incidents between them" } }
            }
        }
    }
}

/// A cell as one flat object: counts of killed in three columns.
pub fn flat(cell: &Cell) -> Result<Value, serde_json::Error> {
    let mut value = serde_json::to_value(cell)?;
    if let Value::Object(map) = &mut value {
        map.remove("killed");
        map.insert("killed_low".to_owned(), json!(cell.killed.low));
        map.insert("killed_best".to_owned(), json!(cell.killed.best));
        map.insert("killed_high".to_owned(), json!(cell.killed.high));
    }
    Ok(value)
}
