//! What stands around a list: the filter with its chips, facets with counts, order, pages, exports of just what is seen.

use forewarn_filter::{Field, Filter, Op, Term};
use forewarn_ledger::{Facet, Of, Order, Page as Part};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::asked::Asked;
use crate::desk::{Context, Desk};
use crate::fault::Fault;
use crate::form::Form;
use crate::frame::{Frame, thousands};
use crate::show::chip;

/// Rows are counted up to this.
const MOST: u64 = 10_000;
/// The same of a ledger with more incidents or claims than this: there each row that is looked at costs more, and more are
/// looked at for one that fits.
const LARGE: u64 = 200_000;
/// Rows that are counted of a large ledger.
const FEWER: u64 = 500;
/// Values of a facet that are shown.
const TOP: usize = 10;
/// Terms of which an empty list tells what it would hold without each.
const TRIED: usize = 8;
/// Rows of a page where nobody says.
const ROWS: u32 = 50;

/// A list's surroundings.
pub struct Around {
    /// The filter in `q`, without the day asked about.
    pub own: Filter,
    /// The whole filter.
    pub filter: Filter,
    /// How many rows there are, at most one more than are counted.
    pub total: u64,
    /// How they spread.
    facets: Vec<Facet>,
    /// For an empty list: each term with how many rows there would be without it.
    without: Vec<(usize, u64)>,
    of: Of,
    /// Rows that are counted at most.
    most: u64,
    /// Why the filter cannot be read.
    pub fault: Option<Fault>,
}

/// Which part of the list is asked for.
pub fn part(asked: &Asked) -> Part {
    let order = match asked.get("sort") {
        Some("earliest") => Order::Earliest,
        Some("most-told") => Order::MostTold,
        _ => Order::Latest,
    };
    Part { limit: asked.count("limit", ROWS) as usize, order, after: asked.get("after").map(str::to_owned) }
}

/// A token that is none is told as such.
pub fn token_fault(error: forewarn_ledger::Error) -> Fault {
    match error {
        forewarn_ledger::Error::Misuse(why) => Fault::new("bad-token", why),
        other => other.into(),
    }
}

impl Around {
    /// Reads the filter and counts. A page shows a filter that cannot be read with its fault; data are refused.
    ///
    /// # Errors
    /// `bad-filter` for forms of data; when the ledger refuses.
    pub fn read(context: &Context<'_>, of: Of) -> Result<Self, Fault> {
        let read = context.filter().and_then(|filter| {
            let own = context.desk.filter(context.asked.get("q").unwrap_or(""), context.asked.as_of())?;
            Ok((own, filter))
        });
        let form = context.asked.form.unwrap_or(Form::Html);
        let large = context.stamp.incidents.max(context.stamp.claims + context.stamp.foreign_events) > LARGE;
        let most = if large { FEWER } else { MOST };
        let (own, filter) = match read {
            Ok(both) => both,
            Err(fault) if form == Form::Html && fault.code == "bad-filter" => {
                return Ok(Self {
                    own: Filter::default(),
                    filter: Filter::default(),
                    total: 0,
                    facets: Vec::new(),
                    without: Vec::new(),
                    of,
                    most,
                    fault: Some(fault),
                });
            }
            Err(fault) => return Err(fault),
        };
        let mut out = Self { own, filter, total: 0, facets: Vec::new(), without: Vec::new(), of, most, fault: None };
        if matches!(form, Form::Html | Form::Json) {
            out.facets = context.ledger.facets(&out.filter, of, TOP, most as usize + 1)?;
            // A facet of a field that the filter does not speak of has counted the list already, as far as it is counted.
            let counted = out.facets.iter().find(|f| !spoken_of(&out.filter, f)).map(|f| f.counted);
            out.total = match counted {
                Some(total) => total,
                None => count(context, of, &out.filter, most)?,
            };
            if out.total == 0 && out.own.terms.len() > 1 && out.own.terms.len() <= TRIED {
                for (at, term) in out.own.terms.iter().enumerate() {
                    let rest: Vec<Term> = out.filter.terms.iter().filter(|t| *t != term).cloned().collect();
                    out.without.push((at, count(context, of, &Filter { terms: rest }, most)?));
                }
            }
        }
        Ok(out)
    }

