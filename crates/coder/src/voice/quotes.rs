//! Direct speech: the quotations of a report, over sentence ends.

use forewarn_report::Span;

/// A quotation with its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// From the opening mark to the end of the closing one, or to the end of the block if none closes it.
    pub span: Span,
    /// Its block.
    pub block: u32,
    /// How many words it has.
    pub words: u32,
}

/// The quotations in `text`, block by block; `blocks` are the bytes of each block with its number.
pub(super) fn quotes(text: &str, blocks: &[(Span, u32)]) -> Vec<Quote> {
    let mut out = Vec::new();
    for &(span, block) in blocks {
        let Some(slice) = span.get(text) else { continue };
        let mut open: Option<(usize, char)> = None;
        let mut previous = ' ';
        let mut depth = 0;
        let mut chars = slice.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |&(_, c)| c);
            match (c, open) {
                ('“' | '„' | '«', None) => open = Some((at, c)),
                // A quotation within a quotation.
                ('“', Some((_, '“'))) => depth += 1,
                ('”', Some((_, '“'))) if depth > 0 => depth -= 1,
                // NYT's '' for both marks.
                ('\'', None) if next == '\'' && !previous.is_alphanumeric() => {
                    open = Some((at, '\''));
                    chars.next();
                }
                ('\'', Some((start, '\''))) if next == '\'' => {
                    out.push(quote(slice, span, block, start, at + 2));
                    open = None;
                    chars.next();
                }
                ('”' | '»', Some((start, _))) => {
                    out.push(quote(slice, span, block, start, at + c.len_utf8()));
                    open = None;
                }
                // A straight mark opens where a word follows and closes where one ends.
                ('"', None) if !next.is_whitespace() || previous.is_whitespace() => open = Some((at, c)),
                ('"', Some((start, mark))) if mark != '“' || !previous.is_whitespace() => {
                    out.push(quote(slice, span, block, start, at + 1));
                    open = None;
                }
                _ => {}
            }
            previous = c;
        }
        if let Some((start, _)) = open.filter(|&(start, _)| slice[..start].trim().is_empty()) {
            // A quotation that goes on in the next paragraph fills this one and is opened again there.
            out.push(quote(slice, span, block, start, slice.trim_end().len()));
        }
    }
    out
}

fn quote(slice: &str, span: Span, block: u32, start: usize, end: usize) -> Quote {
    let words = slice[start..end.max(start)].split_whitespace().count() as u32;
    Quote { span: Span { start: span.start + start as u32, end: span.start + end.max(start) as u32 }, block, words }
}

#[cfg(test)]
mod tests {
    use super::quotes;
    use forewarn_report::Span;

    fn found(text: &str) -> Vec<&str> {
        let whole = Span { start: 0, end: text.len() as u32 };
        quotes(text, &[(whole, 0)]).iter().map(|q| q.span.slice(text)).collect()
    }

    #[test]
    fn marks_of_every_kind() {
        assert_eq!(found("\"We hold. They know,\" he said. \"It ends.\""), ["\"We hold. They know,\"", "\"It ends.\""]);
        assert_eq!(found("“We hold,” he said."), ["“We hold,”"]);
        assert_eq!(found("''We hold,'' he said."), ["''We hold,''"]);
        assert_eq!(found("“We hold, and so on"), ["“We hold, and so on"]);
    }
}
