//! Answers out of a ledger and a model: a probability in words and number, with its base rate, the incidents that moved
//! it, what is disputed, what speaks against, and what was said before.
//!
//! [`Archive`] holds a ledger's happenings as the outlook needs them; [`answer`] is about two parties, [`country`] about
//! one, [`watch`] about all pairs, [`past`] about days gone by, [`scenario`] about days that may come. [`text`] and
//! [`brief`] put an answer into sentences.
//!
//! *Invariant*: an answer for day D rests on nothing published after D; every figure leads to an incident or claim of the
//! ledger; what is denied, disavowed or feared counts as nothing that happened.

pub mod answer;
mod archive;
pub mod brief;
pub mod country;
pub mod deaths;
pub mod drivers;
mod error;
pub mod evidence;
pub mod fan;
pub mod history;
mod names;
pub mod party;
pub mod past;
pub mod ready;
pub mod scenario;
pub mod score;
pub mod series;
pub mod shelf;
pub mod text;
mod then;
pub mod toll;
pub mod watch;
pub mod words;

pub use answer::{Answer, Question, Said, answer};
pub use archive::{Archive, Extent, Known};
pub use drivers::Mover;
pub use error::{Error, Result};
pub use evidence::{Evidence, Statement, Told};
pub use names::Names;
pub use party::Party;
pub use past::{Past, past};
pub use shelf::{Kind, Shelf};
pub use then::Then;
