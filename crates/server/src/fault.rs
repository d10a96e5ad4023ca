//! What went wrong, as problem details (RFC 9457) or a page.

use axum::http::StatusCode;
use serde::Serialize;

/// A request that cannot be answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fault {
    /// Stable code, such as `unknown-parameter`.
    pub code: &'static str,
    /// In one line.
    pub title: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What was found and what was expected.
    pub detail: String,
    /// Where there is a likely right one: what may have been meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<String>,
}

/// Every code with its status and title: the list that `/v1/problems` and the OpenAPI document show.
pub const CODES: &[(&str, u16, &str)] = &[
    ("bad-request", 400, "The request cannot be read"),
    ("unknown-parameter", 400, "There is no such parameter here"),
    ("bad-parameter", 400, "A parameter's value cannot be read"),
    ("bad-filter", 400, "The filter cannot be read"),
    ("bad-token", 400, "That is no token of a next page"),
    ("bad-sql", 400, "The statement cannot be run"),
    ("bad-body", 400, "The body cannot be read"),
    ("unknown-field", 400, "The body has a field that is not read here"),
    ("unauthorised", 401, "A bearer token is needed"),
    ("wrong-host", 403, "The desk does not answer under this name"),
    ("switched-off", 403, "This is switched off"),
    ("not-found", 404, "There is nothing here"),
    ("unknown-party", 404, "No party has this name or code"),
    ("method-not-allowed", 405, "Only some methods work here"),
    ("no-such-form", 406, "This page has no such form"),
    ("timeout", 408, "It took too long"),
    ("too-large", 413, "The body is too large"),
    ("unsupported-body", 415, "The body is of a kind that is not read here"),
    ("no-answer", 422, "The ledger cannot answer this"),
    ("internal", 500, "Something is wrong on our side"),
    ("busy", 503, "Too many requests at once"),
];

impl Fault {
    /// A fault of a known code.
    pub fn new(code: &'static str, detail: impl Into<String>) -> Self {
        let (code, status, title) = CODES.iter().find(|(c, _, _)| *c == code).copied().unwrap_or((
            "internal",
            500,
            "Something is wrong on our side",
        ));
        Self { code, title, status, detail: detail.into(), suggestions: Vec::new() }
    }

    /// With what may have been meant.
    #[must_use]
    pub fn or(mut self, suggestions: impl IntoIterator<Item = String>) -> Self {
        self.suggestions.extend(suggestions);
        self
    }

    /// Nothing has this id.
    pub fn missing(what: &str, id: &str) -> Self {
        Self::new("not-found", format!("the ledger holds no {what} `{id}`"))
    }

    /// Its HTTP status.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// As problem details; `type` is an address on this server that explains the code.
    pub fn problem(&self, instance: &str) -> serde_json::Value {
        let mut out = serde_json::json!({
            "type": format!("/v1/problems#{}", self.code),
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "instance": instance,
        });
        if !self.suggestions.is_empty() {
            out["suggestions"] = self.suggestions.clone().into();
        }
        out
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.title, self.detail)
    }
}

impl std::error::Error for Fault {}

impl From<forewarn_ledger::Error> for Fault {
    fn from(error: forewarn_ledger::Error) -> Self {
        use forewarn_ledger::Error as E;
        match error {
            E::Unknown { .. } => Self::new("not-found", error.to_string()),
            E::Misuse(_) => Self::new("bad-request", error.to_string()),
            _ => Self::new("internal", error.to_string()),
        }
    }
}

impl From<forewarn_answer::Error> for Fault {
    fn from(error: forewarn_answer::Error) -> Self {
        use forewarn_answer::Error as E;
        let told = error.to_string();
        match error {
            E::Unknown { word, near } => {
                let shown: String = word.chars().take(80).collect();
                Self::new("unknown-party", format!("nobody is known as `{shown}`")).or(near)
            }
            E::Person(_) => Self::new("unknown-party", told),
            E::Same(..) | E::NoDay | E::NoModel { .. } => Self::new("no-answer", told),
            E::Ledger(inner) => inner.into(),
            _ => Self::new("internal", told),
        }
    }
}

impl From<forewarn_exchange::write::Error> for Fault {
    fn from(error: forewarn_exchange::write::Error) -> Self {
        Self::new("internal", error.to_string())
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::new("internal", error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_of_one_kind() {
        for (code, status, title) in CODES {
            let fault = Fault::new(code, "x");
            assert_eq!((fault.status, fault.title), (*status, *title));
            assert_eq!(CODES.iter().filter(|(c, _, _)| c == code).count(), 1, "{code}");
        }
    }
}
