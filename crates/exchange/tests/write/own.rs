//! Our own forms: CSV, JSON Lines, Parquet, GeoJSON. Whole rows come back out of each.

use std::collections::BTreeMap;

use forewarn_exchange::row::{CountRange, EventRow, IncidentRow, PlaceRow};
use forewarn_exchange::write::columns::{self, Cell, Flat, Kind};
use forewarn_exchange::write::{Error, Export, Format, Rows, Settings, writer};
use jiff::civil::Date;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use proptest::collection::vec;
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::rows::{event, incident, shelling, shelling_incident};
use crate::{ACTORS, Bytes, events, incident_text, incidents, notice};

/// The values of a row by column; unknown ones are left out.
type Values = BTreeMap<String, String>;

fn from_csv(bytes: &[u8]) -> Vec<Values> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().expect("a header").clone();
    let row = |r: csv::StringRecord| {
        let pairs = header.iter().zip(r.iter()).filter(|(_, v)| !v.is_empty());
        pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
    };
    reader.records().map(|r| row(r.expect("a record"))).collect()
}

fn from_parquet(bytes: Vec<u8>) -> Vec<Values> {
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("a file");
    let rows = reader.get_row_iter(None).expect("rows");
    rows.map(|row| {
        let row = row.expect("a row");
        let value = |f: &Field| match f {
            Field::Null => None,
            Field::Str(s) => Some(s.clone()),
            Field::Long(n) => Some(n.to_string()),
            Field::Double(n) => Some(n.to_string()),
            Field::Bool(b) => Some(b.to_string()),
            Field::Date(days) => {
                let day = jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(*days));
                Some(day.to_string())
            }
            other => panic!("{other:?}"),
        };
        row.get_column_iter().filter_map(|(n, f)| Some((n.clone(), value(f)?))).collect()
    })
    .collect()
}

fn from_geojson(bytes: &[u8]) -> Vec<Values> {
    let all: Value = serde_json::from_slice(bytes).expect("JSON");
    assert_eq!(all["type"], "FeatureCollection");
    let text = |v: &Value| match v {
        Value::Null => None,
        Value::String(s) => Some(s.clone()),
        other => Some(other.to_string()),
    };
    let features = all["features"].as_array().expect("features");
    features
        .iter()
        .map(|f| {
            let properties = f["properties"].as_object().expect("properties");
            let mut values: Values = properties.iter().filter_map(|(n, v)| Some((n.clone(), text(v)?))).collect();
            if let Some(point) = f["geometry"]["coordinates"].as_array() {
                values.insert("lon".to_owned(), point[0].to_string());
                values.insert("lat".to_owned(), point[1].to_string());
            }
            values
        })
        .collect()
}

/// Reads values into a row.
struct Reader<'a>(&'a Values);

