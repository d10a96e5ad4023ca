//! The coder: from analysed sentences to claims.
//!
//! *Invariant*: news text is never an error; every field of a claim carries its span and the rule that set it.

pub mod claim;
pub mod tree;

pub use claim::{Claim, Count, Factuality, Party, Phrase, Place, Stance, Voice, VoiceKind, When};
pub use tree::Tree;
