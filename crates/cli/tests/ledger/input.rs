//! What goes in: files, folders, patterns, standard input; twice without effect; what cannot be read beside what can.

use std::path::{Path, PathBuf};

use crate::command::{Ended, folder, forewarn};
use crate::contents::{contents, number, rows};

const PAGE: &str = "<html><head><title>Shelling near Goma</title></head><body><article><h1>Shelling near Goma</h1>\
    <p>Rebels shelled Goma on Monday, witnesses said.</p></article></body></html>";
const WIRE: &str = r#"{"id":"w1","text":"Police arrested 14 protesters in Minsk on Tuesday.","published":"2024-03-06","publisher":"Example Wire"}
{"id":"w2","text":"A bomb killed three people in Kirkuk on Tuesday.","published":"2024-03-06","publisher":"Example Wire"}
"#;
const BROKEN: &str = "{\"id\":\"b1\",\"text\":\"Soldiers attacked a village near Goma.\"}\n{\"id\":\"b2\",\"text\":\n{\"id\":\"b3\",\"text\":\"Protesters marched in Lima.\"}\n";

fn news(name: &str) -> (String, PathBuf) {
    let dir = folder(
        name,
        &[
            ("in/a.html", PAGE),
            ("in/deep/b.jsonl", WIRE),
            ("in/c.txt", "Gunmen killed two soldiers in Aleppo.\n"),
            ("bad.jsonl", BROKEN),
        ],
    );
    let ledger = Path::new(&dir).join("l.sqlite");
    (dir, ledger)
}

fn ingest(inputs: &[&str], ledger: &Path, input: &str) -> Ended {
    let mut args = vec!["ingest", "--print-ids", "--ledger", ledger.to_str().expect("UTF-8")];
    args.extend(inputs);
    forewarn(&args, input)
}

/// Every table but those that list the runs.
fn all_tables(ledger: &Path) -> String {
    let names = rows(
        ledger,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('run', 'input', 'failure', 'sqlite_sequence') ORDER BY 1",
    );
    names.lines().fold(String::new(), |out, name| {
        let held = rows(ledger, &format!("SELECT * FROM \"{name}\""));
        out + "# " + name + "\n" + &held
    })
}

#[test]
fn the_same_input_twice_changes_nothing() {
    let (dir, ledger) = news("twice");
    let inputs = format!("{dir}/in");
    let first = ingest(&[&inputs], &ledger, "");
    assert_eq!((first.code, first.out.lines().count()), (Some(0), 4), "{}", first.err);
    assert!(number(&ledger, "SELECT count(*) FROM incident") >= 4);
    let before = all_tables(&ledger);
    let again = ingest(&[&inputs], &ledger, "");
    assert_eq!((again.code, again.out.as_str()), (Some(0), ""), "{}", again.err);
    assert!(again.err.contains(": 0 new with 0 claims, 4 known already"), "{}", again.err);
    assert!(before == all_tables(&ledger), "reading the same again changed {}", ledger.display());
    let digests = rows(&ledger, "SELECT count(*), count(DISTINCT digest), min(reports) FROM input");
    assert_eq!(digests, "2|1|4\n", "the same input has the same digest in both runs");
}

#[test]
fn a_folder_a_pattern_and_files_give_the_same() {
    let (dir, by_folder) = news("ways");
    let at = |name: &str| Path::new(&dir).join(name);
    assert_eq!(ingest(&[&format!("{dir}/in")], &by_folder, "").code, Some(0));
    let by_pattern = at("pattern.sqlite");
    assert_eq!(ingest(&[&format!("{dir}/in/*.*"), &format!("{dir}/in/**/*.jsonl")], &by_pattern, "").code, Some(0));
    let by_file = at("file.sqlite");
    let files = ["in/c.txt", "in/deep/b.jsonl", "in/a.html"].map(|f| format!("{dir}/{f}"));
    assert_eq!(ingest(&files.each_ref().map(String::as_str), &by_file, "").code, Some(0));
    assert!(contents(&by_folder) == contents(&by_pattern), "a pattern gives other contents than its folder");
    assert!(contents(&by_folder) == contents(&by_file), "files give other contents than their folder");
}

