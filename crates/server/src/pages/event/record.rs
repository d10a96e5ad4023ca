//! The coded record in words, the rules that made it, and the run.

use forewarn_exchange::row::{OURS, PartyRow};
use forewarn_ledger::{Bytes, ClaimShown};
use maud::{Markup, html};
use serde_json::Value;

use crate::asked::segment;
use crate::frame::Frame;
use crate::show::{chip, day, number, party, place, words};

/// The coded record, each code with what it stands for.
pub fn section(frame: &Frame<'_>, shown: &ClaimShown) -> Markup {
    let c = &shown.claim;
    let said = |what: &str| shown.bytes.iter().find(|b| b.what == what).map(|b| b.text.as_str());
    html! {
        section {
            h2 { "What was coded" }
            table.rows.record {
                caption.visually-hidden { "The coded record" }
                tbody {
                    (line("Actor", &sides(frame, &c.actor)))
                    (line("Recipient", &sides(frame, &c.recipient)))
                    (line("Type", &html! {
                        (chip::kind(c.event_type.as_deref(), c.event_mode.as_deref(), c.quad_class)) " "
                        (words::act(c.event_type.as_deref(), c.event_mode.as_deref())) " … · " (words::quad(c.quad_class))
                        @if let Some(code) = &c.cameo { " · CAMEO " code { (code) } " (" (words::cameo(code)) ")" }
                    }))
                    @if !c.contexts.is_empty() { (line("Contexts", &html! { (c.contexts.join(", ").replace('_', " ")) })) }
                    (line("Scales", &html! {
                        @match c.goldstein {
                            Some(g) => { "Goldstein " strong { (g) } " of -10 to 10, " (words::goldstein(g)) },
                            None => "no Goldstein value",
                        }
                        @if let Some(score) = c.plover_score { " · PLOVER " strong { (score) } }
                    }))
                    (line("When", &html! {
                        (day::span(c.date_start, c.date_end, c.date_prec.as_deref()))
                        span.muted { ", " (words::precision(c.date_prec.as_deref())) }
                        @if let Some(words) = said("date") { ", read from " q dir="auto" { (words) } }
                        @if c.date_start.is_none() && c.date_end.is_none() && let Some(published) = c.published {
                            ", so that the report's day, " (day::day(published)) ", stands in"
                        }
                    }))
                    (line("Where", &html! {
                        @match &c.place {
                            Some(p) => {
                                span dir="auto" { (place::text(p)) } span.muted { ", " (place::precision(&p.precision)) }
                                @if let Some(words) = said("place") { ", read from " q dir="auto" { (words) } }
                                @if place::is_fine(&p.precision) && let (Some(lat), Some(lon)) = (p.lat, p.lon) {
                                    " · " (format!("{lat:.3}, {lon:.3}"))
                                }
                                @if let Some(id) = p.geonameid { " · GeoNames " (id) }
                            },
                            None => span.muted { "no place is given" },
                        }
                    }))
                    (line("Numbers", &html! {
                        @if c.counts.is_empty() { span.muted { "none given" } }
                        @for (i, n) in c.counts.iter().enumerate() {
                            @if i > 0 { "; " }
                            span dir="auto" { (number::row(n).unwrap_or_default()) }
                        }
                    }))
                    @if let Some(confidence) = c.confidence {
                        (line("Confidence", &html! {
                            meter min="0" max="1" value=(format!("{confidence:.2}")) { (confidence) } " " (format!("{confidence:.2}"))
                            span.muted { ", the coder's own measure of how plainly the sentence says it" }
                        }))
                    }
                }
            }
        }
    }
}

fn line(name: &str, value: &Markup) -> Markup {
    html! { tr { th scope="row" { (name) } td { (value) } } }
}

/// A side with all its codes.
fn sides(frame: &Frame<'_>, parties: &[PartyRow]) -> Markup {
    html! {
        @if parties.is_empty() { span.muted { "nobody is named" } }
        @for p in parties {
            div {
                (party::one(frame, p))
                @if p.resolved.as_deref().is_some_and(|r| !r.is_empty() && r != p.text) { ", in the text " q dir="auto" { (p.text) } }
                span.muted { (codes(frame, p)) }
            }
        }
    }
}

