//! The desk: pages that show their evidence, and the same as data.
//!
//! One process, loopback unless told otherwise. [`route::app`] makes the router out of one table of addresses; each
//! address makes a [`page::Page`], and [`reply`] gives it as HTML, JSON, CSV, GeoJSON, Parquet or Atom. `pages/` has one
//! file a page, `chart/` one file a drawing, `v1/` the API.
//!
//! *Invariant*: page and data share one address; nothing is shown that does not lead to its sentence; the ledger is only
//! read, no connection is opened, and what a report holds is only ever shown as text.

pub mod asked;
mod assets;
mod atom;
pub mod chart;
mod deaths;
pub mod desk;
pub mod fault;
pub mod form;
pub mod frame;
pub mod guard;
pub mod page;
pub mod pages;
mod readers;
mod reply;
pub mod route;
mod serve;
pub mod show;
pub mod table;
pub mod v1;

pub use desk::{Desk, Options};
pub use guard::Guard;
pub use route::app;
pub use serve::serve;
