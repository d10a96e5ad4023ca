//! Where: the place words of the sentence, bound to the event that they belong to.

use forewarn_codebook::actors::{EntryKind, Form};
use forewarn_gazetteer::resolve::{Mention, resolve};
use forewarn_gazetteer::{Gazetteer, fold};
use forewarn_language::{NameKind, Rel, Upos};
use forewarn_report::Span;
use smol_str::SmolStr;

use crate::claim::Place;
use crate::frame::Frame;
use crate::site::sites;
use crate::toponyms::Toponym;
use crate::tree::Tree;
use crate::who::{self, Kind, Mentions};

/// Prepositions that say where something happened.
pub(crate) const LOCATIVE: [&str; 25] = [
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "around",
    "across",
    "throughout",
    "on",
    "off",
    "along",
    "over",
    "within",
    "above",
    "beside",
    "between",
    "north",
    "south",
    "east",
    "west",
    "close",
    "from",
    "out",
    "into",
    "toward",
];

/// Nouns that name the kind of a place and stand before its name ("the village of Banjska").
const KINDS: [(&str, &str); 38] = [
    ("village", "settlement"),
    ("town", "settlement"),
    ("city", "settlement"),
    ("capital", "settlement"),
    ("suburb", "settlement"),
    ("hamlet", "settlement"),
    ("settlement", "settlement"),
    ("port", "settlement"),
    ("municipality", "district"),
    ("district", "district"),
    ("county", "district"),
    ("neighbourhood", "settlement"),
    ("neighborhood", "settlement"),
    ("province", "admin1"),
    ("state", "admin1"),
    ("governorate", "admin1"),
    ("region", "region"),
    ("oblast", "admin1"),
    ("prefecture", "admin1"),
    ("department", "admin1"),
    ("camp", "settlement"),
    ("island", "region"),
    ("peninsula", "region"),
    ("valley", "region"),
    ("border", "region"),
    ("strait", "region"),
    ("sea", "region"),
    ("gulf", "region"),
    ("river", "region"),
    ("mountain", "region"),
    ("desert", "region"),
    ("area", "region"),
    ("zone", "region"),
    ("strip", "region"),
    ("base", "exact"),
    ("airport", "exact"),
    ("territory", "region"),
    ("enclave", "region"),
];

/// The place of the event in `f`, read from its own dependents first, then from the clause around it.
///
/// `spoken` events (accusations, appeals, talks) take no state for their place that they are addressed to.
pub fn place_of(tree: &Tree, mentions: &Mentions, f: &Frame, spoken: bool, toponyms: &[Toponym]) -> Option<Place> {
    let mut best: Option<(u8, Place)> = None;
    let mut offer = |rank: u8, place: Option<Place>| {
        if let Some(p) = place
            && best.as_ref().is_none_or(|(r, _)| rank < *r)
        {
            best = Some((rank, p));
        }
    };
    // "called on Russia", "accused Rwanda": a state that is spoken to is no place.
    let state = |k: usize| {
        spoken && mentions.lexicon(k).is_some_and(|l| l.entry.kind == EntryKind::Country && l.form == Form::Name)
    };
    for (p, k) in &f.preps {
        let out_of = p == "of" && f.prt.iter().any(|&t| tree.lower(t) == "out");
        if (LOCATIVE.contains(&p.as_str()) || out_of) && !(p == "on" && state(*k)) {
            offer(country_last(tree, mentions, *k, 0), read(tree, mentions, *k, "place/own-phrase"));
        }
    }
    if let Some(o) = f.obj {
        if !state(o) {
            offer(country_last(tree, mentions, o, 2), read(tree, mentions, o, "place/object"));
        }
        for k in tree.kids(o) {
            let of_control = tree.case_of(k) == Some("of") && !mentions.is_country(k);
            if matches!(tree.rel(k), Rel::Nmod | Rel::Obl)
                && (of_control || tree.case_of(k).is_some_and(|c| LOCATIVE.contains(&c)))
            {
                offer(country_last(tree, mentions, k, 3), read(tree, mentions, k, "place/of-object"));
            }
        }
    }
    if frame_is_noun(tree, f) {
        for (p, k) in &f.preps {
            if p == "of" {
                offer(country_last(tree, mentions, *k, 2), read(tree, mentions, *k, "place/of-noun"));
            }
        }
    }
    for (_, k) in f.preps.iter().filter(|(p, _)| p == "to") {
        offer(country_last(tree, mentions, *k, 5), read(tree, mentions, *k, "place/towards"));
    }
    if let Some(s) = f.subj {
        for k in tree.kids(s) {
            if tree.rel(k) == Rel::Nmod
                && tree.case_of(k).is_some_and(|c| matches!(c, "in" | "at" | "near" | "outside"))
            {
                offer(country_last(tree, mentions, k, 5), read(tree, mentions, k, "place/of-subject"));
            }
        }
    }
    // "Kabul airport attack", "the Quetta bombing killed nine"
    let before = f.subj.filter(|_| !frame_is_noun(tree, f)).unwrap_or(f.at);
    let no_state = |k: &usize| {
        !mentions.lexicon(*k).is_some_and(|l| l.entry.kind == EntryKind::Country && l.form != Form::Capital)
    };
    for k in sites(tree, mentions, before).into_iter().filter(no_state) {
        offer(country_last(tree, mentions, k, 3), read(tree, mentions, k, "place/before-noun"));
    }
    // The clause around it: "In Goma, the army said rebels had shelled the market."
    let mut at = f.carrier.unwrap_or(f.at);
    for _ in 0..4 {
        for k in tree.kids(at) {
            if matches!(tree.rel(k), Rel::Obl | Rel::Nmod)
                && tree.case_of(k).is_some_and(|c| LOCATIVE.contains(&c) && c != "from" && c != "into")
            {
                offer(country_last(tree, mentions, k, 4), read(tree, mentions, k, "place/clause"));
            }
        }
        match tree.head(at) {
            Some(h) if !matches!(tree.rel(at), Rel::Ccomp | Rel::Parataxis) => at = h,
            _ => break,
        }
    }
    for k in deeper(tree, f) {
        offer(country_last(tree, mentions, k, 8), read(tree, mentions, k, "place/of-noun"));
    }
    let (_, place) = best?;
    Some(finer(tree, mentions, &place, spoken, toponyms).unwrap_or(place))
}

