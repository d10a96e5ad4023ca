//! A ledger's happenings, read once, for many questions.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use forewarn_codebook::actors::Actors;
use forewarn_exchange::row::OURS;
use forewarn_ledger::{Ledger, Limits, Told};
use forewarn_outlook::model::{Forecast, Model};
use forewarn_outlook::{Day, History};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::error::{Error, Result};
use crate::history::Record;
use crate::past::Lines;
use crate::ready::{Kept, Key, Ready};

/// Days of happenings that are held whole: what answers look back on, and some.
const HELD_DAYS: i64 = 400;

/// When the ledger ends, and how many reports it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Last day of publication.
    pub last: Option<Date>,
    /// The day that is asked about.
    pub as_of: Date,
    /// Why this day.
    pub why: String,
    /// Reports published by then, and in the year before.
    pub reports: (u64, u64),
}

/// A set of a ledger: its happenings as they are told now, and as each was told first.
///
/// It is a copy of what the ledger held when it was read. Answers for the ledger's last day come out of it; for an earlier
/// day the incidents are grouped anew out of what had been published by then ([`Told::AsOf`]), which reads the ledger again.
/// Lines of past forecasts use each happening as it was first told ([`Told::First`]): what later reports changed is not in
/// them.
pub struct Archive {
    set: String,
    last: Option<Date>,
    /// Reports by day of publication, in order.
    reports: Vec<(Date, u64)>,
    /// Reports without such a day.
    undated: u64,
    now: Record,
    first: OnceLock<History>,
    first_ready: Ready,
    /// Lines of forecasts for all pairs.
    lines: Kept<Lines>,
    /// Records of the earlier days that were asked about last, the latest at the end.
    earlier: Mutex<Vec<(Date, Arc<Record>)>>,
}

/// How many records of earlier days are kept.
const KEPT_DAYS: usize = 3;
/// Events in a history beyond which the record of one earlier day is kept.
const LARGE: usize = 100_000;

