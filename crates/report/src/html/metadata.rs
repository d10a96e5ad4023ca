//! What a page says about itself: JSON-LD, OpenGraph, other `<meta>` elements, `<link>`, `<time>`.

use dom_query::{Document, NodeRef};
use serde_json::Value;

use crate::parts::same_words;
use crate::{Diagnostic, byline, clean};

/// The page's own words about the article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub title: Option<String>,
    pub description: Option<String>,
    pub publisher: Option<String>,
    pub authors: Vec<String>,
    /// Every day of publication given, with where it stands, the most trusted first.
    pub dates: Vec<(&'static str, String)>,
    pub language: Option<String>,
    pub url: Option<String>,
}

/// `<meta>` names of the day of publication, the most trusted first.
#[rustfmt::skip]
const DATE_NAMES: &[&str] = &[
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "dc.date.created",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "citation_publication_date", "citation_date", "publish-date", "publish_date", "publication_date", "pubdate",
    "article.published", "published-date", "date.created", "created", "article_date_original",
    "originalpublicationdate", "date",
];
const TITLE_NAMES: &[&str] =
    &["og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "title"];
const PUBLISHER_NAMES: &[&str] = &[
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "publisher",
    "application-name",
    "copyright-holder",
];
const AUTHOR_NAMES: &[&str] = &[
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "byl",
];
const DESCRIPTION_NAMES: &[&str] = &["og:description", "description", "twitter:description", "dc.description"];
const LANGUAGE_NAMES: &[&str] = &["og:locale", "dc.language", "dcterms.language", "content-language", "language"];

/// JSON-LD types of a news report.
#[rustfmt::skip]
const ARTICLE_TYPES: &[&str] = &[
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
    "BackgroundNewsArticle", "BlogPosting", "LiveBlogPosting", "Report", "WebPage", "SocialMediaPosting",
];

/// Reads all of it.
pub(super) fn collect(document: &Document, remarks: &mut Vec<Diagnostic>) -> Metadata {
    let mut metadata = Metadata::default();
    for script in document.select("script[type='application/ld+json']").nodes() {
        let raw = script.text();
        match parse_json(&raw) {
            Some(value) => json_ld(&value, &mut metadata, 0),
            None if raw.trim().is_empty() => {}
            None => remarks.push(Diagnostic::note(
                "metadata-unreadable",
                "the page's JSON-LD is not valid JSON and was passed over",
            )),
        }
    }
    let metas: Vec<(String, String)> = document
        .select("meta[content]")
        .nodes()
        .iter()
        .filter_map(|meta| {
            let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| meta.attr(key))?;
            let content = clean::tidy(&meta.attr("content")?);
            (!content.is_empty()).then(|| (name.trim().to_lowercase(), content))
        })
        .collect();
    let first = |names: &[&str]| {
        names.iter().find_map(|name| metas.iter().find(|(given, _)| given == name)).map(|(_, content)| content.clone())
    };
    for &name in DATE_NAMES {
        metadata.dates.extend(
            metas.iter().filter(|(given, _)| given == name).map(|(_, content)| (place_of(name), content.clone())),
        );
    }
    time_elements(document, &mut metadata);
    let named = metadata.title.take().or_else(|| first(TITLE_NAMES));
    metadata.publisher = metadata.publisher.or_else(|| first(PUBLISHER_NAMES));
    metadata.title = title(document, named.as_deref(), metadata.publisher.as_deref());
    metadata.description = first(DESCRIPTION_NAMES).or(metadata.description.take());
    metadata.language = document
        .select("html[lang]")
        .nodes()
        .first()
        .and_then(|html| html.attr("lang"))
        .map(|lang| lang.to_string())
        .or(metadata.language.take())
        .or_else(|| first(LANGUAGE_NAMES));
    let canonical = document
        .select("link[rel='canonical'][href]")
        .nodes()
        .first()
        .and_then(|link| link.attr("href"))
        .map(|href| href.trim().to_owned());
    metadata.url = [canonical, first(&["og:url"]), metadata.url.take()]
        .into_iter()
        .flatten()
        .find(|url| url.starts_with("http://") || url.starts_with("https://"));
    if metadata.authors.is_empty() {
        for (_, content) in metas.iter().filter(|(name, _)| AUTHOR_NAMES.contains(&name.as_str())) {
            add_author(&mut metadata, content);
        }
    }
    if metadata.authors.is_empty() {
        authors_on_page(document, &mut metadata);
    }
    metadata
}

