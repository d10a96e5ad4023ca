//! Series: happenings per dyad, pair or country and day, week or month.

use forewarn_exchange::row::CountRange;
use forewarn_filter::Filter;
use jiff::civil::Date;
use rusqlite::types::Value as Sql;
use serde::Serialize;

use crate::error::{Doing, Result};
use crate::query::condition::{Fragment, Plan, Target, Use, conditions, plan};
use crate::rows;
use crate::store::Ledger;

/// What a series is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Ordered pairs of codes, actor and recipient.
    Dyad,
    /// Pairs of codes, whoever acts: the smaller code stands first, and what goes both ways counts once.
    Pair,
    /// Where it happened.
    Country,
}

/// How time is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Days.
    Day,
    /// Weeks, from Monday (ISO 8601).
    Week,
    /// Months.
    Month,
}

impl Step {
    /// SQL that gives the first day of the step in which `day` lies.
    fn sql(self, day: &str) -> String {
        match self {
            Self::Day => day.to_owned(),
            Self::Week => format!("date({day}, '-6 days', 'weekday 1')"),
            Self::Month => format!("substr({day}, 1, 7) || '-01'"),
        }
    }
}

/// What a cell is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellKey {
    /// First day of the step; none for what has no day.
    pub from: Option<Date>,
    /// The event set.
    pub set: String,
    /// The acting side's code, of a dyad series; the smaller code, of a pair's. None where the text names nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// The other side's code, of a dyad or pair series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    /// The country, of a country series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// What happened in one step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// What it is about.
    #[serde(flatten)]
    pub key: CellKey,
    /// Happenings: asserted incidents of our own, events of foreign sets.
    pub happenings: u64,
    /// Of quad class 1.
    pub verbal_cooperation: u64,
    /// Of quad class 2.
    pub material_cooperation: u64,
    /// Of quad class 3.
    pub verbal_conflict: u64,
    /// Of quad class 4.
    pub material_conflict: u64,
    /// Of type ASSAULT.
    pub assaults: u64,
    /// Sum of Goldstein values.
    pub goldstein_sum: f64,
    /// Sum of PLOVER scores.
    pub plover_sum: f64,
    /// Persons killed, summed over the happenings that say so; a bound is none where no happening has it.
    pub killed: CountRange,
    /// Reports that tell of them; for foreign sets, their events.
    pub reports: u64,
}

const FIGURES: &str = "count(*), sum({t}.quad_class = 1), sum({t}.quad_class = 2), sum({t}.quad_class = 3),
    sum({t}.quad_class = 4), sum({t}.event_type = 'ASSAULT'), total({t}.goldstein), total({t}.plover_score)";

