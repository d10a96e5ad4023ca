//! Actor files: a head phrase, `+` synonyms, and codes in brackets that may hold for a time only.

use smol_str::SmolStr;

use super::Reading;
use super::date::{Dated, Day, Period, dated};
use super::lines::{Comments, bracket, lines};
use super::phrase::{Ending, Found, Phrases, words};

/// The actors of all files read.
#[derive(Clone, Debug, Default)]
pub struct ActorTable {
    phrases: Phrases,
    records: Vec<Vec<Dated>>,
}

impl ActorTable {
    /// Adds the records of a file.
    pub fn read(&mut self, file: &str, text: &str, out: &mut Reading) {
        let mut record: Option<u32> = None;
        for line in lines(text, Comments::HashAndSemicolon) {
            let trimmed = line.text.trim_start();
            if trimmed.starts_with('[') {
                match record {
                    Some(id) => self.codes(id, trimmed, file, line.number, out),
                    None => out.warn(file, line.number, "found a code before any actor, expected a phrase first"),
                }
                continue;
            }
            let (phrase, codes) = match line.text.find('[') {
                Some(at) => (&line.text[..at], &line.text[at..]),
                None => (line.text, ""),
            };
            let id = match (phrase.trim_start().strip_prefix('+'), record) {
                (Some(_), Some(id)) => id,
                (synonym, _) => {
                    if synonym.is_some() {
                        out.warn(file, line.number, "found a synonym before any actor; taken as an actor");
                    }
                    self.records.push(Vec::new());
                    (self.records.len() - 1) as u32
                }
            };
            record = Some(id);
            // "ONE_ +OTHER_": a synonym that lost its line.
            for synonym in phrase.trim().trim_start_matches('+').split(" +") {
                self.phrase(synonym.trim(), id, file, line.number, out);
            }
            if !codes.is_empty() {
                self.codes(id, codes, file, line.number, out);
            }
        }
    }

    fn phrase(&mut self, phrase: &str, id: u32, file: &str, line: usize, out: &mut Reading) {
        if phrase.contains('+') {
            out.warn(file, line, format!("found `+` inside `{phrase}`, expected it at the start of a line"));
        }
        let ending = if phrase.trim_end().ends_with('_') { Ending::Whole } else { Ending::Plural };
        if self.phrases.add(&words(phrase), ending, id) {
            out.entries += 1;
        } else {
            out.warn(file, line, format!("found `{phrase}`, expected a phrase with letters"));
        }
        // "LIBERATION_ARMY_(LA)": texts seldom have the letters in brackets right there.
        if let Some((before, rest)) = phrase.split_once('(') {
            let after = rest.split_once(')').map_or("", |(_, a)| a);
            self.phrases.add(&words(&format!("{before} {after}")), ending, id);
        }
    }

    fn codes(&mut self, id: u32, mut text: &str, file: &str, line: usize, out: &mut Reading) {
        while let Some((before, inside, after)) = bracket(text) {
            if !before.trim().is_empty() {
                out.warn(file, line, format!("found `{}` between codes; not used", before.trim()));
            }
            let mut remarks = Vec::new();
            match dated(inside, &mut remarks) {
                Ok(code) => self.records[id as usize].push(code),
                Err(message) => out.warn(file, line, format!("{message}; the code is not used")),
            }
            for remark in remarks {
                out.warn(file, line, remark);
            }
            text = after;
        }
        if !text.trim().is_empty() {
            out.warn(file, line, format!("found `{}`, expected codes in brackets; not used", text.trim()));
        }
    }

    /// The longest phrase at the start of `text`.
    pub fn longest(&self, text: &[SmolStr]) -> Option<Found> {
        self.phrases.longest(text)
    }

    /// How many phrases there are.
    pub fn len(&self) -> usize {
        self.phrases.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// The code that the records hold on `day`, the records joined in file order: the first period that takes the
    /// day, else the first code without a period. Without a day the first code without a period, else the latest.
    /// `None` where nothing holds; `---` is a code.
    pub fn code(&self, ids: &[u32], day: Option<Day>) -> Option<&SmolStr> {
        let all = || ids.iter().flat_map(|&id| &self.records[id as usize]);
        let always = || all().find(|d| d.period == Period::Always);
        let found = match day {
            Some(day) => all().find(|d| d.period.takes(day)).or_else(always),
            None => always().or_else(|| all().last()),
        };
        found.map(|d| &d.code)
    }
}

#[cfg(test)]
mod tests {
    use super::ActorTable;
    use crate::petrarch::Reading;
    use crate::petrarch::phrase::words;

    fn code(file: &str, phrase: &str, day: Option<u32>) -> Option<String> {
        let mut table = ActorTable::default();
        let mut out = Reading::default();
        table.read("a.txt", file, &mut out);
        let found = table.longest(&words(phrase))?;
        table.code(&found.ids, day).map(ToString::to_string)
    }

    #[test]
    fn the_undated_code_comes_last_wherever_it_stands() {
        let file = "LURVIA [LUR]\n+LURVIANS\n\t[OLDLUR <920428]\n\t[LURKSV > 080217]\n";
        assert_eq!(code(file, "Lurvia", Some(19_910_101)).as_deref(), Some("OLDLUR"));
        assert_eq!(code(file, "Lurvians", Some(20_100_101)).as_deref(), Some("LURKSV"));
        assert_eq!(code(file, "Lurvia", Some(20_000_101)).as_deref(), Some("LUR"));
        assert_eq!(code(file, "Lurvia", None).as_deref(), Some("LUR"));
    }

    #[test]
    fn records_of_one_phrase_are_joined() {
        let file = "ANNA_BOR_\t[AAAGOV 010101-021231][AAAELI >030101]\nANNA_BOR [BBB]\n";
        assert_eq!(code(file, "Anna Bor", Some(20_010_615)).as_deref(), Some("AAAGOV"));
        assert_eq!(code(file, "Anna Bor", Some(19_990_615)).as_deref(), Some("BBB"));
    }

    #[test]
    fn without_a_code_for_the_day_there_is_none() {
        assert_eq!(code("ONO\n\t[ONO <911226]\n", "Ono", Some(19_950_101)), None);
        assert_eq!(code("ONO\n\t[--- <911226]\n", "Ono", Some(19_900_101)).as_deref(), Some("---"));
    }

    #[test]
    fn every_slip_is_told() {
        let mut out = Reading::default();
        ActorTable::default().read("a.txt", "\t[AAA]\nX [A >soon]\n+ \nY [B] z\nA+B [C]\n", &mut out);
        let lines: Vec<usize> = out.warnings.iter().map(|w| w.line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 5], "{:?}", out.warnings);
    }
}
