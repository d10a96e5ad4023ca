//! `/ask?a=&b=`: two names out of a form; leads to the answer's own address, or says which name is unknown.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use forewarn_answer::Party;
use forewarn_filter::Names as _;
use maud::{Markup, html};

use crate::asked::{AS_OF, Asked, Kind, Parameter, address, segment};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::form::Form;
use crate::frame::Frame;
use crate::reply;
use crate::route::Shared;
use crate::show::ticked::ticked;
use crate::v1::find_parties;

/// What the form sends.
const TAKES: &[Parameter] = &[
    Parameter::new("a", Kind::Text(200), "One side: a name or a code."),
    Parameter::new("b", Kind::Text(200), "The other."),
    AS_OF,
    Parameter::new("horizon", Kind::Choice(&["30", "90", "365"]), "Days ahead."),
];

/// Names that are near to an unknown one, at most.
const NEAR: usize = 5;

/// Answers the form.
pub async fn choose(State(shared): State<Shared>, request: Request) -> Response {
    let (uri, headers) = (request.uri().clone(), request.headers());
    let form = Form::accepted(headers);
    let bare = Asked { path: uri.path().to_owned(), form: Some(form), ..Asked::default() };
    let asked = match Asked::read(uri.path(), uri.query().unwrap_or(""), TAKES) {
        Ok(asked) => asked,
        Err(fault) => return reply::fault(&fault, &shared.desk, &bare, form),
    };
    let done = shared.work(move |desk| answer(desk, &asked, form)).await;
    done.unwrap_or_else(|fault| reply::fault(&fault, &shared.desk, &bare, form))
}

fn answer(desk: &Desk, asked: &Asked, form: Form) -> Result<Response, Fault> {
    let sides = ["a", "b"].map(|name| asked.get(name).map(|word| (word.to_owned(), desk.party(word))));
    if let [Some((_, Ok(a))), Some((_, Ok(b)))] = &sides {
        if a.code != b.code {
            let path = format!("/ask/{}/{}", segment(&a.code), segment(&b.code));
            let kept = ["as_of", "horizon"].iter().filter_map(|n| asked.get(n).map(|v| (*n, v)));
            return Ok(led(&address(&path, kept)));
        }
        if form != Form::Html {
            return Err(Fault::new("no-answer", "both names are of one party"));
        }
    }
    if form != Form::Html {
        for side in &sides {
            match side {
                None => return Err(Fault::new("bad-parameter", "`a` and `b` name the two sides")),
                Some((_, Err(fault))) => return Err(fault.clone()),
                Some((_, Ok(_))) => {}
            }
        }
    }
    let (_, stamp) = desk.stamp()?;
    let frame = Frame { desk, asked, stamp: &stamp };
    let unknown = sides.iter().any(|s| matches!(s, Some((_, Err(_)))));
    let body = body(&frame, &sides);
    let mut response = Response::new(Body::from(frame.around("Ask about two sides", &body, false).into_string()));
    *response.status_mut() = if unknown { StatusCode::NOT_FOUND } else { StatusCode::OK };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(Form::Html.media_type()));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// Leads to an address of our own.
fn led(to: &str) -> Response {
    let mut response = Response::new(Body::empty());
    if let Ok(to) = HeaderValue::from_str(to) {
        *response.status_mut() = StatusCode::SEE_OTHER;
        response.headers_mut().insert(LOCATION, to);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

type Side = Option<(String, Result<Party, Fault>)>;

fn body(frame: &Frame<'_>, sides: &[Side; 2]) -> Markup {
    let word = |i: usize| sides[i].as_ref().map_or("", |(word, _)| word.as_str());
    let same = matches!(sides, [Some((_, Ok(a))), Some((_, Ok(b)))] if a.code == b.code);
    html! {
        h1.question { "Is a new war looming?" }
        (form(frame, word(0), word(1)))
        @if same { p.caution role="alert" { "Both names are of one party. A forecast is of two." } }
        @for (i, side) in sides.iter().enumerate() {
            @match side {
                Some((word, Err(fault))) => { (unknown(frame, sides, i, word, fault)) },
                None => p { "Name " (if i == 0 { "one side" } else { "the other side" }) ": a country, an organisation, an armed group or a people, by name or code." },
                Some((_, Ok(_))) => {},
            }
        }
    }
}

/// What may have been meant, as links that put it into the form's place.
fn unknown(frame: &Frame<'_>, sides: &[Side; 2], at: usize, word: &str, fault: &Fault) -> Markup {
    let desk = frame.desk;
    let mut near: Vec<(String, String)> =
        find_parties(&desk.names.actors, word, NEAR).into_iter().map(|f| (f.code, f.name)).collect();
    for name in desk.names.lexicon().near_party(word) {
        if let Ok(found) = desk.party(&name)
            && !near.iter().any(|(code, _)| *code == found.code.as_str())
            && near.len() < NEAR
        {
            near.push((found.code.to_string(), found.name));
        }
    }
    let link = |code: &str| {
        let given = |i: usize| if i == at { code } else { sides[i].as_ref().map_or("", |(w, _)| w.as_str()) };
        let mut query = vec![("a", given(0)), ("b", given(1))];
        query.extend(["as_of", "horizon"].iter().filter_map(|n| frame.asked.get(n).map(|v| (*n, v))));
        address("/ask", query)
    };
    html! {
        section.empty role="alert" {
            h2 { "Who is “" span dir="auto" { (word) } "”?" }
            p { (ticked(&fault.detail)) "." }
            @if !near.is_empty() {
                p { "Did you mean" }
                ul { @for (code, name) in &near { li { a href=(link(code)) { (name) } " " span.code { (code) } } } }
            }
        }
    }
}

/// The form: two sides, to be named.
pub fn form(frame: &Frame<'_>, a: &str, b: &str) -> Markup {
    html! {
        form.ask-form method="get" action="/ask" role="search" aria-label="Ask about two sides" {
            div.field {
                label for="party-a" { "Between" } " "
                input #party-a type="text" name="a" value=(a) required maxlength="200" autocomplete="off" spellcheck="false" placeholder="Serbia" data-parties;
            }
            div.field {
                label for="party-b" { "and" } " "
                input #party-b type="text" name="b" value=(b) required maxlength="200" autocomplete="off" spellcheck="false" placeholder="Kosovo" data-parties;
            }
            @if let Some(day) = frame.asked.get("as_of") { input type="hidden" name="as_of" value=(day); }
            button type="submit" { "Ask" }
        }
    }
}
