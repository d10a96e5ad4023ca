//! Verb patterns, both kinds: linear (PETRARCH-1, TABARI) and by phrases (2.0).

use smol_str::SmolStr;

use super::phrase::words;

/// Event codes: what source did to target, and what target did to source (`[032:033]`). Neither is `---`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// Source to target.
    pub forward: Option<SmolStr>,
    /// Target to source.
    pub reverse: Option<SmolStr>,
}

impl Code {
    /// Reads what stands in the brackets; `---`, `+++` and `###` are no events.
    pub fn read(inside: &str) -> Self {
        let one = |t: &str| {
            let t = t.trim();
            (!t.is_empty() && t.chars().any(char::is_alphanumeric)).then(|| SmolStr::new(t))
        };
        match inside.split_once(':') {
            Some((a, b)) => Self { forward: one(a), reverse: one(b) },
            None => Self { forward: one(inside), reverse: None },
        }
    }

    /// Whether it makes no event.
    pub fn is_null(&self) -> bool {
        self.forward.is_none() && self.reverse.is_none()
    }
}

/// One piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A word.
    Word(SmolStr),
    /// A synonym set, by its index.
    Synset(u32),
    /// `$`: the source stands here.
    Source,
    /// `+`: the target stands here.
    Target,
    /// `%`: a joined actor stands here and is both sides.
    Joined,
    /// `^`: any actor, passed over.
    Skip,
}

/// An item and whether it must follow the one before it without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// What.
    pub item: Item,
    /// Whether it follows directly (`_`).
    pub glued: bool,
}

/// A part of a 2.0 pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A word, set or actor.
    One(Item),
    /// `{ECONOMIC HELP}`: words of one noun phrase, the last its head.
    Phrase(Vec<Item>),
    /// `(WITH {PEACE PLAN})`: a preposition, or several, and what its phrase holds.
    Prep {
        /// `WITH`, `OUT OF`.
        preps: Vec<Item>,
        /// What the phrase holds.
        inner: Vec<Part>,
    },
}

/// What a pattern asks of the words around its verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Words in order before and after the verb; gaps where nothing is glued.
    Linear {
        /// Before the verb, in text order; `glued` on an item links it to the next one, the last to the verb.
        before: Vec<Linked>,
        /// After the verb, in text order; `glued` links to the item before, the first to the verb.
        after: Vec<Linked>,
    },
    /// Phrases on the source's side and on the object's side, in no order.
    Phrases {
        /// Before `*`.
        before: Vec<Part>,
        /// After `*`.
        after: Vec<Part>,
    },
}

/// A pattern of a verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// What it asks for.
    pub shape: Shape,
    /// What it codes.
    pub code: Code,
    /// How many words, sets and actors it asks for: the more, the earlier it is tried.
    pub weight: usize,
    /// Which file, by its place in the list of files.
    pub file: u32,
    /// The line.
    pub line: u32,
}

/// Finds a synonym set by the start of a text: its index and how many bytes its name takes.
pub type FindSet<'f> = dyn Fn(&str) -> Option<(u32, usize)> + 'f;

/// Reads the words of a linear pattern (without code).
///
/// # Errors
/// What was found and what was expected.
pub fn linear(text: &str, sets: &FindSet) -> Result<Shape, String> {
    let (mut before, mut after) = (Vec::<Linked>::new(), Vec::<Linked>::new());
    let mut seen = false;
    // A gap closes when `_` stands between two items, or ends the word before.
    let mut glued = false;
    for word in text.split_whitespace() {
        let mut rest = word;
        let mut first = true;
        while !rest.is_empty() {
            if let Some(r) = rest.strip_prefix('_') {
                (rest, glued, first) = (r, true, false);
                continue;
            }
            let link = glued || !first;
            glued = false;
            if let Some(r) = rest.strip_prefix('*') {
                if seen {
                    return Err("found a second `*`, expected one verb".into());
                }
                // The link of the verb to the word before it is kept on that word.
                if let Some(last) = before.last_mut() {
                    last.glued = link;
                }
                (rest, seen) = (r, true);
                first = false;
                continue;
            }
            let (items, length) = item(rest, sets)?;
            for (n, one) in items.into_iter().enumerate() {
                let linked = link || n > 0;
                if seen {
                    after.push(Linked { item: one, glued: linked });
                } else {
                    if let Some(last) = before.last_mut() {
                        last.glued = linked;
                    }
                    before.push(Linked { item: one, glued: false });
                }
            }
            rest = &rest[length..];
            first = false;
        }
        // `WAS_ *`: a final `_` links to the next word; a space does not.
        if !word.ends_with('_') {
            glued = false;
        }
    }
    if seen { Ok(Shape::Linear { before, after }) } else { Err("found no `*`, expected one for the verb".into()) }
}

