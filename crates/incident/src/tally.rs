//! The numbers of an incident: whose figure stands, what a later one revises, and what is added up.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::counted::{self, Group, Range};
use crate::incident::{Tally, TallySaid};
use crate::link::Piece;
use crate::{origin, summary, time};

/// The tallies of some tellings, a kind each, by kind.
pub(crate) fn counts(pieces: &[Piece<'_>]) -> Vec<Tally> {
    let mut kinds: Vec<&SmolStr> = pieces.iter().flat_map(|p| p.telling.tolls.iter().map(|t| &t.what)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.into_iter().map(|what| tally(pieces, what)).collect()
}

/// What one report says, with when that was known.
type Figure = (Option<i32>, Range);

/// One report's figure on its way into a tally.
struct Entry {
    /// When its figure was known: a copy printed late says what was known when the first was printed.
    known: Option<i32>,
    said: TallySaid,
    /// The groups that it counts, with the fullest figure of each; none where it counts all alike.
    groups: Option<Vec<(Group, Range)>>,
}

fn value(range: Range) -> Option<u64> {
    range.1.or(range.0).or(range.2)
}

fn figure(s: &TallySaid) -> Option<u64> {
    value((s.low, s.best, s.high))
}

/// One kind of number: each report's fullest figure; those of the latest reports stand.
fn tally(pieces: &[Piece<'_>], what: &SmolStr) -> Tally {
    let mut entries = entries(pieces, what);
    date(pieces, &mut entries);
    let replaced: Vec<bool> = (0..entries.len())
        .map(|i| {
            let later = |j: &usize| matches!((entries[*j].known, entries[i].known), (Some(l), Some(p)) if p < l);
            (0..entries.len()).filter(later).any(|j| revises(&entries[j], &entries[i]))
        })
        .collect();
    for (entry, replaced) in entries.iter_mut().zip(replaced) {
        entry.said.superseded = replaced;
    }
    entries.sort_by(|a, b| b.known.cmp(&a.known).then_with(|| a.said.claim_id.cmp(&b.said.claim_id)));
    let standing: Vec<&Entry> = entries.iter().filter(|e| !e.said.superseded).collect();
    // Beside a toll of all, that of some says nothing unless it is higher.
    let whole = standing.iter().filter(|e| e.groups.is_none()).filter_map(|e| figure(&e.said)).max();
    let camps = if whole.is_none() { by_group(&standing) } else { Vec::new() };
    let (low, best, high) = if camps.len() > 1 {
        // What was said of one group is no word on another: they are added up.
        let parts: Vec<Range> = camps.iter().map(|said| agreed(said)).collect();
        let sum = |part: fn(&Range) -> Option<u64>| parts.iter().map(part).sum::<Option<u64>>();
        (sum(|r| r.0), sum(|r| r.1), sum(|r| r.2))
    } else {
        let said: Vec<Figure> = standing
            .iter()
            .filter(|e| e.groups.is_none() || whole.is_none_or(|w| figure(&e.said).is_some_and(|v| v > w)))
            .map(|e| (e.known, (e.said.low, e.said.best, e.said.high)))
            .collect();
        agreed(&said)
    };
    Tally { what: what.clone(), low, best, high, said: entries.into_iter().map(|e| e.said).collect() }
}

/// Each report's fullest figure.
fn entries(pieces: &[Piece<'_>], what: &SmolStr) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    for piece in pieces {
        let Some((low, best, high)) = counted::total(&piece.telling.tolls, what) else { continue };
        let who: Vec<&str> = piece
            .telling
            .tolls
            .iter()
            .filter(|t| t.what == *what && !t.who.is_empty())
            .map(|t| t.who.as_str())
            .collect();
        let said = TallySaid {
            claim_id: piece.telling.claim_id.clone(),
            report_id: piece.telling.report_id.clone(),
            published: piece.sketch.published.and_then(time::date),
            said_by: summary::voices(*piece),
            who: SmolStr::from(who.join(", ")),
            low,
            best,
            high,
            superseded: false,
        };
        match out.iter_mut().find(|e| e.said.report_id == said.report_id) {
            Some(old) => {
                let fuller =
                    figure(&said).cmp(&figure(&old.said)).then_with(|| old.said.claim_id.cmp(&said.claim_id)).is_gt();
                if fuller {
                    old.said = said;
                }
            }
            None => out.push(Entry { known: piece.sketch.published, said, groups: None }),
        }
    }
    for entry in &mut out {
        let own = pieces.iter().filter(|p| p.telling.report_id == entry.said.report_id);
        let tolls = own.flat_map(|p| p.telling.tolls.iter().filter(|t| t.what == *what).map(|t| (p.telling, t)));
        let groups = counted::by_group(tolls);
        // "Killed three of the attackers" and, elsewhere in the report, "an officer died": four.
        let sum = |part: fn(&Range) -> Option<u64>| groups.iter().map(|(_, r, _)| part(r)).sum::<Option<u64>>();
        let all = (sum(|r| r.0), sum(|r| r.1), sum(|r| r.2));
        let s = &mut entry.said;
        if groups.len() > 1 && value(all) > figure(s) {
            let who: Vec<&str> = groups.iter().map(|(.., who)| *who).collect();
            (s.low, s.best, s.high, s.who) = (all.0, all.1, all.2, SmolStr::from(who.join(", ")));
        }
        // A figure of people at large, or of some whom no word tells apart, is of all.
        let named: Vec<&str> = s.who.split(", ").collect();
        if !groups.is_empty() && named.iter().all(|n| groups.iter().any(|(.., who)| who == n)) {
            let counted = groups.iter().filter(|(.., who)| named.contains(who));
            entry.groups = Some(counted.map(|(g, r, _)| (g.clone(), *r)).collect());
        }
    }
    out
}

/// Sets when each figure was known.
fn date(pieces: &[Piece<'_>], entries: &mut [Entry]) {
    let sketch = |report: &str| pieces.iter().find(|p| p.telling.report_id == report).map(|p| p.sketch);
    let known: Vec<Option<i32>> = entries
        .iter()
        .map(|e| {
            let own = sketch(&e.said.report_id)?;
            let copied = entries.iter().filter(|other| {
                figure(&other.said) == figure(&e.said)
                    && sketch(&other.said.report_id).is_some_and(|o| origin::shared(own, o))
            });
            copied.filter_map(|other| other.known).chain(e.known).min()
        })
        .collect();
    for (entry, known) in entries.iter_mut().zip(known) {
        entry.known = known;
    }
}

/// Whether a later figure takes the place of an earlier one. "Killed an officer", said later, does not revise a toll that
/// also counts the attackers, nor do fifty hurt protesters revise the number of hurt peacekeepers.
fn revises(later: &Entry, earlier: &Entry) -> bool {
    let grown = figure(&later.said) > figure(&earlier.said);
    match (&later.groups, &earlier.groups) {
        (None, _) => true,
        (Some(_), None) => grown,
        (Some(new), Some(old)) => old.iter().all(|(o, _)| new.iter().any(|(n, _)| !counted::apart(n, o))),
    }
}

/// The figures of several reports, parted into groups that are surely not the same people.
fn by_group(standing: &[&Entry]) -> Vec<Vec<Figure>> {
    let mut out: Vec<(Vec<&Group>, Vec<Figure>)> = Vec::new();
    for entry in standing {
        for (group, range) in entry.groups.iter().flatten() {
            match out.iter_mut().find(|(groups, _)| !groups.iter().any(|g| counted::apart(g, group))) {
                Some((groups, said)) => {
                    groups.push(group);
                    said.push((entry.known, *range));
                }
                None => out.push((vec![group], vec![(entry.known, *range)])),
            }
        }
    }
    out.into_iter().map(|(_, said)| said).collect()
}

/// Low, best and high of what several reports say of the same people. Of figures that as many give, the best is the one
/// of the latest report; then the highest, as tolls mostly rise.
fn agreed(said: &[Figure]) -> Range {
    let mut votes: BTreeMap<u64, usize> = BTreeMap::new();
    for v in said.iter().filter_map(|(_, r)| value(*r)) {
        *votes.entry(v).or_default() += 1;
    }
    let most = votes.values().max().copied();
    let newest = said.iter().filter_map(|(known, _)| *known).max();
    let best = said
        .iter()
        .filter_map(|(known, r)| Some((*known == newest, value(*r)?)))
        .filter(|(_, v)| votes.get(v).copied() == most)
        .max()
        .map(|(_, v)| v);
    let low = said.iter().filter_map(|(_, r)| r.0.or(r.1)).min();
    let high = said.iter().map(|(_, r)| r.2).max_by_key(|h| h.map_or(u64::MAX, |h| h)).flatten();
    (low, best, high)
}
