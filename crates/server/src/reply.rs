//! Answers on the wire: a page or its data, with its entity tag, or problem details.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LINK, VARY, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use forewarn_exchange::write::{Format, Notice, Rows, Settings, writer};
use forewarn_filter::Filter;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use crate::asked::Asked;
use crate::atom;
use crate::desk::{Context, Desk, Kept};
use crate::fault::Fault;
use crate::form::Form;
use crate::frame::Frame;
use crate::page::Page;

/// An answer: whole and kept, or written while it is read.
pub enum Answer {
    /// Whole.
    Whole(Kept),
    /// Row by row, for exports of any size.
    Flow(Flow),
}

/// An export that is written while the ledger is read: memory stays flat.
pub struct Flow {
    /// Its form.
    pub form: Form,
    /// Claims or incidents.
    pub rows: Rows,
    /// Which.
    pub filter: Filter,
    /// The name that a browser saves it under.
    pub name: String,
}

/// Rows that an export gives at most; more is for `forewarn export`.
const MOST_ROWS: u64 = 2_000_000;

/// Makes the answer of a page in the form that is asked for.
///
/// # Errors
/// When a record cannot be written.
pub fn answer(page: &dyn Page, context: &Context<'_>, host: &str) -> Result<Answer, Fault> {
    let form = context.asked.form.unwrap_or(Form::Html);
    if let Some((rows, filter)) = page.whole()
        && matches!(form, Form::Csv | Form::GeoJson | Form::Parquet)
    {
        return Ok(Answer::Flow(Flow { form, rows, filter, name: name(context.asked, form) }));
    }
    let body: Bytes = match form {
        Form::Html => {
            let frame = Frame { desk: context.desk, asked: context.asked, stamp: context.stamp };
            frame.document(page).into_string().into()
        }
        Form::Json => serde_json::to_vec(&told(page.json()?, context))?.into(),
        Form::Csv => page.table()?.csv().map_err(|e| Fault::new("internal", e.to_string()))?.into(),
        Form::Parquet => {
            let table = page.table()?;
            let mut out = Vec::new();
            forewarn_exchange::write::table(&table.columns, &table.rows, &mut out)?;
            out.into()
        }
        Form::GeoJson => {
            let features = page.features();
            let mut all = json!({"type": "FeatureCollection", "features": features});
            all["forewarn"] = meta(context);
            serde_json::to_vec(&all)?.into()
        }
        Form::Atom => {
            let itself = context.asked.link(Form::Atom, &[]);
            let here = context.asked.link(Form::Html, &[]);
            atom::feed(&page.title(), host, &itself, &here, context.stamp.through, &page.entries()).into()
        }
    };
    Ok(Answer::Whole(keep(body, form.media_type(), page.status())))
}

/// What every answer of data says of itself: as of when, out of which run, how to cite it.
pub fn meta(context: &Context<'_>) -> Value {
    let stamp = context.stamp;
    json!({
        "as_of": context.asked.get("as_of").map(str::to_owned).or_else(|| stamp.through.map(|d| d.to_string())),
        "through": stamp.through,
        "run": stamp.run,
        "codebook": stamp.codebook,
        "program": context.desk.options.program,
        "citation": citation(context),
        "address": context.asked.link(Form::Html, &[]),
    })
}

/// How to cite an answer.
fn citation(context: &Context<'_>) -> String {
    let through = context.stamp.through.map_or_else(String::new, |d| format!(", data through {d}"));
    let run = context.stamp.run.map_or_else(String::new, |r| format!(", run {r}"));
    format!(
        "{}, machine coding of news reports{through}{run}, {}. The rights in quoted sentences stay with their publishers.",
        context.desk.options.program,
        context.asked.link(Form::Html, &[])
    )
}

/// Puts [`meta`] into an answer that is an object.
fn told(mut value: Value, context: &Context<'_>) -> Value {
    if let Value::Object(map) = &mut value {
        map.insert("meta".to_owned(), meta(context));
    }
    value
}

/// A body with its entity tag.
pub fn keep(body: Bytes, media_type: &'static str, status: u16) -> Kept {
    let etag = format!("\"{}\"", blake3::hash(&body).to_hex().get(..24).unwrap_or(""));
    Kept { body, media_type, etag, status }
}

/// A file's name for a browser: letters, digits and hyphens of the path.
fn name(asked: &Asked, form: Form) -> String {
    let stem: String = asked.path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("forewarn{}{}", stem.trim_end_matches('-'), form.ending())
}

/// A kept answer as a response; 304 where the asker has it.
pub fn whole(kept: &Kept, headers: &HeaderMap) -> Response {
    let has = headers
        .get(IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.split(',').any(|t| t.trim().trim_start_matches("W/") == kept.etag || t.trim() == "*"));
    let (status, body) = if has && kept.status == 200 {
        (StatusCode::NOT_MODIFIED, Body::empty())
    } else {
        (StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK), Body::from(kept.body.clone()))
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let to = response.headers_mut();
    to.insert(CONTENT_TYPE, HeaderValue::from_static(kept.media_type));
    to.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    to.insert(VARY, HeaderValue::from_static("accept, authorization"));
    if let Ok(etag) = HeaderValue::from_str(&kept.etag) {
        to.insert(ETAG, etag);
    }
    response
}

