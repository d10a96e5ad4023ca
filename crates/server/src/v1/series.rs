//! Happenings by time.

use std::collections::BTreeMap;

use forewarn_exchange::row::CountRange;
use forewarn_ledger::{Cell, Step, Unit};
use serde_json::{Value, json};

use super::endpoint::Sent;
use crate::desk::Context;
use crate::fault::Fault;

/// What a series can be of.
pub const UNITS: &[&str] = &["dyad", "pair", "country"];
/// How time can be cut.
pub const STEPS: &[&str] = &["day", "week", "month"];
/// Cells of a series at most.
const MOST: usize = 10_000;

/// `/v1/series`.
///
/// # Errors
/// When the filter cannot be read.
pub fn make(context: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let filter = context.filter()?;
    let by = context.asked.get("by").unwrap_or("dyad");
    let unit = if by == "country" { Unit::Country } else { Unit::Dyad };
    let step = match context.asked.get("step") {
        Some("day") => Step::Day,
        Some("month") => Step::Month,
        _ => Step::Week,
    };
    let mut cells = context.ledger.series(&filter, unit, step)?;
    if by == "pair" {
        cells = both_ways(cells);
    }
    let cut = cells.len() > MOST;
    cells.truncate(MOST);
    Ok(json!({
        "by": by, "step": step, "filter": filter.to_string(), "cells": serde_json::to_value(cells)?, "cut": cut,
    }))
}

/// Both directions of each dyad in one cell, the smaller code as `actor`.
fn both_ways(cells: Vec<Cell>) -> Vec<Cell> {
    let mut out = BTreeMap::new();
    for mut cell in cells {
        let (a, b) = (cell.key.actor.take(), cell.key.recipient.take());
        let (first, second) = if a <= b { (a, b) } else { (b, a) };
        let key = (first.clone(), second.clone(), cell.key.from, cell.key.set.clone());
        (cell.key.actor, cell.key.recipient) = (first, second);
        match out.get_mut(&key) {
            None => {
                out.insert(key, cell);
            }
            Some(known) => add(known, &cell),
        }
    }
    out.into_values().collect()
}

fn add(to: &mut Cell, from: &Cell) {
    to.happenings += from.happenings;
    to.verbal_cooperation += from.verbal_cooperation;
    to.material_cooperation += from.material_cooperation;
    to.verbal_conflict += from.verbal_conflict;
    to.material_conflict += from.material_conflict;
    to.assaults += from.assaults;
    to.goldstein_sum += from.goldstein_sum;
    to.plover_sum += from.plover_sum;
    to.reports += from.reports;
    let sum = |a: Option<u64>, b: Option<u64>| match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (one, other) => one.or(other),
    };
    let (a, b) = (to.killed, from.killed);
    to.killed = CountRange { low: sum(a.low, b.low), best: sum(a.best, b.best), high: sum(a.high, b.high) };
}

#[cfg(test)]
mod tests {
    use forewarn_ledger::CellKey;

    use super::*;

    fn cell(actor: Option<&str>, recipient: Option<&str>, killed: Option<u64>) -> Cell {
        Cell {
            key: CellKey {
                from: Some(jiff::civil::date(2023, 9, 18)),
                set: "forewarn".to_owned(),
                actor: actor.map(str::to_owned),
                recipient: recipient.map(str::to_owned),
                country: None,
            },
            happenings: 1,
            verbal_cooperation: 0,
            material_cooperation: 0,
            verbal_conflict: 0,
            material_conflict: 1,
            assaults: 1,
            goldstein_sum: -9.0,
            plover_sum: -9.0,
            killed: CountRange { low: killed, best: killed, high: None },
            reports: 2,
        }
    }

    #[test]
    fn a_pair_is_both_directions() {
        let out = both_ways(vec![
            cell(Some("XKX"), Some("SRB"), Some(3)),
            cell(Some("SRB"), Some("XKX"), Some(1)),
            cell(Some("SRB"), None, None),
        ]);
        assert_eq!(out.len(), 2);
        let pair = out.iter().find(|c| c.key.recipient.as_deref() == Some("XKX")).expect("the pair");
        assert_eq!((pair.happenings, pair.reports, pair.killed.low, pair.killed.high), (2, 4, Some(4), None));
    }
}
