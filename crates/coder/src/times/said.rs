//! The day on which something was said is not the day on which it was done: "claimed responsibility on Friday for the
//! attack", "condemned on Tuesday the shelling", "said on Monday that rebels had taken the town".

use super::TimeExpr;
use crate::tree::Tree;
use crate::voice::Attribution;

/// The times of the sentence of this `index` that may date `predicate`; those that date the saying, wishing or denying
/// of it are left out.
///
/// A time dates the saying when it hangs on the verb of saying, claiming or condemning and stands outside what is said.
/// What stands behind the first word of the content is the content's, whatever the tree hangs it on.
pub(crate) fn of_content(
    tree: &Tree,
    index: usize,
    predicate: usize,
    attributions: &[Attribution],
    times: &[TimeExpr],
) -> Vec<TimeExpr> {
    let span = tree.token(predicate).span;
    let over = |v: &&Attribution| v.sentence == index && !v.cue.contains(&predicate) && v.covers(span);
    let told = |time: &TimeExpr| attributions.iter().filter(over).any(|v| dates_the_cue(tree, v, time));
    times.iter().filter(|time| !told(time) && !is_new_date(tree, predicate, time)).cloned().collect()
}

/// "postponed the vote from 18 December to 23 April": the days between which something is moved are not those of the
/// moving.
fn is_new_date(tree: &Tree, predicate: usize, time: &TimeExpr) -> bool {
    let moves = matches!(
        tree.lemma(predicate),
        "postpone"
            | "delay"
            | "defer"
            | "reschedule"
            | "extend"
            | "prolong"
            | "adjourn"
            | "put"
            | "suspend"
            | "schedule"
    );
    let linked = |t: usize| matches!(tree.lower(t), "from" | "to" | "until" | "till" | "for" | "by");
    moves && (linked(time.tokens.0) || time.tokens.0.checked_sub(1).is_some_and(linked))
}

fn dates_the_cue(tree: &Tree, voice: &Attribution, time: &TimeExpr) -> bool {
    let (Some(&word), Some(&root)) = (voice.cue.last(), voice.content_roots.first()) else { return false };
    let hangs = || {
        let mut at = time.governs?;
        for _ in 0..12 {
            if voice.content_roots.contains(&at) {
                return None;
            }
            if voice.cue.contains(&at) {
                return Some(at);
            }
            at = tree.head(at)?;
        }
        None
    };
    let outside = if root > word {
        tree.below(root, &|k| !voice.cue.contains(&k)).first().is_some_and(|&first| time.tokens.1 <= first)
    } else {
        time.tokens.0 > root
    };
    outside && hangs().is_some()
}
