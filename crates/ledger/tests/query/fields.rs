//! Every field compiles to SQL, and its answers are those of a plain reading of the filter over all rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::{Mutex, OnceLock};

use forewarn_exchange::dataset::Dataset;
use forewarn_filter::{FIELDS, Filter, SETS};
use forewarn_ledger::{Error, Ledger};
use proptest::prelude::*;

use crate::plain::{OF_A_CLAIM, OWN, Told, holds, itself};
use crate::sample::{Reader, ledger_of};

struct Bench {
    ledger: Ledger,
    told: Vec<Told>,
    reader: Reader,
    /// Values of each field that the ledger has, for filters that find something.
    found: BTreeMap<&'static str, Vec<String>>,
}

/// One for all tests: coding the samples takes longer than all questions.
fn with<T>(ask: impl FnOnce(&Bench) -> T) -> T {
    static BENCH: OnceLock<Mutex<Bench>> = OnceLock::new();
    let bench = BENCH.get_or_init(|| Mutex::new(bench()));
    ask(&bench.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
}

fn bench() -> Bench {
    let ledger = ledger_of(&["examples/reports", "crates/incident/tests/happenings/reports.jsonl"]);
    let reader = Reader::new();
    let all = reader.filter("");
    let mut incidents = BTreeMap::new();
    ledger
        .each_incident::<Error>(&all, |i| {
            incidents
                .insert(i.incident_id, (i.status, i.disputed_actor, i.reports, i.publishers, i.independent_origins));
            Ok(())
        })
        .expect("incidents are read");
    let mut languages = BTreeMap::new();
    let mut rows = ledger.connection().prepare("SELECT report_id, language FROM report").expect("a table");
    let read = rows.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, Option<String>>(1)?))).expect("rows");
    languages.extend(read.map(|r| r.expect("a row")));
    drop(rows);
    let mut told = Vec::new();
    ledger
        .each_event::<Error>(&all, |row| {
            let language = row.report_id.as_ref().and_then(|id| languages[id].clone());
            let incident = row.incident_id.as_ref().map(|id| incidents[id].clone());
            told.push(Told { row, language, incident });
            Ok(())
        })
        .expect("claims are read");
    assert!(told.len() > 200, "{} claims are few for these tests", told.len());
    let found = values(&told);
    Bench { ledger, told, reader, found }
}

/// What stands in the rows, as a filter writes it.
fn values(told: &[Told]) -> BTreeMap<&'static str, Vec<String>> {
    let mut out: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    let mut add = |field: &'static str, value: Option<String>| {
        out.entry(field).or_default().extend(value);
    };
    let quoted = |s: &str| format!("\"{}\"", s.replace(['"', '\\'], " "));
    for t in told {
        let row = &t.row;
        add("type", row.event_type.clone());
        add("mode", row.event_type.clone().zip(row.event_mode.clone()).map(|(t, m)| format!("{t}/{m}")));
        row.contexts.iter().for_each(|c| add("context", Some(c.clone())));
        add("quad", row.quad_class.map(|q| q.to_string()));
        add("cameo", row.cameo.as_ref().map(|c| c[..2].to_owned()));
        add("factuality", row.factuality.clone());
        add("status", t.incident.as_ref().map(|i| i.0.clone()));
        add("killed", row.counts.first().and_then(|c| c.best).map(|n| n.to_string()));
        add("injured", row.counts.first().and_then(|c| c.best).map(|n| n.to_string()));
        add("confidence", row.confidence.map(|c| c.to_string()));
        add("goldstein", row.goldstein.map(|c| c.to_string()));
        for field in ["reports", "publishers", "origins"] {
            add(field, t.incident.as_ref().map(|i| i.2.to_string()));
        }
        let party = |p: &forewarn_exchange::row::PartyRow| p.country.clone().or_else(|| p.sector.clone());
        add("actor", row.actor.first().and_then(party));
        add("recipient", row.recipient.first().and_then(party));
        add("party", row.recipient.last().map(|p| quoted(&p.text)));
        let pair = row.actor.first().and_then(party).zip(row.recipient.first().and_then(party));
        add("dyad", pair.map(|(a, b)| format!("{a}<>{b}")));
        add("country", row.recipient.iter().find_map(|p| p.country.clone()));
        for field in ["since", "until", "date"] {
            add(field, row.date_start.map(|d| d.to_string()));
        }
        for field in ["published", "asof"] {
            add(field, row.published.map(|d| d.to_string()));
        }
        if let Some(place) = &row.place {
            add("place", Some(quoted(&place.name)));
            add("admin1", place.admin1.as_deref().map(quoted));
            add("near", place.lat.zip(place.lon).map(|(a, b)| format!("{a:.1},{b:.1},300km")));
            add(
                "bbox",
                place
                    .lat
                    .zip(place.lon)
                    .map(|(a, b)| format!("{:.1},{:.1},{:.1},{:.1}", b - 3.0, a - 3.0, b + 3.0, a + 3.0)),
            );
        }
        add("publisher", row.publisher.as_deref().map(quoted));
        add("voice", row.attribution.first().map(|v| quoted(&v.text)));
        add("report", row.report_id.as_deref().map(quoted));
        add("id", row.incident_id.clone());
        add("language", t.language.clone());
        add(
            "text",
            row.evidence
                .as_ref()
                .and_then(|e| e.split_whitespace().nth(2))
                .map(|w| quoted(w.trim_matches(|c: char| !c.is_alphanumeric()))),
        );
    }
    out.into_iter().map(|(k, v)| (k, v.into_iter().filter(|v| v.len() > 2 || !v.starts_with('"')).collect())).collect()
}

