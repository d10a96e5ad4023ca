//! Whether it happened: the seven kinds of factuality.
//!
//! The reader starts at a predicate as if it were asserted and walks up to the root of its sentence. At each step it
//! applies what the words there say (`factuality/own.rs`: negation, modals, conjunctions) and what the governing word
//! makes of its complement (`dictionaries/factuality.txt`), and composes: "denied plans to attack" is plan, then denial,
//! hence a disavowal; "did not fail to attack" is asserted again. What is still asserted at the root is background
//! where its time lies well before the report.

mod lexicon;
mod own;
#[cfg(test)]
mod tests;

use forewarn_language::{Feats, Rel, Sub, Upos};
use jiff::civil::Date;

use crate::claim::{Factuality, Stance};
use crate::times::{self, TimeExpr};
use crate::tree::Tree;
use crate::voice::Attribution;
pub use lexicon::{Class, Lexicon};

/// How many days before the report something must lie to be history.
const HISTORY_DAYS: i32 = 400;

/// How many days before the report what a relative or temporal clause tells of must lie to be recalled, not reported.
const RECALLED_DAYS: i32 = 45;

/// A factuality with the reason for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it happened.
    pub factuality: Factuality,
    /// The rule that decided: the last one that changed the reading, `plain` where none did.
    pub rule: &'static str,
    /// The tokens that decided, from the predicate outwards.
    pub evidence: Vec<usize>,
    /// Whether the walk has passed a verb of speech: what is above it bends the saying, not what is said.
    spoken: bool,
}

impl Verdict {
    fn apply(&mut self, outer: Factuality, rule: &'static str, token: usize) {
        let outer = match outer {
            _ if !self.spoken || outer == Factuality::Background => outer,
            Factuality::Hypothetical if matches!(rule, "condition" | "question") => outer,
            // "refused to say that …", "did not say that …"
            Factuality::Negated | Factuality::Disavowed | Factuality::Denied
                if self.factuality == Factuality::Asserted =>
            {
                Factuality::Hypothetical
            }
            _ => return,
        };
        let composed = compose(self.factuality, outer);
        if composed != self.factuality || self.factuality == outer {
            self.rule = rule;
            self.evidence.push(token);
        }
        self.factuality = composed;
    }

    /// A number from -3 (certainly not) to 3 (certainly), as crowd-sourced scales have it.
    pub fn score(&self) -> f64 {
        match self.factuality {
            Factuality::Asserted | Factuality::Background => 1.0,
            Factuality::Announced => -0.2,
            Factuality::Hypothetical => -0.5,
            Factuality::Denied | Factuality::Negated | Factuality::Disavowed => -1.0,
        }
    }
}

/// Whether `predicate` happened, by its sentence, by the denials among the attributions that hold it, and by its time.
pub fn factuality(
    tree: &Tree,
    predicate: usize,
    attributions_of_it: &[&Attribution],
    published: Option<Date>,
    times: &[TimeExpr],
) -> Verdict {
    let mut verdict = Verdict { factuality: Factuality::Asserted, rule: "plain", evidence: Vec::new(), spoken: false };
    // Leave to do a thing is not the thing done.
    if tree.upos(predicate) == Upos::Noun
        && matches!(
            tree.lemma(predicate),
            "authorization" | "authorisation" | "permission" | "plan" | "intention" | "readiness" | "preparation"
        )
    {
        verdict.apply(Factuality::Announced, "plans", predicate);
    }
    let top = climb(tree, predicate, &mut verdict);
    future_in_speech(tree, predicate, attributions_of_it, &mut verdict);
    if let Some(top) = top {
        question(tree, predicate, top, &mut verdict);
    }
    if verdict.factuality != Factuality::Denied {
        // Denials in the predicate's own clause are found on the way up; here are those of inserted cues and of quotations.
        let denial = attributions_of_it.iter().find(|a| {
            a.stance == Stance::Denies
                && matches!(a.rule, "verb/inserted" | "verb/beside" | "verb/quotation" | "verb/order")
        });
        if denial.is_some() {
            verdict.apply(Factuality::Denied, "denying-voice", predicate);
        }
    }
    if verdict.factuality == Factuality::Asserted
        && let Some(token) = history(tree, predicate, published, times)
    {
        verdict.apply(Factuality::Background, "history", token);
    }
    verdict
}

