//! A request that could not be answered, for people.

use maud::{Markup, html};

use crate::fault::Fault;

/// What stands in `main`.
pub fn body(fault: &Fault) -> Markup {
    html! {
        section.error-page {
            p.error-code { (fault.status) " · " (fault.code) }
            h1 { (fault.title) }
            pre.error-detail { (fault.detail) }
            @if !fault.suggestions.is_empty() {
                p { "Did you mean " }
                ul { @for s in &fault.suggestions { li { @if s.starts_with('/') { a href=(s) { (s) } } @else { code { (s) } } } } }
            }
            p { a href="/" { "To the first page" } }
        }
    }
}
