//! The rules of the house that a compiler does not check: the direction of dependencies, and the shape of files.
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The crates from the sources of data to the command: each may depend only on those before it.
const ORDER: [&str; 14] = [
    "report",
    "language",
    "codebook",
    "gazetteer",
    "coder",
    "incident",
    "filter",
    "exchange",
    "ledger",
    "outlook",
    "answer",
    "alerts",
    "server",
    "cli",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_path_buf()
}

#[test]
fn crates_depend_only_on_crates_above_them() {
    let output = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let place = |name: &str| name.strip_prefix("forewarn-").and_then(|n| ORDER.iter().position(|o| *o == n));
    let mut checked = 0;
    for package in metadata["packages"].as_array().expect("packages") {
        let name = package["name"].as_str().expect("a name");
        let Some(own) = place(name) else {
            assert_eq!(name, "xtask", "{name} is in no place of the order");
            continue;
        };
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let other = dependency["name"].as_str().expect("a name");
            if let Some(its) = place(other) {
                assert!(its < own, "{name} must not depend on {other}");
                checked += 1;
            }
        }
    }
    assert!(checked >= 6, "only {checked} dependencies between our crates were seen");
}

/// Files that git knows, or would take in, that are text of ours.
fn files() -> Vec<PathBuf> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git runs");
    String::from_utf8_lossy(&output.stdout).lines().map(PathBuf::from).filter(|p| root().join(p).is_file()).collect()
}

#[test]
fn source_files_keep_the_house_rules() {
    let mut faults = Vec::new();
    let mut seen = 0;
    for file in files() {
        let extension = file.extension().and_then(|e| e.to_str()).unwrap_or("");
        let stem = file.file_stem().and_then(|s| s.to_str()).unwrap_or("");
        if ["utils", "util", "common", "helpers", "manager"].contains(&stem) {
            faults.push(format!("{}: a name that says nothing", file.display()));
        }
        if !["rs", "py", "md", "toml", "txt", "ts"].contains(&extension) {
            continue;
        }
        seen += 1;
        let text = std::fs::read_to_string(root().join(&file)).unwrap_or_default();
        let lines = text.lines().count();
        if ["rs", "py", "ts"].contains(&extension) && lines > 900 {
            faults.push(format!("{}: {lines} lines, above 900", file.display()));
        }
        if extension == "rs"
            && !file.ends_with("files.rs")
            && !text.trim_start().starts_with("//!")
            && !text.trim_start().starts_with("#!")
        {
            faults.push(format!("{}: begins without saying what it is (//!)", file.display()));
        }
        for (number, line) in (1..).zip(text.lines()) {
            if ["work", "root", "home"].iter().any(|folder| line.contains(&format!("/{folder}/"))) {
                faults.push(format!("{}:{number}: a machine's path", file.display()));
            }
            if extension == "rs" && line.contains(concat!("to", "do!(")) {
                faults.push(format!("{}:{number}: unfinished", file.display()));
            }
        }
        if !text.is_empty() && !text.ends_with('\n') {
            faults.push(format!("{}: no newline at its end", file.display()));
        }
    }
    assert!(seen > 20, "only {seen} files were seen");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_of_shared_is_committed() {
    let shared = root().join("../shared/seed");
    let Ok(entries) = std::fs::read_dir(&shared) else {
        eprintln!("skipped: needs ../shared");
        return;
    };
    let mut sentences = Vec::new();
    for entry in entries.flatten() {
        if entry.path().extension().is_some_and(|e| e == "txt") {
            let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
            sentences.extend(
                text.split(". ").filter(|s| s.len() > 80).map(|s| s.trim().chars().take(70).collect::<String>()),
            );
        }
    }
    assert!(!sentences.is_empty());
    for file in files() {
        let text = std::fs::read_to_string(root().join(&file)).unwrap_or_default();
        for s in &sentences {
            assert!(!text.contains(s.as_str()), "{} holds the seed report's words: {s}", file.display());
        }
    }
}
