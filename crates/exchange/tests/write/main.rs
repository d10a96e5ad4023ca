//! Exports: what goes in comes back out of every format, as far as the format carries it.
#![allow(missing_docs, reason = "tests")]

mod field;
mod own;
mod round;
mod rows;

use std::io::{self, Write};
use std::sync::{Arc, LazyLock, Mutex};

use forewarn_codebook::actors::Actors;
use forewarn_exchange::row::{EventRow, IncidentRow};
use forewarn_exchange::write::{Format, Notice, Rows, Settings, writer};

static ACTORS: LazyLock<Actors> = LazyLock::new(|| Actors::embedded().expect("the lexicon has no fault"));

/// Bytes that the test keeps while the export owns the writer.
#[derive(Clone, Default)]
struct Bytes(Arc<Mutex<Vec<u8>>>);

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no thread panics").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn notice() -> Notice {
    Notice {
        program: "forewarn 0.1.0".to_owned(),
        codebook_version: Some("2.0-7".to_owned()),
        filter: "type:ASSAULT since:2023-09".to_owned(),
        made: Some(jiff::civil::date(2023, 10, 1)),
        citation: "Forewarn 0.1.0".to_owned(),
        ..Notice::default()
    }
}

fn events(format: Format, rows: &[EventRow]) -> (Vec<u8>, Notice) {
    let out = Bytes::default();
    let settings = Settings::new(&ACTORS);
    let mut export = writer(format, Rows::Events, Box::new(out.clone()), settings, notice()).expect("it opens");
    for row in rows {
        export.event(row).expect("it writes");
    }
    let notice = export.finish().expect("it ends");
    let bytes = out.0.lock().expect("no thread panics").clone();
    (bytes, notice)
}

fn incidents(format: Format, rows: &[IncidentRow]) -> (Vec<u8>, Notice) {
    let out = Bytes::default();
    let settings = Settings::new(&ACTORS);
    let mut export = writer(format, Rows::Incidents, Box::new(out.clone()), settings, notice()).expect("it opens");
    for row in rows {
        export.incident(row).expect("it writes");
    }
    let notice = export.finish().expect("it ends");
    let bytes = out.0.lock().expect("no thread panics").clone();
    (bytes, notice)
}

fn event_text(format: Format, rows: &[EventRow]) -> String {
    String::from_utf8(events(format, rows).0).expect("text")
}

fn incident_text(format: Format, rows: &[IncidentRow]) -> String {
    String::from_utf8(incidents(format, rows).0).expect("text")
}
