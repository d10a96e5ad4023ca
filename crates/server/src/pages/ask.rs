//! `/ask/A/B`: is a war looming between the two? The probability with everything that stands behind it.

use forewarn_answer::words::{interval, percent, share};
use forewarn_answer::{Answer, Evidence, Mover, Question, Said, Statement, answer};
use forewarn_exchange::row::IncidentRow;
use forewarn_ledger::{Order, Page as Part};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::segment;
use crate::chart;
use crate::desk::Context;
use crate::fault::Fault;
use crate::form::Form;
use crate::frame::{Frame, thousands};
use crate::page::{Entry, Page};
use crate::show::words::capital;
use crate::show::{chip, day, evidence, list};
use crate::table::Table;

/// Days ahead for which the bundled model answers.
pub const HORIZONS: &[&str] = &["30", "90", "365"];

struct Ask {
    answer: Answer,
    latest: Vec<IncidentRow>,
}

/// Makes the page.
///
/// # Errors
/// When a party is unknown, the two are one, or the ledger has no day to answer for.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let a = context.desk.party(context.asked.name("a"))?;
    let b = context.desk.party(context.asked.name("b"))?;
    if a.code == b.code {
        return Err(Fault::new("no-answer", format!("{} and {} are the same: a forecast is of two", a.name, b.name)));
    }
    let days = context.asked.count("horizon", 90);
    let filter = context.narrowed(&[&format!("dyad:{}<>{}", a.code, b.code)])?;
    let archive = context.archive()?;
    let question = Question { parties: [a, b], as_of: context.asked.as_of(), days };
    let answer = answer(&archive, &context.ledger, &context.desk.names, &context.desk.shelf, &question)?;
    let latest = context.ledger.incidents(&filter, &Part { limit: 10, order: Order::Latest, after: None })?.rows;
    Ok(Box::new(Ask { answer, latest }))
}

impl Page for Ask {
    fn title(&self) -> String {
        format!("{} and {}: is a war looming?", self.answer.parties[0].name, self.answer.parties[1].name)
    }

    fn json(&self) -> Result<Value, Fault> {
        let mut value = serde_json::to_value(&self.answer)?;
        value["latest"] = serde_json::to_value(&self.latest)?;
        Ok(value)
    }

    fn table(&self) -> Result<Table, Fault> {
        let mut out = Table::new(["as_of", "p", "interval_90_low", "interval_90_high", "base_rate", "came"]);
        for p in &self.answer.past {
            out.rows.push(vec![
                json!(p.as_of),
                json!(p.p),
                json!(p.interval_90[0]),
                json!(p.interval_90[1]),
                json!(p.base_rate),
                json!(p.came),
            ]);
        }
        Ok(out)
    }

    fn features(&self) -> Vec<Value> {
        list::features(&self.latest)
    }

