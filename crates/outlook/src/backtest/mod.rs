//! The record: what forecasts made on past days, with what was known then, turned out to be worth.

pub mod countries;
pub mod deaths;
pub mod dyads;
mod plain;
pub mod record;
pub mod rows;
