//! The event lines of PETRARCH, from its own dictionaries or from claims; and dictionary events in the other formats.
//!
//! A line: date, source, target, code, issues (`CODE,count;…` or empty), sentence ids, publisher, source's words,
//! target's words, event's words. Tabs between, `---` where something is missing. Events of a report that differ in
//! their sentences only make one line with several ids.

use std::io::Write;

use anyhow::Result;
use forewarn_codebook::actors::{Actors, Scheme};
use forewarn_coder::petrarch::{Coding, Event};
use forewarn_coder::{Claim, Factuality, Party};
use forewarn_report::Report;
use jiff::civil::Date;
use serde_json::json;

/// The columns of the CSV of dictionary events.
pub const CSV_COLUMNS: [&str; 12] = [
    "report_id",
    "sentence",
    "date",
    "source",
    "target",
    "code",
    "issues",
    "source_text",
    "target_text",
    "event_text",
    "sentence_text",
    "rule",
];

/// One row before rows of equal date, actors and code are joined.
struct Line {
    date: String,
    source: String,
    target: String,
    code: String,
    issues: Vec<(String, u32)>,
    ids: Vec<String>,
    source_text: String,
    target_text: String,
    event_text: String,
}

/// Prints the event lines of dictionary events.
pub fn lines(out: &mut dyn Write, report: &Report, coding: &Coding) -> Result<()> {
    let rows = coding.events.iter().map(|e| Line {
        date: day(e.date),
        source: e.source.to_string(),
        target: e.target.to_string(),
        code: e.code.to_string(),
        issues: e.issues.iter().map(|(c, n)| (c.to_string(), *n)).collect(),
        ids: vec![format!("{}_{}", e.report_id, e.sentence + 1)],
        source_text: e.source_text.as_ref().map(|p| p.text.clone()).unwrap_or_default(),
        target_text: e.target_text.as_ref().map(|p| p.text.clone()).unwrap_or_default(),
        event_text: e.event_text.text.clone(),
    });
    print(out, report, rows)
}

/// Prints the event lines of claims: of what is said to have happened, one line for each pair of actor and recipient.
pub fn claim_lines(out: &mut dyn Write, actors: &Actors, report: &Report, claims: &[Claim]) -> Result<()> {
    let mut rows = Vec::new();
    for claim in claims.iter().filter(|c| c.factuality == Factuality::Asserted) {
        let date = claim.date.as_ref().filter(|d| d.precision == "day").and_then(|d| d.start).or(report.published);
        for (source, source_text) in sides(actors, &claim.actor, date) {
            for (target, target_text) in sides(actors, &claim.recipient, date) {
                if source.is_empty() && target.is_empty() {
                    continue;
                }
                rows.push(Line {
                    date: day(date),
                    source: source.clone(),
                    target: target.clone(),
                    code: claim.cameo.to_string(),
                    issues: Vec::new(),
                    ids: vec![format!("{}_{}", claim.report_id, claim.sentence + 1)],
                    source_text: source_text.clone(),
                    target_text: target_text.clone(),
                    event_text: claim.predicate.text.clone(),
                });
            }
        }
    }
    print(out, report, rows.into_iter())
}

fn sides(actors: &Actors, parties: &[Party], date: Option<Date>) -> Vec<(String, String)> {
    if parties.is_empty() {
        return vec![(String::new(), String::new())];
    }
    parties.iter().map(|p| (cameo_actor(actors, p, date), p.text.clone())).collect()
}

fn print(out: &mut dyn Write, report: &Report, rows: impl Iterator<Item = Line>) -> Result<()> {
    let mut joined: Vec<Line> = Vec::new();
    for row in rows {
        let same = |l: &&mut Line| {
            l.date == row.date && l.source == row.source && l.target == row.target && l.code == row.code
        };
        let Some(line) = joined.iter_mut().find(same) else {
            joined.push(row);
            continue;
        };
        if line.ids.contains(&row.ids[0]) {
            continue;
        }
        line.ids.extend(row.ids);
        for (code, n) in row.issues {
            match line.issues.iter_mut().find(|(c, _)| *c == code) {
                Some((_, count)) => *count += n,
                None => line.issues.push((code, n)),
            }
        }
    }
    for l in &joined {
        let issues: Vec<String> = l.issues.iter().map(|(c, n)| format!("{c},{n}")).collect();
        let publisher = report.publisher.as_deref().unwrap_or_default();
        let columns = [
            field(&l.date),
            field(&l.source),
            field(&l.target),
            field(&l.code),
            issues.join(";"),
            field(&l.ids.join(";")),
            field(publisher),
            field(&l.source_text),
            field(&l.target_text),
            field(&l.event_text),
        ];
        writeln!(out, "{}", columns.join("\t"))?;
    }
    Ok(())
}

