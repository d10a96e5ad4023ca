//! The pages, one file each, and the table of their addresses.

mod dyad;
pub mod error;
mod incidents;
pub mod party;

use crate::asked::{AFTER, AS_OF, Kind, LIMIT, Parameter, Q, SORT};
use crate::route::Address;

/// How time is cut.
const STEP: Parameter = Parameter::new("step", Kind::Choice(dyad::STEPS), "How time is cut.");

/// Every page's address.
pub const ADDRESSES: &[Address] = &[
    Address::new("/incidents", "Incidents that a filter holds for.", &[Q, AS_OF, SORT, AFTER, LIMIT], incidents::make),
    Address::new("/dyads/{a}/{b}", "What two parties did to each other, over time.", &[Q, AS_OF, STEP], dyad::make),
];
