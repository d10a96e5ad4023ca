//! Parties of an address: codes or names, by the codebook.

pub use forewarn_answer::Party;

use crate::desk::Desk;
use crate::fault::Fault;

/// What a code or name stands for.
///
/// # Errors
/// `unknown-party`, with those of like name.
pub fn resolve(desk: &Desk, word: &str) -> Result<Party, Fault> {
    desk.party(word)
}
