//! Text in, analysed sentences out.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use forewarn_report::Span;

use crate::forms::{FormCache, Word};
use crate::kernel::Kernel;
use crate::network::{self, Batch, Buffers, Labelled, Stage};
use crate::sentence::{Rel, Sentence, Sub, Token};
use crate::{Model, Splitter, features, tokenise};

/// Tokens that go through the network together, at least, where there are as many.
const BATCH: usize = 256;
/// Tokens of the longest sentence: a longer one is analysed in pieces of this length.
const LONGEST: usize = 300;

/// A model at work. One engine serves any number of threads; each call works alone and gives the same bytes whatever
/// else is going on.
#[derive(Debug)]
pub struct Engine {
    model: Model,
    splitter: Splitter,
    kernel: Kernel,
    /// Working space of calls that have ended, for those to come.
    pool: Mutex<Vec<Scratch>>,
}

/// What one call works with.
#[derive(Default)]
struct Scratch {
    cache: FormCache,
    buffers: Buffers,
    labelled: Labelled,
    words: Vec<Word>,
    ranges: Vec<Range<usize>>,
    lowered: String,
}

impl std::fmt::Debug for Scratch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scratch").finish_non_exhaustive()
    }
}

/// The words of one sentence to be analysed.
struct Words {
    block: u32,
    /// Where they stand in the list of tokens.
    tokens: Range<usize>,
}

impl Engine {
    /// An engine on the fastest kernel of this machine.
    pub fn new(model: Model) -> Self {
        Self::with_kernel(model, Kernel::best())
    }

