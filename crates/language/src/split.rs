//! Where sentences end.
//!
//! Every gap between two words of a block is either no boundary, a boundary, or open. Rules decide the
//! first two kinds (`Gen. Smith`, a closing quotation mark followed by `he said`, an empty line); a
//! logistic regression over hashed features of the words around decides the open ones. It was trained
//! on the train parts of EWT and GUM, whose words and gaps it shares its code with
//! (`examples/train_splitter.rs`); `training/splitter.md` gives the command and the file's form.

mod gaps;
mod lines;
mod shape;

use std::ops::Range;

use forewarn_report::Span;

pub use gaps::{FEATURES, Gap, Gaps, Kind};

/// Number of bits of a feature's slot in the table of weights.
pub const BITS: u32 = 17;

/// What stands before the weights in the file.
const MAGIC: &[u8; 8] = b"FWSPLIT1";

/// The slot of a feature in the table of weights.
pub const fn slot(feature: u32) -> usize {
    (feature >> (32 - BITS)) as usize
}

/// Splits blocks of words into sentences.
#[derive(Clone, Debug)]
pub struct Splitter {
    weights: Vec<i16>,
    thresholds: [i32; 3],
}

impl Splitter {
    /// The splitter that comes with this crate.
    pub fn embedded() -> Self {
        Self::from_bytes(include_bytes!("../../../models/en-splitter.bin"))
            .expect("the embedded splitter is well formed")
    }

    /// Reads a splitter's file; `None` if it is none.
    ///
    /// All numbers are little-endian: eight bytes `FWSPLIT1`, three thresholds (i32), one for each [`Kind`] of gap, then
    /// the weights (i16), one a slot, 2^17 of them. A gap whose weights add up to more than the threshold is a boundary.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (thresholds, rest) = rest.split_first_chunk::<12>()?;
        let (thresholds, _) = thresholds.as_chunks::<4>();
        let (pairs, left) = rest.as_chunks::<2>();
        let weights: Vec<i16> = pairs.iter().map(|&pair| i16::from_le_bytes(pair)).collect();
        let whole = left.is_empty() && weights.len() == 1 << BITS;
        whole.then_some(Self { weights, thresholds: std::array::from_fn(|i| i32::from_le_bytes(thresholds[i])) })
    }

    /// The file of a splitter with these weights, as [`from_bytes`](Self::from_bytes) reads it.
    pub fn to_bytes(weights: &[i16], thresholds: [i32; 3]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(thresholds.iter().flat_map(|t| t.to_le_bytes()));
        bytes.extend(weights.iter().flat_map(|w| w.to_le_bytes()));
        bytes
    }

    /// The sentences of `block`, as ranges over its `tokens`, in order and without gaps.
    ///
    /// `tokens` are the words of `block` in `text` as [`tokenise`](crate::tokenise()) gives them.
    pub fn sentences(&self, text: &str, block: Span, tokens: &[Span]) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let gaps = Gaps::new(text, block, tokens);
        let mut start = 0;
        let mut slots = [0; FEATURES];
        for next in 1..tokens.len() {
            let boundary = match gaps.gap(next) {
                Gap::Inside => false,
                Gap::Boundary => true,
                Gap::Open => {
                    gaps.features(start, next, &mut slots);
                    let sum: i32 = slots.iter().map(|&s| i32::from(self.weights[slot(s)])).sum();
                    sum > self.thresholds[gaps.kind(next) as usize]
                }
            };
            if boundary {
                out.push(start..next);
                start = next;
            }
        }
        if start < tokens.len() {
            out.push(start..tokens.len());
        }
        out
    }
}