impl Reader<'_> {
    fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }

    fn parse<T: std::str::FromStr<Err: std::fmt::Debug>>(&self, name: &str) -> Option<T> {
        self.0.get(name).map(|v| v.parse().expect("a value of its type"))
    }

    fn list<T: DeserializeOwned>(&self, name: &str) -> Vec<T> {
        self.0.get(name).map(|v| serde_json::from_str(v).expect("a JSON list")).unwrap_or_default()
    }

    fn joined(&self, name: &str) -> Vec<String> {
        self.0.get(name).map(|v| v.split(';').map(str::to_owned).collect()).unwrap_or_default()
    }

    fn place(&self) -> Option<PlaceRow> {
        Some(PlaceRow {
            name: self.text("place")?,
            country: self.text("place_country"),
            admin1: self.text("place_admin1"),
            lat: self.parse("lat"),
            lon: self.parse("lon"),
            geonameid: self.parse("geonameid"),
            precision: self.text("place_prec").expect("a place has a precision"),
        })
    }

    fn range(&self, what: &str) -> CountRange {
        let of = |end| self.parse(&format!("{what}_{end}"));
        CountRange { low: of("low"), best: of("best"), high: of("high") }
    }

    fn event(&self) -> EventRow {
        EventRow {
            claim_id: self.text("claim_id").expect("an id"),
            set: self.text("set").expect("a set"),
            report_id: self.text("report_id"),
            url: self.text("url"),
            title: self.text("title"),
            published: self.parse::<Date>("published"),
            publisher: self.text("publisher"),
            sentence: self.parse("sentence"),
            span_start: self.parse("span_start"),
            span_end: self.parse("span_end"),
            evidence: self.text("evidence"),
            predicate: self.text("predicate"),
            event_type: self.text("event_type"),
            event_mode: self.text("event_mode"),
            contexts: self.joined("contexts"),
            cameo: self.text("cameo"),
            quad_class: self.parse("quad_class"),
            goldstein: self.parse("goldstein"),
            plover_score: self.parse("plover_score"),
            factuality: self.text("factuality"),
            actor: self.list("actor_all"),
            recipient: self.list("recipient_all"),
            attribution: self.list("attribution_all"),
            date_start: self.parse("date_start"),
            date_end: self.parse("date_end"),
            date_prec: self.text("date_prec"),
            place: self.place(),
            counts: self.list("counts_all"),
            rule: self.text("rule"),
            confidence: self.parse("confidence"),
            incident_id: self.text("incident_id"),
            run: self.text("run"),
        }
    }

    fn incident(&self) -> IncidentRow {
        let number = |name| self.parse(name).expect("a number");
        IncidentRow {
            incident_id: self.text("incident_id").expect("an id"),
            event_type: self.text("event_type").expect("a type"),
            event_mode: self.text("event_mode"),
            contexts: self.joined("contexts"),
            cameo: self.text("cameo"),
            quad_class: self.parse("quad_class"),
            goldstein: self.parse("goldstein"),
            plover_score: self.parse("plover_score"),
            status: self.text("status").expect("a status"),
            disputed_actor: self.parse("disputed_actor").expect("yes or no"),
            actor: self.list("actor_all"),
            actor_alternatives: self.list("actor_alternatives"),
            recipient: self.list("recipient_all"),
            date_start: self.parse("date_start"),
            date_end: self.parse("date_end"),
            date_prec: self.text("date_prec"),
            place: self.place(),
            claims: number("claims"),
            reports: number("reports"),
            publishers: number("publishers"),
            independent_origins: number("independent_origins"),
            publisher_names: self.joined("publisher_names"),
            killed: self.range("killed"),
            injured: self.range("injured"),
            counts: self.list("counts_all"),
            first_published: self.parse("first_published"),
            last_published: self.parse("last_published"),
            evidence: self.text("evidence"),
            attribution: self.list("attribution_all"),
            evidence_publisher: self.text("evidence_publisher"),
            evidence_url: self.text("evidence_url"),
            evidence_published: self.parse("evidence_published"),
            evidence_title: self.text("evidence_title"),
            run: self.text("run"),
        }
    }
}

fn read_events(values: &[Values]) -> Vec<EventRow> {
    values.iter().map(|v| Reader(v).event()).collect()
}

fn read_incidents(values: &[Values]) -> Vec<IncidentRow> {
    values.iter().map(|v| Reader(v).incident()).collect()
}