    /// For programs.
    ///
    /// # Errors
    /// When a record cannot be written.
    pub fn json(&self) -> Result<Value, Fault> {
        Ok(json!({
            "filter": self.filter.to_string(),
            "total": self.total.min(self.most),
            "total_is_whole": self.total <= self.most,
            "facets": serde_json::to_value(&self.facets)?,
        }))
    }

    /// The whole page: heading, filter, facets beside `rows`, pages.
    pub fn page(&self, frame: &Frame<'_>, title: &str, rows: &Markup, shown: usize, next: Option<&str>) -> Markup {
        html! {
            h1 { (title) }
            (self.form(frame))
            @if self.fault.is_none() {
                (self.chips(frame))
                div.list-layout {
                    aside.facets aria-label="Narrow the list" { (self.facets(frame)) }
                    section aria-label=(title) {
                        (self.head(frame, shown))
                        @if shown == 0 { (self.empty(frame)) } @else { (rows) }
                        (pager(frame.asked, next))
                    }
                }
            }
        }
    }

    /// Filter, order, day.
    fn form(&self, frame: &Frame<'_>) -> Markup {
        let asked = frame.asked;
        let sort = asked.get("sort").unwrap_or("latest");
        html! {
            form.filter-form method="get" action=(asked.path) role="search" {
                div.field.wide {
                    label for="q" { "Filter" }
                    input #q type="search" name="q" value=(asked.get("q").unwrap_or("")) maxlength="8192" spellcheck="false"
                        autocapitalize="off" autocomplete="off" placeholder="type:ASSAULT country:Kosovo since:2023-09"
                        aria-describedby=(if self.fault.is_some() { "q-fault q-help" } else { "q-help" })
                        aria-invalid=[self.fault.is_some().then_some("true")];
                }
                div.field {
                    label for="sort" { "Order" }
                    select #sort name="sort" {
                        @for (word, name) in orders(self.of) { option value=(if *word == "latest" { "" } else { word }) selected[*word == sort] { (name) } }
                    }
                }
                div.field {
                    label for="as-of" { "As known on" }
                    input #as-of type="date" name="as_of" value=(asked.get("as_of").unwrap_or(""));
                }
                @if let Some(limit) = asked.get("limit") { input type="hidden" name="limit" value=(limit); }
                button type="submit" { "Show" }
            }
            p #q-help .muted {
                "Terms such as " code { "actor:SRB" } " or " code { "killed>=3" } ", all of which must hold; other words are looked for in the sentences. "
                a href=(frame.link("/help/filter")) { "The filter language" }
            }
            @if let Some(fault) = &self.fault {
                div #q-fault role="alert" {
                    p { strong { (fault.title) "." } }
                    pre.error-detail { (fault.detail) }
                }
            }
        }
    }

    fn chips(&self, frame: &Frame<'_>) -> Markup {
        let asked = frame.asked;
        html! {
            @if !self.own.is_empty() || asked.get("as_of").is_some() {
                ul.chips aria-label="The filter's terms" {
                    @for (at, term) in self.own.terms.iter().enumerate() {
                        @let words = term.to_string();
                        li.chip {
                            code { (words) }
                            a.chip-x href=(link(asked, &self.less(at))) aria-label={ "Drop " (words) } { "×" }
                        }
                    }
                    @if let Some(day) = asked.get("as_of") {
                        li.chip {
                            "as known on " time datetime=(day) { (day) }
                            a.chip-x href=(asked.link(Form::Html, &[("as_of", None), ("after", None)])) aria-label="Drop the day" { "×" }
                        }
                    }
                }
            }
        }
    }

    /// The filter without one of its terms.
    fn less(&self, at: usize) -> Filter {
        let mut terms = self.own.terms.clone();
        terms.remove(at);
        Filter { terms }
    }

    /// How many there are, and the same as data.
    fn head(&self, frame: &Frame<'_>, shown: usize) -> Markup {
        let noun = match (self.of, self.total) {
            (Of::Claims, 1) => "claim",
            (Of::Claims, _) => "claims",
            (Of::Incidents, 1) => "incident",
            (Of::Incidents, _) => "incidents",
        };
        let through = frame.stamp.through.map(|d| d.to_string());
        let day = frame.asked.get("as_of").map(str::to_owned).or(through);
        html! {
            p.list-head {
                strong { @if self.total > self.most { "More than " (thousands(self.most)) } @else { (thousands(self.total)) } " " (noun) }
                @if (shown as u64) < self.total { ", " (shown) " on this page" }
                " · "
                a href=(frame.asked.link(Form::Html, &[("as_of", day.as_deref()), ("after", None)])) data-copy rel="bookmark" { "Permalink" }
                " · as "
                @for (i, form) in Form::DATA.into_iter().enumerate() {
                    @if i > 0 { ", " }
                    a href=(frame.asked.link(form, &[("after", None)])) { (form.name()) }
                }
            }
        }
    }

    fn facets(&self, frame: &Frame<'_>) -> Markup {
        let cut = self.facets.iter().any(|f| !f.whole);
        html! {
            h2 { "Narrow" }
            @if cut { p.muted { "Counted over some of the rows, not all." } }
            @for facet in self.facets.iter().filter(|f| f.values.iter().any(|v| !v.value.is_empty())) {
                details open[matches!(facet.field, "type" | "status" | "factuality" | "country") || spoken_of(&self.own, facet)] {
                    summary { (name(facet.field)) }
                    ul {
                        @for value in facet.values.iter().filter(|v| !v.value.is_empty()) { (self.value(frame, facet, &value.value, value.count)) }
                        @if facet.others > 0 { li.muted { "and " (thousands(facet.others as u64)) " more" } }
                    }
                }
            }
        }
    }

    /// A value that puts its term into the filter, or takes it out.
    fn value(&self, frame: &Frame<'_>, facet: &Facet, value: &str, count: u64) -> Markup {
        let label = label(frame.desk, facet.field, value);
        let Some((filter, on)) = self.turned(frame.desk, facet.field, value) else {
            return html! { li { span dir="auto" { (label) } span.count { (thousands(count)) } } };
        };
        html! {
            li {
                a href=(link(frame.asked, &filter)) aria-current=[on.then_some("true")] dir="auto" rel="nofollow" {
                    @if on { "✓ " span.visually-hidden { "chosen; drop " } } (label)
                }
                span.count { (thousands(count)) }
            }
        }
    }

    /// The filter with a facet's value put in or taken out, and whether it is in now.
    fn turned(&self, desk: &Desk, field: &str, value: &str) -> Option<(Filter, bool)> {
        turned(&self.own, &desk.names.filter(&format!("{field}:{value}"), None).ok()?)
    }

    /// Nothing was found: what was looked for, and which term to drop.
    fn empty(&self, frame: &Frame<'_>) -> Markup {
        let asked = frame.asked;
        html! {
            div.empty {
                @if asked.get("after").is_some() {
                    p { "Nothing comes after the page before. " a href=(asked.link(Form::Html, &[("after", None)])) { "Back to the first" } }
                } @else if self.own.is_empty() && asked.get("as_of").is_none() {
                    p { "The ledger holds none yet: " code { "forewarn ingest FOLDER" } " reads reports into it. " a href="/" { "More on the first page" } }
                } @else {
                    p {
                        "Nothing in the ledger is "
                        @if self.own.is_empty() { "there" } @else { code { (self.own) } }
                        @if let Some(day) = asked.get("as_of") { ", as known on " (day) }
                        "."
                    }
                    @if !self.without.is_empty() {
                        p { "It would hold" }
                        ul {
                            @for (at, n) in &self.without {
                                li {
                                    a href=(link(asked, &self.less(*at))) { "without " code { (self.own.terms[*at]) } } ": "
                                    @if *n > self.most { "more than " (thousands(self.most)) } @else { (thousands(*n)) }
                                }
                            }
                        }
                    } @else {
                        p { a href=(asked.link(Form::Html, &[("q", None), ("as_of", None)])) { "Drop the filter" } }
                    }
                }
            }
        }
    }
}

