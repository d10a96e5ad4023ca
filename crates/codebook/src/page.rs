//! Codebook pages: one Markdown file a type, whose examples are the coder's tests.

use crate::fault::{Fault, Faults};
use crate::ontology::EventType;

/// A page of the codebook.
#[derive(Clone, Debug)]
pub struct Page {
    /// The type it is about.
    pub event: EventType,
    /// Path of the file.
    pub file: String,
    /// The whole Markdown text.
    pub text: String,
    /// Its examples, in order.
    pub examples: Vec<Example>,
}

/// An example sentence with its expected coding.
#[derive(Clone, Debug)]
pub struct Example {
    /// Line of the sentence in the page.
    pub line: usize,
    /// The report date of its block (`2023-05-10`).
    pub published: Option<String>,
    /// The publisher of its block.
    pub publisher: Option<String>,
    /// The sentence (or two).
    pub text: String,
    /// What must come out; empty for a sentence without an event.
    pub claims: Vec<Expected>,
    /// Why there is no event.
    pub none: Option<String>,
    /// What the coder still gets wrong here, if it does: the coding above is what is right, and a test holds the
    /// page to saying so.
    pub miss: Option<String>,
}

/// One expected claim: the fields that the page gives.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// Line in the page.
    pub line: usize,
    /// Field name and its text, in order.
    pub fields: Vec<(String, String)>,
}

impl Expected {
    /// The text of field `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

const FIELDS: [&str; 13] = [
    "actor",
    "recipient",
    "event",
    "factuality",
    "voice",
    "killed",
    "injured",
    "arrested",
    "displaced",
    "troops",
    "date",
    "place",
    "contexts",
];

/// The pages among `files` (those under `codebook/` named for an event type).
///
/// # Errors
/// Every fault found, with file and line.
pub fn pages(files: &[(&str, &str)]) -> Result<Vec<Page>, Vec<Fault>> {
    let mut faults = Faults::default();
    let mut out = Vec::new();
    for (file, text) in files {
        let Some(stem) = file.strip_prefix("codebook/").and_then(|f| f.strip_suffix(".md")) else { continue };
        let Some(event) = EventType::parse(&stem.to_uppercase()) else { continue };
        let examples = examples(file, text, &mut faults);
        out.push(Page { event, file: (*file).to_owned(), text: (*text).to_owned(), examples });
    }
    out.sort_by_key(|p| p.event);
    if faults.0.is_empty() { Ok(out) } else { Err(faults.0) }
}

fn examples(file: &str, text: &str, faults: &mut Faults) -> Vec<Example> {
    let mut out: Vec<Example> = Vec::new();
    let mut block: Option<(Option<String>, Option<String>)> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if let Some(header) = line.strip_prefix("```") {
            block = match (block.is_some(), header.strip_prefix("examples")) {
                (false, Some(settings)) => Some((setting(settings, "published"), setting(settings, "publisher"))),
                _ => None,
            };
            continue;
        }
        let Some((published, publisher)) = &block else { continue };
        if let Some(sentence) = line.strip_prefix("> ") {
            out.push(Example {
                line: number,
                published: published.clone(),
                publisher: publisher.clone(),
                text: sentence.trim().to_owned(),
                claims: Vec::new(),
                none: None,
                miss: None,
            });
        } else if let Some(coding) = line.strip_prefix("- ") {
            let Some(example) = out.last_mut() else {
                faults.add(file, number, "a coding without a sentence above it");
                continue;
            };
            if let Some(why) = coding.strip_prefix("none:") {
                example.none = Some(why.trim().to_owned());
            } else if let Some(what) = coding.strip_prefix("miss:") {
                example.miss = Some(what.trim().to_owned());
            } else {
                example.claims.push(expected(file, number, coding, faults));
            }
        } else if !line.is_empty() {
            faults.add(file, number, format!("found `{line}`, expected `> sentence` or `- coding`"));
        }
    }
    for e in &out {
        if e.claims.is_empty() == e.none.is_none() {
            faults.add(file, e.line, "a sentence needs either codings or one `none:` line");
        }
    }
    out
}

fn setting(settings: &str, key: &str) -> Option<String> {
    let rest = settings.split_once(&format!("{key}="))?.1;
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').map(|(v, _)| v.to_owned()),
        None => rest.split_whitespace().next().map(str::to_owned),
    }
}

fn expected(file: &str, line: usize, coding: &str, faults: &mut Faults) -> Expected {
    let mut out = Expected { line, fields: Vec::new() };
    for part in split_outside_quotes(coding, ';') {
        let Some((name, value)) = part.split_once(':') else {
            faults.add(file, line, format!("found `{part}`, expected `field: value`"));
            continue;
        };
        let name = name.trim();
        if FIELDS.contains(&name) {
            out.fields.push((name.to_owned(), value.trim().to_owned()));
        } else {
            faults.add(file, line, format!("unknown field `{name}`; one of {}", FIELDS.join(", ")));
        }
    }
    for needed in ["actor", "recipient", "event", "factuality"] {
        if out.get(needed).is_none() {
            faults.add(file, line, format!("the coding has no `{needed}`"));
        }
    }
    out
}

/// Cuts `text` at `at` wherever it stands outside double quotes.
pub fn split_outside_quotes(text: &str, at: char) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (i, c) in text.char_indices() {
        if c == '"' {
            quoted = !quoted;
        } else if c == at && !quoted {
            out.push(text[start..i].trim());
            start = i + c.len_utf8();
        }
    }
    out.push(text[start..].trim());
    out.retain(|p| !p.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_read_with_their_lines() {
        let page = "# ASSAULT\n\n```examples published=2023-05-10 publisher=\"Example Wire\"\n> Gunmen killed two; \"soldiers\".\n- actor: /UAF \"Gunmen; two\"; recipient: -; event: ASSAULT; factuality: asserted\n\n> Why?\n- none: a question\n```\n";
        let pages = pages(&[("codebook/assault.md", page)]).expect("no fault");
        let e = &pages[0].examples;
        assert_eq!(e.len(), 2);
        assert_eq!(e[0].claims[0].get("actor"), Some("/UAF \"Gunmen; two\""));
        assert_eq!((e[0].line, e[1].none.as_deref()), (4, Some("a question")));
        assert_eq!(e[0].publisher.as_deref(), Some("Example Wire"));
    }
}