/// What GeoJSON does not show: the middle of a country is no point.
fn without_middles(place: &mut Option<PlaceRow>) {
    if let Some(p) = place {
        let coarse = matches!(p.precision.as_str(), "country" | "region" | "unknown");
        if coarse || p.lat.is_none() || p.lon.is_none() {
            (p.lat, p.lon) = (None, None);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn events_come_back(rows in vec(event(), 0..5)) {
        prop_assert_eq!(&read_events(&from_csv(&events(Format::Csv, &rows).0)), &rows);
        prop_assert_eq!(&read_events(&from_parquet(events(Format::Parquet, &rows).0)), &rows);
        let lines = crate::event_text(Format::JsonLines, &rows);
        let read: Vec<EventRow> = lines.lines().map(|l| serde_json::from_str(l).expect("a row")).collect();
        prop_assert_eq!(&read, &rows);
        let mut shown = rows.clone();
        for row in &mut shown {
            without_middles(&mut row.place);
        }
        prop_assert_eq!(&read_events(&from_geojson(&events(Format::GeoJson, &rows).0)), &shown);
    }

    #[test]
    fn incidents_come_back(rows in vec(incident(), 0..5)) {
        prop_assert_eq!(&read_incidents(&from_csv(&incidents(Format::Csv, &rows).0)), &rows);
        prop_assert_eq!(&read_incidents(&from_parquet(incidents(Format::Parquet, &rows).0)), &rows);
        let lines = incident_text(Format::JsonLines, &rows);
        let read: Vec<IncidentRow> = lines.lines().map(|l| serde_json::from_str(l).expect("a row")).collect();
        prop_assert_eq!(&read, &rows);
        let mut shown = rows.clone();
        for row in &mut shown {
            without_middles(&mut row.place);
        }
        prop_assert_eq!(&read_incidents(&from_geojson(&incidents(Format::GeoJson, &rows).0)), &shown);
    }

    #[test]
    fn a_value_has_the_type_of_its_column(event in event(), incident in incident()) {
        fn check<R: Flat>(row: &R) {
            for column in R::columns() {
                let fits = match (column.value)(row) {
                    Cell::Null => true,
                    Cell::Text(words) => column.kind() == Kind::Text && !words.is_empty(),
                    Cell::Int(_) => column.kind() == Kind::Int,
                    Cell::Float(_) => column.kind() == Kind::Float,
                    Cell::Date(_) => column.kind() == Kind::Date,
                    Cell::Bool(_) => column.kind() == Kind::Bool,
                };
                assert!(fits, "{}", column.name);
            }
        }
        check(&event);
        check(&incident);
    }

    #[test]
    fn the_same_rows_give_the_same_bytes(rows in vec(event(), 0..4)) {
        for format in Format::ALL {
            prop_assert_eq!(events(format, &rows).0, events(format, &rows).0, "{}", format.name());
        }
    }
}

#[test]
fn names_of_columns_are_told_apart() {
    fn names<R: Flat>() -> Vec<&'static str> {
        let mut names: Vec<_> = R::columns().iter().map(|c| c.name).collect();
        names.sort_unstable();
        names
    }
    for mut names in [names::<EventRow>(), names::<IncidentRow>()] {
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}

#[test]
fn the_guide_has_the_tables() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/exchange.md");
    let guide = std::fs::read_to_string(path).expect("the guide");
    for table in [columns::table(&EventRow::columns()), columns::table(&IncidentRow::columns())] {
        assert!(guide.contains(&table), "put this into docs/exchange.md:\n{table}");
    }
}

#[test]
fn first_parties_have_columns_of_their_own() {
    let rows = from_csv(&events(Format::Csv, &[shelling()]).0);
    let of = |name: &str| rows[0].get(name).map(String::as_str);
    assert_eq!(of("actor"), Some("Gunmen"));
    assert_eq!(of("actor_sector"), Some("UAF"));
    assert_eq!(of("actor_country"), None);
    assert_eq!(of("recipient_country"), Some("XKX"));
    assert_eq!(of("claimant"), Some("a police officer"));
    assert_eq!(of("attribution"), Some("Example Wire reports > a police officer claims"));
    assert_eq!(of("counts"), Some("killed 3-5 soldiers"));
    assert_eq!((of("killed_low"), of("killed_best"), of("killed_high")), (Some("3"), None, Some("5")));
    // Words stay as they are, also where a spreadsheet would take them for a formula.
    assert!(of("evidence").is_some_and(|e| e.starts_with("=Gunmen")));
}

#[test]
fn csv_is_as_rfc_4180_wants_it() {
    let text = crate::event_text(Format::Csv, &[shelling()]);
    assert!(text.starts_with("set,claim_id,incident_id,report_id,url,title,"));
    assert!(text.contains(",\"Shells fall on Mitrovica, \"\"worst in years\"\"\","));
    assert!(text.ends_with("\r\n"));
    assert_eq!(crate::event_text(Format::Csv, &[]).matches("\r\n").count(), 1, "a header stands without rows too");
}

#[test]
fn parquet_goes_out_in_groups_with_its_notice() {
    let rows: Vec<EventRow> = (0..20_001).map(|i| EventRow { claim_id: format!("{i:016x}"), ..shelling() }).collect();
    let (bytes, _) = events(Format::Parquet, &rows);
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("a file");
    let groups: Vec<i64> = reader.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect();
    assert_eq!(groups, [20_000, 1]);
    let last = reader.get_row_iter(None).expect("rows").last().expect("a last row").expect("it reads");
    assert!(last.get_column_iter().any(|(n, f)| n == "claim_id" && *f == Field::Str("0000000000004e20".to_owned())));
    let pairs = reader.metadata().file_metadata().key_value_metadata().expect("metadata");
    let of = |key: &str| pairs.iter().find(|p| p.key == key).and_then(|p| p.value.clone()).expect("the key");
    let told: Value = serde_json::from_str(&of("forewarn.notice")).expect("JSON");
    assert_eq!(told["filter"], "type:ASSAULT since:2023-09");
    assert_eq!(told["rows"], 20_001);
    let columns: Value = serde_json::from_str(&of("forewarn.columns")).expect("JSON");
    let named = |name: &str| columns.as_array().expect("a list").iter().any(|c| c["name"] == name);
    assert!(named("goldstein") && named("actor_country"));
}

#[test]
fn a_country_has_no_pin() {
    let mut row = shelling_incident();
    if let Some(place) = &mut row.place {
        "country".clone_into(&mut place.precision);
    }
    let all: Value = serde_json::from_str(&incident_text(Format::GeoJson, &[row.clone()])).expect("JSON");
    let feature = &all["features"][0];
    assert_eq!(feature["geometry"], Value::Null);
    assert_eq!(feature["properties"]["precision"], "country");
    assert_eq!(feature["id"], "00000000000000b1");
    assert_eq!(all["notice"]["codebook_version"], "2.0-7");
    // Unless the caller asks.
    let out = Bytes::default();
    let settings = Settings { coarse_points: true, ..Settings::new(&ACTORS) };
    let mut export =
        writer(Format::GeoJson, Rows::Incidents, Box::new(out.clone()), settings, notice()).expect("it opens");
    export.incident(&row).expect("it writes");
    export.finish().expect("it ends");
    let all: Value = serde_json::from_slice(&out.0.lock().expect("no thread panics")).expect("JSON");
    assert_eq!(all["features"][0]["geometry"], serde_json::json!({"type": "Point", "coordinates": [20.87, 42.89]}));
}

#[test]
fn the_notice_tells_terms_of_what_is_inside() {
    let (_, told) = events(Format::Csv, &[shelling()]);
    let of: Vec<&str> = told.licences.iter().map(|l| l.of.as_str()).collect();
    assert_eq!(of, ["coordinates", "evidence"]);
    assert_eq!((told.rows, told.sets["forewarn"]), (1, 1));
    let read: Value = serde_json::from_str(&told.to_json()).expect("JSON");
    assert_eq!(read["format"], "csv");
    assert_eq!(read["made"], "2023-10-01");
    let (_, told) = events(Format::Csv, &[EventRow { place: None, ..shelling() }]);
    assert!(told.licences.iter().all(|l| l.of != "coordinates"), "no coordinates, no credit for them");
}

#[test]
fn rows_of_another_kind_are_refused() {
    let out = Bytes::default();
    let settings = Settings::new(&ACTORS);
    let mut export: Box<dyn Export> =
        writer(Format::Csv, Rows::Incidents, Box::new(out), settings, notice()).expect("it opens");
    let error = export.event(&shelling()).expect_err("an event among incidents");
    assert!(matches!(error, Error::Rows { expected: "incidents", found: "events" }));
}

#[test]
fn several_counts_of_one_kind_are_not_added_up() {
    let mut row = shelling();
    row.counts = vec![row.counts[0].clone(), row.counts[0].clone()];
    (row.counts[1].low, row.counts[1].high) = (Some(4), Some(6));
    assert_eq!(row.total("killed"), CountRange { low: Some(4), best: None, high: Some(11) });
    row.counts[1].high = None;
    assert_eq!(row.total("killed").high, None);
    assert_eq!(row.total("injured"), CountRange::default());
}

#[test]
fn formats_by_name_and_by_file() {
    for format in Format::ALL {
        assert_eq!(Format::parse(format.name()), Some(format));
    }
    assert_eq!(Format::parse("NDJSON"), Some(Format::JsonLines));
    assert_eq!(Format::suggest("parqet"), Some("parquet"));
    assert_eq!(Format::of_file("out/events.GeoJSON"), Some(Format::GeoJson));
    assert_eq!(Format::of_file("events.tsv"), None);
}
