#![no_main]

use forewarn_report::{Options, Source, read_jsonl};

include!("check.rs");

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut input = bytes;
    read_jsonl(&mut input, &Source::memory(), &Options::default(), &mut check);
});
