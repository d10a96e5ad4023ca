//! What the coder says of a gold row, in the form that the scorers read.

use std::collections::BTreeMap;

use forewarn_coder::{Claim, Factuality, Party, Tree, factuality as whether, times as when, voice};
use forewarn_report::{Report, Source, Span};
use serde_json::{Value, json};

use super::gold::Row;
use crate::pipeline::Pipeline;

/// The row's text as a report of one block for each of its paragraphs.
pub fn report_of(row: &Row) -> Report {
    let published =
        row.all["date"].as_str().or_else(|| row.gold["date"].as_str()).and_then(|d| d.get(..10)?.parse().ok());
    let mut report = Report {
        report_id: row.id.clone(),
        url: None,
        text: row.text.clone(),
        blocks: Vec::new(),
        publisher: None,
        authors: Vec::new(),
        published: published.or_else(|| row.gold["dct"].as_str().and_then(|d| d.get(..10)?.parse().ok())),
        language: Some("en".to_owned()),
        source: Source::default(),
        dropped: Vec::new(),
    };
    // The gold offsets count in the text as it is given, so that paragraphs are cut here and not by the reader.
    let mut start = 0;
    for piece in row.text.split("\n\n") {
        let end = start + piece.len();
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            let lead = piece.len() - piece.trim_start().len();
            report.blocks.push(forewarn_report::Block {
                kind: forewarn_report::BlockKind::Paragraph,
                span: Span::from_range(start + lead..start + lead + trimmed.len()),
            });
        }
        start = end + 2;
    }
    report
}

fn claims(pipeline: &Pipeline, row: &Row) -> Vec<Claim> {
    pipeline.code(&report_of(row)).1.claims
}

/// Claims that the annotators of event sets count: what happened, was announced, is denied or recalled; the
/// hypothetical and the negated are none.
fn counts(c: &Claim) -> bool {
    matches!(c.factuality, Factuality::Asserted | Factuality::Announced | Factuality::Background)
}

fn country(p: &Party) -> String {
    if let Some(c) = &p.country {
        return c.to_string();
    }
    match p.sector.as_deref() {
        Some(s @ ("IGO" | "NGO" | "IMG" | "ISM" | "MNC")) => s.to_owned(),
        Some("UNO" | "EUR") => "IGO".to_owned(),
        _ => String::new(),
    }
}

fn side(list: &[Party]) -> Vec<Value> {
    list.iter()
        .map(|p| json!({"text": p.text, "code": country(p), "sector": p.sector.as_deref().unwrap_or("")}))
        .collect()
}

/// PLOVER events with both sides.
pub fn plover(pipeline: &Pipeline, row: &Row) -> Value {
    let events: Vec<Value> = claims(pipeline, row)
        .iter()
        .filter(|c| counts(c))
        .map(|c| {
            json!({
                "plover": c.event_type, "mode": c.event_mode, "source": side(&c.actor), "target": side(&c.recipient),
                "event_text": c.predicate.text, "rule": c.rule, "factuality": c.factuality.as_str(),
            })
        })
        .collect();
    json!({ "events": events })
}

/// Byte offset -> character offset.
fn chars(text: &str, byte: u32) -> usize {
    text[..byte as usize].chars().count()
}

/// The claim between a marked pair: the one whose sides touch the marked spans best.
pub fn plv(pipeline: &Pipeline, row: &Row) -> Value {
    let spans = |key: &str| -> Vec<(usize, usize)> {
        row.gold[key]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|s| Some((s[0].as_u64()? as usize, s[1].as_u64()? as usize)))
            .collect()
    };
    let (source, target) = (spans("source_spans"), spans("target_spans"));
    let touches = |list: &[Party], spans: &[(usize, usize)]| {
        list.iter().any(|p| {
            let (a, b) = (chars(&row.text, p.span.start), chars(&row.text, p.span.end));
            spans.iter().any(|&(c, d)| a < d && c < b)
        })
    };
    let all = claims(pipeline, row);
    let best = all.iter().filter(|c| c.factuality != Factuality::Negated).max_by_key(|c| {
        let straight = usize::from(touches(&c.actor, &source)) + usize::from(touches(&c.recipient, &target));
        let crossed = usize::from(touches(&c.actor, &target)) + usize::from(touches(&c.recipient, &source));
        (
            2 * straight + crossed,
            usize::from(counts(c)),
            std::cmp::Reverse(c.span.start),
            std::cmp::Reverse(c.predicate.span.start),
        )
    });
    match best {
        None => json!({"root15": null, "quad": null}),
        Some(c) => {
            let root = match c.event_type {
                "CONCEDE" | "RETREAT" => "YIELD",
                other => other,
            };
            let quad = if root == "YIELD" { 2 } else { c.quad_class };
            json!({"root15": root, "quad": quad, "rule": c.rule})
        }
    }
}

