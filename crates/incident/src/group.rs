//! Parts a set of linked pieces into happenings.
//!
//! Pieces that tell of news are merged first: links in the order of their scores, each tried until nothing changes; two
//! clusters become one where the members of the smaller are linked well enough to the larger (a missing link counts
//! as 0), and where their days and places do not contradict each other. What looks back (background, aftermath,
//! memory) is then hung on the cluster that it fits best.

use forewarn_coder::Factuality;
use forewarn_report::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::incident::{Incident, Joined};
use crate::link::{Bond, Link, Piece, Reason};
use crate::record::{Exactness, Reach, Telling};
use crate::whereabouts::Relation;
use crate::{bind, deeds, party, summary, whereabouts};

/// Mean best link of the smaller cluster's members from which two clusters are merged.
const SUPPORT: f32 = 0.34;

/// How many members of a cluster are asked whether it contradicts another: the first by id.
const MANY: usize = 64;

/// Likeness of two parties at which they are not one.
const UNLIKE: f32 = -0.4;

/// What a person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CorrectionKind {
    /// The two tell of two happenings.
    Split,
    /// The two tell of one happening.
    Merge,
}

/// A telling as a correction holds on to it: by its place in a report, which outlives changes of rules and ids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Anchor {
    /// The report.
    pub report_id: SmolStr,
    /// The bytes of the predicate.
    pub predicate: Span,
}

impl Anchor {
    /// The anchor of a telling.
    pub fn of(telling: &Telling) -> Self {
        Self { report_id: telling.report_id.clone(), predicate: telling.predicate }
    }

    /// Whether a telling is the one meant: same report, and the predicates share a byte.
    pub fn holds(&self, telling: &Telling) -> bool {
        self.report_id == telling.report_id && self.predicate.overlaps(telling.predicate)
    }
}

/// A correction by hand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Correction {
    /// What was decided.
    pub kind: CorrectionKind,
    /// One telling.
    pub a: Anchor,
    /// The other.
    pub b: Anchor,
    /// Why, in the words of whoever decided.
    pub note: String,
}

/// Whether a telling makes an incident, or only hangs on one.
fn makes(telling: &Telling) -> bool {
    !matches!(telling.factuality, Factuality::Background | Factuality::Negated)
        && (telling.reach != Reach::Memory || telling.when.is_some())
}

/// The incidents of a set of pieces, by id. `links` between pieces that are not there are ignored; the order of all
/// three lists, and repetitions in them, change nothing.
pub fn group(pieces: &[Piece<'_>], links: &[Link], corrections: &[Correction]) -> Vec<Incident> {
    group_among(pieces, links, corrections)
}

/// [`group`] on links that lie elsewhere.
pub(crate) fn group_among<'l>(
    pieces: &[Piece<'_>],
    links: impl IntoIterator<Item = &'l Link>,
    corrections: &[Correction],
) -> Vec<Incident> {
    let mut pieces: Vec<Piece<'_>> = pieces.to_vec();
    pieces.sort_unstable_by(|a, b| a.telling.claim_id.cmp(&b.telling.claim_id));
    pieces.dedup_by(|a, b| a.telling.claim_id == b.telling.claim_id);
    let at: FxHashMap<&str, usize> = pieces.iter().enumerate().map(|(i, p)| (p.telling.claim_id.as_str(), i)).collect();
    let mut edges: Vec<Edge<'_>> = links
        .into_iter()
        .filter_map(|link| Some(Edge { a: *at.get(link.a.as_str())?, b: *at.get(link.b.as_str())?, link }))
        .collect();
    edges.sort_by(|x, y| y.link.score.total_cmp(&x.link.score).then((x.a, x.b).cmp(&(y.a, y.b))));
    edges.dedup_by(|x, y| (x.a, x.b) == (y.a, y.b));
    let mut corrections: Vec<&Correction> = corrections.iter().collect();
    corrections.sort_unstable();
    corrections.dedup();
    let mut parting = Parting::new(&pieces, &edges, &corrections);
    parting.merge_by_hand(&corrections);
    // Who condemns an attack, or arms because of it, does something of its own, which also points to the attack.
    let fresh = |p: &Piece<'_>| makes(p.telling) && (p.telling.reach == Reach::News || p.telling.is_another_deed());
    parting.merge(&edges, fresh);
    // What looks back and found nothing to look back at is the only record of what it tells.
    let mut hung = parting.hang(&edges, fresh);
    parting.follow(&edges, &mut hung, |i| !fresh(&pieces[i]));
    let late = |hung: &FxHashMap<usize, Hung>, i: usize, p: &Piece<'_>| {
        makes(p.telling) && p.telling.reach != Reach::News && !hung.contains_key(&i)
    };
    let left: Vec<bool> = pieces.iter().enumerate().map(|(i, p)| late(&hung, i, p)).collect();
    parting.merge_where(&edges, |i| left[i]);
    for (i, hang) in parting.hang_where(&edges, |i| left[i] || fresh(&pieces[i]), |i| !makes(pieces[i].telling)) {
        hung.entry(i).or_insert(hang);
    }
    parting.incidents(&edges, &hung, |i| left[i] || fresh(&pieces[i]) || parting.forced(i))
}

