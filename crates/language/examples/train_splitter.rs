//! Trains the sentence splitter: `train_splitter OUT.bin TRAIN.conllu … [-- DEV.conllu …]`.
//!
//! See `training/splitter.md`.
#![allow(clippy::print_stdout)]

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use forewarn_language::split::{BITS, FEATURES, Gap, Gaps, Splitter, slot};
use forewarn_language::tokenise::tokenise;
use forewarn_report::Span;

/// Weights are kept as whole multiples of 1 / SCALE.
const SCALE: f32 = 512.0;
const EPOCHS: usize = 12;
const RATE: f32 = 0.1;
const DECAY: f32 = 5e-3;
/// A feature seen less often in the examples is left out.
const LEAST: u32 = 2;
/// The log-odds from which on a gap is a boundary, by its `Kind` (tuned on the dev parts): after a mark, elsewhere in a
/// loose text, elsewhere in an edited one, which seldom lacks its stops.
const THRESHOLDS: [f32; 3] = [-1.0, 0.5, 2.5];

/// A paragraph with its gold words and the offsets at which its sentences end.
#[derive(Default)]
struct Block {
    text: String,
    words: Vec<(u32, u32)>,
    ends: Vec<u32>,
}

struct Example {
    features: [u32; FEATURES],
    boundary: bool,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let cut = args.iter().position(|a| a == "--").unwrap_or(args.len());
    let out = args.first().ok_or("train_splitter OUT.bin TRAIN.conllu … [-- DEV.conllu …]")?;
    let mut train = Vec::new();
    for path in &args[1..cut] {
        train.extend(read(Path::new(path))?);
    }
    let mut examples = Vec::new();
    for block in &train {
        collect(block, &mut examples);
    }
    let positive = examples.iter().filter(|e| e.boundary).count();
    println!("{} open gaps, {positive} of them boundaries", examples.len());
    let weights = learn(&examples);
    let whole: Vec<i16> = weights.iter().map(|w| (w * SCALE).round().clamp(-32_000.0, 32_000.0) as i16).collect();
    let thresholds = THRESHOLDS.map(|t| (t * SCALE) as i32);
    let bytes = Splitter::to_bytes(&whole, thresholds);
    std::fs::write(out, &bytes)?;
    let splitter = Splitter::from_bytes(&bytes).ok_or("the file just written is not well formed")?;
    for path in args.iter().skip(cut + 1) {
        score(path, &splitter, &read(Path::new(path))?);
    }
    Ok(())
}

/// The open gaps of a block, judged with gold sentence starts.
fn collect(block: &Block, out: &mut Vec<Example>) {
    let span = Span::from_range(0..block.text.len());
    let mut tokens = Vec::new();
    tokenise(&block.text, span, &mut tokens);
    let gaps = Gaps::new(&block.text, span, &tokens);
    let mut start = 0;
    for next in 1..tokens.len() {
        let (from, to) = (tokens[next - 1].start, tokens[next].start);
        let boundary = block.ends.iter().any(|&e| e > from && e <= to);
        if gaps.gap(next) == Gap::Open {
            let mut features = [0; FEATURES];
            gaps.features(start, next, &mut features);
            out.push(Example { features, boundary });
        }
        if boundary {
            start = next;
        }
    }
}

/// Logistic regression by AdaGrad with decay, averaged over the last half of the passes.
fn learn(examples: &[Example]) -> Vec<f32> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for feature in examples.iter().flat_map(|e| e.features) {
        *counts.entry(feature).or_default() += 1;
    }
    let kept: Vec<Vec<usize>> =
        examples.iter().map(|e| e.features.iter().filter(|f| counts[f] >= LEAST).map(|&f| slot(f)).collect()).collect();
    let size = 1 << BITS;
    let (mut weights, mut squares, mut sum) = (vec![0f32; size], vec![1e-6f32; size], vec![0f64; size]);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    for epoch in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            order.swap(i, (seed % (i as u64 + 1)) as usize);
        }
        for &i in &order {
            let score: f32 = kept[i].iter().map(|&s| weights[s]).sum();
            let gradient = 1.0 / (1.0 + (-score).exp()) - f32::from(u8::from(examples[i].boundary));
            for &slot in &kept[i] {
                let g = gradient + DECAY * weights[slot];
                squares[slot] += g * g;
                weights[slot] -= RATE * g / squares[slot].sqrt();
            }
        }
        if epoch >= EPOCHS / 2 {
            for (s, w) in sum.iter_mut().zip(&weights) {
                *s += f64::from(*w);
            }
        }
    }
    sum.iter().map(|s| (s / (EPOCHS - EPOCHS / 2) as f64) as f32).collect()
}

