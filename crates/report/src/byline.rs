//! Bylines and reporting credits: who wrote a report, as it says itself.

use std::ops::Range;

/// Words a byline begins with; those without a colon must be followed by names alone.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "By", "BY", "by", "Written by", "Words by", "Story by", "Text by", "Reported by", "Report by", "Author:",
    "Authors:", "Byline:", "By:", "Von", "VON", "Von:", "Autor:", "Autorin:", "Autoren:", "Par", "Par :", "Auteur :",
    "Por", "POR", "Por:", "Di", "A cura di",
    "Piše:", "Piše", "Pišu:", "Autor teksta:", "Пише:", "Аутор:", "Автор:", "Автори:", "Авторы:", "Shkruan:",
    "Shkruar nga", "Nga", "Door", "Av", "Autorë:", "Autore:", "Autori:",
];

/// Words a reporting credit begins with. The second says whether those named wrote the report.
const CREDITS: &[(&str, bool)] = &[
    ("Reporting by", true),
    ("Reporting and writing by", true),
    ("Additional reporting by", true),
    ("Additional reporting", true),
    ("With additional reporting by", true),
    ("With reporting by", true),
    ("Further reporting by", true),
    ("Writing by", true),
    ("Written by", true),
    ("Written and edited by", true),
    ("Reporting:", true),
    ("Compiled by", false),
    ("Editing by", false),
    ("Edited by", false),
    ("Editing:", false),
    ("Translated by", false),
    ("Translation by", false),
    ("Production by", false),
    ("Graphics by", false),
    ("Graphic by", false),
];

/// Lower-case words that stand inside names.
#[rustfmt::skip]
const PARTICLES: &[&str] = &[
    "de", "van", "von", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin", "ibn",
    "bint", "ter", "ten", "y", "e", "zu", "af", "av",
];

/// Capitalised words that no one is called: a heading such as "By Land and Sea" names nobody.
#[rustfmt::skip]
const NOT_NAMES: &[&str] = &[
    "the", "air", "sea", "land", "force", "forces", "security", "council", "united", "nations", "states", "union",
    "government", "army", "police", "president", "minister", "prime", "foreign", "defence", "defense", "monday",
    "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august", "september",
    "october", "november", "december", "night", "day", "train", "road", "war", "peace", "popular", "demand", "numbers",
    "far", "all", "means",
    "any", "other", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "new", "border",
    "water", "fire", "law", "order", "decree", "court", "european", "international", "one", "two", "three", "end",
    "early", "late", "mid", "next", "last",
];

/// Words that show a part of a byline to be a post, a publisher or a place rather than a name.
#[rustfmt::skip]
const POSTS: &[&str] = &[
    "correspondent", "correspondents", "editor", "reporter", "reporters", "staff", "writer", "writers", "news",
    "agency", "agencies", "desk", "bureau", "times", "post", "press", "reuters", "afp", "ap", "bbc", "cnn", "dpa",
    "epa", "tass", "xinhua", "associated", "chief",
    "columnist", "analyst", "contributor", "producer", "journalist", "magazine", "gazette", "herald", "tribune",
    "guardian", "online", "radio", "television", "tv", "agence", "agentur", "redaktion", "rédaction", "redakcija",
    "redacción", "redazione", "korrespondent", "media",
];

/// Whole bylines that name no person but say who made the text.
#[rustfmt::skip]
const DESKS: &[&str] = &[
    "Reuters", "AFP", "AP", "Associated Press", "The Associated Press", "Reuters Staff", "dpa", "DPA", "Staff",
    "Staff Reporter", "Staff Writer", "Our Correspondent", "News Desk", "Web Desk", "Agencies", "Agence France-Presse",
    "Xinhua", "TASS", "ANSA", "EFE", "PTI", "ANI", "IANS",
];

/// The authors a byline names; `None` if the piece is no byline.
pub(crate) fn parse(text: &str) -> Option<Vec<String>> {
    if text.len() > 160 {
        return None;
    }
    let text = text.trim().trim_start_matches(['-', '–', '—', '|', '•', '·', ' ']);
    let rest = OPENINGS.iter().filter_map(|opening| {
        let rest = text.strip_prefix(opening)?;
        (opening.ends_with(':') || rest.starts_with(' '))
            .then_some((rest.trim_start_matches([' ', ':']), opening.ends_with(':')))
    });
    // The longest opening wins: "By:" before "By".
    let (rest, labelled) = rest.min_by_key(|(rest, _)| rest.len())?;
    if rest.is_empty() {
        return None;
    }
    if DESKS.contains(&rest.trim_end_matches('.')) {
        return Some(vec![rest.trim_end_matches('.').to_owned()]);
    }
    if !labelled && rest.ends_with('.') {
        return None;
    }
    let authors = names(rest)?;
    // One word is enough of a name only after a label: "Author: Jana".
    (labelled || authors.iter().all(|name| name.contains(' '))).then_some(authors)
}

