//! `--format marked`: the report's text with the coded words marked.

use std::io::Write;

use anyhow::Result;
use forewarn_coder::Coding;
use forewarn_language::Sentence;
use forewarn_report::{BlockKind, Report, Span};

use crate::table;

/// A role that words play, with its mark and its colour.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Event,
    Actor,
    Recipient,
    Voice,
    Place,
    Date,
    Number,
}

impl Role {
    fn mark(self) -> (&'static str, &'static str) {
        match self {
            Self::Event => ("EVENT", "\x1b[1;31m"),
            Self::Actor => ("ACTOR", "\x1b[1;34m"),
            Self::Recipient => ("RECIPIENT", "\x1b[1;35m"),
            Self::Voice => ("VOICE", "\x1b[36m"),
            Self::Place => ("PLACE", "\x1b[32m"),
            Self::Date => ("DATE", "\x1b[33m"),
            Self::Number => ("NUMBER", "\x1b[4m"),
        }
    }
}

/// Prints each block of the report with its sentences' coded words marked, and the claims under each sentence.
pub fn print(out: &mut dyn Write, report: &Report, sentences: &[Sentence], coding: &Coding) -> Result<()> {
    for (block_index, block) in report.blocks.iter().enumerate() {
        let (before, after) = match block.kind {
            BlockKind::Title => ("\x1b[1m# ", "\x1b[0m"),
            BlockKind::Subhead => ("\x1b[1m## ", "\x1b[0m"),
            BlockKind::Standfirst | BlockKind::Paragraph => ("", ""),
        };
        write!(out, "{before}")?;
        let mut reached = block.span.start;
        for (index, s) in sentences.iter().enumerate().filter(|(_, s)| s.block as usize == block_index) {
            let claims: Vec<_> = coding.claims.iter().filter(|c| c.sentence as usize == index).collect();
            let mut marks: Vec<(Span, Role)> = Vec::new();
            for c in &claims {
                marks.push((c.predicate.span, Role::Event));
                marks.extend(c.actor.iter().map(|p| (p.span, Role::Actor)));
                marks.extend(c.recipient.iter().map(|p| (p.span, Role::Recipient)));
                marks.extend(c.attribution.iter().filter_map(|v| v.span).map(|s| (s, Role::Voice)));
                marks.extend(c.place.iter().map(|p| (p.span, Role::Place)));
                marks.extend(c.date.iter().filter_map(|d| d.span).map(|s| (s, Role::Date)));
                marks.extend(c.counts.iter().map(|n| (n.span, Role::Number)));
            }
            // The dash behind a dateline is of no sentence.
            let between = Span::new(reached, s.span.start).slice(&report.text).trim();
            let gap = if between.is_empty() { "" } else { " " };
            reached = s.span.end;
            writeln!(out, "{between}{gap}{}{after}", marked(&report.text, s.span, marks))?;
            for c in claims {
                let mode = c.event_mode.as_ref().map(|m| format!("/{m}")).unwrap_or_default();
                let voices = c.attribution.iter().map(table::voice).collect::<Vec<_>>().join(" > ");
                let word = if voices.is_empty() { String::new() } else { format!("  on the word of: {voices}") };
                writeln!(
                    out,
                    "    \x1b[2m{}{mode} ({}): {} -> {}{word}\x1b[0m",
                    c.event_type,
                    c.factuality.as_str(),
                    table::parties(&c.actor),
                    table::parties(&c.recipient)
                )?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The words of `within` with `[ROLE words]` around the marked ones; of overlapping marks the first role wins.
fn marked(text: &str, within: Span, mut marks: Vec<(Span, Role)>) -> String {
    marks.retain(|(s, _)| s.start >= within.start && s.end <= within.end && s.start < s.end);
    marks.sort_by_key(|(s, r)| (*r, s.start, s.end));
    let mut kept: Vec<(Span, Role)> = Vec::new();
    for (s, r) in marks {
        if kept.iter().all(|(k, _)| s.end <= k.start || k.end <= s.start) {
            kept.push((s, r));
        }
    }
    kept.sort_by_key(|(s, _)| s.start);
    let mut out = String::new();
    let mut at = within.start as usize;
    for (s, r) in kept {
        let (name, colour) = r.mark();
        out.push_str(&text[at..s.start as usize]);
        out.extend([colour, "[", name, " ", s.slice(text), "]\x1b[0m"]);
        at = s.end as usize;
    }
    out.push_str(&text[at..within.end as usize]);
    out
}

#[cfg(test)]
mod tests {
    use super::{Role, marked};
    use forewarn_report::Span;

    #[test]
    fn marks_do_not_overlap() {
        let text = "Rebels shelled Goma.";
        let span = |a: usize, b: usize| Span::from_range(a..b);
        let out = marked(
            text,
            span(0, 20),
            vec![(span(15, 19), Role::Recipient), (span(15, 19), Role::Place), (span(7, 14), Role::Event)],
        );
        assert_eq!(out, "Rebels \x1b[1;31m[EVENT shelled]\x1b[0m \x1b[1;35m[RECIPIENT Goma]\x1b[0m.");
    }
}
