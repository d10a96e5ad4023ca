//! How many: the dead, the wounded, the arrested, the troops that a sentence counts.
//!
//! A number counts a noun, and the word that noun hangs on says what happened to them: "at least 40 civilians were
//! killed", "killing three", "the deaths of two officers", "3,000 troops", "a 4,500-strong force". Numbers joined by
//! "and" are counted apart. "No casualties" is 0 killed and 0 injured; what is not counted gives nothing. A number that
//! the sentence takes back ("up from seven") and a part of those counted ("two of them children") are no tolls.

mod part;
pub(crate) mod superseded;

use forewarn_language::{Rel, Upos};
use forewarn_report::Span;

use crate::claim::Count;
use crate::factuality::aside;
use crate::number::{Quantity, quantities};
use crate::tree::Tree;

/// The counts of a sentence: of the clause around `predicate`, or of the whole sentence.
pub fn counts(tree: &Tree, predicate: Option<usize>) -> Vec<Count> {
    let mut out = Vec::new();
    let mut marker = None;
    let all = quantities(tree);
    let mut parts = Vec::new();
    for q in &all {
        if superseded::superseded(tree, q) {
            continue;
        }
        if let Some((what, by, rule)) = role(tree, q, &mut marker)
            && predicate.is_none_or(|p| near(tree, p, by) && !apart(tree, p, by, rule == "counts/kind"))
        {
            if part::is_part(tree, q, &all) {
                parts.push((q, what, rule));
            } else {
                push(tree, q, what, rule, &mut out);
            }
        }
    }
    // A part is told only where nothing tells of the whole.
    for (q, what, rule) in parts {
        if rule != "counts/kind" && !out.iter().any(|c| c.what == what) {
            push(tree, q, what, rule, &mut out);
        }
    }
    if let Some((count, by)) = strong(tree)
        && predicate.is_none_or(|p| near(tree, p, by))
        && !out.iter().any(|c| c.span.overlaps(count.span))
    {
        out.push(count);
    }
    out.sort_by_key(|c| (c.span.start, c.what));
    out
}

/// The word that each count of a sentence hangs on, by the count's span: "arrested" of "arrested two men".
pub(crate) fn owners(tree: &Tree) -> Vec<(Span, usize)> {
    let mut marker = None;
    let mut out: Vec<(Span, usize)> = quantities(tree)
        .iter()
        .filter_map(|q| role(tree, q, &mut marker).map(|(_, by, _)| (q.span.cover(tree.token(q.counted).span), by)))
        .collect();
    out.extend(strong(tree).map(|(count, by)| (count.span, by)));
    out
}

fn push(tree: &Tree, q: &Quantity, what: &'static str, rule: &'static str, out: &mut Vec<Count>) {
    let who = who(tree, q);
    let noun = tree.token(q.counted).span;
    let span = q.span.cover(noun);
    let mut add = |what| {
        out.push(Count {
            what,
            who: who.clone(),
            low: q.low,
            best: q.best,
            high: q.high,
            text: span.slice(tree.text).to_string(),
            span,
            rule,
        });
    };
    if what == "casualties" && q.high == Some(0) {
        add("killed");
        add("injured");
    } else {
        add(what);
    }
}

/// Who is counted: the noun with its adjectives and compounds, without the number.
fn who(tree: &Tree, q: &Quantity) -> String {
    let noun = q.counted;
    if (q.tokens.0..q.tokens.1).contains(&noun) || lives(tree, noun) || event_noun(tree.lemma(noun)).is_some() {
        return String::new();
    }
    let keep = |k: usize| {
        matches!(tree.rel(k), Rel::Amod | Rel::Compound | Rel::Flat | Rel::Nmod)
            && k < noun
            && !(q.tokens.0..q.tokens.1).contains(&k)
            && tree.upos(k) != Upos::Num
            || matches!(tree.rel(k), Rel::Punct | Rel::Advmod) && k < noun && k > q.tokens.1
    };
    let tokens = tree.below(noun, &keep);
    let first = tokens.iter().copied().find(|&t| tree.upos(t) != Upos::Punct).unwrap_or(noun);
    Span { start: tree.token(first).span.start, end: tree.token(noun).span.end }.slice(tree.text).to_string()
}

