//! Slips that the parser makes on wire text, undone before the rules read the tree.
//!
//! Each mending looks for a shape that English does not have: a finite past verb that modifies the noun after it
//! although the clause has no other verb ("Britain [mobilized army reservists]"), `have` with a participle on its
//! object ("forces have [retaken a village]"), a particle right after its verb that marks the object
//! ("called [off their strike]"), a range of numbers taken for a phrase of its own ("killed [between 10 and 14 soldiers]"). One is of sense: what
//! follows the second of two nouns does not belong to the first that has a nation of its own ("Congolese soldiers and
//! rebels [of the National Congress]"), and headlines say "civilians [killed]" where others say "were killed".

mod complement;

use forewarn_codebook::actors::Actors;
use forewarn_codebook::{Codebook, Pos, Slot};
use forewarn_language::{Feats, Rel, Sentence, Sub, Upos};

use crate::times::{is_day, is_unit};

/// The sentences with such slips undone; `headline` says which sentences are headlines.
pub fn mend(
    text: &str,
    codebook: &Codebook,
    actors: &Actors,
    sentences: &[Sentence],
    headline: &dyn Fn(&Sentence) -> bool,
) -> Vec<Sentence> {
    sentences
        .iter()
        .map(|s| {
            let mut s = s.clone();
            known_lemmas(text, codebook, &mut s);
            verb_in_name(text, codebook, actors, &mut s);
            called_on(text, &mut s);
            have_with_participle(text, &mut s);
            verb_as_modifier(&mut s);
            particle_as_preposition(text, codebook, &mut s);
            range_as_preposition(text, &mut s);
            phrase_on_first_conjunct(text, &mut s);
            role_joined_to_name(text, &mut s);
            speech_joined_to_denial(&mut s);
            subject_of_what_is_said(text, &mut s);
            day_between(text, &mut s);
            complement::gerund_as_noun(text, codebook, &mut s);
            complement::of_its_verb(text, codebook, &mut s);
            if headline(&s) {
                headline_passive(text, codebook, &mut s);
            }
            s
        })
        .collect()
}

/// Lemmas that the engine guessed wrong, where the codebook knows the right one ("fatalities" is no "fatalitie").
fn known_lemmas(text: &str, codebook: &Codebook, s: &mut Sentence) {
    for i in 0..s.tokens.len() {
        let t = &s.tokens[i];
        if matches!(t.upos, Upos::Verb | Upos::Noun | Upos::Adj) && !codebook.lemmas.knows(&t.lemma) {
            let right = codebook.lemmas.of(&s.form(text, i).to_lowercase(), &t.lemma.to_lowercase());
            if codebook.lemmas.knows(&right) {
                s.tokens[i].lemma = right;
            }
        }
    }
}

fn nominal(s: &Sentence, i: usize) -> bool {
    matches!(s.tokens[i].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym)
}

/// Moves every child of `from` to `to`, but for those that `keep` names.
fn hand_over(s: &mut Sentence, from: usize, to: usize, keep: impl Fn(&Sentence, usize) -> bool) {
    for k in 0..s.tokens.len() {
        if k != to && s.tokens[k].head == Some(from as u16) && !keep(s, k) {
            s.tokens[k].head = Some(to as u16);
        }
    }
}

/// "Human Rights [Watch] calls on Bahrain": a word of a known name is no verb, and the word after the name is one.
fn verb_in_name(text: &str, codebook: &Codebook, actors: &Actors, s: &mut Sentence) {
    let n = s.tokens.len();
    let capital = |i: usize| s.form(text, i).starts_with(char::is_uppercase);
    let Some(inner) = (1..n).find(|&i| s.tokens[i].upos == Upos::Verb && capital(i) && capital(i - 1)) else { return };
    let names = actors.names(&actors.fold((0..n).map(|i| s.form(text, i))));
    let Some((first, end)) = names
        .iter()
        .map(|m| (m.first as usize, m.end as usize))
        .find(|&(first, end)| first < inner && inner < end && end < n)
    else {
        return;
    };
    let form = s.form(text, end).to_lowercase();
    let lemma = codebook.lemmas.of(&form, &s.tokens[end].lemma.to_lowercase());
    let told = form.ends_with('s') || form.ends_with("ed") || s.tokens[end].upos == Upos::Verb;
    if !told || codebook.patterns.of(&lemma, Pos::Verb).next().is_none() {
        return;
    }
    let (head, rel, sub) = (s.tokens[inner].head, s.tokens[inner].rel, s.tokens[inner].sub);
    // Only where the sentence's own verb is what the name has swallowed.
    if head.is_some_and(|h| (first..end).contains(&usize::from(h))) || s.tokens[end].head != Some(inner as u16) {
        return;
    }
    hand_over(s, inner, end, |_, k| (first..end).contains(&k));
    let verb = &mut s.tokens[end];
    (verb.head, verb.rel, verb.sub, verb.upos, verb.lemma) = (head, rel, sub, Upos::Verb, lemma);
    let tense = if form.ends_with("ed") { "Tense=Past|VerbForm=Fin" } else { "Tense=Pres|VerbForm=Fin" };
    verb.feats = Feats::from_ud(tense);
    let last = end - 1;
    for k in first..last {
        (s.tokens[k].head, s.tokens[k].rel, s.tokens[k].sub) = (Some(last as u16), Rel::Compound, Sub::None);
    }
    let name = &mut s.tokens[last];
    (name.head, name.rel, name.sub, name.upos) = (Some(end as u16), Rel::Nsubj, Sub::None, Upos::Propn);
}

