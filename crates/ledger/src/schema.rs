//! The tables: numbered migrations, the views over them, and the columns that the record schema asks for.
//!
//! A migration that has been released is never changed. What keeps the tables true to the records is a test: after all
//! migrations each table has exactly the columns that [`columns`] makes out of the record's fields.

use forewarn_report::Field;
use rusqlite::Connection;

use crate::error::{Doing, Result};

/// The migrations, oldest first: a ledger's version is how many of them it has seen.
pub const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001-reports-and-claims.sql"),
    include_str!("../migrations/0002-incidents.sql"),
    include_str!("../migrations/0003-foreign-sets.sql"),
    include_str!("../migrations/0004-changes-and-alerts.sql"),
    include_str!("../migrations/0005-lists.sql"),
];

/// The views, made anew whenever they or the tables change.
const VIEWS: &str = include_str!("../migrations/views.sql");

/// In the header of each ledger: `FWLG`.
pub const APPLICATION_ID: i64 = 0x4657_4C47;

/// The version that this program writes.
pub const VERSION: u32 = MIGRATIONS.len() as u32;

/// Brings the tables to [`VERSION`], in one transaction: a ledger is of the old version or the new, never between.
///
/// # Errors
/// When `SQLite` refuses.
pub fn migrate(connection: &mut Connection, from: u32) -> Result<()> {
    // What is sorted on the way may be larger than memory.
    connection.pragma_update(None, "temp_store", "FILE").doing("beginning a migration")?;
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .doing("beginning a migration")?;
    // Another process may have been first.
    let from = transaction
        .query_row("PRAGMA user_version", [], |r| r.get::<_, u32>(0))
        .doing("reading the version")?
        .max(from);
    for migration in MIGRATIONS.iter().skip(from as usize) {
        transaction.execute_batch(migration).doing("bringing the tables to the present version")?;
    }
    views(&transaction)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID).doing("marking the file as a ledger")?;
    transaction.pragma_update(None, "user_version", VERSION).doing("writing the version")?;
    transaction.commit().doing("ending a migration")?;
    connection.pragma_update(None, "temp_store", "MEMORY").doing("ending a migration")
}

/// Makes the views anew where they are not the present ones.
pub(crate) fn views(connection: &Connection) -> Result<()> {
    let digest = blake3::hash(VIEWS.as_bytes()).to_hex().to_string();
    let stored: Option<String> = rusqlite::OptionalExtension::optional(connection.query_row(
        "SELECT value FROM meta WHERE key = 'views'",
        [],
        |r| r.get(0),
    ))
    .doing("reading which views there are")?;
    if stored.as_ref() != Some(&digest) {
        connection.execute_batch(VIEWS).doing("making the views")?;
        connection
            .execute("INSERT OR REPLACE INTO meta VALUES ('views', ?1)", [&digest])
            .doing("noting which views there are")?;
    }
    Ok(())
}

/// Moves the ledger's counter on, within a transaction that changes what is known: each has another number than those
/// before it.
pub(crate) fn tick(t: &Connection) -> Result<i64> {
    t.prepare_cached(
        "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'tick' RETURNING CAST(value AS INTEGER)",
    )
    .and_then(|mut s| s.query_row([], |r| r.get(0)))
    .doing("moving the ledger's counter on")
}

