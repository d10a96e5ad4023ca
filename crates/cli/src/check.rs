//! `forewarn check`: the faults of codebook and dictionaries, all at once.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use forewarn_codebook::actors::Actors;
use forewarn_codebook::{Codebook, Fault, page};
use forewarn_coder::Tables;
use forewarn_gazetteer::Gazetteer;

use crate::Outcome;
use crate::knowledge::{self, Knowledge};

/// Checks the built-in knowledge, or that below `folder`: a base of its own, or an overlay on the built-in one.
pub fn run(folder: Option<&Path>, flags: &Knowledge) -> Result<Outcome> {
    let overlay = folder.filter(|f| knowledge::is_overlay(f));
    let base = folder.filter(|_| overlay.is_none());
    let read = flags.or(base, overlay).read()?;
    let files = read.files();
    let mut faults: Vec<Fault> = Vec::new();
    faults.extend(Codebook::from_layers(&files).err().unwrap_or_default());
    faults.extend(Actors::from_layers(&files).err().unwrap_or_default());
    faults.extend(Tables::from_layers(&files).err().unwrap_or_default());
    let pages: Vec<(&str, &str)> = files.iter().filter(|f| f.layer == 0).map(|f| (f.shown, f.text)).collect();
    faults.extend(page::pages(&pages).err().unwrap_or_default());
    if let Err(forewarn_gazetteer::Error::Faults(of_places)) = Gazetteer::from_layers(&files) {
        faults.extend(of_places);
    }
    faults.sort();
    faults.dedup();
    let mut out = anstream::stdout();
    for f in &faults {
        writeln!(out, "{f}")?;
    }
    let over = files.iter().filter(|f| f.layer > 0).count();
    let what = if over > 0 { format!("{over} overlay files") } else { format!("{} files", files.len()) };
    anstream::eprintln!("{what}, {} faults", faults.len());
    if faults.is_empty() { Ok(Outcome::Done) } else { bail!("the files above need mending") }
}
