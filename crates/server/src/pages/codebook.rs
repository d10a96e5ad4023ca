//! `/codebook` and `/codebook/TYPE`: what each type of event takes in and leaves out, with examples and their codings.

use forewarn_codebook::fault::nearest_few;
use forewarn_codebook::{EventType, Example, Page as Sheet};
use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use serde_json::{Value, json};

use crate::asked::address;
use crate::desk::Context;
use crate::fault::Fault;
use crate::frame::{Frame, thousands};
use crate::page::Page;
use crate::show::chip;
use crate::table::Table;

/// Incidents of a type are counted up to this.
const MOST: u64 = 20_000;

/// Quad classes and what they mean.
const QUADS: [(u8, &str, &str); 4] = [
    (1, "Verbal cooperation", "Words that bring two sides together"),
    (2, "Material cooperation", "Deeds that help"),
    (3, "Verbal conflict", "Words that set two sides against each other"),
    (4, "Material conflict", "Deeds that hurt, force being the gravest"),
];

struct All {
    types: Vec<Counted>,
}

/// A type, what it is in a line, and how many incidents of it there are.
struct Counted {
    event: EventType,
    what: String,
    incidents: u64,
}

/// Makes `/codebook`.
///
/// # Errors
/// When the ledger cannot be read.
pub fn all(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let sheets = &context.desk.sheets;
    let counted = |event| {
        let what = sheets.iter().find(|s| s.event == event).map_or("", summary).to_owned();
        Ok(Counted { event, what, incidents: incidents(context, event)? })
    };
    Ok(Box::new(All { types: EventType::ALL.into_iter().map(counted).collect::<Result<_, Fault>>()? }))
}

/// How many incidents of a type there are, as known on the day asked about.
fn incidents(context: &Context<'_>, event: EventType) -> Result<u64, Fault> {
    let filter = context.narrowed(&[&format!("type:{event}", event = event.as_str())])?;
    Ok(context.ledger.count_incidents(&filter, MOST)?)
}

/// The first line below a sheet's title.
fn summary(sheet: &Sheet) -> &str {
    sheet.text.lines().skip(1).find(|l| !l.trim().is_empty()).unwrap_or("")
}

fn counted(n: u64) -> String {
    if n >= MOST { format!("at least {}", thousands(n)) } else { thousands(n) }
}

impl Page for All {
    fn title(&self) -> String {
        "The codebook".to_owned()
    }

    fn json(&self) -> Result<Value, Fault> {
        let rows: Vec<Value> = self
            .types
            .iter()
            .map(|Counted { event: t, what, incidents }| {
                json!({
                    "type": t.as_str(), "quad_class": t.quad_class(), "plover_score": t.score(None),
                    "cameo": t.default_cameo(None), "modes": t.modes().collect::<Vec<_>>(), "what": what,
                    "incidents": incidents, "href": format!("/codebook/{}", t.as_str()),
                })
            })
            .collect();
        Ok(json!({ "types": rows, "counted_up_to": MOST }))
    }

    fn table(&self) -> Result<Table, Fault> {
        let Value::Object(mut all) = self.json()? else { return Ok(Table::default()) };
        let rows = all.remove("types").and_then(|v| v.as_array().cloned()).unwrap_or_default();
        Ok(Table::of(rows))
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        html! {
            h1 { (self.title()) }
            p { "Sixteen types of events, after PLOVER 2.0, in four classes. Each page says what the type takes in, what it leaves out, and shows sentences with the coding that is right for them: they are the coder's tests." }
            (of_its_own(frame))
            @for (quad, name, what) in QUADS {
                section {
                    h2 { (name) }
                    p { (what) "." }
                    div.table-box tabindex="0" role="region" aria-label=(name) {
                    table.rows {
                        caption.visually-hidden { "Types of " (name) }
                        thead {
                            tr {
                                th scope="col" { "type" } th scope="col" { "what it is" } th scope="col" { "modes" }
                                th scope="col" { abbr title="PLOVER 2.0's scale, from -10 (conflict) to 10 (cooperation)" { "score" } }
                                th.number scope="col" { "incidents here" }
                            }
                        }
                        tbody {
                            @for Counted { event: t, what, incidents } in self.types.iter().filter(|c| c.event.quad_class() == quad) {
                                tr {
                                    th scope="row" { a.chip.chip-type.(chip::quad_class(Some(quad), Some(t.as_str()))) href=(frame.link(&format!("/codebook/{}", t.as_str()))) { (t.as_str()) } }
                                    td { (linked(frame, what)) }
                                    td { @for (i, mode) in t.modes().enumerate() { @if i > 0 { ", " } (mode) } }
                                    td.number { (t.score(None)) }
                                    td.number { a href=(list(frame, *t)) { (counted(*incidents)) } }
                                }
                            }
                        }
                    }
                    }
                }
            }
            section {
                h2 { "Whether it happened" }
                p { "Each claim says how its text tells it. Only what is " em { "asserted" } " counts as having happened." }
                dl { @for (word, what) in chip::FACTUALITIES { dt { (chip::factuality(Some(word), true)) } dd { (what) } } }
            }
        }
    }
}

