//! The versioned API under `/v1/`.
//!
//! One table, [`ENDPOINTS`]: the router, the checks of parameters, the OpenAPI document and its test are all made from it.
//! Every answer is JSON with `meta` (as of when, out of which run, how to cite it); every fault is problem details.

mod about;
mod code;
mod endpoint;
mod filter;
mod handle;
mod openapi;
mod outlook;
mod parties;
mod records;
mod schema;
mod series;
mod shape;
mod sql;

use axum::Router;
use axum::routing::{MethodFilter, on};

use crate::asked::{AFTER, AS_OF, Kind, LIMIT, Parameter, Q, SORT};
use crate::route::Shared;

pub use about::advice;
pub use endpoint::{Body, Endpoint, Method};
pub use openapi::document;
pub use parties::{Found as FoundParty, find as find_parties};

const BY: Parameter = Parameter::new("by", Kind::Choice(series::UNITS), "What the series is of; dyad otherwise.");
const STEP: Parameter = Parameter::new("step", Kind::Choice(series::STEPS), "How time is cut; week otherwise.");
const SINCE: Parameter =
    Parameter::new("since", Kind::Text(64), "What `next` of the answer before held; from the beginning without it.");
const SIDE_A: Parameter = Parameter::new("a", Kind::Text(200), "One side: a name or a code.");
const SIDE_B: Parameter = Parameter::new("b", Kind::Text(200), "The other side.");
const NAME: Parameter = Parameter::new("q", Kind::Text(200), "The beginning of a name, or a code.");
const FEW: Parameter = Parameter::new("limit", Kind::Count(1, 50), "At most so many; 12 otherwise.");
const WORDS: Parameter =
    Parameter::new("q", Kind::Text(8192), "The filter to read; an empty one holds for everything.");
const STATEMENT: Parameter =
    Parameter::new("q", Kind::Text(16384), "One statement that reads: SELECT, VALUES or WITH.");

/// What the API has.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint::get("/v1/", "The endpoints, each in a line.", "Index", about::index),
    Endpoint::get("/v1/openapi.json", "This API and the pages, described (OpenAPI 3.1).", "Document", openapi::make)
        .bare(),
    Endpoint::get(
        "/v1/events",
        "Claims, and events of imported sets, that a filter holds for.",
        "Events",
        records::events,
    )
    .takes(&[Q, AS_OF, SORT, AFTER, LIMIT])
    .like("q=type:ASSAULT&limit=5"),
    Endpoint::get("/v1/events/{id}", "A claim with the bytes that it rests on.", "EventShown", records::event),
    Endpoint::get("/v1/incidents", "Incidents that a filter holds for.", "Incidents", records::incidents)
        .takes(&[Q, AS_OF, SORT, AFTER, LIMIT])
        .like("q=country:XKX&sort=latest&limit=5"),
    Endpoint::get(
        "/v1/incidents/{id}",
        "An incident with its claims and the reason of every merge; what an id that no longer stands became.",
        "IncidentShown",
        records::incident,
    ),
    Endpoint::get("/v1/reports/{id}", "A report: its stored text and its claims.", "ReportShown", records::report),
    Endpoint::get("/v1/series", "Happenings by day, week or month.", "Series", series::make)
        .takes(&[BY, STEP, Q, AS_OF])
        .like("by=country&step=month&q=country:XKX"),
    Endpoint::get(
        "/v1/ask",
        "How probable force between two parties is, with all that stands behind it.",
        "Answer",
        outlook::ask,
    )
    .takes(&[SIDE_A, SIDE_B, outlook::HORIZON, AS_OF])
    .needs(&["a", "b"])
    .fails(&["unknown-party", "no-answer"])
    .like("a=SRB&b=XKX&horizon=90"),
    Endpoint::get("/v1/watchlist", "The pairs to look at, with their probabilities.", "Watchlist", outlook::watchlist)
        .takes(&[outlook::BY, outlook::HORIZON, outlook::MOST, AS_OF])
        .fails(&["no-answer"])
        .like("by=highest&limit=5"),
    Endpoint::get(
        "/v1/changes",
        "What was added, replaced and withdrawn since one last asked.",
        "Changes",
        records::changes,
    )
    .takes(&[SINCE, LIMIT])
    .fails(&["bad-token"])
    .like("limit=5"),
    Endpoint::get("/v1/schema", "Every field of every record, and the columns of exports.", "Schema", schema::make),
    Endpoint::get(
        "/v1/parties",
        "Countries, organisations and groups by name or code; no persons.",
        "Parties",
        parties::make,
    )
    .takes(&[NAME, FEW])
    .like("q=ser"),
    Endpoint::get(
        "/v1/filter",
        "A filter, read: its canonical words, or its faults and where they are.",
        "Filter",
        filter::read,
    )
    .takes(&[WORDS, AS_OF])
    .like("q=type:assault+since:2023-09"),
    Endpoint::get("/v1/filter/fields", "The fields of the filter language.", "FilterFields", filter::fields),
    Endpoint::get("/v1/problems", "Every code that a fault can have, explained.", "Problems", about::problems),
    Endpoint::post(
        "/v1/code",
        "Codes a report: its claims, and why other sentences gave none. Nothing is stored.",
        "Coded",
        code::make,
    )
    .reads(&[Body::Json("Report"), Body::Text])
    .like(code::EXAMPLE),
    Endpoint::get(
        "/v1/sql",
        "Rows of one SQL statement that reads; switched off unless asked for (--sql).",
        "Rows",
        sql::get,
    )
    .takes(&[STATEMENT, sql::MOST])
    .fails(&["switched-off", "bad-sql"])
    .like("q=SELECT+count(*)+AS+n+FROM+incident"),
    Endpoint::post("/v1/sql", "The same with the statement as the body.", "Rows", sql::post)
        .takes(&[sql::MOST])
        .reads(&[Body::Text])
        .fails(&["switched-off", "bad-sql"])
        .like("SELECT count(*) AS n FROM incident"),
];

/// Paths of the API, for suggestions.
pub const PATHS: &[&str] = &{
    let mut out = [""; ENDPOINTS.len()];
    let mut at = 0;
    while at < out.len() {
        out[at] = ENDPOINTS[at].path;
        at += 1;
    }
    out
};

/// Adds the API's routes.
pub fn routes(mut router: Router<Shared>) -> Router<Shared> {
    router = router.route("/v1", on(MethodFilter::GET, move |s, p, r| handle::answer(ENDPOINTS[0], s, p, r)));
    for endpoint in ENDPOINTS {
        let filter = match endpoint.method {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
        };
        router = router.route(endpoint.path, on(filter, move |s, p, r| handle::answer(*endpoint, s, p, r)));
        if ENDPOINTS.iter().find(|e| e.path == endpoint.path).is_some_and(|first| first.method == endpoint.method) {
            router = router
                .route(endpoint.path, on(MethodFilter::OPTIONS, move || async move { handle::options(endpoint.path) }));
        }
    }
    router
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_endpoint_is_there_twice() {
        for (i, a) in ENDPOINTS.iter().enumerate() {
            assert!(!ENDPOINTS[..i].iter().any(|b| (a.path, a.method) == (b.path, b.method)), "{}", a.path);
            assert!(a.path.starts_with("/v1/"), "{}", a.path);
        }
    }
}
