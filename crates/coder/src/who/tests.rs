//! Parties read out of our own sentences, parsed by the engine.

use std::fmt::Write;

use expect_test::{Expect, expect};
use forewarn_codebook::actors::Actors;
use forewarn_language::{Engine, Model};
use forewarn_report::Span;
use std::sync::LazyLock;

use super::*;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(Model::embedded().expect("the model is part of the program")));
static ACTORS: LazyLock<Actors> = LazyLock::new(|| Actors::embedded().expect("the lexicon has no fault"));

fn line(p: &Party) -> String {
    let mut out = format!("{}/{}", p.country.as_deref().unwrap_or("-"), p.sector.as_deref().unwrap_or("-"));
    for (name, value) in [("group", &p.group), ("ethnicity", &p.ethnicity)] {
        if let Some(v) = value {
            write!(out, " {name}:{v}").expect("a string takes all");
        }
    }
    if let Some(person) = &p.person {
        write!(out, " person:{person}").expect("a string takes all");
    }
    write!(out, " [{}]", p.text).expect("a string takes all");
    if let Some(resolved) = &p.resolved {
        write!(out, " = {resolved}").expect("a string takes all");
    }
    out
}

/// The parties of the phrases whose heads are the `|`-separated words, sentences read in order.
fn check(date: Option<&str>, text: &str, heads: &str, expect: &Expect) {
    let date: Option<Date> = date.map(|d| d.parse().expect("a date"));
    let sentences = ENGINE.analyse(text, &[Span::from_range(0..text.len())]);
    let mut discourse = Discourse::new(date);
    let mut wanted = heads.split('|').peekable();
    let mut out = String::new();
    for s in &sentences {
        let tree = Tree::new(text, s);
        let found = mentions(&ACTORS, &tree, date);
        for t in 0..tree.len() {
            if wanted.peek() != Some(&tree.form(t)) {
                continue;
            }
            wanted.next();
            let list = match discourse.resolve(&tree, &found, t) {
                Some(r) => vec![r.party],
                None => parties(&tree, &found, t, date),
            };
            if list.is_empty() {
                writeln!(out, "none {:?} [{}]", kind(&tree, &found, t), tree.form(t)).expect("a string takes all");
            }
            for p in list {
                assert_eq!(p.span.slice(text), p.text, "a party's span slices to its text");
                writeln!(out, "{}", line(&p)).expect("a string takes all");
            }
        }
        discourse.add_sentence(&tree, &found);
    }
    assert_eq!(wanted.next(), None, "a head that the text does not have");
    expect.assert_eq(&out);
}

