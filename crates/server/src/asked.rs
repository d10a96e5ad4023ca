//! What is asked: the parameters of an address, checked against what it takes.

use std::collections::BTreeMap;

use forewarn_codebook::fault::nearest_few;
use jiff::civil::Date;

use crate::fault::Fault;
use crate::form::Form;

/// What a parameter's value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text of at most so many bytes.
    Text(usize),
    /// A day, YYYY-MM-DD.
    Day,
    /// A whole number from the first to the second.
    Count(u32, u32),
    /// One of these words.
    Choice(&'static [&'static str]),
}

impl Kind {
    /// What is expected, for a message.
    fn expected(self) -> String {
        match self {
            Self::Text(most) => format!("at most {most} bytes of text"),
            Self::Day => "a day such as 2023-09-30".to_owned(),
            Self::Count(low, high) => format!("a whole number from {low} to {high}"),
            Self::Choice(words) => format!("one of {}", words.join(", ")),
        }
    }

    fn holds(self, value: &str) -> bool {
        match self {
            Self::Text(most) => value.len() <= most,
            Self::Day => value.parse::<Date>().is_ok(),
            Self::Count(low, high) => value.parse::<u32>().is_ok_and(|n| (low..=high).contains(&n)),
            Self::Choice(words) => words.contains(&value),
        }
    }
}

/// One parameter that an address takes in its query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What its value may be.
    pub kind: Kind,
    /// What it does, in one line.
    pub what: &'static str,
}

impl Parameter {
    /// A parameter.
    pub const fn new(name: &'static str, kind: Kind, what: &'static str) -> Self {
        Self { name, kind, what }
    }
}

/// `as_of`, which most addresses take.
pub const AS_OF: Parameter =
    Parameter::new("as_of", Kind::Day, "Use only what had been published by the end of this day.");
/// A filter of the filter language.
pub const Q: Parameter =
    Parameter::new("q", Kind::Text(8192), "A filter, such as `type:ASSAULT country:XKX since:2023-09` (/help/filter).");
/// The token of a next page.
pub const AFTER: Parameter =
    Parameter::new("after", Kind::Text(200), "The token of the next page, as the page before gave it.");
/// How many rows.
pub const LIMIT: Parameter = Parameter::new("limit", Kind::Count(1, 1000), "At most so many rows.");
/// Order of rows.
pub const SORT: Parameter =
    Parameter::new("sort", Kind::Choice(&["latest", "earliest", "most-told"]), "In which order rows come.");

/// A request, read.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The path as it was asked, without the ending of a form.
    pub path: String,
    /// Values of the path's `{names}`, decoded.
    pub names: BTreeMap<String, String>,
    /// Query parameters with a value, checked; each once.
    pub query: BTreeMap<String, String>,
    /// Which form.
    pub form: Option<Form>,
}

