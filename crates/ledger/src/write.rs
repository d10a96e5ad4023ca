//! Putting reports and their claims in: one writer, many rows a transaction.

use forewarn_coder::{Claim, Factuality, Party, Voice};
use forewarn_exchange::row::{decimal, kind_word, stance_word};
use forewarn_incident::{Sketch, Telling};
use forewarn_language::Sentence;
use forewarn_report::{Report, Span};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use rustc_hash::{FxHashMap, FxHasher};
use smol_str::SmolStr;
use std::hash::{Hash, Hasher};

use crate::error::{Doing, Error, Result};
use crate::run::RunId;
use crate::store::Ledger;

/// A report with its claims, made ready for writing by the thread that coded it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The report.
    pub report: Report,
    /// Of the report: see [`digest_of`].
    pub digest: i64,
    pub(crate) claims: Vec<Prepared>,
    pub(crate) sketch: Vec<u8>,
    json: [String; 3],
}

/// A claim with what is stored beside it.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub claim: Claim,
    pub digest: i64,
    telling: Vec<u8>,
}

impl Entry {
    /// The entry of a report and what was coded in it.
    pub fn new(report: Report, sentences: &[Sentence], claims: Vec<Claim>) -> Self {
        let sketch = packed(&Sketch::of(&report, sentences, &claims));
        let claims = claims
            .into_iter()
            .map(|claim| Prepared {
                digest: claim_digest(&claim),
                telling: packed(&Telling::of(&report, sentences, &claim)),
                claim,
            })
            .collect();
        let json = [json(&report.blocks), json(&report.authors), json(&report.dropped)];
        Self { digest: digest_of(&report), report, claims, sketch, json }
    }

    /// How many claims it holds.
    pub fn claims(&self) -> usize {
        self.claims.len()
    }
}

/// The first 8 bytes of the BLAKE3 hash of a report's text, publisher, day and address: the same report twice has it twice.
pub fn digest_of(report: &Report) -> i64 {
    let mut hasher = blake3::Hasher::new();
    let day = report.published.map(|d| d.to_string());
    for part in [Some(report.text.as_str()), report.publisher.as_deref(), day.as_deref(), report.url.as_deref()] {
        hasher.update(part.unwrap_or("\u{0}").as_bytes());
        hasher.update(&[0xFF]);
    }
    first_eight(hasher.finalize().as_bytes())
}

pub(crate) fn claim_digest(claim: &Claim) -> i64 {
    first_eight(blake3::hash(json(claim).as_bytes()).as_bytes())
}

fn first_eight(bytes: &[u8; 32]) -> i64 {
    i64::from_le_bytes(bytes[..8].try_into().expect("8 of 32 bytes"))
}

pub(crate) fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("our records have string keys only")
}

pub(crate) fn packed<T: serde::Serialize>(value: &T) -> Vec<u8> {
    postcard::to_stdvec(value).expect("our records are of known length")
}

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It is in the ledger now, under this id.
    New(String),
    /// It was there already, the same text of the same publisher and day.
    Known,
}

/// Puts entries in; holds what it has learned of the places in the ledger.
#[derive(Default)]
pub struct Writer {
    places: FxHashMap<u64, i64>,
}

impl Writer {
    /// A writer that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stores entries of a run in one transaction: when it returns, they are on disk, all of them, with what became of
    /// each in their order. An entry whose id stands for another text in the ledger is kept under an id of its own, the
    /// given one with `~` and the first digits of its digest.
    ///
    /// # Errors
    /// When `SQLite` refuses (a full disk, say): then none of them is stored.
    pub fn store(&mut self, ledger: &mut Ledger, run: RunId, entries: &[Entry]) -> Result<Vec<Stored>> {
        let transaction =
            ledger.connection.transaction_with_behavior(TransactionBehavior::Immediate).doing("beginning a batch")?;
        let places = self.places.len();
        let done = entries.iter().map(|e| self.entry(&transaction, run, e)).collect::<Result<Vec<_>>>();
        let done = done.and_then(|done| {
            let new = entries.iter().zip(&done).filter(|(_, d)| **d != Stored::Known);
            let (reports, claims) = new.fold((0, 0), |(r, c), (e, _)| (r + 1, c + e.claims.len() as i64));
            transaction
                .prepare_cached("UPDATE run SET reports = reports + ?2, claims = claims + ?3 WHERE id = ?1")
                .and_then(|mut s| s.execute(params![run.0, reports, claims]))
                .doing("counting a batch")?;
            if reports > 0 {
                crate::schema::tick(&transaction)?;
            }
            transaction.commit().doing("writing a batch")?;
            Ok(done)
        });
        if done.is_err() && self.places.len() != places {
            // Rows of places that were rolled back are not there.
            self.places.clear();
        }
        done
    }

