//! `forewarn check`: the faults of codebook and dictionaries, all at once.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use forewarn_codebook::actors::Actors;
use forewarn_codebook::{Codebook, Fault, files, page};

use crate::Outcome;

/// Checks the built-in knowledge, or that below `folder`.
pub fn run(folder: Option<&Path>) -> Result<Outcome> {
    let owned = folder.map(knowledge).transpose()?.unwrap_or_default();
    let own: Vec<(&str, &str)> = owned.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let set = if folder.is_some() { own.as_slice() } else { files::all() };
    let mut faults: Vec<Fault> = Vec::new();
    faults.extend(Codebook::from_files(set).err().unwrap_or_default());
    faults.extend(Actors::from_files(set).err().unwrap_or_default());
    faults.extend(page::pages(set).err().unwrap_or_default());
    faults.sort();
    faults.dedup();
    let mut out = anstream::stdout();
    for f in &faults {
        writeln!(out, "{f}")?;
    }
    anstream::eprintln!("{} files, {} faults", set.len(), faults.len());
    if faults.is_empty() { Ok(Outcome::Done) } else { bail!("the files above need mending") }
}

/// The text files below `codebook/` and `dictionaries/` of a folder, sorted by path.
pub fn knowledge(folder: &Path) -> Result<Vec<(String, String)>> {
    if !folder.is_dir() {
        bail!("{}: no such folder", folder.display());
    }
    let mut files = Vec::new();
    for part in ["codebook", "dictionaries"] {
        gather(folder, &folder.join(part), &mut files)?;
    }
    if files.is_empty() {
        bail!("{}: found neither codebook/ nor dictionaries/ with .md or .txt files", folder.display());
    }
    Ok(files)
}

fn gather(root: &Path, dir: &Path, out: &mut Vec<(String, String)>) -> Result<()> {
    if !dir.is_dir() {
        return Ok(());
    }
    let mut entries: Vec<_> = std::fs::read_dir(dir)
        .with_context(|| dir.display().to_string())?
        .collect::<Result<Vec<_>, _>>()
        .with_context(|| dir.display().to_string())?;
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            gather(root, &path, out)?;
        } else if path.extension().is_some_and(|e| e == "txt" || e == "md") {
            let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            out.push((name, text));
        }
    }
    Ok(())
}
