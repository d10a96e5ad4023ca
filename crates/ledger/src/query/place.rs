//! What a map shows: incidents by place, as finely as each is known.

use forewarn_exchange::row::PlaceRow;
use forewarn_filter::Filter;
use jiff::civil::Date;
use rusqlite::params_from_iter;
use rustc_hash::{FxHashMap, FxHashSet};
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
    /// counted: the latest where the filter names a type, a country or a party, otherwise the first that are found.
    ///
    /// # Errors
    /// When `SQLite` refuses.
    pub fn places(&self, filter: &Filter, most: usize) -> Result<Places> {
        let list = conditions(&self.connection, filter, Target::Incidents)?;
        let plan = plan(&self.connection, &list, Target::Incidents, Use::Some(most))?;
        // The latest, where a list has them.
        let order =
            if plan.along { format!(" ORDER BY {} DESC, {} DESC", plan.day(), plan.id()) } else { String::new() };
        let Plan { from, clause, .. } = plan;
        let sql = format!(
            "SELECT i.id, i.place, i.country, i.quad_class, i.event_type = 'ASSAULT', coalesce(i.killed_best, i.killed_low),
             i.day FROM {from} WHERE {}{order}",
            clause.sql
        );
        let mut counted = 0;
        let mut seen: FxHashSet<i64> = FxHashSet::default();
        let mut found: FxHashMap<(Option<i64>, Option<String>), Tally> = FxHashMap::default();
        let mut statement = self.connection.prepare_cached(&sql).doing(DOING)?;
        let mut rows = statement.query(params_from_iter(&clause.values)).doing(DOING)?;
        while counted < most as u64
            && let Some(row) = rows.next().doing(DOING)?
        {
            if !seen.insert(row.get(0).doing(DOING)?) {
                continue;
            }
            counted += 1;
            let place: Option<i64> = row.get(1).doing(DOING)?;
            let country = if place.is_some() { None } else { row.get(2).doing(DOING)? };
            found.entry((place, country)).or_default().add(row).doing(DOING)?;
        }
        let mut places = Vec::with_capacity(found.len());
        for ((place, country), tally) in found {
            let place = place.map(|id| self.place_row(id)).transpose()?;
            places.push(PlaceCount {
                country: country.or_else(|| place.as_ref().and_then(|p| p.country.clone())).or(tally.country),
                place,
                incidents: tally.quad.iter().sum(),
                quad: tally.quad,
                assaults: tally.assaults,
                killed: tally.killed,
                latest: rows::date(tally.latest),
            });
        }
        // A name says little until its row says where: the whole row decides between equals.
        let key = |p: &PlaceCount| {
            p.place.as_ref().map(|p| {
                let at = (p.lat.map(f64::to_bits), p.lon.map(f64::to_bits));
                (p.name.clone(), p.admin1.clone(), p.geonameid, at, p.precision.clone())
            })
        };
        places.sort_by_cached_key(|p| (std::cmp::Reverse(p.incidents), key(p), p.country.clone()));
        Ok(Places { places, counted, whole: counted < most as u64 })
    }
}

/// What is done while a map is counted.
const DOING: &str = "counting incidents by place";

/// Incidents of one place, being counted.
#[derive(Default)]
struct Tally {
    country: Option<String>,
    quad: [u64; 4],
    assaults: u64,
    killed: Option<u64>,
    latest: Option<String>,
}

impl Tally {
    fn add(&mut self, row: &rusqlite::Row<'_>) -> rusqlite::Result<()> {
        let country: Option<String> = if self.country.is_none() { row.get(2)? } else { None };
        self.country = self.country.take().or(country);
        let class: u8 = row.get(3)?;
        self.quad[usize::from(class.clamp(1, 4)) - 1] += 1;
        self.assaults += u64::from(row.get::<_, bool>(4)?);
        if let Some(killed) = row.get::<_, Option<i64>>(5)? {
            self.killed = Some(self.killed.unwrap_or(0).saturating_add(killed as u64));
        }
        if let Some(day) = row.get_ref(6)?.as_str_or_null()?
            && self.latest.as_deref().is_none_or(|l| l < day)
        {
            self.latest = Some(day.to_owned());
        }
        Ok(())
    }
}
