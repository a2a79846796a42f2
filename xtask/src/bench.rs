//! Measures: builds the program and the crate that measures it, both for release, and starts the one on the other.
//!
//! They are built together, so that both are made of the same crates with the same features and nothing is compiled
//! twice. `KEYLINE_BIN` names another program to measure.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::tree::root;

/// Runs the measures of these names; all of them when none is given. A slow measure is no failure.
pub(crate) fn run(names: &[String]) -> Result<()> {
    let given = std::env::var_os("KEYLINE_BIN").filter(|name| !name.is_empty()).map(PathBuf::from);
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let release = folder.join("release");
    if !release.join("keyline-bench").exists() {
        eprintln!("building for release first: on two cores this takes a quarter of an hour");
    }
    let mut build = Command::new(env!("CARGO"));
    build.current_dir(root()).args(["build", "--locked", "--release", "--quiet", "-p", "keyline-bench"]);
    if given.is_none() {
        build.args(["-p", "keyline"]);
    }
    ensure!(build.status().context("cannot start cargo")?.success(), "the build failed");
    let status = Command::new(release.join("keyline-bench"))
        .args(names)
        .arg("--program")
        .arg(given.unwrap_or_else(|| release.join("keyline")))
        .arg("--folder")
        .arg(folder.join("bench"))
        .status()
        .context("cannot start the measures")?;
    ensure!(status.success(), "not everything could be measured");
    Ok(())
}
