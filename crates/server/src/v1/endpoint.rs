//! One endpoint of the API: what it takes, what it gives, what can go wrong.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::asked::Parameter;
use crate::desk::Context;
use crate::fault::{CODES, Fault};

/// How an endpoint is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reading, with parameters in the address.
    Get,
    /// Reading, with a body.
    Post,
}

/// A kind of body that an endpoint reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// A JSON object of this schema.
    Json(&'static str),
    /// Plain text in UTF-8.
    Text,
}

impl Body {
    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json(_) => "application/json",
            Self::Text => "text/plain",
        }
    }
}

/// A body, read.
#[derive(Clone, Debug, Default)]
pub enum Sent {
    /// None.
    #[default]
    Nothing,
    /// JSON, as bytes.
    Json(Vec<u8>),
    /// Text.
    Text(String),
}

/// Makes an answer.
pub type Make = fn(&mut Context<'_>, &Sent) -> Result<Value, Fault>;

/// An endpoint.
#[derive(Clone, Copy)]
pub struct Endpoint {
    /// How it is asked.
    pub method: Method,
    /// Its path; `{name}` stands for one segment.
    pub path: &'static str,
    /// What it gives, in a line.
    pub what: &'static str,
    /// Parameters that it takes.
    pub takes: &'static [Parameter],
    /// Those of them that it must be given.
    pub needs: &'static [&'static str],
    /// Bodies that it reads.
    pub reads: &'static [Body],
    /// Codes of faults that others do not have.
    pub fails: &'static [&'static str],
    /// An example: a query, or a body.
    pub like: &'static str,
    /// The schema of its answer.
    pub gives: &'static str,
    /// Whether `meta` stays out of the answer.
    pub bare: bool,
    /// What makes it.
    pub make: Make,
}

impl Endpoint {
    const fn new(method: Method, path: &'static str, what: &'static str, gives: &'static str, make: Make) -> Self {
        Self { method, path, what, takes: &[], needs: &[], reads: &[], fails: &[], like: "", gives, bare: false, make }
    }

    /// One that is asked by GET.
    pub const fn get(path: &'static str, what: &'static str, gives: &'static str, make: Make) -> Self {
        Self::new(Method::Get, path, what, gives, make)
    }

    /// One that is asked by POST.
    pub const fn post(path: &'static str, what: &'static str, gives: &'static str, make: Make) -> Self {
        Self::new(Method::Post, path, what, gives, make)
    }

    /// With these parameters.
    #[must_use]
    pub const fn takes(mut self, takes: &'static [Parameter]) -> Self {
        self.takes = takes;
        self
    }

    /// With these parameters needed.
    #[must_use]
    pub const fn needs(mut self, needs: &'static [&'static str]) -> Self {
        self.needs = needs;
        self
    }

    /// With these bodies read.
    #[must_use]
    pub const fn reads(mut self, reads: &'static [Body]) -> Self {
        self.reads = reads;
        self
    }

    /// With these faults.
    #[must_use]
    pub const fn fails(mut self, fails: &'static [&'static str]) -> Self {
        self.fails = fails;
        self
    }

    /// With an example.
    #[must_use]
    pub const fn like(mut self, like: &'static str) -> Self {
        self.like = like;
        self
    }

    /// Without `meta`.
    #[must_use]
    pub const fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// The names in its path.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        names(self.path)
    }

    /// The codes of every fault that it can answer with, by status.
    pub fn faults(&self) -> BTreeMap<u16, Vec<&'static str>> {
        let mut codes = vec!["unknown-parameter", "unauthorised", "wrong-host", "timeout", "internal", "busy"];
        let has = |name: &str| self.takes.iter().any(|p| p.name == name);
        if !self.takes.is_empty() {
            codes.push("bad-parameter");
        }
        if has("q") && has("as_of") {
            codes.push("bad-filter");
        }
        if has("after") {
            codes.push("bad-token");
        }
        if self.names().next().is_some() {
            codes.extend(["not-found", "bad-request"]);
        }
        if !self.reads.is_empty() {
            codes.extend(["bad-body", "too-large", "unsupported-body"]);
        }
        if self.reads.iter().any(|b| matches!(b, Body::Json(_))) {
            codes.push("unknown-field");
        }
        codes.extend(self.fails);
        by_status(&codes)
    }
}

/// The `{names}` of a path; `{*rest}` is called `rest`.
pub fn names(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.split('/').filter_map(|s| s.strip_prefix('{')?.strip_suffix('}')).map(|n| n.trim_start_matches('*'))
}

/// Codes by their status, in order.
pub fn by_status(codes: &[&'static str]) -> BTreeMap<u16, Vec<&'static str>> {
    let mut out: BTreeMap<u16, Vec<&'static str>> = BTreeMap::new();
    for (code, status, _) in CODES {
        if codes.contains(code) {
            out.entry(*status).or_default().push(code);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_an_endpoint_is_a_known_code() {
        for endpoint in super::super::ENDPOINTS {
            for code in endpoint.fails {
                assert!(CODES.iter().any(|(c, _, _)| c == code), "{}: {code}", endpoint.path);
            }
            for needed in endpoint.needs {
                assert!(endpoint.takes.iter().any(|p| p.name == *needed), "{}: {needed}", endpoint.path);
            }
            assert_eq!(endpoint.reads.is_empty(), endpoint.method == Method::Get, "{}", endpoint.path);
        }
    }

    #[test]
    fn names_of_a_path() {
        assert_eq!(names("/ask/{a}/{b}").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(names("/reports/{*id}").collect::<Vec<_>>(), ["id"]);
        assert_eq!(names("/v1/events").count(), 0);
    }
}
