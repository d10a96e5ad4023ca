//! Pages read tag by tag, without a document tree: in time and memory linear in their size.

use std::collections::HashMap;

use crate::clean;
use crate::layout::{Piece, Role};

/// Elements without an end tag, or whose end tag is often left out; they add no depth.
#[rustfmt::skip]
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "td", "tr", "th", "dd", "dt", "option", "thead", "tbody", "tfoot", "colgroup", "rt", "rp",
];

/// Elements whose content is not text of the article.
#[rustfmt::skip]
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "nav", "footer", "form", "button", "select", "figcaption",
    "iframe", "textarea", "title", "head",
];

/// Elements that do not break a line.
#[rustfmt::skip]
const INLINE: &[&str] = &[
    "a", "b", "i", "em", "strong", "span", "font", "u", "small", "big", "sub", "sup", "abbr", "cite", "q", "s", "mark",
    "time", "code", "tt", "wbr", "img", "ins", "del", "bdi", "bdo", "kbd", "acronym", "label", "data", "var",
];

/// Attributes one tag may have: finding doubles among them takes the square of their number.
const ATTRIBUTES: usize = 1000;

/// Why a page should not be made into a tree, if so.
pub(super) fn oddity(page: &str, bytes: usize, depth: usize) -> Option<&'static str> {
    if page.len() > bytes {
        return Some("the page is very large");
    }
    let mut open: HashMap<&str, usize> = HashMap::new();
    let mut all = 0;
    for token in (Tokens { rest: page }) {
        let Token::Tag { name, raw, closing } = token else { continue };
        if raw.len() > 2 * ATTRIBUTES && attributes(raw) > ATTRIBUTES {
            return Some("a tag of the page has thousands of attributes");
        }
        if FLAT.iter().any(|flat| flat.eq_ignore_ascii_case(name)) || raw.ends_with('/') {
            continue;
        }
        // Tag names are compared as written: a page that mixes cases looks deeper than it is.
        if closing {
            if let Some(count) = open.get_mut(name).filter(|count| **count > 0) {
                *count -= 1;
                all -= 1;
            }
        } else {
            *open.entry(name).or_default() += 1;
            all += 1;
            if all > depth {
                return Some("the page's elements lie hundreds deep in one another");
            }
        }
    }
    None
}

/// The part of a page that holds its metadata.
pub(super) fn head(page: &str) -> &str {
    let start = &page[..page.floor_char_boundary(256 << 10)];
    let end = ["</head>", "<body", "</HEAD>", "<BODY"].iter().filter_map(|tag| start.find(tag)).min();
    &start[..end.unwrap_or(start.len())]
}

/// The pieces of a page.
pub(super) fn pieces(page: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut raw = String::new();
    let mut role = Role::Paragraph;
    let mut skipping: Option<(String, usize)> = None;
    let flush = |raw: &mut String, role: Role, pieces: &mut Vec<Piece>| {
        let text = clean::tidy(&html_escape::decode_html_entities(raw.as_str()));
        raw.clear();
        if !text.is_empty() {
            pieces.push(Piece::new(text, role));
        }
    };
    for token in (Tokens { rest: page }) {
        match token {
            Token::Text(text) => {
                if skipping.is_none() {
                    raw.push_str(text);
                }
            }
            Token::Tag { name, raw: tag, closing } => {
                let name = name.to_ascii_lowercase();
                if let Some((skipped, depth)) = &mut skipping {
                    if *skipped == name {
                        *depth = if closing { depth.saturating_sub(1) } else { *depth + 1 };
                        if *depth == 0 {
                            skipping = None;
                        }
                    } else if name == "body" && !closing {
                        skipping = None;
                    }
                    continue;
                }
                if !closing && SKIPPED.contains(&name.as_str()) && !tag.ends_with('/') {
                    flush(&mut raw, role, &mut pieces);
                    skipping = Some((name, 1));
                    continue;
                }
                if INLINE.contains(&name.as_str()) {
                    continue;
                }
                flush(&mut raw, role, &mut pieces);
                if matches!(name.as_bytes(), [b'h', b'1'..=b'6']) {
                    role = if closing { Role::Paragraph } else { Role::Heading };
                } else if name == "p" || name == "div" {
                    role = Role::Paragraph;
                }
            }
        }
    }
    flush(&mut raw, role, &mut pieces);
    pieces
}

