//! The bundled reports: every row of `examples/expected` must be read out of them, unless its `miss` says what goes wrong.
#![allow(clippy::print_stdout, reason = "the figures and what went wrong are the point")]

use std::path::{Path, PathBuf};
use std::process::Command;

use forewarn_report::{Options, Report, read_path};
use serde_json::Value;

/// How far a place may lie from where the row has it.
const KILOMETRES: f64 = 15.0;

/// Asserted claims that no row asks for, over all reports.
const UNEXPECTED: usize = 4;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().filter(|l| !l.is_empty()).map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

struct Sample {
    name: String,
    report: Report,
    claims: Vec<Value>,
    rows: Vec<Value>,
}

fn samples() -> Vec<Sample> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(examples().join("reports"))
        .expect("the samples are there")
        .map(|e| e.expect("readable").path())
        .collect();
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let name = path.file_stem().expect("a file").to_string_lossy().into_owned();
        let Ok(rows) = std::fs::read_to_string(examples().join("expected").join(format!("{name}.jsonl"))) else {
            continue;
        };
        let mut reports = Vec::new();
        read_path(&path, &Options::default(), &mut |report| reports.extend(report));
        let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
            .args(["code", "--format", "jsonl"])
            .arg(&path)
            .output()
            .expect("forewarn runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let claims = lines(&String::from_utf8(output.stdout).expect("UTF-8"));
        let report = reports.pop().expect("one report");
        out.push(Sample { name, report, claims, rows: lines(&rows) });
    }
    out
}

fn list(v: &Value) -> &[Value] {
    v.as_array().map_or(&[], Vec::as_slice)
}

/// The bytes of the report's text that the row's quote stands for: its first place, or `None` where it has none.
fn span_of(report: &Report, row: &Value) -> Option<(u64, u64)> {
    let quote = row["quote"].as_str()?;
    let start = report.text.find(quote)?;
    Some((start as u64, (start + quote.len()) as u64))
}

/// Whether the words that carry `claim` share any with the row's quote.
fn carried_by(claim: &Value, (from, to): (u64, u64)) -> bool {
    let span = list(&claim["predicate"]["span"]);
    let [Some(start), Some(end)] = [0, 1].map(|i| span.get(i).and_then(Value::as_u64)) else { return false };
    start < to && from < end
}

/// Whether `parties` are the wanted ones and no others; words that name nobody known and mere places do not count.
fn parties_fit(parties: &Value, wanted: &Value) -> bool {
    let Some(wanted) = wanted.as_array() else { return true };
    let known: Vec<&Value> = list(parties)
        .iter()
        .filter(|p| {
            ["country", "sector", "group"].iter().any(|k| !p[*k].is_null())
                && (p["rule"] != "who/place" || !wanted.is_empty())
        })
        .collect();
    known.len() == wanted.len()
        && wanted
            .iter()
            .all(|w| known.iter().any(|p| w.as_object().is_some_and(|w| w.iter().all(|(k, v)| p[k.as_str()] == *v))))
}

/// `14`, `40+`, `10-14` or `~300`, as the codebook's pages write numbers.
fn number(count: &Value) -> String {
    match [&count["low"], &count["best"], &count["high"]].map(Value::as_u64) {
        [Some(l), _, Some(h)] if l == h => l.to_string(),
        [Some(l), _, Some(h)] => format!("{l}-{h}"),
        [Some(l), _, None] => format!("{l}+"),
        [None, Some(b), _] => format!("~{b}"),
        [None, None, Some(h)] => format!("-{h}"),
        [None, None, None] => "?".to_owned(),
    }
}

fn lower(v: &Value) -> String {
    v.as_str().unwrap_or("").to_lowercase()
}

fn place_fits(place: &Value, wanted: &Value) -> bool {
    if wanted.is_null() || place.is_null() {
        return wanted.is_null() && place.is_null();
    }
    let point = |v: &Value| v["lat"].as_f64().zip(v["lon"].as_f64());
    let name = forewarn_gazetteer::fold(wanted["name"].as_str().unwrap_or(""));
    ["name", "text"].iter().any(|k| forewarn_gazetteer::fold(place[*k].as_str().unwrap_or("")).contains(name.as_str()))
        && wanted.get("precision").is_none_or(|p| place["precision"] == *p)
        && point(wanted)
            .is_none_or(|w| point(place).is_some_and(|p| forewarn_gazetteer::distance_km(p, w) <= KILOMETRES))
}

