//! Reads the files of `dictionaries/actors/`.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::dates::Dates;
use super::fold::Case;
use super::model::{Entry, EntryKind, Form, Role, RoleFlags, SECTORS, Source, Term};
use super::{Actors, people, words};
use crate::fault::{Faults, nearest};
use crate::layer::KnowledgeFile;
use std::cell::RefCell;
use std::cmp::Ordering;

/// What the lines of a file are, said by its first line `kind …`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FileKind {
    Roles,
    Surnames,
    Countries,
    Ethnic,
    Codes,
    Places,
    Flat(EntryKind),
    People,
}

/// Reading order: what others refer to comes first.
const KINDS: [(&str, FileKind); 13] = [
    ("roles", FileKind::Roles),
    ("surnames", FileKind::Surnames),
    ("countries", FileKind::Countries),
    ("codes", FileKind::Codes),
    ("ethnic", FileKind::Ethnic),
    ("places", FileKind::Places),
    ("bodies", FileKind::Flat(EntryKind::Body)),
    ("groups", FileKind::Flat(EntryKind::Group)),
    ("forces", FileKind::Flat(EntryKind::Force)),
    ("parties", FileKind::Flat(EntryKind::Party)),
    ("companies", FileKind::Flat(EntryKind::Company)),
    ("media", FileKind::Flat(EntryKind::Media)),
    ("people", FileKind::People),
];

/// A line with its place.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    file: &'t str,
    /// Index of `file` in [`Actors::files`].
    id: u16,
    pub(super) layer: u8,
    number: usize,
    text: &'t str,
}

/// A term said before: entry, whether it may be another's too, line.
#[derive(Clone, Copy)]
pub(super) struct Said {
    entry: u32,
    shared: bool,
    pub(super) term: u32,
    source: Source,
}

pub(super) struct Reader<'f> {
    pub(super) actors: Actors,
    faults: &'f mut Faults,
    /// Where each term was said before, by hash of its pieces and form.
    pub(super) said: FxHashMap<(u64, Form), Vec<Said>>,
    /// The sectors of titles looked up.
    titles: RefCell<FxHashMap<SmolStr, Option<SmolStr>>>,
    pub(super) common: FxHashSet<SmolStr>,
    pub(super) surnames: Vec<(u32, SmolStr, Source)>,
    /// Codes that lines refer to before they need be known.
    referred: Vec<(String, usize, SmolStr)>,
    /// The layer of each file.
    pub(super) layers: Vec<u8>,
    /// The layer of each role.
    pub(super) role_layers: Vec<u8>,
}

pub(super) fn read(files: &[KnowledgeFile<'_>], faults: &mut Faults) -> Actors {
    let mut sorted: Vec<(FileKind, u8, &str, Vec<Line<'_>>)> = Vec::new();
    let mut actors = Actors::default();
    // A term for every twenty bytes or so.
    let size = files.iter().map(|f| f.text.len()).sum::<usize>() / 20;
    actors.terms.reserve(size);
    actors.name_trie.reserve(size);
    for (id, &KnowledgeFile { shown: file, text, layer, .. }) in files.iter().enumerate() {
        actors.files.push(SmolStr::new(file));
        let mut lines: Vec<Line<'_>> = Vec::new();
        for (i, raw) in text.lines().enumerate() {
            let text = raw.split('#').next().unwrap_or("").trim();
            if !text.is_empty() {
                lines.push(Line { file, id: id as u16, layer, number: i + 1, text });
            }
        }
        let Some(first) = lines.first().copied() else { continue };
        let kind = first.text.strip_prefix("kind ").map(str::trim);
        match kind.and_then(|k| KINDS.iter().find(|(n, _)| *n == k)) {
            Some((_, kind)) => sorted.push((*kind, layer, file, lines.split_off(1))),
            None => faults.add(file, first.number, "the first line says what the file holds: `kind countries`, …"),
        }
    }
    sorted.sort_by_key(|(kind, layer, file, _)| (KINDS.iter().position(|(_, k)| k == kind), *layer, *file));
    let mut reader = Reader {
        actors,
        faults,
        said: FxHashMap::with_capacity_and_hasher(size, rustc_hash::FxBuildHasher),
        titles: RefCell::default(),
        common: FxHashSet::default(),
        surnames: Vec::new(),
        referred: Vec::new(),
        layers: files.iter().map(|f| f.layer).collect(),
        role_layers: Vec::new(),
    };
    for (kind, _, _, lines) in &sorted {
        reader.file(*kind, lines);
    }
    reader.add_surnames();
    reader.check_references();
    reader.actors
}

pub(super) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|i| !i.is_empty())
}

