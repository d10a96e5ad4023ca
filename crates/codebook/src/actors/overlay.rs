//! What an overlay takes away or puts in the place of what a lower layer says.
//!
//! A line of the same code, person or role replaces the lower layer's; `- CODE`, `- CODE: name, name` and `- name` take
//! away. The format is described in `docs/actors.md`.

use smol_str::SmolStr;

use super::model::{Entry, EntryKind, Form, Term};
use super::read::{FileKind, Line, Reader, hash_of, items};

impl Reader<'_> {
    /// The line `- what` of an overlay.
    pub(super) fn take_away(&mut self, kind: FileKind, line: Line<'_>, what: &str, owner: Option<u32>) {
        if line.layer == 0 {
            self.fault(line, "only an overlay takes lines away");
            return;
        }
        let mut missing: Vec<&str> = Vec::new();
        match kind {
            FileKind::Flat(_) | FileKind::Ethnic | FileKind::Codes => {
                let (code, names) = what.split_once(':').map_or((what, None), |(c, n)| (c.trim(), Some(n)));
                let Some(&id) = self.actors.coded.get(code) else {
                    self.fault(line, format!("`{code}` is nobody's code: nothing to take away"));
                    return;
                };
                match names {
                    Some(names) => missing.extend(items(names).filter(|n| !self.forget_name(id, n))),
                    None if kind == FileKind::Codes => self.actors.crosswalk.remove(code),
                    None => self.forget_entry(id),
                }
            }
            FileKind::Countries => {
                let Some(id) = owner else {
                    self.fault(line, "expected `country CODE` before the names to take away");
                    return;
                };
                missing.extend(items(what).filter(|n| !self.forget_name(id, n)));
            }
            FileKind::Places | FileKind::People => {
                let kind = if kind == FileKind::Places { EntryKind::Place } else { EntryKind::Person };
                for name in items(what) {
                    let found = self.bearers(name, kind);
                    if found.is_empty() {
                        missing.push(name);
                    }
                    for id in found {
                        self.forget_entry(id);
                    }
                }
            }
            FileKind::Roles => missing.extend(items(what).filter(|w| !self.forget_role(w, u8::MAX))),
            FileKind::Surnames => {
                missing.extend(items(what).filter(|n| !self.common.remove(n.to_lowercase().as_str())));
            }
        }
        for name in missing {
            self.fault(line, format!("`{name}` is not there: nothing to take away"));
        }
    }

    /// The entries of `kind` that `name` names.
    fn bearers(&mut self, name: &str, kind: EntryKind) -> Vec<u32> {
        let key = self.actors.symbols.intern(name);
        let leaves = self.actors.name_trie.at(&key).iter().map(|l| self.actors.terms[l.value as usize].entry);
        leaves.filter(|&e| self.actors.entries[e as usize].kind == kind).collect()
    }

    /// Takes a term out of all lookups.
    pub(super) fn forget_term(&mut self, term: u32) {
        let Term { text, form, .. } = self.actors.terms[term as usize].clone();
        let key = self.actors.symbols.intern(&text);
        self.actors.name_trie.remove(&key, term);
        if let Some(said) = self.said.get_mut(&(hash_of(&key), form)) {
            said.retain(|s| s.term != term);
        }
        self.actors.terms[term as usize].text = SmolStr::default();
    }

    /// Takes away the terms that `which` picks; whether there were any.
    fn forget_terms(&mut self, which: impl Fn(&Term) -> bool) -> bool {
        let terms = self.actors.terms.iter().zip(0u32..);
        let gone: Vec<u32> = terms.filter(|(t, _)| !t.text.is_empty() && which(t)).map(|(_, i)| i).collect();
        for &t in &gone {
            self.forget_term(t);
        }
        !gone.is_empty()
    }

    fn forget_name(&mut self, entry: u32, name: &str) -> bool {
        self.forget_terms(|t| t.entry == entry && t.text == name)
    }

    /// Takes an entry out of all lookups.
    fn forget_entry(&mut self, id: u32) {
        self.forget_terms(|t| t.entry == id);
        self.surnames.retain(|(e, ..)| *e != id);
        let code = self.actors.entries[id as usize].code.clone();
        if self.actors.coded.get(&code) == Some(&id) {
            self.actors.coded.remove(&code);
        }
    }

    /// An entry of a lower layer makes room for another of its code.
    pub(super) fn replace_code(&mut self, code: &str, layer: u8) {
        if layer > 0
            && let Some(&old) = self.actors.coded.get(code)
            && self.layer_of(old) < layer
        {
            self.forget_entry(old);
        }
    }

    /// A person of a lower layer makes room for another of that name and country.
    pub(super) fn replace_person(&mut self, person: &Entry, layer: u8) {
        if layer == 0 {
            return;
        }
        for old in self.bearers(&person.name, EntryKind::Person) {
            let other = &self.actors.entries[old as usize];
            let same = other.name == person.name && other.country == person.country && other.bond == person.bond;
            if same && self.layer_of(old) < layer {
                self.forget_entry(old);
            }
        }
    }

    /// The role `word` of a layer below `layer` makes room; whether there was one.
    pub(super) fn forget_role(&mut self, word: &str, layer: u8) -> bool {
        let one = word.split('/').next().unwrap_or(word);
        let key = self.actors.symbols.intern(one);
        let Some(role) = self.actors.role_trie.at(&key).first().map(|l| l.value / 2) else { return false };
        if self.role_layers[role as usize] >= layer {
            return false;
        }
        self.actors.role_trie.remove(&key, role * 2);
        let plural = self.actors.symbols.intern(&super::words::plural(one));
        self.actors.role_trie.remove(&plural, role * 2 + 1);
        true
    }

    /// The key of a country's line in an overlay: `names` replaces the base's, `names+` adds to them.
    pub(super) fn country_key<'k>(&mut self, line: Line<'_>, entry: u32, key: &'k str) -> &'k str {
        if let Some(adds) = key.strip_suffix('+') {
            if line.layer == 0 {
                self.fault(line, format!("`{key}` adds to a base: only an overlay does"));
            }
            return adds.trim_end();
        }
        let form = match key {
            _ if self.layer_of(entry) >= line.layer => return key,
            "names" => Form::Name,
            "adjectives" => Form::Adjective,
            "people" => Form::People,
            "capital" => Form::Capital,
            "seats" => Form::Seat,
            "places" => Form::Place,
            _ => return key,
        };
        let layers = self.layers.clone();
        self.forget_terms(|t| t.entry == entry && t.form == form && layers[t.source.file as usize] < line.layer);
        key
    }

    fn layer_of(&self, entry: u32) -> u8 {
        self.layers[self.actors.entries[entry as usize].source.file as usize]
    }
}
