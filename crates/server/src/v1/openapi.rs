//! The OpenAPI document (3.1), made from the tables of addresses and endpoints, so that it cannot say what is not so.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::endpoint::{Body, Endpoint, Method, Sent, by_status, names};
use super::shape::{self, reference};
use super::{ENDPOINTS, schema};
use crate::asked::{Kind, Parameter};
use crate::desk::Context;
use crate::fault::{CODES, Fault};
use crate::form::Form;
use crate::pages;
use crate::route::Address;

static DOCUMENT: LazyLock<Value> = LazyLock::new(document);

/// `/v1/openapi.json`.
///
/// # Errors
/// None.
#[allow(clippy::unnecessary_wraps)] // Every endpoint may fail.
pub fn make(_: &mut Context<'_>, _: &Sent) -> Result<Value, Fault> {
    Ok(DOCUMENT.clone())
}

/// The document.
pub fn document() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for endpoint in ENDPOINTS {
        let method = match endpoint.method {
            Method::Get => "get",
            Method::Post => "post",
        };
        let at = paths.entry(endpoint.path.to_owned()).or_insert_with(|| json!({}));
        at[method] = operation(endpoint);
    }
    for address in pages::ADDRESSES {
        paths.insert(address.path.replace("{*", "{"), json!({ "get": page(address) }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Forewarn desk",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Who did what to whom, where and when, as news reports tell it, with the sentence behind each claim.",
            "description": "Coded by machine from news reports: every figure leads to its sentence, and none is a finding of \
                            fact. For early warning, research and reporting; not for targeting or operations. The rights in \
                            quoted sentences stay with their publishers.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{}, { "bearer": [] }],
        "tags": [
            { "name": "v1", "description": "The API: JSON, stable within version 1." },
            { "name": "pages", "description": "Pages for people. The same address with .json, .csv, .geojson, .parquet or \
                                              .atom behind its path gives its data." },
        ],
        "paths": paths,
        "components": {
            "schemas": shape::all(),
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "description": "Needed beyond loopback, and wherever the \
                            desk was started with a token." },
            },
        },
    })
}

fn operation(endpoint: &Endpoint) -> Value {
    let example = |name: &str| {
        form_urlencoded::parse(endpoint.like.as_bytes()).find(|(n, _)| n == name).map(|(_, value)| value.into_owned())
    };
    let mut parameters: Vec<Value> = endpoint.names().map(segment).collect();
    for p in endpoint.takes {
        let given = if endpoint.method == Method::Get { example(p.name) } else { None };
        parameters.push(parameter(p, endpoint.needs.contains(&p.name), given));
    }
    let media_type = if endpoint.gives == schema::DOCUMENT { schema::DOCUMENT_TYPE } else { Form::Json.media_type() };
    let mut responses = json!({
        "200": {
            "description": endpoint.what,
            "headers": { "ETag": { "schema": { "type": "string" }, "description": "Send it as If-None-Match." } },
            "content": { media_type: { "schema": reference(endpoint.gives) } },
        },
    });
    if endpoint.method == Method::Get {
        responses["304"] = json!({ "description": "Nothing has changed since the answer with this ETag." });
    }
    for (status, codes) in endpoint.faults() {
        responses[status.to_string()] = problem(status, &codes, &["application/problem+json"]);
    }
    let mut out = json!({
        "operationId": id(endpoint.method, endpoint.path),
        "summary": endpoint.what,
        "tags": ["v1"],
        "parameters": parameters,
        "responses": responses,
    });
    if !endpoint.reads.is_empty() {
        let content: Map<String, Value> = endpoint.reads.iter().map(|b| body(*b, endpoint)).collect();
        out["requestBody"] = json!({ "required": true, "content": content });
    }
    out
}

fn body(body: Body, endpoint: &Endpoint) -> (String, Value) {
    let content = match body {
        Body::Json(name) => {
            let example: Value = serde_json::from_str(endpoint.like).unwrap_or_default();
            json!({ "schema": reference(name), "example": example })
        }
        Body::Text => {
            let text = serde_json::from_str::<Value>(endpoint.like)
                .ok()
                .and_then(|v| v["text"].as_str().map(str::to_owned))
                .unwrap_or_else(|| endpoint.like.to_owned());
            json!({ "schema": { "type": "string", "minLength": 1 }, "example": text })
        }
    };
    (body.media_type().to_owned(), content)
}

