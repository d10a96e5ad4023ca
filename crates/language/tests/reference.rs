//! The engine says what the int8 emulation in Python says (`python -m training.reference` wrote the file).
#![cfg(feature = "embedded")]

use forewarn_language::evaluate::name_tags;
use forewarn_language::{Engine, Feats, Model, Rel, Sub};
use serde_json::Value;

fn strings<'v>(sentence: &'v Value, key: &str) -> Vec<&'v str> {
    let list = sentence[key].as_array().expect("the reference has this list");
    list.iter().map(|v| v.as_str().expect("a list of strings")).collect()
}

#[test]
fn agrees_with_the_emulation() {
    let reference: Value = serde_json::from_str(include_str!("reference.json")).expect("the reference is JSON");
    let engine = Engine::new(Model::embedded().expect("the embedded model is well formed"));
    let labels = engine.model().xpos_labels();
    for expected in reference["sentences"].as_array().expect("a list of sentences") {
        let forms = strings(expected, "tokens");
        let sentence = engine.parse_forms(&forms);
        let tokens = &sentence.tokens;
        let upos: Vec<_> = tokens.iter().map(|t| t.upos.as_ud()).collect();
        assert_eq!(upos, strings(expected, "upos"), "{forms:?}");
        let xpos: Vec<_> = tokens.iter().map(|t| labels[usize::from(t.xpos)].as_str()).collect();
        assert_eq!(xpos, strings(expected, "xpos"), "{forms:?}");
        let feats: Vec<_> = strings(expected, "feats").into_iter().map(Feats::from_ud).collect();
        assert_eq!(tokens.iter().map(|t| t.feats).collect::<Vec<_>>(), feats, "{forms:?}");
        let lemmas: Vec<_> = tokens.iter().map(|t| t.lemma.as_str()).collect();
        assert_eq!(lemmas, strings(expected, "lemma"), "{forms:?}");
        let heads: Vec<_> = tokens.iter().map(|t| t.head.map_or(0, |h| u64::from(h) + 1)).collect();
        let expected_heads = expected["head"].as_array().expect("a list of heads");
        assert_eq!(
            heads,
            expected_heads.iter().map(|h| h.as_u64().expect("a number")).collect::<Vec<_>>(),
            "{forms:?}"
        );
        for ((token, name), head) in tokens.iter().zip(strings(expected, "deprel")).zip(&heads) {
            // The engine calls the root's relation `root` and no other one, whatever scores best.
            if *head != 0 && name != "root" {
                assert_eq!((token.rel, token.sub), (Rel::from_ud(name), Sub::from_ud(name)), "{forms:?}");
            }
        }
        assert_eq!(name_tags(&sentence), strings(expected, "ner"), "{forms:?}");
    }
}