impl Bench {
    /// What the SQL finds.
    fn asked(&self, filter: &Filter) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        self.ledger
            .each_event::<Error>(filter, |row| {
                assert!(out.insert(row.claim_id.clone()), "{filter}: {} comes twice", row.claim_id);
                Ok(())
            })
            .unwrap_or_else(|e| panic!("{filter}: {e}"));
        out
    }

    /// What a plain reading finds.
    fn meant(&self, filter: &Filter) -> BTreeSet<String> {
        self.told.iter().filter(|t| holds(filter, t)).map(|t| t.row.claim_id.clone()).collect()
    }

    fn compare(&self, text: &str) -> usize {
        let filter = self.reader.filter(text);
        let (asked, meant) = (self.asked(&filter), self.meant(&filter));
        let differ: Vec<_> = asked.symmetric_difference(&meant).collect();
        assert!(
            differ.is_empty(),
            "{filter}: SQL finds {}, a plain reading {}; they differ in {differ:?}",
            asked.len(),
            meant.len()
        );
        asked.len()
    }

    fn incidents(&self, text: &str) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        let filter = self.reader.filter(text);
        self.ledger
            .each_incident::<Error>(&filter, |row| {
                assert!(out.insert(row.incident_id.clone()), "{filter}: {} comes twice", row.incident_id);
                Ok(())
            })
            .unwrap_or_else(|e| panic!("{filter}: {e}"));
        out
    }
}

#[test]
fn every_fields_example_is_answered_as_it_reads() {
    with(|b| {
        for field in FIELDS {
            b.compare(field.example);
            b.incidents(field.example);
            if field.kind.turns() {
                b.compare(&format!("-{}", field.example));
            }
        }
    });
}

#[test]
fn every_field_finds_what_is_there() {
    with(|b| {
        let mut none = String::new();
        for field in FIELDS {
            // Words that a filter cannot tell of our samples: they hold no run but the first and no foreign set.
            let list = match field.name {
                "run" => vec!["1".to_owned()],
                "set" => vec!["forewarn".to_owned()],
                "disputed" => vec!["no".to_owned(), "yes".to_owned()],
                name => b.found.get(name).cloned().unwrap_or_default(),
            };
            let hits: usize = list.iter().take(25).map(|v| b.compare(&format!("{}:{v}", field.name))).sum();
            if hits == 0 {
                writeln!(none, "{}: none of {list:?}", field.name).expect("a string takes all");
            }
        }
        assert!(none.is_empty(), "{none}");
    });
}

