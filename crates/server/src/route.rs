//! The addresses: one table, from which the router, the checks of parameters and the OpenAPI document are all made.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::Semaphore;

use crate::asked::{Asked, Parameter};
use crate::desk::{Context, Desk};
use crate::fault::Fault;
use crate::form::Form;
use crate::page::Page;
use crate::reply::{self, Answer};
use crate::{assets, pages, v1};

/// Makes a page.
pub type Make = fn(&mut Context<'_>) -> Result<Box<dyn Page>, Fault>;

/// An address.
#[derive(Clone, Copy)]
pub struct Address {
    /// Its path; `{name}` stands for one segment.
    pub path: &'static str,
    /// What is there, in one line.
    pub what: &'static str,
    /// Query parameters that it takes.
    pub takes: &'static [Parameter],
    /// What makes it.
    pub make: Make,
}

impl Address {
    /// An address.
    pub const fn new(path: &'static str, what: &'static str, takes: &'static [Parameter], make: Make) -> Self {
        Self { path, what, takes, make }
    }
}

/// A request's body is never larger.
pub const MOST_BODY: usize = 1 << 20;
/// A request is given up after this.
const PATIENCE: Duration = Duration::from_secs(30);
/// Requests that wait for a reader at most; the next is told to come back.
const MOST_WAITING: usize = 512;

/// What handlers share.
#[derive(Clone)]
pub struct Shared {
    /// The desk.
    pub desk: Arc<Desk>,
    /// Turns at the readers.
    turns: Arc<Semaphore>,
    /// Places in the queue.
    queue: Arc<Semaphore>,
}

impl Shared {
    /// For a desk.
    pub fn new(desk: Arc<Desk>) -> Self {
        let turns = desk.options.readers.max(1);
        Self { desk, turns: Arc::new(Semaphore::new(turns)), queue: Arc::new(Semaphore::new(turns + MOST_WAITING)) }
    }

    /// Does blocking work when its turn has come.
    ///
    /// # Errors
    /// The work's own fault; `busy` where too many wait; `timeout`.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Arc<Desk>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let busy = || Fault::new("busy", "more requests wait than can be answered soon: try again");
        let _place = self.queue.try_acquire().map_err(|_| busy())?;
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| busy())?;
        let desk = Arc::clone(&self.desk);
        let task = tokio::task::spawn_blocking(move || {
            let done = work(&desk);
            // A turn is held until the work is done, even where nobody waits for it any more.
            drop(turn);
            done
        });
        match tokio::time::timeout(PATIENCE, task).await {
            Ok(Ok(done)) => done,
            Ok(Err(_)) => Err(Fault::new("internal", "the work ended by a fault of the program; the log says which")),
            Err(_) => Err(Fault::new("timeout", format!("no answer within {} seconds", PATIENCE.as_secs()))),
        }
    }
}

/// The whole server.
pub fn app(desk: Arc<Desk>) -> Router {
    let shared = Shared::new(desk);
    let mut router = Router::new();
    for address in pages::ADDRESSES {
        router = router.route(address.path, get(move |s, p, r| page(*address, s, p, r)));
    }
    router = v1::routes(router).route("/ask", get(pages::choose::choose)).route("/assets/{*file}", get(asset));
    let inner = router
        .fallback(lost)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(MOST_BODY))
        .with_state(shared.clone());
    // The ending of a form is cut off before an address is looked for.
    let outer = Router::new().fallback_service(inner);
    outer.layer(middleware::map_request(cut)).layer(middleware::from_fn_with_state(shared, admit))
}

/// The form that an address's ending asked for, and the path as it stood.
#[derive(Clone)]
struct Cut(Option<Form>);

/// Cuts the ending off the path. Paths of `/v1/` and `/assets/` have none.
async fn cut(mut request: Request) -> Request {
    let path = request.uri().path();
    let mut form = None;
    if !path.starts_with("/v1/") && !path.starts_with("/assets/") {
        let (rest, found) = Form::cut(path);
        form = found;
        let rest = if rest == "/index" { "/" } else { rest };
        if rest != path {
            let query = request.uri().query().map_or_else(String::new, |q| format!("?{q}"));
            if let Ok(uri) = format!("{rest}{query}").parse::<Uri>() {
                *request.uri_mut() = uri;
            }
        }
    }
    request.extensions_mut().insert(Cut(form));
    request
}

