//! Counts document frequencies over free text and writes `models/en-frequencies.bin`.
//!
//! `cargo run --profile quick -p forewarn-incident --example frequencies -- OUT FILE…`: a `.jsonl` file holds one
//! document a line in its `text`; of any other text, five lines are one document.
#![allow(clippy::print_stderr, reason = "a tool of the project, run by hand")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read as _;

use forewarn_language::{Engine, Model};
use forewarn_report::Span;
use rayon::prelude::*;

/// Documents that a word must be in to be kept.
const LEAST: u32 = 3;

/// Lines of plain text that make a document.
const LINES: usize = 5;

fn documents(path: &str) -> Vec<String> {
    let mut text = String::new();
    std::fs::File::open(path).and_then(|mut f| f.read_to_string(&mut text)).unwrap_or_else(|e| panic!("{path}: {e}"));
    let whole = std::path::Path::new(path).extension().is_some_and(|e| e.eq_ignore_ascii_case("jsonl"));
    if whole {
        return text
            .lines()
            .filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok()?["text"].as_str().map(str::to_owned))
            .collect();
    }
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    lines.chunks(LINES).map(|c| c.join("\n")).collect()
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().expect("the file to write comes first");
    let engine = Engine::new(Model::embedded().expect("the model comes with the program"));
    let (mut total, mut counts) = (0_u32, HashMap::<String, u32>::new());
    for path in arguments {
        let documents = documents(&path);
        total += documents.len() as u32;
        let found: Vec<BTreeSet<String>> = documents
            .par_iter()
            .map(|text| {
                let blocks: Vec<Span> = lines(text);
                let mut words = BTreeSet::new();
                for sentence in engine.analyse(text, &blocks) {
                    forewarn_incident::story::vocabulary_of(text, &sentence, &mut |word| {
                        words.insert(word.to_owned());
                    });
                }
                words
            })
            .collect();
        for word in found.into_iter().flatten() {
            *counts.entry(word).or_default() += 1;
        }
        eprintln!("{path}: {} documents, {} words so far", documents.len(), counts.len());
    }
    let mut table: BTreeMap<u32, u32> = BTreeMap::new();
    for (word, n) in counts.into_iter().filter(|(_, n)| *n >= LEAST) {
        let held = table.entry(forewarn_incident::story::word_hash(&word)).or_default();
        *held = (*held).max(n);
    }
    let mut bytes = b"FWDF1\0\0\0".to_vec();
    bytes.extend(total.to_le_bytes());
    bytes.extend((table.len() as u32).to_le_bytes());
    bytes.extend(table.keys().flat_map(|h| h.to_le_bytes()));
    bytes.extend(table.values().map(|&n| ((f64::from(n)).log2() * 16.0).round().min(255.0) as u8));
    std::fs::write(&out, &bytes).expect("the file can be written");
    eprintln!("{out}: {total} documents, {} words, {} bytes", table.len(), bytes.len());
}

fn lines(text: &str) -> Vec<Span> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in text.split_inclusive('\n') {
        let kept = line.trim_end().len();
        if kept > 0 {
            out.push(Span::from_range(at..at + kept));
        }
        at += line.len();
    }
    out
}