/// `-` before a term gives exactly the rest, of claims and of incidents, whichever way a query is driven.
#[test]
fn a_turned_term_gives_the_rest() {
    with(|b| {
        let all = b.incidents("");
        assert!(all.len() > 50);
        let mut faults = String::new();
        for field in FIELDS.iter().filter(|f| f.kind.turns()) {
            for value in b.found.get(field.name).into_iter().flatten().take(12) {
                let term = format!("{}:{value}", field.name);
                let (with, without) = (b.incidents(&term), b.incidents(&format!("-{term}")));
                let both = with.intersection(&without).count();
                if both > 0 || with.len() + without.len() != all.len() {
                    writeln!(
                        faults,
                        "{term}: {} and {} of {} incidents, {both} in both",
                        with.len(),
                        without.len(),
                        all.len()
                    )
                    .expect("a string takes all");
                }
            }
        }
        assert!(faults.is_empty(), "{faults}");
    });
}

#[test]
fn incidents_are_found_by_themselves_or_by_their_claims() {
    with(|b| {
        let mut incidents = Vec::new();
        b.ledger
            .each_incident::<Error>(&b.reader.filter(""), |i| {
                incidents.push(i);
                Ok(())
            })
            .expect("incidents are read");
        let mut found = 0;
        for field in OWN.into_iter().chain(OF_A_CLAIM) {
            for value in b.found.get(field.name()).into_iter().flatten().take(10) {
                let text = format!("{field}:{value}");
                let filter = b.reader.filter(&text);
                let fits = |i: &forewarn_exchange::row::IncidentRow| {
                    if OWN.contains(&field) {
                        return holds(&filter, &itself(i));
                    }
                    let of_it = |t: &&Told| t.row.incident_id.as_deref() == Some(&i.incident_id);
                    b.told.iter().filter(of_it).any(|t| holds(&filter, t))
                };
                let meant: BTreeSet<String> =
                    incidents.iter().filter(|i| fits(i)).map(|i| i.incident_id.clone()).collect();
                assert_eq!(b.incidents(&text), meant, "{text}");
                found += meant.len();
            }
        }
        assert!(found > 100, "only {found} found");
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, ..ProptestConfig::default() })]

    /// Terms drawn from all fields, with values that are there, some turned round, some with two values.
    #[test]
    fn any_filter_is_answered_as_it_reads(picks in prop::collection::vec((0..FIELDS.len(), any::<usize>(), any::<usize>(), 0_u8..4, any::<bool>()), 1..4)) {
        with(|b| {
            let mut text = String::new();
            for (field, one, other, op, turned) in picks {
                let field = &FIELDS[field];
                let Some(list) = b.found.get(field.name).filter(|l| !l.is_empty()) else { continue };
                // Two bounds of one field may shut each other out, which is a fault of the filter.
                if text.contains(&format!("{}:", field.name)) || text.contains(&format!("{}>", field.name)) {
                    continue;
                }
                let op = field.kind.ops()[usize::from(op) % field.kind.ops().len()];
                let turned = turned && field.kind.turns();
                let sign = if turned { "-" } else { "" };
                write!(text, "{sign}{}{}{}", field.name, op.as_str(), list[one % list.len()]).expect("a string takes all");
                if field.kind.several(op) {
                    write!(text, ",{}", list[other % list.len()]).expect("a string takes all");
                }
                text.push(' ');
            }
            // Terms that shut each other out are refused when the filter is read, which the filter's own tests hold.
            if b.reader.parsed(&text).is_ok() {
                b.compare(&text);
            }
        });
    }
}

#[test]
fn the_sets_of_the_language_are_those_that_come_in() {
    let mut sets: Vec<&str> = Dataset::ALL.iter().map(|d| d.as_str()).chain(["forewarn"]).collect();
    let mut words = SETS.to_vec();
    sets.sort_unstable();
    words.sort_unstable();
    assert_eq!(sets, words);
}
