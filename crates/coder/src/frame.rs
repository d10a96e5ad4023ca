//! The frame of a predicate: who stands where beside it, with voice, relative clauses, control,
//! participles, coordination and light verbs undone, so that one pattern serves every construction.

use forewarn_codebook::{Codebook, EventType, Pos};
use forewarn_language::{Feats, Rel, Sub, Upos};
use smol_str::SmolStr;

use crate::tree::Tree;

/// The dependents of a predicate by their logical place; tokens are heads of phrases.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The predicate.
    pub at: usize,
    /// The verb that carries a noun predicate ("carried out" in "carried out an attack").
    pub carrier: Option<usize>,
    /// Who does it.
    pub subj: Option<usize>,
    /// Whom it is done to.
    pub obj: Option<usize>,
    /// Indirect object.
    pub iobj: Option<usize>,
    /// Prepositional dependents: preposition (lower case), head noun.
    pub preps: Vec<(SmolStr, usize)>,
    /// Open clausal complement.
    pub xcomp: Option<usize>,
    /// Clausal complement.
    pub ccomp: Option<usize>,
    /// Adverbial clauses.
    pub advcl: Vec<usize>,
    /// Particle.
    pub prt: Option<usize>,
    /// Possessor of a noun.
    pub poss: Option<usize>,
    /// Modifiers: adjectives, compounds, numbers of a noun; adverbs of a verb.
    pub mods: Vec<usize>,
    /// A negating word.
    pub neg: Option<usize>,
    /// Auxiliaries.
    pub aux: Vec<usize>,
    /// Whether the verb is passive.
    pub passive: bool,
}

/// The part of speech under which the patterns of token `i` are looked up.
pub fn pos_of(tree: &Tree, i: usize) -> Option<Pos> {
    match tree.upos(i) {
        Upos::Verb => Some(Pos::Verb),
        Upos::Noun => Some(Pos::Noun),
        Upos::Adj => Some(Pos::Adj),
        // Headlines capitalise their words, and the tagger then takes some for names.
        Upos::Propn if tree.rel(i) != Rel::Flat => Some(Pos::Noun),
        _ => None,
    }
}

/// The lemma of token `i` as patterns spell it.
pub fn lemma_key(tree: &Tree, codebook: &Codebook, i: usize) -> SmolStr {
    let lemma = tree.lemma(i);
    if i >= 2 && tree.form(i - 1) == "-" {
        // "cease-fire", "build-up", "counter-offensive": three tokens, one word of the codebook.
        for joint in ["", "-"] {
            let whole = codebook.lemmas.of("", &format!("{}{joint}{}", tree.lower(i - 2), lemma.to_lowercase()));
            if codebook.lemmas.knows(&whole) {
                return whole;
            }
        }
    }
    if lemma.chars().any(char::is_uppercase) {
        codebook.lemmas.of(tree.lower(i), &lemma.to_lowercase())
    } else {
        codebook.lemmas.of(tree.lower(i), lemma)
    }
}

const NEGATING: [&str; 7] = ["not", "n't", "never", "no", "hardly", "neither", "nor"];

/// Reads the frame of the predicate at token `i`.
pub fn frame(tree: &Tree, codebook: &Codebook, i: usize) -> Frame {
    match pos_of(tree, i) {
        Some(Pos::Noun) => noun_frame(tree, codebook, i),
        _ => verb_frame(tree, i, 0),
    }
}

/// Whether verb `i` is passive: its own marks, or those of the verb it is joined to.
pub fn is_passive(tree: &Tree, i: usize) -> bool {
    if tree.kids(i).any(|k| tree.sub(k) == Sub::Pass) {
        return true;
    }
    if tree.kids(i).any(|k| tree.rel(k) == Rel::Nsubj) {
        return false;
    }
    let past_participle = tree.feats(i).has(Feats::PARTICIPLE) && tree.feats(i).has(Feats::PAST);
    match tree.rel(i) {
        Rel::Acl if tree.sub(i) != Sub::Relcl => past_participle,
        Rel::Conj if past_participle && !tree.has(i, Rel::Aux) => {
            tree.head(i).is_some_and(|h| h < i && is_passive(tree, h))
        }
        Rel::Amod | Rel::Advcl => past_participle && !tree.has(i, Rel::Aux) && !tree.has(i, Rel::Obj),
        _ => past_participle && tree.kids(i).any(|k| tree.sub(k) == Sub::Agent),
    }
}

