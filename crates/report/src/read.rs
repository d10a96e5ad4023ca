//! The ways in: a path, a stream, or bytes of a known format.

use std::io::{BufRead, Read};
use std::path::Path;

use crate::{Diagnostic, Options, Report, Source};

/// Where readers put what they find: reports, and remarks about the input, in the input's order.
pub type Sink<'a> = dyn FnMut(Result<Report, Diagnostic>) + 'a;

/// Reads a file, every file of a folder (recursively, sorted by name), or standard input for `-`.
pub fn read_path(path: &Path, options: &Options, sink: &mut Sink<'_>) {
    let _ = (path, options, sink);
}

/// Reads a stream whose format is told by its first bytes, unless the options give it.
pub fn read_stream(input: &mut dyn Read, source: &Source, options: &Options, sink: &mut Sink<'_>) {
    let _ = (input, source, options, sink);
}

/// Reads one report of plain text in any charset.
pub fn read_text(bytes: &[u8], source: &Source, options: &Options, sink: &mut Sink<'_>) {
    let _ = (bytes, source, options, sink);
}

/// Reads one HTML page in any charset.
pub fn read_html(bytes: &[u8], source: &Source, options: &Options, sink: &mut Sink<'_>) {
    let _ = (bytes, source, options, sink);
}

/// Reads JSON Lines, one report a line, in memory bounded by the longest line.
pub fn read_jsonl(input: &mut dyn BufRead, source: &Source, options: &Options, sink: &mut Sink<'_>) {
    let _ = (input, source, options, sink);
}
