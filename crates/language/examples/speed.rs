//! How fast one core turns raw text into trees and names.
//!
//! `cargo run --release -p forewarn-language --example speed -- FILE [--rounds N] [--kernel NAME]`
//!
//! Reads a text file of one paragraph a line, analyses it on one thread and prints sentences and tokens a second, the
//! share of each stage, and the int8 layers' multiply-adds a second next to what the core could do at most.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::{Duration, Instant};

use forewarn_language::{Engine, Kernel, Model, Stage};
use forewarn_report::Span;

struct Options {
    path: String,
    rounds: u32,
    kernel: Kernel,
}

fn options() -> Result<Options, Box<dyn Error>> {
    let usage = "usage: speed FILE [--rounds N] [--kernel NAME]";
    let (mut path, mut rounds, mut kernel) = (None, 3, Kernel::best());
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--rounds" => rounds = args.next().ok_or(usage)?.parse()?,
            "--kernel" => {
                let name = args.next().ok_or(usage)?;
                let found = Kernel::available().into_iter().find(|k| k.name() == name);
                kernel = found.ok_or_else(|| format!("this machine has no kernel `{name}`"))?;
            }
            _ => path = Some(arg),
        }
    }
    Ok(Options { path: path.ok_or(usage)?, rounds, kernel })
}

/// Reports as a program would get them: some dozen paragraphs each.
fn reports(text: &str) -> Vec<(&str, Vec<Span>)> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut reports = Vec::new();
    let mut from = 0;
    for lines in lines.chunks(20) {
        let len: usize = lines.iter().map(|line| line.len()).sum();
        let mut at = 0;
        let mut blocks = Vec::new();
        for line in lines {
            blocks.push(Span::from_range(at..at + line.len()));
            at += line.len();
        }
        reports.push((&text[from..from + len], blocks));
        from += len;
    }
    reports
}

/// Int8 multiply-adds a second that the core reaches with this kernel's dot product, in 10^9.
fn peak(kernel: Kernel) -> f64 {
    (0..5)
        .map(|_| {
            let started = Instant::now();
            let done = kernel.burst(20_000_000);
            done as f64 / started.elapsed().as_secs_f64() / 1e9
        })
        .fold(0.0, f64::max)
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let text = std::fs::read_to_string(&options.path)?;
    let started = Instant::now();
    let model = Model::embedded()?;
    let loading = started.elapsed();
    let started = Instant::now();
    let engine = Engine::with_kernel(model, options.kernel);
    let building = started.elapsed();
    let reports = reports(&text);
    let peak = peak(options.kernel);

    let mut best: Option<(Duration, [Duration; Stage::ALL.len()])> = None;
    let (mut sentences, mut tokens) = (0, 0);
    for _ in 0..options.rounds {
        let mut stages = [Duration::ZERO; Stage::ALL.len()];
        (sentences, tokens) = (0, 0);
        let started = Instant::now();
        let mut last = started;
        for (text, blocks) in &reports {
            let mut stage = None;
            let parsed = engine.analyse_watched(text, blocks, &mut |next| {
                let now = Instant::now();
                if let Some(stage) = stage.replace(next) {
                    stages[stage as usize] += now - last;
                }
                last = now;
            });
            if let Some(stage) = stage {
                stages[stage as usize] += last.elapsed();
            }
            sentences += parsed.len();
            tokens += parsed.iter().map(|s| s.tokens.len()).sum::<usize>();
        }
        let whole = started.elapsed();
        if best.is_none_or(|(fastest, _)| whole < fastest) {
            best = Some((whole, stages));
        }
    }
    let (whole, stages) = best.ok_or("at least one round")?;
    let seconds = whole.as_secs_f64();
    println!("file              {}", options.path);
    println!("kernel            {}", engine.kernel().name());
    println!("model loading     {:.1} ms, engine {:.1} ms", loading.as_secs_f64() * 1e3, building.as_secs_f64() * 1e3);
    println!("size              {sentences} sentences, {tokens} tokens, {:.1} tokens a sentence", tokens as f64 / sentences as f64);
    println!("speed             {:.0} sentences/s, {:.0} tokens/s (best of {})", sentences as f64 / seconds, tokens as f64 / seconds, options.rounds);
    for stage in Stage::ALL {
        let share = stages[stage as usize].as_secs_f64();
        println!("  {:<15} {:5.1} %  {:5.0} ns/token", format!("{stage:?}"), 100.0 * share / seconds, share * 1e9 / tokens as f64);
    }
    let macs = engine.model().macs_per_token();
    let rate = (macs * tokens) as f64 / seconds / 1e9;
    println!("int8 layers       {:.3} M multiply-adds a token, {rate:.1} GMAC/s over all stages, {peak:.1} GMAC/s at most ({:.0} %)", macs as f64 / 1e6, 100.0 * rate / peak);
    let convolve = engine.model().convolution_macs_per_token();
    let rate = (convolve * tokens) as f64 / stages[Stage::Convolve as usize].as_secs_f64() / 1e9;
    println!("convolutions      {:.3} M multiply-adds a token, {rate:.1} GMAC/s ({:.0} % of the most)", convolve as f64 / 1e6, 100.0 * rate / peak);
    Ok(())
}