    fn entry(&mut self, t: &Transaction, run: RunId, entry: &Entry) -> Result<Stored> {
        let report = &entry.report;
        let mut id = report.report_id.clone();
        if let Some(digest) = digest_under(t, &id)? {
            if digest == entry.digest {
                return Ok(Stored::Known);
            }
            id = another_id(&id, entry.digest);
            if digest_under(t, &id)?.is_some() {
                return Ok(Stored::Known);
            }
        }
        let [blocks, authors, dropped] = &entry.json;
        let path = report.source.path.as_ref().map(|p| p.display().to_string());
        let day = report.published.map(|d| d.to_string());
        t.prepare_cached(
            "INSERT INTO report (report_id, url, title, text, blocks, publisher, authors, published, language, source_path,
             source_line, dropped, digest, run) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )
        .and_then(|mut s| {
            s.insert(params![
                id,
                report.url,
                report.title(),
                report.text,
                blocks,
                report.publisher,
                authors,
                day,
                report.language,
                path,
                report.source.line.map(|l| l as i64),
                dropped,
                entry.digest,
                run.0
            ])
        })
        .doing("writing a report")?;
        let row = t.last_insert_rowid();
        let claims: Vec<&Prepared> = entry.claims.iter().collect();
        self.claims(t, run, row, report, &claims, &entry.sketch)?;
        Ok(Stored::New(id))
    }

    /// Writes claims of the report in row `row`, leaving them to be merged.
    pub(crate) fn claims(
        &mut self,
        t: &Connection,
        run: RunId,
        row: i64,
        report: &Report,
        claims: &[&Prepared],
        sketch: &[u8],
    ) -> Result<()> {
        if claims.is_empty() {
            return Ok(());
        }
        let published = report.published.map(|d| d.to_string());
        let mut sentences = sentences_of(t, row)?;
        for prepared in claims {
            let claim = &prepared.claim;
            let key = (claim.sentence, claim.span.start, claim.span.end);
            let at = if let Some(&at) = sentences.get(&key) {
                at
            } else {
                let at = sentence_row(t, row, claim, report)?;
                sentences.insert(key, at);
                at
            };
            let place = match &claim.place {
                Some(p) => Some(self.place(
                    t,
                    &PlaceKey {
                        name: &p.name,
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
            let date = claim.date.as_ref();
            let start = date.and_then(|d| d.start).map(|d| d.to_string());
            let end = date.and_then(|d| d.end).map(|d| d.to_string());
            // Of what lasted until a day before the report, that day is the last on which it can have been.
            let day = start.as_deref().or(match (published.as_deref(), end.as_deref()) {
                (Some(published), Some(end)) => Some(published.min(end)),
                (published, _) => published,
            });
            let side = |parties: &[Party]| parties.iter().find_map(|p| p.country.clone());
            let country = claim
                .place
                .as_ref()
                .and_then(|p| p.country.clone())
                .or_else(|| side(&claim.recipient))
                .or_else(|| side(&claim.actor));
            let key = insert_claim(
                t,
                &ClaimRow {
                    claim_id: &claim.claim_id,
                    report: Some(row),
                    sentence: Some(at),
                    predicate: &claim.predicate.text,
                    predicate_span: Some(claim.predicate.span),
                    event_type: claim.event_type,
                    event_mode: claim.event_mode.as_deref(),
                    contexts: &json(&claim.contexts),
                    cameo: &claim.cameo,
                    quad_class: claim.quad_class,
                    goldstein: Some(decimal(claim.goldstein)),
                    plover_score: Some(decimal(claim.plover_score)),
                    factuality: claim.factuality.as_str(),
                    date_start: start.as_deref(),
                    date_end: end.as_deref(),
                    date_precision: date.map(|d| d.precision),
                    date_text: date.map(|d| d.text.as_str()),
                    date_span: date.and_then(|d| d.span),
                    date_rule: date.map(|d| d.rule),
                    place,
                    place_text: claim.place.as_ref().map(|p| p.text.as_str()),
                    place_span: claim.place.as_ref().map(|p| p.span),
                    place_rule: claim.place.as_ref().map(|p| p.rule),
                    rule: &claim.rule,
                    confidence: decimal(claim.confidence),
                    day,
                    day_end: end.as_deref().or(published.as_deref()).or(start.as_deref()),
                    country: country.as_deref(),
                    digest: prepared.digest,
                    run: run.0,
                    set: "forewarn",
                },
            )?;
            for (side, parties) in [("actor", &claim.actor), ("recipient", &claim.recipient)] {
                for (position, p) in (0_i64..).zip(parties) {
                    insert_party(t, key, side, position, p)?;
                }
            }
            let codes = |parties: &[Party]| {
                let mut out: Vec<SmolStr> = parties.iter().flat_map(party_codes).collect();
                out.sort();
                out.dedup();
                out
            };
            insert_dyads(t, "dyad", key, day.unwrap_or(""), &codes(&claim.actor), &codes(&claim.recipient))?;
            crate::list::put_claim(t, key)?;
            for (position, v) in (0_i64..).zip(&claim.attribution) {
                insert_voice(t, key, position, v)?;
            }
            for (position, c) in (0_i64..).zip(&claim.counts) {
                let number = Tally { what: c.what, who: &c.who, low: c.low, best: c.best, high: c.high, text: &c.text };
                insert_tally(t, key, position, &number, Some(c.span), c.rule)?;
            }
            t.prepare_cached("INSERT INTO telling VALUES (?1, ?2)")
                .and_then(|mut s| s.execute(params![key, prepared.telling]))
                .doing("writing what merging needs")?;
            // What the text says did not come about is kept as a claim, and tells of no happening.
            if claim.factuality != Factuality::Negated {
                t.prepare_cached("INSERT INTO pending VALUES (?1)")
                    .and_then(|mut s| s.execute([key]))
                    .doing("leaving a claim to be merged")?;
            }
        }
        t.prepare_cached("INSERT OR REPLACE INTO sketch VALUES (?1, ?2)")
            .and_then(|mut s| s.execute(params![row, sketch]))
            .doing("writing a report's sketch")?;
        Ok(())
    }

    /// The row of a place, made where there is none.
    pub(crate) fn place(&mut self, t: &Connection, place: &PlaceKey) -> Result<i64> {
        /// Distinct places that are remembered; more are looked up again.
        const MOST: usize = 100_000;
        let mut hasher = FxHasher::default();
        place.hash(&mut hasher);
        let hash = hasher.finish();
        if let Some(&row) = self.places.get(&hash) {
            return Ok(row);
        }
        let values =
            params![place.name, place.country, place.admin1, place.lat, place.lon, place.geonameid, place.precision];
        let found = t
            .prepare_cached(
                "SELECT id FROM place WHERE name = ?1 COLLATE NOCASE AND name = ?1 AND country IS ?2 AND admin1 IS ?3
                 AND lat IS ?4 AND lon IS ?5 AND geonameid IS ?6 AND precision = ?7",
            )
            .and_then(|mut s| s.query_row(values, |r| r.get::<_, i64>(0)).optional())
            .doing("looking for a place")?;
        let row = if let Some(row) = found {
            row
        } else {
            t.prepare_cached(
                "INSERT INTO place (name, country, admin1, lat, lon, geonameid, precision)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )
            .and_then(|mut s| s.insert(values))
            .doing("writing a place")?;
            let row = t.last_insert_rowid();
            if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
                t.prepare_cached("INSERT INTO place_area VALUES (?1, ?2, ?2, ?3, ?3)")
                    .and_then(|mut s| s.execute(params![row, lat, lon]))
                    .doing("putting a place on the map")?;
            }
            row
        };
        if self.places.len() >= MOST {
            self.places.clear();
        }
        self.places.insert(hash, row);
        Ok(row)
    }
}

impl Ledger {
    /// The digest ([`digest_of`]) of the report that stands under an id.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn report_digest(&self, report_id: &str) -> Result<Option<i64>> {
        digest_under(&self.connection, report_id)
    }
}

/// The digest of the report that stands under an id.
fn digest_under(t: &Connection, report_id: &str) -> Result<Option<i64>> {
    t.prepare_cached("SELECT digest FROM report WHERE report_id = ?1")
        .and_then(|mut s| s.query_row([report_id], |r| r.get(0)).optional())
        .doing("looking for a report")
}

/// The id under which another text with a taken id is kept.
pub fn another_id(report_id: &str, digest: i64) -> String {
    format!("{report_id}~{:08x}", (digest as u64) >> 32)
}

/// What makes a place one place.
pub(crate) struct PlaceKey<'a> {
    pub name: &'a str,
    pub country: Option<&'a str>,
    pub admin1: Option<&'a str>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub geonameid: Option<u32>,
    pub precision: &'a str,
}

impl Hash for PlaceKey<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.name, self.country, self.admin1, self.geonameid, self.precision).hash(state);
        (self.lat.map(f64::to_bits), self.lon.map(f64::to_bits)).hash(state);
    }
}