/// The preposition of a phrase headed by `i`: the case words joined ("because of" is fixed, "out of" two). A day has none
/// that matters here: "on Friday" says when, not on what.
fn preposition(tree: &Tree, i: usize) -> Option<SmolStr> {
    if crate::times::is_day(tree.lower(i)) {
        return None;
    }
    let Some(first) = tree.kids(i).find(|&k| tree.rel(k) == Rel::Case && k < i) else {
        // "a call for Serbia to withdraw": `for` may hang on the infinitive after it.
        let left = tree.below(i, &|k| k < i)[0];
        return (left > 0 && tree.lower(left - 1) == "for" && tree.rel(left - 1) == Rel::Mark)
            .then(|| SmolStr::new_static("for"));
    };
    let mut word = SmolStr::new(tree.lower(first));
    // "in front of", "on behalf of": UD hangs the rest as fixed.
    if tree.kids(first).any(|k| tree.rel(k) == Rel::Fixed) {
        let mut all = word.to_string();
        for k in tree.kids(first).filter(|&k| tree.rel(k) == Rel::Fixed) {
            all.push('_');
            all.push_str(tree.lower(k));
        }
        word = SmolStr::new(all);
    }
    Some(word)
}

fn verb_frame(tree: &Tree, i: usize, depth: usize) -> Frame {
    // "Guyana is not prepared to …": an adjective suffers nothing, whatever the parser makes of its subject.
    let passive = is_passive(tree, i) && tree.upos(i) != Upos::Adj;
    let mut f = Frame { at: i, passive, ..Frame::default() };
    let mut gap_subject = None;
    let mut wh_object = false;
    for k in tree.kids(i) {
        match tree.rel(k) {
            Rel::Nsubj | Rel::Csubj => {
                let filler = antecedent(tree, i, k);
                if tree.sub(k) == Sub::Pass || passive {
                    f.obj = f.obj.or(Some(filler));
                } else if f.subj.is_none() || k < i {
                    // Of several subjects the one nearest before the verb is its own.
                    f.subj = Some(filler);
                }
                gap_subject = Some(k);
            }
            Rel::Obj => {
                wh_object = true;
                let filler = antecedent(tree, i, k);
                if passive && f.obj.is_some() {
                    f.iobj = Some(filler);
                } else {
                    f.obj = f.obj.or(Some(filler));
                }
            }
            Rel::Iobj => f.iobj = Some(k),
            Rel::Xcomp => f.xcomp = f.xcomp.or(Some(k)),
            Rel::Ccomp => f.ccomp = f.ccomp.or(Some(k)),
            Rel::Advcl => f.advcl.push(k),
            Rel::Aux => f.aux.push(k),
            Rel::Compound if tree.sub(k) == Sub::Prt => f.prt = Some(k),
            Rel::Advmod | Rel::Amod | Rel::Nummod => {
                if NEGATING.contains(&tree.lower(k)) {
                    f.neg = Some(k);
                }
                f.mods.push(k);
            }
            Rel::Obl | Rel::Nmod if tree.sub(k) != Sub::Unmarked => {
                let Some(p) = preposition(tree, k) else { continue };
                if tree.sub(k) == Sub::Agent || (passive && p == "by") {
                    f.subj = f.subj.or(Some(k));
                }
                f.preps.push((p, k));
            }
            _ => {}
        }
    }
    // A particle that the parser took for an adverb or a stranded preposition still names the verb's sense.
    if f.prt.is_none() {
        f.prt = tree.kids(i).find(|&k| {
            k > i
                && k <= i + 3
                && tree.upos(k) == Upos::Adp
                && matches!(tree.rel(k), Rel::Advmod | Rel::Case | Rel::Obl)
        });
    }
    if f.preps.is_empty() && f.advcl.is_empty() {
        shared_phrases(tree, i, &mut f);
    }
    if f.subj.is_none() && tree.upos(i) == Upos::Adj {
        // "NATO said it was ready": the parser may take such an "it" for an expletive.
        f.subj = tree.kids(i).find(|&k| tree.rel(k) == Rel::Expl && tree.lower(k) == "it");
    }
    if f.xcomp.is_none() {
        f.xcomp = infinitive_after_object(tree, i, &f);
    }
    double_object(tree, &mut f);
    if depth < 4 {
        inherit(tree, i, &mut f, gap_subject.is_some(), wh_object, depth);
    }
    f
}

