//! Speech by word order: where a verb of saying finds its content and its source when the tree is not to be trusted.
//!
//! News writes speech in few orders: "X said (that) …", "X, who …, said …", "…, X said", "…, said X", "…, X said, …".
//! The tree of a long sentence often errs about which clause belongs to the verb and who its subject is; commas,
//! quotation marks and the end of the sentence err less.

use forewarn_language::{Feats, Rel, Sub, Upos};

use super::source;
use crate::tree::Tree;

/// What the order of words says of a verb of saying.
pub(super) struct Speech {
    /// The content, in order.
    pub content: Vec<usize>,
    /// Head token of the source, if one stands beside the verb.
    pub source: Option<usize>,
    /// Whether the content stands before the verb.
    pub before: bool,
    /// Whether the order leaves no doubt: "said that", or a verb at the end behind a comma.
    pub sure: bool,
}

/// Reads the order around verb `w`; `quoted` tells whether a token stands in quotation marks that do not hold `w`, and
/// `root` is the head of the content that the tree gives, if any.
pub(super) fn speech(tree: &Tree, w: usize, root: Option<usize>, quoted: &dyn Fn(usize) -> bool) -> Option<Speech> {
    if quoted(w) {
        return None;
    }
    let n = tree.len();
    let end = (0..n).rev().find(|&i| !matches!(tree.lower(i), "." | "!" | "?" | ";" | ":")).map_or(n, |i| i + 1);
    let participle = tree.feats(w).has(Feats::GERUND) || tree.lower(w).ends_with("ing");
    let passive = tree.kids(w).any(|k| tree.sub(k) == Sub::Pass);
    if passive {
        return None;
    }
    let left = if participle { None } else { left_source(tree, w, quoted) };
    let opens = |i: usize| i < n && matches!(tree.lower(i), "\"" | "“" | "''" | "``");
    // "…," said X
    if !participle
        && w > 0
        && tree.upos(w - 1) == Upos::Punct
        && w + 1 < end
        && left.is_none_or(|s| tree.upos(s.1) == Upos::Punct || quoted(s.1))
    {
        let closed = closes_quotation(tree, w - 1, quoted);
        // "X, the leader, said he would": the phrase before is the source, not what is said.
        let said_first = closed || (0..w).any(|i| finite(tree, i) && tree.rel(i) != Rel::Acl);
        let right = right_source(tree, w + 1).filter(|_| is_break(tree, w - 1, quoted) && said_first);
        if let Some((s, last)) = right.filter(|&(_, last)| {
            closed || !(last + 1 < end && matches!(tree.upos(last + 1), Upos::Verb | Upos::Aux | Upos::Adv))
        }) {
            let mut content = if closed { quotation_before(tree, w, quoted) } else { trimmed(tree, 0, w) };
            content.extend((last + 1..end).filter(|&i| quoted(i)));
            return (!content.is_empty()).then_some(Speech { content, source: Some(s), before: true, sure: true });
        }
    }
    let from = after_modifiers(tree, w, end, root);
    let next = if from < end { tree.lower(from) } else { "" };
    let comma = next == ",";
    // "…," X said, "…"; "…," X told them after …
    if let Some((edge, _, s)) = left.filter(|s| s.0 > 0 && closes_quotation(tree, s.0 - 1, quoted)) {
        let mut content = quotation_before(tree, edge, quoted);
        content.extend((w + 1..end).filter(|&i| quoted(i)));
        return (!content.is_empty()).then_some(Speech { content, source: Some(s), before: true, sure: true });
    }
    if (from >= end || comma && !opens(from + 1) && !participle) && !participle {
        // "…, X said." and "…, X said, …"
        let edge = left.map_or(w, |s| s.0);
        if edge == 0 || !is_break(tree, edge - 1, quoted) {
            return None;
        }
        let mut content = trimmed(tree, 0, edge);
        let goes_on =
            root.is_some_and(|r| r > from) || fragment(tree, &content) && (from..end).any(|i| finite(tree, i));
        if comma && goes_on {
            content.extend(trimmed(tree, from, end));
        }
        if !content.iter().any(|&t| finite(tree, t) || quoted(t)) {
            return None;
        }
        let sure = from >= end;
        return (!content.is_empty()).then_some(Speech { content, source: left.map(|s| s.2), before: true, sure });
    }
    let mut start = from + usize::from(comma || next == ":");
    // "said on Tuesday at a news conference that …"
    let that = (start..end.min(start + 12)).find(|&i| tree.lower(i) == "that" && tree.upos(i) == Upos::Sconj);
    if let Some(t) = that.filter(|&t| !(start..t).any(|i| finite(tree, i) || quoted(i))) {
        start = t;
    }
    if start >= end {
        return None;
    }
    // What follows must be a clause or speech, not just an object.
    let that = tree.lower(start) == "that";
    let clause = (start..end).any(|i| {
        matches!(tree.upos(i), Upos::Verb | Upos::Aux) && !tree.feats(i).has(Feats::INFINITIVE | Feats::GERUND)
            || quoted(i)
    });
    if !clause {
        return None;
    }
    let stop = limit(tree, w, start, end);
    let content = trimmed(tree, start, stop);
    (!content.is_empty()).then_some(Speech { content, source: left.map(|s| s.2), before: false, sure: that })
}

