//! The compiled gazetteer: one block of bytes, read in place.
//!
//! Layout, all numbers little-endian: the magic `FWGAZ001`; a table of eight sections, each as offset and length
//! (u32); the sections:
//!
//! | section | what |
//! | --- | --- |
//! | 0 note | UTF-8: sources, licence, counts |
//! | 1 countries | ISO3 codes of three bytes; a row's country is an index here |
//! | 2 admin1 | u32 rows of the first-order divisions; a row's admin1 is an index here |
//! | 3 admin2 | u32 rows of the second-order divisions |
//! | 4 places | rows of [`ROW`] bytes |
//! | 5 names | length byte and UTF-8 |
//! | 6 postings | for a name of several places: count, then row × 2 + primary as varints of differences |
//! | 7 names' FST | folded name to a place (value even: row × 4 + primary × 2) or to postings (odd: offset × 2 + 1) |
//!
//! The name of a place is *primary*; all others lead to it by alternative names.

use std::borrow::Cow;

use fst::Map;
use smol_str::SmolStr;

use crate::error::Error;
use crate::kind::Kind;
use crate::place::{Place, PlaceId};

pub(crate) const MAGIC: &[u8; 8] = b"FWGAZ001";
pub(crate) const SECTIONS: usize = 8;
/// Bytes of a place: latitude and longitude in 1e-5 degrees (i32), population (u32), name (u32), GeoNames id (u32),
/// admin1 (u16), admin2 (u16), radius in km (u16), kind (u8), country (u8).
pub(crate) const ROW: usize = 28;
/// No division, or no country.
pub(crate) const NONE16: u16 = u16::MAX;
pub(crate) const NONE8: u8 = u8::MAX;

/// A place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// The place.
    pub id: PlaceId,
    /// Whether the name is the one it is first known by.
    pub primary: bool,
}

/// A compiled gazetteer.
pub struct Index {
    layer: u8,
    bytes: Cow<'static, [u8]>,
    sections: [(usize, usize); SECTIONS],
    names: Map<Cow<'static, [u8]>>,
}

