//! Scores factuality against a development file: `cargo run --release --example factuality_eval FILE.jsonl`.
//!
//! Prints the figures of `eval/scorers.py`'s `score_factuality` (Pearson's r, mean absolute error, agreement of sign)
//! over all predicates and over those that are verbs, and with `--show` the furthest misses.

#![allow(clippy::print_stdout, missing_docs)]

use forewarn_coder::{Tree, factuality, times, voice};
use forewarn_language::{Engine, Model, Upos};
use forewarn_report::Span;
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let show = args.iter().any(|a| a == "--show");
    let engine = Engine::new(Model::embedded()?);
    let (mut all, mut verbs) = (Vec::new(), Vec::new());
    for file in args.iter().filter(|a| !a.starts_with("--")) {
        for row in std::fs::read_to_string(file)?.lines() {
            let row: Value = serde_json::from_str(row)?;
            let text = row["text"].as_str().ok_or("no text")?;
            let bytes: Vec<usize> = text.char_indices().map(|(b, _)| b).chain([text.len()]).collect();
            let sentences = engine.analyse(text, &[Span::from_range(0..text.len())]);
            let trees: Vec<Tree> = sentences.iter().map(|s| Tree::new(text, s)).collect();
            let voices = voice::attributions(&trees, &|_, _| false);
            let dates = times::times(&trees, None);
            for p in row["gold"]["predicates"].as_array().into_iter().flatten() {
                let start = bytes[p["start"].as_u64().unwrap_or(0) as usize] as u32;
                let gold = p["value"].as_f64().unwrap_or(0.0);
                let mut guess = 0.0;
                let mut verb = false;
                for (i, tree) in trees.iter().enumerate() {
                    if let Some(t) =
                        (0..tree.len()).find(|&t| tree.token(t).span.start <= start && start < tree.token(t).span.end)
                    {
                        let of_it = voice::voices_of(&voices, tree, i, t);
                        let verdict = factuality::factuality(tree, t, &of_it, None, &dates[i]);
                        guess = verdict.score();
                        verb = tree.upos(t) == Upos::Verb;
                        if show && verb && (guess - gold).abs() > 1.2 {
                            println!("{gold:.2} {guess:.2} {} ({})  {}", tree.form(t), verdict.rule, text);
                        }
                    }
                }
                all.push((gold, guess));
                if verb {
                    verbs.push((gold, guess));
                }
            }
        }
    }
    for (name, pairs) in [("all", &all), ("verbs", &verbs)] {
        let n = pairs.len() as f64;
        let mean = |f: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>() / n;
        let (mg, mp) = (mean(&|p| p.0), mean(&|p| p.1));
        let cov = mean(&|p| (p.0 - mg) * (p.1 - mp));
        let (vg, vp) = (mean(&|p| (p.0 - mg).powi(2)), mean(&|p| (p.1 - mp).powi(2)));
        let sign = mean(&|p| f64::from((p.0 > 0.0) == (p.1 > 0.0)));
        println!(
            "{name:6} n {n} pearson {:.3} mae {:.3} sign {sign:.3}",
            cov / (vg * vp).sqrt(),
            mean(&|p| (p.0 - p.1).abs())
        );
    }
    Ok(())
}
