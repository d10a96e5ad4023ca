//! What the caller knows about the input better than the input does.

use jiff::civil::Date;

/// The kinds of input this crate reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// One report as plain text.
    Text,
    /// One report as an HTML page.
    Html,
    /// Many reports, one JSON object a line.
    Jsonl,
}

/// How to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The day of publication for reports that give none.
    pub published: Option<Date>,
    /// The publisher of reports that name none.
    pub publisher: Option<String>,
    /// The language of every report, as an ISO 639-1 code: detection is skipped.
    pub language: Option<String>,
    /// The format of every input; otherwise the file's extension decides, then its first bytes.
    pub format: Option<Format>,
    /// The largest report in bytes: a larger file, or line of a JSON Lines file, is passed over with a
    /// diagnostic. Never more than 1 GiB, whatever is set.
    pub max_bytes: u64,
}

impl Options {
    /// The default of [`Options::max_bytes`], 256 MiB.
    pub const MAX_BYTES: u64 = 256 << 20;
}

impl Default for Options {
    fn default() -> Self {
        Self { published: None, publisher: None, language: None, format: None, max_bytes: Self::MAX_BYTES }
    }
}
