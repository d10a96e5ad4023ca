//! Random news sentences (`osorio_cameo200`): relevance, roots, and false alarms on the irrelevant half.

use std::collections::BTreeSet;

use serde_json::Value;

use super::gold::Row;
use super::measure::{Counts, Figures};

fn set(v: &Value) -> BTreeSet<String> {
    v.as_array().into_iter().flatten().map(|x| x.as_str().map_or_else(|| x.to_string(), str::to_owned)).collect()
}

/// The figures of `score_osorio` in the plain scorers; a record without a relevance majority is left out.
pub fn score(rows: &[Row], predictions: &[Value]) -> Figures {
    let mut relevant = Counts::default();
    let mut roots = Counts::default();
    let (mut alarms, mut irrelevant, mut root1, mut n_root1) = (0usize, 0usize, 0usize, 0usize);
    for (row, p) in rows.iter().zip(predictions) {
        let Some(gold) = row.gold["relevant"].as_bool() else { continue };
        let given = set(&p["roots"]);
        let said = !given.is_empty();
        relevant.add(usize::from(gold && said), usize::from(said), usize::from(gold));
        irrelevant += usize::from(!gold);
        alarms += usize::from(!gold && said);
        if let (true, Some(r)) = (gold, row.gold["root1"].as_str()) {
            n_root1 += 1;
            root1 += usize::from(given.contains(r));
        }
        let majority = set(&row.gold["roots_majority"]);
        roots.add(majority.intersection(&given).count(), given.len(), majority.len());
    }
    let ratio = |a: usize, b: usize| a as f64 / b.max(1) as f64;
    let mut out = Figures::default();
    out.set("false_alarm_rate", ratio(alarms, irrelevant));
    out.set("n_irrelevant", irrelevant as f64);
    out.set_prf("relevant", relevant);
    out.set_prf("roots", roots);
    out.set("root1_recall", ratio(root1, n_root1));
    out
}
