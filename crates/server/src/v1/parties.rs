//! Parties by the beginning of a name: countries, organisations and groups. Persons are not looked up.

use forewarn_codebook::actors::{Actors, EntryKind, Form};
use forewarn_gazetteer::fold;
use serde::Serialize;
use serde_json::{Value, json};

use super::endpoint::Sent;
use crate::desk::Context;
use crate::fault::Fault;

/// A party that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Its code, as questions and filters take it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// `country`, `organisation`, `group`, `force`, `party`, `company`, `media` or `people`.
    pub kind: &'static str,
}

/// `/v1/parties`.
///
/// # Errors
/// None.
#[allow(clippy::unnecessary_wraps)] // Every endpoint may fail.
pub fn make(context: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let most = context.asked.count("limit", 12) as usize;
    let rows = find(&context.desk.names.actors, context.asked.get("q").unwrap_or(""), most);
    Ok(json!({ "rows": rows }))
}

/// The kind of party in a word; none for what is not looked up.
fn kind(kind: EntryKind) -> Option<&'static str> {
    match kind {
        EntryKind::Country => Some("country"),
        EntryKind::Body => Some("organisation"),
        EntryKind::Group => Some("group"),
        EntryKind::Force => Some("force"),
        EntryKind::Party => Some("party"),
        EntryKind::Company => Some("company"),
        EntryKind::Media => Some("media"),
        EntryKind::Ethnic => Some("people"),
        EntryKind::Person | EntryKind::Place => None,
    }
}

/// The parties whose code or name begins so, or has a word that begins so: the closest first, countries before others.
pub fn find(actors: &Actors, words: &str, most: usize) -> Vec<Found> {
    let key = fold(words);
    if key.is_empty() {
        return Vec::new();
    }
    // How near, countries first, length of the name, code: a total order, so that the answer is always the same.
    let mut found: Vec<((u8, u8, usize), &str, usize)> = Vec::new();
    for (at, entry) in actors.entries.iter().enumerate() {
        if !entry.code.is_empty() && kind(entry.kind).is_some() && fold(&entry.code) == key {
            found.push(((0, rank(entry.kind), 0), &entry.code, at));
        }
    }
    for term in &actors.terms {
        let entry = &actors.entries[term.entry as usize];
        if term.form != Form::Name || entry.code.is_empty() || kind(entry.kind).is_none() {
            continue;
        }
        let name = fold(&term.text);
        let near = if name == key {
            1
        } else if name.starts_with(&key) {
            2
        } else if name.split(' ').any(|w| w.starts_with(&key)) || name.contains(&format!(" {key}")) {
            3
        } else {
            continue;
        };
        found.push(((near, rank(entry.kind), name.len()), &entry.code, term.entry as usize));
    }
    found.sort_unstable();
    let mut out: Vec<Found> = Vec::new();
    for (_, code, at) in found {
        if out.len() >= most {
            break;
        }
        let entry = &actors.entries[at];
        if let Some(kind) = kind(entry.kind)
            && !out.iter().any(|f| f.code == code)
        {
            out.push(Found { code: code.to_owned(), name: entry.name.to_string(), kind });
        }
    }
    out
}

fn rank(kind: EntryKind) -> u8 {
    match kind {
        EntryKind::Country => 0,
        EntryKind::Body => 1,
        EntryKind::Ethnic => 3,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_come_first_and_persons_never() {
        let actors = Actors::embedded().expect("no fault");
        let codes = |words: &str| find(&actors, words, 12).into_iter().map(|f| f.code).collect::<Vec<_>>();
        assert_eq!(codes("serb").first().map(String::as_str), Some("SRB"));
        assert_eq!(codes("XKX").first().map(String::as_str), Some("XKX"));
        assert_eq!(codes("kôsovo").first().map(String::as_str), Some("XKX"));
        assert!(codes("nato").contains(&"NATO".to_owned()), "{:?}", codes("nato"));
        let person = actors.entries.iter().find(|e| e.kind == EntryKind::Person).expect("there are persons");
        assert!(find(&actors, &person.name, 12).iter().all(|f| f.name != person.name));
        assert!(codes("").is_empty() && codes("  ").is_empty());
    }
}
