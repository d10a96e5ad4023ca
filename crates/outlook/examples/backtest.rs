//! Runs the back-tests on the two public sets and prints their tables: `backtest [FOLDER] [dyads|countries|year|deaths|bands|seldom] [FIRST
//! LAST]`,
//! where the folder holds `keds_balkans/events.csv.gz` and `ucdp_country_month/fatalities_1989_2021.csv.gz`.
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::path::PathBuf;

use forewarn_outlook::backtest::dyads::{self, Years};
use forewarn_outlook::backtest::{countries, deaths, held, year};
use forewarn_outlook::outcome::Outcome;
use forewarn_outlook::{Fatalities, weis};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = PathBuf::from(arguments.first().map_or("../shared/forecast", String::as_str));
    let which = arguments.get(1).map_or("all", String::as_str);
    let years = |first: i32, last: i32| -> anyhow::Result<Years> {
        match (arguments.get(2), arguments.get(3)) {
            (Some(first), Some(last)) => Ok(Years { first: first.parse()?, last: last.parse()? }),
            _ => Ok(Years { first, last }),
        }
    };
    let started = std::time::Instant::now();
    if ["all", "dyads", "seldom"].contains(&which) {
        let history = weis::read(&std::fs::read(folder.join("keds_balkans/events.csv.gz"))?)?;
        if which != "seldom" {
            for record in dyads::run(&history, years(1994, 2003)?)? {
                println!("{}", record.text());
            }
        }
        if which != "dyads" {
            let until = "1996-12-31".parse()?;
            for days in [30, 90] {
                let task = format!("force within {days} days, fitted until {until}");
                for group in held::intervals(&history, until, Outcome::Escalation { days })? {
                    let ([l90, h90], [l50, h50]) = (group.at_90, group.at_50);
                    println!(
                        "{:>6} forecasts of {:.4}: {:.4} came true; 90 %: {l90:.4} to {h90:.4}, 50 %: {l50:.4} to {h50:.4}",
                        group.n, group.p, group.observed
                    );
                }
                for record in held::seldom(&history, until, Outcome::Escalation { days }, &task)? {
                    println!("{}", record.text());
                }
            }
        }
        println!("dyads: {:.1} s\n", started.elapsed().as_secs_f64());
    }
    if !["dyads", "seldom"].contains(&which) {
        let bytes = std::fs::read(folder.join("ucdp_country_month/fatalities_1989_2021.csv.gz"))?;
        let table = Fatalities::read(&bytes)?;
        if which == "all" || which == "year" {
            for record in year::run(&table, years(2010, 2021)?)? {
                println!("{}", record.text());
            }
            println!("year: {:.1} s\n", started.elapsed().as_secs_f64());
        }
        if which == "year" {
            return Ok(());
        }
        if which == "all" || which == "deaths" {
            println!("{}", deaths::text(&deaths::run(&table, years(2018, 2021)?)?));
        }
        if which == "bands" || which == "all" {
            println!("{}", deaths::coverage_text(&deaths::coverage(&table, years(2018, 2021)?)?));
        }
        if which == "deaths" || which == "bands" {
            println!("deaths: {:.1} s", started.elapsed().as_secs_f64());
            return Ok(());
        }
        for record in countries::run(&table, years(2010, 2021)?)? {
            println!("{}", record.text());
        }
        println!("countries: {:.1} s", started.elapsed().as_secs_f64());
    }
    Ok(())
}
