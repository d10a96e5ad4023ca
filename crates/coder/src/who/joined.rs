//! Phrases that name several: one party for each state or body that modifiers or an `of` phrase join.

use forewarn_codebook::actors::EntryKind;
use forewarn_language::{Feats, Rel, Upos};
use smol_str::SmolStr;

use super::mentions::{Bond, Mentions, Named};
use super::phrase;
use crate::tree::Tree;

/// Country and group.
type Member = (Option<SmolStr>, Option<SmolStr>);

/// The countries and organisations of coordinated modifiers ("Hungarian and Romanian officials", "U.S. and European
/// Union nations") or phrases ("the foreign ministers of Greece and Turkey"): country and group of each; empty when fewer
/// than two.
pub(super) fn joined(tree: &Tree, mentions: &Mentions, head: usize) -> Vec<Member> {
    let behind = behind(tree, mentions, head);
    if !behind.is_empty() {
        return behind;
    }
    let mut out = Vec::new();
    let mut last = None;
    for t in phrase::core(tree, head) {
        let Some(name) = mentions.name(t) else { continue };
        if name.first != t || name.bond == Bond::Not || name.end > head {
            continue;
        }
        let Some(member) = member(&name) else { continue };
        // Only "A and B", "A, B and C", "two A and five B": nothing but a comma, a conjunction or a number between two names.
        let follows = last.is_none_or(|end| {
            let links = |t| matches!(tree.lower(t), "," | "and" | "or" | "&" | "/");
            end < name.first && links(end) && (end..name.first).all(|t| links(t) || tree.upos(t) == Upos::Num)
        });
        if !follows {
            out.clear();
        }
        last = Some(name.end);
        if !out.contains(&member) {
            out.push(member);
        }
    }
    if out.len() < 2 { Vec::new() } else { out }
}

/// "the foreign ministers of Greece and Turkey", "officials from Chad, Niger and Mali": several people, one party for
/// each that the phrase joins. "The minister of Serbia and Montenegro" is one.
fn behind(tree: &Tree, mentions: &Mentions, head: usize) -> Vec<Member> {
    let mut out: Vec<Member> = Vec::new();
    if tree.upos(head) != Upos::Noun || !tree.feats(head).has(Feats::PLURAL) {
        return out;
    }
    let of = |k: &usize| tree.rel(*k) == Rel::Nmod && *k > head && matches!(tree.case_of(*k), Some("of" | "from"));
    let Some(first) = tree.kids(head).find(of) else { return out };
    for t in tree.conjuncts(first) {
        let Some(found) = mentions.name(t).as_ref().and_then(member) else { return Vec::new() };
        if !out.contains(&found) {
            out.push(found);
        }
    }
    if out.len() < 2 { Vec::new() } else { out }
}

/// What a name adds to a phrase: its country, and its code if it is a body.
fn member(name: &Named) -> Option<Member> {
    let group = match name.entry.kind {
        EntryKind::Country => None,
        EntryKind::Body | EntryKind::Group | EntryKind::Force | EntryKind::Party => Some(name.entry.code.clone()),
        _ => return None,
    };
    Some((name.entry.country.clone(), group))
}
