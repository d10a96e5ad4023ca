//! The shipped model scores in Rust what its file says it scores.
#![cfg(feature = "embedded")]
#![allow(clippy::print_stdout)]

use std::path::Path;

use forewarn_language::evaluate::{add_names, on_gold_words, on_raw_text, read_conllu, read_iob2};
use forewarn_language::{Engine, Model};

#[test]
fn recorded_scores_are_reproduced() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/nlp");
    let read = |name: &str| std::fs::read_to_string(shared.join(name));
    let (Ok(trees), Ok(names)) = (read("en_ewt-ud-dev.conllu"), read("en_ewt-ud-dev.iob2")) else {
        println!("skipped: needs ../shared");
        return;
    };
    let mut gold = read_conllu(&trees).expect("the development trees are well formed");
    add_names(&mut gold, &read_iob2(&names).expect("the development names are well formed"));
    let engine = Engine::new(Model::embedded().expect("the embedded model is well formed"));

    let raw = on_raw_text(&engine, &gold);
    println!(
        "raw text: words {:.2} sentences {:.2} upos {:.2} lemma {:.2} uas {:.2} las {:.2} (F1)",
        raw.words.f1(),
        raw.sentences.f1(),
        raw.upos.f1(),
        raw.lemma.f1(),
        raw.uas.f1(),
        raw.las.f1()
    );
    let found = on_gold_words(&engine, &gold);
    let recorded = engine.model().scores();
    let pairs = [
        ("uas", found.uas),
        ("las", found.las),
        ("upos", found.upos),
        ("xpos", found.xpos),
        ("lemma", found.lemma),
        ("ner", found.names.f1()),
    ];
    for (name, score) in pairs {
        println!("gold words: {name} {score:.2}, recorded {}", recorded[name]);
    }
    for (name, score) in pairs {
        let expected = recorded[name].as_f64().expect("a recorded score is a number");
        assert!((score - expected).abs() <= 0.10, "{name}: {score:.2} here, {expected:.2} in the file");
    }
}
