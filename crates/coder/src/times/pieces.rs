//! The words that the reader of times walks over: tokens, cut at hyphens, dashes and slashes between figures.

use forewarn_report::Span;

use crate::tree::Tree;

/// A word or a part of one.
#[derive(Clone, Copy)]
pub(super) struct Piece<'t> {
    /// Lower case.
    pub low: &'t str,
    /// Where it stands.
    pub span: Span,
    /// The token it belongs to.
    pub token: usize,
    /// Whether it starts with a capital letter.
    pub capital: bool,
    /// Whether it follows the piece before without a space.
    pub glued: bool,
}

impl Piece<'_> {
    /// Its value, if it is written in figures alone.
    pub(super) fn figures(&self) -> Option<u32> {
        if self.low.len() <= 6 && self.low.bytes().all(|b| b.is_ascii_digit()) { self.low.parse().ok() } else { None }
    }

    /// Whether it is a hyphen or a dash.
    pub(super) fn is_dash(&self) -> bool {
        matches!(self.low, "-" | "–" | "—" | "‑")
    }
}

/// The pieces of a sentence.
pub(super) fn pieces<'t>(tree: &'t Tree) -> Vec<Piece<'t>> {
    let mut out: Vec<Piece> = Vec::with_capacity(tree.len() + 8);
    for i in 0..tree.len() {
        let (form, low, span) = (tree.form(i), tree.lower(i), tree.token(i).span);
        let capital = form.chars().next().is_some_and(char::is_uppercase);
        // Letters whose small form is longer or shorter ("Ⱥ") would shift the cuts.
        let same = || form.is_ascii() || form.chars().map(char::len_utf8).eq(low.chars().map(char::len_utf8));
        let joined = form.len() > 1 && form.contains(['-', '–', '—', '/', '‑', '_']) && same();
        if !joined {
            let glued = out.last().is_some_and(|p| p.span.end == span.start);
            out.push(Piece { low, span, token: i, capital, glued });
            continue;
        }
        let mut start = 0;
        for (at, c) in low.char_indices().chain([(low.len(), '\0')]) {
            let cut = matches!(c, '-' | '–' | '—' | '/' | '‑' | '_' | '\0');
            if !cut {
                continue;
            }
            let mut push = |a: usize, b: usize| {
                if a < b {
                    let piece = Span { start: span.start + a as u32, end: span.start + b as u32 };
                    let glued = out.last().is_some_and(|p| p.span.end == piece.start);
                    let capital = form[a..].chars().next().is_some_and(char::is_uppercase);
                    out.push(Piece { low: &low[a..b], span: piece, token: i, capital, glued });
                }
            };
            push(start, at);
            let next = at + c.len_utf8();
            if at < low.len() {
                push(at, next);
            }
            start = next;
        }
    }
    out
}