/// Whether a filter has terms about a facet's field.
fn spoken_of(filter: &Filter, facet: &Facet) -> bool {
    Field::parse(facet.field).is_some_and(|f| filter.about(f).next().is_some())
}

/// The same list by another filter.
fn link(asked: &Asked, filter: &Filter) -> String {
    let words = filter.to_string();
    let q = Some(words.as_str()).filter(|w| !w.is_empty());
    asked.link(Form::Html, &[("q", q), ("after", None)])
}

/// A filter with a term's value put in beside those of its field, or taken out, and whether it was in.
fn turned(own: &Filter, one: &Filter) -> Option<(Filter, bool)> {
    let [term] = one.terms.as_slice() else { return None };
    let [value] = term.values.as_slice() else { return None };
    let same = |t: &&Term| t.field == term.field && !t.not && t.op == Op::Is;
    let Some(known) = own.about(term.field).find(same) else {
        return Some((own.clone().and(one.clone()), false));
    };
    let mut changed = known.clone();
    let on = changed.values.contains(value);
    if on {
        changed.values.retain(|v| v != value);
    } else {
        changed.values.push(value.clone());
        changed.values.sort_by_cached_key(ToString::to_string);
    }
    let rest = Filter { terms: own.terms.iter().filter(|t| *t != known).cloned().collect() };
    let filter = if changed.values.is_empty() { rest } else { rest.and(Filter { terms: vec![changed] }) };
    Some((filter, on))
}

