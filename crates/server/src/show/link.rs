//! Links out of the desk: only to addresses that a browser may safely be sent to.

use maud::{Markup, html};

use crate::asked::segment;
use crate::form::Form;

/// The words as a link to a report's address where it is one of the web; otherwise the words alone.
pub fn outward(url: Option<&str>, words: &str) -> Markup {
    html! {
        @if let Some(url) = url.filter(|u| is_web(u)) {
            a href=(url) rel="noreferrer noopener nofollow external" dir="auto" { (words) }
        } @else { span dir="auto" { (words) } }
    }
}

/// Whether an address is http or https and holds nothing that could be read as more than an address.
fn is_web(url: &str) -> bool {
    let lower = url.trim().to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")) && !lower.contains(|c: char| c.is_control())
}

/// The path of a report's page. Its id may be anything; one that ends as a form of data does is not cut there.
pub fn report(id: &str) -> String {
    let path = format!("/reports/{}", segment(id));
    match Form::cut(&path) {
        (rest, Some(_)) => format!("{rest}%2E{}", &path[rest.len() + 1..]),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_id_of_a_report_has_a_path_of_its_own() {
        assert_eq!(report("a/b c?d"), "/reports/a%2Fb%20c%3Fd");
        assert_eq!(report("page.json"), "/reports/page%2Ejson");
        for id in ["page.json", ".csv", "x.atom"] {
            assert_eq!(Form::cut(&report(id)).1, None, "{id}");
        }
    }

    #[test]
    fn only_the_web_is_linked_to() {
        assert!(is_web("https://example.org/a?b=c"));
        for bad in
            ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "", "java\nscript:x"]
        {
            assert!(!is_web(bad), "{bad}");
            assert!(!outward(Some(bad), "x").into_string().contains("href"), "{bad}");
        }
    }
}
