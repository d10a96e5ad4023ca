//! What a report has named so far, and what its later words stand for.
//!
//! A sieve, the surest rule first: short forms of names, definite descriptions by what they describe, and
//! pronouns by number, gender, nearness and part in the sentence.

use forewarn_codebook::actors::RoleFlags;
use forewarn_language::{Feats, Rel, Sub, Upos};
use forewarn_report::Span;
use jiff::civil::Date;
use smol_str::SmolStr;

use super::describe::{Found, describe, is_nonstate};
use super::mentions::Mentions;
use super::{Kind, phrase, to_party};
use crate::claim::Party;
use crate::tree::Tree;

/// How many sentences back an antecedent may stand: of a pronoun, and of a description.
const PRONOUN_REACH: usize = 3;
const DESCRIPTION_REACH: usize = 12;

/// What a later word stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolution {
    /// The word's own text and span with the country, sector, group, ethnicity and person of what it stands for;
    /// its `resolved` is `text`.
    pub party: Party,
    /// The text of what it stands for.
    pub text: String,
}

/// What the report has named so far.
#[derive(Debug, Default)]
pub struct Discourse {
    date: Option<Date>,
    items: Vec<Item>,
    /// How often each country was named, in the order of their first naming.
    countries: Vec<(SmolStr, u32)>,
    /// The sentences read: their span and their first item.
    sentences: Vec<(Span, usize)>,
}

/// One mention.
#[derive(Clone, Debug)]
struct Item {
    sentence: usize,
    token: usize,
    party: Party,
    /// The text of the first mention of the same party.
    root: String,
    kind: Kind,
    plural: bool,
    female: Option<bool>,
    subject: bool,
    /// Head of the token's head: the verb whose subject or object it is.
    verb: Option<usize>,
    named: bool,
    /// What its possessive pronoun stands for ("its troops").
    possessor: Option<String>,
    /// Lower-case role words it was called by: "president", "attackers" as "attacker".
    called: Vec<SmolStr>,
}

impl Discourse {
    /// Nothing named yet; `date` is the report's.
    pub fn new(date: Option<Date>) -> Self {
        Self { date, ..Self::default() }
    }

    /// Takes in a sentence; sentences come in the report's order, each once (again is harmless).
    pub fn add_sentence(&mut self, tree: &Tree, mentions: &Mentions) {
        if self.sentences.iter().any(|(s, _)| *s == tree.sentence.span) {
            return;
        }
        let number = self.sentences.len();
        self.sentences.push((tree.sentence.span, self.items.len()));
        for t in 0..tree.len() {
            if let Some(code) = mentions.country_at(t)
                && mentions.name_range(t).is_some_and(|(first, _)| first == t)
            {
                match self.countries.iter_mut().find(|(c, _)| *c == code) {
                    Some((_, n)) => *n += 1,
                    None => self.countries.push((code, 1)),
                }
            }
            if let Some(item) = self.read(tree, mentions, t, number) {
                self.items.push(item);
            }
        }
    }

    /// What the phrase headed by `head` stands for, if it stands for something named before.
    pub fn resolve(&mut self, tree: &Tree, mentions: &Mentions, head: usize) -> Option<Resolution> {
        self.add_sentence(tree, mentions);
        let number = self.sentences.iter().position(|(s, _)| *s == tree.sentence.span)?;
        let first = self.sentences[number].1;
        let item = self.items[first..].iter().take_while(|i| i.sentence == number).find(|i| i.token == head)?;
        let text = item.party.resolved.clone().or_else(|| item.possessor.clone())?;
        Some(Resolution { party: item.party.clone(), text })
    }

