//! A report's sentences, as the coder wants them.

use forewarn_language::{Engine, Sentence};
use forewarn_report::{Report, Span};

/// Analyses a report's blocks into sentences, each with the index of its block in [`Report::blocks`]. A dateline is read
/// apart from the sentence it stands before, which it would otherwise garble.
pub fn sentences(engine: &Engine, report: &Report) -> Vec<Sentence> {
    let pieces = report.readable();
    let spans: Vec<Span> = pieces.iter().map(|&(_, span)| span).collect();
    let mut sentences = engine.analyse(&report.text, &spans);
    for sentence in &mut sentences {
        sentence.block = pieces[sentence.block as usize].0;
    }
    sentences
}
