//! What fires on a day.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use forewarn_answer::words::percent;
use forewarn_answer::{Answer, Names};
use forewarn_exchange::row::{IncidentRow, OURS, PartyRow};
use forewarn_ledger::{CellKey, Ledger, Order, Page, Step, StoredFiring, Unit};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::alert::{Above, Alert, By, Error, Result, step_word};
use crate::threshold::{Score, score};

/// Incidents that stand with a firing at most.
const EVIDENCE: usize = 20;

/// Steps of the past that a number is held to: at least, at most.
fn reach(step: Step) -> (usize, usize) {
    match step {
        Step::Day => (28, 180),
        Step::Week => (12, 104),
        Step::Month => (12, 60),
    }
}

/// What came of a check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// What fires, by series. `made` and `id` are left to whoever keeps it.
    pub fired: Vec<StoredFiring>,
    /// Series that were looked at.
    pub series: usize,
    /// How many series are above the threshold and fired so lately that they stay silent.
    pub silent: usize,
    /// Where the record is too short to hold a number to: steps that there are, steps that there must be.
    pub short: Option<(usize, usize)>,
}

/// First day of the step in which a day lies.
fn first(step: Step, day: Date) -> Date {
    match step {
        Step::Day => day,
        Step::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
        Step::Month => day.first_of_month(),
    }
}

/// The first day of the step after (`1`) or before (`-1`) one that begins on `day`.
fn moved(step: Step, day: Date, by: i64) -> Date {
    match step {
        Step::Day => day.saturating_add(by.days()),
        Step::Week => day.saturating_add((7 * by).days()),
        Step::Month => day.saturating_add(by.months()),
    }
}

/// The name of a series; none of those in which a side is not named.
fn series(by: By, key: &CellKey) -> Option<String> {
    match by {
        By::All => Some(String::new()),
        By::Country => key.country.clone(),
        By::Dyad => Some(format!("{}>{}", key.actor.as_deref()?, key.recipient.as_deref()?)),
        By::Pair => Some(format!("{}<>{}", key.actor.as_deref()?, key.recipient.as_deref()?)),
    }
}

/// What an alert on happenings fires on a day, by what was published by its end. The step in which the day lies is judged
/// and the one before it, which reports may have reached late; of the two the one that stands out more fires, unless it did.
///
/// # Errors
/// When the filter can no longer be read, the alert is on a forecast (see [`forecast`]), or the ledger cannot be read.
pub fn check(ledger: &Ledger, names: &Names, alert: &Alert, as_of: Date) -> Result<Checked> {
    let (is_z, level) = match alert.above {
        Above::Z(level) => (true, level),
        Above::Count(level) => (false, level),
        Above::Forecast { .. } => return Err(Error::Misuse(format!("{} is an alert on a forecast", alert.name))),
    };
    let text = format!("{} asof:{as_of} set:{OURS}", alert.filter);
    let filter = read(names, &text, as_of, alert)?;
    let unit = match alert.by {
        By::All | By::Country => Unit::Country,
        By::Dyad => Unit::Dyad,
        By::Pair => Unit::Pair,
    };
    let mut counts: BTreeMap<String, BTreeMap<Date, u64>> = BTreeMap::new();
    for cell in forewarn_answer::series::series(ledger, &filter, unit, alert.step)? {
        if let (Some(from), Some(name)) = (cell.key.from, series(alert.by, &cell.key)) {
            *counts.entry(name).or_default().entry(from).or_default() += cell.happenings;
        }
    }
    let mut out = Checked { series: counts.len(), ..Checked::default() };
    let (least, most) = reach(alert.step);
    let now = first(alert.step, as_of);
    // The step in which reports begin is not whole.
    let begins = ledger.stamp()?.since.map(|d| moved(alert.step, first(alert.step, d), 1));
    let whole = begins.map_or(0, |b| (1..=least as i64).take_while(|by| moved(alert.step, now, -by) >= b).count());
    if is_z && whole < least {
        out.short = Some((whole, least));
    }
    for (name, cells) in counts {
        let mut best: Option<Standing> = None;
        for from in [now, moved(alert.step, now, -1)] {
            let Some(&happenings) = cells.get(&from) else { continue };
            let mut past = Vec::new();
            let mut at = moved(alert.step, from, -1);
            while begins.is_some_and(|b| at >= b) && past.len() < most {
                past.push(cells.get(&at).copied().unwrap_or(0) as f64);
                at = moved(alert.step, at, -1);
            }
            if is_z && past.len() < least {
                continue;
            }
            let held = score(happenings as f64, &past);
            let value = if is_z { held.map_or(0.0, |s| s.z) } else { happenings as f64 };
            let stronger = best.as_ref().is_none_or(|b| value > b.value);
            if value >= level && stronger && !ledger.has_fired(&alert.name, &name, from)? {
                best = Some(Standing { from, happenings, held, value });
            }
        }
        let Some(found) = best else { continue };
        if is_silent(ledger, alert, &name, as_of)? {
            out.silent += 1;
            continue;
        }
        let to = moved(alert.step, found.from, 1).yesterday().unwrap_or(as_of).min(as_of);
        let evidence = evidence(ledger, names, alert, (&text, &name), (found.from, to), as_of)?;
        let body = json!({
            "reason": found.reason(alert.step, is_z), "happenings": found.happenings, "to": to, "score": found.held,
            "above": alert.stored("").above, "level": level, "filter": alert.filter, "by": alert.by.as_str(),
            "step": step_word(alert.step), "evidence": evidence,
        });
        out.fired.push(firing(alert, name.clone(), found.from, as_of, body));
    }
    Ok(out)
}

