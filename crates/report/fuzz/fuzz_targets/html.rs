//! Reads any bytes as HTML pages.
#![no_main]

mod check;

use check::check;
use forewarn_report::{Options, Source, read_html};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_html(bytes, &Source::memory(), &Options::default(), &mut check);
});