/// "30 people were killed and 20 injured [in a hotel fire]": what follows the last of joined verbs belongs to all.
fn shared_phrases(tree: &Tree, i: usize, f: &mut Frame) {
    let joined = |k: &usize| tree.rel(*k) == Rel::Conj && tree.upos(*k) == Upos::Verb;
    let Some(last) = tree.kids(i).rfind(joined) else { return };
    if is_passive(tree, last) != f.passive {
        return;
    }
    for k in tree.kids(last) {
        match tree.rel(k) {
            Rel::Obl | Rel::Nmod if tree.sub(k) != Sub::Unmarked && tree.sub(k) != Sub::Agent => {
                if let Some(p) = preposition(tree, k).filter(|p| p != "by") {
                    f.preps.push((p, k));
                }
            }
            Rel::Advcl => f.advcl.push(k),
            _ => {}
        }
    }
}

/// "pressed the rebels [to hold elections]": the infinitive after an object is the verb's complement, whether the
/// parser hung it on the verb or on the object.
fn infinitive_after_object(tree: &Tree, i: usize, f: &Frame) -> Option<usize> {
    let infinitive = |k: usize| {
        k > i
            && tree.upos(k) == Upos::Verb
            && tree.kids(k).any(|m| tree.rel(m) == Rel::Mark && tree.lower(m) == "to" && m < k)
            && !tree.kids(k).any(|m| tree.rel(m) == Rel::Mark && tree.lower(m) == "order")
    };
    let own = tree.kids(i).find(|&k| matches!(tree.rel(k), Rel::Advcl | Rel::Obl | Rel::Acl) && infinitive(k));
    let of_object = || {
        let near = f.obj.into_iter().chain(f.preps.iter().map(|(_, k)| *k)).filter(|&o| o > i);
        near.flat_map(|o| tree.kids(o).collect::<Vec<_>>())
            .find(|&k| matches!(tree.rel(k), Rel::Acl | Rel::Advcl) && tree.sub(k) != Sub::Relcl && infinitive(k))
    };
    // "agreed on Tuesday to share": a day between them is why the parser took it for a clause of its own.
    let day = || tree.kids(i).any(|k| tree.rel(k) == Rel::Obl && crate::times::is_day(tree.lower(k)));
    own.filter(|_| f.obj.is_some() || !f.preps.is_empty() || f.passive || day()).or_else(of_object)
}

/// "gave the Palestinians food": two nouns that the parser joined are receiver and gift.
fn double_object(tree: &Tree, f: &mut Frame) {
    let (None, Some(obj)) = (f.iobj, f.obj) else { return };
    if !GIVING.contains(&tree.lemma(f.at)) {
        return;
    }
    let receiver = tree.kids(obj).find(|&k| {
        tree.rel(k) == Rel::Compound
            && k < obj
            && (tree.upos(k) == Upos::Propn
                || tree.has(k, Rel::Det)
                || tree.kids(obj).any(|d| tree.rel(d) == Rel::Det && d < k))
    });
    f.iobj = receiver.filter(|&k| tree.upos(k) == Upos::Propn);
}

const GIVING: [&str; 14] = [
    "give", "lend", "send", "grant", "offer", "hand", "sell", "pay", "award", "promise", "supply", "provide", "owe",
    "deny",
];

