//! `/events`: the claims, and the events of imported sets, that a filter holds for.

use forewarn_exchange::row::EventRow;
use forewarn_exchange::write::Rows;
use forewarn_filter::Filter;
use forewarn_ledger::{Listing, Of};
use maud::{Markup, html};
use serde_json::Value;

use crate::asked::{Kind, Parameter};
use crate::desk::Context;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::page::{Entry, Page};
use crate::show::claims;
use crate::show::listing::{Around, part, token_fault};
use crate::table::Table;

/// Order of claims.
pub const SORT: Parameter = Parameter::new("sort", Kind::Choice(&["latest", "earliest"]), "In which order rows come.");

struct Events {
    around: Around,
    listing: Listing<EventRow>,
}

/// Makes the page.
///
/// # Errors
/// When the token cannot be read; for forms of data also when the filter cannot.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let around = Around::read(context, Of::Claims)?;
    let listing = if around.fault.is_some() {
        Listing { rows: Vec::new(), next: None }
    } else {
        context.ledger.events(&around.filter, &part(context.asked)).map_err(token_fault)?
    };
    Ok(Box::new(Events { around, listing }))
}

impl Page for Events {
    fn title(&self) -> String {
        if self.around.own.is_empty() { "Claims".to_owned() } else { format!("Claims: {}", self.around.own) }
    }

    fn status(&self) -> u16 {
        self.around.fault.as_ref().map_or(200, |f| f.status)
    }

    fn json(&self) -> Result<Value, Fault> {
        let mut value = self.around.json()?;
        value["rows"] = serde_json::to_value(&self.listing.rows)?;
        value["next"] = serde_json::to_value(&self.listing.next)?;
        Ok(value)
    }

    fn table(&self) -> Result<Table, Fault> {
        Ok(Table::of(self.listing.rows.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>()?))
    }

    fn features(&self) -> Vec<Value> {
        self.listing.rows.iter().map(claims::feature).collect()
    }

    fn entries(&self) -> Vec<Entry> {
        claims::entries(&self.listing.rows)
    }

    fn whole(&self) -> Option<(Rows, Filter)> {
        Some((Rows::Events, self.around.filter.clone()))
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        let rows = html! { ol.cards { @for row in &self.listing.rows { (claims::card(frame, row)) } } };
        self.around.page(frame, "Claims", &rows, self.listing.rows.len(), self.listing.next.as_deref())
    }
}
