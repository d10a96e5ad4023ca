//! The pages' scripts: built by Node where there is one.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{root, run_in};

/// The name that npm has on this system.
pub fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// Whether Node and npm are there.
pub fn have_node() -> bool {
    ["node", npm()].iter().all(|p| Command::new(p).arg("--version").output().is_ok_and(|o| o.status.success()))
}

/// Installs what `web/package-lock.json` names and builds `web/dist`.
pub fn build() -> Result<()> {
    if !have_node() {
        bail!("needs Node and npm");
    }
    let web = root().join("web");
    run_in("web packages", &web, npm(), &["ci", "--no-audit", "--no-fund", "--ignore-scripts"])?;
    run_in("web build", &web, npm(), &["run", "build"])
}

/// Builds the scripts where Node is; says what it means where it is not.
pub fn build_if_possible() -> Result<()> {
    if have_node() {
        return build();
    }
    eprintln!("== web: skipped: needs Node and npm; the pages work without scripts, and say so");
    Ok(())
}

/// Types and tests of the scripts.
pub fn check() -> Result<()> {
    let web = root().join("web");
    run_in("web types", &web, npm(), &["run", "check"])?;
    run_in("web tests", &web, npm(), &["test"])
}
