//! Says in words that the model is missing, where `include_bytes!` would only name a path.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_EMBEDDED").is_none() {
        return;
    }
    let model = Path::new("../../models/en-student.safetensors");
    println!("cargo::rerun-if-changed={}", model.display());
    if !model.is_file() {
        println!(
            "cargo::error=models/en-student.safetensors is missing: train it with training/ (see its README), \
             or build forewarn-language without its default feature `embedded`"
        );
    }
}
