//! What the server holds: the ledger's readers, the knowledge, answers already given.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::{Context as _, Result};
use bytes::Bytes;
use forewarn_answer::score::Score;
use forewarn_answer::{Archive, Names, Party, Shelf};
use forewarn_codebook::{KnowledgeFile, Page as Sheet};
use forewarn_coder::Pipeline;
use forewarn_exchange::row::OURS;
use forewarn_filter::{Filter, render};
use forewarn_ledger::Ledger;
use jiff::civil::Date;
use quick_cache::sync::Cache;
use serde::Serialize;
use tokio::sync::Semaphore;

use crate::asked::Asked;
use crate::deaths::Deaths;
use crate::fault::Fault;
use crate::guard::Guard;
use crate::readers::{Reader, Readers};

/// How the desk is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// The ledger's file.
    pub ledger: PathBuf,
    /// Who may ask.
    pub guard: Guard,
    /// Whether `/v1/sql` answers.
    pub sql: bool,
    /// Connections to the ledger, and so requests worked on at once.
    pub readers: usize,
    /// Bytes of answers kept for those who ask the same.
    pub cache: u64,
    /// A table of deaths by country and month, as UCDP counts them: the fans of countries are made from it.
    pub deaths: Option<PathBuf>,
    /// The program and its version.
    pub program: String,
}

