//! The licences of others' work that ends up in the product: crates compiled into the binary and the files of npm
//! packages embedded in it. The page `/about/licences` shows the list.
//!
//! `cargo xtask licences` writes [`LIST`] from what cargo and the npm lock file say; the gate compares. After adding or
//! updating a dependency, run it and look at the diff: a licence that `deny.toml` does not allow must not go in.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::Faults;
use crate::tree::{self, Metadata};

/// The checked-in list.
const LIST: &str = "crates/web/assets/licences.json";

/// One work of others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Work {
    /// Name of the crate or the npm package.
    name: String,
    /// The version that the lock file holds.
    version: String,
    /// `crate` or `npm`.
    kind: String,
    /// SPDX expression, as its authors give it.
    licence: String,
    /// Names of the files inside the package that hold the text of the licence; empty when it carries none.
    text: Vec<String>,
    /// Where its source is kept, when it says so.
    source: Option<String>,
}

/// Writes the list anew and says how long it is.
pub(crate) fn write() -> Result<String> {
    let works = collect()?;
    let path = tree::root().join(LIST);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&path, format!("{}\n", serde_json::to_string_pretty(&works)?))?;
    Ok(format!("{LIST}: {} works", works.len()))
}

/// What differs between the checked-in list and the locked dependencies.
pub(crate) fn check() -> Result<Faults> {
    let listed: Vec<Work> = match std::fs::read_to_string(tree::root().join(LIST)) {
        Ok(text) => {
            serde_json::from_str(&text).with_context(|| format!("{LIST} is not the list it should be"))?
        }
        Err(_) => Vec::new(),
    };
    let mut faults = compare(&listed, &collect()?);
    if !faults.is_empty() {
        faults.push("write the list anew: cargo xtask licences".to_owned());
    }
    Ok(faults)
}

fn compare(listed: &[Work], locked: &[Work]) -> Faults {
    let mut faults = Faults::new();
    for work in locked.iter().filter(|work| !listed.contains(work)) {
        faults.push(format!(
            "{} {} ({}) is not in {LIST} as it is locked",
            work.name, work.version, work.licence
        ));
    }
    for work in listed.iter().filter(|work| !locked.contains(work)) {
        faults.push(format!("{} {} is in {LIST} but not locked", work.name, work.version));
    }
    faults
}

fn collect() -> Result<Vec<Work>> {
    let metadata = Metadata::read()?;
    let mut works = Vec::new();
    for package in metadata.others_within("keyline")? {
        works.push(Work {
            name: package.name.clone(),
            version: package.version.clone(),
            kind: "crate".to_owned(),
            licence: spdx(package.license.as_deref())
                .with_context(|| format!("crate {} states no licence: may we use it?", package.name))?,
            text: texts_in(package.manifest_path.parent())?,
            source: package.repository.clone(),
        });
    }
    works.extend(collect_npm()?);
    works.sort();
    works.dedup();
    Ok(works)
}

#[derive(Deserialize)]
struct LockFile {
    packages: BTreeMap<String, LockedPackage>,
}

#[derive(Deserialize)]
struct LockedPackage {
    version: String,
    license: Option<String>,
    #[serde(default)]
    dev: bool,
}

/// The npm packages that are no mere tools of the tests.
fn collect_npm() -> Result<Vec<Work>> {
    let lock: LockFile =
        serde_json::from_str(&tree::read("package-lock.json")?).context("package-lock.json")?;
    let mut works = Vec::new();
    for (place, package) in lock.packages.iter().filter(|(place, package)| !place.is_empty() && !package.dev)
    {
        let name = place.rsplit_once("node_modules/").map_or(place.as_str(), |(_, name)| name);
        let folder = tree::root().join(place);
        let manifest = std::fs::read_to_string(folder.join("package.json"))
            .with_context(|| format!("{name} is not installed: run npm ci"))?;
        let manifest: serde_json::Value = serde_json::from_str(&manifest)?;
        works.push(Work {
            name: name.to_owned(),
            version: package.version.clone(),
            kind: "npm".to_owned(),
            licence: spdx(package.license.as_deref())
                .with_context(|| format!("npm package {name} states no licence: may we use it?"))?,
            text: texts_in(Some(&folder))?,
            source: manifest
                .pointer("/repository/url")
                .or_else(|| manifest.get("repository"))
                .and_then(serde_json::Value::as_str)
                .map(|address| address.trim_start_matches("git+").trim_end_matches(".git").to_owned()),
        });
    }
    Ok(works)
}

/// The expression as SPDX writes it: older crates separate what one may choose from by a slash.
fn spdx(stated: Option<&str>) -> Option<String> {
    stated.map(|stated| stated.split('/').map(str::trim).collect::<Vec<_>>().join(" OR "))
}

/// Names of the files directly in a package's folder that hold its licence.
fn texts_in(folder: Option<&Path>) -> Result<Vec<String>> {
    let Some(folder) = folder else { return Ok(Vec::new()) };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let lower = name.to_lowercase();
        if ["licen", "copying", "unlicense", "copyright", "notice"]
            .iter()
            .any(|start| lower.starts_with(start))
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(name: &str, version: &str) -> Work {
        Work {
            name: name.to_owned(),
            version: version.to_owned(),
            kind: "crate".to_owned(),
            licence: "MIT".to_owned(),
            text: Vec::new(),
            source: None,
        }
    }

    #[test]
    fn a_slash_means_a_choice() {
        assert_eq!(spdx(Some("MIT / Apache-2.0")).as_deref(), Some("MIT OR Apache-2.0"));
        assert_eq!(spdx(Some("MIT AND ISC")).as_deref(), Some("MIT AND ISC"));
        assert_eq!(spdx(None), None);
    }

    #[test]
    fn a_list_that_is_out_of_date_is_noticed_on_both_sides() {
        assert!(compare(&[work("one", "1.0.0")], &[work("one", "1.0.0")]).is_empty());
        let faults = compare(&[work("one", "1.0.0"), work("gone", "1.0.0")], &[work("one", "1.0.1")]);
        assert_eq!(faults.len(), 3, "{faults:?}");
    }
}
