//! (in the making)
pub mod row;
