//! `/incidents` and `/events`: the incidents, and the claims with the events of imported sets, that a filter holds for.

use forewarn_exchange::write::Rows;
use forewarn_filter::Filter;
use forewarn_ledger::Listing;
use maud::Markup;
use serde_json::Value;

use crate::asked::{Kind, Parameter};
use crate::desk::Context;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::page::{Entry, Page};
use crate::show::list::{self, Row};
use crate::show::listing::{Around, part, token_fault};
use crate::table::Table;

/// Order of claims.
pub const SORT_CLAIMS: Parameter =
    Parameter::new("sort", Kind::Choice(&["latest", "earliest"]), "In which order rows come.");

struct All<R> {
    around: Around,
    listing: Listing<R>,
}

/// Makes the page.
///
/// # Errors
/// When the token cannot be read; for forms of data also when the filter cannot.
pub fn make<R: Row + 'static>(context: &mut Context<'_>) -> Result<Box<dyn Page>, Fault> {
    let around = Around::read(context, R::OF)?;
    let listing = if around.fault.is_some() {
        Listing { rows: Vec::new(), next: None }
    } else {
        R::part(&context.ledger, &around.filter, &part(context.asked)).map_err(token_fault)?
    };
    Ok(Box::new(All::<R> { around, listing }))
}

impl<R: Row> Page for All<R> {
    fn title(&self) -> String {
        if self.around.own.is_empty() { R::NAME.to_owned() } else { format!("{}: {}", R::NAME, self.around.own) }
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
        list::table(&self.listing.rows)
    }

    fn features(&self) -> Vec<Value> {
        list::features(&self.listing.rows)
    }

    fn entries(&self) -> Vec<Entry> {
        list::entries(&self.listing.rows)
    }

    fn whole(&self) -> Option<(Rows, Filter)> {
        Some((R::ROWS, self.around.filter.clone()))
    }

    fn html(&self, frame: &Frame<'_>) -> Markup {
        let rows = list::cards(frame, &self.listing.rows);
        self.around.page(frame, R::NAME, &rows, self.listing.rows.len(), self.listing.next.as_deref())
    }
}
