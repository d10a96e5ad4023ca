//! The outlook on the command line: what is answered, what it rests on, and that nothing of a later day is in it.
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod command;

use std::path::Path;

use command::{folder, forewarn, root};
use serde_json::Value;

/// A ledger of these files in a folder of its own.
fn ledger(name: &str, published: &str, files: &[&str]) -> String {
    let file = format!("{}/l.sqlite", folder(name, &[("readme", "")]));
    let mut args = vec!["ingest", "--published", published, "--ledger", &file];
    args.extend(files);
    let ended = forewarn(&args, "");
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    file
}

fn ask(ledger: &str, more: &[&str]) -> Value {
    let mut args = vec!["ask", "Serbia", "Kosovo", "--json", "--ledger", ledger];
    args.extend(more);
    let ended = forewarn(&args, "");
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    serde_json::from_str(&ended.out).expect("JSON")
}

fn list<'a>(answer: &'a Value, field: &str) -> &'a [Value] {
    answer[field].as_array().map_or(&[], Vec::as_slice)
}

/// Types of what counts, in all sections of evidence.
fn counted(answer: &Value) -> Vec<(String, String)> {
    ["moved", "around", "against"]
        .iter()
        .flat_map(|s| list(answer, s))
        .map(|e| (e["event_type"].to_string(), e["parties"].to_string()))
        .collect()
}

/// An answer that is sane and wide, and in which a disavowal counts as neither force nor mobilisation.
fn hold(answer: &Value) {
    let p = answer["force"]["p"].as_f64().expect("a probability");
    let ends = [0, 1].map(|i| answer["force"]["interval_90"][i].as_f64().expect("an end"));
    let base = answer["force"]["base_rate"].as_f64().expect("a base rate");
    assert!((0.01..0.6).contains(&p) && base > 0.0, "{p} {base}");
    assert!(ends[0] <= p && p <= ends[1] && ends[1] - ends[0] > 0.08, "{ends:?}");
    assert!(ends[1] / ends[0].max(0.001) > 3.0, "wide: {ends:?}");
    assert!(list(answer, "cautions").len() >= 1, "little data is told first");
    let counted = counted(answer);
    let has = |kind: &str, party: &str| counted.iter().any(|(t, who)| t.contains(kind) && who.contains(party));
    assert!(has("ASSAULT", "Serb"), "the attack: {counted:?}");
    assert!(has("REQUEST", "XKX"), "the demand: {counted:?}");
    assert!(has("MOBILIZE", "NATO") || has("AGREE", "NATO") || has("AID", "NATO"), "the reinforcement: {counted:?}");
    let disavowed: Vec<&Value> = list(answer, "disputed").iter().filter(|s| s["what"] == "disavowed").collect();
    let vucic = disavowed.iter().find(|s| s["parties"].to_string().contains("Vucic")).expect("the disavowal");
    for section in ["moved", "around", "against"] {
        for e in list(answer, section) {
            assert_ne!(e["told"]["claim_id"], vucic["told"]["claim_id"], "{section}");
        }
    }
}

#[test]
fn the_seed_report_alone() {
    let seed = root().join("../shared/seed/000_cdbfe85a523acca5.txt");
    if !seed.is_file() {
        eprintln!("skipped: needs ../shared");
        return;
    }
    let file = ledger("outlook-seed", "2023-09-30", &[seed.to_str().expect("UTF-8")]);
    let answer = ask(&file, &[]);
    hold(&answer);
    assert_eq!(answer["as_of"], "2023-09-30");
    assert!(answer["onset"].as_bool().expect("a word"), "the disavowed mobilisation is no force");
    assert!(!counted(&answer).iter().any(|(t, who)| t.contains("MOBILIZE") && who.contains("Vucic")));
}

#[test]
fn the_examples_of_the_same_days() {
    let file = ledger("outlook-examples", "2023-09-25", &["examples/reports/2023-09-24-banjska.jsonl"]);
    hold(&ask(&file, &["--as-of", "2023-09-30"]));
    let text = forewarn(&["ask", "KSV", "srb.", "--ledger", &file], "");
    assert_eq!(text.code, Some(2), "{}", text.out);
    let text = forewarn(&["ask", "Kosvo", "Serbia", "--ledger", &file], "");
    assert!(text.err.contains("did you mean Kosovo"), "{}", text.err);
}

#[test]
fn what_is_published_later_changes_nothing() {
    let later = root().join("examples/reports/2023-09-24-banjska.jsonl");
    let all = std::fs::read_to_string(later).expect("readable");
    let early: String =
        all.lines().filter(|l| !l.contains("\"published\": \"2023-1")).map(|l| format!("{l}\n")).collect();
    assert!(early.len() < all.len());
    // The same days again, told more grimly and with another toll.
    let grim = all.replace("2023-09-2", "2023-11-2").replace("2023-09-30", "2023-11-30").replace("banjska-", "later-");
    let grim = grim.replace("Three attackers", "Ninety attackers").replace("killed one officer", "killed 40 officers");
    let dir = folder("outlook-leak", &[("early.jsonl", &early), ("all.jsonl", &format!("{all}{grim}"))]);
    let one = ledger("outlook-leak-early", "2023-09-25", &[&format!("{dir}/early.jsonl")]);
    let two = ledger("outlook-leak-all", "2023-09-25", &[&format!("{dir}/all.jsonl")]);
    let (one, two) = (ask(&one, &["--as-of", "2023-09-30"]), ask(&two, &["--as-of", "2023-09-30"]));
    for field in [
        "force", "clash", "earlier", "onset", "moved", "around", "disputed", "against", "raises", "lowers", "cautions",
        "data",
    ] {
        assert_eq!(one[field], two[field], "{field}");
    }
    // And it would be seen on a later day.
    let seen = ask(&ledger("outlook-leak-again", "2023-09-25", &[&format!("{dir}/all.jsonl")]), &[]);
    assert_ne!(seen["data"]["reports"], one["data"]["reports"]);
    assert!(Path::new(&dir).is_dir());
}