fn place_of(name: &'static str) -> &'static str {
    if name == "article:published_time" { "article:published_time" } else { "the page's date in a <meta> element" }
}

/// JSON as pages carry it: with comment marks around it, or with line breaks inside strings.
fn parse_json(raw: &str) -> Option<Value> {
    let bare = raw
        .trim()
        .trim_start_matches("<!--")
        .trim_end_matches("-->")
        .trim()
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(bare).ok().or_else(|| {
        let spaced: String = bare.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        serde_json::from_str(&spaced).ok()
    })
}

fn json_ld(value: &Value, metadata: &mut Metadata, depth: usize) {
    if depth > 8 {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| json_ld(item, metadata, depth + 1)),
        Value::Object(object) => {
            let types: Vec<&str> = match object.get("@type") {
                Some(Value::String(one)) => vec![one.as_str()],
                Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
                _ => Vec::new(),
            };
            if types.iter().any(|name| ARTICLE_TYPES.contains(&name.rsplit('/').next().unwrap_or(name))) {
                let web_page = types.contains(&"WebPage");
                let text =
                    |key: &str| object.get(key).and_then(Value::as_str).map(unescape).filter(|text| !text.is_empty());
                if !web_page {
                    metadata.title = metadata.title.take().or_else(|| text("headline"));
                    metadata.description = metadata.description.take().or_else(|| text("description"));
                    people(object.get("author").or_else(|| object.get("creator")), metadata, 0);
                }
                if let Some(date) = text("datePublished") {
                    metadata.dates.push(("the page's datePublished", date));
                }
                if metadata.publisher.is_none() {
                    metadata.publisher = object
                        .get("publisher")
                        .or_else(|| object.get("sourceOrganization"))
                        .and_then(|publisher| name_of(publisher, 0));
                }
                metadata.language = metadata.language.take().or_else(|| match object.get("inLanguage") {
                    Some(Value::String(tag)) => Some(tag.clone()),
                    Some(Value::Object(language)) => {
                        ["alternateName", "name"].iter().find_map(|key| language.get(*key)?.as_str().map(str::to_owned))
                    }
                    _ => None,
                });
                metadata.url =
                    metadata.url.take().or_else(|| text("url")).or_else(|| match object.get("mainEntityOfPage") {
                        Some(Value::String(url)) => Some(url.clone()),
                        Some(Value::Object(page)) => page.get("@id").and_then(Value::as_str).map(str::to_owned),
                        _ => None,
                    });
            }
            for key in ["@graph", "mainEntity"] {
                if let Some(inner) = object.get(key) {
                    json_ld(inner, metadata, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn people(value: Option<&Value>, metadata: &mut Metadata, depth: usize) {
    match value {
        Some(Value::Array(many)) if depth < 3 => many.iter().for_each(|one| people(Some(one), metadata, depth + 1)),
        Some(one) => {
            if let Some(name) = name_of(one, 0) {
                add_author(metadata, &name);
            }
        }
        None => {}
    }
}

fn name_of(value: &Value, depth: usize) -> Option<String> {
    match value {
        Value::String(name) => Some(unescape(name)).filter(|name| !name.is_empty() && !name.starts_with("http")),
        Value::Object(object) => object.get("name").filter(|_| depth < 3).and_then(|name| name_of(name, depth + 1)),
        Value::Array(many) if depth < 3 => many.iter().find_map(|one| name_of(one, depth + 1)),
        _ => None,
    }
}

fn unescape(text: &str) -> String {
    clean::tidy(&html_escape::decode_html_entities(text))
}

/// Adds the names in an author field; an address or a whole sentence is no name.
fn add_author(metadata: &mut Metadata, raw: &str) {
    let raw = raw.trim();
    if raw.is_empty() || raw.contains("://") || raw.len() > 200 {
        return;
    }
    let names = byline::parse(raw)
        .or_else(|| byline::names(raw))
        .unwrap_or_else(|| if raw.split(' ').count() <= 5 { vec![raw.to_owned()] } else { Vec::new() });
    for name in names {
        if !metadata.authors.contains(&name) {
            metadata.authors.push(name);
        }
    }
}

fn authors_on_page(document: &Document, metadata: &mut Metadata) {
    let marked = "[rel~='author'], [itemprop~='author'], [class~='byline'], [class~='author'], \
                  [class~='article__byline'], [class~='article-author']";
    for node in document.select(marked).nodes().iter().take(4) {
        let text = clean::tidy(&node.text());
        let whole = |names: &Vec<String>| names.iter().all(|name| name.contains(' '));
        let found = byline::parse(&text).or_else(|| byline::names(&text).filter(whole));
        for name in found.unwrap_or_default() {
            if !metadata.authors.contains(&name) {
                metadata.authors.push(name);
            }
        }
    }
}

/// `<time datetime>`: one marked as the day of publication, else the first in the article's head.
fn time_elements(document: &Document, metadata: &mut Metadata) {
    let times = document.select("time[datetime]");
    let is_marked = |node: &NodeRef<'_>| {
        let marks = format!("{} {}", node.attr_or("itemprop", ""), node.attr_or("class", "")).to_lowercase();
        node.has_attr("pubdate") || marks.contains("datepublished") || marks.contains("published")
    };
    let is_update = |node: &NodeRef<'_>| {
        let marks = format!("{} {}", node.attr_or("itemprop", ""), node.attr_or("class", "")).to_lowercase();
        marks.contains("modif") || marks.contains("updat")
    };
    let nodes = times.nodes();
    let marked = nodes.iter().find(|node| is_marked(node) && !is_update(node));
    let in_article = || {
        nodes.iter().find(|node| {
            !is_update(node)
                && node
                    .ancestors_it(None)
                    .any(|above| above.has_name("article") || above.has_name("main") || above.has_name("header"))
        })
    };
    if let Some(node) = marked.or_else(in_article) {
        metadata.dates.push(("the page's <time> element", node.attr_or("datetime", "").trim().to_owned()));
    }
    if let Some(node) = document.select("[itemprop='datePublished'][content]").nodes().first() {
        metadata.dates.push(("the page's datePublished", node.attr_or("content", "").trim().to_owned()));
    }
}

/// The headline as the reader sees it: the `<h1>` that says what the metadata say, else the metadata's
/// words, else the page's only `<h1>`, else `<title>`; the site's name is no part of it.
fn title(document: &Document, named: Option<&str>, publisher: Option<&str>) -> Option<String> {
    let tidy = |node: &NodeRef<'_>| clean::tidy(&node.text());
    let h1s: Vec<String> = document
        .select("h1")
        .nodes()
        .iter()
        .take(8)
        .map(tidy)
        .filter(|text| !text.is_empty() && !publisher.is_some_and(|site| same_words(site, text)))
        .collect();
    let page = document.select("head title, title").nodes().first().map(tidy).filter(|text| !text.is_empty());
    let wanted = named.map(|named| without_site(named, publisher));
    if let Some(wanted) = wanted {
        return Some(h1s.iter().find(|h1| same_words(h1, wanted)).cloned().unwrap_or_else(|| wanted.to_owned()));
    }
    if let Some(h1) =
        h1s.iter().find(|h1| page.as_deref().is_some_and(|page| page.to_lowercase().contains(&h1.to_lowercase())))
    {
        return Some(h1.clone());
    }
    if let [only] = h1s.as_slice() {
        return Some(only.clone());
    }
    page.map(|page| without_site(&page, publisher).to_owned())
}

/// A title without " - Example News" at its end: the site's own name, or a short last part after a bar.
fn without_site<'a>(title: &'a str, publisher: Option<&str>) -> &'a str {
    for separator in [" | ", " - ", " – ", " — ", " :: ", " • ", " · "] {
        if let Some((before, after)) = title.rsplit_once(separator) {
            let is_site = publisher
                .is_some_and(|site| same_words(site, after) || after.to_lowercase().starts_with(&site.to_lowercase()));
            let by_bar = matches!(separator, " | " | " :: ") && after.split(' ').count() <= 4;
            if (is_site || by_bar) && before.split(' ').count() >= 2 {
                return before.trim();
            }
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::collect;

    #[test]
    fn json_ld_first() {
        let page = r#"<html lang="en-GB"><head><title>Talks fail - Example News</title><meta property="og:site_name" content="Example"><meta property="og:description" content="Both sides blame the other.">
            <meta property="article:published_time" content="2023-10-01"><link rel=canonical href="https://example.org/talks">
            <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Organization","name":"Wrong"},{"@type":["NewsArticle"],"headline":"Talks &amp; tears",
            "datePublished":"2023-09-30T10:15:00+02:00","author":[{"@type":"Person","name":"Jane Doe"},"John Roe"],"publisher":{"@type":"Organization","name":"Example News"},"inLanguage":"en"}]}</script></head><body><h1>Talks &amp; tears</h1></body></html>"#;
        let mut remarks = Vec::new();
        let found = collect(&Document::from(page), &mut remarks);
        assert!(remarks.is_empty());
        assert_eq!(found.title.as_deref(), Some("Talks & tears"));
        assert_eq!(found.publisher.as_deref(), Some("Example News"));
        assert_eq!(found.authors, ["Jane Doe", "John Roe"]);
        assert_eq!(found.dates[0].1, "2023-09-30T10:15:00+02:00");
        assert_eq!(found.url.as_deref(), Some("https://example.org/talks"));
        assert_eq!(found.language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn elements_when_there_is_no_json() {
        let page = "<title>Talks fail | Example News</title><script type='application/ld+json'>{oops</script><meta name=author content='By Jane Doe and John Roe'>
            <article><h1>Talks fail</h1><p class=byline>By Somebody Else<p><time datetime='2023-09-30'>Saturday</time></article>";
        let mut remarks = Vec::new();
        let found = collect(&Document::from(page), &mut remarks);
        assert_eq!(remarks[0].code, "metadata-unreadable");
        assert_eq!(found.title.as_deref(), Some("Talks fail"));
        assert_eq!(found.authors, ["Jane Doe", "John Roe"]);
        assert_eq!(found.dates, [("the page's <time> element", "2023-09-30".to_owned())]);
        assert_eq!(found.publisher, None);
    }
}
