//! A disk that is full: what was stored is safe, and with more room the rest goes in.
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::command::{folder, root};
use crate::contents::{assert_sound, contents, rows};
use crate::reports::lines;

/// Bytes of the small disk: enough for the tables and a batch or two.
const SMALL: &str = "1600k";

#[test]
fn a_full_disk_loses_nothing_and_says_so() {
    let dir = PathBuf::from(folder("full", &[]));
    let disk = dir.join("disk");
    fs::create_dir_all(&disk).expect("can be made");
    let inputs = inputs(&dir);
    let Some(_mounted) = Mounted::new(&disk) else {
        eprintln!("skipped: needs a tmpfs (root)");
        return;
    };
    let ledger = disk.join("l.sqlite");
    let full = Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .args(ingest(&inputs, &ledger))
        .current_dir(root())
        .output()
        .expect("forewarn runs");
    refused(&full, &ledger);
    let more = Command::new("mount").args(["-o", "remount,size=64m"]).arg(&disk).status().expect("mount runs");
    assert!(more.success(), "more room");
    finished(&dir, &inputs, &ledger, &full);
}

#[test]
fn a_file_that_may_not_grow_loses_nothing() {
    let dir = PathBuf::from(folder("limit", &[]));
    fs::create_dir_all(&dir).expect("can be made");
    let inputs = inputs(&dir);
    let ledger = dir.join("l.sqlite");
    // Without its signal the limit is an error of writing, as a quota is.
    let full = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 1600; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_forewarn")])
        .args(ingest(&inputs, &ledger))
        .current_dir(root())
        .output()
        .expect("sh runs");
    refused(&full, &ledger);
    finished(&dir, &inputs, &ledger, &full);
}

/// A tmpfs while it lives.
struct Mounted<'p>(&'p Path);

impl<'p> Mounted<'p> {
    fn new(at: &'p Path) -> Option<Self> {
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={SMALL}"), "tmpfs"]).arg(at).output();
        mounted.is_ok_and(|o| o.status.success()).then_some(Self(at))
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

fn inputs(dir: &Path) -> Vec<String> {
    (0..30)
        .map(|i| {
            let path = dir.join(format!("{i:02}.jsonl"));
            fs::write(&path, lines(90 + i as u64, i * 20, 20).join("\n")).expect("can be written");
            path.to_str().expect("UTF-8").to_owned()
        })
        .collect()
}

fn ingest(inputs: &[String], ledger: &Path) -> Vec<String> {
    let mut args = vec!["ingest".to_owned(), "--print-ids".to_owned(), "--ledger".to_owned()];
    args.push(ledger.to_str().expect("UTF-8").to_owned());
    args.extend_from_slice(inputs);
    args
}

fn refused(full: &Output, ledger: &Path) {
    let err = String::from_utf8_lossy(&full.stderr);
    assert_eq!(full.status.code(), Some(2), "{err}");
    assert!(
        err.contains(
            "the disk is full or a quota is spent: what was stored is safe, and running this again does the rest"
        ),
        "{err}"
    );
    let ids = acknowledged(full);
    assert!(
        !ids.is_empty() && ids.len() < 600,
        "{} acknowledged: the disk is of the wrong size for this test",
        ids.len()
    );
    held(ledger, &ids);
}

fn acknowledged(run: &Output) -> Vec<String> {
    String::from_utf8_lossy(&run.stdout).lines().map(str::to_owned).collect()
}

fn held(ledger: &Path, ids: &[String]) {
    let stored = rows(ledger, "SELECT report_id FROM report");
    for id in ids {
        assert!(stored.lines().any(|s| s == id), "{id} was acknowledged and is lost");
    }
}

fn finished(dir: &Path, inputs: &[String], ledger: &Path, full: &Output) {
    let run = |ledger: &Path| {
        let run = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .args(ingest(inputs, ledger))
            .current_dir(root())
            .output()
            .expect("forewarn runs");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        acknowledged(&run)
    };
    let mut ids = acknowledged(full);
    ids.extend(run(ledger));
    ids.sort();
    let calm = dir.join("calm.sqlite");
    let mut all = run(&calm);
    all.sort();
    assert_eq!(ids, all, "each report is acknowledged once");
    assert_sound(ledger);
    assert!(contents(ledger) == contents(&calm), "it ended otherwise than a run with room: {}", ledger.display());
}
