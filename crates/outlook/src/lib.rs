//! The outlook: what a record of events says about what comes next, how sure that is, and how often it came true.
//!
//! Data comes in as a [`History`] of events and as [`Fatalities`] by country and month; time and seeds are passed in.
//!
//! *Invariant*: as-of honest. Whatever is computed for a day uses only what had become known by that day.

#![allow(
    clippy::many_single_char_names,
    clippy::needless_range_loop,
    reason = "formulas keep the letters of their sources, and loop over the same index in several arrays"
)]

pub mod activity;
pub mod backtest;
pub mod borders;
mod calendar;
pub mod calibration;
pub mod conformal;
pub mod countries;
pub mod deaths;
pub mod diagram;
pub mod distribution;
mod error;
mod event;
mod fatalities;
pub mod features;
pub mod hawkes;
pub mod index;
pub mod logistic;
pub mod memory;
pub mod model;
pub mod outcome;
pub mod pool;
pub mod random;
pub mod scores;
pub mod series;
mod standing;
pub mod trees;
mod unpack;
pub mod weis;
pub mod words;
pub mod year;

pub use calendar::{Day, Month};
pub use error::Error;
pub use event::{Deaths, Event, History, Mark};
pub use fatalities::Fatalities;
pub use standing::Standing;