/// The place right before "in" and a coarser one: of "the town of Tawila in Darfur" the town, whatever the tree hangs
/// "in Darfur" on. In talk about a state ("criticised Paris in Brussels") only a place that a preposition marks as one.
fn finer(tree: &Tree, mentions: &Mentions, place: &Place, spoken: bool, toponyms: &[Toponym]) -> Option<Place> {
    let mut found: Option<Place> = None;
    for _ in 0..3 {
        let start = found.as_ref().map_or(place.span.start, |p| p.span.start);
        let first = (0..tree.len()).find(|&k| tree.token(k).span.start >= start)?;
        // Back over "northern", "the", "Sudan's" to the preposition.
        let case = (first.saturating_sub(5)..first).rev().find(|&k| tree.lower(k) == "in");
        let Some(case) = case.filter(|&c| {
            c > 0
                && (c + 1..first).all(|k| {
                    matches!(tree.upos(k), Upos::Det | Upos::Adj | Upos::Part) || mentions.country_at(k).is_some()
                })
        }) else {
            break;
        };
        let name = case - 1;
        let state = mentions.lexicon(name).is_some_and(|l| l.entry.kind == EntryKind::Country && l.form == Form::Name);
        // The gazetteer knows names that the parser takes for something else.
        let listed = tree.upos(name) == Upos::Propn && toponyms.iter().any(|t| stands_for(tree, t, name));
        if state || !(listed || is_place(tree, mentions, name)) {
            break;
        }
        // "the town of Tawila", "Batken region"
        let whole = tree.head(name).filter(|&h| {
            KINDS.iter().any(|(w, _)| *w == tree.lemma(h)) && place_child(tree, mentions, h) == Some(name)
        });
        let head = whole.unwrap_or(name);
        let marked = tree.case_of(head).is_some_and(|c| LOCATIVE.contains(&c) || c == "of");
        if spoken && !marked {
            break;
        }
        let span = name_span(tree, mentions, name);
        found = read(tree, mentions, head, place.rule).or_else(|| {
            (listed && head == name).then(|| Place {
                name: span.slice(tree.text).to_owned(),
                precision: "unknown",
                text: span.slice(tree.text).to_owned(),
                span,
                rule: place.rule,
                ..Place::default()
            })
        });
        if found.is_none() {
            break;
        }
    }
    let mut found = found?;
    found.country = found.country.take().or_else(|| place.country.clone());
    Some(found)
}

