#![no_main]

use forewarn_report::{Options, Source, read_text};

include!("check.rs");

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_text(bytes, &Source::memory(), &Options::default(), &mut check);
});
