//! One class a sentence (`plv`, `plv:quad`, `cameo_class`).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::gold::Row;
use super::measure::{Counts, Figures};

/// PLOVER roots of `plv`, CONCEDE and RETREAT folded to YIELD.
pub fn plv(rows: &[Row], predictions: &[Value]) -> Figures {
    score(rows, predictions, "root15")
}

/// Quad classes of `plv`.
pub fn plv_quad(rows: &[Row], predictions: &[Value]) -> Figures {
    score(rows, predictions, "quad")
}

/// The five classes of `cameo_class`.
pub fn penta(rows: &[Row], predictions: &[Value]) -> Figures {
    score(rows, predictions, "penta")
}

fn label(v: &Value, key: &str) -> Option<String> {
    match &v[key] {
        Value::Null => None,
        Value::String(s) => Some(s.clone()),
        other => Some(other.to_string()),
    }
}

fn score(rows: &[Row], predictions: &[Value], key: &str) -> Figures {
    let gold: Vec<Option<String>> = rows.iter().map(|r| label(&r.gold, key)).collect();
    let given: Vec<Option<String>> = predictions.iter().map(|p| label(p, key)).collect();
    let labels: BTreeSet<&String> = gold.iter().flatten().collect();
    let mut per: BTreeMap<&String, Counts> = labels.iter().map(|l| (*l, Counts::default())).collect();
    let mut right = 0;
    for (g, p) in gold.iter().zip(&given) {
        right += usize::from(g == p);
        for (l, c) in &mut per {
            let (a, b) = (g.as_ref() == Some(*l), p.as_ref() == Some(*l));
            c.add(usize::from(a && b), usize::from(b), usize::from(a));
        }
    }
    let n = rows.len().max(1) as f64;
    let mut out = Figures::default();
    out.set("acc", right as f64 / n);
    out.set("macroF1", per.values().map(|c| c.prf().2).sum::<f64>() / per.len().max(1) as f64);
    out.set("answered", given.iter().flatten().count() as f64 / n);
    for (l, c) in &per {
        out.set(format!("F1.{l}"), c.prf().2);
    }
    out
}
