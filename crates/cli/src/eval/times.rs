//! Time expressions (`wikiwars`): spans, values and types in the manner of TempEval-3.

use std::collections::BTreeMap;

use serde_json::Value;

use super::gold::Row;
use super::measure::{Counts, Figures};

struct Timex {
    start: u64,
    end: u64,
    value: String,
    kind: String,
}

fn list(v: &Value) -> Vec<Timex> {
    let text = |t: &Value, key: &str| t[key].as_str().unwrap_or("").to_owned();
    v["timexes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|t| {
            Some(Timex {
                start: t["start"].as_u64()?,
                end: t["end"].as_u64()?,
                value: text(t, "value"),
                kind: text(t, "type"),
            })
        })
        .collect()
}

/// The figures of `score_timex` in the plain scorers.
pub fn score(rows: &[Row], predictions: &[Value]) -> Figures {
    let mut sums = [Counts::default(); 4];
    for (row, p) in rows.iter().zip(predictions) {
        let (gold, given) = (list(&row.gold), list(p));
        let mut used: BTreeMap<usize, usize> = BTreeMap::new();
        let mut rest = Vec::new();
        // Exact offsets first: some gold expressions stand inside others.
        for (k, p) in given.iter().enumerate() {
            match gold
                .iter()
                .enumerate()
                .position(|(i, g)| !used.contains_key(&i) && g.start == p.start && g.end == p.end)
            {
                Some(i) => {
                    used.insert(i, k);
                }
                None => rest.push(k),
            }
        }
        let strict = used.len();
        rest.sort_by_key(|&k| std::cmp::Reverse(given[k].end - given[k].start));
        for k in rest {
            let p = &given[k];
            if let Some(i) =
                gold.iter().enumerate().position(|(i, g)| !used.contains_key(&i) && p.start < g.end && g.start < p.end)
            {
                used.insert(i, k);
            }
        }
        let values = used.iter().filter(|(i, k)| gold[**i].value == given[**k].value).count();
        let kinds = used.iter().filter(|(i, k)| gold[**i].kind == given[**k].kind).count();
        for (sum, hits) in sums.iter_mut().zip([strict, used.len(), values, kinds]) {
            sum.add(hits, given.len(), gold.len());
        }
    }
    let mut out = Figures::default();
    for (name, sum) in ["strict", "relaxed", "value", "type"].into_iter().zip(sums) {
        out.set_prf(name, sum);
    }
    out
}
