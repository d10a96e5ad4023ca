//! `/countries/C`: the outlook of a country: its pairs, deaths to come where a table of them was given, what happens there.

use forewarn_answer::country::{Answer, Question, answer, sentences};
use forewarn_answer::series;
use forewarn_answer::words::{interval, percent};
use forewarn_exchange::row::IncidentRow;
use forewarn_ledger::{Cell, Order, Page as Part, Step, Unit};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::{address, segment};
use crate::chart;
use crate::deaths::Expected;
use crate::desk::Context;
use crate::fault::Fault;
use crate::form::Form;
use crate::frame::Frame;
use crate::page::{Entry, Page};
use crate::pages::ask::HORIZONS;
use crate::pages::dyad::{STEPS, bars, cells_table, flat, step, step_days};
use crate::show::{day, evidence, list};
use crate::table::Table;

struct Country {
    answer: Answer,
    /// Deaths to come; none where no table of deaths was given.
    deaths: Option<Expected>,
    step: Step,
    cells: Vec<Cell>,
    latest: Vec<IncidentRow>,
    horizon: u32,
}

/// Makes the page.
///
/// # Errors
/// When the party is unknown, or the ledger has no day to answer for.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let party = context.desk.party(context.asked.name("c"))?;
    let step = step(context.asked.get("step"));
    let horizon = context.asked.count("horizon", 90);
    let filter = context.narrowed(&[&format!("country:{}", party.code)]).or_else(|f| {
        // A group or people is nowhere: what it does and suffers is shown instead.
        if f.code == "bad-filter" { context.narrowed(&[&format!("party:{}", party.code)]) } else { Err(f) }
    })?;
    let mut cells = series::series(&context.ledger, &filter, Unit::Country, step)?;
    // The filter also finds what touches the country from elsewhere; here it counts where it happened.
    cells.retain(|c| c.key.country.as_deref() == Some(party.code.as_str()));
    let latest = context.ledger.incidents(&filter, &Part { limit: 10, order: Order::Latest, after: None })?.rows;
    let archive = context.archive()?;
    let desk = context.desk;
    let as_of = archive.extent(context.asked.as_of())?.as_of;
    let deaths = desk.deaths.as_ref().map(|d| d.of(&party.code, as_of));
    let toll = match &deaths {
        Some(Expected::Told(_, toll)) => Some(toll.clone()),
        _ => None,
    };
    let question = Question { party, as_of: context.asked.as_of(), days: horizon };
    let answer = answer(&archive, &context.ledger, &desk.names, &desk.shelf, &question, toll)?;
    Ok(Box::new(Country { answer, deaths, step, cells, latest, horizon }))
}

impl Page for Country {
    fn title(&self) -> String {
        format!("{}: the outlook", self.answer.party.name)
    }

    fn json(&self) -> Result<Value, Fault> {
        let mut value = serde_json::to_value(&self.answer)?;
        value["fan"] = match &self.deaths {
            Some(Expected::Told(fan, _)) => serde_json::to_value(fan)?,
            _ => Value::Null,
        };
        value["step"] = json!(self.step);
        value["cells"] = serde_json::to_value(&self.cells)?;
        value["latest"] = serde_json::to_value(&self.latest)?;
        Ok(value)
    }

    fn keeps(&self) -> bool {
        !matches!(self.deaths, Some(Expected::Soon))
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
        let a = &self.answer;
        let code = a.party.code.as_str();
        let here = format!("/countries/{}", segment(code));
        let src = frame.asked.link(Form::Json, &[]);
        html! {
            h1.question { (a.party.name) ": is a war looming?" }
            p.stamp { "As of " (day::day(a.as_of)) ", " (a.as_of_why) " · the next " (self.horizon) " days" }
            form.inline-form method="get" action=(here) {
                label { "As of " input type="date" name="as_of" value=(frame.asked.get("as_of").unwrap_or("")); }
                label { "within " select name="horizon" {
                    @for h in HORIZONS { option value=(h) selected[*h == self.horizon.to_string()] { (h) " days" } }
                } }
                label { "counted by " select name="step" {
                    @for word in STEPS { option value=(word) selected[step(Some(word)) == self.step] { (word) } }
                } }
                button type="submit" { "Ask" }
            }
            @if !a.cautions.is_empty() {
                section aria-label="What to know first" { ul.caution { @for c in &a.cautions { li { (c) } } } }
            }
            section {
                h2 { "With whom it may come to force" }
                @for s in sentences(a) { p { (s) } }
                @if a.pairs.is_empty() { p.empty { "No counterpart has five or more acts in the last year." } }
                @else { (self.pairs(frame)) }
            }
            (self.fan(&src, &frame.asked.link(Form::Html, &[])))
            (evidence::section(frame, "Late force", "It took part in it, or it happened there.", &a.force))
            section {
                h2 { "What is told to have happened there" }
                @if self.cells.is_empty() { p.empty { "The ledger tells of nothing there." } }
                @else {
                    figure data-timeline data-src=(src) data-brush="" {
                        @if let Some(drawing) = chart::months(&bars(self.cells.iter()), step_days(self.step), &format!("Happenings in {}", a.party.name)) { (drawing) }
                        figcaption { "Happenings by class; the lowest row is how many reports tell of them." }
                    }
                    details { summary { "The figures" }
                        (cells_table(&self.cells, "Happenings by class", |_| a.party.name.clone()))
                    }
                    h3 { "The latest" }
                    (list::cards(frame, &self.latest))
                    p {
                        a href=(frame.link(&address("/incidents", [("q", format!("country:{code}").as_str())]))) { "All incidents there" } " · "
                        a href=(frame.link(&address("/map", [("q", format!("country:{code}").as_str())]))) { "on the map" }
                    }
                }
            }
            p.muted { "Reports of the last year: " (a.reports_365) ". Model: " (a.model) "." }
        }
    }
}

