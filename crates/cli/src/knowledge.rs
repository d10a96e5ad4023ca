//! The knowledge that a command works with: what is built in or a folder's, and overlays on it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use forewarn_codebook::{KnowledgeFile, files};

/// Which knowledge, as the global flags say.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Knowledge {
    /// Read `codebook/` and `dictionaries/` from this folder instead of those built in.
    #[arg(long = "knowledge", global = true, value_name = "DIR")]
    base: Option<PathBuf>,
    /// Files that add to the knowledge or correct it (docs/actors.md); may be given several times, the last wins.
    #[arg(long = "overlay", global = true, value_name = "DIR")]
    overlays: Vec<PathBuf>,
}

/// The files of the knowledge, read.
pub struct Read {
    /// Path below its root, path as shown, text, layer.
    owned: Vec<(String, String, String, u8)>,
    built_in: bool,
}

impl Knowledge {
    /// The knowledge below `folder`, or the built-in one, with the same overlays and one more.
    pub fn or(&self, folder: Option<&Path>, overlay: Option<&Path>) -> Self {
        let mut out = self.clone();
        out.base = folder.map(Path::to_path_buf).or(out.base);
        out.overlays.extend(overlay.map(Path::to_path_buf));
        out
    }

    /// Whether it is what comes with the program, and nothing else.
    pub fn is_built_in(&self) -> bool {
        self.base.is_none() && self.overlays.is_empty()
    }

    /// Reads the folders from disk.
    pub fn read(&self) -> Result<Read> {
        let mut owned = Vec::new();
        if let Some(folder) = &self.base {
            for (path, text) in below(folder)? {
                owned.push((path.clone(), path, text, 0));
            }
        }
        for (layer, folder) in (1..).zip(&self.overlays) {
            for (path, text) in overlay(folder)? {
                let shown = folder.join(&path).display().to_string();
                owned.push((path, shown, text, layer));
            }
        }
        Ok(Read { owned, built_in: self.base.is_none() })
    }
}

impl Read {
    /// All files, those of the base first.
    pub fn files(&self) -> Vec<KnowledgeFile<'_>> {
        let mut out = if self.built_in { KnowledgeFile::base(files::all()) } else { Vec::new() };
        for (path, shown, text, layer) in &self.owned {
            out.push(KnowledgeFile { path, shown, text, layer: *layer });
        }
        out
    }
}

/// Whether a folder is an overlay: text files of the knowledge's kinds, and not all that a base must have.
pub fn is_overlay(folder: &Path) -> bool {
    !folder.join("dictionaries/cameo.txt").is_file()
        && (folder.join("dictionaries").is_dir() || overlay(folder).is_ok_and(|files| !files.is_empty()))
}

/// The text files below `codebook/` and `dictionaries/` of a folder, sorted by path.
fn below(folder: &Path) -> Result<Vec<(String, String)>> {
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

/// The files of an overlay: those below `dictionaries/`, and text files beside it that begin with `kind`.
fn overlay(folder: &Path) -> Result<Vec<(String, String)>> {
    if !folder.is_dir() {
        bail!("{}: no such folder", folder.display());
    }
    let mut files = Vec::new();
    gather(folder, &folder.join("dictionaries"), &mut files)?;
    for path in sorted(folder)? {
        if path.is_file() && path.extension().is_some_and(|e| e == "txt") {
            let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let first = text.lines().map(str::trim).find(|l| !l.is_empty() && !l.starts_with('#'));
            if first.is_some_and(|l| l.starts_with("kind ")) {
                files.push((path.strip_prefix(folder).unwrap_or(&path).display().to_string(), text));
            }
        }
    }
    if files.is_empty() {
        bail!("{}: found neither dictionaries/ nor text files that begin with `kind`", folder.display());
    }
    Ok(files)
}

fn sorted(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(dir)
        .with_context(|| dir.display().to_string())?
        .map(|e| e.map(|e| e.path()))
        .collect::<Result<Vec<_>, _>>()
        .with_context(|| dir.display().to_string())?;
    entries.sort();
    Ok(entries)
}

fn gather(root: &Path, dir: &Path, out: &mut Vec<(String, String)>) -> Result<()> {
    if !dir.is_dir() {
        return Ok(());
    }
    for path in sorted(dir)? {
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
