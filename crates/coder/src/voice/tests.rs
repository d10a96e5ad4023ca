//! Who says what, on small trees written by hand.

use super::{attributions, voices_of};
use crate::test_tree::parsed;

/// Voices of a table as `source | kind stance | content`; Reuters is a medium.
fn read(table: &str) -> Vec<String> {
    let report = parsed(table);
    let trees = report.trees();
    attributions(&trees, &|s, t| trees[s].form(t) == "Reuters")
        .iter()
        .filter(|a| a.kind.is_some())
        .map(|a| {
            let content: Vec<&str> = a.content.iter().map(|c| c.slice(&report.text)).collect();
            let kind = a.kind.map_or(String::new(), |k| format!("{k:?}"));
            format!(
                "{} | {kind} {:?} | {}",
                a.source_span.map_or("", |s| s.slice(&report.text)),
                a.stance,
                content.join(" … ")
            )
        })
        .collect()
}

#[test]
fn a_medium_reports_and_a_speaker_claims() {
    let table = "Ruritania _ PROPN 2 nsubj\nattacked attack VERB 0 root Tense=Past\nthe _ DET 4 det\nport~ _ NOUN 2 obj\n, _ PUNCT 2 punct\n\
                 Reuters _ PROPN 7 nsubj\nreported~ report VERB 2 parataxis Tense=Past\n. _ PUNCT 2 punct";
    assert_eq!(read(table), ["Reuters | Publisher Reports | Ruritania attacked the port"]);
    let table = "Officials official NOUN 2 nsubj Number=Plur\nsaid say VERB 0 root Tense=Past\nthat _ SCONJ 5 mark\n\
                 gunmen gunman NOUN 5 nsubj\nfled~ flee VERB 2 ccomp Tense=Past\n. _ PUNCT 2 punct";
    assert_eq!(read(table), ["Officials | Unnamed Claims | that gunmen fled"]);
}

#[test]
fn the_medium_that_was_told_stands_outside() {
    let table = "“~ _ PUNCT 4 punct\nWe _ PRON 4 nsubj\nwill _ AUX 4 aux\nhold _ VERB 9 ccomp\non~ _ ADP 4 compound:prt\n,~ _ PUNCT 4 punct\n\
                 ” _ PUNCT 4 punct\nMarić _ PROPN 9 nsubj\ntold tell VERB 0 root Tense=Past\nReuters~ _ PROPN 9 obj\n. _ PUNCT 9 punct\n\n\
                 “~ _ PUNCT 3 punct\nThey _ PRON 3 nsubj\nknow _ VERB 0 root\nit~ _ PRON 3 obj\n.~ _ PUNCT 3 punct\n” _ PUNCT 3 punct";
    let report = parsed(table);
    let mut sentences = report.sentences.clone();
    sentences[1].block = sentences[0].block;
    let trees: Vec<crate::Tree> = sentences.iter().map(|s| crate::Tree::new(&report.text, s)).collect();
    let found = attributions(&trees, &|s, t| trees[s].form(t) == "Reuters");
    let chain = |sentence: usize, token: usize| -> Vec<&str> {
        let voices = voices_of(&found, &trees[sentence], sentence, token);
        voices.iter().filter_map(|a| a.source_span).map(|s| s.slice(&report.text)).collect()
    };
    assert_eq!(chain(0, 3), ["Reuters", "Marić"]);
    assert_eq!(chain(1, 2), ["Reuters", "Marić"]);
    assert!(chain(0, 8).is_empty());
}

#[test]
fn fixed_phrases() {
    let table = "Shells shell NOUN 2 nsubj\nfell~ fall VERB 0 root Tense=Past\n, _ PUNCT 2 punct\naccording accord VERB 7 case\nto _ ADP 4 fixed\n\
                 the _ DET 7 det\narmy~ _ NOUN 2 obl\n. _ PUNCT 2 punct";
    assert_eq!(read(table), ["the army | Speaker Claims | Shells fell"]);
    let table = "Maquis _ PROPN 2 nsubj\nclaimed claim VERB 0 root Tense=Past\nresponsibility _ NOUN 2 obj\nfor _ ADP 6 case\nthe _ DET 6 det\n\
                 blast~ _ NOUN 3 nmod\n. _ PUNCT 2 punct";
    assert_eq!(read(table), ["Maquis | Speaker ClaimsResponsibility | for the blast"]);
    let table =
        "Gunmen gunman NOUN 3 nsubj\nreportedly _ ADV 3 advmod\nfled~ flee VERB 0 root Tense=Past\n. _ PUNCT 3 punct";
    assert_eq!(read(table), [" | Unnamed Reports | Gunmen … fled"]);
    let table = "Marić~ _ PROPN 0 root\n: _ PUNCT 1 punct\nno _ DET 4 det\ntroops troop NOUN 1 parataxis";
    assert_eq!(read(table), ["Marić | Speaker Claims | no troops"]);
}

#[test]
fn the_order_of_words_mends_the_tree() {
    // The tree takes the relative clause for what is said.
    let table = "Marić~ _ PROPN 7 nsubj\n, _ PUNCT 4 punct\nwho _ PRON 4 nsubj\nled lead VERB 7 ccomp Tense=Past|VerbForm=Fin\nit~ _ PRON 4 obj\n\
                 , _ PUNCT 4 punct\nsaid say VERB 0 root Tense=Past|VerbForm=Fin\ngunmen gunman NOUN 9 nsubj Number=Plur\n\
                 fled~ flee VERB 7 conj Tense=Past|VerbForm=Fin\n. _ PUNCT 7 punct";
    assert_eq!(read(table), ["Marić | Speaker Claims | gunmen fled"]);
}

#[test]
fn wishes_are_no_voices() {
    let table = "Ruritania _ PROPN 2 nsubj\nwants want VERB 0 root Tense=Pres\nto _ PART 4 mark\nleave _ VERB 2 xcomp VerbForm=Inf";
    assert!(read(table).is_empty());
    let report = parsed(table);
    let trees = report.trees();
    assert_eq!(attributions(&trees, &|_, _| false).len(), 1);
}
