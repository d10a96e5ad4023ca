//! Holds who-coding to a floor on the development phrases, where they are at hand (they are not part of the project).

use forewarn_codebook::actors::Actors;
use forewarn_coder::{Tree, who};
use forewarn_language::{Engine, Model};
use forewarn_report::Span;

#[test]
fn country_of_ninety_percent_of_the_phrases() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/gold/ngec_actor_tests.jsonl");
    let Ok(lines) = std::fs::read_to_string(path) else { return };
    let engine = Engine::new(Model::embedded().expect("the model is part of the program"));
    let actors = Actors::embedded().expect("the lexicon has no fault");
    let (mut right, mut all) = (0, 0);
    for line in lines.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON lines");
        let Some(gold) = line["gold"]["country"].as_str() else { continue };
        let text = line["text"].as_str().unwrap_or_default();
        let sentences = engine.analyse(text, &[Span::from_range(0..text.len())]);
        let party = sentences.first().and_then(|s| {
            let tree = Tree::new(text, s);
            let mentions = who::mentions(&actors, &tree, None);
            s.root().and_then(|r| who::party(&tree, &mentions, r, None))
        });
        let country = party.as_ref().and_then(|p| p.country.as_deref()).unwrap_or("");
        let body = gold == "UNO" && party.as_ref().is_some_and(|p| p.group.is_some() && p.country.is_none());
        all += 1;
        right += usize::from(country == gold || body);
    }
    assert!(right * 100 >= all * 90, "{right} of {all}");
}
