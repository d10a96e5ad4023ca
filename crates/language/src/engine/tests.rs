//! The engine on texts of ours and on random ones, with the small sample model.

use forewarn_report::Span;
use proptest::prelude::*;

use super::Engine;
use crate::{Kernel, Model, Rel, Sentence, sample};

const WORDS: [&str; 14] = [
    "Troops",
    "attacked",
    "the",
    "village",
    "of",
    "Banjska",
    ",",
    "killing",
    "3",
    "policemen",
    "on",
    "Sunday",
    ".",
    "Δ",
];

fn engine(kernel: Kernel) -> Engine {
    Engine::with_kernel(Model::from_bytes(&sample::model()).expect("the sample is well formed"), kernel)
}

/// A text of words by number, with the spans of its sentences' words.
fn text_of(sentences: &[Vec<usize>]) -> (String, Vec<Vec<Span>>) {
    let mut text = String::new();
    let mut all = Vec::new();
    for sentence in sentences {
        let mut spans = Vec::new();
        for &word in sentence {
            let start = text.len();
            text.push_str(WORDS[word]);
            spans.push(Span::from_range(start..text.len()));
            text.push(' ');
        }
        all.push(spans);
    }
    (text, all)
}

fn sentences() -> impl Strategy<Value = Vec<Vec<usize>>> {
    proptest::collection::vec(proptest::collection::vec(0..WORDS.len(), 0..40), 0..30)
}

fn one_by_one(engine: &Engine, text: &str, sentences: &[Vec<Span>]) -> Vec<Sentence> {
    sentences.iter().map(|words| engine.parse_tokens(text, words.clone())).collect()
}

fn assert_tree(sentence: &Sentence) {
    let tokens = &sentence.tokens;
    assert_eq!(tokens.iter().filter(|t| t.head.is_none()).count(), usize::from(!tokens.is_empty()));
    for (i, token) in tokens.iter().enumerate() {
        assert_eq!(token.rel == Rel::Root, token.head.is_none());
        let mut at = i;
        for _ in 0..tokens.len() {
            at = tokens[at].head.map_or(at, usize::from);
        }
        assert!(tokens[at].head.is_none(), "token {i} does not lead to the root");
    }
    for pair in sentence.names.windows(2) {
        assert!(pair[0].end <= pair[1].first);
    }
    assert!(sentence.names.iter().all(|n| n.first < n.end && usize::from(n.end) <= tokens.len()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn batches_kernels_and_history_change_nothing(sentences in sentences()) {
        let (text, spans) = text_of(&sentences);
        let slow = engine(Kernel::available()[0]);
        let expected = one_by_one(&slow, &text, &spans);
        expected.iter().for_each(assert_tree);
        for kernel in Kernel::available() {
            let engine = engine(kernel);
            prop_assert_eq!(&engine.parse_sentences(&text, &spans), &expected);
            prop_assert_eq!(&engine.parse_sentences(&text, &spans), &expected);
        }
    }
}

#[test]
fn threads_share_an_engine() {
    let (text, spans) =
        text_of(&(0..40).map(|i| (0..25).map(|k| (i * k + i) % WORDS.len()).collect()).collect::<Vec<_>>());
    let engine = engine(Kernel::best());
    let expected = engine.parse_sentences(&text, &spans);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(engine.parse_sentences(&text, &spans), expected));
        }
    });
}

#[test]
fn a_long_sentence_becomes_one_tree() {
    let engine = engine(Kernel::best());
    let forms: Vec<&str> = (0..1000).map(|i| WORDS[i * 7 % WORDS.len()]).collect();
    let sentence = engine.parse_forms(&forms);
    assert_eq!(sentence.tokens.len(), 1000);
    assert_tree(&sentence);
}

#[test]
fn nothing_gives_nothing() {
    let engine = engine(Kernel::best());
    assert!(engine.parse_forms(&[]).tokens.is_empty());
    assert!(engine.analyse("", &[]).is_empty());
    assert!(engine.analyse("", &[Span::new(0, 0)]).is_empty());
    assert!(engine.analyse("abc", &[Span::new(1, 9)]).is_empty());
    assert!(engine.analyse("Δ", &[Span::new(1, 2)]).is_empty());
}

#[test]
fn spans_of_forms_count_in_their_join() {
    let sentence = engine(Kernel::best()).parse_forms(&["Troops", "", "left", "."]);
    let spans: Vec<_> = sentence.tokens.iter().map(|t| t.span).collect();
    assert_eq!(spans, [Span::new(0, 6), Span::new(7, 7), Span::new(8, 12), Span::new(13, 14)]);
    assert_eq!(sentence.span, Span::new(0, 14));
}
