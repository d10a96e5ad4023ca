//! Any flat table as Parquet: for tables of the desk that are neither claims nor incidents.
//!
//! A column's type is what its cells are: whole numbers INT64, other numbers DOUBLE, booleans BOOLEAN, everything else
//! UTF-8 text (lists and objects as JSON). Every column may be null. zstd, one group.

use std::io::Write;
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use ::parquet::column::writer::ColumnWriter;
use ::parquet::data_type::ByteArray;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::Type;
use serde_json::Value;

use super::Error;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Integer,
    Number,
    Boolean,
    Text,
}

/// Writes `rows`, each as long as `columns`, to `out`.
///
/// # Errors
/// When the output cannot be written.
pub fn table<W: Write + Send>(columns: &[String], rows: &[Vec<Value>], out: W) -> Result<(), Error> {
    let kinds: Vec<Kind> = (0..columns.len()).map(|i| kind(rows.iter().filter_map(|r| r.get(i)))).collect();
    let mut fields = Vec::with_capacity(columns.len());
    for (name, kind) in columns.iter().zip(&kinds) {
        let physical = match kind {
            Kind::Integer => Physical::INT64,
            Kind::Number => Physical::DOUBLE,
            Kind::Boolean => Physical::BOOLEAN,
            Kind::Text => Physical::BYTE_ARRAY,
        };
        let logical = (*kind == Kind::Text).then_some(LogicalType::String);
        let field = Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()?;
        fields.push(Arc::new(field));
    }
    let schema = Type::group_type_builder("forewarn").with_fields(fields).build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_created_by(format!("forewarn {}", env!("CARGO_PKG_VERSION")))
        .build();
    let mut file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    let mut at = 0;
    while let Some(mut column) = group.next_column()? {
        let cells = rows.iter().map(|r| r.get(at).unwrap_or(&Value::Null));
        let levels: Vec<i16> = cells.clone().map(|c| i16::from(!c.is_null())).collect();
        let known = cells.filter(|c| !c.is_null());
        match column.untyped() {
            ColumnWriter::Int64ColumnWriter(w) => {
                w.write_batch(&known.filter_map(Value::as_i64).collect::<Vec<_>>(), Some(&levels), None)?;
            }
            ColumnWriter::DoubleColumnWriter(w) => {
                w.write_batch(&known.filter_map(Value::as_f64).collect::<Vec<_>>(), Some(&levels), None)?;
            }
            ColumnWriter::BoolColumnWriter(w) => {
                w.write_batch(&known.filter_map(Value::as_bool).collect::<Vec<_>>(), Some(&levels), None)?;
            }
            ColumnWriter::ByteArrayColumnWriter(w) => {
                w.write_batch(&known.map(text).collect::<Vec<_>>(), Some(&levels), None)?;
            }
            _ => return Err(Error::Parquet(ParquetError::General("a column of a type that was not made".to_owned()))),
        }
        column.close()?;
        at += 1;
    }
    group.close()?;
    file.close()?;
    Ok(())
}

fn kind<'v>(cells: impl Iterator<Item = &'v Value>) -> Kind {
    let mut out = None;
    for cell in cells {
        let own = match cell {
            Value::Null => continue,
            Value::Bool(_) => Kind::Boolean,
            Value::Number(n) if n.as_i64().is_some() => Kind::Integer,
            Value::Number(_) => Kind::Number,
            _ => Kind::Text,
        };
        out = Some(match out {
            None => own,
            Some(before) if before == own => own,
            Some(Kind::Integer | Kind::Number) if matches!(own, Kind::Integer | Kind::Number) => Kind::Number,
            Some(_) => Kind::Text,
        });
    }
    out.unwrap_or(Kind::Text)
}

fn text(value: &Value) -> ByteArray {
    match value {
        Value::String(s) => s.as_str().into(),
        other => other.to_string().as_str().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use serde_json::json;

    #[test]
    fn cells_come_back_with_their_types() {
        let columns = ["a", "b", "c", "d"].map(str::to_owned);
        let rows = vec![
            vec![json!(1), json!(1), json!(true), json!("x")],
            vec![Value::Null, json!(0.5), Value::Null, json!([1])],
        ];
        let mut out = Vec::new();
        table(&columns, &rows, &mut out).expect("written");
        let reader = SerializedFileReader::new(bytes::Bytes::from(out)).expect("Parquet");
        let all: Vec<String> =
            reader.get_row_iter(None).expect("rows").map(|r| r.expect("a row").to_string()).collect();
        assert_eq!(all, ["{a: 1, b: 1.0, c: true, d: \"x\"}", "{a: null, b: 0.5, c: null, d: \"[1]\"}"]);
    }

    #[test]
    fn a_table_without_rows_is_a_file() {
        let mut out = Vec::new();
        table(&["a".to_owned()], &[], &mut out).expect("written");
        assert_eq!(&out[..4], b"PAR1");
    }
}
