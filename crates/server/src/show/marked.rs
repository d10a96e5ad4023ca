//! Text with stretches of it marked: spans may nest, touch and overlap, and no letter is lost or told twice.

use maud::{Markup, html};

/// A stretch to be marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it is in the style sheet, behind `m-`: `actor`, `verb`, `recipient`, `place`, `date`, `number`, `voice`.
    pub class: &'static str,
    /// What it is in words.
    pub label: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// A piece of marked text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Plain words: first byte and one past the last.
    Words(usize, usize),
    /// A marked stretch: its index, whether this is its beginning, and what stands in it. A stretch that overlaps another
    /// comes in several parts, of which one is its beginning.
    Mark(usize, bool, Vec<Node>),
}

/// Lays stretches over the bytes from `start` to `end`. What lies outside is cut off, what is empty is left out, and of two
/// that are alike the first stays. A stretch holds those that lie in it; of two that overlap the earlier goes on whole and
/// the later is cut where the earlier ends.
pub fn nodes(start: usize, end: usize, stretches: &[Stretch]) -> Vec<Node> {
    let mut open: Vec<Part> = Vec::new();
    for (index, s) in stretches.iter().enumerate() {
        let part = Part { index, start: s.start.max(start), end: s.end.min(end), first: s.start >= start };
        let known = open.iter().any(|p| {
            let o = &stretches[p.index];
            (o.start, o.end, o.class) == (s.start, s.end, s.class)
        });
        if part.start < part.end && !known {
            open.push(part);
        }
    }
    lay(start, end, open)
}

#[derive(Clone, Copy)]
struct Part {
    index: usize,
    start: usize,
    end: usize,
    first: bool,
}

fn lay(start: usize, end: usize, mut parts: Vec<Part>) -> Vec<Node> {
    let mut out = Vec::new();
    let mut at = start;
    // The outermost that comes first; of those over the same bytes the one that is named first.
    while let Some(next) = parts.iter().copied().min_by_key(|p| (p.start, std::cmp::Reverse(p.end), p.index)) {
        if at < next.start {
            out.push(Node::Words(at, next.start));
        }
        let mut inside = Vec::new();
        let mut after = Vec::new();
        for part in parts.into_iter().filter(|p| p.index != next.index) {
            if part.start < next.end {
                inside.push(Part { end: part.end.min(next.end), ..part });
            }
            if part.end > next.end {
                let first = part.first && part.start >= next.end;
                after.push(Part { start: part.start.max(next.end), first, ..part });
            }
        }
        out.push(Node::Mark(next.index, next.first, lay(next.start, next.end, inside)));
        at = next.end;
        parts = after;
    }
    if at < end {
        out.push(Node::Words(at, end));
    }
    out
}

/// The text from `start` to `end` with its stretches marked; both must lie on characters' borders, and a stretch that does
/// not is left out.
pub fn text(text: &str, start: usize, end: usize, stretches: &[Stretch]) -> Markup {
    let whole = |s: &&Stretch| text.get(s.start..s.end).is_some();
    let sound: Vec<Stretch> = stretches.iter().filter(whole).cloned().collect();
    draw(text, &nodes(start, end, &sound), &sound, false)
}

fn draw(text: &str, list: &[Node], stretches: &[Stretch], linked: bool) -> Markup {
    html! {
        @for node in list {
            @match node {
                Node::Words(a, b) => (text.get(*a..*b).unwrap_or("")),
                Node::Mark(index, first, inside) => {
                    @let s = &stretches[*index];
                    mark.{ "m-" (s.class) } {
                        // A link cannot hold another.
                        @match s.href.as_deref().filter(|_| !linked) {
                            Some(href) => a href=(href) { (draw(text, inside, stretches, true)) },
                            None => (draw(text, inside, stretches, linked)),
                        }
                        @if *first && !s.label.is_empty() {
                            span.m-label { span.visually-hidden { " (" } (s.label) span.visually-hidden { ")" } }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(start: usize, end: usize, class: &'static str) -> Stretch {
        Stretch { start, end, class, label: class.to_owned(), href: None }
    }

    /// For each byte the indices of the stretches that hold it, and which stretches began where.
    fn covered(list: &[Node], within: &mut Vec<usize>, out: &mut Vec<(usize, Vec<usize>)>, begun: &mut Vec<usize>) {
        for node in list {
            match node {
                Node::Words(a, b) => {
                    assert!(a < b, "no empty words");
                    for at in *a..*b {
                        let mut now = within.clone();
                        now.sort_unstable();
                        out.push((at, now));
                    }
                }
                Node::Mark(index, first, inside) => {
                    assert!(!inside.is_empty(), "no empty marks");
                    if *first {
                        begun.push(*index);
                    }
                    within.push(*index);
                    covered(inside, within, out, begun);
                    within.pop();
                }
            }
        }
    }

    #[test]
    fn any_spans_keep_every_letter_once_and_mark_just_their_own() {
        let classes = ["actor", "verb", "recipient", "place"];
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = move |below: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed % below as u64) as usize
        };
        for _ in 0..3000 {
            let (length, from) = (1 + next(24), next(6));
            let (start, end) = (from, from + length);
            let list: Vec<Stretch> = (0..next(7))
                .map(|_| {
                    let a = next(end + 4);
                    stretch(a, a + next(9), classes[next(4)])
                })
                .collect();
            let (mut out, mut begun) = (Vec::new(), Vec::new());
            covered(&nodes(start, end, &list), &mut Vec::new(), &mut out, &mut begun);
            let bytes: Vec<usize> = out.iter().map(|(at, _)| *at).collect();
            assert_eq!(bytes, (start..end).collect::<Vec<_>>(), "every byte once, in order: {list:?}");
            let kept: Vec<usize> = (0..list.len())
                .filter(|&i| {
                    let same = |s: &Stretch| (s.start, s.end, s.class) == (list[i].start, list[i].end, list[i].class);
                    list.iter().position(same) == Some(i)
                })
                .collect();
            for (at, within) in &out {
                let expected: Vec<usize> =
                    kept.iter().copied().filter(|&i| (list[i].start..list[i].end).contains(at)).collect();
                assert_eq!(*within, expected, "byte {at} of {list:?}");
            }
            begun.sort_unstable();
            let expected: Vec<usize> = kept
                .iter()
                .copied()
                .filter(|&i| list[i].start >= start && list[i].start < end && list[i].end > list[i].start)
                .collect();
            assert_eq!(begun, expected, "each begins once: {list:?}");
        }
    }

    #[test]
    fn overlapping_marks_are_cut_and_text_is_escaped() {
        let words = "a <b> & c";
        let drawn = text(words, 0, words.len(), &[stretch(0, 5, "actor"), stretch(2, 9, "voice")]).into_string();
        let plain = drawn
            .replace("<span class=\"visually-hidden\"> (</span>", "")
            .replace("<span class=\"visually-hidden\">)</span>", "");
        assert_eq!(
            plain,
            "<mark class=\"m-actor\">a <mark class=\"m-voice\">&lt;b&gt;<span class=\"m-label\">voice</span></mark>\
             <span class=\"m-label\">actor</span></mark><mark class=\"m-voice\"> &amp; c</mark>"
        );
    }

    #[test]
    fn a_span_inside_a_letter_is_left_out() {
        let drawn = text("Đakovica", 0, "Đakovica".len(), &[stretch(1, 3, "place")]).into_string();
        assert_eq!(drawn, "Đakovica");
    }
}
