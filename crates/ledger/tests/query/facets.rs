//! Facets and the map's places agree with the lists that they stand beside.

use forewarn_ledger::Of;

use crate::sample::{Reader, ledger_of};

const CORPUS: &str = "crates/incident/tests/happenings/reports.jsonl";

#[test]
fn a_facet_counts_what_its_filter_would_find() {
    let ledger = ledger_of(&["examples/reports", CORPUS]);
    let reader = Reader::new();
    for (of, base) in [(Of::Incidents, "status:asserted"), (Of::Incidents, ""), (Of::Claims, "country:XKX,IRQ")] {
        let facets = ledger.facets(&reader.filter(base), of, 5, 100_000).expect("facets");
        assert_eq!(facets.len(), 8);
        for facet in facets {
            assert!(facet.whole);
            // A field that the filter speaks of is counted without its own terms.
            let own = base.split(' ').filter(|t| !t.starts_with(&format!("{}:", facet.field)));
            let rest = own.collect::<Vec<_>>().join(" ");
            for value in &facet.values {
                if ["actor", "recipient"].contains(&facet.field) {
                    // Codes of a list that the filter's names do not know, such as those of foreign sets.
                    if reader.parsed(&format!("{}:{}", facet.field, value.value)).is_err() {
                        continue;
                    }
                }
                // A side's facet goes by the pairs that stand in the series; its filter finds who is in one account only, too.
                let text = match facet.field {
                    "actor" => format!("{rest} dyad:{}>*", value.value),
                    "recipient" => format!("{rest} dyad:*>{}", value.value),
                    field => format!("{rest} {field}:\"{}\"", value.value),
                };
                let filter = reader.filter(&text);
                let found = match of {
                    Of::Incidents => ledger.count_incidents(&filter, 1_000_000),
                    Of::Claims => ledger.count_events(&filter, 1_000_000),
                }
                .expect("a number");
                // A country's filter takes in all its places, a publisher's its other names, a year's what lies in it in part, a
                // people's also those of them who are coded by a country.
                let people = value.value.bytes().all(|b| b.is_ascii_lowercase());
                let wider = people || ["publisher", "date", "country"].contains(&facet.field);
                assert!(found == value.count || (wider && found >= value.count), "{text}: {found} against {value:?}");
            }
        }
    }
    let few = ledger.facets(&reader.filter(""), Of::Incidents, 3, 10).expect("facets");
    assert!(few.iter().all(|f| f.counted == 10 && !f.whole && f.values.len() <= 3));
}

#[test]
fn places_conserve_incidents() {
    let ledger = ledger_of(&["examples/reports", CORPUS]);
    let reader = Reader::new();
    for text in ["", "type:ASSAULT", "country:XKX"] {
        let filter = reader.filter(text);
        let places = ledger.places(&filter, 1_000_000).expect("places");
        assert!(places.whole);
        assert_eq!(places.counted, ledger.count_incidents(&filter, 1_000_000).expect("a number"), "{text}");
        assert!(places.places.windows(2).all(|w| w[0].incidents >= w[1].incidents));
        assert!(places.places.iter().all(|p| p.quad.iter().sum::<u64>() == p.incidents && p.assaults <= p.quad[3]));
    }
    let places = ledger.places(&reader.filter(""), 7).expect("places");
    assert!(!places.whole && places.counted == 7);
}
