//! The protocol and the baselines are those of the plain scripts: the same rows, the same scores.
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::collections::BTreeMap;
use std::path::Path;

use forewarn_outlook::backtest::dyads::{self, Years};
use forewarn_outlook::weis;

#[test]
fn baselines_score_as_the_plain_script_has_them() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let events = std::fs::read(shared.join("forecast/keds_balkans/events.csv.gz"));
    let results = std::fs::read_to_string(shared.join("eval/forecast/results_dyad_keds_balkans.csv"));
    let (Ok(events), Ok(results)) = (events, results) else {
        eprintln!("skipped: needs ../shared");
        return;
    };
    let history = weis::read(&events).expect("the set reads");
    let records = dyads::baselines(&history, Years { first: 1994, last: 2003 }).expect("a record");
    let names: BTreeMap<&str, usize> = [("y1", 0), ("y3", 1), ("onset3", 2)].into();
    let mut checked = 0;
    for line in results.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let model = if fields[2] == "logit_all" { "plain_logit" } else { fields[2] };
        let record = &records[names[fields[1]]];
        // Its trees are LightGBM's, which are not run here.
        let Some(scored) = record.model(model) else { continue };
        let number = |i: usize| fields[i].parse::<f64>().expect("a number");
        assert_eq!(scored.all.n as f64, number(3), "rows of {line}");
        for (name, own, theirs, within) in [
            ("log score", scored.all.log_score, number(5), 6e-4),
            ("Brier", scored.all.brier, number(6), 2e-4),
            // The script leaves out pairs with fewer than five events in the whole set, which looks ahead.
            ("AUROC", scored.all.auroc, number(7), 2e-3),
            ("skill", scored.all.skill, number(12), 2e-3),
        ] {
            assert!((own - theirs).abs() < within, "{name}: {own} against {line}");
        }
        checked += 1;
    }
    assert_eq!(checked, 15);
}
