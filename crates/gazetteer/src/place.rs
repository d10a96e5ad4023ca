//! A place, as a gazetteer gives it.

use crate::kind::{Kind, Precision};
use smol_str::SmolStr;

/// Which place: the layer it stands in and its number there. Valid for the gazetteer that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId {
    pub(crate) layer: u8,
    pub(crate) row: u32,
}

/// A place with what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its handle.
    pub id: PlaceId,
    /// Its name.
    pub name: SmolStr,
    /// What it is.
    pub kind: Kind,
    /// ISO 3166-1 alpha-3 of the country it lies in (Kosovo `XKX`); none for what lies in several or in none.
    pub country: Option<SmolStr>,
    /// Further countries that it touches.
    pub countries: Vec<SmolStr>,
    /// First-order division.
    pub admin1: Option<SmolStr>,
    /// Second-order division.
    pub admin2: Option<SmolStr>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// People; 0 where unknown.
    pub population: u32,
    /// Half of its longest extent in kilometres; 0 for a point.
    pub radius_km: f64,
    /// Its id at GeoNames, where it comes from there.
    pub geonameid: Option<u32>,
}

impl Place {
    /// How finely it may be shown.
    pub fn precision(&self) -> Precision {
        self.kind.precision()
    }

    /// Latitude and longitude with no more digits than the precision bears.
    pub fn shown(&self) -> (f64, f64) {
        let precision = self.precision();
        (precision.round(self.lat), precision.round(self.lon))
    }
}

/// Mean radius of the Earth in kilometres (IUGG, R₁).
const EARTH_KM: f64 = 6371.0088;

/// Great-circle distance in kilometres between two points in degrees (haversine formula; R. W. Sinnott,
/// "Virtues of the Haversine", Sky and Telescope 68, 1984, p. 159).
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (north, east) = (lat_b - lat_a, (b.1 - a.1).to_radians());
    let h = (north / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * (east / 2.0).sin().powi(2);
    2.0 * EARTH_KM * h.min(1.0).sqrt().asin()
}
