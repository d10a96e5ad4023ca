//! Event patterns: which predicate with which dependents is which event (`dictionaries/events/*.txt`).
//!
//! The format is described in `docs/patterns.md`.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::class::{Classes, logical_lines};
use crate::fault::{Faults, nearest};
use crate::layer::KnowledgeFile;
use crate::ontology::{CameoTable, EventType, check_mode, parse_type, read_contexts};

/// Part of speech of a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pos {
    /// Verb.
    Verb,
    /// Noun.
    Noun,
    /// Adjective.
    Adj,
}

/// A dependent's place beside its predicate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Described in docs/patterns.md.
pub enum Slot {
    Subj,
    Obj,
    Iobj,
    Xcomp,
    Ccomp,
    Advcl,
    Prt,
    Poss,
    Mod,
    Neg,
    Aux,
    /// A dependent with one of these prepositions.
    Prep(Box<[SmolStr]>),
}

/// Slots to follow one after the other.
pub type Path = Box<[Slot]>;

/// What may fill a slot.
#[derive(Clone, Debug, Default)]
pub struct Filler {
    /// Any of these lemmas.
    pub words: FxHashSet<SmolStr>,
    /// Anything of these kinds.
    pub kinds: Vec<FillerKind>,
    /// How narrow it is: 2 lemmas, 1 classes or kinds.
    narrow: u8,
}

/// Kinds of filler that are no word list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Described in docs/patterns.md.
pub enum FillerKind {
    Actor,
    Person,
    Place,
    Number,
    Armed,
    Civil,
    /// A predicate of one of these event types (bits of [`EventType::bit`]).
    Event(u16),
}

/// One condition of a pattern.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Turned round by `!`.
    pub negated: bool,
    /// Where to look.
    pub path: Path,
    /// What must be there; none: anything.
    pub filler: Option<Filler>,
}

/// What becomes of events inside the complement of this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// They are what this event is about, and no claims.
    Drop,
    /// They stay claims.
    Keep,
}

/// One pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Stem of its file (`assault`).
    pub file: SmolStr,
    /// Line in it.
    pub line: usize,
    /// What must hold.
    pub conditions: Vec<Condition>,
    /// The type; none for `NONE`.
    pub event: Option<EventType>,
    /// The mode.
    pub mode: Option<SmolStr>,
    /// The CAMEO code.
    pub cameo: Option<SmolStr>,
    /// Where the actor may be; none: the default slots.
    pub actor: Option<Vec<Path>>,
    /// Where the recipient may be; none: the default slots.
    pub recipient: Option<Vec<Path>>,
    /// Both sides do it.
    pub reciprocal: bool,
    /// PLOVER contexts.
    pub contexts: Vec<SmolStr>,
    /// A fixed factuality in place of `asserted`.
    pub fixed: Option<SmolStr>,
    /// What becomes of events inside it.
    pub content: Content,
    /// Needs known parties.
    pub weak: bool,
    /// The layer it comes from: an overlay's patterns are tried before the base's.
    pub layer: u8,
    /// Order of trial: higher first.
    rank: (usize, usize),
}

/// Patterns by lemma and part of speech, the most specific first.
#[derive(Debug, Default)]
pub struct Patterns {
    all: Vec<Pattern>,
    by_lemma: FxHashMap<SmolStr, Vec<(Pos, u32)>>,
    /// Types that a lemma can code, as bits.
    types: FxHashMap<(SmolStr, Pos), u16>,
}

