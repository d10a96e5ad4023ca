//! How fast one core turns raw text into trees and names.
//!
//! `cargo run --release -p forewarn-language --example speed -- FILE [--rounds N] [--kernel NAME] [--json]`
//!
//! Reads a text file of one paragraph a line, analyses it on one thread and prints sentences and tokens a second, the
//! share of each stage, and the int8 layers' multiply-adds a second next to what the core could do at most. Rates are
//! by processor time where the system tells it (Linux), else by the clock; stages are by the clock.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::{Duration, Instant};

use forewarn_language::{Engine, Kernel, Model, Stage};
use forewarn_report::Span;

struct Options {
    path: String,
    rounds: u32,
    kernel: Kernel,
    json: bool,
}

fn options() -> Result<Options, Box<dyn Error>> {
    let usage = "usage: speed FILE [--rounds N] [--kernel NAME] [--json]";
    let (mut path, mut rounds, mut kernel, mut json) = (None, 3, Kernel::best(), false);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--json" => json = true,
            "--rounds" => rounds = args.next().ok_or(usage)?.parse()?,
            "--kernel" => {
                let name = args.next().ok_or(usage)?;
                let found = Kernel::available().into_iter().find(|k| k.name() == name);
                kernel = found.ok_or_else(|| format!("this machine has no kernel `{name}`"))?;
            }
            _ => path = Some(arg),
        }
    }
    Ok(Options { path: path.ok_or(usage)?, rounds, kernel, json })
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

/// Processor time of this thread so far.
fn cpu_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// Int8 multiply-adds a second that the core reaches with this kernel's dot product, in 10^9, if it has one.
fn peak(kernel: Kernel) -> Option<f64> {
    let once = || {
        let (cpu, started) = (cpu_time(), Instant::now());
        let done = kernel.burst(400_000_000)?;
        let took = cpu.zip(cpu_time()).map_or(started.elapsed(), |(before, after)| after.saturating_sub(before));
        Some(done as f64 / took.as_secs_f64() / 1e9)
    };
    (0..3).filter_map(|_| once()).reduce(f64::max)
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let text = std::fs::read_to_string(&options.path)?;
    let started = Instant::now();
    let model = Model::embedded()?;
    let loading = started.elapsed();
    let started = Instant::now();
    let mut engine = Engine::with_kernel(model, options.kernel);
    let building = started.elapsed();
    let reports = reports(&text);
    let peak = peak(options.kernel);

    let mut best: Option<Run> = None;
    for _ in 0..options.rounds {
        // A new one each time, so that no round finds the words that the last one has seen.
        engine = Engine::with_kernel(Model::embedded()?, options.kernel);
        let run = round(&engine, &reports);
        if best.as_ref().is_none_or(|best| run.cpu < best.cpu) {
            best = Some(run);
        }
    }
    let run = best.ok_or("at least one round")?;
    let (cpu, wall) = (run.cpu.as_secs_f64(), run.wall.as_secs_f64());
    let (sentences, tokens) = (run.sentences as f64, run.tokens as f64);
    let macs = engine.model().macs_per_token() as f64;
    let rate = macs * tokens / cpu / 1e9;
    let convolve = engine.model().convolution_macs_per_token() as f64;
    // Stages are by the clock; what the processor was lent to others is taken off in proportion.
    let convolve_s = run.stages[Stage::Convolve as usize].as_secs_f64() * cpu / wall;
    let convolve_rate = convolve * tokens / convolve_s / 1e9;
    if options.json {
        let line = serde_json::json!({
            "kernel": engine.kernel().name(), "sentences": run.sentences, "tokens": run.tokens,
            "cpu_s": cpu, "wall_s": wall, "sentences_per_s": (sentences / cpu).round(),
            "tokens_per_s": (tokens / cpu).round(), "gmac_per_s": rate, "convolutions_gmac_per_s": convolve_rate,
            "peak_gmac_per_s": peak, "loading_ms": loading.as_secs_f64() * 1e3,
        });
        println!("{line}");
        return Ok(());
    }
    println!("file              {}", options.path);
    println!("kernel            {}", engine.kernel().name());
    println!("model loading     {:.1} ms, engine {:.1} ms", loading.as_secs_f64() * 1e3, building.as_secs_f64() * 1e3);
    println!("size              {sentences} sentences, {tokens} tokens, {:.1} tokens a sentence", tokens / sentences);
    println!("speed             {:.0} sentences/s, {:.0} tokens/s of processor time", sentences / cpu, tokens / cpu);
    println!("                  {:.0} sentences/s, {:.0} tokens/s by the clock", sentences / wall, tokens / wall);
    for stage in Stage::ALL {
        let share = run.stages[stage as usize].as_secs_f64() / wall;
        println!("  {:<15} {:5.1} %  {:5.0} ns/token", format!("{stage:?}"), 100.0 * share, share * cpu * 1e9 / tokens);
    }
    println!("int8 layers       {:.3} M multiply-adds a token, {rate:.1} GMAC/s over all stages", macs / 1e6);
    println!("convolutions      {:.3} M multiply-adds a token, {convolve_rate:.1} GMAC/s", convolve / 1e6);
    if let Some(peak) = peak {
        let (whole, part) = (100.0 * rate / peak, 100.0 * convolve_rate / peak);
        println!("at most           {peak:.1} GMAC/s: {whole:.0} % and {part:.0} %");
    }
    Ok(())
}

/// What one pass over the text took.
struct Run {
    sentences: usize,
    tokens: usize,
    cpu: Duration,
    wall: Duration,
    stages: [Duration; Stage::ALL.len()],
}

fn round(engine: &Engine, reports: &[(&str, Vec<Span>)]) -> Run {
    let mut run =
        Run { sentences: 0, tokens: 0, cpu: Duration::ZERO, wall: Duration::ZERO, stages: Default::default() };
    let cpu = cpu_time();
    let started = Instant::now();
    for (text, blocks) in reports {
        let mut last = Instant::now();
        let mut stage = None;
        let parsed = engine.analyse_watched(text, blocks, &mut |next| {
            let now = Instant::now();
            if let Some(stage) = stage.replace(next) {
                run.stages[stage as usize] += now - last;
            }
            last = now;
        });
        if let Some(stage) = stage {
            run.stages[stage as usize] += last.elapsed();
        }
        run.sentences += parsed.len();
        run.tokens += parsed.iter().map(|s| s.tokens.len()).sum::<usize>();
    }
    run.wall = started.elapsed();
    run.cpu = cpu.zip(cpu_time()).map_or(run.wall, |(before, after)| after.saturating_sub(before));
    run
}
