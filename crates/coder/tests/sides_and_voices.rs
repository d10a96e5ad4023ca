//! Joined sides ("the foreign ministers of Greece and Turkey") and media as voices: sentences of our own.

use forewarn_codebook::{Codebook, actors::Actors};
use forewarn_coder::{Claim, Coder, VoiceKind, sentences};
use forewarn_language::{Engine, Model};
use forewarn_report::Report;

fn claims(texts: &[&str]) -> Vec<Claim> {
    let engine = Engine::new(Model::embedded().expect("the embedded model is sound"));
    let coder = Coder::new(Codebook::embedded().expect("no fault"), Actors::embedded().expect("no fault"));
    let first = |text: &&str| {
        let mut report = Report::from_text(text).expect("it holds words");
        report.published = "2023-05-10".parse().ok();
        let coding = coder.code(&report, &sentences(&engine, &report));
        coding.claims.into_iter().next().unwrap_or_else(|| panic!("no claim in {text}"))
    };
    texts.iter().map(first).collect()
}

#[test]
fn a_phrase_of_several_states_is_a_side_of_each() {
    let cases = [
        ("The foreign ministers of Greece and Turkey met in Athens on Tuesday.", "GRC/GOV TUR/GOV"),
        ("The presidents of Rwanda, Uganda and Burundi held talks in Kigali on Monday.", "RWA/GOV UGA/GOV BDI/GOV"),
        ("The armies of India and Pakistan exchanged fire on Monday.", "IND/MIL PAK/MIL"),
        ("The president of Chad and the prime minister of Sudan met in Khartoum.", "TCD/GOV SDN/GOV"),
        ("The foreign minister of Turkey met the mayor of Athens.", "TUR/GOV"),
    ];
    for ((text, want), claim) in cases.iter().zip(claims(&cases.map(|c| c.0))) {
        let code = |o: &Option<_>| o.as_ref().map_or("-".to_owned(), ToString::to_string);
        let got: Vec<String> =
            claim.actor.iter().map(|p| format!("{}/{}", code(&p.country), code(&p.sector))).collect();
        assert_eq!(got.join(" "), *want, "{text}");
    }
}

#[test]
fn media_pass_on_and_bodies_claim() {
    let cases = [
        (
            "The president demanded on Wednesday that Sudan withdraw its militias from the border, as reported by AFP.",
            "AFP publisher",
        ),
        ("Gunmen kidnapped three aid workers near Goma on Tuesday, AFP reported.", "AFP publisher"),
        ("Gunmen kidnapped three aid workers near Goma on Tuesday, according to AFP.", "AFP publisher"),
        (
            "A bomb killed six policemen in Quetta on Monday, as reported by the Continental Press Agency.",
            "the Continental Press Agency publisher",
        ),
        ("Armed men attacked Goma on Monday and killed 12 people, Example Wire reported.", "Example Wire publisher"),
        ("According to the Coast Herald, gunmen kidnapped three aid workers near Goma.", "the Coast Herald publisher"),
        ("The Free Press Movement said rebels had shelled a market in Goma.", "The Free Press Movement speaker"),
        (
            "The Federal Security Service said rebels had shelled a market in Goma.",
            "The Federal Security Service speaker",
        ),
    ];
    for ((text, want), claim) in cases.iter().zip(claims(&cases.map(|c| c.0))) {
        let kind = |k| if k == VoiceKind::Publisher { "publisher" } else { "speaker" };
        let got: Vec<String> = claim.attribution.iter().map(|v| format!("{} {}", v.text, kind(v.kind))).collect();
        assert_eq!(got.join(", "), *want, "{text}");
    }
}

/// `TYPE factuality actors -> recipients @ place` of the first claim.
fn shown(claim: &Claim) -> String {
    let side = |list: &[forewarn_coder::Party]| list.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" & ");
    let place = claim.place.as_ref().map_or("-", |p| p.name.as_str());
    let (actor, recipient) = (side(&claim.actor), side(&claim.recipient));
    format!("{} {} {actor} -> {recipient} @ {place}", claim.event_type, claim.factuality.as_str())
}

#[test]
fn who_claims_a_deed_is_its_actor() {
    let cases = [
        (
            "The Pakistani Taliban claimed responsibility for the attack.",
            "ASSAULT asserted The Pakistani Taliban ->  @ -",
        ),
        (
            "Islamic State claimed Monday's attack on the embassy in Kabul.",
            "ASSAULT asserted Islamic State -> the embassy in Kabul @ Kabul",
        ),
        (
            "Al Shabaab claimed responsibility on Monday in a message posted online for the bombing of a hotel in Mogadishu.",
            "ASSAULT asserted Al Shabaab -> a hotel in Mogadishu @ Mogadishu",
        ),
    ];
    for ((text, want), claim) in cases.iter().zip(claims(&cases.map(|c| c.0))) {
        assert_eq!(shown(&claim), *want, "{text}");
        let stances: Vec<_> = claim.attribution.iter().map(|v| v.stance).collect();
        assert_eq!(stances, [forewarn_coder::Stance::ClaimsResponsibility], "{text}");
    }
}

