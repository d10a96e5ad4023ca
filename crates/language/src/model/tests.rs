//! Reading of model files, whole and broken.

use proptest::prelude::*;

use crate::{Model, ModelError, sample};

#[test]
fn the_sample_is_read() {
    let model = Model::from_bytes(&sample::model()).expect("the sample is well formed");
    assert_eq!(model.xpos_labels(), ["NN", "VBD", "."]);
    assert_eq!(model.licence(), "none");
    assert_eq!(model.scores()["las"], 1.0);
}

/// Replaces text in the header by other text of the same length.
fn with(from: &str, to: &str) -> ModelError {
    assert_eq!(from.len(), to.len());
    let mut bytes = sample::model();
    let at = bytes.windows(from.len()).position(|w| w == from.as_bytes()).expect("the header has it");
    bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    Model::from_bytes(&bytes).expect_err("a broken file is refused")
}

#[test]
fn errors_name_what_is_wrong() {
    for (from, to, message) in [
        (
            "forewarn-student-1",
            "forewarn-student-9",
            "metadata `format`: `forewarn-student-9` is not `forewarn-student-1`",
        ),
        ("\"1,2,4\"", "\"1,0,4\"", "metadata `dilations`: `1,0,4` is no list of 1 to 32 numbers from 1 to 64"),
        ("\"licence\"", "\"Licence\"", "metadata `licence` is missing"),
        ("\"conv.1.weight", "\"konv.1.weight", "tensor `conv.1.weight` is missing"),
        ("norm.mix.bias", "norm.mix.biaz", "tensor `norm.mix.bias` is missing"),
        ("PROPN", "PROPX", "metadata `labels.upos`: `PROPX` is no universal part of speech"),
        ("B-ORG", "B-CAT", "metadata `labels.ner`: `I-ORG` has no `B-ORG`"),
        ("\\\"root\\\"", "\\\"boot\\\"", "metadata `labels.rel`: `root` is missing"),
        ("kosovo", "attack", "metadata `vector.words`: words 2 and 3 are the same"),
        ("|3|y", "|z|y", "metadata `labels.lemma`: `1|z|y` is no lemma rule"),
    ] {
        assert_eq!(with(from, to).to_string(), message);
    }
}

#[test]
fn no_bytes_and_no_file() {
    assert!(matches!(Model::from_bytes(&[]), Err(ModelError::File(_))));
    assert!(matches!(Model::from_bytes(b"not a model"), Err(ModelError::File(_))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn mutated_files_never_panic(
        cut in proptest::option::of(any::<prop::sample::Index>()),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>(), any::<u8>()), 0..8),
    ) {
        let mut bytes = SAMPLE.with(Vec::clone);
        // Most of the file is tables, which may hold anything: aim half of the edits at the header.
        let header = 8 + u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes")) as usize;
        for (at, in_header, value) in edits {
            let len = if in_header { header } else { bytes.len() };
            bytes[at.index(len)] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        if let Ok(model) = Model::from_bytes(&bytes) {
            let engine = crate::Engine::new(model);
            prop_assert_eq!(engine.parse_forms(&["Troops", "left", "Kosovo", "."]).tokens.len(), 4);
        }
    }
}

thread_local! {
    static SAMPLE: Vec<u8> = sample::model();
}
