//! Addresses that stay whole: of pages, of mail, of files.

use super::words::is_label;

/// The bytes of `chunk` that are an address, without the marks around it.
pub(super) fn find(chunk: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    if let Some(scheme) = chunk.find("://") {
        // Whatever stands before the scheme's letters is no part of it: `(see:http://…`.
        let letters = chunk[..scheme].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        if letters == 0 {
            return None;
        }
        from = scheme - letters;
    } else {
        from += chunk.len() - chunk.trim_start_matches(is_opening).len();
    }
    // A closing angle ends an address in angles.
    let mut end = chunk[from..].find(['<', '>', '"', '“', '”', '|']).map_or(chunk.len(), |n| from + n);
    loop {
        let inner = &chunk[from..end];
        let last = inner.chars().next_back()?;
        let closes = last == ')' && inner.matches('(').count() < inner.matches(')').count();
        if !closes && !is_closing(last) {
            break;
        }
        end -= last.len_utf8();
    }
    let inner = &chunk[from..end];
    is_address(inner).then_some((from, end))
}

fn is_opening(c: char) -> bool {
    matches!(c, '<' | '(' | '[' | '{' | '"' | '\'' | '“' | '‘' | '«' | '*')
}

fn is_closing(c: char) -> bool {
    matches!(c, ']' | '}' | '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '»' | '…' | '*')
}

fn is_address(word: &str) -> bool {
    let bytes = word.as_bytes();
    let starts = |s: &str| bytes.len() > s.len() && bytes[..s.len()].eq_ignore_ascii_case(s.as_bytes());
    if let Some(scheme) = word.find("://") {
        return scheme > 0 && word.len() > scheme + 3;
    }
    if starts("www.") || starts("mailto:") {
        return true;
    }
    if let Some(at) = word.find('@') {
        let (user, host) = (&word[..at], &word[at + 1..]);
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+' | b'%' | b'&' | b'\'');
        return !host.is_empty() && user.bytes().all(plain) && host.bytes().all(plain);
    }
    // A host without a scheme, and a path on it.
    let Some(slash) = word.find('/') else { return false };
    let host = &word[..slash];
    host.rsplit_once('.').is_some_and(|(name, label)| {
        !name.is_empty() && is_label(label) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
    })
}

/// The end of the host or file name that starts at `word`'s start and goes on past its first dot.
pub(super) fn dotted_name(word: &str) -> Option<usize> {
    let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let mut end = word.bytes().take_while(|b| plain(b)).count();
    while end > 0 && matches!(word.as_bytes()[end - 1], b'.' | b'-') {
        end -= 1;
    }
    let name = &word[..end];
    // A word of another script goes on: no name.
    if word[end..].chars().next().is_some_and(super::is_word_char) {
        return None;
    }
    let (host, label) = name.rsplit_once('.')?;
    let group = |g: &str| matches!(g, "alt" | "comp" | "misc" | "rec" | "sci" | "soc" | "talk");
    let news = group(name.split('.').next().unwrap_or("")) && label.len() > 1;
    // `over.The` is two words, `over.me` might be a host: labels that are words need a host in capitals or dots.
    let word_like =
        matches!(label, "me" | "news" | "int" | "de" | "es" | "info" | "ai" | "io" | "ie" | "sa" | "ch" | "ac");
    let known =
        is_label(label) && (!word_like || host.contains('.') || host.starts_with(|c: char| c.is_ascii_uppercase()));
    (known || news).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(chunk: &str) -> Option<&str> {
        find(chunk).map(|(a, b)| &chunk[a..b])
    }

    #[test]
    fn addresses() {
        assert_eq!(inner("(http://example.org/a_(b))."), Some("http://example.org/a_(b)"));
        assert_eq!(inner("<desk@example.org>,"), Some("desk@example.org"));
        assert_eq!(inner("www.example.org;"), Some("www.example.org"));
        assert_eq!(inner("example.org/news"), Some("example.org/news"));
        assert_eq!(inner("and/or"), None);
        assert_eq!(inner("://"), None);
    }

    #[test]
    fn names() {
        assert_eq!(dotted_name("example.com's"), Some(11));
        assert_eq!(dotted_name("over.The"), None);
        assert_eq!(dotted_name("bbc.co.uk."), Some(9));
    }
}
