//! Reader of JSON Lines, and of JSON files that hold one report or a list of them.
//!
//! A line is `{"id","url","title","text","published","publisher","language"}` with only `text`
//! required. `report_id` stands for `id`, `date` for `published`, `authors` or `author` is read too, and
//! other keys are passed over. A line that is no such object costs itself: the rest goes in.

use std::io::{BufRead, Read};

use serde_json::{Map, Value};

use crate::text::{self, Given};
use crate::{Diagnostic, Options, ReadError, Report, Source, language};

/// What a line should be, for hints.
const EXPECTED: &str = "expected an object on one line, such as {\"id\":\"…\",\"title\":\"…\",\"text\":\"…\",\"published\":\"2023-09-30\"}; only \"text\" is required";

/// Reads a stream line by line; memory is bounded by the longest line.
pub(crate) fn read_lines(input: &mut dyn BufRead, source: &Source, options: &Options, sink: &mut crate::Sink<'_>) {
    let limit = text::limit(options);
    let mut line = Vec::new();
    let (mut number, mut read) = (0_u64, 0_u64);
    loop {
        line.clear();
        number += 1;
        let place = source.at_line(number);
        match Read::take(&mut *input, limit + 1).read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(length) => read += length as u64,
            Err(error) => {
                sink(Err(ReadError::Read { path: source.path.clone(), after_bytes: read, source: error }.into()));
                return;
            }
        }
        if line.len() as u64 > limit && line.last() != Some(&b'\n') {
            sink(Err(Diagnostic::error("line-too-long", format!("the line is longer than {limit} bytes"))
                .with_hint("expected one report a line; is this JSON Lines at all?")
                .at(&place)));
            match skip_line(input) {
                Ok(length) => read += length,
                Err(error) => {
                    sink(Err(ReadError::Read { path: source.path.clone(), after_bytes: read, source: error }.into()));
                    return;
                }
            }
            line = Vec::new();
            continue;
        }
        if number == 1 && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        if number == 1 && crate::sniff::is_utf16(&line) {
            sink(Err(Diagnostic::error("line-unreadable", "the input is UTF-16")
                .with_hint("JSON Lines is UTF-8: convert it first, for instance with iconv -f UTF-16 -t UTF-8")
                .at(&place)));
            return;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        read_line(&line, &place, options, sink);
    }
    if read == 0 {
        sink(Err(Diagnostic::error("empty-input", "it is empty").with_hint(EXPECTED).at(source)));
    }
}

/// Reads a `.json` file: a list of reports, one report over several lines, or else JSON Lines.
pub(crate) fn read_document(bytes: &[u8], source: &Source, options: &Options, sink: &mut crate::Sink<'_>) {
    match serde_json::from_slice::<Value>(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
        Ok(Value::Array(items)) => {
            if items.is_empty() {
                sink(Err(Diagnostic::error("json-unreadable", "the list holds no reports")
                    .with_hint(EXPECTED)
                    .at(source)));
            }
            for (at, item) in items.into_iter().enumerate() {
                let report = match item {
                    Value::Object(fields) => read_fields(fields, source, options, sink),
                    other => {
                        sink(Err(Diagnostic::error(
                            "json-unreadable",
                            format!("item {} of the list is {}", at + 1, kind(&other)),
                        )
                        .with_hint(EXPECTED)
                        .at(source)));
                        None
                    }
                };
                if let Some(report) = report {
                    sink(Ok(report));
                }
            }
        }
        Ok(Value::Object(fields)) => {
            if let Some(report) = read_fields(fields, source, options, sink) {
                sink(Ok(report));
            }
        }
        Ok(other) => sink(Err(Diagnostic::error("json-unreadable", format!("it holds {}", kind(&other)))
            .with_hint(EXPECTED)
            .at(source))),
        Err(_) => {
            let mut lines = bytes;
            read_lines(&mut lines, source, options, sink);
        }
    }
}

