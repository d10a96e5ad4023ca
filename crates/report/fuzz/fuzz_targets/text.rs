//! Reads any bytes as plain text.
#![no_main]

mod check;

use check::check;
use forewarn_report::{Options, Source, read_text};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_text(bytes, &Source::memory(), &Options::default(), &mut check);
});
