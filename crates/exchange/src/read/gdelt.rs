//! GDELT 1.0 and 2.0 events: tab-separated without a header, 57 or 58 and 61 columns.
//!
//! Traps: places have FIPS codes while actors have CAMEO's; the quad class puts protest with verbal conflict; a country's
//! coordinates are a point that GDELT chose; `SOURCEURL` holds names of services too. GDELT counts mentions, not
//! happenings.

use smol_str::SmolStr;

use super::fault::Wrong;
use super::lines::Quoting;
use super::lookup::{ActorScheme, Lookup};
use super::parties::{add_sector, belongs, group_of, people_of, primary, sector_of_role};
use super::table::{Column, Header, Row, Shape, column};
use crate::dataset::Dataset;
use crate::event::{CodeScheme, ForeignDate, ForeignEvent, ForeignParty, ForeignPlace};

const ID: usize = 0;
const DATE: usize = 1;
const ACTOR1: usize = 5;
const ACTOR2: usize = 15;
const CODE: usize = 26;
const ROOT: usize = 28;
const QUAD: usize = 29;
const GOLDSTEIN: usize = 30;
const MENTIONS: usize = 31;
const SOURCES: usize = 32;
const ARTICLES: usize = 33;
const GEO: usize = 35;

/// Columns before the places.
const HEAD: [Column; 35] = [
    column("GLOBALEVENTID").carried(),
    column("SQLDATE").carried(),
    column("MonthYear").carried(),
    column("Year").carried(),
    column("FractionDate"),
    column("Actor1Code").carried(),
    column("Actor1Name").carried(),
    column("Actor1CountryCode"),
    column("Actor1KnownGroupCode"),
    column("Actor1EthnicCode"),
    column("Actor1Religion1Code"),
    column("Actor1Religion2Code"),
    column("Actor1Type1Code"),
    column("Actor1Type2Code"),
    column("Actor1Type3Code"),
    column("Actor2Code").carried(),
    column("Actor2Name").carried(),
    column("Actor2CountryCode"),
    column("Actor2KnownGroupCode"),
    column("Actor2EthnicCode"),
    column("Actor2Religion1Code"),
    column("Actor2Religion2Code"),
    column("Actor2Type1Code"),
    column("Actor2Type2Code"),
    column("Actor2Type3Code"),
    column("IsRootEvent"),
    column("EventCode").carried(),
    column("EventBaseCode"),
    column("EventRootCode"),
    column("QuadClass").carried(),
    column("GoldsteinScale").carried(),
    column("NumMentions").carried(),
    column("NumSources").carried(),
    column("NumArticles").carried(),
    column("AvgTone"),
];

/// The places of the first release.
const PLACES: [Column; 23] = [
    column("Actor1Geo_Type"),
    column("Actor1Geo_FullName"),
    column("Actor1Geo_CountryCode"),
    column("Actor1Geo_ADM1Code"),
    column("Actor1Geo_Lat"),
    column("Actor1Geo_Long"),
    column("Actor1Geo_FeatureID"),
    column("Actor2Geo_Type"),
    column("Actor2Geo_FullName"),
    column("Actor2Geo_CountryCode"),
    column("Actor2Geo_ADM1Code"),
    column("Actor2Geo_Lat"),
    column("Actor2Geo_Long"),
    column("Actor2Geo_FeatureID"),
    column("ActionGeo_Type"),
    column("ActionGeo_FullName"),
    column("ActionGeo_CountryCode"),
    column("ActionGeo_ADM1Code"),
    column("ActionGeo_Lat").carried(),
    column("ActionGeo_Long").carried(),
    column("ActionGeo_FeatureID"),
    column("DATEADDED"),
    column("SOURCEURL").carried(),
];

const FIRST_COLUMNS: [Column; 58] = {
    let mut all = [column(""); 58];
    let mut i = 0;
    while i < 58 {
        all[i] = if i < 35 { HEAD[i] } else { PLACES[i - 35] };
        i += 1;
    }
    all
};

/// The second release has a division more in each place.
const SECOND_COLUMNS: [Column; 61] = {
    let divisions = [column("Actor1Geo_ADM2Code"), column("Actor2Geo_ADM2Code"), column("ActionGeo_ADM2Code")];
    let mut all = [column(""); 61];
    let mut i = 0;
    while i < 35 {
        all[i] = HEAD[i];
        i += 1;
    }
    let (mut from, mut place) = (0, 0);
    while from < 23 {
        all[i] = PLACES[from];
        from += 1;
        i += 1;
        if place < 3 && from == place * 7 + 4 {
            all[i] = divisions[place];
            place += 1;
            i += 1;
        }
    }
    all
};

pub(super) static FIRST: Shape = Shape {
    dataset: Dataset::Gdelt1,
    columns: &FIRST_COLUMNS,
    delimiter: b'\t',
    quoting: Quoting::None,
    header: Header::Sometimes,
    widths: 57..=58,
    event: |row, lookup| event(row, lookup, 7),
};

pub(super) static SECOND: Shape = Shape {
    dataset: Dataset::Gdelt2,
    columns: &SECOND_COLUMNS,
    delimiter: b'\t',
    quoting: Quoting::None,
    header: Header::Sometimes,
    widths: 61..=61,
    event: |row, lookup| event(row, lookup, 8),
};

