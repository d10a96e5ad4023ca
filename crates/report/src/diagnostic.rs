//! What a reader has to say about its input, as values rather than errors.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Every code this crate gives, with what it means.
pub const CODES: &[(&str, &str)] = &[
    ("binary-input", "the input is not text; the message says what it looks like"),
    ("charset-damaged", "some bytes do not fit the charset and were marked with U+FFFD"),
    ("charset-guessed", "the text is not UTF-8; a charset was guessed"),
    ("date-unreadable", "a date is given that is not surely one day; it stays unknown"),
    ("empty-input", "the input holds nothing"),
    ("file-unopenable", "a file could not be opened"),
    ("folder-empty", "a folder holds no files that could be read"),
    ("folder-unlistable", "a folder could not be listed"),
    ("html-plain", "a page too deep, too large or too odd for the article extractor was read tag by tag"),
    ("json-unreadable", "a JSON file holds no report that could be read"),
    ("language-conflict", "the text is not in the language the input says"),
    ("language-unknown", "the language could not be told"),
    ("line-too-long", "a line of a JSON Lines file is larger than a report may be"),
    ("line-unreadable", "a line of a JSON Lines file holds no report that could be read"),
    ("link-skipped", "a link to a folder was not followed"),
    ("metadata-unreadable", "a page's JSON-LD could not be read"),
    ("no-text", "nothing was left after the page furniture"),
    ("not-english", "the report is in another language, which is named"),
    ("read-failed", "reading failed part of the way"),
    ("text-truncated", "the text ends in the middle of a character"),
    ("too-large", "the input is larger than a report may be"),
];

/// How much a [`Diagnostic`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something was left out or guessed; the rest went in.
    Warning,
    /// The file or line gave no report.
    Error,
}

impl Severity {
    /// The lower-case word: `note`, `warning` or `error`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One remark about an input: what was found, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// A stable name for the kind of remark, such as `date-unreadable`; see [`crate::CODES`].
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The file, where there is one.
    pub path: Option<PathBuf>,
    /// The line in the file, counted from 1, where the remark is about one line.
    pub line: Option<u64>,
    /// What was found, in one sentence without a final full stop.
    pub message: String,
    /// What was expected or what would help.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A remark with a code, a severity and a message, about no place yet.
    #[must_use]
    pub fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Self { code, severity, path: None, line: None, message: message.into(), hint: None }
    }

    /// An [`Severity::Error`].
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A [`Severity::Warning`].
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// A [`Severity::Note`].
    #[must_use]
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, message)
    }

    /// The same remark with a hint.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same remark about a place in the input.
    #[must_use]
    pub fn at(mut self, source: &crate::Source) -> Self {
        self.path.clone_from(&source.path);
        self.line = source.line;
        self
    }
}

impl fmt::Display for Diagnostic {
    /// `path:line: severity[code]: message (hint)` on one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}:", path.display())?;
        }
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        if self.path.is_some() || self.line.is_some() {
            f.write_str(" ")?;
        }
        write!(f, "{}[{}]: {}", self.severity.word(), self.code, self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " ({hint})")?;
        }
        Ok(())
    }
}
