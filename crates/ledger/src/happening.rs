//! Happenings for the outlook: what was known when, so that no forecast learns from later reports.

use forewarn_exchange::row::{CountRange, IncidentRow, PartyRow};
use forewarn_incident::{Correction, Incident, Piece, group};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use smol_str::SmolStr;

use crate::error::{Doing, Result};
use crate::merge::{Desk, links_of};
use crate::query::{country_of, row_of};
use crate::rows;
use crate::store::Ledger;

/// One happening: an asserted incident of our own, or an event of a foreign set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Happening {
    /// The incident's id, or the claim's id of a foreign event.
    pub id: SmolStr,
    /// `forewarn`, or the foreign set.
    pub set: SmolStr,
    /// When it happened; the day of the first report where only publication bounds it.
    pub day: Date,
    /// When it became known: the day of the first report, or the day on which a foreign set had it.
    pub known: Date,
    /// Codes of the acting side: countries, groups, else ethnic codes.
    pub actor: Vec<SmolStr>,
    /// Codes of the side acted on.
    pub recipient: Vec<SmolStr>,
    /// Where it counts.
    pub country: Option<SmolStr>,
    /// PLOVER type; empty for statements of foreign sets.
    pub event_type: SmolStr,
    /// 1 to 4; 0 where there is no type.
    pub quad_class: u8,
    /// Goldstein scale.
    pub goldstein: f64,
    /// Persons killed.
    pub killed: CountRange,
    /// Reports that tell of it.
    pub reports: u32,
    /// Ids of the claims that tell of it, of those that were known then, sorted.
    pub claims: Vec<SmolStr>,
}

/// As of when happenings are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// By everything that is in the ledger.
    Now,
    /// By what was published until the end of this day, and nothing else: incidents are grouped as they would have been.
    AsOf(Date),
    /// Each as it was told on the day it became known. For back-tests, which ask for many days: what later reports changed
    /// (a toll, who did it) is not in it.
    First,
}

impl Ledger {
    /// Happenings of a set, by day and id. Those without a day of any kind are left out.
    ///
    /// # Errors
    /// When `SQLite` refuses or a stored record cannot be read back.
    pub fn happenings(&self, set: &str, told: Told) -> Result<Vec<Happening>> {
        let mut out = Vec::new();
        self.each_happening(set, told, &mut |h| out.push(h))?;
        out.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
        Ok(out)
    }

    /// Happenings of a set one at a time, in no order that means anything: for histories too large to be held twice.
    ///
    /// # Errors
    /// As [`Ledger::happenings`].
    pub fn each_happening(&self, set: &str, told: Told, take: &mut dyn FnMut(Happening)) -> Result<()> {
        if set == "forewarn" { self.own(told, take) } else { self.foreign_happenings(set, told, take) }
    }

    /// Happenings of our own by what was published until the end of a day ([`Told::AsOf`]), each with whether it is told in
    /// the same way now, so that [`Ledger::happening`] gives the same.
    ///
    /// # Errors
    /// As [`Ledger::happenings`].
    pub fn each_as_of(&self, day: Date, take: &mut dyn FnMut(Happening, bool)) -> Result<()> {
        self.at_once(|| {
            self.as_of(day, &mut |h, same| {
                if let Some(h) = h {
                    take(h, same);
                }
            })
        })
    }

    /// Incidents of our own that reports of more than one day tell of, each as it was told on the first of them: what
    /// [`Told::First`] has in place of [`Told::Now`]. None where what was told first is not said to have happened.
    ///
    /// # Errors
    /// When `SQLite` refuses or a stored record cannot be read back.
    pub fn each_retold(&self, take: &mut dyn FnMut(SmolStr, Option<Happening>)) -> Result<()> {
        self.at_once(|| {
            let mut first = First::new(self)?;
            for (row, published, last) in self.incident_days()? {
                if published != last {
                    take(self.incident_id(row)?, first.told(row, published)?);
                }
            }
            Ok(())
        })
    }

    /// The happening of an incident as it is told now; none where there is no such incident, or none that is said to have
    /// happened.
    ///
    /// # Errors
    /// When `SQLite` refuses or the stored record cannot be read back.
    pub fn happening(&self, incident_id: &str) -> Result<Option<Happening>> {
        let row: Option<i64> = self
            .connection
            .prepare_cached("SELECT id FROM incident WHERE incident_id = ?1")
            .and_then(|mut s| rusqlite::OptionalExtension::optional(s.query_row([incident_id], |r| r.get(0))))
            .doing("looking for an incident")?;
        let Some(row) = row else { return Ok(None) };
        Ok(happening(&self.incident_body(row)?, self.first_day(row)?))
    }

