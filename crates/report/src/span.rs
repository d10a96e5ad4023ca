//! Byte positions in a report's stored text.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes, `start..end`, in the stored text of a [`Report`](crate::Report).
///
/// It is written as a pair, `[start, end]`, in every record that carries one. The readers of this
/// crate give only spans whose ends are character boundaries of the text they belong to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`; an `end` before `start` is raised to it, so a span is never negative.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// The span of `start..end` given as `usize`, as slices count.
    ///
    /// # Panics
    /// When an end lies beyond 4 GiB; the readers refuse such texts before it comes to this.
    #[must_use]
    pub fn from_range(range: std::ops::Range<usize>) -> Self {
        let end = |at| u32::try_from(at).expect("texts are kept below 4 GiB by the readers");
        Self::new(end(range.start), end(range.end))
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no bytes.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range for slicing.
    #[must_use]
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The piece of `text` that the span marks; `None` if it lies outside or splits a character.
    #[must_use]
    pub fn get(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// The piece of `text` that the span marks.
    ///
    /// # Panics
    /// When the span lies outside `text` or splits a character: it belongs to another text.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        self.get(text).expect("a span is used with the text it was made for")
    }

    /// Whether `other` lies wholly inside this span.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub const fn cover(self, other: Self) -> Self {
        Self {
            start: if self.start < other.start { self.start } else { other.start },
            end: if self.end > other.end { self.end } else { other.end },
        }
    }

    /// The span moved `by` bytes towards the end: from a block's own offsets to the text's.
    #[must_use]
    pub const fn shifted(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Self::new(start, end)
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn slices_and_refuses() {
        let text = "Vučić said";
        assert_eq!(Span::new(0, 7).slice(text), "Vučić");
        assert_eq!(Span::new(0, 3).get(text), None);
        assert_eq!(Span::new(5, 99).get(text), None);
    }

    #[test]
    fn relations() {
        let (a, b) = (Span::new(2, 6), Span::new(4, 9));
        assert!(a.overlaps(b) && !a.contains(b));
        assert_eq!(a.cover(b), Span::new(2, 9));
        assert!(!Span::new(0, 2).overlaps(a));
        assert_eq!(Span::new(7, 3).len(), 0);
        assert_eq!(Span::new(1, 2).shifted(10), Span::new(11, 12));
    }

    #[test]
    fn written_as_a_pair() {
        let json = serde_json::to_string(&Span::new(812, 1014)).expect("a pair serialises");
        assert_eq!(json, "[812,1014]");
        let back: Span = serde_json::from_str(&json).expect("and comes back");
        assert_eq!(back, Span::new(812, 1014));
    }
}
