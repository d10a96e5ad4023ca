//! The report that started the project: one demand told four times, one reinforcement told twice, one attack.
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod reading;

use std::path::Path;

use forewarn_report::{Options, Source, read_text};

#[test]
fn the_seed_is_one_demand_one_attack_one_reinforcement() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seed");
    let Ok(bytes) = std::fs::read(folder.join("000_cdbfe85a523acca5.txt")) else {
        eprintln!("skipped: needs ../shared");
        return;
    };
    let mut reports = Vec::new();
    read_text(&bytes, &Source::memory(), &Options::default(), &mut |r| reports.extend(r.ok()));
    reports[0].published = Some(jiff::civil::date(2023, 9, 30));
    let read = reading::code(reports);
    let resolver = reading::resolved(&read);
    let read = &read[0];
    let incidents = resolver.incidents();
    // The incident of the claim whose sentence and predicate hold these words.
    let of = |sentence: &str, predicate: &str| {
        let claim = read
            .claims
            .iter()
            .find(|c| c.span.slice(&read.report.text).contains(sentence) && c.predicate.text.contains(predicate))
            .unwrap_or_else(|| panic!("no claim `{predicate}` in `{sentence}`"));
        let mut own = incidents.iter().filter(|i| i.members.iter().any(|m| m.claim_id == claim.claim_id));
        let incident = own.next().unwrap_or_else(|| panic!("`{predicate}` is in no incident"));
        assert!(own.next().is_none(), "`{predicate}` is in two incidents");
        incident
    };
    let demand = of("Kosovo calls on Serbia", "calls");
    for (sentence, predicate) in
        [("Kosovo Urges", "Urges"), ("issued a stern call", "call"), ("unambiguous demands", "demands")]
    {
        assert_eq!(of(sentence, predicate).incident_id, demand.incident_id, "{predicate}");
    }
    assert_eq!(demand.members.len(), 4);
    let attack = of("assaulted the village", "assaulted");
    assert_eq!(of("Kosovar police forces encountered", "encountered").incident_id, attack.incident_id);
    assert_eq!(of("entrenching themselves", "entrenching").incident_id, attack.incident_id);
    assert_eq!(attack.members.len(), 3);
    assert_eq!(attack.date.map(|d| d.start.to_string()).as_deref(), Some("2023-09-24"));
    assert_eq!(attack.place.as_ref().map(|p| p.name.as_str()), Some("Banjska"));
    assert_eq!(attack.counts.iter().find(|c| c.what == "killed").and_then(|c| c.best), Some(4));
    assert_eq!(attack.actor.first().and_then(|a| a.ethnicity.as_deref()), Some("srb"));
    assert!(!attack.disputed_actor, "{:#?}", attack.accounts);
    let reinforcement = of("NATO Amplifies", "Amplifies");
    assert_eq!(of("authorization of", "proclaimed").incident_id, reinforcement.incident_id);
    assert_eq!(reinforcement.members.len(), 2);
    assert_eq!(reinforcement.status.as_str(), "asserted");
}