    fn read(&self, tree: &Tree, mentions: &Mentions, t: usize, number: usize) -> Option<Item> {
        let subject = matches!(tree.rel(t), Rel::Nsubj) || tree.rel(t) == Rel::Root;
        let mut item = Item {
            sentence: number,
            token: t,
            party: Party::default(),
            root: String::new(),
            kind: Kind::Thing,
            plural: false,
            female: None,
            subject,
            verb: tree.head(t),
            named: false,
            possessor: None,
            called: Vec::new(),
        };
        if phrase::is_pronoun(tree, t) {
            let antecedent = self.pronoun(tree, t, number)?;
            item.inherit(antecedent);
            tree.form(t).clone_into(&mut item.party.text);
            item.party.span = tree.token(t).span;
            item.party.rule = "who/pronoun";
            item.party.resolved = Some(item.root.clone());
            return Some(item);
        }
        if !heads_a_phrase(tree, t) {
            return None;
        }
        let found = describe(tree, mentions, t, self.date);
        if found.kind == Kind::Place && !mentions.is_country(t) {
            return None;
        }
        let (kind, plural, female, named) = (found.kind, found.plural, found.female, found.named);
        let own = found.clone();
        let antecedent = self
            .short_name(tree, mentions, t, number, &own)
            .map(|a| (a, "who/short-name"))
            .or_else(|| self.description(tree, mentions, t, number, &own).map(|a| (a, "who/description")));
        let party = to_party(tree, t, found);
        if let Some((antecedent, rule)) = antecedent {
            let span = tree.span_of(&phrase::of(tree, t));
            let party =
                party.unwrap_or_else(|| Party { text: span.slice(tree.text).to_owned(), span, ..Party::default() });
            item.inherit(antecedent);
            let of = std::mem::take(&mut item.party);
            item.party = Party {
                text: party.text,
                span,
                country: of.country.or(party.country),
                sector: of.sector.or(party.sector),
                group: of.group.or(party.group),
                ethnicity: of.ethnicity.or(party.ethnicity),
                person: of.person.or(party.person),
                office: of.office.or(party.office),
                resolved: Some(item.root.clone()),
                rule,
                inferred: of.inferred,
            };
            item.plural |= plural;
        } else {
            item.party = party?;
            item.root.clone_from(&item.party.text);
            item.kind = kind;
            item.plural = plural;
            item.female = female;
            item.named = named;
            self.add_possessor(tree, t, number, &mut item);
            self.add_country_of_report(tree, t, &mut item);
        }
        item.called.extend(called(tree, mentions, t));
        if item.party.person.is_some()
            && let Some(person) = mentions.person(t, self.date)
        {
            item.called.extend(person.offices.iter().filter_map(|o| o.title.split(' ').next_back()).map(SmolStr::new));
        }
        Some(item)
    }

    /// "its troops": of the country or group that "its" stands for.
    fn add_possessor(&self, tree: &Tree, t: usize, number: usize, item: &mut Item) {
        let party = &mut item.party;
        if party.country.is_some() || party.group.is_some() || party.person.is_some() {
            return;
        }
        let Some(pronoun) = tree.kids(t).find(|&k| phrase::is_pronoun(tree, k)) else { return };
        let Some(owner) = self.items.iter().rev().take_while(|i| i.sentence == number).find(|i| i.token == pronoun)
        else {
            return;
        };
        party.country.clone_from(&owner.party.country);
        if item.kind != Kind::Person && item.kind != Kind::Civil {
            party.group.clone_from(&owner.party.group);
        }
        party.rule = "who/possessor";
        item.possessor = Some(owner.root.clone());
    }

    /// "the army" in a report on one country is that country's.
    fn add_country_of_report(&self, tree: &Tree, t: usize, item: &mut Item) {
        let party = &mut item.party;
        let stately = matches!(party.sector.as_deref(), Some("GOV" | "MIL" | "COP" | "LEG" | "JUD" | "SPY"));
        if !stately
            || item.named
            || party.rule != "who/role"
            || party.country.is_some()
            || party.group.is_some()
            || party.ethnicity.is_some()
        {
            return;
        }
        // A foreign minister's country is not unsaid when others' ministers meet: one alone, or "the".
        let definite = tree.kids(t).any(|k| tree.lower(k) == "the") || tree.kids(t).all(|k| tree.rel(k) != Rel::Det);
        let foreign = tree.kids(t).any(|k| {
            matches!(tree.lower(k), "foreign" | "international" | "western" | "regional" | "two" | "both" | "other")
        }) && !matches!(lemma(tree, t).as_str(), "minister" | "ministry");
        let all: u32 = self.countries.iter().map(|(_, n)| n).sum();
        let Some((code, n)) = self.countries.iter().max_by_key(|(_, n)| *n) else { return };
        let several_officials = item.plural && item.kind == Kind::Person;
        if !definite || foreign || several_officials || n * 3 < all * 2 {
            return;
        }
        party.country = Some(code.clone());
        party.rule = "who/report-country";
        item.possessor = Some(code.to_string());
    }

