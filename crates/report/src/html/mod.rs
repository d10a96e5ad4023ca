//! Reader of HTML pages.
//!
//! The article is found by a readability extractor, its mark-up is walked into pieces, and the pieces go
//! through the same rules as plain text. Title, day, authors and publisher come from JSON-LD, then
//! OpenGraph and other `<meta>` elements, then `<time>` and bylines. A page that is too deep, too large
//! or too odd for the extractor is read tag by tag instead ([`plain`]).

mod metadata;
mod plain;
mod walk;

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use self::metadata::Metadata;
use crate::layout::{Piece, Role};
use crate::parts::{self, Facts, same_words};
use crate::{Diagnostic, Options, Source, assemble, clean, language, text};

/// Pages larger than this, in bytes, are read tag by tag: the document tree takes several times the
/// page's size in memory.
const TREE_BYTES: usize = 12 << 20;

/// How deep elements may lie in one another: the extractor's time grows with the square of the depth.
const TREE_DEPTH: usize = 256;

/// Reads the report on a page.
pub(crate) fn read_bytes(bytes: &[u8], source: &Source, options: &Options, sink: &mut crate::Sink<'_>) {
    let Some(page) = text::decode(bytes, true, source, options, sink) else { return };
    let (metadata, pieces, mut remarks) = pieces(&page);
    let mut facts = Facts::default();
    metadata.tell(&mut facts);
    facts.diagnostics.append(&mut remarks);
    let parts = if pieces.is_empty() { Vec::new() } else { parts::sort(pieces, &mut facts) };
    // A headline alone is what is left of a page whose article was not found.
    if let Some(report) = assemble::assemble(parts, facts, source, options, &mut |diagnostic| sink(Err(diagnostic))) {
        sink(Ok(report));
    }
}

fn pieces(page: &str) -> (Metadata, Vec<Piece>, Vec<Diagnostic>) {
    let mut remarks = Vec::new();
    let odd = plain::oddity(page, TREE_BYTES, TREE_DEPTH);
    let (metadata, mut pieces) = if let Some(odd) = odd {
        remarks.push(html_plain(odd));
        let head = plain::head(page);
        let metadata = if plain::oddity(head, TREE_BYTES, TREE_DEPTH).is_none() {
            metadata::collect(&Document::from(head), &mut remarks)
        } else {
            Metadata::default()
        };
        (metadata, plain::pieces(page))
    } else {
        let document = Document::from(page);
        let metadata = metadata::collect(&document, &mut remarks);
        let standfirst = walk::standfirst(&document, metadata.description.as_deref());
        let mut pieces = article(page, document, &mut remarks);
        if let Some(standfirst) = standfirst {
            place_standfirst(&mut pieces, standfirst);
        }
        (metadata, pieces)
    };
    if let Some(title) = &metadata.title {
        if let Some(at) = pieces.iter().take(6).position(|piece| same_words(&piece.text, title)) {
            // What stands above the headline is the page's, not the article's.
            let above = pieces.drain(..=at).take(at).collect::<Vec<_>>();
            pieces.splice(0..0, above);
        }
        pieces.insert(0, Piece::new(title.clone(), Role::Title));
    }
    (metadata, pieces, remarks)
}

/// The article's pieces: by the extractor, or from the whole page where that finds less than is there.
fn article(page: &str, document: Document, remarks: &mut Vec<Diagnostic>) -> Vec<Piece> {
    let whole = walk::article_element(&document).map(|node| walk::pieces(&node)).unwrap_or_default();
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let extracted = catch_unwind(AssertUnwindSafe(|| {
        let content = Readability::with_document(document, None, Some(config)).ok()?.parse().ok()?.content;
        let fragment = Document::fragment(content);
        Some(walk::pieces(&fragment.root()))
    }));
    if extracted.is_err() {
        remarks.push(html_plain("the article extractor failed on it"));
    }
    let extracted = extracted.ok().flatten().unwrap_or_default();
    if prose(&extracted) * 10 >= prose(&whole) * 6 && prose(&extracted) > 0 {
        return extracted;
    }
    if prose(&whole) > 0 {
        return whole;
    }
    if extracted.is_empty() { plain::pieces(page) } else { extracted }
}

/// How many bytes of a page's pieces are sentences.
fn prose(pieces: &[Piece]) -> usize {
    pieces
        .iter()
        .filter(|piece| !matches!(piece.role, Role::Furniture(_)) && parts::ends_sentence(&piece.text))
        .map(|piece| piece.text.len())
        .sum()
}

/// Marks the standfirst where the article has it, or puts it before the article.
fn place_standfirst(pieces: &mut Vec<Piece>, standfirst: String) {
    match pieces.iter().position(|piece| same_words(&piece.text, &standfirst)) {
        Some(at) if at <= 4 => pieces[at].role = Role::Standfirst,
        Some(_) => {}
        None => pieces.insert(0, Piece::new(standfirst, Role::Standfirst)),
    }
}

fn html_plain(why: &str) -> Diagnostic {
    Diagnostic::warning("html-plain", format!("{why}; it was read tag by tag"))
        .with_hint("some of the page's furniture may have stayed in the text")
}

impl Metadata {
    /// Hands what the page says about itself to the facts.
    fn tell(&self, facts: &mut Facts) {
        facts.url.clone_from(&self.url);
        facts.publisher.clone_from(&self.publisher);
        for author in &self.authors {
            facts.add_author(clean::tidy(author));
        }
        for (place, raw) in &self.dates {
            // The first that can be read is the day; those before it that cannot are remarked upon.
            facts.add_date(raw, place);
        }
        facts.language = self.language.as_deref().and_then(language::normalise);
    }
}