impl Archive {
    /// Reads a set.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn read(ledger: &mut Ledger, set: &str, actors: &Actors) -> Result<Self> {
        let (mut reports, mut undated) = (Vec::new(), 0);
        ledger.sql::<Error>(
            "SELECT published, count(*) FROM report GROUP BY 1 ORDER BY 1",
            &Limits { rows: usize::MAX, steps: u64::MAX / 2 },
            |_| Ok(()),
            |row| {
                let day: Option<Date> = row.first().and_then(|v| v.as_str()).and_then(|d| d.parse().ok());
                let n = row.get(1).and_then(serde_json::Value::as_u64);
                match (day, n) {
                    (Some(day), Some(n)) => reports.push((day, n)),
                    (None, n) => undated += n.unwrap_or(0),
                    (Some(_), None) => {}
                }
                Ok(())
            },
        )?;
        let sets = ledger.sets()?;
        if set != OURS && sets.iter().all(|(known, _)| known != set) {
            let known = sets.into_iter().map(|(known, _)| known).collect();
            return Err(Error::NoSet { set: set.to_owned(), known });
        }
        let mut last = reports.last().map(|(day, _)| *day);
        // Foreign happenings are not found again by their id, so all are held.
        let held = last.filter(|_| set == OURS).and_then(|l| l.checked_sub(HELD_DAYS.days()).ok());
        let now = Record::since(ledger, set, Told::Now, actors, held.unwrap_or(Date::MIN))?;
        if set != OURS {
            last = now.last_known();
        }
        Ok(Self {
            set: set.to_owned(),
            last,
            reports,
            undated,
            now,
            first: OnceLock::new(),
            first_ready: Ready::default(),
            lines: Kept::default(),
            earlier: Mutex::default(),
        })
    }

    /// The set's name.
    pub fn set(&self) -> &str {
        &self.set
    }

    /// The last day of publication; of foreign sets, the last on which anything became known.
    pub fn last(&self) -> Option<Date> {
        self.last
    }

    /// What is to be said of reports without a day of publication, where there are any: they count for nothing.
    pub(crate) fn undated(&self) -> Option<String> {
        let how = "give it to forewarn ingest with --published.";
        match self.undated {
            1 if self.set == OURS => {
                Some(format!("One report has no day of publication and counts for nothing here: {how}"))
            }
            n if n > 1 && self.set == OURS => {
                Some(format!("{n} reports have no day of publication and count for nothing here: {how}"))
            }
            _ => None,
        }
    }

    /// Finds the day that a question is asked as of: today is the last day of publication, never the clock's.
    ///
    /// # Errors
    /// [`Error::NoDay`].
    pub fn extent(&self, asked: Option<Date>) -> Result<Extent> {
        let (as_of, why) = match (asked, self.last) {
            (Some(asked), Some(last)) if asked > last => (asked, format!("as asked; the ledger ends on {last}")),
            (Some(asked), _) => (asked, "as asked".to_owned()),
            (None, Some(last)) => (last, "the last day of publication in the ledger".to_owned()),
            (None, None) => return Err(Error::NoDay),
        };
        let year = as_of.checked_sub(365.days()).unwrap_or(as_of);
        let count = |from: Date| self.reports.iter().filter(|(d, _)| *d > from && *d <= as_of).map(|(_, n)| n).sum();
        Ok(Extent { last: self.last, as_of, why, reports: (count(Date::MIN), count(year)) })
    }

    /// The record as it was known on a day.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn known(&self, ledger: &Ledger, actors: &Actors, day: Date) -> Result<Known<'_>> {
        // By the end of the ledger all is known: no incident has to be grouped anew.
        if self.last.is_none_or(|l| day >= l) {
            return Ok(Known::Held(&self.now));
        }
        // Whoever asks while a day is read waits for it.
        let mut kept = self.earlier.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, record)) = kept.iter().find(|(d, _)| *d == day) {
            return Ok(Known::Read(Arc::clone(record)));
        }
        let record = Arc::new(if self.set == OURS {
            let held = day.checked_sub(HELD_DAYS.days()).unwrap_or(Date::MIN);
            Record::as_of(ledger, day, actors, held)?
        } else {
            Record::read(ledger, &self.set, Told::AsOf(day), actors)?
        });
        let most = if record.history.events().len() > LARGE { 1 } else { KEPT_DAYS };
        while kept.len() >= most {
            kept.remove(0);
        }
        kept.push((day, Arc::clone(&record)));
        Ok(Known::Read(record))
    }

    /// The history in which each happening is as it was first told.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn first(&self, ledger: &Ledger, actors: &Actors) -> Result<&History> {
        if let Some(first) = self.first.get() {
            return Ok(first);
        }
        let read = if self.set == OURS {
            self.now.retold(ledger, actors)?
        } else {
            // A foreign event is told once.
            self.now.history.clone()
        };
        Ok(self.first.get_or_init(|| read))
    }

    /// Forecasts of an earlier day for all pairs that were watched, by each happening as it was first told.
    pub(crate) fn first_watched(
        &self,
        (ledger, actors): (&Ledger, &Actors),
        model: &Model,
        day: Day,
    ) -> Result<Arc<Vec<Forecast>>> {
        self.first_ready.watched(self.first(ledger, actors)?, model, day)
    }

    /// The lines of all pairs over some days, which rise, of the year before `as_of`.
    pub(crate) fn lines(
        &self,
        (ledger, actors): (&Ledger, &Actors),
        model: &Model,
        as_of: Date,
        days: &[Date],
    ) -> Result<Arc<Lines>> {
        let history = self.first(ledger, actors)?;
        self.lines.get(Key::new(model, Day::of(as_of)), || Lines::new(model, history, days))
    }

    /// The record as it is told now.
    pub fn now(&self) -> &Record {
        &self.now
    }
}

/// A record that the archive holds, or one read for an earlier day.
pub enum Known<'a> {
    /// Held.
    Held(&'a Record),
    /// Of an earlier day.
    Read(Arc<Record>),
}

impl std::ops::Deref for Known<'_> {
    type Target = Record;

    fn deref(&self) -> &Record {
        match self {
            Self::Held(record) => record,
            Self::Read(record) => record,
        }
    }
}
