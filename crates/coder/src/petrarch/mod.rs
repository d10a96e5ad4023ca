//! Codes reports by TABARI and PETRARCH dictionaries, over Forewarn's own trees.
//!
//! `units` makes a sentence the words that dictionaries speak of, `mentions` finds its coded noun phrases, `scope` and
//! `fit` match the patterns of its verbs, `compose` makes codes of nested verbs; here the events are put together.

mod compose;
mod fit;
mod mentions;
mod scope;
mod units;

use std::sync::Arc;

use forewarn_codebook::petrarch::date::day_of;
use forewarn_codebook::petrarch::{Code, Dictionaries, Discard, Edition, Form, IssueTable, Issues};
use forewarn_language::{Rel, Sentence, Upos};
use forewarn_report::{Report, Span};
use jiff::civil::Date;
use serde::Serialize;
use smol_str::SmolStr;

use crate::claim::Phrase;
use crate::tree::Tree;
use fit::{Bound, Sight};
use mentions::Mentions;
use units::Units;

/// One event: a source, a target and a code out of one sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// The report.
    pub report_id: String,
    /// The report's day.
    pub date: Option<Date>,
    /// The acting side's code; empty when the sentence names none.
    pub source: SmolStr,
    /// The code of the side acted on; empty when the sentence names none.
    pub target: SmolStr,
    /// The event code as the dictionaries have it.
    pub code: SmolStr,
    /// The issues of the sentence, with counts.
    pub issues: Issues,
    /// Index of the sentence, from 0.
    pub sentence: u32,
    /// The sentence's bytes.
    pub span: Span,
    /// The source's words.
    pub source_text: Option<Phrase>,
    /// The target's words.
    pub target_text: Option<Phrase>,
    /// The words of the verb.
    pub event_text: Phrase,
    /// What coded it: the file and line of a pattern, or the verb's block when its own code was used.
    pub rule: String,
}

/// What the coder makes of one report.
#[derive(Clone, Debug, Default)]
pub struct Coding {
    /// Events in text order.
    pub events: Vec<Event>,
    /// The discards that took out sentences, and what they were: `(sentence, phrase)`.
    pub discarded: Vec<(u32, SmolStr)>,
}

/// Settings that the old programs had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether an event needs both source and target.
    pub require_dyad: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { require_dyad: true }
    }
}

/// Codes by dictionaries; cheap to clone and to share between threads.
#[derive(Clone)]
pub struct Petrarch {
    dictionaries: Arc<Dictionaries>,
    settings: Settings,
}

/// A verb that the dictionaries know, in its sentence.
struct Verb<'d> {
    token: usize,
    forms: Vec<&'d Form>,
    words: std::ops::Range<usize>,
    last: usize,
}

/// An event before its codes are spread over joined actors.
#[derive(Clone, Debug)]
struct Draft {
    sources: Vec<usize>,
    targets: Vec<usize>,
    code: Code,
    verb: usize,
    last: usize,
    base: SmolStr,
    block: SmolStr,
    rule: String,
    /// Every pair of these, both ways, instead of sources and targets.
    joined: Vec<usize>,
    /// A passive that does not say who.
    unspoken: bool,
}

impl Petrarch {
    /// A coder with these dictionaries.
    pub fn new(dictionaries: Dictionaries, settings: Settings) -> Self {
        Self { dictionaries: Arc::new(dictionaries), settings }
    }

    /// The dictionaries it codes by.
    pub fn dictionaries(&self) -> &Dictionaries {
        &self.dictionaries
    }

    /// The events of a report.
    pub fn code(&self, report: &Report, sentences: &[Sentence]) -> Coding {
        let mut coding = Coding::default();
        let day = report.published.map(day_of);
        let mut off = Vec::new();
        let mut found = Vec::new();
        for (index, sentence) in sentences.iter().enumerate() {
            let tree = Tree::new(&report.text, sentence);
            let units = Units::new(&tree);
            match self.dictionaries.discards.find(&units.words) {
                Some((Discard::Report, phrase)) => {
                    return Coding { events: Vec::new(), discarded: vec![(index as u32, phrase.clone())] };
                }
                Some((Discard::Sentence, phrase)) => {
                    coding.discarded.push((index as u32, phrase.clone()));
                    continue;
                }
                None => {}
            }
            let issues = self.dictionaries.issues.find(&units.words, &mut off);
            let from = coding.events.len();
            self.sentence(report, index as u32, &tree, &units, day, &mut coding.events);
            found.push((from..coding.events.len(), issues));
        }
        for (range, issues) in found {
            let counted = IssueTable::count(&issues, &off);
            for event in &mut coding.events[range] {
                event.issues.clone_from(&counted);
            }
        }
        coding
    }

