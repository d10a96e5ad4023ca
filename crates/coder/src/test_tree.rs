//! Sentences for tests, written as small tables: `form lemma upos head rel [feats]`, one token a line.
//!
//! Heads count from 1, 0 is the root; `_` as lemma stands for the form in lower case. A form that ends in `~` has no
//! space after it. A blank line ends a sentence.

use forewarn_language::{Feats, Rel, Sentence, Sub, Token, Upos};
use forewarn_report::Span;
use smol_str::SmolStr;

use crate::tree::Tree;

/// A report's text with its sentences, for tests.
pub(crate) struct Parsed {
    /// The text.
    pub text: String,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
}

impl Parsed {
    /// The trees over the sentences.
    pub fn trees(&self) -> Vec<Tree<'_>> {
        self.sentences.iter().map(|s| Tree::new(&self.text, s)).collect()
    }
}

/// Reads tables; see the module's head.
pub(crate) fn parsed(tables: &str) -> Parsed {
    let mut text = String::new();
    let mut sentences = Vec::new();
    let mut tokens: Vec<Token> = Vec::new();
    let mut glue = true;
    for line in tables.lines().map(str::trim).chain([""]) {
        if line.is_empty() {
            if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
                let span = Span { start: first.span.start, end: last.span.end };
                let block = sentences.len() as u32;
                sentences.push(Sentence { span, block, tokens: std::mem::take(&mut tokens), names: Vec::new() });
            }
            continue;
        }
        let column: Vec<&str> = line.split_whitespace().collect();
        let (form, next_glue) = match column[0].strip_suffix('~') {
            Some(form) if !form.is_empty() => (form, true),
            _ => (column[0], false),
        };
        if !glue {
            text.push(' ');
        }
        glue = next_glue;
        let start = text.len() as u32;
        text.push_str(form);
        let lemma = if column[1] == "_" { form.to_lowercase() } else { column[1].to_string() };
        let head: u16 = column[3].parse().expect("the fourth column is the head's number");
        tokens.push(Token {
            span: Span { start, end: text.len() as u32 },
            lemma: SmolStr::new(lemma),
            upos: Upos::from_ud(column[2]).expect("the third column is a UD tag"),
            xpos: 0,
            feats: Feats::from_ud(column.get(5).copied().unwrap_or("")),
            head: head.checked_sub(1),
            rel: Rel::from_ud(column[4]),
            sub: Sub::from_ud(column[4]),
        });
    }
    Parsed { text, sentences }
}
