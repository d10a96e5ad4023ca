//! What a phrase says of its party: country, sector, group, ethnicity, person; composed of its parts.

use forewarn_codebook::actors::{Entry, EntryKind, Form, Office, RoleFlags};
use forewarn_language::{NameKind, Rel, Sub, Upos};
use jiff::civil::Date;
use smol_str::SmolStr;

use super::mentions::{Bond, Mentions, Named, RoleAt};
use super::minority;
use super::{Kind, head, phrase};
use crate::tree::Tree;

/// What was read out of a phrase.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) country: Option<SmolStr>,
    pub(super) sector: Option<SmolStr>,
    pub(super) group: Option<SmolStr>,
    pub(super) ethnicity: Option<SmolStr>,
    pub(super) person: Option<String>,
    pub(super) office: Option<SmolStr>,
    pub(super) kind: Kind,
    pub(super) rule: &'static str,
    /// Whether a woman, a man; none when not said.
    pub(super) female: Option<bool>,
    pub(super) plural: bool,
    /// Whether a name of its own heads it.
    pub(super) named: bool,
}

impl Found {
    fn of(kind: Kind, rule: &'static str) -> Self {
        Self {
            country: None,
            sector: None,
            group: None,
            ethnicity: None,
            person: None,
            office: None,
            kind,
            rule,
            female: None,
            plural: false,
            named: false,
        }
    }
}

/// Whom a phrase's party belongs to.
#[derive(Default)]
struct Owner<'c> {
    country: Option<SmolStr>,
    /// A country only of the place where it is.
    around: Option<SmolStr>,
    ethnic: Option<&'c Entry>,
    organisation: Option<&'c Entry>,
    group: Option<SmolStr>,
    sector: Option<SmolStr>,
}

/// The modifiers of a head.
struct Mods<'c> {
    names: Vec<Named<'c>>,
    roles: Vec<RoleAt<'c>>,
    /// The word "ethnic" stands there.
    ethnic: bool,
    direction: bool,
    former: bool,
}

/// Words that say a group was not known before.
const OBSCURE: [&str; 8] =
    ["unknown", "little", "obscure", "shadowy", "self-styled", "so-called", "unheard-of", "self-proclaimed"];

/// Words of arms in the names of groups.
const ARMED_NAMES: [&str; 22] = [
    "army",
    "brigade",
    "brigades",
    "battalion",
    "battalions",
    "front",
    "legion",
    "movement",
    "resistance",
    "mujahideen",
    "mujahedeen",
    "mujahidin",
    "militia",
    "jihad",
    "squad",
    "squads",
    "commandos",
    "vanguard",
    "martyrs",
    "partisans",
    "avengers",
    "warriors",
];

/// The sectors that bear arms.
pub(super) fn bears_arms(sector: &str) -> bool {
    matches!(sector, "MIL" | "COP" | "UAF" | "REB" | "SPY" | "PRM")
}

/// The armed sectors beside the state.
pub(super) fn is_nonstate(sector: &str) -> bool {
    matches!(sector, "UAF" | "REB" | "PRM" | "CRM")
}

fn kind_of(sector: Option<&str>, person: bool) -> Kind {
    match sector {
        Some(s) if bears_arms(s) => Kind::Armed,
        Some("CVL" | "REF") => Kind::Civil,
        Some("LAB" | "JRN" | "AGR" | "EDU" | "MED" | "OPP" | "SOC" | "REL" | "NGO") if person => Kind::Civil,
        _ if person => Kind::Person,
        _ => Kind::Actor,
    }
}

/// Reads the phrase headed by `head`.
pub(super) fn describe(tree: &Tree, mentions: &Mentions<'_>, head: usize, date: Option<Date>) -> Found {
    Reading { tree, mentions, date }.at(head, 0)
}

struct Reading<'a, 'c> {
    tree: &'a Tree<'a>,
    mentions: &'a Mentions<'c>,
    date: Option<Date>,
}

