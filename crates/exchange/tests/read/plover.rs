//! PLOVER records and POLECAT.

use forewarn_codebook::EventType;
use forewarn_exchange::dataset::Dataset;

use crate::fixture;

#[test]
fn polecat() {
    let r = fixture("polecat.tsv", Dataset::Polecat);
    let attack = r.event("EV-1");
    assert_eq!((attack.event_mode.as_deref(), attack.quad_class), (Some("firearms"), Some(4)));
    assert_eq!(attack.contexts, ["military", "terrorism"]);
    assert_eq!(attack.own.get("Contexts"), Some("military;terrorism;strange_words"));
    // `None` is nobody's name.
    assert_eq!((attack.actor[0].name.as_deref(), attack.actor[0].raw.as_deref()), (None, Some("30 armed men")));
    let talks = r.event("EV-2");
    let states: Vec<_> = talks.actor.iter().map(|p| p.country.as_deref()).collect();
    assert_eq!(states, [Some("SRB"), Some("ALB")]);
    assert_eq!(talks.recipient[0].group.as_deref(), Some("UN"));
    assert_eq!(talks.place, None);
    // A mode that the manual does not have stays in its column.
    let retreat = r.event("EV-3");
    assert_eq!((retreat.event_mode.as_deref(), retreat.own.get("Event Mode")), (None, Some("ease")));
    assert_eq!(retreat.publishers, ["Zvono \"Daily\""]);
    assert_eq!(retreat.place.as_ref().map(|p| p.precision), Some("admin1"));
    assert_eq!(r.faults.iter().map(|f| f.column.as_str()).collect::<Vec<_>>(), ["Event Type", "Event Date"]);
}

#[test]
fn polecat_in_latin_letters_and_with_trailing_tabs() {
    let r = fixture("polecat-latin.tsv", Dataset::Polecat);
    assert_eq!(r.events[0].actor[0].name.as_deref(), Some("Señor Peña"));
    assert_eq!(r.summary.recoded, 1);
}

#[test]
fn polecat_headers_with_a_headline_that_rows_may_lack() {
    let r = fixture("polecat-headline.tsv", Dataset::Polecat);
    let days: Vec<_> = r.events.iter().map(|e| e.published.map(|d| d.to_string())).collect();
    assert_eq!(days, vec![Some("2023-09-25".to_owned()); 3]);
    let headlines: Vec<_> = r.events.iter().map(|e| e.headline.as_deref()).collect();
    assert_eq!(headlines, [Some("Police die in Dolna"), None, None]);
}

#[test]
fn plover_lines() {
    let r = fixture("plover.jsonl", Dataset::Plover);
    let attack = r.event("p1");
    assert_eq!(attack.actor[0].sector.as_deref(), Some("UNK"));
    assert_eq!(attack.recipient[0].country.as_deref(), Some("XKX"));
    // Our own word on factuality counts before the auxiliary.
    assert_eq!((attack.factuality, attack.claimant.as_deref()), ("denied", Some("the ministry")));
    assert_eq!(attack.counts[0].best, Some(4));
    assert_eq!(attack.own.get("size.injured"), Some("several"));
    // One record of two events; PLOVER's MED is medicine.
    assert_eq!(
        (r.event("p2").event_type, r.event("p2.2").event_type),
        (Some(EventType::Consult), Some(EventType::Agree))
    );
    assert_eq!((r.event("p2").event_mode.as_deref(), r.event("p2.2").event_mode.as_deref()), (Some("phone"), None));
    assert_eq!((r.event("p2").actor[0].sector.as_deref(), r.event("p2").factuality), (Some("MED"), "announced"));
    assert_eq!(r.event("p2").recipient[0].group.as_deref(), Some("UN"));
    assert_eq!(r.event("p2").date.precision, "month");
    // Names of earlier drafts.
    assert_eq!(r.event("p3").event_mode.as_deref(), Some("disapprove"));
    assert_eq!(r.event("p3").actor[0].name.as_deref(), Some("Belgrade"));
    assert_eq!(r.event("p8").factuality, "negated");
    assert_eq!(r.faults.iter().map(|f| f.line).collect::<Vec<_>>(), [4, 5, 6, 7]);
}

#[test]
fn plover_list() {
    let r = fixture("plover.json", Dataset::Plover);
    assert_eq!(r.events.iter().map(|e| e.line).collect::<Vec<_>>(), [2, 9]);
    assert_eq!(r.event("9").recipient[0].country.as_deref(), Some("ISR"));
    assert_eq!(r.event("9").recipient[0].sector.as_deref(), Some("MIL"));
    assert_eq!(r.event("11").recipient[0].group.as_deref(), Some("HAMAS"));
    assert_eq!(r.event("11").own.get("mode"), Some("cleansing"));
    assert_eq!(r.shown(), ["plover.json:8: date: found `24th`, expected a date, month or year"]);
}
