//! The old coders' own suite (`petrarch_unit`) with its dictionaries: both editions of the verbs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::Result;
use forewarn_codebook::petrarch::{Dictionaries, Edition};
use forewarn_coder::petrarch::{Petrarch, Settings};
use forewarn_language::Engine;
use forewarn_report::Span;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::gold::Row;
use super::measure::{Counts, Figures};
use super::predict::report_of;

/// The files of the suite begin with this.
const SET: &str = "PETR.Validate";

/// A reading of the suite: its name, the edition of verbs, and how it is scored.
pub struct Reading {
    /// As `forewarn eval` calls it.
    pub name: &'static str,
    /// The verbs.
    pub edition: Edition,
    /// The scorer.
    pub score: fn(&[Row], &[Value]) -> Figures,
}

/// PETRARCH-1's answers with its verbs, and those with the 2.0 verbs.
pub const READINGS: [Reading; 2] = [
    Reading { name: "petrarch_unit", edition: Edition::One, score: score_one },
    Reading { name: "petrarch_unit:v20", edition: Edition::Two, score: score_two },
];

/// Codes every record from its plain text.
pub fn predict(reading: &Reading, engine: &Engine, folder: &PathBuf, rows: &[Row]) -> Result<Vec<Value>> {
    let (files, _) = crate::dictionaries::files(std::slice::from_ref(folder), Some(SET))?;
    let coder = Petrarch::new(Dictionaries::read(&files, Some(reading.edition)), Settings::default());
    Ok(rows.par_iter().map(|row| one(reading.edition, engine, &coder, row)).collect())
}

fn one(edition: Edition, engine: &Engine, coder: &Petrarch, row: &Row) -> Value {
    // A few records were reworded for the 2.0 answers.
    let reworded = (edition == Edition::Two).then(|| row.gold["text_v20"].as_str()).flatten();
    let text = reworded.unwrap_or(&row.text).to_owned();
    let mut report = report_of(&Row { text, ..row.clone() });
    report.published = row.gold["date"].as_str().and_then(|d| jiff::civil::Date::strptime("%Y%m%d", d).ok());
    let blocks: Vec<Span> = report.blocks.iter().map(|b| b.span).collect();
    let sentences = engine.analyse(&report.text, &blocks);
    let events: Vec<Value> = coder
        .code(&report, &sentences)
        .events
        .iter()
        .map(|e| json!({"source": e.source, "target": e.target, "cameo": e.code}))
        .collect();
    json!({ "events": events })
}

type Triple = (String, String, String);

fn triples(value: &Value) -> BTreeSet<Triple> {
    let events = value.as_array().into_iter().flatten();
    let text = |e: &Value, key: &str| e[key].as_str().unwrap_or_default().to_owned();
    events
        .map(|e| (text(e, "source").replace("---", ""), text(e, "target").replace("---", ""), text(e, "cameo")))
        .collect()
}

fn score_one(rows: &[Row], predictions: &[Value]) -> Figures {
    score(rows, predictions, "events")
}

fn score_two(rows: &[Row], predictions: &[Value]) -> Figures {
    score(rows, predictions, "events_v20")
}

/// The figures of `score_cameo` in the plain scorers, then those of dyads and of codes alone: `dyad_exact` is the
/// share of records whose dyads are all found and no other.
fn score(rows: &[Row], predictions: &[Value], key: &str) -> Figures {
    type Cut = fn(&Triple) -> Triple;
    let cuts: [(&str, Cut); 6] = [
        ("triple", |t| t.clone()),
        ("root", |t| (t.0.clone(), t.1.clone(), head(&t.2, 2))),
        ("country_root", |t| (head(&t.0, 3), head(&t.1, 3), head(&t.2, 2))),
        ("event_root", |t| (String::new(), String::new(), head(&t.2, 2))),
        ("dyad", |t| (t.0.clone(), t.1.clone(), String::new())),
        ("code", |t| (String::new(), String::new(), t.2.clone())),
    ];
    let mut counts = [Counts::default(); 6];
    let (mut n, mut exact, mut dyads, mut quiet, mut alarms) = (0usize, 0usize, 0usize, 0usize, 0usize);
    for (row, predicted) in rows.iter().zip(predictions) {
        if row.gold[key].is_null() {
            continue;
        }
        let (gold, given) = (triples(&row.gold[key]), triples(&predicted["events"]));
        n += 1;
        exact += usize::from(gold == given);
        quiet += usize::from(gold.is_empty());
        alarms += usize::from(gold.is_empty() && !given.is_empty());
        let pairs = |s: &BTreeSet<Triple>| s.iter().map(|t| (t.0.clone(), t.1.clone())).collect::<BTreeSet<_>>();
        dyads += usize::from(pairs(&gold) == pairs(&given));
        for ((_, cut), count) in cuts.iter().zip(&mut counts) {
            let bag = |s: &BTreeSet<Triple>| {
                let mut bag: BTreeMap<Triple, usize> = BTreeMap::new();
                for t in s {
                    *bag.entry(cut(t)).or_default() += 1;
                }
                bag
            };
            let (a, b) = (bag(&gold), bag(&given));
            let hits = a.iter().map(|(t, n)| (*n).min(b.get(t).copied().unwrap_or(0))).sum();
            count.add(hits, given.len(), gold.len());
        }
    }
    let ratio = |a: usize, b: usize| a as f64 / b.max(1) as f64;
    let mut out = Figures::default();
    for ((name, _), count) in cuts.iter().zip(counts).take(4) {
        out.set_prf(name, count);
    }
    out.set("record_exact", ratio(exact, n));
    out.set("n", n as f64);
    out.set("n_no_event", quiet as f64);
    out.set("false_alarm_rate", ratio(alarms, quiet));
    out.set("dyad_exact", ratio(dyads, n));
    for ((name, _), count) in cuts.iter().zip(counts).skip(4) {
        out.set_prf(name, count);
    }
    out
}

fn head(text: &str, n: usize) -> String {
    text.chars().take(n).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::score_one;
    use crate::eval::gold::Row;

    /// Worked by hand from the definitions: sets of triples, bags of their cuts, empty sides for `---`.
    #[test]
    fn figures_by_hand() {
        let event = |s: &str, t: &str, c: &str| json!({"source": s, "target": t, "cameo": c});
        let row = |gold: serde_json::Value| Row {
            id: "a".into(),
            text: String::new(),
            gold: json!({ "events": gold }),
            all: json!({}),
        };
        let rows = [
            row(json!([event("LURGOV", "OST", "040"), event("OST", "LURGOV", "040")])),
            row(json!([event("GOV", "", "010")])),
            row(json!([])),
        ];
        let given = [
            json!({"events": [event("LURGOV", "OST", "042"), event("LURGOV", "OST", "042")]}),
            json!({"events": [event("GOV", "---", "010")]}),
            json!({"events": [event("LUR", "OST", "190")]}),
        ];
        let f = score_one(&rows, &given);
        let get = |n: &str| (f.get(n).expect("it is there") * 1000.0).round();
        assert_eq!((get("triple.P"), get("triple.R")), (333.0, 333.0));
        assert_eq!((get("root.P"), get("root.R")), (667.0, 667.0));
        assert_eq!((get("dyad.P"), get("dyad_exact"), get("record_exact")), (667.0, 333.0, 333.0));
        assert_eq!((get("false_alarm_rate"), get("n_no_event")), (1000.0, 1000.0));
    }
}
