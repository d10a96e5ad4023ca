//! JSON Lines: one object a line, as [`crate::row`] has it; unknown is `null`, lists stay lists.

use std::io::{BufWriter, Write};

use serde::Serialize;

use super::{Error, Fate, Form, Notice};
use crate::row::{EventRow, IncidentRow};

pub(super) struct JsonLines<W: Write> {
    out: BufWriter<W>,
}

impl<W: Write> JsonLines<W> {
    pub(super) fn open(out: W) -> Self {
        Self { out: BufWriter::new(out) }
    }

    fn line(&mut self, row: &impl Serialize) -> Result<Fate, Error> {
        serde_json::to_writer(&mut self.out, row)?;
        self.out.write_all(b"\n")?;
        Ok(Fate::Written)
    }
}

impl<W: Write> Form for JsonLines<W> {
    fn event(&mut self, row: &EventRow) -> Result<Fate, Error> {
        self.line(row)
    }

    fn incident(&mut self, row: &IncidentRow) -> Result<Fate, Error> {
        self.line(row)
    }

    fn end(mut self, _: &Notice) -> Result<(), Error> {
        Ok(self.out.flush()?)
    }
}
