//! A sentence as the folded words that dictionary phrases are made of.

use forewarn_codebook::actors::pieces;
use forewarn_language::Upos;
use smol_str::SmolStr;

use crate::tree::Tree;

/// The word that stands for a mark that no phrase runs across.
const STOP: &str = ",";

/// Words with the tokens they come from.
#[derive(Debug, Default)]
pub struct Units {
    /// The words, folded.
    pub words: Vec<SmolStr>,
    /// The token of each word.
    pub token: Vec<usize>,
    /// The first word of each token, and the count of all words last.
    first: Vec<usize>,
}

impl Units {
    /// The words of a sentence. Hyphens inside words and quotation marks vanish, other marks part.
    pub fn new(tree: &Tree) -> Self {
        let mut out = Self::default();
        for i in 0..tree.len() {
            out.first.push(out.words.len());
            let form = tree.form(i);
            let before = out.words.len();
            pieces(form, &mut |piece, _| {
                out.words.push(SmolStr::new(piece));
                out.token.push(i);
            });
            let silent =
                form.chars().all(|c| matches!(c, '-' | '‐' | '‑' | '"' | '“' | '”' | '\'' | '`' | '‘' | '’' | '_'));
            if out.words.len() == before && tree.upos(i) == Upos::Punct && !silent {
                out.words.push(SmolStr::new(STOP));
                out.token.push(i);
            }
        }
        out.first.push(out.words.len());
        out
    }

    /// The words of token `i`.
    pub fn of(&self, i: usize) -> std::ops::Range<usize> {
        self.first[i]..self.first[i + 1]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }
}