/// Reads one item at the start of `text` and how many bytes it takes. A word with an apostrophe or hyphen gives several.
fn item(text: &str, sets: &FindSet) -> Result<(Vec<Item>, usize), String> {
    let c = text.chars().next().unwrap_or(' ');
    Ok(match c {
        '$' => (vec![Item::Source], 1),
        '+' => (vec![Item::Target], 1),
        '%' => (vec![Item::Joined], 1),
        '^' => (vec![Item::Skip], 1),
        '&' => {
            let Some((set, length)) = sets(&text[1..]) else {
                return Err(format!("found the set `{text}`, which is not defined"));
            };
            (vec![Item::Synset(set)], length + 1)
        }
        _ => {
            let end = text
                .char_indices()
                .find(|(i, c)| *i > 0 && matches!(c, '_' | '*' | '$' | '+' | '%' | '^' | '&'))
                .map_or(text.len(), |(i, _)| i);
            let items: Vec<Item> = words(&text[..end]).into_iter().map(Item::Word).collect();
            if items.is_empty() {
                return Err(format!("found `{text}`, expected a word, &SET, $, +, % or ^"));
            }
            (items, end)
        }
    })
}

/// Reads the words of a 2.0 pattern (without code).
///
/// # Errors
/// What was found and what was expected.
pub fn phrases(text: &str, sets: &FindSet) -> Result<Shape, String> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut seen = false;
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if let Some(r) = rest.strip_prefix('*') {
            if seen {
                return Err("found a second `*`, expected one verb".into());
            }
            (seen, rest) = (true, r.trim_start());
            continue;
        }
        let side = if seen { &mut after } else { &mut before };
        rest = part(rest, sets, side)?.trim_start();
    }
    if seen { Ok(Shape::Phrases { before, after }) } else { Err("found no `*`, expected one for the verb".into()) }
}

fn part<'t>(text: &'t str, sets: &FindSet, out: &mut Vec<Part>) -> Result<&'t str, String> {
    let closed = |open: char, close: char| {
        text.find(close)
            .map(|end| (&text[1..end], &text[end + 1..]))
            .ok_or_else(|| format!("found `{open}` without `{close}`"))
    };
    match text.chars().next() {
        Some('{') => {
            let (inside, rest) = closed('{', '}')?;
            out.push(Part::Phrase(items(inside, sets)?));
            Ok(rest)
        }
        Some('(') => {
            let (inside, rest) = closed('(', ')')?;
            let inside = inside.trim();
            // The first word is the preposition, with those right after it that are prepositions too.
            let mut preps = Vec::new();
            let mut left = inside;
            while let Some(word) = left.split_whitespace().next() {
                let is_prep = preps.is_empty() || PREPOSITIONS.contains(&word);
                if !is_prep || word.starts_with(['{', '(', '$', '+', '^', '%']) {
                    break;
                }
                preps.extend(items(word, sets)?);
                left = left[word.len()..].trim_start();
            }
            if preps.is_empty() {
                return Err(format!("found `({inside})`, expected a preposition first"));
            }
            let mut inner = Vec::new();
            while !left.is_empty() {
                left = part(left, sets, &mut inner)?.trim_start();
            }
            out.push(Part::Prep { preps, inner });
            Ok(rest)
        }
        Some(')' | '}') => Err(format!("found `{}` that was not opened", &text[..1])),
        _ => {
            let end = text
                .char_indices()
                .find(|(_, c)| c.is_whitespace() || matches!(c, '{' | '(' | ')' | '}'))
                .map_or(text.len(), |(i, _)| i);
            let word = &text[..end];
            let mut found = items(word, sets)?;
            // `WAR_CRIME` is one phrase.
            out.push(match found.len() {
                1 => Part::One(found.remove(0)),
                _ => Part::Phrase(found),
            });
            Ok(&text[end..])
        }
    }
}

