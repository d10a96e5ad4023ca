//! A report's sentences in, its claims out.

use std::path::PathBuf;
use std::sync::Arc;

use forewarn_codebook::actors::{Actors, EntryKind};
use forewarn_codebook::{Codebook, EventType, Pattern, Slot};
use forewarn_gazetteer::Gazetteer;
use forewarn_language::{Rel, Sentence, Upos};
use forewarn_report::{BlockKind, Report, Span};
use smol_str::SmolStr;

use crate::claim::{Claim, Count, Factuality, Party, Phrase, Stance, Voice, VoiceKind};
use crate::counts::{self, counts};
use crate::factuality::factuality;
use crate::frame::Frame;
use crate::mend::mend;
use crate::number::quantities;
use crate::parties::{Finder, infer_countries, is_private, walks_alone};
use crate::place::{locate, place_of};
use crate::table::Tables;
use crate::tale;
use crate::times::{self, TimeExpr};
use crate::toponyms::{Toponym, toponyms};
use crate::tree::Tree;
use crate::voice::{self, Attribution};
use crate::what::{self, Match, What};
use crate::who::{self, Discourse, Mentions};

/// Why a sentence gave no claim, or a remark on one that did.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Diagnostic {
    /// Stable code: `no-predicate`, `none-pattern`, `conditions`, `content`, `question`, `weak`,
    /// `no-party`, `accident`.
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
    tables: Arc<Tables>,
    gazetteer: Option<Arc<Gazetteer>>,
}

/// What is known of one sentence while its claims are made.
struct Context<'x, 't, 'c> {
    report: &'x Report,
    index: usize,
    tree: &'x Tree<'t>,
    mentions: &'x Mentions<'c>,
    times: &'x [TimeExpr],
    /// Whether the sentence goes on with a tale of a past year.
    in_tale: bool,
    attributions: &'x [Attribution],
    sentences: &'x [Tree<'t>],
    all_mentions: &'x [Mentions<'c>],
    toponyms: &'x [Toponym],
}

impl Coder {
    /// A coder with this knowledge.
    pub fn new(codebook: Codebook, actors: Actors) -> Self {
        Self {
            codebook: Arc::new(codebook),
            actors: Arc::new(actors),
            tables: Arc::clone(Tables::shipped()),
            gazetteer: None,
        }
    }

    /// The same with word tables of one's own.
    #[must_use]
    pub fn with_tables(self, tables: Tables) -> Self {
        Self { tables: Arc::new(tables), ..self }
    }

    /// The tree of a sentence, as this coder's rules read it.
    pub fn tree<'t>(&self, text: &'t str, sentence: &'t Sentence) -> Tree<'t> {
        Tree::with_tables(text, sentence, &self.tables)
    }

    /// The same coder with a gazetteer: its claims' places get country, division and coordinates.
    #[must_use]
    pub fn with_gazetteer(self, gazetteer: Gazetteer) -> Self {
        Self { gazetteer: Some(Arc::new(gazetteer)), ..self }
    }

    /// Adds compiled gazetteers to the one it has.
    ///
    /// # Errors
    /// When one cannot be read, or the coder has no gazetteer of its own or shares it with a clone.
    pub fn add_gazetteers(&mut self, files: &[PathBuf]) -> Result<(), forewarn_gazetteer::Error> {
        for file in files {
            let Some(gazetteer) = self.gazetteer.as_mut().and_then(Arc::get_mut) else {
                let what = "it comes too late: the coder is in use, or has no gazetteer".to_owned();
                return Err(forewarn_gazetteer::Error::Index { path: file.clone(), what });
            };
            gazetteer.add_file(file)?;
        }
        Ok(())
    }

    /// The gazetteer it resolves places by.
    pub fn gazetteer(&self) -> Option<&Gazetteer> {
        self.gazetteer.as_deref()
    }

    /// The country of a report's publisher, where the lexicon has the medium.
    fn home(&self, report: &Report) -> Option<SmolStr> {
        let folded = self.actors.fold(report.publisher.as_deref()?.split_whitespace());
        let names = self.actors.names(&folded);
        let medium = |t: &u32| self.actors.entry_of(*t).kind == EntryKind::Media;
        names.iter().flat_map(|n| &n.terms).find(|t| medium(t)).and_then(|&t| self.actors.entry_of(t).country.clone())
    }

