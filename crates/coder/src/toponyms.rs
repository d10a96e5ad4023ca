//! The place names of a report, and the places they mean.
//!
//! A name is a place by what the parser's names say, by the lexicon, or by the gazetteer with evidence beside it: a
//! preposition of place, a kind of place ("the town of …"), a place that contains it. Names of people and bodies are
//! none, though a place name may stand inside them ("Manchester United"). Adjectives of countries are kept apart as
//! demonyms: they say in which country a name beside them lies ("the Iraqi city of …") and are no places themselves.

use forewarn_codebook::actors::{EntryKind, Form};
use forewarn_gazetteer::resolve::{Choice, Mention, prior, resolve};
use forewarn_gazetteer::{Gazetteer, Kind, fold};
use forewarn_language::{Name, NameKind, Rel, Upos};
use forewarn_report::Span;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::place::LOCATIVE;
use crate::tree::Tree;
use crate::who::Mentions;

/// A place name in a report.
#[derive(Clone, Debug)]
pub struct Toponym {
    /// Index of its sentence.
    pub sentence: usize,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// Its bytes.
    pub span: Span,
    /// Whether it is an adjective or noun of a people and no place ("Iraqi", "Iraqis").
    pub demonym: bool,
    /// The place it means; none where no gazetteer knows it.
    pub choice: Option<Choice>,
}

/// Longest place name, in tokens.
const LONGEST: usize = 6;

/// Prepositions after which a name is a place more often than not, beside those that say where something happened.
const BEFORE: [&str; 6] = ["to", "of", "towards", "through", "beyond", "via"];

/// Words between a preposition and its name that do not part them.
const BETWEEN: [&str; 25] = [
    "the",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "north",
    "south",
    "east",
    "west",
    "downtown",
    "nearby",
    "neighbouring",
    "neighboring",
    "rural",
    "greater",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "metro",
];

/// Nouns for kinds of places, as they stand beside a name.
const KINDS: [(&str, &[Kind]); 40] = [
    ("village", &[Kind::Settlement, Kind::Quarter]),
    ("town", &[Kind::Settlement]),
    ("city", &[Kind::Settlement]),
    ("capital", &[Kind::Settlement]),
    ("suburb", &[Kind::Settlement, Kind::Quarter]),
    ("neighbourhood", &[Kind::Quarter, Kind::Settlement]),
    ("neighborhood", &[Kind::Quarter, Kind::Settlement]),
    ("hamlet", &[Kind::Settlement]),
    ("port", &[Kind::Settlement]),
    ("township", &[Kind::Settlement, Kind::District]),
    ("municipality", &[Kind::District, Kind::Settlement]),
    ("district", &[Kind::District, Kind::Admin1, Kind::Quarter]),
    ("county", &[Kind::District, Kind::Admin1]),
    ("parish", &[Kind::District]),
    ("province", &[Kind::Admin1, Kind::Region]),
    ("state", &[Kind::Admin1]),
    ("governorate", &[Kind::Admin1]),
    ("oblast", &[Kind::Admin1]),
    ("prefecture", &[Kind::Admin1, Kind::District]),
    ("department", &[Kind::Admin1, Kind::District]),
    ("region", &[Kind::Admin1, Kind::Region]),
    ("camp", &[Kind::Site, Kind::Settlement]),
    ("airport", &[Kind::Site]),
    ("base", &[Kind::Site]),
    ("island", &[Kind::Island]),
    ("islands", &[Kind::Island]),
    ("archipelago", &[Kind::Island]),
    ("peninsula", &[Kind::Peninsula, Kind::Region]),
    ("valley", &[Kind::Plain, Kind::Region]),
    ("strait", &[Kind::Strait]),
    ("sea", &[Kind::Sea]),
    ("gulf", &[Kind::Gulf]),
    ("river", &[Kind::River]),
    ("lake", &[Kind::Lake]),
    ("mountains", &[Kind::Range]),
    ("mountain", &[Kind::Mountain, Kind::Range]),
    ("desert", &[Kind::Desert]),
    ("republic", &[Kind::Country, Kind::Admin1]),
    ("territory", &[Kind::Admin1, Kind::Region]),
    ("enclave", &[Kind::Region, Kind::Settlement]),
];

