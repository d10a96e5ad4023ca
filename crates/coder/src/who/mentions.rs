//! The lexicon's names and role nouns in one sentence.

use forewarn_codebook::actors::{Actors, Entry, EntryKind, Form, NameMatch, Role, RoleMatch, Term};
use forewarn_language::{NameKind, Rel, Upos};
use jiff::civil::Date;
use smol_str::SmolStr;
use std::cell::Cell;

use super::Kind;
use crate::tree::Tree;

/// How a name is bound into a hyphened word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bond {
    /// It stands free.
    Free,
    /// "U.S.-led", "Somalia-based": the country is the whole's.
    Of,
    /// "Moscow-backed", "anti-Russian", "Israeli-occupied": it is not.
    Not,
}

const OF: [&str; 9] = ["led", "based", "born", "flagged", "registered", "owned", "run", "wide", "dominated"];

/// The names and role nouns of one sentence.
#[derive(Debug)]
pub struct Mentions<'c> {
    pub(super) actors: &'c Actors,
    pub(super) names: Vec<(NameMatch, Bond)>,
    roles: Vec<RoleMatch>,
    /// For each token the name covering it, plus one.
    name_at: Vec<u16>,
    /// For each token the role covering it, plus one.
    role_at: Vec<u16>,
    /// What each token's phrase can be, once asked: patterns ask again and again.
    kinds: Vec<Cell<Option<Kind>>>,
}

impl<'c> Mentions<'c> {
    pub(super) fn new(actors: &'c Actors, tree: &Tree) -> Self {
        let n = tree.len();
        let folded = actors.fold((0..n).map(|i| tree.form(i)));
        let mut names: Vec<(NameMatch, Bond)> = Vec::new();
        for mut found in actors.names(&folded) {
            if !fits(actors, tree, &mut found) {
                continue;
            }
            let bond = bond(tree, &found);
            names.push((found, bond));
        }
        let roles = actors.roles(&folded);
        let (mut name_at, mut role_at) = (vec![0u16; n], vec![0u16; n]);
        for (i, (m, _)) in names.iter().enumerate() {
            name_at[m.first as usize..m.end as usize].fill(i as u16 + 1);
        }
        for (i, m) in roles.iter().enumerate() {
            role_at[m.first as usize..m.end as usize].fill(i as u16 + 1);
        }
        Self { actors, names, roles, name_at, role_at, kinds: vec![Cell::new(None); n] }
    }

    /// Takes away the `i`th name.
    pub(super) fn drop_name(&mut self, i: usize) {
        let (first, end) = (self.names[i].0.first as usize, self.names[i].0.end as usize);
        self.name_at[first..end].fill(0);
        self.names[i].0.terms.clear();
    }

    /// Lets the `i`th name begin at token `first` and end before `end`.
    pub(super) fn widen_name(&mut self, i: usize, first: usize, end: usize) {
        self.names[i].0.first = first as u16;
        self.names[i].0.end = end as u16;
        self.name_at[first..end].fill(i as u16 + 1);
    }

    /// What the phrase headed by `t` can be, found once with `find`.
    pub(super) fn kind(&self, t: usize, find: impl FnOnce() -> Kind) -> Kind {
        let Some(cell) = self.kinds.get(t) else { return find() };
        if let Some(kind) = cell.get() {
            return kind;
        }
        let kind = find();
        cell.set(Some(kind));
        kind
    }

    /// Whether token `t` belongs to the name of a country or its capital or seat.
    pub fn is_country(&self, t: usize) -> bool {
        self.name(t).is_some_and(|n| {
            n.entry.kind == EntryKind::Country && matches!(n.term.form, Form::Name | Form::Capital | Form::Seat)
        })
    }

    /// The country (ISO3) that the name at token `t` belongs to: a country's, a place's or an adjective's.
    pub fn country_at(&self, t: usize) -> Option<SmolStr> {
        self.name(t).and_then(|n| match n.entry.kind {
            EntryKind::Country | EntryKind::Place => n.entry.country.clone(),
            _ => None,
        })
    }

    /// Whether token `t` belongs to the name of a news medium.
    pub fn is_medium(&self, t: usize) -> bool {
        self.name(t).is_some_and(|n| n.entry.kind == EntryKind::Media)
    }

    /// The first and one past the last token of the name at token `t`.
    pub fn name_range(&self, t: usize) -> Option<(usize, usize)> {
        self.name(t).map(|n| (n.first, n.end))
    }

