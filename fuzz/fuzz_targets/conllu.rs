//! Any text as CoNLL-U: refused with an error or read so that its words lie in the text rebuilt from them.
#![no_main]

use forewarn_language::evaluate::{raw_text, read_conllu};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(gold) = read_conllu(text) {
        let (text, spans) = raw_text(&gold);
        for (sentence, spans) in gold.iter().zip(&spans) {
            for (word, span) in sentence.words.iter().zip(spans) {
                assert_eq!(span.slice(&text), word.form);
            }
        }
    }
});
