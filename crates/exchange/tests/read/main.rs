//! Files of every format, each with the quirks that files of its kind have. The rows are invented.
//!
//! `tests/data/NAME` is read and compared with `tests/data/NAME.expected`: a line for each event and fault, then the
//! summary. `UPDATE_EXPECT=1` writes them anew; read the change before you commit it. What matters of each quirk is
//! asserted beside.

mod conflict;
mod events;
mod plover;
mod robust;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use forewarn_codebook::{Codebook, actors::Actors};
use forewarn_exchange::dataset::Dataset;
use forewarn_exchange::event::ForeignEvent;
use forewarn_exchange::read::{Error, Options, RowFault, Summary, read};

/// What was read out of a file.
pub struct Reading {
    /// The rows that were right.
    pub events: Vec<ForeignEvent>,
    /// The rows that were not.
    pub faults: Vec<RowFault>,
    /// The counts.
    pub summary: Summary,
}

impl Reading {
    /// The event whose own id is `id`.
    pub fn event(&self, id: &str) -> &ForeignEvent {
        self.events.iter().find(|e| e.id.as_deref() == Some(id)).expect("the fixture has it")
    }

    /// The faults as they are shown.
    pub fn shown(&self) -> Vec<String> {
        self.faults.iter().map(ToString::to_string).collect()
    }
}

fn knowledge() -> &'static (Codebook, Actors) {
    static KNOWLEDGE: OnceLock<(Codebook, Actors)> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        (
            Codebook::embedded().expect("the codebook has no fault"),
            Actors::embedded().expect("the lexicon has no fault"),
        )
    })
}

/// Everything guessed.
pub fn options(file: &str) -> Options<'_> {
    let (codebook, actors) = knowledge();
    Options::new(file, &codebook.cameo, actors)
}

/// Reads bytes as they come, a few at a time, as out of a pipe.
pub fn read_bytes(bytes: &[u8], dataset: Option<Dataset>, options: &Options<'_>) -> Result<Reading, Error> {
    let (mut events, mut faults) = (Vec::new(), Vec::new());
    let mut input = std::io::BufReader::with_capacity(61, bytes);
    let summary = read(&mut input, dataset, options, &mut |row| match row {
        Ok(event) => events.push(event),
        Err(fault) => faults.push(fault),
    })?;
    Ok(Reading { events, faults, summary })
}

/// Reads the fixture `name`, told by itself what it is, and holds it to its expected reading.
pub fn fixture(name: &str, dataset: Dataset) -> Reading {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let bytes = std::fs::read(folder.join(name)).expect("the fixture is there");
    assert_eq!(Dataset::sniff(&bytes, name), Some(dataset), "{name}");
    let reading = read_bytes(&bytes, None, &options(name)).expect("the fixture has the shape of its kind");
    let mut shown = String::new();
    for event in &reading.events {
        shown.push_str(&serde_json::to_string(event).expect("an event is plain data"));
        shown.push('\n');
    }
    for fault in &reading.faults {
        writeln!(shown, "{fault}").expect("a string takes all");
    }
    let s = &reading.summary;
    writeln!(
        shown,
        "{} rows, {} events, {} faults, {} recoded, {} untyped, header {}",
        s.rows, s.events, s.faults, s.recoded, s.untyped, s.header
    )
    .expect("a string takes all");
    expect_test::expect_file![folder.join(format!("{name}.expected"))].assert_eq(&shown);
    assert_eq!(s.events, reading.events.len() as u64);
    assert_eq!(s.faults, reading.faults.len() as u64);
    reading
}
