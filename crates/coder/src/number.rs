//! Numbers that count something: "some 30", "at least 40", "between 15 and 20", "two dozen", "no".
//!
//! A number is kept as the text gives it. `low` and `high` are bounds that the words state, `best` is the reading a
//! table would show: an exact number fills all three, "at least 40" has no `high`, "up to 40" no `low`, "some 30" only
//! a `best`, "dozens" only a `low` (two of the named size).

use forewarn_language::{Feats, Rel, Upos};
use forewarn_report::Span;

use crate::counts::superseded::changed;
use crate::tree::Tree;

/// A number of the text and what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Not fewer.
    pub low: Option<u64>,
    /// Best reading.
    pub best: Option<u64>,
    /// Not more.
    pub high: Option<u64>,
    /// The words of the number with its modifiers, without the noun.
    pub span: Span,
    /// The tokens of `span`, first and one past the last.
    pub tokens: (usize, usize),
    /// The token that is counted ("attackers"); the number's own token where it stands alone ("40 were killed").
    pub counted: usize,
    /// Whether the number is said to be inexact ("about", "nearly", "dozens").
    pub about: bool,
}

impl Quantity {
    /// Whether it is an article read as one ("a police officer"), to be used only where counting is meant.
    pub fn is_article(&self, tree: &Tree) -> bool {
        self.tokens.1 - self.tokens.0 == 1 && matches!(tree.lower(self.tokens.0), "a" | "an")
    }
}