/// "The council [called] on Bahrain to free him": without an auxiliary that is no passive.
fn called_on(text: &str, s: &mut Sentence) {
    for verb in 1..s.tokens.len().saturating_sub(2) {
        let next = s.form(text, verb + 1);
        if s.form(text, verb) != "called" || !matches!(next, "on" | "upon" | "for") {
            continue;
        }
        let kids: Vec<usize> = (0..s.tokens.len()).filter(|&k| s.tokens[k].head == Some(verb as u16)).collect();
        if kids.iter().any(|&k| s.tokens[k].rel == Rel::Aux || s.tokens[k].sub == Sub::Agent) {
            continue;
        }
        if let Some(&subject) = kids.iter().find(|&&k| s.tokens[k].sub == Sub::Pass && k < verb) {
            s.tokens[subject].sub = Sub::None;
            s.tokens[verb].feats = Feats::from_ud("Tense=Past|VerbForm=Fin");
        }
    }
}

/// "forces have [retaken a strategic village]": `have` is the auxiliary of the participle.
fn have_with_participle(text: &str, s: &mut Sentence) {
    for v in 1..s.tokens.len() {
        let t = &s.tokens[v];
        if t.upos != Upos::Verb || t.rel != Rel::Amod {
            continue;
        }
        let Some(noun) = t.head.map(usize::from).filter(|&h| h > v) else { continue };
        let Some(have) = s.tokens[noun].head.map(usize::from) else { continue };
        let form = s.form(text, have).to_lowercase();
        let between = (have + 1..v).all(|k| matches!(s.tokens[k].upos, Upos::Adv | Upos::Part));
        if have >= v
            || !between
            || !matches!(form.as_str(), "have" | "has" | "had" | "having" | "'ve")
            || s.tokens[noun].rel != Rel::Obj
        {
            continue;
        }
        let (head, rel, sub) = (s.tokens[have].head, s.tokens[have].rel, s.tokens[have].sub);
        (s.tokens[v].head, s.tokens[v].rel, s.tokens[v].sub) = (head, rel, sub);
        hand_over(s, have, v, |_, _| false);
        (s.tokens[have].head, s.tokens[have].rel, s.tokens[have].upos) = (Some(v as u16), Rel::Aux, Upos::Aux);
        (s.tokens[noun].head, s.tokens[noun].rel) = (Some(v as u16), Rel::Obj);
    }
}