/// The columns of `claim`.
pub(crate) struct ClaimRow<'a> {
    pub claim_id: &'a str,
    pub report: Option<i64>,
    pub sentence: Option<i64>,
    pub predicate: &'a str,
    pub predicate_span: Option<Span>,
    pub event_type: &'a str,
    pub event_mode: Option<&'a str>,
    pub contexts: &'a str,
    pub cameo: &'a str,
    pub quad_class: u8,
    pub goldstein: Option<f64>,
    pub plover_score: Option<f64>,
    pub factuality: &'a str,
    pub date_start: Option<&'a str>,
    pub date_end: Option<&'a str>,
    pub date_precision: Option<&'a str>,
    pub date_text: Option<&'a str>,
    pub date_span: Option<Span>,
    pub date_rule: Option<&'a str>,
    pub place: Option<i64>,
    pub place_text: Option<&'a str>,
    pub place_span: Option<Span>,
    pub place_rule: Option<&'a str>,
    pub rule: &'a str,
    pub confidence: f64,
    pub day: Option<&'a str>,
    pub day_end: Option<&'a str>,
    pub country: Option<&'a str>,
    pub digest: i64,
    pub run: i64,
    pub set: &'a str,
}

pub(crate) fn insert_claim(t: &Connection, c: &ClaimRow) -> Result<i64> {
    let start = |s: Option<Span>| s.map(|s| s.start);
    let end = |s: Option<Span>| s.map(|s| s.end);
    t.prepare_cached(
        "INSERT INTO claim (claim_id, report, sentence, predicate_text, predicate_start, predicate_end, event_type,
         event_mode, contexts, cameo, quad_class, goldstein, plover_score, factuality, date_start, date_end, date_precision,
         date_text, date_span_start, date_span_end, date_rule, place, place_text, place_span_start, place_span_end,
         place_rule, rule, confidence, day, day_end, country, digest, run, \"set\")
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
         ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34)",
    )
    .and_then(|mut s| {
        s.insert(params![
            c.claim_id,
            c.report,
            c.sentence,
            c.predicate,
            start(c.predicate_span),
            end(c.predicate_span),
            c.event_type,
            c.event_mode,
            c.contexts,
            c.cameo,
            c.quad_class,
            c.goldstein,
            c.plover_score,
            c.factuality,
            c.date_start,
            c.date_end,
            c.date_precision,
            c.date_text,
            start(c.date_span),
            end(c.date_span),
            c.date_rule,
            c.place,
            c.place_text,
            start(c.place_span),
            end(c.place_span),
            c.place_rule,
            c.rule,
            c.confidence,
            c.day,
            c.day_end,
            c.country,
            c.digest,
            c.run,
            c.set
        ])
    })
    .doing("writing a claim")
}

