//! Answers as of a day, held to ledgers that end on it; and what the archive keeps.

use std::path::Path;

use forewarn_answer::history::of_pairs;
use forewarn_answer::scenario::{self, injection, scenario};
use forewarn_answer::watch::{By, watch};
use forewarn_answer::{Answer, Archive, Error, Names, Question, Shelf, answer, country, party};
use forewarn_codebook::{KnowledgeFile, files};
use forewarn_coder::Pipeline;
use forewarn_ledger::{Entry, Ledger, Means, Told, Writer};
use forewarn_report::Report;
use jiff::civil::{Date, date};
use tempfile::TempDir;

const SET: &str = "forewarn";
/// Between the first and the last of the sample's reports.
const MIDDLE: Date = date(2023, 9, 26);

struct Desk {
    names: Names,
    shelf: Shelf,
    folder: TempDir,
    entries: Vec<(Report, Entry)>,
}

impl Desk {
    fn new() -> Self {
        let base = KnowledgeFile::base(files::all());
        let pipeline = Pipeline::from_files(&base, true).expect("built in");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
        let mut entries = Vec::new();
        for name in ["2023-09-24-banjska.jsonl", "2023-09-25-north-kosovo.txt", "wire.jsonl"] {
            forewarn_report::read_path(&root.join(name), &forewarn_report::Options::default(), &mut |found| {
                let Ok(report) = found else { return };
                let (sentences, coding) = pipeline.code(&report);
                entries.push((report.clone(), Entry::new(report, &sentences, coding.claims)));
            });
        }
        let folder = tempfile::tempdir().expect("a folder");
        let (names, shelf) = (Names::from_files(&base).expect("no fault"), Shelf::bundled().expect("built in"));
        Self { names, shelf, folder, entries }
    }

    /// A ledger of the sample's reports published by a day.
    fn ledger(&self, name: &str, until: Date) -> Ledger {
        let mut ledger = Ledger::create(&self.folder.path().join(name)).expect("made");
        let run = ledger.begin("ingest", &Means::default(), "{}", "2023-10-01T00:00:00Z").expect("begun");
        let mut writer = Writer::new();
        for (report, entry) in &self.entries {
            if report.published.is_some_and(|day| day <= until) {
                writer.store(&mut ledger, run, std::slice::from_ref(entry)).expect("stored");
            }
        }
        ledger.end(run, "2023-10-01T00:00:01Z").expect("ended");
        ledger.merge_all(&mut writer, 1000, &mut |_| {}).expect("merged");
        ledger
    }

    fn archive(&self, ledger: &mut Ledger) -> Archive {
        Archive::read(ledger, SET, &self.names.actors).expect("read")
    }

    fn ask(&self, archive: &Archive, ledger: &Ledger, as_of: Option<Date>) -> Answer {
        let parties = ["Serbia", "Kosovo"].map(|p| party::resolve(p, &self.names).expect("known"));
        let question = Question { parties, as_of, days: 90 };
        let mut answer = answer(archive, ledger, &self.names, &self.shelf, &question).expect("an answer");
        // Why the day is this one is all that may differ.
        answer.as_of_why.clear();
        answer
    }
}

#[test]
fn an_answer_as_of_a_day_is_that_of_a_ledger_that_ends_then() {
    let desk = Desk::new();
    let (mut whole, mut part) = (desk.ledger("whole", Date::MAX), desk.ledger("part", MIDDLE));
    let (later, then) = (desk.archive(&mut whole), desk.archive(&mut part));
    let last = then.last().expect("reports");
    assert!(later.last().expect("reports") > MIDDLE && last <= MIDDLE, "the sample has reports of both times");

    let told = desk.ask(&later, &whole, Some(last));
    assert_eq!(told, desk.ask(&then, &part, None));
    assert_eq!(told, desk.ask(&later, &whole, Some(last)), "a kept record gives the same");
    assert_ne!(told, desk.ask(&later, &whole, None), "later reports change later answers");

    let kosovo = party::resolve("XKX", &desk.names).expect("known");
    let about = |archive: &Archive, ledger: &Ledger, as_of| {
        let question = country::Question { party: kosovo.clone(), as_of, days: 90 };
        let mut found = country::answer(archive, ledger, &desk.names, &desk.shelf, &question, None).expect("an answer");
        found.as_of_why.clear();
        found
    };
    assert_eq!(about(&later, &whole, Some(last)), about(&then, &part, None));

    let rows = |archive: &Archive, ledger: &Ledger, as_of| {
        watch(archive, ledger, &desk.names, &desk.shelf, (as_of, 90, By::Highest)).expect("a list").rows
    };
    assert_eq!(rows(&later, &whole, Some(last)), rows(&then, &part, None));
}

