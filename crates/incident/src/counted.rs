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

/// The camp that all of `who`, joined by commas, are of; none where it names two camps, people at large, or nobody.
pub(crate) fn one_camp(who: &str) -> Option<usize> {
    let mut camps = who.split(", ").map(camp);
    let first = camps.next()??;
    camps.all(|c| c == Some(first)).then_some(first)
}

/// Low, best and high of several counts of one kind, and whom they are of, summed over the camps: of each the fullest. None
/// where fewer than two camps are counted.
pub(crate) fn by_camp<'t>(tolls: impl Iterator<Item = &'t Toll>) -> Option<(Range, String)> {
    let value = |t: &Toll| t.best.or(t.low).or(t.high);
    let mut fullest: [Option<&Toll>; 3] = [None; 3];
    for toll in tolls {
        let Some(camp) = camp(&toll.who) else { continue };
        let fuller = |old: &Toll| (value(toll), &old.who) > (value(old), &toll.who);
        if fullest[camp].is_none_or(fuller) {
            fullest[camp] = Some(toll);
        }
    }
    let found: Vec<&Toll> = fullest.into_iter().flatten().collect();
    if found.len() < 2 {
        return None;
    }
    let sum = |part: fn(&Toll) -> Option<u64>| found.iter().map(|t| part(t)).sum::<Option<u64>>();
    let who: Vec<&str> = found.iter().map(|t| t.who.as_str()).collect();
    Some(((sum(|t| t.low), sum(|t| t.best), sum(|t| t.high)), who.join(", ")))
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
