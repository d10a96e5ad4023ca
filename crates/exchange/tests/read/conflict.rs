//! ACLED and UCDP.

use forewarn_codebook::EventType;
use forewarn_exchange::dataset::Dataset;

use crate::fixture;

#[test]
fn acled() {
    let r = fixture("acled.csv", Dataset::Acled);
    let clash = r.event("KOS1");
    // Nobody says who began a battle.
    assert!(!clash.directed);
    assert_eq!(clash.text.as_deref(), Some("On 24 September, gunmen \"in masks\" fired\non police in Dolna."));
    // Kosovo's number is 0, its name is not.
    assert_eq!(clash.place.as_ref().and_then(|p| p.country.as_deref()), Some("XKX"));
    assert_eq!(clash.recipient[0].sector.as_deref(), Some("COP"));
    assert_eq!(clash.recorded.map(|d| d.to_string()).as_deref(), Some("2023-09-27"));
    assert_eq!(clash.publishers, ["Zvono", "Nile Post"]);
    let attack = r.event("MLI2");
    assert_eq!((attack.date.start.to_string().as_str(), attack.date.precision), ("2023-09-18", "week"));
    assert_eq!((attack.actor[0].sector.as_deref(), attack.recipient[0].sector.as_deref()), (Some("REB"), Some("CVL")));
    // Nothing written is unknown; 0 is what the row says.
    assert_eq!((attack.counts.len(), r.event("SDN3").counts[0].best), (0, Some(0)));
    assert_eq!(r.event("SDN3").date.end.to_string(), "2023-09-30");
    assert!(r.event("SDN3").contexts.iter().any(|c| c == "repression"));
    assert_eq!(r.event("SDN4").event_type, None);
    assert_eq!(
        r.shown(),
        [
            "acled.csv:7: sub_event_type: found `Quarrel`, expected one of ACLED's 25 sub-event types",
            "acled.csv:8: fatalities: found `several`, expected a whole number from 0 or nothing",
        ]
    );
}

#[test]
fn ucdp() {
    let r = fixture("GEDEvent_v23_1.csv", Dataset::UcdpGed);
    let fight = r.event("5001");
    assert!(!fight.directed);
    assert_eq!(fight.claimant.as_deref(), Some("UCK spokesman"));
    assert_eq!(fight.published.map(|d| d.to_string()).as_deref(), Some("1999-03-25"));
    assert_eq!(fight.recipient[0].group.as_deref(), Some("KLA"));
    let all = &fight.counts[0];
    assert_eq!((all.low, all.best, all.high), (Some(6), Some(8), Some(12)));
    assert_eq!(
        fight.counts.iter().map(|c| c.who).collect::<Vec<_>>(),
        ["", "side_a", "side_b", "civilians", "unknown"]
    );
    let killing = r.event("5002");
    assert!(killing.directed);
    assert_eq!((killing.sources, killing.date.precision), (None, "month"));
    assert_eq!(killing.place.as_ref().map(|p| (p.country.as_deref(), p.precision)), Some((Some("MLI"), "admin1")));
    assert_eq!(killing.event_type, Some(EventType::Assault));
    assert_eq!(r.faults.iter().map(|f| f.column.as_str()).collect::<Vec<_>>(), ["date_end", "best"]);
}

#[test]
fn a_candidate_file_without_a_header() {
    let r = fixture("GEDEvent_v23_0_9.csv", Dataset::UcdpCandidate);
    assert!(!r.summary.header);
    assert_eq!(r.event("5001").place.as_ref().and_then(|p| p.admin1.as_deref()), Some("Kosovo province"));
    assert_eq!(r.events.len(), 2);
}