/// The authors a piece names when it is a reporting credit and nothing else; editors are left out.
pub(crate) fn credit(text: &str) -> Option<Vec<String>> {
    if text.len() > 600 {
        return None;
    }
    let bare = text
        .trim()
        .trim_start_matches(['(', '[', '-', '–', '—', '*', ' ', '_'])
        .trim_end_matches([')', ']', ' ', '*', '_']);
    if !CREDITS.iter().any(|(opening, _)| starts_ignoring_case(bare, opening)) {
        return None;
    }
    let mut authors = Vec::new();
    let mut known = false;
    for part in bare.split([';', '.']).map(str::trim).filter(|part| !part.is_empty()) {
        let Some((opening, wrote)) = CREDITS.iter().find(|(opening, _)| starts_ignoring_case(part, opening)) else {
            // An initial's full stop splits "J. Doe": what follows a credit may be anything name-like.
            if known
                && part.split(' ').all(|word| word.starts_with(|letter: char| letter.is_uppercase()) || is_joint(word))
            {
                continue;
            }
            return None;
        };
        let rest = part[opening.len()..].trim_start_matches([' ', ':']);
        if !rest.starts_with(|letter: char| letter.is_uppercase()) || first_is_no_name(rest) {
            return None;
        }
        known = true;
        if *wrote {
            authors.extend(names(rest).unwrap_or_default());
        }
    }
    known.then_some(authors)
}

/// Where a reporting credit in brackets stands at the end of a paragraph, if one does.
pub(crate) fn credit_at_end(text: &str) -> Option<Range<usize>> {
    let trimmed = text.trim_end_matches(['.', ' ']);
    if !trimmed.ends_with(')') {
        return None;
    }
    let from = text.floor_char_boundary(text.len().saturating_sub(500));
    let start = from + text[from..].rfind('(')?;
    // "(Reporting by A (B); Editing by C)" is not written; one pair of brackets is.
    let inside = &text[start..];
    credit(inside).map(|_| start..text.len())
}

/// The names in the rest of a byline; `None` if a part of it is neither name nor post nor place.
pub(crate) fn names(rest: &str) -> Option<Vec<String>> {
    let rest = rest.trim().trim_end_matches(['.', ',']);
    if rest.ends_with(['?', '!', ':', ';']) {
        return None;
    }
    let head = before_any(rest, &[" | ", " / ", " – ", " — ", " - ", " • ", " · ", " for "]);
    let mut names = Vec::new();
    for (at, part) in parts(head).enumerate() {
        // "Jane Doe in Pristina": the place is not part of the name.
        let part = before_any(part, &[" in ", " at ", " aus ", " à ", " en ", " u "]).trim();
        if part.is_empty() {
            continue;
        }
        if is_post(part) {
            continue;
        }
        if is_name(part) {
            names.push(part.to_owned());
        } else if at == 0 || !part.starts_with(|letter: char| letter.is_uppercase()) || part.split(' ').count() > 4 {
            return None;
        }
    }
    (!names.is_empty()).then_some(names)
}

/// The text up to the first of the separators.
fn before_any<'a>(text: &'a str, separators: &[&str]) -> &'a str {
    let end = separators.iter().filter_map(|separator| text.find(separator)).min();
    &text[..end.unwrap_or(text.len())]
}

fn parts(head: &str) -> impl Iterator<Item = &str> {
    [" and ", " AND ", " & ", " und ", " et ", " i ", " и ", " dhe ", " y ", " e "]
        .iter()
        .fold(head.split(", ").collect::<Vec<_>>(), |parts, joint| {
            parts.into_iter().flat_map(|part| part.split(joint)).collect()
        })
        .into_iter()
        .map(|part| part.trim().trim_start_matches("and ").trim())
}

fn is_joint(word: &str) -> bool {
    matches!(word, "and" | "in" | "," | "&" | "for") || PARTICLES.contains(&word)
}

