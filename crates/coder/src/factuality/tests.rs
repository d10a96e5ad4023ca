//! What is said to have happened, on small trees written by hand.

use super::{compose, factuality};
use crate::claim::Factuality::{self, Announced, Asserted, Background, Denied, Disavowed, Hypothetical, Negated};
use crate::test_tree::parsed;
use crate::times;

/// The reading of `word` in a one-sentence table, on a report of 10 May 2023.
fn reading(table: &str, word: &str) -> (Factuality, &'static str) {
    let report = parsed(table);
    let trees = report.trees();
    let published = Some(jiff::civil::date(2023, 5, 10));
    let dates = times::times(&trees, published);
    let at = (0..trees[0].len()).find(|&t| trees[0].form(t) == word).expect("the word stands in the sentence");
    let verdict = factuality(&trees[0], at, &[], published, &dates[0]);
    (verdict.factuality, verdict.rule)
}

#[test]
fn denials_of_deeds_and_of_plans() {
    let deed = "Rebels rebel NOUN 2 nsubj Number=Plur\ndenied deny VERB 0 root Tense=Past\nthat _ SCONJ 6 mark\nthey _ PRON 6 nsubj\n\
                had have AUX 6 aux\nshelled shell VERB 2 ccomp Tense=Past\nthe _ DET 8 det\ntown _ NOUN 6 obj";
    assert_eq!(reading(deed, "shelled"), (Denied, "denies"));
    let plan = "Ruritania _ PROPN 2 nsubj\ndenied deny VERB 0 root Tense=Past\nplans plan NOUN 2 obj Number=Plur\nto _ PART 5 mark\n\
                attack _ VERB 3 acl VerbForm=Inf";
    assert_eq!(reading(plan, "attack").0, Disavowed);
}

#[test]
fn no_plans_and_strikes_ruled_out() {
    let none = "Ruritania _ PROPN 2 nsubj\nhas have VERB 0 root Tense=Pres\nno _ DET 4 det\nplans plan NOUN 2 obj Number=Plur\n\
                to _ PART 6 mark\nsend _ VERB 4 acl VerbForm=Inf\ntroops troop NOUN 6 obj Number=Plur";
    assert_eq!(reading(none, "send").0, Disavowed);
    let ruled = "He _ PRON 2 nsubj\nruled rule VERB 0 root Tense=Past\nout _ ADP 2 compound:prt\na _ DET 5 det\nstrike _ NOUN 2 obj";
    assert_eq!(reading(ruled, "strike"), (Disavowed, "refuses"));
}

#[test]
fn reluctance_hung_on_the_verb() {
    let table = "He _ PRON 3 nsubj\nhas have AUX 3 aux\nreaffirmed reaffirm VERB 0 root Tense=Past\nhis _ PRON 5 nmod:poss\n\
                 reluctance _ NOUN 3 obl\nto _ PART 7 mark\nsend _ VERB 3 advcl VerbForm=Inf\ntroops troop NOUN 7 obj Number=Plur";
    assert_eq!(reading(table, "send"), (Disavowed, "refuses"));
}

#[test]
fn futures_conditions_and_fears() {
    let will = "Ruritania _ PROPN 3 nsubj\nwill _ AUX 3 aux\nattack _ VERB 0 root VerbForm=Inf";
    assert_eq!(reading(will, "attack"), (Announced, "future"));
    let will_not =
        "Ruritania _ PROPN 4 nsubj\nwill _ AUX 4 aux\nnot _ PART 4 advmod\nattack _ VERB 0 root VerbForm=Inf";
    assert_eq!(reading(will_not, "attack"), (Disavowed, "will-not"));
    let fears =
        "Fears fear NOUN 2 nsubj Number=Plur\ngrew grow VERB 0 root Tense=Past\nof _ ADP 4 case\nwar _ NOUN 1 nmod";
    assert_eq!(reading(fears, "war"), (Hypothetical, "wishes"));
    let condition = "If _ SCONJ 3 mark\nrebels rebel NOUN 3 nsubj\nattack _ VERB 6 advcl\n, _ PUNCT 3 punct\nwe _ PRON 6 nsubj\nleave _ VERB 0 root";
    assert_eq!(reading(condition, "attack").0, Hypothetical);
    let question = "Will _ AUX 3 aux\nrebels rebel NOUN 3 nsubj\nattack _ VERB 0 root\n? _ PUNCT 3 punct";
    assert_eq!(reading(question, "attack").0, Hypothetical);
}

