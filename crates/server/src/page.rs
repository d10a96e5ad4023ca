//! What every address gives: a page for people and its data in five forms.

use forewarn_exchange::write::Rows;
use forewarn_filter::Filter;
use jiff::civil::Date;
use maud::Markup;
use serde_json::Value;

use crate::fault::Fault;
use crate::frame::Frame;
use crate::table::Table;

/// What an address holds.
pub trait Page: Send {
    /// Its title: the document's and the feed's.
    fn title(&self) -> String;

    /// Its HTTP status: 200, or that of a page which tells why there is nothing.
    fn status(&self) -> u16 {
        200
    }

    /// All of it as JSON.
    ///
    /// # Errors
    /// When a record cannot be written as JSON.
    fn json(&self) -> Result<Value, Fault>;

    /// Its main table.
    ///
    /// # Errors
    /// When a record cannot be written as JSON.
    fn table(&self) -> Result<Table, Fault>;

    /// What of it has a place: GeoJSON features (RFC 7946). What is known to a country only has a null geometry.
    fn features(&self) -> Vec<Value> {
        Vec::new()
    }

    /// What is new, the newest first: the entries of its feed.
    fn entries(&self) -> Vec<Entry> {
        Vec::new()
    }

    /// For lists: the whole of what is seen a page of, so that CSV, GeoJSON and Parquet give all of it.
    fn whole(&self) -> Option<(Rows, Filter)> {
        None
    }

    /// Whether the answer stays the same as long as the ledger does, so that it may be kept for those who ask again.
    fn keeps(&self) -> bool {
        true
    }

    /// The page itself: what stands in `main`.
    fn html(&self, frame: &Frame<'_>) -> Markup;
}

/// An entry of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Stable id, unique in the ledger: an incident's, a claim's.
    pub id: String,
    /// In one line.
    pub title: String,
    /// The path of its page.
    pub href: String,
    /// The day it was last told; the ledger's last day where none is known.
    pub updated: Option<Date>,
    /// In a few words, as text.
    pub summary: String,
}