/// Whether token `i` is the mark that closes a quotation which goes on into the clause of the verb: a comma, a question
/// or an exclamation mark stands inside it.
fn closes_quotation(tree: &Tree, i: usize, quoted: &dyn Fn(usize) -> bool) -> bool {
    let mark = |i: usize| matches!(tree.lower(i), "," | "?" | "!" | "-" | "—" | "…" | ".");
    let closing = matches!(tree.lower(i), "\"" | "”" | "''");
    if !closing && !quoted(i) {
        return false;
    }
    closing && i > 0 && mark(i - 1) || quoted(i) && mark(i)
}

/// The quoted tokens that end before token `edge`, with what stands between them and the quotation's start.
fn quotation_before(tree: &Tree, edge: usize, quoted: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let Some(first) = (0..edge).find(|&i| quoted(i)) else { return trimmed(tree, 0, edge) };
    // "It was a “last resort,” he said": the words before belong to it unless a comma or colon sets them off.
    let apart = first == 0 || tree.upos(first - 1) == Upos::Punct;
    trimmed(tree, if apart { first } else { 0 }, edge)
}

/// Whether the words before "he said" are no clause of their own, so that what follows completes them.
fn fragment(tree: &Tree, tokens: &[usize]) -> bool {
    let Some(&first) = tokens.first() else { return false };
    let opens = matches!(
        tree.lower(first),
        "if" | "though"
            | "although"
            | "while"
            | "as"
            | "when"
            | "since"
            | "because"
            | "despite"
            | "unless"
            | "whatever"
            | "even"
    );
    opens || !tokens.iter().any(|&t| finite(tree, t))
}

fn finite(tree: &Tree, i: usize) -> bool {
    matches!(tree.upos(i), Upos::Verb | Upos::Aux) && !tree.feats(i).has(Feats::INFINITIVE | Feats::GERUND)
}

/// Where content or an object that starts at `start` ends: before another verb beside the cue, or before the rest of a
/// clause that the cue is put into.
pub(super) fn limit(tree: &Tree, w: usize, start: usize, end: usize) -> usize {
    let mut stop = end;
    for k in tree.kids(w) {
        let beside =
            tree.rel(k) == Rel::Conj && k > start && tree.kids(k).any(|c| tree.rel(c) == Rel::Cc && c > start && c < k);
        if beside {
            let first = tree.below(k, &|_| true)[0].max(start);
            let cc = (start..=first)
                .rev()
                .find(|&i| matches!(tree.upos(i), Upos::Cconj))
                .filter(|&i| i + 3 >= first)
                .unwrap_or(first);
            stop = stop.min(cc);
        }
    }
    let mut at = w;
    for _ in 0..12 {
        let Some(head) = tree.head(at) else { break };
        if head > start && head > w && !(start..stop).all(|i| tree.is_under(i, w)) {
            // The clause around the cue goes on behind it: a comma must close what is said.
            let comma = (start..head).rev().find(|&i| matches!(tree.lower(i), "," | "—" | "–" | ")"));
            if let Some(c) = comma {
                stop = stop.min(c);
            }
        }
        at = head;
    }
    stop
}

