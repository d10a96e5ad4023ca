//! Connections that read the ledger: a few, lent one at a time.

use std::ops::Deref;
use std::path::Path;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use forewarn_ledger::{Ledger, Result};

/// A pool of read-only connections.
pub struct Readers {
    idle: Mutex<Vec<Ledger>>,
    back: Condvar,
}

/// A connection that goes back to its pool when dropped.
pub struct Reader<'p> {
    ledger: Option<Ledger>,
    pool: &'p Readers,
}

/// Page cache of a connection. What it lacks lies in the system's cache of files, a copy away. Mapping the file instead is no
/// faster, since lists by day lead to few pages, and would count as the process's memory.
const CACHE_KIB: u32 = 2 << 10;

/// A connection of its own, for what takes long.
///
/// # Errors
/// When the ledger cannot be opened for reading.
pub fn open(path: &Path) -> Result<Ledger> {
    Ledger::open_within(path, CACHE_KIB, 0)
}

impl Readers {
    /// Opens `count` connections.
    ///
    /// # Errors
    /// When the ledger cannot be opened for reading.
    pub fn open(path: &Path, count: usize) -> Result<Self> {
        let idle = (0..count).map(|_| open(path)).collect::<Result<_>>()?;
        Ok(Self { idle: Mutex::new(idle), back: Condvar::new() })
    }

    /// A connection; waits until one is free.
    pub fn lend(&self) -> Reader<'_> {
        let mut idle = self.lock();
        loop {
            if let Some(ledger) = idle.pop() {
                return Reader { ledger: Some(ledger), pool: self };
            }
            idle = self.back.wait(idle).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Ledger>> {
        // A connection holds no state between requests: a panic elsewhere spoils nothing here.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Deref for Reader<'_> {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        self.ledger.as_ref().expect("a reader holds its connection until it is dropped")
    }
}

impl std::ops::DerefMut for Reader<'_> {
    fn deref_mut(&mut self) -> &mut Ledger {
        self.ledger.as_mut().expect("a reader holds its connection until it is dropped")
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        if let Some(ledger) = self.ledger.take() {
            self.pool.lock().push(ledger);
            self.pool.back.notify_one();
        }
    }
}
