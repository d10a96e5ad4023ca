//! SQL as the user writes it: reading only, with a limit of rows and of work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use serde_json::Value;

use crate::error::{Doing, Error};
use crate::store::Ledger;

/// The limits of a query.
#[derive(Clone, Debug)]
pub struct Limits {
    /// At most so many rows.
    pub rows: usize,
    /// At most about so many steps of `SQLite`'s machine; a simple row costs some ten to a hundred.
    pub steps: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { rows: 1_000_000, steps: 20_000_000_000 }
    }
}

/// What a query gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Rows given.
    pub rows: usize,
    /// Whether there were more than the limit.
    pub more: bool,
}

/// Steps between two looks at the limit.
const STRIDE: i32 = 100_000;
/// Bytes of one value: a text of a report at most, not a billion zeros.
const LONGEST_VALUE: i32 = 32 << 20;

impl Ledger {
    /// Runs one statement that reads, and hands on the names of its columns and its rows.
    ///
    /// # Errors
    /// When it is not one statement that reads, when `SQLite` finds fault with it, when it takes more steps than the
    /// limit, or the first error of `row`.
    pub fn sql<E: From<Error>>(
        &mut self,
        text: &str,
        limits: &Limits,
        mut columns: impl FnMut(&[String]) -> std::result::Result<(), E>,
        mut row: impl FnMut(Vec<Value>) -> std::result::Result<(), E>,
    ) -> std::result::Result<Answered, E> {
        let spent = Arc::new(AtomicBool::new(false));
        let mut left = limits.steps / STRIDE as u64 + 1;
        let flag = Arc::clone(&spent);
        self.connection
            .progress_handler(
                STRIDE,
                Some(move || {
                    left = left.saturating_sub(1);
                    flag.store(left == 0, Ordering::Relaxed);
                    left == 0
                }),
            )
            .doing("setting a limit")?;
        // `SQLite` counts attaching another file as reading.
        let attached = self.connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0).doing("setting a limit")?;
        let length = self.connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_VALUE).doing("setting a limit")?;
        let done = self.answer(text, limits, &mut columns, &mut row, &spent);
        self.connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, length).doing("lifting a limit")?;
        self.connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, attached).doing("lifting a limit")?;
        self.connection.progress_handler(0, None::<fn() -> bool>).doing("lifting a limit")?;
        done
    }

    fn answer<E: From<Error>>(
        &self,
        text: &str,
        limits: &Limits,
        columns: &mut impl FnMut(&[String]) -> std::result::Result<(), E>,
        row: &mut impl FnMut(Vec<Value>) -> std::result::Result<(), E>,
        spent: &AtomicBool,
    ) -> std::result::Result<Answered, E> {
        let refused = |source: rusqlite::Error| -> E {
            if spent.load(Ordering::Relaxed) {
                return Error::Misuse(format!("the query took more than {} steps and was ended", limits.steps)).into();
            }
            Error::Sqlite { doing: "the query", source }.into()
        };
        let mut statement = self.connection.prepare(text).map_err(refused)?;
        if !statement.readonly() {
            return Err(Error::Misuse("the query would write; a ledger is read by SQL, never written".into()).into());
        }
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        columns(&names)?;
        let mut rows = statement.query([]).map_err(refused)?;
        let mut given = 0;
        while let Some(r) = rows.next().map_err(refused)? {
            if given == limits.rows {
                return Ok(Answered { rows: given, more: true });
            }
            given += 1;
            row((0..names.len()).map(|i| r.get_ref(i).map_or(Value::Null, value)).collect())?;
        }
        Ok(Answered { rows: given, more: false })
    }
}

fn value(v: ValueRef<'_>) -> Value {
    match v {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => n.into(),
        ValueRef::Real(n) => serde_json::Number::from_f64(n).map_or(Value::Null, Value::Number),
        ValueRef::Text(t) => String::from_utf8_lossy(t).into_owned().into(),
        ValueRef::Blob(b) => hex(b).into(),
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0');
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect()
}