struct Edge<'a> {
    a: usize,
    b: usize,
    link: &'a Link,
}

/// Where a telling that looks back hangs: the telling it fits best, with the link.
#[derive(Clone, Copy)]
struct Hung {
    to: usize,
    edge: usize,
}

/// Pairs for and against.
#[derive(Default)]
struct Votes {
    pairs: usize,
    against: usize,
}

impl Votes {
    fn cast(&mut self, against: bool) {
        self.pairs += 1;
        self.against += usize::from(against);
    }

    fn against(&self) -> bool {
        2 * self.against > self.pairs
    }
}

struct Parting<'a, 'p> {
    pieces: &'a [Piece<'p>],
    /// Edges of each piece, by index.
    touching: Vec<Vec<usize>>,
    root: Vec<usize>,
    members: Vec<Vec<usize>>,
    apart: Vec<(usize, usize)>,
    by_hand: Vec<(usize, usize, String)>,
}

impl<'a, 'p> Parting<'a, 'p> {
    fn new(pieces: &'a [Piece<'p>], edges: &[Edge<'_>], corrections: &[&Correction]) -> Self {
        let n = pieces.len();
        let mut touching = vec![Vec::new(); n];
        for (k, e) in edges.iter().enumerate() {
            touching[e.a].push(k);
            touching[e.b].push(k);
        }
        let mut out = Self {
            pieces,
            touching,
            root: (0..n).collect(),
            members: (0..n).map(|i| vec![i]).collect(),
            apart: Vec::new(),
            by_hand: Vec::new(),
        };
        for c in corrections.iter().filter(|c| c.kind == CorrectionKind::Split) {
            for a in out.held(&c.a) {
                out.apart.extend(out.held(&c.b).into_iter().filter(|&b| b != a).map(|b| (a.min(b), a.max(b))));
            }
        }
        out
    }

    fn held(&self, anchor: &Anchor) -> Vec<usize> {
        (0..self.pieces.len()).filter(|&i| anchor.holds(self.pieces[i].telling)).collect()
    }

    fn forced(&self, i: usize) -> bool {
        self.by_hand.iter().any(|(a, b, _)| *a == i || *b == i)
    }

    fn merge_by_hand(&mut self, corrections: &[&Correction]) {
        for c in corrections.iter().filter(|c| c.kind == CorrectionKind::Merge) {
            let (all_a, all_b) = (self.held(&c.a), self.held(&c.b));
            for &a in &all_a {
                for &b in &all_b {
                    if a != b && !self.parted(self.root[a], self.root[b]) {
                        self.by_hand.push((a.min(b), a.max(b), c.note.clone()));
                        self.join(a, b);
                    }
                }
            }
        }
    }

    /// Whether a correction keeps two clusters apart.
    fn parted(&self, x: usize, y: usize) -> bool {
        x != y
            && self.apart.iter().any(|&(a, b)| {
                let (a, b) = (self.root[a], self.root[b]);
                (a, b) == (x, y) || (a, b) == (y, x)
            })
    }

    fn join(&mut self, a: usize, b: usize) {
        let (x, y) = (self.root[a], self.root[b]);
        if x == y {
            return;
        }
        let (keep, gone) = (x.min(y), x.max(y));
        let moved = std::mem::take(&mut self.members[gone]);
        for &i in &moved {
            self.root[i] = keep;
        }
        self.members[keep].extend(moved);
        self.members[keep].sort_unstable();
    }

    fn merge(&mut self, edges: &[Edge<'_>], of: impl Fn(&Piece<'_>) -> bool) {
        let which: Vec<bool> = self.pieces.iter().map(of).collect();
        self.merge_where(edges, |i| which[i]);
    }