/// What is called after the place where it was made, and lies nowhere ("the Paris agreement").
const PAPERS: [&str; 16] = [
    "agreement",
    "agreements",
    "accord",
    "accords",
    "treaty",
    "protocol",
    "protocols",
    "convention",
    "conventions",
    "declaration",
    "pact",
    "memorandum",
    "doctrine",
    "principles",
    "consensus",
    "communique",
];

/// A town that news names without saying where it is: one with a prior of this worth (about 100,000 people).
const KNOWN: f64 = 8.0;

/// The place names of a report's sentences with the places they mean, in text order. `home` is the publisher's country.
pub fn toponyms(gazetteer: &Gazetteer, trees: &[Tree], mentions: &[Mentions], home: Option<&SmolStr>) -> Vec<Toponym> {
    let mut out: Vec<Toponym> = Vec::new();
    let mut asked: Vec<Mention> = Vec::new();
    let mut countries: FxHashMap<SmolStr, u32> = FxHashMap::default();
    let mut known: FxHashMap<String, Option<f64>> = FxHashMap::default();
    if let Some(home) = home {
        countries.insert(home.clone(), 1);
    }
    for (s, (tree, names)) in trees.iter().zip(mentions).enumerate() {
        let start = out.len();
        let mut scan = Scan { gazetteer, tree, names, known: &mut known };
        let mut at = 0;
        while at < tree.len() {
            let Some(found) = scan.at(at, out.last().filter(|t| t.sentence == s)) else {
                // Whose people, groups and bodies act says where they are likely to.
                if let Some(country) = names.lexicon(at).filter(|l| l.first == at).and_then(|l| {
                    let acts = matches!(
                        l.entry.kind,
                        EntryKind::Person | EntryKind::Group | EntryKind::Force | EntryKind::Party | EntryKind::Body
                    ) && l.form == Form::Name;
                    l.entry.country.clone().filter(|_| acts)
                }) {
                    *countries.entry(country).or_default() += 1;
                }
                at += 1;
                continue;
            };
            let tokens: Vec<usize> = (found.first..found.end).collect();
            if let Some(country) = found.country.as_ref().filter(|_| found.demonym) {
                *countries.entry(country.clone()).or_default() += 1;
            }
            out.push(Toponym {
                sentence: s,
                first: found.first,
                end: found.end,
                span: tree.span_of(&tokens),
                demonym: found.demonym,
                choice: None,
            });
            at = found.end;
            let kinds = kinds(tree, &found.range());
            asked.push(Mention { key: found.key, within: None, kinds, country: found.country, usual: found.usual });
        }
        link(tree, &out, &mut asked, start);
    }
    let mut countries: Vec<(SmolStr, u32)> = countries.into_iter().collect();
    countries.sort();
    for (toponym, choice) in out.iter_mut().zip(resolve(gazetteer, &asked, &countries)) {
        toponym.choice = choice;
    }
    out
}

struct Found {
    first: usize,
    end: usize,
    key: String,
    demonym: bool,
    country: Option<SmolStr>,
    usual: Option<SmolStr>,
}

impl Found {
    fn range(&self) -> std::ops::Range<usize> {
        self.first..self.end
    }
}

struct Scan<'s, 't, 'c> {
    gazetteer: &'s Gazetteer,
    tree: &'s Tree<'t>,
    names: &'s Mentions<'c>,
    /// Best prior of each folded name asked for so far; none where no place has it.
    known: &'s mut FxHashMap<String, Option<f64>>,
}

