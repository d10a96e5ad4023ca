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

/// The words that a party is shown by.
fn words(party: &PartyRow) -> &str {
    party.resolved.as_deref().filter(|r| !r.is_empty()).unwrap_or(&party.text)
}

/// A side: its parties, each with a link to its page where it has a code. Parties that share their words ("the leaders of
/// Germany and France") have them once, with each code behind.
pub fn side(frame: &Frame<'_>, parties: &[PartyRow]) -> Markup {
    html! {
        @if parties.is_empty() { span.muted { "(nobody named)" } }
        @for (i, party) in parties.iter().enumerate() {
            @let again = i > 0 && words(&parties[i - 1]) == words(party);
            @if again {
                @if let Some(code) = code(party) { " " a.code href=(frame.link(&href(code))) title=(frame.desk.name(code)) { (code) } }
            } @else {
                @if i > 0 { " + " }
                (one(frame, party))
            }
        }
    }
}

/// One party.
pub fn one(frame: &Frame<'_>, party: &PartyRow) -> Markup {
    let words = words(party);
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
    let mut all: Vec<&str> = parties.iter().map(words).collect();
    all.dedup();
    all.join(" and ")
}
