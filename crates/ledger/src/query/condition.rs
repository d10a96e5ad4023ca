//! A filter as SQL conditions on claims or on incidents.
//!
//! A condition has one or two forms: a check of one row, and, where an index can give them, the rows it holds for. Types,
//! countries and parties have lists in the order of days (`list.rs`): a page comes along one of them, the others are
//! looked into. Otherwise it is driven by the smallest of the sets or by what the two smallest have in common, or goes
//! through the rows by day until it is full, whichever is likely to cost least; the other conditions are checked row by
//! row. That keeps a page fast for a rare dyad, for a common word, and for a type and a country that are common but seldom
//! come together.

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
    /// `claim` or `incident`.
    pub fn table(self) -> &'static str {
        match self {
            Self::Claims => "claim",
            Self::Incidents => "incident",
        }
    }

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
    /// Gives about as many rows as `rows`, or more, at less cost; none where `rows` is cheap itself.
    pub size: Option<Fragment>,
    /// Checks a row against a list that is made once; better than `check` unless the list is long.
    pub listed: Option<Fragment>,
    /// The lists by day in which its rows stand.
    pub lists: Option<Lists>,
    /// Checks a row of such a list, under the alias `l`, by its days; only of conditions on days.
    pub dated: Option<Fragment>,
}

/// Lists in the order of days (`list.rs`): a condition's rows stand in one or more of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lists {
    /// Rows of the table `mark`; 0 for one that is not there.
    pub marks: Vec<i64>,
    /// How many rows they have together.
    pub count: i64,
    /// Whether every row in them fulfils the condition.
    pub exact: bool,
}

impl Condition {
    pub fn check(check: Fragment) -> Self {
        Self { check, rows: None, size: None, listed: None, lists: None, dated: None }
    }

    fn negated(self) -> Self {
        // `IS NOT TRUE` holds where nothing is known, as a turned term does.
        Self::check(self.check.within("({}) IS NOT TRUE"))
    }
}

/// Holds of claims that no recoding has replaced.
const CURRENT: &str = "c.superseded IS NULL";

/// The conditions of a filter, those on the target itself first.
pub(crate) fn conditions(c: &Connection, filter: &Filter, target: Target) -> Result<Vec<Condition>> {
    let mut out = Vec::new();
    let of_runs = target == Target::Claims && filter.terms.iter().any(|t| t.field == forewarn_filter::Field::Run);
    if target == Target::Claims && !of_runs {
        out.push(Condition::check(Fragment::new(CURRENT, Vec::new())));
    }
    for term in &filter.terms {
        let mut condition = field::condition(c, term, target)?;
        if of_runs {
            // Most indexes hold current claims only, and an earlier run's may have been replaced.
            condition = Condition::check(condition.check);
        }
        out.push(if term.not { condition.negated() } else { condition });
    }
    Ok(out)
}

/// What the conditions are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// The first rows by day.
    Page,
    /// All rows.
    All,
    /// So many rows, whichever come first. A row may come more than once.
    Some(usize),
}

/// `FROM` and `WHERE`. The parameters of both are with the second.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    /// The table with its alias and the index that it is read by, and what drives it.
    pub from: String,
    /// The same for whoever wants no more than ids and days: the table itself may be left out.
    pub keys: String,
    /// What holds of a row.
    pub clause: Fragment,
    /// Whether rows come along a list by day, so that its end gives the latest at once.
    pub along: bool,
    target: Target,
}

impl Plan {
    /// The id of a row.
    pub fn id(&self) -> &'static str {
        match (self.along, self.target) {
            (true, Target::Claims) => "l.claim",
            (true, Target::Incidents) => "l.incident",
            (false, Target::Claims) => "c.id",
            (false, Target::Incidents) => "i.id",
        }
    }

    /// The day of a row: a number where rows come along a list, otherwise text.
    pub fn day(&self) -> &'static str {
        match (self.along, self.target) {
            (true, _) => "l.day",
            (false, Target::Claims) => "c.day",
            (false, Target::Incidents) => "i.day",
        }
    }
}

