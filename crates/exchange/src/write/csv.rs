//! Comma-separated values: RFC 4180, UTF-8 without a mark, a header, CRLF between records.
//!
//! Empty means unknown. Words stay exactly as the text has them, also where they begin with `=`, `+`, `-` or `@`, which
//! spreadsheets may take for a formula: import such files as text (`docs/exchange.md` says how).

use std::io::Write;

use ::csv::{Terminator, Writer, WriterBuilder};

use super::columns::{Cell, Column, Flat};
use super::{Error, Fate, Form, Notice, Rows};
use crate::row::{EventRow, IncidentRow};

/// A writer of records with a header.
pub(super) fn records<W: Write>(out: W) -> Writer<W> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out)
}

pub(super) struct Csv<W: Write> {
    out: Writer<W>,
    events: Vec<&'static Column<EventRow>>,
    incidents: Vec<&'static Column<IncidentRow>>,
}

impl<W: Write> Csv<W> {
    pub(super) fn open(out: W, rows: Rows) -> Result<Self, Error> {
        let (events, incidents) = (EventRow::columns(), IncidentRow::columns());
        let mut out = records(out);
        match rows {
            Rows::Events => out.write_record(events.iter().map(|c| c.name))?,
            Rows::Incidents => out.write_record(incidents.iter().map(|c| c.name))?,
        }
        Ok(Self { out, events, incidents })
    }
}

impl<W: Write> Form for Csv<W> {
    fn event(&mut self, row: &EventRow) -> Result<Fate, Error> {
        record(&mut self.out, &self.events, row)
    }

    fn incident(&mut self, row: &IncidentRow) -> Result<Fate, Error> {
        record(&mut self.out, &self.incidents, row)
    }

    fn end(mut self, _: &Notice) -> Result<(), Error> {
        Ok(self.out.flush()?)
    }
}

fn record<W: Write, R>(out: &mut Writer<W>, columns: &[&Column<R>], row: &R) -> Result<Fate, Error> {
    for column in columns {
        match (column.value)(row) {
            Cell::Null => out.write_field("")?,
            Cell::Text(words) => out.write_field(words.as_bytes())?,
            Cell::Int(n) => out.write_field(n.to_string())?,
            Cell::Float(n) => out.write_field(n.to_string())?,
            Cell::Date(day) => out.write_field(day.to_string())?,
            Cell::Bool(yes) => out.write_field(if yes { "true" } else { "false" })?,
        }
    }
    out.write_record(None::<&[u8]>)?;
    Ok(Fate::Written)
}
