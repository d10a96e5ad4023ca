//! Plain text to pieces: which lines belong together.
//!
//! Blank lines always separate. Within a run of lines, a text set in columns (wire copy, e-mail) is
//! joined back into paragraphs, and in any other text a line is a paragraph. Whether a text is set in
//! columns is told once for the whole text, from the widths of its lines.

use crate::clean::{is_blank, is_invisible, tidy_into};
use crate::furniture;
use crate::parts::ends_in_initials;

/// A piece of a report before it is known what part it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its words, tidied.
    pub text: String,
    /// How many lines it stood on.
    pub lines: u32,
    /// What the mark-up says it is.
    pub role: Role,
}

/// What a piece is by its mark-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Plain text says nothing.
    Unknown,
    /// The headline, given beside the text.
    Title,
    /// Marked as the standfirst.
    Standfirst,
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// Furniture by its mark-up, with the reason.
    Furniture(&'static str),
}

impl Piece {
    pub(crate) fn new(text: String, role: Role) -> Self {
        Self { text, lines: 1, role }
    }
}

struct Line<'a> {
    raw: &'a str,
    /// Characters of white space before the first word.
    indent: usize,
    /// Characters up to the last word.
    width: usize,
}

/// Splits a text into its pieces, in order.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let lines: Vec<Line<'_>> = Lines { rest: text }.map(measure).collect();
    let column = column_width(&lines);
    let capitals = column.is_some() && !lines.iter().take(200).any(|line| line.raw.chars().any(char::is_lowercase));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open = false;
    for (at, line) in lines.iter().enumerate() {
        if line.width == 0 {
            open = false;
            continue;
        }
        let fresh = pieces.last().is_some_and(|piece| piece.lines == 1);
        let joins = open && belongs(&lines[at - 1], line, column, fresh, capitals);
        match pieces.last_mut() {
            Some(piece) if joins => {
                // A word broken at the line's end keeps its hyphen and loses the space.
                let broken = piece.text.ends_with('-') && !piece.text.ends_with(" -") && !piece.text.ends_with("--");
                if broken && line.raw.trim_start().starts_with(char::is_alphabetic) {
                    let mut rest = String::new();
                    tidy_into(&mut rest, line.raw);
                    piece.text.push_str(&rest);
                } else {
                    tidy_into(&mut piece.text, line.raw);
                }
                piece.lines += 1;
            }
            _ => {
                let mut words = String::new();
                tidy_into(&mut words, line.raw);
                if !words.is_empty() {
                    pieces.push(Piece::new(words, Role::Unknown));
                }
            }
        }
        open = true;
    }
    pieces
}

/// Whether `line`, straight after `before`, goes on with the same paragraph. `fresh` says that `before`
/// is all there is of it, `capitals` that the text has no small letters to go by.
fn belongs(before: &Line<'_>, line: &Line<'_>, column: Option<usize>, fresh: bool, capitals: bool) -> bool {
    let first = line.raw.trim_start();
    let goes_on = first.starts_with(char::is_lowercase);
    let ended = ends_sentence(before.raw);
    // Within a paragraph a line may hold any words; only at its start can one be furniture.
    if (fresh && furniture::stands_alone(before.raw)) || ((fresh || ended) && furniture::stands_alone(line.raw)) {
        return false;
    }
    match column {
        Some(_) if line.indent >= before.indent + 2 => false,
        Some(column) => {
            let word = first.split_whitespace().next().map_or(0, |word| word.chars().count());
            // The next word would not have fitted: the break is the column's, not the writer's.
            let full = (before.width + 1 + word) * 10 >= column * 9;
            full || goes_on || (!ended && (capitals || before.width * 2 >= column))
        }
        None => goes_on && !ended && before.width >= 30,
    }
}

/// Whether a line ends as a sentence does, quotation marks and brackets aside.
fn ends_sentence(raw: &str) -> bool {
    let bare = raw.trim_end().trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    bare.ends_with(['.', '?', '!', ':', ';', '…']) && !ends_in_initials(bare)
}

