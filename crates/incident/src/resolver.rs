//! Incidents of a growing set of reports, in memory.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::bind;
use crate::group::{Correction, CorrectionKind, group_among};
use crate::incident::Incident;
use crate::link::{Link, Piece, link};
use crate::record::Telling;
use crate::sketch::Sketch;

/// What adding a report did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// Incidents that are new or differ, by id.
    pub changed: Vec<Incident>,
    /// Ids of incidents that are no more, sorted.
    pub withdrawn: Vec<SmolStr>,
}

/// How much was looked at: what merging costs, in comparisons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Keys looked up.
    pub keys: u64,
    /// Pairs of tellings compared.
    pub pairs: u64,
    /// Pairs that linked.
    pub links: u64,
    /// Pieces grouped, each as often as its neighbourhood was grouped anew.
    pub grouped: u64,
}

/// Reports and their incidents. The incidents are the same for every order in which the reports were added.
#[derive(Debug, Default)]
pub struct Resolver {
    sketches: Vec<Sketch>,
    tellings: Vec<(Telling, usize)>,
    /// Of each telling, the links to others.
    links: Vec<Vec<(usize, usize)>>,
    all_links: Vec<Link>,
    by_report: FxHashMap<SmolStr, (usize, Vec<usize>)>,
    by_key: FxHashMap<u64, Vec<u32>>,
    corrections: Vec<Correction>,
    /// Of each telling, the neighbourhood it is in: the smallest member's index.
    neighbourhood: Vec<usize>,
    incidents: FxHashMap<usize, Vec<Incident>>,
    gone: Vec<bool>,
    work: Work,
}

impl Resolver {
    /// An empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty set with corrections.
    pub fn with_corrections(corrections: Vec<Correction>) -> Self {
        Self { corrections, ..Self::default() }
    }

    /// Adds a report, or puts it in the place of one with the same id.
    pub fn add(&mut self, sketch: Sketch, tellings: Vec<Telling>) -> Change {
        let mut touched: Vec<usize> = Vec::new();
        if let Some((at, old)) = self.by_report.get(&sketch.report_id) {
            let same = self.sketches[*at] == sketch
                && old.len() == tellings.len()
                && old.iter().zip(&tellings).all(|(&i, t)| self.tellings[i].0 == *t);
            if same {
                return Change::default();
            }
            let old = old.clone();
            for i in old {
                touched.extend(self.remove(i));
            }
        }
        let report = self.sketches.len();
        let mut indices = Vec::with_capacity(tellings.len());
        self.sketches.push(sketch);
        for telling in tellings {
            let i = self.tellings.len();
            self.tellings.push((telling, report));
            self.links.push(Vec::new());
            self.neighbourhood.push(i);
            self.gone.push(false);
            indices.push(i);
            touched.push(i);
            touched.extend(self.connect(i));
        }
        self.by_report.insert(self.sketches[report].report_id.clone(), (report, indices));
        self.regroup(&touched)
    }

    /// Adds a correction.
    pub fn correct(&mut self, correction: Correction) -> Change {
        let held: Vec<usize> = [&correction.a, &correction.b]
            .into_iter()
            .flat_map(|anchor| {
                let indices = self.by_report.get(&anchor.report_id).map(|(_, i)| i.clone()).unwrap_or_default();
                indices.into_iter().filter(|&i| anchor.holds(&self.tellings[i].0)).collect::<Vec<_>>()
            })
            .collect();
        self.corrections.push(correction);
        self.corrections.sort_unstable();
        self.corrections.dedup();
        self.regroup(&held)
    }

    /// All incidents, by id.
    pub fn incidents(&self) -> Vec<&Incident> {
        let mut out: Vec<&Incident> = self.incidents.values().flatten().collect();
        out.sort_by(|a, b| a.incident_id.cmp(&b.incident_id));
        out
    }

    /// What it has cost so far.
    pub fn work(&self) -> Work {
        self.work
    }

    /// Tellings of the largest neighbourhood: what hangs together by links and is grouped as one.
    pub fn largest(&self) -> usize {
        let mut sizes: FxHashMap<usize, usize> = FxHashMap::default();
        for (i, root) in self.neighbourhood.iter().enumerate().filter(|(i, _)| !self.gone[*i]) {
            debug_assert!(i >= *root);
            *sizes.entry(*root).or_default() += 1;
        }
        sizes.into_values().max().unwrap_or(0)
    }

