//! Reads news reports: bytes of plain text, HTML or JSON Lines in, [`Report`]s out.
//!
//! A [`Report`] holds one stored text and the spans of its parts: headline, standfirst, subheads,
//! paragraphs. Page furniture (picture credits, share bars, cookie lines, links to other reports) is
//! left out and kept aside with the reason. Bylines and credits become authors, metadata becomes
//! publisher, day and language, and what the input does not say stays unknown.
//!
//! Input is never an error. A reader hands its [`Sink`] the reports it finds and a [`Diagnostic`] for
//! whatever it has to say about the rest; a broken file or line costs itself and nothing more.
//!
//! ```
//! use forewarn_report::{BlockKind, Report};
//!
//! let report = Report::from_text("Talks fail in Brussels\n\nPRISTINA (Reuters) - The two sides met on Monday and agreed on nothing.\n\nRead more")
//!     .expect("it holds words");
//! assert_eq!(report.title(), Some("Talks fail in Brussels"));
//! assert_eq!(report.publisher.as_deref(), Some("Reuters"));
//! assert_eq!(report.parts(BlockKind::Paragraph).count(), 1);
//! assert_eq!(report.dropped[0].why, "link to other reports");
//! ```

mod assemble;
mod byline;
mod charset;
mod clean;
mod dateline;
mod dates;
mod diagnostic;
mod error;
mod furniture;
mod header;
mod html;
mod jsonl;
mod language;
mod layout;
mod options;
mod parts;
mod read;
mod report;
pub mod schema;
mod sniff;
mod span;
mod text;

pub use diagnostic::{CODES, Diagnostic, Severity};
pub use error::ReadError;
pub use options::{Format, Options};
pub use read::{Sink, read_html, read_jsonl, read_path, read_path_counting, read_stream, read_text};
pub use report::{Block, BlockKind, Dropped, Report, Source};
pub use schema::{Field, REPORT_FIELDS};
pub use span::Span;