    fn sentence(
        &self,
        report: &Report,
        index: u32,
        tree: &Tree,
        units: &Units,
        day: Option<u32>,
        out: &mut Vec<Event>,
    ) {
        let mentions = Mentions::find(tree, units, &self.dictionaries, day);
        if mentions.list.is_empty() {
            return;
        }
        let verbs = self.verbs(tree, units);
        let mut work =
            Work { petrarch: self, tree, units, mentions: &mentions, verbs: &verbs, done: vec![false; verbs.len()] };
        let mut drafts = Vec::new();
        for v in 0..verbs.len() {
            if !work.done[v] {
                drafts.extend(work.verb(v));
            }
        }
        for draft in &drafts {
            self.events(report, index, tree, &mentions, draft, out);
        }
    }

    /// The verbs that the dictionaries know, in text order.
    fn verbs<'d>(&'d self, tree: &Tree, units: &Units) -> Vec<Verb<'d>> {
        let mut out: Vec<Verb<'d>> = Vec::new();
        for token in 0..tree.len() {
            let is_verb = tree.upos(token) == Upos::Verb;
            let own = units.of(token);
            let Some(last_unit) = own.clone().last() else { continue };
            let mut best: Vec<(&Form, usize)> = Vec::new();
            let mut most = 0;
            for form in self.dictionaries.verbs.forms(&units.words[last_unit]) {
                let Some(end) = around(tree, units, token, last_unit, form) else { continue };
                // "wire tap": of a verb of several words one may be taken for a noun.
                if !is_verb && spoken(tree, units, last_unit - form.before.len()..end).is_none() {
                    continue;
                }
                let extra = form.before.len() + form.after.len();
                if extra > most {
                    best.clear();
                    most = extra;
                }
                if extra == most {
                    best.push((form, end));
                }
            }
            if best.is_empty() {
                continue;
            }
            let end = best.iter().map(|(_, e)| *e).max().unwrap_or(last_unit + 1);
            // A particle right after the verb belongs to it; one further on does not widen the verb.
            let start = last_unit - best[0].0.before.len().min(last_unit);
            let last = units.token[end - 1];
            let words = start..if units.token[end - 1] == token || end == last_unit + 1 + best[0].0.after.len() {
                end
            } else {
                last_unit + 1
            };
            let token = if is_verb { token } else { spoken(tree, units, words.clone()).unwrap_or(token) };
            let verb = Verb { token, forms: best.into_iter().map(|(f, _)| f).collect(), words, last };
            match out.iter_mut().find(|v| v.token == token) {
                Some(shorter) if shorter.words.len() < verb.words.len() => *shorter = verb,
                Some(_) => {}
                None => out.push(verb),
            }
        }
        out
    }

    /// Spreads a draft over its actors.
    fn events(
        &self,
        report: &Report,
        index: u32,
        tree: &Tree,
        mentions: &Mentions,
        draft: &Draft,
        out: &mut Vec<Event>,
    ) {
        let phrase = |mention: Option<usize>| {
            mention.map(|m| {
                let m = &mentions.list[m];
                words(tree, m.first.min(m.head), m.last)
            })
        };
        let mut add = |source: (SmolStr, Option<usize>), target: (SmolStr, Option<usize>), code: &SmolStr| {
            let (s, t) = (&source.0, &target.0);
            if s == t || (self.settings.require_dyad && (s.is_empty() || t.is_empty())) {
                return;
            }
            let same = |e: &Event| e.sentence == index && e.source == *s && e.target == *t && e.code == *code;
            if out.iter().rev().take_while(|e| e.sentence == index).any(same) {
                return;
            }
            out.push(Event {
                report_id: report.report_id.clone(),
                date: report.published,
                source: s.clone(),
                target: t.clone(),
                code: code.clone(),
                issues: Vec::new(),
                sentence: index,
                span: tree.sentence.span,
                source_text: phrase(source.1),
                target_text: phrase(target.1),
                event_text: words(tree, draft.verb, draft.last),
                rule: draft.rule.clone(),
            });
        };
        let spread = |list: &[usize]| -> Vec<(SmolStr, Option<usize>)> {
            let all: Vec<_> =
                list.iter().flat_map(|&m| mentions.list[m].codes.iter().map(move |c| (c.clone(), Some(m)))).collect();
            if all.is_empty() { vec![(SmolStr::default(), None)] } else { all }
        };
        let (sources, targets) = if draft.joined.is_empty() {
            (spread(&draft.sources), spread(&draft.targets))
        } else {
            (spread(&draft.joined), spread(&draft.joined))
        };
        for s in &sources {
            for t in &targets {
                if let Some(code) = &draft.code.forward {
                    add(s.clone(), t.clone(), code);
                }
                if let (Some(code), true) = (&draft.code.reverse, draft.joined.is_empty()) {
                    add(t.clone(), s.clone(), code);
                }
            }
        }
    }
}

