//! What is in a ledger, without the numbers of rows, runs and times, which depend on how it came in.

use std::fmt::Write;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

/// Everything that a ledger holds, whatever the order in which it came, each part in an order of its own.
const PARTS: &[(&str, &str)] = &[
    ("reports", "SELECT report_id, url, title, text, blocks, publisher, authors, published, language, dropped, digest FROM report ORDER BY 1"),
    (
        "sentences",
        "SELECT r.report_id, s.sentence, s.span_start, s.span_end, s.text FROM sentence s JOIN report r ON r.id = s.report ORDER BY 1, 2, 3",
    ),
    (
        "claims",
        "SELECT c.claim_id, c.digest, r.report_id, s.sentence, c.event_type, c.factuality, c.day, c.country, p.name, p.lat, p.lon
         FROM claim c JOIN report r ON r.id = c.report JOIN sentence s ON s.id = c.sentence LEFT JOIN place p ON p.id = c.place
         WHERE c.superseded IS NULL ORDER BY 1, 2",
    ),
    (
        "parties",
        "SELECT c.claim_id, p.side, p.position, p.text, p.country, p.sector FROM party p JOIN claim c ON c.id = p.claim ORDER BY 1, 2, 3",
    ),
    ("voices", "SELECT c.claim_id, v.position, v.text, v.stance FROM voice v JOIN claim c ON c.id = v.claim ORDER BY 1, 2"),
    ("tallies", "SELECT c.claim_id, t.position, t.what, t.best FROM tally t JOIN claim c ON c.id = t.claim ORDER BY 1, 2"),
    ("dyads", "SELECT c.claim_id, d.actor, d.recipient, d.day FROM dyad d JOIN claim c ON c.id = d.claim ORDER BY 1, 2, 3, 4"),
    ("incidents", INCIDENTS),
    ("members", MEMBERS),
    (
        "pointers",
        "SELECT i.incident_id, c.claim_id, m.role, m.merged_to FROM pointer m JOIN incident i ON i.id = m.incident
         JOIN claim c ON c.id = m.claim ORDER BY 1, 2",
    ),
    (
        "incident dyads",
        "SELECT i.incident_id, d.actor, d.recipient, d.day FROM incident_dyad d JOIN incident i ON i.id = d.incident ORDER BY 1, 2, 3, 4",
    ),
    ("words", "SELECT r.report_id, s.sentence FROM evidence e JOIN sentence s ON s.id = e.rowid JOIN report r ON r.id = s.report WHERE evidence MATCH 'police' ORDER BY 1, 2"),
    // Places at which something stands: one that an incident had for a while, until a finer one was told, may be left behind.
    (
        "map",
        "SELECT p.name, p.country, p.lat, p.lon FROM place_area a JOIN place p ON p.id = a.id
         WHERE EXISTS (SELECT 1 FROM claim c WHERE c.place = p.id) OR EXISTS (SELECT 1 FROM incident i WHERE i.place = p.id)
         ORDER BY 1, 2, 3, 4",
    ),
    ("waiting", "SELECT claim FROM pending"),
];

pub const INCIDENTS: &str = "SELECT incident_id, event_type, status, day, country, killed_best, reports, publishers, independent_origins, b.body
     FROM incident i JOIN incident_body b ON b.incident = i.id ORDER BY 1";

pub const MEMBERS: &str =
    "SELECT i.incident_id, c.claim_id, m.role, m.merged_to FROM member m JOIN incident i ON i.id = m.incident
     JOIN claim c ON c.id = m.claim ORDER BY 1, 2";

/// The contents as text, a heading for each part.
pub fn contents(ledger: &Path) -> String {
    PARTS.iter().fold(String::new(), |mut out, (name, sql)| {
        writeln!(out, "# {name}\n{}", rows(ledger, sql)).expect("a string takes all");
        out
    })
}

/// The rows of a query, a line each.
pub fn rows(ledger: &Path, sql: &str) -> String {
    let connection = reading(ledger);
    let mut statement = connection.prepare(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    let width = statement.column_count();
    let mut rows = statement.query([]).expect("runs");
    let mut out = String::new();
    while let Some(row) = rows.next().expect("a row") {
        let cells: Vec<String> = (0..width)
            .map(|i| match row.get_ref(i).expect("a column") {
                rusqlite::types::ValueRef::Null => "-".to_owned(),
                rusqlite::types::ValueRef::Integer(n) => n.to_string(),
                rusqlite::types::ValueRef::Real(n) => n.to_string(),
                rusqlite::types::ValueRef::Text(t) => String::from_utf8_lossy(t).into_owned(),
                rusqlite::types::ValueRef::Blob(b) => format!("{b:02x?}"),
            })
            .collect();
        writeln!(out, "{}", cells.join("|")).expect("a string takes all");
    }
    out
}

/// One number.
pub fn number(ledger: &Path, sql: &str) -> i64 {
    reading(ledger).query_row(sql, [], |r| r.get(0)).unwrap_or_else(|e| panic!("{sql}: {e}"))
}

fn reading(ledger: &Path) -> Connection {
    Connection::open_with_flags(ledger, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("the ledger opens")
}

/// `SQLite`'s own check of pages, indexes and full-text index, and that no row belongs to one that is not there.
pub fn assert_sound(ledger: &Path) {
    let connection = Connection::open(ledger).expect("the ledger opens");
    let found: String = connection.query_row("PRAGMA integrity_check", [], |r| r.get(0)).expect("can be checked");
    assert_eq!(found, "ok");
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0)).expect("a schema");
    if tables == 0 {
        return;
    }
    connection
        .execute("INSERT INTO evidence(evidence, rank) VALUES ('integrity-check', 1)", [])
        .expect("the words are those of the sentences");
    let mut orphans = connection.prepare("PRAGMA foreign_key_check").expect("can be checked");
    let found: Vec<String> =
        orphans.query_map([], |r| r.get(0)).expect("runs").collect::<Result<_, _>>().expect("rows");
    assert_eq!(found, Vec::<String>::new(), "rows of these tables belong to none");
}
