//! News media that no list has: told by their names ("the Continental Press Agency", "Example Wire", "Radio Savanna").

use forewarn_language::{NameKind, Upos};

use crate::tree::Tree;

/// Words that end the names of papers and wires and hardly anyone else's.
const LAST: [&str; 18] = [
    "wire",
    "newswire",
    "news",
    "herald",
    "times",
    "tribune",
    "gazette",
    "courier",
    "chronicle",
    "dispatch",
    "telegraph",
    "post",
    "daily",
    "newspaper",
    "journal",
    "press",
    "echo",
    "ledger",
];

/// Words before which a body of many kinds is a news agency.
const OF_NEWS: [&str; 4] = ["news", "press", "media", "information"];

/// Whether token `at` belongs to the name of a medium, by the words of the name. `names` are media that the report itself
/// shows as such: its publisher, the wire of its dateline.
pub(crate) fn is_named_so(tree: &Tree, at: usize, names: &[&str]) -> bool {
    if !matches!(tree.upos(at), Upos::Propn | Upos::Noun) || !is_capital(tree, at) {
        return false;
    }
    let (first, end) = run(tree, at);
    let words: Vec<&str> = (first..end).map(|t| tree.form(t)).collect();
    if names
        .iter()
        .any(|name| name.split_whitespace().filter(|w| !w.eq_ignore_ascii_case("the")).eq(words.iter().copied()))
    {
        return true;
    }
    // A person's surname may be Post or Herald.
    let person = |n: &forewarn_language::Name| {
        n.kind == NameKind::Person && (n.first as usize) < end && (n.end as usize) > first
    };
    if end - first < 2 || tree.sentence.names.iter().any(person) {
        return false;
    }
    let (before, last) = (tree.lower(end - 2), tree.lower(end - 1));
    LAST.contains(&last)
        || matches!(last, "agency" | "service") && OF_NEWS.contains(&before) && end - first > 2
        || matches!(tree.lower(first), "radio") && end - first == 2
}

/// The run of capitalised words around `at`.
fn run(tree: &Tree, at: usize) -> (usize, usize) {
    let inside = |t: usize| is_capital(tree, t) && matches!(tree.upos(t), Upos::Propn | Upos::Noun | Upos::Adj);
    let (mut first, mut end) = (at, at + 1);
    while first > 0 && inside(first - 1) {
        first -= 1;
    }
    while end < tree.len() && inside(end) {
        end += 1;
    }
    (first, end)
}

fn is_capital(tree: &Tree, at: usize) -> bool {
    tree.form(at).starts_with(char::is_uppercase)
}
