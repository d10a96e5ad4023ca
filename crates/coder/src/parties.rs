//! The two sides of an event: the parties in its slots, those inside its content, and their countries.

use std::sync::LazyLock;

use forewarn_codebook::{Codebook, EventType, Path, Pattern, Slot};
use forewarn_language::{Feats, Rel, Sub, Upos};
use jiff::civil::Date;
use smol_str::SmolStr;

use crate::claim::{Party, Place};
use crate::factuality::aside;
use crate::frame::{self, Frame};
use crate::site::sites;
use crate::tree::Tree;
use crate::what;
use crate::who::{self, Discourse, Kind, Mentions};

/// What is needed to turn tokens of one sentence into parties.
pub(crate) struct Finder<'x, 't, 'c> {
    pub tree: &'x Tree<'t>,
    pub mentions: &'x Mentions<'c>,
    pub codebook: &'x Codebook,
    pub discourse: &'x mut Discourse,
    pub published: Option<Date>,
    /// Who speaks the words that the event stands in, as a token of this sentence: what "we" stands for.
    pub speaker: Option<usize>,
    /// Who denies those words, outside the speaker: in "NATO denied claims by Moscow that it had" it is NATO that has not.
    pub denier: Option<usize>,
}

impl Finder<'_, '_, '_> {
    /// Actor and recipient of the event that `p` found in `f`.
    pub fn sides(&mut self, f: &Frame, p: &Pattern) -> (Vec<Party>, Vec<Party>) {
        let noun = matches!(self.tree.upos(f.at), Upos::Noun | Upos::Propn);
        let actor_paths = p.actor.as_deref().unwrap_or(if noun { &NOUN_ACTOR } else { &VERB_ACTOR });
        let assault = p.event == Some(EventType::Assault);
        let mut actor = self.first(f, actor_paths, &[], assault);
        if p.reciprocal && noun && actor.is_empty() {
            actor = self.first(f, &BETWEEN, &[], false);
            if actor.len() > 1 {
                return (actor, Vec::new());
            }
        }
        let recipient_paths = match &p.recipient {
            Some(paths) => paths.as_slice(),
            None if p.reciprocal && noun => &BETWEEN,
            None if noun => &NOUN_RECIPIENT,
            None => &VERB_RECIPIENT,
        };
        let mut recipient = self.first(f, recipient_paths, &actor, false);
        if recipient.is_empty() && assault && noun {
            recipient = self.of_site(f.at);
        }
        if recipient.is_empty() && p.event == Some(EventType::Aid) && f.passive {
            recipient = self.receiver(f.at);
        }
        recipient.retain(|r| !own_forces(p, &actor, r));
        if p.reciprocal && actor.len() > 1 {
            recipient.retain(|r| (r.country.is_some() && r.rule != "who/place") || r.group.is_some());
        }
        let placed =
            |list: &[Party]| list.iter().any(|r| r.country.is_some() || r.group.is_some() || r.ethnicity.is_some());
        let all_of_it = p.reciprocal && actor.len() > 1;
        // Where the pattern looks for no actor ("gunfire was heard"), the content names nobody who is hit either.
        let unseen = assault && !noun && p.actor.as_ref().is_some_and(Vec::is_empty) && recipient.is_empty();
        if !placed(&recipient) && !all_of_it && !unseen && p.recipient.as_ref().is_none_or(|r| !r.is_empty()) {
            let inside = self.inside(f, p, &actor);
            // A known role in the slot ("peacekeepers") stays beside whom the content names only if it is the object.
            let inside = if inside.is_empty() && recipient.is_empty() { self.only_other(f, p, &actor) } else { inside };
            if !inside.is_empty() && (recipient.is_empty() || !recipient.iter().any(|r| r.sector.is_some())) {
                recipient = inside;
            }
        }
        (actor, recipient)
    }

    /// What the words before a noun of attack say was hit: "Naval Air Station attack", "Quetta bombing".
    fn of_site(&mut self, noun: usize) -> Vec<Party> {
        for t in sites(self.tree, self.mentions, noun).into_iter().rev() {
            let mut found = self.parties(t);
            for p in found.iter_mut().filter(|p| matches!(p.rule, "who/country" | "who/seat" | "who/adjective")) {
                p.sector = None;
                p.rule = "who/place";
            }
            if found.iter().any(who::is_known) {
                return found;
            }
        }
        Vec::new()
    }

    /// "Ghana received vaccine [donated] by Germany": who receives what was given.
    fn receiver(&mut self, given: usize) -> Vec<Party> {
        let mut at = given;
        for _ in 0..4 {
            let Some(head) = self.tree.head(at) else { break };
            let takes = matches!(self.tree.lemma(head), "receive" | "get" | "accept" | "obtain" | "welcome" | "take");
            if takes && self.tree.rel(at) == Rel::Obj {
                let subject = frame::frame(self.tree, self.codebook, head).subj;
                return subject.map_or_else(Vec::new, |s| self.parties(s));
            }
            if !matches!(self.tree.rel(at), Rel::Acl | Rel::Nmod | Rel::Conj) {
                break;
            }
            at = head;
        }
        Vec::new()
    }

    /// The parties in the first of `paths` that gives known ones; otherwise the first unknown ones. `of_attack`: what says
    /// where an attack was is none.
    fn first(&mut self, f: &Frame, paths: &[Path], without: &[Party], of_attack: bool) -> Vec<Party> {
        let mut unknown = Vec::new();
        for path in paths {
            let by_modifier = matches!(path[path.len() - 1], Slot::Mod);
            let mut found: Vec<Party> = Vec::new();
            for head in self.follow(f, path) {
                for t in self.tree.conjuncts(head) {
                    if t == f.at || self.tree.upos(t) == Upos::Verb || (by_modifier && !self.names_someone(t)) {
                        continue;
                    }
                    if by_modifier && of_attack && self.says_where(t) {
                        continue;
                    }
                    let shared = self.shared_sector(t);
                    for mut party in self.parties(t) {
                        if let Some(sector) = &shared
                            && matches!(party.rule, "who/people" | "who/adjective")
                        {
                            party.sector = Some(sector.clone());
                            party.rule = "parties/shared-noun";
                        }
                        // A state after a preposition that names no place is the state itself: "called on Serbia".
                        if party.rule == "who/place" && self.mentions.is_country(t) && !is_locative(path) {
                            party.sector = Some(SmolStr::new_static("GOV"));
                            party.rule = "who/country";
                        }
                        let again = found
                            .iter()
                            .chain(without)
                            .any(|p| p.span.overlaps(party.span) && p.country == party.country);
                        if !again {
                            found.push(party);
                        }
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

    /// Whether a modifier says where the attack that it hangs on was.
    fn says_where(&self, t: usize) -> bool {
        self.tree.head(t).is_some_and(|noun| sites(self.tree, self.mentions, noun).contains(&t))
    }

    /// "two [Tanzanian] and three Lesotho soldiers": a nation's adjective that stands without its noun takes the sector of
    /// the noun that follows.
    fn shared_sector(&self, t: usize) -> Option<SmolStr> {
        if self.tree.upos(t) != Upos::Adj {
            return None;
        }
        let next = self.tree.kids(t).find(|&k| self.tree.rel(k) == Rel::Conj && self.tree.upos(k) == Upos::Noun)?;
        who::party(self.tree, self.mentions, next, self.published)?.sector
    }

    /// A modifier counts as a party only when it names one: "Israeli" in "Israeli strikes", never "military".
    fn names_someone(&self, t: usize) -> bool {
        self.mentions.name_range(t).is_some() || self.tree.upos(t) == Upos::Propn
    }

    /// The phrase headed by `t` as parties: what it stands for in the report, or what it says itself.
    pub fn parties(&mut self, t: usize) -> Vec<Party> {
        let own_words = [self.denier, self.speaker];
        if let Some(speaker) = own_words.into_iter().flatten().find(|&s| s != t && self.is_speaker(s, t)) {
            let mut who = self.parties(speaker);
            let (span, text) = (self.tree.token(t).span, self.tree.form(t));
            for p in &mut who {
                p.resolved = Some(p.resolved.take().unwrap_or_else(|| std::mem::take(&mut p.text)));
                text.clone_into(&mut p.text);
                p.span = span;
                p.rule = "parties/the-speaker";
            }
            if !who.is_empty() {
                return who;
            }
        }
        if let Some(found) = self.discourse.resolve(self.tree, self.mentions, t) {
            return vec![found.party];
        }
        who::parties(self.tree, self.mentions, t, self.published)
    }

    /// Whether pronoun `t` stands for the speaker `s`: "we" in the speaker's own words, "it" in "NATO said it would".
    fn is_speaker(&self, s: usize, t: usize) -> bool {
        let kind = who::kind(self.tree, self.mentions, s);
        let after = t > s && !self.tree.is_under(t, s);
        match self.tree.lower(t) {
            "we" | "i" | "us" | "me" | "our" | "my" => true,
            "he" | "she" | "his" | "her" | "him" => after && matches!(kind, Kind::Person | Kind::Armed | Kind::Civil),
            "it" | "its" => after && matches!(kind, Kind::Actor | Kind::Armed | Kind::Place),
            "they" | "their" | "them" => after && kind != Kind::Place,
            _ => false,
        }
    }

    fn follow(&self, f: &Frame, path: &Path) -> Vec<usize> {
        let mut at = what::slot(self.tree, f, &path[0]);
        for step in &path[1..] {
            let mut next = Vec::new();
            for t in at {
                let inner = frame::frame(self.tree, self.codebook, t);
                // What a light verb lends a noun is the verb's, not the noun's own: in "called for elections" those who
                // call do not hold them.
                let lent = inner.carrier.is_some();
                next.extend(
                    what::slot(self.tree, &inner, step).into_iter().filter(|&k| !lent || self.tree.is_under(k, t)),
                );
            }
            at = next;
        }
        at
    }

    /// The nearest state, body or group named inside what the event is about: "demanded that *Serbia* withdraw",
    /// "rejected an *Australian* ultimatum", "lifted a blockade on *Palestinian* lorries".
    fn inside(&mut self, f: &Frame, p: &Pattern, actor: &[Party]) -> Vec<Party> {
        // A meeting's place is not whom one meets.
        let talks = p.event == Some(EventType::Consult);
        let mut level: Vec<usize> = [f.ccomp, f.xcomp, f.obj, f.iobj].into_iter().flatten().collect();
        if let Some(c) = f.carrier {
            level.extend(self.tree.kids(c).filter(|&k| matches!(self.tree.rel(k), Rel::Ccomp | Rel::Xcomp)));
        }
        level.extend(
            f.preps
                .iter()
                .filter(|(p, k)| p != "by" && !TOPIC.contains(&p.as_str()) && Some(*k) != f.subj)
                .map(|(_, k)| *k),
        );
        if matches!(self.tree.upos(f.at), Upos::Noun) {
            level.extend(f.mods.iter().copied());
        }
        let mut place = None;
        for _ in 0..6 {
            // Subjects of complement clauses first: they are whom the speaker addresses.
            level.sort_by_key(|&t| (self.tree.rel(t) != Rel::Nsubj, t));
            for &t in &level {
                if t == f.at || matches!(self.tree.upos(t), Upos::Verb | Upos::Aux | Upos::Num | Upos::Pron) {
                    continue;
                }
                let kind = who::kind(self.tree, self.mentions, t);
                let self_answer = self.in_aside(t, f.at);
                let found: Vec<Party> = self
                    .tree
                    .conjuncts(t)
                    .into_iter()
                    .flat_map(|c| self.parties(c))
                    .filter(|p| p.country.is_some() || p.group.is_some() || p.ethnicity.is_some())
                    .filter(|r| !own_forces(p, actor, r))
                    // "closed the border in answer to the arrest of its officers": one's own people are why, not whom.
                    .filter(|r| !(self_answer && actor.iter().any(|a| a.country.is_some() && a.country == r.country)))
                    .filter(|p| {
                        !actor.iter().any(|a| {
                            a.span.overlaps(p.span)
                                || (a.country == p.country && a.group == p.group && a.sector == p.sector)
                        })
                    })
                    .collect();
                if found.is_empty() {
                    continue;
                }
                if kind == Kind::Place {
                    if !talks {
                        place = place.or(Some(found));
                    }
                    continue;
                }
                return found;
            }
            level = level
                .iter()
                .flat_map(|&t| self.tree.kids(t).filter(|&k| self.goes_on(t, k)).collect::<Vec<_>>())
                .collect();
            if level.is_empty() {
                break;
            }
        }
        place.unwrap_or_default()
    }

    /// Whether token `t` stands in a phrase that only says when or why `event` came.
    fn in_aside(&self, t: usize, event: usize) -> bool {
        let mut at = t;
        for _ in 0..8 {
            if at == event {
                return false;
            }
            if matches!(self.tree.rel(at), Rel::Obl | Rel::Nmod) && aside(self.tree, at) {
                return true;
            }
            match self.tree.head(at) {
                Some(h) => at = h,
                None => return false,
            }
        }
        false
    }

    /// The only state beside the actor's own that the sentence names: "NATO, which keeps a force in Kosovo, authorised
    /// more troops". Only for events that have another side by their nature.
    fn only_other(&mut self, f: &Frame, p: &Pattern, actor: &[Party]) -> Vec<Party> {
        let two_sided = p.event.is_some_and(|e| {
            matches!(
                e,
                EventType::Mobilize
                    | EventType::Threaten
                    | EventType::Reject
                    | EventType::Request
                    | EventType::Sanction
                    | EventType::Aid
            )
        });
        if !two_sided || actor.is_empty() {
            return Vec::new();
        }
        let own = |t: usize| {
            let at = self.tree.token(t).span;
            actor.iter().any(|a| a.span.contains(at))
        };
        let mut only: Option<(usize, SmolStr)> = None;
        for t in 0..self.tree.len() {
            let Some(c) = self.mentions.country_at(t) else { continue };
            let of_another_clause = matches!(self.tree.rel(t), Rel::Nsubj) && !self.tree.is_under(t, f.at);
            if own(t) || of_another_clause || actor.iter().any(|a| a.country.as_ref() == Some(&c)) {
                continue;
            }
            match &only {
                Some((_, country)) if *country != c => return Vec::new(),
                Some(_) => {}
                None => only = Some((t, c)),
            }
        }
        let Some((t, _)) = only else { return Vec::new() };
        let mut parties = self.parties(t);
        for p in &mut parties {
            p.rule = "parties/only-other-country";
        }
        parties.truncate(1);
        parties
    }

    /// Whether the search for a party goes from `t` to its child `k`.
    fn goes_on(&self, t: usize, k: usize) -> bool {
        let preposition = self.tree.case_of(k);
        // "in the Algerian city of Oran" says where, not whom.
        let where_to =
            |t: usize| self.tree.case_of(t).is_some_and(|p| matches!(p, "in" | "at" | "near" | "around" | "outside"));
        if self.tree.rel(k) == Rel::Amod && where_to(t) {
            return false;
        }
        match self.tree.rel(k) {
            Rel::Acl => self.tree.sub(k) != Sub::Relcl,
            Rel::Nsubj | Rel::Obj | Rel::Iobj | Rel::Xcomp | Rel::Ccomp | Rel::Amod | Rel::Compound | Rel::Appos => {
                true
            }
            Rel::Nmod | Rel::Obl => {
                self.tree.sub(k) != Sub::Unmarked && !preposition.is_some_and(|p| TOPIC.contains(&p) || p == "by")
            }
            _ => false,
        }
    }
}

/// Whether an event is between private people: inmates who talk to their solicitors hold no consultation in the codebook's
/// sense, which asks for a state, a body or a group on one side.
pub(crate) fn is_private(event: EventType, sides: [&[Party]; 2]) -> bool {
    let private = |p: &&Party| {
        let sector = p.sector.as_deref().unwrap_or("CVL");
        matches!(sector, "CVL" | "JUD" | "MED" | "EDU" | "REF" | "AGR" | "SOC" | "JRN") && p.group.is_none()
    };
    let all = || sides.into_iter().flatten();
    event == EventType::Consult
        && all().all(|p| private(&p))
        && all().any(|p| p.sector.as_deref() == Some("CVL") && p.person.is_none())
}

/// Whether `march` tells of one person who walks: a march needs a crowd or a cause.
pub(crate) fn walks_alone(tree: &Tree, f: &Frame) -> bool {
    let Some(who) = f.subj.filter(|&s| tree.upos(s) == Upos::Noun && !tree.feats(s).has(Feats::PLURAL)) else {
        return false;
    };
    let one = tree.kids(who).any(|k| {
        matches!(tree.rel(k), Rel::Det | Rel::Nummod) && matches!(tree.lower(k), "a" | "an" | "one" | "another")
    });
    let crowd = tree.kids(who).any(|k| matches!(tree.rel(k), Rel::Conj) || tree.case_of(k) == Some("of"))
        || matches!(
            tree.lemma(who),
            "crowd" | "group" | "mob" | "throng" | "party" | "union" | "procession" | "column"
        );
    let cause = f.preps.iter().any(|(p, _)| matches!(p.as_str(), "against" | "for" | "over"))
        || f.xcomp.is_some()
        || f.advcl.iter().any(|&c| tree.kids(c).any(|k| tree.rel(k) == Rel::Mark && tree.lower(k) == "to"));
    one && !crowd && !cause
}

/// Whether `r` is what the actor moves, not whom it faces: "Serbia sent its troops into Kosovo".
fn own_forces(p: &Pattern, actor: &[Party], r: &Party) -> bool {
    let moves = p.event.is_some_and(|e| {
        matches!(
            e,
            EventType::Mobilize
                | EventType::Retreat
                | EventType::Agree
                | EventType::Aid
                | EventType::Reject
                | EventType::Threaten
        )
    });
    let armed = r.sector.as_deref().is_some_and(|s| matches!(s, "MIL" | "COP" | "PRM"));
    moves && armed && r.country.is_some() && actor.iter().any(|a| a.country == r.country)
}

/// Whether a path ends in a phrase that says where.
fn is_locative(path: &Path) -> bool {
    match &path[path.len() - 1] {
        Slot::Prep(words) => {
            words.iter().any(|w| matches!(w.as_str(), "in" | "at" | "near" | "around" | "across" | "outside"))
        }
        _ => false,
    }
}

/// Phrases after these say when, why or about what, not whom.
const TOPIC: [&str; 16] = [
    "since",
    "until",
    "during",
    "after",
    "before",
    "despite",
    "amid",
    "because",
    "without",
    "under",
    "according",
    "as",
    "following",
    "via",
    "through",
    "like",
];

/// Sectors whose bodies belong to the country in which they act, unless the text says another.
const OF_THE_COUNTRY: [&str; 20] = [
    "GOV", "MIL", "COP", "JUD", "LEG", "OPP", "PTY", "SPY", "CVL", "REB", "EDU", "LAB", "ELI", "AGR", "MED", "JRN",
    "REL", "SOC", "BUS", "PRE",
];

/// Gives parties that the text places in no country that of the event's place, or the only one that the sentence
/// names: "police arrested 14 people in Bogota". A bare government, army or parliament that deals with a state is
/// hardly that state's own, and stays bare unless the place says more.
pub(crate) fn infer_countries(tree: &Tree, mentions: &Mentions, place: Option<&Place>, sides: [&mut Vec<Party>; 2]) {
    let mut named: Vec<SmolStr> = (0..tree.len()).filter_map(|t| mentions.country_at(t)).collect();
    let of_sides: Vec<SmolStr> = sides.iter().flat_map(|s| s.iter()).filter_map(|p| p.country.clone()).collect();
    named.extend(of_sides.iter().cloned());
    named.sort();
    named.dedup();
    let at_place = place.and_then(|p| p.country.clone());
    let here = at_place.clone().or_else(|| (named.len() == 1).then(|| named[0].clone()));
    let only_a_side = at_place.is_none() && here.as_ref().is_some_and(|h| of_sides.contains(h));
    // "Serb protesters" are of the country of the police they clash with, "Serb villagers" not of that of an ambassador.
    let domestic = sides.iter().flat_map(|s| s.iter()).any(|p| {
        p.country == here && p.sector.as_deref().is_some_and(|s| matches!(s, "COP" | "JUD" | "CVL" | "OPP" | "UAF"))
    });
    let [actor, recipient] = sides;
    if here.is_none() || only_a_side && !domestic {
        for p in actor.iter_mut().chain(recipient.iter_mut()) {
            let people = p.ethnicity.as_ref().and_then(|code| mentions.people(code));
            if p.country.is_none() && p.rule == "who/role" && people.is_some_and(|e| e.bond.is_some()) {
                let private =
                    |s| matches!(s, "CVL" | "OPP" | "EDU" | "MED" | "REL" | "LAB" | "AGR" | "BUS" | "SOC" | "JRN");
                let local = p.sector.as_deref().is_some_and(private);
                p.country = people.and_then(|e| e.bond.clone()).filter(|_| local);
            }
        }
    }
    let Some(here) = here else { return };
    for (side, acts) in [(actor, true), (recipient, false)] {
        for p in side.iter_mut() {
            let bare = p.country.is_none() && p.group.is_none();
            let sector = p.sector.as_deref().unwrap_or("");
            let deals =
                acts && only_a_side && p.ethnicity.is_none() && matches!(sector, "GOV" | "MIL" | "LEG" | "SPY" | "ELI");
            if bare && OF_THE_COUNTRY.contains(&sector) && !deals {
                p.country = Some(here.clone());
                p.rule = "parties/country-of-the-event";
            }
        }
    }
}

fn prep(p: &str) -> Path {
    Box::new([Slot::Prep(Box::new([p.into()]))])
}

/// The slots that are tried where a pattern names none (docs/patterns.md).
static VERB_ACTOR: LazyLock<Vec<Path>> = LazyLock::new(|| vec![Box::new([Slot::Subj])]);
static NOUN_ACTOR: LazyLock<Vec<Path>> =
    LazyLock::new(|| vec![Box::new([Slot::Poss]), Box::new([Slot::Subj]), prep("by"), Box::new([Slot::Mod])]);
static VERB_RECIPIENT: LazyLock<Vec<Path>> = LazyLock::new(|| {
    let mut list: Vec<Path> = vec![Box::new([Slot::Obj]), Box::new([Slot::Iobj])];
    list.extend(["against", "on", "at", "with", "to"].map(prep));
    list
});
static NOUN_RECIPIENT: LazyLock<Vec<Path>> =
    LazyLock::new(|| ["of", "against", "on", "at", "with", "to", "in"].map(prep).to_vec());
static BETWEEN: LazyLock<Vec<Path>> = LazyLock::new(|| ["between", "among", "with", "of"].map(prep).to_vec());