/// Tokens `from..to` without punctuation at the ends, quotation marks kept.
fn trimmed(tree: &Tree, from: usize, to: usize) -> Vec<usize> {
    let mark = |i: usize| {
        tree.upos(i) == Upos::Punct
            && !matches!(tree.lower(i), "\"" | "“" | "”" | "''" | "``" | "(" | ")" | "?" | "!" | "‘" | "’")
    };
    let (mut a, mut b) = (from, to);
    while a < b && mark(a) {
        a += 1;
    }
    while b > a && mark(b - 1) {
        b -= 1;
    }
    (a..b).collect()
}

/// Whether token `i` can close what was said before the verb: a comma, a quotation mark, a question mark or a dash.
fn is_break(tree: &Tree, i: usize, quoted: &dyn Fn(usize) -> bool) -> bool {
    matches!(tree.lower(i), "," | "\"" | "”" | "''" | "?" | "!" | "—" | "–" | "--") || quoted(i)
}

/// The phrase that ends right before the verb: its first token, last token and head.
fn left_source(tree: &Tree, w: usize, quoted: &dyn Fn(usize) -> bool) -> Option<(usize, usize, usize)> {
    let mut i = w.checked_sub(1)?;
    while matches!(tree.upos(i), Upos::Aux | Upos::Adv | Upos::Part) {
        i = i.checked_sub(1)?;
    }
    if quoted(i) {
        return None;
    }
    // "Mr Ryan, the speaker of the House, said": over what stands between commas.
    let mut over = i;
    if matches!(tree.lower(i), "," | ")" | "—" | "–") {
        let subject = source::subject(tree, w).filter(|&s| s < i)?;
        let first = source::phrase(tree, subject, &[w]).first().copied().unwrap_or(subject);
        return (first < i && !quoted(subject)).then_some((first, i, subject));
    }
    if !nominal(tree, i) {
        return None;
    }
    // "Mr Ryan on Friday said": over the day.
    if tree.head(i) == Some(w) && tree.rel(i) == Rel::Obl && crate::times::is_day(tree.lower(i)) {
        let subject = source::subject(tree, w).filter(|&s| s < i && !quoted(s))?;
        let first = source::phrase(tree, subject, &[w]).first().copied().unwrap_or(subject);
        return Some((first.min(subject), i, subject));
    }
    if let Some(subject) = source::subject(tree, w).filter(|&s| s < w && !quoted(s)) {
        let tokens = source::phrase(tree, subject, &[w]);
        if tokens.contains(&i) || tree.is_under(i, subject) {
            return Some((tokens[0], i, subject));
        }
    }
    // The highest noun of the phrase that ends here.
    for _ in 0..8 {
        match tree.head(over) {
            Some(h)
                if h < w
                    && nominal(tree, h)
                    && matches!(
                        tree.rel(over),
                        Rel::Flat | Rel::Compound | Rel::Nmod | Rel::Appos | Rel::Conj | Rel::Nummod | Rel::Amod
                    ) =>
            {
                if (h..over).any(|k| tree.lower(k) == ",") && tree.rel(over) != Rel::Appos {
                    break;
                }
                over = h;
            }
            _ => break,
        }
    }
    let tokens = source::phrase(tree, over, &[w]);
    let first = tokens.iter().copied().find(|&t| !(t..i).any(|k| tree.lower(k) == ",")).unwrap_or(over).min(over);
    Some((first, i, over))
}

