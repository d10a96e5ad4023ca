//! What is wrong with a filter, and where.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

/// Something wrong in a filter's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The bytes of the filter's text that are meant; both ends lie between characters. Empty at the end of the text
    /// where something is missing there.
    pub span: Range<usize>,
    /// What was found and what was expected, without a full stop at its end.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}

impl Fault {
    pub(crate) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn hint_if(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }

    /// Three lines: the line of `text` that holds the fault, carets under the characters that are meant, and the
    /// message with its hint. `text` is the text that was parsed.
    pub fn render(&self, text: &str) -> String {
        let start = floor(text, self.span.start);
        let end = floor(text, self.span.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |n| n + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |n| start + n);
        let line: String = text[line_start..line_end].chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let before = text[line_start..start].chars().count();
        let under = text[start..end.min(line_end)].chars().count().max(1);
        format!("{line}\n{}{}\n{self}", " ".repeat(before), "^".repeat(under))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}

/// All of `faults` as [`Fault::render`] shows them, with an empty line between.
pub fn render(text: &str, faults: &[Fault]) -> String {
    faults.iter().map(|f| f.render(text)).collect::<Vec<_>>().join("\n\n")
}

/// The last place between characters at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}