/// "Britain [mobilized army reservists]": a clause without another verb whose noun has a past verb before it.
fn verb_as_modifier(s: &mut Sentence) {
    let Some(root) = s.root() else { return };
    if !nominal(s, root)
        || s.tokens.iter().any(|t| t.head == Some(root as u16) && matches!(t.rel, Rel::Cop | Rel::Nsubj))
    {
        return;
    }
    let found = (1..s.tokens.len()).find(|&v| {
        let t = &s.tokens[v];
        t.upos == Upos::Verb
            && t.rel == Rel::Amod
            && t.feats.has(Feats::PAST)
            && t.head.is_some_and(|h| h as usize > v && nominal(s, h as usize))
            && nominal(s, v - 1)
            && s.tokens[v - 1].rel != Rel::Nummod
    });
    let Some(v) = found else { return };
    let object = s.tokens[v].head.map_or(root, usize::from);
    // The noun that the subject's words hang on: the last nominal before the verb that is a child of the object.
    let subject = (0..v).rev().find(|&k| {
        nominal(s, k)
            && s.tokens[k].head.is_none_or(|h| h as usize > v)
            && !matches!(s.tokens[k].rel, Rel::Obl | Rel::Case)
    });
    let subject = subject.or_else(|| (root < v).then_some(root));
    let Some(subject) = subject else { return };
    if subject == object {
        return;
    }
    let was_root = object == root || root < v;
    if !was_root {
        return;
    }
    for k in 0..v {
        let h = s.tokens[k].head.map(usize::from);
        if k != subject && (h == Some(object) || (h == Some(root) && root != subject)) {
            s.tokens[k].head = Some(subject as u16);
        }
    }
    (s.tokens[v].head, s.tokens[v].rel, s.tokens[v].sub) = (None, Rel::Root, Sub::None);
    (s.tokens[subject].head, s.tokens[subject].rel, s.tokens[subject].sub) = (Some(v as u16), Rel::Nsubj, Sub::None);
    (s.tokens[object].head, s.tokens[object].rel, s.tokens[object].sub) = (Some(v as u16), Rel::Obj, Sub::None);
    if root != subject && root != object {
        (s.tokens[root].head, s.tokens[root].rel) = (Some(v as u16), Rel::Parataxis);
    }
}

/// "called [off their strike]": the word after the verb belongs to it when the codebook has the verb with that particle.
fn particle_as_preposition(text: &str, codebook: &Codebook, s: &mut Sentence) {
    for p in 1..s.tokens.len() {
        let word = s.form(text, p);
        if !matches!(word, "off" | "up" | "out" | "down" | "over" | "back" | "away" | "in") {
            continue;
        }
        let v = p - 1;
        if s.tokens[v].upos != Upos::Verb || s.tokens[p].head == Some(v as u16) && s.tokens[p].sub == Sub::Prt {
            continue;
        }
        let Some(noun) = s.tokens[p].head.map(usize::from) else { continue };
        if noun <= p || s.tokens[noun].head != Some(v as u16) || !matches!(s.tokens[noun].rel, Rel::Obl | Rel::Obj) {
            continue;
        }
        let has_object = s.tokens.iter().any(|t| t.head == Some(v as u16) && t.rel == Rel::Obj);
        if has_object && s.tokens[noun].rel == Rel::Obl {
            continue;
        }
        let lemma = codebook.lemmas.of(&s.form(text, v).to_lowercase(), &s.tokens[v].lemma);
        let phrasal = codebook.patterns.of(&lemma, Pos::Verb).any(|pattern| {
            pattern.event.is_some()
                && pattern.conditions.iter().any(|c| {
                    matches!(c.path.as_ref(), [Slot::Prt]) && c.filler.as_ref().is_none_or(|f| f.words.contains(word))
                })
        });
        // "moved in troops" is phrasal, "moved in January" is not.
        if !phrasal || (word == "in" && s.tokens[noun].upos == Upos::Propn) {
            continue;
        }
        (s.tokens[p].head, s.tokens[p].rel, s.tokens[p].sub) = (Some(v as u16), Rel::Compound, Sub::Prt);
        // "were driven out of Goma": the object of a passive is its subject.
        let out_of = word == "out" && s.form(text, p + 1) == "of";
        let passive = (0..v).any(|k| s.tokens[k].head == Some(v as u16) && is_be(s.form(text, k)));
        if !(out_of && passive) {
            s.tokens[noun].rel = Rel::Obj;
        }
    }
}

fn is_be(word: &str) -> bool {
    matches!(word, "was" | "were" | "is" | "are" | "be" | "been" | "being")
}

/// "killed [between 10 and 14 soldiers]": the preposition belongs to the numbers, the noun is the verb's object.
fn range_as_preposition(text: &str, s: &mut Sentence) {
    for p in 1..s.tokens.len().saturating_sub(3) {
        let v = p - 1;
        let number = |k: usize| s.tokens[k].upos == Upos::Num;
        if s.form(text, p) != "between" || s.tokens[v].upos != Upos::Verb || !number(p + 1) {
            continue;
        }
        let Some(noun) = s.tokens[p].head.map(usize::from) else { continue };
        let range = (p + 2..noun.min(p + 5)).any(|k| s.form(text, k) == "and") && noun > p + 3 && number(noun - 1);
        let has_object = s.tokens.iter().any(|t| t.head == Some(v as u16) && t.rel == Rel::Obj);
        if range && !has_object && s.tokens[noun].head == Some(v as u16) && s.tokens[noun].rel == Rel::Obl {
            (s.tokens[noun].rel, s.tokens[noun].sub) = (Rel::Obj, Sub::None);
            (s.tokens[p].head, s.tokens[p].rel) = (Some(p as u16 + 1), Rel::Advmod);
        }
    }
}

