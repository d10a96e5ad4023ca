//! Numbers: whether two tellings' counts can be of one happening.

use crate::record::{Telling, Toll};

/// Low, best and high.
pub(crate) type Range = (Option<u64>, Option<u64>, Option<u64>);

/// Words for anybody: such a count holds the others of its kind.
const ANYBODY: [&str; 8] = ["", "people", "persons", "others", "casualties", "victims", "dead", "bodies"];

/// Whether a count's `who` says nothing special.
pub(crate) fn is_anybody(who: &str) -> bool {
    ANYBODY.iter().any(|w| who.eq_ignore_ascii_case(w))
}

/// Low, best and high of all counts of one kind in a telling: that of anybody where there is one and it is the largest,
/// else the sum.
pub(crate) fn total(tolls: &[Toll], what: &str) -> Option<Range> {
    let own: Vec<&Toll> = tolls.iter().filter(|t| t.what == what).collect();
    let value = |t: &Toll| t.best.or(t.low).or(t.high);
    let largest = own.iter().filter_map(|t| value(t)).max();
    let whole = own.iter().find(|t| is_anybody(&t.who) && value(t) == largest);
    if let Some(t) = whole.or(if own.len() == 1 { own.first() } else { None }) {
        return Some((t.low, t.best, t.high));
    }
    if own.is_empty() {
        return None;
    }
    let mut seen: Vec<&Toll> = Vec::new();
    for t in own {
        if !seen.iter().any(|s| s.who == t.who && s.best == t.best) {
            seen.push(t);
        }
    }
    let sum = |part: fn(&Toll) -> Option<u64>| seen.iter().map(|t| part(t)).sum::<Option<u64>>();
    Some((sum(|t| t.low), sum(|t| t.best), sum(|t| t.high)))
}

/// Words for those who fight outside a state's forces, for those forces, and for everybody else who is named: people of two
/// of these are surely not the same people.
const CAMPS: [&[&str]; 3] = [
    &[
        "attacker",
        "gunman",
        "militant",
        "rebel",
        "fighter",
        "insurgent",
        "terrorist",
        "assailant",
        "bomber",
        "jihadist",
        "guerrilla",
        "separatist",
        "militiaman",
        "raider",
        "bandit",
    ],
    &[
        "officer",
        "policeman",
        "policewoman",
        "police",
        "soldier",
        "troop",
        "trooper",
        "guard",
        "serviceman",
        "marine",
        "gendarme",
        "peacekeeper",
        "paratrooper",
        "ranger",
    ],
    &[
        "civilian",
        "villager",
        "child",
        "woman",
        "resident",
        "bystander",
        "worker",
        "journalist",
        "farmer",
        "student",
        "pupil",
        "worshipper",
        "passenger",
        "teacher",
        "pilgrim",
        "nurse",
        "doctor",
    ],
];

/// The camp of everybody else who is named.
const CIVIL: usize = 2;

/// Letters by which two names of a nation are told apart: "Turks" are "Turkish".
const STEM: usize = 4;

fn camp(who: &str) -> Option<usize> {
    let last = who.rsplit(' ').next()?.to_lowercase();
    let is = |word: &&str| {
        last == **word
            || last.strip_suffix('s') == Some(word)
            || word.strip_suffix("man").is_some_and(|stem| last.strip_suffix("men") == Some(stem))
            || *word == "child" && last == "children"
    };
    CAMPS.iter().position(|words| words.iter().any(is))
}

/// Whom a figure counts, as far as words tell people apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    camp: Option<usize>,
    nation: Option<String>,
}

/// The group of a telling's count; none where it is of people at large, or of some whom no word tells apart.
fn group(telling: &Telling, toll: &Toll) -> Option<Group> {
    let mut camp = camp(&toll.who);
    let nation = nation(&toll.who);
    // A people by its name are none of the forces of a state or a body.
    let people = |s: &crate::Side| s.ethnicity.is_some() && s.text.contains(toll.who.as_str());
    if camp.is_none() && nation.is_some() && telling.recipient.iter().chain(&telling.actor).any(people) {
        camp = Some(CIVIL);
    }
    (camp.is_some() || nation.is_some()).then_some(Group { camp, nation })
}

/// The first letters of the people or nation that words name: "Serb gunmen", "Hungarians", "Indian soldiers". Acronyms are
/// bodies and the names of states places, which say less: the same men are "Kosovo police" and "Albanian policemen".
fn nation(who: &str) -> Option<String> {
    let mut words = who.split([' ', '-']).rev();
    let last = words.next()?;
    // Of "Bosnian Serbs" the last says who they are.
    std::iter::once((last, true)).chain(words.map(|w| (w, false))).find_map(|(word, last)| {
        let name = word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase);
        let adjective = ["an", "ans", "i", "is", "ese", "ish", "ch"].iter().any(|end| word.ends_with(end));
        let people = name && word.len() > 3 && (adjective || last && word.ends_with('s'));
        people.then(|| word.to_lowercase().chars().take(STEM).collect())
    })
}

