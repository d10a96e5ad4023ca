//! The desk in a real browser, and its API under a fuzzer.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::desk::Desk;
use crate::{binary, demo, root, run_in, target, web};

/// Names that Chromium goes by.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Where a program lies, by the folders in which programs are looked for: Playwright wants the whole path.
fn path_of(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// Walks the pages of the demo's ledger in Chromium: `tests/desk/`. Screenshots go to `target/desk-screenshots`.
pub fn walk() -> Result<()> {
    let browser =
        std::env::var_os("CHROMIUM").map(PathBuf::from).or_else(|| BROWSERS.iter().find_map(|name| path_of(name)));
    let (Some(browser), true) = (browser, web::have_node()) else {
        // A machine of CI has both: .ci/run installs them.
        if std::env::var_os("CI").is_some() {
            bail!("the browser's walk needs Node and Chromium");
        }
        eprintln!("== browser: skipped: needs Node and Chromium");
        return Ok(());
    };
    let folder = root().join("tests/desk");
    run_in("browser packages", &folder, web::npm(), &["ci", "--no-audit", "--no-fund", "--ignore-scripts"])?;
    let desk = Desk::open(&binary(), &demo::ledger(), "127.0.0.1:0")?;
    eprintln!("== browser: {} at {}", browser.display(), desk.url("/"));
    let status = Command::new("node")
        .args(["--test", "--test-concurrency=1", "walk.test.mjs"])
        .current_dir(&folder)
        .env("DESK", desk.url(""))
        .env("CHROMIUM", &browser)
        .env("SCREENSHOTS", target().join("desk-screenshots"))
        .status()?;
    if !status.success() {
        bail!("the browser's walk failed ({status})");
    }
    Ok(())
}

/// The version of Schemathesis that is run.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// Sends what the OpenAPI document allows, and what it does not, to the API of the demo's ledger.
pub fn schemathesis() -> Result<()> {
    let venv = target().join("schemathesis");
    let python: PathBuf = venv.join("bin").join("python");
    if !python.is_file() && !Command::new("python3").args(["-m", "venv"]).arg(&venv).status()?.success() {
        if std::env::var_os("CI").is_some() {
            bail!("Schemathesis needs Python 3 with venv");
        }
        eprintln!("== schemathesis: skipped: needs Python 3 with venv");
        return Ok(());
    }
    let python = python.display().to_string();
    run_in(
        "schemathesis packages",
        &root(),
        &python,
        &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", SCHEMATHESIS],
    )?;
    let desk = Desk::open(&binary(), &demo::ledger(), "127.0.0.1:0")?;
    run_in("schemathesis", &root(), &python, &["tests/desk/schemathesis.py", &desk.url("")])
}
