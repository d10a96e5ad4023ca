//! A request to the API: checked, worked on when its turn comes, answered.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use forewarn_codebook::fault::nearest;
use serde_json::Value;
use tokio::sync::Semaphore;

use super::endpoint::{Body, Endpoint, Method, Sent};
use super::{ENDPOINTS, schema};
use crate::asked::Asked;
use crate::desk::{Context, Desk, Kept};
use crate::fault::Fault;
use crate::form::Form;
use crate::reply;
use crate::route::{MOST_BODY, Shared};

/// A body that is not there after this is given up.
const BODY_PATIENCE: Duration = Duration::from_secs(10);
/// Bodies worked on at once: coding takes a core for as long as the text is, and readers of pages must not wait for it.
static BODIES: Semaphore = Semaphore::const_new(2);
/// Bodies that wait for their turn.
static BODIES_WAITING: Semaphore = Semaphore::const_new(16);

/// Answers a request.
pub async fn answer(
    endpoint: Endpoint,
    State(shared): State<Shared>,
    names: Result<Path<BTreeMap<String, String>>, PathRejection>,
    request: Request,
) -> Response {
    let uri = request.uri().clone();
    let headers = request.headers().clone();
    let bare = Asked { path: uri.path().to_owned(), form: Some(Form::Json), ..Asked::default() };
    let done = match read(&endpoint, names, request).await {
        Ok((asked, sent)) => work(endpoint, &shared, asked, sent).await,
        Err(fault) => Err(fault),
    };
    match done {
        Ok(kept) => reply::whole(&kept, &headers),
        Err(fault) => reply::fault(&fault, &shared.desk, &bare, Form::Json),
    }
}