fn count(context: &Context<'_>, of: Of, filter: &Filter, most: u64) -> Result<u64, Fault> {
    Ok(match of {
        Of::Claims => context.ledger.count_events(filter, most + 1)?,
        Of::Incidents => context.ledger.count_incidents(filter, most + 1)?,
    })
}

fn orders(of: Of) -> &'static [(&'static str, &'static str)] {
    match of {
        Of::Claims => &[("latest", "latest first"), ("earliest", "earliest first")],
        Of::Incidents => &[
            ("latest", "latest first"),
            ("earliest", "earliest first"),
            ("most-told", "most independent origins first"),
        ],
    }
}

fn name(field: &str) -> String {
    match field {
        "quad" => "Class".to_owned(),
        "factuality" | "status" => "Whether it happened".to_owned(),
        "date" => "Year".to_owned(),
        other => crate::show::words::capital(other),
    }
}

/// A value for people: names of codes, meanings of words.
fn label(desk: &Desk, field: &str, value: &str) -> String {
    let bare = value.trim_matches('"');
    match field {
        "country" | "actor" | "recipient" => {
            let name = desk.name(bare);
            if name == bare { bare.to_owned() } else { format!("{name} ({bare})") }
        }
        "quad" => crate::show::words::quad(bare.parse().ok()).to_owned(),
        "factuality" | "status" => {
            chip::FACTUALITIES.iter().find(|(w, _)| *w == bare).map_or(bare, |(w, _)| w).to_owned()
        }
        _ => bare.replace("\\\"", "\"").replace("\\\\", "\\"),
    }
}

/// Links to the next page and the first.
fn pager(asked: &Asked, next: Option<&str>) -> Markup {
    html! {
        @if next.is_some() || asked.get("after").is_some() {
            nav.pager aria-label="Pages of the list" {
                @if asked.get("after").is_some() { a href=(asked.link(Form::Html, &[("after", None)])) rel="first" { "« First page" } }
                @if let Some(token) = next { a href=(asked.link(Form::Html, &[("after", Some(token))])) rel="next nofollow" { "Next page ›" } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use forewarn_filter::Options;

    fn read(text: &str) -> Filter {
        Filter::parse(text, &Options::default()).unwrap_or_else(|f| panic!("{text}: {f:?}"))
    }

    #[test]
    fn a_facet_is_put_in_and_taken_out_again() {
        let own = read("country:XKX -type:ACCUSE killed>=3");
        let (with, on) = turned(&own, &read("type:ASSAULT")).expect("one value");
        assert!(!on);
        assert_eq!(with.to_string(), read("country:XKX type:ASSAULT -type:ACCUSE killed>=3").to_string());
        let (both, _) = turned(&with, &read("type:COERCE")).expect("one value");
        assert!(both.to_string().contains("type:ASSAULT,COERCE"), "{both}");
        let (one, on) = turned(&both, &read("type:ASSAULT")).expect("one value");
        assert!(on && one.to_string().contains("type:COERCE"), "{one}");
        let (none, on) = turned(&with, &read("type:ASSAULT")).expect("one value");
        assert!(on);
        assert_eq!(none, own);
    }
}
