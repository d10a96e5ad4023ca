//! Stored reports read again: what changes is shown, both runs are kept, corrections survive.

use std::path::{Path, PathBuf};

use crate::command::{Ended, folder, forewarn};
use crate::contents::{MEMBERS, assert_sound, contents, number, rows};

const REPORTS: &str = r#"{"id":"a","text":"Police arrested 14 protesters in Minsk on Tuesday.","published":"2024-03-06","publisher":"Example Wire"}
{"id":"b","text":"Police in Minsk arrested 14 protesters on Tuesday, officials said.","published":"2024-03-06","publisher":"Coastal Post"}
{"id":"c","text":"A bomb killed three people in Kirkuk on Tuesday.","published":"2024-03-06","publisher":"Coastal Post"}
{"id":"d","text":"Rebels shelled Goma on Monday.","published":"2024-03-06","publisher":"Evening Ledger"}
"#;
const OVERLAY: (&str, &str) =
    ("overlay/dictionaries/events/local.txt", "arrest v obj:protester => COERCE/restrict cameo=172\n");

/// A ledger of the reports, and an overlay that changes how two of them are coded.
fn setting(name: &str) -> (PathBuf, String) {
    let dir = folder(name, &[OVERLAY]);
    let ledger = Path::new(&dir).join("l.sqlite");
    run(&["ingest", "-"], &ledger, REPORTS);
    (ledger, format!("{dir}/overlay"))
}

fn run(args: &[&str], ledger: &Path, input: &str) -> Ended {
    let mut all = args.to_vec();
    all.extend(["--ledger", ledger.to_str().expect("UTF-8")]);
    let ended = forewarn(&all, input);
    assert_eq!(ended.code, Some(0), "{args:?}: {}", ended.err);
    ended
}

fn incident_of(ledger: &Path, report: &str) -> String {
    let sql = format!(
        "SELECT i.incident_id FROM incident i JOIN member m ON m.incident = i.id JOIN claim c ON c.id = m.claim
         JOIN report r ON r.id = c.report WHERE r.report_id = '{report}'"
    );
    rows(ledger, &sql).trim().to_owned()
}

fn claim_of(ledger: &Path, report: &str) -> String {
    let sql = format!(
        "SELECT c.claim_id FROM claim c JOIN report r ON r.id = c.report WHERE r.report_id = '{report}' AND c.superseded IS NULL"
    );
    rows(ledger, &sql).trim().to_owned()
}

#[test]
fn a_dry_run_shows_and_writes_nothing() {
    let (ledger, overlay) = setting("recode-dry");
    let before = contents(&ledger);
    let shown = run(&["recode", "--dry-run", "--overlay", &overlay], &ledger, "");
    let words: Vec<&str> = shown.out.lines().map(|l| l.rsplit_once(' ').map_or(l, |(words, _id)| words)).collect();
    let was = "  - COERCE asserted \"arrested\" (coerce/arrest)";
    let is = "  + COERCE asserted \"arrested\" (local/arrest)";
    assert_eq!(words, ["a", was, is, "b", was, is]);
    assert_eq!(shown.err, "4 reports read again: 2 would change (2 claims gone, 2 new, 0 different, 2 the same)\n");
    assert!(before == contents(&ledger), "a dry run wrote to {}", ledger.display());
    assert_eq!(number(&ledger, "SELECT count(*) FROM run"), 1);
    let same = run(&["recode", "--dry-run"], &ledger, "");
    assert_eq!(same.out, "");
    assert_eq!(same.err, "4 reports read again: 0 would change (0 claims gone, 0 new, 0 different, 4 the same)\n");
}

