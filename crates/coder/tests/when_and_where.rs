//! When and where an event was, where a sentence names several days or places: sentences of our own.

use forewarn_codebook::{Codebook, actors::Actors};
use forewarn_coder::Coder;
use forewarn_language::{Engine, Model};
use forewarn_report::{Block, BlockKind, Report, Source, Span};

/// For each sentence the claim of the predicate: `factuality start..end place`.
fn readings(published: &str, cases: &[(&str, &str)]) -> Vec<String> {
    let engine = Engine::new(Model::embedded().expect("the embedded model is sound"));
    let coder = Coder::new(Codebook::embedded().expect("no fault"), Actors::embedded().expect("no fault"));
    let read = |&(text, predicate): &(&str, &str)| {
        let span = Span::from_range(0..text.len());
        let report = Report {
            report_id: "when".to_owned(),
            url: None,
            text: text.to_owned(),
            blocks: vec![Block { kind: BlockKind::Paragraph, span }],
            publisher: None,
            authors: Vec::new(),
            published: published.parse().ok(),
            language: Some("en".to_owned()),
            source: Source::default(),
            dropped: Vec::new(),
        };
        let claims = coder.code(&report, &engine.analyse(text, &[span])).claims;
        let Some(claim) = claims.iter().find(|c| c.predicate.text == predicate) else {
            return format!("no {predicate}");
        };
        let day = |d: Option<jiff::civil::Date>| d.map_or("?".to_owned(), |d| d.strftime("%m-%d").to_string());
        let date = claim.date.as_ref().map_or("-".to_owned(), |d| format!("{}..{}", day(d.start), day(d.end)));
        let place = claim.place.as_ref().map_or("-", |p| p.name.as_str());
        format!("{} {date} {place}", claim.factuality.as_str())
    };
    cases.iter().map(read).collect()
}

fn check(published: &str, cases: &[(&str, &str, &str)]) {
    let asked: Vec<(&str, &str)> = cases.iter().map(|c| (c.0, c.1)).collect();
    for ((text, _, want), got) in cases.iter().zip(readings(published, &asked)) {
        assert_eq!(got, *want, "{text}");
    }
}

#[test]
fn the_day_of_the_deed_before_the_day_of_the_word() {
    check(
        "2023-05-10",
        &[
            (
                "The justice ministry said on Wednesday that three people were killed during Monday's protest in Conakry.",
                "killed",
                "asserted 05-08..05-08 Conakry",
            ),
            (
                "Residents said on Tuesday that soldiers shot two protesters during Sunday's march in Conakry.",
                "shot",
                "asserted 05-07..05-07 Conakry",
            ),
            (
                "Turkey on Tuesday struck Kurdish positions a day after a bomb killed six people in Istanbul.",
                "killed",
                "asserted 05-08..05-08 Istanbul",
            ),
            (
                "The opposition leader went on trial on Tuesday, a week after police arrested him in Kampala.",
                "arrested",
                "background 05-01..05-07 Kampala",
            ),
        ],
    );
}

#[test]
fn the_day_of_the_word_is_not_the_day_of_the_deed() {
    check(
        "2023-05-10",
        &[
            (
                "The militia claimed responsibility on Monday for the bombing of a market in Quetta.",
                "bombing",
                "asserted - Quetta",
            ),
            (
                "Hamas took responsibility in a statement on Monday for the shooting of two soldiers near Jenin.",
                "shooting",
                "asserted - Jenin",
            ),
            (
                "Al Shabaab claimed responsibility for the attack on Monday on a hotel in Mogadishu.",
                "attack",
                "asserted 05-08..05-08 Mogadishu",
            ),
            (
                "The Islamic State on Tuesday claimed Monday's attack on a mosque in Kabul.",
                "attack",
                "asserted 05-08..05-08 Kabul",
            ),
            ("The army denied on Monday that soldiers attacked villagers near Gao.", "attacked", "denied - Gao"),
            ("Pakistan on Monday denied that its troops had shelled a village in Kunar.", "shelled", "denied - Kunar"),
            (
                "The minister said on Monday that gunmen killed three traders in Maiduguri.",
                "killed",
                "asserted - Maiduguri",
            ),
            (
                "The minister said gunmen killed three traders in Maiduguri on Monday.",
                "killed",
                "asserted 05-08..05-08 Maiduguri",
            ),
            ("Rebels attacked a village near Gao, the ministry said on Monday.", "attacked", "asserted - Gao"),
            (
                "Rebels attacked a village near Gao on Sunday, the ministry said on Monday.",
                "attacked",
                "asserted 05-07..05-07 Gao",
            ),
            (
                "The United Nations condemned on Tuesday the attack on a convoy in Darfur.",
                "condemned",
                "asserted 05-09..05-09 Darfur",
            ),
            (
                "No group claimed responsibility on Tuesday for the bombing of a market in Quetta.",
                "bombing",
                "asserted - Quetta",
            ),
        ],
    );
}