    /// The items that may be meant, latest sentence first; within one, the earlier (the more prominent) first.
    fn before(&self, number: usize, token: usize, reach: usize) -> impl Iterator<Item = &Item> {
        let from = number.saturating_sub(reach);
        (from..=number).rev().flat_map(move |s| {
            let start = self.sentences[s].1;
            let end = self.sentences.get(s + 1).map_or(self.items.len(), |(_, first)| *first);
            self.items[start..end].iter().filter(move |i| s < number || i.token < token)
        })
    }

    fn pronoun(&self, tree: &Tree, t: usize, number: usize) -> Option<&Item> {
        let lower = tree.lower(t);
        let fits: fn(&Item) -> bool = match lower {
            "he" | "him" | "his" | "himself" => |i| i.is_person() && !i.plural && i.female != Some(true),
            "she" | "her" | "hers" | "herself" => |i| i.is_person() && !i.plural && i.female != Some(false),
            "they" | "them" | "their" | "theirs" | "themselves" => {
                |i| i.kind.is_actor() && (i.plural || !i.is_person())
            }
            "it" | "its" | "itself" => {
                |i| (i.kind == Kind::Actor || i.kind == Kind::Armed) && !i.plural && !i.is_person()
            }
            _ => return None,
        };
        if matches!(tree.rel(t), Rel::Expl) || lower == "it" && is_empty_it(tree, t) {
            return None;
        }
        let bound = tree.sub(t) == Sub::Poss
            || tree.feats(t).has(Feats::POSSESSIVE)
            || lower.ends_with("self")
            || lower.ends_with("selves")
            || matches!(lower, "his" | "its" | "their");
        let verb = tree.head(t);
        let speaks_of = |i: &Item| i.sentence == number && !bound && i.verb.is_some() && i.verb == verb;
        let controller = bound.then(|| controller(tree, t)).flatten();
        let mut best: Option<(i32, &Item)> = None;
        for (rank, i) in self.before(number, t, PRONOUN_REACH).enumerate() {
            if !fits(i) || speaks_of(i) {
                continue;
            }
            let mut score = -8 * (number - i.sentence) as i32 - rank as i32 / 2;
            score += if i.subject { 6 } else { 0 };
            score += if i.sentence == number && controller == Some(i.token) { 12 } else { 0 };
            score += if i.named || i.party.person.is_some() { 3 } else { 0 };
            score += if lower.starts_with("the") && i.plural { 5 } else { 0 };
            score += if matches!(lower, "she" | "her" | "herself") && i.female == Some(true) { 6 } else { 0 };
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, i));
            }
        }
        best.map(|(_, i)| i)
    }

    /// "Vucic" after "Serbian President Aleksandar Vucic".
    fn short_name(&self, tree: &Tree, mentions: &Mentions, t: usize, number: usize, own: &Found) -> Option<&Item> {
        if tree.upos(t) != Upos::Propn || own.plural {
            return None;
        }
        if !matches!(own.kind, Kind::Person | Kind::Armed | Kind::Actor | Kind::Civil) {
            return None;
        }
        let words: Vec<&str> = match (&own.person, mentions.name_range(t)) {
            (_, Some((first, end))) => (first..end).map(|i| tree.form(i)).collect(),
            (_, None) => phrase::core(tree, t)
                .into_iter()
                .filter(|&k| tree.upos(k) == Upos::Propn)
                .map(|k| tree.form(k))
                .collect(),
        };
        let last = *words.iter().rev().find(|w| mentions.actors.role(w).is_none())?;
        let given = words.len() > 1;
        self.before(number, t, usize::MAX).find(|i| {
            if i.token == t && i.sentence == number {
                return false;
            }
            if let Some(name) = &i.party.person {
                let mut parts = name.split(' ');
                let longer = name.split(' ').count() > 1;
                return longer
                    && !given
                    && parts.next_back() == Some(last)
                    && own.person.as_ref().is_none_or(|p| p != name || i.party.text.len() > p.len());
            }
            false
        })
    }

    /// "the aggressors", "the alliance", "the minister".
    fn description(&self, tree: &Tree, mentions: &Mentions, t: usize, number: usize, own: &Found) -> Option<&Item> {
        if tree.upos(t) != Upos::Noun
            && !(tree.upos(t) == Upos::Propn && mentions.role(t).is_some() && own.person.is_none())
        {
            return None;
        }
        let definite =
            tree.kids(t).any(|k| matches!(tree.lower(k), "the" | "these" | "those" | "this" | "that" | "both"));
        if !definite || own.country.is_some() || own.group.is_some() || own.ethnicity.is_some() || own.person.is_some()
        {
            return None;
        }
        // Anything that narrows it down makes it somebody new ("the gunman's brother", "the three other attackers").
        let narrowed = tree.kids(t).any(|k| {
            matches!(tree.rel(k), Rel::Nmod | Rel::Acl | Rel::Appos) && tree.sub(k) != Sub::Unmarked
                || tree.rel(k) == Rel::Amod && matches!(tree.lower(k), "other" | "new" | "second" | "another" | "rival")
        });
        if narrowed {
            return None;
        }
        let lemma = lemma(tree, t);
        let wanted = Wanted::of(&lemma, mentions, t, own)?;
        self.before(number, t, DESCRIPTION_REACH).find(|i| i.is_meant(wanted, &lemma, own))
    }
}

