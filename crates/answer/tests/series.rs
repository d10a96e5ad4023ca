//! Series as of a day, held to those of ledgers that end on it.

use std::collections::BTreeSet;
use std::path::Path;

use forewarn_answer::Names;
use forewarn_answer::series::{Opened, opened, series};
use forewarn_codebook::{KnowledgeFile, files};
use forewarn_coder::Pipeline;
use forewarn_ledger::{Cell, Entry, Ledger, Means, Step, Unit, Writer};
use forewarn_report::{Options, Report};
use jiff::civil::{Date, date};

const UNITS: [Unit; 3] = [Unit::Dyad, Unit::Pair, Unit::Country];
const STEPS: [Step; 3] = [Step::Day, Step::Week, Step::Month];

struct Desk {
    names: Names,
    pipeline: Pipeline,
}

impl Desk {
    fn new() -> Self {
        let base = KnowledgeFile::base(files::all());
        let pipeline = Pipeline::from_files(&base, true).expect("built in");
        Self { names: Names::from_files(&base).expect("no fault"), pipeline }
    }

    fn entry(&self, report: Report) -> (Option<Date>, Entry) {
        let (sentences, coding) = self.pipeline.code(&report);
        (report.published, Entry::new(report, &sentences, coding.claims))
    }

    /// The bundled reports.
    fn samples(&self) -> Vec<(Option<Date>, Entry)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
        let mut out = Vec::new();
        forewarn_report::read_path(&root, &Options::default(), &mut |found| {
            if let Ok(report) = found {
                out.push(self.entry(report));
            }
        });
        out
    }

    fn asked(&self, ledger: &Ledger, filter: &str, unit: Unit, step: Step) -> Vec<Cell> {
        series(ledger, &self.names.filter(filter, None).expect("a filter"), unit, step).expect("a series")
    }

    fn opened(&self, ledger: &Ledger, filter: &str, unit: Unit, step: Step) -> Vec<Opened> {
        opened(ledger, &self.names.filter(filter, None).expect("a filter"), unit, step).expect("a series")
    }
}

/// A ledger of the reports that were published by a day.
fn ledger(entries: &[(Option<Date>, Entry)], until: Date) -> Ledger {
    let mut ledger = Ledger::in_memory().expect("made");
    let run = ledger.begin("ingest", &Means::default(), "{}", "2024-10-01T00:00:00Z").expect("begun");
    let mut writer = Writer::new();
    for (published, entry) in entries {
        if published.is_some_and(|day| day <= until) {
            writer.store(&mut ledger, run, std::slice::from_ref(entry)).expect("stored");
        }
    }
    ledger.end(run, "2024-10-01T00:00:01Z").expect("ended");
    ledger.merge_all(&mut writer, 1000, &mut |_| {}).expect("merged");
    ledger
}

#[test]
fn a_series_as_of_a_day_is_that_of_a_ledger_that_ends_then() {
    let desk = Desk::new();
    let entries = desk.samples();
    let whole = ledger(&entries, Date::MAX);
    let days = [date(2021, 9, 25), date(2022, 12, 12), date(2023, 9, 24), date(2023, 9, 26), date(2023, 12, 5)];
    let filters = [
        "",
        "dyad:SRB<>XKX",
        "country:XKX type:ASSAULT",
        "place:Banjska",
        "killed>=1",
        "reports>=2",
        "police",
        "status:denied,announced",
        "-mode:beat actor:XKX",
        "near:42.97,20.78,40km since:2023-06 publisher:Reuters",
    ];
    let mut later = 0;
    for day in days {
        let part = ledger(&entries, day);
        for words in filters {
            for unit in UNITS {
                for step in STEPS {
                    let filter = format!("{words} asof:{day}");
                    let then = desk.opened(&whole, &filter, unit, step);
                    assert_eq!(then, desk.opened(&part, words, unit, step), "{filter} {unit:?} {step:?}");
                    let cells: Vec<Cell> = then.into_iter().map(|c| c.cell).collect();
                    assert_eq!(cells, desk.asked(&whole, &filter, unit, step), "{filter} {unit:?} {step:?}");
                    let left_out = desk.names.filter(&filter, None).expect("a filter");
                    later += usize::from(cells != whole.series(&left_out, unit, step).expect("a series"));
                }
            }
        }
    }
    assert!(later > 0, "later reports changed something in the samples");
}

#[test]
fn what_later_reports_join_and_revise_does_not_show() {
    let desk = Desk::new();
    let entries = desk.samples();
    let whole = ledger(&entries, Date::MAX);
    let days: BTreeSet<Date> = entries.iter().filter_map(|(day, _)| *day).collect();
    let (mut joined, mut revised) = (0, 0);
    for day in days {
        let filter = format!("asof:{day}");
        let then = desk.asked(&whole, &filter, Unit::Country, Step::Month);
        let left_out = desk.names.filter(&filter, None).expect("a filter");
        let now = whole.series(&left_out, Unit::Country, Step::Month).expect("a series");
        let all = |cells: &[Cell]| cells.iter().map(|c| c.happenings).sum::<u64>();
        joined += usize::from(all(&then) > all(&now));
        let same = |a: &Cell, b: &Cell| a.key == b.key && a.happenings == b.happenings;
        revised += then.iter().filter(|t| now.iter().any(|n| same(t, n) && t.killed != n.killed)).count();
    }
    assert!(joined > 0, "a later report joins two incidents of the samples");
    assert!(revised > 0, "a later report of the samples revises a toll");
}

#[test]
fn a_cell_opens_to_what_it_counts() {
    let desk = Desk::new();
    let whole = ledger(&desk.samples(), Date::MAX);
    for unit in UNITS {
        for step in STEPS {
            let cells = desk.opened(&whole, "", unit, step);
            assert!(!cells.is_empty());
            for cell in cells {
                assert_eq!(cell.incidents.len() as u64, cell.cell.happenings, "{cell:?}");
                assert_eq!(cell.types.values().sum::<u64>(), cell.cell.happenings, "{cell:?}");
                assert_eq!(cell.types.get("ASSAULT").copied().unwrap_or(0), cell.cell.assaults, "{cell:?}");
                for id in &cell.incidents {
                    assert!(whole.happening(id).expect("read").is_some(), "{id}");
                }
            }
        }
    }
}
