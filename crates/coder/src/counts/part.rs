//! Numbers that tell of a part of those already counted: "five people, two of them children", "ten, including a
//! policeman", "12 people, four women and eight men". A part is no second toll.

use forewarn_language::{Rel, Upos};

use crate::number::Quantity;
use crate::tree::Tree;

/// Whether `q` counts a part of what another number of `all` counts.
pub(super) fn is_part(tree: &Tree, q: &Quantity, all: &[Quantity]) -> bool {
    let (first, end) = q.tokens;
    let word = |k: usize| if k < tree.len() { tree.lower(k) } else { "" };
    // "two of them children", "three of whom were soldiers"
    if word(end) == "of" && matches!(word(end + 1), "them" | "whom" | "these" | "those" | "which") {
        return true;
    }
    listed(tree, first) || apposed(tree, q, all)
}

/// "including two policemen and a nurse", "among them two children", "among whom were three women": back from the number
/// over the other members of its list.
fn listed(tree: &Tree, first: usize) -> bool {
    let mut at = first;
    for _ in 0..8 {
        let Some(k) = at.checked_sub(1) else { return false };
        let word = tree.lower(k);
        if matches!(word, "including" | "included" | "includes" | "include") {
            return true;
        }
        if matches!(word, "them" | "whom") && k > 0 && matches!(tree.lower(k - 1), "among" | "amongst" | "of") {
            return true;
        }
        let member = matches!(word, "," | "and" | "were" | "was" | "at" | "least")
            || matches!(tree.upos(k), Upos::Num | Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn);
        if !member {
            return false;
        }
        at = k;
    }
    false
}

/// "five people, two soldiers and three villagers": an apposition names again those whom its head counts.
fn apposed(tree: &Tree, q: &Quantity, all: &[Quantity]) -> bool {
    let mut at = q.counted;
    for _ in 0..4 {
        let Some(head) = tree.head(at) else { return false };
        match tree.rel(at) {
            Rel::Appos => {
                return all
                    .iter()
                    .any(|other| other.counted == head && !other.is_article(tree) && other.span != q.span);
            }
            Rel::Conj => at = head,
            _ => return false,
        }
    }
    false
}