impl Options {
    /// The usual, for a ledger on this machine.
    pub fn new(ledger: &Path) -> Self {
        Self {
            ledger: ledger.to_owned(),
            guard: Guard { token: None, loopback: true },
            sql: false,
            readers: 4,
            cache: 16 << 20,
            deaths: None,
            program: concat!("forewarn ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

/// The state of the ledger that an answer was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stamp {
    /// The last day of publication.
    pub through: Option<Date>,
    /// The first.
    pub since: Option<Date>,
    /// Reports.
    pub reports: u64,
    /// Current claims of our own.
    pub claims: u64,
    /// Incidents.
    pub incidents: u64,
    /// Events of foreign sets.
    pub foreign_events: u64,
    /// Claims not merged into incidents yet.
    pub waiting: u64,
    /// The last run that ended.
    pub run: Option<i64>,
    /// Digest of the codebook of that run, short.
    pub codebook: Option<String>,
    /// The program that wrote it.
    pub program: Option<String>,
}

/// What the ledger was when it was looked at last.
struct Watch {
    /// A connection of its own, which waits for no reader: [`Ledger::generation`] reads two rows.
    ledger: Ledger,
    known: Option<(i64, Arc<Stamp>)>,
}

/// An answer, kept.
#[derive(Clone)]
pub struct Kept {
    /// Its body.
    pub body: Bytes,
    /// Its media type.
    pub media_type: &'static str,
    /// Its entity tag.
    pub etag: String,
    /// Status.
    pub status: u16,
}

#[derive(Clone)]
struct Weight;

impl quick_cache::Weighter<String, Kept> for Weight {
    fn weight(&self, key: &String, kept: &Kept) -> u64 {
        (key.len() + kept.body.len() + 200) as u64
    }
}

/// Path, path as shown, text and layer of a knowledge file that did not come with the program.
type KnowledgeText = (String, String, String, u8);

/// The desk.
pub struct Desk {
    /// How it is set up.
    pub options: Options,
    /// The lexicon of parties, and the codebook.
    pub names: Names,
    /// The models of the outlook.
    pub shelf: Shelf,
    /// The pages of the codebook, in the order of types.
    pub sheets: Vec<Sheet>,
    /// The table of deaths, where one was given.
    pub deaths: Option<Deaths>,
    readers: Readers,
    /// What the forecasts were worth, read when it is first asked for.
    score: OnceLock<Arc<Score>>,
    /// The coder, loaded when a text or a parse is first asked for.
    pipeline: OnceLock<Pipeline>,
    files: Vec<KnowledgeText>,
    /// Whether the knowledge is what comes with the program, and nothing else.
    pub built_in: bool,
    archive: Mutex<Option<(i64, Arc<Archive>)>>,
    kept: Cache<String, Kept, Weight>,
    watch: Mutex<Watch>,
    /// Turns at writing exports.
    pub(crate) exports: Arc<Semaphore>,
}

/// Exports that are written at once.
const MOST_EXPORTS: usize = 3;

impl Desk {
    /// Opens the ledger and reads the knowledge; `built_in` says that the files are those that come with the program.
    ///
    /// # Errors
    /// When the ledger cannot be opened for reading, or the knowledge has faults.
    pub fn open(options: Options, files: &[KnowledgeFile<'_>], built_in: bool) -> Result<Self> {
        let readers = Readers::open(&options.ledger, options.readers.max(1)).context("cannot open the ledger")?;
        Ok(Self {
            names: Names::from_files(files)?,
            shelf: Shelf::bundled()?,
            sheets: sheets(files)?,
            score: OnceLock::new(),
            deaths: options.deaths.as_deref().map(Deaths::open).transpose()?,
            watch: Mutex::new(Watch { ledger: crate::readers::open(&options.ledger)?, known: None }),
            readers,
            pipeline: OnceLock::new(),
            files: files
                .iter()
                .map(|f| (f.path.to_owned(), f.shown.to_owned(), f.text.to_owned(), f.layer))
                .filter(|_| !built_in)
                .collect(),
            built_in,
            archive: Mutex::new(None),
            kept: Cache::with_weighter(2000, options.cache, Weight),
            exports: Arc::new(Semaphore::new(MOST_EXPORTS)),
            options,
        })
    }

    /// The coder. It is loaded when it is first asked for, which takes a second and some memory.
    ///
    /// # Errors
    /// When the knowledge has faults.
    pub fn pipeline(&self) -> Result<&Pipeline, Fault> {
        if let Some(known) = self.pipeline.get() {
            return Ok(known);
        }
        let owned: Vec<KnowledgeFile<'_>> = self
            .files
            .iter()
            .map(|(path, shown, text, layer)| KnowledgeFile { path, shown, text, layer: *layer })
            .collect();
        let files = if self.built_in { KnowledgeFile::base(forewarn_codebook::files::all()) } else { owned };
        let made = Pipeline::from_files(&files, self.built_in).map_err(|e| Fault::new("internal", e.to_string()))?;
        Ok(self.pipeline.get_or_init(|| made))
    }

    /// What the forecasts were worth.
    ///
    /// # Errors
    /// When the record that comes with the program cannot be read.
    pub fn score(&self) -> Result<Arc<Score>, Fault> {
        if let Some(known) = self.score.get() {
            return Ok(Arc::clone(known));
        }
        let read = Arc::new(Score::bundled()?);
        Ok(Arc::clone(self.score.get_or_init(|| read)))
    }

    /// Whether the coder is loaded.
    pub fn has_pipeline(&self) -> bool {
        self.pipeline.get().is_some()
    }

    /// The ledger's happenings for answers, as they are at `generation`. Who comes while they are read waits.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn archive(&self, ledger: &mut Ledger, generation: i64) -> Result<Arc<Archive>, Fault> {
        let mut known = self.archive.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((seen, archive)) = &*known
            && *seen >= generation
        {
            return Ok(Arc::clone(archive));
        }
        // The old one is let go first: two would take twice the room.
        *known = None;
        let archive = Arc::new(Archive::read(ledger, OURS, &self.names.actors)?);
        *known = Some((generation, Arc::clone(&archive)));
        Ok(archive)
    }

    /// The same where it has been read already, for pages that are not to wait for it.
    pub fn archive_at_hand(&self, generation: i64) -> Option<Arc<Archive>> {
        let known = self.archive.try_lock().ok()?;
        known.as_ref().filter(|(seen, _)| *seen >= generation).map(|(_, archive)| Arc::clone(archive))
    }

    /// A connection to the ledger.
    pub fn lend(&self) -> Reader<'_> {
        self.readers.lend()
    }

    /// The ledger's stamp and a number that grows with every change of the ledger ([`Ledger::generation`]).
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn stamp(&self) -> Result<(i64, Arc<Stamp>), Fault> {
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        // The number is read first: what changes meanwhile is in the stamp already, and is looked at once more.
        let generation = watch.ledger.generation()?;
        if let Some((seen, stamp)) = &watch.known
            && *seen == generation
        {
            return Ok((generation, Arc::clone(stamp)));
        }
        let stamp = Arc::new(read_stamp(&watch.ledger)?);
        watch.known = Some((generation, Arc::clone(&stamp)));
        Ok((generation, stamp))
    }

    /// An answer given before.
    pub fn kept(&self, key: &str) -> Option<Kept> {
        self.kept.get(key)
    }

    /// Keeps an answer.
    pub fn keep(&self, key: String, answer: Kept) {
        self.kept.insert(key, answer);
    }

    /// Today, for `since:30d` in filters: the clock's day in UTC.
    pub fn today() -> Date {
        jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
    }

    /// Reads a filter; days such as `since:30d` count back from `today`.
    ///
    /// # Errors
    /// `bad-filter`, with each fault drawn under the filter's words.
    pub fn filter(&self, text: &str, today: Option<Date>) -> Result<Filter, Fault> {
        self.names.filter(text, today.or_else(|| Some(Self::today()))).map_err(|faults| {
            let hints: Vec<String> = faults.iter().filter_map(|f| f.hint.clone()).collect();
            Fault::new("bad-filter", render(text, &faults)).or(hints)
        })
    }

    /// What a code or name stands for.
    ///
    /// # Errors
    /// `unknown-party`, with those of like name.
    pub fn party(&self, word: &str) -> Result<Party, Fault> {
        Ok(forewarn_answer::party::resolve(word, &self.names)?)
    }

    /// The name of a party's code, or the code itself.
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.names.name(code)
    }
}

/// What an address works with.
pub struct Context<'d> {
    /// The desk.
    pub desk: &'d Desk,
    /// A connection to the ledger.
    pub ledger: Reader<'d>,
    /// What is asked.
    pub asked: &'d Asked,
    /// The ledger's stamp.
    pub stamp: &'d Stamp,
    /// The number that grows with every change of the ledger.
    pub generation: i64,
}

