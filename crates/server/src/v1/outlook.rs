//! Forecasts: of two parties, and of all pairs that are watched.

use forewarn_answer::watch::{By, watch};
use forewarn_answer::{Question, answer};
use serde_json::{Value, json};

use super::endpoint::Sent;
use crate::asked::{Kind, Parameter};
use crate::desk::Context;
use crate::fault::Fault;

/// Days ahead for which there are models.
pub const HORIZON: Parameter =
    Parameter::new("horizon", Kind::Choice(&["30", "90", "365"]), "Days ahead; 90 otherwise.");
/// In which order pairs come.
pub const BY: Parameter = Parameter::new(
    "by",
    Kind::Choice(&["highest", "risen", "rising"]),
    "The most probable; the most risen against 30 days before; the fastest rising of the last 7 days.",
);
/// How many pairs.
pub const MOST: Parameter = Parameter::new("limit", Kind::Count(1, 500), "At most so many pairs; 20 otherwise.");

/// `/v1/ask`.
///
/// # Errors
/// `unknown-party`, or `no-answer`.
pub fn ask(context: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let side = |name: &str| context.desk.party(context.asked.get(name).unwrap_or(""));
    let parties = [side("a")?, side("b")?];
    let days = context.asked.count("horizon", 90);
    let archive = context.archive()?;
    let question = Question { parties, as_of: context.asked.as_of(), days };
    let desk = context.desk;
    Ok(serde_json::to_value(answer(&archive, &context.ledger, &desk.names, &desk.shelf, &question)?)?)
}

/// `/v1/watchlist`.
///
/// # Errors
/// `no-answer`.
pub fn watchlist(context: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let by = match context.asked.get("by") {
        Some("risen") => By::Risen,
        Some("rising") => By::Rising,
        _ => By::Highest,
    };
    let days = context.asked.count("horizon", 90);
    let archive = context.archive()?;
    let desk = context.desk;
    let mut list = watch(&archive, &context.ledger, &desk.names, &desk.shelf, (context.asked.as_of(), days, by))?;
    list.rows.truncate(context.asked.count("limit", 20) as usize);
    Ok(json!({
        "as_of": list.extent.as_of, "horizon_days": days, "outcome": list.outcome, "watched": list.watched,
        "model": list.model, "rows": serde_json::to_value(&list.rows)?,
    }))
}
