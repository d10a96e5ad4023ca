//! Pages chain without loss or repetition, in every order, for claims and for incidents.

use forewarn_ledger::{Error, Order, Page};

use crate::sample::{Reader, ledger_of};

#[test]
fn pages_chain_in_every_order() {
    let ledger = ledger_of(&["examples/reports"]);
    // Claims without any day stand at one end.
    ledger
        .connection()
        .execute("UPDATE claim SET day = NULL, day_end = NULL WHERE id % 7 = 0", [])
        .expect("some without a day");
    ledger.connection().execute("UPDATE incident SET day = NULL WHERE id % 5 = 0", []).expect("some without a day");
    let reader = Reader::new();
    for text in ["", "type:ASSAULT", "-type:ASSAULT"] {
        let filter = reader.filter(text);
        for order in [Order::Latest, Order::Earliest, Order::MostTold] {
            let whole = Page { limit: 10_000, order, after: None };
            let all_claims: Vec<String> =
                ledger.events(&filter, &whole).expect("a page").rows.into_iter().map(|r| r.claim_id).collect();
            let all: Vec<String> =
                ledger.incidents(&filter, &whole).expect("a page").rows.into_iter().map(|r| r.incident_id).collect();
            assert!(all.len() > 5 && all_claims.len() > 5, "{text}");
            assert_eq!(all_claims.len() as u64, ledger.count_events(&filter, 1_000_000).expect("a number"));
            assert_eq!(all.len() as u64, ledger.count_incidents(&filter, 1_000_000).expect("a number"));
            for limit in [1, 3, 7] {
                let (mut claims, mut incidents) = (Vec::new(), Vec::new());
                let mut page = Page { limit, order, after: None };
                loop {
                    let listing = ledger.events(&filter, &page).expect("a page");
                    claims.extend(listing.rows.into_iter().map(|r| r.claim_id));
                    page.after = listing.next;
                    if page.after.is_none() {
                        break;
                    }
                }
                loop {
                    let listing = ledger.incidents(&filter, &page).expect("a page");
                    incidents.extend(listing.rows.into_iter().map(|r| r.incident_id));
                    page.after = listing.next;
                    if page.after.is_none() {
                        break;
                    }
                }
                assert_eq!(claims, all_claims, "claims, {text:?} {order:?} by {limit}");
                assert_eq!(incidents, all, "incidents, {text:?} {order:?} by {limit}");
            }
        }
    }
}

#[test]
fn what_is_no_token_is_misuse() {
    let ledger = ledger_of(&["examples/reports/wire.jsonl"]);
    let filter = Reader::new().filter("");
    for token in ["", "2024", "2024-01-01.x", "x.y.z", "nonsense"] {
        let page = Page { after: Some(token.to_owned()), ..Page::default() };
        let error = ledger.events(&filter, &page).expect_err("no token");
        assert!(matches!(&error, Error::Misuse(m) if m.contains("no token of a next page")), "{token}: {error}");
    }
    let page = Page { after: Some("few.1".to_owned()), order: Order::MostTold, limit: 5 };
    assert!(ledger.incidents(&filter, &page).is_err());
}
