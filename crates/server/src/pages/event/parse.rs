//! The parse of the sentence, made anew when it is asked for: arcs, and a table of the words.

use std::fmt::Write;

use forewarn_exchange::row::EventRow;
use forewarn_language::NameKind;
use forewarn_report::Span;
use maud::{Markup, html};
use serde::Serialize;

use crate::asked::Kind;
use crate::asked::Parameter;
use crate::desk::Desk;
use crate::form::Form;
use crate::frame::{Frame, svg};

/// `parse`.
pub const PARSE: Parameter = Parameter::new("parse", Kind::Choice(&["1"]), "1 has the sentence parsed anew and shown.");

/// Words of a sentence of which arcs are drawn at most.
const DRAWN: usize = 60;

/// The words of a sentence, in order.
#[derive(Serialize)]
pub struct Parse {
    /// The words.
    words: Vec<Word>,
}

#[derive(Serialize)]
struct Word {
    form: String,
    lemma: String,
    upos: &'static str,
    /// Index of the head, from 0; none for the root.
    head: Option<u16>,
    relation: &'static str,
    name: Option<&'static str>,
    start: u32,
    end: u32,
}

/// Parses a claim's sentence.
///
/// # Errors
/// In words, where the engine cannot be loaded or the sentence does not stand in the text.
pub fn make(desk: &Desk, text: &str, claim: &EventRow) -> Result<Parse, String> {
    let (Some(start), Some(end)) = (claim.span_start, claim.span_end) else {
        return Err("the claim has no sentence in the stored text".to_owned());
    };
    let span = Span::new(start, end);
    if span.get(text).is_none() {
        return Err("the sentence does not stand in the stored text".to_owned());
    }
    let pipeline = desk.pipeline().map_err(|fault| fault.detail)?;
    let mut words: Vec<Word> = Vec::new();
    for sentence in pipeline.engine.analyse(text, &[span]) {
        let offset = words.len() as u16;
        for (i, t) in sentence.tokens.iter().enumerate() {
            let name = sentence.names.iter().find(|n| (n.first as usize..n.end as usize).contains(&i));
            words.push(Word {
                form: sentence.form(text, i).to_owned(),
                lemma: t.lemma.to_string(),
                upos: t.upos.as_ud(),
                head: t.head.map(|h| h + offset),
                relation: t.rel.as_ud(),
                name: name.map(|n| match n.kind {
                    NameKind::Person => "person",
                    NameKind::Organisation => "organisation",
                    NameKind::Location => "place",
                }),
                start: t.span.start,
                end: t.span.end,
            });
        }
    }
    Ok(Parse { words })
}

/// The section: the parse, or a link that has it made.
pub fn section(frame: &Frame<'_>, parse: Option<&Result<Parse, String>>) -> Markup {
    html! {
        section #parse {
            h2 { "How the sentence was parsed" }
            @match parse {
                None => p {
                    a href={ (frame.asked.link(Form::Html, &[("parse", Some("1"))])) "#parse" } rel="nofollow" { "Parse it now" }
                    span.muted { " with the engine of this program; the first time loads it, which takes a second." }
                },
                Some(Err(why)) => p.empty { "No parse: " (why) "." },
                Some(Ok(parse)) => {
                    p.muted { "Made just now by this program's engine; the claim was coded by the run named below, whose engine may have been another." }
                    @if parse.words.len() <= DRAWN {
                        div.parse tabindex="0" role="region" aria-label="The parse as arcs" { (svg(arcs(&parse.words))) }
                    }
                    details open[parse.words.len() > DRAWN] {
                        summary { "The same as a table" }
                        (table(&parse.words))
                    }
                },
            }
        }
    }
}

fn table(words: &[Word]) -> Markup {
    html! {
        div.table-box tabindex="0" role="region" aria-label="Words and relations" {
            table.rows {
                caption { "Words, and on which word each hangs (Universal Dependencies)" }
                thead { tr {
                    th.number scope="col" { "No" } th scope="col" { "Word" } th scope="col" { "Lemma" } th scope="col" { "Kind" }
                    th scope="col" { "Relation" } th scope="col" { "Hangs on" } th scope="col" { "Name of a" }
                } }
                tbody {
                    @for (i, w) in words.iter().enumerate() {
                        tr {
                            td.number { (i + 1) }
                            th scope="row" dir="auto" { (w.form) }
                            td { (w.lemma) }
                            td { (kind(w.upos)) }
                            td { (w.relation) }
                            td { @match w.head.and_then(|h| words.get(h as usize).map(|o| (h + 1, o))) { Some((n, o)) => { (n) " " (o.form) }, None => "—" } }
                            td { (w.name.unwrap_or("")) }
                        }
                    }
                }
            }
        }
    }
}

fn kind(upos: &str) -> &str {
    match upos {
        "NOUN" => "noun",
        "PROPN" => "name",
        "VERB" => "verb",
        "AUX" => "auxiliary",
        "ADJ" => "adjective",
        "ADV" => "adverb",
        "ADP" => "preposition",
        "DET" => "determiner",
        "PRON" => "pronoun",
        "NUM" => "number",
        "PUNCT" => "mark",
        "CCONJ" | "SCONJ" => "conjunction",
        "PART" => "particle",
        other => other,
    }
}

