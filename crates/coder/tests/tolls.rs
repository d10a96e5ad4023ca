//! Which numbers of a sentence are the toll of its event: sentences of our own, coded from end to end.

use forewarn_codebook::{Codebook, actors::Actors};
use forewarn_coder::Coder;
use forewarn_language::{Engine, Model};
use forewarn_report::{Block, BlockKind, Report, Source, Span};

/// The counts of each sentence's claims as `what low..high`, each told once, sorted.
fn tolls(sentences: &[&str]) -> Vec<String> {
    let engine = Engine::new(Model::embedded().expect("the embedded model is sound"));
    let coder = Coder::new(Codebook::embedded().expect("no fault"), Actors::embedded().expect("no fault"));
    let told = |text: &&str| {
        let span = Span::from_range(0..text.len());
        let report = Report {
            report_id: "toll".to_owned(),
            url: None,
            text: (*text).to_owned(),
            blocks: vec![Block { kind: BlockKind::Paragraph, span }],
            publisher: None,
            authors: Vec::new(),
            published: "2023-05-10".parse().ok(),
            language: Some("en".to_owned()),
            source: Source::default(),
            dropped: Vec::new(),
        };
        let claims = coder.code(&report, &engine.analyse(&report.text, &[span])).claims;
        let show = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
        let mut out: Vec<String> = claims
            .iter()
            .flat_map(|c| &c.counts)
            .map(|c| format!("{} {}..{}", c.what, show(c.low), show(c.high)))
            .collect();
        out.sort();
        out.dedup();
        out.join(", ")
    };
    sentences.iter().map(told).collect()
}

fn check(cases: &[(&str, &str)]) {
    let got = tolls(&cases.iter().map(|c| c.0).collect::<Vec<_>>());
    for ((text, want), got) in cases.iter().zip(got) {
        assert_eq!(got, *want, "{text}");
    }
}

#[test]
fn what_kills_and_who_speaks_are_not_among_the_dead() {
    check(&[
        ("An air strike killed five people in Tarin on Monday, a doctor said.", "killed 5..5"),
        ("A soldier killed two farmers near Goma on Tuesday.", "killed 2..2"),
        ("A drone strike killed a commander in Gao, a resident said.", "killed 1..1"),
        ("An explosion killed a policeman and four soldiers in Quetta.", "killed 1..1, killed 4..4"),
        ("The raid near Gao killed seven people, Amina Diallo, a nurse at the hospital, said.", "killed 7..7"),
    ]);
}

#[test]
fn an_old_number_is_no_toll() {
    check(&[
        (
            "A bomb killed nine people in Quetta on Monday, police said, raising an earlier toll of seven.",
            "killed 9..9",
        ),
        ("The attack in Quetta killed 12 people, not 13, the ministry said on Wednesday.", "killed 12..12"),
        (
            "The number of people killed in the bombing in Quetta rose to nine, up from seven, officials said.",
            "killed 9..9",
        ),
        ("The toll of Monday's attack in Kirkuk was revised from 13 to 12.", "killed 12..12"),
        ("Police raised the death toll from the attack in Kirkuk to 15 from 12.", "killed 15..15"),
        ("The death toll from the attack in Mbau rose from seven to nine, a doctor said.", "killed 9..9"),
        ("The ambush killed eight soldiers rather than ten, the army said.", "killed 8..8"),
        ("Rebels killed 12 villagers, two more than previously reported, the army said.", "killed 12..12"),
        ("Rebels killed between seven and nine villagers near Goma.", "killed 7..9"),
    ]);
}

#[test]
fn a_part_is_no_second_toll() {
    check(&[
        ("Air strikes killed five people, two of them children, in Saraqib on Tuesday.", "killed 5..5"),
        ("Air strikes killed five people, among them two children, in Saraqib on Tuesday.", "killed 5..5"),
        ("Gunmen killed ten people, including a policeman, in Quetta on Monday.", "killed 10..10"),
        ("At least 40 people, including 12 soldiers, were killed in an attack near Gao on Monday.", "killed 40.."),
        ("Gunmen killed five soldiers and two civilians in Gao on Monday.", "killed 2..2, killed 5..5"),
    ]);
}

#[test]
fn shot_dead_is_killed() {
    check(&[
        ("Two demonstrators were shot dead by police in Conakry on Monday.", "killed 2..2"),
        ("Fighters hacked at least seven villagers to death in Mbau.", "killed 7.."),
    ]);
}
