//! `/incidents`: the incidents that a filter holds for.

use forewarn_exchange::row::IncidentRow;
use forewarn_exchange::write::Rows;
use forewarn_filter::Filter;
use forewarn_ledger::{Listing, Of};
use maud::{Markup, html};
use serde_json::Value;

use crate::desk::Context;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::page::{Entry, Page};
use crate::show::list;
use crate::show::listing::{Around, part, token_fault};
use crate::table::Table;

struct Incidents {
    around: Around,
    listing: Listing<IncidentRow>,
}

/// Makes the page.
///
/// # Errors
/// When the token cannot be read; for forms of data also when the filter cannot.
pub fn make(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let around = Around::read(context, Of::Incidents)?;
    let listing = if around.fault.is_some() {
        Listing { rows: Vec::new(), next: None }
    } else {
        context.ledger.incidents(&around.filter, &part(context.asked)).map_err(token_fault)?
    };
    Ok(Box::new(Incidents { around, listing }))
}

impl Page for Incidents {
    fn title(&self) -> String {
        if self.around.own.is_empty() { "Incidents".to_owned() } else { format!("Incidents: {}", self.around.own) }
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
        list::features(&self.listing.rows)
    }

    fn entries(&self) -> Vec<Entry> {
        list::entries(&self.listing.rows)
    }

    fn whole(&self) -> Option<(Rows, Filter)> {
        Some((Rows::Incidents, self.around.filter.clone()))
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        let rows = html! { (list::incidents(frame, &self.listing.rows)) };
        self.around.page(frame, "Incidents", &rows, self.listing.rows.len(), self.listing.next.as_deref())
    }
}
