//! The pages, one file each, and the table of their addresses.

mod about;
mod actor;
mod alerts;
mod ask;
pub mod choose;
mod codebook;
mod country;
mod dyad;
pub mod error;
mod event;
mod help;
mod home;
mod incident;
mod map;
mod report;
mod rows;
mod score;
mod status;
mod watchlist;

use forewarn_exchange::row::{EventRow, IncidentRow};

use crate::asked::{AFTER, AS_OF, Kind, LIMIT, Parameter, Q, SORT};
use crate::route::Address;

/// How time is cut.
const STEP: Parameter = Parameter::new("step", Kind::Choice(dyad::STEPS), "How time is cut.");

/// How far ahead.
const HORIZON: Parameter = Parameter::new("horizon", Kind::Choice(ask::HORIZONS), "Days ahead; 90 otherwise.");

/// In which order pairs come.
const BY: Parameter = Parameter::new("by", Kind::Choice(watchlist::ORDERS), "In which order pairs come.");

/// Every page's address.
pub const ADDRESSES: &[Address] = &[
    Address::new("/", "The question, the latest, and what the ledger holds.", &[AS_OF], home::make),
    Address::new("/codebook", "The types of events, with counts.", &[AS_OF], codebook::all),
    Address::new("/codebook/{type}", "What a type takes in and leaves out, with examples.", &[AS_OF], codebook::one),
    Address::new("/about", "Method, coverage, known limits, safeguards, how to cite.", &[AS_OF], about::make),
    Address::new("/status", "What the ledger holds, and the runs that made it.", &[AS_OF], status::make),
    Address::new("/help/filter", "The filter language.", &[AS_OF], help::filter),
    Address::new("/help/api", "The API in short.", &[AS_OF], help::api),
    Address::new(
        "/incidents",
        "Incidents that a filter holds for.",
        &[Q, AS_OF, SORT, AFTER, LIMIT],
        rows::make::<IncidentRow>,
    ),
    Address::new(
        "/events",
        "Claims, and events of imported sets, that a filter holds for.",
        &[Q, AS_OF, rows::SORT_CLAIMS, AFTER, LIMIT],
        rows::make::<EventRow>,
    ),
    Address::new("/incidents/{id}", "Every telling of one happening.", &[AS_OF], incident::make),
    Address::new(
        "/events/{id}",
        "The evidence of one claim.",
        &[AS_OF, event::PARSE, event::WRONG, event::RIGHT],
        event::make,
    ),
    Address::new("/reports/{*id}", "A report's text with what was coded of it.", &[AS_OF], report::make),
    Address::new("/actors/{code}", "Who a code stands for, and what it did.", &[AS_OF], actor::make),
    Address::new("/ask/{a}/{b}", "Is a war looming between the two?", &[AS_OF, HORIZON], ask::make),
    Address::new("/countries/{c}", "The outlook of a country.", &[Q, AS_OF, HORIZON, STEP], country::make),
    Address::new("/map", "Where it happened.", &[Q, AS_OF], map::make),
    Address::new("/watchlist", "The pairs to look at.", &[AS_OF, HORIZON, BY, LIMIT], watchlist::make),
    Address::new("/alerts", "What the ledger's alerts fired.", &[AS_OF], alerts::make),
    Address::new("/score", "Whether the forecasts were right.", &[AS_OF], score::make),
    Address::new("/dyads/{a}/{b}", "What two parties did to each other, over time.", &[Q, AS_OF, STEP], dyad::make),
];
