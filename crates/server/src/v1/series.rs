//! Happenings by time.

use forewarn_answer::series;
use forewarn_ledger::{Step, Unit};
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
    let unit = match context.asked.get("by") {
        Some("country") => Unit::Country,
        Some("pair") => Unit::Pair,
        _ => Unit::Dyad,
    };
    let step = match context.asked.get("step") {
        Some("day") => Step::Day,
        Some("month") => Step::Month,
        _ => Step::Week,
    };
    let mut cells = series::series(&context.ledger, &filter, unit, step)?;
    let cut = cells.len() > MOST;
    cells.truncate(MOST);
    Ok(json!({
        "by": unit, "step": step, "filter": filter.to_string(), "cells": serde_json::to_value(cells)?, "cut": cut,
    }))
}
