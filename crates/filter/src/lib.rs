//! The small filter language: one line of words to a checked expression, the same on the command line, in the API
//! and in alerts.
//!
//! ```text
//! type:ASSAULT dyad:SRB>XKX since:2023-09 place:Mitrovica factuality:asserted publishers>=2
//! ```
//!
//! A filter is terms with spaces between them, and all must hold. A term is `field:value`, with a comma between values
//! of which any may hold, or `field>=value` for figures and days; `-` before it turns it round; a bare word or a
//! `"quoted phrase"` is looked for in the evidence. The fields are in [`FIELDS`], the guide is `docs/filter.md`.
//!
//! `cut` cuts the text, `read` gives each term its meaning with the help of `day`, `party`, [`area`] and `code`,
//! `clash` finds terms that shut each other out.
//!
//! *Invariant*: any text is read or gives faults, and each fault's span slices the text; a filter's canonical words
//! read back as the same filter. No clock is read: today is passed in.

pub mod area;
mod clash;
mod code;
mod cut;
mod day;
mod fault;
pub mod field;
mod filter;
pub mod names;
mod party;
mod read;
mod term;
mod value;

pub use area::{Area, Circle};
pub use code::{FACTUALITIES, SETS};
pub use fault::{Fault, render};
pub use field::{FIELDS, Field, FieldInfo, Kind, Op};
pub use filter::{Filter, LONGEST, Options};
pub use names::{Codes, Known, Lexicon, Names};
pub use term::Term;
pub use value::{Days, Dyad, PartySpec, Value};
