//! What must hold of any text: no panic, spans that slice to their words, the same claims every time.

use std::sync::LazyLock;

use forewarn_codebook::{Codebook, actors::Actors};
use forewarn_coder::{Claim, Coder};
use forewarn_language::{Engine, Model};
use forewarn_report::{Block, BlockKind, Report, Source, Span};
use proptest::prelude::*;

static TOOLS: LazyLock<(Engine, Coder)> = LazyLock::new(|| {
    let engine = Engine::new(Model::embedded().expect("the embedded model is sound"));
    let coder = Coder::new(Codebook::embedded().expect("no fault"), Actors::embedded().expect("no fault"));
    (engine, coder)
});

fn report(text: &str) -> Report {
    let lead = text.len() - text.trim_start().len();
    let end = lead + text.trim().len();
    Report {
        report_id: "p".to_owned(),
        url: None,
        text: text.to_owned(),
        blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::from_range(lead..end.max(lead)) }],
        publisher: Some("Example Wire".to_owned()),
        authors: Vec::new(),
        published: "2023-09-30".parse().ok(),
        language: Some("en".to_owned()),
        source: Source::default(),
        dropped: Vec::new(),
    }
}

fn code(text: &str) -> Vec<Claim> {
    let (engine, coder) = &*TOOLS;
    let report = report(text);
    let sentences = engine.analyse(&report.text, &[report.blocks[0].span]);
    coder.code(&report, &sentences).claims
}

fn check_spans(text: &str, claim: &Claim) {
    let same = |span: Span, words: &str| assert_eq!(span.slice(text), words);
    same(claim.predicate.span, &claim.predicate.text);
    for p in claim.actor.iter().chain(&claim.recipient) {
        same(p.span, &p.text);
    }
    for v in &claim.attribution {
        if let Some(s) = v.span {
            same(s, &v.text);
        }
    }
    if let Some(d) = &claim.date
        && let Some(s) = d.span
    {
        same(s, &d.text);
    }
    if let Some(p) = &claim.place {
        same(p.span, &p.text);
    }
    for c in &claim.counts {
        same(c.span, &c.text);
        if let (Some(l), Some(h)) = (c.low, c.high) {
            assert!(l <= h, "{c:?}");
        }
    }
    assert!((0.0..=1.0).contains(&claim.confidence));
    assert!((1..=4).contains(&claim.quad_class));
    assert!((-10.0..=10.0).contains(&claim.goldstein));
}

/// Sentences made of pieces that news is made of, so that claims come out often.
fn newslike() -> impl Strategy<Value = String> {
    let who = prop::sample::select(vec![
        "Serbian President Aleksandar Vucic",
        "Gunmen",
        "the Malian army",
        "Two police officers",
        "NATO",
        "He",
        "We",
        "Kosovo",
        "rebels in the north",
        "some 30 heavily armed Serbs",
        "The aggressors",
        "Ukraine's",
        "“Witnesses”",
    ]);
    let verb = prop::sample::select(vec![
        "attacked",
        "denied that it had shelled",
        "agreed to meet",
        "called on",
        "was killed by",
        "carried out an attack on",
        "will not send troops to",
        "accused",
        "killed 3–5",
        "may withdraw from",
        "told Reuters it had bombed",
    ]);
    let whom = prop::sample::select(vec![
        "a village near Goma",
        "Serbia",
        "at least 40 civilians",
        "the European Union",
        "them",
        "Kyiv’s forces in Kherson",
        "the opposition leader",
        "Türkiye",
        "three attackers and a police officer",
    ]);
    let end = prop::sample::select(vec![
        " on Monday.",
        " last week, officials said.",
        ", according to Reuters.",
        "?",
        " in 1999—",
        "!",
        " (AFP)",
        ": “No.”",
        "",
    ]);
    prop::collection::vec((who, verb, whom, end), 1..5)
        .prop_map(|parts| parts.into_iter().flat_map(|(a, b, c, d)| [a, " ", b, " ", c, d, " "]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn news_like_text_gives_sound_claims(text in newslike()) {
        let claims = code(&text);
        for c in &claims {
            check_spans(&text, c);
        }
        prop_assert_eq!(&claims, &code(&text));
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,200}") {
        for c in &code(&text) {
            check_spans(&text, c);
        }
    }
}

#[test]
fn ids_are_unique_within_a_report() {
    let text = "Gunmen attacked a village near Goma on Monday. Gunmen attacked a village near Goma on Monday.";
    let claims = code(text);
    let mut ids: Vec<&str> = claims.iter().map(|c| c.claim_id.as_str()).collect();
    ids.sort_unstable();
    let n = ids.len();
    ids.dedup();
    assert!(n >= 2 && ids.len() == n, "{ids:?}");
}

#[test]
fn letters_that_grow_in_small_letters_are_survived() {
    assert_eq!(code("Ⱥ_Ƛփ said on Ⱥ-Ƛփ.").len(), code("Ⱥ_Ƛփ said on Ⱥ-Ƛփ.").len());
}
