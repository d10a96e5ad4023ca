//! The lines of a dictionary file without their comments.

/// A line that holds something, with its number from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// From 1.
    pub number: usize,
    /// Without comments; blanks at the start kept, because in actor files they say something.
    pub text: &'t str,
}

/// What besides `#` begins a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comments {
    /// `#` and `<!-- … -->` only.
    Hash,
    /// Also `;`, as in the older actor files.
    HashAndSemicolon,
}

/// The lines of `text` that hold more than comments and blanks.
///
/// `<!-- … -->` may run over several lines; what stands before it on its first line is kept, what follows its end on
/// the same line is not, because the old files put nothing there. `<! --` is taken for `<!--`.
pub fn lines(text: &str, comments: Comments) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    let mut inside = false;
    for (number, raw) in (1..).zip(text.lines()) {
        let raw = raw.strip_prefix('\u{feff}').unwrap_or(raw);
        if inside {
            inside = !raw.contains("-->");
            continue;
        }
        let mut kept = raw;
        if let Some(at) = raw.find("<!--").or_else(|| raw.find("<! --")) {
            inside = !raw[at..].contains("-->");
            kept = &raw[..at];
        }
        let end = kept.find(|c| c == '#' || (c == ';' && comments == Comments::HashAndSemicolon));
        let kept = kept[..end.unwrap_or(kept.len())].trim_end();
        if !kept.trim_start().is_empty() {
            out.push(Line { number, text: kept });
        }
    }
    out
}

/// The next `[…]` of `text`: what stands before it, inside it, and after it.
pub fn bracket(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find('[')?;
    let close = open + text[open..].find(']')?;
    Some((&text[..open], text[open + 1..close].trim(), &text[close + 1..]))
}

#[cfg(test)]
mod tests {
    use super::{Comments, bracket, lines};

    #[test]
    fn comments_of_every_kind_are_left_out() {
        let text = "<!-- a\nb -->\nROHAN [ROH] # riders\n\n# all\nBREE ; inn\n<! -- one -->\n\t[BRE]\n";
        let got: Vec<(usize, &str)> =
            lines(text, Comments::HashAndSemicolon).iter().map(|l| (l.number, l.text)).collect();
        assert_eq!(got, [(3, "ROHAN [ROH]"), (6, "BREE"), (8, "\t[BRE]")]);
    }

    #[test]
    fn a_bracket_that_is_never_closed_is_none() {
        assert_eq!(bracket("A [B] c"), Some(("A ", "B", " c")));
        assert_eq!(bracket("A [B"), None);
    }
}
