//! Transformations of nested events: `a (b . ATTACK) SAY = a b 112`.

use smol_str::SmolStr;

/// What may stand where an actor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A letter: the same actor wherever it stands.
    Letter(char),
    /// `.`: any actor.
    Any,
    /// `_`: no actor.
    Absent,
}

/// The verb of the inner event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inner {
    /// `Q`: any; its code goes through.
    Any,
    /// The base form of a verb.
    Verb(SmolStr),
}

/// A rule that makes one event of two, one said or wanted inside the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transformation {
    /// The outer verb's source.
    pub outer_source: Slot,
    /// The outer verb's base form in upper case.
    pub outer_verb: SmolStr,
    /// The inner source.
    pub inner_source: Slot,
    /// The inner target.
    pub inner_target: Slot,
    /// The inner verb.
    pub inner: Inner,
    /// The new source.
    pub source: Slot,
    /// The new target.
    pub target: Slot,
    /// The new code; none passes the inner one through.
    pub code: Option<SmolStr>,
}

impl Transformation {
    /// Reads what follows `~`.
    ///
    /// # Errors
    /// What was found and what was expected.
    pub fn read(text: &str) -> Result<Self, String> {
        let wrong = || format!("found `~{text}`, expected ~ a (a b VERB) VERB = a b CODE");
        let (left, right) = text.split_once('=').ok_or_else(wrong)?;
        let (outer, rest) = left.split_once('(').ok_or_else(wrong)?;
        let (inner, verb) = rest.split_once(')').ok_or_else(wrong)?;
        let inner: Vec<&str> = inner.split_whitespace().collect();
        let result: Vec<&str> = right.split_whitespace().collect();
        let ([is, it, iv], [s, t, code]) = (inner.as_slice(), result.as_slice()) else { return Err(wrong()) };
        let verb = verb.trim();
        if verb.is_empty() || verb.contains(char::is_whitespace) {
            return Err(wrong());
        }
        let slot = |t: &str| slot(t).ok_or_else(wrong);
        Ok(Self {
            outer_source: slot(outer.trim())?,
            outer_verb: SmolStr::new(verb.to_uppercase()),
            inner_source: slot(is)?,
            inner_target: slot(it)?,
            inner: if *iv == "Q" { Inner::Any } else { Inner::Verb(SmolStr::new(iv.to_uppercase())) },
            source: slot(s)?,
            target: slot(t)?,
            code: (*code != "Q").then(|| SmolStr::new(code)),
        })
    }

    /// The event that the rule makes of the outer source and verb and the inner event; empty codes are absent actors.
    pub fn apply(
        &self,
        outer: (&str, &str),
        inner: (&str, &str, &str),
        code: &str,
    ) -> Option<(SmolStr, SmolStr, SmolStr)> {
        if self.outer_verb != outer.1 || !matches!(&self.inner, Inner::Any) && self.inner != Inner::Verb(inner.2.into())
        {
            return None;
        }
        let mut bound: Vec<(char, &str)> = Vec::new();
        let places = [(self.outer_source, outer.0), (self.inner_source, inner.0), (self.inner_target, inner.1)];
        for (slot, actor) in places {
            match slot {
                Slot::Any => {}
                Slot::Absent if actor.is_empty() => {}
                Slot::Absent => return None,
                Slot::Letter(_) if actor.is_empty() => return None,
                Slot::Letter(c) => match bound.iter().find(|(b, _)| *b == c) {
                    Some((_, same)) if *same == actor => {}
                    Some(_) => return None,
                    None => bound.push((c, actor)),
                },
            }
        }
        let filled = |slot| match slot {
            Slot::Letter(c) => bound.iter().find(|(b, _)| *b == c).map(|(_, a)| SmolStr::new(a)),
            Slot::Any | Slot::Absent => None,
        };
        Some((filled(self.source)?, filled(self.target)?, self.code.clone().unwrap_or_else(|| SmolStr::new(code))))
    }
}

fn slot(text: &str) -> Option<Slot> {
    match text {
        "." => Some(Slot::Any),
        "_" => Some(Slot::Absent),
        _ if text.len() == 1 => text.chars().next().filter(char::is_ascii_alphabetic).map(Slot::Letter),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Transformation;

    #[test]
    fn letters_bind_dots_take_all_and_strokes_take_none() {
        let t = Transformation::read(" a (b . ATTACK) SAY = a b 112").expect("reads");
        let made = t.apply(("A", "SAY"), ("B", "C", "ATTACK"), "190").expect("fits");
        assert_eq!((made.0.as_str(), made.1.as_str(), made.2.as_str()), ("A", "B", "112"));
        assert!(t.apply(("A", "CLAIM"), ("B", "C", "ATTACK"), "190").is_none());
        let same = Transformation::read("a (a b Q) SAY = a b Q").expect("reads");
        assert_eq!(same.apply(("A", "SAY"), ("A", "C", "HELP"), "070").expect("fits").2, "070");
        assert!(same.apply(("A", "SAY"), ("B", "C", "HELP"), "070").is_none());
        let want = Transformation::read("a (_ b ATTACK) WANT = a b 138").expect("reads");
        assert!(want.apply(("A", "WANT"), ("", "B", "ATTACK"), "190").is_some());
    }

    #[test]
    fn what_it_cannot_read_it_says() {
        for bad in ["", "a (a b X SAY = a b 1", "a (a X) SAY = a b 1", "ab (a b X) SAY = a b 1", "a (a b X) = a b 1"] {
            assert!(Transformation::read(bad).is_err(), "{bad}");
        }
    }
}
