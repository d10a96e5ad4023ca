//! Prints the analysis of a text file, one block for each line, as CoNLL-U: `cargo run --example parse -- FILE`.
#![allow(clippy::print_stdout)]

use std::error::Error;

use forewarn_language::{Engine, Model};
use forewarn_report::Span;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: parse FILE")?;
    let text = std::fs::read_to_string(path)?;
    let engine = Engine::new(Model::embedded()?);
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        blocks.push(Span::from_range(at..at + line.len()));
        at += line.len();
    }
    for sentence in engine.analyse(&text, &blocks) {
        println!("# text = {}", sentence.span.slice(&text).replace('\n', " "));
        for name in &sentence.names {
            println!("# name = {}-{} {:?}", name.first + 1, name.end, name.kind);
        }
        for (i, token) in sentence.tokens.iter().enumerate() {
            let form = sentence.form(&text, i);
            let xpos = &engine.model().xpos_labels()[usize::from(token.xpos)];
            let head = token.head.map_or(0, |h| h + 1);
            let (upos, rel) = (token.upos.as_ud(), token.rel.as_ud());
            println!(
                "{}\t{form}\t{}\t{upos}\t{xpos}\t{:?}\t{head}\t{rel}\t{:?}\t_",
                i + 1,
                token.lemma,
                token.feats.0,
                token.sub
            );
        }
        println!();
    }
    Ok(())
}
