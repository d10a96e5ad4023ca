//! The guide in `docs/ledger.md` is held to the database, and its filters to the language.

#[allow(dead_code, reason = "other tests use the rest")]
mod sample;

use std::collections::BTreeSet;
use std::fs;

use forewarn_ledger::{Ledger, Page};
use sample::{Reader, root};

fn guide() -> String {
    fs::read_to_string(root().join("docs/ledger.md")).expect("the guide is there")
}

/// The first cells, in code marks, of the table under a heading.
fn first_cells(guide: &str, heading: &str) -> Vec<String> {
    let start =
        guide.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no heading {heading}")) + heading.len() + 2;
    let rows = guide[start..].lines().skip_while(|l| !l.starts_with('|')).take_while(|l| l.starts_with('|'));
    rows.filter_map(|l| l.strip_prefix("| `")?.split('`').next()).map(str::to_owned).collect()
}

fn names(ledger: &Ledger, sql: &str) -> Vec<String> {
    let mut statement = ledger.connection().prepare(sql).expect("SQL");
    statement.query_map([], |r| r.get(0)).expect("rows").collect::<Result<_, _>>().expect("names")
}

#[test]
fn views_have_the_columns_that_the_guide_names() {
    let (ledger, guide) = (Ledger::in_memory().expect("memory"), guide());
    let views = names(&ledger, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY 1");
    assert_eq!(views, ["country_month", "dyad_month", "events", "incidents"]);
    for view in views {
        let columns = names(&ledger, &format!("SELECT name FROM pragma_table_info('{view}')"));
        assert_eq!(first_cells(&guide, &format!("### `{view}`")), columns, "{view}");
    }
}

#[test]
fn every_table_is_in_the_guide() {
    let ledger = Ledger::in_memory().expect("memory");
    // Tables that SQLite's own indexes keep for themselves are no business of the reader.
    let tables = names(
        &ledger,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite%'",
    );
    let told: BTreeSet<String> = first_cells(&guide(), "## Tables").into_iter().collect();
    assert_eq!(told, tables.into_iter().collect());
}

#[test]
fn filters_and_queries_of_the_guide_are_answered() {
    let (ledger, reader, guide) = (Ledger::in_memory().expect("memory"), Reader::new(), guide());
    let filters: Vec<&str> =
        guide.split("```filter\n").skip(1).filter_map(|b| b.split("```").next()).flat_map(str::lines).collect();
    assert!(filters.len() >= 5);
    for text in filters {
        let filter = reader.filter(text);
        ledger.events(&filter, &Page::default()).unwrap_or_else(|e| panic!("{text}: {e}"));
        ledger.incidents(&filter, &Page::default()).unwrap_or_else(|e| panic!("{text}: {e}"));
    }
    let queries: Vec<String> = guide
        .lines()
        .filter_map(|l| l.find("\"SELECT ").map(|at| l[at + 1..].replace("\\\"", "\u{0}")))
        .filter_map(|l| l.split('"').next().map(|q| q.replace('\u{0}', "\"")))
        .filter(|q| !q.contains(".parquet"))
        .collect();
    assert!(queries.len() >= 2);
    for query in queries {
        ledger.connection().prepare(&query).unwrap_or_else(|e| panic!("{query}: {e}"));
    }
}