/// Sets are counted up to this; a larger one is as good as all rows.
const MANY: i64 = 60_000;

/// Sets up to this are not worth a look at other ways.
const FEW: i64 = 500;

/// Rows of a page: what going by day is after.
const PAGE: f64 = 50.0;

/// Microseconds for a row read by its id and checked, for a row come by in the order of days, and for an id in a set; measured
/// with a million claims (`examples/million`). Their proportions matter.
const FETCH: f64 = 2.0;
const WALK: f64 = 2.5;
const LIST: f64 = 0.6;
/// For a row come by along a list, and for a look into another list.
const ALONG: f64 = 0.4;
const LOOK: f64 = 1.2;

/// How to find the rows for which the conditions hold.
pub(crate) fn plan(c: &Connection, conditions: &[Condition], target: Target, purpose: Use) -> Result<Plan> {
    // Where so many rows are enough, a set of as many is as good as a larger one.
    let cap = match purpose {
        Use::Some(most) => MANY.min(most as i64),
        Use::Page | Use::All => MANY,
    };
    let mut sizes: Vec<(i64, usize)> = Vec::new();
    // How long lists are is known.
    sizes.extend(conditions.iter().enumerate().filter_map(|(i, c)| Some((c.lists.as_ref()?.count, i))));
    let least = sizes.iter().map(|(size, _)| *size).min();
    let sets = conditions.iter().filter(|c| c.rows.is_some()).count();
    for (i, condition) in conditions.iter().enumerate() {
        if condition.lists.is_some() || least.is_some_and(|least| least <= FEW) {
            continue;
        }
        // The only set is taken from until there is enough, however large it is.
        if sets == 1 && matches!(purpose, Use::Some(_)) {
            if condition.rows.is_some() {
                sizes.push((0, i));
            }
            continue;
        }
        let Some(rows) = condition.size.as_ref().or(condition.rows.as_ref()) else { continue };
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM ({}) LIMIT {})", rows.sql, cap + 1);
        let size: i64 = c
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_row(rusqlite::params_from_iter(&rows.values), |r| r.get(0)))
            .doing("sizing up a condition")?;
        sizes.push((size, i));
        if size <= FEW {
            break;
        }
    }
    sizes.sort_unstable();
    let all: i64 = c
        .prepare_cached(&format!("SELECT coalesce(max(id), 0) FROM {}", target.table()))
        .and_then(|mut s| s.query_row([], |r| r.get(0)))
        .doing("counting rows")?;
    let all = all.max(1) as f64;
    let (drivers, cost) = drivers(&sizes, all, purpose, cap);
    if let Some((along, least)) = along(conditions, &sizes, all, purpose, cap)
        && least < cost
    {
        return Ok(walk(conditions, along, target));
    }
    let from = if !drivers.is_empty() {
        // By id: no other index is to come between.
        format!("{} NOT INDEXED", target.from())
    } else if target == Target::Incidents {
        format!("{} INDEXED BY incident_day", target.from())
    } else if conditions.iter().any(|c| c.check.sql == CURRENT) {
        format!("{} INDEXED BY claim_day", target.from())
    } else {
        target.from().to_owned()
    };
    let from = if purpose != Use::Page && drivers.is_empty() { target.from().to_owned() } else { from };
    // The set's own parameters come first when its rows are taken one by one and the set is never made whole.
    let streamed = match (purpose, drivers.as_slice()) {
        (Use::Some(_), &[one]) => conditions[one].rows.as_ref().map(|rows| (one, rows)),
        _ => None,
    };
    let (from, mut values) = match streamed {
        Some((_, rows)) => {
            let (table, alias) = (target.from(), target.alias());
            let driven = format!("(WITH d(id) AS NOT MATERIALIZED ({}) SELECT id FROM d) driven", rows.sql);
            (format!("{driven} CROSS JOIN {table} NOT INDEXED ON {alias}.id = driven.id"), rows.values.clone())
        }
        None => (from, Vec::new()),
    };
    let parts = conditions.iter().enumerate().map(|(i, condition)| match &condition.rows {
        Some(_) if streamed.is_some_and(|(one, _)| one == i) => Fragment::new("1", Vec::new()),
        Some(rows) if drivers.contains(&i) => rows.clone().within(&format!("{}.id IN ({{}})", target.alias())),
        _ => match &condition.listed {
            Some(listed) if sizes.iter().any(|&(size, at)| at == i && size <= cap) => listed.clone(),
            _ => condition.check.clone(),
        },
    });
    let mut clause = Fragment::all(parts.collect());
    values.append(&mut clause.values);
    clause.values = values;
    Ok(Plan { keys: from.clone(), from, clause, along: false, target })
}