/// Which fields of `claim` are not as the row has them. Counts may stand in any claim of that type in the sentence.
fn faults(claim: &Value, row: &Value, all: &[Value]) -> Vec<&'static str> {
    let mut out = Vec::new();
    let mut check = |field: &'static str, ok: bool| {
        if !ok {
            out.push(field);
        }
    };
    check("event_type", claim["event_type"] == row["event_type"]);
    check("event_mode", row.get("event_mode").is_none_or(|m| claim["event_mode"] == *m));
    check("factuality", claim["factuality"] == row["factuality"]);
    check("actor", parties_fit(&claim["actor"], &row["actor"]));
    check("recipient", parties_fit(&claim["recipient"], &row["recipient"]));
    if let Some(wanted) = row.get("voice") {
        let voice = list(&claim["attribution"]).iter().find(|v| v["kind"] != "publisher");
        check(
            "voice",
            match (voice, wanted.as_str()) {
                (None, None) => true,
                (Some(v), Some(w)) => {
                    let (said, w) = (format!("{} {}", lower(&v["text"]), lower(&v["resolved"])), w.to_lowercase());
                    said.contains(w.strip_prefix("the ").or_else(|| w.strip_prefix("a ")).unwrap_or(&w))
                }
                _ => false,
            },
        );
    }
    if let Some(day) = row.get("date") {
        check("date", claim["date"]["start"] == *day);
    }
    if let Some(place) = row.get("place") {
        check("place", place_fits(&claim["place"], place));
    }
    for (what, wanted) in row["counts"].as_object().into_iter().flatten() {
        let told = all
            .iter()
            .filter(|c| c["sentence"] == claim["sentence"] && c["event_type"] == row["event_type"])
            .flat_map(|c| list(&c["counts"]))
            .any(|c| c["what"] == what.as_str() && wanted.as_str() == Some(number(c).as_str()));
        check("counts", told);
    }
    out
}

/// What is wrong with the reading of one row; nothing where a claim is as it says.
fn judge(sample: &Sample, row: &Value) -> Option<String> {
    let Some(span) = span_of(&sample.report, row) else { return Some("the quote is not in the text".to_owned()) };
    let near: Vec<&Value> = sample.claims.iter().filter(|c| carried_by(c, span)).collect();
    if row.get("none").is_some() {
        return near.iter().find(|c| c["factuality"] == "asserted").map(|c| format!("asserted by {}", c["rule"]));
    }
    let tries = near.iter().map(|c| (faults(c, row, &sample.claims), c)).min_by_key(|(f, _)| f.len());
    match tries {
        None => Some("no claim".to_owned()),
        Some((wrong, _)) if wrong.is_empty() => None,
        Some((wrong, claim)) => Some(format!("{} wrong in {}", wrong.join(", "), show(claim))),
    }
}

fn show(claim: &Value) -> String {
    let side = |parties: &Value| -> String {
        let shown = |p: &Value| format!("{}/{}/{} {}", p["country"], p["sector"], p["group"], p["text"]);
        list(parties).iter().map(shown).collect::<Vec<_>>().join(" & ").replace("null", "-")
    };
    let voices: Vec<String> = list(&claim["attribution"]).iter().map(|v| lower(&v["text"])).collect();
    let counts: Vec<String> =
        list(&claim["counts"]).iter().map(|c| format!("{} {}", lower(&c["what"]), number(c))).collect();
    let place = &claim["place"];
    format!(
        "{}/{} {} [{}] -> [{}]; {}; {}; {} {} {} {}; {} ({})",
        claim["event_type"],
        claim["event_mode"],
        claim["factuality"],
        side(&claim["actor"]),
        side(&claim["recipient"]),
        voices.join(" > "),
        claim["date"]["start"],
        place["name"],
        place["precision"],
        place["lat"],
        place["lon"],
        counts.join(", "),
        claim["rule"],
    )
}

#[test]
fn the_reports_are_coded_as_a_careful_reader_would() {
    let samples = samples();
    let (mut rows, mut right, mut slips) = (0, 0, 0);
    let mut unexpected = Vec::new();
    for sample in &samples {
        for row in &sample.rows {
            rows += 1;
            let wrong = judge(sample, row);
            right += usize::from(wrong.is_none());
            let marked = row.get("miss").is_some();
            if wrong.is_none() == marked {
                slips += 1;
                println!(
                    "{}: {}: {}",
                    sample.name,
                    row["quote"],
                    wrong.as_deref().unwrap_or("right now: take its `miss` out")
                );
            }
        }
        let asked: Vec<_> = sample.rows.iter().filter_map(|row| span_of(&sample.report, row)).collect();
        for claim in sample.claims.iter().filter(|c| c["factuality"] == "asserted") {
            if !asked.iter().any(|span| carried_by(claim, *span)) {
                unexpected.push(format!("{}: {} {}", sample.name, claim["predicate"]["text"], show(claim)));
            }
        }
    }
    println!("{} reports, {right} of {rows} rows right; {} asserted claims besides", samples.len(), unexpected.len());
    for line in &unexpected {
        println!("besides: {line}");
    }
    assert!(samples.len() >= 10 && rows >= 90, "{} reports, {rows} rows", samples.len());
    assert!(unexpected.len() <= UNEXPECTED, "{} asserted claims that no row asks for", unexpected.len());
    assert_eq!(slips, 0, "see the list above");
}
