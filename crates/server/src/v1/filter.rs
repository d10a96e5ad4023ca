//! The filter language, for programs that build filters.

use forewarn_filter::{FIELDS, Kind};
use serde_json::{Value, json};

use super::endpoint::Sent;
use crate::desk::{Context, Desk};
use crate::fault::Fault;

/// `/v1/filter`: a filter that cannot be read is an answer here, not a fault.
///
/// # Errors
/// None.
#[allow(clippy::unnecessary_wraps)] // Every endpoint may fail.
pub fn read(context: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let text = context.asked.get("q").unwrap_or("");
    let today = context.asked.as_of().or_else(|| Some(Desk::today()));
    match context.desk.names.filter(text, today) {
        Ok(filter) => {
            let terms: Vec<Value> =
                filter.terms.iter().map(|t| json!({ "field": t.field.name(), "words": t.to_string() })).collect();
            Ok(json!({ "reads": true, "filter": filter.to_string(), "terms": terms, "faults": [] }))
        }
        Err(faults) => {
            let faults: Vec<Value> = faults
                .iter()
                .map(|f| {
                    json!({
                        "start": f.span.start, "end": f.span.end, "message": f.message, "hint": f.hint,
                        "drawn": f.render(text),
                    })
                })
                .collect();
            Ok(json!({ "reads": false, "filter": null, "terms": [], "faults": faults }))
        }
    }
}

/// `/v1/filter/fields`.
///
/// # Errors
/// None.
#[allow(clippy::unnecessary_wraps)] // Every endpoint may fail.
pub fn fields(_: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let rows: Vec<Value> = FIELDS
        .iter()
        .map(|f| {
            let words: &[&str] = match f.kind {
                Kind::OneOf(words) => words,
                _ => &[],
            };
            json!({
                "name": f.name, "aliases": f.aliases, "operators": f.kind.ops().iter().map(|o| o.as_str()).collect::<Vec<_>>(),
                "values": f.values, "words": words, "meaning": f.meaning, "example": f.example,
            })
        })
        .collect();
    Ok(json!({ "rows": rows }))
}
