//! The words of a noun phrase: its head with what stands before it and the prepositional phrases behind,
//! up to the first relative clause or apposition.

use forewarn_language::{Feats, Rel, Sub, Upos};

use super::head;
use crate::tree::Tree;

/// Prepositions whose phrase says more of the verb or the event than of the party.
const NOT_OF_THE_NAME: [&str; 20] = [
    "to",
    "against",
    "by",
    "with",
    "after",
    "before",
    "during",
    "about",
    "over",
    "since",
    "until",
    "as",
    "into",
    "through",
    "towards",
    "toward",
    "without",
    "despite",
    "amid",
    "including",
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
    while lo < head && opens_outside(tree, lo) {
        lo += 1;
    }
    // "at least 40", "up to 100": the words before the number belong to it.
    if lo > 0 && matches!((tree.lower(lo - 1), tree.lower(lo)), ("at", "least" | "most") | ("up", "to")) {
        lo -= 1;
    }
    while hi > head && matches!(tree.upos(hi), Upos::Punct | Upos::Cconj | Upos::Adp | Upos::Sconj) {
        hi -= 1;
    }
    if let Some((left, right)) = twin(tree, head) {
        if right == head && left < lo {
            lo = *of(tree, left).first().unwrap_or(&left);
        } else if left == head && right > hi {
            hi = right;
            while hi + 1 < tree.len() && tree.head(hi + 1) == Some(right) && tree.rel(hi + 1) == Rel::Flat {
                hi += 1;
            }
        }
    }
    (lo..=hi).collect()
}

/// Two neighbours with one head and one relation, the second a name: a title and its name that the parser parted.
pub(super) fn twin(tree: &Tree, t: usize) -> Option<(usize, usize)> {
    let h = tree.head(t)?;
    let rel = tree.rel(t);
    if !matches!(rel, Rel::Nsubj | Rel::Obj | Rel::Obl | Rel::Nmod | Rel::Iobj | Rel::Appos) {
        return None;
    }
    let mut left = None;
    for k in tree.kids(h).filter(|&k| tree.rel(k) == rel && matches!(tree.upos(k), Upos::Noun | Upos::Propn)) {
        if let Some(l) = left
            && (k == t || l == t)
            && tree.upos(k) == Upos::Propn
            && tree.case_of(k).is_none()
            && (l + 1..k).all(|x| tree.head(x) == Some(k) && tree.upos(x) == Upos::Propn)
        {
            return Some((l, k));
        }
        left = Some(k);
    }
    None
}

/// The head with its names, titles and modifiers, without prepositional phrases and possessors; in order.
pub(super) fn core(tree: &Tree, head: usize) -> Vec<usize> {
    let mut out = vec![head];
    let mut at = 0;
    while at < out.len() {
        let t = out[at];
        for k in tree.kids(t) {
            let joins = match tree.rel(k) {
                Rel::Amod => k < head || tree.upos(k) != Upos::Verb,
                Rel::Compound | Rel::Flat | Rel::Nummod | Rel::Fixed | Rel::Goeswith | Rel::Det => true,
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
    if let Some((left, right)) = twin(tree, head) {
        let other = if right == head { left } else { right };
        for k in
            tree.kids(other).filter(|&k| matches!(tree.rel(k), Rel::Amod | Rel::Compound | Rel::Flat)).chain([other])
        {
            if !out.contains(&k) {
                out.push(k);
            }
        }
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
        Rel::Amod => k < head || tree.upos(k) != Upos::Verb,
        Rel::Advmod => k < head,
        Rel::Nmod if k > head => {
            tree.sub(k) != Sub::Unmarked
                && tree.case_of(k).is_none_or(|c| !NOT_OF_THE_NAME.contains(&c))
                && !head::is_time(tree, k)
                && !tree.has(k, Rel::Mark)
        }
        Rel::Det | Rel::Compound | Rel::Flat | Rel::Nummod | Rel::Goeswith | Rel::Fixed | Rel::Nmod => true,
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
            Rel::Nmod | Rel::Obl => {
                k > t
                    && (matches!(tree.case_of(k), Some("according" | "including" | "after" | "amid"))
                        || tree.has(k, Rel::Mark)
                        || head::is_time(tree, k))
            }
            // A comma belongs to a list, and to nothing else of a name.
            Rel::Punct => tree.form(k) == "," && !tree.has(t, Rel::Conj) && tree.rel(t) != Rel::Conj,
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

/// Whether a word that cannot begin a phrase stands first.
fn opens_outside(tree: &Tree, t: usize) -> bool {
    match tree.upos(t) {
        Upos::Punct | Upos::Cconj | Upos::Sconj => true,
        Upos::Adp => {
            !(t + 1 < tree.len() && matches!((tree.lower(t), tree.lower(t + 1)), ("at", "least" | "most"))
                || tree.lower(t) == "to" && t > 0 && tree.lower(t - 1) == "up")
        }
        _ => false,
    }
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
const LOCATIVE: [&str; 17] = [
    "in",
    "at",
    "near",
    "inside",
    "across",
    "around",
    "outside",
    "into",
    "through",
    "throughout",
    "within",
    "along",
    "off",
    "beyond",
    "onto",
    "above",
    "below",
];

/// Whether the phrase headed by `t` says where something is.
pub(super) fn is_locative(tree: &Tree, t: usize) -> bool {
    tree.case_of(t).is_some_and(|c| LOCATIVE.contains(&c))
}
