//! Phrases to countries and sectors (`ngec_actor_tests`).

use forewarn_coder::{Tree, who};
use serde_json::{Value, json};

use super::gold::Row;
use super::measure::Figures;
use super::predict::report_of;
use crate::pipeline::Pipeline;

/// The party that the phrase makes.
pub fn predict(pipeline: &Pipeline, row: &Row) -> Value {
    let report = report_of(row);
    let sentences = pipeline.sentences(&report);
    let party = sentences.first().and_then(|s| {
        let tree = Tree::new(&report.text, s);
        let mentions = who::mentions(pipeline.coder.actors(), &tree, report.published);
        s.root().and_then(|r| who::party(&tree, &mentions, r, report.published))
    });
    let country = party.as_ref().and_then(|p| p.country.as_deref()).unwrap_or("");
    // The set writes every body of the United Nations `UNO`, where we keep the body's own code.
    let united =
        row.gold["country"] == "UNO" && party.as_ref().is_some_and(|p| p.group.is_some() && country.is_empty());
    json!({
        "country": if united { "UNO" } else { country },
        "sector": party.as_ref().and_then(|p| p.sector.as_deref()).unwrap_or(""),
    })
}

/// The figures of `score_actor` in the plain scorers.
pub fn score(rows: &[Row], predictions: &[Value]) -> Figures {
    let (mut hits, mut asked, mut both) = ([0usize; 2], [0usize; 2], 0usize);
    for (row, p) in rows.iter().zip(predictions) {
        let mut all = true;
        for (i, key) in ["country", "sector"].into_iter().enumerate() {
            if let Some(gold) = row.gold[key].as_str() {
                let hit = p[key].as_str().unwrap_or("") == gold;
                hits[i] += usize::from(hit);
                asked[i] += 1;
                all &= hit;
            }
        }
        both += usize::from(all);
    }
    let ratio = |a: usize, b: usize| a as f64 / b.max(1) as f64;
    let mut out = Figures::default();
    out.set("country_acc", ratio(hits[0], asked[0]));
    out.set("n_country", asked[0] as f64);
    out.set("sector_acc", ratio(hits[1], asked[1]));
    out.set("n_sector", asked[1] as f64);
    out.set("all_acc", ratio(both, rows.len()));
    out
}
