//! Who may ask, and what browsers are told to forbid.

use axum::http::header::{AUTHORIZATION, HOST, HeaderName};
use axum::http::{HeaderMap, HeaderValue};
use subtle::ConstantTimeEq;

use crate::fault::Fault;

/// What every answer carries. No script but our own, no frame, nothing fetched from elsewhere; what a report holds can
/// only be shown.
pub const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; \
         worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("x-frame-options", "DENY"),
];

/// Adds [`HEADERS`].
pub fn add_headers(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}

/// Who may ask.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// The token that every request must bear; none on loopback.
    pub token: Option<String>,
    /// Whether only names of this machine are answered to, so that a page elsewhere cannot have its own name lead here
    /// (DNS rebinding).
    pub loopback: bool,
}

impl Guard {
    /// Whether a request may be answered.
    ///
    /// # Errors
    /// `wrong-host` or `unauthorised`.
    pub fn admit(&self, headers: &HeaderMap) -> Result<(), Fault> {
        if self.loopback {
            let host = headers.get(HOST).and_then(|h| h.to_str().ok()).unwrap_or("");
            if !is_local(host) {
                let shown: String = host.chars().take(80).collect();
                return Err(Fault::new(
                    "wrong-host",
                    format!("found `{shown}`; on loopback the desk answers to localhost, 127.0.0.1 and [::1] only"),
                ));
            }
        }
        let Some(token) = &self.token else { return Ok(()) };
        let given = headers.get(AUTHORIZATION).and_then(|h| h.to_str().ok()).and_then(|h| {
            let (scheme, token) = h.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
        });
        // Compared as digests in constant time: neither the time nor the length tells how much of it was right.
        let digest = |t: &str| blake3::hash(t.as_bytes());
        let right = given.is_some_and(|g| digest(g).as_bytes().ct_eq(digest(token).as_bytes()).into());
        if right { Ok(()) } else { Err(Fault::new("unauthorised", "send `Authorization: Bearer TOKEN`")) }
    }
}

/// Whether a `Host` header names this machine.
fn is_local(host: &str) -> bool {
    let name = if let Some(rest) = host.strip_prefix('[') {
        rest.split(']').next().unwrap_or("")
    } else {
        host.rsplit_once(':').map_or(
            host,
            |(name, port)| {
                if port.bytes().all(|b| b.is_ascii_digit()) { name } else { host }
            },
        )
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (n.clone(), HeaderValue::from_str(v).expect("a header"))).collect()
    }

    #[test]
    fn only_names_of_this_machine_are_answered_to_on_loopback() {
        let guard = Guard { token: None, loopback: true };
        for host in ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "127.1.2.3"] {
            assert!(guard.admit(&headers(&[(HOST, host)])).is_ok(), "{host}");
        }
        for host in ["example.org", "localhost.example.org", "127.0.0.1.example.org", "", "10.0.0.1:8080"] {
            assert_eq!(guard.admit(&headers(&[(HOST, host)])).expect_err(host).code, "wrong-host");
        }
    }

    #[test]
    fn a_token_is_needed_where_one_is_set() {
        let guard = Guard { token: Some("secret-of-16-bytes".to_owned()), loopback: false };
        assert_eq!(guard.admit(&headers(&[])).expect_err("none").code, "unauthorised");
        for bad in ["Bearer secret", "Basic secret-of-16-bytes", "Bearer", "Bearer secret-of-16-bytes2"] {
            assert!(guard.admit(&headers(&[(AUTHORIZATION, bad)])).is_err(), "{bad}");
        }
        assert!(guard.admit(&headers(&[(AUTHORIZATION, "bearer secret-of-16-bytes")])).is_ok());
    }
}
