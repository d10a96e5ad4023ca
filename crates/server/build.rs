//! Takes in what `web/dist/` holds, if anything: the crate builds without Node.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    let manifest = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let dist = Path::new(&manifest).join("../../web/dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut files = Vec::new();
    gather(&dist, &mut files);
    files.sort();
    let mut out = String::from("&[");
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        let name = file.strip_prefix(&dist).expect("it lies below").to_string_lossy().replace('\\', "/");
        let path = file.canonicalize().expect("it was just found");
        let _ = write!(out, "({name:?}, include_bytes!({:?}) as &[u8]),", path.display().to_string());
    }
    out.push(']');
    let target = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it")).join("built.rs");
    std::fs::write(target, out).expect("the build folder can be written");
}

fn gather(dir: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, out);
        } else {
            out.push(path);
        }
    }
}
