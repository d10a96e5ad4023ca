//! The outlook: what a record of events says about what comes next, how sure that is, and how often it came true.
//!
//! Data comes in as a [`History`] of events and as [`Fatalities`] by country and month; time and seeds are passed in.
//!
//! *Invariant*: as-of honest. Whatever is computed for a day uses only what had become known by that day.

pub mod backtest;
mod calendar;
mod error;
mod event;
mod fatalities;
pub mod index;
pub mod logistic;
pub mod scores;
mod unpack;
pub mod weis;

pub use calendar::{Day, Month};
pub use error::Error;
pub use event::{Deaths, Event, History, Mark};
pub use fatalities::Fatalities;