impl Scan<'_, '_, '_> {
    fn worth(&mut self, key: &str) -> Option<f64> {
        if let Some(&known) = self.known.get(key) {
            return known;
        }
        let worth = self
            .gazetteer
            .find(key)
            .into_iter()
            .filter_map(|c| Some(prior(&self.gazetteer.place(c.id)?, c.primary)))
            .max_by(f64::total_cmp);
        self.known.insert(key.to_owned(), worth);
        worth
    }

    fn key(&self, first: usize, end: usize) -> String {
        let (from, to) = (self.tree.token(first).span.start, self.tree.token(end - 1).span.end);
        let text = &self.tree.text[from as usize..to as usize];
        fold(text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text))
    }

    fn capital(&self, t: usize) -> bool {
        // "al-Bab" and "d'Ivoire" have theirs inside.
        self.tree.form(t).chars().any(char::is_uppercase)
    }

    /// The place name that begins at token `at`.
    fn at(&mut self, at: usize, last: Option<&Toponym>) -> Option<Found> {
        let tree = self.tree;
        let lexicon = self.names.lexicon(at).filter(|l| l.first == at);
        if let Some(l) = &lexicon
            && l.entry.kind == EntryKind::Country
            && matches!(l.form, Form::Adjective | Form::People)
        {
            return Some(Found {
                first: at,
                end: l.end,
                key: fold(&l.entry.name),
                demonym: true,
                country: l.entry.country.clone(),
                usual: None,
            });
        }
        if !self.capital(at)
            || matches!(tree.upos(at), Upos::Pron | Upos::Det | Upos::Aux | Upos::Adp) && tree.len() > 1
        {
            // "The Hague" begins with an article, "El Fasher" and "De Aar" with what taggers take for one.
            let article = self.capital(at) && at + 1 < tree.len() && self.capital(at + 1);
            if !article {
                return None;
            }
        }
        let after = last.is_some_and(|l| self.follows(l, at));
        // A name does not go on over a comma or a bracket; only the longest stretch may hold one ("Washington, D.C.").
        let parts = |t: &usize| matches!(tree.form(*t), "," | ";" | "(" | ")" | ":" | "–" | "—" | "\"");
        let most = (at + LONGEST).min(tree.len());
        let parted = (at + 1..most).find(parts).unwrap_or(most);
        for end in [most].into_iter().filter(|_| parted < most).chain((at + 1..=parted).rev()) {
            if !self.capital(end - 1) && (end - 1 == at || !self.is_tail(end - 1)) {
                continue;
            }
            let key = self.key(at, end);
            let Some(worth) = self.worth(&key) else { continue };
            if !self.is_place(at, end, &key, worth, after) {
                continue;
            }
            let whole = lexicon.as_ref().filter(|l| l.end == end);
            let country = whole.filter(|l| l.entry.kind == EntryKind::Country && self.several_countries(&key));
            let usual = whole.filter(|l| l.form != Form::Surname);
            return Some(Found {
                first: at,
                end,
                key,
                demonym: false,
                country: country.and_then(|l| l.entry.country.clone()),
                usual: usual.and_then(|l| l.entry.country.clone()),
            });
        }
        self.unknown(at)
    }

    /// Whether more than one country has this name ("Congo").
    fn several_countries(&self, key: &str) -> bool {
        let candidates = self.gazetteer.find(key);
        let country =
            |c: &forewarn_gazetteer::Candidate| self.gazetteer.place(c.id).is_some_and(|p| p.kind == Kind::Country);
        candidates.iter().filter(|c| country(c)).count() > 1
    }

    /// A small word that ends a name: "Isle of Man" ends in a capital; "Mitrovica e Veriut" does too; a number may.
    fn is_tail(&self, t: usize) -> bool {
        self.tree.form(t).bytes().all(|b| b.is_ascii_digit())
    }

    /// Whether `at` begins right after a place name and a comma, or a bracket.
    fn follows(&self, last: &Toponym, at: usize) -> bool {
        let between = &self.tree.text[last.span.end as usize..self.tree.token(at).span.start as usize];
        !last.demonym && matches!(between.trim(), "," | "(" | "/")
    }

    fn is_place(&mut self, first: usize, end: usize, key: &str, worth: f64, after: bool) -> bool {
        let tree = self.tree;
        let proper = (first..end).any(|t| tree.upos(t) == Upos::Propn);
        if self.names_a_paper(end) {
            return false;
        }
        let name = tree.sentence.names.iter().find(|n| (n.first as usize) < end && first < n.end as usize);
        let inside = |n: &Name| (n.first as usize) <= first && end <= n.end as usize;
        let goes_on = |n: &Name| (n.end - n.first) as usize > end - first;
        let lexicon = self.names.lexicon(first);
        if let Some(l) = &lexicon {
            let place = match l.entry.kind {
                EntryKind::Country => matches!(l.form, Form::Name | Form::Capital | Form::Place),
                EntryKind::Place => true,
                _ => false,
            };
            let longer = l.end > end || l.first < first;
            if !place && (longer || l.end - l.first >= end - first) && l.form != Form::Surname {
                return false;
            }
            if longer {
                return false;
            }
            let part = name.is_some_and(|n| matches!(n.kind, NameKind::Person | NameKind::Organisation) && goes_on(n));
            if place && l.first == first && l.end == end && !part {
                return true;
            }
        }
        if key.len() <= 3 && !after {
            return name.is_some_and(|n| n.kind == NameKind::Location && n.first as usize == first)
                && key.len() > 2
                && proper;
        }
        if after && worth >= 4.0 {
            return proper;
        }
        let preposition = self.after_preposition(first);
        let kind = !kinds(tree, &(first..end)).is_empty();
        let contains = self.before_container(end);
        match name {
            Some(n) if n.kind == NameKind::Location => {
                // What is left of the name must not belong to it: "Puli" in "Puli Alam" is another place.
                let small = |t: usize| {
                    let word = tree.lower(t);
                    !self.capital(t) || BETWEEN.contains(&word) || is_kind(word)
                };
                !inside(n)
                    || (n.first as usize..first).chain(end..n.end as usize).all(|t| small(t) || tree.form(t) == ",")
                    || (first..n.end as usize).any(|t| tree.form(t) == ",")
            }
            Some(n) if n.kind == NameKind::Person => {
                !goes_on(n) && (contains || preposition && (worth >= KNOWN || kind))
            }
            Some(n) if n.kind == NameKind::Organisation => !goes_on(n) && (preposition || contains || worth >= KNOWN),
            _ => {
                // The neighbours belong to the same name: "Banda" in "Joyce Banda said", "Richmond" in "Dan Richmond".
                let part = |t: usize| {
                    tree.upos(t) == Upos::Propn
                        && tree.sentence.names.iter().all(|n| !(n.first as usize..n.end as usize).contains(&t))
                };
                let beside = first > 0 && part(first - 1) && self.capital(first - 1)
                    || end < tree.len() && part(end) && self.capital(end);
                proper && (contains || kind && !beside || preposition && !beside || worth >= KNOWN && !beside)
            }
        }
    }

    /// Whether a name that ends before token `end` only names a treaty or the like.
    fn names_a_paper(&self, end: usize) -> bool {
        end < self.tree.len() && PAPERS.contains(&self.tree.lower(end)) && self.tree.rel(end - 1) != Rel::Obl
    }

    /// "in", "near the", "from northern" before the name.
    fn after_preposition(&self, first: usize) -> bool {
        let mut t = first;
        for _ in 0..3 {
            if t == 0 {
                return false;
            }
            t -= 1;
            let word = self.tree.lower(t);
            // "on" stands before days and months, some of which are towns.
            if BEFORE.contains(&word) || word != "on" && LOCATIVE.contains(&word) {
                return true;
            }
            if !BETWEEN.contains(&word) {
                return false;
            }
        }
        false
    }

    /// A comma and a country or first-order division after the name.
    fn before_container(&mut self, end: usize) -> bool {
        let tree = self.tree;
        if end + 1 >= tree.len() || tree.form(end) != "," || !self.capital(end + 1) {
            return false;
        }
        (end + 2..=(end + 4).min(tree.len())).any(|to| {
            let key = self.key(end + 1, to);
            self.worth(&key).is_some_and(|w| w >= 9.5)
                || to == end + 2 && tree.form(end + 1).ends_with('.') && self.worth(&key).is_some()
        })
    }

    /// A location by the parser's names that no gazetteer knows.
    fn unknown(&mut self, at: usize) -> Option<Found> {
        let tree = self.tree;
        let name = tree.sentence.names.iter().find(|n| n.first as usize == at && n.kind == NameKind::Location)?;
        if self.names.lexicon(at).is_some_and(|l| l.form == Form::Surname || l.form == Form::Seat) {
            return None;
        }
        let mut end = name.end as usize;
        while end > at + 1 && !self.capital(end - 1) {
            end -= 1;
        }
        if self.names_a_paper(end) {
            return None;
        }
        // "Northeast Texas", "City of Huntsville": what is known lies behind the words for a part or a kind of it.
        let word = |t: usize| tree.lower(t);
        let mut inner = at;
        while inner + 1 < end && (BETWEEN.contains(&word(inner)) || word(inner) == "of" || is_kind(word(inner))) {
            inner += 1;
        }
        let key = self.key(inner, end);
        let first = if inner > at && self.worth(&key).is_some() { inner } else { at };
        Some(Found { first, end, key: self.key(first, end), demonym: false, country: None, usual: None })
    }
}

