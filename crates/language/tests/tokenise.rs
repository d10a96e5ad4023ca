//! Words of our own sentences, and what holds for any text.

use forewarn_language::tokenise;
use forewarn_report::Span;
use proptest::prelude::*;

/// The words of `text`, parted by single spaces.
fn words(text: &str) -> String {
    let mut out = Vec::new();
    tokenise(text, Span::from_range(0..text.len()), &mut out);
    out.iter().map(|s| s.slice(text)).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(words(text), *expected, "of {text:?}");
    }
}

#[test]
fn contractions_and_possessives() {
    check(&[
        ("Kyiv's mayor didn't leave.", "Kyiv 's mayor did n't leave ."),
        ("They’re here, we’ve seen it", "They ’re here , we ’ve seen it"),
        ("He cannot stay and won't go", "He can not stay and wo n't go"),
        ("I'm gonna say they'd've left", "I 'm gon na say they 'd 've left"),
        ("the rebels' leader in N'Djamena", "the rebels ' leader in N'Djamena"),
        ("O'Brien's aides; Côte d’Ivoire’s army", "O'Brien 's aides ; Côte d’Ivoire ’s army"),
        ("Qur'an, Sana'a and Ba'athists", "Qur'an , Sana'a and Ba'athists"),
        ("DON'T SHOOT: IT'S OVER", "DO N'T SHOOT : IT 'S OVER"),
        ("its army said its not true", "its army said it s not true"),
    ]);
}

#[test]
fn hyphens_and_dashes() {
    check(&[
        ("Israeli-occupied West Bank", "Israeli - occupied West Bank"),
        ("anti-tank fire hit a non-combatant", "anti-tank fire hit a non-combatant"),
        ("pro-government, ex-rebel co-founder", "pro-government , ex-rebel co-founder"),
        ("UN-backed talks and U.S.-led raids", "UN - backed talks and U.S. - led raids"),
        ("al-Shabaab and Lashkar-e-Taiba", "al - Shabaab and Lashkar - e-Taiba"),
        ("a 24-year-old man with an AK-47", "a 24 - year - old man with an AK - 47"),
        ("the army — or what was left — fled", "the army — or what was left — fled"),
        ("talks failed--again", "talks failed -- again"),
        ("2019–2023 and 300-400 dead", "2019 – 2023 and 300 - 400 dead"),
        ("Call 202-555-0143 or 555-0143.", "Call 202-555-0143 or 555-0143 ."),
    ]);
}

#[test]
fn numbers_dates_money_units() {
    check(&[
        ("$1.5bn, £20m and US$3,000", "$ 1.5 bn , £ 20 m and US$ 3,000"),
        ("40% of 1,234,567 people", "40 % of 1,234,567 people"),
        ("Rs500 crore; Rs1,00,000", "Rs 500 crore ; Rs 1,00,000"),
        ("at 7:30pm on 9/11 and 12/05/2021", "at 7:30 pm on 9/11 and 12/05/2021"),
        ("the 21st of the 1990s, the '90s", "the 21st of the 1990s , the '90s"),
        ("a 155mm shell landed 3km away", "a 155 mm shell landed 3 km away"),
        ("1/2 of them and/or 3.5 tonnes", "1 / 2 of them and / or 3.5 tonnes"),
        ("[1,2] and .50-calibre guns", "[ 1 , 2 ] and .50 - calibre guns"),
        ("It is 38°C, 10:1", "It is 38 ° C , 10:1"),
    ]);
}

