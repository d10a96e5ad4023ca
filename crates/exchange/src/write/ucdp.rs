//! The 49 columns of UCDP's Georeferenced Event Dataset. Not UCDP's data: the coding is Forewarn's.
//!
//! Only assaults that killed somebody, or were made with arms, go out. UCDP's ids of conflicts, dyads and actors stay empty;
//! `relid` has our id, `id` a number made of it. The claimant goes to `source_original`, the range of deaths to `low`,
//! `best` and `high`; whom the dead belonged to is seldom said, so they stand under `deaths_unknown`.

use std::io::Write;

use ::csv::Writer;
use forewarn_codebook::actors::{Actors, Scheme};
use jiff::civil::Date;

use super::party::{self, Role, country_name, role};
use super::view::{View, listed};
use super::{Error, Fate, Form, Notice, Settings};
use crate::row::{EventRow, IncidentRow, PartyRow};

/// The columns, in order.
pub(super) const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// Modes of ASSAULT that need arms.
const ARMED: [&str; 9] = [
    "firearms",
    "explosives",
    "targeted",
    "suicide-attack",
    "aerial",
    "drone",
    "heavy-weapons",
    "unconventional",
    "primitive",
];

pub(super) struct Ucdp<'a, W: Write> {
    out: Writer<W>,
    actors: &'a Actors,
}

impl<'a, W: Write> Ucdp<'a, W> {
    pub(super) fn open(out: W, settings: Settings<'a>) -> Result<Self, Error> {
        let mut out = super::csv::records(out);
        out.write_record(COLUMNS)?;
        Ok(Self { out, actors: settings.actors })
    }

    fn record(&mut self, v: &View<'_>) -> Result<Fate, Error> {
        if let Some(why) = v.not_asserted() {
            return Ok(Fate::LeftOut(why));
        }
        if v.event_type != Some("ASSAULT") {
            return Ok(Fate::LeftOut("no assault"));
        }
        let deadly = [v.killed.low, v.killed.best, v.killed.high].into_iter().flatten().any(|n| n > 0);
        if !deadly && !v.event_mode.is_some_and(|m| ARMED.contains(&m)) {
            return Ok(Fate::LeftOut("an assault without deaths or arms"));
        }
        let Some(start) = v.date_start else { return Ok(Fate::LeftOut("no date")) };
        let (a, b) = (self.side(v.actor, start), self.side(v.recipient, start));
        let dyad =
            if a.name.is_empty() || b.name.is_empty() { String::new() } else { format!("{} - {}", a.name, b.name) };
        let iso3 = v.place.and_then(|p| p.country.as_deref());
        // UCDP keeps a middle as coordinates of a division or country; `where_prec` says so.
        let point = v.place.and_then(|p| p.lat.zip(p.lon));
        let where_prec = where_prec(v);
        let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let words = |w: Option<&str>| w.unwrap_or_default().to_owned();
        let degrees = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
        let best = v.killed.best.or(v.killed.low);
        let none = String::new;
        let record: [String; 49] = [
            id_number(v.id).to_string(),
            v.id.to_owned(),
            start.year().to_string(),
            none(),
            "Forewarn".to_owned(),
            violence(a.role, b.role).map(|t| t.to_string()).unwrap_or_default(),
            none(),
            none(),
            none(),
            none(),
            none(),
            dyad,
            none(),
            none(),
            a.name,
            none(),
            none(),
            b.name,
            v.origins.to_string(),
            article(v),
            listed(&v.publishers),
            v.published.map(|d| d.to_string()).unwrap_or_default(),
            words(v.title),
            words(v.claimant().or(v.publisher)),
            where_prec.map(|p| p.to_string()).unwrap_or_default(),
            words(v.place.map(|p| p.name.as_str())),
            none(),
            words(v.place.and_then(|p| p.admin1.as_deref())),
            none(),
            degrees(point.map(|p| p.0)),
            degrees(point.map(|p| p.1)),
            point.map(|(lat, lon)| format!("POINT ({lon} {lat})")).unwrap_or_default(),
            point
                .filter(|_| where_prec.is_some_and(|p| p <= 3))
                .and_then(|(lat, lon)| prio_grid(lat, lon))
                .map(|g| g.to_string())
                .unwrap_or_default(),
            words(iso3.map(|c| country_name(self.actors, c))),
            words(iso3.and_then(|c| self.actors.codes(c, Scheme::GleditschWard, Some(start)))),
            none(),
            if v.date_prec == Some("day") { "1" } else { "2" }.to_owned(),
            date_prec(v, start).map(|p| p.to_string()).unwrap_or_default(),
            start.to_string(),
            v.date_end.map(|d| d.to_string()).unwrap_or_default(),
            none(),
            none(),
            none(),
            number(best),
            number(best),
            number(v.killed.high),
            number(v.killed.low),
            a.gwno,
            b.gwno,
        ];
        self.out.write_record(&record)?;
        Ok(Fate::Written)
    }

