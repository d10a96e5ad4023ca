//! From scores to one consistent answer: a single-rooted tree, well-formed names.

pub(crate) mod names;
pub(crate) mod tree;