/// What an outer reading makes of an inner one.
pub fn compose(inner: Factuality, outer: Factuality) -> Factuality {
    use Factuality::{Announced, Asserted, Background, Denied, Disavowed, Hypothetical, Negated};
    match (outer, inner) {
        (Asserted, inner) => inner,
        (outer, Asserted) => outer,
        (Background, _) | (_, Background) => Background,
        (Disavowed, _) => Disavowed,
        (Negated, Negated) => Asserted,
        (Negated, Denied) => Hypothetical,
        (Negated, Announced) => Disavowed,
        (Negated, Disavowed) => Hypothetical,
        (Negated, Hypothetical) => Negated,
        (Hypothetical, Disavowed) => Disavowed,
        (Hypothetical, _) => Hypothetical,
        (Announced, Negated | Disavowed) => Disavowed,
        (Announced, Hypothetical) => Hypothetical,
        (Announced, Announced | Denied) => Announced,
        (Denied, Announced | Disavowed) => Disavowed,
        (Denied, Negated) => Asserted,
        (Denied, Hypothetical | Denied) => Denied,
    }
}

fn is_nominal(tree: &Tree, at: usize) -> bool {
    matches!(tree.upos(at), Upos::Noun | Upos::Propn | Upos::Pron)
}

/// Walks from the predicate to the root; gives the last token reached if nothing on the way cut the main clause's mood off.
///
/// "did not leave after the attack" denies no attack: what is read above a phrase that says when or why does not deny it.
fn climb(tree: &Tree, predicate: usize, verdict: &mut Verdict) -> Option<usize> {
    let mut below = None;
    let top = walk(tree, predicate, verdict, &mut below);
    let denied = |v: &Verdict| matches!(v.factuality, Factuality::Negated | Factuality::Denied | Factuality::Disavowed);
    if let Some(below) = below.filter(|b| denied(verdict) && !denied(b)) {
        *verdict = below;
    }
    top
}

/// The walk itself; `below` becomes the verdict as it stood below the first phrase that says when or why.
fn walk(tree: &Tree, predicate: usize, verdict: &mut Verdict, below: &mut Option<Verdict>) -> Option<usize> {
    let mut at = predicate;
    own_words(tree, at, None, verdict);
    for _ in 0..16 {
        let Some(head) = tree.head(at) else {
            if own::is_to(tree, at) && tree.upos(at) == Upos::Verb {
                verdict.apply(Factuality::Announced, "to-infinitive", at);
            }
            return Some(at);
        };
        let link = link(tree, at, head);
        if matches!(link, Link::Aside) && below.is_none() {
            *below = Some(verdict.clone());
        }
        match link {
            Link::Complement | Link::Pass | Link::Nominal if called_false(tree, at, head).is_some() => {
                let token = called_false(tree, at, head).unwrap_or(head);
                verdict.apply(Factuality::Denied, "called-false", token);
                return None;
            }
            Link::Complement => {
                governor(tree, at, head, verdict);
                own_words(tree, head, Some(at), verdict);
            }
            Link::Nominal | Link::Aside => {
                let known = governor(tree, at, head, verdict);
                // What one condemns or discusses is there whether one does or not; a deed is done with its verb.
                if !known && (!own::definite(tree, at) || light(tree, head)) {
                    own_words(tree, head, Some(at), verdict);
                } else if known || !tree.has(head, Rel::Aux) {
                    conditional_only(tree, head, verdict);
                }
            }
            // "neither confirmed nor denied": one negation.
            Link::Shared if own::negation(tree, at, None).is_some() => {}
            Link::Shared => own_words(tree, head, Some(at), verdict),
            Link::Purpose => {
                if let Some(noun) = noun_before(tree, at, head) {
                    governor(tree, at, noun, verdict);
                    own_words(tree, noun, Some(at), verdict);
                    own_words(tree, head, Some(noun), verdict);
                    at = head;
                    continue;
                }
                let done = matches!(
                    tree.lemma(head),
                    "use" | "return" | "come" | "rise" | "gather" | "unite" | "serve" | "join"
                );
                if !done {
                    verdict.apply(Factuality::Announced, "purpose", at);
                }
                own_words(tree, head, Some(at), verdict);
            }
            Link::Pass => {}
            Link::Cut => return None,
        }
        at = head;
    }
    None
}