/// Whether a word is a noun for a kind of place.
fn is_kind(word: &str) -> bool {
    KINDS.iter().any(|(k, _)| *k == word)
}

/// What the words beside a name say it is.
fn kinds(tree: &Tree, name: &std::ops::Range<usize>) -> &'static [Kind] {
    let of = |t: usize| KINDS.iter().find(|(w, _)| *w == tree.lower(t)).map(|(_, k)| *k);
    let mut found: Option<&'static [Kind]> = None;
    if name.end < tree.len() {
        found = of(name.end);
    }
    if found.is_none() && name.start >= 2 && tree.lower(name.start - 1) == "of" {
        found = of(name.start - 2);
    }
    if found.is_none() && name.start >= 1 {
        found = of(name.start - 1);
    }
    found.unwrap_or(&[])
}

/// Says which names lie in which, by the words between them.
fn link(tree: &Tree, toponyms: &[Toponym], asked: &mut [Mention], start: usize) {
    for i in start..toponyms.len().saturating_sub(1) {
        let (a, b) = (&toponyms[i], &toponyms[i + 1]);
        let between = &tree.text[a.span.end as usize..b.span.start as usize];
        let between = between.trim().trim_start_matches(',').trim();
        let words: Vec<&str> = between.split_whitespace().collect();
        if a.demonym {
            // "the Iraqi city of Mosul", "Syrian border town Azaz"
            let close = words.len() <= 4 && words.iter().any(|w| is_kind(w));
            if close && !b.demonym {
                asked[i + 1].within = Some(i);
            }
            continue;
        }
        if b.demonym {
            continue;
        }
        let gap = tree.text[a.span.end as usize..b.span.start as usize].trim();
        let inner = matches!(
            between,
            "" | "in" | "(" | "in the" | "in northern" | "in southern" | "in eastern" | "in western" | "in central"
        ) && (!gap.is_empty())
            || matches!(words.as_slice(), ["northern" | "southern" | "eastern" | "western" | "central"])
            || words.len() <= 3 && words.last() == Some(&"of") && words.iter().any(|w| is_kind(w));
        if inner {
            asked[i].within = Some(i + 1);
        } else if matches!(words.first(), Some(&"'s" | &"’s"))
            && words.len() <= 5
            && words[1..].iter().all(|w| is_kind(w) || BETWEEN.contains(w) || matches!(*w, "of" | "second" | "largest"))
        {
            asked[i + 1].within = Some(i);
        }
    }
}
