//! What a map shows: incidents by place, as finely as each is known.

use forewarn_exchange::row::PlaceRow;
use forewarn_filter::Filter;
use jiff::civil::Date;
use rusqlite::params_from_iter;
use serde::Serialize;

use crate::error::{Doing, Result};
use crate::query::condition::{Plan, Target, Use, conditions, plan};
use crate::rows;
use crate::store::Ledger;

/// Incidents at one place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceCount {
    /// The place; none where an incident is known to a country only by who took part.
    pub place: Option<PlaceRow>,
    /// The country that they count for.
    pub country: Option<String>,
    /// How many.
    pub incidents: u64,
    /// Of quad classes 1 to 4.
    pub quad: [u64; 4],
    /// Of those of class 4, assaults.
    pub assaults: u64,
    /// Persons killed, summed over those that tell a number.
    pub killed: Option<u64>,
    /// The latest day.
    pub latest: Option<Date>,
}

/// Incidents by place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Places {
    /// Places, those with most incidents first, then by name.
    pub places: Vec<PlaceCount>,
    /// How many incidents were counted.
    pub counted: u64,
    /// Whether these are all that fit.
    pub whole: bool,
}

impl Ledger {
    /// The incidents for which the filter holds, by place; those without a place by country. At most `most` incidents are
    /// counted, the latest of them.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn places(&self, filter: &Filter, most: usize) -> Result<Places> {
        let list = conditions(&self.connection, filter, Target::Incidents)?;
        let Plan { from, clause } = plan(&self.connection, &list, Target::Incidents, Use::All)?;
        let sql = format!(
            "WITH m AS MATERIALIZED (SELECT i.place AS place, i.country AS country, i.quad_class AS quad,
                 i.event_type = 'ASSAULT' AS assault, coalesce(i.killed_best, i.killed_low) AS killed, i.day AS day
               FROM {from} WHERE {} LIMIT {most})
             SELECT m.place, CASE WHEN m.place IS NULL THEN m.country END, count(*), sum(m.quad = 1), sum(m.quad = 2),
               sum(m.quad = 3), sum(m.quad = 4), sum(m.assault), sum(m.killed), max(m.day), max(m.country)
             FROM m GROUP BY 1, 2",
            clause.sql
        );
        let found: Vec<(Option<i64>, PlaceCount)> = self
            .connection
            .prepare_cached(&sql)
            .and_then(|mut s| {
                s.query_map(params_from_iter(&clause.values), |r| {
                    let n = |i: usize| r.get::<_, Option<i64>>(i).map(|n| n.unwrap_or(0) as u64);
                    Ok((
                        r.get(0)?,
                        PlaceCount {
                            place: None,
                            country: r.get(10)?,
                            incidents: n(2)?,
                            quad: [n(3)?, n(4)?, n(5)?, n(6)?],
                            assaults: n(7)?,
                            killed: r.get::<_, Option<i64>>(8)?.map(|n| n as u64),
                            latest: rows::date(r.get(9)?),
                        },
                    ))
                })?
                .collect()
            })
            .doing("counting incidents by place")?;
        let mut places = Vec::with_capacity(found.len());
        for (place, mut count) in found {
            count.place = place.map(|id| self.place_row(id)).transpose()?;
            places.push(count);
        }
        let name = |p: &PlaceCount| p.place.as_ref().map(|p| (p.name.clone(), p.admin1.clone(), p.geonameid));
        places.sort_by(|a, b| {
            b.incidents.cmp(&a.incidents).then_with(|| (name(a), &a.country).cmp(&(name(b), &b.country)))
        });
        let counted = places.iter().map(|p| p.incidents).sum();
        Ok(Places { places, counted, whole: counted < most as u64 })
    }
}
