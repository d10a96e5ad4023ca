//! Feeds (Atom, RFC 4287): the one writer of them.

use std::fmt::Write as _;

/// A feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// What it is, for ever: an IRI, such as [`urn`] makes.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it changed last, where it has no entries (RFC 3339); with entries, the newest of them says.
    pub updated: String,
    /// Where it is, and what it is a feed of.
    pub links: Vec<Link>,
    /// Its entries, in this order.
    pub entries: Vec<Entry>,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// `self`, `alternate` or `related`.
    pub rel: &'static str,
    /// Where to.
    pub href: String,
}

/// An entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What it is, for ever: an IRI, such as [`urn`] makes. The same thing has the same id in every feed.
    pub id: String,
    /// In one line.
    pub title: String,
    /// When it was told last (RFC 3339).
    pub updated: String,
    /// Its page, and what it rests on.
    pub links: Vec<Link>,
    /// In a few words, as text.
    pub summary: String,
}

/// The IRI of a thing of ours: `urn:forewarn:` and its name, with everything but letters, digits and `-._~:` as UTF-8 bytes.
pub fn urn(name: &str) -> String {
    let mut out = String::from("urn:forewarn:");
    for b in name.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~:".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    out
}

impl Feed {
    /// The document.
    pub fn xml(&self) -> String {
        let mut out =
            String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
        let newest = self.entries.iter().map(|e| &e.updated).max().unwrap_or(&self.updated);
        element(&mut out, "title", &self.title);
        element(&mut out, "id", &self.id);
        element(&mut out, "updated", newest);
        out.push_str("<author><name>Forewarn (machine coding of news reports)</name></author>\n");
        links(&mut out, &self.links);
        for entry in &self.entries {
            out.push_str("<entry>\n");
            element(&mut out, "title", &entry.title);
            element(&mut out, "id", &entry.id);
            element(&mut out, "updated", &entry.updated);
            links(&mut out, &entry.links);
            let _ = writeln!(out, "<summary type=\"text\">{}</summary>\n</entry>", escape(&entry.summary));
        }
        out.push_str("</feed>\n");
        out
    }
}

fn element(out: &mut String, name: &str, text: &str) {
    let _ = writeln!(out, "<{name}>{}</{name}>", escape(text));
}

fn links(out: &mut String, links: &[Link]) {
    for link in links {
        // What a feed's own address gives is the feed; everything else that is linked is a page.
        let media = if link.rel == "self" { "application/atom+xml" } else { "text/html" };
        let _ = writeln!(out, "<link rel=\"{}\" type=\"{media}\" href=\"{}\"/>", link.rel, escape(&link.href));
    }
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
            '\r' => out.push(' '),
            '\n' | '\t' => out.push(c),
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
            id: urn("alert:a & b/SRB>XKX"),
            title: "<script>\u{1} & \"so\"".to_owned(),
            updated: "2023-09-24T00:00:00Z".to_owned(),
            links: vec![Link { rel: "alternate", href: "http://localhost/a?b&c".to_owned() }],
            summary: "one\ntwo".to_owned(),
        };
        let feed = Feed {
            id: urn("alerts"),
            title: "T".to_owned(),
            updated: "2000-01-01T00:00:00Z".to_owned(),
            links: vec![Link { rel: "self", href: "http://localhost/a.atom".to_owned() }],
            entries: vec![entry],
        };
        let text = feed.xml();
        assert!(text.contains("<title>&lt;script&gt; &amp; &quot;so&quot;</title>"), "{text}");
        assert!(text.contains("<id>urn:forewarn:alert:a%20%26%20b%2FSRB%3EXKX</id>"), "{text}");
        assert!(text.contains("<summary type=\"text\">one\ntwo</summary>"), "{text}");
        assert!(text.contains("href=\"http://localhost/a?b&amp;c\""), "{text}");
        assert!(text.contains("rel=\"self\" type=\"application/atom+xml\""), "{text}");
        assert_eq!(text.matches("<updated>2023-09-24T00:00:00Z</updated>").count(), 2, "{text}");
        assert!(!text.contains('\u{1}'));
        let empty = Feed { entries: Vec::new(), ..feed };
        assert!(empty.xml().contains("<updated>2000-01-01T00:00:00Z</updated>"));
    }
}
