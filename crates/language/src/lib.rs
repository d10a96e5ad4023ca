//! Reads English: sentences, words, parts of speech, lemmas, dependency trees and names.
//!
//! ```no_run
//! use forewarn_language::{Engine, Model};
//! use forewarn_report::Span;
//!
//! let engine = Engine::new(Model::embedded()?);
//! let text = "Armed men attacked a police patrol near the border on Sunday.";
//! for sentence in engine.analyse(text, &[Span::from_range(0..text.len())]) {
//!     let root = sentence.root().expect("a sentence with words has a root");
//!     assert_eq!(sentence.form(text, root), "attacked");
//! }
//! # Ok::<(), forewarn_language::ModelError>(())
//! ```
//!
//! The network is a student of a larger one: hashed features of each word, dilated convolutions over the sentence,
//! and small heads on top, with 8-bit weights (`docs/model-format.md` has every number of it, `training/` makes it).
//!
//! *Invariant*: the result is a pure function of the text, the blocks and the model file. Threads, batches, kernels
//! and what was analysed before change no bit of it.

mod decode;
mod engine;
mod error;
pub mod evaluate;
mod features;
mod forms;
mod kernel;
mod lemma;
mod model;
mod network;
#[cfg(test)]
mod sample;
mod sentence;
pub mod split;
pub mod tokenise;

pub use engine::Engine;
pub use error::ModelError;
pub use kernel::Kernel;
pub use model::Model;
pub use network::Stage;
pub use sentence::{Feats, Name, NameKind, Rel, Sentence, Sub, Token, Upos};
pub use split::Splitter;
pub use tokenise::tokenise;
