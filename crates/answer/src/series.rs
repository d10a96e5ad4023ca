//! Series: what happened, by dyad, pair or country and day, week or month, as it is told now or as it was told on a day.
//!
//! As of a day, what was published later has no part in anything: neither in which reports tell of one happening, nor in a
//! toll, nor in who did it. The ledger sums what it holds; of that, what later reports had a part in is taken away, and what
//! was told in its place is added ([`Then`]).

use std::collections::{BTreeMap, BTreeSet};

use forewarn_exchange::row::{CountRange, IncidentRow, PartyRow};
use forewarn_filter::{Days, Field, Filter, Op, Term, Value};
use forewarn_ledger::{Cell, CellKey, Ledger, Step, Unit};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use serde::Serialize;

use crate::error::{Error, Result};
use crate::then::Then;

/// A cell with what it holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Opened {
    /// What happened in it.
    #[serde(flatten)]
    pub cell: Cell,
    /// Its incidents by PLOVER type; of foreign sets none.
    pub types: BTreeMap<String, u64>,
    /// Reports that were published in the step, whatever they tell of, so that silence of the press is not read as peace. None
    /// for what has no day.
    pub published: Option<u64>,
    /// Ids of its incidents, sorted; of foreign sets none.
    pub incidents: Vec<String>,
}

/// The series of what a filter holds for. With `asof:` in the filter, each incident is as it was told at the end of that day.
///
/// # Errors
/// When the ledger cannot be read.
pub fn series(ledger: &Ledger, filter: &Filter, unit: Unit, step: Step) -> Result<Vec<Cell>> {
    cells(ledger, then(ledger, filter)?.as_ref(), filter, unit, step)
}

/// The same, each cell with the incidents that make it and the reporting beside it.
///
/// # Errors
/// As [`series`].
pub fn opened(ledger: &Ledger, filter: &Filter, unit: Unit, step: Step) -> Result<Vec<Opened>> {
    let then = then(ledger, filter)?;
    let published = published(ledger, as_of(filter), step)?;
    let mut out: BTreeMap<Key, Opened> = cells(ledger, then.as_ref(), filter, unit, step)?
        .into_iter()
        .map(|cell| {
            let published = cell.key.from.map(|from| published.get(&from).copied().unwrap_or(0));
            (key(&cell.key), Opened { cell, types: BTreeMap::new(), published, incidents: Vec::new() })
        })
        .collect();
    let mut own = filter.clone();
    if filter.about(Field::Status).next().is_none() {
        own = own.and(only(Field::Status, vec![Value::Word("asserted".into())]));
    }
    let changed: BTreeSet<&str> = then.iter().flat_map(Then::changed).map(String::as_str).collect();
    let mut put = |row: IncidentRow| {
        for key in keys(&row, unit, step) {
            if let Some(cell) = out.get_mut(&key) {
                *cell.types.entry(row.event_type.clone()).or_default() += 1;
                cell.incidents.push(row.incident_id.clone());
            }
        }
    };
    ledger.each_incident::<Error>(&own, |row| {
        if !changed.contains(row.incident_id.as_str()) {
            put(row);
        }
        Ok(())
    })?;
    if let Some(past) = then.as_ref().and_then(Then::ledger) {
        past.each_incident::<Error>(&own, |row| {
            put(row);
            Ok(())
        })?;
    }
    Ok(out
        .into_values()
        .map(|mut cell| {
            cell.incidents.sort();
            cell
        })
        .collect())
}

/// The day as of which a filter asks: the first of those that it names.
pub fn as_of(filter: &Filter) -> Option<Date> {
    filter.about(Field::AsOf).flat_map(Term::allowed_days).filter_map(|(_, last)| last).min()
}

fn then(ledger: &Ledger, filter: &Filter) -> Result<Option<Then>> {
    as_of(filter).map(|day| Then::read(ledger, day)).transpose()
}

