//! Events of other data sets: into the same tables, marked as theirs, their own codes beside.

use forewarn_exchange::event::{ForeignEvent, ForeignParty};
use rusqlite::{Connection, TransactionBehavior, params};
use smol_str::SmolStr;

use crate::error::{Doing, Result};
use crate::run::RunId;
use crate::store::Ledger;
use crate::write::{ClaimRow, PlaceKey, Tally, Writer, insert_claim, insert_dyads, insert_tally, json};

/// What became of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Events that are in the ledger now.
    pub new: u64,
    /// Events that were there already, under the same key of the same set.
    pub known: u64,
}

impl Writer {
    /// Stores events of `path` in one transaction.
    ///
    /// # Errors
    /// When `SQLite` refuses: then none of them is stored.
    pub fn import(&mut self, ledger: &mut Ledger, run: RunId, path: &str, events: &[ForeignEvent]) -> Result<Taken> {
        let transaction =
            ledger.connection.transaction_with_behavior(TransactionBehavior::Immediate).doing("beginning a batch")?;
        let mut taken = Taken::default();
        for event in events {
            if self.foreign(&transaction, run, path, event)? {
                taken.new += 1;
            } else {
                taken.known += 1;
            }
        }
        transaction
            .prepare_cached("UPDATE run SET claims = claims + ?2 WHERE id = ?1")
            .and_then(|mut s| s.execute(params![run.0, taken.new as i64]))
            .doing("counting a batch")?;
        if taken.new > 0 {
            crate::schema::tick(&transaction)?;
        }
        transaction.commit().doing("writing a batch")?;
        Ok(taken)
    }

