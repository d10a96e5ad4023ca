//! How fast names are looked up and reports resolved, on one core: `cargo run --release -p forewarn-gazetteer --example
//! lookups`. Figures of one run; compare them only within it.
#![allow(clippy::print_stdout, reason = "a measurement says what it found")]

use std::time::Instant;

use forewarn_gazetteer::resolve::{Mention, resolve};
use forewarn_gazetteer::{Gazetteer, fold};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let world = Gazetteer::embedded()?;
    println!("loaded in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let mut names: Vec<String> = world.supplement().iter().map(|p| p.name.to_string()).collect();
    names.extend(
        ["Springfield", "San José", "Santa Cruz", "Goma", "北京", "Nowhere at all", "Qwertz"].map(str::to_owned),
    );
    let rounds = 20;
    let start = Instant::now();
    let mut found = 0usize;
    for _ in 0..rounds {
        found += names.iter().filter(|n| !world.find(&fold(n)).is_empty()).count();
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "names folded and found: {:.0} a second ({found} of {})",
        (rounds * names.len()) as f64 / seconds,
        rounds * names.len()
    );
    let start = Instant::now();
    for _ in 0..rounds {
        for name in &names {
            found += world.ranked(&fold(name)).len();
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("names with all their places, ranked: {:.0} a second", (rounds * names.len()) as f64 / seconds);
    let start = Instant::now();
    for report in names.chunks(8).cycle().take(rounds * names.len() / 8) {
        let mentions: Vec<Mention> = report.iter().map(|n| Mention { key: fold(n), ..Mention::default() }).collect();
        found += resolve(&world, &mentions, &[]).iter().flatten().count();
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("names resolved in reports of eight: {:.0} a second", (rounds * names.len()) as f64 / seconds);
    std::hint::black_box(found);
    Ok(())
}