/// A relative pronoun stands for the noun that its clause hangs on.
fn antecedent(tree: &Tree, verb: usize, k: usize) -> usize {
    let relative = matches!(tree.lower(k), "who" | "which" | "that" | "whom") && tree.upos(k) == Upos::Pron;
    if relative {
        let mut at = verb;
        for _ in 0..4 {
            if tree.rel(at) == Rel::Acl {
                return tree.head(at).unwrap_or(k);
            }
            match tree.head(at) {
                Some(h) if matches!(tree.rel(at), Rel::Conj | Rel::Xcomp | Rel::Ccomp) => at = h,
                _ => break,
            }
        }
    }
    k
}

/// Fills what the verb shares with the word it hangs on.
fn inherit(tree: &Tree, i: usize, f: &mut Frame, has_subject: bool, has_object: bool, depth: usize) {
    let Some(head) = tree.head(i) else { return };
    let head_is_verb = matches!(tree.upos(head), Upos::Verb | Upos::Aux | Upos::Adj);
    match tree.rel(i) {
        Rel::Acl
            if tree.sub(i) == Sub::Relcl
                && has_subject
                && !has_object
                && !f.passive
                && f.subj != Some(head)
                && f.ccomp.is_none()
                && !has_gap_preposition(tree, i) =>
        {
            f.obj = f.obj.or(Some(head));
        }
        Rel::Acl => {
            if f.passive {
                f.obj = f.obj.or(Some(head));
            } else if of_its_object(tree, i, head) {
                f.subj = f.subj.or(Some(head));
            } else if tree.feats(i).has(Feats::INFINITIVE) || tree.has(i, Rel::Mark) {
                // "a plan to attack", "the decision to withdraw": the planner does it.
                f.subj = f.subj.or_else(|| owner(tree, head, depth));
            } else {
                f.subj = f.subj.or(Some(head));
            }
        }
        Rel::Conj if head_is_verb && !has_subject && !matches!(tree.upos(i), Upos::Noun) => {
            let up = verb_frame(tree, head, depth + 1);
            if f.passive {
                f.obj = f.obj.or(up.obj);
                f.subj = f.subj.or(if up.passive { up.subj } else { None });
            } else {
                f.subj = f.subj.or(if up.passive { up.obj } else { up.subj });
            }
            // "attacked and captured the town": the object stands with the last verb only when the first has none;
            // the reverse, an object with the first alone, is not shared.
        }
        Rel::Xcomp | Rel::Ccomp if head_is_verb && !has_subject && tree.rel(i) == Rel::Xcomp => {
            let up = verb_frame(tree, head, depth + 1);
            let controller = if up.passive { up.obj } else { up.obj.filter(|&o| o != i).or(up.iobj).or(up.subj) };
            if f.passive {
                f.obj = f.obj.or(controller);
            } else {
                f.subj = f.subj.or(controller);
            }
        }
        Rel::Advcl | Rel::Parataxis if head_is_verb && !has_subject => {
            let up = verb_frame(tree, head, depth + 1);
            let of_object = !up.passive && blames(tree, head) && marked_about(tree, i);
            let shared = if up.passive { up.obj.or(up.subj) } else { up.obj.filter(|_| of_object).or(up.subj) };
            if f.passive {
                f.obj = f.obj.or(shared);
            } else {
                f.subj = f.subj.or(shared);
            }
        }
        Rel::Amod => {
            // "the arrested minister", "the attacking forces"
            if f.passive {
                f.obj = f.obj.or(Some(head));
            } else {
                f.subj = f.subj.or(Some(head));
            }
        }
        _ => {}
    }
    // A first conjunct without an object takes that of a later one right after it: "shelled and burned the village".
    if f.obj.is_none() && !f.passive && tree.upos(i) == Upos::Verb && f.preps.is_empty() {
        let next = tree.kids(i).find(|&k| tree.rel(k) == Rel::Conj && tree.upos(k) == Upos::Verb && k <= i + 3);
        if let Some(next) = next
            && !tree.has(next, Rel::Nsubj)
        {
            f.obj = tree.kid(next, Rel::Obj);
        }
    }
}

