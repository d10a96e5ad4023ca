//! A report's sentences in, its claims out.

use std::sync::Arc;

use forewarn_codebook::actors::Actors;
use forewarn_codebook::{Codebook, EventType, Path, Pattern, Slot};
use forewarn_language::{Sentence, Upos};
use forewarn_report::{BlockKind, Report, Span};
use jiff::civil::Date;
use smol_str::SmolStr;

use crate::claim::{Claim, Factuality, Party, Phrase, Stance, Voice, VoiceKind};
use crate::counts::counts;
use crate::factuality::factuality;
use crate::frame::{self, Frame};
use crate::place::place_of;
use crate::times::{self, TimeExpr};
use crate::tree::Tree;
use crate::voice::{self, Attribution};
use crate::what::{self, Match, What};
use crate::who::{self, Discourse, Mentions};

/// Why a sentence gave no claim, or a remark on one that did.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Diagnostic {
    /// Stable code: `no-predicate`, `none-pattern`, `conditions`, `content`, `question`, `weak`, `no-party`.
    pub code: &'static str,
    /// Index of the sentence.
    pub sentence: u32,
    /// The words it is about.
    pub span: Span,
    /// In words.
    pub message: String,
}

/// What the coder makes of one report.
#[derive(Clone, Debug, Default)]
pub struct Coding {
    /// Claims in the order of their predicates.
    pub claims: Vec<Claim>,
    /// Remarks in text order.
    pub diagnostics: Vec<Diagnostic>,
    /// Who says what, for the report as a whole.
    pub attributions: Vec<Attribution>,
}

/// The knowledge that coding needs; cheap to clone and to share between threads.
#[derive(Clone)]
pub struct Coder {
    codebook: Arc<Codebook>,
    actors: Arc<Actors>,
}

/// What is known of one sentence while its claims are made.
struct Context<'x, 't, 'c> {
    report: &'x Report,
    index: usize,
    tree: &'x Tree<'t>,
    mentions: &'x Mentions<'c>,
    times: &'x [TimeExpr],
    attributions: &'x [Attribution],
    sentences: &'x [Tree<'t>],
    all_mentions: &'x [Mentions<'c>],
}

impl Coder {
    /// A coder with this knowledge.
    pub fn new(codebook: Codebook, actors: Actors) -> Self {
        Self { codebook: Arc::new(codebook), actors: Arc::new(actors) }
    }

    /// The codebook it codes by.
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// The actors it knows.
    pub fn actors(&self) -> &Actors {
        &self.actors
    }

    /// Codes the analysed sentences of `report`, whose spans index the report's text.
    pub fn code(&self, report: &Report, sentences: &[Sentence]) -> Coding {
        let trees: Vec<Tree> = sentences.iter().map(|s| Tree::new(&report.text, s)).collect();
        let mentions: Vec<Mentions> = trees.iter().map(|t| who::mentions(&self.actors, t)).collect();
        let attributions = voice::attributions(&trees, &|s, t| mentions[s].is_medium(t));
        let times = times::times(&trees, report.published);
        let mut discourse = Discourse::new(report.published);
        let mut out = Coding::default();
        for (index, tree) in trees.iter().enumerate() {
            let context = Context {
                report,
                index,
                tree,
                mentions: &mentions[index],
                times: &times[index],
                attributions: &attributions,
                sentences: &trees,
                all_mentions: &mentions,
            };
            self.sentence(&context, &mut discourse, &mut out);
            discourse.add_sentence(tree, &mentions[index]);
        }
        out.attributions = attributions;
        out
    }

    fn sentence(&self, cx: &Context, discourse: &mut Discourse, out: &mut Coding) {
        let What { matches, misses } = what::what(cx.tree, &self.codebook, cx.mentions);
        let before = out.claims.len();
        for m in &matches {
            match self.claim(cx, discourse, m) {
                Ok(claim) => out.claims.push(claim),
                Err((code, message)) => {
                    let span = cx.tree.token(m.frame.at).span;
                    out.diagnostics.push(Diagnostic { code, sentence: cx.index as u32, span, message });
                }
            }
        }
        merge_same(&mut out.claims, before);
        for miss in &misses {
            let span = cx.tree.token(miss.at).span;
            out.diagnostics.push(Diagnostic { code: miss.code, sentence: cx.index as u32, span, message: miss.message.clone() });
        }
        if matches.is_empty() && misses.is_empty() {
            out.diagnostics.push(Diagnostic {
                code: "no-predicate",
                sentence: cx.index as u32,
                span: cx.tree.sentence.span,
                message: "no word of this sentence is a predicate of the codebook".to_owned(),
            });
        }
    }