#[test]
fn states_and_their_forces() {
    check(
        None,
        "Kosovar police forces searched the house while Serbian soldiers waited at the border.",
        "forces|soldiers",
        &expect![[r"
        XKX/COP [Kosovar police forces]
        SRB/MIL [Serbian soldiers]
    "]],
    );
    check(
        None,
        "Israeli warplanes bombed a depot, and warplanes returned at dawn.",
        "warplanes|warplanes",
        &expect![[r"
        ISR/MIL [Israeli warplanes]
        none Thing [warplanes]
    "]],
    );
    check(
        None,
        "The Kremlin and the Pentagon blamed each other on Monday.",
        "Kremlin|Pentagon",
        &expect![[r"
        RUS/GOV [The Kremlin]
        USA/MIL [the Pentagon]
    "]],
    );
    check(
        None,
        "Belgrade rejected the plan before the ministers met in Zurich.",
        "Belgrade|ministers|Zurich",
        &expect![[r"
        SRB/GOV [Belgrade]
        -/GOV [the ministers]
        CHE/- [Zurich]
    "]],
    );
    check(
        None,
        "Senior Hungarian and Romanian officials talked to U.S. and European Union diplomats.",
        "officials|diplomats",
        &expect![[r"
        HUN/GOV [Senior Hungarian and Romanian officials]
        ROU/GOV [Senior Hungarian and Romanian officials]
        USA/GOV [U.S. and European Union diplomats]
        -/IGO group:EU [U.S. and European Union diplomats]
    "]],
    );
    check(
        None,
        "They told us that the US would help and that they asked the WHO for help.",
        "US|WHO",
        &expect![[r"
        USA/GOV [the US]
        -/IGO group:WHO [the WHO]
    "]],
    );
}

#[test]
fn armed_people_are_not_their_state() {
    check(
        None,
        "Patrols ran into approximately 30 heavily armed Serbs near the church.",
        "Serbs",
        &expect![[r"
        -/UAF ethnicity:srb [approximately 30 heavily armed Serbs near the church]
    "]],
    );
    check(
        None,
        "Serb gunmen and ethnic Albanian guerrillas fought while Colombian rebels kept quiet.",
        "gunmen|guerrillas|rebels",
        &expect![[r"
        -/UAF ethnicity:srb [Serb gunmen]
        -/REB ethnicity:alb [ethnic Albanian guerrillas]
        COL/REB [Colombian rebels]
    "]],
    );
    check(
        None,
        "Kosovo Albanians and Bosnian Serbs marched.",
        "Albanians|Serbs",
        &expect![[r"
        XKX/CVL ethnicity:alb [Kosovo Albanians]
        BIH/CVL ethnicity:srb [Bosnian Serbs]
    "]],
    );
    check(
        None,
        "A pro-Iranian militia and anti-Russian protesters gathered near a U.S.-led coalition base.",
        "militia|protesters",
        &expect![[r"
        -/UAF [A pro-Iranian militia]
        -/OPP [anti-Russian protesters]
    "]],
    );
    check(
        None,
        "Masked men abducted two Russians and a Hamas commander.",
        "men|Russians|commander",
        &expect![[r"
        -/UAF [Masked men]
        RUS/CVL [two Russians]
        PSE/REB group:HAMAS [a Hamas commander]
    "]],
    );
}

#[test]
fn persons_and_offices() {
    check(
        None,
        "Serbian President Aleksandar Vucic met Sergei Lavrov, the Russian foreign minister.",
        "Aleksandar|Sergei",
        &expect![[r"
        SRB/GOV person:Aleksandar Vucic [Serbian President Aleksandar Vucic]
        RUS/GOV person:Sergei Lavrov [Sergei Lavrov]
    "]],
    );
    check(
        Some("2009-06-01"),
        "Vladimir Putin praised Angela Merkel.",
        "Vladimir|Angela",
        &expect![[r"
        RUS/GOV person:Vladimir Putin [Vladimir Putin]
        DEU/GOV person:Angela Merkel [Angela Merkel]
    "]],
    );
    check(
        Some("2024-06-01"),
        "Angela Merkel praised Emmanuel Macron.",
        "Angela|Emmanuel",
        &expect![[r"
        DEU/ELI person:Angela Merkel [Angela Merkel]
        FRA/GOV person:Emmanuel Macron [Emmanuel Macron]
    "]],
    );
    check(
        None,
        "Former President Jimmy Carter visited Khartoum with Defence Minister Adam Brannigan of Freedonia.",
        "Jimmy|Khartoum|Adam",
        &expect![[r"
        USA/ELI person:Jimmy Carter [Former President Jimmy Carter]
        SDN/GOV [Khartoum]
        -/GOV person:Adam Brannigan [Defence Minister Adam Brannigan of Freedonia]
    "]],
    );
    check(
        None,
        "The president of the Chadian Human Rights League wrote to the president of France.",
        "president|president",
        &expect![[r"
        TCD/SOC [The president of the Chadian Human Rights League]
        FRA/GOV [the president of France]
    "]],
    );
}

#[test]
fn unsaid_countries() {
    check(
        None,
        "Fighting went on in Mali. In Gao, the army said that rebels killed two soldiers.",
        "army|rebels|soldiers",
        &expect![[r"
        MLI/MIL [the army]
        -/REB [rebels]
        -/MIL [two soldiers]
    "]],
    );
    check(
        None,
        "Israel struck targets in Lebanon. The army gave no details.",
        "army",
        &expect![[r"
        -/MIL [The army]
    "]],
    );
}

#[test]
fn no_party() {
    check(
        None,
        "The decision caused anger on Tuesday.",
        "decision|anger|Tuesday",
        &expect![[r"
        none Thing [decision]
        none Thing [anger]
        none Time [Tuesday]
    "]],
    );
}

#[test]
fn later_words_for_earlier_parties() {
    check(
        None,
        "Police met 30 heavily armed Serbs. The aggressors attacked a village and fled.",
        "aggressors",
        &expect![[r"
        -/UAF ethnicity:srb [The aggressors] = 30 heavily armed Serbs
    "]],
    );
    check(
        None,
        "Serbian President Aleksandar Vucic spoke on Monday. He warned that Vucic would not yield.",
        "He|Vucic",
        &expect![[r"
        SRB/GOV person:Aleksandar Vucic [He] = Serbian President Aleksandar Vucic
        SRB/GOV person:Aleksandar Vucic [Vucic] = Serbian President Aleksandar Vucic
    "]],
    );
    check(
        None,
        "NATO sent ships. The alliance said it was ready.",
        "alliance|it",
        &expect![[r"
        -/IGO group:NATO [The alliance] = NATO
        -/IGO group:NATO [it] = NATO
    "]],
    );
    check(
        None,
        "Kosovo calls on Serbia to withdraw its troops.",
        "its|troops",
        &expect![[r"
        SRB/GOV [its] = Serbia
        SRB/MIL [its troops]
    "]],
    );
    check(
        None,
        "The Taliban captured Kunduz. The group said they would hold the city.",
        "group|they",
        &expect![[r"
        AFG/REB group:TALIBAN [The group] = The Taliban
        AFG/REB group:TALIBAN [they] = The Taliban
    "]],
    );
    check(
        None,
        "Sheikh Hasina left Dhaka. She flew to India, and the prime minister resigned.",
        "She|minister",
        &expect![[r"
        BGD/GOV person:Sheikh Hasina [She] = Sheikh Hasina
        BGD/GOV person:Sheikh Hasina [the prime minister] = Sheikh Hasina
    "]],
    );
}

/// Ambiguous names, as data: `[date] text => head = expected; head = expected`.
#[test]
fn ambiguous_names() {
    let mut wrong = Vec::new();
    for row in include_str!("ambiguity.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (said, expected) = row.split_once(" => ").expect("`text => heads`");
        let (date, text) = match said.strip_prefix('[').and_then(|s| s.split_once("] ")) {
            Some((date, text)) => (Some(date.parse().expect("a date")), text),
            None => (None, said),
        };
        let sentences = ENGINE.analyse(text, &[Span::from_range(0..text.len())]);
        let trees: Vec<Tree> = sentences.iter().map(|s| Tree::new(text, s)).collect();
        let all = mentions_of_report(&ACTORS, &trees, date);
        let mut discourse = Discourse::new(date);
        let mut wanted = expected.split("; ").map(|e| e.split_once(" = ").expect("`head = party`")).peekable();
        for (tree, found) in trees.iter().zip(&all) {
            for t in 0..tree.len() {
                let Some((_, party)) = wanted.next_if(|(head, _)| *head == tree.form(t)) else { continue };
                let got = match discourse.resolve(tree, found, t) {
                    Some(r) => Some(r.party),
                    None => super::party(tree, found, t, date),
                };
                let got = got.map_or("none".to_owned(), |p| {
                    let group = p.group.map(|g| format!(" {g}")).unwrap_or_default();
                    format!("{}/{}{group}", p.country.as_deref().unwrap_or("-"), p.sector.as_deref().unwrap_or("-"))
                });
                if got != party {
                    wrong.push(format!("{text}\n    {} = {got}, expected {party}", tree.form(t)));
                }
            }
            discourse.add_sentence(tree, found);
        }
        if let Some((head, _)) = wanted.next() {
            wrong.push(format!("{text}\n    no word {head}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_acronym_of_two_groups_is_that_of_its_day() {
    let actors = Actors::from_files(&[
        ("dictionaries/actors/a.txt", "kind countries\ncountry AGO\nnames: Angola\ncountry UGA\nnames: Uganda\n"),
        (
            "dictionaries/actors/b.txt",
            "kind groups\nOLD AGO REB 1970..1990: ~ZFA, Old Front\nNEW UGA REB 1995..: ~ZFA, New Front\n",
        ),
    ])
    .expect("no fault");
    let text = "The ZFA attacked a convoy.";
    let sentences = ENGINE.analyse(text, &[Span::from_range(0..text.len())]);
    let tree = Tree::new(text, &sentences[0]);
    let group = |date: Option<&str>| {
        let date = date.map(|d| d.parse().expect("a date"));
        party(&tree, &mentions(&actors, &tree, date), 1, date).and_then(|p| p.group)
    };
    assert_eq!(group(Some("1985-06-01")).as_deref(), Some("OLD"));
    assert_eq!(group(Some("2005-06-01")).as_deref(), Some("NEW"));
    assert_eq!(group(None).as_deref(), Some("OLD"));
}

#[test]
fn a_body_of_another_state_is_that_states() {
    check(
        Some("2022-05-01"),
        "Serbia's National Security Council met. The Venezuelan Congress voted. The White House said that the U.S. Congress agreed.",
        "Council|Congress|Congress",
        &expect![[r"
            SRB/GOV [Serbia's National Security Council]
            VEN/LEG [The Venezuelan Congress]
            USA/LEG group:CONGRESS [the U.S. Congress]
        "]],
    );
}
