//! Reads any bytes as JSON Lines.
#![no_main]

mod check;

use check::check;
use forewarn_report::{Options, Source, read_jsonl};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut input = bytes;
    read_jsonl(&mut input, &Source::memory(), &Options::default(), &mut check);
});
