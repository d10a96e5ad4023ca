//! Attribution by fixed constructions: "according to", "as relayed by", "citing", "reportedly", a headline's colon,
//! a claim of responsibility.

use forewarn_language::{Rel, Sub, Upos};

use super::cue::{Found, subtree};
use super::lexicon::Frame;
use super::source;
use crate::claim::Stance;
use crate::tree::Tree;

/// A medium as the subject of a clause put into another one attributes it whatever its verb: "…, Reuters conveys".
pub(super) fn media(tree: &Tree, medium: &dyn Fn(usize) -> bool, found: &mut Vec<Found>) {
    for at in 0..tree.len() {
        if tree.rel(at) != Rel::Parataxis || found.iter().any(|f| f.word == at) {
            continue;
        }
        let (Some(subject), Some(head)) = (source::subject(tree, at), tree.head(at)) else { continue };
        if tree.upos(at) == Upos::Verb && medium(subject) && !tree.has(at, Rel::Obj) && !tree.has(at, Rel::Ccomp) {
            found.push(said(
                at,
                vec![at],
                Some(subject),
                head,
                subtree(tree, head, &[at]),
                Stance::Reports,
                "medium/inserted",
            ));
        }
    }
}

/// "…, Reuters conveys." at the end of a sentence whose tree is wrong there: a comma, a medium, one word.
pub(super) fn trailing(tree: &Tree, medium: &dyn Fn(usize) -> bool, found: &mut Vec<Found>) {
    let Some(last) = (0..tree.len()).rev().find(|&i| tree.upos(i) != Upos::Punct) else { return };
    let Some(comma) = (last.saturating_sub(5)..last).rev().find(|&i| tree.lower(i) == ",") else { return };
    let Some(name) = (comma + 1..last).rfind(|&i| medium(i)).filter(|_| comma > 0) else { return };
    let word = tree.lower(last);
    let verb = word.ends_with('s')
        || word.ends_with("ed")
        || matches!(tree.upos(last), Upos::Verb)
        || matches!(word, "said" | "wrote" | "found" | "told");
    let only_name =
        (comma + 1..last).all(|i| matches!(tree.upos(i), Upos::Propn | Upos::Det | Upos::Adj | Upos::Noun | Upos::X));
    if !verb || !only_name || found.iter().any(|f| f.word >= comma) {
        return;
    }
    let Some(root) = tree.sentence.root() else { return };
    found.push(said(last, vec![last], Some(name), root, (0..comma).collect(), Stance::Reports, "medium/trailing"));
}

/// The constructions of this module in one sentence; `index` is its place in the report.
pub(super) fn constructions(tree: &Tree, index: usize, found: &mut Vec<Found>) {
    for at in 0..tree.len() {
        match tree.lower(at) {
            "according" => according(tree, at, found),
            "per" => per(tree, at, found),
            "as" => as_said(tree, at, found),
            "reportedly" | "allegedly" | "purportedly" | "supposedly" | "apparently" | "ostensibly" => {
                adverb(tree, at, found);
            }
            "responsibility" => responsibility(tree, at, found),
            "claimed" | "claims" | "claim" | "claiming" => deed_claimed(tree, at, found),
            ":" => colon(tree, at, index, found),
            _ => {}
        }
    }
}

/// The clause around token `at`: the word that heads it.
fn clause(tree: &Tree, at: usize) -> usize {
    let mut at = at;
    for _ in 0..8 {
        let heads = tree.head(at).is_none()
            || matches!(tree.rel(at), Rel::Ccomp | Rel::Parataxis)
            || tree.rel(at) == Rel::Conj
                && (tree.has(at, Rel::Nsubj) || tree.upos(at) == Upos::Verb && tree.has(at, Rel::Aux))
            || tree.rel(at) == Rel::Acl && tree.sub(at) == Sub::Relcl;
        if heads {
            break;
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => break,
        }
    }
    at
}