impl Index {
    /// Reads a compiled gazetteer; `layer` tells its places from those of other layers.
    ///
    /// # Errors
    /// [`Error::Index`] when the bytes are none.
    pub fn read(layer: u8, bytes: Cow<'static, [u8]>, from: &str) -> Result<Self, Error> {
        let wrong = |what: &str| Error::Index { path: from.into(), what: what.to_owned() };
        if bytes.get(..8) != Some(MAGIC) {
            return Err(wrong("it does not begin with FWGAZ001: not a compiled gazetteer, or of another version"));
        }
        let mut sections = [(0, 0); SECTIONS];
        for (i, section) in sections.iter_mut().enumerate() {
            let at = |k: usize| -> Option<usize> {
                let raw = bytes.get(8 + 8 * i + 4 * k..12 + 8 * i + 4 * k)?;
                Some(u32::from_le_bytes(raw.try_into().ok()?) as usize)
            };
            let (Some(start), Some(len)) = (at(0), at(1)) else {
                return Err(wrong("its table of sections is cut off"));
            };
            if start.checked_add(len).is_none_or(|end| end > bytes.len()) {
                return Err(wrong("a section lies beyond its end: the file is cut off"));
            }
            *section = (start, len);
        }
        if !sections[4].1.is_multiple_of(ROW) {
            return Err(wrong("its rows are of another size"));
        }
        let (start, len) = sections[7];
        let fst: Cow<'static, [u8]> = match &bytes {
            Cow::Borrowed(all) => Cow::Borrowed(&all[start..start + len]),
            Cow::Owned(all) => Cow::Owned(all[start..start + len].to_vec()),
        };
        let names = Map::new(fst).map_err(|e| wrong(&format!("its names cannot be read: {e}")))?;
        Ok(Self { layer, bytes, sections, names })
    }

    fn section(&self, i: usize) -> &[u8] {
        let (start, len) = self.sections[i];
        &self.bytes[start..start + len]
    }

    /// Sources, licence and counts, in words.
    pub fn note(&self) -> &str {
        std::str::from_utf8(self.section(0)).unwrap_or_default()
    }

    /// How many places it holds.
    pub fn len(&self) -> usize {
        self.sections[4].1 / ROW
    }

    /// Whether it holds no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many names lead to its places.
    pub fn names(&self) -> usize {
        self.names.len()
    }

    fn u32_at(&self, section: usize, at: usize) -> Option<u32> {
        let raw = self.section(section).get(at..at + 4)?;
        Some(u32::from_le_bytes(raw.try_into().ok()?))
    }

    /// Adds the places that the folded name may mean.
    pub fn find(&self, folded: &str, out: &mut Vec<Candidate>) {
        let Some(value) = self.names.get(folded.as_bytes()) else { return };
        if value % 2 == 0 {
            out.push(self.candidate((value / 2) as u32));
            return;
        }
        let postings = self.section(6);
        let mut at = (value / 2) as usize;
        let count = varint(postings, &mut at);
        let mut posting = 0;
        for _ in 0..count {
            posting += varint(postings, &mut at);
            out.push(self.candidate(posting as u32));
        }
    }

    fn candidate(&self, posting: u32) -> Candidate {
        Candidate { id: PlaceId { layer: self.layer, row: posting / 2 }, primary: posting % 2 == 1 }
    }

    fn name(&self, offset: u32) -> SmolStr {
        let names = self.section(5);
        let at = offset as usize;
        let len = names.get(at).copied().unwrap_or(0) as usize;
        names
            .get(at + 1..at + 1 + len)
            .and_then(|raw| std::str::from_utf8(raw).ok())
            .map_or_else(SmolStr::default, SmolStr::new)
    }

    fn row(&self, row: u32) -> Option<&[u8]> {
        let at = row as usize * ROW;
        self.section(4).get(at..at + ROW)
    }

    fn name_of_row(&self, row: u32) -> Option<SmolStr> {
        let raw = self.row(row)?;
        Some(self.name(u32::from_le_bytes(raw[12..16].try_into().ok()?)))
    }

    /// ISO3 of the country with this number.
    fn country(&self, number: u8) -> Option<SmolStr> {
        let at = number as usize * 3;
        self.section(1).get(at..at + 3).and_then(|raw| std::str::from_utf8(raw).ok()).map(SmolStr::new)
    }

    /// The name of a division: its number in section 2 (first order) or 3 (second order).
    fn division(&self, section: usize, number: u16) -> Option<SmolStr> {
        let row = (number != NONE16).then(|| self.u32_at(section, number as usize * 4)).flatten()?;
        self.name_of_row(row)
    }

    /// The place in `row`.
    pub fn place(&self, row: u32) -> Option<Place> {
        let raw = self.row(row)?;
        let u = |at: usize| u32::from_le_bytes([raw[at], raw[at + 1], raw[at + 2], raw[at + 3]]);
        let h = |at: usize| u16::from_le_bytes([raw[at], raw[at + 1]]);
        let degrees = |at: usize| f64::from(u(at) as i32) / 1e5;
        let id = u(16);
        Some(Place {
            id: PlaceId { layer: self.layer, row },
            name: self.name(u(12)),
            kind: Kind::from_byte(raw[26])?,
            country: self.country(raw[27]),
            countries: Vec::new(),
            admin1: self.division(2, h(20)),
            admin2: self.division(3, h(22)),
            lat: degrees(0),
            lon: degrees(4),
            population: u(8),
            radius_km: f64::from(h(24)),
            geonameid: (id != 0).then_some(id),
        })
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("places", &self.len()).field("names", &self.names()).finish_non_exhaustive()
    }
}

pub(crate) fn varint(bytes: &[u8], at: &mut usize) -> u64 {
    let mut value = 0u64;
    for shift in (0..63).step_by(7) {
        let Some(&byte) = bytes.get(*at) else { break };
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    value
}

pub(crate) fn push_varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
