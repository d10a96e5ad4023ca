//! `forewarn series` as of a day.

use std::path::Path;

use crate::command::{folder, forewarn};

/// The same bomb with three dead, and a day later with five; another bomb.
const REPORTS: &str = r#"{"id":"a","text":"A bomb killed three people in Kirkuk on Monday.","published":"2024-03-05","publisher":"Coastal Post"}
{"id":"b","text":"A bomb in Kirkuk killed five people on Monday, police said.","published":"2024-03-06","publisher":"Evening Ledger"}
{"id":"c","text":"A bomb killed two soldiers in Hilla on Monday.","published":"2024-03-05","publisher":"Coastal Post"}
"#;

fn rows(args: &[&str], ledger: &str) -> Vec<serde_json::Value> {
    let mut all = vec!["series", "--by", "country", "--format", "jsonl", "--ledger", ledger];
    all.extend(args);
    forewarn(&all, "").out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

#[test]
fn a_later_toll_is_not_in_a_series_of_the_day_before() {
    let dir = folder("series", &[("r.jsonl", REPORTS)]);
    let ledger = Path::new(&dir).join("l.sqlite");
    let at = ledger.to_str().expect("UTF-8");
    assert_eq!(forewarn(&["ingest", &format!("{dir}/r.jsonl"), "--ledger", at], "").code, Some(0));
    let killed = |args: &[&str]| {
        let rows = rows(args, at);
        assert_eq!(rows.len(), 1, "{rows:?}");
        (rows[0]["happenings"].as_u64(), rows[0]["killed_best"].as_u64(), rows[0]["reports"].as_u64())
    };
    assert_eq!(killed(&[]), (Some(2), Some(7), Some(3)));
    assert_eq!(killed(&["--as-of", "2024-03-05"]), (Some(2), Some(5), Some(2)));
    assert_eq!(killed(&["asof:2024-03-05"]), (Some(2), Some(5), Some(2)), "the filter asks for the same");
    assert_eq!(killed(&["--as-of", "2024-03-06"]), killed(&[]));
    assert_eq!(rows(&["--as-of", "2024-03-04"], at), Vec::<serde_json::Value>::new());
}

#[test]
fn an_opened_cell_tells_its_incidents() {
    let dir = folder("series-open", &[("r.jsonl", REPORTS)]);
    let ledger = Path::new(&dir).join("l.sqlite");
    let at = ledger.to_str().expect("UTF-8");
    assert_eq!(forewarn(&["ingest", &format!("{dir}/r.jsonl"), "--ledger", at], "").code, Some(0));
    let rows = rows(&["--open", "--as-of", "2024-03-05"], at);
    assert_eq!(rows[0]["types"], serde_json::json!({ "ASSAULT": 2 }));
    assert_eq!(rows[0]["published"], 2);
    let ids = rows[0]["incidents"].as_array().expect("ids");
    assert_eq!(ids.len(), 2);
    for id in ids {
        assert_eq!(forewarn(&["show", id.as_str().expect("an id"), "--ledger", at], "").code, Some(0));
    }
    let table = forewarn(&["series", "--by", "country", "--open", "--ledger", at], "").out;
    assert!(table.contains("ASSAULT 2") && table.contains(ids[0].as_str().expect("an id")), "{table}");
}