    /// Merges what stands in one report first, so that an undated headline goes where its story's day goes.
    fn merge_where(&mut self, edges: &[Edge<'_>], of: impl Fn(usize) -> bool) {
        let within = |e: &Edge<'_>| self.pieces[e.a].telling.report_id == self.pieces[e.b].telling.report_id;
        let (own, others): (Vec<&Edge<'_>>, Vec<&Edge<'_>>) =
            edges.iter().filter(|e| e.link.bond == Bond::Same && of(e.a) && of(e.b)).partition(|e| within(e));
        self.merge_along(edges, &own);
        self.merge_along(edges, &others);
    }

    fn merge_along(&mut self, edges: &[Edge<'_>], along: &[&Edge<'_>]) {
        loop {
            let mut changed = false;
            for e in along {
                let (x, y) = (self.root[e.a], self.root[e.b]);
                if x != y && !self.parted(x, y) && self.support(edges, x, y) >= SUPPORT && !self.contradict(x, y) {
                    self.join(x, y);
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
    }

    /// Mean, over the members of the smaller cluster, of the best link into the other.
    fn support(&self, edges: &[Edge<'_>], x: usize, y: usize) -> f32 {
        let (small, large) = if (self.members[x].len(), x) <= (self.members[y].len(), y) { (x, y) } else { (y, x) };
        let best = |i: usize| {
            self.touching[i]
                .iter()
                .map(|&k| &edges[k])
                .filter(|e| e.link.bond == Bond::Same && self.root[if e.a == i { e.b } else { e.a }] == large)
                .map(|e| e.link.score)
                .fold(0.0, f32::max)
        };
        self.members[small].iter().map(|&i| best(i)).sum::<f32>() / self.members[small].len() as f32
    }

    /// Whether the days in words, the places, or those who act speak against two clusters' being one: most pairs of different
    /// values do, or one report tells the two apart. Who used force is what accounts quarrel about, and speaks against none.
    fn contradict(&self, x: usize, y: usize) -> bool {
        let told =
            |c: usize| self.members[c].iter().take(MANY).map(|&i| self.pieces[i].telling).collect::<Vec<&Telling>>();
        let (p, q) = (told(x), told(y));
        let day = |t: &Telling| t.when.filter(|w| w.days() <= 3);
        let spot = |t: &'p Telling| t.spot.as_ref().filter(|_| t.is_point());
        let near = |t: &'p Telling| t.spot.as_ref().filter(|s| s.exactness <= Exactness::District);
        let (mut days, mut spots, mut actors) = (Votes::default(), Votes::default(), Votes::default());
        let names = |t: &Telling| !t.actor.is_empty() && bind::family(t.event_type) != bind::FORCE;
        for a in &p {
            for b in &q {
                let within = a.report_id == b.report_id;
                if let (Some(v), Some(w)) = (day(a), day(b)) {
                    days.cast(v.gap(w) > 0);
                    if within && v.gap(w) > 0 {
                        return true;
                    }
                }
                if let (Some(v), Some(w)) = (spot(a), spot(b)) {
                    let relation = whereabouts::relation(Some(v), Some(w));
                    spots.cast(whereabouts::conflicts(relation));
                    if within && a.headline == b.headline && matches!(relation, Relation::Apart(km) if km > 2.0) {
                        return true;
                    }
                }
                // "Near Rutshuru", and another village in another sentence.
                if within && !a.headline && !b.headline && a.sentence != b.sentence {
                    let relation = whereabouts::relation(near(a), near(b));
                    if relation == Relation::Near {
                        return true;
                    }
                }
                if names(a) && names(b) {
                    // Of a deal each side may be named first.
                    let turned =
                        if deeds::is_mutual(a.event_type) { party::sides(&a.actor, &b.recipient) } else { -1.0 };
                    actors.cast(party::sides(&a.actor, &b.actor).max(turned) <= UNLIKE);
                }
                if within && deeds::are_two(a, b) {
                    return true;
                }
            }
        }
        days.against() || spots.against() || actors.against()
    }

    fn hang(&self, edges: &[Edge<'_>], to: impl Fn(&Piece<'_>) -> bool) -> FxHashMap<usize, Hung> {
        let target: Vec<bool> = self.pieces.iter().map(&to).collect();
        self.hang_where(edges, |i| target[i], |i| !target[i])
    }

    /// For each piece of `which`, the target that it fits best.
    fn hang_where(
        &self,
        edges: &[Edge<'_>],
        to: impl Fn(usize) -> bool,
        which: impl Fn(usize) -> bool,
    ) -> FxHashMap<usize, Hung> {
        let mut out = FxHashMap::default();
        for i in (0..self.pieces.len()).filter(|&i| which(i) && !self.forced(i)) {
            let best = self.touching[i]
                .iter()
                .copied()
                .filter(|&k| {
                    let e = &edges[k];
                    let other = if e.a == i { e.b } else { e.a };
                    to(other) && other != i && !self.parted(self.root[i], self.root[other])
                })
                .min();
            // Edges are sorted by score: the first is the best.
            if let Some(edge) = best {
                let e = &edges[edge];
                out.insert(i, Hung { to: if e.a == i { e.b } else { e.a }, edge });
            }
        }
        out
    }

    /// What one report says of one thing hangs together: a headline goes where its text points to.
    fn follow(&self, edges: &[Edge<'_>], hung: &mut FxHashMap<usize, Hung>, which: impl Fn(usize) -> bool) {
        loop {
            let mut found: Vec<(usize, Hung)> = Vec::new();
            for i in (0..self.pieces.len()).filter(|i| which(*i) && !hung.contains_key(i) && !self.forced(*i)) {
                let lead = self.touching[i].iter().copied().find_map(|edge| {
                    let e = &edges[edge];
                    let other = if e.a == i { e.b } else { e.a };
                    let own = self.pieces[other].telling.report_id == self.pieces[i].telling.report_id;
                    let to = hung.get(&other).filter(|_| own && e.link.bond == Bond::Same)?.to;
                    (!self.parted(self.root[i], self.root[to])).then_some(Hung { to, edge })
                });
                found.extend(lead.map(|h| (i, h)));
            }
            if found.is_empty() {
                break;
            }
            hung.extend(found);
        }
    }

    fn incidents(
        &self,
        edges: &[Edge<'_>],
        hung: &FxHashMap<usize, Hung>,
        core: impl Fn(usize) -> bool,
    ) -> Vec<Incident> {
        let mut on: FxHashMap<usize, Vec<(usize, Hung)>> = FxHashMap::default();
        for (&i, &h) in hung {
            on.entry(self.root[h.to]).or_default().push((i, h));
        }
        // An aftermath that is news itself is an incident of its own and points to another.
        for (i, piece) in self.pieces.iter().enumerate() {
            if core(i) && !hung.contains_key(&i) && piece.telling.reach != Reach::Memory {
                let target = self.touching[i].iter().copied().find(|&k| {
                    let e = &edges[k];
                    let own = if e.a == i { Bond::Points } else { Bond::Pointed };
                    let other = if e.a == i { e.b } else { e.a };
                    e.link.bond == own && core(other) && self.pieces[other].telling.reach == Reach::News
                });
                if let Some(edge) = target {
                    let e = &edges[edge];
                    let to = if e.a == i { e.b } else { e.a };
                    if self.root[to] != self.root[i] && !self.parted(self.root[to], self.root[i]) {
                        on.entry(self.root[to]).or_default().push((i, Hung { to, edge }));
                    }
                }
            }
        }
        let mut out = Vec::new();
        for cluster in self.members.iter().filter(|m| m.iter().any(|&i| core(i) && !hung.contains_key(&i))) {
            let inside: Vec<usize> =
                cluster.iter().copied().filter(|&i| core(i) && (!hung.contains_key(&i) || self.forced(i))).collect();
            let root = self.root[cluster[0]];
            let reports: FxHashSet<&str> = inside.iter().map(|&i| self.pieces[i].telling.report_id.as_str()).collect();
            let mut joined: Vec<Joined<'_>> = inside
                .iter()
                .map(|&i| {
                    let other = |e: &Edge<'_>| if e.a == i { e.b } else { e.a };
                    let own = || {
                        let all = self.touching[i].iter().map(|&k| &edges[k]);
                        all.filter(|e| e.link.bond == Bond::Same && inside.contains(&other(e)))
                    };
                    // What was told before says why it was put here; what came later only where nothing did.
                    let published = self.pieces[i].sketch.published;
                    let edge =
                        own().find(|e| self.pieces[other(e)].sketch.published <= published).or_else(|| own().next());
                    self.joined(i, edge, true)
                })
                .collect();
            let mut hanging = on.remove(&root).unwrap_or_default();
            hanging.sort_unstable_by_key(|(i, _)| *i);
            joined.extend(hanging.iter().map(|(i, h)| {
                // "The bomb, which killed 12": part of its own report's telling.
                let part = edges[h.edge].link.bond == Bond::Same
                    && makes(self.pieces[*i].telling)
                    && reports.contains(self.pieces[*i].telling.report_id.as_str());
                self.joined(*i, Some(&edges[h.edge]), part)
            }));
            out.push(summary::incident(&joined));
        }
        out.sort_by(|a, b| a.incident_id.cmp(&b.incident_id));
        out
    }

    fn joined(&self, i: usize, edge: Option<&Edge<'_>>, core: bool) -> Joined<'p> {
        let hand = self.by_hand.iter().find(|(a, b, _)| *a == i || *b == i);
        let (to, score, reasons) = match (hand, edge) {
            (Some((a, b, note)), _) if core => {
                let other = if *a == i { *b } else { *a };
                let reason = Reason { what: SmolStr::new_static("correction"), weight: 0.0, words: note.clone() };
                (Some(self.pieces[other].telling.claim_id.clone()), 1.0, vec![reason])
            }
            (_, Some(e)) => {
                let other = if e.a == i { e.b } else { e.a };
                (Some(self.pieces[other].telling.claim_id.clone()), e.link.score, e.link.reasons.clone())
            }
            _ => (None, 1.0, Vec::new()),
        };
        Joined { piece: self.pieces[i], core, to, score, reasons }
    }
}
