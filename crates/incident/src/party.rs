//! Whether two descriptions may be of one party: a general one may contain a special one ("Serb gunmen", "30 heavily
//! armed Serbs", "the attackers").

use std::sync::LazyLock;

use smol_str::SmolStr;

use crate::record::Side;

/// Words of descriptions that say nothing of who they are.
fn is_empty(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "The"
            | "some"
            | "Some"
            | "several"
            | "Several"
            | "least"
            | "about"
            | "approximately"
            | "around"
            | "nearly"
            | "more"
            | "than"
            | "group"
            | "men"
            | "man"
            | "people"
            | "People"
            | "persons"
            | "forces"
            | "force"
            | "government"
            | "president"
            | "President"
            | "minister"
            | "officials"
            | "Officials"
            | "official"
            | "their"
            | "his"
            | "its"
            | "armed"
            | "Armed"
            | "heavily"
            | "unknown"
            | "unidentified"
            | "suspected"
            | "militants"
            | "Militants"
            | "attackers"
            | "gunmen"
            | "Gunmen"
            | "assailants"
            | "troops"
            | "Troops"
    )
}

/// Sectors by what they are able to do: tellers disagree within these, seldom across.
fn kind(sector: &str) -> u8 {
    match sector {
        "GOV" | "MIL" | "COP" | "SPY" | "JUD" | "LEG" | "PRM" => 1,
        "REB" | "UAF" | "CRM" | "IMG" | "SET" | "UNK" => 2,
        "IGO" | "UNO" | "NGO" | "EUR" => 3,
        _ => 4,
    }
}

/// A state's side and those in arms against it or fallen away from it.
fn foes(x: &str, y: &str) -> bool {
    let one = |x: &str, y: &str| matches!(x, "GOV" | "MIL" | "COP" | "PRM") && matches!(y, "REB" | "PRE");
    one(x, y) || one(y, x)
}

fn is_unarmed(sector: &str) -> bool {
    kind(sector) == 4
}

/// Bodies and groups with those that they are part of, pledged to or sent by: the `under` of `docs/actors.md`. Sorted.
static UNDER: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let mut out = Vec::new();
    for (path, text) in forewarn_codebook::files::all() {
        if !path.starts_with("dictionaries/actors/bodies/") && !path.starts_with("dictionaries/actors/groups/") {
            continue;
        }
        for head in text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| Some(l.split_once(':')?.0)) {
            let Some((own, over)) = head.split_once(" under ") else { continue };
            let code = own.split_whitespace().next().unwrap_or_default();
            let over = over.split_whitespace().next().unwrap_or_default();
            out.extend(over.split(',').map(|o| (code, o)));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
});

/// Whether one body is a part of the other: "NATO peacekeepers" are those of KFOR.
fn is_part(x: &str, y: &str) -> bool {
    UNDER.binary_search(&(x, y)).is_ok() || UNDER.binary_search(&(y, x)).is_ok()
}

/// Whether two descriptions are of two sorts of people, those in arms and those without: a police officer is none of "the
/// Serbs", though both are of one state.
pub(crate) fn other_people(a: &Side, b: &Side) -> bool {
    let (Some(x), Some(y)) = (&a.sector, &b.sector) else { return false };
    let same = |p: &Option<SmolStr>, q: &Option<SmolStr>| p.is_some() && p == q;
    is_unarmed(x) != is_unarmed(y)
        && kind(x).min(kind(y)) <= 2
        && !same(&a.group, &b.group)
        && !same(&a.person, &b.person)
}

/// How well two descriptions go together: 1 surely one party, 0 nothing speaks for or against, -1 surely two.
pub(crate) fn alike(a: &Side, b: &Side) -> f32 {
    let mut score = 0.0_f32;
    let mut known = 0.0_f32;
    if let (Some(x), Some(y)) = (&a.person, &b.person) {
        if surname(x).eq_ignore_ascii_case(surname(y)) {
            return 1.0;
        }
        score -= 0.4;
        known += 0.5;
    }
    if let (Some(x), Some(y)) = (&a.group, &b.group) {
        if x == y {
            return 1.0;
        }
        if is_part(x, y) {
            score += 0.5;
        } else {
            score -= 0.9;
        }
        known += 1.0;
    }
    let foes = matches!((&a.sector, &b.sector), (Some(x), Some(y)) if foes(x, y));
    if let (Some(x), Some(y)) = (&a.country, &b.country) {
        score += match x == y {
            // Rebels and the army that they fight share a state and nothing else.
            true if foes => 0.0,
            true => 0.6,
            false => -1.0,
        };
        known += 1.0;
    }
    if let (Some(x), Some(y)) = (&a.ethnicity, &b.ethnicity) {
        score += if x == y { 0.5 } else { -0.6 };
        known += 0.6;
    }
    if let (Some(x), Some(y)) = (&a.sector, &b.sector) {
        score += if x == y {
            0.25
        } else if kind(x) == kind(y) {
            0.05
        } else if foes {
            -0.6
        } else if kind(x).min(kind(y)) == 1 && kind(x).max(kind(y)) == 3 {
            // A state is no body of states.
            -0.8
        } else if kind(x) + kind(y) == 3 {
            // Gunmen may turn out to be soldiers.
            -0.1
        } else if other_people(a, b) {
            -0.35
        } else {
            -0.2
        };
        known += 0.3;
    }
    let words = shared(&a.text, &b.text);
    if words > 0.0 {
        score += 0.5 * words;
    } else if known == 0.0 {
        return 0.0;
    }
    score.clamp(-1.0, 1.0)
}