fn cells(ledger: &Ledger, then: Option<&Then>, filter: &Filter, unit: Unit, step: Step) -> Result<Vec<Cell>> {
    let mut out = ledger.series(filter, unit, step)?;
    let Some((then, past)) = then.and_then(|t| t.ledger().map(|past| (t, past))) else { return Ok(out) };
    let mut sums: BTreeMap<Key, Cell> = out.drain(..).map(|c| (key(&c.key), c)).collect();
    let mut bare = BTreeSet::new();
    for cell in of_incidents(ledger, then.changed(), filter, unit, step)? {
        let key = key(&cell.key);
        let Some(sum) = sums.get_mut(&key) else { continue };
        less(sum, &cell);
        let killed = [sum.killed.low, sum.killed.best, sum.killed.high];
        if sum.happenings == 0 {
            bare.remove(&key);
            sums.remove(&key);
        } else if killed.contains(&Some(0)) {
            bare.insert(key);
        }
    }
    tell_silence(ledger, then, filter, (unit, step), &bare, &mut sums)?;
    for cell in past.series(filter, unit, step)? {
        match sums.get_mut(&key(&cell.key)) {
            Some(sum) => more(sum, &cell),
            None => drop(sums.insert(key(&cell.key), cell)),
        }
    }
    Ok(sums.into_values().collect())
}

/// Where nobody killed is left of a toll, nobody may have said so: that is not known, and no nought.
fn tell_silence(
    ledger: &Ledger,
    then: &Then,
    filter: &Filter,
    (unit, step): (Unit, Step),
    bare: &BTreeSet<Key>,
    sums: &mut BTreeMap<Key, Cell>,
) -> Result<()> {
    let steps: BTreeSet<Option<Date>> = bare.iter().map(|k| k.3).collect();
    let mut told: BTreeMap<Key, CountRange> = BTreeMap::new();
    for from in steps {
        let mut narrow = filter.clone().and(of_toll());
        if let Some(first) = from {
            narrow = narrow.and(only(Field::Date, vec![Value::Days(Days { first, last: last(first, step)? })]));
        }
        let mut ids = Vec::new();
        ledger.each_incident::<Error>(&narrow, |row| {
            if then.changed().binary_search(&row.incident_id).is_err() {
                ids.push(row.incident_id);
            }
            Ok(())
        })?;
        let some = of_incidents(ledger, &ids, filter, unit, step)?;
        for cell in some.iter().filter(|c| c.key.from == from) {
            add(told.entry(key(&cell.key)).or_default(), cell.killed);
        }
    }
    for key in bare {
        let said = told.get(key).copied().unwrap_or_default();
        if let Some(sum) = sums.get_mut(key) {
            let kept = |sum: Option<u64>, said: Option<u64>| sum.filter(|n| *n > 0 || said.is_some());
            sum.killed = CountRange {
                low: kept(sum.killed.low, said.low),
                best: kept(sum.killed.best, said.best),
                high: kept(sum.killed.high, said.high),
            };
        }
    }
    Ok(())
}

/// Ids asked for at a time: a filter with more has more branches than `SQLite` reads.
const AT_ONCE: usize = 100;

/// The series of some incidents alone; its cells may come more than once.
fn of_incidents(ledger: &Ledger, ids: &[String], filter: &Filter, unit: Unit, step: Step) -> Result<Vec<Cell>> {
    let mut out = Vec::new();
    for ids in ids.chunks(AT_ONCE) {
        let these = only(Field::Id, ids.iter().map(|id| Value::Word(id.into())).collect());
        out.extend(ledger.series(&filter.clone().and(these), unit, step)?);
    }
    Ok(out)
}

/// A filter of one term.
fn only(field: Field, values: Vec<Value>) -> Filter {
    Filter { terms: vec![Term { field, not: false, op: Op::Is, values, span: 0..0 }] }
}

/// Holds where a number of killed is told.
fn of_toll() -> Filter {
    Filter {
        terms: vec![Term { field: Field::Killed, not: false, op: Op::Ge, values: vec![Value::Count(0)], span: 0..0 }],
    }
}

/// How the cells of a series are ordered.
type Key = (Option<String>, Option<String>, Option<String>, Option<Date>, String);

fn key(key: &CellKey) -> Key {
    (key.actor.clone(), key.recipient.clone(), key.country.clone(), key.from, key.set.clone())
}

