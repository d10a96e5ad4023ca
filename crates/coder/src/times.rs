//! When: the time expressions of a report, bound to the report's date and to the predicates they hang on.
//!
//! Expressions are read in document order, each from its own words (`times/read.rs`), then resolved against what is
//! known (`times/resolve.rs`): words such as "yesterday", "on Monday" or "last month" against the report's date, "the
//! next day" or "two years later" against the time named before. Without a report date and without such a time an
//! expression stays unresolved: its words are kept, its days are none. Values are TIMEX3 (`2023-09-24`, `1862-SP`,
//! `P3D`, `PRESENT_REF`).

pub(crate) mod lapse;
mod lexicon;
mod pieces;
mod read;
mod resolve;
pub(crate) mod said;
#[cfg(test)]
mod tests;

use forewarn_language::{Feats, Rel, Upos};
use forewarn_report::Span;
use jiff::civil::Date;

use crate::claim::When;
use crate::tree::Tree;
pub use lapse::date_of;
use pieces::{Piece, pieces};
use read::{Raw, Reading};
use resolve::{Context, Resolved, Tense};

/// A time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpr {
    /// Its words.
    pub span: Span,
    /// Its tokens, the first and one past the last.
    pub tokens: (usize, usize),
    /// Its days; both ends of a range ("from 3 to 5 May") carry the whole range.
    pub when: When,
    /// TIMEX3 type: `DATE`, `TIME`, `DURATION` or `SET`.
    pub timex_type: &'static str,
    /// TIMEX3 value.
    pub value: String,
    /// The token it hangs on: the predicate it dates where the tree is right.
    pub governs: Option<usize>,
}

impl TimeExpr {
    /// Whether it says when something happened: a date, not a bare duration, a recurring time or "now".
    pub fn dates(&self) -> bool {
        match self.timex_type {
            "SET" => false,
            "DURATION" => self.when.start.is_some(),
            _ => !self.value.ends_with("_REF"),
        }
    }
}

/// Whether `word` (lower case) names a day as the verb beside it dates it: a weekday, or "yesterday".
pub(crate) fn is_day(word: &str) -> bool {
    lexicon::weekday(word, false).is_some() || matches!(word, "today" | "yesterday" | "tonight")
}

/// Whether `word` (lower case) is a stretch of the calendar, such as a week.
pub(crate) fn is_unit(word: &str) -> bool {
    lexicon::Unit::of(word).is_some()
}

/// The time expressions of every sentence of a report, in document order.
pub fn times(trees: &[Tree], published: Option<Date>) -> Vec<Vec<TimeExpr>> {
    let mut context = Context::new(published, tells_history(trees, published));
    trees.iter().enumerate().map(|(i, tree)| sentence(tree, i, &mut context)).collect()
}

/// The time bound to `predicate`: its own modifiers, then those of its conjuncts, then its governing clause's.
pub fn when_of(tree: &Tree, predicate: usize, times: &[TimeExpr]) -> Option<When> {
    time_of(tree, predicate, times).map(|t| t.when.clone())
}

/// The expression that [`when_of`] takes.
pub fn time_of<'t>(tree: &Tree, predicate: usize, times: &'t [TimeExpr]) -> Option<&'t TimeExpr> {
    if !times.iter().any(TimeExpr::dates) {
        return None;
    }
    let of = |token: usize| best(times.iter().filter(|t| t.dates() && t.governs == Some(token)));
    let mut at = predicate;
    // "14 October 2017 Mogadishu bombings": the parser may make the day the head.
    if tree.rel(at) == Rel::Appos
        && let Some(head) = tree.head(at).filter(|&h| h < at)
        && let Some(day) = best(times.iter().filter(|t| t.dates() && (t.tokens.0..t.tokens.1).contains(&head)))
    {
        return Some(day);
    }
    for step in 0..12 {
        if let Some(found) = of(at) {
            return Some(found);
        }
        // The words of the predicate's own phrase: "an attack on the village on Sunday" parsed under "village".
        let inside = times
            .iter()
            .filter(|t| t.dates() && t.governs.is_some_and(|g| g != at && belongs(tree, g, at) && !tight(tree, t, g)));
        if let Some(found) = best(inside) {
            return Some(found);
        }
        // "three people were killed during Monday's protest": the day of what went on meanwhile.
        let meanwhile = times.iter().filter(|t| {
            let Some(g) = t.governs.filter(|&g| t.dates() && g != at && tight(tree, t, g)) else { return false };
            belongs(tree, g, at) && matches!(tree.case_of(g), Some("during" | "in" | "at" | "amid"))
        });
        if let Some(found) = best(meanwhile) {
            return Some(found);
        }
        if step == 0 || tree.rel(at) == Rel::Conj {
            for k in tree.kids(at).filter(|&k| tree.rel(k) == Rel::Conj && !tree.has(k, Rel::Nsubj)) {
                if let Some(found) = of(k) {
                    return Some(found);
                }
            }
        }
        // What is announced does not happen when it is said.
        if tree.rel(at) == Rel::Ccomp && tense_of(tree, at, 1) == Tense::Future {
            return None;
        }
        at = tree.head(at)?;
    }
    None
}

