//! Whether a verb's pattern fits the words around the verb, and which mentions it names as source and target.

use forewarn_codebook::petrarch::phrase::is_plural;
use forewarn_codebook::petrarch::{Dictionaries, Item, Linked, Part, Shape};
use forewarn_language::Rel;

use super::mentions::Mentions;
use super::units::Units;
use crate::tree::Tree;

/// A verb in its sentence, as its patterns see it.
pub struct Sight<'a, 't> {
    /// The sentence.
    pub tree: &'a Tree<'t>,
    /// Its words.
    pub units: &'a Units,
    /// Its coded noun phrases.
    pub mentions: &'a Mentions,
    /// The dictionaries.
    pub dictionaries: &'a Dictionaries,
    /// The verb's token.
    pub verb: usize,
    /// The words of the verb itself, the first one and one past the last.
    pub words: std::ops::Range<usize>,
    /// The tokens of the verb's clause.
    pub clause: Vec<bool>,
    /// The tokens of the subject, wherever it stands.
    pub subject: Vec<bool>,
    /// The mentions of the subject.
    pub subject_group: Vec<usize>,
}

/// What a pattern named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bound {
    /// The mention at `$`.
    pub source: Option<usize>,
    /// The mention at `+`.
    pub target: Option<usize>,
    /// The joined mentions at `%`.
    pub joined: Vec<usize>,
    /// Mentions at `^`.
    pub skipped: Vec<usize>,
}

impl Bound {
    fn holds(&self, mention: usize) -> bool {
        self.source == Some(mention) || self.target == Some(mention) || self.skipped.contains(&mention)
    }

    fn with(&self, item: &Item, mention: usize, group: Vec<usize>) -> Self {
        let mut next = self.clone();
        match item {
            Item::Source => next.source = Some(mention),
            Item::Target => next.target = Some(mention),
            Item::Joined => next.joined = group,
            Item::Skip => next.skipped.push(mention),
            Item::Word(_) | Item::Synset(_) => {}
        }
        next
    }
}

impl Sight<'_, '_> {
    /// What `shape` names if it fits.
    pub fn fits(&self, shape: &Shape) -> Option<Bound> {
        match shape {
            Shape::Linear { before, after } => {
                let bound = self.backward(before, self.words.start, &Bound::default())?;
                self.forward(after, self.words.end, &bound)
            }
            Shape::Phrases { before, after } => {
                let bound = self.parts(before, &Side::Before, Bound::default())?;
                self.parts(after, &Side::After, bound)
            }
        }
    }

    /// How many words `item` takes at word `at`, in a linear pattern: words must be those of the pattern.
    fn length(&self, item: &Item, at: usize) -> Option<usize> {
        match item {
            Item::Word(w) => (self.units.words[at] == *w).then_some(1),
            Item::Synset(set) => self.dictionaries.verbs.synset_len(*set, &self.units.words[at..]),
            Item::Source | Item::Target | Item::Joined | Item::Skip => None,
        }
    }

    /// The mention that begins at word `at`, with the words it takes.
    fn mention_at(&self, at: usize) -> Option<(usize, usize)> {
        let token = self.units.token[at];
        let found = self.mentions.list.iter().position(|m| m.first == token)?;
        if self.units.of(token).start != at {
            return None;
        }
        let end = self.units.of(self.mentions.list[found].last).end;
        Some((found, end.max(at + 1) - at))
    }

    fn step(&self, item: &Item, at: usize, bound: &Bound) -> Option<(usize, Bound)> {
        if let Item::Word(_) | Item::Synset(_) = item {
            return self.length(item, at).map(|n| (n, bound.clone()));
        }
        let (mention, n) = self.mention_at(at).filter(|(m, _)| !bound.holds(*m))?;
        let group = self.mentions.group(self.tree, mention);
        if *item == Item::Joined {
            if group.len() < 2 {
                return None;
            }
            let last = group.iter().map(|&g| self.mentions.list[g].last).max()?;
            let end = self.units.of(last).end.max(at + n);
            return Some((end - at, bound.with(item, mention, group)));
        }
        Some((n, bound.with(item, mention, group)))
    }

    fn forward(&self, items: &[Linked], from: usize, bound: &Bound) -> Option<Bound> {
        let Some((item, rest)) = items.split_first() else { return Some(bound.clone()) };
        let to = if item.glued { (from + 1).min(self.units.len()) } else { self.units.len() };
        (from..to).find_map(|at| {
            if !self.clause[self.units.token[at]] {
                return None;
            }
            let (n, bound) = self.step(&item.item, at, bound)?;
            self.forward(rest, at + n, &bound)
        })
    }

    fn backward(&self, items: &[Linked], to: usize, bound: &Bound) -> Option<Bound> {
        let Some((item, rest)) = items.split_last() else { return Some(bound.clone()) };
        (0..to).rev().find_map(|at| {
            let (n, bound) = self.step(&item.item, at, bound)?;
            if at + n > to || (item.glued && at + n != to) {
                return None;
            }
            self.backward(rest, at, &bound)
        })
    }