/// A cue whose content is headed by `head`.
fn said(
    word: usize,
    cue: Vec<usize>,
    source: Option<usize>,
    head: usize,
    content: Vec<usize>,
    stance: Stance,
    rule: &'static str,
) -> Found {
    Found {
        word,
        cue,
        frame: Frame::Quote,
        preposition: String::new(),
        source,
        content,
        roots: vec![head],
        stance: Some(stance),
        rule,
    }
}

/// "according to officials".
fn according(tree: &Tree, at: usize, found: &mut Vec<Found>) {
    if at + 1 >= tree.len() || tree.lower(at + 1) != "to" {
        return;
    }
    let name = match tree.rel(at) {
        Rel::Case => tree.head(at),
        _ => tree.kids(at).find(|&k| k > at && matches!(tree.rel(k), Rel::Obl | Rel::Obj | Rel::Nmod)),
    };
    let Some(name) = name else { return };
    let top = if tree.rel(at) == Rel::Case { name } else { at };
    let Some(head) = tree.head(top) else { return };
    let phrase = tree.below(top, &|_| true);
    let (first, last) = (phrase[0], phrase[phrase.len() - 1]);
    let rest = |from: usize, to: usize| (from..to).filter(|&t| tree.upos(t) != Upos::Punct).count();
    let comma = first > 0 && matches!(tree.lower(first - 1), "," | "\"" | "”" | "''");
    if comma && rest(last + 1, tree.len()) == 0 {
        // At the end of the sentence: all that stands before the comma.
        let content: Vec<usize> = (0..first - 1).collect();
        found.push(said(at, vec![at, at + 1], Some(name), clause(tree, head), content, Stance::Claims, "according-to"));
        return;
    }
    let head = clause(tree, head);
    let content = subtree(tree, head, &[top]);
    found.push(said(at, vec![at, at + 1], Some(name), head, content, Stance::Claims, "according-to"));
}

/// "as per information relayed by Reuters", "per Reuters".
fn per(tree: &Tree, at: usize, found: &mut Vec<Found>) {
    let Some(name) = tree.head(at).filter(|_| tree.rel(at) == Rel::Case || tree.rel(at) == Rel::Fixed) else { return };
    let name = if tree.rel(at) == Rel::Fixed { tree.head(name).unwrap_or(name) } else { name };
    let told = tree.upos(name) == Upos::Propn
        || matches!(
            tree.lemma(name),
            "information" | "report" | "data" | "account" | "statement" | "source" | "figure"
        );
    let Some(head) = tree.head(name).filter(|_| told) else { return };
    if name < at {
        return;
    }
    // A verb that the tree makes the head of the phrase is part of the phrase.
    let (top, head) = if matches!(tree.rel(head), Rel::Acl | Rel::Advcl) && head > name {
        (head, tree.head(head).unwrap_or(head))
    } else {
        (name, head)
    };
    let relayed = tree.kids(name).filter(|&k| tree.rel(k) == Rel::Acl).find_map(|k| source::agent(tree, k));
    // Where the tree is wrong: "by" within the next words.
    let relayed = relayed.or_else(|| {
        let by = (name + 1..(name + 4).min(tree.len())).find(|&i| tree.lower(i) == "by")?;
        tree.head(by).filter(|&h| h > by)
    });
    let head = clause(tree, head);
    let content = subtree(tree, head, &[top]);
    found.push(said(at, vec![at], relayed.or(Some(name)), head, content, Stance::Claims, "per"));
}

