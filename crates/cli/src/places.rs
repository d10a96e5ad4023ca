//! `forewarn gazetteer`: what a place name means, and dumps compiled for use.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use forewarn_codebook::actors::{Actors, Scheme};
use forewarn_gazetteer::compile::compile;
use forewarn_gazetteer::{Gazetteer, Kind, dump, fold};
use serde_json::json;

use crate::Outcome;
use crate::knowledge::Knowledge;

/// What `forewarn gazetteer` does.
#[derive(Subcommand)]
pub enum PlacesCommand {
    /// Show the places that a name may mean, the usual one first.
    Find {
        /// The name, in any script.
        #[arg(required = true)]
        name: Vec<String>,
        /// One JSON object a place.
        #[arg(long)]
        json: bool,
        /// A compiled gazetteer to search as well.
        #[arg(long, value_name = "FILE")]
        gazetteer: Vec<PathBuf>,
    },
    /// Compile a GeoNames dump (allCountries.txt or a country's file) for `code --gazetteer`.
    Import {
        /// The dump: tab-separated, 19 columns.
        dump: PathBuf,
        /// Where to write; otherwise beside the dump, ending in .gazetteer.
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
        /// Leave out settlements of fewer people.
        #[arg(long, default_value_t = 0, value_name = "N")]
        min_population: u32,
    },
    /// Say what is built in: sources, licences, counts.
    About {
        /// A compiled gazetteer to tell of as well.
        #[arg(long, value_name = "FILE")]
        gazetteer: Vec<PathBuf>,
    },
}

/// Runs the command.
pub fn run(command: &PlacesCommand, knowledge: &Knowledge) -> Result<Outcome> {
    match command {
        PlacesCommand::Find { name, json, gazetteer } => find(&name.join(" "), *json, &load(gazetteer, knowledge)?),
        PlacesCommand::Import { dump, to, min_population } => import(dump, to.as_deref(), *min_population),
        PlacesCommand::About { gazetteer } => about(&load(gazetteer, knowledge)?),
    }
}

/// The gazetteer with the compiled files beside it.
fn load(files: &[PathBuf], knowledge: &Knowledge) -> Result<Gazetteer> {
    let mut gazetteer = Gazetteer::from_layers(&knowledge.read()?.files())?;
    for file in files {
        gazetteer.add_file(file)?;
    }
    Ok(gazetteer)
}

fn find(name: &str, as_json: bool, gazetteer: &Gazetteer) -> Result<Outcome> {
    let ranked = gazetteer.ranked(&fold(name));
    let mut out = anstream::stdout();
    for (place, _) in &ranked {
        let (lat, lon) = place.shown();
        if as_json {
            let line = json!({
                "name": place.name, "kind": place.kind.as_str(), "precision": place.precision().as_str(),
                "country": place.country, "countries": place.countries, "admin1": place.admin1, "admin2": place.admin2,
                "lat": lat, "lon": lon, "population": (place.population > 0).then_some(place.population),
                "radius_km": (place.radius_km > 0.0).then_some(place.radius_km), "geonameid": place.geonameid,
            });
            writeln!(out, "{line}")?;
            continue;
        }
        let within: Vec<&str> = [place.admin2.as_deref(), place.admin1.as_deref(), place.country.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        let within = if within.is_empty() && !place.countries.is_empty() {
            place.countries.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" ")
        } else {
            within.join(", ")
        };
        let people = if place.population > 0 { format!("  {} people", place.population) } else { String::new() };
        writeln!(out, "{:<11} {lat:>7} {lon:>8}  {}  ({within}){people}", place.kind.as_str(), place.name)?;
    }
    if ranked.is_empty() {
        anstream::eprintln!("no place is called `{name}`");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

fn import(from: &Path, to: Option<&Path>, least: u32) -> Result<Outcome> {
    let actors = Actors::embedded().map_err(|faults| anyhow::anyhow!("{}", faults[0]))?;
    let iso3 = |iso2: &str| actors.crosswalk.country(Scheme::Alpha2, iso2, None).map(Into::into);
    let file = File::open(from).with_context(|| from.display().to_string())?;
    let dump = dump::read(from, BufReader::new(file), &iso3, least)?;
    if dump.rows.is_empty() {
        bail!("{}: none of its features is a place that news names", from.display());
    }
    let note = format!(
        "Places of {}: GeoNames (geonames.org), CC BY 4.0.",
        from.file_name().map_or_else(|| "a dump".to_owned(), |n| n.to_string_lossy().into_owned())
    );
    let (bytes, counts) = compile(&dump.rows, &note)?;
    let to = to.map_or_else(|| from.with_extension("gazetteer"), Path::to_path_buf);
    std::fs::write(&to, &bytes).with_context(|| to.display().to_string())?;
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for row in &dump.rows {
        *kinds.entry(row.kind).or_default() += 1;
    }
    let mut out = anstream::stdout();
    writeln!(
        out,
        "{}: {} places, {} names, {:.1} MB",
        to.display(),
        counts.places,
        counts.names,
        bytes.len() as f64 / 1e6
    )?;
    for (kind, n) in kinds {
        writeln!(out, "  {:<11} {n}", kind.as_str())?;
    }
    anstream::eprintln!(
        "{} features left out (no places that news names, countries, or too small){}",
        dump.left_out,
        if counts.divisions_left_out > 0 {
            format!(
                "; {} places lost the name of their division: there are more than the file has room for",
                counts.divisions_left_out
            )
        } else {
            String::new()
        }
    );
    anstream::eprintln!(
        "GeoNames data is licensed CC BY 4.0: keep the notice with what you publish. Use: forewarn code --gazetteer {} ...",
        to.display()
    );
    Ok(Outcome::Done)
}

fn about(gazetteer: &Gazetteer) -> Result<Outcome> {
    let mut out = anstream::stdout();
    for (note, places, names) in gazetteer.notes() {
        writeln!(out, "{note}\n  {places} places, {names} names")?;
    }
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for place in gazetteer.supplement() {
        *kinds.entry(place.kind).or_default() += 1;
    }
    writeln!(out, "Supplement written by hand (dictionaries/places): {} places", gazetteer.supplement().len())?;
    for (kind, n) in kinds {
        writeln!(out, "  {:<11} {n}", kind.as_str())?;
    }
    Ok(Outcome::Done)
}
