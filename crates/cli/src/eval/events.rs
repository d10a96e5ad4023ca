//! PLOVER events (`plover_gsr`): types, countries, dyads and both together.

use std::collections::BTreeSet;

use forewarn_codebook::EventType;
use serde_json::Value;

use super::gold::Row;
use super::measure::{Counts, Figures};

struct Side {
    code: String,
    text: BTreeSet<String>,
    sector: String,
}

/// An event as a directed slot, or, when one list holds all its parties, as an undirected pair.
struct Slot {
    event: String,
    source: Side,
    target: Side,
    undirected: bool,
}

/// Today's name of a type: older data use DEMAND, DISAPPROVE, FIGHT and the like.
pub fn today(event: &str) -> &str {
    match event {
        "DEMAND" => "REQUEST",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "FIGHT" => "ASSAULT",
        "SACTION" => "SANCTION",
        "YIELD" => "CONCEDE",
        other => other,
    }
}

fn words(text: &str) -> BTreeSet<String> {
    const STOP: [&str; 10] = ["the", "a", "an", "of", "in", "and", "'s", "s", "to", "for"];
    text.to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty() && !STOP.contains(w))
        .map(str::to_owned)
        .collect()
}

fn side(v: Option<&Value>) -> Side {
    let text = |key: &str| v.and_then(|v| v[key].as_str()).unwrap_or("").to_owned();
    Side { code: text("code"), text: words(&text("text")), sector: text("sector") }
}

fn events(v: &Value) -> &[Value] {
    v["events"].as_array().map_or(&[], Vec::as_slice)
}

fn event_of(e: &Value) -> String {
    today(e["plover"].as_str().unwrap_or("")).to_owned()
}

fn list<'v>(e: &'v Value, key: &str) -> &'v [Value] {
    e[key].as_array().map_or(&[], Vec::as_slice)
}

fn expand(e: &Value) -> Vec<Slot> {
    let (source, target) = (list(e, "source"), list(e, "target"));
    let event = event_of(e);
    let slot = |s: Option<&Value>, t: Option<&Value>, undirected| Slot {
        event: event.clone(),
        source: side(s),
        target: side(t),
        undirected,
    };
    if target.is_empty() && source.len() >= 2 {
        let mut out = Vec::new();
        for i in 0..source.len() {
            for j in i + 1..source.len() {
                out.push(slot(Some(&source[i]), Some(&source[j]), true));
            }
        }
        return out;
    }
    let some = |list: &'_ [Value]| -> Vec<Option<Value>> {
        if list.is_empty() { vec![None] } else { list.iter().cloned().map(Some).collect() }
    };
    let mut out = Vec::new();
    for s in some(source) {
        for t in some(target) {
            out.push(slot(s.as_ref(), t.as_ref(), false));
        }
    }
    out
}

fn same(g: &Slot, p: &Slot, view: &str) -> bool {
    let actor = |a: &Side, b: &Side| match view {
        "type+text" => {
            (a.text.is_empty() && b.text.is_empty())
                || (!a.text.is_empty()
                    && !b.text.is_empty()
                    && 4 * a.text.intersection(&b.text).count() >= a.text.len() + b.text.len())
        }
        "full" => a.code == b.code && a.sector == b.sector,
        _ => a.code == b.code,
    };
    (view == "dyad" || g.event == p.event)
        && ((actor(&g.source, &p.source) && actor(&g.target, &p.target))
            || (g.undirected && actor(&g.source, &p.target) && actor(&g.target, &p.source)))
}

/// The figures of `score_events` in the plain scorers.
pub fn score(rows: &[Row], predictions: &[Value]) -> Figures {
    let mut types = Counts::default();
    let mut quads = Counts::default();
    let mut countries = [Counts::default(); 2];
    let views = ["dyad", "type+dyad", "full", "type+text"];
    let mut by_view = [Counts::default(); 4];
    let mut per_type = [Counts::default(); 16];
    let mut any = 0usize;
    for (row, pred) in rows.iter().zip(predictions) {
        let (g, p) = (events(&row.gold), events(pred));
        let set = |list: &[Value]| -> BTreeSet<String> { list.iter().map(event_of).collect() };
        let (gt, pt) = (set(g), set(p));
        any += usize::from(gt.intersection(&pt).next().is_some() || (gt.is_empty() && pt.is_empty()));
        types.add(gt.intersection(&pt).count(), pt.len(), gt.len());
        // The gold folding has CONCEDE in quad class 2.
        let quad = |s: &BTreeSet<String>| -> BTreeSet<u8> {
            s.iter()
                .filter_map(|t| EventType::parse(t))
                .map(|t| if t == EventType::Concede { 2 } else { t.quad_class() })
                .collect()
        };
        let (gq, pq) = (quad(&gt), quad(&pt));
        quads.add(gq.intersection(&pq).count(), pq.len(), gq.len());
        for t in EventType::ALL {
            let (a, b) = (gt.contains(t.as_str()), pt.contains(t.as_str()));
            per_type[t as usize].add(usize::from(a && b), usize::from(b), usize::from(a));
        }
        for (k, key) in ["source", "target"].into_iter().enumerate() {
            let codes = |events: &[Value]| -> BTreeSet<String> {
                events
                    .iter()
                    .flat_map(|e| list(e, key))
                    .filter_map(|x| x["code"].as_str())
                    .filter(|c| !c.is_empty())
                    .map(str::to_owned)
                    .collect()
            };
            let (a, b) = (codes(g), codes(p));
            countries[k].add(a.intersection(&b).count(), b.len(), a.len());
        }
        let gs: Vec<Slot> = g.iter().flat_map(expand).collect();
        let ps: Vec<Slot> = p.iter().flat_map(expand).collect();
        for (k, view) in views.into_iter().enumerate() {
            let mut used = vec![false; gs.len()];
            let mut extra = 0;
            for p in &ps {
                match gs.iter().enumerate().position(|(i, g)| !used[i] && same(g, p, view)) {
                    Some(i) => used[i] = true,
                    // A second direction or a duplicate of a matched slot is free.
                    None if (0..gs.len()).any(|i| used[i] && same(&gs[i], p, view)) => {}
                    None => extra += 1,
                }
            }
            let hits = used.iter().filter(|u| **u).count();
            by_view[k].add(hits, hits + extra, gs.len());
        }
    }
    let mut out = Figures::default();
    out.set_prf("type", types);
    out.set_prf("quad", quads);
    out.set_prf("source_country", countries[0]);
    out.set_prf("target_country", countries[1]);
    for (k, view) in views.into_iter().enumerate() {
        out.set_prf(view, by_view[k]);
    }
    let seen: Vec<f64> = per_type.iter().filter(|c| c.gold > 0).map(|c| c.prf().2).collect();
    out.set("type.macroF1", if seen.is_empty() { 0.0 } else { seen.iter().sum::<f64>() / seen.len() as f64 });
    out.set("type.any_hit", any as f64 / rows.len().max(1) as f64);
    for t in EventType::ALL {
        out.set(format!("F1.{}", t.as_str()), per_type[t as usize].prf().2);
    }
    out
}