/// A fault as a response: a page for people, problem details for programs.
pub fn fault(fault: &Fault, desk: &Desk, asked: &Asked, form: Form) -> Response {
    let (body, kind): (Bytes, &'static str) = if form == Form::Html {
        let (_, stamp) = desk.stamp().unwrap_or_default();
        let frame = Frame { desk, asked, stamp: &stamp };
        (
            frame.around(fault.title, &crate::pages::error::body(fault), false).into_string().into(),
            Form::Html.media_type(),
        )
    } else {
        let problem = fault.problem(&asked.path);
        (serde_json::to_vec(&problem).unwrap_or_default().into(), "application/problem+json")
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = fault.status();
    let to = response.headers_mut();
    to.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    to.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if fault.status == 401 {
        to.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"forewarn\""));
    }
    if fault.status == 400 {
        to.insert(LINK, HeaderValue::from_static("</v1/problems>; rel=\"help\""));
    }
    response
}

/// An export as a response: a task of its own reads the ledger and writes, chunk by chunk, as fast as the asker takes.
///
/// # Errors
/// `busy` where as many exports run as are let.
pub fn flow(desk: &Arc<Desk>, flow: Flow) -> Result<Response, Fault> {
    let Ok(turn) = Arc::clone(&desk.exports).try_acquire_owned() else {
        return Err(Fault::new("busy", "as many exports are being written as this desk lets: try again"));
    };
    let (send, receive) = mpsc::channel::<io::Result<Bytes>>(8);
    let (form, name) = (flow.form, flow.name.clone());
    let desk = Arc::clone(desk);
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let pipe = Pipe { send: send.clone(), held: Vec::with_capacity(CHUNK) };
        if let Err(error) = export(&desk, &flow, pipe) {
            // An answer that breaks off must not look whole: the connection is closed with an error.
            let _ = send.try_send(Err(io::Error::other(error.detail)));
        }
    });
    let mut response = Response::new(Body::from_stream(tokio_stream::wrappers::ReceiverStream::new(receive)));
    let to = response.headers_mut();
    to.insert(CONTENT_TYPE, HeaderValue::from_static(form.media_type()));
    to.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        to.insert(CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

fn export(desk: &Desk, flow: &Flow, pipe: Pipe) -> Result<(), Fault> {
    let format = match flow.form {
        Form::GeoJson => Format::GeoJson,
        Form::Parquet => Format::Parquet,
        _ => Format::Csv,
    };
    let (_, stamp) = desk.stamp()?;
    let notice = Notice {
        program: desk.options.program.clone(),
        codebook_version: stamp.codebook.clone(),
        filter: flow.filter.to_string(),
        run: stamp.run.map(|r| r.to_string()),
        made: Some(Desk::today()),
        citation: format!("{}, machine coding of news reports", desk.options.program),
        ..Notice::default()
    };
    // A connection of its own: whoever takes an export slowly holds up nobody's page.
    let ledger = crate::readers::open(&desk.options.ledger)?;
    let mut out = writer(format, flow.rows, Box::new(pipe), Settings::new(&desk.names.actors), notice)?;
    let mut left = MOST_ROWS;
    let mut full = || {
        left = left.saturating_sub(1);
        if left == 0 {
            return Err(Fault::new("too-large", format!("more than {MOST_ROWS} rows: use forewarn export")));
        }
        Ok(())
    };
    match flow.rows {
        Rows::Events => ledger.each_event::<Fault>(&flow.filter, |row| {
            full()?;
            Ok(out.event(&row)?)
        })?,
        Rows::Incidents => ledger.each_incident::<Fault>(&flow.filter, |row| {
            full()?;
            Ok(out.incident(&row)?)
        })?,
    };
    out.finish()?;
    Ok(())
}

const CHUNK: usize = 64 << 10;
/// How long an export waits for one who takes nothing.
const PATIENCE: Duration = Duration::from_mins(1);

/// Hands what is written on to the connection; waits while the asker is slow, ends when it is gone.
struct Pipe {
    send: mpsc::Sender<io::Result<Bytes>>,
    held: Vec<u8>,
}

impl Pipe {
    fn push(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let mut chunk = Ok(Bytes::from(std::mem::replace(&mut self.held, Vec::with_capacity(CHUNK))));
        let start = Instant::now();
        loop {
            match self.send.try_send(chunk) {
                Ok(()) => return Ok(()),
                Err(TrySendError::Closed(_)) => return Err(io::ErrorKind::BrokenPipe.into()),
                Err(TrySendError::Full(_)) if start.elapsed() > PATIENCE => return Err(io::ErrorKind::TimedOut.into()),
                Err(TrySendError::Full(back)) => {
                    chunk = back;
                    std::thread::sleep(Duration::from_millis(2));
                }
            }
        }
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= CHUNK {
            self.push()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.push()
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        // What cannot be sent any more has no reader.
        let _ = self.push();
    }
}
