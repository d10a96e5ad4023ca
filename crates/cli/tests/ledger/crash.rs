//! `kill -9` at any instant: nothing acknowledged is lost, and running again finishes the rest.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::command::{folder, forewarn, root};
use crate::contents::{assert_sound, contents, number};
use crate::reports::{Dice, lines};

const FILES: usize = 12;
const REPORTS_A_FILE: usize = 6;

/// Kills that must have landed in a living process.
const KILLS: usize = 200;

/// What a killed run had done.
#[derive(Default, Debug)]
struct Phases {
    /// Not even begun.
    before: usize,
    /// Begun, and nothing acknowledged.
    reading: usize,
    /// Some reports acknowledged, others still to come.
    writing: usize,
    /// All acknowledged, incidents still to be made.
    merging: usize,
}

#[test]
fn killed_at_any_instant_nothing_acknowledged_is_lost() {
    let dir = PathBuf::from(folder("crash", &[]));
    fs::create_dir_all(&dir).expect("can be made");
    let inputs: Vec<String> = (0..FILES)
        .map(|i| {
            let path = dir.join(format!("{i:02}.jsonl"));
            let text = lines(7 + i as u64, i * REPORTS_A_FILE, REPORTS_A_FILE).join("\n");
            fs::write(&path, text + "\n").expect("can be written");
            path.to_str().expect("UTF-8").to_owned()
        })
        .collect();
    let calm = dir.join("calm.sqlite");
    let mut length = whole(&inputs, &calm);
    let expected = contents(&calm);
    let mut dice = Dice::new(20_230_924);
    let (mut kills, mut phases) = (0, Phases::default());
    let mut life = 0;
    while kills < KILLS {
        life += 1;
        assert!(life < KILLS, "only {kills} kills in {life} ledgers met a living process: {phases:?}");
        let ledger = dir.join(format!("life-{life}.sqlite"));
        let mut acknowledged = BTreeSet::new();
        // A few more kills once all is stored, then it may finish: many lives see more of the first moments than one long one.
        let mut late = 0;
        while late < 3 {
            let left = FILES * REPORTS_A_FILE - acknowledged.len();
            late += usize::from(left == 0);
            let when = match dice.below(4) {
                // At any time of a whole run, or as soon as so many reports are acknowledged, or a little after all are.
                0 if left > 0 => When::Heard(1 + dice.below(left), dice.below(5)),
                1 if left > 0 => When::Heard(left, dice.below(40)),
                _ => When::After(length.mul_f64(dice.below(1000) as f64 / 1000.0)),
            };
            let Some(printed) = killed(&inputs, &ledger, &when) else { break };
            kills += 1;
            acknowledged.extend(printed.iter().cloned());
            check(&ledger, &acknowledged);
            count(&mut phases, &ledger, printed.len());
        }
        let rest = whole(&inputs, &ledger);
        // How busy the machine is may change while this goes on.
        length = if acknowledged.is_empty() { rest } else { length.max(rest).mul_f64(0.95) };
        check(&ledger, &acknowledged);
        assert!(
            contents(&ledger) == expected,
            "life {life} ended otherwise than an undisturbed run: {}",
            ledger.display()
        );
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(dir.join(format!("life-{life}.sqlite{end}")));
        }
    }
    let all = [phases.before, phases.reading, phases.writing, phases.merging];
    assert!(all.iter().all(|&n| n >= 3), "{kills} kills did not land in every phase: {phases:?}");
}

/// When to kill.
enum When {
    /// After a time.
    After(Duration),
    /// As soon as so many ids are printed, and some milliseconds more.
    Heard(usize, usize),
}

fn command(inputs: &[String], ledger: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_forewarn"));
    command.arg("ingest").args(inputs).arg("--ledger").arg(ledger).arg("--print-ids").current_dir(root());
    command
}

/// Runs to the end; how long it took.
fn whole(inputs: &[String], ledger: &Path) -> Duration {
    let start = Instant::now();
    let ended = command(inputs, ledger).output().expect("forewarn runs");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    start.elapsed()
}

/// Runs and kills; the ids that were printed until then, or none if it had ended by itself.
fn killed(inputs: &[String], ledger: &Path, when: &When) -> Option<Vec<String>> {
    let heard = ledger.with_extension("ids");
    let out = File::create(&heard).expect("can be written");
    let mut child = command(inputs, ledger).stdout(out).stderr(Stdio::null()).spawn().expect("forewarn starts");
    match when {
        When::After(delay) => sleep(*delay),
        When::Heard(wanted, more) => {
            while child.try_wait().expect("can be asked").is_none() && lines_of(&heard).len() < *wanted {
                sleep(Duration::from_millis(1));
            }
            sleep(Duration::from_millis(*more as u64));
        }
    }
    let alive = child.try_wait().expect("can be asked").is_none();
    child.kill().expect("can be killed");
    let status = child.wait().expect("ends");
    (alive && !status.success()).then(|| lines_of(&heard))
}

/// The whole lines of a file: one without its end was not heard.
fn lines_of(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("readable");
    let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
    whole.lines().map(str::to_owned).collect()
}

fn check(ledger: &Path, acknowledged: &BTreeSet<String>) {
    if !ledger.exists() {
        assert!(acknowledged.is_empty(), "ids were printed and there is no ledger");
        return;
    }
    assert_sound(ledger);
    if acknowledged.is_empty() {
        return;
    }
    let connection = Connection::open(ledger).expect("opens");
    let mut find = connection.prepare("SELECT 1 FROM report WHERE report_id = ?1").expect("a table of reports");
    for id in acknowledged {
        assert!(find.exists([id]).expect("can be asked"), "{id} was acknowledged and is lost");
    }
}

fn count(phases: &mut Phases, ledger: &Path, printed: usize) {
    let begun = || {
        let connection = Connection::open(ledger).ok()?;
        connection.query_row("SELECT count(*) FROM run WHERE finished IS NULL", [], |r| r.get::<_, i64>(0)).ok()
    };
    let stored = || usize::try_from(number(ledger, "SELECT count(*) FROM report")).expect("not below 0");
    match begun() {
        None | Some(0) => phases.before += 1,
        Some(_) if stored() == FILES * REPORTS_A_FILE => phases.merging += 1,
        Some(_) if printed > 0 => phases.writing += 1,
        Some(_) => phases.reading += 1,
    }
}

#[test]
fn a_run_that_was_cut_off_is_told_of() {
    let dir = PathBuf::from(folder("cut-off", &[("a.jsonl", &lines(1, 0, 3).join("\n"))]));
    let ledger = dir.join("l.sqlite");
    let path = dir.join("a.jsonl");
    let args = ["ingest", path.to_str().expect("UTF-8"), "--ledger", ledger.to_str().expect("UTF-8")];
    assert_eq!(forewarn(&args, "").code, Some(0));
    Connection::open(&ledger)
        .expect("opens")
        .execute("UPDATE run SET finished = NULL", [])
        .expect("as if it had been killed");
    let again = forewarn(&args, "");
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert!(
        again.err.starts_with("note: run 1 was cut off; what it had stored is there, the rest is read now\n"),
        "{}",
        again.err
    );
}
