//! The pages, one file each, and the table of their addresses.

pub mod error;
mod incidents;

use crate::asked::{AFTER, AS_OF, LIMIT, Q, SORT};
use crate::route::Address;

/// Every page's address.
pub const ADDRESSES: &[Address] = &[Address::new(
    "/incidents",
    "Incidents that a filter holds for.",
    &[Q, AS_OF, SORT, AFTER, LIMIT],
    incidents::make,
)];
