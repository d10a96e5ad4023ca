//! The field's formats: other people's event sets come in, filtered claims and incidents go out.
//!
//! [`read`] turns rows of eleven formats into [`event::ForeignEvent`]s, one at a time; [`write`] turns [`row`]s into nine
//! forms. Columns, mappings and traps: `docs/exchange.md`.
//!
//! *Invariant*: memory stays flat whatever the size of a file; a wrong row costs itself only and is told with file and line;
//! what a row says that no field of ours carries is kept beside, and what it does not say is `None`.

pub mod dataset;
pub mod event;
pub mod read;
pub mod row;
pub mod write;
