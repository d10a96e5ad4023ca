//! Keeping the incidents: new claims are compared with their neighbourhood, and only the incidents there are made anew.
//!
//! The comparison and the grouping are `forewarn-incident`'s; here is what they need, kept on disk: the tellings, the keys
//! under which they meet, and the links between them. The incidents of a ledger are a function of its current claims and
//! corrections, whatever the order and the batches in which they came.

use std::sync::Arc;

use forewarn_incident::{Correction, Incident, Link, Piece, Sketch, Telling, group, keys, link};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::error::{Doing, Result};
use crate::rows;
use crate::schema::tick;
use crate::store::Ledger;
use crate::write::{PlaceKey, Writer, insert_dyads, json};

/// What a step of merging did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Claims that were waiting and are merged now.
    pub claims: u64,
    /// Pairs that were compared.
    pub compared: u64,
    /// Pairs that tell of one thing.
    pub linked: u64,
    /// Incidents that are new or changed.
    pub changed: u64,
    /// Incidents that are no more.
    pub withdrawn: u64,
    /// Claims that still wait.
    pub waiting: u64,
}

impl Merged {
    /// Adds what a further step did.
    pub fn add(&mut self, other: Self) {
        self.claims += other.claims;
        self.compared += other.compared;
        self.linked += other.linked;
        self.changed += other.changed;
        self.withdrawn += other.withdrawn;
        self.waiting = other.waiting;
    }
}

/// A claim with its report's sketch.
pub(crate) struct Kept {
    row: i64,
    telling: Telling,
    sketch: Arc<Sketch>,
}

impl Kept {
    pub(crate) fn claim_id(&self) -> SmolStr {
        self.telling.claim_id.clone()
    }

    pub(crate) fn piece(&self) -> Piece<'_> {
        Piece { telling: &self.telling, sketch: &self.sketch }
    }
}

/// Claims and sketches read in one step.
pub(crate) struct Desk<'c> {
    connection: &'c Connection,
    kept: FxHashMap<i64, Arc<Kept>>,
    sketches: FxHashMap<i64, Arc<Sketch>>,
}

impl<'c> Desk<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Self {
        Self { connection, kept: FxHashMap::default(), sketches: FxHashMap::default() }
    }

    pub(crate) fn get(&mut self, row: i64) -> Result<Arc<Kept>> {
        if let Some(kept) = self.kept.get(&row) {
            return Ok(Arc::clone(kept));
        }
        let (report, body): (i64, Vec<u8>) = self
            .connection
            .prepare_cached("SELECT c.report, t.body FROM telling t JOIN claim c ON c.id = t.claim WHERE t.claim = ?1")
            .and_then(|mut s| s.query_row([row], |r| Ok((r.get(0)?, r.get(1)?))))
            .doing("reading what merging needs")?;
        let telling = postcard::from_bytes(&body).map_err(|e| rows::broken("telling of claim", row, &e))?;
        let sketch = if let Some(sketch) = self.sketches.get(&report) {
            Arc::clone(sketch)
        } else {
            let body: Vec<u8> = self
                .connection
                .prepare_cached("SELECT body FROM sketch WHERE report = ?1")
                .and_then(|mut s| s.query_row([report], |r| r.get(0)))
                .doing("reading a report's sketch")?;
            let sketch: Sketch =
                postcard::from_bytes(&body).map_err(|e| rows::broken("sketch of report", report, &e))?;
            let sketch = Arc::new(sketch);
            self.sketches.insert(report, Arc::clone(&sketch));
            sketch
        };
        let kept = Arc::new(Kept { row, telling, sketch });
        self.kept.insert(row, Arc::clone(&kept));
        Ok(kept)
    }
}