/// Whether a place name that the gazetteer knows stands at token `at`.
fn stands_for(tree: &Tree, toponym: &Toponym, at: usize) -> bool {
    !toponym.demonym && toponym.choice.is_some() && toponym.span.contains(tree.token(at).span)
}

/// Phrases of place that hang on the nouns of the event: "killed 15 people outside a station in Baquba", "sent food to
/// families in Djibo". Those nearest to the verb come first; clauses inside the nouns are other events.
fn deeper(tree: &Tree, f: &Frame) -> Vec<usize> {
    let mut nouns: Vec<usize> = f.obj.into_iter().chain(f.preps.iter().map(|(_, k)| *k)).collect();
    let mut found = Vec::new();
    for _ in 0..3 {
        let mut next = Vec::new();
        for &noun in &nouns {
            for k in tree.kids(noun).filter(|&k| matches!(tree.rel(k), Rel::Nmod | Rel::Obl)) {
                if tree.case_of(k).is_some_and(|c| LOCATIVE.contains(&c) && !matches!(c, "from" | "into" | "between")) {
                    found.push(k);
                }
                next.push(k);
            }
        }
        nouns = next;
    }
    found
}

/// Gives a place what the gazetteer knows of the name in it. A name that the gazetteer does not know keeps what the text
/// says: its words and perhaps a country.
pub fn locate(place: &mut Place, toponyms: &[Toponym], gazetteer: Option<&Gazetteer>) {
    let inside = |t: &&Toponym| {
        !t.demonym && place.span.start <= t.span.start && t.span.end <= place.span.end && t.choice.is_some()
    };
    let named = |t: &Toponym| {
        place.text.contains(&place.name) && {
            let at = place.span.start as usize + place.text.find(&place.name).unwrap_or(0);
            (t.span.start as usize) < at + place.name.len() && at < t.span.end as usize
        }
    };
    let Some(toponym) = toponyms.iter().filter(inside).find(|t| named(t)) else { return };
    let Some(choice) = &toponym.choice else { return };
    let mut known = choice.place.clone();
    // The text's own word on the country goes before the gazetteer's.
    let within = |p: &forewarn_gazetteer::Place, c: &SmolStr| p.country.as_ref() == Some(c) || p.countries.contains(c);
    if let Some(country) = place.country.clone().filter(|c| known.country.is_some() && !within(&known, c))
        && choice.rule != "container"
    {
        let asked = Mention { key: fold(&place.name), country: Some(country.clone()), ..Mention::default() };
        let again = gazetteer.and_then(|g| resolve(g, &[asked], &[]).pop().flatten());
        match again.map(|c| c.place).filter(|p| within(p, &country)) {
            Some(place) => known = place,
            None => return,
        }
    }
    let (lat, lon) = known.shown();
    place.name = known.name.to_string();
    place.country = known.country.clone().or_else(|| place.country.take());
    place.admin1 = match known.kind {
        forewarn_gazetteer::Kind::Admin1 => Some(known.name.to_string()),
        _ => known.admin1.as_ref().map(ToString::to_string),
    };
    (place.lat, place.lon, place.geonameid) = (Some(lat), Some(lon), known.geonameid);
    place.precision = known.precision().as_str();
}

fn frame_is_noun(tree: &Tree, f: &Frame) -> bool {
    matches!(tree.upos(f.at), Upos::Noun | Upos::Propn)
}

/// A finer place is preferred to a country in the same position.
fn country_last(tree: &Tree, mentions: &Mentions, head: usize, rank: u8) -> u8 {
    if mentions.is_country(head) && place_child(tree, mentions, head).is_none() { rank + 6 } else { rank }
}

