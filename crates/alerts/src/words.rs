//! What fired, in words: a line, a message for programs, a feed.

use std::fmt::Write as _;

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

/// An Atom feed (RFC 4287) of what fired, in the order given; `desk` as for [`message`], `updated` for a feed without
/// entries (ISO 8601).
pub fn feed(fired: &[StoredFiring], desk: &str, updated: &str) -> String {
    let newest = fired.iter().map(|f| f.made.as_str()).max().unwrap_or(updated);
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    let desk = desk.trim_end_matches('/');
    let _ = writeln!(out, "<title>Forewarn: alerts</title>\n<id>urn:forewarn:alerts</id>\n<updated>{newest}</updated>");
    let _ = writeln!(out, "<author><name>Forewarn (machine coding of news reports)</name></author>");
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}/\"/>", escape(desk));
    for f in fired {
        let _ = writeln!(out, "<entry>\n<title>{}</title>", escape(&line(f)));
        let _ = writeln!(out, "<id>urn:forewarn:alert:{}</id>", escape(&percent(&id(f))));
        let _ = writeln!(out, "<updated>{}</updated>", escape(&f.made));
        let mut summary = f.body["reason"].as_str().unwrap_or("").to_owned();
        for incident in f.body["evidence"].as_array().into_iter().flatten() {
            let Some(id) = incident["incident_id"].as_str() else { continue };
            let _ = writeln!(out, "<link rel=\"related\" type=\"text/html\" href=\"{}\"/>", escape(&link(desk, id)));
            if let Some(sentence) = incident["sentence"].as_str() {
                let _ = write!(summary, "\n{sentence} ({})", incident["publisher"].as_str().unwrap_or("no publisher"));
            }
        }
        let _ = writeln!(out, "<summary type=\"text\">{}</summary>\n</entry>", escape(&summary));
    }
    out.push_str("</feed>\n");
    out
}

/// A name in an IRI: everything but letters, digits and `-._` as UTF-8 bytes.
fn percent(text: &str) -> String {
    let mut out = String::new();
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || b"-._".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
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
    fn a_feed_escapes_what_reports_hold_and_links_to_evidence() {
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
