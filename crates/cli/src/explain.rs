//! `--explain`: for every sentence the tree, what matched, and where nothing did, why.

use std::io::Write;

use anyhow::Result;
use forewarn_coder::Coding;
use forewarn_language::{NameKind, Sentence};
use forewarn_report::Report;

use crate::table;

/// Prints the working for one report.
pub fn print(out: &mut dyn Write, report: &Report, sentences: &[Sentence], coding: &Coding) -> Result<()> {
    writeln!(out, "# {}", report.title().unwrap_or(&report.report_id))?;
    for d in &report.dropped {
        writeln!(out, "left out: {:?} ({})", d.text, d.why)?;
    }
    for (index, sentence) in sentences.iter().enumerate() {
        writeln!(out, "\n## [{index}] {}", sentence.span.slice(&report.text))?;
        for (i, t) in sentence.tokens.iter().enumerate() {
            let head = t.head.map_or(0, |h| h + 1);
            let name =
                sentence.names.iter().find(|n| (n.first as usize..n.end as usize).contains(&i)).map_or("", |n| match n
                    .kind
                {
                    NameKind::Person => "PER",
                    NameKind::Organisation => "ORG",
                    NameKind::Location => "LOC",
                });
            let (number, form, upos, rel) = (i + 1, sentence.form(&report.text, i), t.upos.as_ud(), t.rel.as_ud());
            writeln!(out, "{number:>4}  {form:<18} {:<18} {upos:<6} {head:>3} {rel:<10} {name}", t.lemma)?;
        }
        let mut any = false;
        for claim in coding.claims.iter().filter(|c| c.sentence as usize == index) {
            any = true;
            writeln!(
                out,
                "  => {} {} by {} | {} -> {} | confidence {:.2}",
                claim.event_type,
                claim.factuality.as_str(),
                claim.rule,
                table::parties(&claim.actor),
                table::parties(&claim.recipient),
                claim.confidence
            )?;
            for p in claim.actor.iter().chain(&claim.recipient) {
                writeln!(out, "       party {:?} by {}", p.text, p.rule)?;
            }
            for v in &claim.attribution {
                writeln!(out, "       voice {} by {}", table::voice(v), v.rule)?;
            }
            if let Some(d) = &claim.date {
                writeln!(out, "       date {:?} by {}", d.text, d.rule)?;
            }
            if let Some(p) = &claim.place {
                writeln!(out, "       place {:?} by {}", p.text, p.rule)?;
            }
            for c in &claim.counts {
                writeln!(out, "       number {} from {:?} by {}", table::count(c), c.text, c.rule)?;
            }
        }
        for d in coding.diagnostics.iter().filter(|d| d.sentence as usize == index) {
            writeln!(out, "  {} [{}] {}", if any { "also" } else { "no event" }, d.code, d.message)?;
        }
    }
    Ok(())
}