impl Patterns {
    /// The patterns of a predicate, in the order in which they are to be tried.
    pub fn of<'p>(&'p self, lemma: &str, pos: Pos) -> impl Iterator<Item = &'p Pattern> + use<'p> {
        let list = self.by_lemma.get(lemma).map_or(&[][..], Vec::as_slice);
        list.iter().filter(move |(p, _)| *p == pos).map(|&(_, i)| &self.all[i as usize])
    }

    /// The event types that `lemma` can code without or with conditions, as bits of [`EventType::bit`].
    pub fn types(&self, lemma: &str, pos: Pos) -> u16 {
        self.types.get(&(SmolStr::new(lemma), pos)).copied().unwrap_or(0)
    }

    /// Every lemma that has a pattern, and every word that fills a slot of one.
    pub(crate) fn lemmas(&self) -> impl Iterator<Item = SmolStr> {
        let fillers =
            self.all.iter().flat_map(|p| &p.conditions).filter_map(|c| c.filler.as_ref()).flat_map(|f| &f.words);
        self.by_lemma.keys().chain(fillers).cloned()
    }

    /// All patterns, in file order.
    pub fn all(&self) -> &[Pattern] {
        &self.all
    }

    pub(crate) fn read(
        files: &[KnowledgeFile<'_>],
        classes: &Classes,
        cameo: &CameoTable,
        faults: &mut Faults,
    ) -> Self {
        let mut out = Self::default();
        let mut seen: FxHashMap<String, (String, usize)> = FxHashMap::default();
        for &KnowledgeFile { shown: file, text, layer, .. } in files {
            for (line, content) in logical_lines(text) {
                let mut reader = LineReader { file, line, classes, cameo, faults };
                let Some((lemmas, pos, mut pattern, key)) = reader.read(&content) else { continue };
                pattern.layer = layer;
                let index = out.all.len() as u32;
                for lemma in lemmas {
                    let key = format!("{layer} {lemma} {pos:?} {key}");
                    if let Some((f, l)) = seen.get(&key) {
                        faults.add(file, line, format!("`{lemma}` with these conditions is already coded at {f}:{l}"));
                        continue;
                    }
                    seen.insert(key, (file.to_owned(), line));
                    if let Some(e) = pattern.event {
                        *out.types.entry((lemma.clone(), pos)).or_default() |= e.bit();
                    }
                    out.by_lemma.entry(lemma).or_default().push((pos, index));
                }
                out.all.push(pattern);
            }
        }
        for list in out.by_lemma.values_mut() {
            list.sort_by_key(|&(_, i)| {
                let Pattern { layer, rank: (conditions, narrow), .. } = out.all[i as usize];
                (std::cmp::Reverse(layer), std::cmp::Reverse(conditions), std::cmp::Reverse(narrow), i)
            });
        }
        out
    }
}

struct LineReader<'a> {
    file: &'a str,
    line: usize,
    classes: &'a Classes,
    cameo: &'a CameoTable,
    faults: &'a mut Faults,
}