/// A hash of folded pieces; an acronym is another than a word of the same letters.
pub(super) fn hash_of(key: &[(u32, Case)]) -> u64 {
    let acronym = key.len() == 1 && key[0].1 == Case::All;
    let step = |hash: u64, &(symbol, _): &(u32, Case)| {
        (hash ^ (u64::from(symbol) * 2 + u64::from(acronym))).wrapping_mul(0x0100_0000_01b3)
    };
    key.iter().fold(0xcbf2_9ce4_8422_2325_u64, step)
}

impl Line<'_> {
    fn source(self) -> Source {
        Source { file: self.id, line: self.number as u32 }
    }
}

impl Reader<'_> {
    pub(super) fn fault(&mut self, line: Line<'_>, message: impl Into<String>) {
        self.faults.add(line.file, line.number, message);
    }

    /// "line 12", "groups.txt:12".
    fn place(&self, line: Line<'_>, source: Source) -> String {
        if source.file == line.id {
            return format!("line {}", source.line);
        }
        format!("{}:{}", self.actors.files[source.file as usize], source.line)
    }

    fn file(&mut self, kind: FileKind, lines: &[Line<'_>]) {
        let mut owner: Option<u32> = None;
        for &line in lines {
            // A role without a sector begins with a dash too, and has words after a colon.
            if let Some(what) = line.text.strip_prefix("- ")
                && !(kind == FileKind::Roles && what.contains(':'))
            {
                self.take_away(kind, line, what.trim(), owner);
                continue;
            }
            match kind {
                FileKind::Roles => self.roles(line),
                FileKind::Surnames => {
                    self.common.extend(items(line.text).map(|s| SmolStr::new(s.to_lowercase())));
                }
                FileKind::Countries => self.country(line, &mut owner),
                FileKind::Codes => self.codes(line),
                FileKind::Ethnic => self.ethnic(line),
                FileKind::Places => self.places(line),
                FileKind::Flat(kind) => self.flat(kind, line),
                FileKind::People => self.person(line, &mut owner),
            }
        }
    }

    fn sector(&mut self, line: Line<'_>, word: &str) -> Option<SmolStr> {
        if word == "-" {
            return None;
        }
        if !SECTORS.contains(&word) {
            let hint = nearest(word, SECTORS).map(|n| format!(", did you mean `{n}`?")).unwrap_or_default();
            self.fault(line, format!("`{word}` is no sector{hint}"));
        }
        Some(SmolStr::new(word))
    }

    /// The ISO3 code `word`, which must be a country's.
    fn country_code(&mut self, line: Line<'_>, word: &str) -> Option<SmolStr> {
        if word == "-" {
            return None;
        }
        if self.actors.by_code(word).is_none_or(|e| e.kind != EntryKind::Country) {
            let known: Vec<SmolStr> = self.actors.entries.iter().map(|e| e.code.clone()).collect();
            let hint = nearest(word, known.iter().map(SmolStr::as_str)).map(|n| format!(", did you mean `{n}`?"));
            self.fault(line, format!("`{word}` is no country of countries.txt{}", hint.unwrap_or_default()));
        }
        Some(SmolStr::new(word))
    }

    fn entry(&mut self, line: Line<'_>, mut entry: Entry) -> u32 {
        entry.source = line.source();
        let id = self.actors.entries.len() as u32;
        if !entry.code.is_empty() && entry.kind != EntryKind::Place {
            self.replace_code(&entry.code, line.layer);
        }
        if !entry.code.is_empty()
            && entry.kind != EntryKind::Place
            && self.actors.coded.insert(entry.code.clone(), id).is_some()
        {
            self.fault(line, format!("the code `{}` is used twice", entry.code));
        }
        self.actors.entries.push(entry);
        id
    }

    /// Adds `text` (perhaps `~TEXT` for a known ambiguity, `TEXT=SECTOR`) as a way of naming `entry`.
    fn term(&mut self, line: Line<'_>, entry: u32, form: Form, text: &str, plural: bool) {
        let (text, shared) = match text.strip_prefix('~') {
            Some(rest) => (rest.trim(), true),
            // A people's word may also be a state's adjective ("Albanians"): readers choose by what stands beside it.
            None => (text, self.actors.entries[entry as usize].kind == EntryKind::Ethnic),
        };
        let (text, sector) = match text.split_once('=') {
            Some((t, s)) => (t.trim(), self.sector(line, s.trim())),
            None => (text, None),
        };
        let key = self.actors.symbols.intern(text);
        if key.is_empty() {
            self.fault(line, format!("`{text}` has no letters"));
            return;
        }
        let acronym = key.len() == 1 && key[0].1 == Case::All;
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let least: Vec<Case> = key
            .iter()
            .map(|&(_, case)| match case {
                Case::All if acronym && (letters < 4 || super::WORDS_TOO.contains(&text.to_lowercase().as_str())) => {
                    Case::All
                }
                Case::All => Case::First,
                other => other,
            })
            .collect();
        let hash = hash_of(&key);
        let before = self.said.entry((hash, form)).or_default();
        if let Some(b) = before.iter().find(|b| b.entry == entry).copied() {
            if !form.is_surname() && self.layers[b.source.file as usize] == line.layer {
                let at = self.place(line, b.source);
                self.fault(line, format!("`{text}` is said twice of the same entry (before, {at})"));
            }
            return;
        }
        if !form.is_surname()
            && !shared
            && let Some(b) = before.iter().find(|b| !b.shared).copied()
        {
            match self.layers[b.source.file as usize].cmp(&line.layer) {
                // An overlay's name is no longer that of another below it.
                Ordering::Less => self.forget_term(b.term),
                Ordering::Greater => return,
                Ordering::Equal => {
                    let name = self.actors.entries[b.entry as usize].name.clone();
                    let at = self.place(line, b.source);
                    self.fault(
                        line,
                        format!("`{text}` already names `{name}` ({at}): mark both `~` if it can be either"),
                    );
                    return;
                }
            }
        }
        let term = self.actors.terms.len() as u32;
        self.said.entry((hash, form)).or_default().push(Said { entry, shared, term, source: line.source() });
        let value = self.actors.terms.len() as u32;
        self.actors.terms.push(Term { entry, text: SmolStr::new(text), form, sector, plural, source: line.source() });
        let cases = if least.iter().all(|c| *c == Case::Lower) { Vec::new() } else { least };
        self.actors.name_trie.insert(&key, value, cases.into_boxed_slice());
    }

    fn roles(&mut self, line: Line<'_>) {
        let Some((head, words)) = line.text.split_once(':') else {
            self.fault(line, "a line of roles is `SECTOR flag flag: word, word`");
            return;
        };
        let mut head = head.split_whitespace();
        let sector = head.next().unwrap_or("-");
        let sector = self.sector(line, sector);
        let mut bits = 0;
        for flag in head {
            match RoleFlags::NAMES.iter().find(|(n, _)| *n == flag) {
                Some((_, bit)) => bits |= bit,
                None => self.fault(line, format!("`{flag}` is no flag of a role")),
            }
        }
        for item in items(words) {
            let (one, many) = match item.split_once('/') {
                Some((one, many)) => (one, (!many.is_empty()).then(|| many.to_owned())),
                None if bits & RoleFlags::MODIFIER != 0 => (item, None),
                None => (item, Some(words::plural(item))),
            };
            if line.layer > 0 {
                self.forget_role(one, line.layer);
            }
            let id = self.actors.roles.len() as u32;
            self.role_layers.push(line.layer);
            self.actors.roles.push(Role { words: SmolStr::new(one), sector: sector.clone(), flags: RoleFlags(bits) });
            for (text, value) in [(Some(one.to_owned()), id * 2), (many, id * 2 + 1)] {
                let Some(text) = text else { continue };
                let key = self.actors.symbols.intern(&text);
                if self.actors.role_trie.at(&key).is_empty() {
                    self.actors.role_trie.insert(&key, value, Box::default());
                } else if one != text || value % 2 == 0 {
                    self.fault(line, format!("the role `{text}` is said twice"));
                }
            }
        }
    }

    fn country(&mut self, line: Line<'_>, owner: &mut Option<u32>) {
        if let Some(code) = line.text.strip_prefix("country ") {
            let code = code.trim();
            if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
                self.fault(line, format!("`{code}` is no ISO 3166-1 alpha-3 code"));
            }
            // An overlay goes on with the country of the base.
            if line.layer > 0
                && let Some(&known) = self.actors.coded.get(code)
            {
                *owner = Some(known);
                return;
            }
            let entry = Entry {
                country: Some(SmolStr::new(code)),
                sector: Some(SmolStr::new_static("GOV")),
                ..Entry::new(EntryKind::Country, code, code)
            };
            *owner = Some(self.entry(line, entry));
            return;
        }
        let (Some(entry), Some((key, values))) = (*owner, line.text.split_once(':')) else {
            self.fault(line, "expected `country CODE` or `key: value, value`");
            return;
        };
        let key = self.country_key(line, entry, key);
        if key == "names"
            && let Some(first) = items(values).next()
        {
            self.actors.entries[entry as usize].name = SmolStr::new(first.trim_start_matches('~'));
        }
        if key == "within" {
            let state = self.country_code(line, values.trim());
            let entry = &mut self.actors.entries[entry as usize];
            entry.country = state;
            entry.sector = Some(SmolStr::new_static("PRE"));
            return;
        }
        for item in items(values) {
            match key {
                "names" => self.term(line, entry, Form::Name, item, false),
                "adjectives" => {
                    self.term(line, entry, Form::Adjective, item, false);
                    if let Some(people) = words::people_of(item) {
                        self.term(line, entry, Form::People, &people, true);
                    }
                }
                "people" => {
                    let plural = item.ends_with('s') || item.ends_with("men") || item.ends_with("women");
                    self.term(line, entry, Form::People, item, plural);
                }
                "capital" => self.term(line, entry, Form::Capital, item, false),
                "seats" => self.term(line, entry, Form::Seat, item, false),
                "places" => self.term(line, entry, Form::Place, item, false),
                _ => {
                    self.fault(line, format!("`{key}` is no key of a country"));
                    return;
                }
            }
        }
    }

    fn codes(&mut self, line: Line<'_>) {
        let code = line.text.split([' ', ':']).next().unwrap_or("");
        self.country_code(line, code);
        if line.layer > 0 {
            self.actors.crosswalk.remove(code);
        }
        let from = self.actors.crosswalk.line(line.text, line.file, line.number, self.faults);
        if let Some(from) = from {
            self.country_code(line, &from);
        }
        let dates = self.actors.crosswalk.state(code).map(|s| s.dates);
        if let (Some(&id), Some(dates)) = (self.actors.coded.get(code), dates) {
            self.actors.entries[id as usize].dates = dates;
        }
    }

    fn ethnic(&mut self, line: Line<'_>) {
        let Some((head, names)) = line.text.split_once(':') else {
            self.fault(line, "a line of ethnic groups is `code [state XXX] [in XXX]: name, name`");
            return;
        };
        let words: Vec<&str> = head.split_whitespace().collect();
        let mut entry = Entry {
            sector: Some(SmolStr::new_static("CVL")),
            ..Entry::new(EntryKind::Ethnic, words.first().copied().unwrap_or(""), items(names).next().unwrap_or(""))
        };
        for pair in words[1.min(words.len())..].chunks(2) {
            match pair {
                ["state", code] => entry.bond = self.country_code(line, code),
                ["in", code] => entry.country = self.country_code(line, code),
                _ => self.fault(line, format!("expected `state XXX` or `in XXX`, found `{}`", pair.join(" "))),
            }
        }
        if entry.code.len() != 3 || !entry.code.bytes().all(|b| b.is_ascii_lowercase()) {
            self.fault(line, format!("`{}` is no code of three small letters", entry.code));
        }
        let id = self.entry(line, entry);
        for item in items(names) {
            match item.strip_suffix("=adj") {
                Some(adjective) => self.term(line, id, Form::Adjective, adjective, false),
                None => self.term(line, id, Form::People, item, item.ends_with('s')),
            }
        }
    }

    fn places(&mut self, line: Line<'_>) {
        let Some((code, names)) = line.text.split_once(':') else {
            self.fault(line, "a line of places is `XXX: name, name`");
            return;
        };
        let country = self.country_code(line, code.trim());
        for item in items(names) {
            let entry = Entry { country: country.clone(), ..Entry::new(EntryKind::Place, code.trim(), item) };
            let id = self.entry(line, entry);
            self.term(line, id, Form::Place, item, false);
        }
    }

    fn flat(&mut self, kind: EntryKind, line: Line<'_>) {
        let Some((head, names)) = line.text.split_once(':') else {
            self.fault(line, "expected `CODE COUNTRY SECTOR: name, name`");
            return;
        };
        let words: Vec<&str> = head.split_whitespace().collect();
        let [code, country, sector, rest @ ..] = words.as_slice() else {
            self.fault(line, format!("expected `CODE COUNTRY SECTOR`, found `{head}`"));
            return;
        };
        let mut entry = Entry {
            country: self.country_code(line, country),
            sector: self.sector(line, sector),
            ..Entry::new(kind, code, items(names).next().unwrap_or(""))
        };
        let mut rest = rest.iter();
        while let Some(word) = rest.next() {
            match *word {
                range if range.contains("..") => {
                    entry.dates = Dates::read(range, code, line.file, line.number, self.faults);
                }
                "under" | "ally" => {
                    let codes: Vec<SmolStr> =
                        rest.next().into_iter().flat_map(|c| items(c)).map(SmolStr::new).collect();
                    if codes.is_empty() || codes.iter().any(|c| c == *code) {
                        self.fault(line, format!("`{word}` needs the code of another, or several joined by commas"));
                    }
                    for c in &codes {
                        self.referred.push((line.file.to_owned(), line.number, c.clone()));
                    }
                    let list = if *word == "under" { &mut entry.under } else { &mut entry.allies };
                    list.extend(codes);
                }
                _ => self.fault(line, format!("expected `FROM..TO`, `under CODE` or `ally CODE`, found `{word}`")),
            }
        }
        let id = self.entry(line, entry);
        for item in items(names) {
            self.term(line, id, Form::Name, item, false);
        }
    }

    fn person(&mut self, line: Line<'_>, owner: &mut Option<u32>) {
        if let Some(code) = line.text.strip_prefix("of ") {
            *owner = self.actors.coded.get(code.trim()).copied();
            if owner.is_none() {
                self.fault(line, format!("`{}` is no country, body or group", code.trim()));
            }
            return;
        }
        let Some(of) = *owner else {
            self.fault(line, "expected `of CODE` before the first person");
            return;
        };
        let actors = &self.actors;
        // "acting prime minister": as the prime minister.
        let bare = |title: &str| {
            ["acting ", "interim ", "caretaker "].iter().find_map(|w| title.strip_prefix(w).map(str::to_owned))
        };
        // A thousand people were prime minister: each title is looked up once.
        let titles = &self.titles;
        let sector_of = |title: &str| {
            if let Some(known) = titles.borrow().get(title) {
                return known.clone();
            }
            let role = actors.role(title).or_else(|| actors.role(&bare(title)?));
            let sector = role.and_then(|r| r.sector.clone());
            titles.borrow_mut().insert(SmolStr::new(title), sector.clone());
            sector
        };
        let Some(person) = people::person(line.text, line.file, line.number, &sector_of, self.faults) else { return };
        let owner = &self.actors.entries[of as usize];
        let bond = (owner.kind != EntryKind::Country).then(|| owner.code.clone());
        let entry = Entry {
            country: owner.country.clone(),
            sector: Some(person.offices[0].sector.clone()),
            bond,
            female: person.female,
            offices: person.offices,
            ..Entry::new(EntryKind::Person, "", person.names[0])
        };
        self.replace_person(&entry, line.layer);
        let id = self.entry(line, entry);
        for name in &person.names {
            self.term(line, id, Form::Name, name, false);
        }
        let words: Vec<&str> = person.names[0].split_whitespace().collect();
        if let [first, .., last] = words.as_slice() {
            if words.len() > 2 {
                let short = format!("{first} {last}");
                let known = person.names.iter().any(|n| *n == short);
                if !known {
                    self.term(line, id, Form::Surname, &short, false);
                }
            }
            self.surnames.push((id, SmolStr::new(*last), line.source()));
        }
    }

    /// Surnames alone, where no stronger term and no everyday name stands in the way.
    fn add_surnames(&mut self) {
        for (id, name, source) in std::mem::take(&mut self.surnames) {
            let layer = self.layers[source.file as usize];
            let line = Line { file: "", id: source.file, layer, number: source.line as usize, text: "" };
            let key = self.actors.symbols.intern(&name);
            let taken = self.actors.name_trie.at(&key).iter().any(|l| {
                let term = &self.actors.terms[l.value as usize];
                term.entry == id || !matches!(term.form, Form::Surname | Form::Titled)
            });
            if taken {
                continue;
            }
            let common = name.chars().count() < 3 || self.common.contains(name.to_lowercase().as_str());
            self.term(line, id, if common { Form::Titled } else { Form::Surname }, &name, false);
        }
    }

    /// Codes after `under` and `ally` must be somebody's, and nobody may be under himself.
    fn check_references(&mut self) {
        for (file, line, code) in std::mem::take(&mut self.referred) {
            if self.actors.by_code(&code).is_none() {
                let known = self.actors.coded.keys().map(SmolStr::as_str);
                let hint = nearest(&code, known).map(|n| format!(", did you mean `{n}`?")).unwrap_or_default();
                self.faults.add(&file, line, format!("`{code}` is nobody's code{hint}"));
            }
        }
        for entry in &self.actors.entries {
            let mut above: Vec<&SmolStr> = entry.under.iter().collect();
            let mut at = 0;
            while let Some(code) = above.get(at).copied() {
                if *code == entry.code {
                    let file = &self.actors.files[entry.source.file as usize];
                    self.faults.add(file, entry.source.line as usize, format!("`{code}` is under itself"));
                    break;
                }
                for next in self.actors.by_code(code).map_or(&[][..], |e| &e.under) {
                    if !above.contains(&next) {
                        above.push(next);
                    }
                }
                at += 1;
            }
        }
    }
}
