//! The versioned API under `/v1/`.

use axum::Router;

use crate::route::Shared;

/// Paths of the API, for suggestions.
pub const PATHS: &[&str] = &["/v1/"];

/// Adds the API's routes.
pub fn routes(router: Router<Shared>) -> Router<Shared> {
    router
}