#[test]
fn what_a_lapse_recalls_is_background() {
    check(
        "2016-07-13",
        &[
            (
                "A week after rebels killed nine people in Mbau, the market opens for two hours a day.",
                "killed",
                "background 07-04..07-10 Mbau",
            ),
            (
                "A week after the attack on the market in Quetta, traders returned to their stalls.",
                "attack",
                "background 07-04..07-10 Quetta",
            ),
            (
                "It is a year since al Shabaab gunmen killed five men in the village of Pandanguo.",
                "killed",
                "background 01-01..12-31 Pandanguo",
            ),
            (
                "Months after rebels killed nine people in Mbau, the market opened again.",
                "killed",
                "background ?..? Mbau",
            ),
            (
                "Widows laid flowers outside the bank where a bomber killed 22 people a year ago.",
                "killed",
                "background 01-01..12-31 -",
            ),
            (
                "Rebels killed 40 villagers near Goma in March, the United Nations said.",
                "killed",
                "asserted 03-01..03-31 Goma",
            ),
            (
                "Police arrested two men two days after gunmen killed four traders in Maiduguri.",
                "killed",
                "asserted 07-11..07-11 Maiduguri",
            ),
        ],
    );
}

#[test]
fn the_finest_place_is_the_events() {
    check(
        "2023-05-10",
        &[
            ("Rebels attacked the town of Tawila in Darfur on Monday.", "attacked", "asserted 05-08..05-08 Tawila"),
            (
                "Rebels attacked the town of Tawila in northern Darfur on Monday.",
                "attacked",
                "asserted 05-08..05-08 Tawila",
            ),
            ("Militiamen attacked the Darfur town of Tawila on Monday.", "attacked", "asserted 05-08..05-08 Tawila"),
            ("Rebels attacked Tawila, Darfur, on Monday.", "attacked", "asserted 05-08..05-08 Tawila"),
            ("Gunmen killed three traders in Maiduguri in Borno state.", "killed", "asserted - Maiduguri"),
            ("Police detained the editor in Kampala in Uganda.", "detained", "asserted - Kampala"),
        ],
    );
}

#[test]
fn a_tale_keeps_its_year() {
    const TALE: &str = "To see why, one has to go back to the autumn of 2012. That October, rebels seized Kidal. One \
        policeman was shot dead in Gao. Gunmen abducted a doctor in Menaka. In December soldiers bombed a camp near Konna. \
        On 17 December soldiers shelled a village near Diabaly. Police arrested nine men in Bamako on Monday. In February \
        gunmen ambushed a convoy near Mopti.";
    const NEWS: &str =
        "Rebels seized the town in March 2012. The army killed two men on Monday. Gunmen abducted a doctor.";
    check(
        "2023-05-10",
        &[
            (TALE, "seized", "background 10-01..10-31 Kidal"),
            (TALE, "abducted", "background - Menaka"),
            (TALE, "bombed", "background 12-01..12-31 Konna"),
            (TALE, "shelled", "background 12-17..12-17 Diabaly"),
            (TALE, "arrested", "asserted 05-08..05-08 Bamako"),
            (TALE, "ambushed", "asserted 02-01..02-28 Mopti"),
        ],
    );
    check("2023-05-10", &[(NEWS, "abducted", "asserted - -")]);
}