/// Every figure of a cell that is a number of happenings or reports, with that of another.
fn figures<'a>(a: &'a mut Cell, b: &Cell) -> [(&'a mut u64, u64); 7] {
    [
        (&mut a.happenings, b.happenings),
        (&mut a.verbal_cooperation, b.verbal_cooperation),
        (&mut a.material_cooperation, b.material_cooperation),
        (&mut a.verbal_conflict, b.verbal_conflict),
        (&mut a.material_conflict, b.material_conflict),
        (&mut a.assaults, b.assaults),
        (&mut a.reports, b.reports),
    ]
}

fn more(sum: &mut Cell, cell: &Cell) {
    for (a, b) in figures(sum, cell) {
        *a += b;
    }
    sum.goldstein_sum = tidy(sum.goldstein_sum + cell.goldstein_sum);
    sum.plover_sum = tidy(sum.plover_sum + cell.plover_sum);
    add(&mut sum.killed, cell.killed);
}

fn less(sum: &mut Cell, cell: &Cell) {
    for (a, b) in figures(sum, cell) {
        *a = a.saturating_sub(b);
    }
    sum.goldstein_sum = tidy(sum.goldstein_sum - cell.goldstein_sum);
    sum.plover_sum = tidy(sum.plover_sum - cell.plover_sum);
    let rest = |a: Option<u64>, b: Option<u64>| a.map(|a| a.saturating_sub(b.unwrap_or(0)));
    sum.killed = CountRange {
        low: rest(sum.killed.low, cell.killed.low),
        best: rest(sum.killed.best, cell.killed.best),
        high: rest(sum.killed.high, cell.killed.high),
    };
}

fn add(sum: &mut CountRange, other: CountRange) {
    for (a, b) in [(&mut sum.low, other.low), (&mut sum.best, other.best), (&mut sum.high, other.high)] {
        if let Some(b) = b {
            *a = Some(a.unwrap_or(0) + b);
        }
    }
}

/// Scores have two decimals at most: what binary sums add beyond them is noise, a nought's sign as well.
fn tidy(sum: f64) -> f64 {
    (sum * 1e4).round() / 1e4 + 0.0
}

/// The cells in which an incident stands.
fn keys(row: &IncidentRow, unit: Unit, step: Step) -> BTreeSet<Key> {
    let told = row.date_start.filter(|_| row.date_prec.as_deref() != Some("published"));
    let from = told.or(row.first_published).map(|day| start(day, step));
    let set = || forewarn_exchange::row::OURS.to_owned();
    if unit == Unit::Country {
        return BTreeSet::from([(None, None, country(row), from, set())]);
    }
    let (actors, recipients) = (codes(&row.actor), codes(&row.recipient));
    let mut out = BTreeSet::new();
    for a in &actors {
        for b in &recipients {
            let (a, b) = if unit == Unit::Pair && a > b { (b, a) } else { (a, b) };
            out.insert((a.clone(), b.clone(), None, from, set()));
        }
    }
    out
}

/// The codes under which a side stands: countries and groups, else ethnic codes; none where nobody is named.
fn codes(side: &[PartyRow]) -> BTreeSet<Option<String>> {
    let mut out = BTreeSet::new();
    for p in side {
        let own: Vec<&String> = [&p.country, &p.group].into_iter().flatten().collect();
        if own.is_empty() {
            out.extend(p.ethnicity.clone().map(Some));
        }
        out.extend(own.into_iter().cloned().map(Some));
    }
    if out.is_empty() { BTreeSet::from([None]) } else { out }
}

/// Where it counts: the place's country, otherwise the recipient's, otherwise the actor's.
fn country(row: &IncidentRow) -> Option<String> {
    let side = |side: &[PartyRow]| side.iter().find_map(|p| p.country.clone());
    row.place.as_ref().and_then(|p| p.country.clone()).or_else(|| side(&row.recipient)).or_else(|| side(&row.actor))
}

/// The first day of the step in which a day lies.
fn start(day: Date, step: Step) -> Date {
    match step {
        Step::Day => day,
        Step::Week => {
            let since_monday = day.weekday().since(Weekday::Monday);
            day.saturating_sub(i64::from(since_monday).days())
        }
        Step::Month => day.first_of_month(),
    }
}

/// The last day of the step that begins on a day.
fn last(first: Date, step: Step) -> Result<Date> {
    Ok(match step {
        Step::Day => first,
        Step::Week => first.checked_add(6.days())?,
        Step::Month => first.last_of_month(),
    })
}

/// Reports by the step in which they were published, up to a day.
fn published(ledger: &Ledger, until: Option<Date>, step: Step) -> Result<BTreeMap<Date, u64>> {
    let until = until.unwrap_or(Date::MAX).to_string();
    let found: Vec<(String, i64)> = ledger
        .connection()
        .prepare("SELECT published, count(*) FROM report WHERE published <= ?1 GROUP BY 1")
        .and_then(|mut s| s.query_map([until], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
        .map_err(|source| forewarn_ledger::Error::Sqlite { doing: "counting reports", source })?;
    let mut out = BTreeMap::new();
    for (day, n) in found {
        if let Ok(day) = day.parse::<Date>() {
            *out.entry(start(day, step)).or_default() += n as u64;
        }
    }
    Ok(out)
}
