//! A small ledger of our own samples and happenings, for tests that ask it.

use std::path::{Path, PathBuf};

use forewarn_codebook::Codebook;
use forewarn_codebook::actors::Actors;
use forewarn_coder::Coder;
use forewarn_filter::{Fault, Filter, Lexicon, Options, render};
use forewarn_gazetteer::Gazetteer;
use forewarn_language::{Engine, Model};
use forewarn_ledger::{Entry, Ledger, Means, Writer};

/// The time at which everything in these tests is done.
pub const NOW: &str = "2026-01-01T00:00:00Z";

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Codebook and actors as they are built in.
pub fn knowledge() -> (Codebook, Actors) {
    (
        Codebook::embedded().expect("a test holds it to no fault"),
        Actors::embedded().expect("a test holds it to no fault"),
    )
}

/// Reports of these paths, coded and stored in one run, and merged.
pub fn ledger_of(paths: &[&str]) -> Ledger {
    let (codebook, actors) = knowledge();
    let gazetteer = Gazetteer::embedded().expect("a test holds it to no fault");
    let engine = Engine::new(Model::embedded().expect("the model is whole"));
    let coder = Coder::new(codebook, actors).with_gazetteer(gazetteer);
    let mut entries = Vec::new();
    for path in paths {
        forewarn_report::read_path(&root().join(path), &forewarn_report::Options::default(), &mut |found| {
            if let Ok(report) = found
                && report.is_english()
            {
                let sentences = forewarn_coder::sentences(&engine, &report);
                let claims = coder.code(&report, &sentences).claims;
                entries.push(Entry::new(report, &sentences, claims));
            }
        });
    }
    let mut ledger = Ledger::in_memory().expect("memory");
    let run = ledger.begin("ingest", &Means::default(), "{}", NOW).expect("a run begins");
    let mut writer = Writer::new();
    writer.store(&mut ledger, run, &entries).expect("memory has room");
    ledger.merge_all(&mut writer, 100, &mut |_| {}).expect("merges");
    ledger.end(run, NOW).expect("a run ends");
    ledger
}

/// Reads a filter with the built-in names, on a fixed day.
pub struct Reader(Codebook, Actors);

impl Reader {
    pub fn new() -> Self {
        let (codebook, actors) = knowledge();
        Self(codebook, actors)
    }

    pub fn parsed(&self, text: &str) -> Result<Filter, Vec<Fault>> {
        let names = Lexicon::new(&self.1, Some(&self.0.cameo));
        Filter::parse(text, &Options { today: Some(jiff::civil::date(2026, 1, 1)), names: &names })
    }

    pub fn filter(&self, text: &str) -> Filter {
        self.parsed(text).unwrap_or_else(|faults| panic!("{}", render(text, &faults)))
    }
}
