//! Reads any bytes as streams of any kind.
#![no_main]

mod check;

use check::check;
use forewarn_report::{Options, Source, read_stream};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut input = bytes;
    read_stream(&mut input, &Source::memory(), &Options::default(), &mut check);
});
