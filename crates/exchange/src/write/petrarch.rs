//! Event lines of PETRARCH, tabs between: date, source, target, code, issues, sentence ids, publisher, the words of source,
//! target and event. `---` where something is missing.
//!
//! Events of one report that differ in their sentences only make one line with several ids; so rows should come report by
//! report, and one report is held in memory.

use std::io::{BufWriter, Write};

use forewarn_codebook::actors::Actors;

use super::party::{cameo, pairs};
use super::view::{View, plain};
use super::{Error, Fate, Form, Notice, Settings};
use crate::row::{EventRow, IncidentRow};

pub(super) struct Petrarch<'a, W: Write> {
    out: BufWriter<W>,
    actors: &'a Actors,
    /// The report that `held` is of.
    report: Option<String>,
    held: Vec<Line>,
}

struct Line {
    date: String,
    source: String,
    target: String,
    code: String,
    ids: Vec<String>,
    publisher: String,
    words: [String; 3],
}

impl<'a, W: Write> Petrarch<'a, W> {
    pub(super) fn open(out: W, settings: Settings<'a>) -> Self {
        Self { out: BufWriter::new(out), actors: settings.actors, report: None, held: Vec::new() }
    }

    fn take(&mut self, v: &View<'_>) -> Fate {
        if let Some(why) = v.not_told_by_pairs() {
            return Fate::LeftOut(why);
        }
        let Some(code) = v.cameo else { return Fate::LeftOut("no CAMEO code") };
        let Some(day) = v.day() else { return Fate::LeftOut("no date") };
        let mut coded = false;
        for (actor, recipient) in pairs(v.actor, v.recipient) {
            let code_of = |p| cameo(self.actors, p, Some(day)).whole;
            let (source, target) = (actor.map(code_of).unwrap_or_default(), recipient.map(code_of).unwrap_or_default());
            if source.is_empty() && target.is_empty() {
                continue;
            }
            coded = true;
            let words = |p: Option<&crate::row::PartyRow>| p.map(|p| p.text.clone()).unwrap_or_default();
            let line = Line {
                date: day.strftime("%Y%m%d").to_string(),
                source,
                target,
                code: code.to_owned(),
                ids: vec![v.sentence_id.clone()],
                publisher: v.publisher.unwrap_or_default().to_owned(),
                words: [words(actor), words(recipient), v.predicate.unwrap_or_default().to_owned()],
            };
            self.hold(line);
        }
        if coded { Fate::Written } else { Fate::LeftOut("no coded party on either side") }
    }

    fn hold(&mut self, line: Line) {
        let same = |l: &&mut Line| {
            l.date == line.date && l.source == line.source && l.target == line.target && l.code == line.code
        };
        match self.held.iter_mut().find(same) {
            Some(l) if l.ids.contains(&line.ids[0]) => {}
            Some(l) => l.ids.extend(line.ids),
            None => self.held.push(line),
        }
    }

    fn release(&mut self) -> Result<(), Error> {
        for l in self.held.drain(..) {
            let ids = l.ids.join(";");
            let [source_words, target_words, event_words] = l.words;
            let columns = [
                field(&l.date),
                field(&l.source),
                field(&l.target),
                field(&l.code),
                String::new(),
                field(&ids),
                field(&l.publisher),
                field(&source_words),
                field(&target_words),
                field(&event_words),
            ];
            writeln!(self.out, "{}", columns.join("\t"))?;
        }
        Ok(())
    }
}

impl<W: Write> Form for Petrarch<'_, W> {
    fn event(&mut self, row: &EventRow) -> Result<Fate, Error> {
        if self.report != row.report_id || row.report_id.is_none() {
            self.release()?;
            self.report.clone_from(&row.report_id);
        }
        Ok(self.take(&View::event(row)))
    }

    fn incident(&mut self, row: &IncidentRow) -> Result<Fate, Error> {
        self.release()?;
        Ok(self.take(&View::incident(row)))
    }

    fn end(mut self, _: &Notice) -> Result<(), Error> {
        self.release()?;
        Ok(self.out.flush()?)
    }
}

/// A value without tabs and line ends; `---` for nothing.
fn field(value: &str) -> String {
    let plain = plain(value);
    if plain.is_empty() { "---".to_owned() } else { plain }
}