/// "as reported by Reuters".
fn as_said(tree: &Tree, at: usize, found: &mut Vec<Found>) {
    let Some(verb) = tree.head(at).filter(|&v| v > at && matches!(tree.rel(at), Rel::Mark | Rel::Advmod | Rel::Case))
    else {
        return;
    };
    if tree.upos(verb) != Upos::Verb {
        return;
    }
    if found.iter().any(|f| f.word == verb) {
        // A subject that the verb borrows from the clause above is not who says it where an agent is named.
        if tree.has(verb, Rel::Nsubj) || source::agent(tree, verb).is_none() {
            return;
        }
        found.retain(|f| f.word != verb);
    }
    if at + 1 < tree.len() && tree.lower(at + 1) == "per" {
        return;
    }
    let speaks = matches!(
        tree.lemma(verb),
        "report"
            | "relay"
            | "say"
            | "state"
            | "quote"
            | "note"
            | "announce"
            | "confirm"
            | "describe"
            | "cite"
            | "claim"
            | "tell"
            | "mention"
            | "disclose"
            | "convey"
    );
    let (Some(name), Some(head)) = (source::agent(tree, verb), tree.head(verb)) else { return };
    if speaks {
        let stance = if tree.lemma(verb) == "confirm" { Stance::Confirms } else { Stance::Claims };
        let mut phrase = tree.below(verb, &|_| true);
        phrase.retain(|&t| tree.upos(t) != Upos::Punct);
        let (first, last) = (phrase[0], phrase[phrase.len() - 1]);
        let closes = (last + 1..tree.len()).all(|t| tree.upos(t) == Upos::Punct);
        if first > 1 && closes && tree.lower(first - 1) == "," {
            // At the end of the sentence it is about the whole of it, whatever clause the tree hangs it on.
            let root = tree.sentence.root().filter(|&r| r < first);
            let content = (0..first - 1).collect();
            found.push(said(verb, vec![at, verb], Some(name), root.unwrap_or(head), content, stance, "as-said-by"));
            return;
        }
        let head = clause(tree, head);
        let content = subtree(tree, head, &[verb]);
        found.push(said(verb, vec![at, verb], Some(name), head, content, stance, "as-said-by"));
    }
}

/// "reportedly", "allegedly".
fn adverb(tree: &Tree, at: usize, found: &mut Vec<Found>) {
    let Some(head) = tree.head(at).filter(|_| tree.rel(at) == Rel::Advmod) else { return };
    let stance = if tree.lower(at) == "reportedly" { Stance::Reports } else { Stance::Claims };
    found.push(said(at, vec![at], None, head, subtree(tree, head, &[at]), stance, "adverb"));
}

/// "claimed responsibility for the attack".
fn responsibility(tree: &Tree, at: usize, found: &mut Vec<Found>) {
    let Some(verb) = tree.head(at).filter(|_| matches!(tree.rel(at), Rel::Obj | Rel::Nsubj)) else { return };
    if !matches!(tree.lemma(verb), "claim" | "take" | "assume" | "accept" | "admit") {
        return;
    }
    let passive = tree.sub(at) == Sub::Pass;
    let for_it = |&k: &usize| {
        k > at
            && matches!(tree.rel(k), Rel::Nmod | Rel::Obl | Rel::Acl | Rel::Advcl)
            && tree.kids(k).any(|c| tree.lower(c) == "for" && c > at)
            && tree.lemma(k) != "time"
            && !crate::times::is_unit(tree.lower(k))
    };
    // "claimed responsibility in a video posted online for the bombing": the tree may hang it on any word between.
    let astray = || (at + 1..tree.len()).filter(|&k| tree.is_under(k, verb)).find(for_it);
    let deed = tree.kids(at).chain(tree.kids(verb)).find(for_it).or_else(astray);
    let Some(deed) = deed else { return };
    let denied = tree.kids(verb).any(|k| matches!(tree.lower(k), "not" | "n't" | "never"));
    let stance = if denied { Stance::Denies } else { Stance::ClaimsResponsibility };
    found.retain(|f| f.word != verb);
    let source = source::of_verb(tree, verb, passive);
    found.push(said(verb, vec![verb, at], source, deed, subtree(tree, deed, &[]), stance, "responsibility"));
}