impl Context<'_> {
    /// The ledger's happenings, for answers.
    ///
    /// # Errors
    /// `no-answer` where the ledger holds nothing; when it cannot be read.
    pub fn archive(&mut self) -> Result<Arc<Archive>, Fault> {
        if self.stamp.reports == 0 && self.stamp.foreign_events == 0 {
            let why = "the ledger holds no report yet: `forewarn ingest FOLDER` reads reports into it";
            return Err(Fault::new("no-answer", why));
        }
        self.desk.archive(&mut self.ledger, self.generation)
    }

    /// The filter in `q`, with `asof:` from the parameter where it is given.
    ///
    /// # Errors
    /// `bad-filter`.
    pub fn filter(&self) -> Result<Filter, Fault> {
        self.narrowed(&[])
    }

    /// The filter in `q` and these terms.
    ///
    /// # Errors
    /// `bad-filter`.
    pub fn narrowed(&self, terms: &[&str]) -> Result<Filter, Fault> {
        // The reader's own words are judged by themselves, so that faults point into what was typed.
        let mut filter = self.desk.filter(self.asked.get("q").unwrap_or(""), self.asked.as_of())?;
        let mut more: Vec<String> = terms.iter().map(|t| (*t).to_owned()).collect();
        if let Some(day) = self.asked.as_of()
            && filter.about(forewarn_filter::Field::AsOf).next().is_none()
        {
            more.push(format!("asof:{day}"));
        }
        if !more.is_empty() {
            filter = filter.and(self.desk.filter(&more.join(" "), self.asked.as_of())?);
        }
        Ok(filter)
    }
}

fn read_stamp(ledger: &Ledger) -> Result<Stamp, Fault> {
    let held = ledger.stamp()?;
    Ok(Stamp {
        through: held.through,
        since: held.since,
        reports: held.reports,
        claims: held.claims,
        incidents: held.incidents,
        foreign_events: held.foreign_events,
        waiting: held.waiting,
        run: held.run.as_ref().map(|r| r.run.0),
        codebook: held.run.as_ref().map(|r| r.means.codebook.chars().take(12).collect()),
        program: held.run.map(|r| r.means.program),
    })
}

/// The pages of the codebook among the knowledge's files, as `forewarn check` reads them. Overlays have none.
fn sheets(files: &[KnowledgeFile<'_>]) -> Result<Vec<Sheet>> {
    let pages: Vec<(&str, &str)> = files.iter().filter(|f| f.layer == 0).map(|f| (f.path, f.text)).collect();
    forewarn_codebook::page::pages(&pages).map_err(|faults| {
        let first = faults.first().map_or_else(String::new, ToString::to_string);
        anyhow::anyhow!("{} faults in the codebook's pages, the first: {first}", faults.len())
    })
}