    /// An engine on a kernel of one's choice; all give the same result.
    pub fn with_kernel(model: Model, kernel: Kernel) -> Self {
        Self { model, splitter: Splitter::embedded(), kernel, pool: Mutex::default() }
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The kernel that does the arithmetic.
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// Splits each block of a text into sentences and words and analyses them. Sentences never cross blocks; a block
    /// that is no slice of the text gives none.
    pub fn analyse(&self, text: &str, blocks: &[Span]) -> Vec<Sentence> {
        self.analyse_watched(text, blocks, &mut |_| ())
    }

    /// As [`Engine::analyse`]; `watch` hears at each stage's beginning that the one before has ended. The library
    /// reads no clock; a benchmark does it here.
    pub fn analyse_watched(&self, text: &str, blocks: &[Span], watch: &mut dyn FnMut(Stage)) -> Vec<Sentence> {
        watch(Stage::Split);
        let mut tokens = Vec::new();
        let mut sentences = Vec::new();
        let mut words = Vec::new();
        for (block, span) in (0..).zip(blocks) {
            words.clear();
            tokenise(text, *span, &mut words);
            for sentence in self.splitter.sentences(text, *span, &words) {
                push_sentence(&mut tokens, &mut sentences, block, &words[sentence]);
            }
        }
        self.parse(text, &tokens, &sentences, watch)
    }

    /// Analyses sentences whose words are known: each a list of the spans of its words in the text.
    ///
    /// # Panics
    /// When a span is no slice of the text, or a sentence has more than 65,535 words.
    pub fn parse_sentences(&self, text: &str, sentences: &[Vec<Span>]) -> Vec<Sentence> {
        let mut tokens = Vec::new();
        let mut pieces = Vec::new();
        for (block, words) in (0..).zip(sentences) {
            assert!(u16::try_from(words.len()).is_ok(), "a sentence has at most 65,535 words");
            push_sentence(&mut tokens, &mut pieces, block, words);
        }
        let mut parsed = self.parse(text, &tokens, &pieces, &mut |_| ()).into_iter().peekable();
        let join = |block: u32| {
            let mut whole = Sentence { span: Span::new(0, 0), block, tokens: Vec::new(), names: Vec::new() };
            while let Some(piece) = parsed.next_if(|piece| piece.block == block) {
                append(&mut whole, piece);
            }
            whole.block = 0;
            whole
        };
        (0..sentences.len() as u32).map(join).collect()
    }

    /// Analyses one sentence whose words are known, given as spans of the text.
    ///
    /// # Panics
    /// When a span is no slice of the text, or there are more than 65,535.
    pub fn parse_tokens(&self, text: &str, tokens: Vec<Span>) -> Sentence {
        let mut parsed = self.parse_sentences(text, &[tokens]);
        parsed.pop().expect("one sentence in, one out")
    }

    /// Analyses one sentence whose words are known. The spans of its tokens count in the forms joined by one space.
    ///
    /// # Panics
    /// When there are more than 65,535 forms.
    pub fn parse_forms(&self, forms: &[&str]) -> Sentence {
        let text = forms.join(" ");
        let mut at = 0;
        let mut spans = Vec::with_capacity(forms.len());
        for form in forms {
            spans.push(Span::from_range(at..at + form.len()));
            at += form.len() + 1;
        }
        self.parse_tokens(&text, spans)
    }

    fn parse(&self, text: &str, tokens: &[Span], sentences: &[Words], watch: &mut dyn FnMut(Stage)) -> Vec<Sentence> {
        let mut scratch = self.pool.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let mut out = Vec::with_capacity(sentences.len());
        let mut from = 0;
        while from < sentences.len() {
            let mut to = from + 1;
            let start = sentences[from].tokens.start;
            while to < sentences.len() && sentences[to - 1].tokens.end - start < BATCH {
                to += 1;
            }
            self.batch(text, tokens, &sentences[from..to], &mut scratch, &mut out, watch);
            from = to;
        }
        self.pool.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
        out
    }

    fn batch(
        &self,
        text: &str,
        tokens: &[Span],
        sentences: &[Words],
        scratch: &mut Scratch,
        out: &mut Vec<Sentence>,
        watch: &mut dyn FnMut(Stage),
    ) {
        watch(Stage::Features);
        let Scratch { cache, buffers, labelled, words, ranges, lowered } = scratch;
        cache.begin();
        words.clear();
        ranges.clear();
        for sentence in sentences {
            let spans = &tokens[sentence.tokens.clone()];
            let case = features::sentence_case(spans.iter().map(|span| span.slice(text)));
            let start = words.len();
            for (i, span) in spans.iter().enumerate() {
                words.push(cache.word(&self.model.tables, span.slice(text), 2 * case + u8::from(i == 0)));
            }
            ranges.push(start..words.len());
        }
        let batch = Batch { words, sentences: ranges };
        network::run(&self.model, self.kernel, cache, batch, buffers, labelled, watch);
        watch(Stage::Write);
        let mut names_from = 0;
        for ((sentence, range), &names_end) in sentences.iter().zip(ranges).zip(&labelled.name_ends) {
            let spans = &tokens[sentence.tokens.clone()];
            let tokens = spans.iter().zip(range.clone()).map(|(span, i)| self.token(text, *span, i, labelled, lowered));
            out.push(Sentence {
                span: spans.first().zip(spans.last()).map_or(Span::new(0, 0), |(a, b)| Span::new(a.start, b.end)),
                block: sentence.block,
                tokens: tokens.collect(),
                names: labelled.names[names_from..names_end].to_vec(),
            });
            names_from = names_end;
        }
    }

    fn token(&self, text: &str, span: Span, i: usize, labelled: &Labelled, lowered: &mut String) -> Token {
        let labels = &self.model.labels;
        let upos = labels.upos[usize::from(labelled.upos[i])];
        let rule = usize::from(labelled.lemma[i]);
        let (rel, sub) = match labelled.heads[i] {
            0 => (Rel::Root, Sub::None),
            _ => labels.rel[usize::from(labelled.rel[i])],
        };
        Token {
            span,
            lemma: self.model.lemmas.lemma(span.slice(text), upos, rule, lowered),
            upos,
            xpos: labelled.xpos[i] as u8,
            feats: labels.feats[usize::from(labelled.feats[i])],
            head: labelled.heads[i].checked_sub(1),
            rel,
            sub,
        }
    }
}

/// Adds a sentence, in pieces when it is too long for one.
fn push_sentence(tokens: &mut Vec<Span>, sentences: &mut Vec<Words>, block: u32, words: &[Span]) {
    for piece in words.chunks(LONGEST) {
        let start = tokens.len();
        tokens.extend_from_slice(piece);
        sentences.push(Words { block, tokens: start..tokens.len() });
    }
}

/// Joins a piece to the pieces before it; its root hangs on theirs as `parataxis`.
fn append(whole: &mut Sentence, piece: Sentence) {
    let by = whole.tokens.len() as u16;
    if by == 0 {
        *whole = piece;
        return;
    }
    let root = whole.root().map(|root| root as u16);
    whole.span = Span::new(whole.span.start, piece.span.end);
    for mut token in piece.tokens {
        if let Some(head) = &mut token.head {
            *head += by;
        } else {
            (token.head, token.rel) = (root, Rel::Parataxis);
        }
        whole.tokens.push(token);
    }
    for name in piece.names {
        whole.names.push(crate::Name { first: name.first + by, end: name.end + by, ..name });
    }
}

#[cfg(test)]
mod tests;