fn words(tree: &Tree, first: usize, last: usize) -> Phrase {
    let span = tree.span_of(&[first, last.max(first)]);
    Phrase { text: span.slice(tree.text).split_whitespace().collect::<Vec<_>>().join(" "), span }
}

/// The verb among the words of a verb of several words.
fn spoken(tree: &Tree, units: &Units, words: std::ops::Range<usize>) -> Option<usize> {
    words.map(|u| units.token[u]).find(|&t| tree.upos(t) == Upos::Verb)
}

/// One past the last word of the verb with its particles, if those of `form` are there: right around the verb, or its
/// last word as a particle further on ("broke the talks off").
fn around(tree: &Tree, units: &Units, token: usize, at: usize, form: &Form) -> Option<usize> {
    let n = form.before.len();
    if n > at || units.words[at - n..at] != form.before[..] {
        return None;
    }
    let end = at + 1 + form.after.len();
    if end <= units.len() && units.words[at + 1..end] == form.after[..] {
        return Some(end);
    }
    let [particle] = form.after.as_slice() else { return None };
    let found = tree.kids(token).find(|&k| {
        k > token && matches!(tree.rel(k), Rel::Compound | Rel::Advmod) && tree.lower(k) == particle.as_str()
    })?;
    Some(units.of(found).end)
}

/// The state of one sentence.
struct Work<'a, 't, 'd> {
    petrarch: &'d Petrarch,
    tree: &'a Tree<'t>,
    units: &'a Units,
    mentions: &'a Mentions,
    verbs: &'a [Verb<'d>],
    done: Vec<bool>,
}