/// The head of the phrase that starts at `r`, if one does.
fn right_source(tree: &Tree, r: usize) -> Option<(usize, usize)> {
    let starts = matches!(tree.upos(r), Upos::Propn | Upos::Noun | Upos::Det | Upos::Adj | Upos::Num)
        || tree.upos(r) == Upos::Pron
            && matches!(tree.lower(r), "he" | "she" | "they" | "one" | "his" | "her" | "their");
    if !starts || tree.lower(r) == "that" {
        return None;
    }
    let mut at = r;
    for _ in 0..6 {
        match tree.head(at) {
            Some(h) if nominal(tree, h) && h < r + 8 && h != at && (h > at || h >= r) => at = h,
            _ => break,
        }
    }
    if !nominal(tree, at) {
        return None;
    }
    // A subject of a later verb opens what is said.
    if tree.rel(at) == Rel::Nsubj && tree.head(at).is_some_and(|h| h > at) {
        return None;
    }
    let mut last = at;
    while last + 1 < tree.len() && nominal(tree, last + 1) {
        last += 1;
    }
    Some((at, last))
}

/// The head of the phrase right before the verb `w`, for verbs to which the tree gives no subject.
pub(super) fn subject_before(tree: &Tree, w: usize) -> Option<usize> {
    let infinitive = tree.kids(w).any(|k| tree.rel(k) == Rel::Mark);
    // "two men accused of it" say nothing.
    let suffered = tree.rel(w) == Rel::Acl
        && tree.feats(w).has(Feats::PAST)
        && tree.feats(w).has(Feats::PARTICIPLE)
        && tree.feats(w).has(Feats::PASSIVE);
    if infinitive
        || suffered
        || tree.upos(w) != Upos::Verb
        || tree.lower(w).ends_with("ing")
        || tree.kids(w).any(|k| tree.sub(k) == Sub::Pass)
    {
        return None;
    }
    let mut i = w.checked_sub(1)?;
    while matches!(tree.upos(i), Upos::Aux | Upos::Adv | Upos::Part) {
        i = i.checked_sub(1)?;
    }
    nominal(tree, i).then(|| left_source(tree, w, &|_| false)).flatten().map(|s| s.2)
}

fn nominal(tree: &Tree, i: usize) -> bool {
    matches!(tree.upos(i), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num) || tree.lower(i) == "who"
}

/// The first token after the verb that is neither its adverb, its addressee nor a short phrase of time or place.
fn after_modifiers(tree: &Tree, w: usize, end: usize, root: Option<usize>) -> usize {
    let mut at = w + 1;
    'next: while at < end {
        if tree.upos(at) == Upos::Adv && tree.head(at) == Some(w) {
            at += 1;
            continue;
        }
        for k in tree.kids(w).filter(|&k| k >= at && Some(k) != root) {
            if !matches!(tree.rel(k), Rel::Obl | Rel::Iobj | Rel::Obj | Rel::Advmod | Rel::Compound) {
                continue;
            }
            let tokens = tree.below(k, &|c| tree.rel(c) != Rel::Punct);
            let (first, last) = (tokens[0], tokens[tokens.len() - 1]);
            let plain = tokens.iter().all(|&t| !matches!(tree.upos(t), Upos::Verb | Upos::Aux));
            if first == at && last < at + 10 && plain && last + 1 - first == tokens.len() {
                // A bare noun phrase after "said" opens what is said; after "told" it is whom it is said to.
                let addressed = tree.rel(k) != Rel::Obj && tree.rel(k) != Rel::Iobj
                    || matches!(
                        tree.lemma(w),
                        "tell" | "inform" | "assure" | "remind" | "warn" | "advise" | "notify" | "promise" | "ask"
                    );
                if addressed || last + 1 >= end {
                    at = last + 1;
                    continue 'next;
                }
            }
        }
        break;
    }
    at
}