fn surname(name: &str) -> &str {
    name.split_whitespace().next_back().unwrap_or(name)
}

/// Most words of a description that are looked at.
const LOOKED_AT: usize = 8;

/// The telling words of a description, the first few, each once; how many there are.
fn telling_words(text: &str) -> ([&str; LOOKED_AT], usize) {
    let mut out = [""; LOOKED_AT];
    let mut n = 0;
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2 && !is_empty(w));
    for word in words {
        if n == LOOKED_AT {
            break;
        }
        if !out[..n].iter().any(|w| w.eq_ignore_ascii_case(word)) {
            out[n] = word;
            n += 1;
        }
    }
    (out, n)
}

/// Share of telling words in common.
fn shared(one: &str, other: &str) -> f32 {
    let (mine, yours) = (telling_words(one), telling_words(other));
    let (mine, yours) = (&mine.0[..mine.1], &yours.0[..yours.1]);
    if mine.is_empty() || yours.is_empty() {
        return 0.0;
    }
    let both = mine.iter().filter(|w| yours.iter().any(|v| v.eq_ignore_ascii_case(w))).count();
    2.0 * both as f32 / (mine.len() + yours.len()) as f32
}

/// Whether a person is on the other side of the other: who is killed in one deed does not kill in it.
pub(crate) fn is_one_person(a: &[Side], b: &[Side]) -> bool {
    fn surnames(side: &[Side]) -> impl Iterator<Item = &str> {
        side.iter().filter_map(|s| s.person.as_deref().map(surname))
    }
    surnames(a).any(|x| surnames(b).any(|y| x.eq_ignore_ascii_case(y)))
}

/// The best of all pairs; 0 where a side is unknown.
pub(crate) fn sides(a: &[Side], b: &[Side]) -> f32 {
    best(a.iter(), &b.iter())
}

/// The best of all pairs of some parties.
pub(crate) fn best<'s>(a: impl Iterator<Item = &'s Side>, b: &(impl Iterator<Item = &'s Side> + Clone)) -> f32 {
    let mut best: Option<f32> = None;
    for x in a {
        for y in b.clone() {
            let score = alike(x, y);
            best = Some(best.map_or(score, |s| s.max(score)));
        }
    }
    best.unwrap_or(0.0)
}

/// Whether a party is no more than a place or people at the place: it says nothing of who acted.
pub(crate) fn is_general(side: &Side) -> bool {
    side.group.is_none() && side.person.is_none() && side.sector.as_deref().is_none_or(is_unarmed)
}

/// Acting side and side acted on.
pub(crate) type Sides<'s> = (&'s [Side], &'s [Side]);

/// Whether the sides of two tellings fit better the other way round: "police met gunmen" beside "gunmen attacked the
/// village". Somebody able to act must be on both sides of it; that two accounts blame different parties is no such case.
pub(crate) fn crossed(a: Sides<'_>, b: Sides<'_>) -> bool {
    fn agents(x: &[Side], y: &[Side]) -> f32 {
        // A government, which a city hall or a state attacked also stands for, is not its own police.
        let rules = |s: &Side| s.sector.as_deref() == Some("GOV");
        let able = |s: &&Side| !is_general(s);
        let of = |rule: bool| {
            best(
                x.iter().filter(able).filter(|s| rules(s) == rule),
                &y.iter().filter(able).filter(|s| rules(s) == rule),
            )
        };
        of(true).max(of(false))
    }
    (agents(a.0, b.1) >= 0.5 || agents(a.1, b.0) >= 0.5)
        && sides(a.0, b.1) + sides(a.1, b.0) > sides(a.0, b.0) + sides(a.1, b.1) + 0.3
}

#[cfg(test)]
mod tests {
    use super::is_part;

    #[test]
    fn missions_are_part_of_who_sends_them() {
        assert!(is_part("KFOR", "NATO") && is_part("EU", "EULEX") && is_part("UNAMID", "AU"));
        assert!(!is_part("KFOR", "EU") && !is_part("NATO", "NATO") && !is_part("KFOR", "EULEX"));
    }
}
