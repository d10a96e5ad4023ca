//! Who says what (`polnear`): relations, and the spans of source, cue and content.

use std::collections::BTreeSet;

use serde_json::Value;

use super::gold::Row;
use super::measure::{Counts, Figures};

type Spans = Vec<(usize, usize)>;

fn spans(v: &Value) -> Spans {
    v.as_array()
        .into_iter()
        .flatten()
        .filter_map(|s| Some((s.get(0)?.as_u64()? as usize, s.get(1)?.as_u64()? as usize)))
        .collect()
}

fn cover(spans: &Spans) -> BTreeSet<usize> {
    spans.iter().flat_map(|&(a, b)| a..b).collect()
}

/// The figures of `score_attribution` in the plain scorers, and `source_overlap`: source spans of which at
/// least one character is right, matched one to one.
pub fn score(rows: &[Row], predictions: &[Value]) -> Figures {
    let roles = ["source", "cue", "content"];
    let mut chars = [Counts::default(); 3];
    let (mut relation, mut link, mut overlap) = (Counts::default(), Counts::default(), Counts::default());
    for (row, p) in rows.iter().zip(predictions) {
        let list = |v: &Value| -> Vec<[Spans; 3]> {
            v["attributions"].as_array().into_iter().flatten().map(|a| roles.map(|r| spans(&a[r]))).collect()
        };
        let (gold, given) = (list(&row.gold), list(p));
        for k in 0..3 {
            let all = |list: &[[Spans; 3]]| -> BTreeSet<usize> { list.iter().flat_map(|a| cover(&a[k])).collect() };
            let (a, b) = (all(&gold), all(&given));
            chars[k].add(a.intersection(&b).count(), b.len(), a.len());
        }
        let gold_cover: Vec<_> = gold.iter().map(|a| (cover(&a[2]), cover(&a[0]))).collect();
        let mut used = vec![false; gold.len()];
        let mut linked = 0;
        for a in &given {
            let (c, s) = (cover(&a[2]), cover(&a[0]));
            let found = gold_cover.iter().enumerate().position(|(i, (g, _))| {
                !used[i] && !g.is_empty() && !c.is_empty() && g.intersection(&c).count() * 2 >= g.len().max(c.len())
            });
            if let Some(i) = found {
                used[i] = true;
                let source = &gold_cover[i].1;
                linked += usize::from(source.intersection(&s).next().is_some() || (source.is_empty() && s.is_empty()));
            }
        }
        relation.add(used.iter().filter(|u| **u).count(), given.len(), gold.len());
        link.add(linked, given.len(), gold.len());
        let sources = |list: &[[Spans; 3]]| -> Vec<(usize, usize)> {
            let mut all: Vec<_> = list.iter().flat_map(|a| a[0].clone()).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let (gs, ps) = (sources(&gold), sources(&given));
        let mut taken = vec![false; gs.len()];
        for &(a, b) in &ps {
            if let Some(i) = gs.iter().enumerate().position(|(i, &(c, d))| !taken[i] && a < d && c < b) {
                taken[i] = true;
            }
        }
        overlap.add(taken.iter().filter(|t| **t).count(), ps.len(), gs.len());
    }
    let mut out = Figures::default();
    out.set_prf("source_overlap", overlap);
    out.set_prf("relation", relation);
    out.set_prf("link", link);
    for (k, role) in roles.into_iter().enumerate() {
        out.set_prf(role, chars[k]);
    }
    out
}