enum Token<'a> {
    Text(&'a str),
    /// `raw` is what stands between `<` and `>`.
    Tag {
        name: &'a str,
        raw: &'a str,
        closing: bool,
    },
}

/// Text and tags of a page; comments and declarations are passed over.
struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(at) = self.rest.find('<') else {
                return Some(Token::Text(std::mem::take(&mut self.rest)));
            };
            if at > 0 {
                let (text, rest) = self.rest.split_at(at);
                self.rest = rest;
                return Some(Token::Text(text));
            }
            if let Some(comment) = self.rest.strip_prefix("<!--") {
                self.rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            let inside = &self.rest[1..];
            let closing = inside.starts_with('/');
            let named = inside.strip_prefix('/').unwrap_or(inside);
            if !named.starts_with(|letter: char| letter.is_ascii_alphabetic() || matches!(letter, '!' | '?')) {
                // A lone "<" is text.
                let end = inside.find('<').map_or(self.rest.len(), |end| end + 1);
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(Token::Text(text));
            }
            let end = tag_end(inside);
            let raw = &inside[..end];
            self.rest = inside.get(end + 1..).unwrap_or("");
            let name_end = named
                .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-' && letter != ':')
                .unwrap_or(named.len());
            let name = &named[..name_end];
            if name.is_empty() {
                continue;
            }
            // The content of scripts and styles is not mark-up.
            if !closing && ["script", "style"].iter().any(|silent| silent.eq_ignore_ascii_case(name)) {
                self.rest = after_silent(self.rest, name);
                continue;
            }
            return Some(Token::Tag { name, raw, closing });
        }
    }
}

/// Where a tag ends: its `>` outside quotation marks, or the first one if a mark is never closed.
fn tag_end(inside: &str) -> usize {
    let first = inside.find('>').unwrap_or(inside.len());
    let mut quote = None;
    // A tag longer than this with an open quotation mark has lost it.
    for (at, byte) in inside.bytes().enumerate().take(first.saturating_add(1 << 20)) {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if inside[..at].trim_end().ends_with('=') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    first
}

fn after_silent<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let start = from + at + 2;
        if rest.get(start..start + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return rest[start..].find('>').map_or("", |end| &rest[start + end + 1..]);
        }
        from = start;
    }
    ""
}

/// About how many attributes a tag has, values in quotation marks not counted.
fn attributes(raw: &str) -> usize {
    let mut quote = None;
    let mut count = 0;
    for byte in raw.bytes() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, byte) if byte.is_ascii_whitespace() || byte == b'/' => count += 1,
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{head, oddity, pieces};
    use crate::layout::Role;

    #[test]
    fn tags_entities_and_scripts() {
        let page = "<html><head><title>T</title><script>if (a<b) '<p>'</script></head><body><!-- <p>no --><h2>Why</h2><p>The <b>army</b> &amp; police < 3 said &ldquo;so&rdquo;.<br>Next.<nav><p>Home</nav><p title='a>b'>End.";
        let found: Vec<(Role, String)> = pieces(page).into_iter().map(|piece| (piece.role, piece.text)).collect();
        let expected = [
            (Role::Heading, "Why"),
            (Role::Paragraph, "The army & police < 3 said “so”."),
            (Role::Paragraph, "Next."),
            (Role::Paragraph, "End."),
        ];
        assert_eq!(found, expected.map(|(role, text)| (role, text.to_owned())));
        assert_eq!(head(page), &page[..page.find("</head>").expect("it is there")]);
    }

    #[test]
    fn oddities() {
        assert_eq!(oddity(&"<p>one<p>two<br>".repeat(5000), 1 << 20, 256), None);
        assert_eq!(oddity(&"<div></div>".repeat(5000), 1 << 20, 256), None);
        assert!(oddity(&"<div>".repeat(300), 1 << 20, 256).is_some());
        assert!(oddity(&"<div></x>".repeat(300), 1 << 20, 256).is_some());
        assert!(oddity(&format!("<div {}>", "a=1 ".repeat(3000)), 1 << 20, 256).is_some());
        assert!(oddity("<p>", 2, 256).is_some());
    }

    #[test]
    fn unfinished() {
        for page in [
            "<",
            "<p",
            "<p title='",
            "</",
            "<!--",
            "<!",
            "<script>",
            "a<",
            "<script></scrip",
            "<é>",
            "&amp",
            "<a b=\"c>d",
        ] {
            let _ = pieces(page);
            let _ = oddity(page, 100, 100);
        }
    }
}
