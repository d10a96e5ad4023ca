//! Which place a name means in a report.
//!
//! A report is read as a whole: one name means one place throughout, unless a mention says otherwise ("Paris, Texas").
//! A place's worth is what news usually means by the name (its kind and population), what contains it in the text, and
//! how well it lies beside the other places of the report; the choice is made again until it no longer changes.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::fold::fold;
use crate::gazetteer::Gazetteer;
use crate::kind::Kind;
use crate::place::{Place, distance_km};

/// A place name in a report.
#[derive(Clone, Debug, Default)]
pub struct Mention {
    /// The name, folded.
    pub key: String,
    /// The mention that the text says it lies in ("Goma, eastern Congo").
    pub within: Option<usize>,
    /// What the words beside it say it is ("the province of …"); empty where they say nothing.
    pub kinds: &'static [Kind],
    /// The country that the codebook or the text says it is, or lies in (ISO3).
    pub country: Option<SmolStr>,
    /// The country in which news usually means it, by the codebook ("Gaza" is no province of Mozambique); others remain
    /// possible.
    pub usual: Option<SmolStr>,
}

/// What a usual country adds to the worth of a place in it.
const USUAL: f64 = 1.2;

/// What a mention was found to mean.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The place.
    pub place: Place,
    /// What decided: `only`, `container`, `report` (the other places of the report), `usual`.
    pub rule: &'static str,
}

/// Candidates looked at of one name; the names of saints have hundreds.
const MOST: usize = 40;
/// Rounds of choosing; choices settle in two or three.
const ROUNDS: usize = 4;

struct Candidate {
    place: Place,
    admin1: String,
    prior: f64,
}

/// All mentions of one name.
struct Group {
    candidates: Vec<Candidate>,
    mentions: f64,
    chosen: usize,
    rule: &'static str,
    locked: bool,
}

/// How readily news means this place when it says this name, in rough decibels of odds: a country before all, a town by
/// the logarithm of its population.
pub fn prior(place: &Place, primary: bool) -> f64 {
    let people = f64::from(place.population.max(1)).log10();
    let own = match place.kind {
        Kind::Country => 14.0,
        Kind::Continent => 13.0,
        Kind::Admin1 => 8.0 + people * 0.35,
        Kind::District => 1.5 + people * 0.8,
        Kind::Settlement if place.population > 0 => people * 1.6,
        Kind::Settlement | Kind::Quarter => 4.8,
        Kind::Site | Kind::Mountain => 5.0,
        Kind::Region => 10.6,
        Kind::Sea | Kind::Gulf | Kind::Strait | Kind::Canal => 9.0,
        Kind::River | Kind::Lake | Kind::Range | Kind::Desert | Kind::Peninsula | Kind::Island => 7.6,
        Kind::Forest | Kind::Plain | Kind::Border => 6.5,
    };
    if primary { own } else { own - 1.8 }
}

