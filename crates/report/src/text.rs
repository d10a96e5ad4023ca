//! Reader of plain text.

use std::borrow::Cow;

use crate::layout::{self, Piece, Role};
use crate::parts::{self, Facts};
use crate::{Diagnostic, Options, Report, Source, assemble, charset, clean, sniff};

/// What is given beside a text: a title, and the facts.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub title: Option<String>,
    pub facts: Facts,
}

/// Reads one report out of bytes of plain text.
pub(crate) fn read_bytes(bytes: &[u8], source: &Source, options: &Options, sink: &mut crate::Sink<'_>) {
    let Some(text) = decode(bytes, false, source, options, sink) else { return };
    if let Some(report) = read(&text, Given::default(), source, options, &mut |diagnostic| sink(Err(diagnostic))) {
        sink(Ok(report));
    }
}

/// Reads one report out of a text.
pub(crate) fn read(
    text: &str,
    given: Given,
    source: &Source,
    options: &Options,
    remark: &mut dyn FnMut(Diagnostic),
) -> Option<Report> {
    let Given { title, mut facts } = given;
    let mut pieces = layout::pieces(text);
    let title = title.map(|title| clean::tidy(&title)).filter(|title| !title.is_empty());
    if let Some(title) = title {
        pieces.insert(0, Piece::new(title, Role::Title));
    }
    let parts = if pieces.is_empty() { Vec::new() } else { parts::sort(pieces, &mut facts) };
    assemble::assemble(parts, facts, source, options, remark)
}

/// Bytes as text, or `None` after saying why there is none: too large, empty, binary.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    html: bool,
    source: &Source,
    options: &Options,
    sink: &mut crate::Sink<'_>,
) -> Option<Cow<'a, str>> {
    let refusal = if bytes.len() as u64 > limit(options) {
        Some(too_large(bytes.len() as u64, options))
    } else if bytes.trim_ascii().is_empty() {
        Some(
            Diagnostic::error(
                "empty-input",
                if bytes.is_empty() { "it is empty" } else { "it holds only white space" },
            )
            .with_hint("expected the text of a news report"),
        )
    } else {
        sniff::binary(bytes).map(|found| {
            Diagnostic::error("binary-input", format!("it looks like {found}"))
                .with_hint("expected plain text, HTML or JSON Lines")
        })
    };
    if let Some(refusal) = refusal {
        sink(Err(refusal.at(source)));
        return None;
    }
    let decoded = charset::decode(bytes, html);
    for diagnostic in decoded.diagnostics {
        sink(Err(diagnostic.at(source)));
    }
    Some(decoded.text)
}

/// The largest report in bytes: what is set, and never so much that a span could overflow.
pub(crate) fn limit(options: &Options) -> u64 {
    options.max_bytes.min(1 << 30)
}

pub(crate) fn too_large(bytes: u64, options: &Options) -> Diagnostic {
    Diagnostic::error("too-large", format!("it has {bytes} bytes; a report may have {}", limit(options)))
        .with_hint("split it, or raise the limit if it really is one report")
}
