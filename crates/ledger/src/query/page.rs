//! Pages of claims and of incidents.

use forewarn_exchange::row::{EventRow, IncidentRow, PlaceRow};
use forewarn_filter::Filter;
use forewarn_incident::Incident;
use rusqlite::types::Value as Sql;
use serde::Serialize;

use crate::error::{Doing, Error, Result};
use crate::list;
use crate::query::condition::{Fragment, Plan, Target, Use, conditions, plan};
use crate::query::record::row_of;
use crate::rows;
use crate::store::Ledger;

/// In which order a page comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The latest day first; what has no day comes last.
    #[default]
    Latest,
    /// The earliest day first.
    Earliest,
    /// Incidents told by most independent origins first; claims as [`Order::Latest`].
    MostTold,
}

/// Which part of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// At most so many rows.
    pub limit: usize,
    /// How they are ordered.
    pub order: Order,
    /// The token that the page before gave.
    pub after: Option<String>,
}

impl Default for Page {
    fn default() -> Self {
        Self { limit: 50, order: Order::Latest, after: None }
    }
}

/// A page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listing<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// What gives the next page, where there is one.
    pub next: Option<String>,
}

/// A row's place in the order.
type Key = (Sql, i64);

impl Page {
    /// The column that orders rows, `ORDER BY` terms, and what a row must fulfil to come after the token.
    fn order(&self, target: Target, plan: &Plan) -> Result<(&'static str, String, Fragment)> {
        let row = plan.id();
        let (column, down) = match (self.order, target) {
            (Order::Latest, _) | (Order::MostTold, Target::Claims) => (plan.day(), true),
            (Order::Earliest, _) => (plan.day(), false),
            (Order::MostTold, Target::Incidents) => ("i.independent_origins", true),
        };
        let word = if down { "DESC" } else { "ASC" };
        let order = format!("{column} {word}, {row} {word}");
        let Some(token) = &self.after else { return Ok((column, order, Fragment::new("1", Vec::new()))) };
        let bad = || Error::Misuse(format!("`{token}` is no token of a next page: take it from the page before"));
        let (day, id) = token.rsplit_once('.').ok_or_else(bad)?;
        let id: i64 = i64::from_str_radix(id, 16).map_err(|_| bad())?;
        let than = if down { "<" } else { ">" };
        let after = if plan.along && column == plan.day() {
            let number = match day {
                "" => list::NO_DAY,
                day => list::number(day.parse().map_err(|_| bad())?),
            };
            Fragment::new(format!("({column}, {row}) {than} (?, ?)"), vec![Sql::Integer(number), Sql::Integer(id)])
        } else if day.is_empty() {
            // Days that are not known stand last when going down, first when going up.
            let rest = if down { "0" } else { "1" };
            Fragment::new(
                format!("({column} IS NULL AND {row} {than} ?) OR ({column} IS NOT NULL AND {rest})"),
                vec![Sql::Integer(id)],
            )
        } else {
            let value = match self.order {
                Order::MostTold if target == Target::Incidents => Sql::Integer(day.parse().map_err(|_| bad())?),
                _ => Sql::Text(day.to_owned()),
            };
            let nulls = if down { format!(" OR {column} IS NULL") } else { String::new() };
            Fragment::new(
                format!("{column} {than} ? OR ({column} = ? AND {row} {than} ?){nulls}"),
                vec![value.clone(), value, Sql::Integer(id)],
            )
        };
        Ok((column, order, after))
    }
}

fn token(key: &Key) -> String {
    let day = match &key.0 {
        Sql::Text(day) => day.clone(),
        Sql::Integer(n) => n.to_string(),
        _ => String::new(),
    };
    format!("{day}.{:x}", key.1)
}

impl Ledger {
    /// Claims, and events of foreign sets, for which the filter holds.
    ///
    /// # Errors
    /// When `SQLite` refuses, or the page's token is not one.
    pub fn events(&self, filter: &Filter, page: &Page) -> Result<Listing<EventRow>> {
        let (ids, next) = self.ids(filter, page, Target::Claims)?;
        let rows = ids.iter().map(|&id| rows::event(&self.connection, id)).collect::<Result<_>>()?;
        Ok(Listing { rows, next })
    }

    /// Incidents for which the filter holds.
    ///
    /// # Errors
    /// When `SQLite` refuses, or the page's token is not one.
    pub fn incidents(&self, filter: &Filter, page: &Page) -> Result<Listing<IncidentRow>> {
        let (ids, next) = self.ids(filter, page, Target::Incidents)?;
        let rows = ids.iter().map(|&id| self.incident_row(id)).collect::<Result<_>>()?;
        Ok(Listing { rows, next })
    }