/// The place that each mention means; none where no gazetteer knows the name. `countries` are those that the report's
/// parties belong to, with how often each is named.
pub fn resolve(gazetteer: &Gazetteer, mentions: &[Mention], countries: &[(SmolStr, u32)]) -> Vec<Option<Choice>> {
    let mut number: FxHashMap<(&str, Option<&str>), usize> = FxHashMap::default();
    let mut groups: Vec<Group> = Vec::new();
    let mut of: Vec<usize> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        // A country that the lexicon is sure of is another name than the same word left open.
        let sure = mention.country.as_deref();
        let at = *number.entry((&mention.key, sure)).or_insert_with(|| {
            groups.push(group(gazetteer, mention));
            groups.len() - 1
        });
        groups[at].mentions += 1.0;
        hint(&mut groups[at], mention.kinds);
        of.push(at);
    }
    for group in &mut groups {
        group.best(|_| 0.0);
    }
    for (i, mention) in mentions.iter().enumerate() {
        if let Some(outer) = mention.within.and_then(|w| of.get(w)).copied() {
            contain(&mut groups, of[i], outer, countries);
        }
    }
    for _ in 0..ROUNDS {
        let beside: Vec<Option<Beside>> = groups.iter().map(Beside::of).collect();
        let mut changed = false;
        for (at, group) in groups.iter_mut().enumerate() {
            if group.locked || group.candidates.len() < 2 {
                continue;
            }
            let before = group.chosen;
            group.best(|c| support(c, at, &beside, countries));
            if group.chosen != before {
                group.rule = "report";
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    of.iter()
        .map(|&at| {
            let group = &groups[at];
            let place = group.candidates.get(group.chosen)?.place.clone();
            Some(Choice { place, rule: group.rule })
        })
        .collect()
}

fn group(gazetteer: &Gazetteer, mention: &Mention) -> Group {
    let mut candidates: Vec<Candidate> = gazetteer
        .ranked(&mention.key)
        .into_iter()
        .map(|(place, prior)| {
            let admin1 = place.admin1.as_deref().map(fold).unwrap_or_default();
            let usual = mention.usual.is_some() && place.country == mention.usual;
            Candidate { prior: if usual { prior + USUAL } else { prior }, place, admin1 }
        })
        .collect();
    if let Some(country) = &mention.country {
        let inside = |c: &Candidate| c.place.country.as_ref() == Some(country) || c.place.countries.contains(country);
        if candidates.iter().any(inside) {
            candidates.retain(inside);
        } else if let Some(place) = gazetteer.country(country).filter(|_| candidates.is_empty()) {
            candidates = vec![Candidate { prior: prior(place, true), admin1: String::new(), place: place.clone() }];
        }
    }
    candidates.truncate(MOST);
    let rule = if candidates.len() == 1 { "only" } else { "usual" };
    Group { candidates, mentions: 0.0, chosen: 0, rule, locked: false }
}

fn hint(group: &mut Group, kinds: &[Kind]) {
    if kinds.is_empty() || !group.candidates.iter().any(|c| kinds.contains(&c.place.kind)) {
        return;
    }
    for candidate in &mut group.candidates {
        if kinds.contains(&candidate.place.kind) {
            candidate.prior += 6.0 / group.mentions.max(1.0);
        }
    }
}

impl Group {
    fn best(&mut self, support: impl Fn(&Candidate) -> f64) {
        let score = |c: &Candidate| c.prior + support(c);
        let best = self.candidates.iter().enumerate().max_by(|(i, a), (j, b)| {
            // The earlier, which is the more usual, among equals.
            score(a).total_cmp(&score(b)).then(j.cmp(i))
        });
        self.chosen = best.map_or(0, |(i, _)| i);
    }
}

/// Chooses the pair of places of which one lies in the other, where the text says so.
fn contain(groups: &mut [Group], inner: usize, outer: usize, countries: &[(SmolStr, u32)]) {
    if inner == outer {
        return;
    }
    let mut best: Option<(f64, usize, usize)> = None;
    for (i, a) in groups[inner].candidates.iter().enumerate() {
        for (j, b) in groups[outer].candidates.iter().enumerate() {
            if groups[outer].locked && j != groups[outer].chosen || !lies_in(a, b) {
                continue;
            }
            // What contains others counts more: "Paris, Texas" speaks of the state.
            let score = a.prior + 1.5 * b.prior;
            if best.is_none_or(|(s, ..)| score > s) {
                best = Some((score, i, j));
            }
        }
    }
    if best.is_none() && contradicts(groups, inner, outer, countries) {
        // "the village of Bare in Leposavic": the Bare that is known lies in another country, so it is another Bare.
        groups[inner].candidates.clear();
        return;
    }
    if let Some((_, i, j)) = best {
        for (group, chosen) in [(inner, i), (outer, j)] {
            if !groups[group].locked {
                (groups[group].chosen, groups[group].locked, groups[group].rule) = (chosen, true, "container");
            }
        }
    }
}

/// Whether none of the small places that a name may mean lies in the country of what the text says it lies in, nor in any
/// country that the report names otherwise: then it is not the inner name but the outer that may be misread.
fn contradicts(groups: &[Group], inner: usize, outer: usize, countries: &[(SmolStr, u32)]) -> bool {
    let Some(around) = groups[outer].candidates.get(groups[outer].chosen) else { return false };
    let Some(country) = around.place.country.as_ref() else { return false };
    let small = |c: &Candidate| matches!(c.place.kind, Kind::Settlement | Kind::Quarter | Kind::Site);
    let named = |its: &SmolStr| {
        countries.iter().any(|(c, _)| c == its)
            || groups.iter().enumerate().any(|(at, g)| {
                at != inner
                    && at != outer
                    && g.candidates.get(g.chosen).is_some_and(|c| c.place.country.as_ref() == Some(its))
            })
    };
    matches!(around.place.kind, Kind::Country | Kind::Admin1 | Kind::District | Kind::Settlement)
        && groups[outer].candidates.iter().all(|c| c.place.country.as_ref() == Some(country))
        && !groups[inner].locked
        && groups[inner].candidates.iter().all(|c| {
            small(c)
                && c.place.country.as_ref() != Some(country)
                && !c.place.countries.contains(country)
                && !c.place.country.as_ref().is_some_and(named)
        })
}

fn lies_in(a: &Candidate, b: &Candidate) -> bool {
    if a.place.id == b.place.id {
        return false;
    }
    let country = a.place.country.is_some() && a.place.country == b.place.country;
    let km = || distance_km((a.place.lat, a.place.lon), (b.place.lat, b.place.lon));
    match b.place.kind {
        Kind::Country => {
            a.place.kind != Kind::Country
                && (country || b.place.country.as_ref().is_some_and(|c| a.place.countries.contains(c)))
        }
        Kind::Admin1 => {
            !matches!(a.place.kind, Kind::Country | Kind::Admin1)
                && country
                && (a.admin1 == fold(&b.place.name) || a.admin1.is_empty() && km() < b.place.radius_km)
        }
        Kind::District => {
            country
                && matches!(a.place.kind, Kind::Settlement | Kind::Quarter | Kind::Site)
                && km() < b.place.radius_km.max(25.0)
        }
        Kind::Settlement => {
            country && matches!(a.place.kind, Kind::Settlement | Kind::Quarter | Kind::Site) && km() < 40.0
        }
        _ => b.place.radius_km > 0.0 && km() < b.place.radius_km * 1.2,
    }
}

/// What a name of the report is taken for while another is weighed.
struct Beside {
    place: Place,
    /// The first-order division that it is or lies in, folded.
    division: String,
    /// How much it counts, by how often it is named.
    weight: f64,
}

impl Beside {
    fn of(group: &Group) -> Option<Self> {
        let taken = group.candidates.get(group.chosen)?;
        let place = taken.place.clone();
        let division = if place.kind == Kind::Admin1 { fold(&place.name) } else { taken.admin1.clone() };
        Some(Self { place, division, weight: group.mentions.sqrt() })
    }
}

/// How well a candidate lies beside what the other names of the report are taken for, and its parties' countries.
fn support(c: &Candidate, own: usize, beside: &[Option<Beside>], countries: &[(SmolStr, u32)]) -> f64 {
    let mut country = 0.0;
    let mut division = 0.0;
    let mut near: f64 = 0.0;
    for (i, other) in beside.iter().enumerate() {
        let Some(Beside { place, division: its, weight }) = other else { continue };
        if i == own {
            continue;
        }
        if c.place.country.is_some() && c.place.country == place.country {
            country += if place.kind == Kind::Country { 1.3 } else { 0.7 } * weight;
            if !c.admin1.is_empty() && c.admin1 == *its {
                division += if place.kind == Kind::Admin1 { 1.6 } else { 1.2 } * weight;
            }
        }
        if !matches!(place.kind, Kind::Country | Kind::Continent | Kind::Sea | Kind::Admin1) {
            let km = distance_km((c.place.lat, c.place.lon), (place.lat, place.lon));
            near += 2.2 * weight * (-km / 60.0).exp() + 0.5 * (-km / 400.0).exp();
        }
    }
    for (iso3, times) in countries {
        if c.place.country.as_ref() == Some(iso3) {
            country += 0.6 * f64::from(*times).sqrt();
        }
    }
    country.min(3.0) + division.min(4.0) + near.min(4.5)
}
