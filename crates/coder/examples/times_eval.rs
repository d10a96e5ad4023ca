//! Scores time expressions against a development file: `cargo run --release --example times_eval FILE.jsonl`.
//!
//! Prints the figures of `eval/scorers.py`'s `score_timex`; with `--show` the misses, the false alarms and the values
//! read wrongly.

#![allow(clippy::print_stdout, missing_docs)]

use forewarn_coder::{Tree, times};
use forewarn_language::{Engine, Model};
use forewarn_report::Span;
use serde_json::Value;

fn lines(text: &str) -> Vec<Span> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            out.push(Span { start: at as u32, end: (at + line.len()) as u32 });
        }
        at += line.len() + 1;
    }
    out
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let show = args.iter().any(|a| a == "--show");
    let dated = !args.iter().any(|a| a == "--undated");
    let engine = Engine::new(Model::embedded()?);
    let (mut strict, mut relaxed, mut value, mut predicted, mut wanted) = (0, 0, 0, 0, 0);
    let mut seconds = 0.0;
    let mut count = 0;
    for file in args.iter().filter(|a| !a.starts_with("--")) {
        for row in std::fs::read_to_string(file)?.lines() {
            let row: Value = serde_json::from_str(row)?;
            let gold_field = match &row["gold"] {
                Value::String(s) => serde_json::from_str(s)?,
                other => other.clone(),
            };
            let text = row["text"].as_str().ok_or("no text")?;
            let mut place = vec![0usize; text.len() + 1];
            for (n, (at, c)) in text.char_indices().enumerate() {
                for b in 0..c.len_utf8() {
                    place[at + b] = n;
                }
                place[at + c.len_utf8()] = n + 1;
            }
            let gold: Vec<(usize, usize, String, String)> = gold_field["timexes"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|t| {
                    let word = |k: &str| t[k].as_str().unwrap_or("").to_string();
                    (
                        t["start"].as_u64().unwrap_or(0) as usize,
                        t["end"].as_u64().unwrap_or(0) as usize,
                        word("value"),
                        word("text"),
                    )
                })
                .collect();
            let published = gold_field["dct"].as_str().filter(|_| dated).and_then(|d| d.parse().ok());
            let sentences = engine.analyse(text, &lines(text));
            let trees: Vec<Tree> = sentences.iter().map(|s| Tree::new(text, s)).collect();
            count += trees.len();
            let clock = std::time::Instant::now();
            let found = times::times(&trees, published);
            seconds += clock.elapsed().as_secs_f64();
            let guesses: Vec<(usize, usize, &str, &str)> = found
                .iter()
                .flatten()
                .map(|t| {
                    (place[t.span.start as usize], place[t.span.end as usize], t.value.as_str(), t.span.slice(text))
                })
                .collect();
            strict += gold.iter().filter(|g| guesses.iter().any(|p| p.0 == g.0 && p.1 == g.1)).count();
            let mut used: Vec<Option<usize>> = vec![None; gold.len()];
            let mut rest = Vec::new();
            for (k, p) in guesses.iter().enumerate() {
                match (0..gold.len()).find(|&i| used[i].is_none() && gold[i].0 == p.0 && gold[i].1 == p.1) {
                    Some(i) => used[i] = Some(k),
                    None => rest.push(k),
                }
            }
            rest.sort_by_key(|&k| std::cmp::Reverse(guesses[k].1 - guesses[k].0));
            for k in rest {
                let p = guesses[k];
                match (0..gold.len()).find(|&i| used[i].is_none() && p.0 < gold[i].1 && gold[i].0 < p.1) {
                    Some(i) => used[i] = Some(k),
                    None if show => println!("false  [{}] {}  … {}", p.3, p.2, around(text, &place, p.0)),
                    None => {}
                }
            }
            for (i, u) in used.iter().enumerate() {
                match u {
                    Some(k) => {
                        relaxed += 1;
                        let right = gold[i].2 == guesses[*k].2 || gold[i].2.is_empty() && guesses[*k].2 == "-";
                        value += usize::from(right);
                        if show && !right {
                            println!("value  [{}] {} not {} [{}]", gold[i].3, gold[i].2, guesses[*k].2, guesses[*k].3);
                        }
                    }
                    None if show => {
                        println!("missed [{}] {}  … {}", gold[i].3, gold[i].2, around(text, &place, gold[i].0));
                    }
                    None => {}
                }
            }
            predicted += guesses.len();
            wanted += gold.len();
        }
    }
    for (name, hit) in [("strict", strict), ("relaxed", relaxed), ("value", value)] {
        let (p, r) = (hit as f64 / predicted.max(1) as f64, hit as f64 / wanted.max(1) as f64);
        println!(
            "{name:8} P {p:.3} R {r:.3} F1 {:.3}  ({hit} of {predicted} and {wanted})",
            2.0 * p * r / (p + r).max(1e-9)
        );
    }
    println!("{:.1} µs a sentence over {count}", seconds * 1e6 / count.max(1) as f64);
    Ok(())
}

fn around(text: &str, place: &[usize], at: usize) -> String {
    let start = place.iter().position(|&p| p == at).unwrap_or(0);
    let from = (0..=start.saturating_sub(40)).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let to = (start + 40..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
    text[from..to.min(text.len())].replace('\n', " / ")
}
