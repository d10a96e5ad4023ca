//! The writing half: claims and incidents in the forms that people of the field read.
//!
//! [`writer`] gives an [`Export`] for a [`Format`]; rows go in one by one and out at once, so that memory stays flat
//! whatever their number (Parquet holds one group of 20,000 rows). [`Export::finish`] gives the [`Notice`] back, with
//! what was counted on the way; formats with room for it carry it inside, the others want it beside them
//! ([`Format::wants_sidecar`]). `docs/exchange.md` has a table of columns for every format.
//!
//! *Invariant*: same rows, same settings, same notice: same bytes. A row that a format cannot tell truly is left out
//! and counted in [`Notice::left_out`], never bent.

mod acled;
pub mod atom;
pub mod columns;
mod csv;
mod geojson;
mod jsonl;
mod notice;
mod parquet;
mod party;
mod petrarch;
mod phoenix;
mod plain;
mod plover;
mod ucdp;
mod view;

use std::io::{self, Write};

use forewarn_codebook::actors::Actors;

pub use notice::{Licence, Notice};
pub use plain::table;

use crate::row::{EventRow, IncidentRow, OURS, PlaceRow};

/// The forms that rows can go out in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Comma-separated values by RFC 4180, UTF-8, with a header.
    Csv,
    /// One JSON object a line, with lists and objects as they are.
    JsonLines,
    /// Parquet with the same columns as CSV, zstd.
    Parquet,
    /// A GeoJSON feature collection by RFC 7946.
    GeoJson,
    /// PLOVER 2.0 records, one a line.
    Plover,
    /// The 26 columns of Phoenix, tabs between.
    Phoenix,
    /// Event lines of PETRARCH, tabs between.
    Petrarch,
    /// The 31 columns of ACLED; not ACLED's data.
    Acled,
    /// The 49 columns of UCDP's georeferenced events; not UCDP's data.
    Ucdp,
}

impl Format {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 9] = [
        Self::Csv,
        Self::JsonLines,
        Self::Parquet,
        Self::GeoJson,
        Self::Plover,
        Self::Phoenix,
        Self::Petrarch,
        Self::Acled,
        Self::Ucdp,
    ];

    /// Its name on the command line and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
            Self::Parquet => "parquet",
            Self::GeoJson => "geojson",
            Self::Plover => "plover",
            Self::Phoenix => "phoenix",
            Self::Petrarch => "petrarch",
            Self::Acled => "acled-like",
            Self::Ucdp => "ucdp-like",
        }
    }

    /// The format called `name`, in any case; short names that leave no doubt are taken too (`ndjson`, `ucdp`).
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        Self::ALL.into_iter().find(|f| f.name() == name).or(match name.as_str() {
            "json" | "ndjson" | "json-lines" | "jsonlines" => Some(Self::JsonLines),
            "pq" => Some(Self::Parquet),
            "acled" => Some(Self::Acled),
            "ucdp" | "ged" => Some(Self::Ucdp),
            _ => None,
        })
    }

    /// The name that `name` comes nearest to, for a message about a wrong one.
    pub fn suggest(name: &str) -> Option<&'static str> {
        forewarn_codebook::fault::nearest(&name.to_lowercase(), Self::ALL.map(Self::name))
    }

    /// The format that a file's name ends like; none where the ending leaves a choice (`.tsv`, `.txt`).
    pub fn of_file(name: &str) -> Option<Self> {
        let extension = name.rsplit_once('.')?.1.to_lowercase();
        match extension.as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "parquet" => Some(Self::Parquet),
            "geojson" => Some(Self::GeoJson),
            _ => None,
        }
    }

    /// The ending of its files, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv | Self::Acled | Self::Ucdp => "csv",
            Self::JsonLines | Self::Plover => "jsonl",
            Self::Parquet => "parquet",
            Self::GeoJson => "geojson",
            Self::Phoenix | Self::Petrarch => "txt",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv | Self::Acled | Self::Ucdp => "text/csv; charset=utf-8; header=present",
            Self::JsonLines | Self::Plover => "application/x-ndjson",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::GeoJson => "application/geo+json",
            Self::Phoenix | Self::Petrarch => "text/tab-separated-values; charset=utf-8",
        }
    }

    /// Whether the notice has no room inside and should be laid beside the file as `FILE.notice.json`.
    pub fn wants_sidecar(self) -> bool {
        !matches!(self, Self::Parquet | Self::GeoJson)
    }

    /// What a reader must know of the form itself; empty where it is ours.
    pub fn caution(self) -> &'static str {
        match self {
            Self::Csv | Self::JsonLines | Self::Parquet => "",
            Self::GeoJson => {
                "A point stands for the place as finely as `precision` says; what is known to a country or region only has no \
                 geometry."
            }
            Self::Plover => {
                "PLOVER has no field for the claimant and none for denials: `attribution` and `factuality` are extensions; \
                 everything that is not asserted also has PLOVER's auxiliary context."
            }
            Self::Phoenix => {
                "The layout is Phoenix's, the coding is Forewarn's. Only what is asserted is here, one line for each pair of \
                 actor and recipient. The quad class is Phoenix's (0 to 4), not PLOVER's."
            }
            Self::Petrarch => {
                "The layout is PETRARCH's, the coding is Forewarn's. Only what is asserted is here, one line for each pair of \
                 actor and recipient."
            }
            Self::Acled => {
                "Columns like those of ACLED, filled by machine from news reports: this is not ACLED data, was not checked by \
                 ACLED's researchers and must not be merged with it as if it were. Unknown deaths are empty, not 0."
            }
            Self::Ucdp => {
                "Columns like those of the UCDP Georeferenced Event Dataset, filled by machine from news reports: this is not \
                 UCDP data, and UCDP's tests of organised violence and of 25 deaths a year were not applied. Ids of \
                 conflicts, dyads and actors are empty, and so are unknown deaths."
            }
        }
    }
}