/// What the verb `lemma` does to the people it takes as object.
fn done_to(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "kill" | "slay" | "murder" | "massacre" | "assassinate" | "slaughter" | "execute" | "behead" | "martyr"
        | "electrocute" | "drown" | "lynch" | "eliminate" => "killed",
        "injure" | "wound" | "hurt" | "hospitalize" | "hospitalise" | "maim" | "burn" => "injured",
        "arrest" | "detain" | "imprison" | "jail" | "apprehend" | "nab" | "incarcerate" | "intern" => "arrested",
        "displace" | "evacuate" | "uproot" | "expel" | "deport" => "displaced",
        "abduct" | "kidnap" | "seize" => "abducted",
        "capture" => "captured",
        "free" | "release" => "released",
        "deploy" | "dispatch" | "station" | "mobilize" | "mobilise" | "withdraw" | "amass" | "send" | "mass" => {
            "troops"
        }
        "fire" | "launch" | "deliver" | "intercept" | "destroy" => "weapons",
        _ => return None,
    })
}

/// What the subject of the verb `lemma` undergoes or does.
fn undergoes(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "die" | "perish" | "drown" => "killed",
        "flee" => "displaced",
        "disappear" | "vanish" => "missing",
        "protest" | "march" | "rally" | "demonstrate" | "gather" | "attend" | "participate" => "participants",
        _ => return None,
    })
}

/// What nouns count by themselves ("40 deaths", "three arrests").
fn event_noun(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "death" | "fatality" | "killing" | "murder" | "dead" | "corpse" | "body" => "killed",
        "injury" | "wounded" | "injured" => "injured",
        "casualty" | "victim" => "casualties",
        "arrest" | "detention" | "detainee" => "arrested",
        "abduction" | "kidnapping" | "hostage" | "captive" => "abducted",
        "refugee" | "evacuee" | "displaced" => "displaced",
        "missing" => "missing",
        _ => return None,
    })
}

/// What a noun that names the counted says of itself ("200 protesters", "3,000 troops", "six tanks").
fn kind_noun(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "troop" | "troops" | "soldier" | "personnel" | "serviceman" | "peacekeeper" | "marine" | "paratrooper"
        | "reservist" | "conscript" | "recruit" | "mercenary" => "troops",
        "tank" | "missile" | "rocket" | "drone" | "warplane" | "jet" | "helicopter" | "warship" | "howitzer"
        | "shell" | "mortar" | "bomb" | "gun" | "rifle" | "aircraft" | "submarine" | "vessel" | "launcher"
        | "warhead" | "uav" | "artillery" | "bomber" | "frigate" | "destroyer" | "grenade" => "weapons",
        "protester" | "protestor" | "demonstrator" | "marcher" | "striker" => "participants",
        _ => return None,
    })
}

fn lives(tree: &Tree, noun: usize) -> bool {
    tree.lemma(noun) == "life"
}