impl Ledger {
    /// How many claims wait to be merged.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn waiting(&self) -> Result<u64> {
        waiting(&self.connection)
    }

    /// Merges up to `most` of the claims that wait, in one transaction.
    ///
    /// # Errors
    /// When `SQLite` refuses, or a stored record cannot be read back: then nothing has changed.
    pub fn merge(&mut self, writer: &mut Writer, most: usize) -> Result<Merged> {
        let corrections = self.corrections()?;
        let t =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).doing("beginning to merge")?;
        let ids: Vec<i64> = t
            .prepare_cached("SELECT claim FROM pending ORDER BY claim LIMIT ?1")
            .and_then(|mut s| s.query_map([most as i64], |r| r.get(0))?.collect())
            .doing("reading what waits")?;
        let mut done = Merged { claims: ids.len() as u64, ..Merged::default() };
        let mut desk = Desk::new(&t);
        for &id in &ids {
            connect(&t, &mut desk, id, &mut done)?;
        }
        let anchored = anchored(&t, &corrections)?;
        for component in components(&t, &ids, &anchored)? {
            regroup(&t, writer, &mut desk, &component, &corrections, &mut done)?;
        }
        for &id in &ids {
            t.prepare_cached("DELETE FROM pending WHERE claim = ?1")
                .and_then(|mut s| s.execute([id]))
                .doing("taking a claim off the waiting list")?;
        }
        done.waiting = waiting(&t)?;
        drop(desk);
        succeed(&t, &ids)?;
        tick(&t)?;
        t.commit().doing("writing incidents")?;
        Ok(done)
    }

    /// Merges all that waits, `most` claims a transaction, telling after each how far it is.
    ///
    /// # Errors
    /// As [`Ledger::merge`]; what earlier transactions did stands.
    pub fn merge_all(&mut self, writer: &mut Writer, most: usize, tell: &mut dyn FnMut(&Merged)) -> Result<Merged> {
        let mut all = Merged::default();
        while self.waiting()? > 0 {
            all.add(self.merge(writer, most)?);
            tell(&all);
        }
        Ok(all)
    }
}

fn waiting(c: &Connection) -> Result<u64> {
    c.prepare_cached("SELECT count(*) FROM pending")
        .and_then(|mut s| s.query_row([], |r| r.get::<_, i64>(0)))
        .map(|n| n as u64)
        .doing("counting what waits")
}

/// Compares a claim with those it shares a key with, and files it under its keys.
fn connect(t: &Connection, desk: &mut Desk, id: i64, done: &mut Merged) -> Result<()> {
    let kept = desk.get(id)?;
    let mut near: FxHashSet<i64> = FxHashSet::default();
    for key in keys(kept.piece()) {
        let key = key as i64;
        let mut meet = t.prepare_cached("SELECT claim FROM block WHERE key = ?1").doing("looking for neighbours")?;
        let found = meet.query_map([key], |r| r.get::<_, i64>(0)).doing("looking for neighbours")?;
        for claim in found {
            near.insert(claim.doing("looking for neighbours")?);
        }
        t.prepare_cached("INSERT OR IGNORE INTO block VALUES (?1, ?2)")
            .and_then(|mut s| s.execute([key, id]))
            .doing("filing a claim under its keys")?;
    }
    near.remove(&id);
    let mut near: Vec<i64> = near.into_iter().collect();
    near.sort_unstable();
    for other in near {
        let other = desk.get(other)?;
        done.compared += 1;
        let Some(found) = link(kept.piece(), other.piece()) else { continue };
        done.linked += 1;
        let (a, b) = (id.min(other.row), id.max(other.row));
        let body = postcard::to_stdvec(&found).map_err(|e| rows::broken("link of claim", id, &e))?;
        t.prepare_cached("INSERT OR REPLACE INTO link VALUES (?1, ?2, ?3, ?4)")
            .and_then(|mut s| s.execute(params![a, b, f64::from(found.score), body]))
            .doing("writing a link")?;
    }
    Ok(())
}

