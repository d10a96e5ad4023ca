//! Bytes to text: byte-order mark, then what the page declares, then UTF-8 if it is that, then a guess.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::{Diagnostic, sniff};

/// A text with the remarks made on the way to it.
pub(crate) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Decodes bytes of an unknown charset; `html` says whether `<meta charset>` is looked for.
pub(crate) fn decode(bytes: &[u8], html: bool) -> Decoded<'_> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..]);
    }
    if let Some(big_endian) = sniff::utf16_is_big_endian(bytes) {
        return with(if big_endian { UTF_16BE } else { UTF_16LE }, bytes);
    }
    // Valid UTF-8 with non-ASCII letters in it is never anything else, whatever the page declares.
    match std::str::from_utf8(bytes) {
        Ok(text) => return Decoded { text: Cow::Borrowed(text), diagnostics: Vec::new() },
        Err(error) if error.error_len().is_none() => {
            let valid = &bytes[..error.valid_up_to()];
            // Only a text that has shown itself to be UTF-8 (or ASCII) was cut off in a character.
            if let Ok(text) = std::str::from_utf8(valid)
                && (!text.is_ascii() || bytes.len() - valid.len() > 1)
            {
                let cut = bytes.len() - valid.len();
                let diagnostic = Diagnostic::warning(
                    "text-truncated",
                    format!("the text ends in the middle of a character: {cut} bytes left out"),
                )
                .with_hint("the file was probably cut off; fetch it again if the end matters");
                return Decoded { text: Cow::Borrowed(text), diagnostics: vec![diagnostic] };
            }
        }
        Err(_) => {}
    }
    if mostly_utf8(bytes) {
        return with(UTF_8, bytes);
    }
    if html
        && let Some(encoding) = declared(bytes)
        && encoding != UTF_8
    {
        return with(encoding, bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // From the first byte that tells anything; half a megabyte of it is enough.
    let telling = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let start = telling.saturating_sub(4096);
    detector.feed(&bytes[start..bytes.len().min(telling + (512 << 10))], true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    let mut decoded = with(encoding, bytes);
    decoded.diagnostics.insert(
        0,
        Diagnostic::note("charset-guessed", format!("the text is not UTF-8; read as {}", encoding.name()))
            .with_hint("convert it to UTF-8 if letters come out wrong"),
    );
    decoded
}

/// The charset an HTML page declares in its first kilobyte.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(2048)].to_ascii_lowercase();
    let at = head.windows(8).position(|window| window == b"charset=")? + 8;
    let label = &head[at..];
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)))?;
    // A page that could be read this far as ASCII is not UTF-16, though some say so.
    Encoding::for_label(&label[..end])
        .map(|encoding| if encoding == UTF_16BE || encoding == UTF_16LE { UTF_8 } else { encoding })
}

/// Whether broken bytes are few beside well-formed multi-byte characters.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        // Two UTF-8 lead bytes count as evidence; ASCII counts for nothing.
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc2).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad > 0 && good >= bad * 4
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let mut diagnostics = Vec::new();
    if broken {
        let count = text.matches('\u{fffd}').count();
        diagnostics.push(
            Diagnostic::warning(
                "charset-damaged",
                format!("{count} places are not valid {} and were marked with U+FFFD", encoding.name()),
            )
            .with_hint("the file mixes charsets or was damaged"),
        );
    }
    Decoded { text, diagnostics }
}

#[cfg(test)]
mod tests {
    use super::decode;

    fn codes(bytes: &[u8], html: bool) -> (String, Vec<&'static str>) {
        let decoded = decode(bytes, html);
        (decoded.text.into_owned(), decoded.diagnostics.iter().map(|one| one.code).collect())
    }

    #[test]
    fn marks_and_utf16() {
        assert_eq!(codes(b"\xef\xbb\xbfVu\xc4\x8di\xc4\x87", false), ("Vučić".into(), vec![]));
        let little: Vec<u8> = "\u{feff}Vučić".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(codes(&little, false).0, "Vučić");
        let unmarked: Vec<u8> = "The army said so.".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(codes(&unmarked, false).0, "The army said so.");
    }

    #[test]
    fn truncated_and_damaged() {
        assert_eq!(
            codes("Vučić sa\u{10d}".as_bytes().split_last().expect("not empty").1, false),
            ("Vučić sa".into(), vec!["text-truncated"])
        );
        let (text, found) = codes(b"\xc4\x8d\xc4\x87\xc5\xa1\xc5\xbe \xff a", false);
        assert_eq!((text.as_str(), found), ("čćšž \u{fffd} a", vec!["charset-damaged"]));
    }

    #[test]
    fn legacy() {
        let (text, found) = codes(
            "Der Präsident hat die Truppen zurückgezogen, hieß es."
                .chars()
                .map(|letter| letter as u8)
                .collect::<Vec<_>>()
                .as_slice(),
            false,
        );
        assert_eq!(
            (text.as_str(), found),
            ("Der Präsident hat die Truppen zurückgezogen, hieß es.", vec!["charset-guessed"])
        );
        let (text, found) =
            codes(b"<meta http-equiv=Content-Type content='text/html; charset=windows-1250'><p>Vu\xe8i\xe6", true);
        assert!(text.ends_with("Vučić") && found.is_empty(), "{text} {found:?}");
    }
}