impl LineReader<'_> {
    fn fault<T>(&mut self, message: String) -> Option<T> {
        self.faults.add(self.file, self.line, message);
        None
    }

    fn read(&mut self, content: &str) -> Option<(Vec<SmolStr>, Pos, Pattern, String)> {
        let Some((left, right)) = content.split_once("=>") else {
            return self
                .fault(format!("found `{content}`, expected `LEMMAS POS [CONDITION …] => EVENT [key=value …]`"));
        };
        let mut words = left.split_whitespace();
        let lemmas = self.lemmas(words.next().unwrap_or(""))?;
        let pos = match words.next() {
            Some("v") => Pos::Verb,
            Some("n") => Pos::Noun,
            Some("a") => Pos::Adj,
            other => {
                return self.fault(format!("part of speech `{}`, expected v, n or a", other.unwrap_or("")));
            }
        };
        let mut keys: Vec<&str> = words.collect();
        let conditions: Vec<Condition> = keys.iter().map(|c| self.condition(c)).collect::<Option<_>>()?;
        if let Some(why) = never(&conditions) {
            return self.fault(format!("this can never match: {why}"));
        }
        keys.sort_unstable();
        let narrow: usize = conditions.iter().map(|c| 1 + c.filler.as_ref().map_or(0, |f| f.narrow as usize)).sum();
        let mut right = right.split_whitespace();
        let Some(event) = right.next() else {
            return self.fault("no event after `=>`".to_owned());
        };
        let (name, mode) = event.split_once('/').map_or((event, None), |(e, m)| (e, Some(m)));
        let event = if name == "NONE" { None } else { Some(parse_type(self.file, self.line, name, self.faults)?) };
        if let (Some(e), Some(m)) = (event, mode) {
            check_mode(self.file, self.line, e, m, self.faults);
        }
        let speech = [
            EventType::Request,
            EventType::Threaten,
            EventType::Agree,
            EventType::Reject,
            EventType::Accuse,
            EventType::Support,
            EventType::Consult,
            EventType::Concede,
        ];
        let mut pattern = Pattern {
            file: SmolStr::new(self.file.rsplit('/').next().unwrap_or(self.file).trim_end_matches(".txt")),
            line: self.line,
            rank: (conditions.len(), narrow),
            conditions,
            event,
            mode: mode.map(SmolStr::new),
            cameo: None,
            actor: None,
            recipient: None,
            reciprocal: false,
            contexts: Vec::new(),
            fixed: None,
            content: if event.is_some_and(|e| speech.contains(&e)) { Content::Drop } else { Content::Keep },
            weak: false,
            layer: 0,
        };
        for pair in right {
            self.key(pair, &mut pattern)?;
        }
        Some((lemmas, pos, pattern, keys.join(" ")))
    }

    fn lemmas(&mut self, list: &str) -> Option<Vec<SmolStr>> {
        let mut out = Vec::new();
        for lemma in list.split('|') {
            if let Some(class) = lemma.strip_prefix('@') {
                let Some(words) = self.classes.get(class) else {
                    let hint = self.classes.hint(class);
                    return self.fault(format!("unknown class @{class}{hint}"));
                };
                let mut words: Vec<_> = words.iter().cloned().collect();
                words.sort();
                out.extend(words);
            } else if lemma.is_empty() || lemma.chars().any(char::is_uppercase) {
                return self.fault(format!("lemma `{lemma}` must be a lower-case word"));
            } else {
                out.push(SmolStr::new(lemma));
            }
        }
        Some(out)
    }

    fn key(&mut self, pair: &str, pattern: &mut Pattern) -> Option<()> {
        let Some((key, value)) = pair.split_once('=') else {
            return self.fault(format!("found `{pair}`, expected key=value"));
        };
        match (key, value) {
            ("cameo", code) => {
                let Some(entry) = self.cameo.get(code) else {
                    return self.fault(format!("unknown CAMEO code `{code}`"));
                };
                if entry.event.is_none() && pattern.event.is_some() {
                    return self.fault(format!("CAMEO {code} is a statement, which is no event"));
                }
                pattern.cameo = Some(SmolStr::new(code));
            }
            ("actor", "-") => pattern.actor = Some(Vec::new()),
            ("recipient", "-") => pattern.recipient = Some(Vec::new()),
            ("actor", slots) => pattern.actor = Some(self.paths(slots)?),
            ("recipient", slots) => pattern.recipient = Some(self.paths(slots)?),
            ("recip", "yes") => pattern.reciprocal = true,
            ("weak", "yes") => pattern.weak = true,
            ("content", "drop") => pattern.content = Content::Drop,
            ("content", "keep") => pattern.content = Content::Keep,
            ("context", list) => {
                pattern.contexts = read_contexts(self.file, self.line, list, self.faults);
            }
            ("as", word) => {
                let known = ["asserted", "denied", "negated", "announced", "disavowed", "hypothetical", "background"];
                if !known.contains(&word) {
                    return self.fault(format!("unknown factuality `{word}`; one of {}", known.join(", ")));
                }
                pattern.fixed = Some(SmolStr::new(word));
            }
            _ => {
                let known = ["cameo", "actor", "recipient", "recip", "context", "as", "content", "weak"];
                let hint = nearest(key, known).filter(|n| *n != key).map(|n| format!("; did you mean {n}?"));
                return self.fault(format!("unknown setting `{pair}`{}", hint.unwrap_or_default()));
            }
        }
        Some(())
    }

    fn paths(&mut self, list: &str) -> Option<Vec<Path>> {
        list.split(',').map(|p| self.path(p)).collect()
    }

    fn path(&mut self, path: &str) -> Option<Path> {
        path.split('.').map(|s| self.slot(s)).collect()
    }

    fn slot(&mut self, name: &str) -> Option<Slot> {
        Some(match name {
            "subj" => Slot::Subj,
            "obj" => Slot::Obj,
            "iobj" => Slot::Iobj,
            "xcomp" => Slot::Xcomp,
            "ccomp" => Slot::Ccomp,
            "advcl" => Slot::Advcl,
            "prt" => Slot::Prt,
            "poss" => Slot::Poss,
            "mod" => Slot::Mod,
            "neg" => Slot::Neg,
            "aux" => Slot::Aux,
            _ => match name.strip_prefix('+') {
                Some(list) if !list.is_empty() => {
                    Slot::Prep(list.split('|').map(|p| SmolStr::new(p.trim_start_matches('+'))).collect())
                }
                _ => {
                    let known = ["subj", "obj", "iobj", "xcomp", "ccomp", "advcl", "prt", "poss", "mod", "neg", "aux"];
                    let hint = nearest(name, known).map(|n| format!("; did you mean {n}?")).unwrap_or_default();
                    return self.fault(format!("unknown slot `{name}`{hint}"));
                }
            },
        })
    }

    fn condition(&mut self, text: &str) -> Option<Condition> {
        let (negated, text) = text.strip_prefix('!').map_or((false, text), |t| (true, t));
        let (path, filler) = text.split_once(':').map_or((text, None), |(p, f)| (p, Some(f)));
        let path = self.path(path)?;
        let filler = match filler {
            Some(f) => Some(self.filler(f)?),
            None => None,
        };
        Some(Condition { negated, path, filler })
    }

    fn filler(&mut self, text: &str) -> Option<Filler> {
        let mut filler = Filler { narrow: 2, ..Filler::default() };
        for part in text.split('|') {
            let Some(class) = part.strip_prefix('@') else {
                filler.words.insert(SmolStr::new(part.to_lowercase()));
                continue;
            };
            filler.narrow = 1;
            let kind = match class {
                "actor" => FillerKind::Actor,
                "person" => FillerKind::Person,
                "place" => FillerKind::Place,
                "number" => FillerKind::Number,
                "armed" => FillerKind::Armed,
                "civil" => FillerKind::Civil,
                "EVENT" => FillerKind::Event(u16::MAX),
                _ if class.chars().all(|c| c.is_ascii_uppercase()) => {
                    FillerKind::Event(parse_type(self.file, self.line, class, self.faults)?.bit())
                }
                _ => {
                    let Some(words) = self.classes.get(class) else {
                        let hint = self.classes.hint(class);
                        return self.fault(format!("unknown class @{class}{hint}"));
                    };
                    filler.words.extend(words.iter().cloned());
                    continue;
                }
            };
            filler.kinds.push(kind);
        }
        Some(filler)
    }
}

