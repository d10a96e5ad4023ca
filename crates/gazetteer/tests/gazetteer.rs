//! The embedded gazetteer: what it knows, what names mean in company, what may be shown, and that bad input is named.

use forewarn_codebook::KnowledgeFile;
use forewarn_gazetteer::compile::compile;
use forewarn_gazetteer::resolve::{Choice, Mention, resolve};
use forewarn_gazetteer::{Error, Gazetteer, Index, Kind, Precision, Supplement, distance_km, dump, fold};
use proptest::prelude::*;

fn world() -> Gazetteer {
    Gazetteer::embedded().expect("the places have no fault")
}

fn asked(name: &str) -> Mention {
    Mention { key: fold(name), ..Mention::default() }
}

fn choose(world: &Gazetteer, names: &[(&str, Option<usize>)]) -> Vec<Option<Choice>> {
    let mentions: Vec<Mention> = names.iter().map(|(n, within)| Mention { within: *within, ..asked(n) }).collect();
    resolve(world, &mentions, &[])
}

/// Name, what it must be near, and within how many kilometres.
const KNOWN: [(&str, f64, f64, f64, Kind); 16] = [
    ("Banjska", 42.97, 20.78, 10.0, Kind::Settlement),
    ("Zvečan", 42.91, 20.84, 10.0, Kind::Settlement),
    ("Zvecan", 42.91, 20.84, 10.0, Kind::Settlement),
    ("Goma", -1.68, 29.22, 20.0, Kind::Settlement),
    ("Киев", 50.45, 30.52, 20.0, Kind::Settlement),
    ("دمشق", 33.51, 36.29, 20.0, Kind::Settlement),
    ("北京", 39.91, 116.4, 30.0, Kind::Settlement),
    ("N'Djamena", 12.11, 15.04, 20.0, Kind::Settlement),
    ("Donbas", 48.1, 38.3, 100.0, Kind::Region),
    ("Black Sea", 43.4, 34.3, 200.0, Kind::Sea),
    ("Strait of Hormuz", 26.6, 56.3, 100.0, Kind::Strait),
    ("Vienna", 48.21, 16.37, 30.0, Kind::Settlement),
    ("Tripoli", 32.89, 13.19, 30.0, Kind::Settlement),
    ("Kosovo", 42.6, 20.9, 60.0, Kind::Country),
    ("Burma", 21.0, 96.5, 300.0, Kind::Country),
    ("Texas", 31.4, -99.3, 200.0, Kind::Admin1),
];

#[test]
fn knows_the_world_in_its_own_spellings() {
    let world = world();
    for (name, lat, lon, km, kind) in KNOWN {
        let found = choose(&world, &[(name, None)]).pop().flatten().unwrap_or_else(|| panic!("{name} is unknown"));
        let off = distance_km((lat, lon), (found.place.lat, found.place.lon));
        assert!(off <= km && found.place.kind == kind, "{name}: {off:.0} km off, {:?}", found.place);
    }
}

#[test]
fn has_the_world_and_a_supplement_of_conflict_places() {
    let world = world();
    let (note, places, names) = world.notes().remove(0);
    assert!(note.contains("GeoNames") && note.contains("CC BY 4.0"), "{note}");
    assert!(places > 230_000 && names > 700_000, "{places} places, {names} names");
    let local = |k: Kind| matches!(k, Kind::Settlement | Kind::Quarter | Kind::Site);
    let count = world.supplement().iter().filter(|p| local(p.kind)).count();
    assert!(count >= 600, "{count} localities");
}

#[test]
fn a_country_is_never_its_capital() {
    let world = world();
    for (country, capital) in [("Serbia", "Belgrade"), ("Mali", "Bamako"), ("Kosovo", "Pristina"), ("Iran", "Tehran")] {
        let found = choose(&world, &[(country, None), (capital, None)]);
        let point = |i: usize| found[i].as_ref().map(|c| (c.place.lat, c.place.lon)).expect("both are known");
        assert_eq!(found[0].as_ref().map(|c| c.place.precision()), Some(Precision::Country), "{country}");
        assert!(distance_km(point(0), point(1)) > 15.0, "{country}");
    }
}

#[test]
fn company_decides() {
    let world = world();
    let country = |names: &[(&str, Option<usize>)], i: usize| {
        choose(&world, names)[i].as_ref().and_then(|c| c.place.country.clone()).map(|c| c.to_string())
    };
    assert_eq!(country(&[("Paris", None)], 0).as_deref(), Some("FRA"));
    assert_eq!(country(&[("Paris", Some(1)), ("Texas", None)], 0).as_deref(), Some("USA"));
    assert_eq!(country(&[("London", Some(1)), ("Ontario", None)], 0).as_deref(), Some("CAN"));
    assert_eq!(country(&[("Tripoli", Some(1)), ("Lebanon", None)], 0).as_deref(), Some("LBN"));
    assert_eq!(country(&[("Georgia", None), ("Tbilisi", None), ("Gori", None)], 0).as_deref(), Some("GEO"));
    assert_eq!(
        country(&[("Georgia", None), ("Atlanta", None), ("Savannah", None), ("Macon", None)], 0).as_deref(),
        Some("USA")
    );
    // A list of capitals is a list: none lies in the next.
    assert_eq!(country(&[("London", None), ("Paris", None), ("Rome", None)], 0).as_deref(), Some("GBR"));
}