    fn claim(&self, cx: &Context, discourse: &mut Discourse, m: &Match) -> Result<Claim, (&'static str, String)> {
        let (tree, p) = (cx.tree, m.pattern);
        let Some(mut event) = p.event else {
            return Err(("none-pattern", "the pattern codes nothing".to_owned()));
        };
        let carrier = m.frame.carrier.unwrap_or(m.frame.at);
        let voices: Vec<&Attribution> = voice::voices_of(cx.attributions, tree, cx.index, m.frame.at);
        let verdict = factuality(tree, carrier, &voices, cx.report.published, cx.times);
        if verdict.rule == "question" {
            return Err(("question", "a question asserts nothing".to_owned()));
        }
        let mut fact = verdict.factuality;
        if m.frame.neg.is_some() && fact == Factuality::Asserted {
            fact = Factuality::Negated;
        }
        if fact == Factuality::Asserted
            && let Some(fixed) = p.fixed.as_deref().and_then(Factuality::parse)
        {
            fact = fixed;
        }
        let (mut actor, mut recipient) = self.parties(cx, discourse, &m.frame, p);
        recipient.retain(|r| !actor.iter().any(|a| a.span == r.span));
        if p.reciprocal && actor.is_empty() && recipient.len() > 1 {
            actor = std::mem::take(&mut recipient);
        }
        let known = |list: &[Party]| list.iter().any(who::is_known);
        let place = place_of(tree, cx.mentions, &m.frame);
        if p.weak && !(known(&actor) && (known(&recipient) || place.is_some())) {
            return Err(("weak", format!("`{}` codes only between known actors", m.lemma)));
        }
        if !known(&actor) && !known(&recipient) && needs_party(event) {
            return Err(("no-party", format!("`{}` has no actor of the news on either side", m.lemma)));
        }
        let mut mode = p.mode.clone();
        let mut cameo = p.cameo.clone();
        // PLOVER 2.0: a future consultation, support, cooperation or aid is an agreement to it; a future retreat a concession.
        if fact == Factuality::Announced {
            event = match event {
                EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid => {
                    cameo = None;
                    mode = None;
                    EventType::Agree
                }
                EventType::Retreat => {
                    cameo = None;
                    mode = None;
                    EventType::Concede
                }
                other => other,
            };
        }
        let code = cameo.unwrap_or_else(|| SmolStr::new_static(event.default_cameo(mode.as_deref())));
        let entry = self.codebook.cameo.get(&code);
        let mut contexts = p.contexts.clone();
        for c in entry.map_or(&[][..], |e| &e.contexts) {
            if !contexts.contains(c) && entry.and_then(|e| e.event) == Some(event) {
                contexts.push(c.clone());
            }
        }
        let predicate = predicate_phrase(tree, &m.frame);
        let report_id = cx.report.report_id.clone();
        let rule = format!("{}/{}", p.file, m.lemma);
        let attribution = self.chain(cx, discourse, &voices);
        let confidence = confidence(&actor, &recipient, fact, p, &m.frame);
        Ok(Claim {
            claim_id: claim_id(&report_id, cx.index, predicate.span, &rule),
            report_id,
            sentence: cx.index as u32,
            span: tree.sentence.span,
            predicate,
            actor,
            recipient,
            event_type: event.as_str(),
            plover_score: event.score(mode.as_deref()),
            event_mode: mode,
            contexts,
            goldstein: entry.map_or(0.0, |e| e.goldstein),
            cameo: code,
            quad_class: event.quad_class(),
            factuality: fact,
            attribution,
            date: times::when_of(tree, carrier, cx.times),
            place,
            counts: counts(tree, Some(m.frame.at)),
            rule,
            confidence,
        })
    }

