//! The words of a noun phrase: its head with what stands before it and the prepositional phrases behind,
//! up to the first relative clause or apposition.

use forewarn_language::{Feats, Rel, Sub, Upos};

use crate::tree::Tree;

/// Prepositions whose phrase says more of the verb or the event than of the party.
const NOT_OF_THE_NAME: [&str; 20] = [
    "to", "against", "by", "with", "after", "before", "during", "about", "over", "since", "until", "as", "into",
    "through", "towards", "toward", "without", "despite", "amid", "including",
];

/// The tokens of the phrase headed by `head`, consecutive and in order.
pub(super) fn of(tree: &Tree, head: usize) -> Vec<usize> {
    let mut within = vec![false; tree.len()];
    within[head] = true;
    for k in tree.kids(head) {
        if keeps(tree, head, k) {
            mark(tree, k, &mut within, 0);
        }
    }
    let (mut lo, mut hi) = (head, head);
    while lo > 0 && (within[lo - 1] || lo > 1 && bridges(tree, lo - 1) && within[lo - 2]) {
        lo -= 1;
    }
    while hi + 1 < tree.len() && (within[hi + 1] || hi + 2 < tree.len() && bridges(tree, hi + 1) && within[hi + 2]) {
        hi += 1;
    }
    while lo < head && outside(tree, lo) {
        lo += 1;
    }
    while hi > head && outside(tree, hi) {
        hi -= 1;
    }
    (lo..=hi).collect()
}

/// The head with its names, titles and modifiers, without prepositional phrases and possessors; in order.
pub(super) fn core(tree: &Tree, head: usize) -> Vec<usize> {
    let mut out = vec![head];
    let mut at = 0;
    while at < out.len() {
        let t = out[at];
        for k in tree.kids(t) {
            let joins = match tree.rel(k) {
                Rel::Amod | Rel::Compound | Rel::Flat | Rel::Nummod | Rel::Fixed | Rel::Goeswith | Rel::Det => true,
                Rel::Nmod => tree.sub(k) == Sub::Desc || tree.sub(k) != Sub::Poss && tree.case_of(k).is_none() && k < t,
                Rel::Advmod => k < head,
                Rel::Conj | Rel::Punct => t != head,
                Rel::Appos => t == head && touches(tree, head, k),
                _ => false,
            };
            if joins {
                out.push(k);
            }
        }
        at += 1;
    }
    out.sort_unstable();
    out
}

/// Whether apposition `k` follows `head` without a comma ("rebel leader Jonas Savimbi").
pub(super) fn touches(tree: &Tree, head: usize, k: usize) -> bool {
    k > head && !(head + 1..k).any(|t| matches!(tree.form(t), "," | "-" | "--" | "–" | "—" | "(" | ":" | ";"))
}

fn keeps(tree: &Tree, head: usize, k: usize) -> bool {
    match tree.rel(k) {
        Rel::Det | Rel::Amod | Rel::Compound | Rel::Flat | Rel::Nummod | Rel::Goeswith | Rel::Fixed => true,
        Rel::Advmod => k < head,
        Rel::Nmod if k > head => {
            tree.sub(k) != Sub::Unmarked && tree.case_of(k).is_none_or(|c| !NOT_OF_THE_NAME.contains(&c))
        }
        Rel::Nmod => true,
        Rel::Appos => touches(tree, head, k),
        Rel::Punct => tree.form(k) == "-",
        _ => false,
    }
}

fn mark(tree: &Tree, t: usize, within: &mut [bool], depth: usize) {
    if within[t] || depth > 12 {
        return;
    }
    within[t] = true;
    for k in tree.kids(t) {
        let out = match tree.rel(k) {
            Rel::Acl | Rel::Advcl | Rel::Parataxis | Rel::Ccomp | Rel::Csubj | Rel::Nsubj => true,
            Rel::Appos => !touches(tree, t, k),
            _ => false,
        };
        if !out {
            mark(tree, k, within, depth + 1);
        }
    }
}

fn bridges(tree: &Tree, t: usize) -> bool {
    matches!(tree.form(t), "-" | "\"" | "“" | "”" | "'" | "‘" | "’" | "/" | "``" | "''")
}

fn outside(tree: &Tree, t: usize) -> bool {
    tree.upos(t) == Upos::Punct
}

/// Whether token `t` is a pronoun that stands for a party.
pub(super) fn is_pronoun(tree: &Tree, t: usize) -> bool {
    tree.upos(t) == Upos::Pron
        || matches!(tree.lower(t), "he" | "she" | "they" | "it" | "him" | "them" | "his" | "her" | "their" | "its")
}

/// Whether the head stands in the plural.
pub(super) fn is_plural(tree: &Tree, t: usize) -> bool {
    tree.feats(t).has(Feats::PLURAL)
}

/// Prepositions before a place where something happens.
const LOCATIVE: [&str; 22] = [
    "in", "at", "near", "inside", "across", "around", "outside", "into", "through", "throughout", "within", "along",
    "off", "beyond", "over", "around", "onto", "above", "below", "toward", "towards", "on",
];

/// Whether the phrase headed by `t` says where something is.
pub(super) fn is_locative(tree: &Tree, t: usize) -> bool {
    tree.case_of(t).is_some_and(|c| LOCATIVE.contains(&c))
}
