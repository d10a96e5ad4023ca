//! Did it happen (`uds_factuality`): -3 to 3 a predicate.

use std::collections::BTreeMap;

use serde_json::Value;

use super::gold::Row;
use super::measure::Figures;

fn values(v: &Value) -> BTreeMap<(u64, u64), f64> {
    v["predicates"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|p| Some(((p["start"].as_u64()?, p["end"].as_u64()?), p["value"].as_f64()?)))
        .collect()
}

/// Mean absolute error, Pearson's r and agreement of sign over the gold predicates; a missing one counts as 0.
pub fn score(rows: &[Row], predictions: &[Value]) -> Figures {
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    for (row, p) in rows.iter().zip(predictions) {
        let given = values(p);
        for (at, value) in values(&row.gold) {
            pairs.push((value, given.get(&at).copied().unwrap_or(0.0)));
        }
    }
    let n = pairs.len().max(1) as f64;
    let (mg, mp) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let covariance: f64 = pairs.iter().map(|(a, b)| (a - mg) * (b - mp)).sum();
    let (vg, vp): (f64, f64) =
        (pairs.iter().map(|p| (p.0 - mg).powi(2)).sum(), pairs.iter().map(|p| (p.1 - mp).powi(2)).sum());
    let mut out = Figures::default();
    out.set("pearson", if vg > 0.0 && vp > 0.0 { covariance / (vg * vp).sqrt() } else { 0.0 });
    out.set("mae", pairs.iter().map(|(a, b)| (a - b).abs()).sum::<f64>() / n);
    out.set("acc_sign", pairs.iter().filter(|(a, b)| (*a > 0.0) == (*b > 0.0)).count() as f64 / n);
    out
}
