//! Files that pages need: the style sheet always, the scripts where they were built.
//!
//! `web/` is built by Node into `web/dist/`; `build.rs` takes in what is there when this crate is built. Without Node
//! the folder is empty: pages work without scripts and say so.

use std::sync::LazyLock;

/// The files of `web/dist/` by name, as `build.rs` found them.
static BUILT: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/built.rs"));

const STYLE: &[u8] = include_bytes!("../assets/desk.css");

/// The style sheet's address: its digest is in the query, so that browsers may keep it for ever.
pub static STYLE_HREF: LazyLock<String> = LazyLock::new(|| href("desk.css", STYLE));

/// The script's address; none where scripts were not built.
pub static SCRIPT_HREF: LazyLock<Option<String>> = LazyLock::new(|| find("desk.js").map(|f| href("desk.js", f.0)));

fn href(name: &str, bytes: &[u8]) -> String {
    format!("/assets/{name}?v={}", blake3::hash(bytes).to_hex().get(..12).unwrap_or(""))
}

/// The bytes and media type of a file.
pub fn find(name: &str) -> Option<(&'static [u8], &'static str)> {
    if name == "desk.css" {
        return Some((STYLE, "text/css; charset=utf-8"));
    }
    let bytes = BUILT.iter().find(|(n, _)| *n == name)?.1;
    let kind = match name.rsplit_once('.').map_or("", |(_, e)| e) {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
    Some((bytes, kind))
}

/// Whether scripts were built in.
pub fn have_scripts() -> bool {
    SCRIPT_HREF.is_some()
}