/// The place that the noun phrase headed by `head` names.
fn read(tree: &Tree, mentions: &Mentions, head: usize, rule: &'static str) -> Option<Place> {
    let kind_word = KINDS.iter().find(|(w, _)| *w == tree.lemma(head).to_lowercase());
    let name_head = if kind_word.is_some() { place_child(tree, mentions, head)? } else { head };
    if !is_place(tree, mentions, name_head) {
        return None;
    }
    let span = name_span(tree, mentions, name_head);
    let name = span.slice(tree.text).to_owned();
    let whole = if name_head == head {
        span
    } else {
        let tokens = tree.below(head, &|k| {
            !matches!(tree.rel(k), Rel::Acl | Rel::Appos | Rel::Case | Rel::Punct | Rel::Conj) || k > head
        });
        let tokens: Vec<usize> =
            tokens.into_iter().filter(|&t| !(tree.rel(t) == Rel::Case && tree.head(t) == Some(head))).collect();
        let all = tree.span_of(&tokens);
        Span { start: all.start.min(span.start), end: span.end.max(tree.token(head).span.end) }
    };
    let country = mentions.country_at(name_head).or_else(|| outer_country(tree, mentions, head, name_head));
    let precision = if mentions.is_country(name_head) { "country" } else { kind_word.map_or("unknown", |(_, p)| *p) };
    Some(Place {
        name,
        country,
        precision,
        text: whole.slice(tree.text).to_owned(),
        span: whole,
        rule,
        ..Place::default()
    })
}

/// The whole name that token `i` belongs to: the lexicon's, the parser's, or its own flat parts.
fn name_span(tree: &Tree, mentions: &Mentions, i: usize) -> Span {
    let (first, end) = mentions
        .name_range(i)
        .or_else(|| {
            tree.sentence.names.iter().map(|n| (n.first as usize, n.end as usize)).find(|(a, b)| (*a..*b).contains(&i))
        })
        .unwrap_or((i, i + 1));
    let tokens: Vec<usize> = (first..end).collect();
    tree.span_of(&tokens)
}

/// The name inside "the village of X", "X province", "the X region".
fn place_child(tree: &Tree, mentions: &Mentions, head: usize) -> Option<usize> {
    // "the Darfur town of Tawila": what `of` gives is the name, what stands before says where it lies.
    let named = |k: &usize| tree.rel(*k) == Rel::Nmod && tree.case_of(*k) == Some("of") && is_place(tree, mentions, *k);
    tree.kids(head).find(named).or_else(|| {
        tree.kids(head).find(|&k| {
            let of = tree.rel(k) == Rel::Nmod && tree.case_of(k).is_none_or(|c| c == "of");
            (of || matches!(tree.rel(k), Rel::Compound | Rel::Appos | Rel::Flat | Rel::Amod))
                && is_place(tree, mentions, k)
                || tree.rel(k) == Rel::Appos && tree.upos(k) == Upos::Propn
        })
    })
}

fn is_place(tree: &Tree, mentions: &Mentions, i: usize) -> bool {
    if matches!(tree.upos(i), Upos::Pron | Upos::Num | Upos::Verb) {
        return false;
    }
    let named = mentions.name_range(i).is_some() || tree.upos(i) == Upos::Propn;
    // "Tawila, Darfur": a name that nobody knows, before a comma and the region that it lies in.
    let in_region = |k: usize| {
        matches!(tree.rel(k), Rel::Appos | Rel::List)
            && tree.lower(k.saturating_sub(1)) == ","
            && k == i + 2
            && tree.sentence.names.iter().any(|n| n.kind == NameKind::Location && n.first as usize == k)
    };
    let person = tree
        .sentence
        .names
        .iter()
        .any(|n| n.kind == NameKind::Person && (n.first as usize..n.end as usize).contains(&i));
    if named && mentions.lexicon(i).is_none() && !person && tree.kids(i).any(in_region) {
        return true;
    }
    mentions.is_country(i)
        || named && who::kind(tree, mentions, i) == Kind::Place
        || tree.sentence.names.iter().any(|n| {
            n.kind == NameKind::Location
                && (n.first as usize..n.end as usize).contains(&i)
                && tree.upos(i) == Upos::Propn
        })
}

/// "Banjska in Kosovo", "Goma, eastern Congo": the country named beside the place.
fn outer_country(tree: &Tree, mentions: &Mentions, head: usize, name_head: usize) -> Option<SmolStr> {
    for at in [name_head, head] {
        for k in tree.kids(at) {
            if matches!(tree.rel(k), Rel::Nmod | Rel::Appos | Rel::List | Rel::Conj | Rel::Compound | Rel::Obl)
                && mentions.is_country(k)
            {
                return mentions.country_at(k);
            }
        }
    }
    tree.head(head).and_then(|h| {
        tree.kids(h)
            .find(|&k| {
                k > head
                    && matches!(tree.rel(k), Rel::Obl | Rel::Nmod)
                    && mentions.is_country(k)
                    && tree.case_of(k) == Some("in")
            })
            .and_then(|k| mentions.country_at(k))
    })
}