    fn side(&self, parties: &[PartyRow], date: Date) -> Side {
        let Some(first) = parties.first() else {
            return Side { name: String::new(), role: Role::Unknown, gwno: String::new() };
        };
        let role = role(self.actors, first);
        let country = first.country.as_deref();
        let (name, gwno) = match (role, country) {
            (Role::State, Some(c)) => (
                format!("Government of {}", country_name(self.actors, c)),
                self.actors.codes(c, Scheme::GleditschWard, Some(date)).unwrap_or_default().to_owned(),
            ),
            (Role::Civilians, _) => ("Civilians".to_owned(), String::new()),
            _ => (party::name(self.actors, first).to_owned(), String::new()),
        };
        Side { name, role, gwno }
    }
}

struct Side {
    name: String,
    role: Role,
    gwno: String,
}

impl<W: Write> Form for Ucdp<'_, W> {
    fn event(&mut self, row: &EventRow) -> Result<Fate, Error> {
        self.record(&View::event(row))
    }

    fn incident(&mut self, row: &IncidentRow) -> Result<Fate, Error> {
        self.record(&View::incident(row))
    }

    fn end(mut self, _: &Notice) -> Result<(), Error> {
        Ok(self.out.flush()?)
    }
}

/// 1 a state against an armed side, 2 between armed sides without a state, 3 against civilians; none where a side is not
/// known.
fn violence(a: Role, b: Role) -> Option<u8> {
    match (a, b) {
        (a, Role::Civilians) if a.is_armed() => Some(3),
        (a, b) if !a.is_armed() || !b.is_armed() => None,
        (Role::State, _) | (_, Role::State) => Some(1),
        _ => Some(2),
    }
}

/// 1 exact or settlement, 3 district, 4 first-order division, 6 country, 7 several countries.
fn where_prec(v: &View<'_>) -> Option<u8> {
    match v.place?.precision.as_str() {
        "exact" | "settlement" => Some(1),
        "district" => Some(3),
        "admin1" => Some(4),
        "country" => Some(6),
        "region" => Some(7),
        _ => None,
    }
}

/// 1 one day, 2 two to six days, 3 a week, 4 a month, 5 up to a year.
fn date_prec(v: &View<'_>, start: Date) -> Option<u8> {
    let days = v.date_end.map(|end| end.duration_since(start).as_hours() / 24 + 1);
    match (v.date_prec?, days) {
        ("day", Some(1)) => Some(1),
        ("day", Some(2..=6)) => Some(2),
        ("day" | "week", Some(..=7)) => Some(3),
        ("day" | "week" | "month", Some(..=31)) => Some(4),
        (_, Some(..=366)) => Some(5),
        _ => None,
    }
}

/// Publisher, day, headline, address and the sentence itself, as far as they are known.
fn article(v: &View<'_>) -> String {
    let published = v.published.map(|d| d.to_string());
    let mut head: Vec<&str> = [v.publisher, published.as_deref(), v.title, v.url].into_iter().flatten().collect();
    if v.disputed {
        head.push("accounts blame different parties");
    }
    match v.evidence {
        Some(words) if head.is_empty() => words.to_owned(),
        Some(words) => format!("{}: {words}", head.join(", ")),
        None => head.join(", "),
    }
}

/// A number for an id that need not be one: 53 bits of its FNV-1a hash, which R and JavaScript keep exactly.
fn id_number(id: &str) -> u64 {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    hash >> 11
}

/// The PRIO-GRID cell of a point: cells of half a degree, counted from 1 at 90° S 180° W, 720 a row.
/// Source: Tollefsen, Strand and Buhaug (2012), PRIO-GRID: a unified spatial data structure, J. Peace Research 49(2).
fn prio_grid(lat: f64, lon: f64) -> Option<u32> {
    if !(-90.0..90.0).contains(&lat) || !(-180.0..180.0).contains(&lon) {
        return None;
    }
    let (row, column) = (((lat + 90.0) * 2.0).floor() as u32, ((lon + 180.0) * 2.0).floor() as u32);
    Some(row * 720 + column + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_the_grid() {
        assert_eq!(prio_grid(-90.0, -180.0), Some(1));
        assert_eq!(prio_grid(89.9, 179.9), Some(259_200));
        // Kabul: row 250, column 499.
        assert_eq!(prio_grid(34.53, 69.17), Some(179_779));
        assert_eq!(prio_grid(95.0, 0.0), None);
    }

    #[test]
    fn numbers_of_ids_stay_exact_as_doubles() {
        assert!(id_number("5d51018ce4ff2f2b") < 1 << 53);
        assert_ne!(id_number("5d51018ce4ff2f2b"), id_number("5d51018ce4ff2f2c"));
    }

    #[test]
    fn types_of_violence() {
        assert_eq!(violence(Role::Rebels, Role::State), Some(1));
        assert_eq!(violence(Role::Militia, Role::Rebels), Some(2));
        assert_eq!(violence(Role::State, Role::Civilians), Some(3));
        assert_eq!(violence(Role::Unknown, Role::State), None);
        assert_eq!(violence(Role::Civilians, Role::Civilians), None);
    }
}