fn read_line(line: &[u8], place: &Source, options: &Options, sink: &mut crate::Sink<'_>) {
    let text = String::from_utf8_lossy(line.trim_ascii());
    if matches!(text, std::borrow::Cow::Owned(_)) {
        sink(Err(Diagnostic::warning(
            "charset-damaged",
            "some bytes of the line are not UTF-8 and were marked with U+FFFD",
        )
        .with_hint("JSON Lines is UTF-8; the file was cut off, damaged or is in another charset")
        .at(place)));
    }
    let refuse = |message: String, hint: &str| Diagnostic::error("line-unreadable", message).with_hint(hint).at(place);
    match serde_json::from_str::<Value>(&text) {
        Ok(Value::Object(fields)) => {
            if let Some(report) = read_fields(fields, place, options, sink) {
                sink(Ok(report));
            }
        }
        Ok(Value::Array(_)) => sink(Err(refuse(
            "found a list".into(),
            "expected one object a line: name the file .json, or split the list, for instance with jq -c '.[]'",
        ))),
        Ok(other) => sink(Err(refuse(format!("found {}", kind(&other)), EXPECTED))),
        Err(error) => {
            let start: String = text.chars().take(40).collect();
            let more = if text.chars().nth(40).is_some() { "…" } else { "" };
            // serde_json counts lines too; here there is only one.
            let what = error.to_string();
            let what = what.split(" at line ").next().unwrap_or_default();
            sink(Err(refuse(
                format!("found {start:?}{more}, which is not valid JSON: {what} at column {}", error.column()),
                EXPECTED,
            )));
        }
    }
}

/// The report in an object; remarks, and the refusal if there is none, go to the sink.
fn read_fields(
    mut fields: Map<String, Value>,
    place: &Source,
    options: &Options,
    sink: &mut crate::Sink<'_>,
) -> Option<Report> {
    let body = match fields.remove("text") {
        Some(Value::String(body)) => body,
        found => {
            let found = found.map_or("no \"text\"".to_owned(), |value| format!("{} as \"text\"", kind(&value)));
            sink(Err(Diagnostic::error("line-unreadable", format!("found {found}"))
                .with_hint("expected \"text\" to be a string")
                .at(place)));
            return None;
        }
    };
    let mut given = Given::default();
    let facts = &mut given.facts;
    let mut string = |keys: &[&str], remarks: &mut Vec<Diagnostic>| {
        let (key, value) =
            keys.iter().find_map(|key| Some((*key, fields.remove(*key).filter(|value| !value.is_null())?)))?;
        match value {
            Value::String(text) => Some(text).filter(|text| !text.trim().is_empty()),
            Value::Number(number) => Some(number.to_string()),
            other => {
                remarks.push(
                    Diagnostic::warning(
                        "line-unreadable",
                        format!("found {} as {key:?}; it was passed over", kind(&other)),
                    )
                    .with_hint(format!("expected {key:?} to be a string")),
                );
                None
            }
        }
    };
    let remarks = &mut facts.diagnostics;
    facts.report_id = string(&["id", "report_id"], remarks);
    facts.url = string(&["url"], remarks);
    given.title = string(&["title"], remarks);
    facts.publisher = string(&["publisher"], remarks).map(|name| crate::clean::tidy(&name));
    let language = string(&["language", "lang"], remarks);
    let published = string(&["published", "date"], remarks);
    facts.language = language.as_deref().and_then(language::normalise);
    if let Some(published) = published {
        facts.add_date(&published, "\"published\"");
    }
    for key in ["authors", "author"] {
        let names = match fields.remove(key) {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        facts.add_authors(names.iter().map(|name| crate::clean::tidy(name)).collect());
    }
    text::read(&body, given, place, options, &mut |diagnostic| sink(Err(diagnostic)))
}

fn skip_line(input: &mut dyn BufRead) -> std::io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = match input.fill_buf() {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if buffer.is_empty() {
            return Ok(skipped);
        }
        let (length, done) =
            buffer.iter().position(|byte| *byte == b'\n').map_or((buffer.len(), false), |at| (at + 1, true));
        input.consume(length);
        skipped += length as u64;
        if done {
            return Ok(skipped);
        }
    }
}

/// What a JSON value is, with an article.
fn kind(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => format!("the truth value {value}"),
        Value::Number(value) => format!("the number {value}"),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