/// How high the arc over each word to its head stands: above all arcs that it spans.
fn heights(words: &[Word]) -> Vec<usize> {
    let ends = |i: usize| words[i].head.map(|h| (i.min(h as usize), i.max(h as usize)));
    let mut order: Vec<usize> = (0..words.len()).filter(|&i| ends(i).is_some()).collect();
    order.sort_by_key(|&i| ends(i).map(|(a, b)| (b - a, a)));
    let mut out = vec![0; words.len()];
    // For each gap between words the height that is taken there.
    let mut taken = vec![0_usize; words.len()];
    for i in order {
        if let Some((a, b)) = ends(i) {
            let height = taken[a..b].iter().max().copied().unwrap_or(0) + 1;
            out[i] = height;
            taken[a..b].fill(height);
        }
    }
    out
}

/// Arcs above the words, from head to dependent, each with its relation.
fn arcs(words: &[Word]) -> String {
    const LETTER: f64 = 8.0;
    const SMALL: f64 = 6.2;
    const GAP: f64 = 14.0;
    const STEP: f64 = 20.0;
    let mut centres = Vec::with_capacity(words.len());
    let mut x = 10.0;
    for w in words {
        // Relation and kind are written smaller than the words.
        let small = SMALL * w.relation.len().max(kind(w.upos).len()) as f64;
        let width = small.max(LETTER * w.form.chars().count() as f64);
        centres.push(x + width / 2.0);
        x += width + GAP;
    }
    let heights = heights(words);
    let most = heights.iter().max().copied().unwrap_or(0) as f64;
    let base = most * STEP + 28.0;
    let mut out = String::new();
    let _ = write!(
        out,
        "<svg class=\"arcs\" role=\"img\" aria-label=\"The parse as arcs; the table below tells the same\" \
         width=\"{x:.0}\" height=\"{:.0}\" viewBox=\"0 0 {x:.0} {:.0}\" font-size=\"14\">",
        base + 34.0,
        base + 34.0
    );
    for (i, w) in words.iter().enumerate() {
        let at = centres[i];
        let Some(head) = w.head.and_then(|h| centres.get(h as usize)) else {
            let _ = write!(
                out,
                "<path d=\"M{at:.1} 14V{:.1}\" fill=\"none\" stroke=\"currentColor\"/>\
                 <text x=\"{at:.1}\" y=\"11\" text-anchor=\"middle\" font-size=\"11\" fill=\"currentColor\">root</text>",
                base - 4.0
            );
            continue;
        };
        let top = base - heights[i] as f64 * STEP;
        // The dependent's end stands a little towards the head, so that two arcs at one word do not touch.
        let (from, to) = if *head < at { (*head + 4.0, at - 4.0) } else { (*head - 4.0, at + 4.0) };
        let bend = if from < to { 8.0 } else { -8.0 };
        let foot = base - 4.0;
        let _ = write!(
            out,
            "<path d=\"M{from:.1} {foot:.1}V{:.1}Q{from:.1} {top:.1} {:.1} {top:.1}H{:.1}Q{to:.1} {top:.1} {to:.1} {:.1}V{foot:.1}\" \
             fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.55\"/>\
             <path d=\"M{:.1} {:.1}L{:.1} {:.1}L{to:.1} {foot:.1}Z\" fill=\"currentColor\"/>",
            top + 8.0,
            from + bend,
            to - bend,
            top + 8.0,
            to - 3.0,
            foot - 6.0,
            to + 3.0,
            foot - 6.0,
        );
        let _ = write!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"11\" fill=\"currentColor\">{}</text>",
            f64::midpoint(from, to),
            top - 3.0,
            w.relation
        );
    }
    for (i, w) in words.iter().enumerate() {
        // What a report says goes through the escaping of markup.
        let form = html! { (w.form) }.into_string();
        let weight = if w.head.is_none() { " font-weight=\"700\"" } else { "" };
        let _ = write!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"currentColor\"{weight}>{form}</text>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"11\" fill=\"currentColor\" fill-opacity=\"0.75\">{}</text>",
            centres[i],
            base + 14.0,
            centres[i],
            base + 29.0,
            kind(w.upos)
        );
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(form: &str, head: Option<u16>) -> Word {
        Word {
            form: form.to_owned(),
            lemma: form.to_owned(),
            upos: "NOUN",
            head,
            relation: "dep",
            name: None,
            start: 0,
            end: 0,
        }
    }

    #[test]
    fn arcs_stand_above_what_they_span_and_text_is_escaped() {
        let words = [word("<b>", Some(1)), word("hit", None), word("the", Some(3)), word("base", Some(1))];
        assert_eq!(heights(&words), [1, 0, 1, 2]);
        let drawn = arcs(&words);
        assert!(drawn.contains("&lt;b&gt;") && !drawn.contains("<b>"));
    }
}
