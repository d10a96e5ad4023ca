//! Lines about a report that stand in its text: `Source: …`, `Published: …`, a bare date.

use jiff::civil::Date;

use crate::dates;

/// What a line about the report says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Title(String),
    Publisher(String),
    Authors(Vec<String>),
    Url(String),
    Language(String),
    /// The day of publication.
    Published(Date),
    /// A line that should have held the day of publication but does not.
    BadDate(String),
    /// The time of a change, or a time of day: of no use here.
    Aside,
}

/// Labels and what their values are.
#[rustfmt::skip]
const LABELS: &[(&str, &[&str])] = &[
    ("title", &["title", "headline"]),
    ("publisher", &[
        "source", "publisher", "publication", "newspaper", "agency", "quelle", "izvor", "извор", "источник", "джерело",
        "fuente", "fonte", "burimi", "kaynak",
    ]),
    ("author", &["author", "authors", "byline", "autor", "autorin"]),
    ("url", &["url", "link", "address", "source url"]),
    ("language", &["language", "lang", "sprache", "jezik"]),
    ("date", &[
        "date", "published", "published on", "publication date", "date published", "posted", "posted on",
        "first published", "release date", "datum", "veröffentlicht", "fecha", "publié le", "objavljeno",
    ]),
    ("aside", &[
        "updated", "last updated", "last modified", "modified", "updated on", "aktualisiert", "stand", "mis à jour",
        "actualizado", "ažurirano", "time", "retrieved",
    ]),
];

/// Words before a date that stands in a line of its own, without a colon.
#[rustfmt::skip]
const BEFORE_DATE: &[(&str, bool)] = &[
    ("first published on ", true), ("published on ", true), ("published at ", true), ("published ", true),
    ("posted on ", true), ("posted ", true), ("veröffentlicht am ", true), ("publié le ", true),
    ("publicado el ", true), ("pubblicato il ", true),
    ("objavljeno ", true), ("last updated on ", false), ("last updated ", false), ("updated on ", false),
    ("updated at ", false), ("updated ", false), ("last modified ", false), ("modified ", false),
    ("aktualisiert am ", false),
];

/// What a line about the report says; `None` if it is none.
pub(crate) fn parse(text: &str) -> Option<Line> {
    if text.len() > 400 {
        return None;
    }
    let text = text.trim();
    if let Some((label, value)) = text.split_once(':')
        && label.len() <= 24
        && let Some(kind) = kind(label.trim())
    {
        return labelled(kind, value.trim());
    }
    date_line(text)
}

/// Whether a line is one about the report.
pub(crate) fn is_line(raw: &str) -> bool {
    parse(raw).is_some()
}

fn labelled(kind: &str, value: &str) -> Option<Line> {
    let value = if kind == "date" { first_time(value) } else { value };
    let words = value.split_whitespace().count();
    if value.is_empty() {
        return None;
    }
    let is_url = value.starts_with("http://") || value.starts_with("https://");
    match kind {
        "title" => (words <= 40).then(|| Line::Title(value.to_owned())),
        "url" => is_url.then(|| Line::Url(value.to_owned())),
        "publisher" if is_url => Some(Line::Url(value.to_owned())),
        // A publisher's name is short and no sentence.
        "publisher" => {
            (words <= 6 && !value.ends_with(['.', '?', '!', '"', '”'])).then(|| Line::Publisher(value.to_owned()))
        }
        "author" => crate::byline::names(value).map(Line::Authors),
        "language" => {
            (words <= 2 && crate::language::normalise(value).is_some()).then(|| Line::Language(value.to_owned()))
        }
        "date" if words > 8 => None,
        "date" => Some(dates::parse(value).map_or_else(|| Line::BadDate(value.to_owned()), Line::Published)),
        _ => (words <= 8 && value.bytes().any(|byte| byte.is_ascii_digit())).then_some(Line::Aside),
    }
}

fn date_line(text: &str) -> Option<Line> {
    if text.len() > 80 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let lower = text.to_lowercase();
    for (before, publication) in BEFORE_DATE {
        if lower.starts_with(before) && text.is_char_boundary(before.len()) {
            let date = dates::parse(text.get(before.len()..)?)?;
            return Some(if *publication { Line::Published(date) } else { Line::Aside });
        }
    }
    if let Some(date) = dates::parse(first_time(text)) {
        return Some(Line::Published(date));
    }
    // "BRUSSELS - 30 September 2023": a place and a day.
    let (one, other) = [" - ", " – ", " — ", " | ", " • "].iter().find_map(|separator| text.split_once(separator))?;
    let is_place = |part: &str| {
        part.split(' ').count() <= 3
            && part.chars().all(|letter| letter.is_alphabetic() || matches!(letter, ' ' | ',' | '-'))
    };
    let date = if is_place(one) { dates::parse(other) } else { None };
    date.or_else(|| if is_place(other) { dates::parse(one) } else { None }).map(Line::Published)
}

/// The first of two times in a line: `30 Sep 2023, 2:16 PM Last updated: 30 Sep 2023, 2:17 PM`.
fn first_time(value: &str) -> &str {
    let end =
        [" Last ", " last ", " Updated", " updated", " UPDATED", " Modified", " modified", " | ", " • ", " · ", " ("]
            .iter()
            .filter_map(|mark| value.find(mark))
            .min();
    value[..end.unwrap_or(value.len())].trim()
}

fn kind(label: &str) -> Option<&'static str> {
    let lower = label.to_lowercase();
    LABELS.iter().find(|(_, labels)| labels.contains(&lower.as_str())).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::{Line, parse};

    #[test]
    fn lines() {
        let day = jiff::civil::date(2023, 9, 30);
        for (text, expected) in [
            ("Source: Example News", Some(Line::Publisher("Example News".into()))),
            ("Source: https://example.org/a", Some(Line::Url("https://example.org/a".into()))),
            ("Title: Talks fail", Some(Line::Title("Talks fail".into()))),
            ("Date: 2023-09-30", Some(Line::Published(day))),
            ("Published: 30 September 2023, 10:15", Some(Line::Published(day))),
            ("Published on September 30, 2023", Some(Line::Published(day))),
            ("September 30, 2023", Some(Line::Published(day))),
            ("Published: Sat 30 Sep 2023, 2:16 PM Last updated: Sun 1 Oct 2023, 2:17 PM", Some(Line::Published(day))),
            ("BRUSSELS - 30 Sep 2023", Some(Line::Published(day))),
            ("30 September 2023 | Brussels", Some(Line::Published(day))),
            ("Updated 30 September 2023 at 10:15 GMT", Some(Line::Aside)),
            ("Last updated: 10:15", Some(Line::Aside)),
            ("Date: the day before yesterday", Some(Line::BadDate("the day before yesterday".into()))),
            ("Author: Jane Doe", Some(Line::Authors(vec!["Jane Doe".into()]))),
            ("Language: English", Some(Line::Language("English".into()))),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn near_misses() {
        for text in [
            "Source: a soldier who was there and who asked not to be named.",
            "The date: a mystery",
            "Time: the enemy of peace talks",
            "Published reports say that the army left.",
            "Updated weapons reached the front in 2023",
            "On September 30, 2023 the army left",
            "1999",
            "The war of 2022 - 24 February 2022",
            "Agency: \"We do not know\"",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
