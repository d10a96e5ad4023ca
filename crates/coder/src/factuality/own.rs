//! What a predicate's own words say: negation, modal verbs, conjunctions, adverbs, articles, adjectives.

use forewarn_language::{Feats, Rel, Sub, Upos};

use super::lexicon::Class;
use crate::claim::Factuality;
use crate::tree::Tree;

/// What was found, by which rule and on which token.
pub(super) type Sign = (Factuality, &'static str, usize);

/// The negation of token `at`: its own adverb, the determiner of its subject or object, "without", "nobody".
///
/// The walk that came up from `below` has counted that token's own article already.
pub(super) fn negation(tree: &Tree, at: usize, below: Option<usize>) -> Option<usize> {
    let noun = matches!(tree.upos(at), Upos::Noun | Upos::Propn);
    for k in tree.kids(at).filter(|&k| Some(k) != below) {
        let word = tree.lower(k);
        match tree.rel(k) {
            Rel::Advmod | Rel::Aux | Rel::Cc | Rel::Mark | Rel::Det if is_not(word) => {
                let only = k + 1 < tree.len()
                    && matches!(tree.lower(k + 1), "only" | "just" | "merely" | "simply" | "necessarily");
                let early = matches!(word, "not") && k > at && noun;
                if !only && !early {
                    return Some(k);
                }
            }
            Rel::Advmod if word == "longer" && k > 0 && tree.lower(k - 1) == "no" => return Some(k),
            Rel::Det if word == "no" || word == "neither" => return Some(k),
            Rel::Case | Rel::Mark if word == "without" => return Some(k),
            Rel::Case | Rel::Mark if matches!(word, "instead" | "rather") && fixed(tree, k, &["of", "than"]) => {
                return Some(k);
            }
            Rel::Nsubj if negative(tree, k) => return Some(k),
            Rel::Obj if tree.upos(at) == Upos::Verb && negative(tree, k) => return Some(k),
            Rel::Obl if tree.case_of(k) == Some("by") && negative(tree, k) => return Some(k),
            _ => {}
        }
    }
    None
}

fn is_not(word: &str) -> bool {
    matches!(
        word,
        "not" | "n't" | "n’t" | "never" | "nor" | "neither" | "hardly" | "barely" | "scarcely" | "cannot" | "nt"
    )
}

/// "no one", "nobody", "none", "nothing", "no soldiers".
fn negative(tree: &Tree, noun: usize) -> bool {
    matches!(tree.lower(noun), "nobody" | "none" | "nothing" | "neither")
        || tree.kids(noun).any(|k| tree.rel(k) == Rel::Det && tree.lower(k) == "no")
}

fn fixed(tree: &Tree, at: usize, second: &[&str]) -> bool {
    at + 1 < tree.len() && second.contains(&tree.lower(at + 1))
}

/// The mood of token `at` by its auxiliaries, conjunction, adverbs and form; negation apart.
pub(super) fn mood(tree: &Tree, at: usize) -> Option<Sign> {
    let mut weak = None;
    let mut subject = false;
    for k in tree.kids(at) {
        let word = tree.lower(k);
        match tree.rel(k) {
            Rel::Aux => match word {
                "could" | "may" | "might" | "would" | "should" | "must" | "can" | "ought" | "'d" | "’d" | "ca"
                | "cannot" => {
                    return Some((Factuality::Hypothetical, "modal", k));
                }
                "will" | "'ll" | "’ll" | "shall" | "wo" => return Some((Factuality::Announced, "future", k)),
                "is" | "are" | "was" | "were" if k + 1 < tree.len() && tree.lower(k + 1) == "to" => {
                    return Some((Factuality::Announced, "is-to", k));
                }
                _ => {}
            },
            Rel::Mark | Rel::Advmod | Rel::Case => match word {
                "if" | "unless" | "whether" | "lest" | "provided" | "supposing" => {
                    return Some((Factuality::Hypothetical, "condition", k));
                }
                "should" => return Some((Factuality::Hypothetical, "condition", k)),
                "until" | "till" if tree.rel(k) == Rel::Mark => {
                    weak = weak.or(Some((Factuality::Hypothetical, "until", k)));
                }
                "perhaps" | "maybe" | "possibly" | "potentially" | "probably" | "presumably" | "conceivably"
                | "hypothetically" => {
                    return Some((Factuality::Hypothetical, "perhaps", k));
                }
                "usually" | "often" | "typically" | "generally" | "always" | "normally" | "sometimes"
                | "frequently"
                    if tree.feats(at).has(Feats::PRESENT) && !tree.has(at, Rel::Aux) =>
                {
                    weak = weak.or(Some((Factuality::Hypothetical, "habit", k)));
                }
                "in" if fixed(tree, k, &["case", "order"]) => return Some((Factuality::Hypothetical, "in-case", k)),
                _ => {}
            },
            Rel::Nsubj | Rel::Csubj | Rel::Expl => subject = true,
            Rel::Advcl => {
                let if_clause =
                    tree.kids(k).find(|&m| tree.rel(m) == Rel::Mark && matches!(tree.lower(m), "if" | "unless"));
                if let Some(m) =
                    if_clause.filter(|&m| m == 0 || tree.lower(m - 1) != "even" && tree.lower(m - 1) != "as")
                {
                    weak = weak.or(Some((Factuality::Hypothetical, "conditional", m)));
                }
            }
            Rel::Amod if matches!(tree.upos(at), Upos::Noun | Upos::Propn) => {
                let class =
                    tree.tables.factuality.get(tree.lemma(k), b'a').or_else(|| tree.tables.factuality.get(word, b'a'));
                let sign = match class {
                    Some(Class::Wishes) => Some((Factuality::Hypothetical, "adjective", k)),
                    Some(Class::Plans) => Some((Factuality::Announced, "adjective", k)),
                    Some(Class::Recalls) => Some((Factuality::Background, "adjective", k)),
                    Some(Class::Attempts) if word != "attempted" => Some((Factuality::Negated, "adjective", k)),
                    _ => None,
                };
                if sign.is_some() {
                    return sign;
                }
            }
            _ => {}
        }
    }
    if tree.lower(at) == "going" && tree.has(at, Rel::Aux) && tree.kid(at, Rel::Xcomp).is_some_and(|x| is_to(tree, x)) {
        return Some((Factuality::Announced, "future", at));
    }
    if tree.feats(at).has(Feats::IMPERATIVE) && !subject && tree.upos(at) == Upos::Verb {
        return Some((Factuality::Hypothetical, "imperative", at));
    }
    weak
}

/// Whether `at` is an infinitive with "to".
pub(super) fn is_to(tree: &Tree, at: usize) -> bool {
    tree.kids(at).any(|k| tree.rel(k) == Rel::Mark && tree.lower(k) == "to")
}

/// Whether the noun `at` is named as known or as one that the text has told of ("the attack", "its attack").
pub(super) fn definite(tree: &Tree, at: usize) -> bool {
    tree.kids(at).any(|k| {
        tree.rel(k) == Rel::Det && matches!(tree.lower(k), "the" | "this" | "that" | "these" | "those" | "both" | "all")
            || tree.rel(k) == Rel::Nmod && tree.sub(k) == Sub::Poss
    })
}
