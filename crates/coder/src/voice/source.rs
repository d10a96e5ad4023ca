//! Who speaks: the source of a cue in the tree.

use forewarn_language::{Feats, Rel, Sub, Upos};

use crate::tree::Tree;

/// The head token of the source of verb `cue`, or none; `passive` cues have only an agent.
pub(super) fn of_verb(tree: &Tree, cue: usize, passive: bool) -> Option<usize> {
    if passive {
        return agent(tree, cue);
    }
    let mut at = cue;
    for step in 0..6 {
        if let Some(s) = subject(tree, at) {
            return (tree.sub(s) != Sub::Pass).then_some(s).or_else(|| agent(tree, at));
        }
        // "NATO, keeping a force there, said": the tree may hang the name on the clause put in.
        if step == 0 && matches!(tree.rel(cue), Rel::Root | Rel::Ccomp | Rel::Conj) {
            let early = tree
                .kids(cue)
                .filter(|&k| k < cue && tree.rel(k) == Rel::Advcl)
                .find_map(|k| subject(tree, k).filter(|&s| s < k && tree.upos(s) == Upos::Propn));
            if early.is_some() && tree.rel(cue) == Rel::Root {
                return early;
            }
        }
        if step == 0 && agent(tree, cue).is_some() && tree.rel(cue) == Rel::Acl {
            return agent(tree, cue);
        }
        let head = tree.head(at)?;
        match tree.rel(at) {
            // "a statement saying", "activists demanding"
            Rel::Acl => {
                let participle = tree.feats(at).has(Feats::PARTICIPLE | Feats::GERUND);
                let past = tree.feats(at).has(Feats::PAST) || tree.feats(at).has(Feats::PASSIVE);
                return (participle && !past || tree.sub(at) == Sub::Relcl).then_some(head);
            }
            Rel::Conj | Rel::Xcomp | Rel::Advcl | Rel::Parataxis | Rel::Dep => {
                // "urged X to say": the object speaks.
                if tree.rel(at) == Rel::Xcomp
                    && let Some(o) = tree.kid(head, Rel::Obj).or_else(|| tree.kid(head, Rel::Iobj))
                    && o < at
                {
                    return Some(o);
                }
                at = head;
            }
            // "by calling for", "in announcing"
            Rel::Obl | Rel::Ccomp if tree.feats(at).has(Feats::GERUND | Feats::PARTICIPLE) => at = head,
            _ => return None,
        }
        if !matches!(tree.upos(at), Upos::Verb | Upos::Adj | Upos::Noun | Upos::Propn) {
            return None;
        }
    }
    None
}

/// The subject of `at`.
pub(super) fn subject(tree: &Tree, at: usize) -> Option<usize> {
    tree.kids(at).find(|&k| tree.rel(k) == Rel::Nsubj && tree.sub(k) != Sub::Outer)
}

/// The "by" agent of a passive verb.
pub(super) fn agent(tree: &Tree, verb: usize) -> Option<usize> {
    let by = tree
        .kids(verb)
        .find(|&k| tree.rel(k) == Rel::Obl && k > verb && tree.case_of(k) == Some("by") && tree.upos(k) != Upos::Verb);
    let marked = || tree.kids(verb).find(|&k| tree.rel(k) == Rel::Obl && tree.sub(k) == Sub::Agent && k > verb);
    // "accused of genocide by Gambia", where the tree hangs the agent on the noun.
    let beneath = || {
        let phrases = tree.kids(verb).filter(|&k| tree.rel(k) == Rel::Obl && k > verb);
        phrases
            .filter(|&k| tree.case_of(k) == Some("of"))
            .find_map(|k| tree.kids(k).find(|&n| tree.rel(n) == Rel::Nmod && n > k && tree.case_of(n) == Some("by")))
    };
    by.or_else(marked).or_else(beneath)
}

/// The source of a noun such as "claim" or "demand": its possessor, its "by" or "from" phrase, or the subject of the verb
/// that makes it ("issued a statement").
pub(super) fn of_noun(tree: &Tree, noun: usize) -> Option<usize> {
    for k in tree.kids(noun) {
        if tree.rel(k) == Rel::Nmod
            && (tree.sub(k) == Sub::Poss || matches!(tree.case_of(k), Some("by" | "from" | "among")))
        {
            return Some(k);
        }
    }
    let head = tree.head(noun)?;
    // Who rejects a claim, faces it or answers it has not made it.
    let made_by_another = matches!(
        tree.lemma(head),
        "reject"
            | "deny"
            | "dismiss"
            | "refute"
            | "dispute"
            | "face"
            | "hear"
            | "investigate"
            | "respond"
            | "answer"
            | "ignore"
            | "draw"
            | "prompt"
            | "spark"
            | "follow"
            | "meet"
            | "cite"
            | "receive"
            | "confirm"
            | "criticize"
            | "condemn"
    );
    if !made_by_another && tree.upos(head) == Upos::Verb && matches!(tree.rel(noun), Rel::Obj | Rel::Obl) {
        let passive = tree.kids(head).any(|k| tree.sub(k) == Sub::Pass);
        return of_verb(tree, head, passive);
    }
    None
}

/// The words of the source headed by `head`: its phrase without relative clauses.
pub(super) fn phrase(tree: &Tree, head: usize, cue: &[usize]) -> Vec<usize> {
    let set_off = |k: usize| {
        let first = tree.below(k, &|_| true)[0];
        first > 0 && tree.lower(first - 1) == "," || tree.kids(k).any(|p| p < k && tree.lower(p) == ",")
    };
    let keep = |k: usize| {
        let clause = matches!(
            tree.rel(k),
            Rel::Parataxis
                | Rel::Ccomp
                | Rel::Advcl
                | Rel::Cop
                | Rel::Nsubj
                | Rel::Mark
                | Rel::Aux
                | Rel::Dep
                | Rel::Case
        ) || tree.rel(k) == Rel::Acl && (tree.sub(k) == Sub::Relcl || set_off(k))
            || matches!(tree.rel(k), Rel::Punct | Rel::Cc) && tree.head(k) == Some(head);
        !clause && !cue.contains(&k)
    };
    let keep_deep = |k: usize| {
        if tree.head(k) == Some(head) {
            return keep(k) || tree.rel(k) == Rel::Case && tree.lower(k).starts_with(['\'', '’']);
        }
        let relative = tree.rel(k) == Rel::Acl && tree.sub(k) == Sub::Relcl;
        !relative && !cue.contains(&k) && tree.rel(k) != Rel::Parataxis
    };
    let mut tokens = tree.below(head, &keep_deep);
    // A name is whole, whatever the tree made of it.
    if let Some(name) = tree.sentence.names.iter().find(|n| (n.first as usize..n.end as usize).contains(&head)) {
        tokens.extend((name.first as usize..name.end as usize).filter(|t| !cue.contains(t)));
        tokens.sort_unstable();
        tokens.dedup();
    }
    // One run of words around the head: what lies beyond the cue is not the source's name.
    if let Some(&c) = cue.first() {
        tokens.retain(|&t| (t < c) == (head < c) || (t > c) == (head > c));
    }
    tokens
}
