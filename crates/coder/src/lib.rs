//! The coder: from analysed sentences to claims.
//!
//! *Invariant*: news text is never an error; every field of a claim carries its span and the rule that set it.

pub mod claim;
pub mod code;
/// Stands in until `counts.rs` is there.
pub mod counts {
    /// None yet.
    pub fn counts(_: &crate::Tree, _: Option<usize>) -> Vec<crate::Count> {
        Vec::new()
    }
}
/// Stands in until `factuality.rs` is there.
pub mod factuality {
    /// A verdict.
    pub struct Verdict {
        /// What.
        pub factuality: crate::Factuality,
        /// Why.
        pub rule: &'static str,
    }
    /// Always asserted.
    pub fn factuality(_: &crate::Tree, _: usize, _: &[&crate::voice::Attribution], _: Option<jiff::civil::Date>, _: &[crate::times::TimeExpr]) -> Verdict {
        Verdict { factuality: crate::Factuality::Asserted, rule: "" }
    }
}
pub mod frame;
pub mod number;
mod place;
pub mod schema;
pub mod times;
#[cfg(test)]
mod test_tree;
pub mod tree;
pub mod voice;
mod what;
pub mod who;

pub use claim::{Claim, Count, Factuality, Party, Phrase, Place, Stance, Voice, VoiceKind, When};
pub use code::{Coder, Coding, Diagnostic};
pub use tree::Tree;