/// Lets in who may ask, and puts the headers on whatever goes out.
async fn admit(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let mut response = match shared.desk.options.guard.admit(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(fault) => {
            let asked = Asked { path: request.uri().path().to_owned(), ..Asked::default() };
            // Who is not let in is shown nothing of the ledger, not even how large it is.
            let body = serde_json::to_vec(&fault.problem(&asked.path)).unwrap_or_default();
            let mut out = (fault.status(), body).into_response();
            out.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
            if fault.status == 401 {
                out.headers_mut().insert(
                    axum::http::header::WWW_AUTHENTICATE,
                    HeaderValue::from_static("Bearer realm=\"forewarn\""),
                );
            }
            out
        }
    };
    crate::guard::add_headers(response.headers_mut());
    response
}

/// One address, in the form that is asked for.
async fn page(
    address: Address,
    State(shared): State<Shared>,
    Path(names): Path<BTreeMap<String, String>>,
    request: Request,
) -> Response {
    let form = request.extensions().get::<Cut>().and_then(|c| c.0).unwrap_or_else(|| Form::accepted(request.headers()));
    let uri = request.uri().clone();
    let headers = request.headers().clone();
    let bare = Asked { path: uri.path().to_owned(), form: Some(form), ..Asked::default() };
    let mut asked = match Asked::read(uri.path(), uri.query().unwrap_or(""), address.takes) {
        Ok(asked) => asked,
        Err(fault) => return reply::fault(&fault, &shared.desk, &bare, form),
    };
    asked.names = names;
    asked.form = Some(form);
    let host = host(&headers);
    let done = shared.work(move |desk| answer(address, desk, &asked, &host)).await;
    match done {
        Ok(Answer::Whole(kept)) => reply::whole(&kept, &headers),
        Ok(Answer::Flow(flow)) => {
            reply::flow(&shared.desk, flow).unwrap_or_else(|fault| reply::fault(&fault, &shared.desk, &bare, form))
        }
        Err(fault) => reply::fault(&fault, &shared.desk, &bare, form),
    }
}

/// The address that the request came to, for links of feeds.
fn host(headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|h| h.to_str().ok()).unwrap_or("localhost");
    let plain = host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    format!("http://{}", if plain { host } else { "localhost" })
}

fn answer(address: Address, desk: &Arc<Desk>, asked: &Asked, host: &str) -> Result<Answer, Fault> {
    let (generation, stamp) = desk.stamp()?;
    let form = asked.form.unwrap_or(Form::Html);
    let mut key = format!("{generation} {} {}", Desk::today(), asked.link(form, &[]));
    if form == Form::Atom {
        key.push_str(host);
    }
    if let Some(kept) = desk.kept(&key) {
        return Ok(Answer::Whole(kept));
    }
    let mut context = Context { desk, ledger: desk.lend(), asked, stamp: &stamp, generation };
    let page = (address.make)(&mut context)?;
    let answer = reply::answer(page.as_ref(), &context, host)?;
    if let Answer::Whole(kept) = &answer
        && page.keeps()
    {
        desk.keep(key, kept.clone());
    }
    Ok(answer)
}

/// A file that pages need.
async fn asset(Path(file): Path<String>, uri: Uri, State(shared): State<Shared>) -> Response {
    let Some((bytes, kind)) = assets::find(&file) else {
        let asked = Asked { path: uri.path().to_owned(), ..Asked::default() };
        return reply::fault(&Fault::missing("file", &file), &shared.desk, &asked, Form::Json);
    };
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    // An address with a digest is never another file.
    let keep = if uri.query().is_some() { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}

async fn lost(State(shared): State<Shared>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let form = request
        .extensions()
        .get::<Cut>()
        .and_then(|c| c.0)
        .unwrap_or_else(|| if path.starts_with("/v1") { Form::Json } else { Form::accepted(request.headers()) });
    let known = pages::ADDRESSES.iter().map(|a| a.path).chain(v1::PATHS.iter().copied());
    let near = forewarn_codebook::fault::nearest_few(&path, known.filter(|p| !p.contains('{')), 2);
    let shown: String = path.chars().take(200).collect();
    let fault =
        Fault::new("not-found", format!("no page has the address {shown}")).or(near.into_iter().map(str::to_owned));
    reply::fault(&fault, &shared.desk, &Asked { path, ..Asked::default() }, form)
}

async fn wrong_method(State(shared): State<Shared>, method: Method, uri: Uri) -> Response {
    let fault = Fault::new("method-not-allowed", format!("found {method} {}", uri.path()));
    let mut response =
        reply::fault(&fault, &shared.desk, &Asked { path: uri.path().to_owned(), ..Asked::default() }, Form::Json);
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}
