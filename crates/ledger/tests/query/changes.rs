//! Changes: each thing once, what a recoding took back, and what withdrawn incidents became.

use std::collections::BTreeSet;

use forewarn_coder::Coder;
use forewarn_gazetteer::Gazetteer;
use forewarn_language::{Engine, Model};
use forewarn_ledger::{Changes, Entry, Ledger, Means, Shown, Writer};
use forewarn_report::{Options, read_path};

use crate::sample::{NOW, Reader, knowledge, ledger_of, root};

/// All pages from a token on, as one answer.
fn all(ledger: &Ledger, since: Option<&str>, limit: usize) -> Changes {
    let mut out = ledger.changes(since, limit).expect("changes");
    while out.more {
        let page = ledger.changes(Some(&out.next), limit).expect("changes");
        assert!(page.added.len() + page.superseded.len() + page.withdrawn.len() + page.incidents.len() <= limit);
        out.added.extend(page.added);
        out.superseded.extend(page.superseded);
        out.withdrawn.extend(page.withdrawn);
        out.incidents.extend(page.incidents);
        (out.next, out.more) = (page.next, page.more);
    }
    out
}

#[test]
fn changes_come_once_each() {
    let ledger = ledger_of(&["examples/reports"]);
    let filter = Reader::new().filter("");
    let whole = all(&ledger, None, 40);
    let claims: BTreeSet<&str> = whole.added.iter().map(|c| c.claim_id.as_str()).collect();
    let incidents: BTreeSet<&str> = whole.incidents.iter().map(|i| i.incident_id.as_str()).collect();
    assert_eq!((claims.len(), incidents.len()), (whole.added.len(), whole.incidents.len()), "something came twice");
    assert_eq!(claims.len() as u64, ledger.count_events(&filter, 1_000_000).expect("a number"));
    assert_eq!(incidents.len() as u64, ledger.count_incidents(&filter, 1_000_000).expect("a number"));
    let again = ledger.changes(Some(&whole.next), 40).expect("changes");
    assert!(again.added.is_empty() && again.superseded.is_empty() && again.withdrawn.is_empty() && !again.more);
    assert!(again.incidents.is_empty());
    assert_eq!(again.next, whole.next);
    for bad in ["", "x", "1", "1.2.3", "1.2.3.x", "-1.2.3.4", "1.2.3.4.5", "+1.2.3.4", "..."] {
        assert!(ledger.changes(Some(bad), 1).is_err(), "{bad}");
    }
}

#[test]
fn a_recoding_takes_back_and_says_what_became_of_incidents() {
    let (codebook, actors) = knowledge();
    let coder = Coder::new(codebook, actors).with_gazetteer(Gazetteer::embedded().expect("it is built in"));
    let engine = Engine::new(Model::embedded().expect("the model is whole"));
    let mut reports = Vec::new();
    let path = root().join("crates/incident/tests/happenings/reports.jsonl");
    read_path(&path, &Options::default(), &mut |found| reports.extend(found.ok()));
    reports.truncate(12);
    let code = |suffix: &str| -> Vec<Entry> {
        let coded = reports.iter().map(|report| {
            let sentences = forewarn_coder::sentences(&engine, report);
            let mut claims = coder.code(report, &sentences).claims;
            if !suffix.is_empty() {
                // Another rule read the same words: another claim.
                for claim in &mut claims {
                    claim.claim_id = format!("{suffix}{}", &claim.claim_id[suffix.len()..]);
                }
            }
            Entry::new(report.clone(), &sentences, claims)
        });
        coded.collect()
    };
    let mut ledger = Ledger::in_memory().expect("memory");
    let mut writer = Writer::new();
    let run = ledger.begin("ingest", &Means::default(), "{}", NOW).expect("a run");
    writer.store(&mut ledger, run, &code("")).expect("memory has room");
    ledger.merge_all(&mut writer, 1000, &mut |_| {}).expect("merges");
    let before = all(&ledger, None, 1000);
    assert!(before.superseded.is_empty() && before.incidents.len() > 3);
    let generation = ledger.generation().expect("a number");

    let run = ledger.begin("recode", &Means::default(), "{}", NOW).expect("a run");
    let coded: Vec<(i64, Entry)> = (1..).zip(code("ffff")).collect();
    ledger.replace(&mut writer, run, &coded).expect("replaces");
    // Between the two, what the incidents became is not known.
    let between = all(&ledger, Some(&before.next), 7);
    assert!(between.withdrawn.iter().all(|w| w.now.is_none() && w.run == Some(run.0)));
    ledger.merge_all(&mut writer, 1000, &mut |_| {}).expect("merges");
    assert!(ledger.generation().expect("a number") > generation);

    let after = all(&ledger, Some(&before.next), 7);
    let old: BTreeSet<&str> = before.added.iter().map(|c| c.claim_id.as_str()).collect();
    let gone: BTreeSet<&str> = after.superseded.iter().map(|c| c.claim_id.as_str()).collect();
    assert_eq!(gone, old, "every claim was replaced");
    assert_eq!(after.added.len(), before.added.len());
    let withdrawn: BTreeSet<&str> = after.withdrawn.iter().map(|w| w.incident_id.as_str()).collect();
    let stood: BTreeSet<&str> = before.incidents.iter().map(|i| i.incident_id.as_str()).collect();
    assert_eq!(withdrawn, stood);
    // Each became the incident that has the same words now.
    let now: BTreeSet<&str> = after.incidents.iter().map(|i| i.incident_id.as_str()).collect();
    for gone in &after.withdrawn {
        let became = gone.now.as_deref().unwrap_or_else(|| panic!("{gone:?}"));
        assert!(now.contains(became), "{gone:?}");
        let was = before.incidents.iter().find(|i| i.incident_id == gone.incident_id).expect("it stood");
        let is = after.incidents.iter().find(|i| i.incident_id == became).expect("it stands");
        assert_eq!((&was.event_type, was.date_start, was.reports), (&is.event_type, is.date_start, is.reports));
        assert!(
            matches!(ledger.show(&gone.incident_id), Ok(Shown::Withdrawn { now: Some(n), .. }) if n == became),
            "{gone:?}"
        );
    }
    assert!(all(&ledger, Some(&after.next), 7).withdrawn.is_empty());
}

