//! GeoJSON by RFC 7946: one feature a row, longitude before latitude, WGS 84.
//!
//! What is known to a country or region only has `geometry: null`, so that no map shows a pin where nothing is known to
//! have happened; `precision` among the properties says how fine a point is. The notice is a member of the collection.

use std::io::{BufWriter, Write};

use serde_json::{Map, Value, json};

use super::columns::{Cell, Column, Flat};
use super::view::is_coarse;
use super::{Error, Fate, Form, Notice, Settings};
use crate::row::{EventRow, IncidentRow, PlaceRow};

pub(super) struct GeoJson<W: Write> {
    out: BufWriter<W>,
    coarse_points: bool,
    first: bool,
    events: Vec<&'static Column<EventRow>>,
    incidents: Vec<&'static Column<IncidentRow>>,
}

impl<W: Write> GeoJson<W> {
    pub(super) fn open(out: W, settings: Settings<'_>) -> Result<Self, Error> {
        let mut out = BufWriter::new(out);
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(Self {
            out,
            coarse_points: settings.coarse_points,
            first: true,
            events: EventRow::columns(),
            incidents: IncidentRow::columns(),
        })
    }

    fn feature(&mut self, id: &str, place: Option<&PlaceRow>, properties: &Map<String, Value>) -> Result<Fate, Error> {
        let seen = place.filter(|p| self.coarse_points || !is_coarse(p));
        let geometry = seen
            .and_then(|p| p.lat.zip(p.lon))
            .map_or(Value::Null, |(lat, lon)| json!({"type": "Point", "coordinates": [lon, lat]}));
        let feature = json!({"type": "Feature", "id": id, "geometry": geometry, "properties": properties});
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        serde_json::to_writer(&mut self.out, &feature)?;
        Ok(Fate::Written)
    }
}

impl<W: Write> Form for GeoJson<W> {
    fn event(&mut self, row: &EventRow) -> Result<Fate, Error> {
        let properties = properties(&self.events, row, row.place.as_ref());
        self.feature(&row.claim_id, row.place.as_ref(), &properties)
    }

    fn incident(&mut self, row: &IncidentRow) -> Result<Fate, Error> {
        let properties = properties(&self.incidents, row, row.place.as_ref());
        self.feature(&row.incident_id, row.place.as_ref(), &properties)
    }

    fn end(mut self, notice: &Notice) -> Result<(), Error> {
        self.out.write_all(b"\n],\"notice\":")?;
        serde_json::to_writer(&mut self.out, notice)?;
        self.out.write_all(b"}\n")?;
        Ok(self.out.flush()?)
    }
}

/// The columns of the CSV but the coordinates; the lists as JSON and not as text.
fn properties<R>(columns: &[&Column<R>], row: &R, place: Option<&PlaceRow>) -> Map<String, Value> {
    let mut out = Map::new();
    let precision = place.map_or(Value::Null, |p| p.precision.clone().into());
    out.insert("precision".to_owned(), precision);
    for c in columns.iter().filter(|c| !matches!(c.name, "lat" | "lon")) {
        let value = match (c.value)(row) {
            Cell::Null => Value::Null,
            Cell::Text(words) if c.field.unit == "JSON" => {
                serde_json::from_str(&words).unwrap_or_else(|_| words.into_owned().into())
            }
            Cell::Text(words) => words.into_owned().into(),
            Cell::Int(n) => n.into(),
            Cell::Float(n) => n.into(),
            Cell::Date(day) => day.to_string().into(),
            Cell::Bool(yes) => yes.into(),
        };
        out.insert(c.name.to_owned(), value);
    }
    out
}
