//! The coder's pipeline with the knowledge that the global flags name.

use anyhow::Result;

pub use forewarn_coder::Pipeline;

use crate::knowledge::Knowledge;

/// Loads the built-in model with this knowledge.
pub fn load(knowledge: &Knowledge) -> Result<Pipeline> {
    Ok(Pipeline::from_files(&knowledge.read()?.files(), knowledge.is_built_in())?)
}
