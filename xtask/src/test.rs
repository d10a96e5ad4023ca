//! Everything that must pass.

use std::process::Command;
use std::time::Instant;

use anyhow::Result;

use crate::{browser, cargo, root, web};

/// Runs all of it; the first failure ends it, tests are all run.
pub fn run() -> Result<()> {
    let cargo = cargo();
    let start = Instant::now();
    crate::run("format", &cargo, &["fmt", "--all", "--check"])?;
    // The scripts first: the binary takes in what is built.
    web::build_if_possible()?;
    if web::have_node() {
        web::check()?;
    }
    crate::run(
        "lints",
        &cargo,
        &["clippy", "--profile", "quick", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"],
    )?;
    if Command::new(&cargo).args(["deny", "--version"]).output().is_ok_and(|o| o.status.success()) {
        crate::run("licences and sources", &cargo, &["deny", "--offline", "check", "licenses", "bans", "sources"])?;
    } else {
        eprintln!("== licences and sources: skipped: needs cargo-deny");
    }
    crate::run("demo", &cargo, &["xtask", "demo", "--check"])?;
    browser::walk()?;
    browser::schemathesis()?;
    let torch = Command::new("python3").args(["-c", "import torch, numpy"]).output().is_ok_and(|o| o.status.success());
    if torch {
        crate::run("training smoke", "python3", &["-m", "unittest", "training.test_smoke"])?;
    } else {
        eprintln!("== training smoke: skipped: needs torch");
    }
    if !root().join("../shared").is_dir() {
        eprintln!("== gold sets, treebanks and the seed report: skipped: needs ../shared");
    }
    // Last, so that the test runner's own summary lines close the run.
    crate::run("tests", &cargo, &["test", "--profile", "quick", "--locked", "--workspace", "--no-fail-fast"])?;
    eprintln!("== all: {} s", start.elapsed().as_secs());
    Ok(())
}
