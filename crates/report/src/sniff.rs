//! What an input is, by its name and its first bytes.

use std::path::Path;

use crate::Format;

/// First bytes of things that are not text, and what to call them.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF document: convert it to text first, for instance with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an Office document: unpack it or save it as text first"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive: unpack it first, for instance with gunzip"),
    (b"BZh", "a bzip2 archive: unpack it first"),
    (b"\xfd7zXZ\0", "an xz archive: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive: unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive: unpack it first"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP, WAV or AVI)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document: save it as text first"),
    (b"{\\rtf", "an RTF document: save it as text first"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"\x00\x00\x00\x18ftyp", "an MP4 file"),
    (b"\x00\x00\x00\x20ftyp", "an MP4 file"),
];

/// How many bytes are looked at.
pub(crate) const SNIFF_BYTES: usize = 8192;

/// The format a file's name promises.
pub(crate) fn by_name(path: &Path) -> Option<Format> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "txt" | "text" | "md" | "asc" => Some(Format::Text),
        "html" | "htm" | "xhtml" | "shtml" | "mhtml" => Some(Format::Html),
        "jsonl" | "ndjson" | "json" => Some(Format::Jsonl),
        _ => None,
    }
}

/// The format of an input by its name, then its first bytes; a page saved as `.txt` is still a page.
pub(crate) fn format(path: Option<&Path>, head: &[u8]) -> Format {
    let named = path.and_then(by_name);
    match named {
        Some(Format::Text) if opens_as_html(head) => Format::Html,
        Some(format) => format,
        None => by_bytes(head),
    }
}

/// The format of an input by its first bytes alone; plain text if nothing speaks for another.
pub(crate) fn by_bytes(head: &[u8]) -> Format {
    let start = opening(head);
    if opens_as_html(head) {
        return Format::Html;
    }
    if start.first() == Some(&b'{') {
        let quoted = start[1..].iter().find(|byte| !byte.is_ascii_whitespace());
        if matches!(quoted, Some(b'"' | b'}')) {
            return Format::Jsonl;
        }
    }
    let tags = [&b"<p>"[..], b"</p>", b"<div", b"</div>", b"<body", b"<meta ", b"<br"];
    let lower = head[..head.len().min(SNIFF_BYTES)].to_ascii_lowercase();
    let seen = tags.iter().filter(|tag| lower.windows(tag.len()).any(|window| window == **tag)).count();
    if seen >= 2 { Format::Html } else { Format::Text }
}

/// What a binary looks like; `None` for text in any charset.
pub(crate) fn binary(head: &[u8]) -> Option<&'static str> {
    let head = &head[..head.len().min(SNIFF_BYTES)];
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(name);
    }
    if is_utf16(head) {
        return None;
    }
    if head.contains(&0) {
        return Some("binary data: it holds NUL bytes");
    }
    let controls = head.iter().filter(|byte| matches!(byte, 1..=8 | 14..=26 | 28..=31 | 127)).count();
    (controls * 10 > head.len()).then_some("binary data: more than a tenth of it are control characters")
}

/// Whether bytes are UTF-16, by their mark or by the zero halves of Latin letters.
pub(crate) fn is_utf16(head: &[u8]) -> bool {
    utf16_is_big_endian(head).is_some()
}

/// The byte order of UTF-16: `Some(true)` for big-endian, `None` for anything else.
pub(crate) fn utf16_is_big_endian(head: &[u8]) -> Option<bool> {
    match head {
        [0xff, 0xfe, ..] => return Some(false),
        [0xfe, 0xff, ..] => return Some(true),
        _ if head.len() < 16 => return None,
        _ => {}
    }
    let pairs = head.len().min(512) / 2;
    let zeros = |offset: usize| (0..pairs).filter(|pair| head[pair * 2 + offset] == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    if low_first * 10 >= pairs * 7 && high_first == 0 {
        Some(false)
    } else if high_first * 10 >= pairs * 7 && low_first == 0 {
        Some(true)
    } else {
        None
    }
}

fn opening(head: &[u8]) -> &[u8] {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start()
}

fn opens_as_html(head: &[u8]) -> bool {
    let start = opening(head);
    let lower = start[..start.len().min(1024)].to_ascii_lowercase();
    if [&b"<!doctype html"[..], b"<html", b"<head", b"<body"].iter().any(|tag| lower.starts_with(tag)) {
        return true;
    }
    (lower.starts_with(b"<?xml") || lower.starts_with(b"<!--"))
        && lower.windows(5).any(|window| window == b"<html" || window == b"<!doc")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{binary, by_bytes, format};
    use crate::Format;

    #[test]
    fn formats() {
        assert_eq!(by_bytes(b"\xef\xbb\xbf \n<!DOCTYPE HTML><title>x"), Format::Html);
        assert_eq!(by_bytes(b"<?xml version='1.0'?>\n<html>"), Format::Html);
        assert_eq!(by_bytes(b"<div class=a><p>Three were killed.</p></div>"), Format::Html);
        assert_eq!(by_bytes(b" {\"text\": \"x\"}\n"), Format::Jsonl);
        assert_eq!(by_bytes(b"{sic} The army said"), Format::Text);
        assert_eq!(by_bytes(b"The army <said> nothing"), Format::Text);
        assert_eq!(by_bytes(b""), Format::Text);
        assert_eq!(format(Some(Path::new("a.txt")), b"<html>"), Format::Html);
        assert_eq!(format(Some(Path::new("a.txt")), b"{\"text\": 1}"), Format::Text);
        assert_eq!(format(Some(Path::new("a.NDJSON")), b"The army"), Format::Jsonl);
        assert_eq!(format(Some(Path::new("a")), b"The army"), Format::Text);
    }

    #[test]
    fn binaries() {
        assert!(binary(b"%PDF-1.7").is_some_and(|name| name.starts_with("a PDF")));
        assert!(binary(b"text\0text\0\0aaaaaaaaaaaaaaaa").is_some());
        assert!(binary(b"\x01\x02\x03\x04ab").is_some());
        assert_eq!(binary(b"The army said\n\x0c\x1bso"), None);
        assert_eq!(
            binary("\u{feff}abc".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice()),
            None
        );
        assert_eq!(
            binary("The army said so.".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>().as_slice()),
            None
        );
    }
}
