//! All layers together: the world, imported dumps, and the hand-written supplement.

use std::borrow::Cow;
use std::path::Path;

use forewarn_codebook::{Fault, KnowledgeFile, files};

use crate::error::Error;
use crate::index::{Candidate, Index};
use crate::kind::Kind;
use crate::place::{Place, PlaceId, distance_km};
use crate::resolve::prior;
use crate::supplement::Supplement;

/// The world's towns and divisions (GeoNames, CC BY 4.0), compiled by `cargo xtask gazetteer`.
static WORLD: &[u8] = include_bytes!("../../../gazetteer/world.bin");

/// The lexicon's countries, whose names the supplement need not repeat.
const COUNTRIES: &str = "dictionaries/actors/countries.txt";

/// Per cent of a division's people that live in the town of its name, from which the name alone means the town.
const TOWN_SHARE: u64 = 15;

/// Place names to places.
#[derive(Debug)]
pub struct Gazetteer {
    indices: Vec<Index>,
    supplement: Supplement,
}

impl Gazetteer {
    /// The gazetteer that is part of the program.
    ///
    /// # Errors
    /// All faults of its files; none in a released program, where a test holds them to none.
    pub fn embedded() -> Result<Self, Error> {
        Self::from_layers(&KnowledgeFile::base(files::all()))
    }

    /// The bytes of the world that is part of the program, for telling one version of it from another.
    pub fn embedded_bytes() -> &'static [u8] {
        WORLD
    }

    /// The embedded world with the supplement in `files`; a place in a higher layer replaces one of the same name, kind,
    /// country and division.
    ///
    /// # Errors
    /// Every fault found, sorted by file and line.
    pub fn from_layers(files: &[KnowledgeFile<'_>]) -> Result<Self, Error> {
        let own: Vec<KnowledgeFile<'_>> = files.iter().filter(|f| f.is_places()).copied().collect();
        let world = Index::read(0, Cow::Borrowed(WORLD), "gazetteer/world.bin")?;
        let mut faults: Vec<Fault> = Vec::new();
        let mut supplement = Supplement::read(1, &own, &mut faults);
        if !faults.is_empty() {
            faults.sort();
            return Err(Error::Faults(faults));
        }
        for file in files.iter().filter(|f| f.path == COUNTRIES) {
            name_countries(&mut supplement, file.text);
        }
        Ok(Self { indices: vec![world], supplement })
    }

    /// Adds a compiled gazetteer, such as `forewarn gazetteer import` makes.
    ///
    /// # Errors
    /// When it cannot be read or is none.
    pub fn add_file(&mut self, path: &Path) -> Result<(), Error> {
        let bytes = std::fs::read(path).map_err(|source| Error::File { path: path.to_owned(), source })?;
        let layer = u8::try_from(self.indices.len() + 1)
            .map_err(|_| Error::Index { path: path.to_owned(), what: "one file too many".to_owned() })?;
        self.indices.push(Index::read(layer, Cow::Owned(bytes), &path.display().to_string())?);
        Ok(())
    }

    /// The places that a name, folded by [`fold`](crate::fold), may mean; the supplement's first.
    pub fn find(&self, folded: &str) -> Vec<Candidate> {
        let mut out = Vec::new();
        self.supplement.find(folded, &mut out);
        for index in &self.indices {
            index.find(folded, &mut out);
        }
        out
    }

    /// The place behind a handle that this gazetteer gave.
    pub fn place(&self, id: PlaceId) -> Option<Place> {
        match id.layer {
            1 => self.supplement.place(id.row).cloned(),
            0 => self.indices.first()?.place(id.row),
            more => self.indices.get(more as usize - 1)?.place(id.row),
        }
    }

    /// The country with this code, at its middle.
    pub fn country(&self, iso3: &str) -> Option<&Place> {
        self.supplement.country(iso3)
    }

    /// The hand-written places.
    pub fn supplement(&self) -> &[Place] {
        self.supplement.places()
    }

    /// Sources and licences of the compiled layers, with how many places and names each holds.
    pub fn notes(&self) -> Vec<(String, usize, usize)> {
        self.indices.iter().map(|i| (i.note().to_owned(), i.len(), i.names())).collect()
    }

    /// The places of a folded name in the order of what news means by it where nothing else is known, with the worth that
    /// orders them (see [`prior`]).
    pub fn ranked(&self, folded: &str) -> Vec<(Place, f64)> {
        let mut out: Vec<(Place, bool)> =
            self.find(folded).into_iter().filter_map(|c| Some((self.place(c.id)?, c.primary))).collect();
        // A first-order division stands in two layers: the supplement has its middle, the world its people.
        for i in 0..out.len() {
            let twin = (i + 1..out.len()).find(|&j| same(&out[i].0, &out[j].0));
            if let Some(j) = twin {
                let people = out[j].0.population;
                out[i].0.population = out[i].0.population.max(people);
                out[j].1 = false;
                out[j].0.population = 0;
            }
        }
        let mut out: Vec<(Place, f64)> =
            out.into_iter().map(|(p, primary)| (prior(&p, primary), p)).map(|(w, p)| (p, w)).collect();
        // A division that is little more than its town ("Vienna", "Tripoli"): the name means the town.
        for i in 0..out.len() {
            let division = &out[i].0;
            if !matches!(division.kind, Kind::Admin1 | Kind::District) {
                continue;
            }
            let town = out.iter().filter(|(t, _)| {
                t.kind == Kind::Settlement
                    && t.country == division.country
                    && u64::from(t.population) * 100 >= u64::from(division.population) * TOWN_SHARE
                    && distance_km((t.lat, t.lon), (division.lat, division.lon)) < division.radius_km.max(30.0) * 1.5
            });
            if let Some(worth) = town.map(|t| t.1).max_by(f64::total_cmp) {
                out[i].1 = out[i].1.min(worth - 0.5);
            }
        }
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.id.cmp(&b.0.id)));
        let mut kept: Vec<(Place, f64)> = Vec::with_capacity(out.len());
        for one in out {
            if !kept.iter().any(|k| same(&k.0, &one.0)) {
                kept.push(one);
            }
        }
        kept
    }
}

/// Whether two places of one name are the same out of two layers: first-order divisions stand in both.
fn same(a: &Place, b: &Place) -> bool {
    a.kind == Kind::Admin1 && b.kind == a.kind && a.country == b.country
}

/// Gives the countries the names that the lexicon of actors has for them.
fn name_countries(supplement: &mut Supplement, text: &str) {
    let mut country = "";
    for line in text.lines().map(|l| l.split('#').next().unwrap_or("").trim()) {
        if let Some(code) = line.strip_prefix("country ") {
            country = code.trim();
        } else if let Some(names) = line.strip_prefix("names:") {
            for name in names.split(',').map(|n| n.trim().trim_start_matches('~')).filter(|n| !n.is_empty()) {
                supplement.name_country(country, name);
            }
        }
    }
}
