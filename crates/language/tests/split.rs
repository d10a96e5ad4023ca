//! Sentences of our own texts: `¶` stands where one ends and another begins.

use forewarn_language::{Splitter, tokenise};
use forewarn_report::Span;
use proptest::prelude::*;

fn marked(splitter: &Splitter, text: &str) -> String {
    let block = Span::from_range(0..text.len());
    let mut tokens = Vec::new();
    tokenise(text, block, &mut tokens);
    let mut out = String::new();
    let mut at = 0;
    for sentence in splitter.sentences(text, block, &tokens) {
        let start = tokens[sentence.start].start as usize;
        if at > 0 {
            out.push_str(&text[at..start]);
            out.push_str("¶ ");
        }
        at = tokens[sentence.end - 1].end as usize;
        out.push_str(&text[start..at]);
    }
    out
}

#[track_caller]
fn check(cases: &[&str]) {
    let splitter = Splitter::embedded();
    let wrong: Vec<String> = cases
        .iter()
        .map(|case| (case, marked(&splitter, &case.replace("¶ ", ""))))
        .filter(|(case, got)| *case != got)
        .map(|(case, got)| format!("  want {case}\n  have {got}\n"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.concat());
}

#[test]
fn titles_and_abbreviations() {
    check(&[
        "Gen. Abdel Fattah al-Burhan met Lt. Col. Smith on Monday. ¶ They talked for an hour.",
        "The U.S. Embassy in Niamey closed. ¶ The U.K. Foreign Office followed.",
        "Troops withdrew from the U.S. ¶ The move was expected.",
        "On Jan. 5 the army entered Kidal. ¶ On Feb. 12 it left.",
        "No. 3 Brigade shelled the town. ¶ No one was hurt.",
        "The attack began at 5 p.m. ¶ It ended at dawn.",
        "The attack began at 5 p.m. on Sunday and ended at 6 a.m. Monday.",
        "He works for Acme Co. in St. Petersburg. ¶ She works for Beta Inc. ¶ They are married.",
        "The case, Musa vs. State, was heard in Washington, D.C. ¶ He lost.",
        "President Joseph R. Biden Jr. met Mr. J. K. Rao. ¶ Dr. Rao thanked him.",
        "Ukrainian forces shelled Donetsk, Gov. Denis Pushilin said. ¶ Sen. Tim Kaine disagreed.",
        "Rep. Ilhan Omar, D-Minn., said so. ¶ Others did not.",
        "Ms. Aung was held in Mt. Hagen prison. ¶ Prof. Li was not.",
        "Vitamins, flour, etc. were handed out. ¶ Many had walked for days.",
    ]);
}

#[test]
fn quotations() {
    check(&[
        "“We will not leave,” he said. ¶ “This is our land.”",
        "“We will not leave.” ¶ The governor did not answer.",
        "\"Go!\" he said, and they went. ¶ \"Where to?\" she asked.",
        "\"They shot at us,\" said Amina Yusuf, 34. ¶ \"We ran.\"",
        "“Is it over?” asked one of the women. ¶ Nobody knew.",
        "He said: “The war is over.” ¶ Then he left.",
        "'They came at night,' a villager said. ¶ 'They burned everything.'",
        "The minister called it \"a red line.\" ¶ Moscow denied it.",
        "The so-called “Islamic State” claimed the attack. ¶ Police doubt it.",
        "\"There is no fuel. ¶ There is no bread,\" he said.",
        "He shouted “Allahu Akbar!” before he blew himself up.",
    ]);
}

#[test]
fn marks_inside_sentences() {
    check(&[
        "Forces of the Sudanese army (SAF) and the Rapid Support Forces (RSF) clashed in Omdurman.",
        "The dead: three soldiers, two policemen and a child.",
        "The army took the town; the rebels fled north.",
        "The rebels — or what was left of them — fled.",
        "The rebels' Syrian backers and the United Nations' Food Programme left.",
        "“[President Bashar] Assad must go,” he said. ¶ “[He] knows it.”",
        "“I am … not sure,” she said. ¶ He was.",
        "Shares in Yahoo fell 3.5 percent. ¶ Oil rose to $80.25 a barrel.",
        "It costs 3.5 million. ¶ 12 people died.",
        "Who fired first? ¶ Both sides blame each other!",
        "Police (who were armed) fired. ¶ (Nobody was hurt.) ¶ The crowd fled.",
        "See www.example.org for more. ¶ Write to desk@example.org.",
    ]);
}

#[test]
fn titles_of_reports() {
    check(&[
        "Gunmen kill 12 in Nigerian village",
        "Ethiopia: Tigray forces accuse Eritrea of fresh attacks",
        "Iran's Khamenei says U.S. must lift sanctions first",
        "PAKISTAN ARMY SAYS SIX SOLDIERS KILLED NEAR AFGHAN BORDER",
        "Israel Strikes Gaza After Rocket Fire, Hamas Vows Revenge",
        "U.N. envoy Hans Grundberg meets Houthi leaders in Sana'a",
        "At Least 20 Killed in Mali Attack - Army",
        "What we know about the coup in Gabon",
        "Russia-Ukraine war live: Kyiv under missile attack",
    ]);
}

#[test]
fn regions() {
    check(&[
        "Al Shabaab fighters attacked a base of African Union troops in Lower Shabelle on Friday, residents said. ¶ At least 30 soldiers were killed, according to Capt. Farah Ali.",
        "Police in Dhaka fired tear gas at students of the University of Dhaka. ¶ Home Minister Asaduzzaman Khan said 14 people were held.",
        "Mexican marines seized 2 tonnes of cocaine off Manzanillo. ¶ President Andrés Manuel López Obrador praised them. ¶ The U.S. Drug Enforcement Administration took part.",
        "Protesters blocked roads across Peru for a third day. ¶ Prime Minister Alberto Otárola, speaking in Lima, urged calm.",
        "Azerbaijan said two of its servicemen were wounded near Lachin. ¶ Armenia's Defence Ministry denied that its forces had opened fire.",
        "The M23 rebels captured Bunagana, on the border with Uganda, a day after talks in Nairobi failed. ¶ Lt. Gen. Constant Ndima said the army would retake it.",
        "Nobody condemned it. ¶ NATO Secretary-General Jens Stoltenberg did not comment. ¶ USA Today asked him.",
        "“Why now?” asked Rep. Adam Schiff (D-Calif.) on Friday. ¶ He got no answer.",
        "The governor, Lt. Col. P.F. Rodolphe Sorgho, said 22 people were killed. ¶ No group claimed it.",
        "MANILA (Reuters) - The Philippine coast guard accused China of firing water cannon. ¶ Beijing said its actions were lawful.",
        "BEIRUT, Aug. 4 — Lebanon's parliament failed again to elect a president. ¶ It was the twelfth attempt.",
        "Seoul's military said North Korea fired two missiles at 7:40 a.m. local time (2240 GMT Tuesday). ¶ Japan lodged a protest.",
    ]);
}

#[test]
fn line_breaks() {
    check(&[
        "Main points\n¶ Troops left the town\n¶ Talks go on in Doha",
        "The army said on Monday that its forces had entered the town of\nKidal without a fight. ¶ Rebels denied it.",
    ]);
}

#[test]
fn empty_and_odd() {
    let splitter = Splitter::embedded();
    let none = Span::new(0, 0);
    assert!(splitter.sentences("", none, &[]).is_empty());
    check(&["...", "\"", ".", "x"]);
}

#[test]
fn file_is_checked() {
    assert!(Splitter::from_bytes(b"").is_none());
    assert!(Splitter::from_bytes(b"FWSPLIT1").is_none());
    assert!(Splitter::from_bytes(&Splitter::to_bytes(&[0; 12], [0; 3])).is_none());
}

proptest! {
    #[test]
    fn ranges_cover_the_words(text in "([A-Za-z.,!?\"'”“)(:;0-9-]|Gen\\.|U\\.S\\.|é| |\n){0,80}") {
        let splitter = Splitter::from_bytes(include_bytes!("../../../models/en-splitter.bin")).expect("well formed");
        let block = Span::from_range(0..text.len());
        let mut tokens = Vec::new();
        tokenise(&text, block, &mut tokens);
        let mut at = 0;
        for sentence in splitter.sentences(&text, block, &tokens) {
            prop_assert_eq!(sentence.start, at);
            prop_assert!(sentence.end > at);
            at = sentence.end;
        }
        prop_assert_eq!(at, tokens.len());
    }
}