/// The sentences of a report that are there already, by index and span; none of a new report.
fn sentences_of(t: &Connection, report: i64) -> Result<FxHashMap<(u32, u32, u32), i64>> {
    t.prepare_cached("SELECT sentence, span_start, span_end, id FROM sentence WHERE report = ?1")
        .and_then(|mut s| s.query_map([report], |r| Ok(((r.get(0)?, r.get(1)?, r.get(2)?), r.get(3)?)))?.collect())
        .doing("looking for sentences")
}

/// Writes the sentence of a claim and puts it into the index of words.
fn sentence_row(t: &Connection, report: i64, claim: &Claim, of: &Report) -> Result<i64> {
    let Span { start, end } = claim.span;
    let text = claim.span.get(&of.text).ok_or_else(|| {
        Error::Misuse(format!("claim {} has the span {start}..{end}, which its report lacks", claim.claim_id))
    })?;
    let row = t
        .prepare_cached(
            "INSERT INTO sentence (report, sentence, span_start, span_end, text) VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .and_then(|mut s| s.insert(params![report, claim.sentence, start, end, text]))
        .doing("writing a sentence")?;
    t.prepare_cached("INSERT INTO evidence (rowid, text) VALUES (?1, ?2)")
        .and_then(|mut s| s.execute(params![row, text]))
        .doing("indexing a sentence")?;
    Ok(row)
}

fn insert_party(t: &Connection, claim: i64, side: &str, position: i64, p: &Party) -> Result<()> {
    t.prepare_cached("INSERT INTO party VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)")
        .and_then(|mut s| {
            s.execute(params![
                claim,
                side,
                position,
                p.text,
                p.span.start,
                p.span.end,
                p.country.as_deref(),
                p.sector.as_deref(),
                p.group.as_deref(),
                p.ethnicity.as_deref(),
                p.person,
                p.office.as_deref(),
                p.resolved,
                p.rule,
                p.inferred
            ])
        })
        .doing("writing a party")?;
    Ok(())
}

/// The codes under which a party is found: its country, its group, and where it has neither its ethnic code.
pub(crate) fn party_codes(p: &Party) -> Vec<SmolStr> {
    let mut out: Vec<SmolStr> = [&p.country, &p.group].into_iter().flatten().cloned().collect();
    if out.is_empty() {
        out.extend(p.ethnicity.clone());
    }
    out
}

/// Puts a claim or incident under each pair of codes; `''` stands for a side that has none.
pub(crate) fn insert_dyads(
    t: &Connection,
    table: &'static str,
    row: i64,
    day: &str,
    actors: &[SmolStr],
    recipients: &[SmolStr],
) -> Result<()> {
    let none = [SmolStr::default()];
    let or_none = |codes: &'_ [SmolStr]| if codes.is_empty() { none.to_vec() } else { codes.to_vec() };
    let sql = match table {
        "dyad" => "INSERT OR IGNORE INTO dyad VALUES (?1, ?2, ?3, ?4)",
        _ => "INSERT OR IGNORE INTO incident_dyad VALUES (?1, ?2, ?3, ?4)",
    };
    let mut statement = t.prepare_cached(sql).doing("writing a dyad")?;
    for actor in or_none(actors) {
        for recipient in or_none(recipients) {
            statement.execute(params![actor.as_str(), recipient.as_str(), day, row]).doing("writing a dyad")?;
        }
    }
    Ok(())
}

fn insert_voice(t: &Connection, claim: i64, position: i64, v: &Voice) -> Result<()> {
    t.prepare_cached("INSERT INTO voice VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
        .and_then(|mut s| {
            s.execute(params![
                claim,
                position,
                v.text,
                v.span.map(|s| s.start),
                v.span.map(|s| s.end),
                kind_word(v.kind),
                stance_word(v.stance),
                v.resolved,
                v.rule
            ])
        })
        .doing("writing a voice")?;
    Ok(())
}

/// A number as it is stored.
pub(crate) struct Tally<'a> {
    pub what: &'a str,
    pub who: &'a str,
    pub low: Option<u64>,
    pub best: Option<u64>,
    pub high: Option<u64>,
    pub text: &'a str,
}

pub(crate) fn insert_tally(
    t: &Connection,
    claim: i64,
    position: i64,
    c: &Tally,
    span: Option<Span>,
    rule: &str,
) -> Result<()> {
    let number = |n: Option<u64>| n.map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    t.prepare_cached("INSERT INTO tally VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")
        .and_then(|mut s| {
            s.execute(params![
                claim,
                position,
                c.what,
                c.who,
                number(c.low),
                number(c.best),
                number(c.high),
                c.text,
                span.map(|s| s.start),
                span.map(|s| s.end),
                rule
            ])
        })
        .doing("writing a number")?;
    Ok(())
}