impl Country {
    fn pairs(&self, frame: &Frame<'_>) -> Markup {
        let code = self.answer.party.code.as_str();
        html! {
            div.table-box tabindex="0" role="region" aria-label="Counterparts" {
                table.rows {
                    caption { "Probability of " (self.answer.outcome) }
                    thead { tr {
                        th scope="col" { "With" } th.number scope="col" { "Probability" } th scope="col" { "90 % interval" }
                        th scope="col" { "In words" } th.number scope="col" { "30 days before" } th.number scope="col" { "Base rate" }
                        th scope="col" { "From" }
                        th.number scope="col" { "Acts in a year" }
                    } }
                    tbody {
                        @for p in self.answer.pairs.iter().take(25) {
                            tr {
                                th scope="row" {
                                    a href=(frame.link(&format!("/ask/{}/{}", segment(code), segment(&p.with.code)))) { (p.with.name) }
                                }
                                td.number { strong { (percent(p.p)) } }
                                td { (interval(p.interval_90)) }
                                td { (p.words) }
                                td.number { @if let Some(before) = p.p_30 { (percent(before)) } @else { "–" } }
                                td.number { (percent(p.base_rate)) }
                                td { @if p.onset { "quiet" } @else { "force in the last 180 days" } }
                                td.number { (p.acts_365) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn fan(&self, src: &str, here: &str) -> Markup {
        let Some(Expected::Told(fan, _)) = &self.deaths else {
            return html! {
                section {
                    h2 { "Deaths to come" }
                    p.empty {
                        @match &self.deaths {
                            Some(Expected::Soon) => { "The forecast is being made, which takes some seconds: " a href=(here) { "look again" } "." },
                            Some(Expected::Nothing(why)) => { "None is told: " (why) "." },
                            _ => {
                                "No table of deaths by country and month was given, and what our own reports tell is too patchy to forecast "
                                "numbers of dead from: start the desk with " code { "forewarn serve --deaths FILE" } "."
                            },
                        }
                    }
                }
            };
        };
        let behind: Vec<chart::Behind> = fan
            .past
            .iter()
            .map(|b| chart::Behind { month: b.month.to_string(), counts: Some([b.killed_best; 3]) })
            .collect();
        let ahead: Vec<chart::Ahead> = fan
            .ahead
            .iter()
            .map(|a| chart::Ahead { month: a.month.to_string(), quantiles: [a.p05, a.p25, a.p50, a.p75, a.p95] })
            .collect();
        html! {
            section {
                h2 { "Deaths to come" }
                figure data-fan data-src=(src) {
                    @if let Some(drawing) = chart::fan(&behind, &ahead, &format!("Deaths by month in {}", fan.country)) { (drawing) }
                    figcaption { "Deaths in battle and from one-sided violence by month, as the given table counts them up to " (fan.through) "; then the forecast's bands of 50 % and 90 %." }
                }
                details { summary { "The figures ahead" }
                    table.rows {
                        caption { "Percentiles of deaths by month" }
                        thead { tr { th scope="col" { "Month" } th.number scope="col" { "5 %" } th.number scope="col" { "25 %" } th.number scope="col" { "50 %" } th.number scope="col" { "75 %" } th.number scope="col" { "95 %" } } }
                        tbody { @for a in &fan.ahead { tr {
                            th scope="row" { (a.month) }
                            @for q in [a.p05, a.p25, a.p50, a.p75, a.p95] { td.number { (format!("{q:.0}")) } }
                        } } }
                    }
                }
            }
        }
    }
}