/// Verbs that say of their object what it did or must not do: "accused the police of beating protesters".
const BLAMES: [&str; 30] = [
    "accuse",
    "suspect",
    "blame",
    "charge",
    "convict",
    "acquit",
    "prevent",
    "stop",
    "keep",
    "bar",
    "deter",
    "condemn",
    "criticise",
    "criticize",
    "denounce",
    "thank",
    "praise",
    "punish",
    "fine",
    "jail",
    "arrest",
    "detain",
    "indict",
    "discourage",
    "dissuade",
    "ban",
    "block",
    "forbid",
    "clear",
    "sue",
];

fn blames(tree: &Tree, verb: usize) -> bool {
    BLAMES.contains(&tree.lemma(verb))
}

/// Whether a clause is joined by a preposition that such verbs take.
fn marked_about(tree: &Tree, i: usize) -> bool {
    tree.kids(i).any(|k| {
        matches!(tree.rel(k), Rel::Mark | Rel::Case) && matches!(tree.lower(k), "of" | "for" | "from" | "with" | "over")
    })
}

/// Whether the clause `i` hangs on the object of such a verb, as parsers often have it.
fn of_its_object(tree: &Tree, i: usize, noun: usize) -> bool {
    tree.rel(noun) == Rel::Obj && tree.head(noun).is_some_and(|v| blames(tree, v)) && marked_about(tree, i)
}

fn has_gap_preposition(tree: &Tree, i: usize) -> bool {
    tree.kids(i).any(|k| tree.rel(k) == Rel::Obl && tree.feats(k).has(Feats::WH))
}

/// Who owns a plan, decision or order: its possessor, or the subject of the verb it is the object of.
fn owner(tree: &Tree, noun: usize, depth: usize) -> Option<usize> {
    if let Some(p) = tree.kids(noun).find(|&k| tree.sub(k) == Sub::Poss) {
        return Some(p);
    }
    let head = tree.head(noun)?;
    if tree.upos(head) == Upos::Verb
        && matches!(tree.rel(noun), Rel::Obj | Rel::Obl | Rel::Nsubj | Rel::Xcomp)
        && depth < 3
    {
        let up = verb_frame(tree, head, depth + 1);
        if is_charge(tree, noun) {
            return up.obj;
        }
        return if up.passive { up.subj } else { up.subj.filter(|&s| s != noun) };
    }
    tree.kids(noun).find(|&k| tree.rel(k) == Rel::Nmod && tree.case_of(k) == Some("by"))
}

/// Whether `noun` is what somebody is arrested or tried for: "on suspicion of", "on charges of", "under suspicion of".
pub(crate) fn is_charge(tree: &Tree, noun: usize) -> bool {
    matches!(tree.lemma(noun), "suspicion" | "charge" | "allegation" | "accusation" | "count")
        && tree.rel(noun) == Rel::Obl
        && matches!(tree.case_of(noun), Some("on" | "under" | "over" | "amid"))
}

/// Who is charged with the act that noun `i` names: "arrested two men on suspicion of [the] murder".
fn charged(tree: &Tree, i: usize) -> Option<usize> {
    let charge = tree.head(i).filter(|&h| tree.rel(i) == Rel::Nmod && is_charge(tree, h))?;
    owner(tree, charge, 1)
}

