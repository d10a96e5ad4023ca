//! `/incidents`: what happened, as many reports agree on it.

use forewarn_exchange::row::IncidentRow;
use forewarn_exchange::write::Rows;
use forewarn_filter::Filter;
use forewarn_ledger::{Listing, Order, Page as Part};
use maud::{Markup, html};
use serde_json::Value;

use crate::desk::Context;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::page::{Entry, Page};
use crate::table::Table;

struct Incidents {
    filter: Filter,
    listing: Listing<IncidentRow>,
}

/// Makes the page.
///
/// # Errors
/// When the filter or the token cannot be read.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let filter = context.filter()?;
    let order = match context.asked.get("sort") {
        Some("earliest") => Order::Earliest,
        Some("most-told") => Order::MostTold,
        _ => Order::Latest,
    };
    let limit = context.asked.count("limit", 50) as usize;
    let listing = context
        .ledger
        .incidents(&filter, &Part { limit, order, after: context.asked.get("after").map(str::to_owned) })?;
    Ok(Box::new(Incidents { filter, listing }))
}

impl Page for Incidents {
    fn title(&self) -> String {
        if self.filter.is_empty() { "Incidents".to_owned() } else { format!("Incidents: {}", self.filter) }
    }

    fn json(&self) -> Result<Value, Fault> {
        Ok(serde_json::to_value(&self.listing)?)
    }

    fn table(&self) -> Result<Table, Fault> {
        Ok(Table::of(self.listing.rows.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>()?))
    }

    fn whole(&self) -> Option<(Rows, Filter)> {
        Some((Rows::Incidents, self.filter.clone()))
    }

    fn entries(&self) -> Vec<Entry> {
        Vec::new()
    }

    fn html(&self, _: &Frame<'_>) -> Markup {
        html! { h1 { (self.title()) } }
    }
}