/// What share of all rows a set has that was counted up to `cap`.
fn share(size: i64, all: f64, cap: i64) -> f64 {
    if size > cap { 0.2_f64.max(cap as f64 / all) } else { size as f64 / all }.clamp(1.0 / all, 1.0)
}

/// The list along which rows are found soonest, and what that is likely to cost.
fn along(conditions: &[Condition], sizes: &[(i64, usize)], all: f64, purpose: Use, cap: i64) -> Option<(usize, f64)> {
    let single = |i: usize| conditions[i].lists.as_ref().is_some_and(|l| l.marks.len() == 1);
    let wanted = match purpose {
        Use::Page => PAGE,
        Use::Some(most) => most as f64,
        Use::All => f64::INFINITY,
    };
    sizes
        .iter()
        .filter(|(_, i)| single(*i))
        .map(|&(size, at)| {
            let others = sizes.iter().filter(|(_, i)| *i != at).map(|(s, _)| share(*s, all, cap)).product::<f64>();
            let steps = (size as f64).min(wanted / others);
            let one = |(i, c): (usize, &Condition)| match &c.lists {
                Some(lists) if i != at && lists.exact => LOOK,
                Some(lists) if lists.exact => 0.0,
                _ if c.dated.is_some() || c.check.sql == CURRENT => 0.0,
                _ => FETCH,
            };
            (at, steps * (ALONG + conditions.iter().enumerate().map(one).sum::<f64>()))
        })
        .min_by(|a, b| a.1.total_cmp(&b.1))
}

/// Rows along a list, looked up in the others.
fn walk(conditions: &[Condition], at: usize, target: Target) -> Plan {
    let (table, here) = (target.table(), target.alias());
    let mut parts = Vec::new();
    let mut rest = Vec::new();
    for (i, condition) in conditions.iter().enumerate() {
        if condition.check.sql == CURRENT {
            // Lists hold current claims only.
            continue;
        }
        if let Some(dated) = &condition.dated {
            parts.push(dated.clone());
            continue;
        }
        let exact = condition.lists.as_ref().is_some_and(|lists| {
            let marks: Vec<Sql> = lists.marks.iter().map(|&m| Sql::Integer(m)).collect();
            parts.push(if i == at {
                Fragment::new("l.mark = ?", marks)
            } else {
                let list = vec!["?"; marks.len()].join(", ");
                Fragment::new(
                    format!(
                        "EXISTS (SELECT 1 FROM {table}_list o WHERE o.mark IN ({list}) AND o.day = l.day
                         AND o.{table} = l.{table})"
                    ),
                    marks,
                )
            });
            lists.exact
        });
        if !exact {
            rest.push(condition.check.clone());
        }
    }
    let keys = format!("{table}_list l");
    let from = format!("{keys} CROSS JOIN {} NOT INDEXED ON {here}.id = l.{table}", target.from());
    let keys = if rest.is_empty() { keys } else { from.clone() };
    parts.append(&mut rest);
    Plan { from, keys, clause: Fragment::all(parts), along: true, target }
}