/// What a quantity counts, the token that says so, and the rule. `last` keeps the role of the number before for lists
/// whose later members lack their own ("killed three and wounded 12", "three dead, 12 hurt").
fn role(
    tree: &Tree,
    q: &Quantity,
    last: &mut Option<(&'static str, usize)>,
) -> Option<(&'static str, usize, &'static str)> {
    let noun = q.counted;
    // "dozens of protesters were arrested": what happens to the dozens happens to the protesters.
    let inner = tree.head(noun).filter(|h| (q.tokens.0..q.tokens.1).contains(h) && tree.rel(noun) == Rel::Nmod);
    let found = inner.and_then(|n| role_of(tree, n)).or_else(|| role_of(tree, noun)).or_else(|| {
        let mut at = noun;
        // "three attackers and a police officer": the role of the first holds for the others.
        for _ in 0..6 {
            if !matches!(tree.rel(at), Rel::Conj | Rel::Appos | Rel::Nummod | Rel::Flat) {
                break;
            }
            at = tree.head(at)?;
            if let Some(found) = role_of(tree, at) {
                return Some((found.0, found.1, found.2));
            }
        }
        None
    });
    if let Some((what, by, _)) = found {
        *last = Some((what, by));
    }
    let found = found.or_else(|| {
        let kind = kind_noun(tree.lemma(noun))?;
        (!q.is_article(tree)).then_some((kind, noun, "counts/kind"))
    });
    let (what, by, rule) = found?;
    // One man who is named by an article counts where people are counted, not where troops or weapons are.
    if q.is_article(tree)
        && (matches!(what, "troops" | "weapons" | "participants" | "casualties") || !person(tree, noun))
    {
        return None;
    }
    if q.high == Some(0) && matches!(what, "troops" | "weapons" | "participants") {
        return None;
    }
    // Troops are troops, weapons weapons, whatever the verb.
    let what = match (what, kind_noun(tree.lemma(noun))) {
        ("troops" | "weapons", Some(kind)) => kind,
        ("weapons", None) => return None,
        ("troops", None)
            if !matches!(
                tree.lemma(noun),
                "people"
                    | "man"
                    | "force"
                    | "member"
                    | "officer"
                    | "fighter"
                    | "police"
                    | "guard"
                    | "unit"
                    | "thousand"
                    | "hundred"
            ) =>
        {
            return None;
        }
        ("killed" | "injured" | "arrested" | "displaced" | "abducted" | "captured" | "released", Some("weapons")) => {
            return None;
        }
        (what, _) => what,
    };
    // A number of times, days or places is no number of people.
    let measures = matches!(
        tree.lemma(noun),
        "day"
            | "year"
            | "month"
            | "week"
            | "hour"
            | "time"
            | "kilometre"
            | "kilometer"
            | "mile"
            | "percent"
            | "town"
            | "village"
            | "city"
            | "house"
            | "home"
            | "building"
            | "place"
            | "minute"
            | "dollar"
            | "euro"
            | "ton"
            | "area"
            | "country"
            | "attack"
            | "province"
            | "district"
            | "animal"
    );
    if measures { None } else { Some((what, by, rule)) }
}

/// Whether an article's noun is a person rather than a crowd or a thing.
fn person(tree: &Tree, noun: usize) -> bool {
    !matches!(
        tree.lemma(noun),
        "number"
            | "lot"
            | "group"
            | "crowd"
            | "total"
            | "series"
            | "attack"
            | "bomb"
            | "blast"
            | "army"
            | "force"
            | "unit"
            | "team"
            | "dozen"
            | "hundred"
            | "thousand"
            | "family"
            | "couple"
            | "handful"
            | "figure"
            | "toll"
            | "count"
            | "estimate"
            | "report"
            | "strike"
            | "raid"
            | "explosion"
            | "policy"
            | "curfew"
            | "result"
            | "shell"
            | "missile"
            | "drone"
            | "chance"
            | "plan"
            | "deal"
            | "vehicle"
    ) && tree.upos(noun) == Upos::Noun
}

type Role = (&'static str, usize, &'static str);

/// The role of a counted noun by the word it hangs on.
fn role_of(tree: &Tree, noun: usize) -> Option<Role> {
    // "freed three hostages": people so named have their own fate where a verb tells it.
    let told = matches!(tree.lemma(noun), "hostage" | "captive" | "detainee" | "refugee" | "evacuee")
        && (tree.rel(noun) == Rel::Obj || tree.sub(noun) == forewarn_language::Sub::Pass)
        && tree.head(noun).is_some_and(|verb| done_to(tree.lemma(verb)).is_some());
    if let Some(what) = event_noun(tree.lemma(noun)).filter(|_| !told) {
        let dead_things = matches!(tree.lemma(noun), "body")
            && tree.kids(noun).any(|k| tree.rel(k) == Rel::Amod && !matches!(tree.lower(k), "dead" | "charred"));
        if !dead_things {
            return Some((what, noun, "counts/noun"));
        }
    }
    // "three dead", "12 wounded", "five missing"
    for k in tree.kids(noun).filter(|&k| matches!(tree.rel(k), Rel::Amod | Rel::Acl | Rel::Xcomp)) {
        if tree.rel(k) == Rel::Acl && active(tree, k) {
            continue;
        }
        if let Some(what) = state(tree.lower(k))
            .or_else(|| (tree.rel(k) == Rel::Acl && k > noun).then(|| done_to(tree.lemma(k))).flatten())
        {
            return Some((what, k, "counts/state"));
        }
    }
    let head = tree.head(noun)?;
    let lemma = tree.lemma(head);
    match tree.rel(noun) {
        Rel::Nsubj if tree.sub(noun) == forewarn_language::Sub::Pass => {
            if to_death(tree, head) {
                return Some(("killed", head, "counts/to-death"));
            }
            done_to(lemma).map(|w| (w, head, "counts/passive"))
        }
        Rel::Nsubj => {
            // "three dead", "40 wounded in a blast"; but "an air strike killed five" counts no strike.
            if let Some(what) = state(tree.lower(head)).filter(|_| !tree.has(head, Rel::Obj)) {
                return Some((what, head, "counts/state"));
            }
            if matches!(lemma, "go" | "remain" | "be") {
                let missing = tree.kids(head).find(|&k| state(tree.lower(k)).is_some());
                if let Some(k) = missing {
                    return state(tree.lower(k)).map(|w| (w, k, "counts/state"));
                }
            }
            if lemma == "lose" && tree.kid(head, Rel::Obj).is_some_and(|o| lives(tree, o)) {
                return Some(("killed", head, "counts/lives"));
            }
            if lemma == "take" && tree.kids(head).any(|k| tree.lemma(k) == "street") {
                return Some(("participants", head, "counts/subject"));
            }
            undergoes(lemma).map(|w| (w, head, "counts/subject"))
        }
        Rel::Obj | Rel::Iobj => {
            if lives(tree, noun) {
                return matches!(lemma, "claim" | "take" | "cost" | "lose").then_some(("killed", head, "counts/lives"));
            }
            if matches!(lemma, "leave" | "find" | "report") {
                let dead = tree.kids(head).chain(tree.kids(noun)).find(|&k| k > noun && state(tree.lower(k)).is_some());
                if let Some(k) = dead {
                    return state(tree.lower(k)).map(|w| (w, k, "counts/state"));
                }
            }
            if lemma == "take" && tree.kids(head).any(|k| matches!(tree.lemma(k), "hostage" | "custody" | "prisoner")) {
                let hostage = tree.kids(head).any(|k| tree.lemma(k) == "hostage");
                return Some((if hostage { "abducted" } else { "arrested" }, head, "counts/object"));
            }
            if lemma == "round"
                || lemma == "drive" && tree.kids(head).any(|k| matches!(tree.lemma(k), "home" | "house"))
            {
                return Some((if lemma == "round" { "arrested" } else { "displaced" }, head, "counts/object"));
            }
            if to_death(tree, head) {
                return Some(("killed", head, "counts/to-death"));
            }
            // "arrested and questioned 15 men": the object of the last verb is that of the first too.
            let mut verb = head;
            loop {
                if let Some(what) = done_to(tree.lemma(verb)) {
                    return Some((what, verb, "counts/object"));
                }
                if tree.rel(verb) != Rel::Conj {
                    return None;
                }
                verb = tree.head(verb).filter(|&v| !tree.has(v, Rel::Obj))?;
            }
        }
        // "the deaths of three men", "the arrest of five", "a toll of 40"
        Rel::Nmod => {
            if matches!(tree.case_of(noun), Some("of")) {
                if let Some(what) = nominal(lemma) {
                    return Some((what, head, "counts/of"));
                }
                let toll = lemma == "toll"
                    || lemma == "number" && tree.kids(head).any(|k| matches!(tree.lemma(k), "dead" | "death"));
                if toll {
                    return Some(("killed", head, "counts/toll"));
                }
            }
            if matches!(tree.case_of(noun), Some("at" | "to")) && lemma == "toll" {
                return Some(("killed", head, "counts/toll"));
            }
            if tree.upos(head) == Upos::Num { moved_toll(tree, noun) } else { None }
        }
        Rel::Obl => moved_toll(tree, noun),
        // "40 were killed and three soldiers wounded"
        Rel::Conj if tree.upos(head) == Upos::Verb && state(tree.lower(noun)).is_none() => {
            let verb = tree.kids(head).find(|&v| v > noun && v < noun + 9 && tree.rel(v) == Rel::Conj)?;
            let bare = !tree.kids(verb).any(|k| matches!(tree.rel(k), Rel::Nsubj | Rel::Aux | Rel::Obj));
            if !bare {
                return None;
            }
            state(tree.lower(verb)).map(|w| (w, verb, "counts/state"))
        }
        Rel::Root | Rel::Parataxis | Rel::Conj | Rel::Appos => {
            state(tree.lower(noun)).map(|w| (w, noun, "counts/state"))
        }
        _ => None,
    }
}

/// "the toll rose to nine", "revised the number of wounded from 13 to 12": the number that a toll has come to.
fn moved_toll(tree: &Tree, noun: usize) -> Option<Role> {
    if !matches!(tree.case_of(noun), Some("to" | "at")) {
        return None;
    }
    let mut verb = tree.head(noun)?;
    if tree.upos(verb) == Upos::Num {
        verb = tree.head(verb)?;
    }
    let of = |n: usize| match tree.lemma(n) {
        "toll" | "tally" => Some("killed"),
        "number" | "count" => {
            tree.kids(n).find(|&k| tree.rel(k) == Rel::Nmod && tree.case_of(k) == Some("of")).and_then(|k| {
                tree.kids(k).chain([k]).find_map(|d| event_noun(tree.lemma(d)).or_else(|| state(tree.lower(d))))
            })
        }
        _ => None,
    };
    let what = tree.kids(verb).filter(|&k| matches!(tree.rel(k), Rel::Nsubj | Rel::Obj)).find_map(of)?;
    Some((what, verb, "counts/toll"))
}

/// "shot dead", "hacked to death": what was done ended in death.
fn to_death(tree: &Tree, verb: usize) -> bool {
    let violent = matches!(
        tree.lemma(verb),
        "shoot"
            | "gun"
            | "hack"
            | "beat"
            | "stab"
            | "burn"
            | "crush"
            | "stone"
            | "knife"
            | "club"
            | "torture"
            | "trample"
    );
    violent
        && (verb + 1..(verb + 8).min(tree.len())).any(|k| {
            tree.lower(k) == "dead" && (k == verb + 1 || tree.head(k) == Some(verb))
                || tree.lower(k) == "death" && tree.lower(k - 1) == "to"
        })
}

/// Whether a clause on a noun says what others did: "the monastery where police killed three" counts no monastery.
fn active(tree: &Tree, verb: usize) -> bool {
    tree.has(verb, Rel::Obj)
        || tree.lower(verb).ends_with("ing")
        || tree.kids(verb).any(|k| matches!(tree.lower(k), "where" | "when"))
}

/// "dead", "wounded", "missing" said of people.
fn state(word: &str) -> Option<&'static str> {
    Some(match word {
        "dead" | "killed" | "slain" => "killed",
        "wounded" | "injured" | "hurt" => "injured",
        "missing" | "unaccounted" => "missing",
        "homeless" | "displaced" => "displaced",
        "detained" | "arrested" => "arrested",
        _ => return None,
    })
}

