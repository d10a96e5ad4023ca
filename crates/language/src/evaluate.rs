//! Scores against annotated text.
//!
//! On gold words: attachment as in the CoNLL 2018 shared task (Zeman et al. 2018: subtypes of relations stripped,
//! punctuation counted), tags and lemmas as shares of words, names as strict F1. From raw text: F1 over what was found
//! and what was there, words being the same when they cover the same characters; again Zeman et al., but for words
//! in place of surface tokens, since every English word of UD 2.16 is a piece of the text.

mod conllu;
mod names;

use std::collections::HashMap;

use forewarn_report::Span;

pub use conllu::{Gold, GoldWord, ReadError, read_conllu};
pub use names::{add_names, read_iob2};

use crate::{Engine, Name, Sentence};

/// How many were found, how many there are, and how many of both are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// What the engine gave.
    pub found: usize,
    /// What the annotation has.
    pub gold: usize,
    /// What both have.
    pub both: usize,
}

impl Counts {
    /// Share of what was found that is right, in percent.
    pub fn precision(self) -> f64 {
        percent(self.both, self.found)
    }

    /// Share of what there is that was found, in percent.
    pub fn recall(self) -> f64 {
        percent(self.both, self.gold)
    }

    /// Harmonic mean of the two, in percent.
    pub fn f1(self) -> f64 {
        percent(2 * self.both, self.found + self.gold)
    }