/// The numbers of a sentence in text order, articles included.
pub fn quantities(tree: &Tree) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        match read(tree, at) {
            Some((quantity, next)) => {
                at = next;
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    found
}

/// The value of a bare number: digits ("4,500", "1.5") or one number word ("forty").
pub(crate) fn value_of(word: &str) -> Option<f64> {
    let first = word.as_bytes().first()?;
    if first.is_ascii_digit() {
        return digits(word);
    }
    small(word).map(|n| n as f64)
}

/// The number that a word names below one hundred, hyphens allowed ("twenty-five").
pub(crate) fn small(word: &str) -> Option<u64> {
    Some(match word {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => {
            let (tens, ones) = word.split_once('-')?;
            let (tens, ones) = (small(tens)?, small(ones)?);
            if tens < 20 || tens % 10 != 0 || ones == 0 || ones > 9 {
                return None;
            }
            tens + ones
        }
    })
}

fn digits(word: &str) -> Option<f64> {
    let bare: String = word.chars().filter(|&c| c != ',').collect();
    if bare.bytes().all(|b| b.is_ascii_digit()) {
        return bare.parse::<u64>().ok().map(|n| n as f64);
    }
    let (whole, rest) = bare.split_once('.')?;
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if plain(whole) && plain(rest) { bare.parse().ok() } else { None }
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "score" => 20.0,
        "hundred" => 100.0,
        "thousand" | "k" => 1e3,
        "million" | "m" | "mn" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

/// "dozens", "hundreds of thousands": the least such number, twice the named size.
fn vague(word: &str) -> Option<f64> {
    Some(match word {
        "tens" => 10.0,
        "dozens" => 12.0,
        "scores" => 20.0,
        "hundreds" => 100.0,
        "thousands" => 1e3,
        "millions" => 1e6,
        "billions" => 1e9,
        _ => return None,
    })
}

/// How a word or two before a number bends it.
#[derive(Clone, Copy, PartialEq)]
enum Bend {
    AtLeast,
    AtMost,
    Below,
    UpTo,
    About,
    Nearly,
}

fn bend_before(tree: &Tree, first: usize) -> Option<(Bend, usize)> {
    let word = |back: usize| first.checked_sub(back).map_or("", |i| tree.lower(i));
    let (w1, w2, w3) = (word(1), word(2), word(3));
    Some(match (w3, w2, w1) {
        ("no", "fewer" | "less", "than") | ("a", "minimum", "of") => (Bend::AtLeast, first - 3),
        ("no", "more", "than") | ("a", "maximum", "of") => (Bend::AtMost, first - 3),
        ("as", "many" | "much", "as") => (Bend::UpTo, first - 3),
        ("an", "estimated", "some") => (Bend::About, first - 3),
        (_, "at", "least") | (_, "more" | "greater", "than") | (_, "upwards", "of") => (Bend::AtLeast, first - 2),
        (_, "at", "most") => (Bend::AtMost, first - 2),
        (_, "fewer" | "less", "than") => (Bend::Below, first - 2),
        (_, "up", "to") => (Bend::UpTo, first - 2),
        (_, "close", "to") => (Bend::Nearly, first - 2),
        (_, "an", "estimated") | (_, "a", "reported") => (Bend::About, first - 2),
        (_, _, "over" | "exceeding" | "minimum") if counts_here(tree, first) => (Bend::AtLeast, first - 1),
        (_, _, "under") if counts_here(tree, first) => (Bend::Below, first - 1),
        (_, _, "some" | "about" | "around" | "approximately" | "roughly" | "circa" | "estimated" | "approx") => {
            (Bend::About, first - 1)
        }
        (_, _, "nearly" | "almost") => (Bend::Nearly, first - 1),
        _ => return None,
    })
}

/// "over" and "under" bend a number that counts ("over 40 people"), not one that names a date or a place.
fn counts_here(tree: &Tree, number: usize) -> bool {
    tree.rel(number) == Rel::Nummod || tree.upos(number) == Upos::Num && tree.rel(number - 1) != Rel::Case
}

fn read(tree: &Tree, at: usize) -> Option<(Quantity, usize)> {
    let word = tree.lower(at);
    match word {
        "no" | "none" | "nobody" => return nought(tree, at),
        "a" | "an" => {
            if let Some(found) = with_article(tree, at) {
                return Some(found);
            }
            return article(tree, at);
        }
        "several" | "few" | "handful" => return some_few(tree, at),
        "between" | "from" => {
            let (low, mid) = core(tree, at + 1)?;
            let joint = if word == "between" { "and" } else { "to" };
            // "rose from seven to nine" is a number that changed, no range.
            let moves = word == "from" && changed(tree, at);
            if !moves && mid < tree.len() && tree.lower(mid) == joint {
                let (high, end) = core(tree, mid + 1)?;
                if high > low && is_count(tree, at + 1, mid) {
                    return Some((range(tree, at, end, low, high), end));
                }
            }
            return None;
        }
        _ => {}
    }
    if let Some(found) = vague_at(tree, at) {
        return Some(found);
    }
    let (value, mut end) = core(tree, at)?;
    if !is_count(tree, at, end) {
        return None;
    }
    // "15-20", "15 to 20", written together or apart.
    if end + 1 < tree.len()
        && matches!(tree.lower(end), "-" | "–" | "—" | "to" | "or")
        && let Some((high, after)) = core(tree, end + 1)
        && high > value
        && high < value * 100.0
        && plausible_range(tree, end)
        && !(tree.lower(end) == "to" && at > 0 && tree.lower(at - 1) == "from" && changed(tree, at - 1))
    {
        return Some((range(tree, at, after, value, high), after));
    }
    let n = Some(value.round() as u64);
    let (mut low, best, mut high) = (n, n, n);
    let (mut best, mut first, mut about) = (best, at, false);
    if let Some((bend, from)) = bend_before(tree, at) {
        first = from;
        match bend {
            Bend::AtLeast => high = None,
            Bend::AtMost | Bend::UpTo => low = None,
            Bend::Below => (low, best) = (None, None),
            Bend::About => (low, high, about) = (None, None, true),
            Bend::Nearly => (low, about) = (None, true),
        }
    }
    let next = |k: usize| if end + k < tree.len() { tree.lower(end + k) } else { "" };
    if next(0) == "or" && next(1) == "so" {
        (low, high, about, end) = (None, None, true, end + 2);
    } else if next(0) == "or" && next(1) == "more" {
        (high, end) = (None, end + 2);
    } else if next(0) == "+" {
        (high, end) = (None, end + 1);
    }
    Some((quantity(tree, first, end, at, (low, best, high), about), end))
}

fn plausible_range(tree: &Tree, joint: usize) -> bool {
    // "rose from 15 to 20" and scores ("6-1") are not our business; "to" needs numbers that count the same noun.
    !matches!(tree.lower(joint), "to" | "or")
        || tree.head(joint - 1) == tree.head(joint + 1)
        || tree.head(joint + 1) == Some(joint - 1)
        || tree.head(joint - 1) == Some(joint + 1)
}

fn range(tree: &Tree, first: usize, end: usize, low: f64, high: f64) -> Quantity {
    let (low, high) = (low.round() as u64, high.round() as u64);
    quantity(tree, first, end, end - 1, (Some(low), Some(u64::midpoint(low, high)), Some(high)), true)
}

/// A number word or digits with its multipliers from `at`: value and the token after it.
fn core(tree: &Tree, at: usize) -> Option<(f64, usize)> {
    if at >= tree.len() {
        return None;
    }
    let word = tree.lower(at);
    if word == "half" && at + 2 < tree.len() && tree.lower(at + 1) == "a" {
        return scale(tree.lower(at + 2)).filter(|&s| s >= 12.0).map(|s| (s / 2.0, at + 3));
    }
    if let Some(value) = glued(word) {
        return Some((value, at + 1));
    }
    let mut total = value_of(word)?;
    let spelt = !word.as_bytes()[0].is_ascii_digit();
    let mut end = at + 1;
    // "twenty" "-" "five", as some tokenisers leave it.
    if spelt && total >= 20.0 && total % 10.0 == 0.0 {
        let dash = usize::from(end < tree.len() && tree.lower(end) == "-");
        if let Some(ones) = tree_small(tree, end + dash).filter(|&n| n > 0 && n < 10) {
            total += ones as f64;
            end += dash + 1;
        }
    }
    let mut sum = 0.0;
    while end < tree.len() {
        let word = tree.lower(end);
        if let Some(times) = scale(word).filter(|&s| s > 12.0 && word.len() > 2) {
            total *= times;
            end += 1;
            if times >= 1000.0 {
                sum += total;
                total = 0.0;
            }
        } else if word == "dozen" {
            return Some((total * 12.0, end + 1));
        } else if word == "and" && spelt && (total >= 100.0 || sum > 0.0) {
            let Some(more) = tree_small(tree, end + 1) else { break };
            total += more as f64;
            end += 2;
        } else if sum > 0.0 && total == 0.0 && spelt {
            let Some(more) = tree_small(tree, end) else { break };
            total += more as f64;
            end += 1;
        } else {
            break;
        }
    }
    Some((sum + total, end))
}

fn tree_small(tree: &Tree, at: usize) -> Option<u64> {
    if at < tree.len() { small(tree.lower(at)) } else { None }
}

/// "15-20" is left to the range reader; "1.5m", "300k" are one token.
fn glued(word: &str) -> Option<f64> {
    let split = word.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = word.split_at(split);
    if number.is_empty() {
        return None;
    }
    let times = match unit {
        "k" | "m" | "mn" | "bn" => scale(unit)?,
        _ => return None,
    };
    Some(digits(number)? * times)
}

/// Whether the number at `first..end` counts a thing: not a year, a day of a month, a percentage or part of a name.
fn is_count(tree: &Tree, first: usize, end: usize) -> bool {
    let last = end - 1;
    let next = if end < tree.len() { tree.lower(end) } else { "" };
    if matches!(next, "%" | "percent" | "per" | "pc" | "°" | "am" | "pm" | "a.m." | "p.m." | ":") && next != "per"
        || next == "per" && end + 1 < tree.len() && tree.lower(end + 1) == "cent"
    {
        return false;
    }
    let previous = if first > 0 { tree.lower(first - 1) } else { "" };
    if matches!(previous, "$" | "€" | "£" | "#" | "no." | "number" | ":" | "aged")
        || is_month(previous)
        || is_month(next)
    {
        return false;
    }
    let word = tree.lower(first);
    let year = end - first == 1
        && word.len() == 4
        && word.bytes().all(|b| b.is_ascii_digit())
        && (b'1'..=b'2').contains(&word.as_bytes()[0]);
    if year {
        let head = tree.head(first);
        return tree.rel(first) == Rel::Nummod
            && head.is_some_and(|h| h > first && tree.feats(h).has(Feats::PLURAL))
            && !word.starts_with("19")
            && !word.starts_with("20");
    }
    let in_name = tree.rel(last) == Rel::Flat || tree.rel(last) == Rel::Compound && tree.upos(last) == Upos::Propn;
    !in_name
}

fn is_month(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "aug"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
            | "jan."
            | "feb."
            | "aug."
            | "sept."
            | "sep."
            | "oct."
            | "nov."
            | "dec."
    )
}

fn vague_at(tree: &Tree, at: usize) -> Option<(Quantity, usize)> {
    let mut size = vague(tree.lower(at))?;
    let mut end = at + 1;
    if end + 1 < tree.len()
        && tree.lower(end) == "of"
        && let Some(more) = vague(tree.lower(end + 1))
    {
        size *= more;
        end += 2;
    }
    let mut first = at;
    if let Some((_, from)) = bend_before(tree, at) {
        first = from;
    }
    Some((quantity(tree, first, end, at, (Some((size * 2.0) as u64), None, None), true), end))
}

fn some_few(tree: &Tree, at: usize) -> Option<(Quantity, usize)> {
    if tree.lower(at) == "few" && (at == 0 || tree.lower(at - 1) != "a") {
        return None;
    }
    let dozen = at + 1 < tree.len() && matches!(tree.lower(at + 1), "dozen" | "hundred" | "thousand" | "million");
    let (times, end) = if dozen { (scale(tree.lower(at + 1))? as u64, at + 2) } else { (1, at + 1) };
    let first = if at > 0 && tree.lower(at - 1) == "a" { at - 1 } else { at };
    Some((quantity(tree, first, end, end - 1, (Some(2 * times), None, None), true), end))
}

fn nought(tree: &Tree, at: usize) -> Option<(Quantity, usize)> {
    if tree.lower(at) == "no" && !(tree.upos(at) == Upos::Det || tree.rel(at) == Rel::Det) {
        return None;
    }
    if at + 1 < tree.len() && tree.lower(at) == "no" && matches!(tree.lower(at + 1), "fewer" | "less" | "more") {
        return None;
    }
    Some((quantity(tree, at, at + 1, at, (Some(0), Some(0), Some(0)), false), at + 1))
}

/// "a hundred", "a dozen", "a couple of", "a few", "a handful of", "an estimated 40".
fn with_article(tree: &Tree, at: usize) -> Option<(Quantity, usize)> {
    let next = if at + 1 < tree.len() { tree.lower(at + 1) } else { return None };
    if matches!(next, "few" | "handful") {
        return some_few(tree, at + 1);
    }
    let exact = |value: f64, end: usize| {
        let n = Some(value as u64);
        let (mut bounds, mut first, mut about) = ((n, n, n), at, value > 11.0);
        if about {
            bounds = (None, n, None);
        }
        if let Some((bend, from)) = bend_before(tree, at) {
            first = from;
            bounds = match bend {
                Bend::AtLeast => (n, n, None),
                Bend::AtMost | Bend::UpTo | Bend::Nearly => (None, n, n),
                Bend::Below => (None, None, n),
                Bend::About => (None, n, None),
            };
            about = matches!(bend, Bend::About | Bend::Nearly);
        }
        Some((quantity(tree, first, end, end - 1, bounds, about), end))
    };
    match next {
        "couple" | "pair" => exact(2.0, at + 2),
        "dozen" | "hundred" | "thousand" | "million" | "billion" => exact(scale(next)?, at + 2),
        _ => None,
    }
}

fn article(tree: &Tree, at: usize) -> Option<(Quantity, usize)> {
    let noun = tree.head(at).filter(|_| tree.rel(at) == Rel::Det)?;
    if tree.feats(noun).has(Feats::PLURAL) || noun < at {
        return None;
    }
    let one = Some(1);
    let found = Quantity {
        low: one,
        best: one,
        high: one,
        span: tree.token(at).span,
        tokens: (at, at + 1),
        counted: noun,
        about: false,
    };
    Some((found, at + 1))
}

type Bounds = (Option<u64>, Option<u64>, Option<u64>);

fn quantity(tree: &Tree, first: usize, end: usize, core: usize, (low, best, high): Bounds, about: bool) -> Quantity {
    let span = Span { start: tree.token(first).span.start, end: tree.token(end - 1).span.end };
    Quantity { low, best, high, span, tokens: (first, end), counted: counted(tree, first, end, core), about }
}

/// The noun that the number at `first..end` counts: its head, its "of" phrase, or itself.
fn counted(tree: &Tree, first: usize, end: usize, core: usize) -> usize {
    let mut top = core;
    // Up to the token whose head lies outside the number's own words.
    for _ in first..end {
        match tree.head(top) {
            Some(h) if (first..end).contains(&h) => top = h,
            _ => break,
        }
    }
    if matches!(tree.rel(top), Rel::Nummod | Rel::Det | Rel::Amod | Rel::Compound | Rel::Advmod)
        && let Some(h) = tree.head(top)
        && matches!(
            tree.upos(h),
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::Verb | Upos::Sym
        )
    {
        // "15 gang members" counts members, even where the tree hangs the number on "gang".
        let whole = tree.head(h).filter(|&w| w == h + 1 && tree.rel(h) == Rel::Compound && h > top);
        return whole.unwrap_or(h);
    }
    let of = tree.kids(top).find(|&k| k >= end && tree.rel(k) == Rel::Nmod && tree.case_of(k) == Some("of"));
    of.unwrap_or(top)
}

#[cfg(test)]
mod tests {
    use super::quantities;
    use crate::test_tree::parsed;

    fn check(table: &str, want: &[(&str, &str, &str)]) {
        let report = parsed(table);
        let trees = report.trees();
        let show = |n: Option<u64>| n.map_or("-".to_string(), |n| n.to_string());
        let got: Vec<(String, String, String)> = quantities(&trees[0])
            .iter()
            .map(|q| {
                (
                    q.span.slice(&report.text).to_string(),
                    format!("{} {} {}", show(q.low), show(q.best), show(q.high)),
                    trees[0].form(q.counted).to_string(),
                )
            })
            .collect();
        let want: Vec<(String, String, String)> =
            want.iter().map(|(a, b, c)| ((*a).to_string(), (*b).to_string(), (*c).to_string())).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn bounds_are_kept_as_the_text_gives_them() {
        check(
            "At at ADP 2 case\nleast least ADJ 3 nmod\n40 40 NUM 4 nummod\nrebels rebel NOUN 6 nsubj:pass Number=Plur\n\
             were be AUX 6 aux:pass\nkilled kill VERB 0 root\nby by ADP 9 case\nsome some DET 9 advmod\n30 30 NUM 10 nummod\n\
             gunmen gunman NOUN 6 obl:agent Number=Plur",
            &[("At least 40", "40 40 -", "rebels"), ("some 30", "- 30 -", "gunmen")],
        );
    }

    #[test]
    fn ranges_and_large_numbers() {
        check(
            "Between between ADP 2 case\n15 15 NUM 5 nummod\nand and CCONJ 4 cc\n20 20 NUM 2 conj\nmen man NOUN 6 nsubj Number=Plur\n\
             fled flee VERB 0 root\nnearly nearly ADV 8 advmod\n1.5 1.5 NUM 9 nummod\nmillion million NUM 10 nummod\n\
             people people NOUN 6 obj Number=Plur",
            &[("Between 15 and 20", "15 17 20", "men"), ("nearly 1.5 million", "- 1500000 1500000", "people")],
        );
    }

    #[test]
    fn nought_articles_and_dozens() {
        check(
            "Dozens dozen NOUN 7 nsubj Number=Plur\nof of ADP 3 case\nvillagers villager NOUN 1 nmod Number=Plur\n, , PUNCT 5 punct\n\
             a a DET 6 det\npriest priest NOUN 1 conj\nsaw see VERB 0 root\nno no DET 9 det\nsoldiers soldier NOUN 7 obj Number=Plur",
            &[("Dozens", "24 - -", "villagers"), ("a", "1 1 1", "priest"), ("no", "0 0 0", "soldiers")],
        );
    }

    #[test]
    fn years_are_no_counts() {
        check(
            "In in ADP 2 case\n1999 1999 NUM 5 obl\ntwo two NUM 4 nummod\ndozen dozen NOUN 5 nsubj\ndied die VERB 0 root",
            &[("two dozen", "24 24 24", "dozen")],
        );
    }
}