impl Asked {
    /// Reads a query string against what the address takes. Empty values are as if they were not there: forms send them.
    ///
    /// # Errors
    /// The first parameter that is unknown, given twice, or has a value that cannot be read.
    pub fn read(path: &str, query: &str, takes: &[Parameter]) -> Result<Self, Fault> {
        let mut out = Self { path: path.to_owned(), ..Self::default() };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let Some(known) = takes.iter().find(|p| p.name == name) else {
                let near = nearest_few(&name, takes.iter().map(|p| p.name), 3);
                let detail = if takes.is_empty() {
                    format!("found `{name}`, but {path} takes no parameters")
                } else {
                    let all: Vec<&str> = takes.iter().map(|p| p.name).collect();
                    format!("found `{name}`; {path} takes {}", all.join(", "))
                };
                return Err(Fault::new("unknown-parameter", detail).or(near.into_iter().map(str::to_owned)));
            };
            let value = if matches!(known.kind, Kind::Text(_)) { value.trim() } else { &*value };
            if value.is_empty() {
                continue;
            }
            if value.contains('\0') || !known.kind.holds(value) {
                let shown: String = value.chars().take(80).collect();
                let detail = format!("{name}: found `{shown}`, expected {}", known.kind.expected());
                let near = match known.kind {
                    Kind::Choice(words) => nearest_few(value, words.iter().copied(), 2),
                    _ => Vec::new(),
                };
                return Err(Fault::new("bad-parameter", detail).or(near.into_iter().map(str::to_owned)));
            }
            if out.query.insert(name.to_string(), value.to_owned()).is_some() {
                return Err(Fault::new("bad-parameter", format!("`{name}` is given twice")));
            }
        }
        Ok(out)
    }

    /// The value of a query parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    /// The value of a name of the path; empty where the path has no such name.
    pub fn name(&self, name: &str) -> &str {
        self.names.get(name).map_or("", String::as_str)
    }

    /// A number that was checked on reading.
    pub fn count(&self, name: &str, otherwise: u32) -> u32 {
        self.get(name).and_then(|v| v.parse().ok()).unwrap_or(otherwise)
    }

    /// The day that is asked about.
    pub fn as_of(&self) -> Option<Date> {
        self.day("as_of")
    }

    /// A day that was checked on reading.
    pub fn day(&self, name: &str) -> Option<Date> {
        self.get(name).and_then(|v| v.parse().ok())
    }

    /// The address of the same thing in another form, or of the page with some parameters set (`Some`) or gone (`None`).
    pub fn link(&self, form: Form, changes: &[(&str, Option<&str>)]) -> String {
        let mut query = self.query.clone();
        for (name, value) in changes {
            match value {
                Some(value) => query.insert((*name).to_owned(), (*value).to_owned()),
                None => query.remove(*name),
            };
        }
        let path = if self.path == "/" && form != Form::Html { "/index" } else { &self.path };
        address(&format!("{path}{}", form.ending()), query.iter().map(|(k, v)| (k.as_str(), v.as_str())))
    }
}

/// A path with a query; the path must be encoded already.
pub fn address<'a>(path: &str, query: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    for (name, value) in query {
        out.append_pair(name, value);
    }
    let query = out.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Characters that must be encoded in one segment of a path.
const SEGMENT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b':')
    .remove(b'@')
    .remove(b'+')
    .remove(b',');

/// One segment of a path, encoded.
pub fn segment(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, SEGMENT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAKES: &[Parameter] = &[AS_OF, Q, SORT, LIMIT];

    #[test]
    fn a_misspelt_parameter_is_told_with_the_right_one() {
        let fault = Asked::read("/incidents", "as-of=2023-09-30", TAKES).expect_err("misspelt");
        assert_eq!(fault.code, "unknown-parameter");
        assert_eq!(fault.suggestions, ["as_of"]);
        let fault = Asked::read("/incidents", "sort=lastest", TAKES).expect_err("misspelt");
        assert_eq!((fault.code, fault.suggestions[0].as_str()), ("bad-parameter", "latest"));
    }

    #[test]
    fn values_are_checked() {
        for bad in ["as_of=2023-02-30", "limit=0", "limit=-1", "limit=1001", "q=a&q=b", "q=%00"] {
            assert!(Asked::read("/incidents", bad, TAKES).is_err(), "{bad}");
        }
        let asked = Asked::read("/incidents", "as_of=2023-09-30&q=type%3AASSAULT+x&limit=", TAKES).expect("good");
        assert_eq!(asked.get("q"), Some("type:ASSAULT x"));
        assert_eq!(asked.get("limit"), None);
        let link = asked.link(Form::Csv, &[("as_of", None), ("sort", Some("earliest"))]);
        assert_eq!(link, "/incidents.csv?q=type%3AASSAULT+x&sort=earliest");
    }

    #[test]
    fn segments_are_encoded() {
        assert_eq!(segment("a/b?c d"), "a%2Fb%3Fc%20d");
    }
}