/// The columns of a record's scalar fields, each with its SQL type: `date?` is TEXT, a span is two columns, a list of
/// words a JSON array. Fields that hold records (parties, voices …) are tables of their own and give none; a Phrase or
/// a When gives its own fields behind the field's name.
pub fn columns(fields: &[Field], prefix: &str) -> Vec<(String, &'static str)> {
    let mut out = Vec::new();
    for field in fields {
        let name = format!("{prefix}{}", field.name);
        let nested = |of| columns(of, &format!("{}_", field.name));
        match field.kind.trim_end_matches('?') {
            "span" => {
                // A phrase's own words stand beside the phrase's name: predicate_start, not predicate_span_start.
                let stem = if prefix == "predicate_" { "predicate".to_owned() } else { name };
                out.push((format!("{stem}_start"), "INTEGER"));
                out.push((format!("{stem}_end"), "INTEGER"));
            }
            "string" | "date" => out.push((name, "TEXT")),
            "integer" | "boolean" => out.push((name, "INTEGER")),
            "number" => out.push((name, "REAL")),
            "list of string" => out.push((name, "TEXT")),
            "object" => match field.unit {
                "Phrase" => out.extend(nested(forewarn_coder::schema::PHRASE_FIELDS)),
                "When" => out.extend(nested(forewarn_coder::schema::WHEN_FIELDS)),
                _ => {}
            },
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use forewarn_coder::schema::{CLAIM_FIELDS, COUNT_FIELDS, PARTY_FIELDS, PLACE_FIELDS, VOICE_FIELDS};
    use forewarn_report::REPORT_FIELDS;

    fn fresh() -> Connection {
        let mut connection = Connection::open_in_memory().expect("memory");
        migrate(&mut connection, 0).expect("migrations run");
        connection
    }

    fn table(connection: &Connection, name: &str) -> Vec<(String, String)> {
        let mut statement = connection.prepare(&format!("PRAGMA table_info({name})")).expect("a table");
        let rows = statement.query_map([], |r| Ok((r.get(1)?, r.get(2)?))).expect("columns");
        rows.collect::<std::result::Result<_, _>>().expect("columns")
    }

    /// Each field of the record is a column of its type, and each column is a field or one of those named.
    fn holds(connection: &Connection, name: &str, wanted: &[(String, &'static str)], own: &[&str]) {
        let found = table(connection, name);
        for (column, kind) in wanted {
            assert!(found.iter().any(|(n, k)| n == column && k == kind), "{name} lacks {column} {kind}: {found:?}");
        }
        for (column, _) in &found {
            assert!(
                wanted.iter().any(|(n, _)| n == column) || own.contains(&column.as_str()),
                "{name}.{column} is no field of the record"
            );
        }
    }

    fn without(fields: &[(String, &'static str)], names: &[&str]) -> Vec<(String, &'static str)> {
        fields.iter().filter(|(n, _)| !names.contains(&n.as_str())).cloned().collect()
    }

    #[test]
    fn tables_follow_the_record_schema() {
        let c = fresh();
        let report: Vec<_> = columns(REPORT_FIELDS, "");
        // Blocks and dropped pieces are shown with their report and never asked for alone: JSON.
        let own = ["id", "title", "blocks", "dropped", "source_path", "source_line", "digest", "run"];
        holds(&c, "report", &report, &own);
        // The sentence's span and index stand in `sentence`, the report's id in `report`.
        let claim = without(&columns(CLAIM_FIELDS, ""), &["report_id", "sentence", "span_start", "span_end"]);
        let own = [
            "id",
            "report",
            "sentence",
            "place",
            "place_text",
            "place_span_start",
            "place_span_end",
            "place_rule",
            "day",
            "day_end",
            "country",
            "digest",
            "run",
            "superseded",
            "set",
        ];
        holds(&c, "claim", &claim, &own);
        holds(&c, "party", &columns(PARTY_FIELDS, ""), &["claim", "side", "position"]);
        holds(&c, "voice", &columns(VOICE_FIELDS, ""), &["claim", "position"]);
        holds(&c, "tally", &columns(COUNT_FIELDS, ""), &["claim", "position"]);
        // How a claim's words name the place stands with the claim.
        let place = without(&columns(PLACE_FIELDS, ""), &["text", "span_start", "span_end", "rule"]);
        holds(&c, "place", &place, &["id"]);
    }

    #[test]
    fn migrating_twice_changes_nothing() {
        let mut c = fresh();
        let before = c.query_row("SELECT group_concat(sql) FROM sqlite_schema", [], |r| r.get::<_, String>(0));
        migrate(&mut c, VERSION).expect("nothing to do");
        let after = c.query_row("SELECT group_concat(sql) FROM sqlite_schema", [], |r| r.get::<_, String>(0));
        assert_eq!(before.expect("a schema"), after.expect("a schema"));
    }
}