#[test]
fn abbreviations_and_initials() {
    check(&[
        ("Gen. Omar and Lt. Col. Ali met Mr. Sy.", "Gen. Omar and Lt. Col. Ali met Mr. Sy ."),
        ("the U.S. Embassy in Washington, D.C.", "the U.S. Embassy in Washington , D.C."),
        ("It began at 5 p.m. on Jan. 5.", "It began at 5 p.m. on Jan. 5 ."),
        ("It began at 5 p.m.", "It began at 5 p.m ."),
        ("No. 3 said no. No.", "No. 3 said no . No ."),
        ("J. K. Musa of Acme Inc. and Beta Co., Ltd.", "J. K. Musa of Acme Inc. and Beta Co. , Ltd ."),
        ("St. Petersburg vs. Moscow, e.g. in sport", "St. Petersburg vs. Moscow , e.g. in sport"),
        ("guns, trucks, etc. were taken", "guns , trucks , etc. were taken"),
        ("Springfield, Ill. is calm. I am ill.", "Springfield , Ill. is calm . I am ill ."),
        ("Dr. Gen. al-Sisi, Ph.D.", "Dr. Gen. al - Sisi , Ph.D."),
        ("Who am I? It was I. Nobody else.", "Who am I ? It was I . Nobody else ."),
    ]);
}

#[test]
fn quotes_brackets_ellipses() {
    check(&[
        ("“We won,” he said.", "“ We won , ” he said ."),
        ("\"Go!\" he cried; 'never' she said.", "\" Go ! \" he cried ; ' never ' she said ."),
        ("«Non», dit-il [sic] (2020).", "« Non » , dit - il [ sic ] ( 2020 ) ."),
        ("Wait... what?! No!!!", "Wait ... what ?! No !!!"),
        ("Well… “yes”", "Well … “ yes ”"),
        ("He [...] left", "He [...] left"),
        ("``Stop,'' police said", "`` Stop , '' police said"),
    ]);
}

#[test]
fn addresses_and_signs() {
    check(&[
        ("See https://example.org/a?b=1,2.", "See https://example.org/a?b=1,2 ."),
        ("(www.example.org) desk@example.org,", "( www.example.org ) desk@example.org ,"),
        ("said example.com's editor on #Gaza via @desk_1", "said example.com 's editor on #Gaza via @desk_1"),
        ("AT&T and R&D :-) ok :)", "AT&T and R&D :-) ok :)"),
        ("The town fell.The army left.", "The town fell . The army left ."),
        ("Peace 🕊️🙏🏽 now", "Peace 🕊️ 🙏🏽 now"),
        ("non\u{a0}breaking\u{2003}spaces", "non breaking spaces"),
    ]);
}

#[test]
fn only_the_block_is_read() {
    let text = "One two. Three four.";
    let mut out = Vec::new();
    tokenise(text, Span::new(9, 14), &mut out);
    assert_eq!(out, [Span::new(9, 14)]);
    tokenise(text, Span::new(9, 99), &mut out);
    tokenise("é", Span::new(0, 1), &mut out);
    assert_eq!(out.len(), 1);
}

fn holds(text: &str) {
    let mut out = Vec::new();
    tokenise(text, Span::from_range(0..text.len()), &mut out);
    let mut at = 0;
    for span in &out {
        let range = span.range();
        assert!(range.start >= at && !range.is_empty(), "{out:?} of {text:?}");
        assert!(text[at..range.start].chars().all(char::is_whitespace), "a character is left out of {text:?}");
        assert!(!span.slice(text).contains(char::is_whitespace), "white space in a word of {text:?}");
        at = range.end;
    }
    assert!(text[at..].chars().all(char::is_whitespace), "the end is left out of {text:?}");
}

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,80}") {
        holds(&text);
    }

    #[test]
    fn any_bytes(text in any::<String>()) {
        holds(&text);
    }

    #[test]
    fn marks_and_letters(text in "[a-zA-Z0-9.,:;!?'’‘“”\"()\\[\\]<>@/#$%&*+=_^|~` \n\u{a0}é–—…-]{0,60}") {
        holds(&text);
    }

    #[test]
    fn near_words(text in "(n't|'s|U\\.S\\.|www\\.|http://|Gen\\.|p\\.m\\.|:-|\\[\\.\\.\\.|1,|/|@|-|e\\.g|Ph\\.D|[ a-z0-9'.’é$Rs]){0,14}") {
        holds(&text);
    }
}
