//! The incidents are a function of the reports, whatever the order and the batches in which they came.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{folder, forewarn, root};
use crate::contents::{MEMBERS, contents, rows};
use crate::reports::Dice;

#[test]
fn order_and_batches_do_not_matter() {
    let dir = PathBuf::from(folder("order", &[]));
    fs::create_dir_all(&dir).expect("can be made");
    let corpus = root().join("crates/incident/tests/happenings/reports.jsonl");
    let text = fs::read_to_string(corpus).expect("the corpus is there");
    let mut reports: Vec<&str> = text.lines().collect();
    let first = dir.join("0.sqlite");
    ingest(&dir, &first, &[reports.clone()]);
    assert!(rows(&first, MEMBERS).lines().count() > 100);
    let expected = contents(&first);
    let mut dice = Dice::new(4);
    for (i, batches) in [1, 4, 9].into_iter().enumerate() {
        dice.shuffle(&mut reports);
        let ledger = dir.join(format!("{}.sqlite", i + 1));
        let parts: Vec<Vec<&str>> = reports.chunks(reports.len().div_ceil(batches)).map(<[_]>::to_vec).collect();
        ingest(&dir, &ledger, &parts);
        assert!(
            contents(&ledger) == expected,
            "{batches} batches in another order: {} and {}",
            first.display(),
            ledger.display()
        );
    }
}

/// One run for each part.
fn ingest(dir: &Path, ledger: &Path, parts: &[Vec<&str>]) {
    for part in parts {
        let input = dir.join("part.jsonl");
        fs::write(&input, part.join("\n")).expect("can be written");
        let args = ["ingest", input.to_str().expect("UTF-8"), "--ledger", ledger.to_str().expect("UTF-8")];
        let ended = forewarn(&args, "");
        assert_eq!(ended.code, Some(0), "{}", ended.err);
    }
}
