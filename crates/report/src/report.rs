//! The record this crate gives: a news report with its parts marked in one stored text.

use std::borrow::Cow;
use std::path::PathBuf;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Span, dateline};

/// What part of a report a [`Block`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// The summary between headline and body (deck, lede line).
    Standfirst,
    /// A heading inside the body.
    Subhead,
    /// A paragraph of the body.
    Paragraph,
}

/// One part of a report: what it is and where it stands in [`Report::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Block {
    /// What part it is.
    pub kind: BlockKind,
    /// Its bytes in the stored text.
    pub span: Span,
}

/// Where a report came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// The file; `None` for standard input or text from memory.
    pub path: Option<PathBuf>,
    /// The line of a JSON Lines file, counted from 1.
    pub line: Option<u64>,
}

impl Source {
    /// Text that came from no file.
    #[must_use]
    pub const fn memory() -> Self {
        Self { path: None, line: None }
    }

    /// A file as a whole.
    #[must_use]
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { path: Some(path.into()), line: None }
    }

    /// One line, counted from 1, of the same input.
    #[must_use]
    pub fn at_line(&self, line: u64) -> Self {
        Self { path: self.path.clone(), line: Some(line) }
    }
}

/// A piece of the input that was left out of the stored text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Dropped {
    /// The piece as it stood, white space tidied.
    pub text: String,
    /// The reason, in the words of the rule that dropped it.
    pub why: Cow<'static, str>,
}

/// One published text.
///
/// Invariants: every block's span slices [`text`](Self::text) at character boundaries; blocks are in
/// order, do not overlap and are joined by exactly two newlines; the text holds no control characters
/// but those newlines; a field that the input does not give is `None` or empty, never a guess.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The given id, or the first 16 hex digits of the BLAKE3 hash of the stored text.
    pub report_id: String,
    /// The page's address.
    pub url: Option<String>,
    /// The stored text: all kept blocks joined by `"\n\n"`. Every span in every later record is in it.
    pub text: String,
    /// The parts of the text, in order.
    pub blocks: Vec<Block>,
    /// Who printed it, as metadata or a wire dateline names them.
    pub publisher: Option<String>,
    /// Who wrote it, as metadata, bylines or reporting credits name them.
    pub authors: Vec<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// ISO 639-1 code (639-3 where there is none), or `None` where it could not be told.
    pub language: Option<String>,
    /// Where it came from.
    pub source: Source,
    /// What was left out, and why.
    pub dropped: Vec<Dropped>,
}

impl Report {
    /// The report in a plain text from memory, read with the default [`Options`](crate::Options) and
    /// without remarks; `None` if the text holds no words.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        crate::text::read(
            text,
            crate::text::Given::default(),
            &Source::memory(),
            &crate::Options::default(),
            &mut |_| {},
        )
    }

    /// The words of a block.
    ///
    /// # Panics
    /// When the block belongs to another report.
    #[must_use]
    pub fn slice(&self, block: &Block) -> &str {
        block.span.slice(&self.text)
    }

    /// The headline, where there is one.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.blocks.iter().find(|block| block.kind == BlockKind::Title).map(|block| self.slice(block))
    }

    /// The words of every block of one kind, in order.
    pub fn parts(&self, kind: BlockKind) -> impl Iterator<Item = &str> {
        self.blocks.iter().filter(move |block| block.kind == kind).map(|block| self.slice(block))
    }

    /// The spans to be read one by one, each with the index of its block: every block, with the dateline of a paragraph ("PRISTINA, Sept 30 (Reuters)")
    /// apart from the words that follow its dash, since it is no part of their sentence.
    #[must_use]
    pub fn readable(&self) -> Vec<(u32, Span)> {
        let mut spans = Vec::with_capacity(self.blocks.len());
        for (index, block) in (0..).zip(&self.blocks) {
            let start = block.span.start as usize;
            match dateline::read(self.slice(block)).filter(|_| block.kind != BlockKind::Title) {
                Some(line) => {
                    spans.push((index, Span::from_range(start..start + line.end)));
                    spans.push((index, Span::from_range(start + line.text..block.span.end as usize)));
                }
                None => spans.push((index, block.span)),
            }
        }
        spans
    }

    /// The name of the wire in the first dateline of the body's opening, where there is one.
    #[must_use]
    pub fn wire(&self) -> Option<Span> {
        let opening = self.blocks.iter().filter(|block| block.kind != BlockKind::Title).take(4);
        opening.into_iter().find_map(|block| {
            let wire = dateline::read(self.slice(block))?.wire?;
            let start = block.span.start as usize;
            Some(Span::from_range(start + wire.start..start + wire.end))
        })
    }

    /// Whether the report is in English. A text whose language could not be told is not.
    #[must_use]
    pub fn is_english(&self) -> bool {
        self.language.as_deref() == Some("en")
    }
}
