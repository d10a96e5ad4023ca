//! Names that can be several things, decided by what else the sentence and the report name.
//!
//! A candidate gains by other names of its country, in the sentence more than in the report. A part of another state
//! that bears a country's name (Georgia) gains only by that state's places, since the state itself is a likely
//! party to deal with the country. What did not exist on the report's date comes last.

use forewarn_codebook::actors::{EntryKind, Form, RoleFlags};
use forewarn_language::NameKind;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::mentions::Mentions;
use crate::tree::Tree;

/// Names of a country: all, and those of its places alone.
#[derive(Clone, Copy, Default)]
struct Tally {
    all: i32,
    places: i32,
}

type Tallies = FxHashMap<SmolStr, Tally>;

/// Decides the ambiguous names of a report, given with its sentences in order.
pub(super) fn settle(trees: &[Tree], all: &mut [Mentions], date: Option<Date>) {
    for (tree, mentions) in trees.iter().zip(all.iter_mut()) {
        join_towns(tree, mentions);
    }
    drop_namesakes(trees, all);
    drop_untitled(trees, all, date);
    if all.iter().all(|m| m.names.iter().all(|(n, _)| n.terms.len() == 1)) {
        return;
    }
    let tallies: Vec<Tallies> = trees.iter().zip(all.iter()).map(|(t, m)| tally(t, m)).collect();
    let mut report = Tallies::default();
    for (country, t) in tallies.iter().flatten() {
        let sum = report.entry(country.clone()).or_default();
        sum.all += t.all;
        sum.places += t.places;
    }
    for (mentions, sentence) in all.iter_mut().zip(&tallies) {
        let actors = mentions.actors;
        for (name, _) in mentions.names.iter_mut().filter(|(n, _)| n.terms.len() > 1) {
            let is_state =
                |t: u32| actors.entry_of(t).kind == EntryKind::Country && actors.terms[t as usize].form == Form::Name;
            let against_state = name.terms.iter().any(|&t| is_state(t));
            let score = |t: u32| {
                let (entry, form) = (actors.entry_of(t), actors.terms[t as usize].form);
                let prior = match form {
                    Form::Name => 4,
                    Form::People | Form::Adjective | Form::Seat => 3,
                    Form::Capital => 2,
                    Form::Place => 0,
                    Form::Surname | Form::Titled => 1,
                };
                let here = entry.country.as_ref().map_or((Tally::default(), Tally::default()), |c| {
                    (sentence.get(c).copied().unwrap_or_default(), report.get(c).copied().unwrap_or_default())
                });
                let part = against_state && entry.kind == EntryKind::Place;
                let evidence = if part { 5 * here.0.places + here.1.places } else { 5 * here.0.all + here.1.all };
                let absent = if date.is_some() && !entry.dates.holds(date) { 100 } else { 0 };
                prior + evidence - absent
            };
            // People of one name are told apart by their offices, and an ethnic word by what stands beside it.
            let fixed = |t: u32| matches!(actors.entry_of(t).kind, EntryKind::Person | EntryKind::Ethnic);
            if name.terms.iter().filter(|&&t| !fixed(t)).count() > 1 {
                name.terms.sort_by_key(|&t| (fixed(t), -score(t)));
            }
        }
    }
}

/// The unambiguous names of a sentence, by country.
fn tally(tree: &Tree, mentions: &Mentions) -> Tallies {
    let actors = mentions.actors;
    let mut out = Tallies::default();
    for (name, _) in &mentions.names {
        let mut countries = name.terms.iter().map(|&t| actors.entry_of(t).country.as_ref());
        let Some(Some(first)) = countries.next() else { continue };
        if countries.any(|c| c != Some(first)) {
            continue;
        }
        let t = out.entry(first.clone()).or_default();
        t.all += 1;
        t.places += i32::from(actors.entry_of(name.terms[0]).kind == EntryKind::Place);
    }
    // "Gov. Kemp": governors of the wire are American unless other places say otherwise.
    if (0..tree.len()).any(|t| tree.lower(t) == "gov." || tree.form(t) == "Gov") {
        out.entry(SmolStr::new_static("USA")).or_default().places += 1;
    }
    out
}

/// The states of the USA and the provinces of Canada that a town's name is followed by, with their abbreviations.
const STATES: [&str; 110] = [
    "alabama",
    "alaska",
    "arizona",
    "arkansas",
    "california",
    "colorado",
    "connecticut",
    "delaware",
    "florida",
    "georgia",
    "hawaii",
    "idaho",
    "illinois",
    "indiana",
    "iowa",
    "kansas",
    "kentucky",
    "louisiana",
    "maine",
    "maryland",
    "massachusetts",
    "michigan",
    "minnesota",
    "mississippi",
    "missouri",
    "montana",
    "nebraska",
    "nevada",
    "ohio",
    "oklahoma",
    "oregon",
    "pennsylvania",
    "tennessee",
    "texas",
    "utah",
    "vermont",
    "virginia",
    "washington",
    "wisconsin",
    "wyoming",
    "ala",
    "ala.",
    "ariz",
    "ariz.",
    "ark",
    "ark.",
    "calif",
    "calif.",
    "colo",
    "colo.",
    "conn",
    "conn.",
    "del",
    "del.",
    "fla",
    "fla.",
    "ga",
    "ga.",
    "ill",
    "ill.",
    "ind",
    "ind.",
    "kan",
    "kan.",
    "ky",
    "ky.",
    "la.",
    "md",
    "md.",
    "mass",
    "mass.",
    "mich",
    "mich.",
    "minn",
    "minn.",
    "miss",
    "miss.",
    "mo.",
    "mont",
    "mont.",
    "neb",
    "neb.",
    "nev",
    "nev.",
    "n.h.",
    "n.j.",
    "n.m.",
    "n.y.",
    "n.c.",
    "n.d.",
    "okla",
    "okla.",
    "ore",
    "ore.",
    "pa",
    "pa.",
    "r.i.",
    "s.c.",
    "s.d.",
    "tenn",
    "tenn.",
    "tex",
    "tex.",
    "vt",
    "vt.",
    "va",
    "va.",
    "wash.",
    "wis.",
    "wyo.",
];

