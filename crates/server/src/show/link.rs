//! Links out of the desk: only to addresses that a browser may safely be sent to.

use maud::{Markup, html};

/// The words as a link to a report's address where it is one of the web; otherwise the words alone.
pub fn outward(url: Option<&str>, words: &str) -> Markup {
    match url.filter(|u| is_web(u)) {
        Some(url) => html! { a href=(url) rel="noreferrer noopener nofollow external" dir="auto" { (words) } },
        None => html! { span dir="auto" { (words) } },
    }
}

/// Whether an address is http or https and holds nothing that could be read as more than an address.
fn is_web(url: &str) -> bool {
    let lower = url.trim().to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")) && !lower.contains(|c: char| c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked_to() {
        assert!(is_web("https://example.org/a?b=c"));
        for bad in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "", "java\nscript:x"] {
            assert!(!is_web(bad), "{bad}");
            assert!(!outward(Some(bad), "x").into_string().contains("href"), "{bad}");
        }
    }
}