    /// The event sets that the ledger holds, with how many claims of each.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn sets(&self) -> Result<Vec<(String, u64)>> {
        let own: i64 = self
            .connection
            .query_row("SELECT count(*) FROM claim WHERE report IS NOT NULL AND superseded IS NULL", [], |r| r.get(0))
            .doing("counting claims")?;
        let mut out = vec![("forewarn".to_owned(), own as u64)];
        let foreign: Vec<(String, i64)> = self
            .connection
            .prepare_cached("SELECT \"set\", count(*) FROM foreign_event GROUP BY 1 ORDER BY 1")
            .and_then(|mut s| s.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
            .doing("counting foreign events")?;
        out.extend(foreign.into_iter().map(|(set, n)| (set, n as u64)));
        Ok(out)
    }

    fn foreign_happenings(&self, set: &str, told: Told, take: &mut dyn FnMut(Happening)) -> Result<()> {
        let limit = match told {
            Told::AsOf(day) => day,
            _ => Date::MAX,
        };
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT c.id, c.claim_id, c.day, f.published, f.recorded, c.country, c.event_type, c.quad_class, c.goldstein,
                 (SELECT n.low FROM tally n WHERE n.claim = c.id AND n.what = 'killed' AND n.who = ''),
                 (SELECT n.best FROM tally n WHERE n.claim = c.id AND n.what = 'killed' AND n.who = ''),
                 (SELECT n.high FROM tally n WHERE n.claim = c.id AND n.what = 'killed' AND n.who = ''),
                 (SELECT group_concat(DISTINCT d.actor) FROM dyad d WHERE d.claim = c.id),
                 (SELECT group_concat(DISTINCT d.recipient) FROM dyad d WHERE d.claim = c.id)
                 FROM foreign_event f JOIN claim c ON c.id = f.claim WHERE f.\"set\" = ?1 AND c.factuality = 'asserted'",
            )
            .doing("reading foreign events")?;
        let codes = |text: Option<String>| -> Vec<SmolStr> {
            text.iter().flat_map(|t| t.split(',')).filter(|c| !c.is_empty()).map(SmolStr::from).collect()
        };
        let found = statement
            .query_map([set], |r| {
                let number = |i: usize| r.get::<_, Option<i64>>(i).map(|n| n.and_then(|n| u64::try_from(n).ok()));
                let day = rows::date(r.get(2)?);
                let published = rows::date(r.get(3)?);
                let recorded = rows::date(r.get(4)?);
                Ok(day.map(|day| Happening {
                    id: r.get::<_, String>(1).unwrap_or_default().into(),
                    set: set.into(),
                    day,
                    known: recorded.or(published).unwrap_or(day).max(day),
                    actor: codes(r.get(12).unwrap_or_default()),
                    recipient: codes(r.get(13).unwrap_or_default()),
                    country: r.get::<_, Option<String>>(5).unwrap_or_default().map(SmolStr::from),
                    event_type: r.get::<_, String>(6).unwrap_or_default().into(),
                    quad_class: r.get(7).unwrap_or_default(),
                    goldstein: r.get::<_, Option<f64>>(8).unwrap_or_default().unwrap_or(0.0),
                    killed: CountRange {
                        low: number(9).unwrap_or_default(),
                        best: number(10).unwrap_or_default(),
                        high: number(11).unwrap_or_default(),
                    },
                    reports: 1,
                    claims: vec![r.get::<_, String>(1).unwrap_or_default().into()],
                }))
            })
            .doing("reading foreign events")?;
        for one in found {
            if let Some(one) = one.doing("reading foreign events")?.filter(|h| h.known <= limit) {
                take(one);
            }
        }
        Ok(())
    }

    fn own(&self, told: Told, take: &mut dyn FnMut(Happening)) -> Result<()> {
        let mut give = |h: Option<Happening>| {
            if let Some(h) = h {
                take(h);
            }
        };
        self.at_once(|| match told {
            Told::Now => {
                for (row, first, _) in self.incident_days()? {
                    give(happening(&self.incident_body(row)?, first));
                }
                Ok(())
            }
            Told::First => {
                let mut told = First::new(self)?;
                for (row, first, last) in self.incident_days()? {
                    give(if first == last {
                        happening(&self.incident_body(row)?, first)
                    } else {
                        told.told(row, first)?
                    });
                }
                Ok(())
            }
            Told::AsOf(day) => self.as_of(day, &mut |h, _| give(h)),
        })
    }

    /// Incidents as they would have been grouped out of what was published by the end of a day.
    fn as_of(&self, day: Date, give: &mut dyn FnMut(Option<Happening>, bool)) -> Result<()> {
        let days = self.days_of_claims()?;
        let early = |c: &i64| days.get(c).is_some_and(|d| *d <= day);
        let incidents = self.incidents_of_claims()?;
        let mut desk = Desk::new(&self.connection);
        let corrections = self.corrections()?;
        for component in self.all_components(&days)? {
            let known: Vec<i64> = component.iter().copied().filter(early).collect();
            if known.is_empty() {
                continue;
            }
            if known.len() == component.len() {
                let mut rows: Vec<i64> = component.iter().filter_map(|c| incidents.get(c)).copied().collect();
                rows.sort_unstable();
                rows.dedup();
                for row in rows {
                    give(happening(&self.incident_body(row)?, self.first_day(row)?), true);
                }
                continue;
            }
            let by_id: FxHashMap<SmolStr, i64> =
                known.iter().map(|&c| Ok((desk.get(c)?.claim_id(), c))).collect::<Result<_>>()?;
            for incident in self.regrouped(&mut desk, &known, &corrections)? {
                let claims = incident.members.iter().filter_map(|m| by_id.get(&m.claim_id));
                let first = claims.filter_map(|c| days.get(c)).min().copied();
                give(first.and_then(|first| happening(&incident, first)), false);
            }
        }
        Ok(())
    }

    /// Reads many things as of one state, locking the file once.
    fn at_once<T>(&self, read: impl FnOnce() -> Result<T>) -> Result<T> {
        if !self.connection.is_autocommit() {
            return read();
        }
        let transaction = self.connection.unchecked_transaction().doing("beginning to read")?;
        let out = read();
        transaction.rollback().doing("ending to read")?;
        out
    }

    fn regrouped(&self, desk: &mut Desk<'_>, claims: &[i64], corrections: &[Correction]) -> Result<Vec<Incident>> {
        let kept = claims.iter().map(|&c| desk.get(c)).collect::<Result<Vec<_>>>()?;
        let pieces: Vec<Piece> = kept.iter().map(|k| k.piece()).collect();
        let links = links_of(&self.connection, claims)?;
        Ok(group(&pieces, &links, corrections))
    }

    /// The day of publication of each current claim of our own.
    fn days_of_claims(&self) -> Result<FxHashMap<i64, Date>> {
        let found: Vec<(i64, Option<String>)> = self
            .connection
            .prepare_cached(
                "SELECT c.id, r.published FROM telling t JOIN claim c ON c.id = t.claim JOIN report r ON r.id = c.report",
            )
            .and_then(|mut s| s.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
            .doing("reading days of publication")?;
        Ok(found.into_iter().filter_map(|(id, day)| Some((id, rows::date(day)?))).collect())
    }

    /// Row, first and last day of publication of each incident that has them.
    fn incident_days(&self) -> Result<Vec<(i64, Date, Date)>> {
        let found: Vec<(i64, Option<String>, Option<String>)> = self
            .connection
            .prepare_cached("SELECT id, first_published, last_published FROM incident ORDER BY id")
            .and_then(|mut s| s.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect())
            .doing("reading incidents")?;
        Ok(found.into_iter().filter_map(|(row, a, b)| Some((row, rows::date(a)?, rows::date(b)?))).collect())
    }

    fn first_day(&self, row: i64) -> Result<Date> {
        let (first, day): (Option<String>, Option<String>) = self
            .connection
            .prepare_cached("SELECT first_published, day FROM incident WHERE id = ?1")
            .and_then(|mut s| s.query_row([row], |r| Ok((r.get(0)?, r.get(1)?))))
            .doing("reading an incident")?;
        Ok(rows::date(first).or_else(|| rows::date(day)).unwrap_or(Date::MAX))
    }

    fn incident_id(&self, row: i64) -> Result<SmolStr> {
        self.connection
            .prepare_cached("SELECT incident_id FROM incident WHERE id = ?1")
            .and_then(|mut s| s.query_row([row], |r| r.get::<_, String>(0)))
            .map(SmolStr::from)
            .doing("reading an incident")
    }

    fn members_of(&self, row: i64) -> Result<Vec<i64>> {
        self.connection
            .prepare_cached("SELECT claim FROM member WHERE incident = ?1 ORDER BY claim")
            .and_then(|mut s| s.query_map([row], |r| r.get(0))?.collect())
            .doing("reading members")
    }

    /// The incident of each claim that has one.
    fn incidents_of_claims(&self) -> Result<FxHashMap<i64, i64>> {
        self.connection
            .prepare_cached("SELECT claim, incident FROM member")
            .and_then(|mut s| s.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
            .doing("reading the incidents of claims")
    }

    /// The components of all claims that were merged, over links and corrections, each sorted, by their least claim.
    fn all_components(&self, days: &FxHashMap<i64, Date>) -> Result<Vec<Vec<i64>>> {
        let mut beside: FxHashMap<i64, Vec<i64>> = FxHashMap::default();
        let mut join = |a: i64, b: i64| {
            beside.entry(a).or_default().push(b);
            beside.entry(b).or_default().push(a);
        };
        let mut statement = self.connection.prepare_cached("SELECT a, b FROM link").doing("reading links")?;
        let links = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).doing("reading links")?;
        for link in links {
            let (a, b) = link.doing("reading links")?;
            join(a, b);
        }
        for (a, b) in crate::merge::anchored(&self.connection, &self.corrections()?)? {
            join(a, b);
        }
        let mut claims: Vec<i64> = days.keys().copied().collect();
        claims.sort_unstable();
        let mut seen: FxHashSet<i64> = FxHashSet::default();
        let mut out = Vec::new();
        for seed in claims {
            if !seen.insert(seed) {
                continue;
            }
            let mut component = vec![seed];
            let mut next = 0;
            while let Some(at) = component.get(next) {
                let others: Vec<i64> = beside.get(at).into_iter().flatten().copied().collect();
                component.extend(others.into_iter().filter(|o| seen.insert(*o)));
                next += 1;
            }
            component.sort_unstable();
            out.push(component);
        }
        Ok(out)
    }
}