/// Answers OPTIONS: which methods there are.
pub fn options(path: &str) -> Response {
    let of = |method: Method| ENDPOINTS.iter().any(|e| e.path == path && e.method == method);
    let allow = match (of(Method::Get), of(Method::Post)) {
        (true, true) => "GET, HEAD, POST, OPTIONS",
        (false, _) => "POST, OPTIONS",
        (true, false) => "GET, HEAD, OPTIONS",
    };
    let headers = [(ALLOW, HeaderValue::from_static(allow)), (CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Checks path, query and body.
async fn read(
    endpoint: &Endpoint,
    names: Result<Path<BTreeMap<String, String>>, PathRejection>,
    request: Request,
) -> Result<(Asked, Sent), Fault> {
    let mut asked = Asked::read(request.uri().path(), request.uri().query().unwrap_or(""), endpoint.takes)?;
    if let Some(missing) = endpoint.needs.iter().find(|n| asked.get(n).is_none()) {
        let what = endpoint.takes.iter().find(|p| p.name == *missing).map_or("", |p| p.what);
        return Err(Fault::new("bad-parameter", format!("`{missing}` is not given, and it is needed. {what}")));
    }
    let Path(names) =
        names.map_err(|e| Fault::new("bad-request", format!("the path cannot be read: {}", e.body_text())))?;
    if let Some((name, _)) = names.iter().find(|(_, value)| value.contains('\0') || value.len() > 1024) {
        return Err(Fault::new("bad-request", format!("`{name}` in the path is no id")));
    }
    asked.names = names;
    asked.form = Some(Form::Json);
    let sent = match endpoint.method {
        Method::Get => Sent::Nothing,
        Method::Post => body(endpoint, request).await?,
    };
    Ok((asked, sent))
}

/// Reads a body of a kind that the endpoint takes.
async fn body(endpoint: &Endpoint, request: Request) -> Result<Sent, Fault> {
    let kind = kind(endpoint, request.headers())?;
    let too_large = || Fault::new("too-large", format!("at most {MOST_BODY} bytes are read"));
    let length = request.headers().get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|n| n > MOST_BODY as u64) {
        return Err(too_large());
    }
    let bytes: Bytes =
        match tokio::time::timeout(BODY_PATIENCE, axum::body::to_bytes(request.into_body(), MOST_BODY)).await {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(error)) => {
                // The limit is hidden inside: nothing else than that or a broken connection stops a body.
                let limit = std::error::Error::source(&error).is_some_and(|e| e.to_string().contains("length limit"));
                return Err(if limit { too_large() } else { Fault::new("bad-body", "the body broke off") });
            }
            Err(_) => {
                return Err(Fault::new("timeout", format!("no whole body within {} seconds", BODY_PATIENCE.as_secs())));
            }
        };
    match kind {
        Body::Json(_) => Ok(Sent::Json(bytes.to_vec())),
        Body::Text => String::from_utf8(bytes.to_vec()).map(Sent::Text).map_err(|e| {
            let at = e.utf8_error().valid_up_to();
            Fault::new("bad-body", format!("the text is not UTF-8 at byte {at}"))
        }),
    }
}

/// Which kind of body was sent.
fn kind(endpoint: &Endpoint, headers: &HeaderMap) -> Result<Body, Fault> {
    let given = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let mut parts = given.split(';').map(str::trim);
    let name = parts.next().unwrap_or("").to_ascii_lowercase();
    let all: Vec<&str> = endpoint.reads.iter().map(|b| b.media_type()).collect();
    let found = endpoint.reads.iter().find(|b| b.media_type() == name);
    let Some(found) = found else {
        let shown: String = if name.is_empty() { "no media type".to_owned() } else { name.chars().take(80).collect() };
        let near = nearest(&name, all.iter().copied()).map(str::to_owned);
        return Err(Fault::new("unsupported-body", format!("found {shown}, expected {}", all.join(" or "))).or(near));
    };
    let charset = parts.find_map(|p| p.split_once('=').filter(|(n, _)| n.trim().eq_ignore_ascii_case("charset")));
    match charset.map(|(_, value)| value.trim().trim_matches('"').to_ascii_lowercase()) {
        None => Ok(*found),
        Some(charset) if matches!(charset.as_str(), "utf-8" | "utf8" | "us-ascii") => Ok(*found),
        Some(_) => Err(Fault::new("unsupported-body", "the body's charset must be UTF-8")),
    }
}

async fn work(endpoint: Endpoint, shared: &Shared, asked: Asked, sent: Sent) -> Result<Kept, Fault> {
    let busy = || Fault::new("busy", "more texts wait than can be worked on soon: try again");
    let mut turn = None;
    if endpoint.method == Method::Post {
        let _place = BODIES_WAITING.try_acquire().map_err(|_| busy())?;
        turn = Some(BODIES.acquire().await.map_err(|_| busy())?);
    }
    shared
        .work(move |desk| {
            let done = make(&endpoint, desk, &asked, &sent);
            drop(turn);
            done
        })
        .await
}

fn make(endpoint: &Endpoint, desk: &Arc<Desk>, asked: &Asked, sent: &Sent) -> Result<Kept, Fault> {
    let (generation, stamp) = desk.stamp()?;
    let key = format!("{generation} {} {}", Desk::today(), asked.link(Form::Html, &[]));
    let keeps = endpoint.method == Method::Get;
    if keeps && let Some(kept) = desk.kept(&key) {
        return Ok(kept);
    }
    let mut context = Context { desk, ledger: desk.lend(), asked, stamp: &stamp, generation };
    let mut value = (endpoint.make)(&mut context, sent)?;
    if !endpoint.bare
        && let Value::Object(map) = &mut value
    {
        map.insert("meta".to_owned(), reply::meta(&context));
    }
    let media_type = if endpoint.gives == schema::DOCUMENT { schema::DOCUMENT_TYPE } else { Form::Json.media_type() };
    let kept = reply::keep(serde_json::to_vec(&value)?.into(), media_type, 200);
    if keeps {
        desk.keep(key, kept.clone());
    }
    Ok(kept)
}
