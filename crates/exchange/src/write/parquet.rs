//! Parquet: the columns of the CSV with their types, zstd, 20,000 rows a group.
//!
//! All columns are flat and may be null, so that DuckDB, pandas and R need no list handling; parties, voices and counts
//! also come whole, as JSON text in `…_all`. The file's key-value metadata holds the notice (`forewarn.notice`) and what
//! every column means (`forewarn.columns`), both as JSON.

use std::io::Write;
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use ::parquet::column::writer::ColumnWriter;
use ::parquet::data_type::ByteArray;
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::{Type, TypePtr};
use jiff::civil::Date;
use serde_json::json;

use super::columns::{Cell, Column, Flat, Kind};
use super::{Error, Fate, Form, Notice, Rows};
use crate::row::{EventRow, IncidentRow};

/// Rows of a group: what is held in memory.
const GROUP: usize = 20_000;

pub(super) struct Parquet<W: Write + Send> {
    out: SerializedFileWriter<W>,
    events: Vec<&'static Column<EventRow>>,
    incidents: Vec<&'static Column<IncidentRow>>,
    held: Vec<Held>,
    rows: usize,
    meanings: serde_json::Value,
}

/// The values of a column in the group at hand; `levels` has 1 for a value, 0 for null.
struct Held {
    values: Values,
    levels: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Int(Vec<i64>),
    Float(Vec<f64>),
    Date(Vec<i32>),
    Bool(Vec<bool>),
}

impl<W: Write + Send> Parquet<W> {
    pub(super) fn open(out: W, rows: Rows) -> Result<Self, Error> {
        let (events, incidents) = (EventRow::columns(), IncidentRow::columns());
        let (schema, held, meanings) = match rows {
            Rows::Events => layout(&events)?,
            Rows::Incidents => layout(&incidents)?,
        };
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
            .set_created_by(format!("forewarn {}", env!("CARGO_PKG_VERSION")))
            .build();
        let out = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
        Ok(Self { out, events, incidents, held, rows: 0, meanings })
    }

    fn group(&mut self) -> Result<(), Error> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.out.next_row_group()?;
        for held in &mut self.held {
            let mut column = group.next_column()?.ok_or_else(|| ParquetError::General("a column is missing".into()))?;
            let levels = Some(held.levels.as_slice());
            match (&mut held.values, column.untyped()) {
                (Values::Text(v), ColumnWriter::ByteArrayColumnWriter(w)) => w.write_batch(v, levels, None)?,
                (Values::Int(v), ColumnWriter::Int64ColumnWriter(w)) => w.write_batch(v, levels, None)?,
                (Values::Float(v), ColumnWriter::DoubleColumnWriter(w)) => w.write_batch(v, levels, None)?,
                (Values::Date(v), ColumnWriter::Int32ColumnWriter(w)) => w.write_batch(v, levels, None)?,
                (Values::Bool(v), ColumnWriter::BoolColumnWriter(w)) => w.write_batch(v, levels, None)?,
                _ => return Err(ParquetError::General("a column has another type than its schema".into()).into()),
            };
            column.close()?;
            held.clear();
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }

    fn held(&mut self) -> Result<Fate, Error> {
        self.rows += 1;
        if self.rows == GROUP {
            self.group()?;
        }
        Ok(Fate::Written)
    }
}

impl<W: Write + Send> Form for Parquet<W> {
    fn event(&mut self, row: &EventRow) -> Result<Fate, Error> {
        for (held, column) in self.held.iter_mut().zip(&self.events) {
            held.push((column.value)(row));
        }
        self.held()
    }

    fn incident(&mut self, row: &IncidentRow) -> Result<Fate, Error> {
        for (held, column) in self.held.iter_mut().zip(&self.incidents) {
            held.push((column.value)(row));
        }
        self.held()
    }

    fn end(mut self, notice: &Notice) -> Result<(), Error> {
        self.group()?;
        let pair = |key: &str, value: String| KeyValue { key: key.to_owned(), value: Some(value) };
        self.out.append_key_value_metadata(pair("forewarn.notice", notice.to_json()));
        self.out.append_key_value_metadata(pair("forewarn.columns", self.meanings.to_string()));
        self.out.finish()?;
        self.out.inner_mut().flush()?;
        Ok(())
    }
}

type Layout = (TypePtr, Vec<Held>, serde_json::Value);

fn layout<R>(columns: &[&Column<R>]) -> Result<Layout, Error> {
    let mut fields = Vec::with_capacity(columns.len());
    let mut held = Vec::with_capacity(columns.len());
    let mut meanings = Vec::with_capacity(columns.len());
    for c in columns {
        let (physical, logical, values) = match c.kind() {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String), Values::Text(Vec::new())),
            Kind::Int => (Physical::INT64, None, Values::Int(Vec::new())),
            Kind::Float => (Physical::DOUBLE, None, Values::Float(Vec::new())),
            Kind::Date => (Physical::INT32, Some(LogicalType::Date), Values::Date(Vec::new())),
            Kind::Bool => (Physical::BOOLEAN, None, Values::Bool(Vec::new())),
        };
        let field = Type::primitive_type_builder(c.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()?;
        fields.push(Arc::new(field));
        held.push(Held { values, levels: Vec::new() });
        meanings.push(json!({"name": c.name, "unit": c.field.unit, "meaning": c.meaning()}));
    }
    let schema = Type::group_type_builder("forewarn").with_fields(fields).build()?;
    Ok((Arc::new(schema), held, meanings.into()))
}

impl Held {
    /// Takes a cell in; the columns' functions give the type that their field has, a test holds them to it.
    fn push(&mut self, cell: Cell<'_>) {
        self.levels.push(1);
        match (&mut self.values, cell) {
            (Values::Text(v), Cell::Text(words)) => v.push(ByteArray::from(words.as_ref())),
            (Values::Int(v), Cell::Int(n)) => v.push(n),
            (Values::Float(v), Cell::Float(n)) => v.push(n),
            (Values::Date(v), Cell::Date(day)) => v.push(days(day)),
            (Values::Bool(v), Cell::Bool(yes)) => v.push(yes),
            _ => *self.levels.last_mut().expect("one was just pushed") = 0,
        }
    }

    fn clear(&mut self) {
        self.levels.clear();
        match &mut self.values {
            Values::Text(v) => v.clear(),
            Values::Int(v) => v.clear(),
            Values::Float(v) => v.clear(),
            Values::Date(v) => v.clear(),
            Values::Bool(v) => v.clear(),
        }
    }
}

/// Days since 1970-01-01.
fn days(day: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    day.duration_since(epoch).as_hours().div_euclid(24) as i32
}