/// Which sets drive a query: none, the smallest, or the two smallest, and what that is likely to cost. Sets were counted up
/// to `cap`.
fn drivers(sizes: &[(i64, usize)], all: f64, purpose: Use, cap: i64) -> (Vec<usize>, f64) {
    let share = |size: i64| share(size, all, cap);
    let Some(&(first, one)) = sizes.first() else { return (Vec::new(), f64::INFINITY) };
    let walk = match purpose {
        Use::Page => (PAGE / sizes.iter().map(|(s, _)| share(*s)).product::<f64>()).min(all) * WALK,
        Use::All => all * WALK,
        Use::Some(most) => (most as f64 / sizes.iter().map(|(s, _)| share(*s)).product::<f64>()).min(all) * WALK,
    };
    // A set beyond counting is taken for as large as its share.
    let number = |size: i64| share(size) * all;
    let single = match purpose {
        Use::Some(most) => {
            let others = sizes[1..].iter().map(|(s, _)| share(*s)).product::<f64>();
            number(first).min(most as f64 / others) * (LIST + FETCH)
        }
        Use::Page | Use::All => number(first) * (LIST + FETCH),
    };
    let double = sizes
        .get(1)
        .map(|&(second, _)| (number(first) + number(second)) * LIST + number(first) * share(second) * FETCH);
    match double {
        Some(double) if double < single && double < walk => (vec![one, sizes[1].1], double),
        _ if single < walk => (vec![one], single),
        _ => (Vec::new(), walk),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: f64 = 1e6;

    #[test]
    fn the_cheapest_way_is_taken() {
        // A rare set drives, a common one is met soon enough by day.
        let drivers = |sizes: &[(i64, usize)], purpose, cap| drivers(sizes, ALL, purpose, cap).0;
        assert_eq!(drivers(&[(300, 1)], Use::Page, MANY), [1]);
        assert_eq!(drivers(&[(50_000, 1)], Use::Page, MANY), [0_usize; 0]);
        // Two that are common and seldom together.
        assert_eq!(drivers(&[(20_000, 0), (30_000, 2)], Use::Page, MANY), [0, 2]);
        // Sums need every row: the set drives however large it is.
        assert_eq!(drivers(&[(50_000, 1)], Use::All, MANY), [1]);
        assert_eq!(drivers(&[], Use::All, MANY), [0_usize; 0]);
        // Some of them are soon there, out of one set.
        assert_eq!(drivers(&[(2001, 1)], Use::Some(1000), 1000), [1]);
        assert_eq!(drivers(&[(60_000, 0), (2001, 1)], Use::Some(1000), 1000), [0]);
    }

    #[test]
    fn of_two_lists_the_shorter_is_walked() {
        let list = |mark, count, exact| Condition {
            lists: Some(Lists { marks: vec![mark], count, exact }),
            ..Condition::check(Fragment::new("1", Vec::new()))
        };
        let both = [list(1, 90_000, true), list(2, 4000, true)];
        let sizes = [(4000, 1), (90_000, 0)];
        for purpose in [Use::Page, Use::Some(500), Use::All] {
            let (at, cost) = along(&both, &sizes, ALL, purpose, MANY).expect("lists");
            assert_eq!(at, 1, "{purpose:?}");
            assert!(cost < drivers(&sizes, ALL, purpose, MANY).1, "{purpose:?}: {cost}");
        }
        let plan = walk(&both, 1, Target::Incidents);
        assert_eq!(plan.clause.values, [Sql::Integer(1), Sql::Integer(2)]);
        assert_eq!(plan.keys, "incident_list l");
        // What the lists do not say is asked of the rows.
        let plan = walk(&[list(2, 4000, false)], 0, Target::Claims);
        assert_eq!(plan.keys, plan.from);
    }
}
