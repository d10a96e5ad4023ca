//! `forewarn show`: what stands behind an id, down to the bytes.

use std::io::Write;

use anyhow::Result;
use forewarn_answer::evidence::number;
use forewarn_exchange::row::CountRange;
use forewarn_ledger::{ClaimShown, IncidentShown, Ledger, ReportShown, Run, Shown};

use super::{ShowArgs, listing};
use crate::Outcome;

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// Runs the command.
pub fn run(args: &ShowArgs) -> Result<Outcome> {
    let ledger = Ledger::open(&args.place.ledger)?;
    let shown = ledger.show(&args.id)?;
    let mut out = anstream::stdout();
    if args.json {
        serde_json::to_writer(&mut out, &shown)?;
        writeln!(out)?;
        return Ok(Outcome::Done);
    }
    match &shown {
        Shown::Claim(c) => claim(&mut out, c)?,
        Shown::Incident(i) => incident(&mut out, i)?,
        Shown::Report(r) => report(&mut out, r)?,
        Shown::Run(r) => about_run(&mut out, r)?,
        Shown::Withdrawn { incident_id, now } => match now {
            Some(now) => writeln!(out, "{incident_id} is withdrawn: its claims are in {now} now")?,
            None => writeln!(out, "{incident_id} is withdrawn: its claims are no more")?,
        },
    }
    Ok(Outcome::Done)
}

fn claim(out: &mut dyn Write, shown: &ClaimShown) -> Result<()> {
    listing::event(out, &shown.claim)?;
    let c = &shown.claim;
    writeln!(out, "\n{BOLD}Coded{PLAIN}")?;
    let cameo = c.cameo.as_deref().unwrap_or("none");
    let figure = |n: Option<f64>| n.map_or("none".to_owned(), |n| n.to_string());
    writeln!(out, "  CAMEO {cameo}, Goldstein {}, PLOVER {}", figure(c.goldstein), figure(c.plover_score))?;
    writeln!(out, "  rule {} (confidence {})", c.rule.as_deref().unwrap_or("none"), figure(c.confidence))?;
    if let Some(by) = shown.superseded_by {
        writeln!(out, "  replaced by run {by}")?;
    }
    if let Some(id) = &c.incident_id {
        writeln!(out, "  an account of incident {id}")?;
    }
    if !shown.bytes.is_empty() {
        writeln!(out, "\n{BOLD}In the report's bytes{PLAIN}")?;
        for b in &shown.bytes {
            let rule = b.rule.as_ref().map(|r| format!("  {DIM}{r}{PLAIN}")).unwrap_or_default();
            writeln!(out, "  {:<10} {:>6}..{:<6} \"{}\"{rule}", b.what, b.start, b.end, b.text)?;
        }
    }
    if let Some(own) = &shown.own {
        writeln!(out, "\n{BOLD}As the set has it{PLAIN}")?;
        for (name, value) in own.as_object().into_iter().flatten().filter(|(_, v)| !v.is_null()) {
            writeln!(out, "  {name}: {value}")?;
        }
    }
    writeln!(out, "\n{BOLD}From{PLAIN}")?;
    if let Some(title) = &c.title {
        writeln!(out, "  {title}")?;
    }
    let published = c.published.map(|d| d.to_string());
    let facts: Vec<&str> = [c.publisher.as_deref(), published.as_deref(), c.url.as_deref(), c.report_id.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    writeln!(out, "  {}", facts.join(", "))?;
    source(out, &shown.source)?;
    if let Some(run) = &shown.run {
        about_run(out, run)?;
    }
    Ok(())
}

fn source(out: &mut dyn Write, source: &(Option<String>, Option<i64>)) -> Result<()> {
    if let (Some(path), line) = source {
        let line = line.map(|l| format!(":{l}")).unwrap_or_default();
        writeln!(out, "  read from {path}{line}")?;
    }
    Ok(())
}

fn about_run(out: &mut dyn Write, run: &Run) -> Result<()> {
    let m = &run.means;
    let ended = run.finished.as_deref().unwrap_or("not to its end");
    writeln!(
        out,
        "  run {} ({}, {} to {ended}): forewarn {}, model {}, codebook {}, gazetteer {}",
        run.run.0, run.kind, run.started, m.program, m.model, m.codebook, m.gazetteer
    )?;
    Ok(())
}

fn incident(out: &mut dyn Write, shown: &IncidentShown) -> Result<()> {
    listing::incident(out, &shown.incident)?;
    let record = &shown.record;
    if record.accounts.len() > 1 || record.disputed_actor {
        writeln!(out, "\n{BOLD}Who did it{PLAIN}")?;
        for account in &record.accounts {
            let said = if account.said_by.is_empty() { "nobody named".to_owned() } else { account.said_by.join(", ") };
            writeln!(out, "  \"{}\"  by {said} ({} claims)", account.party.text, account.claims.len())?;
        }
    }
    if !record.counts.is_empty() {
        writeln!(out, "\n{BOLD}Numbers{PLAIN}")?;
        for tally in &record.counts {
            let range = CountRange { low: tally.low, best: tally.best, high: tally.high };
            writeln!(out, "  {} {}", tally.what, number(range))?;
            for said in &tally.said {
                let range = CountRange { low: said.low, best: said.best, high: said.high };
                let day = said.published.map(|d| format!("{d} ")).unwrap_or_default();
                let by = if said.said_by.is_empty() { String::new() } else { format!(" {}", said.said_by.join(", ")) };
                let old = if said.superseded { " (since replaced)" } else { "" };
                let who = if said.who.is_empty() { String::new() } else { format!(" {}", said.who) };
                writeln!(out, "    {DIM}{day}{}{who}:{by}{old}  {}{PLAIN}", number(range), said.claim_id)?;
            }
        }
    }
    writeln!(out, "\n{BOLD}Accounts{PLAIN}")?;
    for member in &record.members {
        let row = shown.claims.iter().find(|c| c.claim_id == member.claim_id.as_str());
        let words = row.and_then(|r| r.evidence.as_deref()).unwrap_or("");
        let published = row.and_then(|r| r.published).map(|d| format!(" {d}")).unwrap_or_default();
        let publisher = row.and_then(|r| r.publisher.as_deref()).unwrap_or(&member.report_id);
        writeln!(out, "  {}  {publisher}{published}  {DIM}{}{PLAIN}", member.role.as_str(), member.claim_id)?;
        writeln!(out, "    \"{words}\"")?;
        for voice in row.iter().flat_map(|r| &r.attribution) {
            writeln!(out, "    on the word of {} ({})", voice.text, voice.stance)?;
        }
        if let Some(to) = &member.merged_to {
            let reasons: Vec<String> = member
                .reasons
                .iter()
                .map(|r| format!("{} {:+.1}{}", r.what, r.weight, shown_words(&r.words)))
                .collect();
            writeln!(out, "    {DIM}with {to} ({:.2}): {}{PLAIN}", member.score, reasons.join(", "))?;
        }
    }
    Ok(())
}

fn shown_words(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(" ({words})") }
}

fn report(out: &mut dyn Write, shown: &ReportShown) -> Result<()> {
    let facts: Vec<&str> =
        [shown.publisher.as_deref(), shown.published.as_deref(), shown.url.as_deref(), shown.language.as_deref()]
            .into_iter()
            .flatten()
            .collect();
    writeln!(out, "{BOLD}{}{PLAIN}  {}", shown.report_id, facts.join(", "))?;
    source(out, &shown.source)?;
    writeln!(out, "\n{}\n", shown.text)?;
    for row in &shown.claims {
        listing::event(out, row)?;
    }
    Ok(())
}
