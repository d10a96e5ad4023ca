//! A trie over folded pieces: the longest known word sequence from a position.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::fold::{Case, pieces};

/// Marks a piece that no term holds.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// A piece of a sentence: which symbol, how written, of which token.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    pub(super) symbol: u32,
    pub(super) case: Case,
    /// The token it stands in.
    pub token: u16,
    /// Whether it is the first piece of its token.
    pub opens: bool,
    /// Whether it is the last piece of its token.
    pub closes: bool,
}

/// The distinct pieces of all terms, numbered.
#[derive(Debug, Default)]
pub(super) struct Symbols(FxHashMap<SmolStr, u32>);

impl Symbols {
    pub(super) fn get(&self, piece: &str) -> u32 {
        self.0.get(piece).copied().unwrap_or(UNKNOWN)
    }

    fn add(&mut self, piece: &str) -> u32 {
        if let Some(&s) = self.0.get(piece) {
            return s;
        }
        let next = self.0.len() as u32;
        self.0.insert(SmolStr::new(piece), next);
        next
    }

    /// Folds `term` into symbols with their cases.
    pub(super) fn intern(&mut self, term: &str) -> Vec<(u32, Case)> {
        let mut out = Vec::new();
        for word in term.split_whitespace() {
            pieces(word, &mut |p, c| out.push((self.add(p), c)));
        }
        out
    }
}

/// What hangs on a node: a value and the case its pieces must at least have.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) value: u32,
    /// Least case of each piece; empty when any will do.
    pub(super) cases: Box<[Case]>,
}

/// Symbol sequences with the values they carry.
#[derive(Debug, Default)]
pub(super) struct Trie {
    edges: FxHashMap<(u32, u32), u32>,
    leaves: Vec<Vec<Leaf>>,
}

impl Trie {
    /// Makes room for `n` nodes.
    pub(super) fn reserve(&mut self, n: usize) {
        self.edges.reserve(n);
        self.leaves.reserve(n);
    }

    pub(super) fn insert(&mut self, key: &[(u32, Case)], value: u32, cases: Box<[Case]>) {
        if self.leaves.is_empty() {
            self.leaves.push(Vec::new());
        }
        let mut node = 0u32;
        for &(symbol, _) in key {
            let next = self.leaves.len() as u32;
            node = *self.edges.entry((node, symbol)).or_insert(next);
            if node == next {
                self.leaves.push(Vec::new());
            }
        }
        self.leaves[node as usize].push(Leaf { value, cases });
    }

    /// Takes `value` away from `key`.
    pub(super) fn remove(&mut self, key: &[(u32, Case)], value: u32) {
        let mut node = 0u32;
        for &(symbol, _) in key {
            match self.edges.get(&(node, symbol)) {
                Some(&n) => node = n,
                None => return,
            }
        }
        if let Some(leaves) = self.leaves.get_mut(node as usize) {
            leaves.retain(|l| l.value != value);
        }
    }

    /// The values at exactly `key`, case left aside.
    pub(super) fn at(&self, key: &[(u32, Case)]) -> &[Leaf] {
        let mut node = 0u32;
        for &(symbol, _) in key {
            match self.edges.get(&(node, symbol)) {
                Some(&n) => node = n,
                None => return &[],
            }
        }
        self.leaves.get(node as usize).map_or(&[], |l| l)
    }

    /// Walks from `from` and calls `take(end, leaf)` for every leaf met whose cases fit.
    pub(super) fn walk(&self, sentence: &[Piece], from: usize, take: &mut dyn FnMut(usize, &Leaf)) {
        let mut node = 0u32;
        for (at, piece) in sentence.iter().enumerate().skip(from) {
            if piece.symbol == UNKNOWN {
                return;
            }
            match self.edges.get(&(node, piece.symbol)) {
                Some(&n) => node = n,
                None => return,
            }
            for leaf in &self.leaves[node as usize] {
                let fits = leaf.cases.iter().zip(&sentence[from..=at]).all(|(least, p)| p.case >= *least);
                if fits {
                    take(at + 1, leaf);
                }
            }
        }
    }
}
