//! Chips: the type of an act, its factuality.

use maud::{Markup, html};

use crate::asked::segment;

/// The class of a quad class, force apart: `q1` to `q4`, `qf`.
pub fn quad_class(quad: Option<u8>, event_type: Option<&str>) -> &'static str {
    match (quad, event_type) {
        (_, Some("ASSAULT")) => "qf",
        (Some(1), _) => "q1",
        (Some(2), _) => "q2",
        (Some(3), _) => "q3",
        (Some(4), _) => "q4",
        _ => "q0",
    }
}

/// The type, with its mode, as a link to its page of the codebook.
pub fn kind(event_type: Option<&str>, mode: Option<&str>, quad: Option<u8>) -> Markup {
    let class = quad_class(quad, event_type);
    html! {
        @match event_type {
            Some(kind) => a.chip.chip-type.(class) href={ "/codebook/" (segment(kind)) } {
                (kind) @if let Some(mode) = mode { span.chip-mode { " " (mode) } }
            },
            None => span.chip.chip-type.q0 { "statement" },
        }
    }
}

/// What each word of factuality says.
pub const FACTUALITIES: [(&str, &str); 7] = [
    ("asserted", "said to have happened"),
    ("denied", "someone says that it did not happen"),
    ("negated", "the text says that it did not happen"),
    ("announced", "promised, planned or authorised, not done yet"),
    ("disavowed", "an intention that someone says they do not have"),
    ("hypothetical", "if, could, fears, considering"),
    ("background", "history that the report recalls"),
];

/// The factuality, with its meaning; what is asserted needs no word.
pub fn factuality(word: Option<&str>, always: bool) -> Markup {
    let Some(word) = word else { return html! {} };
    let Some((known, meaning)) = FACTUALITIES.iter().find(|(w, _)| *w == word) else {
        return html! { span.fact { (word) } };
    };
    if *known == "asserted" && !always {
        return html! {};
    }
    html! { span.fact.{ "fact-" (known) } title=(meaning) { (known) } }
}
