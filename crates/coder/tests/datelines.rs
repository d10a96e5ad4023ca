//! Datelines of wires, known or not: they name the wire and spoil no subject.

use forewarn_codebook::{Codebook, actors::Actors};
use forewarn_coder::{Claim, Coder, Stance, VoiceKind, sentences};
use forewarn_language::{Engine, Model};
use forewarn_report::Report;

fn claims(text: &str, publisher: Option<&str>) -> (Report, Vec<Claim>) {
    let engine = Engine::new(Model::embedded().expect("the embedded model is sound"));
    let coder = Coder::new(Codebook::embedded().expect("no fault"), Actors::embedded().expect("no fault"));
    let mut report = Report::from_text(text).expect("it holds words");
    report.published = "2016-07-07".parse().ok();
    if let Some(name) = publisher {
        report.publisher = Some(name.to_owned());
    }
    let claims = coder.code(&report, &sentences(&engine, &report)).claims;
    (report, claims)
}

#[test]
fn the_subject_is_not_swallowed() {
    for (text, actors) in [
        (
            "BENI, Congo, July 6 (Example Wire) - Rebels killed seven civilians in the village of Mbau on Tuesday.",
            &["Rebels"][..],
        ),
        (
            "GOMA, Democratic Republic of Congo, July 5 (Example Wire) - Gunmen attacked the town of Rutshuru on Monday.",
            &["Gunmen"],
        ),
        ("GOMA, Congo, July 5 - Rebels killed seven civilians in Mbau on Monday.", &["Rebels"]),
        (
            "BANJUL, July 6 (Example Wire) - Senegal and the Casamance rebels signed a ceasefire in Banjul on Tuesday.",
            &["Senegal", "the Casamance rebels"],
        ),
    ] {
        let (report, claims) = claims(text, None);
        let [claim] = &claims[..] else { panic!("{text}: {claims:?}") };
        let got: Vec<&str> = claim.actor.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(got, actors, "{text}");
        assert!(claim.span.slice(&report.text).starts_with(actors[0]), "the sentence begins after the dash");
    }
}

#[test]
fn the_wire_stands_behind_the_paper() {
    let text = "BENI, Congo, July 6 (Example Wire) - Rebels killed seven civilians in Mbau on Tuesday, the army said.";
    let chain = |publisher| -> Vec<String> {
        let (_, claims) = claims(text, publisher);
        let voices = claims[0].attribution.iter();
        voices
            .filter(|v| v.kind == VoiceKind::Publisher && v.stance == Stance::Reports)
            .map(|v| format!("{} {}", v.text, v.rule))
            .collect()
    };
    assert_eq!(chain(None), ["Example Wire voice/report-metadata"]);
    assert_eq!(
        chain(Some("Northern Courier")),
        ["Northern Courier voice/report-metadata", "Example Wire voice/dateline"]
    );
    assert_eq!(chain(Some("Example Wire")), ["Example Wire voice/report-metadata"]);
    assert_eq!(chain(Some("The Example Wire")), ["The Example Wire voice/report-metadata"]);
}

#[test]
fn a_group_belongs_to_the_noun_before_it() {
    let text =
        "Congolese soldiers and rebels of the National Congress for the Defence of the People clashed near Rutshuru.";
    let (_, claims) = claims(text, None);
    let groups: Vec<_> = claims[0].actor.iter().map(|p| (p.sector.as_deref(), p.group.as_deref())).collect();
    assert_eq!(groups, [(Some("MIL"), None), (Some("REB"), Some("CNDP"))]);
}