/// A step that is above the threshold.
struct Standing {
    from: Date,
    happenings: u64,
    held: Option<Score>,
    value: f64,
}

impl Standing {
    /// Why it fires, in words.
    fn reason(&self, step: Step, is_z: bool) -> String {
        let (n, from, unit) = (self.happenings, self.from, step_word(step));
        let when = match step {
            Step::Day => format!("on {from}"),
            Step::Week | Step::Month => format!("in the {unit} from {from}"),
        };
        let mut out = format!("{n} {} {when}", if n == 1 { "happening" } else { "happenings" });
        if let Some(s) = self.held {
            let _ = write!(out, "; usual is {} (median of {} {unit}s)", s.past.median, s.past.steps);
            if is_z {
                let _ = write!(out, ", z {:.1}", s.z);
            }
        }
        out
    }
}

/// What an alert on a forecast fires: `answer` is that of its pair on the day.
///
/// # Errors
/// When the alert is on happenings, or the ledger cannot be read.
pub fn forecast(ledger: &Ledger, alert: &Alert, answer: &Answer) -> Result<Checked> {
    let Above::Forecast { change, pair: (a, b) } = &alert.above else {
        return Err(Error::Misuse(format!("{} is an alert on happenings", alert.name)));
    };
    let mut out = Checked { series: 1, ..Checked::default() };
    let back = if alert.step == Step::Month { 30 } else { 7 };
    let day = answer.as_of.saturating_sub(i64::from(back).days());
    let Some(before) = answer.earlier.iter().find(|e| e.as_of == day).and_then(|e| e.p) else { return Ok(out) };
    let now = answer.force.p;
    // What the page shows as a change of the level is one.
    if (now - before).abs() < change - 1e-9 {
        return Ok(out);
    }
    let name = format!("{a}<>{b}");
    if is_silent(ledger, alert, &name, answer.as_of)? {
        out.silent = 1;
        return Ok(out);
    }
    let reason = format!(
        "force between {} and {} within {} days: {} ({}), {} {back} days before",
        answer.parties[0].name,
        answer.parties[1].name,
        answer.horizon_days,
        percent(now),
        answer.force.words,
        percent(before)
    );
    let evidence: Vec<Value> = answer
        .moved
        .iter()
        .take(EVIDENCE)
        .map(
            |e| json!({ "incident_id": e.incident_id, "day": e.day, "event_type": e.event_type, "parties": e.parties }),
        )
        .collect();
    let body = json!({
        "reason": reason, "p": now, "before": before, "interval_90": answer.force.interval_90,
        "horizon_days": answer.horizon_days, "to": answer.as_of, "above": "forecast", "level": change,
        "evidence": evidence,
    });
    out.fired.push(firing(alert, name, answer.as_of, answer.as_of, body));
    Ok(out)
}