const PREPOSITIONS: &[&str] = &["OF", "TO", "FROM", "WITH", "ON", "IN", "AT", "BY", "FOR", "INTO", "AGAINST"];

fn items(text: &str, sets: &FindSet) -> Result<Vec<Item>, String> {
    let mut out = Vec::new();
    for word in text.split_whitespace() {
        let mut rest = word.trim_matches('_');
        while !rest.is_empty() {
            if let Some(r) = rest.strip_prefix('_') {
                rest = r;
                continue;
            }
            let (found, length) = item(rest, sets)?;
            out.extend(found);
            rest = &rest[length..];
        }
    }
    if out.is_empty() { Err(format!("found `{text}`, expected words")) } else { Ok(out) }
}

impl Shape {
    /// How many words, sets and actors it asks for.
    pub fn weight(&self) -> usize {
        fn part(p: &Part) -> usize {
            match p {
                Part::One(_) => 1,
                Part::Phrase(items) => items.len(),
                Part::Prep { preps, inner } => preps.len() + inner.iter().map(part).sum::<usize>(),
            }
        }
        match self {
            Self::Linear { before, after } => before.len() + after.len(),
            Self::Phrases { before, after } => before.iter().chain(after).map(part).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Item, Part, Shape, linear, phrases};

    fn none(text: &str) -> Option<(u32, usize)> {
        text.starts_with("ARMS").then_some((7, 4))
    }

    #[test]
    fn links_of_linear_patterns() {
        let Shape::Linear { before, after } = linear("SAID + IN_* TO_ THE_ARMY", &none).expect("reads") else {
            panic!("a linear pattern")
        };
        let glued = |l: &[super::Linked]| l.iter().map(|x| x.glued).collect::<Vec<_>>();
        assert_eq!(glued(&before), [false, false, true]);
        assert_eq!(glued(&after), [false, true, true]);
        assert!(linear("A B", &none).is_err() && linear("* *", &none).is_err() && linear("* &X", &none).is_err());
    }

    #[test]
    fn phrases_prepositions_and_particles() {
        let Shape::Phrases { before, after } =
            phrases("$ * OFF {NEW &ARMS} (OUT OF {THE DEAL}) (WITH +)", &none).expect("reads")
        else {
            panic!("a pattern of phrases")
        };
        assert_eq!(before, [Part::One(Item::Source)]);
        assert_eq!(after.len(), 4);
        assert!(matches!(&after[1], Part::Phrase(i) if i[1] == Item::Synset(7)));
        assert!(matches!(&after[2], Part::Prep { preps, inner } if preps.len() == 2 && inner.len() == 1));
        assert!(matches!(&after[3], Part::Prep { inner, .. } if inner[0] == Part::One(Item::Target)));
        for bad in ["* {A", "* (IN", "* )", "A", "* ()", "* {}"] {
            assert!(phrases(bad, &none).is_err(), "{bad}");
        }
    }

    #[test]
    fn codes_and_pairs() {
        assert!(Code::read("---").is_null() && Code::read("+++").is_null());
        assert_eq!(Code::read(":173").reverse.as_deref(), Some("173"));
        assert_eq!(Code::read("032:033").forward.as_deref(), Some("032"));
    }
}