/// The word that calls false what is told of `at`, the content of `noun`: "reports that it had bombed a school were untrue",
/// "called claims of an attack baseless", "there was no truth in reports that …".
fn called_false(tree: &Tree, at: usize, noun: usize) -> Option<usize> {
    // "said that reports that …": the tagger may take the noun for a verb.
    let told = (is_nominal(tree, noun) || matches!(tree.rel(noun), Rel::Nsubj | Rel::Obj))
        && matches!(tree.rel(at), Rel::Acl | Rel::Ccomp | Rel::Nmod)
        && tree.tables.factuality.get(tree.lemma(noun), b'n') == Some(Class::Says);
    if !told {
        return None;
    }
    let verb = tree.head(noun)?;
    let untrue = |k: &usize| {
        matches!(
            tree.lower(*k),
            "untrue"
                | "false"
                | "baseless"
                | "unfounded"
                | "groundless"
                | "fabricated"
                | "incorrect"
                | "nonsense"
                | "lies"
                | "lie"
                | "fake"
                | "fiction"
                | "propaganda"
                | "disinformation"
                | "slander"
                | "wrong"
                | "rubbish"
                | "bogus"
        ) || tree.lower(*k) == "true" && own::negation(tree, *k, None).is_some()
            || tree.lemma(*k) == "truth" && own::negation(tree, *k, None).is_some()
    };
    let said_of_it =
        |k: &usize| *k > noun && !tree.has(*k, Rel::Nsubj) && matches!(tree.rel(*k), Rel::Xcomp | Rel::Ccomp);
    [verb].into_iter().find(untrue).or_else(|| {
        let near = tree.kids(verb).chain(tree.kids(at)).chain(tree.kids(noun));
        near.filter(said_of_it).find(untrue)
    })
}

/// Whether the phrase `at` only says when or why: "after the raid", "in answer to the arrest", "before Monday's clashes".
pub(crate) fn aside(tree: &Tree, at: usize) -> bool {
    match tree.case_of(at) {
        Some("after" | "following" | "since" | "despite" | "amid" | "because" | "due") => true,
        Some("before") => own::definite(tree, at),
        Some("in" | "as" | "by") => matches!(
            tree.lemma(at),
            "answer"
                | "response"
                | "reaction"
                | "reply"
                | "retaliation"
                | "revenge"
                | "reprisal"
                | "wake"
                | "aftermath"
        ),
        _ => false,
    }
}

/// The noun that an infinitive belongs to where the tree hangs it on the verb: "his reluctance to send", "a call for them
/// to leave".
fn noun_before(tree: &Tree, at: usize, verb: usize) -> Option<usize> {
    let to = tree.kids(at).find(|&k| tree.rel(k) == Rel::Mark && tree.lower(k) == "to")?;
    let mut noun = to.checked_sub(1).filter(|&n| n > verb)?;
    for step in 0..5 {
        let class = if is_nominal(tree, noun) { tree.tables.factuality.get(tree.lemma(noun), b'n') } else { None };
        if matches!(
            class,
            Some(
                Class::Wishes
                    | Class::Plans
                    | Class::Refuses
                    | Class::Threatens
                    | Class::Fails
                    | Class::Denies
                    | Class::Attempts
            )
        ) {
            return Some(noun);
        }
        let linked =
            step == 0 || matches!(tree.rel(noun), Rel::Nmod | Rel::Flat | Rel::Compound | Rel::Appos | Rel::Conj);
        noun = tree.head(noun).filter(|&h| h > verb && linked)?;
    }
    None
}

