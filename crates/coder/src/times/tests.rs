//! Times and their intervals, on small trees written by hand.

use super::{times, when_of};
use crate::test_tree::parsed;

/// Times of a table as `words value start..end precision`; the report's date is 30 September 2023, a Saturday.
fn read(table: &str, dated: bool) -> Vec<String> {
    let report = parsed(table);
    let published = dated.then(|| jiff::civil::date(2023, 9, 30));
    let show = |d: Option<jiff::civil::Date>| d.map_or("-".to_string(), |d| d.to_string());
    times(&report.trees(), published)
        .into_iter()
        .flatten()
        .map(|t| {
            let w = t.when;
            format!("{}: {} {}..{} {}", t.span.slice(&report.text), t.value, show(w.start), show(w.end), w.precision)
        })
        .collect()
}

/// A sentence with one verb and a time phrase, every word of which hangs on its last.
fn phrase(verb: &str, words: &str) -> String {
    let words: Vec<&str> = words.split(' ').collect();
    let head = words.len() + 1;
    let mut rows = vec![verb.to_string()];
    for (i, word) in words.iter().enumerate() {
        let tag = if word.bytes().all(|b| b.is_ascii_digit()) { "NUM" } else { "NOUN" };
        let (to, rel) = if i + 2 == head { (1, "obl") } else { (head, "compound") };
        rows.push(format!("{word} _ {tag} {to} {rel}"));
    }
    rows.join("\n")
}

const PAST: &str = "attacked attack VERB 0 root Tense=Past|VerbForm=Fin";

#[test]
fn relative_days_hang_on_the_report() {
    assert_eq!(
        read(&phrase(PAST, "the previous Sunday"), true),
        ["the previous Sunday: 2023-09-24 2023-09-24..2023-09-24 day"]
    );
    assert_eq!(read(&phrase(PAST, "the previous Sunday"), false), ["the previous Sunday: XXXX-WXX-7 -..- unresolved"]);
    assert_eq!(read(&phrase(PAST, "on Monday"), true), ["Monday: 2023-09-25 2023-09-25..2023-09-25 day"]);
    assert_eq!(read(&phrase(PAST, "yesterday"), true), ["yesterday: 2023-09-29 2023-09-29..2023-09-29 day"]);
    assert_eq!(read(&phrase(PAST, "overnight"), true), ["overnight: 2023-09-29TNI 2023-09-29..2023-09-30 day"]);
    assert_eq!(read(&phrase(PAST, "three weeks ago"), true), ["three weeks ago: 2023-W36 2023-09-04..2023-09-10 week"]);
    assert_eq!(read(&phrase(PAST, "last month"), true), ["last month: 2023-08 2023-08-01..2023-08-31 month"]);
    assert_eq!(read(&phrase(PAST, "in recent days"), true), ["recent days: PXD 2023-09-23..2023-09-30 week"]);
    assert_eq!(read(&phrase(PAST, "the past 24 hours"), true), ["the past 24 hours: PT24H 2023-09-29..2023-09-30 day"]);
}

#[test]
fn the_tense_decides_between_last_and_next() {
    let table = "Talks talk NOUN 3 nsubj\nwill _ AUX 3 aux\nresume _ VERB 0 root VerbForm=Inf\non _ ADP 5 case\nThursday _ PROPN 3 obl";
    assert_eq!(read(table, true), ["Thursday: 2023-10-05 2023-10-05..2023-10-05 day"]);
    assert_eq!(read(&phrase(PAST, "in December"), true), ["December: 2022-12 2022-12-01..2022-12-31 month"]);
}

#[test]
fn absolute_dates_open_and_closed() {
    assert_eq!(read(&phrase(PAST, "on 5 May 2022"), true), ["5 May 2022: 2022-05-05 2022-05-05..2022-05-05 day"]);
    assert_eq!(read(&phrase(PAST, "since February 2022"), true), ["February 2022: 2022-02 2022-02-01..- open"]);
    assert_eq!(read(&phrase(PAST, "in 1999"), true), ["1999: 1999 1999-01-01..1999-12-31 year"]);
    assert_eq!(
        read(&phrase(PAST, "from 3 to 5 May"), true),
        ["3: 2023-05-03 2023-05-03..2023-05-05 day", "5 May: 2023-05-05 2023-05-03..2023-05-05 day"]
    );
}

#[test]
fn a_time_belongs_to_its_clause() {
    let table = "Police _ NOUN 2 nsubj\nsaid say VERB 0 root Tense=Past\ngunmen gunman NOUN 4 nsubj\nattacked attack VERB 2 ccomp Tense=Past\n\
                 on _ ADP 6 case\nMonday _ PROPN 4 obl\nand _ CCONJ 8 cc\nfled flee VERB 4 conj Tense=Past";
    let report = parsed(table);
    let trees = report.trees();
    let found = times(&trees, Some(jiff::civil::date(2023, 9, 30)));
    let day = |at: usize| when_of(&trees[0], at, &found[0]).and_then(|w| w.start).map(|d| d.to_string());
    assert_eq!(day(3).as_deref(), Some("2023-09-25"));
    assert_eq!(day(7).as_deref(), Some("2023-09-25"));
    assert_eq!(day(1), None);
}