/// What kind of antecedent a description asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Armed,
    Alliance,
    Group,
    Country,
    Person,
    Same,
}

impl Wanted {
    fn of(lemma: &str, mentions: &Mentions, t: usize, own: &Found) -> Option<Self> {
        if own.sector.as_deref().is_some_and(is_nonstate) && own.kind == Kind::Armed {
            return Some(Self::Armed);
        }
        Some(match lemma {
            "alliance" | "bloc" | "organisation" | "organization" | "agency" | "body" | "union" => Self::Alliance,
            "group" | "movement" | "party" | "militia" | "faction" | "cartel" | "gang" | "network" | "outfit" => {
                Self::Group
            }
            "country" | "nation" | "republic" | "kingdom" | "emirate" => Self::Country,
            _ if mentions.role(t)?.role.flags.has(RoleFlags::PERSON | RoleFlags::TITLE) && !own.plural => Self::Person,
            _ => Self::Same,
        })
    }
}

impl Item {
    fn is_person(&self) -> bool {
        self.party.person.is_some()
            || matches!(self.kind, Kind::Person | Kind::Civil)
            || self.kind == Kind::Armed && !self.named && !self.plural && self.party.group.is_none()
    }

    fn inherit(&mut self, from: &Self) {
        self.party = from.party.clone();
        self.root.clone_from(&from.root);
        self.kind = from.kind;
        self.plural = from.plural;
        self.female = from.female;
        self.named = from.named;
        self.called.clone_from(&from.called);
    }

    fn is_meant(&self, wanted: Wanted, lemma: &str, own: &Found) -> bool {
        if self.party.resolved.is_none() && self.kind == Kind::Place && wanted != Wanted::Country {
            return false;
        }
        let called = self.called.iter().any(|c| c == lemma);
        match wanted {
            Wanted::Armed => {
                self.party.sector.as_deref().is_some_and(is_nonstate)
                    && self.kind == Kind::Armed
                    && (self.plural || self.party.group.is_some() || !own.plural)
                    && (own.plural || !self.plural || called)
            }
            Wanted::Alliance => {
                self.named && self.party.group.is_some() && matches!(self.party.sector.as_deref(), Some("IGO" | "NGO"))
            }
            Wanted::Group => {
                self.named
                    && self.party.group.is_some()
                    && self.party.sector.as_deref().is_some_and(|s| is_nonstate(s) || s == "PTY" || s == "NGO")
            }
            Wanted::Country => {
                self.named && self.party.country.is_some() && self.party.group.is_none() && self.party.person.is_none()
            }
            Wanted::Person => {
                let leader =
                    lemma == "leader" && matches!(self.party.sector.as_deref(), Some("GOV" | "REB" | "PTY" | "OPP"));
                self.is_person() && !self.plural && (called || leader && self.party.person.is_some())
            }
            Wanted::Same => called && self.kind.is_actor() && self.party.country.is_some() && self.plural == own.plural,
        }
    }
}

