//! Scores attributions against development files: `cargo run --release --example attribution_eval FILE.jsonl…`.
//!
//! Prints the figures of `eval/scorers.py`'s `score_attribution`. With `--mine` it prints instead how often each word and
//! frame attributes in the files, the counts from which `dictionaries/voice.txt` was drawn up; with `--dump` the attributions as JSON lines; with `--show N` the
//! misses and false alarms of the first N reports.

#![allow(clippy::print_stdout, clippy::print_stderr, missing_docs)]

use std::collections::{BTreeMap, HashSet};

use forewarn_coder::Tree;
use forewarn_coder::voice::{self, Frame};
use forewarn_language::{Engine, Model};
use forewarn_report::Span;
use serde_json::Value;

type Chars = HashSet<usize>;

struct Gold {
    source: Chars,
    cue: Chars,
    content: Chars,
}

fn cover(spans: &Value) -> Chars {
    let pair = |s: &Value| (s[0].as_u64().unwrap_or(0) as usize, s[1].as_u64().unwrap_or(0) as usize);
    spans.as_array().into_iter().flatten().flat_map(|s| pair(s).0..pair(s).1).collect()
}

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
    let mut files = Vec::new();
    let (mut mine, mut show, mut step) = (false, 0, 1);
    let mut dump = false;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--mine" => mine = true,
            "--dump" => dump = true,
            "--show" => show = args.next().map_or(5, |n| n.parse().unwrap_or(5)),
            "--every" => step = args.next().map_or(1, |n| n.parse().unwrap_or(1)),
            _ => files.push(arg),
        }
    }
    let engine = Engine::new(Model::embedded()?);
    let mut characters = [[0usize; 3]; 3];
    let (mut relation, mut link, mut predicted, mut wanted) = (0, 0, 0, 0);
    let mut mined: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut by_rule: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut seconds = 0.0;
    let mut sentences_seen = 0;
    let rows: Vec<String> = files.iter().map(std::fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    for (number, row) in rows.iter().flat_map(|f| f.lines()).enumerate().filter(|(i, _)| i % step == 0) {
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
        let gold: Vec<Gold> = gold_field["attributions"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|a| Gold { source: cover(&a["source"]), cue: cover(&a["cue"]), content: cover(&a["content"]) })
            .collect();
        let sentences = engine.analyse(text, &lines(text));
        let trees: Vec<Tree> = sentences.iter().map(|s| Tree::new(text, s)).collect();
        let chars = |spans: &[Span]| -> Chars {
            spans.iter().flat_map(|s| place[s.start as usize]..place[s.end as usize]).collect()
        };
        let half = |a: &Chars, b: &Chars| {
            !a.is_empty() && !b.is_empty() && a.intersection(b).count() * 2 >= a.len().max(b.len())
        };
        if mine {
            for tree in &trees {
                let seen = std::cell::RefCell::new(HashSet::new());
                // One candidate a word and frame: each is asked alone.
                let ask = |lemma: &str, pos: u8, frame: Frame, preposition: &str| {
                    seen.borrow_mut().insert((lemma.to_string(), pos, frame, preposition.to_string()));
                    None
                };
                voice::cues(tree, &ask);
                let keys: Vec<_> = seen.into_inner().into_iter().collect();
                for (lemma, pos, frame, preposition) in keys {
                    let only = |l: &str, p: u8, f: Frame, q: &str| {
                        (l == lemma && p == pos && f == frame && q == preposition).then_some(None)
                    };
                    for found in voice::cues(tree, &only) {
                        let spans: Vec<Span> = found.content.iter().map(|&t| tree.token(t).span).collect();
                        let whole = chars(&[Span { start: spans[0].start, end: spans[spans.len() - 1].end }]);
                        let word = chars(&[tree.token(found.word).span]);
                        let hit = gold.iter().any(|g| {
                            half(&g.content, &whole)
                                || g.cue.intersection(&word).count() > 0
                                    && g.content.intersection(&whole).count() * 3 > whole.len()
                        });
                        let name =
                            if preposition.is_empty() { frame.as_str().to_string() } else { format!("+{preposition}") };
                        let count = mined.entry(format!("{lemma} {} {name}", pos as char)).or_default();
                        count.0 += usize::from(hit);
                        count.1 += 1;
                    }
                }
            }
            continue;
        }
        sentences_seen += trees.len();
        let clock = std::time::Instant::now();
        let found = voice::attributions(&trees, &|_, _| false);
        seconds += clock.elapsed().as_secs_f64();
        if dump {
            let pairs = |spans: &[Span]| {
                spans.iter().map(|s| (place[s.start as usize], place[s.end as usize])).collect::<Vec<_>>()
            };
            for a in &found {
                let tree = &trees[a.sentence];
                let cue: Vec<Span> = a.cue.iter().map(|&t| tree.token(t).span).collect();
                let lemma: Vec<&str> = a.cue.iter().map(|&t| tree.lemma(t)).collect();
                println!(
                    "{}",
                    serde_json::json!({"id": row["id"], "source": pairs(a.source_span.as_slice()), "cue": pairs(&cue), "content": pairs(&a.content), "rule": a.rule, "lemma": lemma.join(" ")})
                );
            }
            continue;
        }
        let mut used = HashSet::new();
        let mut cells = [[Chars::new(), Chars::new(), Chars::new()], [Chars::new(), Chars::new(), Chars::new()]];
        let mut missed = Vec::new();
        for a in &found {
            let source = chars(a.source_span.as_slice());
            let cue_spans: Vec<Span> = a.cue.iter().map(|&t| trees[a.sentence].token(t).span).collect();
            let content = chars(&a.content);
            let hit = (0..gold.len()).find(|g| !used.contains(g) && half(&gold[*g].content, &content));
            let by = by_rule.entry(a.rule.to_string()).or_default();
            by.1 += 1;
            if let Some(g) = hit {
                used.insert(g);
                by.0 += 1;
                link += usize::from(
                    gold[g].source.intersection(&source).count() > 0 || gold[g].source.is_empty() && source.is_empty(),
                );
            } else {
                missed.push(a);
            }
            cells[1][0].extend(source);
            cells[1][1].extend(chars(&cue_spans));
            cells[1][2].extend(content);
        }
        for g in &gold {
            cells[0][0].extend(&g.source);
            cells[0][1].extend(&g.cue);
            cells[0][2].extend(&g.content);
        }
        for k in 0..3 {
            characters[k][0] += cells[0][k].intersection(&cells[1][k]).count();
            characters[k][1] += cells[1][k].len();
            characters[k][2] += cells[0][k].len();
        }
        relation += used.len();
        predicted += found.len();
        wanted += gold.len();
        if number < show * step {
            let words = |set: &Chars| {
                text.chars().enumerate().filter(|(i, _)| set.contains(i)).map(|(_, c)| c).collect::<String>()
            };
            println!("=== {}", row["id"]);
            for (i, g) in gold.iter().enumerate().filter(|(i, _)| !used.contains(i)) {
                println!("  missed {i}: S[{}] C[{}] T[{}]", words(&g.source), words(&g.cue), words(&g.content));
            }
            for a in missed {
                let content: Vec<&str> = a.content.iter().map(|s| s.slice(text)).collect();
                let cue: Vec<&str> = a.cue.iter().map(|&t| trees[a.sentence].form(t)).collect();
                println!(
                    "  false: S[{}] C[{}] T[{}] {}",
                    a.source_span.map_or("", |s| s.slice(text)),
                    cue.join(" "),
                    content.join(" … "),
                    a.rule
                );
            }
        }
    }
    if mine {
        for (key, (hit, all)) in mined {
            println!("{hit}\t{all}\t{key}");
        }
        return Ok(());
    }
    let figures = |name: &str, hit: usize, predicted: usize, wanted: usize| {
        let (p, r) = (hit as f64 / predicted.max(1) as f64, hit as f64 / wanted.max(1) as f64);
        println!(
            "{name:10} P {p:.3} R {r:.3} F1 {:.3}  ({hit} of {predicted} and {wanted})",
            2.0 * p * r / (p + r).max(1e-9)
        );
    };
    figures("relation", relation, predicted, wanted);
    figures("link", link, predicted, wanted);
    for (k, name) in ["source", "cue", "content"].iter().enumerate() {
        figures(name, characters[k][0], characters[k][1], characters[k][2]);
    }
    for (rule, (hit, all)) in by_rule {
        println!("  {rule:18} {hit:6} of {all:6} {:.2}", hit as f64 / all as f64);
    }
    println!("{:.1} µs a sentence over {sentences_seen}", seconds * 1e6 / sentences_seen.max(1) as f64);
    Ok(())
}