#[test]
fn both_runs_are_kept_and_incidents_follow() {
    let (ledger, overlay) = setting("recode-both");
    let (before, old) = (contents(&ledger), claim_of(&ledger, "a"));
    let incident = incident_of(&ledger, "a");
    let done = run(&["recode", "--overlay", &overlay], &ledger, "");
    assert!(done.err.contains("run 2; the claims it replaced are kept, marked with it"), "{}", done.err);
    assert_sound(&ledger);
    assert_eq!(rows(&ledger, "SELECT run, superseded, count(*) FROM claim GROUP BY 1, 2"), "1|-|2\n1|2|2\n2|-|2\n");
    assert_eq!(incident_of(&ledger, "a"), incident_of(&ledger, "b"));
    assert_eq!(
        rows(&ledger, "SELECT cameo, event_mode, reports FROM incident WHERE event_type = 'COERCE'"),
        "172|restrict|2\n"
    );
    // The old claim can still be shown, and its run asked for; what is current comes without it.
    let shown = run(&["show", &old], &ledger, "");
    assert!(shown.out.contains("replaced by run 2"), "{}", shown.out);
    assert_eq!(run(&["events", "run:1", "type:COERCE", "--count"], &ledger, "").out, "2\n");
    assert_eq!(run(&["events", "type:COERCE", "--count"], &ledger, "").out, "2\n");
    let gone = run(&["show", &incident], &ledger, "");
    assert!(gone.out.starts_with(&format!("{incident} is withdrawn: ")), "{}", gone.out);
    // Back to the first knowledge: the same contents as before.
    run(&["recode"], &ledger, "");
    assert_eq!(claim_of(&ledger, "a"), old);
    assert_sound(&ledger);
    let current = |text: &str| -> Vec<String> {
        let wanted = ["# claims", "# incidents", "# members", "# incident dyads", "# dyads"];
        text.split_inclusive("\n# ")
            .filter(|p| wanted.iter().any(|w| format!("# {p}").starts_with(w)))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(current(&before), current(&contents(&ledger)));
}

#[test]
fn corrections_survive_a_recoding_that_changes_ids() {
    let (ledger, overlay) = setting("recode-corrected");
    let (a, b) = (claim_of(&ledger, "a"), claim_of(&ledger, "b"));
    assert_eq!(incident_of(&ledger, "a"), incident_of(&ledger, "b"), "one happening, told twice");
    run(&["incidents", "split", &incident_of(&ledger, "a"), &b, "--note", "another arrest"], &ledger, "");
    assert_ne!(incident_of(&ledger, "a"), incident_of(&ledger, "b"));
    run(&["incidents", "merge", &incident_of(&ledger, "a"), &incident_of(&ledger, "d")], &ledger, "");
    assert_eq!(incident_of(&ledger, "a"), incident_of(&ledger, "d"));
    let listed = run(&["incidents", "corrections"], &ledger, "").out;
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(listed.contains("another arrest"), "{listed}");
    run(&["recode", "--overlay", &overlay], &ledger, "");
    assert_ne!((claim_of(&ledger, "a"), claim_of(&ledger, "b")), (a, b), "the recoding was to change the ids");
    assert_ne!(incident_of(&ledger, "a"), incident_of(&ledger, "b"), "the split is lost");
    assert_eq!(incident_of(&ledger, "a"), incident_of(&ledger, "d"), "the merge is lost");
    // Nor does one more telling of the same bring together what was split, or part what was merged.
    let more =
        REPORTS.lines().next().expect("a first").replace("\"a\"", "\"e\"").replace("Example Wire", "Northern Dispatch");
    run(&["ingest", "-", "--overlay", &overlay], &ledger, &more);
    assert_ne!(incident_of(&ledger, "a"), incident_of(&ledger, "b"), "{}", rows(&ledger, MEMBERS));
    assert_eq!(incident_of(&ledger, "a"), incident_of(&ledger, "d"));
    assert_sound(&ledger);
}

#[test]
fn corrections_that_cannot_be_made_say_why() {
    let (ledger, _) = setting("recode-misuse");
    let at = ledger.to_str().expect("UTF-8");
    let (one, claim) = (incident_of(&ledger, "a"), claim_of(&ledger, "c"));
    for (args, told) in [
        (vec!["merge", one.as_str(), one.as_str()], "are one incident already"),
        (vec!["merge", one.as_str(), "0123456789abcdef"], "nothing in the ledger has this id"),
        (vec!["split", one.as_str(), claim.as_str()], "no claim of the incident"),
        (
            vec!["split", incident_of(&ledger, "c").leak(), claim.as_str()],
            "all its claims were named; name those that go",
        ),
    ] {
        let mut all = vec!["incidents"];
        all.extend(args);
        all.extend(["--ledger", at]);
        let Ended { code, err, .. } = forewarn(&all, "");
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains(told), "{all:?}: {err}");
    }
    assert_eq!(number(&ledger, "SELECT count(*) FROM correction"), 0);
}
