//! The embedded text files of `codebook/` and `dictionaries/`.

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Every embedded file: path from the project's root, text; sorted by path.
pub fn all() -> &'static [(&'static str, &'static str)] {
    FILES
}

/// The text of one embedded file.
pub fn text(path: &str) -> Option<&'static str> {
    FILES.iter().find(|(p, _)| *p == path).map(|(_, t)| *t)
}
