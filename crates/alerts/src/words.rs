//! What fired, in words: a line, a message for programs, a feed.

use std::fmt::Write as _;

use forewarn_exchange::write::atom::{Entry, Feed, Link, urn};
use forewarn_ledger::StoredFiring;
use serde_json::{Value, json};

/// A line for people.
pub fn line(fired: &StoredFiring) -> String {
    let of = if fired.series.is_empty() { String::new() } else { format!(" {}", fired.series) };
    format!("{}{of}: {}", fired.name, fired.body["reason"].as_str().unwrap_or(""))
}

/// What a webhook is sent and a file gets as a line: the firing with links to its evidence on the desk at `desk`
/// (`http://127.0.0.1:8080`). `id` is the same at every try, so that who gets a message twice can tell.
pub fn message(fired: &StoredFiring, desk: &str) -> Value {
    let mut out = json!({
        "id": id(fired), "alert": fired.name, "series": fired.series, "from": fired.from, "as_of": fired.as_of,
        "fired": fired.made, "text": line(fired),
        "note": "Machine coding of news reports: what is told, not what is. Read the evidence before acting.",
    });
    if let (Some(out), Some(body)) = (out.as_object_mut(), fired.body.as_object()) {
        out.extend(body.iter().map(|(k, v)| (k.clone(), v.clone())));
        if let Some(evidence) = out.get_mut("evidence").and_then(Value::as_array_mut) {
            for incident in evidence {
                let url = incident["incident_id"].as_str().map(|id| link(desk, id));
                incident["url"] = json!(url);
            }
        }
    }
    out
}

fn link(desk: &str, incident: &str) -> String {
    format!("{}/incidents/{incident}", desk.trim_end_matches('/'))
}

fn id(fired: &StoredFiring) -> String {
    format!("{}/{}/{}", fired.name, fired.series, fired.from)
}

/// The name of a firing among the things that feeds tell of ([`urn`]).
pub fn name(fired: &StoredFiring) -> String {
    format!("alert:{}", id(fired))
}

/// What stands behind a firing: why it fired, then the sentences that it rests on, a line each.
pub fn summary(fired: &StoredFiring) -> String {
    let mut out = fired.body["reason"].as_str().unwrap_or("").to_owned();
    for incident in fired.body["evidence"].as_array().into_iter().flatten() {
        if let Some(sentence) = incident["sentence"].as_str() {
            let _ = write!(out, "\n{sentence} ({})", incident["publisher"].as_str().unwrap_or("no publisher"));
        }
    }
    out
}

/// Ids of the incidents that a firing rests on.
pub fn evidence(fired: &StoredFiring) -> impl Iterator<Item = &str> {
    fired.body["evidence"].as_array().into_iter().flatten().filter_map(|i| i["incident_id"].as_str())
}

/// The path of the page that shows a firing on a desk: the first incident that it rests on.
pub fn page(fired: &StoredFiring) -> String {
    evidence(fired).next().map_or_else(|| "/alerts".to_owned(), |id| format!("/incidents/{id}"))
}

/// A feed of what fired, in the order given; `desk` as for [`message`], `updated` for a feed without entries (RFC 3339).
pub fn feed(fired: &[StoredFiring], desk: &str, updated: &str) -> String {
    let root = desk.trim_end_matches('/');
    let entry = |f: &StoredFiring| Entry {
        id: urn(&name(f)),
        title: line(f),
        updated: f.made.clone(),
        links: std::iter::once(Link { rel: "alternate", href: format!("{root}{}", page(f)) })
            .chain(evidence(f).map(|id| Link { rel: "related", href: link(desk, id) }))
            .collect(),
        summary: summary(f),
    };
    let feed = Feed {
        id: urn("alerts"),
        title: "Forewarn: alerts".to_owned(),
        updated: updated.to_owned(),
        links: vec![Link { rel: "alternate", href: format!("{root}/alerts") }],
        entries: fired.iter().map(entry).collect(),
    };
    feed.xml()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_tells_and_links_to_evidence() {
        let fired = StoredFiring {
            id: 1,
            name: "a & b".into(),
            series: "SRB>XKX".into(),
            from: jiff::civil::date(2023, 9, 18),
            as_of: jiff::civil::date(2023, 9, 24),
            body: json!({
                "reason": "4 happenings", "evidence": [
                    { "incident_id": "abc", "sentence": "<b>\u{1}Shots</b> \"fell\".", "publisher": "Wire" },
                ],
            }),
            target: "atom".into(),
            made: "2023-09-25T00:00:00Z".into(),
            tries: 0,
            delivered: None,
            fault: None,
        };
        let text = feed(std::slice::from_ref(&fired), "http://desk.example/", "2000-01-01T00:00:00Z");
        assert!(text.contains("&lt;b&gt;Shots&lt;/b&gt; &quot;fell&quot;."), "{text}");
        assert!(text.contains("<title>a &amp; b SRB&gt;XKX: 4 happenings</title>"), "{text}");
        assert!(text.contains("<id>urn:forewarn:alert:a%20%26%20b%2FSRB%3EXKX%2F2023-09-18</id>"), "{text}");
        assert!(text.contains("href=\"http://desk.example/incidents/abc\"") && !text.contains('\u{1}'), "{text}");
        assert!(text.contains("<updated>2023-09-25T00:00:00Z</updated>"), "{text}");
        assert!(feed(&[], "x", "2000-01-01T00:00:00Z").contains("<updated>2000-01-01T00:00:00Z</updated>"));
        let sent = message(&fired, "http://desk.example/");
        assert_eq!(sent["evidence"][0]["url"], "http://desk.example/incidents/abc");
        assert_eq!(sent["id"], "a & b/SRB>XKX/2023-09-18");
    }
}
