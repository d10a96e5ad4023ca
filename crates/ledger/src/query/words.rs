//! The functions that the ledger adds to SQL: `has_words(text, words, open)`, whether a text has words in this order,
//! marks and case aside; `distance_km(lat, lon, lat, lon)` on the sphere.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use crate::error::{Doing, Result};

/// Makes the functions known to a connection.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection
        .create_scalar_function("has_words", 3, flags, |context| {
            let text = context.get_raw(0).as_str_or_null()?;
            let wanted = context.get_raw(1).as_str()?;
            let open: bool = context.get(2)?;
            Ok(text.is_some_and(|t| has_words(t, wanted, open)))
        })
        .doing("adding a function to SQLite")?;
    connection
        .create_scalar_function("distance_km", 4, flags, |context| {
            let point = |i| -> rusqlite::Result<Option<(f64, f64)>> {
                Ok(context.get::<Option<f64>>(i)?.zip(context.get::<Option<f64>>(i + 1)?))
            };
            Ok(point(0)?.zip(point(2)?).map(|(a, b)| forewarn_gazetteer::distance_km(a, b)))
        })
        .doing("adding a function to SQLite")
}

/// Whether `text` has the words of `wanted` next to each other; the last may be the beginning of one where `open`.
pub(crate) fn has_words(text: &str, wanted: &str, open: bool) -> bool {
    if lacks(text, wanted) {
        return false;
    }
    let wanted = folded(wanted);
    let words: Vec<&str> = pieces(&wanted).collect();
    if words.is_empty() {
        return false;
    }
    let text = folded(text);
    let have: Vec<&str> = pieces(&text).collect();
    have.windows(words.len()).any(|window| {
        let last = words.len() - 1;
        window[..last] == words[..last]
            && (window[last] == words[last] || open && window[last].starts_with(words[last]))
    })
}

/// Whether a plain text surely lacks the first word: spares the folding of most names.
fn lacks(text: &str, wanted: &str) -> bool {
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ');
    let Some(first) = wanted.split(' ').next() else { return false };
    // Folding shortens a few words, all of them short themselves.
    if first.len() < 6 || !plain(first) || !plain(text) {
        return false;
    }
    !text.as_bytes().windows(first.len()).any(|w| w.eq_ignore_ascii_case(first.as_bytes()))
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// Lower case, without marks, as the gazetteer folds names.
fn folded(text: &str) -> String {
    forewarn_gazetteer::fold(text)
}

#[cfg(test)]
mod tests {
    use super::has_words;

    #[test]
    fn words_are_found_whole_and_in_order() {
        assert!(has_words("Kosovska Mitrovica", "mitrovica", false));
        assert!(has_words("Zvečan", "zvecan", false));
        assert!(has_words("the Interior Ministry of Kosovo", "interior ministry", false));
        assert!(!has_words("the Interior Ministry", "ministry interior", false));
        assert!(!has_words("Mitrovica", "mitro", false));
        assert!(has_words("Mitrovica", "mitro", true));
        assert!(!has_words("Mitrovica", "", true));
        assert!(has_words("North Mitrovica", "MITROVICA", false));
        assert!(!has_words("Leposavic", "mitrovica", false));
    }
}
