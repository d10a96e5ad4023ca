//! A page's entries as a feed.

use forewarn_exchange::write::atom::{Entry as Item, Feed, Link, urn};
use jiff::civil::Date;

use crate::page::Entry;

/// A feed. `host` is the address that the request came to, `itself` the feed's path, `page` that of its page.
pub fn feed(title: &str, host: &str, itself: &str, page: &str, updated: Option<Date>, entries: &[Entry]) -> String {
    let day = |d: Option<Date>| format!("{}T00:00:00Z", d.or(updated).unwrap_or(jiff::civil::date(1970, 1, 1)));
    let link = |rel, path: &str| Link { rel, href: format!("{host}{path}") };
    let item = |entry: &Entry| Item {
        id: urn(&entry.id),
        title: entry.title.clone(),
        updated: day(entry.updated),
        links: vec![link("alternate", &entry.href)],
        summary: entry.summary.clone(),
    };
    let feed = Feed {
        id: urn(blake3::hash(page.as_bytes()).to_hex().get(..32).unwrap_or("")),
        title: title.to_owned(),
        updated: day(updated),
        links: vec![link("self", itself), link("alternate", page)],
        entries: entries.iter().map(item).collect(),
    };
    feed.xml()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_lead_to_their_pages_at_the_host_that_was_asked() {
        let entry = Entry {
            id: "abc".to_owned(),
            title: "<script>".to_owned(),
            href: "/incidents/abc".to_owned(),
            updated: Some(jiff::civil::date(2023, 9, 24)),
            summary: String::new(),
        };
        let text = feed("T", "http://localhost", "/incidents.atom", "/incidents", None, &[entry]);
        assert!(text.contains("<title>&lt;script&gt;</title>"), "{text}");
        assert!(text.contains("<id>urn:forewarn:abc</id>"), "{text}");
        assert!(text.contains("href=\"http://localhost/incidents/abc\""), "{text}");
        assert!(text.contains("<updated>2023-09-24T00:00:00Z</updated>"), "{text}");
        let empty = feed("T", "http://localhost", "/incidents.atom", "/incidents", None, &[]);
        assert!(empty.contains("<updated>1970-01-01T00:00:00Z</updated>"), "{empty}");
    }
}
