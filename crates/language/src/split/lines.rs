//! Line breaks inside a block.

/// What a line break says about the gap it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// None, or one that only wraps a line.
    Wrap,
    /// The line was ended on purpose.
    End,
}

/// Lines longer than this are taken as full when the next one goes on.
const SHORT: usize = 40;

/// Judges the white space `text[from..to]` between two words of the block that starts at `start`.
///
/// An empty line ends a sentence. A single break ends one if the line before is short and the next
/// starts with a capital, a digit or a bullet; else the text is taken as wrapped at a width.
pub(super) fn judge(text: &str, start: usize, from: usize, to: usize) -> Break {
    let gap = &text[from..to];
    let breaks = gap.bytes().filter(|b| *b == b'\n').count() + gap.matches(['\u{2028}', '\u{2029}']).count();
    if breaks == 0 {
        return Break::Wrap;
    }
    if breaks > 1 || gap.contains('\u{2029}') {
        return Break::End;
    }
    let next = text[to..].chars().next().unwrap_or(' ');
    if matches!(next, '•' | '·' | '*' | '-' | '–' | '■' | '►') {
        return Break::End;
    }
    let line = text[start..from].rfind('\n').map_or(from - start, |n| from - start - n - 1);
    if line < SHORT && (next.is_uppercase() || next.is_ascii_digit()) { Break::End } else { Break::Wrap }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks() {
        let at = |text: &str| {
            let from = text.find(['\n', '\r']).expect("a break");
            let to = from + text[from..].find(|c: char| !c.is_whitespace()).expect("a word");
            judge(text, 0, from, to)
        };
        assert_eq!(at("The army said\n\nit would"), Break::End);
        assert_eq!(at("Troops enter town\nThe army said"), Break::End);
        assert_eq!(at("The army said on Monday that its forces had entered\nKidal without a fight"), Break::Wrap);
        assert_eq!(at("The army said\r\nit would"), Break::Wrap);
        assert_eq!(at("Main points:\n- A truce"), Break::End);
    }
}