/// "claimed Monday's attack on the mosque".
fn deed_claimed(tree: &Tree, at: usize, found: &mut Vec<Found>) {
    if tree.upos(at) != Upos::Verb {
        return;
    }
    let passive = tree.kids(at).any(|k| tree.sub(k) == Sub::Pass);
    let deed = tree.kids(at).find(|&k| {
        (tree.rel(k) == Rel::Obj || passive && tree.rel(k) == Rel::Nsubj)
            && matches!(
                tree.lemma(k),
                "attack"
                    | "bombing"
                    | "assault"
                    | "killing"
                    | "raid"
                    | "shooting"
                    | "strike"
                    | "ambush"
                    | "kidnapping"
                    | "abduction"
                    | "assassination"
                    | "massacre"
                    | "blast"
                    | "explosion"
            )
    });
    let Some(deed) = deed else { return };
    found.retain(|f| f.word != at);
    let source = source::of_verb(tree, at, passive);
    let content = subtree(tree, deed, &[]);
    found.push(said(at, vec![at], source, deed, content, Stance::ClaimsResponsibility, "responsibility-for-deed"));
}

/// "Vucic: no troops to Kosovo", "No troops to Kosovo: Vucic", "WALLACE: Do you …".
fn colon(tree: &Tree, at: usize, index: usize, found: &mut Vec<Found>) {
    let n = tree.len();
    if at == 0 || at + 1 >= n || found.iter().any(|f| f.content.contains(&(at + 1)) && f.word < at) {
        return;
    }
    let named = |i: usize| tree.upos(i) == Upos::Propn;
    let name_only = |from: usize, to: usize| {
        (from..to).any(named)
            && (from..to).all(|i| {
                named(i)
                    || matches!(
                        tree.upos(i),
                        Upos::Noun | Upos::Adj | Upos::Adp | Upos::Det | Upos::Punct | Upos::Cconj | Upos::X
                    )
            })
    };
    let label = |i: usize| {
        matches!(
            tree.lower(i),
            "breaking"
                | "watch"
                | "video"
                | "image"
                | "photo"
                | "photos"
                | "update"
                | "exclusive"
                | "analysis"
                | "opinion"
                | "report"
                | "live"
                | "editorial"
                | "explainer"
                | "note"
                | "source"
                | "re"
                | "transcript"
                | "review"
                | "correction"
                | "related"
                | "read"
        )
    };
    let words = |from: usize, to: usize| (from..to).filter(|&i| tree.upos(i) != Upos::Punct).count();
    let title = index == 0;
    let verb_in = |from: usize, to: usize| (from..to).any(|i| matches!(tree.upos(i), Upos::Verb | Upos::Aux));
    // "WALLACE: …": a transcript's speaker.
    let capitals = |from: usize, to: usize| {
        to == from + 1 && tree.form(from).len() > 1 && tree.form(from).chars().all(|c| c.is_uppercase() || c == '.')
    };
    let person = |from: usize, to: usize| {
        capitals(from, to) || tree.sentence.names.iter().any(|m| m.first as usize >= from && m.end as usize <= to)
    };
    let (mut from, mut to) = (at + 1, n);
    let speaker = if at <= if title { 6 } else { 4 }
        && name_only(0, at)
        && !(0..at).any(label)
        && words(at + 1, n) >= 2
        && (title || person(0, at))
    {
        (0, at)
    } else if title
        && n - at <= 4
        && words(at + 1, n) >= 1
        && (at + 1..n).filter(|&i| tree.upos(i) != Upos::Punct).all(named)
        && verb_in(0, at)
    {
        (from, to) = (0, at);
        (at + 1, n)
    } else {
        return;
    };
    let inside = |i: usize, (a, b): (usize, usize)| (a..b).contains(&i);
    let head = (speaker.0..speaker.1).filter(|&i| named(i)).find(|&i| tree.head(i).is_none_or(|h| !inside(h, speaker)));
    let head = head.or_else(|| (speaker.0..speaker.1).rfind(|&i| named(i)));
    let content: Vec<usize> = (from..to).collect();
    let roots = content
        .iter()
        .copied()
        .filter(|&t| tree.upos(t) != Upos::Punct && tree.head(t).is_none_or(|h| !inside(h, (from, to))))
        .collect();
    found.push(Found {
        word: at,
        cue: vec![at],
        frame: Frame::Quote,
        preposition: String::new(),
        source: head,
        content,
        roots,
        stance: Some(Stance::Claims),
        rule: "colon",
    });
}
