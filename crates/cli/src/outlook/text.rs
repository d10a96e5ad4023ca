//! Answers as lines for people.

use std::io::Write;

use anyhow::Result;

use forewarn_answer::text::{driver, happened, headline, moves, rests, said_of};
use forewarn_answer::{Answer, Evidence};

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// Prints an answer.
pub fn print(out: &mut dyn Write, answer: &Answer) -> Result<()> {
    let [a, b] = &answer.parties;
    writeln!(
        out,
        "{BOLD}{} and {}{PLAIN} ({}, {}), as of {}, {}",
        a.name, b.name, a.code, b.code, answer.as_of, answer.as_of_why
    )?;
    for caution in &answer.cautions {
        writeln!(out, "{BOLD}!{PLAIN} {caution}")?;
    }
    writeln!(out)?;
    for line in headline(answer) {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "\n{BOLD}How it has moved{PLAIN}")?;
    for line in moves(answer) {
        writeln!(out, "  {line}")?;
    }
    if !answer.raises.is_empty() || !answer.lowers.is_empty() {
        writeln!(
            out,
            "\n{BOLD}What drives it{PLAIN} (factor on the odds, against the mean of situations learnt from)"
        )?;
        for mover in answer.raises.iter().chain(&answer.lowers) {
            writeln!(out, "  {}", driver(mover))?;
        }
    }
    section(out, "What moved it", "share of the present rate of force; association, not cause", &answer.moved)?;
    section(out, "Around the two", "not between them, so not counted between them", &answer.around)?;
    writeln!(out, "\n{BOLD}Denied, disavowed, disputed{PLAIN} (counts as nothing that happened)")?;
    if answer.disputed.is_empty() {
        writeln!(out, "  nothing in the record of the last year")?;
    }
    for statement in &answer.disputed {
        writeln!(out, "  {}", said_of(statement))?;
        quoted(out, statement.told.sentence.as_deref(), &statement.told.whence(), &statement.told.voices)?;
    }
    section(out, "What speaks against", "cooperation of the last 90 days", &answer.against)?;
    if answer.against.is_empty() {
        let more = if answer.lowers.is_empty() { "" } else { " beyond what lowers it above" };
        writeln!(out, "\n{BOLD}What speaks against{PLAIN}\n  no cooperation on record in the last 90 days{more}")?;
    }
    writeln!(out, "\n{BOLD}What it rests on{PLAIN}")?;
    for line in rests(answer) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

/// A section of evidence; nothing where there is none.
fn section(out: &mut dyn Write, title: &str, remark: &str, list: &[Evidence]) -> Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{BOLD}{title}{PLAIN} ({remark})")?;
    for e in list {
        writeln!(out, "  {}", happened(e))?;
        match &e.told {
            Some(told) => {
                let whence = format!("{}, incident {}", told.whence(), e.incident_id);
                quoted(out, told.sentence.as_deref(), &whence, &told.voices)?;
            }
            None => writeln!(out, "      {DIM}incident {}{PLAIN}", e.incident_id)?,
        }
    }
    Ok(())
}

fn quoted(out: &mut dyn Write, sentence: Option<&str>, whence: &str, voices: &[String]) -> Result<()> {
    if let Some(sentence) = sentence {
        writeln!(out, "      \"{sentence}\"")?;
    }
    if !voices.is_empty() {
        writeln!(out, "      on the word of {}", voices.join(" > "))?;
    }
    writeln!(out, "      {DIM}{whence}{PLAIN}")?;
    Ok(())
}

/// Prints an answer about one party.
pub fn country(out: &mut dyn Write, answer: &forewarn_answer::country::Answer) -> Result<()> {
    writeln!(out, "{} ({}), as of {}, {}", answer.party.name, answer.party.code, answer.as_of, answer.as_of_why)?;
    for caution in &answer.cautions {
        writeln!(out, "! {caution}")?;
    }
    if answer.pairs.is_empty() {
        writeln!(out)?;
    } else {
        writeln!(out, "\nProbability of {}, with 90 % interval:", answer.outcome)?;
    }
    for pair in answer.pairs.iter().take(15) {
        writeln!(out, "  {}", forewarn_answer::country::line(pair))?;
    }
    for sentence in forewarn_answer::country::sentences(answer) {
        writeln!(out, "{sentence}")?;
    }
    section(out, "Late force", "it took part in, or that happened there", &answer.force)?;
    writeln!(out, "\nReports of the last year: {}. Model: {}.", answer.reports_365, answer.model)?;
    Ok(())
}