/// Nouns of what was done, with "of".
fn nominal(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "death" | "fatality" | "killing" | "murder" | "massacre" | "assassination" | "execution" | "slaying"
        | "beheading" => "killed",
        "wounding" | "injury" => "injured",
        "arrest" | "detention" | "imprisonment" => "arrested",
        "abduction" | "kidnapping" => "abducted",
        "displacement" | "evacuation" | "expulsion" => "displaced",
        "disappearance" => "missing",
        "deployment" | "withdrawal" | "dispatch" | "mobilisation" | "mobilization" => "troops",
        "release" => "released",
        _ => return None,
    })
}

/// "a 4,500-strong force", with the hyphen cut or not.
fn strong(tree: &Tree) -> Option<(Count, usize)> {
    for i in 0..tree.len() {
        let word = tree.lower(i);
        let (number, first) = if let Some(number) = word.strip_suffix("-strong") {
            (crate::number::value_of(number), i)
        } else if word == "strong" && i >= 2 && tree.lower(i - 1) == "-" {
            (crate::number::value_of(tree.lower(i - 2)), i - 2)
        } else {
            continue;
        };
        let n = Some(number? as u64);
        let noun = (i + 1..(i + 5).min(tree.len())).find(|&k| {
            matches!(tree.upos(k), Upos::Noun | Upos::Propn)
                && !tree.kids(k).any(|c| c > k && tree.rel(c) == Rel::Compound)
        })?;
        let noun =
            tree.head(noun).filter(|&h| h > noun && h < noun + 3 && tree.rel(noun) == Rel::Compound).unwrap_or(noun);
        let span = tree.token(first).span.cover(tree.token(noun).span);
        let count = Count {
            what: "troops",
            who: tree.form(noun).to_string(),
            low: n,
            best: n,
            high: n,
            text: span.slice(tree.text).to_string(),
            span,
            rule: "counts/strong",
        };
        return Some((count, noun));
    }
    None
}