/// A value without tabs and line ends; `---` for nothing.
fn field(value: &str) -> String {
    let plain = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.is_empty() { "---".to_owned() } else { plain }
}

fn day(date: Option<Date>) -> String {
    date.map(|d| d.strftime("%Y%m%d").to_string()).unwrap_or_default()
}

/// A party in CAMEO's actor codes: country, else the kind of body, then the role.
fn cameo_actor(actors: &Actors, p: &Party, date: Option<Date>) -> String {
    let iso3 = p.country.as_deref().unwrap_or_default();
    let country = actors.codes(iso3, Scheme::Cameo, date).unwrap_or(iso3);
    // Bodies that CAMEO names itself.
    let body = match p.group.as_deref() {
        Some("UN") => "IGOUNO",
        Some("EU") => "IGOEUREEC",
        Some("NATO") => "IGOWSTNAT",
        Some("ASEAN") => "IGOSEAASN",
        _ => "",
    };
    if country.is_empty() && !body.is_empty() {
        return body.to_owned();
    }
    // PLOVER's sectors that CAMEO writes otherwise.
    let role = match p.sector.as_deref() {
        Some("JRN") => "MED",
        Some("MED") => "HLH",
        Some("UNO") => "IGOUNO",
        Some("EUR") => "IGOEUREEC",
        Some("UNK") | None => "",
        Some(s) => s,
    };
    if matches!(role, "IGO" | "NGO" | "IMG" | "MNC" | "ISM") {
        format!("{role}{country}")
    } else {
        format!("{country}{role}")
    }
}

/// A block of lines for each event, for people.
pub fn table(out: &mut dyn Write, report: &Report, coding: &Coding) -> Result<()> {
    if coding.events.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", report.title().unwrap_or(&report.report_id))?;
    let mut sentence = None;
    for e in &coding.events {
        if sentence != Some(e.sentence) {
            sentence = Some(e.sentence);
            writeln!(out, "\n[{}] {}", e.sentence, e.span.slice(&report.text))?;
        }
        writeln!(out, "  {}  {} -> {}", e.code, field(&e.source), field(&e.target))?;
        let words =
            |p: &Option<forewarn_coder::Phrase>| p.as_ref().map_or("---".to_owned(), |p| format!("\"{}\"", p.text));
        writeln!(
            out,
            "    words    {} / \"{}\" / {}",
            words(&e.source_text),
            e.event_text.text,
            words(&e.target_text)
        )?;
        if !e.issues.is_empty() {
            writeln!(out, "    issues   {}", issues(e))?;
        }
        writeln!(out, "    rule     {}", e.rule)?;
    }
    writeln!(out)?;
    Ok(())
}

fn issues(e: &Event) -> String {
    e.issues.iter().map(|(c, n)| format!("{c},{n}")).collect::<Vec<_>>().join(";")
}

/// One JSON object a line; issues as an object of counts.
pub fn json_line(out: &mut dyn Write, e: &Event) -> Result<()> {
    let mut value = serde_json::to_value(e)?;
    value["issues"] = e.issues.iter().map(|(c, n)| (c.to_string(), json!(n))).collect::<serde_json::Map<_, _>>().into();
    serde_json::to_writer(&mut *out, &value)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// The cells of [`CSV_COLUMNS`].
pub fn csv_row(report: &Report, e: &Event) -> [String; 12] {
    let words = |p: &Option<forewarn_coder::Phrase>| p.as_ref().map(|p| p.text.clone()).unwrap_or_default();
    [
        e.report_id.clone(),
        e.sentence.to_string(),
        e.date.map(|d| d.to_string()).unwrap_or_default(),
        e.source.to_string(),
        e.target.to_string(),
        e.code.to_string(),
        issues(e),
        words(&e.source_text),
        words(&e.target_text),
        e.event_text.text.clone(),
        e.span.slice(&report.text).to_owned(),
        e.rule.clone(),
    ]
}
