//! A walk along the links of the desk, from the first page: each leads to something, and each page is well made.

mod sample;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use sample::Sample;

/// Addresses of one kind that are asked for: enough to see each form, few enough to be quick.
const OF_A_KIND: usize = 25;

/// The values of an attribute in a page, unescaped.
fn values<'t>(html: &'t str, attribute: &str) -> Vec<&'t str> {
    let open = format!(" {attribute}=\"");
    html.split(open.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// What is wrong with how a page is made.
fn faults(html: &str) -> Vec<String> {
    let mut out = Vec::new();
    if html.matches("<h1").count() != 1 {
        out.push(format!("{} main headings", html.matches("<h1").count()));
    }
    if html.contains(" style=\"") || html.contains("<script>") || html.contains(" onclick=") {
        out.push("a style or script in the page, which the policy forbids".to_owned());
    }
    let mut ids = BTreeSet::new();
    for id in values(html, "id") {
        if !ids.insert(id) {
            out.push(format!("the id {id} stands there twice"));
        }
    }
    for label in values(html, "for").into_iter().chain(values(html, "aria-labelledby")) {
        if !ids.contains(label) {
            out.push(format!("{label} is pointed to and not there"));
        }
    }
    for href in values(html, "href") {
        if let Some(anchor) = href.strip_prefix('#')
            && !ids.contains(anchor)
        {
            out.push(format!("#{anchor} leads nowhere"));
        }
    }
    out
}

#[tokio::test]
async fn every_link_leads_to_a_page_that_is_well_made() {
    let desk = Sample::new();
    let mut queue: VecDeque<(String, String)> = VecDeque::new();
    for start in ["/", "/?as_of=2023-09-26", "/ask/SRB/XKX", "/dyads/SRB/XKX", "/countries/XKX?as_of=2023-09-26"] {
        queue.push_back((start.to_owned(), "the start".to_owned()));
    }
    let mut seen = BTreeSet::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    while let Some((uri, from)) = queue.pop_front() {
        if !seen.insert(uri.clone()) {
            continue;
        }
        let path = uri.split('?').next().unwrap_or("");
        let ending = path.rsplit_once('/').and_then(|(_, last)| last.rsplit_once('.')).map_or("", |(_, ending)| ending);
        let kind = format!("{}.{ending}", path.split('/').nth(1).unwrap_or(""));
        let count = kinds.entry(kind).or_default();
        *count += 1;
        if *count > OF_A_KIND {
            continue;
        }
        let answer = desk.get(&uri).await;
        if answer.status.as_u16() != 200 {
            wrong.push(format!("{uri} (from {from}): {}", answer.status));
            continue;
        }
        if !answer.media_type().starts_with("text/html") {
            continue;
        }
        let html = answer.text();
        wrong.extend(faults(&html).into_iter().map(|f| format!("{uri}: {f}")));
        for link in values(&html, "href").into_iter().chain(values(&html, "src")).chain(values(&html, "data-src")) {
            let link = link.replace("&amp;", "&").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
            if link.starts_with('/') {
                queue.push_back((link.split('#').next().unwrap_or("").to_owned(), uri.clone()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(kinds.len() > 20, "only {kinds:?}");
}

#[test]
fn a_page_that_is_ill_made_is_seen() {
    let bad = "<h1>a</h1><h1>b</h1><p id=\"x\" style=\"y\"><p id=\"x\"><a href=\"#z\"><label for=\"w\">";
    assert_eq!(faults(bad).len(), 5, "{:?}", faults(bad));
}