/// What the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Claims, and events of foreign sets.
    Events,
    /// Incidents.
    Incidents,
}

impl Rows {
    /// The word for them.
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Incidents => "incidents",
        }
    }
}

/// What a writer needs to know besides the rows.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// The lexicon, for names and codes of states, bodies and groups.
    pub actors: &'a Actors,
    /// Whether GeoJSON gives a point even to what is known to a country or region only.
    pub coarse_points: bool,
}

impl<'a> Settings<'a> {
    /// The usual: no points for countries and regions.
    pub fn new(actors: &'a Actors) -> Self {
        Self { actors, coarse_points: false }
    }
}

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The output could not be written.
    #[error("cannot write the export: {0}")]
    Io(#[from] io::Error),
    /// The Parquet writer refused.
    #[error("cannot write Parquet: {0}")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// A value could not be made JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A row of another kind than the export was opened for.
    #[error("this export was opened for {expected}, found a row of {found}")]
    Rows {
        /// What it was opened for.
        expected: &'static str,
        /// What came.
        found: &'static str,
    },
}

impl From<::csv::Error> for Error {
    fn from(error: ::csv::Error) -> Self {
        Self::Io(io::Error::from(error))
    }
}

/// An export being written.
pub trait Export {
    /// Writes a claim or foreign event.
    fn event(&mut self, row: &EventRow) -> Result<(), Error>;
    /// Writes an incident.
    fn incident(&mut self, row: &IncidentRow) -> Result<(), Error>;
    /// Writes what is still held, and the end; gives the notice, completed.
    fn finish(self: Box<Self>) -> Result<Notice, Error>;
}

/// Opens an export of `rows` in `format` to `out`; the header is written at once.
pub fn writer<'a>(
    format: Format,
    rows: Rows,
    out: Box<dyn Write + Send + 'a>,
    settings: Settings<'a>,
    notice: Notice,
) -> Result<Box<dyn Export + 'a>, Error> {
    fn boxed<'a>(form: impl Form + 'a, rows: Rows, notice: Notice) -> Box<dyn Export + 'a> {
        Box::new(Exporter { form, rows, notice, geonames: false })
    }
    let opened = notice.opened(format, rows);
    Ok(match format {
        Format::Csv => boxed(csv::Csv::open(out, rows)?, rows, opened),
        Format::JsonLines => boxed(jsonl::JsonLines::open(out), rows, opened),
        Format::Parquet => boxed(parquet::Parquet::open(out, rows)?, rows, opened),
        Format::GeoJson => boxed(geojson::GeoJson::open(out, settings)?, rows, opened),
        Format::Plover => boxed(plover::Plover::open(out, settings, &opened), rows, opened),
        Format::Phoenix => boxed(phoenix::Phoenix::open(out, settings, &opened), rows, opened),
        Format::Petrarch => boxed(petrarch::Petrarch::open(out, settings), rows, opened),
        Format::Acled => boxed(acled::Acled::open(out, settings, &opened)?, rows, opened),
        Format::Ucdp => boxed(ucdp::Ucdp::open(out, settings)?, rows, opened),
    })
}

/// What became of a row.
enum Fate {
    Written,
    /// For this reason.
    LeftOut(&'static str),
}

/// One format's way of writing.
trait Form {
    fn event(&mut self, row: &EventRow) -> Result<Fate, Error>;
    fn incident(&mut self, row: &IncidentRow) -> Result<Fate, Error>;
    fn end(self, notice: &Notice) -> Result<(), Error>;
}

/// A form with its notice: counts what passes.
struct Exporter<F> {
    form: F,
    rows: Rows,
    notice: Notice,
    /// Whether coordinates or ids of our gazetteer were written.
    geonames: bool,
}

impl<F> Exporter<F> {
    fn expect(&self, found: Rows) -> Result<(), Error> {
        if self.rows == found { Ok(()) } else { Err(Error::Rows { expected: self.rows.name(), found: found.name() }) }
    }

    fn count(&mut self, fate: &Fate, set: &str, place: Option<&PlaceRow>) {
        match fate {
            Fate::Written => {
                self.notice.saw(set);
                self.geonames |= set == OURS && place.is_some_and(|p| p.lat.is_some() || p.geonameid.is_some());
            }
            Fate::LeftOut(why) => *self.notice.left_out.entry((*why).to_owned()).or_default() += 1,
        }
    }
}

impl<F: Form> Export for Exporter<F> {
    fn event(&mut self, row: &EventRow) -> Result<(), Error> {
        self.expect(Rows::Events)?;
        let fate = self.form.event(row)?;
        self.count(&fate, &row.set, row.place.as_ref());
        Ok(())
    }

    fn incident(&mut self, row: &IncidentRow) -> Result<(), Error> {
        self.expect(Rows::Incidents)?;
        let fate = self.form.incident(row)?;
        self.count(&fate, OURS, row.place.as_ref());
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Notice, Error> {
        let Self { form, notice, geonames, .. } = *self;
        let notice = notice.closed(geonames);
        form.end(&notice)?;
        Ok(notice)
    }
}