    /// What the lexicon says the name at token `t` is.
    pub(crate) fn lexicon(&self, t: usize) -> Option<Known<'c>> {
        self.name(t).map(|n| Known { first: n.first, end: n.end, form: n.term.form, entry: n.entry })
    }

    /// The name that covers token `t`.
    pub(super) fn name(&self, t: usize) -> Option<Named<'c>> {
        let at = (*self.name_at.get(t)?).checked_sub(1)?;
        let (m, bond) = &self.names[at as usize];
        // A word for a people that is also a state's adjective is the state's first ("Albanian").
        let state = m.terms.iter().find(|&&t| self.actors.entry_of(t).kind != EntryKind::Ethnic);
        let term = &self.actors.terms[*state.unwrap_or(&m.terms[0]) as usize];
        Some(Named {
            first: m.first as usize,
            end: m.end as usize,
            bond: *bond,
            term,
            entry: &self.actors.entries[term.entry as usize],
        })
    }

    /// The people of this code.
    pub(crate) fn people(&self, code: &str) -> Option<&'c Entry> {
        self.actors.by_code(code).filter(|e| e.kind == EntryKind::Ethnic)
    }

    /// The ethnic group that the word at `t` names, perhaps beside a state.
    pub(super) fn ethnic(&self, t: usize) -> Option<&'c Entry> {
        let at = (*self.name_at.get(t)?).checked_sub(1)?;
        self.names[at as usize].0.terms.iter().map(|&t| self.actors.entry_of(t)).find(|e| e.kind == EntryKind::Ethnic)
    }

    /// The person that the name at `t` names on `date`, where several bear it.
    pub(super) fn person(&self, t: usize, date: Option<Date>) -> Option<&'c Entry> {
        let at = (*self.name_at.get(t)?).checked_sub(1)?;
        let terms = &self.names[at as usize].0.terms;
        let people = terms.iter().map(|&t| self.actors.entry_of(t));
        let bearers = people.filter(|e| e.kind == EntryKind::Person);
        if terms.len() == 1 {
            return bearers.into_iter().next();
        }
        bearers
            .enumerate()
            .min_by_key(|(i, e)| {
                let holds = e.offices.iter().any(|o| o.holds(date));
                // "South Korean President Kim" is not the northern one.
                let here = e.country.as_ref().is_some_and(|c| {
                    self.names.iter().any(|(m, _)| {
                        m.terms.len() == 1 && self.actors.entry_of(m.terms[0]).country.as_ref() == Some(c)
                    })
                });
                // Of two in office the higher is meant: "Aoun" in 2017 is the president, not the general.
                let held: Vec<_> = e.offices.iter().filter(|o| o.holds(date)).collect();
                let height = held.iter().map(|o| height(&o.title)).min().unwrap_or(u8::MAX);
                let among: Vec<_> = if held.is_empty() { e.offices.iter().collect() } else { held };
                let latest = among.iter().filter_map(|o| o.dates.from).max();
                (!(holds && here), !holds, !here, height, latest.map_or(i32::MAX, |d| -i32::from(d.year())), *i)
            })
            .map(|(_, e)| e)
    }

    /// What the name at `t` names on `date`.
    pub(super) fn entry(&self, t: usize, date: Option<Date>) -> Option<&'c Entry> {
        let entry = self.name(t)?.entry;
        if entry.kind == EntryKind::Person { self.person(t, date).or(Some(entry)) } else { Some(entry) }
    }

    /// The role noun or modifier that covers token `t`.
    pub(super) fn role(&self, t: usize) -> Option<RoleAt<'c>> {
        let at = (*self.role_at.get(t)?).checked_sub(1)?;
        let m = self.roles[at as usize];
        Some(RoleAt {
            first: m.first as usize,
            end: m.end as usize,
            plural: m.plural,
            role: &self.actors.roles[m.role as usize],
        })
    }
}

/// How high an office stands where only a surname says who is meant.
fn height(title: &str) -> u8 {
    let heads =
        ["president", "prime minister", "chancellor", "king", "queen", "emir", "sultan", "supreme leader", "pope"];
    let word = title.rsplit(' ').next().unwrap_or(title);
    match title {
        _ if heads.contains(&title) => 0,
        _ if word == "minister" || title.starts_with("secretary of") || title.starts_with("minister") => 1,
        _ => 2,
    }
}