/// "Moscow, Idaho", "Lebanon, Pa.": an American town, whatever its namesake is.
fn join_towns(tree: &Tree, mentions: &mut Mentions) {
    let actors = mentions.actors;
    for i in 0..mentions.names.len() {
        let (first, end) = (mentions.names[i].0.first as usize, mentions.names[i].0.end as usize);
        if end + 1 >= tree.len() || tree.form(end) != "," {
            continue;
        }
        let state = tree.lower(end + 1);
        let known = STATES.contains(&state) && tree.form(end + 1).starts_with(|c: char| c.is_ascii_uppercase());
        let own = STATES.contains(&tree.lower(first));
        // "Lebanon, Georgia and Syria" is a list of countries.
        let list = state == "georgia"
            && tree.len() > end + 2
            && (matches!(tree.lower(end + 2), "and" | "or")
                || tree.form(end + 2) == "," && mentions.name_range(end + 3).is_some());
        if !known || own || list {
            continue;
        }
        let american = |t: &u32| {
            let entry = actors.entry_of(*t);
            entry.kind == EntryKind::Place && entry.country.as_deref() == Some("USA")
        };
        let of_state = mentions.names.iter().find_map(|(n, _)| {
            (n.first as usize == end + 1).then(|| n.terms.iter().copied().find(|t| american(t))).flatten()
        });
        let Some(term) = of_state.or_else(|| actors.spelt("Idaho").into_iter().find(|t| american(t))) else { continue };
        mentions.names[i].0.terms = vec![term];
        mentions.widen_name(i, first, end);
    }
}

/// A common surname names its bearer only behind an office held on the date: "President Hussein", "King Abdullah".
fn drop_untitled(trees: &[Tree], all: &mut [Mentions], date: Option<Date>) {
    for (tree, mentions) in trees.iter().zip(all.iter_mut()) {
        let actors = mentions.actors;
        for i in 0..mentions.names.len() {
            let titled = |t: u32| actors.terms[t as usize].form == Form::Titled;
            if !mentions.names[i].0.terms.iter().any(|&t| titled(t)) {
                continue;
            }
            let first = mentions.names[i].0.first as usize;
            let said = first.checked_sub(1).and_then(|before| mentions.role(before)).filter(|r| r.end == first);
            let office = said.filter(|r| r.role.flags.has(RoleFlags::TITLE)).map(|r| {
                let words: Vec<&str> = (r.first..r.end).map(|t| tree.lower(t)).collect();
                let country = r.first.checked_sub(1).and_then(|t| mentions.country_at(t));
                (words.join(" "), country)
            });
            let held = |t: u32| {
                let (Some((words, country)), entry) = (&office, actors.entry_of(t)) else { return false };
                let same = entry.offices.iter().any(|o| {
                    o.holds(date)
                        && (o.title == *words || o.title.strip_suffix(words.as_str()).is_some_and(|r| r.ends_with(' ')))
                });
                same && country.as_ref().is_none_or(|c| entry.country.as_ref() == Some(c))
            };
            let kept: Vec<u32> = mentions.names[i].0.terms.iter().copied().filter(|&t| !titled(t) || held(t)).collect();
            if kept.is_empty() {
                mentions.drop_name(i);
            } else {
                mentions.names[i].0.terms = kept;
            }
        }
    }
}

/// "Jordan said" after "Jim Jordan": the man, not the kingdom.
fn drop_namesakes(trees: &[Tree], all: &mut [Mentions]) {
    let mut surnames: Vec<(SmolStr, usize)> = Vec::new();
    for (s, tree) in trees.iter().enumerate() {
        for name in tree.sentence.names.iter().filter(|n| n.kind == NameKind::Person && n.end - n.first > 1) {
            surnames.push((SmolStr::new(tree.form(name.end as usize - 1)), s));
        }
    }
    if surnames.is_empty() {
        return;
    }
    for (s, (tree, mentions)) in trees.iter().zip(all.iter_mut()).enumerate() {
        let actors = mentions.actors;
        for i in 0..mentions.names.len() {
            let name = &mentions.names[i].0;
            let (first, end) = (name.first as usize, name.end as usize);
            let state =
                name.terms.iter().all(|&t| matches!(actors.entry_of(t).kind, EntryKind::Country | EntryKind::Place));
            let namesake = end - first == 1 && surnames.iter().any(|(n, at)| *at <= s && n == tree.form(first));
            let place = tree
                .sentence
                .names
                .iter()
                .any(|n| n.kind == NameKind::Location && (n.first as usize..n.end as usize).contains(&first));
            if state && namesake && !place {
                mentions.drop_name(i);
            }
        }
    }
}
