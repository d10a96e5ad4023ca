//! Content words of sentences, with the weight that their rarity gives them.

use forewarn_language::{Sentence, Upos};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::vocabulary;

/// A content word and its weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Lower-case lemma, or digits, or the words of a name joined by `_`.
    pub word: SmolStr,
    /// Its weight; the unit is that of the list it stands in.
    pub weight: u8,
}

/// What kind of word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A word of a name.
    Name,
    /// A name of several words, joined.
    Whole,
    /// A number.
    Number,
    /// A day of a month.
    Day,
    /// Noun, verb, adjective.
    Plain,
}

/// Number words; larger ones come as digits in the news.
const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words that every report of any event holds.
const EMPTY: [&str; 26] = [
    "say", "be", "have", "do", "tell", "report", "accord", "mr.", "mr", "mrs", "ms", "dr.", "'s", "s", "other", "more",
    "also", "last", "new", "make", "take", "get", "go", "come", "year", "day",
];

/// Hands over the content words of a sentence in order.
pub(crate) fn content(text: &str, sentence: &Sentence, take: &mut impl FnMut(SmolStr, Sort)) {
    let mut named = vec![false; sentence.tokens.len()];
    for name in &sentence.names {
        let (first, end) = (name.first as usize, (name.end as usize).min(sentence.tokens.len()));
        let mut whole = String::new();
        for (i, flag) in named.iter_mut().enumerate().take(end).skip(first) {
            *flag = true;
            let form = sentence.form(text, i);
            if form.chars().any(char::is_alphanumeric) && form != "the" && form != "The" && form != "'s" {
                if !whole.is_empty() {
                    whole.push('_');
                }
                whole.push_str(&form.to_lowercase());
            }
        }
        if whole.contains('_') {
            take(SmolStr::from(whole), Sort::Whole);
        }
    }
    let start = after_dateline(text, sentence);
    for (i, token) in sentence.tokens.iter().enumerate().skip(start) {
        if !matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num | Upos::X) {
            continue;
        }
        let form = token.span.slice(text);
        if let Some(digits) = digits(form) {
            take(digits.clone(), Sort::Number);
            let month = |j: Option<usize>| {
                let word =
                    j.and_then(|j| sentence.tokens.get(j))?.span.slice(text).trim_end_matches('.').to_lowercase();
                MONTHS.iter().find(|m| **m == word || word.len() >= 3 && word != "mar" && m.starts_with(&word))
            };
            if digits.len() <= 2
                && let Some(month) = month(i.checked_sub(1)).or_else(|| month(Some(i + 1)))
            {
                take(SmolStr::from(format!("{month}_{digits}")), Sort::Day);
            }
            continue;
        }
        let mut word = lower(&token.lemma);
        if let Some(n) = NUMBERS.iter().position(|w| *w == word) {
            take(SmolStr::from(n.to_string()), Sort::Number);
            continue;
        }
        if !word.starts_with(char::is_alphanumeric) {
            word.drain(..word.find(char::is_alphanumeric).unwrap_or(word.len()));
        }
        // Days are compared as days.
        if WEEKDAYS.contains(&word.as_str()) || token.upos == Upos::Propn && month_of(&word).is_some() {
            continue;
        }
        if word.len() < 2 || EMPTY.contains(&word.as_str()) || !word.chars().any(char::is_alphabetic) {
            continue;
        }
        let sort = if named[i] || token.upos == Upos::Propn { Sort::Name } else { Sort::Plain };
        take(SmolStr::from(word), sort);
    }
}

/// The month that a lower-case word or abbreviation names ("sept.", "aug").
fn month_of(word: &str) -> Option<&'static str> {
    let word = word.trim_end_matches('.');
    MONTHS.iter().copied().find(|m| *m == word || word.len() >= 3 && m.starts_with(word))
}

/// The first token after a dateline ("PRISTINA, Sept 30 (Reuters) - "), which tells of no happening.
fn after_dateline(text: &str, sentence: &Sentence) -> usize {
    let form = |i: usize| sentence.form(text, i);
    let reach = sentence.tokens.len().min(18);
    let dash = (0..reach).find(|&i| matches!(form(i), "-" | "–" | "—" | "--"));
    match dash {
        Some(dash) if dash > 0 && matches!(form(dash - 1), ")" | "]") => dash + 1,
        _ => 0,
    }
}

fn lower(lemma: &str) -> String {
    let mut out = lemma.to_lowercase();
    if out.ends_with('.') {
        out.pop();
    }
    out
}

/// The digits of a plain number ("1,200" and "1 200" are 1200); none of a word.
fn digits(form: &str) -> Option<SmolStr> {
    if !form.starts_with(|c: char| c.is_ascii_digit()) || form.contains(|c: char| c.is_alphabetic()) {
        return None;
    }
    let kept: String = form.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}')).collect();
    Some(SmolStr::from(kept))
}

/// What a word of its sort weighs: its idf, more for names, which tell stories apart.
pub(crate) fn weight(word: &str, sort: Sort) -> f32 {
    match sort {
        Sort::Name => 1.3 * vocabulary::idf(word),
        Sort::Whole => 6.0,
        Sort::Day => 8.0,
        // Small numbers are in every text.
        Sort::Number => match word.len() {
            1 => 1.5,
            2 => 3.5,
            _ => 6.0,
        },
        Sort::Plain => vocabulary::idf(word),
    }
}

/// The heaviest `keep` words of a sentence, sorted by word; weights in eighths, at most 255.
pub(crate) fn of_sentence(text: &str, sentence: &Sentence, keep: usize) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    content(text, sentence, &mut |word, sort| {
        let weight = (weight(&word, sort) * 8.0).round().clamp(1.0, 255.0) as u8;
        terms.push(Term { word, weight });
    });
    heaviest(terms, keep)
}

/// The heaviest `keep` of `terms`, each once, sorted by word.
pub(crate) fn heaviest(mut terms: Vec<Term>, keep: usize) -> Vec<Term> {
    terms.sort_unstable_by(|a, b| a.word.cmp(&b.word).then(b.weight.cmp(&a.weight)));
    terms.dedup_by(|a, b| a.word == b.word);
    if terms.len() > keep {
        terms.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
        terms.truncate(keep);
        terms.sort_unstable_by(|a, b| a.word.cmp(&b.word));
    }
    terms
}

/// Cosine of two lists sorted by word, 0 to 1; `shared` is handed each common word.
pub(crate) fn cosine<'t>(a: &'t [Term], b: &'t [Term], mut shared: impl FnMut(&'t Term, &'t Term)) -> f32 {
    let (mut i, mut j, mut dot) = (0, 0, 0_u32);
    while i < a.len() && j < b.len() {
        match a[i].word.cmp(&b[j].word) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                dot += u32::from(a[i].weight) * u32::from(b[j].weight);
                shared(&a[i], &b[j]);
                i += 1;
                j += 1;
            }
        }
    }
    if dot == 0 {
        return 0.0;
    }
    let norm = |t: &[Term]| t.iter().map(|t| u32::from(t.weight).pow(2)).sum::<u32>() as f32;
    dot as f32 / (norm(a) * norm(b)).sqrt()
}
