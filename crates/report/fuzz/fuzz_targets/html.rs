#![no_main]

use forewarn_report::{Options, Source, read_html};

include!("check.rs");

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    read_html(bytes, &Source::memory(), &Options::default(), &mut check);
});
