//! Rows out of a GeoNames dump: `allCountries.txt` or a country's file (`XK.txt`), tab-separated, 19 columns
//! (geonames.org, "readme.txt" of the export: geonameid, name, asciiname, alternatenames, latitude, longitude,
//! feature class, feature code, country code, cc2, admin1–admin4 codes, population, elevation, dem, timezone, modified).

use std::collections::HashMap;
use std::io::BufRead;
use std::path::Path;

use smol_str::SmolStr;

use crate::compile::Row;
use crate::error::Error;
use crate::kind::Kind;

/// What a dump gave.
#[derive(Debug, Default)]
pub struct Dump {
    /// Places in file order.
    pub rows: Vec<Row>,
    /// Lines of features that news does not name (hotels, wells, …) or of countries, which have entries of their own.
    pub left_out: usize,
}

/// The kind of a feature code; none where news has no use for it.
fn kind(class: &str, code: &str) -> Option<Kind> {
    Some(match (class, code) {
        ("P", "PPLX") => Kind::Quarter,
        ("P", _) => Kind::Settlement,
        ("A", "ADM1") => Kind::Admin1,
        ("A", "ADM2" | "ADM3" | "ADM4" | "ADMD") => Kind::District,
        ("A", "TERR" | "ZN" | "ZNB") | ("L", "RGN" | "RGNE" | "AREA") => Kind::Region,
        ("L", "PRK" | "RESN" | "RESW") | ("V", "FRST") => Kind::Forest,
        ("L", "CONT") => Kind::Continent,
        ("L", "MILB" | "CMN" | "PRT")
        | (
            "S",
            "AIRP" | "AIRB" | "AIRF" | "MSTY" | "CMP" | "CMPRF" | "BDG" | "DAM" | "PRN" | "MLTRY" | "PSTB" | "PSTC"
            | "PSTP" | "SQR",
        ) => Kind::Site,
        ("H", "SEA" | "OCN") => Kind::Sea,
        ("H", "STRT" | "CHN" | "CHNM") => Kind::Strait,
        ("H", "GULF" | "BAY" | "BAYS" | "BGHT" | "SD") => Kind::Gulf,
        ("H", "LK" | "LKS" | "LKN" | "LKI" | "RSV" | "LGN") => Kind::Lake,
        ("H", "STM" | "STMI" | "STMS") => Kind::River,
        ("H", "CNL" | "CNLN") => Kind::Canal,
        ("T", "MT" | "PK" | "HLL" | "VLC" | "PASS") => Kind::Mountain,
        ("T", "MTS" | "HLLS" | "RDGE") => Kind::Range,
        ("T", "ISL" | "ISLS" | "ATOL") => Kind::Island,
        ("T", "PEN" | "CAPE") => Kind::Peninsula,
        ("T", "DSRT") => Kind::Desert,
        ("T", "VAL" | "VALS" | "PLN" | "PLNS" | "PLAT") => Kind::Plain,
        _ => return None,
    })
}

/// Reads a dump. `iso3` turns a country's two letters into three; `least` leaves out settlements whose population is known
/// to be smaller.
///
/// # Errors
/// [`Error::Dump`] at the first line that is none of a dump; [`Error::File`] when reading fails.
pub fn read(
    path: &Path,
    input: impl BufRead,
    iso3: &dyn Fn(&str) -> Option<SmolStr>,
    least: u32,
) -> Result<Dump, Error> {
    let mut dump = Dump::default();
    // Division codes of each row, joined to rows once all are read.
    let mut codes: Vec<[SmolStr; 3]> = Vec::new();
    for (i, line) in input.lines().enumerate() {
        let line = line.map_err(|source| Error::File { path: path.to_owned(), source })?;
        if line.trim().is_empty() {
            continue;
        }
        let cells: Vec<&str> = line.trim_end_matches('\r').split('\t').collect();
        let wrong = |what: String| Error::Dump { path: path.to_owned(), line: i + 1, what };
        if cells.len() != 19 {
            return Err(wrong(format!(
                "found {} columns, expected the 19 of a GeoNames dump (allCountries.txt or a country's file)",
                cells.len()
            )));
        }
        let Some(kind) = kind(cells[6], cells[7]) else {
            dump.left_out += 1;
            continue;
        };
        let number = |at: usize, what: &str, limit: f64| -> Result<f64, Error> {
            cells[at]
                .parse::<f64>()
                .ok()
                .filter(|v| v.abs() <= limit)
                .ok_or_else(|| wrong(format!("column {}: expected a {what}, found `{}`", at + 1, cells[at])))
        };
        let population = cells[14].parse::<u64>().unwrap_or(0).min(u64::from(u32::MAX)) as u32;
        if kind == Kind::Settlement && population < least {
            dump.left_out += 1;
            continue;
        }
        let others = cells[3].split(',').map(str::trim).filter(|n| !n.is_empty()).map(SmolStr::new).collect();
        dump.rows.push(Row {
            name: SmolStr::new(cells[1]),
            others,
            kind,
            country: iso3(cells[8]),
            admin1: None,
            admin2: None,
            lat: number(4, "latitude", 90.0)?,
            lon: number(5, "longitude", 180.0)?,
            population,
            radius_km: 0,
            geonameid: number(0, "GeoNames id", f64::from(u32::MAX))? as u32,
        });
        codes.push([cells[8], cells[10], cells[11]].map(SmolStr::new));
    }
    let mut admin1: HashMap<(SmolStr, SmolStr), usize> = HashMap::new();
    let mut admin2: HashMap<(SmolStr, SmolStr, SmolStr), usize> = HashMap::new();
    for (i, (row, [country, first, second])) in dump.rows.iter().zip(&codes).enumerate() {
        if row.kind == Kind::Admin1 {
            admin1.insert((country.clone(), first.clone()), i);
        } else if row.kind == Kind::District && !second.is_empty() {
            admin2.entry((country.clone(), first.clone(), second.clone())).or_insert(i);
        }
    }
    for (i, [country, first, second]) in codes.into_iter().enumerate() {
        let own = admin1.get(&(country.clone(), first.clone())).copied().filter(|&r| r != i);
        let below = admin2.get(&(country, first, second)).copied().filter(|&r| r != i);
        (dump.rows[i].admin1, dump.rows[i].admin2) = (own, below);
    }
    Ok(dump)
}
