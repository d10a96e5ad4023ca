//! The dictionary form under which a word is looked up in the codebook.
//!
//! The engine learns its lemmas from some hundred thousand words, in which verbs such as "kidnapped" are rare; a wrong
//! guess ("kidnapp") would hide the event. A lemma that the codebook knows is taken as it is. For another one the
//! irregular forms and the regular endings of English are tried on the word itself, and a form that the codebook
//! knows is taken; where none is, the engine's lemma stays.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::class::logical_lines;
use crate::fault::Faults;

/// Irregular forms, and the lemmas that the codebook knows.
#[derive(Debug, Default)]
pub struct Lemmas {
    irregular: FxHashMap<SmolStr, SmolStr>,
    known: FxHashSet<SmolStr>,
}

impl Lemmas {
    /// Takes in a file of irregular forms; a later file replaces what an earlier one says.
    pub(crate) fn add(&mut self, file: &str, text: &str, faults: &mut Faults) {
        let mut irregular = FxHashMap::default();
        for (line, content) in logical_lines(text) {
            match content.split_whitespace().collect::<Vec<_>>().as_slice() {
                [form, lemma] => {
                    if irregular.insert(SmolStr::new(form), SmolStr::new(lemma)).is_some() {
                        faults.add(file, line, format!("the form `{form}` is here twice"));
                    }
                }
                _ => faults.add(file, line, format!("found `{content}`, expected a form and its dictionary form")),
            }
        }
        self.irregular.extend(irregular);
    }

    pub(crate) fn know(&mut self, lemmas: impl Iterator<Item = SmolStr>) {
        self.known.extend(lemmas);
    }

    /// Whether a pattern or a class has `lemma`.
    pub fn knows(&self, lemma: &str) -> bool {
        self.known.contains(lemma)
    }

    /// The lemma of `form` (lower case), which the engine takes for `lemma` (lower case).
    pub fn of(&self, form: &str, lemma: &str) -> SmolStr {
        if self.known.contains(lemma) {
            return SmolStr::new(lemma);
        }
        if let Some(l) = self.irregular.get(form) {
            return l.clone();
        }
        regular(form).find(|c| self.known.contains(c.as_str())).unwrap_or_else(|| SmolStr::new(lemma))
    }
}

/// Forms that `form` may be a regular inflection of, the likeliest first.
fn regular(form: &str) -> impl Iterator<Item = SmolStr> {
    let mut out: Vec<SmolStr> = Vec::new();
    if !form.is_ascii() {
        return out.into_iter();
    }
    let undouble = |stem: &str| -> Option<SmolStr> {
        let b = stem.as_bytes();
        (b.len() > 2 && b[b.len() - 1] == b[b.len() - 2]).then(|| SmolStr::new(&stem[..stem.len() - 1]))
    };
    for ending in ["ing", "ed"] {
        if let Some(stem) = form.strip_suffix(ending).filter(|s| s.len() > 1) {
            out.push(SmolStr::new(stem));
            out.push(SmolStr::new(format!("{stem}e")));
            out.extend(undouble(stem));
            if let Some(s) = stem.strip_suffix('i') {
                out.push(SmolStr::new(format!("{s}y")));
            }
            if let Some(s) = stem.strip_suffix("ck") {
                out.push(SmolStr::new(format!("{s}c")));
            }
        }
    }
    if let Some(stem) = form.strip_suffix("ies") {
        out.push(SmolStr::new(format!("{stem}y")));
    }
    if let Some(stem) = form.strip_suffix("es") {
        out.push(SmolStr::new(stem));
    }
    if let Some(stem) = form.strip_suffix('s').filter(|s| !s.ends_with('s')) {
        out.push(SmolStr::new(stem));
    }
    out.push(SmolStr::new(form));
    out.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_guess_of_the_engine_is_mended() {
        let mut faults = Faults::default();
        let mut lemmas = Lemmas::default();
        lemmas.add("irregular.txt", "retaken retake\n", &mut faults);
        lemmas.know(["kidnap", "expel", "suspend", "riot", "retake", "deny", "shell"].into_iter().map(SmolStr::new));
        for (form, guess, right) in [
            ("kidnapped", "kidnapp", "kidnap"),
            ("expelled", "expell", "expel"),
            ("suspended", "suspende", "suspend"),
            ("rioting", "riote", "riot"),
            ("retaken", "retaken", "retake"),
            ("denies", "denie", "deny"),
            ("shelled", "shelled", "shell"),
            ("talked", "talk", "talk"),
        ] {
            assert_eq!(lemmas.of(form, guess), right);
        }
        assert_eq!(faults.0, []);
    }
}