/// Codes of a party in words.
fn codes(frame: &Frame<'_>, p: &PartyRow) -> String {
    let mut out = Vec::new();
    for code in [p.country.as_deref(), p.group.as_deref(), p.ethnicity.as_deref()].into_iter().flatten() {
        let name = frame.desk.name(code);
        out.push(if name == code { code.to_owned() } else { format!("{name} ({code})") });
    }
    out.extend(p.sector.as_deref().map(|s| format!("{} ({s})", sector(s))));
    out.extend(p.office.as_deref().map(|o| format!("office: {o}")));
    if p.inferred {
        out.push("not in the lexicon: the code is inferred".to_owned());
    }
    if out.is_empty() { String::new() } else { format!(" — {}", out.join(", ")) }
}

/// A PLOVER sector in words.
pub fn sector(code: &str) -> &'static str {
    match code {
        "COP" => "police",
        "GOV" => "government",
        "JUD" => "courts",
        "LEG" => "parliament",
        "MIL" => "military",
        "PRM" => "paramilitary",
        "PTY" => "political party",
        "REB" => "rebels",
        "SPY" => "intelligence",
        "UAF" => "armed people not known",
        "AGR" => "farming",
        "BUS" => "business",
        "CRM" => "crime",
        "CVL" => "civilians",
        "EDU" => "education",
        "ELI" => "elites",
        "JRN" => "journalists",
        "LAB" => "labour",
        "MED" => "health workers",
        "REF" => "refugees",
        "OPP" => "opposition",
        "PRE" => "prisoners",
        "REL" => "religious",
        "SOC" => "society",
        "IGO" => "body of states",
        "NGO" => "non-governmental body",
        "MNC" => "company across borders",
        "IMG" => "armed group across borders",
        "ISM" => "movement across borders",
        "UNO" => "not known whose",
        _ => "sector not known",
    }
}

/// Which rules fired.
pub fn why(frame: &Frame<'_>, shown: &ClaimShown) -> Markup {
    let c = &shown.claim;
    let Some(rule) = c.rule.as_deref().filter(|r| !r.is_empty()) else { return html! {} };
    let (file, lemma) = rule.split_once('/').unwrap_or((rule, ""));
    let lines = patterns(file, lemma, c.event_type.as_deref(), c.event_mode.as_deref());
    let parts: Vec<&Bytes> =
        shown.bytes.iter().filter(|b| !matches!(b.what.as_str(), "sentence" | "predicate")).collect();
    html! {
        section.why {
            h2 { "Why it was coded so" }
            p {
                "The rule " code { (rule) } " fired on "
                q dir="auto" { (c.predicate.as_deref().unwrap_or("")) } ": a line of the dictionary "
                code { "events/" (file) ".txt" } " for the word " em { (lemma) } " that gives "
                a href=(frame.link(&format!("/codebook/{}", segment(c.event_type.as_deref().unwrap_or(""))))) { (c.event_type.as_deref().unwrap_or("")) }
                @if let Some(mode) = &c.event_mode { ", " (mode) }
                "."
            }
            @if !lines.is_empty() {
                details {
                    summary { (if lines.len() == 1 { "The line".to_owned() } else { format!("The {} lines that give this for the word; the most specific that fits is taken (as this program has them)", lines.len()) }) }
                    pre { code { @for (number, text) in &lines { (number) "  " (text) "\n" } } }
                }
            }
            @if !parts.is_empty() {
                div.table-box tabindex="0" role="region" aria-label="Rules that read the parts" { table.rows {
                    caption.visually-hidden { "Rules that read the parts" }
                    thead { tr { th scope="col" { "Part" } th scope="col" { "Words" } th scope="col" { "Read as" } th scope="col" { "Rule" } } }
                    tbody {
                        @for part in parts {
                            tr {
                                th scope="row" { (part.what.replace('_', " ")) }
                                td { q dir="auto" { (part.text) } }
                                td { (part.rule.as_deref().and_then(words::rule).unwrap_or("")) }
                                td { @if let Some(rule) = &part.rule { code { (rule) } } }
                            }
                        }
                    }
                } }
            }
        }
    }
}

