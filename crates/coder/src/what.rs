//! What happened: the patterns of the codebook tried on each predicate's frame.

use forewarn_codebook::{Codebook, Condition, Content, EventType, Filler, FillerKind, Path, Pattern, Pos, Slot};
use forewarn_language::{Feats, Rel, Upos};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::frame::{self, Frame};
use crate::tree::Tree;
use crate::who::{self, Kind, Mentions};

/// A predicate that a pattern coded.
pub struct Match<'c> {
    /// Its frame.
    pub frame: Frame,
    /// The pattern.
    pub pattern: &'c Pattern,
    /// The lemma that it was looked up by.
    pub lemma: SmolStr,
    /// Tokens that filled its conditions.
    pub used: Vec<usize>,
}

/// Why a predicate that the codebook knows gave nothing.
#[derive(Debug)]
pub struct Miss {
    /// The predicate's token.
    pub at: usize,
    /// Stable code: `none-pattern`, `conditions`, `content`.
    pub code: &'static str,
    /// In words.
    pub message: String,
}

/// The predicates of one sentence that patterns code, in text order, and those that came to nothing.
pub struct What<'c> {
    /// What was coded.
    pub matches: Vec<Match<'c>>,
    /// What was not, and why.
    pub misses: Vec<Miss>,
}

struct Matcher<'t, 'a, 'c> {
    tree: &'t Tree<'a>,
    codebook: &'c Codebook,
    mentions: &'t Mentions<'c>,
    frames: FxHashMap<usize, Frame>,
}

/// Tries the patterns on every token of a sentence.
pub fn what<'c>(tree: &Tree, codebook: &'c Codebook, mentions: &Mentions<'c>) -> What<'c> {
    let mut m = Matcher { tree, codebook, mentions, frames: FxHashMap::default() };
    let mut out = What { matches: Vec::new(), misses: Vec::new() };
    for i in 0..tree.len() {
        let Some(pos) = frame::pos_of(tree, i) else { continue };
        let lemma = frame::lemma_key(tree, codebook, i);
        let mut patterns = codebook.patterns.of(&lemma, pos).peekable();
        if patterns.peek().is_none() || (tree.upos(i) == Upos::Propn && mentions.name_range(i).is_some()) {
            continue;
        }
        // "the threatened invasion", "rising prices": a participle before its noun names a state, not an event;
        // "the arrested minister" does.
        let before_noun = tree.rel(i) == Rel::Amod && tree.head(i).is_some_and(|h| h > i);
        if before_noun && pos == Pos::Verb && !told_by_participle(tree, codebook, i, &lemma) {
            continue;
        }
        let f = frame::frame(tree, codebook, i);
        m.frames.insert(i, f.clone());
        let mut found = false;
        for pattern in patterns {
            let mut used = Vec::new();
            if !m.holds_all(&f, pattern, &mut used) {
                continue;
            }
            found = true;
            if pattern.event.is_some() {
                out.matches.push(Match { frame: f, pattern, lemma: lemma.clone(), used });
            } else {
                out.misses.push(Miss {
                    at: i,
                    code: "none-pattern",
                    message: format!("`{lemma}` is no event here ({}.txt:{})", pattern.file, pattern.line),
                });
            }
            break;
        }
        if !found {
            out.misses.push(Miss {
                at: i,
                code: "conditions",
                message: format!("`{lemma}` is in the codebook, but no pattern of it fits its dependents"),
            });
        }
    }
    drop_contents(tree, &mut out);
    out
}

/// Whether a participle before its noun tells of something done to it: seized, killed or arrested people.
fn told_by_participle(tree: &Tree, codebook: &Codebook, i: usize, lemma: &str) -> bool {
    let done = EventType::Assault.bit() | EventType::Coerce.bit();
    let past = tree.feats(i).has(Feats::PAST);
    let noun = tree.head(i).unwrap_or(i);
    let noun_lemma = frame::lemma_key(tree, codebook, noun);
    past && codebook.patterns.types(lemma, Pos::Verb) & done != 0
        && codebook.patterns.types(&noun_lemma, Pos::Noun) == 0
}

