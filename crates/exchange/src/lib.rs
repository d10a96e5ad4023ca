//! (in the making)
pub mod row;
pub mod write;
