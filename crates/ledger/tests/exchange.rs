//! Other event sets come in once, and what the ledger holds goes out in every form and comes back.

#[allow(dead_code, reason = "other tests use the rest")]
mod sample;

use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use forewarn_exchange::dataset::Dataset;
use forewarn_exchange::read::{self, Options};
use forewarn_exchange::write::{Format, Notice, Rows, Settings, writer};
use forewarn_ledger::{Error, Ledger, Means, Taken, Writer};
use sample::{NOW, Reader, knowledge, ledger_of, root};

/// A file of each set, of our own making.
const FILES: [(Dataset, &str); 11] = [
    (Dataset::Icews, "icews.tsv"),
    (Dataset::Gdelt1, "gdelt1.CSV"),
    (Dataset::Gdelt2, "gdelt2.CSV"),
    (Dataset::Polecat, "polecat.tsv"),
    (Dataset::Phoenix, "phoenix.txt"),
    (Dataset::Petrarch, "evts.petrarch.txt"),
    (Dataset::Acled, "acled.csv"),
    (Dataset::UcdpGed, "GEDEvent_v23_1.csv"),
    (Dataset::UcdpCandidate, "GEDEvent_v23_0_9.csv"),
    (Dataset::Plover, "plover.jsonl"),
    (Dataset::Dyads, "dyads.csv"),
];

/// Imports a file in a run of its own: what was new and known, and how many rows were skipped.
fn import(ledger: &mut Ledger, path: &Path, dataset: Option<Dataset>) -> (Dataset, Taken, u64) {
    let (codebook, actors) = knowledge();
    let name = path.file_name().and_then(|n| n.to_str()).expect("a name");
    let options = Options::new(name, &codebook.cameo, &actors);
    let mut events = Vec::new();
    let mut file = BufReader::new(File::open(path).expect("the file is there"));
    let summary = read::read(&mut file, dataset, &options, &mut |row| events.extend(row.ok()))
        .unwrap_or_else(|e| panic!("{name}: {e}"));
    let run = ledger.begin("import", &Means::default(), "{}", NOW).expect("a run begins");
    let mut writer = Writer::new();
    let mut taken = Taken::default();
    for batch in events.chunks(2) {
        let part = writer.import(ledger, run, name, batch).expect("memory has room");
        taken.new += part.new;
        taken.known += part.known;
    }
    (summary.dataset, taken, summary.faults)
}

#[test]
fn every_set_comes_in_once() {
    let sets: Vec<Dataset> = FILES.iter().map(|f| f.0).collect();
    assert_eq!(sets, Dataset::ALL, "a set without a file here");
    let (mut ledger, reader) = (Ledger::in_memory().expect("memory"), Reader::new());
    for (dataset, file) in FILES {
        let path = root().join("crates/exchange/tests/data").join(file);
        let (found, first, _) = import(&mut ledger, &path, None);
        assert_eq!(found, dataset, "{file} is taken for another set");
        assert!(first.new > 0, "{file}");
        let (_, again, _) = import(&mut ledger, &path, None);
        assert_eq!((again.new, again.known), (0, first.new + first.known), "{file} a second time");
        let filter = reader.filter(&format!("set:{}", dataset.as_str()));
        assert_eq!(ledger.count_events(&filter, 1_000_000).expect("a number"), first.new, "{file}");
        let mut rows = Vec::new();
        ledger
            .each_event::<Error>(&filter, |row| {
                rows.push(row);
                Ok(())
            })
            .expect("rows are read");
        for row in rows {
            assert_eq!(row.set, dataset.as_str());
            assert!(row.date_start.is_some(), "{row:?}");
            assert!(ledger.show(&row.claim_id).is_ok(), "{}", row.claim_id);
        }
    }
    // No foreign event is an account of an incident of ours, and each counts in the series of its set.
    assert_eq!(ledger.count_incidents(&reader.filter(""), 10).expect("a number"), 0);
    assert_eq!(ledger.waiting().expect("a number"), 0);
    let one = |sql: &str| -> i64 { ledger.connection().query_row(sql, [], |r| r.get(0)).expect("a number") };
    assert_eq!(one("SELECT sum(happenings) FROM country_month"), one("SELECT count(*) FROM claim"));
    assert_eq!(one("SELECT count(DISTINCT \"set\") FROM country_month"), 11);
    assert_eq!(one("SELECT count(*) FROM claim WHERE \"set\" = 'forewarn'"), 0);
}

fn export(ledger: &Ledger, format: Format, rows: Rows, path: &Path) -> u64 {
    let (_, actors) = knowledge();
    let filter = Reader::new().filter("");
    let out = Box::new(File::create(path).expect("can be written"));
    let mut export = writer(format, rows, out, Settings::new(&actors), Notice::default()).expect("a writer");
    match rows {
        Rows::Events => ledger.each_event::<Error>(&filter, |row| {
            export.event(&row).expect("is written");
            Ok(())
        }),
        Rows::Incidents => ledger.each_incident::<Error>(&filter, |row| {
            export.incident(&row).expect("is written");
            Ok(())
        }),
    }
    .expect("rows are read");
    export.finish().expect("is finished").rows
}

#[test]
fn every_form_goes_out_and_what_can_be_read_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = ledger_of(&["examples/reports"]);
    let all = ledger.count_events(&Reader::new().filter(""), 1_000_000).expect("a number");
    for format in Format::ALL {
        for rows in [Rows::Events, Rows::Incidents] {
            let path = folder.path().join(format!("{}-{}.out", format.name(), rows.name()));
            let written = export(&ledger, format, rows, &path);
            assert!(written > 0 && fs::metadata(&path).expect("a file").len() > 0, "{} {}", format.name(), rows.name());
            let dataset = match format {
                Format::Plover => Dataset::Plover,
                Format::Phoenix => Dataset::Phoenix,
                Format::Petrarch => Dataset::Petrarch,
                _ => continue,
            };
            let mut back = Ledger::in_memory().expect("memory");
            let (_, taken, faults) = import(&mut back, &path, Some(dataset));
            // A record of PLOVER is one event; in lines, a claim with several parties is a line for each pair.
            let lines = taken.new + taken.known;
            assert_eq!(faults, 0, "{} {}", format.name(), rows.name());
            assert!(
                lines == written || format != Format::Plover && lines > written,
                "{lines} of {written}: {}",
                path.display()
            );
            assert!(taken.new > 0 && written <= all);
        }
    }
}
