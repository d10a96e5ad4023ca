//! A sentence's tree with its children listed: what every rule of the coder walks on.

use forewarn_language::{Feats, Rel, Sentence, Sub, Token, Upos};
use forewarn_report::Span;
use std::sync::Arc;

use crate::table::Tables;

/// A sentence and its text, with the children of every token in order.
pub struct Tree<'a> {
    /// The report's text.
    pub text: &'a str,
    /// The analysed sentence.
    pub sentence: &'a Sentence,
    /// Lower-cased forms.
    lower: Vec<smol_str::SmolStr>,
    kids: Vec<u16>,
    first: Vec<u16>,
    /// The word tables that its rules read.
    pub(crate) tables: Arc<Tables>,
}

impl<'a> Tree<'a> {
    /// Lists the children of `sentence`, whose spans index `text`.
    pub fn new(text: &'a str, sentence: &'a Sentence) -> Self {
        Self::with_tables(text, sentence, Tables::shipped())
    }

    /// As [`Tree::new`], with word tables of one's own.
    pub fn with_tables(text: &'a str, sentence: &'a Sentence, tables: &Arc<Tables>) -> Self {
        let n = sentence.tokens.len();
        let mut first = vec![0u16; n + 1];
        for t in &sentence.tokens {
            if let Some(h) = t.head {
                first[h as usize + 1] += 1;
            }
        }
        for i in 0..n {
            first[i + 1] += first[i];
        }
        let mut at = first.clone();
        let mut kids = vec![0u16; first[n] as usize];
        for (i, t) in sentence.tokens.iter().enumerate() {
            if let Some(h) = t.head {
                kids[at[h as usize] as usize] = i as u16;
                at[h as usize] += 1;
            }
        }
        let lower = sentence
            .tokens
            .iter()
            .map(|t| {
                let form = t.span.slice(text);
                if form.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
                    smol_str::SmolStr::new(form)
                } else {
                    smol_str::SmolStr::new(form.to_lowercase())
                }
            })
            .collect();
        Self { text, sentence, lower, kids, first, tables: Arc::clone(tables) }
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sentence.tokens.is_empty()
    }

    /// Token `i`.
    pub fn token(&self, i: usize) -> &'a Token {
        &self.sentence.tokens[i]
    }

    /// The words of token `i` as they stand.
    pub fn form(&self, i: usize) -> &'a str {
        self.sentence.tokens[i].span.slice(self.text)
    }

    /// The words of token `i` in lower case.
    pub fn lower(&self, i: usize) -> &str {
        &self.lower[i]
    }

    /// The lemma of token `i`.
    pub fn lemma(&self, i: usize) -> &'a str {
        &self.sentence.tokens[i].lemma
    }

    /// The part of speech of token `i`.
    pub fn upos(&self, i: usize) -> Upos {
        self.sentence.tokens[i].upos
    }

    /// The morphology of token `i`.
    pub fn feats(&self, i: usize) -> Feats {
        self.sentence.tokens[i].feats
    }

    /// The relation of token `i` to its head.
    pub fn rel(&self, i: usize) -> Rel {
        self.sentence.tokens[i].rel
    }

    /// The relation's subtype.
    pub fn sub(&self, i: usize) -> Sub {
        self.sentence.tokens[i].sub
    }

    /// The head of token `i`.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.sentence.tokens[i].head.map(usize::from)
    }

    /// The children of token `i`, in order.
    pub fn kids(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.kids[self.first[i] as usize..self.first[i + 1] as usize].iter().map(|&k| k as usize)
    }

    /// The first child of `i` with relation `rel` (any subtype).
    pub fn kid(&self, i: usize, rel: Rel) -> Option<usize> {
        self.kids(i).find(|&k| self.rel(k) == rel)
    }

    /// Whether `i` has a child with relation `rel`.
    pub fn has(&self, i: usize, rel: Rel) -> bool {
        self.kid(i, rel).is_some()
    }

    /// The adposition that marks noun `i` ("on" in "on the town"), lower case, the first word of a fixed one.
    pub fn case_of(&self, i: usize) -> Option<&str> {
        self.kid(i, Rel::Case).map(|k| self.lower(k))
    }

    /// Whether `i` is `above` or hangs below it.
    pub fn is_under(&self, i: usize, above: usize) -> bool {
        let mut at = Some(i);
        let mut steps = 0;
        while let Some(t) = at {
            if t == above {
                return true;
            }
            at = self.head(t);
            steps += 1;
            if steps > self.len() {
                break;
            }
        }
        false
    }

    /// The tokens from `i` downwards, `i` included, in text order; `keep` says whether to go into a child.
    pub fn below(&self, i: usize, keep: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let mut out = vec![i];
        let mut at = 0;
        while at < out.len() {
            let t = out[at];
            out.extend(self.kids(t).filter(|&k| keep(k)));
            at += 1;
        }
        out.sort_unstable();
        out
    }

    /// The bytes from the first to the last of `tokens` (sorted, not empty).
    pub fn span_of(&self, tokens: &[usize]) -> Span {
        let (a, b) = (tokens[0], tokens[tokens.len() - 1]);
        Span { start: self.token(a).span.start, end: self.token(b).span.end }
    }

    /// The conjuncts of `i`: itself and every `conj` below it, in order.
    pub fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut out = vec![i];
        let mut at = 0;
        while at < out.len() {
            let t = out[at];
            out.extend(self.kids(t).filter(|&k| self.rel(k) == Rel::Conj));
            at += 1;
        }
        out.sort_unstable();
        out
    }
}