fn noun_frame(tree: &Tree, codebook: &Codebook, i: usize) -> Frame {
    let mut f = Frame { at: i, ..Frame::default() };
    let copular = tree.has(i, Rel::Cop);
    for k in tree.kids(i) {
        match tree.rel(k) {
            Rel::Nsubj if copular => f.subj = Some(k),
            Rel::Nmod | Rel::Obl if tree.sub(k) == Sub::Poss => f.poss = Some(k),
            Rel::Nmod | Rel::Obl if tree.sub(k) == Sub::Desc => f.mods.push(k),
            Rel::Nmod | Rel::Obl if tree.sub(k) != Sub::Unmarked => {
                let Some(p) = preposition(tree, k) else { continue };
                if p == "by" {
                    f.subj = f.subj.or(Some(k));
                }
                f.preps.push((p, k));
            }
            Rel::Det if NEGATING.contains(&tree.lower(k)) => f.neg = Some(k),
            Rel::Amod | Rel::Compound | Rel::Nummod | Rel::Flat => f.mods.push(k),
            Rel::Acl => {
                // "attacks carried out by rebels", "an ambush blamed on the army"
                if is_passive(tree, k)
                    && let Some(agent) =
                        tree.kids(k).find(|&a| tree.sub(a) == Sub::Agent || tree.case_of(a) == Some("by"))
                {
                    f.subj = f.subj.or(Some(agent));
                }
                if f.xcomp.is_none() && tree.feats(k).has(Feats::INFINITIVE) {
                    f.xcomp = Some(k);
                } else if f.ccomp.is_none() && tree.sub(k) != Sub::Relcl && tree.has(k, Rel::Mark) {
                    f.ccomp = Some(k);
                }
            }
            Rel::Ccomp => f.ccomp = Some(k),
            _ => {}
        }
    }
    if f.subj.is_none() {
        // "the arrest of a mayor by the police": the agent may hang on the phrase before it.
        let by = |k: &usize| tree.rel(*k) == Rel::Nmod && tree.case_of(*k) == Some("by");
        f.subj = f.preps.iter().flat_map(|(_, k)| tree.kids(*k).collect::<Vec<_>>()).find(by);
    }
    f.subj = f.subj.or_else(|| charged(tree, i));
    carry(tree, codebook, i, &mut f);
    f
}

/// Takes in what a light verb ("carried out", "took place") says of the noun it carries.
fn carry(tree: &Tree, codebook: &Codebook, i: usize, f: &mut Frame) {
    let top = conj_top(tree, i);
    let Some(head) = tree.head(top) else { return };
    if tree.upos(head) != Upos::Verb {
        return;
    }
    let lemma = lemma_key(tree, codebook, head);
    let verb = verb_frame(tree, head, 1);
    let as_object = verb.obj == Some(top) && codebook.classes.has("light", &lemma);
    let happens = (verb.subj == Some(top) || verb.obj == Some(top)) && codebook.classes.has("occur", &lemma);
    // "the mission had 3,800 soldiers before the clashes": of a blow or an arrest, what says when or why is not what the
    // verb does; talks and visits are ("held talks during a visit to Beirut").
    let harm =
        EventType::Assault.bit() | EventType::Coerce.bit() | EventType::Protest.bit() | EventType::Sanction.bit();
    let of_harm = codebook.patterns.types(&lemma_key(tree, codebook, i), Pos::Noun) & harm != 0;
    let circumstance = |p: &str| {
        of_harm
            && matches!(
                p,
                "after"
                    | "before"
                    | "since"
                    | "during"
                    | "following"
                    | "amid"
                    | "despite"
                    | "until"
                    | "because"
                    | "because_of"
                    | "due_to"
                    | "over"
                    | "ahead"
                    | "ahead_of"
                    | "without"
                    | "than"
                    | "like"
            )
    };
    let phrase = codebook.classes.has("light", &lemma) && verb.preps.iter().any(|(p, k)| *k == top && !circumstance(p));
    if !(as_object || happens || phrase) {
        return;
    }
    f.carrier = Some(head);
    if as_object && SUFFERING.contains(&lemma.as_str()) {
        f.obj = f.obj.or(verb.subj.filter(|&s| s != top));
    } else if as_object || phrase {
        f.subj = f.subj.or(verb.subj.filter(|&s| s != top));
    }
    if phrase && verb.obj.is_some() {
        f.obj = verb.obj;
    }
    f.iobj = verb.iobj;
    f.neg = f.neg.or(verb.neg);
    f.xcomp = f.xcomp.or(verb.xcomp.filter(|&x| x != i));
    for (p, k) in verb.preps {
        if k != top && p != "by" {
            f.preps.push((p, k));
        }
    }
}

/// Light verbs whose subject has the event done to it.
const SUFFERING: [&str; 7] = ["suffer", "face", "endure", "sustain", "receive", "undergo", "see"];

/// The first of the conjuncts that `i` belongs to.
fn conj_top(tree: &Tree, i: usize) -> usize {
    let mut at = i;
    while tree.rel(at) == Rel::Conj {
        match tree.head(at) {
            Some(h) if h < at => at = h,
            _ => break,
        }
    }
    at
}
