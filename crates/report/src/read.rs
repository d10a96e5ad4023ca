//! The ways in: a path, a stream, or bytes of a known format.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::{Diagnostic, Format, Options, ReadError, Report, Source, html, jsonl, sniff, text};

/// Where readers put what they find: reports, and remarks about the input, in the input's order. The
/// remarks about a report come before it.
pub type Sink<'a> = dyn FnMut(Result<Report, Diagnostic>) + 'a;

/// Reads a file, every file of a folder (recursively, sorted by name), or standard input for `-`.
///
/// A file that cannot be read costs itself: a remark is given and the rest goes in. In folders, files
/// and folders whose names begin with a dot are passed over, and links to folders are not followed.
pub fn read_path(path: &Path, options: &Options, sink: &mut Sink<'_>) {
    read_path_counting(path, options, &AtomicU64::new(0), sink);
}

/// The same, adding to `bytes` as they are read, so that another thread can tell how far it is.
pub fn read_path_counting(path: &Path, options: &Options, bytes: &AtomicU64, sink: &mut Sink<'_>) {
    if path.as_os_str() == "-" {
        return read_stream(&mut Counted { input: io::stdin().lock(), bytes }, &Source::memory(), options, sink);
    }
    if path.is_dir() {
        if read_folder(path, options, bytes, sink) == 0 {
            sink(Err(Diagnostic::warning("folder-empty", "the folder holds no files").at(&Source::file(path))));
        }
    } else {
        read_file(path, options, bytes, sink);
    }
}

/// Reads a stream whose format is told by its first bytes, unless the options or the source's name say.
pub fn read_stream(input: &mut dyn Read, source: &Source, options: &Options, sink: &mut Sink<'_>) {
    read_sized(input, 0, source, options, sink);
}

/// The same of an input that probably has so many bytes.
fn read_sized(input: &mut dyn Read, size: u64, source: &Source, options: &Options, sink: &mut Sink<'_>) {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut head = Vec::with_capacity(sniff::SNIFF_BYTES);
    if let Err(error) = Read::take(&mut input, sniff::SNIFF_BYTES as u64).read_to_end(&mut head) {
        return sink(Err(
            ReadError::Read { path: source.path.clone(), after_bytes: head.len() as u64, source: error }.into()
        ));
    }
    let path = source.path.as_deref();
    let binary = sniff::binary(&head).is_some();
    let format = options.format.unwrap_or_else(|| sniff::format(path, &head));
    let is_document = path.and_then(Path::extension).is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
        || (format == Format::Jsonl && head.trim_ascii_start().first() == Some(&b'['));
    let mut input = head.as_slice().chain(input);
    if format == Format::Jsonl && !is_document && !binary {
        return read_jsonl(&mut input, source, options, sink);
    }
    let mut bytes = Vec::with_capacity(if binary { 0 } else { size.min(text::limit(options)) as usize + 1 });
    // What is surely binary need not be read to its end.
    let limit = if binary { sniff::SNIFF_BYTES as u64 } else { text::limit(options) + 1 };
    if let Err(error) = input.take(limit).read_to_end(&mut bytes) {
        return sink(Err(ReadError::Read {
            path: source.path.clone(),
            after_bytes: bytes.len() as u64,
            source: error,
        }
        .into()));
    }
    match format {
        _ if binary || format == Format::Text => read_text(&bytes, source, options, sink),
        Format::Html => read_html(&bytes, source, options, sink),
        _ if bytes.len() as u64 > text::limit(options) => {
            sink(Err(text::too_large(bytes.len() as u64, options).at(source)));
        }
        _ => jsonl::read_document(&bytes, source, options, sink),
    }
}

/// Reads one report of plain text in any charset.
pub fn read_text(bytes: &[u8], source: &Source, options: &Options, sink: &mut Sink<'_>) {
    text::read_bytes(bytes, source, options, sink);
}

/// Reads one HTML page in any charset.
pub fn read_html(bytes: &[u8], source: &Source, options: &Options, sink: &mut Sink<'_>) {
    html::read_bytes(bytes, source, options, sink);
}

/// Reads JSON Lines, one report a line, in memory bounded by the longest line.
pub fn read_jsonl(input: &mut dyn BufRead, source: &Source, options: &Options, sink: &mut Sink<'_>) {
    jsonl::read_lines(input, source, options, sink);
}

/// An input whose bytes are counted.
struct Counted<'a, R> {
    input: R,
    bytes: &'a AtomicU64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(into)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

fn read_file(path: &Path, options: &Options, count: &AtomicU64, sink: &mut Sink<'_>) {
    let source = Source::file(path);
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return sink(Err(ReadError::Open { path: path.to_owned(), source: error }.into())),
    };
    // Asked before reading, so that a huge file costs nothing.
    let bytes = file.metadata().map_or(0, |metadata| metadata.len());
    let lines = options.format.or_else(|| sniff::by_name(path)) == Some(Format::Jsonl);
    if bytes > text::limit(options) && !lines && !opens_as_lines(path, options) {
        return sink(Err(text::too_large(bytes, options).at(&source)));
    }
    read_sized(&mut Counted { input: file, bytes: count }, bytes, &source, options, sink);
}

/// Whether a large file of unknown name is JSON Lines by its first bytes.
fn opens_as_lines(path: &Path, options: &Options) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(sniff::SNIFF_BYTES as u64).read_to_end(&mut head));
    read.is_ok() && options.format.is_none() && sniff::format(Some(path), &head) == Format::Jsonl
}

/// Reads the files under a folder; how many there were.
fn read_folder(folder: &Path, options: &Options, bytes: &AtomicU64, sink: &mut Sink<'_>) -> usize {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            sink(Err(ReadError::List { path: folder.to_owned(), source: error }.into()));
            return 1;
        }
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut files = 0;
    for entry in entries {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().first() == Some(&b'.') {
            continue;
        }
        let linked = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        if path.is_dir() {
            if linked {
                sink(Err(
                    Diagnostic::note("link-skipped", "a link to a folder was not followed").at(&Source::file(path))
                ));
            } else {
                files += read_folder(&path, options, bytes, sink);
            }
        } else {
            files += 1;
            read_file(&path, options, bytes, sink);
        }
    }
    files
}