fn is_post(part: &str) -> bool {
    part.split([' ', '/']).any(|word| POSTS.contains(&word.to_lowercase().as_str()))
}

/// One to five capitalised words, particles between them.
fn is_name(part: &str) -> bool {
    let words: Vec<&str> = part.split(' ').collect();
    if words.len() > 5 || part.chars().count() > 50 || part.chars().count() < 3 {
        return false;
    }
    words.iter().enumerate().all(|(at, word)| {
        let letters = word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '.' | '-' | '\'' | '’'));
        let capital = word.starts_with(char::is_uppercase);
        letters
            && (capital
                || (at > 0 && at + 1 < words.len() && PARTICLES.contains(word))
                || (at == 0 && words.len() > 1 && PARTICLES.contains(word)))
            && !NOT_NAMES.contains(&word.to_lowercase().as_str())
    })
}

fn first_is_no_name(rest: &str) -> bool {
    rest.split(' ').next().is_some_and(|word| NOT_NAMES.contains(&word.to_lowercase().as_str()))
}

fn starts_ignoring_case(text: &str, opening: &str) -> bool {
    text.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening))
        && text[opening.len()..].starts_with([' ', ':']) | opening.ends_with(':')
}

#[cfg(test)]
mod tests {
    use super::{credit, credit_at_end, parse};

    #[test]
    fn bylines() {
        for (text, expected) in [
            ("By Jane Doe", vec!["Jane Doe"]),
            ("BY JANE DOE", vec!["JANE DOE"]),
            ("By Jane Doe and John A. Roe", vec!["Jane Doe", "John A. Roe"]),
            ("By Jane Doe, John Roe and Max van der Muster", vec!["Jane Doe", "John Roe", "Max van der Muster"]),
            ("By Jane Doe, Associated Press", vec!["Jane Doe"]),
            ("By Jane Doe | Example News", vec!["Jane Doe"]),
            ("By Jane Doe in Pristina", vec!["Jane Doe"]),
            ("By Jane Doe, Chief Correspondent", vec!["Jane Doe"]),
            ("Von Max Mustermann", vec!["Max Mustermann"]),
            ("Par Jeanne Dupont", vec!["Jeanne Dupont"]),
            ("Piše: Petar Petrović", vec!["Petar Petrović"]),
            ("Author: Jana", vec!["Jana"]),
            ("By Reuters", vec!["Reuters"]),
        ] {
            assert_eq!(parse(text).as_deref(), Some(expected.map_str().as_slice()), "{text}");
        }
    }

    #[test]
    fn no_bylines() {
        for text in [
            "By Monday, the army had left the village.",
            "By Land and Sea",
            "BY DRUG TRAFFICKERS.",
            "By Air Force Order",
            "By the river",
            "By Monday Night",
            "Bypass closed",
            "By dawn the men had gone",
            "Par for the course",
            "Di",
            "By",
            "By Jane Doe was the letter signed, the police said",
            "Von der Leyen besucht Pristina",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn credits() {
        for (text, expected) in [
            (
                "(Reporting by Jane Doe in Pristina and John Roe in Belgrade; Editing by Max Muster)",
                vec!["Jane Doe", "John Roe"],
            ),
            (
                "Reporting by Jane Doe; Writing by John Roe; Editing by Max Muster and Eva Muster",
                vec!["Jane Doe", "John Roe"],
            ),
            ("Editing by Max Muster", vec![]),
            ("Additional reporting by Jane Doe", vec!["Jane Doe"]),
        ] {
            assert_eq!(credit(text).as_deref(), Some(expected.map_str().as_slice()), "{text}");
        }
        for text in [
            "Reporting by the ministry shows that losses doubled.",
            "Reporting by Monday was impossible",
            "Editing by hand takes time",
            "Reporting of the attack",
            "The army left (so they said)",
        ] {
            assert_eq!(credit(text), None, "{text}");
        }
        let text = "Three people died, the army said. (Reporting by Jane Doe; Editing by John Roe)";
        assert_eq!(credit_at_end(text).map(|range| &text[range]), Some("(Reporting by Jane Doe; Editing by John Roe)"));
        assert_eq!(credit_at_end("Three people died (so they said)"), None);
    }

    trait MapStr {
        fn map_str(self) -> Vec<String>;
    }

    impl MapStr for Vec<&str> {
        fn map_str(self) -> Vec<String> {
            self.into_iter().map(str::to_owned).collect()
        }
    }
}