fn list(frame: &Frame<'_>, event: EventType) -> String {
    let q = format!("type:{}", event.as_str());
    let mut query = vec![("q", q.as_str())];
    query.extend(frame.asked.get("as_of").map(|d| ("as_of", d)));
    address("/incidents", query)
}

/// What codes by knowledge of its own says so.
fn of_its_own(frame: &Frame<'_>) -> Markup {
    html! {
        @if !frame.desk.built_in {
            p.muted {
                "This desk's knowledge is not what comes with the program: sheets are those of the folder that it was given, and what "
                "overlays add has none."
            }
        }
    }
}

struct One {
    event: EventType,
    /// None where the knowledge has no sheet of the type.
    sheet: Option<Sheet>,
    count: u64,
}

/// Makes `/codebook/TYPE`.
///
/// # Errors
/// `not-found`, with the types of like name.
pub fn one(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let asked = context.asked.name("type");
    let upper = asked.to_uppercase();
    let Some(event) = EventType::parse(&upper) else {
        let near = nearest_few(&upper, EventType::ALL.map(EventType::as_str), 3);
        let shown: String = asked.chars().take(80).collect();
        return Err(Fault::new("not-found", format!("the codebook has no type `{shown}`"))
            .or(near.into_iter().map(|n| format!("/codebook/{n}"))));
    };
    let sheet = context.desk.sheets.iter().find(|s| s.event == event).cloned();
    let count = incidents(context, event)?;
    Ok(Box::new(One { event, sheet, count }))
}

impl Page for One {
    fn title(&self) -> String {
        format!("Codebook: {}", self.event.as_str())
    }

    fn json(&self) -> Result<Value, Fault> {
        let t = self.event;
        let modes: Vec<Value> = t
            .modes()
            .map(|m| json!({ "mode": m, "plover_score": t.score(Some(m)), "cameo": t.default_cameo(Some(m)) }))
            .collect();
        Ok(json!({
            "type": t.as_str(), "quad_class": t.quad_class(), "plover_score": t.score(None), "cameo": t.default_cameo(None),
            "modes": modes, "incidents": self.count, "counted_up_to": MOST, "text": self.sheet.as_ref().map(|s| &s.text),
            "examples": self.examples().map(example_json).collect::<Vec<_>>(),
        }))
    }

    fn table(&self) -> Result<Table, Fault> {
        Ok(Table::of(self.examples().map(example_json)))
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        let t = self.event;
        let at = EventType::ALL.iter().position(|e| *e == t).unwrap_or(0);
        let name = QUADS.iter().find(|q| q.0 == t.quad_class()).map_or("", |q| q.1);
        let step = |by: isize| at.checked_add_signed(by).and_then(|i| EventType::ALL.get(i));
        html! {
            article.codebook {
                h1 { (t.as_str()) }
                p.card-meta {
                    span.chip.chip-type.(chip::quad_class(Some(t.quad_class()), Some(t.as_str()))) { (name) }
                    " · score " (t.score(None)) " · CAMEO " (t.default_cameo(None)) " · "
                    a href=(list(frame, t)) { (counted(self.count)) @if self.count == 1 { " incident" } @else { " incidents" } " in the ledger" }
                }
                (of_its_own(frame))
                @match &self.sheet {
                    Some(sheet) => (render(frame, sheet)),
                    None => p.empty { "The knowledge that this desk codes by has no sheet of this type." },
                }
                nav.pager aria-label="Types" {
                    @if let Some(before) = step(-1) { a rel="prev" href=(frame.link(&format!("/codebook/{}", before.as_str()))) { "← " (before.as_str()) } }
                    " " a href=(frame.link("/codebook")) { "all types" } " "
                    @if let Some(next) = step(1) { a rel="next" href=(frame.link(&format!("/codebook/{}", next.as_str()))) { (next.as_str()) " →" } }
                }
            }
        }
    }
}

impl One {
    fn examples(&self) -> impl Iterator<Item = &Example> {
        self.sheet.iter().flat_map(|s| &s.examples)
    }
}

fn example_json(e: &Example) -> Value {
    let claims: Vec<Value> = e
        .claims
        .iter()
        .map(|c| c.fields.iter().map(|(n, v)| json!({ "field": n, "value": v })).collect::<Vec<_>>().into())
        .collect();
    json!({
        "text": e.text, "published": e.published, "publisher": e.publisher, "claims": claims, "none": e.none, "miss": e.miss,
    })
}