fn score(name: &str, splitter: &Splitter, blocks: &[Block]) {
    let verbose = std::env::var_os("SHOW").is_some();
    let (mut right, mut gold, mut given) = (0usize, 0usize, 0usize);
    let (mut right_words, mut gold_words, mut given_words) = (0usize, 0usize, 0usize);
    for block in blocks {
        let span = Span::from_range(0..block.text.len());
        let mut tokens = Vec::new();
        tokenise(&block.text, span, &mut tokens);
        let sentences = splitter.sentences(&block.text, span, &tokens);
        let gold_set: BTreeSet<(u32, u32)> = block.words.iter().copied().collect();
        right_words += tokens.iter().filter(|t| gold_set.contains(&(t.start, t.end))).count();
        gold_words += block.words.len();
        given_words += tokens.len();
        let mut start = 0;
        let gold_spans: Vec<(u32, u32)> = block
            .ends
            .iter()
            .map(|&e| {
                let n = start + block.words[start..].iter().take_while(|w| w.1 <= e).count();
                let s = (block.words[start].0, e);
                start = n;
                s
            })
            .collect();
        let spans: Vec<(u32, u32)> = sentences.iter().map(|r| (tokens[r.start].start, tokens[r.end - 1].end)).collect();
        gold += gold_spans.len();
        given += spans.len();
        right += spans.iter().filter(|s| gold_spans.contains(s)).count();
        if verbose {
            let show = |e: u32, sign: &str| {
                let e = e as usize;
                let from = (0..=e.saturating_sub(45)).rev().find(|&i| block.text.is_char_boundary(i)).unwrap_or(0);
                let to = (block.text.len().min(e + 40)..=block.text.len())
                    .find(|&i| block.text.is_char_boundary(i))
                    .unwrap_or(e);
                println!("{sign} {} ¶ {}", &block.text[from..e], &block.text[e..to]);
            };
            for e in &block.ends {
                if !spans.iter().any(|s| s.1 == *e) {
                    show(*e, "MISS");
                }
            }
            for s in &spans {
                if !block.ends.contains(&s.1) {
                    show(s.1, "EXTRA");
                }
            }
        }
    }
    let f1 = |right: usize, given: usize, gold: usize| {
        let (p, r) = (right as f64 / given as f64, right as f64 / gold as f64);
        format!("P {:.2} R {:.2} F1 {:.2}", 100.0 * p, 100.0 * r, 200.0 * p * r / (p + r))
    };
    println!("{name}");
    println!("  words      {}", f1(right_words, given_words, gold_words));
    println!("  sentences  {}", f1(right, given, gold));
}

/// Reads paragraphs: the text of a paragraph's sentences joined as their spaces say.
fn read(path: &Path) -> Result<Vec<Block>, std::io::Error> {
    let mut blocks: Vec<Block> = Vec::new();
    let (mut fresh, mut space, mut in_range, mut space_after_range) = (true, false, 0, true);
    let mut open = false;
    for line in std::fs::read_to_string(path)?.lines() {
        if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            fresh = true;
        }
        if line.is_empty() && open {
            open = false;
            if let Some(block) = blocks.last_mut() {
                block.ends.push(block.text.len() as u32);
            }
        }
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() < 10 || fields[0].contains('.') {
            continue;
        }
        let spaced = !fields[9].split('|').any(|m| m == "SpaceAfter=No");
        if let Some((_, last)) = fields[0].split_once('-') {
            in_range = last.parse().unwrap_or(0);
            space_after_range = spaced;
            continue;
        }
        if std::mem::take(&mut fresh) {
            blocks.push(Block::default());
            space = false;
        }
        let Some(block) = blocks.last_mut() else { continue };
        open = true;
        if space {
            block.text.push(' ');
        }
        let start = block.text.len() as u32;
        block.text.push_str(fields[1]);
        block.words.push((start, block.text.len() as u32));
        let id: u32 = fields[0].parse().unwrap_or(0);
        space = match id.cmp(&in_range) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => space_after_range,
            std::cmp::Ordering::Greater => spaced,
        };
        if id >= in_range {
            in_range = 0;
        }
    }
    Ok(blocks)
}
