//! Word classes: `@weapon = gun rifle mortar @bomb`, one a line (`dictionaries/classes*.txt`).

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::fault::{Faults, nearest};
use crate::layer::KnowledgeFile;

/// Classes by name, each flattened to its words.
#[derive(Debug, Default)]
pub struct Classes(FxHashMap<SmolStr, FxHashSet<SmolStr>>);

struct Raw {
    file: String,
    layer: u8,
    line: usize,
    words: Vec<SmolStr>,
    takes_in: Vec<SmolStr>,
}

impl Classes {
    /// The words of `name` (without `@`).
    pub fn get(&self, name: &str) -> Option<&FxHashSet<SmolStr>> {
        self.0.get(name)
    }

    /// Whether `word` is in class `name`.
    pub fn has(&self, name: &str, word: &str) -> bool {
        self.0.get(name).is_some_and(|c| c.contains(word))
    }

    /// Every word of every class.
    pub(crate) fn words(&self) -> impl Iterator<Item = SmolStr> {
        self.0.values().flatten().cloned()
    }

    /// The class name nearest to `name`.
    pub(crate) fn hint(&self, name: &str) -> String {
        let mut names: Vec<&str> = self.0.keys().map(SmolStr::as_str).collect();
        names.sort_unstable();
        nearest(name, names).map(|n| format!("; did you mean @{n}?")).unwrap_or_default()
    }

    pub(crate) fn read(files: &[KnowledgeFile<'_>], faults: &mut Faults) -> Self {
        let mut raw: FxHashMap<SmolStr, Raw> = FxHashMap::default();
        for &KnowledgeFile { shown: file, text, layer, .. } in files {
            for (line, content) in logical_lines(text) {
                let Some((name, members)) = content.split_once('=') else {
                    faults.add(file, line, format!("found `{content}`, expected `@name = word word …`"));
                    continue;
                };
                let (name, adds) = name.trim().strip_suffix('+').map_or((name.trim(), false), |n| (n.trim_end(), true));
                let Some(name) = name.strip_prefix('@') else {
                    faults.add(file, line, format!("class name `{}` must begin with @", name.trim()));
                    continue;
                };
                let mut words = Vec::new();
                let mut takes_in = Vec::new();
                for member in members.split_whitespace() {
                    match member.strip_prefix('@') {
                        Some(class) => takes_in.push(SmolStr::new(class)),
                        None => words.push(SmolStr::new(member.to_lowercase())),
                    }
                }
                if adds {
                    match raw.get_mut(name) {
                        Some(old) => {
                            old.words.extend(words);
                            old.takes_in.extend(takes_in);
                        }
                        None => {
                            faults.add(file, line, format!("class @{name} is nowhere yet: `+=` adds to one that is"));
                        }
                    }
                    continue;
                }
                let entry = Raw { file: file.to_owned(), layer, line, words, takes_in };
                if let Some(old) = raw.insert(SmolStr::new(name), entry)
                    && old.layer == layer
                {
                    faults.add(file, line, format!("class @{name} is already defined at {}:{}", old.file, old.line));
                }
            }
        }
        let mut names: Vec<SmolStr> = raw.keys().cloned().collect();
        names.sort();
        let mut flat = Self::default();
        for name in &names {
            let mut words = FxHashSet::default();
            let mut path = vec![name.clone()];
            flatten(name, &raw, &mut words, &mut path, faults);
            flat.0.insert(name.clone(), words);
        }
        flat
    }
}

fn flatten(
    name: &SmolStr,
    raw: &FxHashMap<SmolStr, Raw>,
    words: &mut FxHashSet<SmolStr>,
    path: &mut Vec<SmolStr>,
    faults: &mut Faults,
) {
    let Some(entry) = raw.get(name) else { return };
    words.extend(entry.words.iter().cloned());
    for inner in &entry.takes_in {
        if path.contains(inner) {
            faults.add(&entry.file, entry.line, format!("class @{name} takes itself in through @{inner}"));
        } else if raw.contains_key(inner) {
            path.push(inner.clone());
            flatten(inner, raw, words, path, faults);
            path.pop();
        } else if path.len() == 1 {
            faults.add(&entry.file, entry.line, format!("unknown class @{inner}"));
        }
    }
}

/// Lines without comments and blanks, continued ones joined, each with the number of its first line.
pub(crate) fn logical_lines(text: &str) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.split_once('#').map_or(line, |(code, _)| code).trim();
        let (line, goes_on) = line.strip_suffix('\\').map_or((line, false), |l| (l.trim_end(), true));
        if open {
            if let Some((_, last)) = out.last_mut() {
                last.push(' ');
                last.push_str(line);
            }
        } else if !line.is_empty() {
            out.push((number, line.to_owned()));
        }
        open = goes_on;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_nest_and_circles_are_faults() {
        let mut faults = Faults::default();
        let c = Classes::read(
            &KnowledgeFile::base(&[("f", "@arm = gun @bomb\n@bomb = mine \\\n  grenade # both\n")]),
            &mut faults,
        );
        assert_eq!(faults.0, []);
        assert!(c.has("arm", "grenade") && !c.has("bomb", "gun"));
        let mut faults = Faults::default();
        Classes::read(&KnowledgeFile::base(&[("f", "@a = @b\n@b = @a\n@c = @d")]), &mut faults);
        let lines: Vec<_> = faults.0.iter().map(|f| (f.line, f.message.as_str())).collect();
        assert!(lines.contains(&(3, "unknown class @d")), "{lines:?}");
        assert!(lines.iter().any(|(_, m)| m.contains("takes itself in")));
    }
}
