//! The CoNLL-U reader: <https://universaldependencies.org/format.html>.

use crate::{Name, Rel, Upos};

/// An annotated sentence.
#[derive(Clone, Debug)]
pub struct Gold {
    /// Its `sent_id`.
    pub id: String,
    /// Whether a paragraph or a document starts with it.
    pub starts_paragraph: bool,
    /// Its words.
    pub words: Vec<GoldWord>,
    /// Its names, where the annotation has that layer.
    pub names: Option<Vec<Name>>,
}

/// An annotated word.
#[derive(Clone, Debug)]
pub struct GoldWord {
    /// The word as the text has it.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Part of speech; `None` where it is none of UD's.
    pub upos: Option<Upos>,
    /// Penn tag.
    pub xpos: String,
    /// Index of the head, `None` for the root.
    pub head: Option<usize>,
    /// Relation to it without its subtype.
    pub rel: Rel,
    /// Whether white space follows in the text.
    pub space_after: bool,
}

/// Why annotated text could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct ReadError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

/// Reads CoNLL-U. Empty nodes are left out; of ranges, only what follows them is read.
///
/// # Errors
/// When a line has not ten columns, or a number is none.
pub fn read_conllu(text: &str) -> Result<Vec<Gold>, ReadError> {
    let mut sentences = Vec::new();
    let mut open = Open::default();
    for (line, content) in (1..).zip(text.lines()) {
        if content.is_empty() {
            sentences.extend(open.close(line)?);
        } else if let Some(comment) = content.strip_prefix('#') {
            open.comment(comment.trim());
        } else {
            open.word(content).map_err(|why| ReadError { line, why })?;
        }
    }
    sentences.extend(open.close(text.lines().count())?);
    Ok(sentences)
}

/// A sentence being read.
#[derive(Default)]
struct Open {
    id: String,
    starts_paragraph: bool,
    words: Vec<GoldWord>,
    /// The last word of the range being read, and whether white space follows it.
    range: Option<(usize, bool)>,
}

impl Open {
    fn comment(&mut self, comment: &str) {
        if let Some(id) = comment.strip_prefix("sent_id = ") {
            id.clone_into(&mut self.id);
        } else if comment.starts_with("newpar") || comment.starts_with("newdoc") {
            self.starts_paragraph = true;
        }
    }

    fn word(&mut self, line: &str) -> Result<(), String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, xpos, _, head, rel, _, misc] = columns[..] else {
            return Err(format!("{} columns, not 10", columns.len()));
        };
        let number = |text: &str| text.parse::<usize>().map_err(|_| format!("`{text}` is no number"));
        let space_after = !misc.split('|').any(|part| part == "SpaceAfter=No");
        if let Some((_, last)) = id.split_once('-') {
            self.range = Some((number(last)?, space_after));
            return Ok(());
        }
        if id.contains('.') {
            return Ok(());
        }
        let id = number(id)?;
        if id != self.words.len() + 1 {
            return Err(format!("word {id} follows word {}", self.words.len()));
        }
        let space_after = match self.range {
            Some((last, after)) if id <= last => id == last && after,
            _ => space_after,
        };
        self.words.push(GoldWord {
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            upos: Upos::from_ud(upos),
            xpos: xpos.to_owned(),
            head: number(head)?.checked_sub(1),
            rel: Rel::from_ud(rel),
            space_after,
        });
        Ok(())
    }

    /// The sentence, if there is one, at its end on `line`.
    fn close(&mut self, line: usize) -> Result<Option<Gold>, ReadError> {
        if self.words.is_empty() {
            return Ok(None);
        }
        let Open { id, starts_paragraph, words, .. } = std::mem::take(self);
        if let Some(word) = words.iter().find(|w| w.head.is_some_and(|h| h >= words.len())) {
            return Err(ReadError { line, why: format!("the head of `{}` is past the sentence's end", word.form) });
        }
        Ok(Some(Gold { id, starts_paragraph, words, names: None }))
    }
}