/// Makes incidents as they were told first.
struct First<'l> {
    ledger: &'l Ledger,
    desk: Desk<'l>,
    days: FxHashMap<i64, Date>,
    corrections: Vec<Correction>,
}

impl<'l> First<'l> {
    fn new(ledger: &'l Ledger) -> Result<Self> {
        let (days, corrections) = (ledger.days_of_claims()?, ledger.corrections()?);
        Ok(Self { ledger, desk: Desk::new(&ledger.connection), days, corrections })
    }

    /// The incident in a row by what was published until `first`.
    fn told(&mut self, row: i64, first: Date) -> Result<Option<Happening>> {
        let mut early = self.ledger.members_of(row)?;
        early.retain(|c| self.days.get(c).is_some_and(|d| *d <= first));
        let mut found = self.ledger.regrouped(&mut self.desk, &early, &self.corrections)?;
        // The version with most accounts is the incident; what hangs loose is joined to it later.
        found.sort_by_key(|i| (std::cmp::Reverse(i.members.len()), i.incident_id.clone()));
        let Some(mut version) = found.into_iter().next() else { return Ok(None) };
        version.incident_id = self.ledger.incident_id(row)?;
        Ok(happening(&version, first))
    }
}

/// The happening of an incident that is said to have happened.
fn happening(incident: &Incident, first: Date) -> Option<Happening> {
    if incident.status != forewarn_coder::Factuality::Asserted {
        return None;
    }
    let row: IncidentRow = row_of(incident);
    let told = row.date_prec.as_deref() != Some("published");
    let mut claims: Vec<SmolStr> = incident.members.iter().map(|m| m.claim_id.clone()).collect();
    claims.sort();
    let day = if told { row.date_start.unwrap_or(first) } else { first };
    Some(Happening {
        id: incident.incident_id.clone(),
        set: "forewarn".into(),
        day: day.min(first),
        known: first,
        actor: codes(&row.actor),
        recipient: codes(&row.recipient),
        country: country_of(&row).map(SmolStr::from),
        event_type: row.event_type.as_str().into(),
        quad_class: row.quad_class.unwrap_or(0),
        goldstein: row.goldstein.unwrap_or(0.0),
        killed: row.killed,
        reports: row.reports,
        claims,
    })
}

/// The codes of parties: countries and groups, else ethnic codes.
pub(crate) fn codes(parties: &[PartyRow]) -> Vec<SmolStr> {
    let mut out: Vec<SmolStr> = Vec::new();
    for p in parties {
        let own: Vec<SmolStr> = [&p.country, &p.group].into_iter().flatten().map(SmolStr::from).collect();
        if own.is_empty() {
            out.extend(p.ethnicity.as_ref().map(SmolStr::from));
        }
        out.extend(own);
    }
    out.sort();
    out.dedup();
    out
}