/// The sheet's Markdown as HTML. Markup inside it is shown as text; blocks of examples come from what the codebook's reader
/// made of them.
fn render(frame: &Frame<'_>, sheet: &Sheet) -> Markup {
    let mut examples = sheet.examples.iter().peekable();
    let mut out: Vec<Event<'_>> = Vec::new();
    let (mut title, mut block, mut code) = (false, None, false);
    for (event, range) in Parser::new_ext(&sheet.text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            // The title stands above.
            Event::Start(Tag::Heading { level: pulldown_cmark::HeadingLevel::H1, .. }) => title = true,
            Event::End(TagEnd::Heading(pulldown_cmark::HeadingLevel::H1)) => title = false,
            _ if title => {}
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if info.starts_with("examples") => {
                // Lines are counted from 1; the block ends where its range does.
                block = Some(sheet.text[..range.end.min(sheet.text.len())].lines().count());
            }
            Event::End(TagEnd::CodeBlock) if block.is_some() => {
                let end = block.take().unwrap_or(0);
                let mut here: Vec<&Example> = Vec::new();
                while let Some(e) = examples.next_if(|e| e.line <= end) {
                    here.push(e);
                }
                out.push(Event::Html(shown(frame, &here).into_string().into()));
            }
            _ if block.is_some() => {}
            Event::Html(text) | Event::InlineHtml(text) => out.push(Event::Text(text)),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) | Event::End(TagEnd::Link | TagEnd::Image) => {}
            Event::Start(Tag::CodeBlock(_)) => {
                code = true;
                out.push(event);
            }
            Event::End(TagEnd::CodeBlock) => {
                code = false;
                out.push(event);
            }
            Event::Text(text) if !code => out.push(Event::Html(linked(frame, &text).into_string().into())),
            other => out.push(other),
        }
    }
    let mut text = String::new();
    pulldown_cmark::html::push_html(&mut text, out.into_iter());
    let boxed = "<div class=\"table-box\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table class=\"rows\">";
    PreEscaped(
        text.replace("<table>", boxed).replace("</table>", "</table></div>").replace("<th>", "<th scope=\"col\">"),
    )
}

/// Text with the names of types as links to their pages.
fn linked(frame: &Frame<'_>, text: &str) -> Markup {
    let mut parts: Vec<(&str, bool)> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_uppercase()) {
        let end = rest[start..].find(|c: char| !c.is_ascii_uppercase()).map_or(rest.len(), |n| start + n);
        parts.push((&rest[..start], false));
        parts.push((&rest[start..end], EventType::parse(&rest[start..end]).is_some()));
        rest = &rest[end..];
    }
    parts.push((rest, false));
    html! {
        @for (words, is_type) in parts {
            @if is_type { a href=(frame.link(&format!("/codebook/{words}"))) { (words) } } @else { (words) }
        }
    }
}

/// Examples of one block, which have day and publisher in common.
fn shown(frame: &Frame<'_>, examples: &[&Example]) -> Markup {
    let first = examples.first();
    html! {
        section.examples {
            @if let Some(first) = first {
                p.card-meta {
                    "As printed"
                    @if let Some(publisher) = &first.publisher { " by " (publisher) }
                    @if let Some(day) = &first.published { " on " time datetime=(day) { (day) } }
                    ". Each party is country/sector \"words\"."
                }
            }
            ol.cards {
                @for e in examples {
                    li.card {
                        blockquote.card-quote { p { (e.text) } }
                        @if let Some(why) = &e.none { p.card-voice { strong { "No event" } ": " (why) } }
                        @for claim in &e.claims { (coding(frame, &claim.fields)) }
                        @if let Some(miss) = &e.miss { p.caution { "The coder still gets this wrong: " (miss) } }
                    }
                }
            }
        }
    }
}

/// A coding as a line: who, what, to whom; then the rest by name.
fn coding(frame: &Frame<'_>, fields: &[(String, String)]) -> Markup {
    let get = |name: &str| fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    let nobody = |v: Option<&str>| v.filter(|v| *v != "-").map_or_else(|| "(nobody named)".to_owned(), str::to_owned);
    let event = get("event").unwrap_or("");
    let name = event.split(['/', ' ']).next().unwrap_or("");
    let quad = EventType::parse(name).map(EventType::quad_class);
    let fact = get("factuality");
    html! {
        p.card-head {
            (nobody(get("actor"))) " "
            a.chip.chip-type.(chip::quad_class(quad, Some(name))) href=(frame.link(&format!("/codebook/{name}"))) { (event) }
            " " (nobody(get("recipient")))
            " " (chip::factuality(fact, true))
        }
        @let rest: Vec<_> = fields.iter().filter(|(n, _)| !["actor", "recipient", "event", "factuality"].contains(&n.as_str())).collect();
        @if !rest.is_empty() {
            p.card-meta { @for (i, (name, value)) in rest.iter().enumerate() { @if i > 0 { " · " } (name) " " strong { (value) } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_its_page() {
        let sheets = forewarn_codebook::page::pages(forewarn_codebook::files::all()).expect("no fault");
        assert_eq!(sheets.iter().map(|s| s.event).collect::<Vec<_>>(), EventType::ALL);
        assert!(sheets.iter().all(|s| !summary(s).is_empty()));
    }
}