/// The column a text is set in; `None` when its lines are paragraphs.
fn column_width(lines: &[Line<'_>]) -> Option<usize> {
    let inner: Vec<&Line<'_>> =
        lines.windows(2).filter(|pair| pair[0].width > 0 && pair[1].width > 0).map(|pair| &pair[0]).collect();
    if inner.len() < 2 {
        return None;
    }
    let mut widths: Vec<usize> = inner.iter().map(|line| line.width).collect();
    widths.sort_unstable();
    let column = widths[(widths.len() - 1) * 9 / 10];
    let full = widths.iter().filter(|width| **width * 10 >= column * 7).count();
    let ended = inner.iter().filter(|line| ends_sentence(line.raw)).count();
    ((40..=120).contains(&column) && full * 10 >= widths.len() * 6 && ended * 10 < inner.len() * 7).then_some(column)
}

fn measure(raw: &str) -> Line<'_> {
    let kept = raw.trim_end();
    if kept.is_empty() || (kept.len() < 200 && (is_rule(kept) || is_blank(kept))) {
        return Line { raw: "", indent: 0, width: 0 };
    }
    let width = if kept.is_ascii() {
        kept.len()
    } else {
        kept.chars().filter(|letter| !is_invisible(*letter) || *letter == '\t').count()
    };
    Line { raw: kept, indent: kept.chars().take_while(|letter| letter.is_whitespace()).count(), width }
}

/// A line that only separates: `-----`, `* * *`, `___`.
fn is_rule(line: &str) -> bool {
    line.chars()
        .all(|letter| matches!(letter, '-' | '_' | '=' | '*' | '~' | '•' | '·' | '#' | '+' | '—' | '–' | ' ' | '\t'))
}

/// Lines by every line break Unicode knows, `\r\n` counting once.
struct Lines<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let Some(at) = self.rest.find(is_break) else {
            return Some(std::mem::take(&mut self.rest));
        };
        let (line, after) = self.rest.split_at(at);
        let length = if after.starts_with("\r\n") { 2 } else { after.chars().next().map_or(1, char::len_utf8) };
        self.rest = &after[length..];
        Some(line)
    }
}

fn is_break(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::pieces;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = pieces(text).into_iter().map(|piece| piece.text).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn blank_lines_and_breaks() {
        check("", &[]);
        check("\n\n \t\n", &[]);
        check("One\r\n\r\nTwo\r\n", &["One", "Two"]);
        check("One\rTwo\u{2029}Three\u{c}Four", &["One", "Two", "Three", "Four"]);
        check("One\n-----\nTwo\n\n* * *\n\nThree", &["One", "Two", "Three"]);
    }

    #[test]
    fn columns_are_joined() {
        check(
            "The army said on Monday that three soldiers had been killed in\n\
             the north of the country, and that it would answer in a well-\n\
             known way.\n\
             \n\
             A spokesman for the rebels denied it, and said that none of their\n\
             men had been near.\n",
            &[
                "The army said on Monday that three soldiers had been killed in the north of the country, and that it would answer in a well-known way.",
                "A spokesman for the rebels denied it, and said that none of their men had been near.",
            ],
        );
    }

    #[test]
    fn indented_paragraphs_in_columns() {
        check(
            "   The army said on Monday that three soldiers had been killed in\n\
             the north of the country, and that it would answer.\n\
             \x20  A spokesman for the rebels denied it, and said that none of their\n\
             men had been near the village when the shots were fired there.\n",
            &[
                "The army said on Monday that three soldiers had been killed in the north of the country, and that it would answer.",
                "A spokesman for the rebels denied it, and said that none of their men had been near the village when the shots were fired there.",
            ],
        );
    }

    #[test]
    fn lines_that_are_paragraphs() {
        check(
            "Talks fail\nThe talks failed on Monday.\nBoth sides blamed the other, as they had done before.\nNo date was set.",
            &[
                "Talks fail",
                "The talks failed on Monday.",
                "Both sides blamed the other, as they had done before.",
                "No date was set.",
            ],
        );
        let long = "The army said on Monday that three soldiers had been killed in the north of the country, and that it would answer soon enough, as it always does.";
        check(&format!("{long}\n{long}\n{long}"), &[long, long, long]);
    }
}
