//! Reading claims back, as the rows that every output is made of.

use forewarn_exchange::row::{CountRow, EventRow, PartyRow, PlaceRow, VoiceRow};
use jiff::civil::Date;
use rusqlite::{Connection, Row};

use crate::error::{Doing, Error, Result};

/// The claim in row `id`, as an event row.
pub(crate) fn event(c: &Connection, id: i64) -> Result<EventRow> {
    let mut row = c
        .prepare_cached(
            "SELECT c.claim_id, c.\"set\", r.report_id, r.url, r.title, r.published, r.publisher, s.sentence, s.span_start,
                    s.span_end, s.text, c.predicate_text, c.event_type, c.event_mode, c.contexts, c.cameo, c.quad_class,
                    c.goldstein, c.plover_score, c.factuality, c.date_start, c.date_end, c.date_precision, pl.name,
                    pl.country, pl.admin1, pl.lat, pl.lon, pl.geonameid, pl.precision, c.rule, c.confidence,
                    i.incident_id, c.run, c.superseded
             FROM claim c
             LEFT JOIN report r ON r.id = c.report
             LEFT JOIN sentence s ON s.id = c.sentence
             LEFT JOIN place pl ON pl.id = c.place
             LEFT JOIN member m ON m.claim = c.id
             LEFT JOIN incident i ON i.id = m.incident
             WHERE c.id = ?1",
        )
        .and_then(|mut s| s.query_row([id], claim))
        .doing("reading a claim")?;
    for (side, parties) in [("actor", &mut row.actor), ("recipient", &mut row.recipient)] {
        *parties = c
            .prepare_cached(
                "SELECT text, country, sector, \"group\", ethnicity, person, office, resolved, inferred
                 FROM party WHERE claim = ?1 AND side = ?2 ORDER BY position",
            )
            .and_then(|mut s| s.query_map((id, side), party)?.collect())
            .doing("reading parties")?;
    }
    row.attribution = c
        .prepare_cached("SELECT text, kind, stance, resolved FROM voice WHERE claim = ?1 ORDER BY position")
        .and_then(|mut s| {
            s.query_map([id], |r| {
                Ok(VoiceRow { text: r.get(0)?, kind: r.get(1)?, stance: r.get(2)?, resolved: r.get(3)? })
            })?
            .collect()
        })
        .doing("reading voices")?;
    row.counts = c
        .prepare_cached("SELECT what, who, low, best, high FROM tally WHERE claim = ?1 ORDER BY position")
        .and_then(|mut s| {
            s.query_map([id], |r| {
                let number = |i: usize| r.get::<_, Option<i64>>(i).map(|n| n.and_then(|n| u64::try_from(n).ok()));
                Ok(CountRow { what: r.get(0)?, who: r.get(1)?, low: number(2)?, best: number(3)?, high: number(4)? })
            })?
            .collect()
        })
        .doing("reading numbers")?;
    if row.set != "forewarn" {
        foreign(c, id, &mut row)?;
    }
    Ok(row)
}

/// A foreign event's own id, address and day stand beside it.
fn foreign(c: &Connection, id: i64, row: &mut EventRow) -> Result<()> {
    c.prepare_cached(
        "SELECT own_key, urls, publishers, published, headline, own_code, text, claimant FROM foreign_event WHERE claim = ?1",
    )
    .and_then(|mut s| {
        s.query_row([id], |r| {
            row.claim_id = r.get(0)?;
            row.url = r.get(1)?;
            row.publisher = r.get(2)?;
            row.published = date(r.get(3)?);
            row.title = r.get(4)?;
            row.rule = r.get::<_, Option<String>>(5)?.map(|code| format!("{}/{code}", row.set));
            row.evidence = r.get(6)?;
            let claimant: Option<String> = r.get(7)?;
            row.attribution = claimant
                .map(|text| VoiceRow { text, kind: "speaker".into(), stance: "claims".into(), resolved: None })
                .into_iter()
                .collect();
            Ok(())
        })
    })
    .doing("reading a foreign event")
}

fn claim(r: &Row<'_>) -> rusqlite::Result<EventRow> {
    let precision: Option<String> = r.get(29)?;
    let place = match precision {
        Some(precision) => Some(PlaceRow {
            name: r.get(23)?,
            country: r.get(24)?,
            admin1: r.get(25)?,
            lat: r.get(26)?,
            lon: r.get(27)?,
            geonameid: r.get(28)?,
            precision,
        }),
        None => None,
    };
    let contexts: String = r.get(14)?;
    Ok(EventRow {
        claim_id: r.get(0)?,
        set: r.get(1)?,
        report_id: r.get(2)?,
        url: r.get(3)?,
        title: r.get(4)?,
        published: date(r.get(5)?),
        publisher: r.get(6)?,
        sentence: r.get(7)?,
        span_start: r.get(8)?,
        span_end: r.get(9)?,
        evidence: r.get(10)?,
        predicate: Some(r.get::<_, String>(11)?).filter(|p| !p.is_empty()),
        event_type: Some(r.get::<_, String>(12)?).filter(|t| !t.is_empty()),
        event_mode: r.get(13)?,
        contexts: serde_json::from_str(&contexts).unwrap_or_default(),
        cameo: Some(r.get::<_, String>(15)?).filter(|c| !c.is_empty()),
        quad_class: Some(r.get::<_, u8>(16)?).filter(|q| *q > 0),
        goldstein: r.get(17)?,
        plover_score: r.get(18)?,
        factuality: r.get(19)?,
        actor: Vec::new(),
        recipient: Vec::new(),
        attribution: Vec::new(),
        date_start: date(r.get(20)?),
        date_end: date(r.get(21)?),
        date_prec: r.get(22)?,
        place,
        counts: Vec::new(),
        rule: r.get(30)?,
        confidence: r.get(31)?,
        incident_id: r.get(32)?,
        run: r.get::<_, Option<i64>>(33)?.map(|n| n.to_string()),
    })
}

fn party(r: &Row<'_>) -> rusqlite::Result<PartyRow> {
    Ok(PartyRow {
        text: r.get(0)?,
        country: r.get(1)?,
        sector: r.get(2)?,
        group: r.get(3)?,
        ethnicity: r.get(4)?,
        person: r.get(5)?,
        office: r.get(6)?,
        resolved: r.get(7)?,
        inferred: r.get(8)?,
    })
}

/// A stored day; days are written by us alone, so one that cannot be read counts as unknown.
pub(crate) fn date(text: Option<String>) -> Option<Date> {
    text.and_then(|t| t.parse().ok())
}

/// The error of a stored body that cannot be read back.
pub(crate) fn broken(what: &'static str, id: i64, error: &dyn std::fmt::Display) -> Error {
    Error::Broken { what, id, message: error.to_string() }
}