/// How a token hangs on its head, as far as it matters here.
enum Link {
    /// The head is about it.
    Complement,
    /// A noun in a role of the head.
    Nominal,
    /// It shares the head's mood.
    Shared,
    /// "… to do it".
    Purpose,
    /// The head says nothing of it, but what is above may.
    Pass,
    /// The head says when or why by it.
    Aside,
    /// A clause of its own.
    Cut,
}

fn link(tree: &Tree, at: usize, head: usize) -> Link {
    let own_subject = tree.has(at, Rel::Nsubj);
    match tree.rel(at) {
        Rel::Ccomp | Rel::Xcomp | Rel::Csubj => Link::Complement,
        Rel::Acl
            if tree.sub(at) == Sub::Relcl
                && !tree.kids(at).any(|k| tree.rel(k) == Rel::Mark && tree.lower(k) == "that") =>
        {
            Link::Cut
        }
        Rel::Acl => {
            let marked = own::is_to(tree, at) || tree.kids(at).any(|k| matches!(tree.rel(k), Rel::Mark | Rel::Case));
            let content = own_subject && tree.tables.factuality.get(tree.lemma(head), b'n').is_some();
            // "the army, accused of …, issued no statement": set off, it has a mood of its own.
            let set_off = tree.kids(at).any(|k| k < at && tree.lower(k) == ",") || at > 0 && tree.lower(at - 1) == ",";
            match (marked || content, set_off) {
                (true, _) => Link::Complement,
                (false, true) => Link::Cut,
                (false, false) => Link::Pass,
            }
        }
        Rel::Nmod | Rel::Obl if aside(tree, at) => Link::Aside,
        Rel::Obj | Rel::Nsubj | Rel::Nmod | Rel::Obl | Rel::Iobj | Rel::Compound | Rel::Amod => {
            if is_nominal(tree, at) || tree.rel(at) == Rel::Obl || tree.rel(at) == Rel::Amod {
                Link::Nominal
            } else {
                Link::Pass
            }
        }
        Rel::Conj => {
            let own_mood = own_subject && tree.upos(at) == Upos::Verb
                || tree.kids(at).any(|k| tree.rel(k) == Rel::Aux && !matches!(tree.lower(k), "been" | "be" | "being"));
            if own_mood { Link::Pass } else { Link::Shared }
        }
        Rel::Advcl => {
            if own::is_to(tree, at) {
                // "ready to …", "likely to …" take it as a complement.
                let governs = match (tree.upos(head), class_of(tree, head, at)) {
                    (Upos::Adj, Some(_)) => true,
                    // "urged them to leave": the tree may hang it on the verb as a purpose.
                    (
                        Upos::Verb,
                        Some(Class::Wishes | Class::Plans | Class::Refuses | Class::Threatens | Class::Attempts),
                    ) => true,
                    (Upos::Verb, Some(_)) => matches!(
                        tree.lemma(head),
                        "force" | "compel" | "help" | "cause" | "get" | "lead" | "enable" | "manage" | "fail"
                    ),
                    _ => false,
                };
                if governs { Link::Complement } else { Link::Purpose }
            } else if own_subject {
                Link::Cut
            } else {
                let kept_from = tree.upos(head) == Upos::Verb
                    && class_of(tree, head, at).is_some_and(|c| matches!(c, Class::Fails | Class::Refuses))
                    && tree.kids(at).any(|k| tree.lower(k) == "from");
                let charge = tried_for(tree, head) && marked_about(tree, at);
                if kept_from || charge { Link::Complement } else { Link::Shared }
            }
        }
        Rel::Parataxis | Rel::Dep | Rel::List | Rel::Dislocated => Link::Cut,
        _ => Link::Pass,
    }
}

