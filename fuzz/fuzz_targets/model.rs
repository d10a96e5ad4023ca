//! Any bytes as a model file: refused with an error or usable, never a panic.
#![no_main]

use forewarn_language::{Engine, Model};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(model) = Model::from_bytes(bytes) {
        let sentence = Engine::new(model).parse_forms(&["Troops", "left", "Kosovo", "."]);
        assert_eq!(sentence.tokens.len(), 4);
    }
});
