//! Questions: every field of the filter language, pages, series, and the way down to the words.

#[path = "../sample/mod.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod sample;

mod chain;
mod changes;
mod facets;
mod fields;
mod pages;
mod plain;