#[test]
fn what_is_read_again_and_says_the_same_stays_where_it_was() {
    let (codebook, actors) = knowledge();
    let coder = Coder::new(codebook, actors).with_gazetteer(Gazetteer::embedded().expect("it is built in"));
    let engine = Engine::new(Model::embedded().expect("the model is whole"));
    let mut reports = Vec::new();
    let path = root().join("crates/incident/tests/happenings/reports.jsonl");
    read_path(&path, &Options::default(), &mut |found| reports.extend(found.ok()));
    reports.truncate(12);
    // Every second report's claims are surer than before: nothing that merging looks at.
    let code = |more: f32| -> Vec<Entry> {
        let coded = reports.iter().enumerate().map(|(at, report)| {
            let sentences = forewarn_coder::sentences(&engine, report);
            let mut claims = coder.code(report, &sentences).claims;
            claims.iter_mut().filter(|_| at % 2 == 0).for_each(|c| c.confidence = (c.confidence + more).min(0.999));
            Entry::new(report.clone(), &sentences, claims)
        });
        coded.collect()
    };
    let mut ledger = Ledger::in_memory().expect("memory");
    let mut writer = Writer::new();
    let run = ledger.begin("ingest", &Means::default(), "{}", NOW).expect("a run");
    writer.store(&mut ledger, run, &code(0.0)).expect("memory has room");
    ledger.merge_all(&mut writer, 1000, &mut |_| {}).expect("merges");
    let told = |ledger: &Ledger| -> Vec<String> {
        let sql = "SELECT i.incident_id || ' ' || c.claim_id FROM member m JOIN incident i ON i.id = m.incident
             JOIN claim c ON c.id = m.claim WHERE c.superseded IS NULL
             UNION ALL SELECT i.incident_id || ' is told by ' || c.claim_id FROM incident i JOIN claim c ON c.id = i.evidence
             WHERE c.superseded IS NULL
             UNION ALL SELECT 'incident ' || i.incident_id || ' ' || m.kind || ' ' || m.code || ' ' || l.day
             FROM incident_list l JOIN mark m ON m.id = l.mark JOIN incident i ON i.id = l.incident
             UNION ALL SELECT 'claim ' || c.claim_id || ' ' || m.kind || ' ' || m.code || ' ' || l.day || ' ' || m.claims
             FROM claim_list l JOIN mark m ON m.id = l.mark JOIN claim c ON c.id = l.claim ORDER BY 1";
        let mut s = ledger.connection().prepare(sql).expect("SQL");
        s.query_map([], |r| r.get(0)).expect("rows").collect::<Result<_, _>>().expect("rows")
    };
    let before = told(&ledger);
    assert!(before.len() > 100, "{}", before.len());
    let run = ledger.begin("recode", &Means::default(), "{}", NOW).expect("a run");
    let coded: Vec<(i64, Entry)> = (1..).zip(code(0.05)).collect();
    let differences = ledger.replace(&mut writer, run, &coded).expect("replaces");
    assert!(differences.iter().any(|d| !d.changed.is_empty()) && differences.iter().any(|d| d.same > 0));
    ledger.merge_all(&mut writer, 1000, &mut |_| {}).expect("merges");
    assert_eq!(told(&ledger), before);
}

#[test]
fn a_stamp_counts_what_is_there() {
    let ledger = ledger_of(&["examples/reports"]);
    let stamp = ledger.stamp().expect("a stamp");
    let filter = Reader::new().filter("");
    assert_eq!(stamp.claims, ledger.count_events(&filter, 1_000_000).expect("a number"));
    assert_eq!(stamp.incidents, ledger.count_incidents(&filter, 1_000_000).expect("a number"));
    assert!(stamp.reports > 5 && stamp.waiting == 0 && stamp.foreign_events == 0);
    assert!(stamp.since <= stamp.through && stamp.since.is_some());
    assert_eq!(stamp.run.map(|r| r.kind), Some("ingest".to_owned()));
    assert_eq!(stamp.generation, ledger.generation().expect("a number"));
}