    /// The place names of a report's analysed sentences; none without a gazetteer.
    pub fn toponyms(&self, report: &Report, sentences: &[Sentence]) -> Vec<Toponym> {
        let sentences = mend(&report.text, &self.codebook, &self.actors, sentences, &|s| is_headline(report, s));
        let trees: Vec<Tree> = sentences.iter().map(|s| self.tree(&report.text, s)).collect();
        let mentions = who::mentions_of_report(&self.actors, &trees, report.published);
        self.toponyms_of(report, &trees, &mentions)
    }

    fn toponyms_of(&self, report: &Report, trees: &[Tree], mentions: &[Mentions]) -> Vec<Toponym> {
        let Some(gazetteer) = &self.gazetteer else { return Vec::new() };
        toponyms(gazetteer, trees, mentions, self.home(report).as_ref())
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
        let sentences = mend(&report.text, &self.codebook, &self.actors, sentences, &|s| is_headline(report, s));
        let trees: Vec<Tree> = sentences.iter().map(|s| self.tree(&report.text, s)).collect();
        let mentions: Vec<Mentions> = who::mentions_of_report(&self.actors, &trees, report.published);
        // Media by the lexicon, by their names, or because the report shows them as its publisher or wire.
        let wire = report.wire().map(|span| span.slice(&report.text));
        let shown: Vec<&str> = report.publisher.as_deref().into_iter().chain(wire).collect();
        let is_medium = |s: usize, t: usize| {
            let known: &Mentions = &mentions[s];
            known.is_medium(t) || known.lexicon(t).is_none() && voice::medium::is_named_so(&trees[s], t, &shown)
        };
        let attributions = voice::attributions(&trees, &is_medium);
        let times = times::times(&trees, report.published);
        let tales = tale::tales(&trees, &times, report.published);
        let toponyms = self.toponyms_of(report, &trees, &mentions);
        let mut discourse = Discourse::new(report.published);
        let mut out = Coding::default();
        for (index, tree) in trees.iter().enumerate() {
            let context = Context {
                report,
                index,
                tree,
                mentions: &mentions[index],
                times: &times[index],
                in_tale: tales[index],
                attributions: &attributions,
                sentences: &trees,
                all_mentions: &mentions,
                toponyms: &toponyms,
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
        let mut made = Vec::new();
        for m in &matches {
            match self.claim(cx, discourse, m) {
                Ok(claim) => {
                    out.claims.push(claim);
                    made.push(&m.frame);
                }
                Err((code, message)) => {
                    let span = cx.tree.token(m.frame.at).span;
                    out.diagnostics.push(Diagnostic { code, sentence: cx.index as u32, span, message });
                }
            }
        }
        each_its_own(cx.tree, &made, &mut out.claims[before..]);
        take_in_casualties(cx.tree, &matches, &mut out.claims, before);
        merge_same(&mut out.claims, before);
        count_leftovers(cx, &mut out.claims[before..]);
        for miss in &misses {
            let span = cx.tree.token(miss.at).span;
            out.diagnostics.push(Diagnostic {
                code: miss.code,
                sentence: cx.index as u32,
                span,
                message: miss.message.clone(),
            });
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
        if HARM.contains(&m.lemma.as_str())
            && matches!(tree.rel(m.frame.at), Rel::Advcl | Rel::Conj)
            && let Some(head) = tree.head(m.frame.at)
            && self.codebook.classes.has("accident-verb", &crate::frame::lemma_key(tree, &self.codebook, head))
        {
            return Err(("accident", format!("`{}` tells what an accident did", m.lemma)));
        }
        let mut voices: Vec<&Attribution> = voice::voices_of(cx.attributions, tree, cx.index, m.frame.at);
        // "Libya: The United Nations ends its sanctions": a country before a colon says where, not who speaks.
        voices.retain(|v| {
            !(v.rule.contains("colon") && v.source.is_some_and(|s| cx.all_mentions[v.sentence].is_country(s)))
        });
        let deed_times = times::said::of_content(tree, cx.index, m.frame.at, cx.attributions, cx.times);
        // "planned an attack", "faced deportation": the verb carries the noun and says that it has not come yet.
        let ahead = match tree.lemma(carrier) {
            "plan" => true,
            "face" => matches!(event, EventType::Coerce | EventType::Sanction),
            _ => false,
        };
        let mood = if ahead { m.frame.at } else { carrier };
        let verdict = factuality(tree, mood, &voices, cx.report.published, &deed_times);
        if verdict.rule == "question" {
            return Err(("question", "a question asserts nothing".to_owned()));
        }
        let mut fact = verdict.factuality;
        let uses_negation = p.conditions.iter().any(|c| !c.negated && matches!(c.path.as_ref(), [Slot::Neg]));
        if uses_negation && matches!(fact, Factuality::Negated | Factuality::Disavowed | Factuality::Announced) {
            // "will not lift the ban" is a refusal that happened: the pattern has read the negation.
            fact = Factuality::Asserted;
        } else if m.frame.neg.is_some() && fact == Factuality::Asserted && !uses_negation {
            fact = Factuality::Negated;
        }
        if fact == Factuality::Asserted
            && let Some(fixed) = p.fixed.as_deref().and_then(Factuality::parse)
        {
            fact = fixed;
        }
        if fact == Factuality::Asserted && cx.in_tale && tale::told_in_past(tree, carrier) {
            fact = Factuality::Background;
        }
        let denies = |v: &&&Attribution| v.sentence == cx.index && v.stance == Stance::Denies;
        let denier = voices.iter().find(denies).and_then(|v| v.source);
        let mut finder = Finder {
            tree,
            mentions: cx.mentions,
            codebook: &self.codebook,
            discourse,
            published: cx.report.published,
            speaker: voices.iter().rev().filter(|v| v.sentence == cx.index).find_map(|v| v.source),
            denier,
        };
        let (mut actor, mut recipient) = finder.sides(&m.frame, p);
        // "Serbia promised to fight it": who does it is not "it".
        let other = |r: &Party| {
            let pronoun = matches!(r.text.as_str(), "it" | "him" | "her" | "them");
            let same = |a: &Party| {
                a.country == r.country && a.sector == r.sector && a.group == r.group && a.person == r.person
            };
            !(pronoun && r.resolved.is_some() && actor.iter().any(same))
        };
        let named = recipient.len();
        recipient.retain(other);
        let withdrawn = recipient.len() < named;
        // A publisher that only passes the report on is a voice, never the actor.
        let passes_on =
            |p: &Party| who::is_medium(p) && voices.iter().any(|v| v.source_span.is_some_and(|s| s.overlaps(p.span)));
        actor.retain(|p| !passes_on(p));
        recipient.retain(|r| !actor.iter().any(|a| a.span == r.span));
        if p.reciprocal && actor.is_empty() && recipient.len() > 1 {
            actor = std::mem::take(&mut recipient);
        }
        // "claimed responsibility for the attack": who claims a deed is said to have done it, on its own word.
        if actor.is_empty()
            && let Some(claimant) = claimant(tree, cx.index, &voices)
        {
            actor = finder.parties(claimant);
            recipient.retain(|r| !actor.iter().any(|a| a.span == r.span));
        }
        // "denied reports of a meeting with Syrian officials": who denies it is who would have met them.
        if p.reciprocal
            && (actor.is_empty() || actor.len() == 1 && recipient.is_empty())
            && fact == Factuality::Denied
            && let Some(denier) = denier
        {
            recipient.append(&mut actor);
            actor = finder.parties(denier);
            recipient.retain(|r| !actor.iter().any(|a| a.span == r.span));
        }
        let known = |list: &[Party]| list.iter().any(who::is_known);
        let spoken = p.event.is_some_and(|e| e.quad_class() % 2 == 1);
        let mut place = place_of(tree, cx.mentions, &m.frame, spoken, cx.toponyms);
        if let Some(place) = &mut place {
            locate(place, cx.toponyms, self.gazetteer());
        }
        infer_countries(tree, cx.mentions, place.as_ref(), [&mut actor, &mut recipient]);
        let both = known(&actor) && (known(&recipient) || withdrawn || place.is_some());
        let mutual = p.reciprocal && actor.iter().filter(|a| who::is_known(a)).count() > 1;
        if p.weak && !both && !mutual {
            return Err(("weak", format!("`{}` codes only between known actors", m.lemma)));
        }
        let noun = matches!(tree.upos(m.frame.at), Upos::Noun | Upos::Propn);
        let bare = noun && m.frame.carrier.is_none() && place.is_none();
        let nobody = !known(&actor) && !known(&recipient);
        let counted = told(cx, counts(tree, Some(m.frame.at)));
        let bare = bare || (event == EventType::Assault && place.is_none() && counted.is_empty());
        // "deploying heavy artillery" is a mobilisation whoever does it.
        let by_its_object = event == EventType::Mobilize && !p.conditions.is_empty();
        if nobody && (bare || (needs_party(event) && !by_its_object)) {
            return Err(("no-party", format!("`{}` has no actor of the news on either side", m.lemma)));
        }
        if is_private(event, [&actor, &recipient]) {
            return Err(("no-party", format!("`{}` is between private people", m.lemma)));
        }
        if m.lemma == "march" && event == EventType::Protest && !noun && walks_alone(tree, &m.frame) {
            return Err(("no-party", "one person marches without a cause".to_owned()));
        }
        let mut mode = p.mode.clone();
        let mut cameo = p.cameo.clone();
        // PLOVER 2.0: a future consultation, support, cooperation or aid is an agreement to it; a future retreat a concession.
        if fact == Factuality::Announced {
            let told = match event {
                EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid => EventType::Agree,
                EventType::Retreat => EventType::Concede,
                // An announced blow is a threat in CAMEO (root 13) and PLOVER alike; a mobilisation is its own event.
                EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Protest => {
                    EventType::Threaten
                }
                other => other,
            };
            if told != event {
                cameo = None;
                mode = (event == EventType::Assault).then(|| SmolStr::new_static("violence"));
                event = told;
            }
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
        // Whoever acts is no voice over the own act where another one speaks: "Vucic denied that Belgrade had ordered it".
        let own = |v: &&Attribution| v.source_span.is_some_and(|s| actor.iter().any(|a| a.span.overlaps(s)));
        let voices: Vec<&Attribution> =
            voices.iter().copied().enumerate().filter(|(i, v)| *i == 0 || !own(v)).map(|(_, v)| v).collect();
        let attribution = chain(cx, discourse, &voices);
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
            date: times::date_of(tree, m.frame.at, carrier, &deed_times, cx.report.published),
            place,
            counts: counted,
            rule,
            confidence,
        })
    }
}

/// Who claims responsibility for the deed, or denies it, in this sentence.
fn claimant(tree: &Tree, sentence: usize, voices: &[&Attribution]) -> Option<usize> {
    let nobody = |s: usize| tree.kids(s).chain([s]).any(|k| matches!(tree.lower(k), "no" | "nobody" | "none"));
    let own = voices.iter().find(|v| v.sentence == sentence && v.rule.starts_with("responsibility"))?;
    own.source.filter(|&s| !nobody(s))
}

/// The chain of voices, outermost first, each resolved to whom it names.
fn chain(cx: &Context, discourse: &mut Discourse, voices: &[&Attribution]) -> Vec<Voice> {
    let mut out = Vec::new();
    for a in voices {
        let Some(span) = a.source_span else { continue };
        let party = a.source.and_then(|s| {
            let tree = &cx.sentences[a.sentence];
            let mentions = &cx.all_mentions[a.sentence];
            // What the report has named by now stands for this sentence's words only.
            let named = if a.sentence == cx.index { discourse.resolve(tree, mentions, s) } else { None };
            named.map(|r| r.party).or_else(|| who::party(tree, mentions, s, cx.report.published))
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
    // "told the Coast Herald" in the Coast Herald: one voice.
    let bare =
        |name: &str| name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name).to_lowercase();
    if let Some(name) = &cx.report.publisher
        && !out.iter().any(|v: &Voice| bare(&v.text) == bare(name))
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
    // "BENI, July 6 (Example Wire) - …" in a paper: the paper passes on what the wire reports.
    if let Some(span) = cx.report.wire() {
        let wire = span.slice(cx.tree.text);
        if !out.iter().any(|v| bare(&v.text) == bare(wire)) {
            let at = usize::from(out.first().is_some_and(|v| v.rule == "voice/report-metadata"));
            let voice = Voice {
                text: wire.to_owned(),
                span: Some(span),
                kind: VoiceKind::Publisher,
                stance: Stance::Reports,
                resolved: None,
                rule: "voice/dateline",
            };
            out.insert(at, voice);
        }
    }
    out
}

/// Whether a sentence is the report's headline.
fn is_headline(report: &Report, sentence: &Sentence) -> bool {
    report.blocks.get(sentence.block as usize).is_some_and(|b| b.kind == BlockKind::Title)
}

/// Types that are too common outside the news of states and groups to be coded without a known party.
fn needs_party(event: EventType) -> bool {
    !matches!(event, EventType::Assault | EventType::Protest)
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

/// Takes from claims the counts that are another one's: "sent 700 troops and put a battalion on alert" counts no troops
/// on alert, an arrest "on suspicion of the attack" no arrested in the attack. What blows of one side did is shared.
fn each_its_own(tree: &Tree, made: &[&Frame], claims: &mut [Claim]) {
    if claims.len() < 2 || claims.iter().all(|c| c.counts.is_empty()) {
        return;
    }
    let owners = counts::owners(tree);
    for i in 0..claims.len() {
        let kept: Vec<Count> = claims[i]
            .counts
            .iter()
            .filter(|c| {
                let Some(&(_, by)) = owners.iter().find(|(span, _)| *span == c.span) else { return true };
                let own = |f: &Frame| f.at == by || f.carrier == Some(by);
                let other = (0..claims.len()).find(|&j| j != i && own(made[j]));
                // Those who rally and those who demand are the same people.
                let same_people = |j: usize| {
                    c.what == "participants"
                        && claims[i].actor.iter().any(|p| claims[j].actor.iter().any(|q| p.span == q.span))
                };
                own(made[i]) || other.is_none_or(|j| same_people(j) || shares(&claims[i], &claims[j]))
            })
            .cloned()
            .collect();
        claims[i].counts = kept;
    }
}

/// Whether two claims of a sentence may be one happening's, and their tolls one toll.
fn shares(a: &Claim, b: &Claim) -> bool {
    let blow = |c: &Claim| matches!(c.event_type, "ASSAULT" | "PROTEST");
    let same =
        |x: &Party, y: &Party| x.span == y.span || x.country == y.country && x.group == y.group && x.sector == y.sector;
    let one_side =
        a.actor.is_empty() || b.actor.is_empty() || a.actor.iter().any(|x| b.actor.iter().any(|y| same(x, y)));
    blow(a) && blow(b) && one_side && a.factuality == b.factuality
}

/// "attacked a camp, killing 12": the deaths are the attack's numbers, no second attack.
fn take_in_casualties(tree: &Tree, matches: &[Match], claims: &mut Vec<Claim>, from: usize) {
    let mut i = from;
    while i < claims.len() {
        let own = matches.iter().find(|m| {
            tree.token(m.frame.at).span.start == claims[i].predicate.span.start
                || tree.token(m.frame.at).span == claims[i].predicate.span
        });
        let harm = own.is_some_and(|m| HARM.contains(&m.lemma.as_str())) && claims[i].event_type == "ASSAULT";
        let above = own.filter(|_| harm).and_then(|m| {
            let at = m.frame.at;
            let joined = matches!(tree.rel(at), Rel::Advcl | Rel::Xcomp | Rel::Acl | Rel::Conj | Rel::Parataxis);
            let head = tree.head(at).filter(|_| joined)?;
            let outer = matches.iter().find(|o| o.frame.at == head || o.frame.carrier == Some(head))?;
            // "eight were killed and seven injured" is one toll; "troops killed two after a soldier was killed" is not.
            let one_toll =
                tree.rel(at) == Rel::Conj && HARM.contains(&outer.lemma.as_str()) && claims[i].actor.is_empty();
            let hangs = one_toll || tree.rel(at) == Rel::Acl || !tree.has(at, Rel::Nsubj);
            hangs.then(|| tree.token(outer.frame.at).span)
        });
        let twin = above.and_then(|span| {
            (from..claims.len())
                .find(|&j| j != i && claims[j].event_type == "ASSAULT" && claims[j].predicate.span.contains(span))
        });
        let Some(j) = twin else {
            i += 1;
            continue;
        };
        let inner = claims.remove(i);
        let outer = &mut claims[if j > i { j - 1 } else { j }];
        if outer.recipient.is_empty() {
            outer.recipient.clone_from(&inner.recipient);
        }
        take_in(outer, inner);
    }
}

/// Adds to a claim what a second telling of its event says besides: numbers, and a place and a date where it has none.
fn take_in(claim: &mut Claim, other: Claim) {
    for c in other.counts {
        if !claim.counts.contains(&c) {
            claim.counts.push(c);
        }
    }
    claim.place = claim.place.take().or(other.place);
    claim.date = claim.date.take().or(other.date);
}

/// The counts without those that an article reads into whoever speaks: "a nurse said" counts no nurse.
fn told(cx: &Context, mut counts: Vec<Count>) -> Vec<Count> {
    let speaks = |s: Span| {
        cx.attributions.iter().any(|a| a.sentence == cx.index && a.source_span.is_some_and(|source| source.overlaps(s)))
    };
    let article = |c: &Count| c.text.split(' ').next().is_some_and(|w| matches!(w, "a" | "an" | "A" | "An"));
    counts.retain(|c| !(c.best == Some(1) && article(c) && speaks(c.span)));
    counts
}

/// Deaths and injuries that stand too far from the only attack of a sentence to be read with it are its own all the
/// same; so are the numbers of those who fought.
fn count_leftovers(cx: &Context, claims: &mut [Claim]) {
    let tree = cx.tree;
    if claims.is_empty() {
        return;
    }
    let mut attacks = claims.iter_mut().filter(|c| c.event_type == "ASSAULT");
    if let (Some(only), None) = (attacks.next(), attacks.next())
        && only.factuality == Factuality::Asserted
        && only.counts.is_empty()
    {
        only.counts = told(cx, counts(tree, None))
            .into_iter()
            .filter(|c| matches!(c.what, "killed" | "injured" | "missing" | "abducted"))
            .collect();
    }
    let numbers = quantities(tree);
    for claim in claims {
        for party in claim.actor.iter().chain(&claim.recipient) {
            let armed = party.sector.as_deref().is_some_and(|s| matches!(s, "MIL" | "UAF" | "REB" | "COP" | "PRM"));
            let inside = |s: Span| party.span.contains(s);
            let Some(q) =
                numbers.iter().find(|q| inside(q.span) && inside(tree.token(q.counted).span) && !q.is_article(tree))
            else {
                continue;
            };
            let taken = claim.counts.iter().any(|c| c.span.overlaps(party.span));
            if armed && !taken {
                claim.counts.push(Count {
                    what: "participants",
                    who: tree.form(q.counted).to_owned(),
                    low: q.low,
                    best: q.best,
                    high: q.high,
                    text: q.span.slice(tree.text).to_owned(),
                    span: q.span,
                    rule: "counts/of-a-party",
                });
            }
        }
    }
}

/// Verbs that say what an attack did to people.
const HARM: [&str; 10] = ["kill", "wound", "injure", "maim", "hurt", "leave", "slay", "claim", "burn", "displace"];

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
                let again = claims.remove(i);
                take_in(&mut claims[j], again);
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
        if recipient.is_empty() {
            c -= 0.15;
        }
    }
    // In steps of 0.05, without the crumbs of binary fractions.
    (c.clamp(0.05, 0.95) * 20.0).round() / 20.0
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