/// Whether the word `by` that says what is counted belongs to the clause of the predicate `p`: one hangs on the other
/// without a clause of speech or a relative clause that the other is not in.
fn near(tree: &Tree, p: usize, by: usize) -> bool {
    let walls = |from: usize| {
        let mut out = Vec::new();
        let mut at = from;
        for _ in 0..24 {
            if matches!(tree.rel(at), Rel::Ccomp | Rel::Parataxis)
                || tree.rel(at) == Rel::Acl && tree.sub(at) == forewarn_language::Sub::Relcl
            {
                out.push(at);
            }
            match tree.head(at) {
                Some(h) => at = h,
                None => break,
            }
        }
        out
    };
    if p == by {
        return true;
    }
    if other_time(tree, by, p) || other_time(tree, p, by) || of_a_circumstance(tree, by, p) {
        return false;
    }
    if tree.is_under(by, p) || tree.is_under(p, by) {
        return true;
    }
    let mut behind = walls(by);
    let before = walls(p);
    behind.retain(|w| !before.contains(w));
    // A relative clause on the predicate's own phrase counts for it.
    behind.iter().all(|&w| tree.rel(w) == Rel::Acl && tree.is_under(w, p))
}

/// Whether `low` hangs below `high` in a clause of another time: "resigned two days after police killed six".
fn other_time(tree: &Tree, low: usize, high: usize) -> bool {
    let mut at = low;
    for _ in 0..24 {
        if at == high {
            return false;
        }
        let marked =
            |k: usize| tree.rel(k) == Rel::Mark && matches!(tree.lower(k), "after" | "before" | "since" | "until");
        if tree.rel(at) == Rel::Advcl && tree.has(at, Rel::Nsubj) && tree.kids(at).any(marked) {
            return tree.is_under(at, high);
        }
        let Some(head) = tree.head(at) else { return false };
        at = head;
    }
    false
}