/// The pairs of current claims that corrections hold on to.
pub(crate) fn anchored(t: &Connection, corrections: &[Correction]) -> Result<Vec<(i64, i64)>> {
    let mut out = Vec::new();
    for correction in corrections {
        let find = |anchor: &forewarn_incident::Anchor| -> Result<Option<i64>> {
            t.prepare_cached(
                "SELECT c.id FROM claim c JOIN report r ON r.id = c.report
                 WHERE r.report_id = ?1 AND c.superseded IS NULL AND c.predicate_start < ?3 AND c.predicate_end > ?2
                 ORDER BY c.id",
            )
            .and_then(|mut s| {
                s.query_row(params![anchor.report_id.as_str(), anchor.predicate.start, anchor.predicate.end], |r| {
                    r.get(0)
                })
                .optional()
            })
            .doing("looking for a corrected claim")
        };
        if let (Some(a), Some(b)) = (find(&correction.a)?, find(&correction.b)?) {
            out.push((a, b));
        }
    }
    Ok(out)
}

/// The components in which `seeds` lie, over links and corrections, each sorted.
pub(crate) fn components(t: &Connection, seeds: &[i64], anchored: &[(i64, i64)]) -> Result<Vec<Vec<i64>>> {
    let mut beside: FxHashMap<i64, Vec<i64>> = FxHashMap::default();
    for &(a, b) in anchored {
        beside.entry(a).or_default().push(b);
        beside.entry(b).or_default().push(a);
    }
    let mut seen: FxHashSet<i64> = FxHashSet::default();
    let mut out = Vec::new();
    for &seed in seeds {
        if !seen.insert(seed) {
            continue;
        }
        let mut component = vec![seed];
        let mut next = 0;
        while next < component.len() {
            let at = component[next];
            next += 1;
            let mut statement = t
                .prepare_cached("SELECT b FROM link WHERE a = ?1 UNION ALL SELECT a FROM link WHERE b = ?1")
                .doing("following links")?;
            let found = statement.query_map([at], |r| r.get::<_, i64>(0)).doing("following links")?;
            for other in found {
                let other = other.doing("following links")?;
                if seen.insert(other) {
                    component.push(other);
                }
            }
            for &other in beside.get(&at).into_iter().flatten() {
                if seen.insert(other) {
                    component.push(other);
                }
            }
        }
        component.sort_unstable();
        out.push(component);
    }
    Ok(out)
}

/// The links between claims, each once: it stands under the smaller of its two rows.
pub(crate) fn links_of(t: &Connection, claims: &[i64]) -> Result<Vec<Link>> {
    let mut links = Vec::new();
    for &claim in claims {
        let mut statement = t.prepare_cached("SELECT body FROM link WHERE a = ?1").doing("reading links")?;
        let found = statement.query_map([claim], |r| r.get::<_, Vec<u8>>(0)).doing("reading links")?;
        for body in found {
            let body = body.doing("reading links")?;
            links.push(postcard::from_bytes(&body).map_err(|e| rows::broken("link of claim", claim, &e))?);
        }
    }
    Ok(links)
}

