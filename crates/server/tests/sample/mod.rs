//! A small ledger out of bundled reports, and a desk on it that is asked without a socket.

#![allow(dead_code)] // Each test takes what it needs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use forewarn_codebook::actors::Actors;
use forewarn_codebook::{Codebook, KnowledgeFile, files};
use forewarn_coder::Coder;
use forewarn_gazetteer::Gazetteer;
use forewarn_language::{Engine, Model};
use forewarn_ledger::{Entry, Ledger, Means, Writer};
use forewarn_server::{Desk, Options, app};
use http_body_util::BodyExt;
use tempfile::TempDir;
use tower::ServiceExt;

/// A desk on a ledger that goes when this is dropped.
pub struct Sample {
    folder: TempDir,
    /// The desk's router.
    pub app: Router,
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("no JSON ({e}): {}", self.text()))
    }

    pub fn media_type(&self) -> String {
        self.headers.get("content-type").map_or_else(String::new, |v| v.to_str().expect("text").to_owned())
    }
}

impl Sample {
    /// A desk on the bundled reports.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// The same, set up in another way.
    pub fn with(set: impl FnOnce(&mut Options)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("t.sqlite");
        fill(&path);
        Self::on(folder, &path, set)
    }

    /// A desk on an empty ledger that codes by other knowledge than the program's.
    pub fn knowing(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("t.sqlite");
        drop(Ledger::create(&path).expect("made"));
        let desk = Desk::open(Options::new(&path), &KnowledgeFile::base(files), false).expect("opened");
        Self { folder, app: app(Arc::new(desk)) }
    }

    /// A desk on an empty ledger.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("t.sqlite");
        drop(Ledger::create(&path).expect("made"));
        Self::on(folder, &path, |_| {})
    }

    fn on(folder: TempDir, path: &Path, set: impl FnOnce(&mut Options)) -> Self {
        let mut options = Options::new(path);
        set(&mut options);
        let desk = Desk::open(options, &KnowledgeFile::base(files::all()), true).expect("opened");
        Self { folder, app: app(Arc::new(desk)) }
    }

    /// The ledger's file.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("t.sqlite")
    }

    /// Asks by GET.
    pub async fn get(&self, uri: &str) -> Answer {
        self.ask(Request::get(uri).header("host", "localhost").body(Body::empty()).expect("a request")).await
    }

    /// Sends a body.
    pub async fn post(&self, uri: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(uri).header("host", "localhost").header("content-type", kind);
        self.ask(request.body(body.into()).expect("a request")).await
    }

    /// Asks.
    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.app.clone().oneshot(request).await.expect("it never fails");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

/// Reads the bundled reports into a new ledger.
fn fill(path: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
    let engine = Engine::new(Model::embedded().expect("built in"));
    let codebook = Codebook::embedded().expect("no fault");
    let actors = Actors::embedded().expect("no fault");
    let gazetteer = Gazetteer::from_layers(&KnowledgeFile::base(files::all())).expect("built in");
    let coder = Coder::new(codebook, actors).with_gazetteer(gazetteer);
    let mut entries = Vec::new();
    for name in ["2023-09-24-banjska.jsonl", "2023-09-25-north-kosovo.txt", "wire.jsonl"] {
        forewarn_report::read_path(&root.join(name), &forewarn_report::Options::default(), &mut |found| {
            let Ok(report) = found else { return };
            let sentences = forewarn_coder::sentences(&engine, &report);
            let claims = if report.is_english() { coder.code(&report, &sentences).claims } else { Vec::new() };
            entries.push(Entry::new(report, &sentences, claims));
        });
    }
    assert!(entries.len() > 2, "the bundled reports are not there");
    let mut ledger = Ledger::create(path).expect("made");
    let means =
        Means { program: "forewarn test".to_owned(), codebook: "0123456789abcdef".to_owned(), ..Means::default() };
    let run = ledger.begin("ingest", &means, "{}", "2023-10-01T00:00:00Z").expect("begun");
    let mut writer = Writer::new();
    writer.store(&mut ledger, run, &entries).expect("stored");
    ledger.end(run, "2023-10-01T00:00:01Z").expect("ended");
    ledger.merge_all(&mut writer, 1000, &mut |_| {}).expect("merged");
}