fn page(address: &Address) -> Value {
    let mut parameters: Vec<Value> = names(address.path).map(segment).collect();
    parameters.extend(address.takes.iter().map(|p| parameter(p, false, None)));
    let mut content = Map::new();
    for form in std::iter::once(Form::Html).chain(Form::DATA) {
        let schema = match form {
            Form::Json | Form::GeoJson => json!({ "type": "object" }),
            _ => json!({ "type": "string" }),
        };
        content.insert(form.media_type().to_owned(), json!({ "schema": schema }));
    }
    let mut responses = json!({
        "200": { "description": address.what, "content": content },
        "304": { "description": "Nothing has changed since the answer with this ETag." },
    });
    // What a page's maker may find is its own affair: every code but those of bodies.
    let codes: Vec<&'static str> = CODES
        .iter()
        .map(|c| c.0)
        .filter(|c| {
            !["bad-sql", "bad-body", "unknown-field", "too-large", "unsupported-body", "method-not-allowed"].contains(c)
        })
        .collect();
    for (status, codes) in by_status(&codes) {
        responses[status.to_string()] =
            problem(status, &codes, &["text/html; charset=utf-8", "application/problem+json"]);
    }
    json!({
        "operationId": id(Method::Get, address.path),
        "summary": address.what,
        "tags": ["pages"],
        "parameters": parameters,
        "responses": responses,
    })
}

fn problem(status: u16, codes: &[&str], media_types: &[&str]) -> Value {
    let said: Vec<String> = codes.iter().map(|c| format!("`{c}`")).collect();
    let content: Map<String, Value> = media_types
        .iter()
        .map(|m| {
            let schema = if m.ends_with("json") { reference("Problem") } else { json!({ "type": "string" }) };
            ((*m).to_owned(), json!({ "schema": schema }))
        })
        .collect();
    let mut out = json!({ "description": said.join(", "), "content": content });
    if status == 401 {
        out["headers"] = json!({ "WWW-Authenticate": { "schema": { "type": "string" } } });
    }
    out
}

fn segment(name: &str) -> Value {
    json!({
        "name": name, "in": "path", "required": true,
        "schema": { "type": "string", "minLength": 1, "maxLength": 256 },
    })
}

fn parameter(p: &Parameter, required: bool, example: Option<String>) -> Value {
    let schema = match p.kind {
        Kind::Text(most) => json!({ "type": "string", "maxLength": most, "pattern": "^[^\\u0000]*$" }),
        Kind::Day => json!({ "type": "string", "format": "date" }),
        Kind::Count(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Kind::Choice(words) => json!({ "type": "string", "enum": words }),
    };
    let mut out = json!({
        "name": p.name, "in": "query", "required": required, "description": p.what, "schema": schema,
        // Forms send what was left empty; it is as if it were not there.
        "allowEmptyValue": !required,
    });
    if let Some(example) = example {
        out["example"] = match p.kind {
            Kind::Count(..) => example.parse::<u32>().map_or(Value::Null, Value::from),
            _ => example.into(),
        };
    }
    out
}

/// `GET /v1/events/{id}` is `get-v1-events-id`.
fn id(method: Method, path: &str) -> String {
    let mut out = match method {
        Method::Get => "get".to_owned(),
        Method::Post => "post".to_owned(),
    };
    for part in path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty()) {
        out.push('-');
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_have_ids_of_their_own_and_paths_their_names() {
        let document = document();
        let mut ids = Vec::new();
        for (path, methods) in document["paths"].as_object().expect("paths") {
            for (method, operation) in methods.as_object().expect("methods") {
                ids.push(operation["operationId"].as_str().expect("an id").to_owned());
                let named =
                    operation["parameters"].as_array().expect("a list").iter().filter(|p| p["in"] == "path").count();
                assert_eq!(named, path.matches('{').count(), "{method} {path}");
            }
        }
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all);
        assert_eq!(all, ENDPOINTS.len() + pages::ADDRESSES.len());
    }
}