/// The modals, negation and conditions on token `at` itself.
fn own_words(tree: &Tree, at: usize, below: Option<usize>, verdict: &mut Verdict) {
    let mood = own::mood(tree, at).map(|sign| said_future(tree, at, sign));
    let negation = own::negation(tree, at, below);
    match (mood, negation) {
        (Some((Factuality::Announced, _, _)), Some(token)) => verdict.apply(Factuality::Disavowed, "will-not", token),
        (Some((Factuality::Hypothetical, "modal", modal)), Some(token)) => {
            let unable = matches!(tree.lower(modal), "could" | "can" | "cannot" | "ca");
            let reading = if unable { Factuality::Negated } else { Factuality::Hypothetical };
            verdict.apply(reading, "modal-not", token);
        }
        (Some((reading, rule, token)), _) => verdict.apply(reading, rule, token),
        (None, Some(token)) => verdict.apply(Factuality::Negated, "not", token),
        (None, None) => {}
    }
}

/// "said it would send troops" announces: the future of a past report.
fn said_future(tree: &Tree, at: usize, sign: own::Sign) -> own::Sign {
    let (Factuality::Hypothetical, "modal", modal) = sign else { return sign };
    let reported = tree.rel(at) == Rel::Ccomp
        && tree.head(at).is_some_and(|h| {
            tree.feats(h).has(Feats::PAST)
                && class_of(tree, h, at).is_some_and(|c| matches!(c, Class::Says | Class::Plans | Class::Denies))
        });
    let perfect = tree.kids(at).any(|k| tree.rel(k) == Rel::Aux && tree.lower(k) == "have");
    let conditional = tree
        .kids(at)
        .any(|k| tree.rel(k) == Rel::Advcl && tree.kids(k).any(|m| matches!(tree.lower(m), "if" | "unless")));
    if matches!(tree.lower(modal), "would" | "'d" | "’d") && reported && !perfect && !conditional {
        return (Factuality::Announced, "said-future", modal);
    }
    sign
}

/// "…, he said, it would send troops": the future of a past report where the tree does not show the speech.
fn future_in_speech(tree: &Tree, predicate: usize, voices: &[&Attribution], verdict: &mut Verdict) {
    let [modal] = verdict.evidence[..] else { return };
    let would = verdict.rule == "modal" && matches!(tree.lower(modal), "would" | "'d" | "’d");
    if !would || !voices.iter().any(|v| v.kind.is_some()) {
        return;
    }
    let Some(verb) = tree.head(modal) else { return };
    let perfect = tree.kids(verb).any(|k| tree.rel(k) == Rel::Aux && tree.lower(k) == "have");
    let subject = tree.kid(verb, Rel::Nsubj);
    let agent = subject
        .is_some_and(|s| s != predicate && matches!(tree.upos(s), Upos::Propn | Upos::Pron) || own::definite(tree, s));
    let conditional = tree
        .kids(verb)
        .any(|k| tree.rel(k) == Rel::Advcl && tree.kids(k).any(|m| matches!(tree.lower(m), "if" | "unless")));
    if agent && !perfect && !conditional {
        verdict.factuality = Factuality::Announced;
        verdict.rule = "said-future";
    }
}

/// A condition on the head reaches a noun that the head only mentions.
fn conditional_only(tree: &Tree, head: usize, verdict: &mut Verdict) {
    if let Some((Factuality::Hypothetical, rule @ ("condition" | "in-case"), token)) = own::mood(tree, head) {
        verdict.apply(Factuality::Hypothetical, rule, token);
    }
}

