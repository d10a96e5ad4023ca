//! Asking: filters to SQL, pages of claims and incidents, series, the map, and what stands behind an id.

mod change;
mod condition;
mod facet;
mod field;
mod page;
mod place;
mod record;
mod series;
mod stamp;
mod words;

pub use change::{Changes, Gone, Superseded};
pub use facet::{Facet, FacetValue, Of};
pub use page::{Listing, Order, Page};
pub use place::{PlaceCount, Places};
pub use series::{Cell, CellKey, Step, Unit};
pub use stamp::Stamp;

pub(crate) use record::{country_of, rank, row_of};
pub(crate) use words::register;
