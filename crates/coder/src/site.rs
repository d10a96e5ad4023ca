//! "Mogadishu bombings", "Kabul airport attack": what stands before a noun of attack and says where it was, or what it hit.

use forewarn_codebook::actors::{EntryKind, Form};
use forewarn_language::{Rel, Upos};

use crate::tree::Tree;
use crate::who::{self, Kind, Mentions};

/// Nouns of attack that take a place before them.
const ATTACKS: [&str; 16] = [
    "attack",
    "bombing",
    "blast",
    "explosion",
    "shooting",
    "strike",
    "airstrike",
    "raid",
    "siege",
    "massacre",
    "ambush",
    "killing",
    "assault",
    "stabbing",
    "shelling",
    "hijacking",
];

/// Nouns of what stands somewhere and is attacked, never attacks.
const STANDING: [&str; 42] = [
    "base",
    "station",
    "airport",
    "airfield",
    "airbase",
    "embassy",
    "consulate",
    "mosque",
    "church",
    "cathedral",
    "temple",
    "synagogue",
    "shrine",
    "hotel",
    "market",
    "school",
    "university",
    "college",
    "hospital",
    "prison",
    "jail",
    "barracks",
    "camp",
    "fort",
    "stadium",
    "concert",
    "nightclub",
    "restaurant",
    "bus",
    "train",
    "metro",
    "subway",
    "palace",
    "parliament",
    "mall",
    "checkpoint",
    "pipeline",
    "refinery",
    "bridge",
    "museum",
    "theatre",
    "theater",
];

/// The modifiers of the noun of attack at `noun` that say where it was or what it hit, in text order: places and seats
/// of government that are not states ("Quetta attack"), or all that belongs to a building or base ("United States
/// embassy attack"). None where the noun names its target by itself: in "Moscow strikes on Kherson" Moscow acts.
pub(crate) fn sites(tree: &Tree, mentions: &Mentions, noun: usize) -> Vec<usize> {
    let lemma = tree.lemma(noun).to_lowercase();
    if !ATTACKS.contains(&lemma.as_str()) {
        return Vec::new();
    }
    let before: Vec<usize> = tree
        .kids(noun)
        .filter(|&k| k < noun && matches!(tree.rel(k), Rel::Compound | Rel::Amod | Rel::Flat | Rel::Nmod))
        .filter(|&k| matches!(tree.upos(k), Upos::Propn | Upos::Noun | Upos::Adj) && tree.case_of(k).is_none())
        .collect();
    let standing = |k: usize| {
        tree.below(k, &|t| t < noun)
            .iter()
            .any(|&t| STANDING.contains(&tree.lower(t)) || STANDING.contains(&tree.lemma(t)))
    };
    if before.iter().any(|&k| standing(k)) {
        return before.into_iter().filter(|&k| standing(k) || mentions.name_range(k).is_some()).collect();
    }
    let aimed = tree.kids(noun).any(|k| k > noun && matches!(tree.case_of(k), Some("on" | "against" | "of" | "upon")));
    if aimed {
        return Vec::new();
    }
    before.into_iter().filter(|&k| tree.upos(k) != Upos::Adj && names_a_place(tree, mentions, k)).collect()
}

/// Whether token `t` names a place that is no state.
fn names_a_place(tree: &Tree, mentions: &Mentions, t: usize) -> bool {
    match mentions.lexicon(t) {
        Some(known) => match known.entry.kind {
            EntryKind::Country => matches!(known.form, Form::Capital | Form::Seat),
            EntryKind::Place => matches!(known.form, Form::Name | Form::Place),
            _ => false,
        },
        None => who::kind(tree, mentions, t) == Kind::Place,
    }
}
