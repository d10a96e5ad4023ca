//! Who: noun phrases resolved to parties, and what pronouns, descriptions and short names stand for.
//!
//! [`mentions`] looks a sentence up in the lexicon once; [`party`] and [`kind`] then read single phrases by
//! their head token. [`Discourse`] remembers what a report has named and resolves later words to it.
//!
//! *Invariant*: a party says only what the text says. Armed men of an ethnic group have its ethnicity and no
//! state; a word that names no actor gives no party; an unknown party keeps its text.

mod context;
mod describe;
mod discourse;
mod head;
mod joined;
mod mentions;
mod minority;
mod phrase;
mod rules;

pub use discourse::{Discourse, Resolution};
pub use mentions::Mentions;
pub use rules::{RULES, meaning};

use forewarn_codebook::actors::{Actors, Entry};
use jiff::civil::Date;
use smol_str::SmolStr;

use crate::claim::Party;
use crate::tree::Tree;
use describe::{Found, describe};

/// What the phrase headed by a token can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A state, organisation, or body of people that is none of the next three.
    Actor,
    /// A person, or persons, neither armed nor plainly civilian.
    Person,
    /// Those who bear arms: sectors MIL, COP, UAF, REB, SPY, PRM.
    Armed,
    /// Civilians: unarmed people, refugees, prisoners, workers, journalists, protesters.
    Civil,
    /// A place, or a state named as one ("in Kosovo").
    Place,
    /// A day, month or stretch of time.
    Time,
    /// A number.
    Number,
    /// Anything else.
    Thing,
}

impl Kind {
    /// Whether it can act.
    pub fn is_actor(self) -> bool {
        matches!(self, Self::Actor | Self::Person | Self::Armed | Self::Civil)
    }
}

/// The names and role nouns of one sentence of a report of `date`, which tells apart who bore a name when.
pub fn mentions<'c>(actors: &'c Actors, tree: &Tree, date: Option<Date>) -> Mentions<'c> {
    let mut one = [Mentions::new(actors, tree)];
    context::settle(std::slice::from_ref(tree), &mut one, date);
    let [one] = one;
    one
}

/// The names and role nouns of a report's sentences. What a name can mean besides is decided by what the sentence
/// and the report name elsewhere.
pub fn mentions_of_report<'c>(actors: &'c Actors, trees: &[Tree], date: Option<Date>) -> Vec<Mentions<'c>> {
    let mut all: Vec<Mentions> = trees.iter().map(|t| Mentions::new(actors, t)).collect();
    context::settle(trees, &mut all, date);
    all
}

/// What the phrase headed by token `head` can be.
pub fn kind(tree: &Tree, mentions: &Mentions, head: usize) -> Kind {
    mentions.kind(head, || describe(tree, mentions, head, None).kind)
}

/// The phrase headed by token `head` as one party; conjuncts are calls of their own.
///
/// None when it can be no actor: things, abstractions, dates, pronouns (see [`Discourse::resolve`]).
/// A place gives a party with its country, no sector and the rule `who/place`.
pub fn party(tree: &Tree, mentions: &Mentions, head: usize, date: Option<Date>) -> Option<Party> {
    if phrase::is_pronoun(tree, head) {
        return None;
    }
    to_party(tree, head, describe(tree, mentions, head, date))
}

/// The party that a described phrase makes.
fn to_party(tree: &Tree, head: usize, found: Found) -> Option<Party> {
    match found.kind {
        Kind::Time | Kind::Number | Kind::Thing => return None,
        Kind::Place if found.country.is_none() => return None,
        _ => {}
    }
    let span = tree.span_of(&phrase::of(tree, head));
    Some(Party {
        text: span.slice(tree.text).to_owned(),
        span,
        country: found.country,
        sector: found.sector,
        group: found.group,
        ethnicity: found.ethnicity,
        person: found.person,
        office: found.office,
        resolved: None,
        inferred: is_inferred(found.rule),
        rule: found.rule,
    })
}

/// As [`party`], but a phrase that names several ("Hungarian and Romanian officials", "U.S. and European Union
/// nations") gives one party for each.
pub fn parties(tree: &Tree, mentions: &Mentions, head: usize, date: Option<Date>) -> Vec<Party> {
    let Some(first) = party(tree, mentions, head, date) else { return Vec::new() };
    let members = joined::joined(tree, mentions, head);
    let known = |m: &(Option<SmolStr>, Option<SmolStr>)| {
        m.0.is_some() && m.0 == first.country || m.1.is_some() && m.1 == first.group
    };
    if first.person.is_some() || !members.iter().any(known) {
        return vec![first];
    }
    members
        .into_iter()
        .map(|(country, group)| {
            let of_body = matches!(first.sector.as_deref(), Some("IGO" | "NGO")) && group.is_none();
            let sector = if of_body { Some(SmolStr::new_static("GOV")) } else { first.sector.clone() };
            Party { country, sector, group, ..first.clone() }
        })
        .collect()
}

/// Whether `rule` reads a phrase that no dictionary knows.
pub fn is_inferred(rule: &str) -> bool {
    rule == "who/person" || rule.starts_with("who/unknown-")
}

/// The entry that decides the phrase headed by `head` on `date`, if the lexicon knows its name.
pub fn entry<'c>(mentions: &Mentions<'c>, head: usize, date: Option<Date>) -> Option<&'c Entry> {
    mentions.entry(head, date)
}

/// Whether the codebook or the text says who it is: a country, group, sector, ethnicity or named person.
pub fn is_known(party: &Party) -> bool {
    party.country.is_some()
        || party.group.is_some()
        || party.sector.is_some()
        || party.ethnicity.is_some()
        || party.person.is_some()
}

/// Whether it is a news medium or a journalist, no actor while only reporting.
pub fn is_medium(party: &Party) -> bool {
    party.rule == "who/medium"
}

#[cfg(test)]
mod tests;