/// The class of `head` over its dependent `at`.
fn class_of(tree: &Tree, head: usize, at: usize) -> Option<Class> {
    let lexicon = &tree.tables.factuality;
    let lemma = tree.lemma(head);
    match tree.upos(head) {
        // "sets himself on fire" plans nothing; "is set to" does.
        Upos::Verb if lemma == "set" && tree.has(head, Rel::Obj) => None,
        Upos::Verb => {
            for (particle, class) in lexicon.joined(lemma) {
                let there = tree.kids(head).chain(tree.kids(at)).any(|k| {
                    matches!(tree.rel(k), Rel::Compound | Rel::Case | Rel::Mark | Rel::Advmod)
                        && tree.lower(k) == particle
                });
                if there {
                    return Some(class);
                }
            }
            // Participles such as "expected" and "set" stand among the adjectives too.
            lexicon.get(lemma, b'v').or_else(|| lexicon.get(tree.lower(head), b'a'))
        }
        Upos::Noun | Upos::Propn => lexicon.get(lemma, b'n'),
        Upos::Adj => lexicon.get(lemma, b'a').or_else(|| lexicon.get(tree.lower(head), b'a')),
        _ => None,
    }
}

/// Verbs that say what somebody stands or stood before a court for.
fn tried_for(tree: &Tree, head: usize) -> bool {
    tree.upos(head) == Upos::Verb
        && matches!(
            tree.lemma(head),
            "accuse" | "suspect" | "charge" | "indict" | "try" | "convict" | "acquit" | "arrest" | "detain" | "jail"
        )
}

/// "of planning", "with plotting", "for preparing"
fn marked_about(tree: &Tree, at: usize) -> bool {
    tree.kids(at).any(|k| {
        matches!(tree.rel(k), Rel::Mark | Rel::Case) && matches!(tree.lower(k), "of" | "with" | "for" | "over" | "on")
    })
}

/// Applies what the governor says of its dependent; true where the event stands whatever the governor's own mood.
fn governor(tree: &Tree, at: usize, head: usize, verdict: &mut Verdict) -> bool {
    let nominal = is_nominal(tree, at);
    let to = own::is_to(tree, at);
    // What one is accused of planning was never announced.
    if verdict.factuality == Factuality::Announced && tried_for(tree, head) && marked_about(tree, at) {
        verdict.apply(Factuality::Hypothetical, "plotted", head);
    }
    // "arrested on charges of insulting the king": what somebody is charged with is no deed yet.
    if crate::frame::is_charge(tree, head) {
        verdict.apply(Factuality::Hypothetical, "charged", head);
        return true;
    }
    let class = class_of(tree, head, at).or_else(|| {
        // "Fears grew that …": the content of the subject.
        let subject = tree.kid(head, Rel::Nsubj).filter(|_| tree.rel(at) == Rel::Ccomp && !tree.has(head, Rel::Obj))?;
        class_of(tree, subject, at)
            .filter(|c| matches!(c, Class::Wishes | Class::Denies | Class::Doubts | Class::Threatens))
    });
    let Some(class) = class else {
        // "ordered the navy to fire": the tree may hang the infinitive on the noun.
        let verb = tree.head(head).filter(|_| to && matches!(tree.rel(head), Rel::Obj | Rel::Iobj));
        if let Some(verb) =
            verb.filter(|&v| class_of(tree, v, at).is_some_and(|c| !matches!(c, Class::Says | Class::Knows)))
        {
            return governor(tree, at, verb, verdict);
        }
        // "have yet to sign"
        let yet = || tree.kids(head).chain(tree.kids(at)).any(|k| tree.lower(k) == "yet" && k < at);
        if to && matches!(tree.lemma(head), "have" | "be" | "remain") && yet() {
            verdict.apply(Factuality::Negated, "yet-to", head);
            return false;
        }
        if to && tree.rel(at) == Rel::Acl {
            verdict.apply(Factuality::Hypothetical, "infinitive", at);
        } else if to && tree.upos(head) == Upos::Noun {
            verdict.apply(Factuality::Announced, "is-to", at);
        }
        return false;
    };
    if nominal && !governs_noun(tree, at, head, class) {
        return true;
    }
    let negated = own::negation(tree, head, Some(at)).is_some();
    match class {
        // The governor's own negation is applied with its own words.
        Class::Happens => {}
        Class::Fails => verdict.apply(Factuality::Negated, "fails", head),
        Class::Plans => verdict.apply(Factuality::Announced, "plans", head),
        // "rejected claims of an attack" denies it; "rejected the plan" refuses it.
        Class::Refuses if nominal && tree.tables.factuality.get(tree.lemma(at), b'n') == Some(Class::Says) => {
            verdict.apply(Factuality::Denied, "denies", head);
        }
        Class::Refuses => verdict.apply(Factuality::Disavowed, "refuses", head),
        Class::Wishes => verdict.apply(Factuality::Hypothetical, "wishes", head),
        Class::Threatens => verdict.apply(Factuality::Hypothetical, "threatens", head),
        Class::Denies => verdict.apply(Factuality::Denied, "denies", head),
        Class::Doubts => verdict.apply(Factuality::Hypothetical, "doubts", head),
        Class::Says => {
            // Whether anybody owns up to a deed or not, it was done.
            let owned = |k: usize| tree.lemma(k) == "responsibility";
            if nominal && (owned(at) || tree.kid(head, Rel::Obj).is_some_and(owned)) {
                return true;
            }
            // Not to say so is no denial.
            if negated && !to {
                verdict.apply(Factuality::Hypothetical, "not-said", head);
                verdict.spoken |= tree.upos(head) == Upos::Verb;
                return true;
            }
            verdict.spoken |= tree.upos(head) == Upos::Verb && !to && tree.rel(at) == Rel::Ccomp;
            // "ordered", "told them to": an infinitive after a verb of speech is wished for, not said.
            if to
                && matches!(
                    tree.lemma(head),
                    "tell" | "say" | "charge" | "announce" | "declare" | "indicate" | "write" | "mention"
                )
            {
                verdict.apply(
                    if tree.kids(head).any(|k| tree.sub(k) == Sub::Pass) {
                        Factuality::Asserted
                    } else {
                        Factuality::Announced
                    },
                    "told-to",
                    head,
                );
            }
        }
        Class::Knows => return true,
        Class::Recalls => verdict.apply(Factuality::Background, "recalled", head),
        Class::Attempts => verdict.apply(Factuality::Asserted, "attempt", head),
    }
    false
}

