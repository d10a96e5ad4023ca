//! Feeds (Atom, RFC 4287).

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::page::Entry;

/// A feed. `host` is the address that the request came to, `itself` the feed's path, `page` that of its page.
pub fn feed(title: &str, host: &str, itself: &str, page: &str, updated: Option<Date>, entries: &[Entry]) -> String {
    let day = |d: Option<Date>| d.or(updated).map_or_else(|| "1970-01-01".to_owned(), |d| d.to_string());
    let newest = entries.iter().filter_map(|e| e.updated).max().or(updated);
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    let id = format!("urn:forewarn:{}", blake3::hash(page.as_bytes()).to_hex().get(..32).unwrap_or(""));
    let _ = writeln!(out, "<title>{}</title>", escape(title));
    let _ = writeln!(out, "<id>{id}</id>");
    let _ = writeln!(out, "<updated>{}T00:00:00Z</updated>", day(newest));
    let _ = writeln!(out, "<author><name>Forewarn (machine coding of news reports)</name></author>");
    let _ = writeln!(out, "<link rel=\"self\" href=\"{}\"/>", escape(&format!("{host}{itself}")));
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escape(&format!("{host}{page}")));
    for entry in entries {
        let _ = writeln!(
            out,
            "<entry><title>{}</title><id>urn:forewarn:{}</id><updated>{}T00:00:00Z</updated>\
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/><summary type=\"text\">{}</summary></entry>",
            escape(&entry.title),
            escape(&entry.id),
            day(entry.updated),
            escape(&format!("{host}{}", entry.href)),
            escape(&entry.summary)
        );
    }
    out.push_str("</feed>\n");
    out
}

/// Text for XML: what XML 1.0 has no character for is left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_escapes_what_reports_hold() {
        let entry = Entry {
            id: "abc".to_owned(),
            title: "<script>\u{1} & \"so\"".to_owned(),
            href: "/incidents/abc".to_owned(),
            updated: Some(jiff::civil::date(2023, 9, 24)),
            summary: String::new(),
        };
        let text = feed("T", "http://localhost", "/incidents.atom", "/incidents", None, &[entry]);
        assert!(text.contains("&lt;script&gt; &amp; &quot;so&quot;"), "{text}");
        assert!(text.contains("<updated>2023-09-24T00:00:00Z</updated>"));
        assert!(!text.contains('\u{1}'));
    }
}