#[test]
fn standard_input_is_read_as_a_file_is() {
    let (dir, by_file) = news("stdin");
    let by_input = Path::new(&dir).join("input.sqlite");
    assert_eq!(ingest(&[&format!("{dir}/in/deep/b.jsonl")], &by_file, "").code, Some(0));
    let piped = ingest(&["-"], &by_input, WIRE);
    assert_eq!((piped.code, piped.out.as_str()), (Some(0), "w1\nw2\n"), "{}", piped.err);
    assert!(contents(&by_file) == contents(&by_input));
    assert_eq!(rows(&by_input, "SELECT path, reports, stored FROM input"), "-|2|2\n");
}

#[test]
fn a_broken_line_is_listed_and_the_rest_goes_in() {
    let (dir, ledger) = news("broken");
    let bad = format!("{dir}/bad.jsonl");
    let Ended { code, out, err } = ingest(&[&bad, &format!("{dir}/in")], &ledger, "");
    assert_eq!(code, Some(3), "{err}");
    assert_eq!(out.lines().count(), 6, "{out}");
    assert!(err.contains("bad.jsonl:2: error[line-unreadable]"), "{err}");
    let failures = rows(&ledger, "SELECT run, path, line, code FROM failure");
    assert_eq!(failures, format!("1|{bad}|2|line-unreadable\n"));
    assert_eq!(rows(&ledger, "SELECT failed, finished IS NULL FROM run"), "1|0\n");
    let only_bad = Path::new(&dir).join("only.sqlite");
    let only = ingest(&["-"], &only_bad, "{\"text\":\n");
    assert_eq!((only.code, only.out.as_str()), (Some(2), ""), "{}", only.err);
    assert!(only.err.ends_with("error: no report could be read\n"), "{}", only.err);
    assert_eq!(number(&only_bad, "SELECT count(*) FROM failure"), 1);
}

#[test]
fn another_text_under_a_taken_id_is_kept_beside_it() {
    let (dir, ledger) = news("taken");
    let other = r#"{"id":"w1","text":"Police arrested 15 protesters in Minsk on Tuesday.","published":"2024-03-06","publisher":"Example Wire"}"#;
    assert_eq!(ingest(&[&format!("{dir}/in/deep/b.jsonl")], &ledger, "").code, Some(0));
    for expected in [3, 3] {
        let Ended { code, err, .. } = ingest(&["-"], &ledger, other);
        assert_eq!(code, Some(0), "{err}");
        assert_eq!(number(&ledger, "SELECT count(*) FROM report"), expected);
    }
    let ids = rows(&ledger, "SELECT report_id FROM report WHERE text LIKE '%15 protesters%'");
    let (stem, digest) = ids.trim().split_once('~').expect("an id of its own");
    assert_eq!((stem, digest.len()), ("w1", 8), "{ids}");
    // Both in one input, in either order, and once more: each text once.
    let both = Path::new(&dir).join("both.sqlite");
    let three = format!("{other}\n{WIRE}{other}\n");
    let Ended { code, out, err } = ingest(&["-"], &both, &three);
    assert_eq!((code, out.lines().count()), (Some(0), 3), "{err}");
    assert!(err.contains("3 new") && err.contains("1 known already"), "{err}");
}

#[test]
fn what_is_not_there_is_misuse() {
    let (dir, ledger) = news("missing");
    for (input, told) in [("no-such.txt", "no such file or folder"), ("no-such-*.txt", "nothing fits the pattern")] {
        let Ended { code, out, err } = ingest(&[&format!("{dir}/{input}")], &ledger, "");
        assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
        assert!(err.contains(told), "{err}");
    }
    assert!(!ledger.exists(), "a ledger was made for nothing");
}
