//! Claims, incidents and reports.

use forewarn_ledger::{Error, Listing, Order, Page, Shown};
use serde::Serialize;
use serde_json::{Value, json};

use super::endpoint::Sent;
use crate::desk::Context;
use crate::fault::Fault;

/// `/v1/events`.
///
/// # Errors
/// When the filter or the token cannot be read.
pub fn events(context: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let filter = context.filter()?;
    let found = context.ledger.events(&filter, &page(context)).map_err(token)?;
    listing(&found, &filter.to_string())
}

/// `/v1/incidents`.
///
/// # Errors
/// When the filter or the token cannot be read.
pub fn incidents(context: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let filter = context.filter()?;
    let found = context.ledger.incidents(&filter, &page(context)).map_err(token)?;
    listing(&found, &filter.to_string())
}

/// `/v1/events/{id}`.
///
/// # Errors
/// `not-found`.
pub fn event(context: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let id = context.asked.name("id");
    match context.ledger.show(id)? {
        Shown::Claim(shown) => Ok(serde_json::to_value(shown)?),
        other => Err(elsewhere("claim", id, &other)),
    }
}

/// `/v1/incidents/{id}`.
///
/// # Errors
/// `not-found`; where the id was withdrawn, with what it became.
pub fn incident(context: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let id = context.asked.name("id");
    match context.ledger.show(id)? {
        Shown::Incident(shown) => Ok(serde_json::to_value(shown)?),
        Shown::Withdrawn { incident_id, now } => {
            let fault = Fault::new("not-found", format!("the incident {incident_id} no longer stands under this id"));
            Err(fault.or(now.map(|id| format!("/v1/incidents/{}", crate::asked::segment(&id)))))
        }
        other => Err(elsewhere("incident", id, &other)),
    }
}

/// `/v1/reports/{id}`.
///
/// # Errors
/// `not-found`.
pub fn report(context: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let id = context.asked.name("id");
    match context.ledger.show(id)? {
        Shown::Report(shown) => Ok(serde_json::to_value(shown)?),
        other => Err(elsewhere("report", id, &other)),
    }
}

/// The page that is asked for.
fn page(context: &Context<'_>) -> Page {
    let order = match context.asked.get("sort") {
        Some("earliest") => Order::Earliest,
        Some("most-told") => Order::MostTold,
        _ => Order::Latest,
    };
    Page {
        limit: context.asked.count("limit", 50) as usize,
        order,
        after: context.asked.get("after").map(str::to_owned),
    }
}

/// All that a page of a list can be misused by is its token.
fn token(error: Error) -> Fault {
    match error {
        Error::Misuse(what) => Fault::new("bad-token", what),
        other => other.into(),
    }
}

fn listing<T: Serialize>(found: &Listing<T>, filter: &str) -> Result<Value, Fault> {
    Ok(json!({ "rows": serde_json::to_value(&found.rows)?, "next": found.next, "filter": filter }))
}

/// The id is there, but of something else: says where.
fn elsewhere(what: &str, id: &str, found: &Shown) -> Fault {
    let path = match found {
        Shown::Claim(_) => "/v1/events",
        Shown::Incident(_) | Shown::Withdrawn { .. } => "/v1/incidents",
        Shown::Report(_) => "/v1/reports",
        Shown::Run(_) => return Fault::missing(what, id).or(["/status".to_owned()]),
    };
    Fault::missing(what, id).or([format!("{path}/{}", crate::asked::segment(id))])
}

/// `/v1/changes`.
///
/// # Errors
/// When the token cannot be read.
pub fn changes(context: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let limit = context.asked.count("limit", 50) as usize;
    let found = context.ledger.changes(context.asked.get("since"), limit).map_err(token)?;
    Ok(serde_json::to_value(&found)?)
}
