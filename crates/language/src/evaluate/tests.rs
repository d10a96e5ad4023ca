//! Annotated trees: read, refused, and scored against the engine's own.

use super::*;
use crate::{Model, NameKind, sample};

const TREES: &str = "\
# newdoc id = a
# sent_id = a-1
# newpar
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
1\tDo\tdo\tAUX\tVBP\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\t.\t.\tPUNCT\t.\t_\t0\troot\t_\t_

# sent_id = a-2
1\tGeneral\tgeneral\tPROPN\tNNP\t_\t2\tnmod:desc\t_\t_
2\tLee\tLee\tPROPN\tNNP\t_\t0\troot\t_\tSpaceAfter=No
2.1\tx\tx\tX\tX\t_\t_\t_\t_\t_

# sent_id = a-3
# newpar
1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_
";

const NAMES: &str = "\
# sent_id = a-2
1\tGeneralLee\tB-PER\t-\t-

# sent_id = a-3
1\tGo\tI-LOC\t-\t-
";

#[test]
fn reads_trees_and_rebuilds_their_text() {
    let gold = read_conllu(TREES).expect("well-formed CoNLL-U");
    let (text, spans) = raw_text(&gold);
    assert_eq!(text, "Don't. General Lee\n\nGo ");
    let blocks: Vec<_> = paragraphs(&gold, &spans).iter().map(|b| b.slice(&text)).collect();
    assert_eq!(blocks, ["Don't. General Lee", "Go"]);
    assert_eq!(gold[1].words[0].head, Some(1));
    assert_eq!(gold[1].words[1].head, None);
}

#[test]
fn carries_names_over() {
    let mut gold = read_conllu(TREES).expect("well-formed CoNLL-U");
    add_names(&mut gold, &read_iob2(NAMES).expect("well-formed iob2"));
    assert_eq!(gold[0].names, None);
    assert_eq!(gold[1].names, Some(vec![Name { first: 0, end: 2, kind: NameKind::Person }]));
    assert_eq!(gold[2].names, Some(vec![Name { first: 0, end: 1, kind: NameKind::Location }]));
}

#[test]
fn refuses_what_is_no_tree() {
    let error = |text: &str| read_conllu(text).expect_err("not CoNLL-U").to_string();
    assert_eq!(error("# x\n1\ta"), "line 2: 2 columns, not 10");
    assert_eq!(error("1\ta\ta\tX\tX\t_\tx\tdep\t_\t_"), "line 1: `x` is no number");
    assert_eq!(error("2\ta\ta\tX\tX\t_\t0\tdep\t_\t_"), "line 1: word 2 follows word 0");
    assert_eq!(error("1\ta\ta\tX\tX\t_\t5\tdep\t_\t_"), "line 1: the head of `a` is past the sentence's end");
}

#[test]
fn an_engine_agrees_with_itself() {
    let engine = Engine::new(Model::from_bytes(&sample::model()).expect("the sample is well formed"));
    let text = "Troops left the village on Sunday. They came back.";
    let parsed = engine.analyse(text, &[Span::from_range(0..text.len())]);
    let labels = engine.model().xpos_labels();
    let gold: Vec<Gold> = parsed
        .iter()
        .map(|s| Gold {
            id: String::new(),
            starts_paragraph: false,
            names: Some(s.names.clone()),
            words: s
                .tokens
                .iter()
                .map(|t| GoldWord {
                    form: t.span.slice(text).to_owned(),
                    lemma: t.lemma.to_string(),
                    upos: Some(t.upos),
                    xpos: labels[usize::from(t.xpos)].clone(),
                    head: t.head.map(usize::from),
                    rel: t.rel,
                    space_after: text[t.span.end as usize..].starts_with(' '),
                })
                .collect(),
        })
        .collect();
    let scores = on_gold_words(&engine, &gold);
    for score in [scores.uas, scores.las, scores.upos, scores.xpos, scores.lemma] {
        assert!((score - 100.0).abs() < 1e-9);
    }
    assert_eq!(scores.names.found, scores.names.both);
    let scores = on_raw_text(&engine, &gold);
    for counts in [scores.words, scores.sentences, scores.upos, scores.lemma, scores.uas, scores.las] {
        assert_eq!((counts.found, counts.gold), (counts.both, counts.both));
    }
}