fn firing(alert: &Alert, series: String, from: Date, as_of: Date, body: Value) -> StoredFiring {
    StoredFiring {
        id: 0,
        name: alert.name.clone(),
        series,
        from,
        as_of,
        body,
        target: alert.target.to_string(),
        made: String::new(),
        tries: 0,
        delivered: None,
        fault: None,
    }
}

/// Whether a series fired within the cooldown.
fn is_silent(ledger: &Ledger, alert: &Alert, series: &str, as_of: Date) -> Result<bool> {
    let last = ledger.last_fired(&alert.name, series)?;
    Ok(last.is_some_and(|last| (as_of - last).get_days().unsigned_abs() < alert.cooldown))
}

fn read(names: &Names, text: &str, as_of: Date, alert: &Alert) -> Result<forewarn_filter::Filter> {
    names.filter(text, Some(as_of)).map_err(|faults| {
        let first = faults.first().map_or_else(String::new, ToString::to_string);
        Error::Misuse(format!("the filter of {} cannot be read: {first}", alert.name))
    })
}

/// The incidents that a series counts in a step, those told by most origins first.
fn evidence(
    ledger: &Ledger,
    names: &Names,
    alert: &Alert,
    (text, series): (&str, &str),
    (from, to): (Date, Date),
    as_of: Date,
) -> Result<Vec<Value>> {
    let mut text = format!("{text} since:{from} until:{to}");
    match alert.by {
        By::All => {}
        By::Dyad | By::Pair => {
            let _ = write!(text, " dyad:{series}");
        }
        By::Country => {
            let _ = write!(text, " country:{series}");
        }
    }
    if !alert.filter.contains("status:") {
        text.push_str(" status:asserted");
    }
    // A code that the names do not know, or a filter that bounds days otherwise, leaves the number without a list.
    let Ok(filter) = read(names, &text, as_of, alert) else { return Ok(Vec::new()) };
    let page = Page { limit: 5 * EVIDENCE, order: Order::MostTold, after: None };
    let rows = ledger.incidents(&filter, &page)?.rows;
    let counted = |row: &&IncidentRow| {
        let day = match row.date_prec.as_deref() {
            Some("published") => row.first_published,
            _ => row.date_start.or(row.first_published),
        };
        day.is_some_and(|d| from <= d && d <= to) && (alert.by != By::Country || country(row) == Some(series))
    };
    Ok(rows
        .iter()
        .filter(counted)
        .take(EVIDENCE)
        .map(|row| {
            json!({
                "incident_id": row.incident_id, "day": row.date_start, "event_type": row.event_type,
                "sentence": row.evidence, "publisher": row.evidence_publisher, "reports": row.reports,
            })
        })
        .collect())
}

/// Where an incident counts, as in the ledger's series.
fn country(row: &IncidentRow) -> Option<&str> {
    let side = |parties: &'_ [PartyRow]| parties.iter().position(|p| p.country.is_some());
    row.place
        .as_ref()
        .and_then(|p| p.country.as_deref())
        .or_else(|| side(&row.recipient).and_then(|i| row.recipient[i].country.as_deref()))
        .or_else(|| side(&row.actor).and_then(|i| row.actor[i].country.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn steps_begin_where_series_have_them() {
        let day = date(2023, 9, 24);
        assert_eq!(first(Step::Week, day), date(2023, 9, 18));
        assert_eq!(first(Step::Week, date(2023, 9, 18)), date(2023, 9, 18));
        assert_eq!(first(Step::Month, day), date(2023, 9, 1));
        assert_eq!(moved(Step::Month, date(2023, 1, 1), -1), date(2022, 12, 1));
        assert_eq!(moved(Step::Week, date(2023, 9, 18), 1), date(2023, 9, 25));
    }
}