#[test]
fn the_archive_tells_first_what_the_ledger_tells_first() {
    let desk = Desk::new();
    let mut ledger = desk.ledger("whole", Date::MAX);
    let archive = desk.archive(&mut ledger);
    let first = ledger.happenings(SET, Told::First).expect("read");
    let now = ledger.happenings(SET, Told::Now).expect("read");
    assert_ne!(first, now, "some incident of the sample is told anew");
    let held = archive.first(&ledger, &desk.names.actors).expect("read");
    assert_eq!(*held, of_pairs(&first, &desk.names.actors));
    assert_eq!(archive.now().history, of_pairs(&now, &desk.names.actors));
}

#[test]
fn past_forecasts_are_in_order_and_end_with_the_day() {
    let desk = Desk::new();
    let mut ledger = desk.ledger("whole", Date::MAX);
    let archive = desk.archive(&mut ledger);
    let told = desk.ask(&archive, &ledger, None);
    assert!(!told.past.is_empty());
    assert!(told.past.windows(2).all(|w| w[0].as_of < w[1].as_of));
    assert_eq!(told.past.last().expect("one").as_of, told.as_of);
    assert_eq!(told.past.last().expect("one").came, None, "its days are not over");
    for p in &told.past {
        assert!(p.interval_90[0] <= p.p && p.p <= p.interval_90[1], "{p:?}");
    }
}

#[test]
fn misuse_is_told() {
    let desk = Desk::new();
    let mut ledger = desk.ledger("none", Date::MIN);
    let archive = desk.archive(&mut ledger);
    let [a, b] = ["Serbia", "Kosovo"].map(|p| party::resolve(p, &desk.names).expect("known"));
    let ask =
        |parties, days| answer(&archive, &ledger, &desk.names, &desk.shelf, &Question { parties, as_of: None, days });
    assert!(matches!(ask([a.clone(), a.clone()], 90), Err(Error::Same(..))));
    assert!(matches!(ask([a.clone(), b.clone()], 90), Err(Error::NoDay)), "an empty ledger has no day");
    let question = Question { parties: [a.clone(), b.clone()], as_of: Some(MIDDLE), days: 41 };
    let fault = answer(&archive, &ledger, &desk.names, &desk.shelf, &question).expect_err("no such horizon");
    assert!(matches!(&fault, Error::NoModel { known, .. } if known.iter().any(|k| k == "force-90d")), "{fault}");
    let Err(Error::Unknown { near, .. }) = party::resolve("Srbia", &desk.names) else { panic!("nobody is called so") };
    assert!(near.iter().any(|n| n.contains("Serbia") || n == "SRB"), "{near:?}");
    assert!(matches!(injection("2023-10-02 SRB dances XKX", &desk.names), Err(Error::Injection(_))));

    let put_in = injection("2023-10-02 SRB assault XKX", &desk.names).expect("read");
    let question = scenario::Question {
        parties: [a, b],
        as_of: Some(MIDDLE),
        days: 30,
        injected: vec![put_in],
        runs: 200,
        seed: 1,
    };
    let drawn = scenario(&archive, &ledger, &desk.names, &desk.shelf, &question).expect("futures");
    assert!(drawn.with.p_force > drawn.without.p_force, "force is followed by force");
}
