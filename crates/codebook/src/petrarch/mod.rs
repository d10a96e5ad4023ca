//! The dictionaries of TABARI and PETRARCH, read as they are: actors, agents, verbs, discards, issues.
//!
//! Files are known by what they hold, not by their names. What cannot be read is told with file and line and nothing
//! else is lost by it. `docs/petrarch.md` says how each kind is read and where that differs from the old programs.

pub mod actors;
pub mod agents;
pub mod date;
pub mod discards;
pub mod issues;
pub mod lines;
pub mod pattern;
pub mod phrase;
pub mod transform;
pub mod verbs;

use crate::fault::Fault;

pub use actors::ActorTable;
pub use agents::{AgentCode, AgentTable};
pub use discards::{Discard, DiscardTable};
pub use issues::{IssueTable, Issues};
pub use pattern::{Code, Item, Linked, Part, Pattern, Shape};
pub use transform::Transformation;
pub use verbs::{Block, Edition, Form, VerbTable};

/// What is gathered while a file is read.
#[derive(Debug, Default)]
pub struct Reading {
    /// Slips, in the order of their lines.
    pub warnings: Vec<Fault>,
    /// Entries read.
    pub entries: usize,
}

impl Reading {
    pub(crate) fn warn(&mut self, file: &str, line: usize, message: impl Into<String>) {
        self.warnings.push(Fault { file: file.to_owned(), line, message: message.into() });
    }
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Actors.
    Actors,
    /// Agents.
    Agents,
    /// Verbs of an edition.
    Verbs(Edition),
    /// Discards.
    Discards,
    /// Issues.
    Issues,
}

impl Kind {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actors => "actors",
            Self::Agents => "agents",
            Self::Verbs(Edition::One) => "verbs 1.0",
            Self::Verbs(Edition::Two) => "verbs 2.0",
            Self::Discards => "discards",
            Self::Issues => "issues",
        }
    }

    /// What `text` holds, or none of these.
    pub fn of(text: &str) -> Option<Self> {
        let all = lines::lines(text, lines::Comments::Hash);
        let count = |test: &dyn Fn(&str) -> bool| all.iter().filter(|l| test(l.text)).count();
        if count(&|t| t.trim_start().starts_with("<ISSUE")) > 0 {
            return Some(Self::Issues);
        }
        let blocks = count(&|t| t.starts_with("---"));
        let patterns = count(&|t| t.starts_with("- ") && t.contains('*') && t.contains('['));
        if blocks > 0 && patterns + count(&|t| t.starts_with('&')) > 0 || blocks > 1 {
            return Some(Self::Verbs(verbs::edition_of(text)));
        }
        let codes = |t: &str| lines::bracket(t).is_some();
        let agents = count(&|t| lines::bracket(t).is_some_and(|(_, c, _)| c.starts_with('~') || c.ends_with('~')));
        let coded = count(&codes);
        if agents > 0 && agents * 2 >= coded {
            return Some(Self::Agents);
        }
        if coded > 0 {
            return Some(Self::Actors);
        }
        // Discards are short phrases; running text has full stops and commas at its ends, and long lines.
        let phrase = |t: &str| t.split_whitespace().count() <= 8 && !t.trim_end().ends_with(['.', ',', ':']);
        let short = count(&phrase);
        (short > 0 && short == all.len()).then_some(Self::Discards)
    }
}

/// A file that was read, or left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path as given.
    pub path: String,
    /// What it holds; none when it is not one of these.
    pub kind: Option<Kind>,
    /// Entries read; none when it was left out.
    pub entries: Option<usize>,
    /// Slips in it.
    pub warnings: usize,
}

/// Everything read.
#[derive(Debug, Default)]
pub struct Dictionaries {
    /// Actors.
    pub actors: ActorTable,
    /// Agents.
    pub agents: AgentTable,
    /// Verbs.
    pub verbs: VerbTable,
    /// Discards.
    pub discards: DiscardTable,
    /// Issues.
    pub issues: IssueTable,
    /// The edition of the verbs in use.
    pub edition: Option<Edition>,
    /// The files, in the order given.
    pub sources: Vec<Source>,
    /// Slips, by file and line.
    pub warnings: Vec<Fault>,
}

impl Dictionaries {
    /// Reads `(path, text)` pairs. Verbs of both editions cannot be mixed: without `edition` the 2.0 files are read
    /// where there are any, and the others are listed as left out.
    pub fn read(files: &[(String, String)], edition: Option<Edition>) -> Self {
        let kinds: Vec<Option<Kind>> = files.iter().map(|(_, text)| Kind::of(text)).collect();
        let has = |e| kinds.contains(&Some(Kind::Verbs(e)));
        let edition = edition.or_else(|| [Edition::Two, Edition::One].into_iter().find(|e| has(*e)));
        let mut all = Self { edition, ..Self::default() };
        for (index, ((path, text), kind)) in files.iter().zip(kinds).enumerate() {
            let mut out = Reading::default();
            let used = match kind {
                Some(Kind::Actors) => {
                    all.actors.read(path, text, &mut out);
                    true
                }
                Some(Kind::Agents) => {
                    all.agents.read(path, text, &mut out);
                    true
                }
                Some(Kind::Verbs(e)) if Some(e) == edition => {
                    all.verbs.read(path, index as u32, text, e, &mut out);
                    true
                }
                Some(Kind::Discards) => {
                    all.discards.read(path, text, &mut out);
                    true
                }
                Some(Kind::Issues) => {
                    all.issues.read(path, text, &mut out);
                    true
                }
                Some(Kind::Verbs(_)) | None => false,
            };
            all.sources.push(Source {
                path: path.clone(),
                kind,
                entries: used.then_some(out.entries),
                warnings: out.warnings.len(),
            });
            all.warnings.extend(out.warnings);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::{Dictionaries, Edition, Kind};

    const ACTORS: &str = "LURVIA [LUR]\n";
    const ONE: &str = "--- MEET [031] ---\nMEET\n- NOT * [112]\n";
    const TWO: &str = "--- MEET [040] ---\nMEET\n- * (WITH) [041]\n";

    #[test]
    fn files_are_known_by_what_they_hold() {
        assert_eq!(Kind::of(ACTORS), Some(Kind::Actors));
        assert_eq!(Kind::of("AIDE [~GOV]\n"), Some(Kind::Agents));
        assert_eq!(Kind::of(ONE), Some(Kind::Verbs(Edition::One)));
        assert_eq!(Kind::of(TWO), Some(Kind::Verbs(Edition::Two)));
        assert_eq!(Kind::of("# none\nCHESS\n+GOLF\n"), Some(Kind::Discards));
        assert_eq!(Kind::of("<ISSUE CATEGORY=\"A\">\noil [OIL]\n"), Some(Kind::Issues));
        assert_eq!(Kind::of("Anyone may use this text, as long as they say so.\n"), None);
        assert_eq!(Kind::of(""), None);
    }

    #[test]
    fn the_newer_verbs_are_read_unless_told_otherwise() {
        let files: Vec<(String, String)> =
            [("a", ACTORS), ("one", ONE), ("two", TWO)].map(|(p, t)| (p.to_owned(), t.to_owned())).into();
        let default = Dictionaries::read(&files, None);
        assert_eq!(default.edition, Some(Edition::Two));
        assert_eq!(default.verbs.blocks[0].code.forward.as_deref(), Some("040"));
        assert_eq!(default.sources[1].entries, None);
        let old = Dictionaries::read(&files, Some(Edition::One));
        assert_eq!(old.verbs.blocks[0].code.forward.as_deref(), Some("031"));
    }
}