impl<'c> Reading<'_, 'c> {
    fn at(&self, h: usize, depth: u8) -> Found {
        let (tree, mentions) = (self.tree, self.mentions);
        if phrase::is_pronoun(tree, h) {
            let person = matches!(
                tree.lower(h),
                "he" | "she"
                    | "they"
                    | "we"
                    | "i"
                    | "you"
                    | "him"
                    | "them"
                    | "who"
                    | "whom"
                    | "us"
                    | "himself"
                    | "herself"
                    | "themselves"
                    | "everyone"
                    | "everybody"
                    | "someone"
                    | "nobody"
                    | "anyone"
            );
            return Found::of(if person { Kind::Person } else { Kind::Thing }, "who/pronoun");
        }
        let named = mentions.name(h).filter(|n| n.bond == Bond::Free);
        let role = mentions
            .role(h)
            .filter(|r| named.is_none() && !(r.role.flags.has(RoleFlags::MODIFIER) && tree.upos(h) != Upos::Noun));
        if named.is_none() && role.is_none() {
            if head::is_time(tree, h) {
                return Found::of(Kind::Time, "who/time");
            }
            if head::is_quantity(tree, h) {
                return self.quantity(h, depth);
            }
        }
        let mods = self.mods(h);
        if let Some(found) = self.person(h, named, role, &mods, depth) {
            return found;
        }
        match (named, role) {
            (Some(name), _) => self.named(h, name, &mods, depth),
            (None, Some(role)) => self.role(h, role, &mods, depth),
            (None, None) => self.unknown(h, &mods, depth),
        }
    }

    fn quantity(&self, h: usize, depth: u8) -> Found {
        let of = self
            .tree
            .kids(h)
            .find(|&k| self.tree.rel(k) == Rel::Nmod && matches!(self.tree.case_of(k), Some("of" | "among" | "from")));
        match of {
            Some(of) if depth < 3 => {
                let mut found = self.at(of, depth + 1);
                found.plural = true;
                if found.kind == Kind::Place {
                    // "Thousands in Kyiv", "some of Lebanon": people unsaid.
                    found.kind = Kind::Thing;
                }
                found
            }
            _ => Found::of(Kind::Number, "who/number"),
        }
    }

    fn mods(&self, h: usize) -> Mods<'c> {
        let tree = self.tree;
        let mut mods = Mods { names: Vec::new(), roles: Vec::new(), ethnic: false, direction: false, former: false };
        for t in phrase::core(tree, h) {
            let lower = tree.lower(t);
            let own = self.mentions.name(t).is_some_and(|n| (n.first..n.end).contains(&h));
            if t < h && !own {
                mods.ethnic |= lower == "ethnic";
                mods.direction |= head::is_direction(lower);
            }
            if let Some(n) = self.mentions.name(t)
                && n.first == t
                && !(n.first..n.end).contains(&h)
                && n.bond != Bond::Not
            {
                mods.names.push(n);
            }
            if let Some(r) = self.mentions.role(t)
                && r.first == t
                && !(r.first..r.end).contains(&h)
            {
                let inside = self.mentions.name(t).is_some_and(|n| n.bond == Bond::Free);
                if r.role.flags.has(RoleFlags::FORMER) {
                    mods.former = true;
                } else if !inside {
                    mods.roles.push(r);
                }
            }
        }
        mods
    }

    fn owner(&self, h: usize, mods: &Mods<'c>, depth: u8) -> Owner<'c> {
        let tree = self.tree;
        let mut owner = Owner::default();
        let mut place = None;
        for n in mods.names.iter().rev().filter(|n| n.first < h) {
            let (entry, country) = (n.entry, n.entry.country.clone());
            match entry.kind {
                EntryKind::Country => {
                    if owner.country.is_none() && entry.country.as_ref() != Some(&entry.code) {
                        owner.group = owner.group.or(Some(entry.code.clone()));
                    }
                    owner.country = owner.country.or(country);
                    if let Some(sector) = &n.term.sector {
                        owner.sector = owner.sector.or(Some(sector.clone()));
                    }
                }
                EntryKind::Place => place = place.or(country),
                EntryKind::Ethnic => {}
                EntryKind::Person => {
                    let person = self.mentions.person(n.first, self.date).unwrap_or(entry);
                    place = place.or(person.country.clone());
                    owner.group = owner.group.or(person.bond.clone());
                }
                _ => owner.organisation = owner.organisation.or(Some(entry)),
            }
            // "Macedonian Albanian politicians": the state's name stands before that of the people.
            if entry.kind == EntryKind::Country
                && owner.ethnic.is_some_and(|e| e.bond.is_some() && e.bond == owner.country)
                && entry.country != owner.country
            {
                owner.country.clone_from(&entry.country);
            }
            if let Some(ethnic) = self.mentions.ethnic(n.first)
                && owner.ethnic.is_none()
            {
                owner.ethnic = Some(ethnic);
            }
        }
        owner.country = owner.country.or_else(|| owner.organisation.and_then(|o| o.country.clone())).or(place);
        if depth >= 3 {
            return owner;
        }
        for k in tree.kids(h) {
            if tree.rel(k) != Rel::Nmod && !(tree.rel(k) == Rel::Obl && tree.upos(h) == Upos::Propn) {
                continue;
            }
            let case = if tree.sub(k) == Sub::Poss { "of" } else { tree.case_of(k).unwrap_or("") };
            match case {
                "of" | "from" | "for" => {
                    let found = self.at(k, depth + 1);
                    if matches!(found.kind, Kind::Thing | Kind::Time | Kind::Number) && found.country.is_none() {
                        continue;
                    }
                    // "Uzbek residents of Osh": the place says whose they are.
                    if found.kind == Kind::Place
                        && found.country.is_some()
                        && owner.ethnic.is_some_and(|e| e.bond.is_some() && e.bond == owner.country)
                    {
                        owner.country.clone_from(&found.country);
                    }
                    owner.country = owner.country.or(found.country);
                    if case != "for" {
                        owner.group = owner.group.or(found.group);
                        if found.kind != Kind::Place {
                            owner.sector = owner.sector.or(found.sector);
                        }
                    }
                    if let Some(code) = &found.ethnicity {
                        owner.ethnic = owner.ethnic.or_else(|| self.mentions.actors.by_code(code));
                    }
                }
                "in" | "at" | "near" | "on" | "within" | "inside" | "across" | "outside" | "around" | "throughout" => {
                    owner.around = owner.around.or_else(|| self.at(k, depth + 1).country);
                }
                _ => {}
            }
        }
        // "a terror group based in Trinidad", "refugees from the war".
        for k in tree.kids(h).filter(|&k| {
            tree.rel(k) == Rel::Acl && matches!(tree.lemma(k), "base" | "station" | "live" | "locate" | "hold")
        }) {
            for place in tree.kids(k).filter(|&p| matches!(tree.case_of(p), Some("in" | "at" | "near"))) {
                owner.around = owner.around.or_else(|| self.at(place, depth + 1).country);
            }
        }
        for k in tree.kids(h).filter(|&k| tree.rel(k) == Rel::Appos && !phrase::touches(tree, h, k)) {
            let found = self.at(k, depth + 1);
            if found.kind.is_actor() {
                owner.country = owner.country.or(found.country);
                owner.group = owner.group.or(found.group);
            } else if found.kind == Kind::Place {
                owner.around = owner.around.or(found.country);
            }
        }
        owner
    }

    /// A person named by the head or behind a title.
    fn person(
        &self,
        h: usize,
        named: Option<Named<'c>>,
        role: Option<RoleAt<'c>>,
        mods: &Mods<'c>,
        depth: u8,
    ) -> Option<Found> {
        let tree = self.tree;
        let known = named.filter(|n| n.entry.kind == EntryKind::Person).or_else(|| {
            let behind = mods.names.iter().rev().find(|n| n.entry.kind == EntryKind::Person)?;
            // "Putin spokesman" is not Putin; "President Putin", read either way round, is.
            (named.is_none() && (behind.first > h || role.is_none() && tree.upos(h) == Upos::Propn)).then_some(*behind)
        });
        let title = role
            .into_iter()
            .chain(mods.roles.iter().rev().copied())
            .find(|r| r.role.flags.has(RoleFlags::PERSON | RoleFlags::TITLE) && !r.role.flags.has(RoleFlags::MODIFIER));
        let spelt = if known.is_none() { self.spelt_person(h, named, role, title)? } else { (0, 0) };
        let owner = self.owner(h, mods, depth);
        let mut found = Found::of(Kind::Person, "who/person");
        found.named = true;
        let titled = title.map(|t| Self::role_sector(t, mods, &owner)).and_then(|s| s.0);
        if let Some(name) = known {
            let entry = self.mentions.person(name.first, self.date).unwrap_or(name.entry);
            let office = self.office(entry, title);
            let past = entry.offices.iter().all(|o| o.dates.over()) && office.is_none();
            found.country.clone_from(&entry.country);
            found.group.clone_from(&entry.bond);
            found.sector = if mods.former {
                Some(SmolStr::new_static("ELI"))
            } else if titled.is_some() {
                titled
            } else if let Some(office) = office {
                Some(office.sector.clone())
            } else if past {
                Some(SmolStr::new_static("ELI"))
            } else {
                entry.offices.last().map(|o| o.sector.clone())
            };
            found.office = match office {
                _ if mods.former => None,
                Some(office) => Some(office.title.clone()),
                None => title.and_then(|t| self.said_office(t)),
            };
            found.female = Some(entry.female);
            let full = name.end - name.first > 1;
            found.person = Some(if full { self.words(name.first, name.end) } else { entry.name.to_string() });
            found.rule = "who/known-person";
        } else {
            let (first, end) = spelt;
            found.person = Some(self.words(first, end));
            found.sector = if mods.former { Some(SmolStr::new_static("ELI")) } else { titled };
            found.office = title.filter(|_| !mods.former).and_then(|t| self.said_office(t));
            found.country = owner.country.clone().or_else(|| owner.around.clone());
            found.group = owner.group.clone().or_else(|| owner.organisation.map(|o| o.code.clone()));
            if found.sector.is_none() || found.country.is_none() {
                self.add_apposition(h, &mut found, depth);
            }
            found.female = self.gender(h, title);
        }
        found.kind = match found.sector.as_deref() {
            Some(s) if bears_arms(s) => Kind::Armed,
            _ => Kind::Person,
        };
        Some(found)
    }

    /// The office that a known person held on the date, or holds; of several, the one that the text names.
    fn office(&self, entry: &'c Entry, title: Option<RoleAt<'c>>) -> Option<&'c Office> {
        let said = title.map(|t| self.words(t.first, t.end).to_lowercase());
        let named = |o: &&Office| said.as_ref().is_some_and(|s| o.title == *s || o.title.ends_with(&format!(" {s}")));
        let held = entry.offices.iter().filter(|o| o.holds(self.date));
        // A prime minister who leads his party acts as prime minister.
        let first = held.clone().min_by_key(|o| o.sector == "PTY");
        held.clone().find(named).or(first).or_else(|| match self.date {
            None => entry.offices.first(),
            Some(_) => None,
        })
    }

    /// The office that the text gives ("foreign minister").
    fn said_office(&self, title: RoleAt<'c>) -> Option<SmolStr> {
        let office = title.role.flags.has(RoleFlags::TITLE);
        office.then(|| SmolStr::new(self.words(title.first, title.end).to_lowercase()))
    }

    /// The tokens of a person's name that the lexicon does not know.
    fn spelt_person(
        &self,
        h: usize,
        named: Option<Named<'c>>,
        role: Option<RoleAt<'c>>,
        title: Option<RoleAt<'c>>,
    ) -> Option<(usize, usize)> {
        let tree = self.tree;
        if named.is_some() {
            return None;
        }
        let core = phrase::core(tree, h);
        let spans = tree.sentence.names.iter().filter(|n| n.kind == NameKind::Person);
        for n in spans {
            let (first, end) = (n.first as usize, n.end as usize);
            let heads = (first..end).contains(&h);
            let behind = role.is_some() && first > h && core.contains(&first);
            if heads || behind {
                // Titles that the tagger drew into the name stay outside.
                let start = (first..end).find(|&t| self.mentions.role(t).is_none()).unwrap_or(first);
                if heads && self.mentions.role(h).is_some() && start > h {
                    return Some((start, end));
                }
                return (start < end).then_some((start, end));
            }
        }
        // "Minister Juan Carlos Jobet" without the tagger's help.
        let title = title?;
        if !title.role.flags.has(RoleFlags::TITLE | RoleFlags::PERSON) || title.plural {
            return None;
        }
        let other = tree
            .sentence
            .names
            .iter()
            .any(|n| n.kind == NameKind::Organisation && (n.first as usize..n.end as usize).contains(&h));
        if other {
            return None;
        }
        let start = title.end;
        let proper = |t: usize| tree.upos(t) == Upos::Propn && core.contains(&t) && self.mentions.name(t).is_none();
        let mut end = start;
        while end < tree.len() && proper(end) {
            end += 1;
        }
        (end > start && (title.first..end).contains(&h)).then_some((start, end))
    }

    /// "Lavrov, the Russian foreign minister".
    fn add_apposition(&self, h: usize, found: &mut Found, depth: u8) {
        if depth >= 2 {
            return;
        }
        let tree = self.tree;
        for k in tree.kids(h).filter(|&k| tree.rel(k) == Rel::Appos) {
            let said = self.at(k, depth + 2);
            if !said.kind.is_actor() || said.person.is_some() && found.person.is_some() {
                continue;
            }
            found.country = found.country.take().or(said.country);
            found.sector = found.sector.take().or(said.sector);
            found.group = found.group.take().or(said.group);
            found.ethnicity = found.ethnicity.take().or(said.ethnicity);
            found.person = found.person.take().or(said.person);
            found.office = found.office.take().or(said.office);
        }
    }

    fn gender(&self, h: usize, title: Option<RoleAt<'c>>) -> Option<bool> {
        let flags = title.map_or(RoleFlags::default(), |t| t.role.flags);
        if flags.has(RoleFlags::FEMALE) {
            return Some(true);
        }
        if flags.has(RoleFlags::MALE) {
            return Some(false);
        }
        phrase::core(self.tree, h).into_iter().find_map(|t| match self.tree.lower(t).trim_end_matches('.') {
            "mr" | "sir" | "lord" => Some(false),
            "mrs" | "ms" | "miss" | "dame" | "lady" => Some(true),
            _ => None,
        })
    }

    fn words(&self, first: usize, end: usize) -> String {
        let start = self.tree.token(first).span.start;
        let stop = self.tree.token(end - 1).span.end;
        self.tree.text[start as usize..stop as usize].to_owned()
    }

    /// A phrase headed by a name that is not a person's.
    fn named(&self, h: usize, name: Named<'c>, mods: &Mods<'c>, depth: u8) -> Found {
        let entry = name.entry;
        match entry.kind {
            EntryKind::Country => self.country(h, name, mods, depth),
            EntryKind::Ethnic => self.people(h, name, mods, depth),
            EntryKind::Place => {
                let mut found = Found::of(Kind::Place, "who/place");
                // "the Syrian Golan Heights": the text's own word comes first.
                let said = mods.names.iter().rev().find(|n| n.entry.kind == EntryKind::Country && n.first < h);
                found.country.clone_from(said.map_or(&entry.country, |n| &n.entry.country));
                found.named = true;
                found
            }
            EntryKind::Person => Found::of(Kind::Person, "who/person"),
            _ => {
                let rule = if entry.kind == EntryKind::Media { "who/medium" } else { "who/organisation" };
                let mut found = Found::of(Kind::Actor, rule);
                found.named = true;
                found.group = Some(entry.code.clone());
                found.sector = name.term.sector.clone().or_else(|| entry.sector.clone());
                found.country.clone_from(&entry.country);
                if entry.kind == EntryKind::Group && found.country.is_none() {
                    // "al-Qaeda in Iraq", "Islamic State in Libya": the country the phrase gives.
                    let owner = self.owner(h, mods, depth);
                    found.country = owner.country.or(owner.around);
                }
                if entry.kind == EntryKind::Force
                    && found.country.is_some()
                    && let Some(country) = self.owner(h, mods, depth).country
                    && found.country.as_ref() != Some(&country)
                {
                    // "Serbia's National Security Council": another state's body of that name.
                    found.country = Some(country);
                    found.group = None;
                    found.rule = "who/role";
                }
                found.kind = kind_of(found.sector.as_deref(), false);
                found
            }
        }
    }

    fn country(&self, h: usize, name: Named<'c>, mods: &Mods<'c>, depth: u8) -> Found {
        let tree = self.tree;
        match name.term.form {
            Form::People => return self.people(h, name, mods, depth),
            Form::Adjective => {
                let definite = tree.kids(h).any(|k| tree.lower(k) == "the");
                if definite || tree.kids(h).any(|k| tree.rel(k) == Rel::Det || tree.rel(k) == Rel::Nummod) {
                    return self.people(h, name, mods, depth);
                }
                let mut found = Found::of(Kind::Actor, "who/adjective");
                found.country.clone_from(&name.entry.country);
                found.sector.clone_from(&name.entry.sector);
                return found;
            }
            _ => {}
        }
        let seat = name.term.form == Form::Seat;
        let place = !seat && (phrase::is_locative(tree, h) || mods.direction || name.term.form == Form::Place);
        let mut found = if place {
            Found::of(Kind::Place, "who/place")
        } else {
            Found::of(Kind::Actor, if seat { "who/seat" } else { "who/country" })
        };
        found.named = true;
        found.country.clone_from(&name.entry.country);
        // "Chile's Defense Department", "the Russian White House": whose it is stands before it.
        if seat
            && let Some(country) = self.owner(h, mods, depth).country
            && found.country.as_ref() != Some(&country)
        {
            found.country = Some(country);
            found.sector.clone_from(&name.term.sector);
            found.sector = found.sector.or_else(|| name.entry.sector.clone());
            return found;
        }
        // A territory that lies in another state keeps a code of its own beside that state's.
        found.group = (name.entry.country.as_ref() != Some(&name.entry.code)).then(|| name.entry.code.clone());
        if !place {
            found.sector = name.term.sector.clone().or_else(|| name.entry.sector.clone());
        }
        if found.sector.as_deref().is_some_and(bears_arms) {
            found.kind = Kind::Armed;
        }
        found
    }

    /// "the Russians", "30 heavily armed Serbs", "Kosovo Albanians".
    fn people(&self, h: usize, name: Named<'c>, mods: &Mods<'c>, depth: u8) -> Found {
        let tree = self.tree;
        let owner = self.owner(h, mods, depth);
        let mut found = Found::of(Kind::Civil, "who/people");
        found.plural = name.term.plural || phrase::is_plural(tree, h);
        let ethnic = self.mentions.ethnic(h);
        let own = (name.entry.kind == EntryKind::Country).then(|| name.entry.code.clone());
        let other = owner.country.clone().or_else(|| owner.around.clone()).filter(|c| own.as_ref() != Some(c));
        let armed = Self::armed_modifier(mods);
        found.sector.clone_from(&armed);
        match own {
            // "ethnic Albanians", "Kosovo Albanians", "armed Albanians": of that people, not of that state.
            Some(own)
                if mods.ethnic
                    || owner.country.as_ref().is_some_and(|c| *c != own)
                    || armed.is_some() && ethnic.is_some() =>
            {
                found.ethnicity = Some(ethnic.map_or_else(|| SmolStr::new(own.to_lowercase()), |e| e.code.clone()));
                found.country = other;
            }
            Some(own) => found.country = Some(own),
            None => {
                found.ethnicity = Some(name.entry.code.clone());
                found.country = other.or_else(|| name.entry.country.clone());
            }
        }
        if found.sector.is_none() {
            let counted = tree.kids(h).any(|k| {
                matches!(tree.rel(k), Rel::Nummod | Rel::Amod | Rel::Nmod)
                    || tree.rel(k) == Rel::Det && tree.lower(k) != "the"
            });
            let definite = tree.kids(h).any(|k| tree.rel(k) == Rel::Det && tree.lower(k) == "the");
            let state = name.entry.kind == EntryKind::Country && definite && !counted && found.ethnicity.is_none();
            let role = mods.roles.iter().rev().find_map(|r| r.role.sector.clone());
            found.sector = role.or_else(|| Some(SmolStr::new_static(if state { "GOV" } else { "CVL" })));
            if state {
                found.kind = Kind::Actor;
            }
        }
        if armed.is_some() {
            found.kind = Kind::Armed;
            found.rule = "who/armed-people";
        }
        found
    }

    fn armed_modifier(mods: &Mods<'c>) -> Option<SmolStr> {
        mods.roles
            .iter()
            .rev()
            .find(|r| r.role.flags.has(RoleFlags::ARMED) && r.role.sector.as_deref().is_some_and(is_nonstate))
            .and_then(|r| r.role.sector.clone())
    }

    /// The sector that a role has among its modifiers and owners, and whether it is an organisation's.
    fn role_sector(role: RoleAt<'c>, mods: &Mods<'c>, owner: &Owner<'c>) -> (Option<SmolStr>, bool) {
        let flags = role.role.flags;
        let own = role.role.sector.clone();
        let before = mods.roles.iter().rev().filter(|r| r.first < role.first);
        let modifier =
            before.clone().find_map(|r| r.role.sector.clone().filter(|_| !r.role.flags.has(RoleFlags::PLACE)));
        let organisation = owner.organisation.and_then(|o| o.sector.clone().map(|s| (o.kind, s)));
        let title = flags.has(RoleFlags::TITLE);
        let gov = |s: &SmolStr| s == "GOV";
        if flags.has(RoleFlags::CARRIER) {
            if let Some((EntryKind::Group | EntryKind::Force, s)) = &organisation {
                return (Some(s.clone()), true);
            }
            if let Some(s) = modifier {
                return (Some(s), false);
            }
            if let Some((_, s)) = organisation {
                // NATO forces are soldiers, not NATO's office.
                let s = if own.as_deref() == Some("MIL") { own.unwrap_or(s) } else { s };
                return (Some(s), true);
            }
            let of = owner.sector.clone().filter(|s| !gov(s) || own.is_none());
            let led = (title && owner.country.is_some()).then(|| SmolStr::new_static("GOV"));
            return (of.or(own).or(led), false);
        }
        if flags.has(RoleFlags::WEAK)
            && let Some(s) = modifier
        {
            return (Some(s), false);
        }
        if own.as_deref() == Some("CVL")
            && let Some(s) = Self::armed_modifier(mods)
        {
            return (Some(s), false);
        }
        match organisation {
            Some((EntryKind::Group, s)) if own.as_deref().is_none_or(|o| bears_arms(o) || title) => {
                return (Some(s), true);
            }
            Some((EntryKind::Force, s)) if own.as_deref().is_none_or(bears_arms) && !gov(&s) => return (Some(s), true),
            Some((kind, s)) if title && kind != EntryKind::Country && own.as_deref().is_some_and(|o| o == "GOV") => {
                return (Some(s), true);
            }
            _ => {}
        }
        if title
            && own.as_deref() == Some("GOV")
            && let Some(s) = owner.sector.clone().filter(|s| !gov(s) && !is_nonstate(s))
        {
            return (Some(s), false);
        }
        (own, false)
    }

    /// A phrase headed by a role noun.
    fn role(&self, h: usize, role: RoleAt<'c>, mods: &Mods<'c>, depth: u8) -> Found {
        let tree = self.tree;
        let flags = role.role.flags;
        if flags.has(RoleFlags::THING) {
            return Found::of(Kind::Thing, "who/thing");
        }
        let owner = self.owner(h, mods, depth);
        if flags.has(RoleFlags::PLACE) {
            let mut found = Found::of(Kind::Place, "who/place");
            let inner = mods.names.iter().find(|n| n.first > h).and_then(|n| n.entry.country.clone());
            found.country = inner.or(owner.country).or(owner.around);
            return found;
        }
        let (mut sector, _) = Self::role_sector(role, mods, &owner);
        let person = flags.has(RoleFlags::PERSON);
        if mods.former
            && person
            && sector.as_deref().is_some_and(|s| matches!(s, "GOV" | "LEG" | "MIL" | "JUD" | "SPY" | "PTY" | "COP"))
        {
            sector = Some(SmolStr::new_static("ELI"));
        }
        let mut found = Found::of(Kind::Actor, "who/role");
        found.plural = role.plural || phrase::is_plural(tree, h);
        found.female = self.gender(h, Some(role));
        found.group = owner.group.clone().or_else(|| owner.organisation.map(|o| o.code.clone()));
        let nonstate = sector.as_deref().is_some_and(is_nonstate);
        let around = owner.around.clone();
        let explicit = owner.country.clone();
        match owner.ethnic {
            Some(e) if nonstate || mods.ethnic => {
                found.ethnicity = Some(e.code.clone());
                // The country of "Albanian" is not that of the rebels; another one beside it is.
                let named = explicit.filter(|c| e.bond.as_ref() != Some(c));
                found.country = named.or_else(|| e.country.clone());
                if found.country.is_none() && !nonstate {
                    found.country = around;
                }
            }
            Some(e) => {
                let of = minority::Role { sector: sector.as_deref(), person, lemma: tree.lemma(h), explicit, around };
                (found.country, found.ethnicity) = minority::country_of(of, e);
            }
            // "ethnic Russian protesters": of that people, not of that state.
            None if mods.ethnic && owner.organisation.is_none() => {
                found.ethnicity = explicit.map(|c| SmolStr::new(c.to_lowercase()));
                found.country = around;
            }
            None => found.country = explicit.or(around),
        }
        if flags.has(RoleFlags::EQUIPMENT) {
            let owned = found.country.is_some() && (owner.country.is_some() || owner.organisation.is_some())
                || found.group.is_some();
            if !owned {
                return Found::of(Kind::Thing, "who/thing");
            }
            found.sector = Some(SmolStr::new_static("MIL"));
            found.kind = Kind::Armed;
            found.rule = "who/equipment";
            return found;
        }
        found.sector = sector;
        if let Some(sector) = self.unknown_group(h, &owner) {
            found.sector = Some(sector);
            found.kind = Kind::Armed;
            found.rule = "who/unknown-organisation";
            found.named = true;
            return found;
        }
        found.kind = kind_of(found.sector.as_deref(), person);
        if person {
            for k in tree.kids(h).filter(|&k| tree.rel(k) == Rel::Appos && !phrase::touches(tree, h, k)) {
                if depth < 2 {
                    let said = self.at(k, depth + 2);
                    if said.person.is_some() && !found.plural {
                        found.person = said.person;
                        found.office = said.office;
                        found.country = found.country.take().or(said.country);
                        found.female = found.female.or(said.female);
                    }
                }
            }
        }
        if role.role.sector.as_deref() == Some("JRN") && !person {
            found.rule = "who/medium";
        }
        found
    }

    /// The sector of a name with a word of arms that no dictionary knows: "the previously unknown Army of Mosul",
    /// "the Brigades of the Desert Lion"; none for a state's own ("the Army of Serbia", "the Iraqi Army").
    fn unknown_group(&self, h: usize, owner: &Owner<'c>) -> Option<SmolStr> {
        let tree = self.tree;
        let name = tree.form(h).starts_with(char::is_uppercase) && tree.upos(h) == Upos::Propn;
        if !name || owner.organisation.is_some() {
            return None;
        }
        let core = phrase::core(tree, h);
        let has = |words: &[&str]| core.iter().any(|&t| words.contains(&tree.lower(t)));
        let governor = tree.head(h);
        let of_group = governor.is_some_and(|g| {
            let group =
                |t: usize| matches!(tree.lemma(t), "group" | "organisation" | "organization" | "militia" | "outfit");
            let calls = tree.rel(h) == Rel::Xcomp && matches!(tree.lemma(g), "call" | "name" | "dub" | "style");
            let little = |t: usize| {
                phrase::core(tree, t).iter().any(|&k| OBSCURE.contains(&tree.lower(k)))
                    || self.mentions.role(t).is_some_and(|r| r.role.flags.has(RoleFlags::ARMED))
            };
            tree.rel(h) == Rel::Appos && group(g) && little(g) || calls && tree.head(g).is_some_and(group)
        });
        let armed = ARMED_NAMES.contains(&tree.lower(h)) || has(&ARMED_NAMES);
        if of_group || armed && has(&OBSCURE) {
            return Some(SmolStr::new_static("UAF"));
        }
        let of_state = owner.country.is_some() && owner.group.is_none();
        if has(&["liberation", "mujahideen", "mujahedeen", "mujahidin"]) && armed {
            return Some(SmolStr::new_static("REB"));
        }
        (!of_state && matches!(tree.lower(h), "brigades" | "battalions" | "mujahideen" | "martyrs"))
            .then(|| SmolStr::new_static("UAF"))
    }

    /// A phrase whose head neither the names nor the roles know.
    fn unknown(&self, h: usize, mods: &Mods<'c>, depth: u8) -> Found {
        let tree = self.tree;
        let name = tree.sentence.names.iter().find(|n| (n.first as usize..n.end as usize).contains(&h));
        let proper = tree.upos(h) == Upos::Propn;
        let mut found = match name.map(|n| n.kind) {
            Some(NameKind::Location) if proper => {
                let mut found = Found::of(Kind::Place, "who/place");
                let owner = self.owner(h, mods, depth);
                found.country = owner.country.or(owner.around);
                found.named = true;
                return found;
            }
            Some(NameKind::Organisation) => Found::of(Kind::Actor, "who/unknown-organisation"),
            _ if proper && phrase::is_locative(tree, h) => return Found::of(Kind::Place, "who/place"),
            _ if proper => Found::of(Kind::Actor, "who/unknown-name"),
            _ if head::looks_like_people(tree, h) => {
                let mut found = Found::of(Kind::Civil, "who/unknown-people");
                found.sector = Self::armed_modifier(mods).or_else(|| Some(SmolStr::new_static("CVL")));
                found.kind = kind_of(found.sector.as_deref(), true);
                found.plural = phrase::is_plural(tree, h);
                found
            }
            _ => return Found::of(Kind::Thing, "who/thing"),
        };
        found.named = name.is_some() || proper;
        let owner = self.owner(h, mods, depth);
        found.group = owner.organisation.map(|o| o.code.clone());
        if found.kind == Kind::Actor && found.group.is_some() {
            found.sector = owner.organisation.and_then(|o| o.sector.clone());
        }
        let owner_of_name = Owner { country: owner.country.clone(), ..Owner::default() };
        found.country = owner.country.or(owner.around);
        if let Some(sector) = self.unknown_group(h, &owner_of_name) {
            found.sector = Some(sector);
            found.kind = Kind::Armed;
        }
        if found.sector.is_none() {
            found.sector = mods.roles.iter().rev().find_map(|r| r.role.sector.clone());
        }
        if found.named {
            self.add_apposition(h, &mut found, depth);
        }
        found
    }
}