/// `block` is the number of columns of a place.
fn event(row: &Row<'_>, lookup: &mut Lookup<'_>, block: usize) -> Result<ForeignEvent, Wrong> {
    let day = row.day(DATE)?;
    let scheme = lookup.codes.unwrap_or(CodeScheme::Cameo);
    let mut event = ForeignEvent::new(row.dataset, row.line, ForeignDate::day(day), scheme);
    let digits = |c: &&str| c.bytes().all(|b| b.is_ascii_digit());
    let id = row.get(ID).filter(digits).ok_or_else(|| row.wrong(ID, "an id of digits"))?;
    event.id = Some(SmolStr::new(id));
    event.own_code = row.code(CODE);
    event.own_goldstein = row.scale(GOLDSTEIN)?;
    event.own_quad = row.count(QUAD)?.map(|q| q as u8);
    event.mentions = row.count(MENTIONS)?;
    event.sources = row.count(SOURCES)?;
    event.articles = row.count(ARTICLES)?;
    if let Some(entry) = row.get(CODE).or_else(|| row.get(ROOT)).and_then(|c| lookup.cameo(c, scheme)) {
        event.code_as(entry);
    }
    event.actor.extend(party(row, ACTOR1, lookup, day));
    event.recipient.extend(party(row, ACTOR2, lookup, day));
    event.place = place(row, GEO + 2 * block, block, lookup, day)?;
    let added = GEO + 3 * block;
    event.recorded = row.day_if(added)?;
    match row.get(added + 1) {
        Some(url) if url.contains("://") => event.urls.push(url.to_owned()),
        Some(service) => event.publishers.push(service.to_owned()),
        None => {}
    }
    Ok(event)
}

/// The party whose ten columns start at `at`: code, name, country, group, people, two faiths, three roles.
fn party(row: &Row<'_>, at: usize, lookup: &mut Lookup<'_>, day: jiff::civil::Date) -> Option<ForeignParty> {
    let (code, name) = (row.get(at), row.get(at + 1));
    if code.is_none() && name.is_none() {
        return None;
    }
    let mut party = ForeignParty::default();
    if let Some(country) = row.get(at + 2) {
        party = lookup.party(ActorScheme::Cameo, country, day);
        party.group = None;
    }
    party.code = code.map(SmolStr::new);
    party.name = name.map(str::to_owned);
    party.group = row.get(at + 3).and_then(|g| group_of(lookup, g));
    party.ethnicity = (at + 4..at + 7)
        .find_map(|i| row.get(i).and_then(|p| people_of(lookup, p).or_else(|| row.code(i).filter(|_| i == at + 4))));
    party.sectors.clear();
    for i in at + 7..at + 10 {
        if let Some(role) = row.get(i) {
            add_sector(&mut party, sector_of_role(role));
        }
    }
    if let Some(group) = party.group.take() {
        belongs(lookup, &mut party, group);
    }
    party.sector = primary(&party.sectors);
    Some(party)
}

/// The place whose columns start at `at`: type, name, country, division(s), degrees north and east, feature.
fn place(
    row: &Row<'_>,
    at: usize,
    block: usize,
    lookup: &mut Lookup<'_>,
    day: jiff::civil::Date,
) -> Result<Option<ForeignPlace>, Wrong> {
    let precision = match row.get(at) {
        Some("1") => "country",
        Some("2" | "5") => "admin1",
        Some("3" | "4") => "settlement",
        None | Some("0") => "unknown",
        Some(_) => return Err(row.wrong(at, "a type of place from 0 to 5 or nothing")),
    };
    let degrees = row.degrees(at + block - 3, at + block - 2)?;
    // `Village, Division, Country`.
    let full = row.get(at + 1);
    let name = full.and_then(|n| n.split(',').next()).map(str::trim);
    let mut parts = full.unwrap_or("").split(',').map(str::trim).rev();
    let _country = parts.next();
    let admin1 = parts.next().filter(|_| matches!(precision, "admin1" | "settlement"));
    let is_division = precision == "admin1" || admin1 != name;
    let place = ForeignPlace {
        name: name.map(str::to_owned),
        country: row.get(at + 2).and_then(|c| lookup.fips(c, day)),
        admin1: admin1.filter(|_| is_division).map(str::to_owned),
        lat: degrees.map(|d| d.0),
        lon: degrees.map(|d| d.1),
        precision,
        ..ForeignPlace::default()
    };
    Ok(place.known())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_where_the_releases_have_them() {
        assert_eq!(FIRST_COLUMNS[49].name, "ActionGeo_Type");
        assert_eq!((FIRST_COLUMNS[56].name, FIRST_COLUMNS[57].name), ("DATEADDED", "SOURCEURL"));
        assert_eq!((SECOND_COLUMNS[39].name, SECOND_COLUMNS[51].name), ("Actor1Geo_ADM2Code", "ActionGeo_Type"));
        assert_eq!((SECOND_COLUMNS[55].name, SECOND_COLUMNS[59].name), ("ActionGeo_ADM2Code", "DATEADDED"));
        assert_eq!(SECOND_COLUMNS[60].name, "SOURCEURL");
        assert_eq!((HEAD[CODE].name, HEAD[QUAD].name, HEAD[ARTICLES].name), ("EventCode", "QuadClass", "NumArticles"));
    }
}
