//! Named parts and facts to a finished [`Report`].

use crate::parts::Facts;
use crate::{Block, BlockKind, Diagnostic, Options, Report, Source, Span, language};

/// Text at least this long, in bytes, is believed over what the input says about its language.
const TELLING: usize = 400;

/// Joins the parts, settles language and id, and hands on the remarks; `None` if no words are left.
pub(crate) fn assemble(
    parts: Vec<(BlockKind, String)>,
    mut facts: Facts,
    source: &Source,
    options: &Options,
    remark: &mut dyn FnMut(Diagnostic),
) -> Option<Report> {
    let mut text = String::with_capacity(parts.iter().map(|(_, part)| part.len() + 2).sum());
    let mut blocks = Vec::with_capacity(parts.len());
    for (kind, part) in parts {
        if part.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&part);
        blocks.push(Block { kind, span: Span::from_range(start..text.len()) });
    }
    let mut remark = |diagnostic: Diagnostic| remark(diagnostic.at(source));
    facts.diagnostics.drain(..).for_each(&mut remark);
    if blocks.is_empty() {
        let left_out = facts.dropped.len();
        let message = if left_out == 0 {
            "it holds no words".to_owned()
        } else {
            format!("it holds nothing but page furniture ({left_out} pieces left out)")
        };
        remark(Diagnostic::error("no-text", message).with_hint("expected the text of a news report"));
        return None;
    }
    let report_id = facts.report_id.take().unwrap_or_else(|| content_id(&text, &facts));
    let language = settle_language(&text, &facts, options, &mut remark);
    Some(Report {
        report_id,
        url: facts.url,
        text,
        blocks,
        publisher: facts.publisher.or_else(|| options.publisher.clone()),
        authors: facts.authors,
        published: facts.published.or(options.published),
        language,
        source: source.clone(),
        dropped: facts.dropped,
    })
}

/// The first 16 hex digits of the BLAKE3 hash of the stored text, and of the address, publisher and day
/// that the report itself gives: the same wire copy in two papers is two reports. What the caller's
/// options add is not part of it.
fn content_id(text: &str, facts: &Facts) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(text.as_bytes());
    let day = facts.published.map(|day| day.to_string());
    for (name, value) in [("url", &facts.url), ("publisher", &facts.publisher), ("published", &day)] {
        if let Some(value) = value {
            hasher.update(format!("\0{name}\0{value}").as_bytes());
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

fn settle_language(text: &str, facts: &Facts, options: &Options, remark: &mut dyn FnMut(Diagnostic)) -> Option<String> {
    if let Some(forced) = &options.language {
        return Some(language::normalise(forced).unwrap_or_else(|| forced.clone()));
    }
    let detected = language::detect(text);
    let settled = match (&facts.language, detected) {
        (Some(said), Some(found)) if (said == "en") != (found == "en") && text.len() >= TELLING => {
            let message = format!(
                "the input says that the text is in {}, but it reads as {}",
                language::name(said),
                language::name(found)
            );
            remark(
                Diagnostic::warning("language-conflict", message)
                    .with_hint("the text is believed; pass the language to settle it"),
            );
            Some(found.to_owned())
        }
        (Some(said), _) => Some(said.clone()),
        (None, found) => found.map(str::to_owned),
    };
    match settled.as_deref() {
        Some("en") => {}
        Some(other) => remark(
            Diagnostic::note("not-english", format!("the report is in {} ({other})", language::name(other)))
                .with_hint("only English is coded; the report is kept with its language named"),
        ),
        None => remark(
            Diagnostic::note("language-unknown", "the language could not be told")
                .with_hint("give the report a \"language\" or pass one; it is not taken for English"),
        ),
    }
    settled
}
