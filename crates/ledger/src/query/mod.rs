//! Asking: filters to SQL, pages of claims and incidents, series, the map, and what stands behind an id.

mod condition;
mod field;
mod page;
mod record;
mod series;
mod words;

pub use page::{Listing, Order, Page};
pub use series::{Cell, CellKey, Step, Unit};

pub(crate) use record::{country_of, rank, row_of};
pub(crate) use words::register;