    fn parties(&self, cx: &Context, discourse: &mut Discourse, f: &Frame, p: &Pattern) -> (Vec<Party>, Vec<Party>) {
        let noun = matches!(cx.tree.upos(f.at), Upos::Noun | Upos::Propn);
        let actor = match &p.actor {
            Some(paths) => self.first_parties(cx, discourse, f, paths),
            None => self.first_parties(cx, discourse, f, if noun { defaults::noun_actor() } else { defaults::verb_actor() }),
        };
        let recipient = match &p.recipient {
            Some(paths) => self.first_parties(cx, discourse, f, paths),
            None if p.reciprocal && noun => self.first_parties(cx, discourse, f, defaults::between()),
            None => self.first_parties(cx, discourse, f, if noun { defaults::noun_recipient() } else { defaults::verb_recipient() }),
        };
        (actor, recipient)
    }

    /// The parties in the first of `paths` that gives any; a known one is preferred to an unknown one.
    fn first_parties(&self, cx: &Context, discourse: &mut Discourse, f: &Frame, paths: &[Path]) -> Vec<Party> {
        let mut unknown = Vec::new();
        for path in paths {
            let mut found = Vec::new();
            for head in follow(cx.tree, &self.codebook, f, path) {
                for t in cx.tree.conjuncts(head) {
                    if t == f.at || cx.tree.upos(t) == Upos::Verb {
                        continue;
                    }
                    if let Some(party) = self.party(cx, discourse, t)
                        && !found.contains(&party)
                    {
                        found.push(party);
                    }
                }
            }
            if found.iter().any(who::is_known) {
                return found;
            }
            if unknown.is_empty() {
                unknown = found;
            }
        }
        unknown
    }

    fn party(&self, cx: &Context, discourse: &mut Discourse, head: usize) -> Option<Party> {
        if let Some(found) = discourse.resolve(cx.tree, cx.mentions, head) {
            return Some(found.party);
        }
        who::party(cx.tree, cx.mentions, head, cx.report.published)
    }

    /// The chain of voices, outermost first, each resolved to whom it names.
    fn chain(&self, cx: &Context, discourse: &mut Discourse, voices: &[&Attribution]) -> Vec<Voice> {
        let mut out = Vec::new();
        for a in voices {
            let Some(span) = a.source_span else { continue };
            let party = a.source.and_then(|s| {
                let tree = &cx.sentences[a.sentence];
                let mentions = &cx.all_mentions[a.sentence];
                if a.sentence == cx.index {
                    discourse.resolve(tree, mentions, s).map(|r| r.party).or_else(|| who::party(tree, mentions, s, cx.report.published))
                } else {
                    who::party(tree, mentions, s, cx.report.published)
                }
            });
            let kind = a.kind.unwrap_or_else(|| match &party {
                Some(p) if p.person.is_some() || p.group.is_some() || p.country.is_some() => VoiceKind::Speaker,
                _ => VoiceKind::Unnamed,
            });
            out.push(Voice {
                text: span.slice(cx.tree.text).to_owned(),
                span: Some(span),
                kind,
                stance: a.stance,
                resolved: party.and_then(|p| p.resolved),
                rule: a.rule,
            });
        }
        if let Some(name) = &cx.report.publisher
            && !out.iter().any(|v: &Voice| v.text == *name)
        {
            let publisher = Voice {
                text: name.clone(),
                span: None,
                kind: VoiceKind::Publisher,
                stance: Stance::Reports,
                resolved: None,
                rule: "voice/report-metadata",
            };
            out.insert(0, publisher);
        }
        out
    }
}

/// Types that are too common outside the news of states and groups to be coded without a known party.
fn needs_party(event: EventType) -> bool {
    !matches!(event, EventType::Assault | EventType::Protest)
}

fn follow(tree: &Tree, codebook: &Codebook, f: &Frame, path: &Path) -> Vec<usize> {
    let mut at = what::slot(tree, f, &path[0]);
    for step in &path[1..] {
        at = at.into_iter().flat_map(|t| what::slot(tree, &frame::frame(tree, codebook, t), step)).collect();
    }
    at
}

/// The predicate's words: from the carrier to the noun, with the particle.
fn predicate_phrase(tree: &Tree, f: &Frame) -> Phrase {
    let mut tokens = vec![f.at];
    tokens.extend(f.prt);
    tokens.sort_unstable();
    let near = tokens[tokens.len() - 1] - tokens[0] <= 3;
    let span = if near { tree.span_of(&tokens) } else { tree.token(f.at).span };
    Phrase { text: span.slice(tree.text).to_owned(), span }
}