    fn foreign(&mut self, t: &Connection, run: RunId, path: &str, event: &ForeignEvent) -> Result<bool> {
        let set = event.dataset.as_str();
        let key = event.key();
        let key = if event.dataset.key_is_of_file() { format!("{path} {key}") } else { key };
        let there = t
            .prepare_cached("SELECT 1 FROM foreign_event WHERE \"set\" = ?1 AND own_key = ?2")
            .and_then(|mut s| s.exists(params![set, key]))
            .doing("looking for a foreign event")?;
        if there {
            return Ok(false);
        }
        let digest = blake3::hash(format!("{set} {key}").as_bytes());
        let id = &digest.to_hex()[..16];
        let start = event.date.start.to_string();
        let end = event.date.end.to_string();
        let place = match &event.place {
            Some(p) => Some(self.place(
                t,
                &PlaceKey {
                    name: p.name.as_deref().or(p.text.as_deref()).unwrap_or(""),
                    country: p.country.as_deref(),
                    admin1: p.admin1.as_deref(),
                    lat: p.lat,
                    lon: p.lon,
                    geonameid: p.geonameid,
                    precision: p.precision,
                },
            )?),
            None => None,
        };
        let side = |parties: &[ForeignParty]| parties.iter().find_map(|p| p.country.clone());
        let country = event
            .place
            .as_ref()
            .and_then(|p| p.country.clone())
            .or_else(|| side(&event.recipient))
            .or_else(|| side(&event.actor));
        let contexts = if event.contexts.is_empty() { "[]".to_owned() } else { json(&event.contexts) };
        let rule = match &event.own_code {
            Some(code) => format!("{set}/{code}"),
            None => set.to_owned(),
        };
        let number = |n: Option<f32>| n.map(forewarn_exchange::row::decimal);
        let row = insert_claim(
            t,
            &ClaimRow {
                claim_id: id,
                report: None,
                sentence: None,
                predicate: event.own_label.as_deref().unwrap_or(""),
                predicate_span: None,
                event_type: event.event_type.map_or("", forewarn_codebook::EventType::as_str),
                event_mode: event.event_mode.as_deref(),
                contexts: &contexts,
                cameo: event.cameo.as_deref().unwrap_or(""),
                quad_class: event.quad_class.unwrap_or(0),
                goldstein: number(event.goldstein),
                plover_score: number(event.plover_score),
                factuality: event.factuality,
                date_start: Some(&start),
                date_end: Some(&end),
                date_precision: Some(event.date.precision),
                date_text: None,
                date_span: None,
                date_rule: None,
                place,
                place_text: event.place.as_ref().and_then(|p| p.text.as_deref()),
                place_span: None,
                place_rule: None,
                rule: &rule,
                confidence: 1.0,
                day: Some(&start),
                day_end: Some(&end),
                country: country.as_deref(),
                digest: i64::from_le_bytes(digest.as_bytes()[..8].try_into().expect("8 of 32 bytes")),
                run: run.0,
                set,
            },
        )?;
        let mut own_parties = Vec::new();
        for (side, parties) in [("actor", &event.actor), ("recipient", &event.recipient)] {
            for (position, p) in (0_i64..).zip(parties) {
                insert_party(t, row, side, position, p)?;
                if p.code.is_some() || p.sectors.len() > 1 || p.raw.is_some() {
                    own_parties.push(serde_json::json!({
                        "side": side, "position": position, "code": p.code, "sectors": p.sectors, "raw": p.raw
                    }));
                }
            }
        }
        insert_dyads(t, "dyad", row, &start, &codes(&event.actor), &codes(&event.recipient))?;
        crate::list::put_claim(t, row)?;
        for (position, c) in (0_i64..).zip(&event.counts) {
            let tally = Tally { what: c.what, who: c.who, low: c.low, best: c.best, high: c.high, text: "" };
            insert_tally(t, row, position, &tally, None, set)?;
        }
        let joined = |list: &[String]| (!list.is_empty()).then(|| list.join("; "));
        t.prepare_cached(
            "INSERT INTO foreign_event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
             ?19, ?20, ?21, ?22, ?23, ?24, ?25)",
        )
        .and_then(|mut s| {
            s.execute(params![
                row,
                set,
                key,
                event.id.as_deref(),
                event.own_code.as_deref(),
                event.scheme.as_str(),
                event.own_label,
                event.own_quad,
                number(event.own_goldstein),
                event.directed,
                path,
                event.line as i64,
                joined(&event.urls),
                joined(&event.publishers),
                event.published.map(|d| d.to_string()),
                event.recorded.map(|d| d.to_string()),
                event.headline,
                event.text,
                event.claimant,
                event.mentions,
                event.sources,
                event.articles,
                event.repeats,
                (!own_parties.is_empty()).then(|| json(&own_parties)),
                (!event.own.is_empty()).then(|| json(&event.own)),
            ])
        })
        .doing("writing a foreign event")?;
        Ok(true)
    }
}

fn insert_party(t: &Connection, claim: i64, side: &str, position: i64, p: &ForeignParty) -> Result<()> {
    let text = p.name.as_deref().or(p.raw.as_deref()).or(p.code.as_deref()).unwrap_or("");
    t.prepare_cached(
        "INSERT INTO party (claim, side, position, text, country, sector, \"group\", ethnicity, office, rule, inferred)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'foreign', 0)",
    )
    .and_then(|mut s| {
        s.execute(params![
            claim,
            side,
            position,
            text,
            p.country.as_deref(),
            p.sector.as_deref(),
            p.group.as_deref(),
            p.ethnicity.as_deref(),
            p.office
        ])
    })
    .doing("writing a party")?;
    Ok(())
}

fn codes(parties: &[ForeignParty]) -> Vec<SmolStr> {
    let mut out: Vec<SmolStr> = Vec::with_capacity(parties.len());
    for p in parties {
        let before = out.len();
        out.extend([&p.country, &p.group].into_iter().flatten().cloned());
        if out.len() == before {
            out.extend(p.ethnicity.clone());
        }
    }
    out.sort();
    out.dedup();
    out
}
