//! Forms seen so far, with what the first layer makes of them.
//!
//! Up to the first convolution a token's numbers depend on its form and on its place (the row of the table `case`)
//! only, and words repeat: so the mixing layer runs once for each pair of the two. The cache is emptied when it is
//! full; what it gives is what the layer would give again.

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

use crate::features::{Rows, Tables};
use crate::kernel::float::WIDTH;

/// Pairs of form and place that are kept: 512 bytes each.
const MOST: usize = 16_384;
/// Bytes of forms that are kept.
const MOST_BYTES: usize = 1 << 20;

/// A form in a place, as the cache numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word(u32);

/// What the mixing layer needs to know of a new word.
pub(crate) struct Fresh {
    pub(crate) rows: Rows,
    pub(crate) case: u8,
}

/// The cache.
#[derive(Default)]
pub(crate) struct FormCache {
    index: HashTable<u32>,
    keys: Vec<Key>,
    text: String,
    mixed: Vec<f32>,
    fresh: Vec<Fresh>,
    room: String,
}

struct Key {
    start: u32,
    end: u32,
    case: u8,
    hash: u64,
}

impl FormCache {
    /// Begins a batch: whatever was fresh has been mixed, and a full cache is emptied.
    pub(crate) fn begin(&mut self) {
        self.fresh.clear();
        if self.keys.len() > MOST || self.text.len() > MOST_BYTES {
            self.index.clear();
            self.keys.clear();
            self.text.clear();
        }
    }

    /// The number of a form in a place, noted as fresh when it is new.
    pub(crate) fn word(&mut self, tables: &Tables, form: &str, case: u8) -> Word {
        let hash = FxBuildHasher.hash_one((form, case));
        let (keys, text) = (&self.keys, &self.text);
        let same = |&at: &u32| {
            let key = &keys[at as usize];
            key.case == case && &text[key.start as usize..key.end as usize] == form
        };
        if let Some(&at) = self.index.find(hash, same) {
            return Word(at);
        }
        let at = self.keys.len() as u32;
        let start = self.text.len() as u32;
        self.text.push_str(form);
        self.keys.push(Key { start, end: self.text.len() as u32, case, hash });
        let keys = &self.keys;
        self.index.insert_unique(hash, at, |&at| keys[at as usize].hash);
        self.fresh.push(Fresh { rows: tables.rows(form, &mut self.room), case });
        Word(at)
    }

    /// The words that are new in this batch.
    pub(crate) fn fresh(&self) -> &[Fresh] {
        &self.fresh
    }

    /// The new words, and where the mixing layer's output for them goes.
    pub(crate) fn fresh_parts(&mut self) -> (&[Fresh], &mut [f32]) {
        let first = self.keys.len() - self.fresh.len();
        self.mixed.resize((self.keys.len() * WIDTH).max(self.mixed.len()), 0.0);
        (&self.fresh, &mut self.mixed[first * WIDTH..self.keys.len() * WIDTH])
    }

    /// What the mixing layer made of a word.
    pub(crate) fn mixed(&self, word: Word) -> &[f32] {
        &self.mixed[word.0 as usize * WIDTH..][..WIDTH]
    }
}
