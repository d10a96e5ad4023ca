//! Claims for people and for spreadsheets.

use std::io::Write;

use anyhow::Result;
use forewarn_coder::{Claim, Coding, Count, Party, Place, Stance, Voice};
use forewarn_report::Report;

use crate::Outcome;

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// Prints each claim of a report as a block of lines.
pub fn print(out: &mut dyn Write, report: &Report, coding: &Coding) -> Result<()> {
    if coding.claims.is_empty() {
        return Ok(());
    }
    let title = report.title().unwrap_or(&report.report_id);
    writeln!(out, "{BOLD}{title}{PLAIN}")?;
    let mut sentence = None;
    for claim in &coding.claims {
        if sentence != Some(claim.sentence) {
            sentence = Some(claim.sentence);
            writeln!(out, "\n{DIM}[{}] {}{PLAIN}", claim.sentence, claim.span.slice(&report.text))?;
        }
        let mode = claim.event_mode.as_ref().map(|m| format!("/{m}")).unwrap_or_default();
        writeln!(
            out,
            "  {BOLD}{}{mode}{PLAIN} {}  CAMEO {}  {} -> {}",
            claim.event_type,
            claim.factuality.as_str(),
            claim.cameo,
            parties(&claim.actor),
            parties(&claim.recipient),
        )?;
        let mut line = |name: &str, value: String| -> std::io::Result<()> {
            if value.is_empty() { Ok(()) } else { writeln!(out, "    {name:<8} {value}") }
        };
        line("words", claim.predicate.text.clone())?;
        line("voice", claim.attribution.iter().map(voice).collect::<Vec<_>>().join(" > "))?;
        line("when", claim.date.as_ref().map(when).unwrap_or_default())?;
        line("where", claim.place.as_ref().map(place).unwrap_or_default())?;
        line("numbers", claim.counts.iter().map(count).collect::<Vec<_>>().join(", "))?;
        line("rule", format!("{} ({:.2})", claim.rule, claim.confidence))?;
    }
    writeln!(out)?;
    Ok(())
}

/// `XKX COP "Kosovar police forces"`, several joined by ` + `; `?` for none.
pub fn parties(list: &[Party]) -> String {
    if list.is_empty() {
        return "?".to_owned();
    }
    list.iter().map(party).collect::<Vec<_>>().join(" + ")
}

fn party(p: &Party) -> String {
    let mut parts: Vec<String> =
        [&p.country, &p.sector, &p.group].into_iter().flatten().map(ToString::to_string).collect();
    if let Some(e) = &p.ethnicity {
        parts.push(format!("({e})"));
    }
    parts.push(format!("\"{}\"", p.text));
    if let Some(office) = &p.office {
        parts.push(format!("({office})"));
    }
    if p.inferred {
        parts.push("(inferred)".to_owned());
    }
    if let Some(r) = &p.resolved {
        parts.push(format!("= \"{r}\""));
    }
    parts.join(" ")
}

/// `Reuters (publisher) reports`.
pub fn voice(v: &Voice) -> String {
    let stance = match v.stance {
        Stance::Reports => "reports",
        Stance::Claims => "claims",
        Stance::Confirms => "confirms",
        Stance::Denies => "denies",
        Stance::ClaimsResponsibility => "claims responsibility",
    };
    let resolved = v.resolved.as_ref().map(|r| format!(" = {r}")).unwrap_or_default();
    format!("{}{resolved} {stance}", v.text)
}

fn when(w: &forewarn_coder::When) -> String {
    let days = match (w.start, w.end) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("from {a}"),
        (None, Some(b)) => format!("until {b}"),
        (None, None) => return format!("unresolved \"{}\"", w.text),
    };
    let words = if w.text.is_empty() { String::new() } else { format!(" \"{}\"", w.text) };
    format!("{days} ({}){words}", w.precision)
}