/// A day before a year, a resolved one before an unresolved one, the nearer to the front.
fn best<'t>(found: impl Iterator<Item = &'t TimeExpr>) -> Option<&'t TimeExpr> {
    let rank = |t: &&TimeExpr| {
        let open = t.when.precision == "open";
        (t.when.start.is_none() && t.when.end.is_none(), open, t.timex_type == "DURATION", t.span.start)
    };
    found.min_by_key(rank)
}

/// "the 1991 massacre": a time before the noun it belongs to dates that noun, not the verb it is an object of.
fn tight(tree: &Tree, time: &TimeExpr, noun: usize) -> bool {
    time.tokens.0 < noun && matches!(tree.rel(noun), Rel::Obj | Rel::Obl | Rel::Nmod)
}

/// Whether token `inner` stands in the phrase of `above` without a clause of its own in between.
fn belongs(tree: &Tree, inner: usize, above: usize) -> bool {
    let mut at = inner;
    for _ in 0..8 {
        if at == above {
            return true;
        }
        let fits = matches!(
            tree.rel(at),
            Rel::Obl
                | Rel::Nmod
                | Rel::Obj
                | Rel::Nsubj
                | Rel::Iobj
                | Rel::Appos
                | Rel::Conj
                | Rel::Xcomp
                | Rel::Compound
                | Rel::Advmod
                | Rel::Flat
        );
        if !fits || tree.upos(at) == Upos::Verb && tree.rel(at) != Rel::Xcomp {
            return false;
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => return false,
        }
    }
    false
}

/// Whether a text tells of times long past: many years named, few of them near the report's own date.
fn tells_history(trees: &[Tree], published: Option<Date>) -> bool {
    let (mut old, mut near) = (0, 0);
    for tree in trees {
        for i in 0..tree.len() {
            let word = tree.lower(i);
            let first = word.as_bytes().first().copied().unwrap_or(0);
            if word.len() == 4 && (first == b'1' || first == b'2') {
                if let Ok(year) = word.parse::<i16>() {
                    if published.is_some_and(|d| year + 2 >= d.year()) {
                        near += 1;
                    } else if year >= 1000 {
                        old += 1;
                    }
                }
            } else if matches!(word, "bc" | "b.c.") {
                old += 1;
            } else if matches!(word, "today" | "yesterday" | "tomorrow") || lexicon::weekday(word, false).is_some() {
                near += 1;
            }
        }
    }
    old >= 5 && old > 3 * near
}

fn sentence(tree: &Tree, index: usize, context: &mut Context) -> Vec<TimeExpr> {
    let p = pieces(tree);
    if !p.iter().any(may_be_time) {
        return Vec::new();
    }
    let is_year = |at: usize| bare_year(tree, &p, at);
    let readings = read::read_all(&p, context.before_christ, &is_year);
    let mut out: Vec<TimeExpr> = Vec::with_capacity(readings.len());
    for (k, reading) in readings.iter().enumerate() {
        let tokens = (p[reading.first].token, p[reading.end - 1].token + 1);
        let head = head_of(tree, tokens);
        let governs = governor(tree, head, tokens);
        let tense = governs.map_or(Tense::Unknown, |g| tense_of(tree, g, index));
        let resolved = context.resolve(reading, tense, index);
        context.remember(reading, &resolved, index);
        let before = reading.first.checked_sub(1).map_or("", |i| p[i].low);
        let mut when = when(tree, &p, reading, &resolved, before);
        let Resolved { value, timex_type, .. } = resolved;
        if let Some(earlier) = k.checked_sub(1).filter(|&e| is_range(&p, &readings[e], reading)) {
            let first: &mut TimeExpr = &mut out[earlier];
            if let (Some(start), Some(end)) = (first.when.start, when.end)
                && start <= end
            {
                first.when.end = Some(end);
                when.start = Some(start);
                let span = first.span.cover(when.span.unwrap_or(first.span));
                for w in [&mut first.when, &mut when] {
                    w.span = Some(span);
                    w.text = span.slice(tree.text).to_string();
                    w.rule = "range";
                    if w.precision == "open" {
                        w.precision = resolved.precision;
                    }
                }
            }
        }
        let span = Span { start: p[reading.first].span.start, end: p[reading.end - 1].span.end };
        out.push(TimeExpr { span, tokens, when, timex_type, value, governs });
    }
    out
}

