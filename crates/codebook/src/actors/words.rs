//! Inflection of the words of the lexicon.

/// The regular plural of a noun or noun phrase; its last word takes the ending.
pub(super) fn plural(word: &str) -> String {
    let lower = word.to_lowercase();
    if lower.ends_with("man") && !["human", "roman", "german", "norman", "shaman"].iter().any(|w| lower.ends_with(w)) {
        return format!("{}men", &word[..word.len() - 3]);
    }
    let bytes = lower.as_bytes();
    let before_last = bytes.len().checked_sub(2).map(|i| bytes[i]);
    if lower.ends_with('y') && !matches!(before_last, Some(b'a' | b'e' | b'o' | b'u')) {
        return format!("{}ies", &word[..word.len() - 1]);
    }
    if ["s", "x", "z", "ch", "sh"].iter().any(|e| lower.ends_with(e)) {
        return format!("{word}es");
    }
    format!("{word}s")
}

/// The plural noun that an adjective of nationality also is: "Serbian" gives "Serbians"; none for "French".
pub(super) fn people_of(adjective: &str) -> Option<String> {
    let ends = ["an", "i", "ar", "ot", "ech", "ovene", "elo"];
    ends.iter().any(|e| adjective.ends_with(e)).then(|| format!("{adjective}s"))
}

#[cfg(test)]
mod tests {
    use super::{people_of, plural};

    #[test]
    fn plurals() {
        assert_eq!(plural("gunman"), "gunmen");
        assert_eq!(plural("spokeswoman"), "spokeswomen");
        assert_eq!(plural("militia"), "militias");
        assert_eq!(plural("army"), "armies");
        assert_eq!(plural("human"), "humans");
        assert_eq!(plural("witness"), "witnesses");
        assert_eq!(people_of("Iraqi").as_deref(), Some("Iraqis"));
        assert_eq!(people_of("French"), None);
    }
}