/// Whether two groups are surely not the same people: of two camps, or of two nations.
pub(crate) fn apart(a: &Group, b: &Group) -> bool {
    matches!((a.camp, b.camp), (Some(x), Some(y)) if x != y)
        || matches!((&a.nation, &b.nation), (Some(x), Some(y)) if x != y)
}

/// The counts of one report, parted into groups that are surely not the same people: of each the fullest, with whom it is
/// of, in the order of their camps and names.
pub(crate) fn by_group<'t>(tolls: impl Iterator<Item = (&'t Telling, &'t Toll)>) -> Vec<(Group, Range, &'t str)> {
    let value = |t: &Toll| t.best.or(t.low).or(t.high);
    let mut own: Vec<(Group, &Toll)> = tolls.filter_map(|(t, toll)| Some((group(t, toll)?, toll))).collect();
    own.sort_by(|(g, t), (h, u)| {
        value(u).cmp(&value(t)).then_with(|| t.who.cmp(&u.who)).then_with(|| g.camp.cmp(&h.camp))
    });
    let mut out: Vec<(Group, &Toll)> = Vec::new();
    for (group, toll) in own {
        if out.iter().all(|(other, _)| apart(other, &group)) {
            out.push((group, toll));
        }
    }
    out.sort_by(|(g, t), (h, u)| g.camp.cmp(&h.camp).then_with(|| t.who.cmp(&u.who)));
    out.into_iter().map(|(g, t)| (g, (t.low, t.best, t.high), t.who.as_str())).collect()
}

/// The weight of two tellings' numbers for being one happening.
pub(crate) fn weight(a: &Telling, b: &Telling) -> f32 {
    if a.tolls.is_empty() || b.tolls.is_empty() {
        return 0.0;
    }
    let mut out = 0.0;
    for (what, share) in
        [("killed", 1.0), ("injured", 0.7), ("abducted", 0.9), ("arrested", 0.7), ("troops", 0.5), ("displaced", 0.5)]
    {
        if !a.tolls.iter().any(|t| t.what == what) || !b.tolls.iter().any(|t| t.what == what) {
            continue;
        }
        // Counts of different people say nothing of each other.
        let one = |t: &Telling| {
            let mut who = t.tolls.iter().filter(|t| t.what == what).map(|t| t.who.to_lowercase());
            let first = who.next();
            if who.next().is_some() { None } else { first.filter(|w| !is_anybody(w)) }
        };
        if let (Some(x), Some(y)) = (one(a), one(b))
            && x != y
            && !x.split(' ').any(|w| y.split(' ').any(|v| v == w))
        {
            continue;
        }
        if let (Some(x), Some(y)) = (total(&a.tolls, what), total(&b.tolls, what)) {
            out += share * compare(x, y);
        }
    }
    out
}

fn compare(x: Range, y: Range) -> f32 {
    let (Some(p), Some(q)) = (x.1.or(x.0).or(x.2), y.1.or(y.0).or(y.2)) else { return 0.0 };
    if p == q {
        return match p {
            0 => 0.2,
            1 => 0.4,
            2..=3 => 0.9,
            _ => 1.5,
        };
    }
    let (low, high) = (p.min(q), p.max(q));
    // "At least 40" holds 45, and not 20.
    let holds = |open: Range, value: u64| open.2.is_none() && open.0.is_some_and(|least| least <= value);
    if (holds(x, q) || holds(y, p)) && high <= low * 2 {
        return 0.2;
    }
    if high - low <= 2 || high * 2 <= low * 3 {
        // Revised by a few.
        0.0
    } else if high <= low * 3 {
        -0.9
    } else if high <= low * 8 {
        -1.5
    } else {
        -2.2
    }
}

#[cfg(test)]
mod tests {
    use super::{Group, apart, camp, nation};

    fn group(who: &str) -> Group {
        Group { camp: camp(who), nation: nation(who) }
    }

    #[test]
    fn words_tell_people_apart() {
        for (a, b, surely) in [
            ("Indian soldiers", "Pakistani soldiers", true),
            ("gunmen", "Kosovo police officer", true),
            ("Israelis", "Palestinians", true),
            ("Turks", "Turkish soldiers", false),
            ("Bosnian Serbs", "Serbs", false),
            ("NATO peacekeepers", "KFOR soldiers", false),
            ("Hungarians", "peacekeepers", false),
            ("miners", "workers", false),
        ] {
            assert_eq!(apart(&group(a), &group(b)), surely, "{a}, {b}");
            assert_eq!(apart(&group(b), &group(a)), surely, "{b}, {a}");
        }
    }
}