/// A cheap look: sentences without such a word hold no time.
fn may_be_time(piece: &Piece) -> bool {
    let word = piece.low;
    let first = word.as_bytes()[0];
    first.is_ascii_digit()
        || first == b'\''
        || lexicon::Unit::of(word).is_some()
        || lexicon::month(word, piece.capital).is_some()
        || lexicon::weekday(word, piece.capital).is_some()
        || lexicon::season(word).is_some()
        || lexicon::part_of_day(word).is_some()
        || matches!(
            word,
            "today"
                | "yesterday"
                | "tomorrow"
                | "tonight"
                | "overnight"
                | "now"
                | "currently"
                | "nowadays"
                | "presently"
                | "recently"
                | "recent"
                | "former"
                | "formerly"
                | "lately"
                | "past"
                | "future"
                | "present"
                | "daily"
                | "weekly"
                | "monthly"
                | "annual"
                | "annually"
                | "yearly"
                | "christmas"
                | "new"
                | "time"
                | "period"
                | "eve"
                | "centuries"
                | "moment"
                | "point"
        )
}

fn when(tree: &Tree, p: &[Piece], reading: &Reading, resolved: &Resolved, before: &str) -> When {
    let span = Span { start: p[reading.first].span.start, end: p[reading.end - 1].span.end };
    let (mut start, mut end) = (resolved.days.map(|d| d.0), resolved.days.map(|d| d.1));
    let mut precision = resolved.precision;
    let single = !matches!(reading.raw, Raw::Window { .. });
    // "before Saturday's clashes": they were on Saturday.
    let possessive = p.get(reading.end).is_some_and(|next| matches!(next.low, "'s" | "’s"));
    if start.is_some() && single && !possessive {
        match before {
            "since" => (end, precision) = (None, "open"),
            "until" | "till" => (start, precision) = (None, "open"),
            "after" if !matches!(reading.raw, Raw::Part { .. }) => (end, precision) = (None, "open"),
            "before" => (start, end, precision) = (None, start, "open"),
            _ => {}
        }
    }
    let rule = resolved.rule;
    When { start, end, precision, text: span.slice(tree.text).to_string(), span: Some(span), rule }
}

/// "3-5 May", "from 3 to 5 May", "between May and July".
fn is_range(p: &[Piece], a: &Reading, b: &Reading) -> bool {
    if b.joined {
        return true;
    }
    if b.first != a.end + 1
        || !matches!(
            b.raw,
            Raw::Day { .. }
                | Raw::Month { .. }
                | Raw::Year(_)
                | Raw::Weekday { .. }
                | Raw::Season { .. }
                | Raw::Deictic(_)
        )
    {
        return false;
    }
    let before = a.first.checked_sub(1).map_or("", |i| p[i].low);
    match p[a.end].low {
        "to" | "until" | "till" | "through" => true,
        "and" => before == "between",
        _ => p[a.end].is_dash(),
    }
}

/// Whether the four figures at piece `at` are a year.
fn bare_year(tree: &Tree, p: &[Piece], at: usize) -> bool {
    let token = p[at].token;
    let form = tree.lower(token);
    if form.contains([',', '.', '$', '€', '£', ':']) {
        return false;
    }
    let low = |i: usize| p.get(i).map_or("", |p| p.low);
    let previous = at.checked_sub(1).map_or("", |i| p[i].low);
    if matches!(previous, "$" | "€" | "£" | "#" | "no." | "some" | "about" | "nearly" | "than" | "least" | "almost")
        && previous != "about"
    {
        return false;
    }
    let n = p[at].figures().unwrap_or(0);
    let next = low(at + 1);
    if matches!(
        next,
        "%" | "percent"
            | "km"
            | "miles"
            | "metres"
            | "meters"
            | "tonnes"
            | "tons"
            | "hours"
            | "gmt"
            | "°"
            | "hectares"
            | "acres"
    ) {
        return false;
    }
    let linked = matches!(
        previous,
        "in" | "since"
            | "until"
            | "till"
            | "by"
            | "from"
            | "of"
            | "during"
            | "between"
            | "before"
            | "after"
            | "through"
            | "early"
            | "late"
            | "mid"
            | "for"
            | "as"
            | "("
            | "-"
            | "–"
            | "—"
            | "circa"
            | "to"
            | "and"
            | ","
            | "or"
            | "around"
            | "about"
            | "the"
            | "/"
            | "ca."
            | "c."
            | "–in"
    ) || at == 0;
    // "1861-1863"
    if p.get(at + 1).is_some_and(Piece::is_dash)
        && p.get(at + 2).is_some_and(|y| y.glued && y.low.len() == 4 && y.figures().is_some())
    {
        return true;
    }
    if tree.rel(token) == Rel::Nummod {
        if let Some(h) = tree.head(token).filter(|&h| h > token) {
            let people = matches!(
                tree.lemma(h),
                "people"
                    | "man"
                    | "woman"
                    | "troops"
                    | "troop"
                    | "soldier"
                    | "person"
                    | "death"
                    | "civilian"
                    | "child"
                    | "dollar"
                    | "euro"
                    | "mile"
                    | "kilometre"
                    | "kilometer"
                    | "ton"
                    | "tonne"
                    | "refugee"
                    | "prisoner"
                    | "worker"
                    | "house"
                    | "home"
                    | "year"
                    | "day"
                    | "fighter"
                    | "casualty"
                    | "metre"
                    | "meter"
                    | "vote"
                    | "family"
                    | "student"
                    | "member"
                    | "thousand"
                    | "million"
            );
            if people && h <= token + 3 {
                return false;
            }
            if tree.feats(h).has(Feats::PLURAL) && !(1900..=2035).contains(&n) && !linked {
                return false;
            }
        }
        return true;
    }
    (1900..=2035).contains(&n) || linked
}