    fn entries(&self) -> Vec<Entry> {
        let a = &self.answer;
        let pair = format!("{}-{}", a.parties[0].code, a.parties[1].code);
        let mut out = vec![Entry {
            id: format!("ask-{pair}-{}-{}", a.horizon_days, a.as_of),
            title: format!("{}: {} ({})", self.title(), a.force.words, percent(a.force.p)),
            href: format!("/ask/{}/{}?as_of={}", segment(&a.parties[0].code), segment(&a.parties[1].code), a.as_of),
            updated: Some(a.as_of),
            summary: format!(
                "{} (90 % interval {}; base rate {}) that there is {}.",
                percent(a.force.p),
                interval(a.force.interval_90),
                percent(a.force.base_rate),
                a.force.outcome
            ),
        }];
        out.extend(list::entries(&self.latest));
        out
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        let a = &self.answer;
        let [one, two] = &a.parties;
        html! {
            article.answer {
                h1.question { "Is a war looming between " (one.name) " and " (two.name) "?" }
                p.stamp {
                    "As of " (day::day(a.as_of)) ", " (a.as_of_why) " · the next " (a.horizon_days) " days · "
                    (thousands(a.data.reports)) " reports, " (thousands(a.data.reports_365)) " of them of the last year"
                }
                (controls(frame, one.code.as_str(), two.code.as_str(), a.horizon_days))
                @if !a.cautions.is_empty() {
                    section aria-label="What to know first" { ul.caution { @for c in &a.cautions { li { (c) } } } }
                }
                (verdict(&a.force, a.onset))
                @if let Some(clash) = &a.clash { (clash_line(clash)) }
                (self.moved_how(frame))
                (evidence::section(frame, "What moved it", "Happenings that carry the present rate of force, with their share of it. Association, not cause.", &a.moved))
                @if a.moved.is_empty() {
                    section { h2 { "What moved it" } p.empty { "No happening between the two carries a rate of force above the constant." } }
                }
                (disputed(frame, &a.disputed))
                (against(frame, &a.against))
                (evidence::section(frame, "Around the two", "Late conflict that touches both, or that one of them has with others. Not counted between them.", &a.around))
                (drivers(&a.raises, &a.lowers))
                section {
                    h2 { "The latest between them" }
                    @if self.latest.is_empty() { p.empty { "The ledger tells of nothing between the two by this day." } }
                    @else {
                        (list::cards(frame, &self.latest))
                        p { a href=(frame.link(&format!("/dyads/{}/{}", segment(&one.code), segment(&two.code)))) { "All of it over time, in both directions" } }
                    }
                }
                (rests(a))
            }
        }
    }
}

/// Day and horizon, to be changed.
fn controls(frame: &Frame<'_>, a: &str, b: &str, days: u32) -> Markup {
    let here = format!("/ask/{}/{}", segment(a), segment(b));
    html! {
        form.inline-form method="get" action=(here) {
            label { "As of " input type="date" name="as_of" value=(frame.asked.get("as_of").unwrap_or("")); }
            label { "within " select name="horizon" {
                @for h in HORIZONS { option value=(h) selected[*h == days.to_string()] { (h) " days" } }
            } }
            button type="submit" { "Ask" }
            a href=(frame.asked.link(Form::Html, &[("as_of", None)])) data-copy { "Permalink" }
        }
    }
}

/// The probability in words and number, with its interval, its dots and its base rate.
pub fn verdict(said: &Said, onset: bool) -> Markup {
    html! {
        section.verdict aria-label="The answer" {
            div {
                p.verdict-words { (capital(said.words)) }
                p.verdict-number { (percent(said.p)) }
                p.verdict-interval {
                    "90 % interval " (interval(said.interval_90))
                    span.muted { "; half: " (interval(said.interval_50)) }
                }
                p.base-rate { "Base rate of situations like this: " strong { (percent(said.base_rate)) } }
                p { "that there is " (said.outcome) "." }
                p {
                    @if onset { "It would be an " strong { "onset" } ": no force between the two is on record in the last 180 days." }
                    @else { "It would be a " strong { "continuation" } ": there was force between the two in the last 180 days." }
                }
                (alike(said))
            }
            (chart::dots(said.p, said.interval_90))
        }
    }
}

/// How often forecasts like this came true.
fn alike(said: &Said) -> Markup {
    html! {
        p.alike {
            @match &said.alike {
                Some(a) => {
                    "Of the " (a.n) " past forecasts nearest to this one, " strong { (a.hits) " came true" }
                    " (" (share(a.hits as f64 / a.n.max(1) as f64)) "). " a href="/score" { "The whole record" } "."
                },
                None => { "No past forecasts are like this one. " a href="/score" { "The record" } "." },
            }
        }
    }
}

fn clash_line(clash: &Said) -> Markup {
    html! {
        p.clash {
            "Three or more such incidents: " strong { (clash.words) ", " (percent(clash.p)) }
            " (90 % interval " (interval(clash.interval_90))
            "; base rate " (percent(clash.base_rate)) ")."
        }
    }
}

