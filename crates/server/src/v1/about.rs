//! The API about itself: what there is, and what can go wrong.

use serde_json::{Value, json};

use super::ENDPOINTS;
use super::endpoint::{Method, Sent};
use crate::desk::Context;
use crate::fault::{CODES, Fault};

/// `/v1/`.
///
/// # Errors
/// None.
#[allow(clippy::unnecessary_wraps)] // Every endpoint may fail.
pub fn index(context: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let endpoints: Vec<Value> = ENDPOINTS
        .iter()
        .map(|e| {
            json!({
                "method": match e.method { Method::Get => "GET", Method::Post => "POST" },
                "path": e.path,
                "what": e.what,
                "parameters": e.takes.iter().map(|p| p.name).collect::<Vec<_>>(),
            })
        })
        .collect();
    Ok(json!({
        "program": context.desk.options.program,
        "endpoints": endpoints,
        "openapi": "/v1/openapi.json",
        "guide": "/help/api",
        "pages": "every page gives its data with .json, .csv, .geojson, .parquet or .atom behind its path",
    }))
}

/// `/v1/problems`.
///
/// # Errors
/// None.
#[allow(clippy::unnecessary_wraps)] // Every endpoint may fail.
pub fn problems(_: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    let rows: Vec<Value> = CODES
        .iter()
        .map(|(code, status, title)| {
            json!({
                "type": format!("/v1/problems#{code}"), "code": code, "status": status, "title": title, "advice": advice(code),
            })
        })
        .collect();
    Ok(json!({ "rows": rows }))
}

/// What to do about a fault.
pub fn advice(code: &str) -> &'static str {
    match code {
        "bad-request" => "Read `detail`: it says what was found and what was expected.",
        "unknown-parameter" => "Look at `suggestions`, or at the parameters of the address in /v1/openapi.json.",
        "bad-parameter" => "`detail` says what the parameter may be.",
        "bad-filter" => "`detail` draws each fault under the filter's words; /help/filter has the language.",
        "bad-token" => "Take `next` from the answer before, with the same filter and sort; it is not to be made up.",
        "bad-sql" => {
            "One statement that reads, within the limits of rows, steps and time. docs/ledger.md has the tables."
        }
        "bad-body" => "The body must be UTF-8, JSON must be one object; `detail` has line and column.",
        "unknown-field" => "Look at `suggestions`: fields that are not read are refused, so that none is lost unseen.",
        "unauthorised" => "Send `Authorization: Bearer TOKEN`, with the token that the desk was started with.",
        "wrong-host" => {
            "On loopback the desk answers to localhost, 127.0.0.1 and [::1]; beyond it, start it with --addr."
        }
        "switched-off" => "Start the desk with the option that `detail` names.",
        "not-found" => {
            "The id or address is not there, or not any more; incidents that were merged say what they became."
        }
        "unknown-party" => "Take a code from /v1/parties; `suggestions` has what may have been meant.",
        "method-not-allowed" => "`Allow` names the methods.",
        "no-such-form" => "Take another ending: .json is there for every page.",
        "timeout" => "Ask for less: a narrower filter, fewer rows, a shorter text.",
        "too-large" => "Send or ask for less; for whole ledgers there is `forewarn export`.",
        "unsupported-body" => "Set `Content-Type` to one of those that `detail` names.",
        "no-answer" => "The ledger holds too little for this question; `detail` says what is missing.",
        "busy" => "Wait a little and ask again, with fewer requests at once.",
        _ => "Not your fault: the log of the desk says more. Please tell its keeper.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_advice() {
        for (code, _, _) in CODES {
            let none = advice("?");
            assert_eq!(advice(code) == none, *code == "internal", "{code}");
        }
    }
}