/// Groups a component and puts the incidents that come of it in the place of those that its claims had.
fn regroup(
    t: &Connection,
    writer: &mut Writer,
    desk: &mut Desk,
    component: &[i64],
    corrections: &[Correction],
    done: &mut Merged,
) -> Result<()> {
    let kept: Vec<Arc<Kept>> = component.iter().map(|&id| desk.get(id)).collect::<Result<_>>()?;
    let pieces: Vec<Piece> = kept.iter().map(|k| k.piece()).collect();
    let row_of: FxHashMap<&str, i64> = kept.iter().map(|k| (k.telling.claim_id.as_str(), k.row)).collect();
    let tellings: FxHashMap<&str, &Telling> = kept.iter().map(|k| (k.telling.claim_id.as_str(), &k.telling)).collect();
    let id_of: FxHashMap<i64, SmolStr> = kept.iter().map(|k| (k.row, k.telling.claim_id.clone())).collect();
    let links = links_of(t, component)?;
    let incidents = group(&pieces, &links, corrections);
    let mut old: FxHashMap<String, i64> = FxHashMap::default();
    for &id in component {
        let found: Option<(i64, String)> = t
            .prepare_cached(
                "SELECT i.id, i.incident_id FROM member m JOIN incident i ON i.id = m.incident WHERE m.claim = ?1",
            )
            .and_then(|mut s| s.query_row([id], |r| Ok((r.get(0)?, r.get(1)?))).optional())
            .doing("reading the incident of a claim")?;
        old.extend(found.map(|(row, id)| (id, row)));
    }
    let mut changed = Vec::new();
    let mut pointed = Vec::new();
    for incident in &incidents {
        let body = json(incident);
        let row = match old.remove(incident.incident_id.as_str()) {
            Some(row) => {
                let same: bool = t
                    .prepare_cached("SELECT body = ?2 FROM incident_body WHERE incident = ?1")
                    .and_then(|mut s| s.query_row(params![row, body], |r| r.get(0)))
                    .doing("comparing an incident")?;
                // A claim that a recoding replaced may say what it said before, and is another row all the same.
                if same && all_in(t, incident, row, &row_of)? {
                    // What points to it may have become, or ceased to be, a happening of its own.
                    if incident.members.iter().any(|m| !m.role.is_account()) {
                        pointed.push((row, incident));
                    }
                    continue;
                }
                clear(t, row)?;
                Some(row)
            }
            None => None,
        };
        changed.push(incident);
        put(t, writer, incident, &body, row, &row_of, &tellings)?;
    }
    let mut gone: Vec<(String, i64)> = old.into_iter().collect();
    gone.sort();
    for (incident_id, row) in gone {
        done.withdrawn += 1;
        // Its smallest claim gave it its name: where that went, it went.
        let first: Option<i64> = t
            .prepare_cached(
                "SELECT m.claim FROM member m JOIN claim c ON c.id = m.claim WHERE m.incident = ?1 ORDER BY c.claim_id",
            )
            .and_then(|mut s| s.query_row([row], |r| r.get(0)).optional())
            .doing("reading a withdrawn incident")?;
        let now = first.and_then(|claim| {
            let id = id_of.get(&claim)?;
            incidents.iter().find(|i| i.members.iter().any(|m| m.claim_id == *id)).map(|i| i.incident_id.to_string())
        });
        clear(t, row)?;
        t.prepare_cached("DELETE FROM incident WHERE id = ?1")
            .and_then(|mut s| s.execute([row]))
            .doing("withdrawing an incident")?;
        withdraw(t, &incident_id, now.as_deref(), None)?;
    }
    done.changed += changed.len() as u64;
    // A member's row is keyed by its claim, so members come when all that they have left is cleared.
    let own: FxHashSet<&str> = incidents
        .iter()
        .flat_map(|i| i.members.iter().filter(|m| m.role.is_account()).map(|m| m.claim_id.as_str()))
        .collect();
    for &(row, _) in &pointed {
        for sql in ["DELETE FROM member WHERE incident = ?1", "DELETE FROM pointer WHERE incident = ?1"] {
            t.prepare_cached(sql).and_then(|mut s| s.execute([row])).doing("clearing an incident")?;
        }
    }
    for incident in changed.into_iter().chain(pointed.into_iter().map(|(_, incident)| incident)) {
        members(t, incident, &row_of, &own)?;
    }
    Ok(())
}

