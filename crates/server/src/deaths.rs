//! What a table of deaths gives to expect: fitted once for each month that is asked about, beside the requests.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result};
use forewarn_answer::deaths::{Deaths as Table, month};
use forewarn_answer::fan::{self, Fan};
use forewarn_answer::toll::{self, Toll};
use forewarn_outlook::{Fatalities, Month};
use jiff::civil::Date;

/// Months that are kept.
const MOST: usize = 6;

/// A table of deaths by country and month, and what has been made of it.
#[derive(Clone)]
pub struct Deaths {
    from: Arc<str>,
    bytes: Arc<[u8]>,
    /// The last month of the table: all later days are told alike.
    last: Month,
    known: Arc<Mutex<Known>>,
}

#[derive(Default)]
struct Known {
    /// By the last month that was used, the one asked for last at the end.
    made: Vec<(Month, Made)>,
    /// Whether a fit is under way; there is one at a time.
    busy: bool,
}

/// What was made, or why nothing was.
type Made = std::result::Result<Arc<Ahead>, String>;

struct Ahead {
    table: Table,
    fans: Vec<Fan>,
    tolls: Vec<Toll>,
}

/// What is to be expected of deaths in a country.
#[derive(Clone)]
pub enum Expected {
    /// Deaths by month, and of a year at UCDP's thresholds.
    Told(Fan, Toll),
    /// Nothing, for this reason.
    Nothing(String),
    /// It is being made: it takes some seconds.
    Soon,
}

impl Deaths {
    /// Reads the file.
    ///
    /// # Errors
    /// When it cannot be read, or holds no such table.
    pub fn open(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
        let table = Fatalities::read(&bytes).with_context(|| path.display().to_string())?;
        let last = table.first.plus(table.months() as i32 - 1);
        // Pages name the file, and not the folders of this machine.
        let from = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self { from: from.as_ref().into(), bytes: bytes.into(), last, known: Arc::default() })
    }

    /// What is to be expected of a country (ISO 3166-1 alpha-3) from what had been counted on a day. Where it has not been made
    /// yet, it is begun.
    pub fn of(&self, code: &str, as_of: Date) -> Expected {
        match self.made(as_of) {
            None => Expected::Soon,
            Some(Err(why)) => Expected::Nothing(why),
            Some(Ok(ahead)) => match ahead.table.column(code) {
                Ok(column) => Expected::Told(ahead.fans[column].clone(), ahead.tolls[column].clone()),
                Err(_) => Expected::Nothing(format!("{} has no column for it", self.from)),
            },
        }
    }

    /// Begins to make what will be asked for.
    pub fn begin(&self, as_of: Date) {
        let _ = self.made(as_of);
    }

    /// What was made for a day; none where it is only begun now or another is being made.
    fn made(&self, as_of: Date) -> Option<Made> {
        let month = month(as_of).min(self.last);
        let mut known = self.lock();
        if let Some(at) = known.made.iter().position(|(m, _)| *m == month) {
            // The one asked for last is let go last.
            let found = known.made.remove(at);
            known.made.push(found.clone());
            return Some(found.1);
        }
        if !known.busy {
            known.busy = true;
            let deaths = self.clone();
            std::thread::spawn(move || deaths.make(month, as_of));
        }
        None
    }

    fn make(&self, month: Month, as_of: Date) {
        // A panic of the fit is told like its errors: whoever asks again must not wait for ever.
        let fitted = std::panic::catch_unwind(|| fit(&self.bytes, &self.from, as_of));
        let made = match fitted {
            Ok(Ok(ahead)) => Ok(Arc::new(ahead)),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err(format!("{}: the fit ended by a fault of the program", self.from)),
        };
        let mut known = self.lock();
        known.busy = false;
        let over = (known.made.len() + 1).saturating_sub(MOST);
        known.made.drain(..over);
        known.made.push((month, made));
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn fit(bytes: &[u8], from: &str, as_of: Date) -> forewarn_answer::Result<Ahead> {
    let table = Table::read(bytes, from, as_of)?;
    Ok(Ahead { fans: fan::all(&table)?, tolls: toll::all(&table)?, table })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::time::{Duration, Instant};

    use jiff::civil::date;

    use super::*;

    fn wait(deaths: &Deaths, code: &str, as_of: Date) -> Expected {
        let start = Instant::now();
        loop {
            match deaths.of(code, as_of) {
                Expected::Soon => assert!(start.elapsed() < Duration::from_mins(1), "it is made at all"),
                told => return told,
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    #[test]
    fn each_day_is_told_by_what_had_been_counted() {
        let mut table = String::from("month,Afghanistan,Iraq,Albania\n");
        for year in 1993..=2010 {
            for month in 1..=12 {
                let trouble = if (year * month) % 5 == 0 { 3 * month } else { 0 };
                writeln!(table, "{year}-{month:02},{},{trouble},0", 100 + 7 * month).expect("into a string");
            }
        }
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("deaths.csv");
        std::fs::write(&path, table).expect("written");
        let deaths = Deaths::open(&path).expect("read");
        for (as_of, through) in [(date(2010, 12, 31), "2010-12"), (date(2009, 3, 5), "2009-02")] {
            let (fan, toll) = match wait(&deaths, "AFG", as_of) {
                Expected::Told(fan, toll) => (fan, toll),
                Expected::Nothing(why) => panic!("{why}"),
                Expected::Soon => panic!("it was waited for"),
            };
            assert_eq!((fan.through.to_string(), toll.through.to_string()), (through.to_owned(), through.to_owned()));
            assert!(matches!(deaths.of("AFG", as_of), Expected::Told(..)), "it is made once");
        }
        let Expected::Nothing(why) = wait(&deaths, "DEU", date(2010, 12, 31)) else { panic!("no column") };
        assert!(why.contains("no column"), "{why}");
        let Expected::Nothing(why) = wait(&deaths, "AFG", date(1999, 1, 1)) else { panic!("too short") };
        assert!(why.contains("fewer than seven years"), "{why}");
    }
}
