//! Lists the text files of `codebook/` and `dictionaries/` so that the crate can embed them.

use std::{env, fs, io::Write, path::Path};

fn walk(dir: &Path, out: &mut Vec<std::path::PathBuf>) {
    println!("cargo::rerun-if-changed={}", dir.display());
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, out);
        } else if path.extension().is_some_and(|e| e == "txt" || e == "md" || e == "tsv") {
            out.push(path);
        }
    }
}

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../..");
    let root = root.canonicalize().expect("the workspace is there");
    let mut files = Vec::new();
    walk(&root.join("codebook"), &mut files);
    walk(&root.join("dictionaries"), &mut files);
    files.sort();
    let to = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("files.rs");
    let mut out = fs::File::create(to).expect("OUT_DIR is writable");
    writeln!(out, "pub(crate) static FILES: &[(&str, &str)] = &[").expect("write");
    for f in files {
        println!("cargo::rerun-if-changed={}", f.display());
        let name = f.strip_prefix(&root).expect("below the root").display().to_string();
        writeln!(out, "    ({name:?}, include_str!({:?})),", f.display().to_string()).expect("write");
    }
    writeln!(out, "];").expect("write");
}
