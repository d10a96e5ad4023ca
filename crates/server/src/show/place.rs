//! Places, as finely as they are known and no more.

use forewarn_exchange::row::PlaceRow;
use serde_json::{Value, json};

/// The place in words.
pub fn text(place: &PlaceRow) -> String {
    let mut out = place.name.clone();
    if let Some(admin1) = place.admin1.as_deref().filter(|a| *a != place.name) {
        out.push_str(", ");
        out.push_str(admin1);
    }
    if let Some(country) = place.country.as_deref().filter(|_| place.precision != "country") {
        out.push_str(", ");
        out.push_str(country);
    }
    out
}

/// Whether it is known as finely as a point on a map must be.
pub fn is_fine(precision: &str) -> bool {
    matches!(precision, "exact" | "settlement")
}

/// Whether it may be drawn at all: what is known to a country or region may not.
pub fn is_drawn(precision: &str) -> bool {
    is_fine(precision) || matches!(precision, "district" | "admin1")
}

/// The precision in words.
pub fn precision(word: &str) -> &'static str {
    match word {
        "exact" => "an exact place",
        "settlement" => "known to the town or village",
        "district" => "known to the district only",
        "admin1" => "known to the province only",
        "country" => "known to the country only",
        "region" => "known to a region only",
        _ => "not known where",
    }
}

/// The same for a column that says so in its head.
pub fn known_to(word: &str) -> &'static str {
    match word {
        "exact" => "the very place",
        "settlement" => "town or village",
        "district" => "district",
        "admin1" => "province",
        "country" => "country",
        "region" => "region",
        _ => "nowhere",
    }
}

/// A GeoJSON geometry: a point where the text is as precise as that, otherwise null.
pub fn geometry(place: Option<&PlaceRow>) -> Value {
    match place {
        Some(PlaceRow { lat: Some(lat), lon: Some(lon), precision, .. }) if is_drawn(precision) => {
            json!({"type": "Point", "coordinates": [lon, lat]})
        }
        _ => Value::Null,
    }
}