#[test]
fn who_claims_and_who_accuses_over_the_words_between() {
    let cases = [
        (
            "Juan Perez, a former guerrilla, claimed responsibility on Monday for the attack on police in Cali, his lawyer said.",
            "ASSAULT asserted Juan Perez -> police @ Cali",
        ),
        ("Sudan accused Chad on Monday of attacking a village near Geneina.", "ACCUSE asserted Sudan -> Chad @ -"),
        (
            "Sudan accused Chad on Monday of the massacre of farmers near Geneina.",
            "ACCUSE asserted Sudan -> Chad @ Geneina",
        ),
    ];
    for ((text, want), claim) in cases.iter().zip(claims(&cases.map(|c| c.0))) {
        assert_eq!(shown(&claim), *want, "{text}");
    }
}

#[test]
fn those_driven_out_suffer_it_and_a_condemnation_is_not_denied() {
    let cases = [
        (
            "The rebels were driven out of Goma by government troops on Monday.",
            "ASSAULT asserted government troops -> The rebels @ Goma",
        ),
        ("The army drove the rebels out of Goma on Monday.", "ASSAULT asserted The army -> the rebels @ Goma"),
    ];
    for ((text, want), claim) in cases.iter().zip(claims(&cases.map(|c| c.0))) {
        assert_eq!(shown(&claim), *want, "{text}");
    }
    let engine = Engine::new(Model::embedded().expect("the embedded model is sound"));
    let coder = Coder::new(Codebook::embedded().expect("no fault"), Actors::embedded().expect("no fault"));
    let text = "Rwanda denied that it backed the rebels and condemned the killing of civilians in Goma.";
    let report = Report::from_text(text).expect("it holds words");
    let coding = coder.code(&report, &sentences(&engine, &report));
    let got: Vec<String> =
        coding.claims.iter().map(|c| format!("{} {}", c.event_type, c.factuality.as_str())).collect();
    assert_eq!(got, ["SUPPORT denied", "ACCUSE asserted"]);
}

#[test]
fn headlines_tell_in_participles_what_was_suffered() {
    let headline = |title: &str| {
        format!("{title}\n\nPolice closed the road for two days. Nobody was let through.\n\nShops stayed shut.")
    };
    let titles = [
        "Civilians killed in Horlivka",
        "Protesters shot dead in Conakry",
        "Aid workers kidnapped in Goma",
        "Three police officers abducted, Kurti says",
        "Four soldiers wounded, Museveni says",
    ];
    let texts = titles.map(headline);
    for (title, claim) in titles.iter().zip(claims(&texts.each_ref().map(String::as_str))) {
        assert_eq!((claim.sentence, claim.actor.len(), claim.recipient.len()), (0, 0, 1), "{title}");
    }
}

#[test]
fn what_somebody_is_accused_of_is_no_part_of_him() {
    let cases = [
        ("The opposition accused the president of treason.", "the president"),
        ("Kenya accused the rebels of an attack on a bus.", "the rebels"),
        ("Iran accuses the United States of piracy.", "the United States"),
        ("A judge acquitted the mayor of Istanbul of insulting officials.", "the mayor of Istanbul"),
        (
            "The opposition accused the president of the electoral commission of fraud.",
            "the president of the electoral commission",
        ),
        ("The army accused the governor of Kano.", "the governor of Kano"),
    ];
    for ((text, want), claim) in cases.iter().zip(claims(&cases.map(|c| c.0))) {
        assert_eq!(claim.recipient.first().map(|p| p.text.as_str()), Some(*want), "{text}");
    }
}

#[test]
fn a_people_is_no_state() {
    let cases = [
        ("Serb police officers in Kosovo resigned in November.", "XKX/COP srb"),
        ("Ethnic Russian protesters rallied in Riga.", "LVA/OPP rus"),
        ("Macedonian Albanian politicians met the Greek foreign minister.", "MKD/PTY alb"),
        ("Uzbek residents of Osh fought with Kyrgyz youths.", "KGZ/CVL uzb"),
        ("The Serb president met the Russian ambassador.", "SRB/GOV srb"),
        ("Serb villagers met the Russian ambassador.", "SRB/CVL srb"),
        ("Serb soldiers shelled Sarajevo in 1993.", "SRB/MIL srb"),
        ("Serbian police arrested three men in Presevo.", "SRB/COP -"),
    ];
    for ((text, want), claim) in cases.iter().zip(claims(&cases.map(|c| c.0))) {
        let p = &claim.actor[0];
        let code = |o: &Option<_>| o.as_ref().map_or("-".to_owned(), ToString::to_string);
        assert_eq!(format!("{}/{} {}", code(&p.country), code(&p.sector), code(&p.ethnicity)), *want, "{text}");
    }
}