/// The token of `tokens` whose head lies outside.
fn head_of(tree: &Tree, (first, end): (usize, usize)) -> usize {
    (first..end)
        .rev()
        .filter(|&i| tree.head(i).is_none_or(|h| h < first || h >= end))
        .max_by_key(|&i| {
            (
                !matches!(tree.rel(i), Rel::Case | Rel::Punct | Rel::Mark),
                matches!(tree.upos(i), Upos::Noun | Upos::Propn | Upos::Num | Upos::Adv),
            )
        })
        .unwrap_or(end - 1)
}

/// The token a time hangs on: over other times and over the words that only link it.
fn governor(tree: &Tree, head: usize, tokens: (usize, usize)) -> Option<usize> {
    let mut at = tree.head(head)?;
    for _ in 0..6 {
        let inside = (tokens.0..tokens.1).contains(&at);
        let link = matches!(tree.upos(at), Upos::Adp | Upos::Adv | Upos::Num | Upos::Sconj)
            || lexicon::weekday(tree.lower(at), true).is_some()
            || lexicon::part_of_day(tree.lower(at)).is_some()
            || matches!(tree.lower(at), "end" | "beginning" | "start" | "middle" | "eve");
        if !inside && !link {
            break;
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => break,
        }
    }
    Some(at)
}

/// Whether the clause of token `at` looks back or ahead.
fn tense_of(tree: &Tree, at: usize, sentence: usize) -> Tense {
    let mut at = at;
    for _ in 0..8 {
        let verb = matches!(tree.upos(at), Upos::Verb | Upos::Aux) || tree.has(at, Rel::Cop) || tree.has(at, Rel::Aux);
        if verb {
            let (mut progressive, mut ahead) = (false, false);
            for k in tree.kids(at) {
                match tree.rel(k) {
                    Rel::Aux => match tree.lower(k) {
                        "will" | "'ll" | "’ll" | "shall" | "would" | "wo" | "may" | "might" | "could" | "should"
                        | "must" | "can" => {
                            ahead = true;
                        }
                        "have" | "has" | "had" | "did" | "was" | "were" | "'ve" | "been" => return Tense::Past,
                        "is" | "are" | "am" | "'s" | "'re" => progressive = true,
                        _ => {}
                    },
                    Rel::Cop if matches!(tree.lower(k), "was" | "were") => return Tense::Past,
                    _ => {}
                }
            }
            if ahead {
                return Tense::Future;
            }
            let feats = tree.feats(at);
            let planned = matches!(tree.lemma(at), "plan" | "schedule" | "set" | "due" | "expect" | "slate");
            if planned && feats.has(Feats::PARTICIPLE) {
                return Tense::Future;
            }
            let to = tree.kids(at).any(|k| tree.rel(k) == Rel::Mark && tree.lower(k) == "to");
            if to {
                let governor = tree.head(at).map_or("", |h| tree.lemma(h));
                let done = matches!(
                    governor,
                    "manage"
                        | "fail"
                        | "begin"
                        | "start"
                        | "continue"
                        | "try"
                        | "come"
                        | "force"
                        | "help"
                        | "use"
                        | "appear"
                        | "seem"
                        | "say"
                        | "believe"
                        | "report"
                );
                if !done {
                    return Tense::Future;
                }
            } else if feats.has(Feats::PAST) {
                return Tense::Past;
            } else if progressive && feats.has(Feats::PRESENT | Feats::GERUND | Feats::PARTICIPLE) {
                return if feats.has(Feats::PASSIVE) { Tense::Past } else { Tense::Future };
            } else if feats.has(Feats::PRESENT) && feats.has(Feats::FINITE) {
                return if sentence == 0 { Tense::Past } else { Tense::Unknown };
            }
        }
        match tree.head(at) {
            Some(h) => at = h,
            None => break,
        }
    }
    Tense::Unknown
}
