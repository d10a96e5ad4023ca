//! Bytes as they come from disk, plain or gzipped, into text.

use std::io::Read as _;

use crate::Error;

/// Text out of bytes; gzip is told by its first two bytes (RFC 1952, 2.3.1). Bytes that are no UTF-8 are replaced.
pub(crate) fn text(bytes: &[u8]) -> Result<String, Error> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut plain = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut plain)?;
        return Ok(String::from_utf8_lossy(&plain).into_owned());
    }
    Ok(String::from_utf8_lossy(bytes).into_owned())
}
