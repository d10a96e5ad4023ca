//! Ledgers of every version are brought to the present one and answer; files that are no ledgers are told from them.

#[allow(dead_code, reason = "other tests use the rest")]
mod sample;

use std::path::PathBuf;

use forewarn_ledger::{Error, Ledger, Page, Shown, Writer, schema::VERSION};
use rusqlite::Connection;
use sample::Reader;

/// A ledger of each version, as a program of that version left it.
const FIXTURES: [&str; 5] = [
    include_str!("fixtures/v1.sql"),
    include_str!("fixtures/v2.sql"),
    include_str!("fixtures/v3.sql"),
    include_str!("fixtures/v4.sql"),
    include_str!("fixtures/v5.sql"),
];

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn with(&self, name: &str, sql: &str) -> PathBuf {
        let path = self.0.path().join(name);
        Connection::open(&path).and_then(|c| c.execute_batch(sql)).expect("the fixture is SQL");
        path
    }
}

#[test]
fn there_is_a_fixture_of_every_version() {
    assert_eq!(FIXTURES.len(), VERSION as usize, "a new migration wants a fixture of the version before it");
}

#[test]
fn ledgers_of_every_version_open_and_answer() {
    let (folder, reader) = (Folder::new(), Reader::new());
    let all = Page { limit: 100, ..Page::default() };
    for (version, sql) in (1_u32..).zip(FIXTURES) {
        let path = folder.with(&format!("v{version}.sqlite"), sql);
        if version < VERSION {
            // Reading alone changes no file, so an older one must be brought on first.
            let error = Ledger::open(&path).map(|_| ()).expect_err("it is older");
            assert!(
                matches!(error, Error::Older { found, known, .. } if (found, known) == (version, VERSION)),
                "{error}"
            );
        }
        drop(Ledger::create(&path).unwrap_or_else(|e| panic!("version {version}: {e}")));
        let mut ledger = Ledger::open(&path).expect("it is of the present version now");
        let claims =
            ledger.events(&reader.filter("type:ASSAULT set:forewarn Kirkuk place:Kirkuk"), &all).expect("claims").rows;
        assert_eq!(claims.len(), 2, "version {version}");
        assert!(matches!(ledger.show("b"), Ok(Shown::Report(r)) if r.claims.len() == 1));
        assert!(matches!(ledger.show(&claims[0].claim_id), Ok(Shown::Claim(c)) if !c.bytes.is_empty()));
        let incidents = ledger.incidents(&reader.filter(""), &all).expect("incidents").rows;
        assert_eq!(incidents.len(), usize::from(version >= 2), "version {version}");
        if let Some(incident) = incidents.first() {
            assert_eq!((incident.reports, incident.killed.best), (2, Some(3)));
            assert!(matches!(ledger.show(&incident.incident_id), Ok(Shown::Incident(i)) if i.claims.len() == 2));
        }
        let changes = ledger.changes(None, 100).expect("changes");
        assert_eq!((changes.added.len(), changes.incidents.len()), (2 + usize::from(version >= 3), incidents.len()));
        let foreign = ledger.count_events(&reader.filter("set:dyads"), 10).expect("a number");
        assert_eq!(foreign, u64::from(version >= 3));
        for view in ["events", "incidents", "dyad_month", "country_month"] {
            let mut rows = 0;
            ledger
                .sql::<Error>(
                    &format!("SELECT * FROM {view}"),
                    &forewarn_ledger::Limits::default(),
                    |_| Ok(()),
                    |_| {
                        rows += 1;
                        Ok(())
                    },
                )
                .unwrap_or_else(|e| panic!("{view} of version {version}: {e}"));
            assert!(rows > 0 || version == 1 && view != "events", "{view} of version {version} is empty");
        }
        drop(ledger);
        // It can be written to, and its version stays.
        let mut ledger = Ledger::create(&path).expect("opens for writing");
        ledger.merge_all(&mut Writer::new(), 10, &mut |_| {}).expect("merges");
        drop(ledger);
        let found: u32 = Connection::open(&path)
            .and_then(|c| c.query_row("PRAGMA user_version", [], |r| r.get(0)))
            .expect("a version");
        assert_eq!(found, VERSION);
    }
}

