//! `/score`: whether the forecasts were right.

use std::sync::Arc;

use forewarn_answer::score::Score;
use forewarn_answer::words::{percent, share};
use forewarn_outlook::backtest::record::{Case, Record, Scored};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::chart;
use crate::desk::Context;
use crate::fault::Fault;
use crate::form::Form;
use crate::frame::{Frame, thousands};
use crate::page::{Entry, Page};
use crate::show::words::capital;
use crate::table::Table;

struct Scores(Arc<Score>);

/// Makes the page.
///
/// # Errors
/// When the record that comes with the program cannot be read.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    Ok(Box::new(Scores(context.desk.score()?)))
}

impl Page for Scores {
    fn title(&self) -> String {
        "Were the forecasts right?".to_owned()
    }

    fn json(&self) -> Result<Value, Fault> {
        let mut value = serde_json::to_value(&*self.0)?;
        // The first task's diagram once more, as the pages' scripts draw it.
        value["reliability"] = self.0.records.first().map_or(Value::Null, |r| {
            r.reliability
                .iter()
                .map(|b| json!({"mean_p": b.forecast, "frequency": b.observed, "n": b.n, "low": b.low, "high": b.high}))
                .collect()
        });
        Ok(value)
    }

    fn table(&self) -> Result<Table, Fault> {
        let mut out = Table::new([
            "task",
            "model",
            "baseline",
            "part",
            "n",
            "base_rate",
            "log_score",
            "brier",
            "skill",
            "auroc",
            "average_precision",
            "calibration_error",
        ]);
        for record in &self.0.records {
            for m in &record.models {
                for (part, s) in [("all", &m.all), ("onset", &m.onset), ("continuation", &m.continuation)] {
                    out.rows.push(vec![
                        json!(record.task),
                        json!(m.model),
                        json!(m.baseline),
                        json!(part),
                        json!(s.n),
                        json!(s.base_rate),
                        json!(s.log_score),
                        json!(s.brier),
                        json!(s.skill),
                        json!(s.auroc),
                        json!(s.average_precision),
                        json!(s.calibration_error),
                    ]);
                }
            }
        }
        Ok(out)
    }

    fn entries(&self) -> Vec<Entry> {
        Vec::new()
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        html! {
            h1 { "Were the forecasts right?" }
            p {
                "The bundled model's recipe, held to what came: " (self.fitted()) " and scored on the years after, on " (self.0.data) ". Every forecast used only what was known on its day. "
                "Lower log and Brier scores are better. What is lost is shown like what is won."
            }
            (skill_by_horizon(&self.0.records))
            @for (i, record) in self.0.records.iter().enumerate() { (one(frame, record, i == 0)) }
            p.muted {
                "Made by " code { "forewarn backtest" } ". The record on the public sets (Balkans 1994 to 2003, countries 2010 to "
                "2021) and which years were used for what stand in the repository, in the outlook's RECORD.md."
            }
        }
    }
}

impl Scores {
    /// When the models were fitted, by the tasks' own words.
    fn fitted(&self) -> &str {
        self.0
            .records
            .first()
            .and_then(|r| r.task.split_once("; "))
            .map_or("fitted on the years before", |(_, when)| when)
    }
}