/// "Congolese soldiers and rebels [of the National Congress]": an `of` right after the second noun is the second's where
/// the first has a nation of its own.
fn phrase_on_first_conjunct(text: &str, s: &mut Sentence) {
    for second in 1..s.tokens.len().saturating_sub(2) {
        let t = &s.tokens[second];
        let Some(first) = t.head.map(usize::from).filter(|&h| h < second) else { continue };
        if t.rel != Rel::Conj || !nominal(s, second) || s.form(text, second + 1) != "of" {
            continue;
        }
        let own_nation = s.tokens[..first].iter().enumerate().any(|(k, t)| {
            t.head == Some(first as u16) && t.rel == Rel::Amod && s.form(text, k).starts_with(char::is_uppercase)
        });
        if own_nation && s.tokens[s.tokens[second + 1].head.map_or(0, usize::from)].head == Some(first as u16) {
            for t in &mut s.tokens[second + 2..] {
                if t.head == Some(first as u16) && t.rel == Rel::Nmod {
                    t.head = Some(second as u16);
                }
            }
        }
    }
}

/// "the president of Chad and [the prime minister of Sudan]": a role with an article of its own stands beside the role
/// before it, not beside that one's state.
fn role_joined_to_name(text: &str, s: &mut Sentence) {
    for role in 3..s.tokens.len() {
        let t = &s.tokens[role];
        let Some(name) = t.head.map(usize::from).filter(|&h| h < role) else { continue };
        if t.rel != Rel::Conj || t.upos != Upos::Noun || s.tokens[name].upos != Upos::Propn {
            continue;
        }
        let first = s.tokens[name].head.map(usize::from);
        let Some(first) = first.filter(|&h| h < name && s.tokens[h].upos == Upos::Noun) else { continue };
        let kid = |of: usize, rel: Rel| {
            (0..s.tokens.len()).find(|&k| s.tokens[k].head == Some(of as u16) && s.tokens[k].rel == rel)
        };
        let of_name = kid(name, Rel::Case).is_some_and(|k| s.form(text, k) == "of");
        if s.tokens[name].rel == Rel::Nmod && of_name && kid(role, Rel::Det).is_some_and(|k| k > name) {
            s.tokens[role].head = Some(first as u16);
        }
    }
}

/// "denied that it backed rebels and [condemned the killing]": one condemns, warns or appeals on one's own account; these
/// are hardly ever what is denied.
fn speech_joined_to_denial(s: &mut Sentence) {
    for speech in 2..s.tokens.len() {
        let t = &s.tokens[speech];
        let spoken = matches!(
            t.lemma.as_str(),
            "condemn"
                | "blame"
                | "accuse"
                | "criticise"
                | "criticize"
                | "denounce"
                | "deplore"
                | "urge"
                | "demand"
                | "call"
                | "appeal"
                | "warn"
                | "vow"
                | "pledge"
                | "promise"
                | "threaten"
                | "insist"
        );
        let Some(denied) = t.head.map(usize::from).filter(|&h| h < speech) else { continue };
        if !spoken || t.rel != Rel::Conj || s.tokens[denied].rel != Rel::Ccomp {
            continue;
        }
        let Some(denial) = s.tokens[denied].head.map(usize::from).filter(|&h| h < denied) else { continue };
        let own = (0..s.tokens.len()).any(|k| {
            s.tokens[k].head == Some(speech as u16) && matches!(s.tokens[k].rel, Rel::Nsubj | Rel::Mark | Rel::Aux)
        });
        if !own && matches!(s.tokens[denial].lemma.as_str(), "deny" | "reject" | "dismiss" | "refute") {
            s.tokens[speech].head = Some(denial as u16);
        }
    }
}

