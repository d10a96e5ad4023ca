//! The development gold sets: figures that must not fall back. The floors lie a little under the ledger's last line,
//! so that a change for the better in one place may cost a sentence in another, and no more.
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::path::Path;
use std::process::Command;

/// The figures of `forewarn eval SET`, or none where the set is not there.
fn figures(set: &str) -> Option<Vec<(String, f64)>> {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold");
    if !gold.is_dir() {
        eprintln!("skipped: needs ../shared");
        return None;
    }
    let output = Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .args(["eval", set, "--gold"])
        .arg(&gold)
        .arg("--dictionaries")
        .arg(gold.join("../reference/petrarch_dictionaries"))
        .output()
        .expect("forewarn runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let figures = text.lines().filter_map(|l| {
        let (name, value) = l.strip_prefix("  ")?.trim_end().rsplit_once(' ')?;
        Some((name.trim().to_owned(), value.parse().ok()?))
    });
    Some(figures.collect())
}

fn floor(set: &str, name: &str, least: f64) {
    let Some(all) = figures(set) else { return };
    let value = all.iter().find(|(n, _)| n == name).unwrap_or_else(|| panic!("{set} has no {name}: {all:?}")).1;
    assert!(value >= least, "{set}: {name} is {value}, below {least}");
}

#[test]
fn types_and_dyads() {
    floor("plover_gsr", "type.F1", 0.77);
    floor("plover_gsr", "type+dyad.F1", 0.50);
}

#[test]
fn roots_and_classes() {
    floor("plv", "macroF1", 0.80);
    floor("cameo_class", "macroF1", 0.76);
}

#[test]
fn false_alarms_on_irrelevant_news() {
    let Some(all) = figures("osorio_cameo200") else { return };
    let rate = all.iter().find(|(n, _)| n == "false_alarm_rate").expect("it is measured").1;
    assert!(rate <= 0.25, "false alarms on {rate} of the irrelevant sentences");
}

#[test]
fn the_old_coders_suite() {
    let dictionaries = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/petrarch_dictionaries");
    if !dictionaries.is_dir() {
        eprintln!("skipped: needs ../shared");
        return;
    }
    floor("petrarch_unit", "dyad_exact", 0.85);
    floor("petrarch_unit", "triple.F1", 0.88);
    floor("petrarch_unit:v20", "dyad_exact", 0.86);
    floor("petrarch_unit:v20", "triple.F1", 0.86);
}

#[test]
fn voices_and_times() {
    floor("polnear", "source_overlap.F1", 0.70);
    floor("wikiwars", "value.F1", 0.87);
}

#[test]
fn places() {
    floor("geovirus", "acc161_all", 0.74);
    floor("geovirus", "detect_strict.F1", 0.89);
    floor("lgl", "acc161_all", 0.60);
    floor("lgl", "detect_strict.F1", 0.70);
}

#[test]
fn phrases_of_actors() {
    floor("ngec_actor_tests", "country_acc", 0.93);
}
