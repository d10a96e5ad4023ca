//! The coded noun phrases of a sentence: actors and agents by longest match, put together along the tree.

use forewarn_codebook::petrarch::{AgentCode, Dictionaries, Edition};
use forewarn_language::{Rel, Sub, Upos};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::units::Units;
use crate::tree::Tree;

/// A noun phrase with a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its codes; several where joined actors stand before one head ("Lurvian and Ostian leaders").
    pub codes: Vec<SmolStr>,
    /// The head of the noun phrase.
    pub head: usize,
    /// The first token that a dictionary phrase covers.
    pub first: usize,
    /// The last token of phrases and head.
    pub last: usize,
    /// Whether an actor is in it, not agents only.
    pub has_actor: bool,
}

/// The mentions of a sentence in text order.
#[derive(Debug, Default)]
pub struct Mentions {
    /// By their first token.
    pub list: Vec<Mention>,
    /// The mention of a head.
    by_head: FxHashMap<usize, usize>,
}

#[derive(Debug)]
enum What {
    Actor(SmolStr),
    Agent(AgentCode),
}

#[derive(Debug)]
struct Match {
    first: usize,
    last: usize,
    anchor: usize,
    what: What,
}

/// One head with what was found on it.
#[derive(Debug, Default)]
struct Core {
    actors: Vec<SmolStr>,
    agents: Vec<AgentCode>,
    first: usize,
    last: usize,
    /// An actor stands before the head, so that joined heads share it.
    leads: bool,
}

impl Mentions {
    /// Finds them.
    pub fn find(tree: &Tree, units: &Units, dictionaries: &Dictionaries, day: Option<u32>) -> Self {
        let matches = matches(tree, units, dictionaries, day);
        let mut cores: FxHashMap<usize, Core> = FxHashMap::default();
        for m in &matches {
            let head = climb(tree, m.anchor);
            let core =
                cores.entry(head).or_insert_with(|| Core { first: m.first, last: m.last.max(head), ..Core::default() });
            core.first = core.first.min(m.first);
            core.last = core.last.max(m.last);
            match &m.what {
                What::Actor(code) => {
                    // Of two actors in one phrase the first gives the code, but joined ones both do.
                    let joined = core.actors.is_empty() || same_list(tree, m.anchor, &matches, head);
                    if joined && !core.actors.contains(code) {
                        core.actors.push(code.clone());
                        core.leads |= m.first < head;
                    }
                }
                What::Agent(code) => core.agents.push(code.clone()),
            }
        }
        let mut heads: Vec<usize> = cores.keys().copied().collect();
        heads.sort_unstable();
        let mut taken: Vec<usize> = Vec::new();
        let mut list = Vec::new();
        for &head in &heads {
            let core = &cores[&head];
            let mut actors = core.actors.clone();
            let mut last = core.last;
            if actors.is_empty()
                && let Some((found, from)) = lent(tree, head, &cores, last)
            {
                actors = found;
                if let Some(from) = from {
                    last = last.max(from);
                    taken.extend(tree.conjuncts(from));
                }
            }
            let former = !core.agents.is_empty() && is_former(tree, head, core.first);
            let mut codes: Vec<SmolStr> = Vec::new();
            for actor in if actors.is_empty() { vec![SmolStr::default()] } else { actors.clone() } {
                for one in expanded(&actor, dictionaries.edition) {
                    let code = joined_code(&one, &core.agents, former && dictionaries.edition == Some(Edition::One));
                    if !code.is_empty() && code != "---" && !codes.contains(&code) {
                        codes.push(code);
                    }
                }
            }
            if !codes.is_empty() {
                // "minister Paal Orm": a name runs on after its first word.
                last = tree.kids(head).filter(|&k| tree.rel(k) == Rel::Flat).fold(last, usize::max);
                list.push(Mention { codes, head, first: core.first, last, has_actor: !actors.is_empty() });
            }
        }
        list.retain(|m| !taken.contains(&m.head));
        list.sort_by_key(|m| (m.first, m.last));
        let by_head = list.iter().enumerate().map(|(i, m)| (m.head, i)).collect();
        Self { list, by_head }
    }

    /// The mention whose head is `head`.
    pub fn of(&self, head: usize) -> Option<usize> {
        self.by_head.get(&head).copied()
    }

