//! Compiles rows of places into the bytes that [`Index`](crate::Index) reads.

use std::collections::{BTreeMap, HashMap};

use fst::MapBuilder;
use smol_str::SmolStr;

use crate::fold::fold;
use crate::index::{MAGIC, NONE8, NONE16, SECTIONS, push_varint};
use crate::kind::Kind;

/// A place to compile.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its name.
    pub name: SmolStr,
    /// What else it is called, in any script.
    pub others: Vec<SmolStr>,
    /// What it is.
    pub kind: Kind,
    /// ISO3; none outside all countries.
    pub country: Option<SmolStr>,
    /// Its first-order division, as an index into the rows.
    pub admin1: Option<usize>,
    /// Its second-order division, as an index into the rows.
    pub admin2: Option<usize>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// People; 0 where unknown.
    pub population: u32,
    /// Half of its longest extent in kilometres; 0 for a point.
    pub radius_km: u16,
    /// Its id at GeoNames; 0 where it has none.
    pub geonameid: u32,
}

/// Marks of soft signs, glottal stops and ayins, in the ways that sources write them.
const APOSTROPHES: [char; 8] = ['\'', '’', '‘', '`', 'ʼ', 'ʻ', 'ʾ', 'ʿ'];

/// What was compiled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Places.
    pub places: usize,
    /// Names that lead to them.
    pub names: usize,
    /// Divisions that no number was left for: their places lose the name of the division, nothing else.
    pub divisions_left_out: usize,
}

/// Numbers for divisions, in order of first use.
#[derive(Default)]
struct Divisions {
    number: HashMap<usize, u16>,
    rows: Vec<u32>,
    left_out: usize,
}

impl Divisions {
    fn of(&mut self, row: Option<usize>) -> u16 {
        let Some(row) = row else { return NONE16 };
        if let Some(&known) = self.number.get(&row) {
            return known;
        }
        let next = self.rows.len();
        if next >= NONE16 as usize {
            self.left_out += 1;
            return NONE16;
        }
        self.number.insert(row, next as u16);
        self.rows.push(row as u32);
        next as u16
    }
}

/// The bytes of a gazetteer of `rows`; `note` says where they come from and under what licence.
/// Rows keep their numbers, so [`Row::admin1`] may refer to later ones.
///
/// # Errors
/// Only when the names cannot be put into an FST, which sorted, distinct names never are.
pub fn compile(rows: &[Row], note: &str) -> Result<(Vec<u8>, Counts), fst::Error> {
    let mut countries: Vec<SmolStr> = rows.iter().filter_map(|r| r.country.clone()).collect();
    countries.sort();
    countries.dedup();
    let (mut admin1, mut admin2) = (Divisions::default(), Divisions::default());
    let mut places = Vec::with_capacity(rows.len() * crate::index::ROW);
    let mut names: Vec<u8> = Vec::new();
    let mut offsets: HashMap<&str, u32> = HashMap::new();
    let mut leads: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        let name = clip(&row.name);
        let offset = *offsets.entry(name).or_insert_with(|| {
            let at = names.len() as u32;
            names.push(name.len() as u8);
            names.extend_from_slice(name.as_bytes());
            at
        });
        let country = row.country.as_ref().and_then(|c| countries.binary_search(c).ok());
        places.extend_from_slice(&((row.lat * 1e5).round() as i32).to_le_bytes());
        places.extend_from_slice(&((row.lon * 1e5).round() as i32).to_le_bytes());
        places.extend_from_slice(&row.population.to_le_bytes());
        places.extend_from_slice(&offset.to_le_bytes());
        places.extend_from_slice(&row.geonameid.to_le_bytes());
        places.extend_from_slice(&admin1.of(row.admin1).to_le_bytes());
        places.extend_from_slice(&admin2.of(row.admin2).to_le_bytes());
        places.extend_from_slice(&row.radius_km.to_le_bytes());
        places.push(row.kind as u8);
        places.push(country.and_then(|c| u8::try_from(c).ok()).unwrap_or(NONE8));
        let primary = fold(&row.name);
        for other in row.others.iter().chain([&row.name]) {
            // "Ts'khinvali" and "Sana'a" are written without their marks as often as with them.
            for folded in [fold(other), fold(&other.replace(APOSTROPHES, ""))] {
                if !folded.is_empty() && folded != primary {
                    leads.entry(folded).or_default().push(i as u32 * 2);
                }
            }
        }
        if !primary.is_empty() {
            leads.entry(primary).or_default().push(i as u32 * 2 + 1);
        }
    }
    let mut postings = Vec::new();
    let mut map = MapBuilder::memory();
    for (name, of) in &mut leads {
        of.sort_unstable();
        of.dedup();
        let value = if let [only] = of.as_slice() {
            u64::from(*only) * 2
        } else {
            let at = postings.len() as u64;
            push_varint(of.len() as u64, &mut postings);
            let mut last = 0;
            for &posting in of.iter() {
                push_varint(u64::from(posting - last), &mut postings);
                last = posting;
            }
            at * 2 + 1
        };
        map.insert(name.as_bytes(), value)?;
    }
    let fst = map.into_inner()?;
    let numbers = |rows: &[u32]| rows.iter().flat_map(|r| r.to_le_bytes()).collect::<Vec<u8>>();
    let sections: [Vec<u8>; SECTIONS] = [
        note.as_bytes().to_vec(),
        countries.iter().flat_map(|c| c.bytes().take(3).collect::<Vec<u8>>()).collect(),
        numbers(&admin1.rows),
        numbers(&admin2.rows),
        places,
        names,
        postings,
        fst,
    ];
    let mut out = MAGIC.to_vec();
    let mut at = 8 + 8 * SECTIONS;
    for section in &sections {
        out.extend_from_slice(&(at as u32).to_le_bytes());
        out.extend_from_slice(&(section.len() as u32).to_le_bytes());
        at += section.len();
    }
    out.extend(sections.iter().flatten());
    let counts =
        Counts { places: rows.len(), names: leads.len(), divisions_left_out: admin1.left_out + admin2.left_out };
    Ok((out, counts))
}

/// The first 255 bytes of a name, cut between characters: a length is one byte.
fn clip(name: &str) -> &str {
    let mut end = name.len().min(255);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}
