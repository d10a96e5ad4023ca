//! Event lines of PETRARCH and PETRARCH2: tab-separated, no header.
//!
//! Day, source, target, code, issues and sentence ids come first; then, as the coder was set, an address, the publisher,
//! the words of source and target, the words of the event, the roots of source and target. Which of them a line has is
//! told by their number and looks: an address holds `://`, roots are codes in capitals.

use smol_str::SmolStr;

use super::cell;
use super::fault::Wrong;
use super::lines::Quoting;
use super::lookup::{ActorScheme, Lookup};
use super::table::{Column, Header, Row, Shape, column};
use crate::dataset::Dataset;
use crate::event::{CodeScheme, ForeignDate, ForeignEvent, Own};

const DATE: usize = 0;
const SOURCE: usize = 1;
const TARGET: usize = 2;
const CODE: usize = 3;
const ISSUES: usize = 4;
const IDS: usize = 5;
const REST: usize = 6;

const COLUMNS: [Column; 13] = [
    column("date").carried(),
    column("source").carried(),
    column("target").carried(),
    column("code").carried(),
    column("issues").carried(),
    column("ids").carried(),
    column("field 7").carried(),
    column("field 8").carried(),
    column("field 9").carried(),
    column("field 10").carried(),
    column("field 11").carried(),
    column("field 12").carried(),
    column("field 13").carried(),
];

pub(super) static SHAPE: Shape = Shape {
    dataset: Dataset::Petrarch,
    columns: &COLUMNS,
    delimiter: b'\t',
    quoting: Quoting::None,
    header: Header::Never,
    widths: 7..=13,
    event,
};

fn event(row: &Row<'_>, lookup: &mut Lookup<'_>) -> Result<ForeignEvent, Wrong> {
    let day = row.day(DATE)?;
    let scheme = lookup.codes.unwrap_or(CodeScheme::Cameo);
    let mut event = ForeignEvent::new(row.dataset, row.line, ForeignDate::day(day), scheme);
    event.id = row.code(IDS);
    event.own_code = Some(row.code(CODE).ok_or_else(|| row.wrong(CODE, "a CAMEO code"))?);
    if let Some(entry) = row.get(CODE).and_then(|c| lookup.cameo(c, scheme)) {
        event.code_as(entry);
    }
    event.actor.extend(row.get(SOURCE).map(|c| lookup.party(ActorScheme::Cameo, c, day)));
    event.recipient.extend(row.get(TARGET).map(|c| lookup.party(ActorScheme::Cameo, c, day)));

    let mut rest: Vec<&str> = (REST..row.width()).map(|i| row.raw(i)).collect();
    if rest.len() > 1 && rest[0].contains("://") {
        event.urls.push(rest.remove(0).to_owned());
    }
    let publisher = if rest.is_empty() { "" } else { rest.remove(0) };
    event.publishers.extend(cell::known(publisher).map(str::to_owned));
    let mut own: Vec<(SmolStr, String)> = Vec::new();
    let mut keep = |name: &'static str, value: &str| {
        if let Some(value) = cell::known(value) {
            own.push((SmolStr::new_static(name), value.to_owned()));
        }
    };
    keep("issues", row.raw(ISSUES));
    let (words, roots) = match rest.len() {
        5 => rest.split_at(3),
        4 => rest.split_at(2),
        3 if are_roots(&rest[1..]) => rest.split_at(1),
        2 if are_roots(&rest) => rest.split_at(0),
        n if n <= 3 => rest.split_at(n),
        n => {
            return Err(Wrong::row(format!("{n} columns behind the publisher"), "at most 5"));
        }
    };
    if let [source, target] = roots {
        keep("source_root", source);
        keep("target_root", target);
    }
    if let [source, target, ..] = words {
        for (side, words) in [(&mut event.actor, source), (&mut event.recipient, target)] {
            if let (Some(party), Some(words)) = (side.first_mut(), cell::known(words)) {
                party.name = Some(words.to_owned());
            } else if let Some(words) = cell::known(words) {
                side.push(crate::event::ForeignParty { name: Some(words.to_owned()), ..Default::default() });
            }
        }
    }
    let happening = if words.len() == 1 { words.first() } else { words.get(2) };
    event.text = happening.and_then(|w| cell::known(w)).map(str::to_owned);
    event.own = Own::from_pairs(own);
    Ok(event)
}

/// Whether both are codes of three capitals, or one is and the other is missing.
fn are_roots(cells: &[&str]) -> bool {
    let code = |c: &&str| c.len() == 3 && c.bytes().all(|b| b.is_ascii_uppercase());
    cells.iter().all(|c| code(c) || cell::known(c).is_none()) && cells.iter().any(code)
}