/// Lines of a dictionary of events for a word that give a type and mode: line number and text.
fn patterns(file: &str, lemma: &str, event_type: Option<&str>, mode: Option<&str>) -> Vec<(usize, &'static str)> {
    let path = format!("dictionaries/events/{file}.txt");
    let Some((_, text)) = forewarn_codebook::files::all().iter().find(|(p, _)| *p == path) else { return Vec::new() };
    let kind = match (event_type, mode) {
        (Some(kind), Some(mode)) => format!("{kind}/{mode}"),
        (Some(kind), None) => kind.to_owned(),
        _ => return Vec::new(),
    };
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| {
            let words = line.split_whitespace().next().unwrap_or("");
            let gives = line.split("=> ").nth(1).and_then(|r| r.split_whitespace().next());
            !line.starts_with('#') && words.split('|').any(|w| w == lemma) && gives == Some(kind.as_str())
        })
        .collect()
}

/// The run, its means, the file, and what a foreign set says in its own columns.
pub fn origin(frame: &Frame<'_>, shown: &ClaimShown) -> Markup {
    let c = &shown.claim;
    html! {
        section {
            h2 { "Where it comes from" }
            table.rows.record {
                caption.visually-hidden { "Run, versions and source" }
                tbody {
                    @if let Some(run) = &shown.run {
                        (line("Run", &html! { a href={ (frame.link("/status")) "#run-" (run.run.0) } { (run.run.0) } ", " (run.kind) ", begun " time datetime=(run.started) { (run.started.get(..16).unwrap_or(&run.started).replace('T', " ")) } }))
                        (line("Program", &html! { (run.means.program) }))
                        (line("Model, codebook, gazetteer", &html! {
                            @for (i, digest) in [&run.means.model, &run.means.codebook, &run.means.gazetteer].into_iter().enumerate() {
                                @if i > 0 { ", " } code { (digest.get(..12).unwrap_or(digest)) }
                            }
                        }))
                    }
                    @if let Some(path) = &shown.source.0 {
                        (line("File", &html! {
                            // The folder stays on this machine.
                            code { (path.rsplit(['/', '\\']).next().unwrap_or("")) }
                            @if let Some(n) = shown.source.1 { ", line " (n) }
                        }))
                    }
                    (line("Claim", &html! { code { (c.claim_id) } @if c.set != OURS { " of " (c.set) } }))
                }
            }
            @if let Some(own) = &shown.own { (theirs(own)) }
        }
    }
}

/// The set's own columns.
fn theirs(own: &Value) -> Markup {
    let Value::Object(all) = own else { return html! {} };
    let mut rows: Vec<(String, String)> = Vec::new();
    for (name, value) in all {
        match value {
            Value::Null => {}
            Value::Object(inner) if name == "own" => {
                rows.extend(inner.iter().filter(|(_, v)| !v.is_null()).map(|(n, v)| (n.clone(), plain(v))));
            }
            other => rows.push((name.trim_start_matches("own_").replace('_', " "), plain(other))),
        }
    }
    html! {
        h3 { "In the set's own columns" }
        div.table-box tabindex="0" role="region" aria-label="The set's own columns" {
            table.rows.record {
                caption.visually-hidden { "The set's own columns" }
                tbody { @for (name, value) in &rows { tr { th scope="row" dir="auto" { (name) } td dir="auto" { (value) } } } }
            }
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lines_of_a_rule_are_found() {
        let lines = super::patterns("assault", "kill", Some("ASSAULT"), Some("drone"));
        assert!(!lines.is_empty());
        assert!(lines.iter().all(|(_, l)| l.contains("=> ASSAULT/drone") && l.contains("kill")));
        assert!(super::patterns("nothing", "kill", Some("ASSAULT"), None).is_empty());
        assert!(super::patterns("../cameo", "kill", Some("ASSAULT"), None).is_empty());
    }

    #[test]
    fn every_sector_has_words() {
        for code in forewarn_codebook::actors::SECTORS.iter().filter(|c| **c != "UNK") {
            assert_ne!(super::sector(code), super::sector("?"), "{code}");
        }
    }
}
