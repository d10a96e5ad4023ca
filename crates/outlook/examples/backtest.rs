//! Runs the back-tests on the two public sets and prints their tables: `backtest FOLDER [dyads]`, where the folder holds
//! `keds_balkans/events.csv.gz` and `ucdp_country_month/fatalities_1989_2021.csv.gz`.
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::path::PathBuf;

use forewarn_outlook::backtest::dyads::{self, Years};
use forewarn_outlook::weis;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "../shared/forecast".to_owned()));
    let started = std::time::Instant::now();
    let history = weis::read(&std::fs::read(folder.join("keds_balkans/events.csv.gz"))?)?;
    for record in dyads::run(&history, Years { first: 1994, last: 2003 })? {
        println!("{}", record.text());
    }
    println!("dyads: {:.1} s", started.elapsed().as_secs_f64());
    Ok(())
}