    fn piece(&self, i: usize) -> Piece<'_> {
        let (telling, report) = &self.tellings[i];
        Piece { telling, sketch: &self.sketches[*report] }
    }

    /// Finds and links the neighbours of a new telling; gives them.
    fn connect(&mut self, i: usize) -> Vec<usize> {
        let keys = bind::keys(self.piece(i));
        let mut near: Vec<u32> = Vec::new();
        for key in &keys {
            near.extend(self.by_key.get(key).into_iter().flatten());
        }
        self.work.keys += keys.len() as u64;
        near.sort_unstable();
        near.dedup();
        let mut out = Vec::new();
        for j in near.into_iter().map(|j| j as usize).filter(|&j| !self.gone[j]) {
            self.work.pairs += 1;
            if let Some(link) = link(self.piece(i), self.piece(j)) {
                self.work.links += 1;
                let k = self.all_links.len();
                self.all_links.push(link);
                self.links[i].push((j, k));
                self.links[j].push((i, k));
                out.push(j);
            }
        }
        for key in keys {
            self.by_key.entry(key).or_default().push(i as u32);
        }
        out
    }

    /// Takes a telling out; gives those that it was linked to.
    fn remove(&mut self, i: usize) -> Vec<usize> {
        for key in bind::keys(self.piece(i)) {
            if let Some(list) = self.by_key.get_mut(&key) {
                list.retain(|&j| j as usize != i);
            }
        }
        self.gone[i] = true;
        let near: Vec<usize> = std::mem::take(&mut self.links[i]).into_iter().map(|(j, _)| j).collect();
        for &j in &near {
            self.links[j].retain(|&(k, _)| k != i);
        }
        let mut out = near;
        out.push(i);
        out
    }

    /// Groups anew everything that hangs together with `touched`.
    fn regroup(&mut self, touched: &[usize]) -> Change {
        let mut before: Vec<Incident> = Vec::new();
        // Old neighbourhoods that lose or gain a member go as a whole.
        let mut open: BTreeSet<usize> = BTreeSet::new();
        let roots: FxHashSet<usize> = touched.iter().map(|&i| self.neighbourhood[i]).collect();
        for root in &roots {
            before.extend(self.incidents.remove(root).unwrap_or_default());
        }
        open.extend(touched.iter().copied().filter(|&i| !self.gone[i]));
        // What an old neighbourhood held must be grouped again even where a removal cut it off.
        let orphans: Vec<usize> = touched.iter().flat_map(|&i| self.former(i, &roots)).collect();
        open.extend(orphans);
        let mut apart: Vec<Vec<usize>> = Vec::new();
        while let Some(first) = open.pop_first() {
            let members = self.reach(first);
            for i in &members {
                open.remove(i);
            }
            apart.push(members);
        }
        // All that was goes before anything new comes: parts of one old neighbourhood share its root.
        for &i in apart.iter().flatten() {
            before.extend(self.incidents.remove(&self.neighbourhood[i]).unwrap_or_default());
        }
        let mut after: Vec<Incident> = Vec::new();
        for members in apart {
            let root = members[0];
            for &i in &members {
                self.neighbourhood[i] = root;
            }
            self.work.grouped += members.len() as u64;
            let pieces: Vec<Piece<'_>> = members.iter().map(|&i| self.piece(i)).collect();
            let mut which: Vec<usize> = members.iter().flat_map(|&i| self.links[i].iter().map(|&(_, k)| k)).collect();
            which.sort_unstable();
            which.dedup();
            let links = which.into_iter().map(|k| &self.all_links[k]);
            let incidents = group_among(&pieces, links, &self.corrections);
            after.extend(incidents.iter().cloned());
            self.incidents.insert(root, incidents);
        }
        let old: FxHashMap<&str, &Incident> = before.iter().map(|i| (i.incident_id.as_str(), i)).collect();
        let new: FxHashSet<&str> = after.iter().map(|i| i.incident_id.as_str()).collect();
        let mut withdrawn: Vec<SmolStr> =
            old.keys().filter(|id| !new.contains(**id)).map(|id| SmolStr::from(*id)).collect();
        withdrawn.sort_unstable();
        let mut changed: Vec<Incident> =
            after.iter().filter(|i| old.get(i.incident_id.as_str()).is_none_or(|o| *o != *i)).cloned().collect();
        changed.sort_by(|a, b| a.incident_id.cmp(&b.incident_id));
        Change { changed, withdrawn }
    }

    /// Members of the neighbourhoods `roots` that are linked to what `i` was: only needed after a removal.
    fn former(&self, i: usize, roots: &FxHashSet<usize>) -> Vec<usize> {
        if !self.gone[i] {
            return Vec::new();
        }
        (0..self.tellings.len()).filter(|&j| !self.gone[j] && roots.contains(&self.neighbourhood[j])).collect()
    }

    /// Everything that hangs together with `first` by links and merges by hand, sorted.
    fn reach(&self, first: usize) -> Vec<usize> {
        let mut seen: FxHashSet<usize> = FxHashSet::default();
        let mut queue = vec![first];
        seen.insert(first);
        while let Some(i) = queue.pop() {
            let mut next: Vec<usize> = self.links[i].iter().map(|&(j, _)| j).collect();
            for c in self.corrections.iter().filter(|c| c.kind == CorrectionKind::Merge) {
                for (here, there) in [(&c.a, &c.b), (&c.b, &c.a)] {
                    if here.holds(&self.tellings[i].0)
                        && let Some((_, indices)) = self.by_report.get(&there.report_id)
                    {
                        next.extend(indices.iter().copied().filter(|&j| there.holds(&self.tellings[j].0)));
                    }
                }
            }
            for j in next {
                if !self.gone[j] && seen.insert(j) {
                    queue.push(j);
                }
            }
        }
        let mut out: Vec<usize> = seen.into_iter().collect();
        out.sort_unstable();
        out
    }
}
