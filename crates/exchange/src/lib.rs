//! (in the making)
pub mod dataset;
pub mod event;
pub mod read;
pub mod row;
pub mod write;
