//! The ledger: reports, claims and incidents in one embedded database, and the questions put to it.
//!
//! One `SQLite` file in WAL mode, one writer. [`Writer::store`] puts reports and their claims in, a batch a transaction;
//! [`Ledger::merge`] keeps the incidents; [`Ledger::events`], [`Ledger::incidents`], [`Ledger::series`], [`Ledger::show`] and
//! [`Ledger::sql`] ask. The tables are in `migrations/`, the views in `migrations/views.sql`, and both in `docs/ledger.md`.
//!
//! *Invariant*: a crash at any instant loses nothing that was acknowledged; the same input twice changes nothing; the
//! incidents are a function of current claims and corrections, whatever the order in which they came.

mod alert;
mod correct;
mod error;
mod foreign;
mod happening;
mod list;
mod merge;
mod query;
mod recode;
mod rows;
mod run;
pub mod schema;
mod show;
mod sql;
mod store;
mod write;

pub use alert::{StoredAlert, StoredFiring};
pub use correct::StoredCorrection;
pub use error::{Error, Result};
pub use foreign::Taken;
pub use happening::{Happening, Told};
pub use merge::Merged;
pub use query::{
    Cell, CellKey, Changes, Facet, FacetValue, Gone, Listing, Of, Order, Page, PlaceCount, Places, Stamp, Step,
    Superseded, Unit,
};
pub use recode::{Brief, Difference, StoredReport};
pub use run::{Failure, Means, Run, RunId, digest};
pub use show::{Bytes, ClaimShown, IncidentShown, ReportShown, Shown};
pub use sql::{Answered, Limits};
pub use store::Ledger;
pub use write::{Entry, Stored, Writer, another_id, digest_of};
