//! SQL that reads, where it was asked for.

use forewarn_ledger::{Error, Ledger, Limits};
use serde_json::{Value, json};

use super::endpoint::Sent;
use crate::asked::{Kind, Parameter};
use crate::desk::Context;
use crate::fault::Fault;

/// How many rows.
pub const MOST: Parameter = Parameter::new("limit", Kind::Count(1, 10_000), "At most so many rows; 1000 otherwise.");

/// Steps of `SQLite`'s machine: some seconds.
const STEPS: u64 = 300_000_000;
/// Bytes of values that an answer holds.
const BYTES: usize = 16 << 20;
/// What a statement may begin with. `PRAGMA` and `BEGIN` read too, but change the connection.
const BEGINNINGS: [&str; 4] = ["select", "with", "values", "explain"];

/// `GET /v1/sql`.
///
/// # Errors
/// `switched-off`, or `bad-sql`.
pub fn get(context: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let text = context.asked.get("q").unwrap_or("");
    run(context, text)
}

/// `POST /v1/sql`.
///
/// # Errors
/// `switched-off`, or `bad-sql`.
pub fn post(context: &mut Context<'_>, sent: &Sent) -> Result<Value, Fault> {
    match sent {
        Sent::Text(text) => run(context, text),
        _ => run(context, ""),
    }
}

fn run(context: &Context<'_>, text: &str) -> Result<Value, Fault> {
    if !context.desk.options.sql {
        return Err(Fault::new("switched-off", "SQL is answered where the desk was started with --sql"));
    }
    let first = first_word(text).to_ascii_lowercase();
    if !BEGINNINGS.contains(&first.as_str()) {
        let shown = if first.is_empty() { "nothing".to_owned() } else { format!("`{first}`") };
        return Err(Fault::new(
            "bad-sql",
            format!("found {shown}, expected a statement that begins with SELECT, WITH or VALUES"),
        ));
    }
    // A connection of its own: whatever a statement leaves behind goes with it.
    let mut ledger = Ledger::open(&context.desk.options.ledger)?;
    let limits = Limits { rows: context.asked.count("limit", 1000) as usize, steps: STEPS };
    let mut columns = Vec::new();
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let mut left = BYTES;
    let answered = ledger.sql::<Refused>(
        text,
        &limits,
        |names| {
            columns = names.to_vec();
            Ok(())
        },
        |row| {
            let size: usize = row.iter().map(|v| v.as_str().map_or(8, str::len)).sum();
            left = left.checked_sub(size).ok_or(Refused::Large)?;
            rows.push(row);
            Ok(())
        },
    );
    match answered {
        Ok(answered) => Ok(json!({ "columns": columns, "rows": rows, "more": answered.more })),
        Err(Refused::Large) => {
            Err(Fault::new("bad-sql", format!("the rows hold more than {BYTES} bytes: ask for fewer rows or columns")))
        }
        Err(Refused::Ledger(error)) => Err(Fault::new("bad-sql", words(&error))),
    }
}

/// Why a statement gave nothing.
enum Refused {
    Large,
    Ledger(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Ledger(error)
    }
}

/// The error with what lies below it.
fn words(error: &Error) -> String {
    let mut out = error.to_string();
    let mut below = std::error::Error::source(error);
    while let Some(inner) = below {
        let inner_words = inner.to_string();
        if !out.contains(&inner_words) {
            out = format!("{out}: {inner_words}");
        }
        below = inner.source();
    }
    out
}

/// The first word behind blanks and comments.
fn first_word(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        rest = if let Some(line) = rest.strip_prefix("--") {
            line.split_once('\n').map_or("", |(_, r)| r).trim_start()
        } else if let Some(block) = rest.strip_prefix("/*") {
            block.split_once("*/").map_or("", |(_, r)| r).trim_start()
        } else {
            let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            return &rest[..end];
        };
    }
}

#[cfg(test)]
mod tests {
    use super::first_word;

    #[test]
    fn comments_do_not_hide_the_first_word() {
        assert_eq!(first_word("  SELECT 1"), "SELECT");
        assert_eq!(first_word("-- a\n/* b */ pragma query_only"), "pragma");
        assert_eq!(first_word("/* open"), "");
        assert_eq!(first_word("(select 1)"), "");
    }
}