/// Who does what the pronoun's clause says: its subject, or with an infinitive ("urged Serbia to withdraw its
/// troops") the object before it.
fn controller(tree: &Tree, pronoun: usize) -> Option<usize> {
    let mut verb = tree.head(pronoun)?;
    let mut steps = 0;
    while tree.upos(verb) != Upos::Verb {
        verb = tree.head(verb)?;
        steps += 1;
        if steps > 6 {
            return None;
        }
    }
    if let Some(subject) = tree.kids(verb).find(|&k| tree.rel(k) == Rel::Nsubj) {
        return (subject < pronoun).then_some(subject);
    }
    if !matches!(tree.rel(verb), Rel::Xcomp | Rel::Acl | Rel::Advcl | Rel::Ccomp) {
        return None;
    }
    // "a call for Serbia to retract its units": the noun right before "to".
    if let Some(to) = tree.kids(verb).find(|&k| tree.lower(k) == "to" && k < verb)
        && let Some(before) = to.checked_sub(1)
        && matches!(tree.upos(before), Upos::Noun | Upos::Propn)
        && tree.case_of(before) == Some("for")
    {
        return Some(before);
    }
    let above = tree.head(verb)?;
    tree.kids(above)
        .filter(|&k| k > above && k < verb)
        .filter(|&k| matches!(tree.rel(k), Rel::Obj | Rel::Iobj | Rel::Obl | Rel::Nmod))
        .find(|&k| {
            matches!(tree.upos(k), Upos::Propn | Upos::Noun)
                && matches!(tree.case_of(k), None | Some("on" | "for" | "to"))
        })
}

fn lemma(tree: &Tree, t: usize) -> SmolStr {
    let lemma = tree.lemma(t);
    if lemma.chars().any(char::is_uppercase) { SmolStr::new(lemma.to_lowercase()) } else { SmolStr::new(lemma) }
}

/// The role words of the phrase and of its appositions.
fn called(tree: &Tree, mentions: &Mentions, t: usize) -> Vec<SmolStr> {
    let mut out = Vec::new();
    let mut take = |k: usize| {
        if let Some(role) = mentions.role(k)
            && role.end == k + 1
            && !role.role.flags.has(RoleFlags::MODIFIER)
        {
            out.push(lemma(tree, k));
        }
    };
    for k in phrase::core(tree, t) {
        take(k);
    }
    for k in tree.kids(t).filter(|&k| tree.rel(k) == Rel::Appos) {
        take(k);
    }
    out
}

fn heads_a_phrase(tree: &Tree, t: usize) -> bool {
    if !matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num) {
        return false;
    }
    match tree.rel(t) {
        Rel::Nsubj
        | Rel::Obj
        | Rel::Iobj
        | Rel::Obl
        | Rel::Conj
        | Rel::Root
        | Rel::Parataxis
        | Rel::List
        | Rel::Dep
        | Rel::Vocative
        | Rel::Dislocated
        | Rel::Xcomp
        | Rel::Ccomp => true,
        Rel::Nmod => tree.sub(t) == Sub::Poss || tree.case_of(t).is_some(),
        Rel::Appos => tree.head(t).is_none_or(|h| !matches!(tree.upos(h), Upos::Propn)),
        _ => false,
    }
}

/// "it is likely that", "it was reported": nobody.
fn is_empty_it(tree: &Tree, t: usize) -> bool {
    let Some(verb) = tree.head(t) else { return false };
    tree.kids(verb).any(|k| matches!(tree.rel(k), Rel::Csubj) || tree.rel(k) == Rel::Nsubj && k != t)
        || tree.upos(verb) == Upos::Adj
            && tree.kids(verb).any(|k| matches!(tree.rel(k), Rel::Ccomp | Rel::Advcl | Rel::Xcomp))
}