#[test]
fn what_is_asserted_and_what_is_not() {
    let plain = "Rebels rebel NOUN 2 nsubj\nattacked attack VERB 0 root Tense=Past";
    assert_eq!(reading(plain, "attacked"), (Asserted, "plain"));
    let nobody = "No _ DET 2 det\nsoldiers soldier NOUN 4 nsubj:pass\nwere be AUX 4 aux:pass\nkilled kill VERB 0 root Tense=Past";
    assert_eq!(reading(nobody, "killed").0, Negated);
    let condemned = "They _ PRON 4 nsubj\ndid do AUX 4 aux\nnot _ PART 4 advmod\ncondemn _ VERB 0 root\nthe _ DET 6 det\nattack _ NOUN 4 obj";
    assert_eq!(reading(condemned, "attack"), (Asserted, "plain"));
    let failed = "Rebels rebel NOUN 2 nsubj\nfailed fail VERB 0 root Tense=Past\nto _ PART 4 mark\nadvance _ VERB 2 xcomp VerbForm=Inf";
    assert_eq!(reading(failed, "advance"), (Negated, "fails"));
}

#[test]
fn speech_shields_what_is_said() {
    let unsaid = "Generals general NOUN 2 nsubj Number=Plur\nrefused refuse VERB 0 root Tense=Past\nto _ PART 4 mark\nsay _ VERB 2 xcomp VerbForm=Inf\n\
                  that _ SCONJ 7 mark\nthey _ PRON 7 nsubj\nfled flee VERB 4 ccomp Tense=Past";
    assert_eq!(reading(unsaid, "fled").0, Hypothetical);
    assert_eq!(reading(unsaid, "say").0, Disavowed);
    let claims = "Ruritania _ PROPN 2 nsubj\nrejected reject VERB 0 root Tense=Past\nclaims claim NOUN 2 obj Number=Plur\nthat _ SCONJ 6 mark\n\
                  it _ PRON 6 nsubj\nfled flee VERB 3 acl Tense=Past";
    assert_eq!(reading(claims, "fled"), (Denied, "denies"));
    let order = "He _ PRON 2 nsubj\nordered order VERB 0 root Tense=Past\nthe _ DET 4 det\nnavy _ NOUN 2 obj\nto _ PART 6 mark\nfire _ VERB 4 acl VerbForm=Inf";
    assert_eq!(reading(order, "fire").0, Announced);
}

#[test]
fn history_by_its_year() {
    let table = "The _ DET 2 det\nenvoy _ NOUN 3 nsubj\nmentioned mention VERB 0 root Tense=Past\nthe _ DET 6 det\n1991 _ NUM 6 nummod\n\
                 massacre _ NOUN 3 obj";
    assert_eq!(reading(table, "massacre"), (Background, "history"));
    assert_eq!(reading(table, "mentioned").0, Asserted);
}

#[test]
fn composition() {
    assert_eq!(compose(Announced, Denied), Disavowed);
    assert_eq!(compose(Negated, Negated), Asserted);
    assert_eq!(compose(Denied, Negated), Hypothetical);
    assert_eq!(compose(Announced, Negated), Disavowed);
    assert_eq!(compose(Disavowed, Negated), Hypothetical);
    for outer in [Asserted, Denied, Negated, Announced, Disavowed, Hypothetical, Background] {
        assert_eq!(compose(Asserted, outer), outer);
        assert_eq!(compose(outer, Asserted), outer);
    }
}