impl Work<'_, '_, '_> {
    fn edition(&self) -> Edition {
        self.petrarch.dictionaries.edition.unwrap_or(Edition::Two)
    }

    /// The drafts of a verb with those of the verbs inside its complement.
    fn verb(&mut self, v: usize) -> Vec<Draft> {
        self.done[v] = true;
        let tree = self.tree;
        let token = self.verbs[v].token;
        let subject = scope::subject(tree, token);
        let mut inside = vec![false; tree.len()];
        for t in subject.map_or(Vec::new(), |s| tree.below(s, &|k| tree.rel(k) != Rel::Acl)) {
            inside[t] = true;
        }
        inside[token] = false;
        let group = subject.map_or(Vec::new(), |s| self.side_of(s, token));
        let sight = Sight {
            tree,
            units: self.units,
            mentions: self.mentions,
            dictionaries: &self.petrarch.dictionaries,
            verb: token,
            words: self.verbs[v].words.clone(),
            clause: scope::clause(tree, token),
            subject: inside,
            subject_group: group,
        };
        let Some((code, bound, rule, form)) = self.coded(&sight, &self.verbs[v]) else { return Vec::new() };
        let by_pattern = rule.contains(':');
        let complement = tree.kids(token).find(|&k| matches!(tree.rel(k), Rel::Ccomp | Rel::Xcomp));
        let inner: Vec<Draft> = match complement {
            Some(c) => self.inner(c),
            None => Vec::new(),
        };
        if code.is_null() {
            return inner;
        }
        let mut draft = self.sides(&sight, &bound, code, v, &form, rule);
        if !draft.targets.is_empty() || !draft.joined.is_empty() {
            // What someone does in order to do something else is not done yet.
            for k in tree.kids(token).filter(|&k| scope::is_open(tree, k)).collect::<Vec<_>>() {
                self.inner(k);
            }
        }
        if complement.is_some_and(|c| c < token) {
            // "…, officials said": who speaks last speaks of no one.
            draft.targets.retain(|&m| self.mentions.list[m].first > token);
            let mut out = inner;
            out.push(draft);
            return out;
        }
        if self.edition() == Edition::Two && !inner.is_empty() && !by_pattern {
            return self.nested(&draft, inner);
        }
        let speaks = draft.targets.is_empty();
        let mut out = if speaks { inner } else { Vec::new() };
        out.push(draft);
        out
    }

    /// The drafts of the nearest coded verbs of a complement: its head's, or those below a head that is not coded.
    fn inner(&mut self, complement: usize) -> Vec<Draft> {
        if let Some(v) = self.verbs.iter().position(|v| v.token == complement) {
            return if self.done[v] { Vec::new() } else { self.verb(v) };
        }
        let next = self.tree.kids(complement).find(|&k| matches!(self.tree.rel(k), Rel::Ccomp | Rel::Xcomp));
        next.map_or(Vec::new(), |n| self.inner(n))
    }

    /// Events said, wanted or promised inside another.
    fn nested(&self, outer: &Draft, inner: Vec<Draft>) -> Vec<Draft> {
        let first = |list: &[usize]| self.mentions.codes(list).into_iter().next().unwrap_or_default();
        let source = first(&outer.sources);
        let named = outer.sources.iter().any(|&m| self.mentions.list[m].has_actor);
        if source.is_empty() || !named || outer.unspoken {
            // "Officials said", "it was said": a voice, not an actor.
            return inner;
        }
        let outer_code = outer.code.forward.clone().unwrap_or_default();
        inner
            .into_iter()
            .map(|mut event| {
                let code = event.code.forward.clone().unwrap_or_default();
                let (s, t) = (first(&event.sources), first(&event.targets));
                let rules = &self.petrarch.dictionaries.verbs.transformations;
                let made = rules.iter().find_map(|r| {
                    let by = |verb: &SmolStr| {
                        r.apply((source.as_str(), &outer.base), (s.as_str(), t.as_str(), verb.as_str()), &code)
                    };
                    by(&event.base).or_else(|| by(&event.block))
                });
                let own = s == source || s.is_empty();
                if let Some((_, target, code)) = made {
                    if target == s && !own {
                        event.targets.clone_from(&event.sources);
                    }
                    event.code = Code { forward: Some(code), reverse: None };
                } else {
                    if !own {
                        event.targets.clone_from(&event.sources);
                    }
                    event.code = Code { forward: Some(compose::nested(&outer_code, &code)), reverse: None };
                }
                event.sources.clone_from(&outer.sources);
                event.rule = format!("{} > {}", outer.rule, event.rule);
                event.joined.clear();
                event
            })
            .collect()
    }

    /// The code of a verb: the heaviest pattern of its blocks that fits, else its own code, else its block's.
    fn coded(&self, sight: &Sight, verb: &Verb) -> Option<(Code, Bound, String, Form)> {
        let table = &self.petrarch.dictionaries.verbs;
        let mut best: Option<(usize, &Form, &forewarn_codebook::petrarch::Pattern, Bound)> = None;
        for form in &verb.forms {
            for pattern in &table.blocks[form.block as usize].patterns {
                if best.as_ref().is_some_and(|(w, ..)| *w >= pattern.weight) {
                    break;
                }
                if let Some(bound) = sight.fits(&pattern.shape) {
                    best = Some((pattern.weight, form, pattern, bound));
                    break;
                }
            }
        }
        let negated = self.edition() == Edition::Two && scope::is_negated(self.tree, verb.token);
        let done = |mut code: Code| {
            if negated {
                code.forward = code.forward.map(|c| compose::negated(&c));
                code.reverse = code.reverse.map(|c| compose::negated(&c));
            }
            code
        };
        if let Some((_, form, pattern, bound)) = best {
            let source = &self.petrarch.dictionaries.sources[pattern.file as usize].path;
            let file = source.rsplit(['/', '\\']).next().unwrap_or(source);
            let rule = format!("{file}:{}", pattern.line);
            return Some((done(pattern.code.clone()), bound, rule, (*form).clone()));
        }
        let own = |f: &&Form| f.code.clone().unwrap_or_else(|| table.blocks[f.block as usize].code.clone());
        let form = verb.forms.iter().find(|f| !own(f).is_null()).or_else(|| verb.forms.first())?;
        let rule = format!("{}/{}", table.blocks[form.block as usize].name, form.base);
        Some((done(own(form)), Bound::default(), rule, (*form).clone()))
    }

    /// The mentions of a noun phrase: its head's with those joined to it, else the first one inside it.
    fn side_of(&self, head: usize, verb: usize) -> Vec<usize> {
        if let Some(m) = self.mentions.of(head) {
            return self.mentions.group(self.tree, m);
        }
        let inside = self.tree.below(head, &|k| k != verb);
        let first = self.mentions.list.iter().position(|m| inside.contains(&m.head));
        first.map_or(Vec::new(), |m| self.mentions.group(self.tree, m))
    }

    /// Source and target of a verb's event.
    fn sides(&self, sight: &Sight, bound: &Bound, code: Code, v: usize, form: &Form, rule: String) -> Draft {
        let tree = self.tree;
        let token = sight.verb;
        let mut draft = Draft {
            sources: Vec::new(),
            targets: Vec::new(),
            code,
            verb: token,
            last: self.verbs[v].last.max(token),
            base: form.base.clone(),
            block: SmolStr::new(&self.petrarch.dictionaries.verbs.blocks[form.block as usize].name),
            rule,
            joined: bound.joined.clone(),
            unspoken: false,
        };
        if !draft.joined.is_empty() {
            // Joined actors after the verb are both its target when someone else is its subject.
            let apart = sight.subject_group.iter().all(|m| !draft.joined.contains(m));
            if apart && !sight.subject_group.is_empty() {
                draft.targets = std::mem::take(&mut draft.joined);
                draft.sources.clone_from(&sight.subject_group);
            }
            return draft;
        }
        let group = |m: usize| self.mentions.group(tree, m);
        let by = scope::by_agent(tree, token);
        let agent = by.map_or(Vec::new(), |b| self.side_of(b, token));
        let mut sources = bound.source.map_or(Vec::new(), group);
        let mut targets = bound.target.map_or(Vec::new(), group);
        let named = !sources.is_empty() || !targets.is_empty();
        let passive = scope::is_passive(tree, token);
        let mut subject = sight.subject_group.clone();
        let own_subject = tree.kids(token).any(|k| matches!(tree.rel(k), Rel::Nsubj | Rel::Csubj | Rel::Expl));
        if subject.is_empty() && !own_subject {
            subject = self.before(sight);
        }
        if by.is_some() && !named {
            sources = agent;
            targets = subject;
            draft.sources = sources;
            draft.targets = targets;
            return draft;
        }
        let taken = |m: usize, a: &[usize], b: &[usize]| a.contains(&m) || b.contains(&m) || bound.skipped.contains(&m);
        if sources.is_empty() && !subject.iter().any(|m| targets.contains(m)) {
            sources.clone_from(&subject);
        }
        if sources.is_empty() && !targets.is_empty() {
            // The target was named by the pattern: the source is who the sentence begins with, else who follows.
            let first = self.mentions.list.iter().position(|m| m.has_actor);
            let around = first.filter(|&m| !targets.contains(&m) && self.mentions.list[m].last < token);
            sources = match around {
                Some(m) => group(m),
                None => self.after(sight, &targets, |m| taken(m, &targets, &[])),
            };
        }
        if targets.is_empty() {
            targets = self.after(sight, &sources, |m| taken(m, &sources, &subject));
        }
        if targets.is_empty() {
            // What stands before the verb in its own clause, the nearest first.
            let codes = self.mentions.codes(&sources);
            let found = (0..self.mentions.list.len()).rev().find(|&m| {
                let mention = &self.mentions.list[m];
                mention.head < token
                    && sight.clause[mention.head]
                    && !sources.contains(&m)
                    && !mention.codes.iter().any(|c| codes.contains(c))
            });
            targets = found.map_or(Vec::new(), |m| vec![m]);
        }
        draft.unspoken = passive && !named;
        if draft.unspoken && self.edition() == Edition::Two && !targets.is_empty() {
            std::mem::swap(&mut sources, &mut targets);
        }
        if targets.is_empty() && draft.code.reverse == draft.code.forward && self.mentions.codes(&sources).len() > 1 {
            // "the ministers of A and B met": what is done with each other.
            draft.joined.clone_from(&sources);
        }
        draft.sources = sources;
        draft.targets = targets;
        draft
    }

    /// The first mention after the verb in its clause whose code is not among those of `other`.
    fn after(&self, sight: &Sight, other: &[usize], taken: impl Fn(usize) -> bool) -> Vec<usize> {
        let codes = self.mentions.codes(other);
        let found = (0..self.mentions.list.len()).find(|&m| {
            let mention = &self.mentions.list[m];
            mention.head > sight.verb
                && sight.clause[mention.head]
                && !taken(m)
                && !scope::is_aside(self.tree, mention.head, sight.verb)
                && !mention.codes.iter().all(|c| codes.contains(c))
        });
        let Some(found) = found else { return Vec::new() };
        let mut group = self.mentions.group(self.tree, found);
        group.retain(|&m| !taken(m) && self.mentions.list[m].head > sight.verb);
        group
    }

    /// Where the subject has no code: the first mention before the verb in its clause.
    fn before(&self, sight: &Sight) -> Vec<usize> {
        let found = self.mentions.list.iter().position(|m| m.last < sight.verb && sight.clause[m.head]);
        found.map_or(Vec::new(), |m| self.mentions.group(self.tree, m))
    }
}
