//! Gold rows: `{"id","text","gold":{…},"split"}` a line.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// One annotated sentence or report.
#[derive(Clone)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its annotation.
    pub gold: Value,
    /// The whole line.
    pub all: Value,
}

/// Reads `name.jsonl`, or all its parts (`name.part1.jsonl` …); none when no such file is there.
pub fn rows(folder: &Path, name: &str) -> Result<Option<Vec<Row>>> {
    let whole = folder.join(format!("{name}.jsonl"));
    let mut files = Vec::new();
    if whole.is_file() {
        files.push(whole);
    } else {
        for part in 1.. {
            let path = folder.join(format!("{name}.part{part}.jsonl"));
            if !path.is_file() {
                break;
            }
            files.push(path);
        }
    }
    if files.is_empty() {
        return Ok(None);
    }
    let mut out = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        for (number, line) in (1..).zip(text.lines()).filter(|(_, l)| !l.trim().is_empty()) {
            let at = || format!("{}:{number}", file.display());
            let all: Value = serde_json::from_str(line).with_context(at)?;
            let (Some(id), Some(text), Some(gold)) = (all["id"].as_str(), all["text"].as_str(), all.get("gold")) else {
                bail!("{}: expected id, text and gold", at());
            };
            out.push(Row { id: id.to_owned(), text: text.to_owned(), gold: gold.clone(), all: all.clone() });
        }
    }
    Ok(Some(out))
}
