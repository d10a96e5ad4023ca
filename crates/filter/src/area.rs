//! Boxes and circles of coordinates.

use std::fmt;

use serde::Serialize;

/// Mean radius of the earth in km (Moritz 2000, Geodetic Reference System 1980: R1).
const EARTH_RADIUS_KM: f64 = 6371.0088;

/// Half of the way round the earth in km, which no distance exceeds.
const FARTHEST_KM: f64 = 20_037.6;

/// A box of coordinates in degrees, its edges in it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Area {
    /// -180 to 180. More than `east` where the box crosses the date line.
    pub west: f64,
    /// -90 to 90, not more than `north`.
    pub south: f64,
    /// -180 to 180.
    pub east: f64,
    /// -90 to 90.
    pub north: f64,
}

/// Everything within a distance of a point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Circle {
    /// Degrees north, -90 to 90.
    pub lat: f64,
    /// Degrees east, -180 to 180.
    pub lon: f64,
    /// Distance in km, above 0.
    pub distance_km: f64,
}

/// What is wrong with a box or circle.
#[derive(Debug)]
pub(crate) struct Wrong {
    /// Which part, from 0; none for all of it.
    pub part: Option<usize>,
    pub message: String,
    pub hint: Option<String>,
}

impl Wrong {
    fn new(part: Option<usize>, message: String, hint: Option<&str>) -> Self {
        Self { part, message, hint: hint.map(|h| format!("write {h}")) }
    }
}

impl Area {
    /// Whether the point lies in it.
    pub fn holds(&self, lat: f64, lon: f64) -> bool {
        let across = if self.west <= self.east {
            self.west <= lon && lon <= self.east
        } else {
            self.west <= lon || lon <= self.east
        };
        across && self.south <= lat && lat <= self.north
    }

    /// The one or two boxes that it is made of and that do not cross the date line.
    pub fn parts(&self) -> Vec<Self> {
        if self.west <= self.east {
            return vec![*self];
        }
        vec![Self { east: 180.0, ..*self }, Self { west: -180.0, ..*self }]
    }

    /// Reads `west,south,east,north`.
    ///
    /// # Errors
    /// What is wrong with which part, and a hint.
    pub(crate) fn read(parts: &[String]) -> Result<Self, Wrong> {
        let order = Some("west,south,east,north in degrees: `bbox:20.0,42.2,21.8,43.3`");
        let [west, south, east, north] = parts else {
            return Err(Wrong::new(None, format!("a box has four numbers, {} found", parts.len()), order));
        };
        let (west, south) = (longitude(0, west)?, latitude(1, south)?);
        let (east, north) = (longitude(2, east)?, latitude(3, north)?);
        if south > north {
            return Err(Wrong::new(Some(1), format!("its south, {south}, lies north of its north, {north}"), order));
        }
        Ok(Self { west, south, east, north })
    }
}

impl Circle {
    /// Whether the point lies in it, by the great circle (haversine formula) on a sphere.
    pub fn holds(&self, lat: f64, lon: f64) -> bool {
        self.distance_to(lat, lon) <= self.distance_km
    }

    /// From its middle to a point, in km.
    pub fn distance_to(&self, lat: f64, lon: f64) -> f64 {
        let (a, b) = (self.lat.to_radians(), lat.to_radians());
        let half = |d: f64| (d / 2.0).sin().powi(2);
        let h = half(b - a) + a.cos() * b.cos() * half((lon - self.lon).to_radians());
        2.0 * EARTH_RADIUS_KM * h.sqrt().min(1.0).asin()
    }

    /// A box that holds all of it, for an index to ask first.
    pub fn bounds(&self) -> Area {
        // A hair wider, so that rounding leaves no point of the edge out.
        let angle = self.distance_km / EARTH_RADIUS_KM * (1.0 + 1e-9) + 1e-12;
        let (south, north) = (self.lat - angle.to_degrees(), self.lat + angle.to_degrees());
        if south <= -90.0 || north >= 90.0 {
            // A pole lies in it: so does every longitude.
            return Area { west: -180.0, south: south.max(-90.0), east: 180.0, north: north.min(90.0) };
        }
        // Where a meridian touches the circle: Bronshtein and others, spherical right triangle.
        let half = (angle.sin() / self.lat.to_radians().cos()).min(1.0).asin().to_degrees() + 1e-9;
        if half >= 180.0 {
            return Area { west: -180.0, south, east: 180.0, north };
        }
        let turn = |lon: f64| {
            if lon < -180.0 {
                lon + 360.0
            } else if lon > 180.0 {
                lon - 360.0
            } else {
                lon
            }
        };
        Area { west: turn(self.lon - half), south, east: turn(self.lon + half), north }
    }

    /// Reads `north,east,distance`.
    ///
    /// # Errors
    /// What is wrong with which part, and a hint.
    pub(crate) fn read(parts: &[String]) -> Result<Self, Wrong> {
        let order = Some("degrees north, degrees east, distance: `near:42.97,20.78,25km`");
        let [lat, lon, distance] = parts else {
            return Err(Wrong::new(None, format!("a circle has three parts, {} found", parts.len()), order));
        };
        let (lat, lon) = (latitude(0, lat)?, longitude(1, lon)?);
        let figure = distance.strip_suffix("km").or_else(|| distance.strip_suffix("KM")).unwrap_or(distance);
        match number(figure) {
            Some(km) if km > 0.0 && km <= FARTHEST_KM => Ok(Self { lat, lon, distance_km: km }),
            Some(_) => Err(Wrong::new(Some(2), format!("`{distance}` is not between 0 and {FARTHEST_KM} km"), None)),
            None => Err(Wrong::new(Some(2), format!("`{distance}` is no distance in km"), order)),
        }
    }
}

fn latitude(part: usize, text: &str) -> Result<f64, Wrong> {
    degrees(part, text, 90.0, "north")
}

fn longitude(part: usize, text: &str) -> Result<f64, Wrong> {
    degrees(part, text, 180.0, "east")
}

fn degrees(part: usize, text: &str, most: f64, way: &str) -> Result<f64, Wrong> {
    let part = Some(part);
    match number(text) {
        Some(n) if n.abs() <= most => Ok(n),
        Some(_) => Err(Wrong::new(part, format!("`{text}` is not between -{most} and {most} degrees {way}"), None)),
        None => {
            let hint = "a decimal number, south and west with `-`: `-33.9`";
            Err(Wrong::new(part, format!("`{text}` is no number of degrees {way}"), Some(hint)))
        }
    }
}

/// A decimal number in plain digits; no `inf`, no exponent, no `-0`.
pub(crate) fn number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    text.parse::<f64>().ok().filter(|n| plain && n.is_finite()).map(|n| n + 0.0)
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{},{},{}", self.west, self.south, self.east, self.north)
    }
}

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{},{}km", self.lat, self.lon, self.distance_km)
    }
}
