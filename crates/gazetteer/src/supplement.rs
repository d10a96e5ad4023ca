//! The hand-written part of the gazetteer: `dictionaries/places/*.txt`, described in `docs/places.md`.

use forewarn_codebook::fault::nearest;
use forewarn_codebook::{Fault, KnowledgeFile};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::fold::fold;
use crate::index::Candidate;
use crate::kind::Kind;
use crate::place::{Place, PlaceId};

/// The first line of every file.
const HEAD: &str = "kind gazetteer";

/// Places read from text.
#[derive(Debug, Default)]
pub struct Supplement {
    layer: u8,
    places: Vec<Place>,
    names: FxHashMap<SmolStr, Vec<Candidate>>,
    countries: FxHashMap<SmolStr, u32>,
}

/// Where a line stands, and where faults are gathered.
struct Reader<'f> {
    file: &'f str,
    line: usize,
    faults: &'f mut Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, message: impl Into<String>) {
        self.faults.push(Fault { file: self.file.to_owned(), line: self.line, message: message.into() });
    }
}

impl Supplement {
    /// Reads files. A place of the same name, kind, country and division as an earlier one replaces it when its file is of an
    /// overlay; otherwise it is a fault.
    pub fn read(layer: u8, files: &[KnowledgeFile<'_>], faults: &mut Vec<Fault>) -> Self {
        let mut out = Self { layer, ..Self::default() };
        let mut lines_of: FxHashMap<(SmolStr, Kind, Option<SmolStr>, Option<SmolStr>), usize> = FxHashMap::default();
        for KnowledgeFile { shown: file, text, layer: of_file, .. } in files {
            let mut country: Option<SmolStr> = None;
            let mut admin1: Option<SmolStr> = None;
            let mut headed = false;
            for (i, raw) in text.lines().enumerate() {
                let mut reader = Reader { file, line: i + 1, faults };
                let text = raw.split('#').next().unwrap_or("").trim();
                if text.is_empty() {
                    continue;
                }
                if !headed {
                    headed = true;
                    if text != HEAD {
                        reader.fault(format!("the first line says what the file holds: `{HEAD}`; found `{text}`"));
                        break;
                    }
                    continue;
                }
                if let Some(of) = text.strip_prefix("of ") {
                    let (code, division) = of.split_once('/').map_or((of, ""), |(c, d)| (c, d));
                    let code = code.trim();
                    if code != "-" && !is_iso3(code) {
                        reader.fault(format!("expected `of ISO3`, `of ISO3 / division` or `of -`, found `{code}`"));
                    }
                    country = is_iso3(code).then(|| SmolStr::new(code));
                    admin1 = Some(division.trim()).filter(|d| !d.is_empty()).map(SmolStr::new);
                    continue;
                }
                let Some((names, mut place)) = place(text, &mut reader) else { continue };
                place.country.clone_from(&country);
                if place.kind != Kind::Admin1 {
                    place.admin1.clone_from(&admin1);
                }
                let key = (place.name.clone(), place.kind, country.clone(), admin1.clone());
                match lines_of.get(&key) {
                    Some(&row) if *of_file > 0 => out.places[row] = Place { id: out.places[row].id, ..place },
                    Some(_) => {
                        reader.fault(format!("`{}` stands here before: same kind, country and division", place.name));
                    }
                    None => {
                        lines_of.insert(key, out.places.len());
                        out.add(place, &names);
                    }
                }
            }
        }
        out
    }

    fn add(&mut self, mut place: Place, names: &[&str]) {
        let row = self.places.len() as u32;
        place.id = PlaceId { layer: self.layer, row };
        if place.kind == Kind::Country
            && let Some(country) = &place.country
        {
            self.countries.insert(country.clone(), row);
        }
        self.places.push(place);
        for (i, name) in names.iter().enumerate() {
            self.name(row, name, i == 0);
        }
    }

    fn name(&mut self, row: u32, name: &str, primary: bool) {
        let key = SmolStr::from(fold(name));
        let list = self.names.entry(key).or_default();
        let id = PlaceId { layer: self.layer, row };
        if !key_is_listed(list, id) {
            list.push(Candidate { id, primary });
        }
    }

    /// Gives the country `iso3` a further name, unless the name is a part's own: the lexicon lets "Scotland" act for the United
    /// Kingdom, but it lies where it lies.
    pub fn name_country(&mut self, iso3: &str, name: &str) {
        let own = self.names.get(fold(name).as_str()).into_iter().flatten().any(|c| {
            c.primary
                && self.place(c.id.row).is_some_and(|p| {
                    p.kind != Kind::Country
                        && (p.country.as_deref() == Some(iso3) || p.countries.iter().any(|c| c == iso3))
                })
        });
        if let Some(&row) = self.countries.get(iso3).filter(|_| !own) {
            self.name(row, name, true);
        }
    }

    /// Adds the places that the folded name may mean.
    pub fn find(&self, folded: &str, out: &mut Vec<Candidate>) {
        out.extend(self.names.get(folded).into_iter().flatten());
    }

    /// The place in `row`.
    pub fn place(&self, row: u32) -> Option<&Place> {
        self.places.get(row as usize)
    }

    /// The country with this code.
    pub fn country(&self, iso3: &str) -> Option<&Place> {
        self.countries.get(iso3).and_then(|&row| self.place(row))
    }

    /// All places, in reading order.
    pub fn places(&self) -> &[Place] {
        &self.places
    }
}

fn key_is_listed(list: &[Candidate], id: PlaceId) -> bool {
    list.iter().any(|c| c.id == id)
}

fn is_iso3(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())
}

