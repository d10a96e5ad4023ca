//! Incidents: the many tellings of one happening merged into one, with the reason for each merge.
//!
//! A claim is boiled down to a [`Telling`] and its report to a [`Sketch`]; together they are a [`Piece`]. [`keys`] says
//! which pieces are worth comparing, [`link`] compares two and says why they tell of one thing, [`group`] makes
//! [`Incident`]s of pieces and links. [`Resolver`] does all of it for a growing set in memory.
//!
//! *Invariant*: the result is a function of the set of pieces and corrections: order-free, idempotent, the same for
//! one report at a time as for all at once. Two pieces that link share a key.

mod bind;
mod counted;
mod deeds;
mod group;
mod hash;
mod incident;
mod link;
mod origin;
mod party;
mod record;
mod resolver;
pub mod schema;
mod sketch;
pub mod story;
mod summary;
mod tally;
mod telling;
mod time;
mod vocabulary;
mod whereabouts;
mod words;

pub use bind::keys;
pub use group::{Anchor, Correction, CorrectionKind, group};
pub use incident::{Account, Incident, IncidentDate, IncidentPlace, Member, Precision, Role, Tally, TallySaid};
pub use link::{Bond, Link, Piece, Reason, link, weigh};
pub use record::{Exactness, Interval, Reach, Said, Side, Spot, Telling, Toll};
pub use resolver::{Change, Resolver, Work};
pub use sketch::Sketch;
pub use words::Term;
