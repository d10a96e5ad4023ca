//! Numbers that a sentence takes back: "an earlier toll of seven", "12, not 13", "up from seven", "revised from 13 to
//! 12". The new number stands; the old one is no toll of its own. Read along the words, since parsers hang such asides
//! anywhere.

use crate::number::Quantity;
use crate::tree::Tree;

/// How many words may lie between what announces an old number and the number.
const REACH: usize = 4;

/// Whether the text gives `q` only to replace it, or as a difference ("two more than first reported").
pub(super) fn superseded(tree: &Tree, q: &Quantity) -> bool {
    let (first, end) = q.tokens;
    let word = |k: Option<usize>| k.filter(|&k| k < tree.len()).map_or("", |k| tree.lower(k));
    let (w1, w2) = (word(first.checked_sub(1)), word(first.checked_sub(2)));
    let (n1, n2) = (word(Some(end)), word(Some(end + 1)));
    match (w2, w1) {
        // "12 people, not 13"
        (_, "not") | ("instead", "of") | ("rather", "than") => return true,
        // "two dead, up from one"
        ("up" | "down", "from") => return true,
        (_, "from") if to_number(tree, first, end) => return true,
        _ => {}
    }
    // "two more than previously reported"
    if matches!(n1, "more" | "fewer" | "less" | "higher" | "lower") && n2 == "than" {
        return true;
    }
    // "instead of the seven first reported"
    if w1 == "the" && matches!((word(first.checked_sub(3)), w2), ("instead", "of") | ("rather", "than")) {
        return true;
    }
    earlier_figure(tree, first)
}

/// "from 13 to 12", "to four from five": the number after `from` is the old one where the new one stands beside it.
fn to_number(tree: &Tree, first: usize, end: usize) -> bool {
    let number = |k: usize| (k..(k + 3).min(tree.len())).any(|k| crate::number::value_of(tree.lower(k)).is_some());
    let after = (end..(end + REACH).min(tree.len())).any(|k| tree.lower(k) == "to" && number(k + 1));
    let from = first - 1;
    let before = (from.saturating_sub(REACH)..from).any(|k| tree.lower(k) == "to" && number(k + 1));
    (after || before) && changed(tree, from)
}

/// Whether the words before `at` tell of a number that changes.
pub(crate) fn changed(tree: &Tree, at: usize) -> bool {
    (at.saturating_sub(14)..at).any(|k| {
        matches!(
            tree.lemma(k),
            "rise"
                | "climb"
                | "increase"
                | "grow"
                | "jump"
                | "go"
                | "revise"
                | "raise"
                | "fall"
                | "drop"
                | "lower"
                | "cut"
                | "change"
                | "correct"
                | "update"
                | "adjust"
                | "reduce"
                | "amend"
                | "up"
                | "down"
                | "revision"
                | "correction"
        )
    })
}

/// "an earlier toll of seven", "its first count, five", "a previous estimate that put the dead at 20".
fn earlier_figure(tree: &Tree, first: usize) -> bool {
    let from = first.saturating_sub(REACH);
    let Some(figure) = (from..first).rev().find(|&k| is_figure(tree, k)) else { return false };
    // Nothing but what leads to the number may stand between.
    let leads =
        (figure + 1..first).all(|k| matches!(tree.lower(k), "of" | "at" | "," | "was" | "stood" | "put" | "the"));
    leads
        && (figure.saturating_sub(3)..figure).any(|k| {
            matches!(
                tree.lower(k),
                "earlier"
                    | "previous"
                    | "initial"
                    | "prior"
                    | "first"
                    | "original"
                    | "preliminary"
                    | "provisional"
                    | "old"
            )
        })
}

/// Nouns of a number of victims.
pub(super) fn is_figure(tree: &Tree, k: usize) -> bool {
    matches!(tree.lemma(k), "toll" | "figure" | "count" | "number" | "estimate" | "tally" | "total" | "report")
}
