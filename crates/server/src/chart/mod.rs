//! Drawings in SVG, made on the server: for print, and for readers without scripts.
//!
//! Each has a title and a description in words, so that who cannot see it is told the same; the figures themselves stand
//! in a table on the same page. Colours come from classes of the style sheet.

mod dots;
mod drawing;
mod fan;
mod map;
mod months;
mod past;
mod reliability;
mod scale;

pub use dots::dots;
pub use fan::{Ahead, Behind, fan};
pub use map::{Spot, map};
pub use months::{Month, months};
pub use past::{Point, past};
pub use reliability::{Bin, reliability};