/// `Name | other | other: LAT LON [kind [radius]] [in ISO3 …]`
fn place<'t>(text: &'t str, reader: &mut Reader<'_>) -> Option<(Vec<&'t str>, Place)> {
    let Some((names, facts)) = text.rsplit_once(':') else {
        reader.fault(format!("expected `Name | other name: LAT LON [kind [radius_km]] [in ISO3 ...]`, found `{text}`"));
        return None;
    };
    let names: Vec<&str> = names.split('|').map(str::trim).filter(|n| !n.is_empty()).collect();
    let Some(&name) = names.first() else {
        reader.fault("a place without a name");
        return None;
    };
    for name in &names {
        if fold(name).is_empty() {
            reader.fault(format!("`{name}` has no letter or digit"));
        }
    }
    let mut words = facts.split_whitespace().peekable();
    let mut degrees = |what: &str, limit: f64, reader: &mut Reader<'_>| -> Option<f64> {
        let word = words.next().unwrap_or("");
        match word.parse::<f64>() {
            Ok(value) if value.abs() <= limit => Some(value),
            _ => {
                reader.fault(format!("expected a {what} in degrees between -{limit} and {limit}, found `{word}`"));
                None
            }
        }
    };
    let lat = degrees("latitude", 90.0, reader)?;
    let lon = degrees("longitude", 180.0, reader)?;
    let mut kind = Kind::Settlement;
    if let Some(word) = words.next_if(|w| *w != "in") {
        if let Some(known) = Kind::parse(word) {
            kind = known;
        } else {
            let hint = nearest(word, Kind::ALL.iter().map(|(_, w)| *w));
            let hint = hint.map_or_else(String::new, |h| format!("; did you mean `{h}`?"));
            reader.fault(format!("`{word}` is no kind of place{hint}"));
        }
    }
    let mut radius_km = 0.0;
    if let Some(word) = words.next_if(|w| *w != "in") {
        match word.parse::<f64>() {
            Ok(km) if (0.0..=20_000.0).contains(&km) => radius_km = km,
            _ => reader.fault(format!("expected a radius in kilometres, found `{word}`")),
        }
    }
    let mut countries = Vec::new();
    match words.next() {
        None => {}
        Some("in") => {
            for word in words {
                if is_iso3(word) {
                    countries.push(SmolStr::new(word));
                } else {
                    reader.fault(format!("expected codes of countries after `in`, found `{word}`"));
                }
            }
        }
        Some(other) => reader.fault(format!("expected `in ISO3 ...` or the end of the line, found `{other}`")),
    }
    let place = Place {
        id: PlaceId { layer: 0, row: 0 },
        name: SmolStr::new(name),
        kind,
        country: None,
        countries,
        admin1: None,
        admin2: None,
        lat,
        lon,
        population: 0,
        radius_km,
        geonameid: None,
    };
    Some((names, place))
}
