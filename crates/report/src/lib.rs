//! Reads news reports: bytes of plain text, HTML or JSON Lines in, [`Report`]s out.

mod diagnostic;
mod error;
mod options;
mod read;
mod report;
pub mod schema;
mod span;

pub use diagnostic::{Diagnostic, Severity};
pub use error::ReadError;
pub use options::{Format, Options};
pub use read::{Sink, read_html, read_jsonl, read_path, read_stream, read_text};
pub use report::{Block, BlockKind, Dropped, Report, Source};
pub use schema::{Field, REPORT_FIELDS};
pub use span::Span;

/// The codes of every diagnostic this crate gives.
pub const CODES: &[&str] = &["file-unopenable", "folder-unlistable", "read-failed"];