#[test]
fn tables_of_an_old_ledger_end_as_those_of_a_new_one() {
    let folder = Folder::new();
    let schema = |path: &PathBuf| -> Vec<(String, String)> {
        let c = Connection::open(path).expect("opens");
        let mut s = c
            .prepare("SELECT m.name, group_concat(t.name || ' ' || t.type, ', ') FROM sqlite_schema m JOIN pragma_table_info(m.name) t GROUP BY 1 ORDER BY 1")
            .expect("a schema");
        s.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).expect("rows").collect::<Result<_, _>>().expect("rows")
    };
    let fresh = folder.0.path().join("fresh.sqlite");
    drop(Ledger::create(&fresh).expect("a new ledger"));
    for (version, sql) in (1..).zip(FIXTURES) {
        let path = folder.with(&format!("v{version}.sqlite"), sql);
        drop(Ledger::create(&path).expect("opens"));
        assert_eq!(schema(&path), schema(&fresh), "version {version}");
    }
}

#[test]
fn lists_by_day_are_the_same_made_at_once_or_one_by_one() {
    let folder = Folder::new();
    let path = folder.0.path().join("sample.sqlite");
    sample::ledger_of(&["examples/reports"])
        .connection()
        .execute("VACUUM INTO ?1", [path.to_string_lossy()])
        .expect("a copy");
    let lists = || -> Vec<String> {
        let c = Connection::open(&path).expect("opens");
        let mut s = c
            .prepare(
                "SELECT 'claim ' || kind || ' ' || code || ' ' || claims || ' ' || day || ' ' || claim || ' ' || coalesce(until, '-')
                 FROM claim_list JOIN mark ON mark.id = mark
                 UNION ALL
                 SELECT 'incident ' || kind || ' ' || code || ' ' || incidents || ' ' || day || ' ' || incident || ' '
                   || coalesce(until, '-') FROM incident_list JOIN mark ON mark.id = mark ORDER BY 1",
            )
            .expect("lists");
        s.query_map([], |r| r.get(0)).expect("rows").collect::<Result<_, _>>().expect("rows")
    };
    let before = lists();
    assert!(before.len() > 100, "{}", before.len());
    let back = "DROP TABLE claim_list; DROP TABLE incident_list; DROP TABLE mark; PRAGMA user_version = 4;
        CREATE INDEX claim_country ON claim(country) WHERE superseded IS NULL;
        CREATE INDEX incident_country ON incident(country);";
    Connection::open(&path).and_then(|c| c.execute_batch(back)).expect("it is as of version 4 again");
    drop(Ledger::create(&path).expect("it is brought on"));
    assert_eq!(lists(), before);
}

#[test]
fn what_is_no_ledger_of_ours_is_told() {
    let folder = Folder::new();
    let missing = folder.0.path().join("none.sqlite");
    assert!(matches!(Ledger::open(&missing), Err(Error::Missing { .. })));
    assert!(!missing.exists());
    let other = folder.with("other.sqlite", "CREATE TABLE songs (title TEXT); PRAGMA application_id = 7;");
    for opened in [Ledger::open(&other), Ledger::create(&other)] {
        assert!(matches!(opened.map(|_| ()), Err(Error::NotALedger { found: 7, .. })));
    }
    let tables: i64 = Connection::open(&other)
        .and_then(|c| c.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0)))
        .expect("a number");
    assert_eq!(tables, 1, "another program's database was written to");
    let newer = folder
        .with("newer.sqlite", &format!("{} PRAGMA user_version = {};", FIXTURES[FIXTURES.len() - 1], VERSION + 1));
    for opened in [Ledger::open(&newer), Ledger::create(&newer)] {
        assert!(matches!(opened.map(|_| ()), Err(Error::Newer { found, .. }) if found == VERSION + 1));
    }
    let text = folder.0.path().join("notes.txt");
    std::fs::write(
        &text,
        "Nothing that a database would begin with, and long enough to be looked at as one.\n".repeat(20),
    )
    .expect("can be written");
    for opened in [Ledger::open(&text), Ledger::create(&text)] {
        let error = opened.map(|_| ()).expect_err("no database");
        assert!(error.to_string().ends_with("notes.txt: not a ledger, nor any database"), "{error}");
    }
}