    fn add(&mut self, found: usize, gold: usize, both: usize) {
        self.found += found;
        self.gold += gold;
        self.both += both;
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// Scores on gold words.
#[derive(Clone, Copy, Debug, Default)]
pub struct GoldScores {
    /// Words compared.
    pub words: usize,
    /// Right heads, in percent of the words.
    pub uas: f64,
    /// Right heads with right relations (subtypes stripped), in percent.
    pub las: f64,
    /// Right parts of speech, in percent.
    pub upos: f64,
    /// Right Penn tags, in percent.
    pub xpos: f64,
    /// Right lemmas, in percent.
    pub lemma: f64,
    /// Names with the same words and kind, over the sentences that have a layer of names.
    pub names: Counts,
}

/// Scores from raw text.
#[derive(Clone, Copy, Debug, Default)]
pub struct RawScores {
    /// Words.
    pub words: Counts,
    /// Sentences.
    pub sentences: Counts,
    /// Words with their parts of speech.
    pub upos: Counts,
    /// Words with their lemmas.
    pub lemma: Counts,
    /// Words with their heads.
    pub uas: Counts,
    /// Words with their heads and relations (subtypes stripped).
    pub las: Counts,
}

/// Analyses the words of the annotation and scores the result.
pub fn on_gold_words(engine: &Engine, gold: &[Gold]) -> GoldScores {
    let (mut words, mut uas, mut las, mut upos, mut xpos, mut lemma) = (0, 0, 0, 0, 0, 0);
    let mut names = Counts::default();
    let labels = engine.model().xpos_labels();
    let (text, spans) = raw_text(gold);
    for (gold, parsed) in gold.iter().zip(engine.parse_sentences(&text, &spans)) {
        words += gold.words.len();
        for (word, token) in gold.words.iter().zip(&parsed.tokens) {
            let arc = word.head == token.head.map(usize::from);
            uas += usize::from(arc);
            las += usize::from(arc && word.rel == token.rel);
            upos += usize::from(word.upos == Some(token.upos));
            xpos += usize::from(word.xpos == labels[usize::from(token.xpos)]);
            lemma += usize::from(word.lemma == token.lemma);
        }
        if let Some(expected) = &gold.names {
            let both = parsed.names.iter().filter(|name| expected.contains(name)).count();
            names.add(parsed.names.len(), expected.len(), both);
        }
    }
    GoldScores {
        words,
        uas: percent(uas, words),
        las: percent(las, words),
        upos: percent(upos, words),
        xpos: percent(xpos, words),
        lemma: percent(lemma, words),
        names,
    }
}

/// Splits and analyses the text that the annotation was made on and scores the result. The blocks are its paragraphs.
pub fn on_raw_text(engine: &Engine, gold: &[Gold]) -> RawScores {
    let (text, spans) = raw_text(gold);
    let parsed = engine.analyse(&text, &paragraphs(gold, &spans));
    let mut scores = RawScores::default();
    let ends = |words: &[Span]| words.first().zip(words.last()).map(|(a, b)| (a.start, b.end));
    let gold_sentences: std::collections::HashSet<_> = spans.iter().filter_map(|words| ends(words)).collect();
    let same = parsed.iter().filter(|s| gold_sentences.contains(&(s.span.start, s.span.end))).count();
    scores.sentences.add(parsed.len(), gold_sentences.len(), same);

    let words: HashMap<(u32, u32), (usize, usize)> = spans
        .iter()
        .enumerate()
        .flat_map(|(s, words)| words.iter().enumerate().map(move |(i, w)| ((w.start, w.end), (s, i))))
        .collect();
    let all = [&mut scores.words, &mut scores.upos, &mut scores.lemma, &mut scores.uas, &mut scores.las];
    let found = parsed.iter().map(|s| s.tokens.len()).sum();
    let there = gold.iter().map(|s| s.words.len()).sum();
    for counts in all {
        counts.add(found, there, 0);
    }
    let at = |span: Span| words.get(&(span.start, span.end)).copied();
    for sentence in &parsed {
        for token in &sentence.tokens {
            let Some((s, i)) = at(token.span) else { continue };
            let word = &gold[s].words[i];
            let head = token.head.map(|h| at(sentence.tokens[usize::from(h)].span));
            let arc = match (word.head, head) {
                (None, None) => true,
                (Some(gold_head), Some(Some(head))) => head == (s, gold_head),
                _ => false,
            };
            scores.words.both += 1;
            scores.upos.both += usize::from(word.upos == Some(token.upos));
            scores.lemma.both += usize::from(word.lemma == token.lemma);
            scores.uas.both += usize::from(arc);
            scores.las.both += usize::from(arc && word.rel == token.rel);
        }
    }
    scores
}

/// The text of annotated sentences as it stood before it was split, with the words' places in it.
///
/// Paragraphs are parted by an empty line, words and sentences by a space unless the annotation says there is none.
pub fn raw_text(gold: &[Gold]) -> (String, Vec<Vec<Span>>) {
    let mut text = String::new();
    let mut all = Vec::with_capacity(gold.len());
    for sentence in gold {
        if sentence.starts_paragraph && !text.is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        }
        let mut spans = Vec::with_capacity(sentence.words.len());
        for word in &sentence.words {
            let start = text.len();
            text.push_str(&word.form);
            spans.push(Span::from_range(start..text.len()));
            if word.space_after {
                text.push(' ');
            }
        }
        all.push(spans);
    }
    (text, all)
}

fn paragraphs(gold: &[Gold], spans: &[Vec<Span>]) -> Vec<Span> {
    let mut blocks: Vec<Span> = Vec::new();
    for (sentence, words) in gold.iter().zip(spans) {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
        match blocks.last_mut() {
            Some(block) if !sentence.starts_paragraph => *block = Span::new(block.start, last.end),
            _ => blocks.push(Span::new(first.start, last.end)),
        }
    }
    blocks
}

/// BIO tags of a sentence's names, in UNER's spelling.
pub fn name_tags(sentence: &Sentence) -> Vec<String> {
    let mut tags = vec!["O".to_owned(); sentence.tokens.len()];
    for name in &sentence.names {
        let Name { first, end, kind } = *name;
        for i in first..end {
            tags[usize::from(i)] = format!("{}-{}", if i == first { "B" } else { "I" }, names::kind_name(kind));
        }
    }
    tags
}

#[cfg(test)]
mod tests;