fn place(place: &Place) -> String {
    let within: Vec<&str> = [place.admin1.as_deref().filter(|a| *a != place.name), place.country.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let within = if within.is_empty() { String::new() } else { format!(", {}", within.join(", ")) };
    let named = if place.text.contains(&place.name) { String::new() } else { format!(" = {}", place.name) };
    let point = place.lat.zip(place.lon).map(|(lat, lon)| format!("  {lat} {lon}")).unwrap_or_default();
    format!("{}{named}{within} ({}){point}", place.text, place.precision)
}

/// `killed 3 attackers`; ranges as `15-20`, open ends as `40+` or `up to 40`.
pub fn count(c: &Count) -> String {
    let number = match (c.low, c.best, c.high) {
        (Some(l), _, Some(h)) if l == h => l.to_string(),
        (Some(l), _, Some(h)) => format!("{l}-{h}"),
        (Some(l), _, None) => format!("{l}+"),
        (None, _, Some(h)) => format!("up to {h}"),
        (None, Some(b), None) => format!("about {b}"),
        (None, None, None) => "?".to_owned(),
    };
    format!("{} {number} {}", c.what, c.who).trim_end().to_owned()
}

/// The columns of `--format csv`: one row a claim, lists joined by semicolons.
pub const CSV_COLUMNS: [&str; 39] = [
    "claim_id",
    "report_id",
    "published",
    "publisher",
    "sentence",
    "span_start",
    "span_end",
    "evidence",
    "event_type",
    "event_mode",
    "cameo",
    "quad_class",
    "goldstein",
    "plover_score",
    "factuality",
    "actor",
    "actor_country",
    "actor_sector",
    "actor_group",
    "actor_office",
    "recipient",
    "recipient_country",
    "recipient_sector",
    "recipient_group",
    "recipient_office",
    "attribution",
    "date_start",
    "date_end",
    "date_prec",
    "place",
    "place_country",
    "place_prec",
    "place_admin1",
    "lat",
    "lon",
    "geonameid",
    "counts",
    "rule",
    "confidence",
];

/// A claim as one row under [`CSV_COLUMNS`].
pub fn csv_row(report: &Report, c: &Claim) -> [String; 39] {
    fn all(list: &[Party], field: impl Fn(&Party) -> Option<String>) -> String {
        list.iter().map(|p| field(p).unwrap_or_default()).collect::<Vec<_>>().join(";")
    }
    let text = |v: Option<&dyn ToString>| v.map(ToString::to_string).unwrap_or_default();
    [
        c.claim_id.clone(),
        c.report_id.clone(),
        text(report.published.as_ref().map(|d| d as &dyn ToString)),
        report.publisher.clone().unwrap_or_default(),
        c.sentence.to_string(),
        c.span.start.to_string(),
        c.span.end.to_string(),
        c.span.slice(&report.text).to_owned(),
        c.event_type.to_owned(),
        text(c.event_mode.as_ref().map(|d| d as &dyn ToString)),
        c.cameo.to_string(),
        c.quad_class.to_string(),
        c.goldstein.to_string(),
        c.plover_score.to_string(),
        c.factuality.as_str().to_owned(),
        all(&c.actor, |p| Some(p.text.clone())),
        all(&c.actor, |p| p.country.as_ref().map(ToString::to_string)),
        all(&c.actor, |p| p.sector.as_ref().map(ToString::to_string)),
        all(&c.actor, |p| p.group.as_ref().map(ToString::to_string)),
        all(&c.actor, |p| p.office.as_ref().map(ToString::to_string)),
        all(&c.recipient, |p| Some(p.text.clone())),
        all(&c.recipient, |p| p.country.as_ref().map(ToString::to_string)),
        all(&c.recipient, |p| p.sector.as_ref().map(ToString::to_string)),
        all(&c.recipient, |p| p.group.as_ref().map(ToString::to_string)),
        all(&c.recipient, |p| p.office.as_ref().map(ToString::to_string)),
        c.attribution.iter().map(voice).collect::<Vec<_>>().join(" > "),
        text(c.date.as_ref().and_then(|d| d.start.as_ref()).map(|d| d as &dyn ToString)),
        text(c.date.as_ref().and_then(|d| d.end.as_ref()).map(|d| d as &dyn ToString)),
        c.date.as_ref().map(|d| d.precision.to_owned()).unwrap_or_default(),
        c.place.as_ref().map(|p| p.name.clone()).unwrap_or_default(),
        text(c.place.as_ref().and_then(|p| p.country.as_ref()).map(|d| d as &dyn ToString)),
        c.place.as_ref().map(|p| p.precision.to_owned()).unwrap_or_default(),
        text(c.place.as_ref().and_then(|p| p.admin1.as_ref()).map(|d| d as &dyn ToString)),
        text(c.place.as_ref().and_then(|p| p.lat.as_ref()).map(|d| d as &dyn ToString)),
        text(c.place.as_ref().and_then(|p| p.lon.as_ref()).map(|d| d as &dyn ToString)),
        text(c.place.as_ref().and_then(|p| p.geonameid.as_ref()).map(|d| d as &dyn ToString)),
        c.counts.iter().map(count).collect::<Vec<_>>().join(";"),
        c.rule.clone(),
        format!("{:.2}", c.confidence),
    ]
}

/// Prints the schema of the records as Markdown tables.
pub fn schema() -> Result<Outcome> {
    let mut out = anstream::stdout();
    let records =
        [("Report", forewarn_report::REPORT_FIELDS)].into_iter().chain(forewarn_coder::schema::RECORDS.iter().copied());
    for (name, fields) in records {
        writeln!(out, "## {name}\n\n| field | type | unit or code list | meaning |\n| --- | --- | --- | --- |")?;
        for f in fields {
            writeln!(out, "| `{}` | {} | {} | {} |", f.name, f.kind, f.unit, f.meaning)?;
        }
        writeln!(out)?;
    }
    Ok(Outcome::Done)
}
