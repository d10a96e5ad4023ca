//! Phoenix's 26 columns, tabs between, no header: id_version, date, year, month, day, src, srcRoot, srcAgent, srcOthers,
//! tgt, tgtRoot, tgtAgent, tgtOthers, code, rootCode, quad, goldstein, issues, lat, lon, place, state, country, ids, urls,
//! sources.
//!
//! CAMEO splits what PLOVER keeps together: one line for each pair of actor and recipient, told apart by `-2`, `-3` … behind
//! the id. The quad class is Phoenix's, by the root of the code: 0 neutral, 1 verbal and 2 material cooperation, 3 verbal
//! and 4 material conflict.

use std::io::{BufWriter, Write};

use forewarn_codebook::actors::Actors;

use super::party::{CameoCode, cameo, pairs};
use super::view::{View, listed, plain};
use super::{Error, Fate, Form, Notice, Settings};
use crate::row::{EventRow, IncidentRow};

pub(super) struct Phoenix<'a, W: Write> {
    out: BufWriter<W>,
    actors: &'a Actors,
    version: String,
}

impl<'a, W: Write> Phoenix<'a, W> {
    pub(super) fn open(out: W, settings: Settings<'a>, notice: &Notice) -> Self {
        let version = notice.program.split_whitespace().last().unwrap_or("0").to_owned();
        Self { out: BufWriter::new(out), actors: settings.actors, version }
    }

    fn lines(&mut self, v: &View<'_>) -> Result<Fate, Error> {
        if let Some(why) = v.not_told_by_pairs() {
            return Ok(Fate::LeftOut(why));
        }
        let Some(code) = v.cameo else { return Ok(Fate::LeftOut("no CAMEO code")) };
        let Some(day) = v.day() else { return Ok(Fate::LeftOut("no date")) };
        let root = code.get(..2).unwrap_or(code);
        let mut written = 0;
        for (actor, recipient) in pairs(v.actor, v.recipient) {
            let code_of = |p| cameo(self.actors, p, Some(day));
            let (src, tgt) = (actor.map(code_of).unwrap_or_default(), recipient.map(code_of).unwrap_or_default());
            if src.whole.is_empty() && tgt.whole.is_empty() {
                continue;
            }
            written += 1;
            let id = if written == 1 {
                format!("{}_{}", v.id, self.version)
            } else {
                format!("{}-{written}_{}", v.id, self.version)
            };
            let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
            let point = v.point();
            let place = v.place;
            let of_place =
                |f: fn(&crate::row::PlaceRow) -> Option<&str>| place.and_then(f).unwrap_or_default().to_owned();
            let columns: [String; 26] = [
                id,
                day.strftime("%Y%m%d").to_string(),
                day.year().to_string(),
                day.month().to_string(),
                day.day().to_string(),
                src.whole.clone(),
                src.root.clone(),
                src.agent.clone(),
                others(&src),
                tgt.whole.clone(),
                tgt.root.clone(),
                tgt.agent.clone(),
                others(&tgt),
                code.to_owned(),
                root.to_owned(),
                quad(root).map(|q| q.to_string()).unwrap_or_default(),
                number(v.goldstein),
                v.contexts.iter().map(|c| format!("{},1", c.to_uppercase())).collect::<Vec<_>>().join(";"),
                number(point.map(|p| p.0)),
                number(point.map(|p| p.1)),
                of_place(|p| Some(&p.name)),
                of_place(|p| p.admin1.as_deref()),
                of_place(|p| p.country.as_deref()),
                v.sentence_id.clone(),
                // A list of addresses: a semicolon in one is written as URLs may write it.
                v.url.unwrap_or_default().replace(';', "%3B"),
                listed(&v.publishers),
            ];
            let line: Vec<String> = columns.iter().map(|c| plain(c)).collect();
            writeln!(self.out, "{}", line.join("\t"))?;
        }
        Ok(if written == 0 { Fate::LeftOut("no coded party on either side") } else { Fate::Written })
    }
}

impl<W: Write> Form for Phoenix<'_, W> {
    fn event(&mut self, row: &EventRow) -> Result<Fate, Error> {
        self.lines(&View::event(row))
    }

    fn incident(&mut self, row: &IncidentRow) -> Result<Fate, Error> {
        self.lines(&View::incident(row))
    }

    fn end(mut self, _: &Notice) -> Result<(), Error> {
        Ok(self.out.flush()?)
    }
}

fn others(code: &CameoCode) -> String {
    code.others.join(";")
}

/// Phoenix's quad class of a CAMEO root.
fn quad(root: &str) -> Option<u8> {
    Some(match root.parse::<u8>().ok()? {
        1 | 2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        9..=13 | 16 => 3,
        14 | 15 | 17..=20 => 4,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::quad;

    #[test]
    fn quads_are_those_of_phoenix_and_not_of_gdelt() {
        let of = |root| quad(root).expect("a root");
        assert_eq!(["01", "05", "08", "13", "16", "14", "20"].map(of), [0, 1, 2, 3, 3, 4, 4]);
        assert_eq!(quad("21"), None);
    }
}
