//! TABARI and PETRARCH dictionaries from disk, and `forewarn check` over them.

use std::io::Write;
use std::path::{Path, PathBuf};

use anstream::eprintln;
use anyhow::{Context, Result, bail};
use forewarn_codebook::Fault;
use forewarn_codebook::petrarch::{Dictionaries, Edition, Kind};

use crate::knowledge::{self, Knowledge};
use crate::{DictionaryArgs, Outcome, VerbEdition};

/// `forewarn check`: old dictionaries where they are named or a folder holds nothing else, else the knowledge files.
pub fn check(folder: Option<&Path>, args: &DictionaryArgs, knowledge: &Knowledge) -> Result<Outcome> {
    let mut paths = args.dictionaries.clone();
    if let (true, Some(folder)) = (paths.is_empty(), folder) {
        let own = folder.join("codebook").is_dir() || folder.join("dictionaries").is_dir();
        let old = !own
            && folder.is_dir()
            && !knowledge::is_overlay(folder)
            && files(&[folder.to_path_buf()], None).is_ok_and(|(f, _)| has_any(&f));
        if old {
            paths.push(folder.to_path_buf());
        }
    }
    if paths.is_empty() {
        return crate::check::run(folder, knowledge);
    }
    let (files, mut warnings) = files(&paths, args.dictionary_set.as_deref())?;
    // Verbs of both editions are checked, each as what it is.
    let all = Dictionaries::read(&files, edition(args.verbs));
    let mut others: Vec<Dictionaries> = Vec::new();
    for (source, file) in all.sources.iter().zip(&files) {
        if let (Some(Kind::Verbs(e)), None) = (source.kind, source.entries) {
            others.push(Dictionaries::read(std::slice::from_ref(file), Some(e)));
        }
    }
    warnings.extend(all.warnings.iter().cloned());
    warnings.extend(others.iter().flat_map(|d| d.warnings.iter().cloned()));
    warnings.sort();
    let mut out = anstream::stdout();
    for warning in &warnings {
        writeln!(out, "{warning}")?;
    }
    for source in &all.sources {
        let one = others.iter().flat_map(|d| &d.sources).find(|s| s.path == source.path).unwrap_or(source);
        let name = one.kind.map_or("not a dictionary", Kind::name);
        match one.entries {
            Some(n) if source.entries.is_some() => {
                eprintln!("{}: {name}, {}, {}", one.path, entries(n), slips(one.warnings));
            }
            Some(n) => eprintln!(
                "{}: {name}, {}, {}; left out unless --verbs asks for it",
                one.path,
                entries(n),
                slips(one.warnings)
            ),
            None => eprintln!("{}: {name}; left out", one.path),
        }
    }
    if !has_any(&files) {
        bail!("none of these files is a dictionary of actors, agents, verbs, discards or issues");
    }
    eprintln!("{} files, {}", files.len(), slips(warnings.len()));
    Ok(Outcome::Done)
}

/// Reads the dictionaries to code by, and says on standard error what they are.
pub fn load(args: &DictionaryArgs) -> Result<Dictionaries> {
    let (files, mut warnings) = files(&args.dictionaries, args.dictionary_set.as_deref())?;
    let all = Dictionaries::read(&files, edition(args.verbs));
    let place = || args.dictionaries.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ");
    let held = || {
        let kinds: Vec<&str> = all.sources.iter().filter_map(|s| s.kind).map(Kind::name).collect();
        if kinds.is_empty() { "no dictionary".to_owned() } else { kinds.join(", ") }
    };
    if all.actors.is_empty() {
        bail!("{}: no actors file there (found: {}); lines such as `FRANCE [FRA]` make one", place(), held());
    }
    if all.verbs.is_empty() {
        let asked =
            args.verbs.map_or("", |v| if v == VerbEdition::One { " of edition 1.0" } else { " of edition 2.0" });
        bail!("{}: no verbs file{asked} there (found: {}); blocks `--- MEET [040] ---` make one", place(), held());
    }
    warnings.extend(all.warnings.iter().cloned());
    eprintln!(
        "dictionaries: {} actors, {} agents, {} verbs with {} patterns (edition {}), {} discards, {} issue phrases",
        all.actors.len(),
        all.agents.len(),
        all.verbs.len(),
        all.verbs.patterns(),
        if all.edition == Some(Edition::One) { "1.0" } else { "2.0" },
        all.discards.len(),
        all.issues.len(),
    );
    for source in &all.sources {
        match (source.kind, source.entries) {
            (Some(kind), None) => eprintln!("left out: {} ({}; --verbs chooses)", source.path, kind.name()),
            (None, _) => eprintln!("left out: {} (not a dictionary)", source.path),
            _ => {}
        }
    }
    if !warnings.is_empty() {
        eprintln!("{} in them; `forewarn check --dictionaries` lists them", slips(warnings.len()));
    }
    Ok(all)
}

fn entries(n: usize) -> String {
    format!("{n} entr{}", if n == 1 { "y" } else { "ies" })
}

fn slips(n: usize) -> String {
    format!("{n} slip{}", if n == 1 { "" } else { "s" })
}

fn edition(verbs: Option<VerbEdition>) -> Option<Edition> {
    verbs.map(|v| match v {
        VerbEdition::One => Edition::One,
        VerbEdition::Two => Edition::Two,
    })
}

fn has_any(files: &[(String, String)]) -> bool {
    files.iter().any(|(_, text)| Kind::of(text).is_some())
}

/// A file's path and text.
type File = (String, String);

/// The files at `paths`, folders opened one deep, sorted; and a remark on each that is not UTF-8.
pub fn files(paths: &[PathBuf], set: Option<&str>) -> Result<(Vec<File>, Vec<Fault>)> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        if path.is_dir() {
            let inside = std::fs::read_dir(path).with_context(|| path.display().to_string())?;
            let mut inside = inside.map(|e| Ok(e?.path())).collect::<Result<Vec<_>>>()?;
            inside.retain(|p| {
                let name = p.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                p.is_file() && !name.starts_with('.') && set.is_none_or(|s| name.starts_with(s))
            });
            inside.sort();
            if inside.is_empty() {
                let which = set.map(|s| format!(" whose name begins with `{s}`")).unwrap_or_default();
                bail!("{}: no file{which} there", path.display());
            }
            found.extend(inside);
        } else if path.is_file() {
            found.push(path.clone());
        } else {
            bail!("{}: no such folder or file", path.display());
        }
    }
    let (mut files, mut remarks) = (Vec::new(), Vec::new());
    for path in found {
        let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
        let name = path.display().to_string();
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(e) => {
                let good = e.utf8_error().valid_up_to();
                let line = e.as_bytes()[..good].split(|b| *b == b'\n').count();
                let message = "found bytes that are not UTF-8, expected UTF-8; they are read as Latin-1".to_owned();
                remarks.push(Fault { file: name.clone(), line, message });
                e.into_bytes().iter().map(|&b| char::from(b)).collect()
            }
        };
        files.push((name, text));
    }
    Ok((files, remarks))
}
