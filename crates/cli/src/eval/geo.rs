//! Place names and their coordinates (`geovirus`, `lgl`, `tr_news`, `gwn`): detection and resolution end to end.

use std::collections::BTreeMap;

use forewarn_gazetteer::distance_km;
use serde_json::{Value, json};

use super::gold::Row;
use super::measure::{Counts, Figures};
use super::predict::report_of;
use crate::pipeline::Pipeline;

/// Place names proper.
pub fn literal(pipeline: &Pipeline, row: &Row) -> Value {
    predict(pipeline, row, false)
}

/// Place names and demonyms, which `lgl` counts as place names too.
pub fn with_demonyms(pipeline: &Pipeline, row: &Row) -> Value {
    predict(pipeline, row, true)
}

fn predict(pipeline: &Pipeline, row: &Row, demonyms: bool) -> Value {
    let report = report_of(row);
    let sentences = pipeline.sentences(&report);
    let found = pipeline.coder.toponyms(&report, &sentences);
    // Gold offsets count characters, spans bytes.
    let chars = |byte: u32| row.text.get(..byte as usize).map_or(0, |t| t.chars().count());
    let list: Vec<Value> = found
        .iter()
        .filter(|t| demonyms || !t.demonym)
        .map(|t| {
            let place = t.choice.as_ref().map(|c| &c.place);
            let shown = place.map(forewarn_gazetteer::Place::shown);
            json!({
                "text": t.span.slice(&row.text), "start": chars(t.span.start), "end": chars(t.span.end),
                "lat": shown.map(|s| s.0), "lon": shown.map(|s| s.1),
                "name": place.map(|p| p.name.as_str()), "admin1": place.and_then(|p| p.admin1.as_deref()),
                "iso3": place.and_then(|p| p.country.as_deref()), "rule": t.choice.as_ref().map(|c| c.rule),
            })
        })
        .collect();
    json!({ "toponyms": list })
}

struct Toponym {
    start: u64,
    end: u64,
    point: Option<(f64, f64)>,
}

fn list(v: &Value) -> Vec<Toponym> {
    v["toponyms"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|t| {
            Some(Toponym {
                start: t["start"].as_u64()?,
                end: t["end"].as_u64()?,
                point: t["lat"].as_f64().zip(t["lon"].as_f64()),
            })
        })
        .collect()
}

/// Half of the Earth's circumference in kilometres, as the plain scorers take it: the largest possible error.
const MAX_KM: f64 = 20_038.0;
/// A hundred miles: the literature's line between right and wrong.
const RIGHT_KM: f64 = 161.0;

/// The figures of `score_geo` in the plain scorers.
pub fn score(rows: &[Row], predictions: &[Value]) -> Figures {
    let (mut strict, mut overlap) = (Counts::default(), Counts::default());
    let mut errors: Vec<f64> = Vec::new();
    let mut placed = 0usize;
    for (row, p) in rows.iter().zip(predictions) {
        let (gold, given) = (list(&row.gold), list(p));
        let mut used: BTreeMap<usize, usize> = BTreeMap::new();
        for (i, p) in given.iter().enumerate() {
            let same = |(k, g): (usize, &Toponym)| {
                (g.start == p.start && g.end == p.end && !used.contains_key(&k)).then_some(k)
            };
            if let Some(k) = gold.iter().enumerate().find_map(same) {
                used.insert(k, i);
            }
        }
        strict.add(used.len(), given.len(), gold.len());
        let taken: Vec<usize> = used.values().copied().collect();
        for (i, p) in given.iter().enumerate().filter(|(i, _)| !taken.contains(i)) {
            let meets =
                |(k, g): (usize, &Toponym)| (p.start < g.end && g.start < p.end && !used.contains_key(&k)).then_some(k);
            if let Some(k) = gold.iter().enumerate().find_map(meets) {
                used.insert(k, i);
            }
        }
        overlap.add(used.len(), given.len(), gold.len());
        for (k, g) in gold.iter().enumerate() {
            let Some(point) = g.point else { continue };
            placed += 1;
            if let Some(found) = used.get(&k).and_then(|&i| given[i].point) {
                errors.push(distance_km(point, found));
            }
        }
    }
    let right = errors.iter().filter(|e| **e <= RIGHT_KM).count() as f64;
    let mut out = Figures::default();
    out.set_prf("detect_strict", strict);
    out.set_prf("detect_overlap", overlap);
    out.set("n_gold_with_coords", placed as f64);
    out.set("n_scored", errors.len() as f64);
    out.set("acc161_matched", ratio(right, errors.len()));
    out.set("acc161_all", ratio(right, placed));
    if !errors.is_empty() {
        errors.sort_by(f64::total_cmp);
        let n = errors.len();
        let median = f64::midpoint(errors[(n - 1) / 2], errors[n / 2]);
        out.set("mean_km", errors.iter().sum::<f64>() / n as f64);
        out.set("median_km", median);
        out.set("auc", errors.iter().map(|e| (1.0 + e).ln() / MAX_KM.ln()).sum::<f64>() / n as f64);
    }
    out
}

fn ratio(a: f64, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a / b as f64 }
}
