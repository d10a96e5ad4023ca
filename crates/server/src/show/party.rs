//! Parties: what the text says, and the code it stands for.

use forewarn_exchange::row::PartyRow;
use maud::{Markup, html};

use crate::asked::segment;
use crate::frame::Frame;

/// The code that a party stands under: group, country or people.
pub fn code(party: &PartyRow) -> Option<&str> {
    party.group.as_deref().or(party.country.as_deref()).or(party.ethnicity.as_deref())
}

/// The path of a party's page.
pub fn href(code: &str) -> String {
    format!("/actors/{}", segment(code))
}

/// A side: its parties, each with a link to its page where it has a code.
pub fn side(frame: &Frame<'_>, parties: &[PartyRow]) -> Markup {
    html! {
        @if parties.is_empty() { span.muted { "(nobody named)" } }
        @for (i, party) in parties.iter().enumerate() {
            @if i > 0 { " + " }
            (one(frame, party))
        }
    }
}

/// One party.
pub fn one(frame: &Frame<'_>, party: &PartyRow) -> Markup {
    let words = party.resolved.as_deref().filter(|r| !r.is_empty()).unwrap_or(&party.text);
    html! {
        @match code(party) {
            Some(code) => {
                a.party href=(frame.link(&href(code))) dir="auto" { (words) }
                " " span.code title=(frame.desk.name(code)) { (code) }
            },
            None => span.party dir="auto" { (words) },
        }
    }
}

/// A side in plain words.
pub fn text(parties: &[PartyRow]) -> String {
    if parties.is_empty() {
        return "somebody".to_owned();
    }
    let words = |p: &PartyRow| p.resolved.clone().filter(|r| !r.is_empty()).unwrap_or_else(|| p.text.clone());
    parties.iter().map(words).collect::<Vec<_>>().join(" and ")
}