impl Ask {
    /// What was said on earlier days, over what came.
    fn moved_how(&self, frame: &Frame<'_>) -> Markup {
        let a = &self.answer;
        let points: Vec<chart::Point> = a
            .past
            .iter()
            .map(|p| chart::Point {
                day: p.as_of,
                p: p.p,
                interval: p.interval_90,
                base_rate: p.base_rate,
                came: p.came,
            })
            .collect();
        html! {
            section {
                h2 { "What we would have said, and what came" }
                @if let Some(drawing) = chart::past(&points, a.horizon_days) {
                    figure data-past data-src=(frame.asked.link(Form::Json, &[])) {
                        (drawing)
                        figcaption {
                            "Each point uses only what had been published by its day; the model is the same throughout. "
                            "Band: 90 % interval; dashed: base rate."
                        }
                    }
                }
                table.rows.narrow {
                    caption { "The same forecast earlier" }
                    thead { tr { th scope="col" { "As of" } th.number scope="col" { "Probability" } th scope="col" { "90 % interval" } } }
                    tbody {
                        @for e in a.earlier.iter().rev() {
                            tr {
                                th scope="row" { (day::day(e.as_of)) }
                                @match (e.p, e.interval_90) {
                                    (Some(p), Some(i)) => { td.number { (percent(p)) } td { (interval(i)) } },
                                    _ => td colspan="2" { "nothing was on record between the two" },
                                }
                            }
                        }
                        tr {
                            th scope="row" { (day::day(a.as_of)) }
                            td.number { strong { (percent(a.force.p)) } }
                            td { (interval(a.force.interval_90)) }
                        }
                    }
                }
            }
        }
    }
}

fn disputed(frame: &Frame<'_>, list: &[Statement]) -> Markup {
    html! {
        section {
            h2 { "Denied, disavowed, disputed" }
            p.muted { "Counts as nothing that happened." }
            @if list.is_empty() { p.empty { "Nothing in the record of the last year." } }
            ol.cards {
                @for s in list {
                    li.card {
                        div.card-head {
                            (chip::factuality(Some(&s.what), true)) " "
                            (chip::kind(Some(&s.event_type), None, None))
                            span.card-parties dir="auto" { (s.parties.replace(" -> ", " → ")) }
                        }
                        (evidence::told(frame, &s.told))
                    }
                }
            }
        }
    }
}

fn against(frame: &Frame<'_>, list: &[Evidence]) -> Markup {
    if list.is_empty() {
        return html! { section { h2 { "What speaks against" } p.empty { "No cooperation between the two on record in the last 90 days." } } };
    }
    evidence::section(frame, "What speaks against", "Cooperation of the last 90 days.", list)
}

fn drivers(raises: &[Mover], lowers: &[Mover]) -> Markup {
    if raises.is_empty() && lowers.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { "What drives it" }
            table.rows {
                caption { "Factor on the odds, against the mean of the situations that the model learnt from" }
                thead { tr { th.number scope="col" { "Factor" } th scope="col" { "What" } } }
                tbody {
                    @for (class, list) in [("diff-up", raises), ("diff-down", lowers)] {
                        @for m in list {
                            tr { td.number.(class) { "× " (m.odds_factor) } td { (m.words) } }
                        }
                    }
                }
            }
        }
    }
}

fn rests(a: &Answer) -> Markup {
    let (d, m) = (&a.data, &a.model);
    html! {
        section.rests {
            h2 { "What it rests on" }
            dl {
                dt { "Data" } dd { "Set " (d.set) ", through " (day::day(d.through)) }
                dt { "Between the two" }
                dd { (d.acts) " happenings, " (d.acts_365) " in the last year, told by " (d.reports_of_acts_365) " reports" }
                @if !d.not_counted.is_empty() {
                    dt { "Not counted" }
                    dd { @for (i, (what, n)) in d.not_counted.iter().enumerate() { @if i > 0 { ", " } (n) " " (what) } }
                }
                dt { "Model" }
                dd { (m.from) ", fitted on " (m.data) " until " (day::day(m.until)) ", " (m.situations) " situations" }
                dt { "Its limits" } dd { (m.limits) }
            }
            p { "How to read the words: " a href="/about#words" { "the table that binds them to numbers" } "." }
        }
    }
}