/// Whether a class reaches a noun in this role: "fears of war" does, "the army feared after the attack" does not.
fn governs_noun(tree: &Tree, at: usize, head: usize, class: Class) -> bool {
    let case = tree.case_of(at).unwrap_or("");
    match tree.rel(at) {
        Rel::Obj => {
            !(class == Class::Plans && matches!(tree.lemma(head), "announce" | "promise") && own::definite(tree, at))
        }
        Rel::Nsubj => tree.sub(at) == Sub::Pass || tree.upos(head) == Upos::Adj,
        Rel::Nmod => {
            let named = tree.sub(at) == Sub::Poss;
            !named
                && (matches!(case, "of" | "for" | "about" | "against" | "on" | "over")
                    || class == Class::Denies
                    || case == "to" && class == Class::Refuses)
        }
        Rel::Compound | Rel::Amod => !matches!(class, Class::Says | Class::Knows | Class::Happens),
        Rel::Obl => match class {
            Class::Wishes | Class::Threatens => {
                matches!(case, "for" | "of" | "about" | "against" | "with" | "to" | "on" | "over")
            }
            Class::Plans => matches!(case, "for" | "on" | "to" | "with"),
            Class::Fails => matches!(case, "from" | "in" | "at"),
            Class::Refuses => matches!(case, "to" | "at"),
            Class::Recalls => false,
            _ => true,
        },
        _ => true,
    }
}