    /// The mentions of the list that `mention` is joined in, in text order: itself, or all of "A, B and C".
    pub fn group(&self, tree: &Tree, mention: usize) -> Vec<usize> {
        let mut root = self.list[mention].head;
        while tree.rel(root) == Rel::Conj {
            match tree.head(root) {
                Some(h) => root = h,
                None => break,
            }
        }
        let mut out = Vec::new();
        for member in tree.conjuncts(root) {
            let found = self.of(member).or_else(|| {
                // "sheep and goats of Gondor": what has no code of its own stands for the actor that it is of,
                // wherever in the list the parser hung that.
                let own = nominals_of(tree, member);
                let next = nominals_of(tree, root).filter(|&k| tree.kid(k, Rel::Case) == Some(member + 1));
                own.chain(next).find_map(|k| self.of(k))
            });
            out.extend(found);
        }
        if !out.contains(&mention) {
            return vec![mention];
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The codes of several mentions, each once.
    pub fn codes(&self, mentions: &[usize]) -> Vec<SmolStr> {
        let mut out: Vec<SmolStr> = Vec::new();
        for code in mentions.iter().flat_map(|&m| &self.list[m].codes) {
            if !out.contains(code) {
                out.push(code.clone());
            }
        }
        out
    }
}

/// `PRO/LIB` stands for two actors in edition 1; the later program writes it as it is.
fn expanded(code: &str, edition: Option<Edition>) -> Vec<SmolStr> {
    match edition {
        Some(Edition::One) => code.split('/').map(SmolStr::new).collect(),
        _ => vec![SmolStr::new(code)],
    }
}

/// The actor's code with its agents: prefixes before it, suffixes after it unless it has them already.
fn joined_code(actor: &str, agents: &[AgentCode], former: bool) -> SmolStr {
    let mut code = actor.to_owned();
    if former && !actor.is_empty() {
        code.push_str("ELI");
        return SmolStr::new(code);
    }
    let others = agents.iter().any(|a| !matches!(a, AgentCode::Suffix(c) if c == "PPL"));
    for agent in agents {
        match agent {
            AgentCode::Prefix(c) if !code.starts_with(c.as_str()) => code.insert_str(0, c),
            AgentCode::Suffix(c) if c == "PPL" && others => {}
            AgentCode::Suffix(c) => add_roles(&mut code, c),
            AgentCode::Prefix(_) => {}
        }
    }
    SmolStr::new(code)
}

/// Adds the roles of `suffix`, three letters each, that the code does not have.
fn add_roles(code: &mut String, suffix: &str) {
    let letters = suffix.as_bytes();
    if !suffix.is_ascii() || !letters.len().is_multiple_of(3) {
        if !code.ends_with(suffix) {
            code.push_str(suffix);
        }
        return;
    }
    for role in letters.chunks(3) {
        if !code.as_bytes().chunks(3).any(|c| c == role) {
            code.extend(role.iter().map(|&b| char::from(b)));
        }
    }
}

fn matches(tree: &Tree, units: &Units, dictionaries: &Dictionaries, day: Option<u32>) -> Vec<Match> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let rest = &units.words[at..];
        let actor = dictionaries.actors.longest(rest).filter(|f| names_something(tree, units, at, f.len));
        let agent = dictionaries.agents.longest(rest).filter(|f| is_noun(tree, units, at + f.len - 1));
        let (len, what) = match (actor, agent) {
            (Some(a), g) if g.as_ref().is_none_or(|g| g.len <= a.len) => {
                // A phrase whose codes all belong to other days says nothing today.
                (a.len, dictionaries.actors.code(&a.ids, day).cloned().map(What::Actor))
            }
            (_, Some(g)) => (g.len, Some(What::Agent(dictionaries.agents.code(g.ids[0]).clone()))),
            (Some(_) | None, None) => (1, None),
        };
        if let Some(what) = what {
            let (first, last) = (units.token[at], units.token[at + len - 1]);
            let anchor = (first..=last)
                .find(|&t| tree.head(t).is_none_or(|h| h < first || h > last) && tree.upos(t) != Upos::Punct)
                .unwrap_or(last);
            let null = matches!(&what, What::Actor(c) if c == "---");
            if !null {
                out.push(Match { first, last, anchor, what });
            }
        }
        at += len;
    }
    out
}

/// A single function word is no actor ("us", "who"), nor is a short word in lower case.
fn names_something(tree: &Tree, units: &Units, at: usize, len: usize) -> bool {
    if len > 1 {
        return true;
    }
    let token = units.token[at];
    let function = matches!(
        tree.upos(token),
        Upos::Pron | Upos::Det | Upos::Adp | Upos::Aux | Upos::Cconj | Upos::Sconj | Upos::Part | Upos::Punct
    );
    let short = units.words[at].len() <= 3 && !tree.form(token).chars().any(char::is_uppercase);
    !function && !short
}

fn is_noun(tree: &Tree, units: &Units, at: usize) -> bool {
    !matches!(tree.upos(units.token[at]), Upos::Verb | Upos::Aux | Upos::Adp | Upos::Adv | Upos::Pron)
}

