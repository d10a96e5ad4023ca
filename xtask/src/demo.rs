//! The demo: the bundled reports in a ledger, and the desk on the answer.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::desk::Desk;
use crate::{binary, cargo, root, target, web};

/// The reports of the demo: the crisis of Kosovo and Serbia from 2021 to the winter of 2023, and what happened elsewhere.
const REPORTS: [&str; 7] = [
    "kosovo-2021.jsonl",
    "kosovo-2022.jsonl",
    "kosovo-2023.jsonl",
    "2023-09-24-banjska.jsonl",
    "armenia-azerbaijan-2023.jsonl",
    "sudan-2023.jsonl",
    "venezuela-guyana-2023.jsonl",
];

/// The days on which the demo looks, and what it must find there, each once: a filter and the words for it.
const BANJSKA: &str = "country:XKX since:2023-09-24 until:2023-10-03";
const ONCE: [(&str, &str); 3] = [
    ("attack", "type:ASSAULT status:asserted place:Banjska"),
    ("demand", "type:REQUEST mode:yield status:asserted dyad:XKX>SRB"),
    ("reinforcement", "type:MOBILIZE status:asserted actor:NATO"),
];

/// The page that the demo opens.
const ANSWER: &str = "/ask/SRB/XKX";
/// Where it is served, if nobody else is there.
const ADDRESS: &str = "127.0.0.1:8080";

/// The demo's ledger.
pub fn ledger() -> PathBuf {
    target().join("demo").join("forewarn.sqlite")
}

/// Builds, reads, and opens the answer; with `check`, looks at it without a browser and ends.
pub fn run(check: bool) -> Result<()> {
    // `cargo xtask test` has built them already.
    if !check || !root().join("web/dist/desk.js").is_file() {
        web::build_if_possible()?;
    }
    crate::run("build", &cargo(), &["build", "--release", "--locked", "--package", "forewarn-cli"])?;
    let read = fill(&ledger())?;
    for (what, filter) in ONCE {
        let lines = ask(&["incidents", "--format", "jsonl", filter, BANJSKA])?.0;
        let found = lines.lines().count();
        if found != 1 {
            bail!("the {what} of the Banjska days is {found} incidents, expected one");
        }
    }
    println!("{}", read.trim().lines().last().unwrap_or(""));
    if check {
        let desk = Desk::open(&binary(), &ledger(), "127.0.0.1:0")?;
        verdict(&desk)?;
        println!("demo: one attack, one demand, one reinforcement in the Banjska days; the desk answers");
        return Ok(());
    }
    let desk =
        Desk::open(&binary(), &ledger(), ADDRESS).or_else(|_| Desk::open(&binary(), &ledger(), "127.0.0.1:0"))?;
    let url = desk.url(ANSWER);
    println!("Is a new war looming? The answer is at {url} (end with Ctrl-C)");
    open(&url);
    desk.wait()
}

/// The answer page holds its number, its words and its evidence.
fn verdict(desk: &Desk) -> Result<()> {
    let (status, page) = desk.fetch(ANSWER)?;
    if status != 200 {
        bail!("{ANSWER} answered {status}: {}", page.chars().take(400).collect::<String>());
    }
    for part in ["class=\"question\"", "class=\"verdict", "Base rate", "Kosovo", "/events/", "/incidents/"] {
        if !page.contains(part) {
            bail!("{ANSWER} lacks {part}");
        }
    }
    Ok(())
}

/// Reads the demo's reports into a fresh ledger; gives what ingest said.
fn fill(ledger: &Path) -> Result<String> {
    let folder = ledger.parent().context("the ledger lies in a folder")?;
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for suffix in ["", "-wal", "-shm"] {
        // What is not there need not be removed.
        let _ = std::fs::remove_file(folder.join(format!("forewarn.sqlite{suffix}")));
    }
    let files: Vec<String> = REPORTS.iter().map(|r| format!("examples/reports/{r}")).collect();
    let mut args = vec!["ingest"];
    args.extend(files.iter().map(String::as_str));
    Ok(ask(&args)?.1)
}

/// Runs the binary on the demo's ledger: what it wrote to standard output and to standard error.
fn ask(args: &[&str]) -> Result<(String, String)> {
    let binary = binary();
    let output = Command::new(&binary)
        .args(args)
        .arg("--ledger")
        .arg(ledger())
        .current_dir(root())
        .output()
        .with_context(|| binary.display().to_string())?;
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        bail!("forewarn {} ended with {}: {words}", args.join(" "), output.status);
    }
    Ok((String::from_utf8_lossy(&output.stdout).into_owned(), words))
}

/// Opens an address in the browser of whoever sits there; where none can be started, the address was printed.
fn open(url: &str) {
    let (program, args): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let _ = Command::new(program)
        .args(args)
        .arg(url)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
}