/// CAMEO's five classes: 0 statement, 1 and 2 cooperation, 3 and 4 conflict; 0 where nothing was coded.
pub fn penta(pipeline: &Pipeline, row: &Row) -> Value {
    let mut votes: BTreeMap<u8, usize> = BTreeMap::new();
    for c in claims(pipeline, row).iter().filter(|c| c.factuality != Factuality::Negated) {
        *votes.entry(penta_of(c)).or_default() += if counts(c) { 2 } else { 1 };
    }
    // Several classes in one sentence: material before verbal, conflict before cooperation.
    let best = votes.iter().max_by_key(|(class, n)| (**n, **class)).map_or(0, |(class, _)| *class);
    json!({ "penta": best })
}

fn penta_of(c: &Claim) -> u8 {
    match &c.cameo[..2] {
        // The set counts appeals (02) with statements.
        "01" | "02" => 0,
        "03" | "04" | "05" => 1,
        "06" | "07" | "08" => 2,
        "14" | "15" | "17" | "18" | "19" | "20" => 4,
        // Demands, disapproval, rejection, threats and reduced relations: 09 to 13 and 16.
        _ => 3,
    }
}

/// CAMEO roots of a random news sentence.
pub fn osorio(pipeline: &Pipeline, row: &Row) -> Value {
    let mut roots: Vec<String> =
        claims(pipeline, row).iter().filter(|c| counts(c)).map(|c| c.cameo[..2].to_owned()).collect();
    roots.sort();
    roots.dedup();
    json!({ "roots": roots })
}

/// Who says what in an article.
pub fn polnear(pipeline: &Pipeline, row: &Row) -> Value {
    let report = report_of(row);
    let (sentences, coding) = pipeline.code(&report);
    let at = |s: Span| json!([chars(&row.text, s.start), chars(&row.text, s.end)]);
    let list: Vec<Value> = coding
        .attributions
        .iter()
        .map(|a| {
            let sentence = &sentences[a.sentence];
            let cue: Vec<Value> = a.cue.iter().map(|&t| at(sentence.tokens[t].span)).collect();
            json!({
                "source": a.source_span.into_iter().map(at).collect::<Vec<_>>(),
                "cue": cue,
                "content": a.content.iter().map(|&s| at(s)).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({ "attributions": list })
}

/// A factuality value for every gold predicate.
pub fn factuality(pipeline: &Pipeline, row: &Row) -> Value {
    let report = report_of(row);
    let sentences = pipeline.sentences(&report);
    let trees: Vec<Tree> = sentences.iter().map(|s| Tree::new(&report.text, s)).collect();
    let attributions = voice::attributions(&trees, &|_, _| false);
    let times = when::times(&trees, None);
    let mut out = Vec::new();
    for gold in row.gold["predicates"].as_array().into_iter().flatten() {
        let (Some(start), Some(end)) = (gold["start"].as_u64(), gold["end"].as_u64()) else { continue };
        let found = trees.iter().enumerate().find_map(|(s, tree)| {
            (0..tree.len()).find(|&i| chars(&row.text, tree.token(i).span.start) as u64 == start).map(|i| (s, i))
        });
        let Some((s, i)) = found else { continue };
        let voices = voice::voices_of(&attributions, &trees[s], s, i);
        let verdict = whether::factuality(&trees[s], i, &voices, None, &times[s]);
        let value = match verdict.factuality {
            Factuality::Asserted => 1.5,
            Factuality::Background => 1.2,
            Factuality::Announced => 0.0,
            Factuality::Hypothetical => -0.3,
            Factuality::Disavowed | Factuality::Denied => -0.8,
            Factuality::Negated => -1.8,
        };
        out.push(json!({"start": start, "end": end, "value": value}));
    }
    json!({ "predicates": out })
}

/// Time expressions of an article.
pub fn times(pipeline: &Pipeline, row: &Row) -> Value {
    let report = report_of(row);
    let sentences = pipeline.sentences(&report);
    let trees: Vec<Tree> = sentences.iter().map(|s| Tree::new(&report.text, s)).collect();
    let list: Vec<Value> = when::times(&trees, report.published)
        .into_iter()
        .flatten()
        .map(|t| {
            let (start, end) = (chars(&row.text, t.span.start), chars(&row.text, t.span.end));
            json!({"start": start, "end": end, "value": t.value, "type": t.timex_type})
        })
        .collect();
    json!({ "timexes": list })
}
