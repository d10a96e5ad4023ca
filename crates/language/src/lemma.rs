//! Lemmas: an exception for the word and its part of speech, else the rule that the network chose.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use smol_str::{SmolStr, SmolStrBuilder};

use crate::{ModelError, Upos};

/// The rules in index order and the exceptions by part of speech.
pub(crate) struct Lemmas {
    rules: Vec<Rule>,
    exceptions: Vec<HashMap<SmolStr, SmolStr, FxBuildHasher>>,
}

#[derive(Debug, PartialEq, Eq)]
enum Rule {
    /// `=lemma`.
    Whole(SmolStr),
    /// `low|cut|add`, `cut` in characters.
    Edit { low: bool, cut: usize, add: SmolStr },
}

impl Lemmas {
    /// Reads the rules and the exceptions, a JSON object `{"UPOS\tlowered form": "lemma"}`.
    pub(crate) fn read(rules: &[String], exceptions: &str) -> Result<Self, ModelError> {
        let mut parsed = Vec::new();
        for rule in rules {
            let wrong = || ModelError::metadata("labels.lemma", format!("`{rule}` is no lemma rule"));
            parsed.push(Rule::parse(rule).ok_or_else(wrong)?);
        }
        let wrong = |why: String| ModelError::metadata("lemma.exceptions", why);
        let pairs: HashMap<SmolStr, SmolStr, FxBuildHasher> =
            serde_json::from_str::<Pairs>(exceptions).map_err(|e| wrong(e.to_string()))?.0;
        let mut tables = vec![HashMap::default(); Upos::ALL.len()];
        for (key, lemma) in pairs {
            let found = key.split_once('\t').and_then(|(upos, form)| Some((Upos::from_ud(upos)?, form)));
            let (upos, form) = found.ok_or_else(|| wrong(format!("`{key}` is no part of speech, tab and form")))?;
            tables[upos as usize].insert(SmolStr::new(form), lemma);
        }
        Ok(Self { rules: parsed, exceptions: tables })
    }

    /// How many rules there are.
    pub(crate) fn rules(&self) -> usize {
        self.rules.len()
    }

    /// The lemma of `form`; `lowered` is room for its lower-case form.
    pub(crate) fn lemma(&self, form: &str, upos: Upos, rule: usize, lowered: &mut String) -> SmolStr {
        lower_into(form, lowered);
        if let Some(lemma) = self.exceptions[upos as usize].get(lowered.as_str()) {
            return lemma.clone();
        }
        match &self.rules[rule] {
            Rule::Whole(lemma) => lemma.clone(),
            Rule::Edit { low, cut, add } => {
                let base = if *low { lowered.as_str() } else { form };
                match cut_end(base, *cut) {
                    Some(kept) if add.is_empty() => SmolStr::new(kept),
                    Some(kept) => {
                        let mut lemma = SmolStrBuilder::new();
                        lemma.push_str(kept);
                        lemma.push_str(add);
                        lemma.finish()
                    }
                    None if upos == Upos::Propn => SmolStr::new(form),
                    None => SmolStr::new(lowered),
                }
            }
        }
    }
}

/// Lower-cases `form` into `out`, without allocating for ASCII.
pub(crate) fn lower_into(form: &str, out: &mut String) {
    out.clear();
    if form.is_ascii() {
        out.push_str(form);
        out.make_ascii_lowercase();
    } else {
        out.push_str(&form.to_lowercase());
    }
}

/// `base` without its last `cut` characters; `None` when it has fewer.
fn cut_end(base: &str, cut: usize) -> Option<&str> {
    let mut chars = base.chars();
    for _ in 0..cut {
        chars.next_back()?;
    }
    Some(chars.as_str())
}

impl Rule {
    fn parse(rule: &str) -> Option<Self> {
        if let Some(lemma) = rule.strip_prefix('=')
            && !lemma.is_empty()
        {
            return Some(Self::Whole(SmolStr::new(lemma)));
        }
        let mut parts = rule.splitn(3, '|');
        let low = match parts.next()? {
            "0" => false,
            "1" => true,
            _ => return None,
        };
        let cut = parts.next()?.parse().ok()?;
        Some(Self::Edit { low, cut, add: SmolStr::new(parts.next()?) })
    }
}

/// A JSON object of strings, kept inline where they are short.
struct Pairs(HashMap<SmolStr, SmolStr, FxBuildHasher>);

impl<'de> serde::Deserialize<'de> for Pairs {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Pairs;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of strings")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = HashMap::default();
                while let Some((key, value)) = map.next_entry()? {
                    pairs.insert(key, value);
                }
                Ok(Pairs(pairs))
            }
        }
        from.deserialize_map(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: &str, form: &str, upos: Upos, expected: &str) {
        let exceptions = r#"{"VERB\twent": "go", "NOUN\tmen": "man"}"#;
        let lemmas = Lemmas::read(&[rule.to_owned()], exceptions).expect("a good rule");
        assert_eq!(lemmas.lemma(form, upos, 0, &mut String::new()), expected, "{rule} on {form}");
    }

    #[test]
    fn rules_and_exceptions() {
        check("1|3|", "Attacking", Upos::Verb, "attack");
        check("1|3|y", "Armies", Upos::Noun, "army");
        check("0|0|", "Pristina", Upos::Propn, "Pristina");
        check("1|1||", "a|b", Upos::X, "a||");
        check("=be", "'s", Upos::Aux, "be");
        check("1|3|y", "Went", Upos::Verb, "go");
        check("1|3|y", "Went", Upos::Noun, "wy");
        check("1|1|e", "Çà", Upos::X, "çe");
    }

    #[test]
    fn a_rule_that_does_not_fit_gives_the_form() {
        check("1|4|y", "Its", Upos::Pron, "its");
        check("1|4|y", "EU", Upos::Propn, "EU");
        check("1|3|y", "Its", Upos::Pron, "y");
    }

    #[test]
    fn bad_rules_are_refused() {
        for rule in ["", "=", "2|1|a", "1|x|a", "1|1", "1|-1|a"] {
            assert!(Lemmas::read(&[rule.to_owned()], "{}").is_err(), "{rule:?}");
        }
        assert!(Lemmas::read(&[], r#"{"VERBwent": "go"}"#).is_err());
        assert!(Lemmas::read(&[], r#"{"VERB\twent": 3}"#).is_err());
    }
}