/// The default model's gain over the best baseline, task by task.
fn skill_by_horizon(records: &[Record]) -> Markup {
    html! {
        section {
            h2 { "In short" }
            div.table-box tabindex="0" role="region" aria-label="Skill by task" {
                table.rows {
                    caption { "The default model against climatology and against the best baseline" }
                    thead { tr {
                        th scope="col" { "Task" } th.number scope="col" { "Forecasts" } th.number scope="col" { "Came true" }
                        th.number scope="col" { "Log score" } th.number scope="col" { "Best baseline" }
                        th.number scope="col" { "Difference (90\u{a0}%)" } th.number scope="col" { "Brier skill" } th.number scope="col" { "AUROC" }
                        th.number scope="col" { "AUROC from quiet" }
                    } }
                    tbody {
                        @for r in records {
                            @let own = r.models.iter().find(|m| m.model == r.default_model);
                            @let best = r.models.iter().find(|m| m.model == r.best_baseline);
                            @if let (Some(m), Some(b)) = (own, best) {
                                tr {
                                    th scope="row" { (short(&r.task)) }
                                    td.number { (thousands(m.all.n as u64)) }
                                    td.number { (share(m.all.base_rate)) }
                                    td.number { (four(m.all.log_score)) }
                                    td.number { (four(b.all.log_score)) span.below.muted { (b.model) } }
                                    td.number { (four(m.against_best[0])) " to " (four(m.against_best[1]))
                                        @if m.against_best[1] < 0.0 { span.below.diff-down { "better" } }
                                        @else if m.against_best[0] > 0.0 { span.below.diff-up { "worse" } }
                                        @else { span.below.muted { "no clear difference" } }
                                    }
                                    td.number { (two(m.all.skill)) }
                                    td.number { (two(m.all.auroc)) }
                                    td.number { (two(m.onset.auroc)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn one(frame: &Frame<'_>, record: &Record, first: bool) -> Markup {
    let bins: Vec<chart::Bin> = record
        .reliability
        .iter()
        .map(|b| chart::Bin { said: b.forecast, came: b.observed, interval: [b.low, b.high], count: b.n as u64 })
        .collect();
    html! {
        section {
            h2 { (capital(short(&record.task))) }
            div.side-by-side.with-diagram {
                @if let Some(drawing) = chart::reliability(&bins) {
                    figure data-reliability[first] data-src=[first.then(|| frame.asked.link(Form::Json, &[]))] {
                        (drawing)
                        figcaption { "Said against came, in bins of about equal size; whiskers: 90 % intervals. On the diagonal, forecasts are right on average." }
                    }
                }
                div.table-box tabindex="0" role="region" aria-label={ "All models: " (record.task) } {
                    table.rows {
                        caption { "All models, the best first; baselines in italics" }
                        thead { tr {
                            th scope="col" { "Model" } th.number scope="col" { "Log score" } th.number scope="col" { "Brier" }
                            th.number scope="col" { "Skill" } th.number scope="col" { "AUROC" } th.number scope="col" { "From quiet: log score" }
                            th.number scope="col" { "AUROC" }
                        } }
                        tbody { @for m in &record.models { (model(m, m.model == record.default_model)) } }
                    }
                }
            }
            @for (title, cases) in [
                ("Onsets that came, and were given the most", &record.hits),
                ("Onsets that came, and were given the least", &record.misses),
                ("Given the most from quiet, and nothing came", &record.false_alarms),
            ] {
                @if !cases.is_empty() {
                    details { summary { (title) } ul { @for c in cases { li { (case(frame, c)) } } } }
                }
            }
        }
    }
}

fn model(m: &Scored, own: bool) -> Markup {
    html! {
        tr {
            th scope="row" { @if own { strong { (m.model) } } @else if m.baseline { em { (m.model) } } @else { (m.model) } }
            td.number { (four(m.all.log_score)) }
            td.number { (four(m.all.brier)) }
            td.number { (two(m.all.skill)) }
            td.number { (two(m.all.auroc)) }
            td.number { (four(m.onset.log_score)) }
            td.number { (two(m.onset.auroc)) }
        }
    }
}

fn case(frame: &Frame<'_>, c: &Case) -> Markup {
    let names = |unit: &str| {
        let parts: Vec<&str> = unit.split([':', ' ', '-']).filter(|p| !p.is_empty() && *p != "~").collect();
        parts.iter().map(|p| frame.desk.name(p)).collect::<Vec<_>>().join(" and ")
    };
    html! { (names(&c.unit)) ", " (c.origin) ": " strong { (percent(c.p)) } }
}

/// A task without when its model was fitted, which is the same for all and stands above.
fn short(task: &str) -> &str {
    task.split("; ").next().unwrap_or(task)
}

fn four(x: f64) -> String {
    format!("{x:.4}")
}

fn two(x: f64) -> String {
    format!("{x:.3}")
}
