//! A filter as SQL conditions on claims or on incidents.
//!
//! A condition has one or two forms: a check of one row, and, where an index can give them, the rows it holds for. A
//! query is driven by the smallest of those sets, if one is small, and goes through the rows by day otherwise; the
//! other conditions are checked row by row. That keeps a page fast for a rare dyad and for a common word alike.

use forewarn_filter::Filter;
use rusqlite::Connection;
use rusqlite::types::Value as Sql;

use crate::error::{Doing, Result};
use crate::query::field;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Claims, under the alias `c`.
    Claims,
    /// Incidents, under the alias `i`.
    Incidents,
}

impl Target {
    /// `claim c` or `incident i`.
    pub fn from(self) -> &'static str {
        match self {
            Self::Claims => "claim c",
            Self::Incidents => "incident i",
        }
    }

    /// The alias.
    pub fn alias(self) -> &'static str {
        match self {
            Self::Claims => "c",
            Self::Incidents => "i",
        }
    }
}

/// SQL with its parameters, each a bare `?`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Fragment {
    pub sql: String,
    pub values: Vec<Sql>,
}

impl Fragment {
    pub fn new(sql: impl Into<String>, values: Vec<Sql>) -> Self {
        Self { sql: sql.into(), values }
    }

    /// Any of several.
    pub fn any(list: Vec<Self>) -> Self {
        Self::joined(list, " OR ", "0")
    }

    /// All of several.
    pub fn all(list: Vec<Self>) -> Self {
        Self::joined(list, " AND ", "1")
    }

    fn joined(list: Vec<Self>, word: &str, none: &str) -> Self {
        if list.len() == 1 {
            return list.into_iter().next().unwrap_or_default();
        }
        let mut out = Self::default();
        for (i, f) in list.into_iter().enumerate() {
            if i > 0 {
                out.sql.push_str(word);
            }
            out.sql.push('(');
            out.sql.push_str(&f.sql);
            out.sql.push(')');
            out.values.extend(f.values);
        }
        if out.sql.is_empty() {
            none.clone_into(&mut out.sql);
        }
        out
    }

    /// `what` around it, `{}` standing for it.
    pub fn within(self, what: &str) -> Self {
        Self { sql: what.replacen("{}", &self.sql, 1), values: self.values }
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Condition {
    /// Checks a row.
    pub check: Fragment,
    /// Gives the ids of all rows it holds for, through an index; none where only a check will do.
    pub rows: Option<Fragment>,
}

impl Condition {
    pub fn check(check: Fragment) -> Self {
        Self { check, rows: None }
    }

    fn negated(self) -> Self {
        // `IS NOT TRUE` holds where nothing is known, as a turned term does.
        Self { check: self.check.within("({}) IS NOT TRUE"), rows: None }
    }
}

/// The conditions of a filter, those on the target itself first.
pub(crate) fn conditions(c: &Connection, filter: &Filter, target: Target) -> Result<Vec<Condition>> {
    let mut out = Vec::new();
    if target == Target::Claims && !filter.terms.iter().any(|t| t.field == forewarn_filter::Field::Run) {
        out.push(Condition::check(Fragment::new("c.superseded IS NULL", Vec::new())));
    }
    for term in &filter.terms {
        let condition = field::condition(c, term, target)?;
        out.push(if term.not { condition.negated() } else { condition });
    }
    Ok(out)
}

/// A set larger than this does not drive a query.
const FEW: i64 = 4_000;

/// A `WHERE` clause for the conditions: the smallest small set drives it, all else is checked.
pub(crate) fn clause(c: &Connection, conditions: &[Condition], target: Target) -> Result<Fragment> {
    let mut best: Option<(i64, usize)> = None;
    for (i, condition) in conditions.iter().enumerate() {
        let Some(rows) = &condition.rows else { continue };
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM ({}) LIMIT {})", rows.sql, FEW + 1);
        let size: i64 = c
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_row(rusqlite::params_from_iter(&rows.values), |r| r.get(0)))
            .doing("sizing up a condition")?;
        if size <= FEW && best.is_none_or(|(b, _)| size < b) {
            best = Some((size, i));
        }
    }
    let parts = conditions.iter().enumerate().map(|(i, condition)| match (&condition.rows, best) {
        (Some(rows), Some((_, driver))) if i == driver => {
            rows.clone().within(&format!("{}.id IN ({{}})", target.alias()))
        }
        _ => condition.check.clone(),
    });
    Ok(Fragment::all(parts.collect()))
}
