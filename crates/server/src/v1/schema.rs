//! The record schema as data: every field of every record, and the columns of exports.

use forewarn_exchange::row::{EventRow, IncidentRow};
use forewarn_exchange::write::columns::{Column, Flat};
use forewarn_report::{Field, REPORT_FIELDS};
use serde_json::{Value, json};

use super::endpoint::Sent;
use crate::desk::Context;
use crate::fault::Fault;

/// The name of the OpenAPI document's schema.
pub const DOCUMENT: &str = "Document";
/// Its media type.
pub const DOCUMENT_TYPE: &str = "application/vnd.oai.openapi+json";

/// `/v1/schema`.
///
/// # Errors
/// None.
#[allow(clippy::unnecessary_wraps)] // Every endpoint may fail.
pub fn make(_: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let report: [(&str, &[Field]); 1] = [("Report", REPORT_FIELDS)];
    let records: Vec<Value> = report
        .iter()
        .chain(forewarn_coder::schema::RECORDS)
        .chain(forewarn_incident::schema::RECORDS)
        .map(|(name, fields)| {
            let fields: Vec<Value> = fields
                .iter()
                .map(|f| json!({ "name": f.name, "type": f.kind, "unit": f.unit, "meaning": f.meaning }))
                .collect();
            json!({ "record": name, "fields": fields })
        })
        .collect();
    Ok(json!({
        "records": records,
        "event_columns": written::<EventRow>(&EventRow::columns()),
        "incident_columns": written::<IncidentRow>(&IncidentRow::columns()),
    }))
}

fn written<R>(columns: &[&Column<R>]) -> Vec<Value> {
    columns
        .iter()
        .map(|c| {
            let kind = format!("{:?}", c.kind()).to_lowercase();
            json!({ "name": c.name, "type": kind, "unit": c.field.unit, "meaning": c.meaning() })
        })
        .collect()
}
