//! The gazetteer: place names to places, and which of them a report means.
//!
//! *Invariant*: an unknown place stays text; a country has its own middle, never its capital's coordinates; nothing is
//! shown more finely than its [`Precision`] bears.

pub mod compile;
pub mod dump;
mod error;
mod fold;
mod gazetteer;
mod index;
mod kind;
pub mod packages;
mod place;
pub mod resolve;
mod supplement;

pub use error::Error;
pub use fold::fold;
pub use gazetteer::Gazetteer;
pub use index::{Candidate, Index};
pub use kind::{Kind, Precision};
pub use place::{Place, PlaceId, distance_km};
pub use supplement::Supplement;