/// Whether all accounts of an incident are its members.
fn all_in(t: &Connection, incident: &Incident, row: i64, row_of: &FxHashMap<&str, i64>) -> Result<bool> {
    let mut member =
        t.prepare_cached("SELECT 1 FROM member WHERE claim = ?1 AND incident = ?2").doing("reading members")?;
    for one in incident.members.iter().filter(|m| m.role.is_account()) {
        let Some(claim) = row_of.get(one.claim_id.as_str()) else { continue };
        if !member.exists(params![claim, row]).doing("reading members")? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Notes that an incident no longer stands: what it became, or else a replaced claim by whose words that can be found out.
fn withdraw(t: &Connection, incident_id: &str, now: Option<&str>, claim: Option<i64>) -> Result<()> {
    t.prepare_cached(
        "INSERT OR REPLACE INTO withdrawn (incident_id, now, run, claim) VALUES (?1, ?2, (SELECT max(id) FROM run), ?3)",
    )
    .and_then(|mut s| s.execute(params![incident_id, now, claim]))
    .doing("noting a withdrawn incident")?;
    Ok(())
}

/// Finds what withdrawn incidents became whose claims a recoding replaced: the incident of the merged claim that stands on
/// the same words of the report, or else, in the same sentence, of the same type.
fn succeed(t: &Connection, merged: &[i64]) -> Result<()> {
    let open = t
        .prepare_cached("SELECT 1 FROM withdrawn WHERE claim IS NOT NULL")
        .and_then(|mut s| s.exists([]))
        .doing("looking for incidents without successors")?;
    if !open {
        return Ok(());
    }
    let mut best: FxHashMap<String, (bool, String, i64)> = FxHashMap::default();
    for &claim in merged {
        let found: Vec<(String, String, bool)> = t
            .prepare_cached(
                "SELECT w.incident_id, i.incident_id, c.predicate_start < o.predicate_end AND c.predicate_end > o.predicate_start
                 FROM claim c CROSS JOIN claim o ON o.report = c.report CROSS JOIN withdrawn w ON w.claim = o.id
                 CROSS JOIN member m ON m.claim = c.id CROSS JOIN incident i ON i.id = m.incident
                 LEFT JOIN sentence a ON a.id = c.sentence LEFT JOIN sentence b ON b.id = o.sentence
                 WHERE c.id = ?1 AND (c.predicate_start < o.predicate_end AND c.predicate_end > o.predicate_start
                   OR c.event_type = o.event_type AND a.span_start < b.span_end AND a.span_end > b.span_start)",
            )
            .and_then(|mut s| s.query_map([claim], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect())
            .doing("looking for an incident's successor")?;
        for (gone, now, same_words) in found {
            let candidate = (!same_words, now, claim);
            match best.get(&gone) {
                Some(known) if (known.0, known.2) <= (candidate.0, claim) => {}
                _ => {
                    best.insert(gone, candidate);
                }
            }
        }
    }
    let mut best: Vec<_> = best.into_iter().collect();
    best.sort();
    for (gone, (_, now, _)) in best {
        withdraw(t, &gone, Some(&now), None)?;
    }
    Ok(())
}

/// Takes members, dyads, lists and the record of an incident away.
fn clear(t: &Connection, row: i64) -> Result<()> {
    for sql in [
        "DELETE FROM member WHERE incident = ?1",
        "DELETE FROM pointer WHERE incident = ?1",
        "DELETE FROM incident_dyad WHERE incident = ?1",
        "DELETE FROM incident_body WHERE incident = ?1",
    ] {
        t.prepare_cached(sql).and_then(|mut s| s.execute([row])).doing("clearing an incident")?;
    }
    crate::list::remove_incident(t, row)
}

/// Writes an incident's members, and puts it on its lists; what is an account of another incident (`own`) and points to
/// this one is a pointer.
fn members(t: &Connection, incident: &Incident, row_of: &FxHashMap<&str, i64>, own: &FxHashSet<&str>) -> Result<()> {
    let row: i64 = t
        .prepare_cached("SELECT id FROM incident WHERE incident_id = ?1")
        .and_then(|mut s| s.query_row([incident.incident_id.as_str()], |r| r.get(0)))
        .doing("reading an incident")?;
    for member in &incident.members {
        let Some(claim) = row_of.get(member.claim_id.as_str()) else { continue };
        let sql = if !member.role.is_account() && own.contains(member.claim_id.as_str()) {
            "INSERT OR REPLACE INTO pointer VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        } else {
            "INSERT OR REPLACE INTO member VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        };
        t.prepare_cached(sql)
            .and_then(|mut s| {
                s.execute(params![
                    claim,
                    row,
                    member.role.as_str(),
                    member.merged_to.as_deref(),
                    member.score,
                    json(&member.reasons)
                ])
            })
            .doing("writing a member")?;
    }
    crate::list::put_incident(t, row)
}

fn put(
    t: &Connection,
    writer: &mut Writer,
    incident: &Incident,
    body: &str,
    row: Option<i64>,
    row_of: &FxHashMap<&str, i64>,
    tellings: &FxHashMap<&str, &Telling>,
) -> Result<()> {
    let place = match &incident.place {
        Some(p) => Some(writer.place(
            t,
            &PlaceKey {
                name: &p.name,
                country: p.country.as_deref(),
                admin1: p.admin1.as_deref(),
                lat: p.lat,
                lon: p.lon,
                geonameid: p.geonameid,
                precision: p.precision.as_str(),
            },
        )?),
        None => None,
    };
    // The claim whose sentence stands for the incident: what asserts it, the fullest first, then the surest.
    let best = incident.members.iter().min_by(|a, b| {
        let order = crate::query::rank(a.role).cmp(&crate::query::rank(b.role));
        let (x, y) = (tellings.get(a.claim_id.as_str()), tellings.get(b.claim_id.as_str()));
        let full = |t: Option<&&Telling>| t.map_or(0, |t| fullness(incident, t));
        let sure = |t: Option<&&Telling>| t.map_or(0.0, |t| t.confidence);
        order.then(full(y).cmp(&full(x))).then(sure(y).total_cmp(&sure(x))).then(a.claim_id.cmp(&b.claim_id))
    });
    let evidence = best.and_then(|m| row_of.get(m.claim_id.as_str())).copied();
    let (first, last) = published(t, incident, row_of)?;
    let start = incident.date.map(|d| d.start.to_string());
    let end = incident.date.map(|d| d.end.to_string());
    // Where only publication bounds it, the day of the first report stands for it: news is mostly of its day.
    let bounded = incident.date.is_some_and(|d| d.precision == forewarn_incident::Precision::Published);
    let day = if bounded { first.clone().or_else(|| end.clone()) } else { start.clone().or_else(|| first.clone()) };
    let flat = crate::query::row_of(incident);
    let country = crate::query::country_of(&flat);
    let side = |parties: &[forewarn_exchange::row::PartyRow]| {
        parties.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("; ")
    };
    let count = |n: Option<u64>| n.map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let changed = tick(t)?;
    let row = t
        .prepare_cached(
            "INSERT OR REPLACE INTO incident VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
             ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32)",
        )
        .and_then(|mut s| {
            s.insert(params![
                row,
                incident.incident_id.as_str(),
                flat.event_type,
                flat.event_mode,
                flat.cameo.as_deref().unwrap_or(""),
                flat.quad_class,
                flat.goldstein,
                flat.plover_score,
                flat.status,
                flat.disputed_actor,
                side(&flat.actor),
                side(&flat.recipient),
                start,
                end,
                flat.date_prec,
                place,
                country,
                flat.claims,
                flat.reports,
                flat.publishers,
                flat.independent_origins,
                count(flat.killed.low),
                count(flat.killed.best),
                count(flat.killed.high),
                count(flat.injured.low),
                count(flat.injured.best),
                count(flat.injured.high),
                first,
                last,
                day,
                evidence,
                changed
            ])
        })
        .doing("writing an incident")?;
    t.prepare_cached("INSERT OR REPLACE INTO incident_body VALUES (?1, ?2)")
        .and_then(|mut s| s.execute(params![row, body]))
        .doing("writing an incident's record")?;
    insert_dyads(
        t,
        "incident_dyad",
        row,
        day.as_deref().unwrap_or(""),
        &crate::happening::codes(&flat.actor),
        &crate::happening::codes(&flat.recipient),
    )?;
    t.prepare_cached("DELETE FROM withdrawn WHERE incident_id = ?1")
        .and_then(|mut s| s.execute([incident.incident_id.as_str()]))
        .doing("noting an incident that is back")?;
    Ok(())
}

/// How much of what the incident says a telling says too.
fn fullness(incident: &Incident, telling: &Telling) -> usize {
    let place = match (&incident.place, &telling.spot) {
        (Some(place), Some(spot)) => place.name == spot.name,
        _ => false,
    };
    [
        telling.event_type == incident.event_type,
        place,
        telling.when.is_some(),
        !telling.tolls.is_empty(),
        !telling.actor.is_empty(),
        !telling.recipient.is_empty(),
    ]
    .into_iter()
    .filter(|said| *said)
    .count()
}

/// The days of the first and the last report.
fn published(
    t: &Connection,
    incident: &Incident,
    row_of: &FxHashMap<&str, i64>,
) -> Result<(Option<String>, Option<String>)> {
    let mut days: Vec<String> = Vec::new();
    for member in &incident.members {
        let Some(claim) = row_of.get(member.claim_id.as_str()) else { continue };
        let day: Option<String> = t
            .prepare_cached("SELECT r.published FROM claim c JOIN report r ON r.id = c.report WHERE c.id = ?1")
            .and_then(|mut s| s.query_row([claim], |r| r.get(0)))
            .doing("reading a day of publication")?;
        days.extend(day);
    }
    days.sort();
    Ok((days.first().cloned(), days.last().cloned()))
}

/// Takes claims out of merging (they were replaced), and leaves their neighbours to be merged anew.
pub(crate) fn retract(t: &Connection, claims: &[i64]) -> Result<()> {
    let gone: FxHashSet<i64> = claims.iter().copied().collect();
    let mut left: FxHashSet<i64> = FxHashSet::default();
    for &claim in claims {
        for sql in [
            "SELECT b FROM link WHERE a = ?1 UNION ALL SELECT a FROM link WHERE b = ?1",
            "SELECT o.claim FROM member m JOIN member o ON o.incident = m.incident WHERE m.claim = ?1",
        ] {
            let found: Vec<i64> = t
                .prepare_cached(sql)
                .and_then(|mut s| s.query_map([claim], |r| r.get(0))?.collect())
                .doing("looking for the neighbours of a claim")?;
            left.extend(found);
        }
    }
    for &claim in claims {
        let incident: Option<i64> = t
            .prepare_cached("SELECT incident FROM member WHERE claim = ?1")
            .and_then(|mut s| s.query_row([claim], |r| r.get(0)).optional())
            .doing("looking for the incident of a claim")?;
        for sql in [
            "DELETE FROM link WHERE a = ?1 OR b = ?1",
            "DELETE FROM block WHERE claim = ?1",
            "DELETE FROM member WHERE claim = ?1",
            "DELETE FROM pointer WHERE claim = ?1",
            "DELETE FROM pending WHERE claim = ?1",
        ] {
            t.prepare_cached(sql).and_then(|mut s| s.execute([claim])).doing("taking a claim out of merging")?;
        }
        let Some(incident) = incident else { continue };
        let left = t
            .prepare_cached("SELECT 1 FROM member WHERE incident = ?1")
            .and_then(|mut s| s.exists([incident]))
            .doing("looking at what is left of an incident")?;
        if left {
            crate::list::put_incident(t, incident)?;
        } else {
            let id: String = t
                .prepare_cached("SELECT incident_id FROM incident WHERE id = ?1")
                .and_then(|mut s| s.query_row([incident], |r| r.get(0)))
                .doing("reading an incident")?;
            clear(t, incident)?;
            t.prepare_cached("DELETE FROM incident WHERE id = ?1")
                .and_then(|mut s| s.execute([incident]))
                .doing("withdrawing an incident")?;
            withdraw(t, &id, None, Some(claim))?;
        }
    }
    for claim in left.difference(&gone) {
        t.prepare_cached("INSERT OR IGNORE INTO pending VALUES (?1)")
            .and_then(|mut s| s.execute([claim]))
            .doing("leaving a claim to be merged")?;
    }
    Ok(())
}
