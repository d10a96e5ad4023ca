//! The small things that many pages show: parties, days, places, voices, chips, lists.

pub mod chip;
pub mod day;
pub mod evidence;
pub mod link;
pub mod list;
pub mod listing;
pub mod marked;
pub mod number;
pub mod party;
pub mod place;
pub mod rows;
pub mod ticked;
pub mod voice;
pub mod words;
