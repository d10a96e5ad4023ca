//! The coder: from analysed sentences to claims.
//!
//! *Invariant*: news text is never an error; every field of a claim carries its span and the rule that set it.

pub mod claim;
pub mod code;
pub mod counts;
pub mod factuality;
pub mod frame;
mod mend;
pub mod number;
mod parties;
pub mod petrarch;
mod pipeline;
mod place;
mod reading;
pub mod schema;
mod site;
pub mod table;
mod tale;
#[cfg(test)]
mod test_tree;
pub mod times;
pub mod toponyms;
pub mod tree;
pub mod voice;
mod what;
pub mod who;

pub use claim::{Claim, Count, Factuality, Party, Phrase, Place, Stance, Voice, VoiceKind, When};
pub use code::{Coder, Coding, Diagnostic};
pub use pipeline::{Pipeline, PipelineError};
pub use reading::sentences;
pub use table::Tables;
pub use tree::Tree;