/// Whether `t` stands before its head as part of its name or as its modifier.
fn modifies(tree: &Tree, t: usize) -> bool {
    match tree.rel(t) {
        Rel::Compound => tree.sub(t) != Sub::Prt,
        Rel::Amod | Rel::Flat | Rel::Nummod | Rel::Det | Rel::Goeswith | Rel::Fixed => true,
        Rel::Nmod => matches!(tree.sub(t), Sub::Poss | Sub::Desc) || !tree.has(t, Rel::Case),
        _ => false,
    }
}

/// The head of the noun phrase that `t` belongs to.
fn climb(tree: &Tree, t: usize) -> usize {
    let mut at = t;
    for _ in 0..tree.len() {
        if let Some(owned) = owned(tree, at) {
            at = owned;
            continue;
        }
        let mut from = at;
        // "Lurvian and Ostian leaders": the second modifier hangs on the first.
        while tree.rel(from) == Rel::Conj && tree.head(from).is_some() {
            from = tree.head(from).unwrap_or(from);
        }
        let Some(head) = tree.head(from).filter(|_| modifies(tree, from)) else { return at };
        let nominal =
            matches!(tree.upos(head), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::X | Upos::Pron);
        if !nominal || (from != at && head < at) {
            return at;
        }
        at = head;
    }
    at
}

/// "Gondor and Arnor's Elrond": the noun after the possessive, where the parser took the owner for a joined noun.
fn owned(tree: &Tree, t: usize) -> Option<usize> {
    let mark =
        tree.kids(t).find(|&k| k > t && tree.rel(k) == Rel::Case && matches!(tree.lower(k), "'s" | "’s" | "'"))?;
    if tree.rel(t) != Rel::Conj {
        return None;
    }
    tree.kids(tree.head(t)?).find(|&k| k > mark && tree.rel(k) == Rel::Conj)
}

/// Whether the actor at `anchor` is joined with the first actor of the phrase.
fn same_list(tree: &Tree, anchor: usize, matches: &[Match], head: usize) -> bool {
    let first = matches.iter().find(|m| matches!(m.what, What::Actor(_)) && climb(tree, m.anchor) == head);
    first.is_some_and(|f| {
        let mut at = anchor;
        while tree.rel(at) == Rel::Conj {
            match tree.head(at) {
                Some(h) => at = h,
                None => break,
            }
            if at == f.anchor {
                return true;
            }
        }
        false
    })
}

/// The nouns that hang on `t` with a preposition, in order.
fn nominals_of<'t>(tree: &'t Tree, t: usize) -> impl Iterator<Item = usize> + 't {
    tree.kids(t).filter(move |&k| k > t && tree.rel(k) == Rel::Nmod)
}

/// The actors of a phrase that has agents only: those that it is of or in ("officials in Arnor"), else those of the
/// heads joined with it ("lawmakers and officials in Arnor", "Danish media and government").
fn lent(
    tree: &Tree,
    head: usize,
    cores: &FxHashMap<usize, Core>,
    last: usize,
) -> Option<(Vec<SmolStr>, Option<usize>)> {
    let below = |t: usize| {
        nominals_of(tree, t).find_map(|k| {
            let found = joined_actors(tree, cores, k);
            (!found.is_empty()).then_some((found, k))
        })
    };
    if let Some((found, k)) = below(head) {
        return Some((found, Some(k)));
    }
    // Right after it, wherever the parser hung it: "soldiers from Gondor have …".
    let next = last.max(head) + 1;
    if next + 1 < tree.len()
        && matches!(tree.lower(next), "of" | "in" | "from")
        && let Some(k) = tree.head(next).filter(|&k| k > next)
        && cores.get(&k).is_some_and(|c| !c.actors.is_empty() && c.first <= next + 2)
    {
        return Some((joined_actors(tree, cores, k), Some(k)));
    }
    let mut root = head;
    while tree.rel(root) == Rel::Conj {
        root = tree.head(root)?;
    }
    let members = tree.conjuncts(root);
    for &m in members.iter().filter(|&&m| m != head) {
        if m > head
            && let Some((found, k)) = below(m)
        {
            return Some((found, Some(k)));
        }
        if m < head && cores.get(&m).is_some_and(|c| c.leads && !c.agents.is_empty()) {
            return Some((cores[&m].actors.clone(), None));
        }
    }
    None
}

/// The actors of `k` and of what is joined with it.
fn joined_actors(tree: &Tree, cores: &FxHashMap<usize, Core>, k: usize) -> Vec<SmolStr> {
    let members = tree.conjuncts(k);
    members.into_iter().filter_map(|c| cores.get(&c)).flat_map(|c| c.actors.iter().cloned()).collect()
}

/// "former security officials": the word right before the phrase or in it.
fn is_former(tree: &Tree, head: usize, first: usize) -> bool {
    let from = tree.kids(head).next().unwrap_or(first).min(first).min(head);
    (from..=head).any(|t| tree.lower(t) == "former") || (first > 0 && tree.lower(first - 1) == "former")
}