/// Whether `p` only says why what is told of `by` came, or for a number of `a_kind` when: "wounded two in response to a
/// raid", "had 900 soldiers before Saturday's clashes". People do die after attacks.
fn apart(tree: &Tree, p: usize, by: usize, a_kind: bool) -> bool {
    let mut at = p;
    for _ in 0..24 {
        if tree.is_under(by, at) {
            return false;
        }
        let why = matches!(tree.case_of(at), Some("in" | "as" | "by"));
        if matches!(tree.rel(at), Rel::Obl | Rel::Nmod) && aside(tree, at) && (a_kind || why) {
            return true;
        }
        let Some(head) = tree.head(at) else { return false };
        at = head;
    }
    false
}

/// Whether `low` stands in a phrase that only says when or why `high` came: "shelled the post in retaliation for the
/// killing of three soldiers".
fn of_a_circumstance(tree: &Tree, low: usize, high: usize) -> bool {
    let mut at = low;
    for _ in 0..24 {
        if at == high {
            return false;
        }
        if matches!(tree.rel(at), Rel::Obl | Rel::Nmod) && aside(tree, at) {
            return tree.is_under(at, high);
        }
        let Some(head) = tree.head(at) else { return false };
        at = head;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::counts;
    use crate::test_tree::parsed;

    fn check(table: &str, want: &[&str]) {
        let report = parsed(table);
        let show = |n: Option<u64>| n.map_or("-".to_string(), |n| n.to_string());
        let got: Vec<String> = counts(&report.trees()[0], None)
            .iter()
            .map(|c| format!("{} {} {} {} {:?}", c.what, show(c.low), show(c.best), show(c.high), c.who))
            .collect();
        assert_eq!(got, want);
    }

    #[test]
    fn killed_and_wounded() {
        check(
            "At _ ADP 2 case\nleast _ ADJ 3 nmod\n40 _ NUM 4 nummod\nvillagers villager NOUN 6 nsubj:pass Number=Plur\n\
             were be AUX 6 aux:pass\nkilled kill VERB 0 root Tense=Past|VerbForm=Part\nand _ CCONJ 9 cc\nthree _ NUM 9 nummod\n\
             soldiers soldier NOUN 6 conj Number=Plur\nwounded wound VERB 6 conj Tense=Past|VerbForm=Part",
            &["killed 40 40 - \"villagers\"", "injured 3 3 3 \"soldiers\""],
        );
    }

    #[test]
    fn joined_numbers_are_counted_apart() {
        check(
            "the _ DET 2 det\nfatalities fatality NOUN 0 root Number=Plur\nof _ ADP 5 case\nthree _ NUM 5 nummod\n\
             attackers attacker NOUN 2 nmod Number=Plur\nand _ CCONJ 9 cc\na _ DET 9 det\npolice _ NOUN 9 compound\n\
             officer _ NOUN 5 conj",
            &["killed 3 3 3 \"attackers\"", "killed 1 1 1 \"police officer\""],
        );
    }

    #[test]
    fn a_clause_about_others_counts_no_noun() {
        check(
            "hid hide VERB 0 root\nin _ ADP 4 case\na _ DET 4 det\nmonastery _ NOUN 1 obl\nwhere _ ADV 7 advmod\n\
             police _ NOUN 7 nsubj\nkilled kill VERB 4 acl:relcl Tense=Past|VerbForm=Fin\nthree _ NUM 9 nummod\n\
             attackers attacker NOUN 7 obj Number=Plur",
            &["killed 3 3 3 \"attackers\""],
        );
    }

    #[test]
    fn no_casualties_are_nought() {
        check(
            "There _ PRON 2 expl\nwere be VERB 0 root\nno _ DET 4 det\ncasualties casualty NOUN 2 nsubj Number=Plur",
            &["injured 0 0 0 \"\"", "killed 0 0 0 \"\""],
        );
    }

    #[test]
    fn a_force_by_its_strength() {
        check(
            "a _ DET 5 det\n4,500~ _ NUM 4 nummod\n-~ _ PUNCT 2 punct\nstrong _ ADJ 5 amod\nforce _ NOUN 0 root",
            &["troops 4500 4500 4500 \"force\""],
        );
    }

    #[test]
    fn the_dead_of_another_day_are_not_counted() {
        let report = parsed(
            "Soldiers soldier NOUN 2 nsubj Number=Plur\nattacked attack VERB 0 root Tense=Past|VerbForm=Fin\ncamps camp NOUN 2 obj\n\
             days day NOUN 7 obl\nafter _ SCONJ 7 mark\nrebels rebel NOUN 7 nsubj Number=Plur\n\
             killed kill VERB 2 advcl Tense=Past|VerbForm=Fin\nnine _ NUM 9 nummod\nfarmers farmer NOUN 7 obj Number=Plur",
        );
        assert_eq!(counts(&report.trees()[0], Some(1)), []);
        assert_eq!(counts(&report.trees()[0], Some(6)).len(), 1);
    }
}
