//! Documents to their stories (`ecb_plus_docs`): B-cubed and pairwise figures, and pairs within one topic, where two
//! similar events are the hard part. The setting was chosen on the part `train` alone.

use std::collections::BTreeMap;

use forewarn_incident::{Sketch, story};
use forewarn_report::Report;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::gold::Row;
use super::measure::{Counts, Figures};
use crate::pipeline::Pipeline;

/// The set.
pub const NAME: &str = "ecb_plus_docs";

/// Its headline figure: that of the part `dev`.
pub const HEADLINE: &str = "b3.F1";

/// The rows of `dev` with their stories, and the figures: those of `train` have its name before them.
pub fn run(pipeline: &Pipeline, rows: &[Row]) -> (Vec<Row>, Vec<Value>, Figures) {
    let part = |name: &str| -> Vec<Row> { rows.iter().filter(|r| r.all["split"] == name).cloned().collect() };
    let (dev, train) = (part("dev"), part("train"));
    let predictions = predict(pipeline, &dev);
    let mut figures = score(&dev, &predictions);
    let chosen_on = score(&train, &predict(pipeline, &train));
    for (name, value) in chosen_on.iter() {
        figures.set(format!("train.{name}"), value);
    }
    (dev, predictions, figures)
}

/// One story id a row: the rows of one part are clustered together, those of different parts never meet.
fn predict(pipeline: &Pipeline, rows: &[Row]) -> Vec<Value> {
    let sketches: Vec<Sketch> = rows
        .par_iter()
        .map(|row| {
            let Some(mut report) = Report::from_text(&row.text) else { return Sketch::default() };
            report.report_id.clone_from(&row.id);
            let sentences = pipeline.sentences(&report);
            let claims = pipeline.coder.code(&report, &sentences).claims;
            Sketch::of(&report, &sentences, &claims)
        })
        .collect();
    let stories = story::cluster(&sketches, story::Setting::default());
    stories.into_iter().map(|first| json!({"cluster": rows[first].id})).collect()
}

/// As `score_clusters`, with the pairs of one topic apart.
fn score(rows: &[Row], predictions: &[Value]) -> Figures {
    let gold: Vec<&str> = rows.iter().map(|r| r.gold["cluster"].as_str().unwrap_or_default()).collect();
    let given: Vec<&str> = predictions.iter().map(|p| p["cluster"].as_str().unwrap_or_default()).collect();
    let n = rows.len().max(1) as f64;
    let sizes = |labels: &[&str]| {
        let mut out: BTreeMap<String, usize> = BTreeMap::new();
        for l in labels {
            *out.entry((*l).to_owned()).or_default() += 1;
        }
        out
    };
    let (by_gold, by_given) = (sizes(&gold), sizes(&given));
    let mut both: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (g, p) in gold.iter().zip(&given) {
        *both.entry((g, p)).or_default() += 1;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (g, p) in gold.iter().zip(&given) {
        let shared = both[&(*g, *p)] as f64;
        precision += shared / by_given[*p] as f64;
        recall += shared / by_gold[*g] as f64;
    }
    let (precision, recall) = (precision / n, recall / n);
    let mut out = Figures::default();
    out.set("b3.P", precision);
    out.set("b3.R", recall);
    out.set("b3.F1", if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 });
    let (mut all, mut within) = (Counts::default(), Counts::default());
    for i in 0..rows.len() {
        for j in 0..i {
            let (g, p) = (gold[i] == gold[j], given[i] == given[j]);
            all.add(usize::from(g && p), usize::from(p), usize::from(g));
            if rows[i].gold["topic"] == rows[j].gold["topic"] {
                within.add(usize::from(g && p), usize::from(p), usize::from(g));
            }
        }
    }
    out.set_prf("pair", all);
    out.set_prf("pair_within_topic", within);
    out.set("stories.given", by_given.len() as f64);
    out.set("stories.gold", by_gold.len() as f64);
    out
}
