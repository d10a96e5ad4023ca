//! From a number down to the words: series conserve incidents, claims slice to what they say they are.

use forewarn_ledger::{Answered, Error, Limits, Shown, Step, Unit};

use crate::sample::{Reader, ledger_of};

const CORPUS: &str = "crates/incident/tests/happenings/reports.jsonl";

#[test]
fn series_conserve_incidents() {
    let ledger = ledger_of(&["examples/reports", CORPUS]);
    let reader = Reader::new();
    for text in
        ["status:asserted", "status:asserted type:ASSAULT", "status:asserted country:IRQ", "status:asserted killed>=3"]
    {
        let filter = reader.filter(text);
        let incidents = ledger.count_incidents(&filter, 1_000_000).expect("a number");
        assert!(incidents > 0, "{text}");
        for step in [Step::Day, Step::Week, Step::Month] {
            let cells = ledger.series(&filter, Unit::Country, step).expect("a series");
            let sum: u64 = cells.iter().map(|c| c.happenings).sum();
            assert_eq!(sum, incidents, "{text}, {step:?}");
            for c in &cells {
                assert_eq!(
                    c.happenings,
                    c.verbal_cooperation + c.material_cooperation + c.verbal_conflict + c.material_conflict
                );
                assert!(c.assaults <= c.material_conflict && c.reports >= c.happenings, "{c:?}");
            }
        }
    }
    // Without a word of the status, what is not asserted does not count.
    let of = |text: &str| -> u64 {
        let cells = ledger.series(&reader.filter(text), Unit::Country, Step::Month).expect("a series");
        cells.iter().map(|c| c.happenings).sum()
    };
    assert_eq!(of(""), of("status:asserted"));
    assert!(of("status:denied,announced,hypothetical") > 0);
    // The views say the same.
    let sum: i64 =
        ledger.connection().query_row("SELECT sum(happenings) FROM country_month", [], |r| r.get(0)).expect("a sum");
    assert_eq!(u64::try_from(sum), Ok(of("")));
    let pairs: i64 =
        ledger.connection().query_row("SELECT sum(happenings) FROM dyad_month", [], |r| r.get(0)).expect("a sum");
    let cells = ledger.series(&reader.filter(""), Unit::Dyad, Step::Month).expect("a series");
    assert_eq!(u64::try_from(pairs), Ok(cells.iter().map(|c| c.happenings).sum()));
}

#[test]
fn a_pair_is_both_ways_and_counts_each_incident_once() {
    let ledger = ledger_of(&["examples/reports", CORPUS]);
    let reader = Reader::new();
    let pairs = ledger.series(&reader.filter(""), Unit::Pair, Step::Month).expect("a series");
    assert!(pairs.iter().all(|c| c.key.actor <= c.key.recipient));
    let of = |cells: &[forewarn_ledger::Cell]| cells.iter().map(|c| c.happenings).sum::<u64>();
    let mut seen = 0;
    for (a, b) in [("SRB", "XKX"), ("ISR", "PSE"), ("RUS", "UKR"), ("IRQ", "IRQ")] {
        let both = reader.filter(&format!("dyad:{a}<>{b} status:asserted"));
        let incidents = ledger.count_incidents(&both, 1_000_000).expect("a number");
        let cells = ledger.series(&both, Unit::Pair, Step::Month).expect("a series");
        assert!(cells.iter().all(|c| c.key.actor.as_deref() == Some(a) && c.key.recipient.as_deref() == Some(b)));
        assert_eq!(of(&cells), incidents, "{a} and {b}");
        let kept: Vec<_> = pairs
            .iter()
            .filter(|c| c.key.actor.as_deref() == Some(a) && c.key.recipient.as_deref() == Some(b))
            .collect();
        assert_eq!(kept, cells.iter().collect::<Vec<_>>());
        // One direction of it has its own incidents under the same name, the other way round too.
        let (there, back) = (reader.filter(&format!("dyad:{a}>{b}")), reader.filter(&format!("dyad:{b}>{a}")));
        for one in [there, back] {
            let asserted = one.clone().and(reader.filter("status:asserted"));
            let cells = ledger.series(&one, Unit::Pair, Step::Month).expect("a series");
            assert_eq!(of(&cells), ledger.count_incidents(&asserted, 1_000_000).expect("a number"), "{one}");
        }
        seen += incidents;
    }
    assert!(seen > 5, "the samples tell of some of these");
}

#[test]
fn a_claims_spans_slice_to_its_words() {
    let ledger = ledger_of(&["examples/reports"]);
    let mut claims = Vec::new();
    ledger
        .each_event::<Error>(&Reader::new().filter(""), |row| {
            claims.push(row);
            Ok(())
        })
        .expect("claims are read");
    assert!(claims.len() > 50);
    for row in &claims {
        let Shown::Claim(shown) = ledger.show(&row.claim_id).expect("it is there") else {
            panic!("no claim: {}", row.claim_id)
        };
        let of =
            |what: &str| shown.bytes.iter().filter(|b| b.what == what).map(|b| b.text.as_str()).collect::<Vec<_>>();
        assert_eq!(of("sentence"), [row.evidence.as_deref().expect("a sentence")]);
        assert_eq!(of("predicate"), [row.predicate.as_deref().expect("words")]);
        for (what, parties) in [("actor", &row.actor), ("recipient", &row.recipient)] {
            // A party out of another sentence or the headline has its own span; one that is nowhere has none.
            let words = of(what);
            assert!(
                parties.iter().filter(|p| words.contains(&p.text.as_str())).count() == words.len(),
                "{what} of {row:?}: {words:?}"
            );
        }
        let report = row.report_id.as_ref().expect("a report");
        let Shown::Report(whole) = ledger.show(report).expect("it is there") else { panic!("no report: {report}") };
        assert!(shown.bytes.iter().all(|b| whole.text.get(b.start as usize..b.end as usize) == Some(b.text.as_str())));
        assert!(whole.claims.iter().any(|c| c.claim_id == row.claim_id));
        if let Some(incident) = &row.incident_id {
            let Shown::Incident(i) = ledger.show(incident).expect("it is there") else {
                panic!("no incident: {incident}")
            };
            assert!(i.claims.iter().any(|c| c.claim_id == row.claim_id));
        }
    }
}

#[test]
fn sql_reads_within_its_limits() {
    let mut ledger = ledger_of(&["examples/reports/wire.jsonl"]);
    let mut ask = |sql: &str, limits: &Limits| {
        let mut rows = Vec::new();
        let done = ledger.sql::<Error>(
            sql,
            limits,
            |_| Ok(()),
            |row| {
                rows.push(row);
                Ok(())
            },
        );
        (done, rows.len())
    };
    let few = Limits { rows: 3, ..Limits::default() };
    let (done, rows) = ask("SELECT claim_id FROM events", &few);
    assert_eq!((done.expect("an answer"), rows), (Answered { rows: 3, more: true }, 3));
    let short = Limits { steps: 100_000, ..Limits::default() };
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    assert!(matches!(ask(endless, &short).0, Err(Error::Misuse(m)) if m.contains("took more than")));
    assert!(ask("SELECT 1", &short).0.is_ok(), "the limit is of one query");
    for writes in
        ["DELETE FROM report", "PRAGMA user_version = 9", "ATTACH ':memory:' AS x", "CREATE TEMP TABLE t (a)", "VACUUM"]
    {
        let (done, rows) = ask(writes, &Limits::default());
        assert!(done.is_err() && rows == 0, "{writes} was carried out");
    }
}