/// A name in a sentence, for other readers than this module.
pub(crate) struct Known<'c> {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) form: Form,
    pub(crate) entry: &'c Entry,
}

/// A name in a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'c> {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) bond: Bond,
    pub(super) term: &'c Term,
    pub(super) entry: &'c Entry,
}

/// A role noun in a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct RoleAt<'c> {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) plural: bool,
    pub(super) role: &'c Role,
}

/// Whether the words around allow the match: no country inside a person's name, no surname of somebody else.
fn fits(actors: &Actors, tree: &Tree, found: &mut NameMatch) -> bool {
    let (first, end) = (found.first as usize, found.end as usize);
    let last = end - 1;
    let single = end - first == 1;
    // "US$42.9 billion" is money.
    let money = |t: usize| t < tree.len() && tree.form(t).contains('$');
    if (first..end).any(money) || (money(end) && tree.token(end).span.start == tree.token(last).span.end) {
        return false;
    }
    // A title-cased word that the tagger takes for a verb or an adverb is no name ("Turkey" never is one; "Polish" may be).
    if single && matches!(tree.upos(first), Upos::Aux | Upos::Adv | Upos::Det | Upos::Pron | Upos::Sconj | Upos::Cconj)
    {
        let form = tree.form(first);
        if !form.bytes().any(|b| b.is_ascii_uppercase()) || form.len() > 5 {
            return false;
        }
    }
    // A surname inside somebody else's name: "Abdelaziz" in "Abdelaziz Bouteflicka".
    let proper = |t: usize| tree.upos(t) == Upos::Propn && actors.role(tree.form(t)).is_none();
    let tied = |a: usize, b: usize| tree.head(a) == Some(b) || tree.head(b) == Some(a) || tree.head(a) == tree.head(b);
    let beside = end < tree.len() && proper(end) && tied(last, end) && !tree.form(end).ends_with("'s")
        || first > 0 && proper(first - 1) && tied(first - 1, first) && tree.rel(first) == Rel::Flat;
    if beside {
        found.terms.retain(|&t| !actors.terms[t as usize].form.is_surname());
        if found.terms.is_empty() {
            return false;
        }
    }
    let name = tree
        .sentence
        .names
        .iter()
        .find(|n| (n.first as usize) <= last && end <= n.end as usize && (n.first as usize) <= first);
    let Some(name) = name else { return true };
    let longer = (name.end - name.first) as usize > end - first;
    let person = name.kind == NameKind::Person;
    found.terms.retain(|&t| {
        let (entry, form) = (actors.entry_of(t), actors.terms[t as usize].form);
        match (entry.kind, form) {
            (EntryKind::Person, Form::Surname | Form::Titled) => {
                !longer && name.kind != NameKind::Location && (person || !single)
                    || longer && person && (name.first as usize..first).all(|t| actors.role(tree.form(t)).is_some())
                    || !single && longer
            }
            (EntryKind::Country | EntryKind::Place, Form::Name | Form::Capital | Form::Place) => !(person && longer),
            _ => true,
        }
    });
    !found.terms.is_empty()
}

fn bond(tree: &Tree, found: &NameMatch) -> Bond {
    let (first, last) = (found.first as usize, found.end as usize - 1);
    let tail = |word: &str| if OF.contains(&word) { Bond::Of } else { Bond::Not };
    if !found.closes {
        let lower = tree.lower(last);
        return lower
            .rsplit(['-', '–', '/'])
            .next()
            .map_or(Bond::Not, |w| if is_word(w) { tail(w) } else { Bond::Free });
    }
    if !found.opens {
        let lower = tree.lower(first);
        return if lower.starts_with("anti")
            || lower.starts_with("pro")
            || lower.starts_with("non")
            || lower.starts_with("post")
        {
            Bond::Not
        } else {
            Bond::Free
        };
    }
    if last + 2 < tree.len()
        && tree.form(last + 1) == "-"
        && tree.token(last + 1).span.start == tree.token(last).span.end
    {
        let next = tree.lower(last + 2);
        if next.ends_with("ed") || OF.contains(&next) || matches!(next, "held" | "run" | "built" | "made" | "friendly")
        {
            return tail(next);
        }
    }
    if first >= 2
        && tree.form(first - 1) == "-"
        && matches!(tree.lower(first - 2), "anti" | "pro" | "non" | "post" | "ex" | "pre" | "trans")
    {
        return Bond::Not;
    }
    Bond::Free
}

fn is_word(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase())
}
