//! The sentence with its parts marked, and what stands around it.

use forewarn_exchange::row::EventRow;
use forewarn_ledger::{Bytes, ClaimShown, ReportShown};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::frame::Frame;
use crate::pages::event::{report_href, span_json};
use crate::show::marked::{self, Stretch};
use crate::show::{day, link};

/// Bytes shown before and after the sentence at most.
const AROUND: usize = 700;

/// The parts of a claim as stretches to be marked.
pub fn stretches(bytes: &[Bytes]) -> Vec<Stretch> {
    bytes.iter().filter_map(stretch).collect()
}

fn stretch(b: &Bytes) -> Option<Stretch> {
    let (class, label) = match b.what.as_str() {
        "sentence" => return None,
        "predicate" => ("verb", "does".to_owned()),
        "actor" => ("actor", "who".to_owned()),
        "recipient" => ("recipient", "to whom".to_owned()),
        "voice" => ("voice", "says so".to_owned()),
        "date" => ("date", "when".to_owned()),
        "place" => ("place", "where".to_owned()),
        what => ("number", what.replace('_', " ")),
    };
    Some(Stretch { start: b.start as usize, end: b.end as usize, class, label, href: None })
}

/// The kinds of marks, for the legend.
const LEGEND: [(&str, &str); 7] = [
    ("voice", "says so"),
    ("actor", "who"),
    ("verb", "does"),
    ("recipient", "to whom"),
    ("place", "where"),
    ("date", "when"),
    ("number", "how many"),
];

/// The sentence, large, with what stands around it and where it was printed.
pub fn section(frame: &Frame<'_>, shown: &ClaimShown, report: Option<&ReportShown>) -> Markup {
    let c = &shown.claim;
    let marks = stretches(&shown.bytes);
    let lang = report.and_then(|r| r.language.as_deref());
    html! {
        section aria-label="The evidence" {
            @match (report, c.span_start.zip(c.span_end)) {
                (Some(report), Some((start, end))) => {
                    @let (start, end) = (start as usize, end as usize);
                    @let (from, to) = around(&report.text, start, end);
                    figure.evidence-figure {
                        blockquote.evidence-block dir="auto" lang=[lang] {
                            @if from < start { p.context { @if from > 0 { "… " } (marked::text(&report.text, from, start, &marks)) } }
                            p.evidence { (marked::text(&report.text, start, end, &marks)) }
                            @if end < to { p.context { (marked::text(&report.text, end, to, &marks)) @if to < report.text.len() { " …" } } }
                        }
                        figcaption { (source(frame, c)) }
                    }
                },
                _ => {
                    @if let Some(words) = &c.evidence {
                        figure.evidence-figure {
                            blockquote.evidence-block dir="auto" { p.evidence { (words) } }
                            figcaption { (source(frame, c)) }
                        }
                    } @else {
                        p.empty { "The set gives no sentence for this event." @if c.url.is_some() { " " (link::outward(c.url.as_deref(), "Its source")) } }
                    }
                },
            }
            @if !marks.is_empty() {
                p.legend {
                    @for (class, label) in LEGEND.iter().filter(|(class, _)| marks.iter().any(|m| m.class == *class)) {
                        mark.{ "m-" (class) } { (label) } " "
                    }
                }
            }
        }
    }
}

/// Where the sentence was printed.
fn source(frame: &Frame<'_>, c: &EventRow) -> Markup {
    html! {
        @if let Some(title) = &c.title { cite dir="auto" { (title) } " · " }
        (link::outward(c.url.as_deref(), c.publisher.as_deref().unwrap_or("publisher not known")))
        @if let Some(published) = c.published { ", published " (day::day(published)) }
        @if let Some(id) = c.report_id.as_deref().filter(|_| c.set == forewarn_exchange::row::OURS) {
            " · " a href=(report_href(frame, id)) { "the whole report" }
        }
    }
}

/// The paragraph that holds the sentence, with those before and after it, as far as there is room.
fn around(text: &str, start: usize, end: usize) -> (usize, usize) {
    let before = text.get(..start).unwrap_or("");
    let after = text.get(end..).unwrap_or("");
    let from = before.trim_end().rmatch_indices("\n\n").nth(1).map_or(0, |(at, _)| at + 2);
    let from = from.max(border(text, start.saturating_sub(AROUND)));
    let to = after
        .trim_start()
        .match_indices("\n\n")
        .nth(1)
        .map_or(text.len(), |(at, _)| end + (after.len() - after.trim_start().len()) + at);
    (from.min(start), to.min(border(text, end + AROUND)).max(end))
}

/// The next border of a character.
fn border(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at.min(text.len())
}

/// What stands around the sentence, for programs.
pub fn context_json(report: &ReportShown, c: &EventRow) -> Value {
    let Some((start, end)) = c.span_start.zip(c.span_end) else { return Value::Null };
    let (start, end) = (start as usize, end as usize);
    let (from, to) = around(&report.text, start, end);
    json!({
        "before": span_json(from, start, &report.text),
        "sentence": span_json(start, end, &report.text),
        "after": span_json(end, to, &report.text),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_around_are_shown_as_far_as_there_is_room() {
        let text = "First.\n\nSecond.\n\nBefore. Here. After.\n\nNext.\n\nLast.";
        let start = text.find("Here.").expect("it is there");
        let (from, to) = around(text, start, start + 5);
        assert_eq!(&text[from..to], "Second.\n\nBefore. Here. After.\n\nNext.");
        let (from, to) = around("Only.", 0, 5);
        assert_eq!((from, to), (0, 5));
        let long = format!("{}Here.{}", "é".repeat(2000), "ж".repeat(2000));
        let (from, to) = around(&long, 4000, 4005);
        assert!(long.get(from..to).is_some_and(|s| s.len() < 2 * AROUND + 20));
    }
}
