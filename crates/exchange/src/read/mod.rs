//! Reads the field's event files: rows in, [`ForeignEvent`]s out, one at a time.
//!
//! ```
//! use forewarn_codebook::{Codebook, actors::Actors};
//! use forewarn_exchange::read::{Options, read};
//!
//! let codebook = Codebook::embedded().expect("a test holds it to no fault");
//! let actors = Actors::embedded().expect("a test holds it to no fault");
//! let table = "date,actor,recipient,code\n2023-09-24,SRBREB,KSVCOP,190\n2023-09-24,SRB,,x\n2023-13-24,SRB,KSV,042\n";
//! let (mut events, mut faults) = (Vec::new(), Vec::new());
//! let summary = read(&mut table.as_bytes(), None, &Options::new("own.csv", &codebook.cameo, &actors), &mut |row| match row {
//!     Ok(event) => events.push(event),
//!     Err(fault) => faults.push(fault.to_string()),
//! })
//! .expect("it is a table of dyads");
//! assert_eq!((summary.rows, summary.events, summary.faults), (3, 2, 1));
//! assert_eq!(events[0].recipient[0].country.as_deref(), Some("XKX"));
//! assert_eq!(faults, ["own.csv:4: date: found `2023-13-24`, expected a date, month or year"]);
//! ```

mod acled;
mod cell;
mod dyads;
mod fault;
mod gdelt;
mod icews;
mod json;
mod lines;
mod lookup;
mod names;
mod parties;
mod petrarch;
mod phoenix;
mod plover;
mod polecat;
mod sniff;
mod table;
mod ucdp;
mod weis;

use std::io::{self, BufRead, Cursor, Read};
use std::sync::Arc;

use forewarn_codebook::CameoTable;
use forewarn_codebook::actors::Actors;
use jiff::civil::Date;

pub use fault::{Error, RowFault};
pub use lookup::ActorScheme;

use crate::dataset::Dataset;
use crate::event::{CodeScheme, ForeignEvent};

/// Takes what is read: events and faults, in the order of the file.
pub type Sink<'s> = &'s mut dyn FnMut(Result<ForeignEvent, RowFault>);

/// How to read.
#[derive(Clone, Copy, Debug)]
pub struct Options<'k> {
    /// The file's name, for faults and for telling formats apart.
    pub file: &'k str,
    /// CAMEO's codes with their PLOVER types and scales.
    pub cameo: &'k CameoTable,
    /// Names and country codes.
    pub actors: &'k Actors,
    /// What list the event codes are from, where the format leaves it open: [`CodeScheme::CameoOld`] for files of the
    /// old numbering, [`CodeScheme::Weis`] in a plain table. Guessed if none.
    pub codes: Option<CodeScheme>,
    /// What list the actor codes of a plain table are from. Guessed if none.
    pub parties: Option<ActorScheme>,
}

impl<'k> Options<'k> {
    /// Reads `file` with everything else guessed.
    pub fn new(file: &'k str, cameo: &'k CameoTable, actors: &'k Actors) -> Self {
        Self { file, cameo, actors, codes: None, parties: None }
    }
}

/// What a file held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What it was read as.
    pub dataset: Dataset,
    /// Rows, without the header and blank lines.
    pub rows: u64,
    /// Rows that became events.
    pub events: u64,
    /// Rows that were skipped, each with a fault.
    pub faults: u64,
    /// Rows that were no UTF-8 and were read as Windows-1252.
    pub recoded: u64,
    /// Events whose code has no PLOVER type.
    pub untyped: u64,
    /// Whether the file names its columns.
    pub header: bool,
    /// The first day of its events.
    pub first: Option<Date>,
    /// The last day of its events.
    pub last: Option<Date>,
}

impl Summary {
    fn new(dataset: Dataset) -> Self {
        Self { dataset, rows: 0, events: 0, faults: 0, recoded: 0, untyped: 0, header: false, first: None, last: None }
    }

    fn take(&mut self, event: &ForeignEvent) {
        self.events += 1;
        self.untyped += u64::from(event.event_type.is_none());
        self.first = Some(self.first.map_or(event.date.start, |d| d.min(event.date.start)));
        self.last = Some(self.last.map_or(event.date.end, |d| d.max(event.date.end)));
    }
}

/// How much of a file is looked at to tell what it is, in bytes.
const HEAD: u64 = 64 << 10;

/// Reads a file of `dataset`, or of what its name and first bytes say, and hands each row to `sink`: an event, or why it was
/// skipped. Memory does not grow with the file. A compressed file is opened by the caller.
///
/// # Errors
/// When the input fails, when nothing tells what it is, and when header or number of columns are not the data set's.
pub fn read(
    input: &mut dyn BufRead,
    dataset: Option<Dataset>,
    options: &Options<'_>,
    sink: Sink<'_>,
) -> Result<Summary, Error> {
    let mut head = Vec::new();
    let io = |source: io::Error| Error::Io { file: options.file.into(), line: 0, source };
    Read::take(&mut *input, HEAD).read_to_end(&mut head).map_err(io)?;
    let Some(dataset) = dataset.or_else(|| Dataset::sniff(&head, options.file)) else {
        let expected: Vec<&str> = Dataset::ALL.map(Dataset::as_str).to_vec();
        return Err(Error::Unknown { file: Arc::from(options.file), expected: expected.join(", ") });
    };
    let mut lookup = lookup::Lookup::new(options);
    let whole: Box<dyn BufRead + '_> = Box::new(Cursor::new(head.clone()).chain(input));
    match dataset {
        Dataset::Icews => icews::SHAPE.read(whole, options, &mut lookup, sink),
        Dataset::Gdelt1 => gdelt::FIRST.read(whole, options, &mut lookup, sink),
        Dataset::Gdelt2 => gdelt::SECOND.read(whole, options, &mut lookup, sink),
        Dataset::Dyads => {
            dyads::guess(&head, options, &mut lookup);
            dyads::shape(&head).read(whole, options, &mut lookup, sink)
        }
        Dataset::Polecat => polecat::SHAPE.read(whole, options, &mut lookup, sink),
        Dataset::Phoenix => phoenix::shape(&head).read(whole, options, &mut lookup, sink),
        Dataset::Petrarch => petrarch::SHAPE.read(whole, options, &mut lookup, sink),
        Dataset::Acled => acled::shape(&head).read(whole, options, &mut lookup, sink),
        Dataset::UcdpGed | Dataset::UcdpCandidate => ucdp::shape(dataset).read(whole, options, &mut lookup, sink),
        Dataset::Plover => plover::read(whole, &head, options, &mut lookup, sink),
    }
}
