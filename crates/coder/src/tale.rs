//! Tales of past years: a sentence without a time between two of one past year is of that year too.

use forewarn_language::{Feats, Rel, Upos};
use jiff::civil::Date;

use crate::times::TimeExpr;
use crate::tree::Tree;

/// How many days before the report a time must lie to be a tale's.
const LONG_AGO_DAYS: i32 = 400;

/// How many sentences may lie between two times of a tale.
const REACH: usize = 6;

/// For each sentence whether it is part of a tale: it has no time of its own, and in its paragraph the times before and
/// behind it are long ago and of one year, or of two that follow each other.
pub(crate) fn tales(trees: &[Tree], times: &[Vec<TimeExpr>], published: Option<Date>) -> Vec<bool> {
    let mut out = vec![false; trees.len()];
    let Some(published) = published else { return out };
    let mut before: Option<(usize, Date)> = None;
    for (i, found) in times.iter().enumerate() {
        let block = trees[i].sentence.block;
        if before.is_some_and(|(b, _)| trees[b].sentence.block != block) {
            before = None;
        }
        let mut dated = found.iter().filter(|t| t.dates()).peekable();
        if dated.peek().is_none() {
            continue;
        }
        let long_ago = |t: &&TimeExpr| {
            let day = t.when.end.or(t.when.start)?;
            (day.until(published).map_or(0, |s| s.get_days()) > LONG_AGO_DAYS).then_some(day)
        };
        let all: Vec<Option<Date>> = dated.map(|t| long_ago(&t)).collect();
        let (first, last) = (all[0], all[all.len() - 1]);
        if let (Some((from, year)), Some(to)) = (before, first)
            && i - from <= REACH
            && (0..=1).contains(&(to.year() - year.year()))
        {
            out[from + 1..i].fill(true);
        }
        before = last.map(|day| (i, day));
    }
    out
}

/// Whether the clause of `at` is told in the past: "police seized", "was shot"; not "has seized", "will seize".
pub(crate) fn told_in_past(tree: &Tree, at: usize) -> bool {
    let mut at = at;
    for _ in 0..6 {
        for k in tree.kids(at).filter(|&k| matches!(tree.rel(k), Rel::Aux | Rel::Cop)) {
            match tree.lower(k) {
                "was" | "were" | "had" | "did" => return true,
                "been" | "being" | "be" => {}
                _ => return false,
            }
        }
        let feats = tree.feats(at);
        if tree.upos(at) == Upos::Verb && (feats.has(Feats::FINITE) || tree.head(at).is_none()) {
            return feats.has(Feats::PAST);
        }
        let Some(head) = tree.head(at) else { return false };
        at = head;
    }
    false
}
