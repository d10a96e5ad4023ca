//! Issue files: phrases with a code, in `<ISSUE CATEGORY="…" TYPE="…">` sections.

use smol_str::SmolStr;

use super::Reading;
use super::lines::{Comments, bracket, lines};
use super::phrase::{Ending, Phrases, words};
use super::verbs::regular_forms;

/// What a phrase stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    /// It counts for the code.
    Code(SmolStr),
    /// `~`: its words count for nothing in its section.
    Ignore(u32),
    /// `~~`: its section counts for nothing in the report.
    IgnoreReport(u32),
}

/// The issues of all files read.
#[derive(Clone, Debug, Default)]
pub struct IssueTable {
    phrases: Phrases,
    /// Each with the section that it stands in.
    entries: Vec<(Entry, u32)>,
    sections: u32,
}

/// The issues of a sentence or a report with their counts, in the order of their first phrase.
pub type Issues = Vec<(SmolStr, u32)>;

impl IssueTable {
    /// Adds the sections of a file.
    pub fn read(&mut self, file: &str, text: &str, out: &mut Reading) {
        let mut category = SmolStr::default();
        for line in lines(text, Comments::Hash) {
            let text = line.text.trim();
            if let Some(rest) = text.strip_prefix("<ISSUE") {
                self.sections += 1;
                category = attribute(rest, "CATEGORY").map(|c| SmolStr::new(c.replace(' ', "_"))).unwrap_or_default();
                if category.is_empty() {
                    out.warn(file, line.number, "found a section without CATEGORY=\"…\"");
                }
                continue;
            }
            if text.starts_with("</ISSUE") {
                continue;
            }
            let (phrase, code) = match bracket(text) {
                Some((p, c, after)) => {
                    if !after.trim().is_empty() {
                        out.warn(file, line.number, format!("found `{}` after the code; not used", after.trim()));
                    }
                    (p.trim(), SmolStr::new(c))
                }
                None => (text, SmolStr::default()),
            };
            let (entry, phrase) = if let Some(rest) = phrase.strip_prefix("~~") {
                (Entry::IgnoreReport(self.sections), rest)
            } else if let Some(rest) = phrase.strip_prefix('~') {
                (Entry::Ignore(self.sections), rest)
            } else if code.is_empty() {
                if category.is_empty() {
                    out.warn(file, line.number, format!("found `{text}`, expected phrase [CODE]; not used"));
                    continue;
                }
                out.warn(file, line.number, format!("found `{text}` without [CODE]; counted as {category}"));
                (Entry::Code(category.clone()), phrase)
            } else {
                (Entry::Code(code), phrase)
            };
            self.entries.push((entry, self.sections));
            let id = (self.entries.len() - 1) as u32;
            let mut any = false;
            for spelled in spelled(phrase) {
                any |= self.phrases.add(&spelled, Ending::Whole, id);
            }
            if any {
                out.entries += 1;
            } else {
                out.warn(file, line.number, format!("found `{text}`, expected a phrase with letters"));
            }
        }
    }

    /// The issues among the words of a sentence; `off` gathers the sections that a `~~` phrase takes out of the report.
    pub fn find(&self, text: &[SmolStr], off: &mut Vec<u32>) -> Vec<(SmolStr, u32)> {
        let mut found: Vec<(SmolStr, u32)> = Vec::new();
        let mut ignored: Vec<(u32, std::ops::Range<usize>)> = Vec::new();
        let mut counted: Vec<(SmolStr, u32, std::ops::Range<usize>)> = Vec::new();
        for at in 0..text.len() {
            let Some(hit) = self.phrases.longest(&text[at..]) else { continue };
            for id in hit.ids {
                match &self.entries[id as usize] {
                    (Entry::Code(code), section) => counted.push((code.clone(), *section, at..at + hit.len)),
                    (Entry::Ignore(section), _) => ignored.push((*section, at..at + hit.len)),
                    (Entry::IgnoreReport(section), _) => off.push(*section),
                }
            }
        }
        for (code, section, range) in counted {
            let covered = ignored.iter().any(|(s, r)| *s == section && r.start < range.end && range.start < r.end);
            if covered {
                continue;
            }
            found.push((code, section));
        }
        found
    }

    /// Counts what [`find`](Self::find) gave, without the sections that are off.
    pub fn count(found: &[(SmolStr, u32)], off: &[u32]) -> Issues {
        let mut out: Issues = Vec::new();
        for (code, _) in found.iter().filter(|(_, section)| !off.contains(section)) {
            match out.iter_mut().find(|(c, _)| c == code) {
                Some((_, n)) => *n += 1,
                None => out.push((code.clone(), 1)),
            }
        }
        out
    }

    /// How many phrases there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn attribute<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let rest = &text[text.find(name)? + name.len()..];
    let mut quoted = rest.split('"');
    quoted.next()?;
    quoted.next()
}

/// The spellings of a phrase: `n:word` also in the plural, `v:word` in every form; `a+b` is `a b` or `a-b`, which are
/// the same here. Both marks stand after `+` as well (`pre+n:school`).
fn spelled(phrase: &str) -> Vec<Vec<SmolStr>> {
    let mut all: Vec<Vec<SmolStr>> = vec![Vec::new()];
    for part in phrase.split(|c: char| c.is_whitespace() || c == '+' || c == '_') {
        let forms: Vec<String> = match (part.strip_prefix("n:"), part.strip_prefix("v:")) {
            (Some(noun), _) => vec![noun.to_owned(), plural(noun)],
            (_, Some(verb)) => std::iter::once(verb.to_owned()).chain(regular_forms(verb)).collect(),
            _ => vec![part.to_owned()],
        };
        if all.len() * forms.len() > 256 {
            break;
        }
        all = all
            .iter()
            .flat_map(|start| forms.iter().map(move |form| start.iter().cloned().chain(words(form)).collect()))
            .collect();
    }
    all
}

/// The regular plural of a noun.
fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with(['s', 'x', 'z']) || noun.ends_with("ch") || noun.ends_with("sh") => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::IssueTable;
    use crate::petrarch::Reading;
    use crate::petrarch::phrase::words;

    #[test]
    fn counts_forms_and_ignores_what_is_marked() {
        let (mut t, mut out) = (IssueTable::default(), Reading::default());
        t.read(
            "i.txt",
            "<ISSUE CATEGORY=\"FUEL\" TYPE=\"ALL\">\noil [OIL]\nn:refinery [OIL]\nv:drill [DRILL]\npre+n:school[SCH]\n\
             ~olive oil\n~~cooking show\n</ISSUE>\n",
            &mut out,
        );
        assert!(out.warnings.is_empty(), "{:?}", out.warnings);
        let count = |s: &str| {
            let mut off = Vec::new();
            let found = t.find(&words(s), &mut off);
            IssueTable::count(&found, &off).iter().map(|(c, n)| format!("{c},{n}")).collect::<Vec<_>>().join(";")
        };
        assert_eq!(count("Oil from two refineries, drilled for"), "OIL,2;DRILL,1");
        assert_eq!(count("olive oil and oil near a pre-school"), "OIL,1;SCH,1");
        assert_eq!(count("oil in a cooking show"), "");
    }
}
