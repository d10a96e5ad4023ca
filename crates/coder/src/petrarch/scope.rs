//! Where a verb's patterns look: its words, its clause, its subject.

use forewarn_language::{Feats, Rel, Sub, Upos};

use crate::tree::Tree;

/// Which tokens belong to the clause of `verb`: its subtree without joined and set-off clauses.
pub fn clause(tree: &Tree, verb: usize) -> Vec<bool> {
    let mut inside = vec![false; tree.len()];
    let keep = |k: usize| {
        !(tree.head(k) == Some(verb)
            && (tree.rel(k) == Rel::Parataxis || (tree.rel(k) == Rel::Conj && is_clause(tree, k))))
    };
    for t in tree.below(verb, &keep) {
        inside[t] = true;
    }
    inside
}

/// Whether `t` heads a clause: a verb, or anything with a subject.
pub fn is_clause(tree: &Tree, t: usize) -> bool {
    tree.upos(t) == Upos::Verb || tree.has(t, Rel::Nsubj)
}

/// Whether the verb is in the passive with an auxiliary or a passive subject.
pub fn is_passive(tree: &Tree, verb: usize) -> bool {
    tree.kids(verb).any(|k| tree.sub(k) == Sub::Pass && matches!(tree.rel(k), Rel::Nsubj | Rel::Aux | Rel::Csubj))
}

/// The noun after "by" of a passive verb.
pub fn by_agent(tree: &Tree, verb: usize) -> Option<usize> {
    let participle = tree.feats(verb).has(Feats::PARTICIPLE) && !tree.has(verb, Rel::Obj);
    if !is_passive(tree, verb) && !participle {
        return None;
    }
    tree.kids(verb).find(|&k| tree.rel(k) == Rel::Obl && k > verb && tree.case_of(k) == Some("by"))
}

/// The noun phrase that is the verb's subject, its own or the one of a clause around it.
pub fn subject(tree: &Tree, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..tree.len() {
        let own = tree.kids(at).find(|&k| matches!(tree.rel(k), Rel::Nsubj | Rel::Csubj));
        if let Some(s) = own {
            let wh = tree.feats(s).has(Feats::WH) || matches!(tree.lower(s), "that" | "which" | "who");
            if tree.upos(s) != Upos::Pron && !wh {
                return Some(s);
            }
            if wh && tree.rel(at) == Rel::Acl {
                return tree.head(at);
            }
            // A pronoun: the clause around may name it.
        }
        let head = tree.head(at)?;
        match tree.rel(at) {
            Rel::Acl => return Some(head),
            // "urged Bree to help", "accused Bree of helping": the object acts; a pronoun there names no one.
            Rel::Xcomp | Rel::Advcl if controlled(tree, at, head).is_some() => {
                return controlled(tree, at, head).filter(|&o| tree.upos(o) != Upos::Pron);
            }
            Rel::Xcomp => at = head,
            // A clause hung on a noun without a verb of its own: the noun is its subject that the parser cut off.
            Rel::Conj
                if matches!(tree.upos(head), Upos::Noun | Upos::Propn)
                    && !tree.has(head, Rel::Nsubj)
                    && tree.upos(at) == Upos::Verb =>
            {
                return Some(head);
            }
            Rel::Conj | Rel::Ccomp | Rel::Advcl | Rel::Aux | Rel::Cop | Rel::Csubj => at = head,
            Rel::Obl | Rel::Nmod | Rel::Obj => at = head,
            _ => return None,
        }
    }
    None
}

/// The object of `head` that is the subject of its complement `clause`.
fn controlled(tree: &Tree, clause: usize, head: usize) -> Option<usize> {
    if tree.rel(clause) == Rel::Advcl && !is_of_doing(tree, clause) {
        return None;
    }
    tree.kids(head).find(|&k| matches!(tree.rel(k), Rel::Obj | Rel::Iobj) && k > head && k < clause)
}

/// "of carrying arms", "from leaving", "for helping".
fn is_of_doing(tree: &Tree, clause: usize) -> bool {
    let marks = tree.kids(clause).any(|k| {
        k < clause && matches!(tree.rel(k), Rel::Mark | Rel::Case) && matches!(tree.lower(k), "of" | "from" | "for")
    });
    marks && tree.lower(clause).ends_with("ing")
}

/// Whether `clause` says what its verb is for or about and not what happened: "to stop a march", "of helping rebels".
pub fn is_open(tree: &Tree, clause: usize) -> bool {
    tree.rel(clause) == Rel::Advcl
        && (is_of_doing(tree, clause) || tree.kid(clause, Rel::Mark).is_some_and(|m| tree.lower(m) == "to"))
}

/// Whether `t` stands in an adverbial clause of `verb` that has a subject of its own ("after crowds burned …"), or
/// names a voice ("according to the ministry").
pub fn is_aside(tree: &Tree, t: usize, verb: usize) -> bool {
    let mut at = t;
    for _ in 0..tree.len() {
        if at == verb {
            return false;
        }
        if tree.rel(at) == Rel::Advcl && tree.has(at, Rel::Nsubj) || tree.case_of(at) == Some("according") {
            return true;
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => return false,
        }
    }
    false
}

/// Whether "not", "n't" or "never" stands with the verb.
pub fn is_negated(tree: &Tree, verb: usize) -> bool {
    tree.kids(verb).any(|k| {
        k < verb
            && matches!(tree.rel(k), Rel::Advmod | Rel::Aux | Rel::Det | Rel::Cc)
            && matches!(tree.lower(k), "not" | "n't" | "n’t" | "never" | "cannot")
    })
}
