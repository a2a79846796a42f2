//! The gate of the reasons: every dependency stands in `docs/dependencies.md` with the reason why we have it, and the
//! page names none that we do not have.

use std::collections::BTreeSet;

use anyhow::{Context, Result};

use crate::Faults;
use crate::tree;

/// The page with the reasons: tables whose first column is the name, and whose last is the reason.
const PAGE: &str = "docs/dependencies.md";

/// Dependencies without a reason, and reasons without a dependency.
pub(crate) fn check() -> Result<Faults> {
    let mut used = crates_in(&tree::read("Cargo.toml")?)?;
    used.extend(npm_packages_in(&tree::read("package.json")?)?);
    Ok(faults(&used, &tree::read(PAGE)?))
}

fn faults(used: &BTreeSet<String>, page: &str) -> Faults {
    let explained: BTreeSet<String> = page.lines().filter_map(explained_in).collect();
    let missing = used.difference(&explained).map(|name| format!("{PAGE} gives no reason for {name}"));
    let stale =
        explained.difference(used).map(|name| format!("{PAGE} explains {name}, which is not a dependency"));
    missing.chain(stale).collect()
}

/// The dependency that a row explains: its name, when the last column says something.
fn explained_in(line: &str) -> Option<String> {
    let cells: Vec<&str> =
        line.trim().strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
    let name = cells.first()?.trim_matches('`');
    let heading = name.is_empty()
        || name.contains(' ')
        || name.starts_with("--")
        || ["crate", "package"].contains(&name);
    cells.last().filter(|reason| !heading && reason.len() > 10).map(|_| name.to_owned())
}

/// Others' crates of `[workspace.dependencies]`: those of our own are given by path.
fn crates_in(manifest: &str) -> Result<BTreeSet<String>> {
    let manifest: toml::Table = manifest.parse().context("Cargo.toml")?;
    let table = manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies"))
        .and_then(toml::Value::as_table)
        .context("Cargo.toml has no [workspace.dependencies]")?;
    Ok(table.iter().filter(|(_, given)| given.get("path").is_none()).map(|(name, _)| name.clone()).collect())
}

fn npm_packages_in(manifest: &str) -> Result<BTreeSet<String>> {
    let manifest: serde_json::Value = serde_json::from_str(manifest).context("package.json")?;
    let tables =
        ["dependencies", "devDependencies"].iter().filter_map(|table| manifest.get(table)?.as_object());
    Ok(tables.flat_map(|table| table.keys().cloned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_dependency_needs_a_row_and_each_row_a_dependency() {
        let used = crates_in(
            "[workspace.dependencies]\nours = { path = \"crates/ours\" }\none = \"1\"\ntwo = { version = \"2\" }\n",
        )
        .unwrap();
        let page = "| crate | used in | why |\n| --- | --- | --- |\n| `one` | store | talks to the database |\n| `two` | web | |\n| `old` | web | was needed once |\n";
        assert_eq!(
            faults(&used, page),
            [
                "docs/dependencies.md gives no reason for two",
                "docs/dependencies.md explains old, which is not a dependency"
            ]
        );
    }

    #[test]
    fn test_tools_need_a_reason_too() {
        let used =
            npm_packages_in(r#"{ "dependencies": { "a": "1" }, "devDependencies": { "b": "1" } }"#).unwrap();
        assert_eq!(used.into_iter().collect::<Vec<_>>(), ["a", "b"]);
    }
}