impl Matcher<'_, '_, '_> {
    fn holds_all(&mut self, f: &Frame, pattern: &Pattern, used: &mut Vec<usize>) -> bool {
        pattern.conditions.iter().all(|c| self.holds(f, c, used))
    }

    fn holds(&mut self, f: &Frame, c: &Condition, used: &mut Vec<usize>) -> bool {
        let tokens = self.follow(f, &c.path);
        let hit = match &c.filler {
            None => tokens.first().copied(),
            Some(filler) => tokens.iter().copied().find(|&t| self.fills(t, filler)),
        };
        if let (Some(t), false) = (hit, c.negated) {
            used.push(t);
        }
        hit.is_some() != c.negated
    }

    /// The tokens at the end of `path`, conjuncts of each included.
    fn follow(&mut self, f: &Frame, path: &Path) -> Vec<usize> {
        let mut at = slot(self.tree, f, &path[0]);
        for step in &path[1..] {
            let mut next = Vec::new();
            for t in at {
                if !self.frames.contains_key(&t) {
                    let new = frame::frame(self.tree, self.codebook, t);
                    self.frames.insert(t, new);
                }
                next.extend(slot(self.tree, &self.frames[&t], step));
            }
            at = next;
        }
        let mut all = Vec::with_capacity(at.len());
        for t in at {
            if matches!(
                path[path.len() - 1],
                Slot::Xcomp | Slot::Ccomp | Slot::Advcl | Slot::Neg | Slot::Prt | Slot::Aux
            ) {
                all.push(t);
            } else {
                all.extend(self.tree.conjuncts(t));
            }
        }
        all
    }

    fn fills(&self, t: usize, filler: &Filler) -> bool {
        self.fills_itself(t, filler) || self.counted(t).is_some_and(|c| self.fills_itself(c, filler))
    }

    /// What a quantity counts: "refugees" of "scores of refugees", "troops" of "some of its troops".
    fn counted(&self, t: usize) -> Option<usize> {
        let quantity = self.codebook.classes.has("quantity", &frame::lemma_key(self.tree, self.codebook, t));
        let of = |k: &usize| self.tree.rel(*k) == Rel::Nmod && self.tree.case_of(*k) == Some("of");
        if quantity { self.tree.kids(t).find(of) } else { None }
    }

    fn fills_itself(&self, t: usize, filler: &Filler) -> bool {
        let lemma = frame::lemma_key(self.tree, self.codebook, t);
        if filler.words.contains(&lemma) || filler.words.contains(self.tree.lower(t)) {
            return true;
        }
        let kind = || who::kind(self.tree, self.mentions, t);
        filler.kinds.iter().any(|k| match k {
            FillerKind::Event(bits) => {
                frame::pos_of(self.tree, t).is_some_and(|pos| self.codebook.patterns.types(&lemma, pos) & bits != 0)
            }
            FillerKind::Actor => kind().is_actor() || kind() == Kind::Place && self.mentions.is_country(t),
            FillerKind::Person => matches!(kind(), Kind::Person | Kind::Armed | Kind::Civil),
            FillerKind::Armed => kind() == Kind::Armed,
            FillerKind::Civil => kind() == Kind::Civil,
            FillerKind::Place => kind() == Kind::Place || self.mentions.is_country(t),
            FillerKind::Number => self.tree.upos(t) == Upos::Num,
        })
    }
}

/// The tokens in `slot` of a frame.
pub fn slot(tree: &Tree, f: &Frame, slot: &Slot) -> Vec<usize> {
    match slot {
        Slot::Subj => f.subj.or(f.poss).into_iter().collect(),
        Slot::Obj => f.obj.into_iter().collect(),
        Slot::Iobj => f.iobj.into_iter().collect(),
        Slot::Xcomp => f.xcomp.into_iter().collect(),
        Slot::Ccomp => f.ccomp.into_iter().collect(),
        Slot::Advcl => f.advcl.clone(),
        Slot::Prt => f.prt.into_iter().collect(),
        Slot::Poss => f.poss.into_iter().collect(),
        Slot::Mod => f.mods.clone(),
        Slot::Neg => f.neg.into_iter().collect(),
        Slot::Aux => f.aux.clone(),
        Slot::Prep(words) => {
            let mut out: Vec<usize> = f.preps.iter().filter(|(p, _)| words.contains(p)).map(|(_, k)| *k).collect();
            if out.is_empty() && !words.iter().any(|w| w == "of") {
                // The parser may hang the phrase on the verb's object: "imposed sanctions [on Iran]".
                for near in [f.obj, f.xcomp].into_iter().flatten() {
                    out.extend(tree.kids(near).filter(|&k| {
                        matches!(tree.rel(k), Rel::Nmod | Rel::Obl)
                            && k > f.at
                            && tree.case_of(k).is_some_and(|p| words.iter().any(|w| w == p))
                    }));
                }
            }
            out
        }
    }
}

/// An event that another one is about is no claim of its own: "demanded that Serbia withdraw" is a request.
fn drop_contents(tree: &Tree, out: &mut What) {
    let n = out.matches.len();
    let mut dropped = vec![None; n];
    for a in 0..n {
        let m = &out.matches[a];
        for (b, by) in dropped.iter_mut().enumerate() {
            if a == b {
                continue;
            }
            let inner = &out.matches[b];
            let consumed = m.used.contains(&inner.frame.at);
            let complement =
                [m.frame.xcomp, m.frame.ccomp].into_iter().flatten().any(|c| tree.is_under(inner.frame.at, c));
            let noun_content = m.pattern.content == Content::Drop
                && frame::pos_of(tree, inner.frame.at) != Some(Pos::Verb)
                && tree.is_under(inner.frame.at, m.frame.at)
                && !is_clause_between(tree, inner.frame.at, m.frame.at)
                && Some(inner.frame.at) != m.frame.subj
                && !m.frame.subj.is_some_and(|s| tree.is_under(inner.frame.at, s));
            if consumed || (complement && m.pattern.content == Content::Drop) || noun_content {
                *by = by.or(Some(a));
            }
        }
    }
    // Two events may name each other ("agreed to a ceasefire" / "ceasefire agreed"): the first one stays.
    let before = dropped.clone();
    for (b, by) in dropped.iter_mut().enumerate() {
        if by.is_some_and(|a| before[a] == Some(b) && b < a) {
            *by = None;
        }
    }
    let lemmas: Vec<SmolStr> = out.matches.iter().map(|m| m.lemma.clone()).collect();
    for (m, by) in std::mem::take(&mut out.matches).into_iter().zip(dropped) {
        match by {
            Some(a) => {
                let message = format!("`{}` is what `{}` is about", m.lemma, lemmas[a]);
                out.misses.push(Miss { at: m.frame.at, code: "content", message });
            }
            None => out.matches.push(m),
        }
    }
}

/// Whether a finite clause of its own (relative or adverbial) stands between `inner` and `outer`.
fn is_clause_between(tree: &Tree, inner: usize, outer: usize) -> bool {
    let mut at = inner;
    while at != outer {
        if matches!(tree.rel(at), Rel::Acl | Rel::Advcl | Rel::Parataxis | Rel::Conj) && tree.upos(at) == Upos::Verb {
            return true;
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => break,
        }
    }
    false
}