/// Why conditions can never hold together, if so.
fn never(conditions: &[Condition]) -> Option<String> {
    for c in conditions {
        let empty = c.filler.as_ref().is_some_and(|f| f.words.is_empty() && f.kinds.is_empty());
        if empty && !c.negated {
            return Some(format!("no word can fill {:?}", c.path));
        }
        let forbidden = conditions.iter().any(|o| o.negated && o.filler.is_none() && o.path == c.path);
        if !c.negated && forbidden {
            return Some(format!("{:?} is both asked for and forbidden", c.path));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Patterns, Vec<String>) {
        let mut faults = Faults::default();
        let classes = Classes::read(&KnowledgeFile::base(&[("c.txt", "@weapon = gun rifle")]), &mut faults);
        let cameo = CameoTable::read("cameo.txt", "190 -10 ASSAULT -\n010 0 - -", &mut faults);
        let patterns = Patterns::read(
            &KnowledgeFile::base(&[("dictionaries/events/assault.txt", text)]),
            &classes,
            &cameo,
            &mut faults,
        );
        (patterns, faults.0.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_most_specific_comes_first() {
        let (p, faults) = read(
            "fire v => ASSAULT/firearms\nfire v obj:manager => NONE\nfire v obj:@weapon +at => ASSAULT cameo=190\n",
        );
        assert_eq!(faults, Vec::<String>::new());
        let lines: Vec<_> = p.of("fire", Pos::Verb).map(|p| p.line).collect();
        assert_eq!(lines, [3, 2, 1]);
        assert_eq!(p.types("fire", Pos::Verb), EventType::Assault.bit());
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let (_, faults) = read(
            "hit v => ASAULT\nhit v subj:@wepon => ASSAULT\nhit v sujb => ASSAULT\nhit v => ASSAULT/firarms\nhit v => ASSAULT cameo=999\nhit x => ASSAULT\nhit v => NONE weak=maybe",
        );
        let expected = expect_test::expect![[r"
            dictionaries/events/assault.txt:1: unknown event type `ASAULT`; did you mean ASSAULT?
            dictionaries/events/assault.txt:2: unknown class @wepon; did you mean @weapon?
            dictionaries/events/assault.txt:3: unknown slot `sujb`; did you mean subj?
            dictionaries/events/assault.txt:4: ASSAULT has no mode `firarms`; its modes: abduct, torture, sexual, destroy, beat, crowd-control, primitive, firearms, explosives, targeted, suicide-attack, aerial, drone, heavy-weapons, unconventional
            dictionaries/events/assault.txt:5: unknown CAMEO code `999`
            dictionaries/events/assault.txt:6: part of speech `x`, expected v, n or a
            dictionaries/events/assault.txt:7: unknown setting `weak=maybe`"]];
        expected.assert_eq(&faults.join("\n"));
    }
}