/// Verbs whose object is the deed: "launched an attack", "signed the accord".
fn light(tree: &Tree, verb: usize) -> bool {
    matches!(
        tree.lemma(verb),
        "carry"
            | "launch"
            | "conduct"
            | "stage"
            | "mount"
            | "make"
            | "commit"
            | "perpetrate"
            | "take"
            | "hold"
            | "open"
            | "begin"
            | "start"
            | "wage"
            | "perform"
            | "execute"
            | "do"
            | "give"
            | "impose"
            | "issue"
            | "sign"
            | "have"
            | "reach"
            | "declare"
            | "undertake"
            | "pursue"
            | "lift"
            | "be"
            | "occur"
            | "happen"
            | "erupt"
            | "break"
            | "resume"
            | "continue"
            | "stop"
            | "end"
            | "go"
            | "escalate"
    )
}

/// A question asserts nothing, except what it takes for granted ("Why did they attack?").
fn question(tree: &Tree, predicate: usize, top: usize, verdict: &mut Verdict) {
    let Some(mark) = (0..tree.len()).rev().take(3).find(|&i| tree.lower(i) == "?") else { return };
    let said = tree.rel(predicate) == Rel::Ccomp
        && tree.head(predicate).is_some_and(|h| tree.has(h, Rel::Nsubj) && tree.feats(h).has(Feats::PAST));
    let granted =
        tree.kids(top).chain(tree.kids(predicate)).any(|k| matches!(tree.lower(k), "why" | "how" | "when" | "where"));
    if !said && !granted {
        verdict.apply(Factuality::Hypothetical, "question", mark);
    }
}

/// Whether a predicate stands in a relative clause or one of time: "the post that was burned last year".
fn told_aside(tree: &Tree, predicate: usize) -> bool {
    let mut at = predicate;
    for _ in 0..4 {
        match tree.rel(at) {
            Rel::Acl if tree.sub(at) == Sub::Relcl => return true,
            Rel::Advcl => {
                let temporal = |k: usize| matches!(tree.lower(k), "after" | "since" | "when" | "as" | "before");
                return tree.kids(at).any(|k| matches!(tree.rel(k), Rel::Mark | Rel::Advmod) && temporal(k));
            }
            Rel::Conj | Rel::Xcomp => {}
            _ => return false,
        }
        let Some(head) = tree.head(at) else { return false };
        at = head;
    }
    false
}

/// The token of a time that makes the predicate history: well before the report, or, where the report's date is not
/// known, a bare year on a noun that a clause in the present recalls.
fn history(tree: &Tree, predicate: usize, published: Option<Date>, times: &[TimeExpr]) -> Option<usize> {
    // "a week after rebels killed nine people": the happening is recalled.
    if let Some(lapse) = times::lapse::lapse(tree, predicate, times).filter(times::lapse::Lapse::is_long) {
        return Some(lapse.time.tokens.0);
    }
    let time = times::time_of(tree, predicate, times)?;
    if let Some(published) = published {
        let last = time.when.end.or(if time.when.precision == "open" { None } else { time.when.start })?;
        let days = last.until(published).map_or(0, |s| s.get_days());
        // "a year ago": the words say how far it is, whatever the day.
        let years_ago = time.when.rule == "shift" && time.when.precision == "year" && days > 0;
        let aside = days > RECALLED_DAYS && time.governs == Some(predicate) && told_aside(tree, predicate);
        return (days > HISTORY_DAYS || years_ago || aside).then_some(time.tokens.0);
    }
    let year = time.timex_type == "DATE" && time.value.len() == 4 && time.value.bytes().all(|b| b.is_ascii_digit());
    let bound =
        time.governs.is_some_and(|g| g == predicate || tree.is_under(g, predicate) || tree.is_under(predicate, g));
    if !year || !bound || !is_nominal(tree, predicate) {
        return None;
    }
    let root = tree.sentence.root()?;
    let present = |at: usize| tree.feats(at).has(Feats::PRESENT) && !tree.feats(at).has(Feats::PAST);
    let now = present(root) || tree.kids(root).any(|k| matches!(tree.rel(k), Rel::Aux | Rel::Cop) && present(k));
    now.then_some(time.tokens.0)
}
