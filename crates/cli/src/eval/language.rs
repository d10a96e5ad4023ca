//! The language engine on UD English EWT's development part: gold words, and raw text.

use std::path::Path;

use anyhow::{Context, Result};
use forewarn_language::evaluate;

use super::measure::Figures;
use crate::pipeline::Pipeline;

/// The figures and on how many sentences.
pub struct Scored {
    /// Sentences.
    pub sentences: usize,
    /// In percent.
    pub figures: Figures,
}

/// Scores the engine; none when the treebank is not there.
pub fn run(pipeline: &Pipeline, folder: &Path) -> Result<Option<Scored>> {
    let trees = folder.join("en_ewt-ud-dev.conllu");
    let names = folder.join("en_ewt-ud-dev.iob2");
    if !trees.is_file() || !names.is_file() {
        return Ok(None);
    }
    let read = |p: &Path| std::fs::read_to_string(p).with_context(|| p.display().to_string());
    let mut gold = evaluate::read_conllu(&read(&trees)?).with_context(|| trees.display().to_string())?;
    let layer = evaluate::read_iob2(&read(&names)?).with_context(|| names.display().to_string())?;
    evaluate::add_names(&mut gold, &layer);
    let on_words = evaluate::on_gold_words(&pipeline.engine, &gold);
    let raw = evaluate::on_raw_text(&pipeline.engine, &gold);
    let mut figures = Figures::default();
    for (name, value) in [
        ("words.LAS", on_words.las),
        ("words.UAS", on_words.uas),
        ("words.UPOS", on_words.upos),
        ("words.lemma", on_words.lemma),
        ("names.F1", on_words.names.f1()),
        ("raw.words.F1", raw.words.f1()),
        ("raw.sentences.F1", raw.sentences.f1()),
        ("raw.UPOS", raw.upos.f1()),
        ("raw.UAS", raw.uas.f1()),
        ("raw.LAS", raw.las.f1()),
    ] {
        figures.set(name, value);
    }
    Ok(Some(Scored { sentences: gold.len(), figures }))
}
