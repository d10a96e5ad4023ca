//! A text given to be coded. Nothing of it is stored.

use forewarn_codebook::fault::nearest_few;
use forewarn_coder::Pipeline;
use forewarn_report::{Options, Report, Severity, Source, read_jsonl, read_text};
use serde_json::{Map, Value, json};

use super::endpoint::Sent;
use crate::desk::Context;
use crate::fault::Fault;

/// An example of a body.
pub const EXAMPLE: &str = r#"{"title": "Clash in the north", "text": "Masked gunmen killed a police officer in Banjska on Sunday, the interior minister said.", "published": "2023-09-24", "publisher": "Example Wire", "language": "en"}"#;

/// The fields of a body: name, what it says.
pub const FIELDS: [(&str, &str); 7] = [
    ("text", "The report's text; needed."),
    ("title", "Its headline."),
    ("published", "Its day of publication, YYYY-MM-DD; days such as \"on Sunday\" are counted from it."),
    ("publisher", "Who printed it."),
    ("language", "ISO 639-1, two small letters; only English is coded."),
    ("id", "Its id; otherwise the hash of its text."),
    ("url", "Its address."),
];

/// Bytes of text that are coded at once: a report has some thousands, and each costs some hundred bytes of room.
const LONGEST: usize = 200_000;

/// `POST /v1/code`.
///
/// # Errors
/// `bad-body`, `unknown-field`, `too-large`.
pub fn make(context: &mut Context<'_>, sent: &Sent) -> Result<Value, Fault> {
    let mut report = None;
    let mut remarks = Vec::new();
    let mut refused = None;
    {
        let mut sink = |found: Result<Report, forewarn_report::Diagnostic>| match found {
            Ok(found) => report = Some(found),
            Err(d) if d.severity == Severity::Error => refused = Some(d.message),
            Err(d) => remarks.push(json!({ "code": d.code, "message": d.message, "hint": d.hint })),
        };
        let (source, options) = (Source::memory(), Options::default());
        match sent {
            Sent::Json(bytes) => {
                let line = serde_json::to_vec(&object(bytes)?)?;
                read_jsonl(&mut line.as_slice(), &source, &options, &mut sink);
            }
            Sent::Text(text) => read_text(text.as_bytes(), &source, &options, &mut sink),
            Sent::Nothing => {}
        }
    }
    let Some(report) = report else {
        return Err(Fault::new("bad-body", refused.unwrap_or_else(|| "the text has no words".to_owned())));
    };
    if report.text.len() > LONGEST {
        let detail = format!("the text has {} bytes, at most {LONGEST} are coded: send it in parts", report.text.len());
        return Err(Fault::new("too-large", detail));
    }
    let pipeline = context.desk.pipeline()?;
    let (sentences, coding) = pipeline.code(&report);
    let claims: Vec<Value> = coding.claims.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
    let diagnostics: Vec<Value> = coding.diagnostics.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
    Ok(json!({
        "coded": Pipeline::is_coded(&report),
        "report": serde_json::to_value(&report)?,
        "sentences": sentences.len(),
        "claims": claims,
        "diagnostics": diagnostics,
        "remarks": remarks,
    }))
}

/// The body as an object whose fields are all read.
fn object(bytes: &[u8]) -> Result<Map<String, Value>, Fault> {
    let value: Value = serde_json::from_slice(bytes).map_err(|e| {
        let what = e.to_string();
        let what = what.split(" at line ").next().unwrap_or_default().to_owned();
        Fault::new("bad-body", format!("no valid JSON: {what} at line {}, column {}", e.line(), e.column()))
    })?;
    let Value::Object(mut map) = value else {
        return Err(Fault::new("bad-body", format!("found {}, expected an object with \"text\"", kind(&value))));
    };
    for (name, value) in &map {
        if !FIELDS.iter().any(|(n, _)| n == name) {
            let shown: String = name.chars().take(80).collect();
            let near = nearest_few(name, FIELDS.iter().map(|f| f.0), 2);
            let all: Vec<&str> = FIELDS.iter().map(|f| f.0).collect();
            return Err(Fault::new("unknown-field", format!("found `{shown}`; read are {}", all.join(", ")))
                .or(near.into_iter().map(str::to_owned)));
        }
        match value {
            Value::String(_) => {}
            Value::Null if name != "text" => {}
            _ => return Err(Fault::new("bad-body", format!("{name}: found {}, expected a string", kind(value)))),
        }
    }
    map.retain(|_, v| !v.is_null());
    let words = |name: &str| map.get(name).and_then(Value::as_str).unwrap_or("");
    if words("text").trim().is_empty() {
        let found = if map.contains_key("text") { "an empty" } else { "no" };
        return Err(Fault::new("bad-body", format!("found {found} `text`, which is needed")));
    }
    let published = words("published");
    if map.contains_key("published") && (published.len() != 10 || published.parse::<jiff::civil::Date>().is_err()) {
        let shown: String = published.chars().take(40).collect();
        return Err(Fault::new("bad-body", format!("published: found `{shown}`, expected a day such as 2023-09-30")));
    }
    let language = words("language");
    if map.contains_key("language") && !(language.len() == 2 && language.bytes().all(|b| b.is_ascii_lowercase())) {
        let shown: String = language.chars().take(40).collect();
        return Err(Fault::new(
            "bad-body",
            format!("language: found `{shown}`, expected two small letters such as en"),
        ));
    }
    Ok(map)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_read_or_told_why_not() {
        assert!(object(EXAMPLE.as_bytes()).is_ok());
        for (body, code, words) in [
            ("{\"text\": \"a\",\n \"titel\": \"b\"}", "unknown-field", "`titel`"),
            ("{\"text\":\n 1,}", "bad-body", "line 2, column"),
            ("[]", "bad-body", "a list"),
            ("{\"text\": 1}", "bad-body", "a number"),
            ("{}", "bad-body", "no `text`"),
            ("{\"text\": \" \", \"title\": \"b\"}", "bad-body", "empty `text`"),
            ("{\"text\": \"a\", \"published\": \"yesterday\"}", "bad-body", "published"),
            ("{\"text\": \"a\", \"language\": \"english\"}", "bad-body", "language"),
        ] {
            let fault = object(body.as_bytes()).expect_err(body);
            assert_eq!(fault.code, code, "{body}");
            assert!(fault.detail.contains(words), "{body}: {}", fault.detail);
        }
        let fault = object(b"{\"text\": \"a\", \"titel\": \"b\"}").expect_err("misspelt");
        assert_eq!(fault.suggestions, ["title"]);
    }
}