/// "[The colonel, a cousin of the chief,] surrendered, his lawyer said": of two subjects of the last verb, one before
/// what is said and one behind it, the first is the subject of what is said.
fn subject_of_what_is_said(text: &str, s: &mut Sentence) {
    let subjects = |s: &Sentence, verb: usize| -> Vec<usize> {
        (0..s.tokens.len())
            .filter(|&k| s.tokens[k].head == Some(verb as u16) && matches!(s.tokens[k].rel, Rel::Nsubj | Rel::Csubj))
            .collect()
    };
    for said in 1..s.tokens.len() {
        let t = &s.tokens[said];
        let Some(saying) = t.head.map(usize::from).filter(|&h| h > said && t.rel == Rel::Ccomp) else { continue };
        if t.upos != Upos::Verb || !t.feats.has(Feats::FINITE) || !subjects(s, said).is_empty() {
            continue;
        }
        if let [own, source] = subjects(s, saying)[..]
            && own < said
            && source > said
            // What stands before a dash is a dateline or another's words.
            && !(own..said).any(|k| matches!(s.form(text, k), "-" | "–" | "—" | "--" | ":" | "("))
        {
            s.tokens[own].head = Some(said as u16);
        }
    }
}

/// "accused the army on Friday [of shelling a school]", "Pakistan [on Sunday] denied it": a day between a verb and what
/// belongs to it takes nothing to itself, and a name takes no day.
fn day_between(text: &str, s: &mut Sentence) {
    for day in 1..s.tokens.len() {
        let t = &s.tokens[day];
        if !nominal(s, day) || !is_day(&s.form(text, day).to_lowercase()) {
            continue;
        }
        let Some(head) = t.head.map(usize::from) else { continue };
        let of_name = t.rel == Rel::Nmod && t.sub == Sub::None && head < day && s.tokens[head].upos == Upos::Propn;
        let verb = match s.tokens[head].head.map(usize::from) {
            Some(verb) if of_name && s.tokens[head].rel == Rel::Nsubj && verb == day + 1 => {
                (s.tokens[day].head, s.tokens[day].rel) = (Some(verb as u16), Rel::Obl);
                verb
            }
            _ => head,
        };
        if s.tokens[verb].upos != Upos::Verb || verb > day {
            continue;
        }
        for k in day + 1..s.tokens.len() {
            let t = &s.tokens[k];
            if t.head != Some(day as u16) || t.sub != Sub::None {
                continue;
            }
            let linked = (day + 1..k).any(|c| {
                s.tokens[c].head == Some(k as u16)
                    && matches!(s.tokens[c].rel, Rel::Case | Rel::Mark)
                    && matches!(s.form(text, c), "of" | "for" | "against" | "over" | "from")
            });
            let moved = match t.rel {
                Rel::Acl if t.upos == Upos::Verb => Rel::Advcl,
                Rel::Nmod if !is_unit(&s.form(text, k).to_lowercase()) => Rel::Obl,
                _ => continue,
            };
            if linked {
                (s.tokens[k].head, s.tokens[k].rel) = (Some(verb as u16), moved);
            }
        }
    }
}

/// "Civilians [killed] in Horlivka", "Somalia: aid workers [kidnapped]": headlines tell deeds in the present, so that a past
/// form without an object is the passive's participle.
fn headline_passive(text: &str, codebook: &Codebook, s: &mut Sentence) {
    for v in 1..s.tokens.len() {
        let t = &s.tokens[v];
        let clause = matches!(t.rel, Rel::Root | Rel::Parataxis | Rel::Conj | Rel::Advcl | Rel::Ccomp);
        if t.upos != Upos::Verb || !clause || !t.feats.has(Feats::PAST) {
            continue;
        }
        let lemma = codebook.lemmas.of(&s.form(text, v).to_lowercase(), &t.lemma);
        let done = matches!(
            lemma.as_str(),
            "kill"
                | "wound"
                | "injure"
                | "shoot"
                | "murder"
                | "slay"
                | "behead"
                | "execute"
                | "hang"
                | "assassinate"
                | "massacre"
                | "kidnap"
                | "abduct"
                | "seize"
                | "arrest"
                | "detain"
                | "jail"
                | "bomb"
                | "shell"
                | "attack"
                | "ambush"
                | "raid"
                | "torch"
                | "destroy"
                | "capture"
                | "free"
                | "release"
                | "expel"
                | "displace"
                | "evacuate"
                | "stab"
                | "burn"
        );
        let kid =
            |rel: Rel| (0..s.tokens.len()).find(|&k| s.tokens[k].head == Some(v as u16) && s.tokens[k].rel == rel);
        if done
            && kid(Rel::Obj).is_none()
            && kid(Rel::Aux).is_none()
            && kid(Rel::Ccomp).is_none()
            && let Some(subject) = kid(Rel::Nsubj).filter(|&k| k < v)
        {
            s.tokens[subject].sub = Sub::Pass;
        }
    }
}