/// Two predicates may tell one event ("launched an attack, shelling …" stays two; "killed and killed" does not).
fn merge_same(claims: &mut Vec<Claim>, from: usize) {
    let mut i = from;
    while i < claims.len() {
        let twin = (from..i).find(|&j| {
            let (a, b) = (&claims[j], &claims[i]);
            let spans = |list: &[Party]| list.iter().map(|p| p.span).collect::<Vec<_>>();
            a.event_type == b.event_type
                && a.factuality == b.factuality
                && spans(&a.actor) == spans(&b.actor)
                && spans(&a.recipient) == spans(&b.recipient)
                && a.event_mode == b.event_mode
        });
        match twin {
            Some(j) => {
                let b = claims.remove(i);
                let a = &mut claims[j];
                a.place = a.place.take().or(b.place);
                a.date = a.date.take().or(b.date);
                for c in b.counts {
                    if !a.counts.contains(&c) {
                        a.counts.push(c);
                    }
                }
            }
            None => i += 1,
        }
    }
}

/// A first, plain estimate; calibration comes with the evaluation of claims.
fn confidence(actor: &[Party], recipient: &[Party], fact: Factuality, p: &Pattern, f: &Frame) -> f32 {
    let mut c: f32 = 0.55;
    if actor.iter().any(who::is_known) {
        c += 0.15;
    }
    if recipient.iter().any(who::is_known) {
        c += 0.10;
    }
    if !p.conditions.is_empty() {
        c += 0.05;
    }
    if f.carrier.is_some() || f.subj.is_some() {
        c += 0.05;
    }
    if fact == Factuality::Asserted {
        c += 0.05;
    }
    if actor.is_empty() {
        c -= 0.10;
    }
    c.clamp(0.05, 0.95)
}

/// FNV-1a over what makes a claim the same on every run.
fn claim_id(report_id: &str, sentence: usize, span: Span, rule: &str) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let key = format!("{report_id}\u{1f}{sentence}\u{1f}{}\u{1f}{}\u{1f}{rule}", span.start, span.end);
    for b in key.bytes() {
        hash = (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// The slots that are tried where a pattern names none (docs/patterns.md).
mod defaults {
    use super::{Path, Slot};
    use std::sync::LazyLock;

    fn prep(p: &str) -> Path {
        Box::new([Slot::Prep(Box::new([p.into()]))])
    }

    fn preps(list: &[&str]) -> Vec<Path> {
        list.iter().map(|p| prep(p)).collect()
    }

    static VERB_ACTOR: LazyLock<Vec<Path>> = LazyLock::new(|| vec![Box::new([Slot::Subj])]);
    static NOUN_ACTOR: LazyLock<Vec<Path>> = LazyLock::new(|| {
        let mut list: Vec<Path> = vec![Box::new([Slot::Poss]), Box::new([Slot::Subj])];
        list.push(prep("by"));
        list.push(Box::new([Slot::Mod]));
        list
    });
    static VERB_RECIPIENT: LazyLock<Vec<Path>> = LazyLock::new(|| {
        let mut list: Vec<Path> = vec![Box::new([Slot::Obj]), Box::new([Slot::Iobj])];
        list.extend(preps(&["against", "on", "at", "with", "to"]));
        list
    });
    static NOUN_RECIPIENT: LazyLock<Vec<Path>> =
        LazyLock::new(|| preps(&["of", "against", "on", "at", "with", "to", "in"]));
    static BETWEEN: LazyLock<Vec<Path>> = LazyLock::new(|| preps(&["between", "among", "with", "of"]));

    pub(super) fn verb_actor() -> &'static [Path] {
        &VERB_ACTOR
    }
    pub(super) fn noun_actor() -> &'static [Path] {
        &NOUN_ACTOR
    }
    pub(super) fn verb_recipient() -> &'static [Path] {
        &VERB_RECIPIENT
    }
    pub(super) fn noun_recipient() -> &'static [Path] {
        &NOUN_RECIPIENT
    }
    pub(super) fn between() -> &'static [Path] {
        &BETWEEN
    }
}

/// Whether a block is a headline, where the present tense tells the past.
pub fn is_headline(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Title | BlockKind::Subhead)
}