    /// Every claim for which the filter holds, by day, one at a time: memory stays flat.
    ///
    /// # Errors
    /// When `SQLite` refuses, or the first error that `take` gives.
    pub fn each_event<E: From<Error>>(
        &self,
        filter: &Filter,
        mut take: impl FnMut(EventRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<u64, E> {
        self.each(filter, Target::Claims, |id| take(rows::event(&self.connection, id)?))
    }

    /// Every incident for which the filter holds, by day, one at a time.
    ///
    /// # Errors
    /// When `SQLite` refuses, or the first error that `take` gives.
    pub fn each_incident<E: From<Error>>(
        &self,
        filter: &Filter,
        mut take: impl FnMut(IncidentRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<u64, E> {
        self.each(filter, Target::Incidents, |id| take(self.incident_row(id)?))
    }

    fn each<E: From<Error>>(
        &self,
        filter: &Filter,
        target: Target,
        mut take: impl FnMut(i64) -> std::result::Result<(), E>,
    ) -> std::result::Result<u64, E> {
        /// Ids read at a time.
        const CHUNK: usize = 1000;
        let mut page = Page { limit: CHUNK, order: Order::Earliest, after: None };
        let mut total = 0;
        loop {
            let (ids, next) = self.ids(filter, &page, target)?;
            for id in ids {
                take(id)?;
                total += 1;
            }
            match next {
                Some(next) => page.after = Some(next),
                None => return Ok(total),
            }
        }
    }

    /// How many claims or incidents the filter holds for, counted up to `most`.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn count_events(&self, filter: &Filter, most: u64) -> Result<u64> {
        self.count(filter, Target::Claims, most)
    }

    /// How many incidents the filter holds for, counted up to `most`.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn count_incidents(&self, filter: &Filter, most: u64) -> Result<u64> {
        self.count(filter, Target::Incidents, most)
    }

    fn count(&self, filter: &Filter, target: Target, most: u64) -> Result<u64> {
        let conditions = conditions(&self.connection, filter, target)?;
        let Plan { keys, clause, .. } = plan(&self.connection, &conditions, target, Use::All)?;
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {keys} WHERE {} LIMIT {most})", clause.sql);
        self.connection
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_row(rusqlite::params_from_iter(&clause.values), |r| r.get::<_, i64>(0)))
            .map(|n| n as u64)
            .doing("counting")
    }

    /// The rows of a page and the token of the next.
    fn ids(&self, filter: &Filter, page: &Page, target: Target) -> Result<(Vec<i64>, Option<String>)> {
        let conditions = conditions(&self.connection, filter, target)?;
        // What an index on days does not give in order is all to be found first.
        let by_day = target == Target::Claims || page.order != Order::MostTold;
        let plan = plan(&self.connection, &conditions, target, if by_day { Use::Page } else { Use::All })?;
        let (column, order, after) = page.order(target, &plan)?;
        let all = Fragment::all(vec![plan.clause.clone(), after]);
        let sql = format!(
            "SELECT {}, {column} FROM {} WHERE {} ORDER BY {order} LIMIT {}",
            plan.id(),
            if by_day { &plan.keys } else { &plan.from },
            all.sql,
            page.limit + 1
        );
        let mut keys: Vec<Key> = self
            .connection
            .prepare_cached(&sql)
            .and_then(|mut s| {
                s.query_map(rusqlite::params_from_iter(&all.values), |r| Ok((r.get(1)?, r.get(0)?)))?.collect()
            })
            .doing("reading a page")?;
        let more = keys.len() > page.limit;
        keys.truncate(page.limit);
        if plan.along && by_day {
            // Tokens are the same whichever way rows were found.
            for (day, _) in &mut keys {
                if let Sql::Integer(number) = *day {
                    *day = list::day(number).map_or(Sql::Null, |day| Sql::Text(day.to_string()));
                }
            }
        }
        let next = if more { keys.last().map(token) } else { None };
        Ok((keys.into_iter().map(|k| k.1).collect(), next))
    }

    /// The whole record of the incident in row `id`.
    pub(crate) fn incident_body(&self, id: i64) -> Result<Incident> {
        let body: String = self
            .connection
            .prepare_cached("SELECT body FROM incident_body WHERE incident = ?1")
            .and_then(|mut s| s.query_row([id], |r| r.get(0)))
            .doing("reading an incident")?;
        serde_json::from_str(&body).map_err(|e| rows::broken("incident", id, &e))
    }

    /// An incident as a row.
    pub(crate) fn incident_row(&self, id: i64) -> Result<IncidentRow> {
        let body = self.incident_body(id)?;
        let (evidence, first, last, place): (Option<i64>, Option<String>, Option<String>, Option<i64>) = self
            .connection
            .prepare_cached("SELECT evidence, first_published, last_published, place FROM incident WHERE id = ?1")
            .and_then(|mut s| s.query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))))
            .doing("reading an incident")?;
        let mut row = row_of(&body);
        row.first_published = rows::date(first);
        row.last_published = rows::date(last);
        if let Some(place) = place {
            row.place = Some(self.place_row(place)?);
        }
        row.publisher_names = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT r.publisher FROM member m JOIN claim c ON c.id = m.claim JOIN report r ON r.id = c.report
                 WHERE m.incident = ?1 AND r.publisher IS NOT NULL ORDER BY 1",
            )
            .and_then(|mut s| s.query_map([id], |r| r.get(0))?.collect())
            .doing("reading an incident's publishers")?;
        let mut contexts: Vec<String> = Vec::new();
        if let Some(evidence) = evidence {
            let event = rows::event(&self.connection, evidence)?;
            contexts.extend(event.contexts);
            row.evidence = event.evidence;
            row.attribution = event.attribution;
            row.evidence_publisher = event.publisher;
            row.evidence_url = event.url;
            row.evidence_published = event.published;
            row.evidence_title = event.title;
            row.run = event.run;
        }
        row.contexts = contexts;
        Ok(row)
    }

    pub(crate) fn place_row(&self, id: i64) -> Result<PlaceRow> {
        self.connection
            .prepare_cached("SELECT name, country, admin1, lat, lon, geonameid, precision FROM place WHERE id = ?1")
            .and_then(|mut s| {
                s.query_row([id], |r| {
                    Ok(PlaceRow {
                        name: r.get(0)?,
                        country: r.get(1)?,
                        admin1: r.get(2)?,
                        lat: r.get(3)?,
                        lon: r.get(4)?,
                        geonameid: r.get(5)?,
                        precision: r.get(6)?,
                    })
                })
            })
            .doing("reading a place")
    }
}
