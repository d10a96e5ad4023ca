//! A page's main table, for `.csv` and `.parquet`.

use serde_json::Value;

/// A flat table. Cells are JSON: null is unknown, lists and objects are written as JSON text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// A table with these columns and no rows yet.
    pub fn new<'a>(columns: impl IntoIterator<Item = &'a str>) -> Self {
        Self { columns: columns.into_iter().map(str::to_owned).collect(), rows: Vec::new() }
    }

    /// A table of JSON objects: columns in the order in which they first come.
    pub fn of(objects: impl IntoIterator<Item = Value>) -> Self {
        let mut out = Self::default();
        for object in objects {
            let Value::Object(map) = object else { continue };
            let mut row = vec![Value::Null; out.columns.len()];
            for (name, value) in map {
                if let Some(at) = out.columns.iter().position(|c| *c == name) {
                    row[at] = value;
                } else {
                    out.columns.push(name);
                    row.push(value);
                }
            }
            out.rows.push(row);
        }
        for row in &mut out.rows {
            row.resize(out.columns.len(), Value::Null);
        }
        out
    }

    /// The table as CSV (RFC 4180) with a header. What a spreadsheet would take for a formula is kept as text by an
    /// apostrophe before it.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(&self.columns)?;
        for row in &self.rows {
            out.write_record(row.iter().map(text))?;
        }
        out.into_inner().map_err(|e| csv::Error::from(e.into_error()))
    }
}

/// A cell as CSV has it.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(s) if s.starts_with(['=', '@', '\t', '\r']) => format!("'{s}"),
        Value::String(s) if s.starts_with(['+', '-']) && s.parse::<f64>().is_err() => format!("'{s}"),
        Value::String(s) => s.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn objects_become_rows_and_formulas_stay_text() {
        let table = Table::of([json!({"a": 1, "b": null}), json!({"a": "=1+1", "c": [1, 2]})]);
        let csv = String::from_utf8(table.csv().expect("written")).expect("text");
        assert_eq!(csv, "a,b,c\n1,,\n'=1+1,,\"[1,2]\"\n");
    }
}