    fn parts(&self, parts: &[Part], side: &Side, mut bound: Bound) -> Option<Bound> {
        for part in parts {
            bound = self.part(part, side, &bound)?;
        }
        Some(bound)
    }

    fn part(&self, part: &Part, side: &Side, bound: &Bound) -> Option<Bound> {
        match part {
            Part::One(item @ (Item::Word(_) | Item::Synset(_))) => (0..self.units.len())
                .any(|u| self.in_side(side, u) && self.loose(item, u).is_some())
                .then(|| bound.clone()),
            Part::One(item) => self.actor(item, side, bound),
            Part::Phrase(items) => {
                (0..self.units.len()).any(|u| self.in_side(side, u) && self.phrase(items, u)).then(|| bound.clone())
            }
            Part::Prep { preps, inner } => (0..self.units.len()).find_map(|u| {
                if !self.in_side(side, u) {
                    return None;
                }
                let mut at = u;
                for p in preps {
                    at += (at < self.units.len()).then(|| self.length(p, at)).flatten()?;
                }
                let token = self.units.token[u];
                if inner.is_empty() {
                    return Some(bound.clone());
                }
                let head = match self.tree.rel(token) {
                    Rel::Case | Rel::Mark => self.tree.head(token),
                    // "accused of" may be read as a particle with the noun on the verb.
                    _ => self.tree.head(self.units.token[at.min(self.units.len() - 1)]),
                };
                let head = head.filter(|&h| h != self.verb)?;
                let mut inside = vec![false; self.tree.len()];
                for t in self.tree.below(head, &|_| true) {
                    inside[t] = t > token;
                }
                self.parts(inner, &Side::Of(&inside), bound.clone())
            }),
        }
    }

    fn in_side(&self, side: &Side, unit: usize) -> bool {
        self.token_in(side, self.units.token[unit])
    }

    fn token_in(&self, side: &Side, token: usize) -> bool {
        match side {
            Side::Before => token < self.verb && self.clause[token] || self.subject[token],
            Side::After => token > self.verb && self.clause[token] && !self.subject[token],
            Side::Of(inside) => inside[token],
        }
    }

    /// How many words `item` takes at word `at`, nouns in either number and verbs in any form.
    fn loose(&self, item: &Item, at: usize) -> Option<usize> {
        match item {
            Item::Word(w) => {
                let word = &self.units.words[at];
                let token = self.units.token[at];
                let lemma = self.tree.lemma(token);
                let fits = word == w
                    || is_plural(word, w)
                    || is_plural(w, word)
                    || (self.units.of(token).len() == 1 && lemma.eq_ignore_ascii_case(w));
                fits.then_some(1)
            }
            _ => self.length(item, at),
        }
    }

    /// Whether the words of a phrase end at word `at` with the phrase's head: the word before the head stands right
    /// before it, those before that somewhere earlier in the same run of words.
    fn phrase(&self, items: &[Item], at: usize) -> bool {
        let Some((head, rest)) = items.split_last() else { return true };
        if self.loose(head, at).is_none() {
            return false;
        }
        let mut end = at;
        for (n, item) in rest.iter().rev().enumerate() {
            let low = if n == 0 { end.saturating_sub(4) } else { end.saturating_sub(6) };
            let found = (low..end).rev().find(|&u| {
                let fits = self.loose(item, u).is_some_and(|len| if n == 0 { u + len == end } else { u + len <= end });
                fits && !self.units.words[u..end].iter().any(|w| w == ",")
            });
            match found {
                Some(u) => end = u,
                None => return false,
            }
        }
        true
    }

    /// The first mention on `side` that is free for `$`, `+`, `%` or `^`.
    fn actor(&self, item: &Item, side: &Side, bound: &Bound) -> Option<Bound> {
        let free = |m: usize| !bound.holds(m);
        let before = matches!(side, Side::Before);
        if before {
            if *item == Item::Joined {
                let codes = self.mentions.codes(&self.subject_group);
                return (codes.len() > 1).then(|| Bound { joined: self.subject_group.clone(), ..bound.clone() });
            }
            let mention = self.subject_group.iter().copied().find(|&m| free(m));
            return mention.map(|m| bound.with(item, m, vec![m]));
        }
        let found = (0..self.mentions.list.len()).find(|&m| {
            let head = self.mentions.list[m].head;
            self.token_in(side, head) && free(m) && !self.subject_group.contains(&m)
        })?;
        let group = self.mentions.group(self.tree, found);
        if *item == Item::Joined && self.mentions.codes(&group).len() < 2 {
            return None;
        }
        Some(bound.with(item, found, group))
    }
}

/// On which side of the verb a part of a pattern is looked for.
enum Side<'x> {
    Before,
    After,
    /// Inside these tokens.
    Of(&'x [bool]),
}