impl Ledger {
    /// The series of what the filter holds for, by unit and step, in order.
    ///
    /// Own incidents count once for every pair of codes of their sides, and only those of status `asserted` (unless the
    /// filter asks for another status); a foreign set's events count as they are.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn series(&self, filter: &Filter, unit: Unit, step: Step) -> Result<Vec<Cell>> {
        let mut out = self.part(filter, unit, step, Target::Incidents)?;
        let foreign: bool = self
            .connection
            .query_row("SELECT EXISTS (SELECT 1 FROM foreign_event)", [], |r| r.get(0))
            .doing("looking for foreign sets")?;
        if foreign {
            out.extend(self.part(filter, unit, step, Target::Claims)?);
        }
        out.sort_by(|a, b| {
            let key = |c: &Cell| {
                (c.key.actor.clone(), c.key.recipient.clone(), c.key.country.clone(), c.key.from, c.key.set.clone())
            };
            key(a).cmp(&key(b))
        });
        Ok(out)
    }

    fn part(&self, filter: &Filter, unit: Unit, step: Step, target: Target) -> Result<Vec<Cell>> {
        let here = target.alias();
        let mut list = conditions(&self.connection, filter, target)?;
        let own = match target {
            Target::Incidents => {
                let asked = filter.terms.iter().any(|t| t.field == forewarn_filter::Field::Status);
                if asked { "1" } else { "i.status = 'asserted'" }
            }
            Target::Claims => "c.report IS NULL",
        };
        list.push(crate::query::condition::Condition::check(Fragment::new(own, Vec::new())));
        let Plan { from: rows, clause, .. } = plan(&self.connection, &list, target, Use::All)?;
        let (table, row) = match target {
            Target::Claims => ("dyad", "claim"),
            Target::Incidents => ("incident_dyad", "incident"),
        };
        let (set, killed, reports) = match target {
            Target::Incidents => {
                ("'forewarn'", "sum(i.killed_low), sum(coalesce(i.killed_best, i.killed_low)), sum(i.killed_high)", "sum(i.reports)")
            }
            Target::Claims => (
                "c.\"set\"",
                "sum((SELECT n.low FROM tally n WHERE n.claim = c.id AND n.what = 'killed' AND n.who = '')),
                 sum((SELECT coalesce(n.best, n.low) FROM tally n WHERE n.claim = c.id AND n.what = 'killed' AND n.who = '')),
                 sum((SELECT n.high FROM tally n WHERE n.claim = c.id AND n.what = 'killed' AND n.who = ''))",
                "count(*)",
            ),
        };
        // A filter on a dyad asks for its own cells, not for those of every other code of its parties.
        let pairs = pairs(filter, unit == Unit::Pair);
        let (keys, from, values) = match unit {
            Unit::Dyad => {
                let from = format!("{rows} CROSS JOIN {table} d ON d.{row} = {here}.id");
                ("d.actor, d.recipient, NULL".to_owned(), from, pairs.values)
            }
            Unit::Pair => {
                let from = format!(
                    "{rows} CROSS JOIN {table} d ON d.{row} = {here}.id AND NOT (d.actor > d.recipient AND EXISTS (
                       SELECT 1 FROM {table} o WHERE o.actor = d.recipient AND o.recipient = d.actor AND o.{row} = d.{row}))"
                );
                ("min(d.actor, d.recipient), max(d.actor, d.recipient), NULL".to_owned(), from, pairs.values)
            }
            Unit::Country => (format!("NULL, NULL, {here}.country"), rows, Vec::new()),
        };
        let narrow =
            if unit != Unit::Country && !values.is_empty() { format!(" AND ({})", pairs.sql) } else { String::new() };
        let start = step.sql(&format!("{here}.day"));
        let sql = format!(
            "SELECT {start}, {set}, {keys}, {}, {killed}, {reports} FROM {from} WHERE {}{narrow}
             GROUP BY 1, 2, 3, 4, 5",
            FIGURES.replace("{t}", here),
            clause.sql
        );
        let all: Vec<Sql> = clause.values.into_iter().chain(values).collect();
        self.connection
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_map(rusqlite::params_from_iter(&all), cell)?.collect())
            .doing("summing a series")
    }
}

fn cell(r: &rusqlite::Row<'_>) -> rusqlite::Result<Cell> {
    let number = |i: usize| r.get::<_, Option<i64>>(i).map(|n| n.unwrap_or(0) as u64);
    let some = |i: usize| r.get::<_, Option<i64>>(i).map(|n| n.map(|n| n as u64));
    let code = |i: usize| r.get::<_, Option<String>>(i).map(|c| c.filter(|c| !c.is_empty()));
    Ok(Cell {
        key: CellKey {
            from: rows::date(r.get(0)?),
            set: r.get(1)?,
            actor: code(2)?,
            recipient: code(3)?,
            country: code(4)?,
        },
        happenings: number(5)?,
        verbal_cooperation: number(6)?,
        material_cooperation: number(7)?,
        verbal_conflict: number(8)?,
        material_conflict: number(9)?,
        assaults: number(10)?,
        goldstein_sum: tidy(r.get(11)?),
        plover_sum: tidy(r.get(12)?),
        killed: CountRange { low: some(13)?, best: some(14)?, high: some(15)? },
        reports: number(16)?,
    })
}

/// Scores have two decimals at most: what binary sums add beyond them is noise.
fn tidy(sum: f64) -> f64 {
    (sum * 1e4).round() / 1e4
}

/// The pairs of codes that the filter's dyads name; `both_ways` turns each of them round as well.
fn pairs(filter: &Filter, both_ways: bool) -> Fragment {
    let mut list = Vec::new();
    for term in filter.terms.iter().filter(|t| t.field == forewarn_filter::Field::Dyad && !t.not) {
        for value in &term.values {
            let forewarn_filter::Value::Dyad(dyad) = value else { continue };
            let code = |p: &forewarn_filter::PartySpec| p.group.clone().or_else(|| p.country.clone());
            let (a, b) = (code(&dyad.actor), code(&dyad.recipient));
            let mut ways = vec![(a.clone(), b.clone())];
            if dyad.either_way || both_ways {
                ways.push((b, a));
            }
            for (actor, recipient) in ways {
                let mut parts = Vec::new();
                for (column, code) in [("d.actor", actor), ("d.recipient", recipient)] {
                    if let Some(code) = code {
                        parts.push(Fragment::new(format!("{column} = ?"), vec![Sql::Text(code.to_string())]));
                    }
                }
                list.push(Fragment::all(parts));
            }
        }
    }
    if list.is_empty() { Fragment::new("1", Vec::new()) } else { Fragment::any(list) }
}