#[test]
fn an_unknown_place_stays_unknown_and_empties_nothing() {
    let found = choose(&world(), &[("Goma", None), ("Qwertyville on Nowhere", None), ("Bukavu", None)]);
    assert!(found[0].is_some() && found[1].is_none() && found[2].is_some());
}

#[test]
fn nothing_is_shown_more_finely_than_it_is_known() {
    let world = world();
    for name in ["Banjska", "Jarinje", "Kosovo", "Texas", "Donbas", "Goma", "Black Sea"] {
        for (place, _) in world.ranked(&fold(name)) {
            let steps = if place.precision() <= Precision::Settlement { 100.0 } else { 10.0 };
            let (lat, lon) = place.shown();
            assert!(
                (lat * steps - (lat * steps).round()).abs() < 1e-6
                    && (lon * steps - (lon * steps).round()).abs() < 1e-6
            );
        }
    }
}

#[test]
fn faults_of_the_supplement_come_all_at_once_with_their_lines() {
    let text = "kind gazetteer\nof XKX / Mitrovica\nZvecan: 42.9 20.8\nZvecan: 42.9 20.8\nNowhere: 95 20\nBase: 42 20 sites\nof Kosovo\nno colon\n";
    let mut faults = Vec::new();
    let _ = Supplement::read(1, &KnowledgeFile::base(&[("p.txt", text)]), &mut faults);
    let lines: Vec<usize> = faults.iter().map(|f| f.line).collect();
    assert_eq!(lines, [4, 5, 6, 7, 8], "{faults:?}");
    assert!(faults[2].message.contains("did you mean `site`"), "{}", faults[2].message);
}

#[test]
fn an_overlay_replaces() {
    let base = "kind gazetteer\nof XKX / Mitrovica\nBanjska: 42.9 20.8\n";
    let overlay = "kind gazetteer\nof XKX / Mitrovica\nBanjska: 42.97 20.78\n";
    let mut files = KnowledgeFile::base(&[("base", base), ("over", overlay)]);
    files[1].layer = 1;
    let mut faults = Vec::new();
    let read = Supplement::read(1, &files, &mut faults);
    assert!(faults.is_empty() && read.places().len() == 1);
    assert!((read.places()[0].lat - 42.97).abs() < 1e-9);
}

const DUMP: &str = "11\tMitrovica District\tMitrovica District\t\t42.9\t20.8\tA\tADM1\tXK\t\t01\t\t\t\t270000\t\t0\tEurope/Belgrade\t2020-01-01\n\
                    12\tTestovo\tTestovo\tТестово,Testova\t42.95\t20.79\tP\tPPL\tXK\t\t01\t\t\t\t120\t\t0\tEurope/Belgrade\t2020-01-01\n\
                    13\tHotel Example\tHotel Example\t\t42.9\t20.8\tS\tHTL\tXK\t\t01\t\t\t\t0\t\t0\tEurope/Belgrade\t2020-01-01\n";

#[test]
fn a_dump_is_imported_with_its_divisions_and_scripts() {
    let iso3 = |c: &str| (c == "XK").then(|| "XKX".into());
    let dump = dump::read("XK.txt".as_ref(), DUMP.as_bytes(), &iso3, 0).expect("it is a dump");
    assert_eq!((dump.rows.len(), dump.left_out), (2, 1));
    let (bytes, counts) = compile(&dump.rows, "a test").expect("it compiles");
    assert_eq!((counts.places, counts.divisions_left_out), (2, 0));
    let index = Index::read(2, bytes.into(), "test").expect("it reads back");
    let mut found = Vec::new();
    index.find(&fold("Тестово"), &mut found);
    let place = index.place(1).expect("the second row");
    assert_eq!(found.len(), 1);
    assert_eq!((place.name.as_str(), place.admin1.as_deref()), ("Testovo", Some("Mitrovica District")));
    assert_eq!((place.country.as_deref(), place.geonameid, place.population), (Some("XKX"), Some(12), 120));
}

#[test]
fn a_file_that_is_no_dump_is_named_with_its_line() {
    let iso3 = |_: &str| None;
    let text = format!("{DUMP}1\tonly three\tcolumns\n");
    let error = dump::read("XK.txt".as_ref(), text.as_bytes(), &iso3, 0).expect_err("three columns");
    assert_eq!(
        error.to_string(),
        "XK.txt:4: found 3 columns, expected the 19 of a GeoNames dump (allCountries.txt or a country's file)"
    );
    assert!(matches!(Index::read(2, b"PK\x03\x04".as_slice().into(), "a.zip"), Err(Error::Index { .. })));
}

proptest! {
    #[test]
    fn a_damaged_index_is_refused_or_read_without_panic(cut in 0usize..2000, at in 0usize..2000, byte: u8) {
        let iso3 = |c: &str| (c == "XK").then(|| "XKX".into());
        let rows = dump::read("XK.txt".as_ref(), DUMP.as_bytes(), &iso3, 0).expect("it is a dump").rows;
        let (mut bytes, _) = compile(&rows, "a test").expect("it compiles");
        bytes.truncate(bytes.len().saturating_sub(cut).max(1));
        let at = at % bytes.len();
        // Damage outside the FST, which has a checksum of its own kind and is not ours to prove.
        if at < bytes.len() / 2 {
            bytes[at] = byte;
        }
        if let Ok(index) = Index::read(2, bytes.into(), "test") {
            for row in 0..4 {
                let _ = index.place(row);
            }
        }
    }

    #[test]
    fn folding_is_stable(name in "\\PC{0,40}") {
        let once = fold(&name);
        prop_assert_eq!(fold(&once), once);
    }
}
