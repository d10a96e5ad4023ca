//! Words of ours in which code stands between backticks.

use maud::{Markup, html};

/// The words, with what stands between backticks as code.
pub fn ticked(text: &str) -> Markup {
    // Without a second tick the rest is no code: the last part of an even number of parts stands alone.
    let parts: Vec<&str> = text.split('`').collect();
    let whole = parts.len() % 2 == 1;
    html! {
        @for (i, part) in parts.iter().enumerate() {
            @if i % 2 == 0 { (part) }
            @else if whole || i + 1 < parts.len() { code dir="auto" { (part) } }
            @else { "`" (part) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ticked;

    #[test]
    fn ticks_become_code_and_nothing_is_markup() {
        assert_eq!(ticked("a `b<c` d").into_string(), "a <code dir=\"auto\">b&lt;c</code> d");
        assert_eq!(ticked("a ` b").into_string(), "a ` b");
        assert_eq!(ticked("`a` and `b").into_string(), "<code dir=\"auto\">a</code> and `b");
    }
}
