//! The repository as the gates see it: its folders, its files, and what cargo says of its crates.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// The top folder of the repository.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// Every file that git keeps or would keep (not ignored, not deleted), with its path from the root, in order.
pub(crate) fn files() -> Result<Vec<String>> {
    let listed = run("git", &["ls-files", "--cached", "--others", "--exclude-standard"])?;
    let mut files: Vec<String> =
        listed.lines().map(str::to_owned).filter(|file| root().join(file).is_file()).collect();
    files.sort();
    files.dedup();
    Ok(files)
}

/// The text of a file, given by its path from the root.
pub(crate) fn read(file: &str) -> Result<String> {
    std::fs::read_to_string(root().join(file)).with_context(|| format!("cannot read {file}"))
}

/// Whether a path from the root ends in one of these endings (given without the dot).
pub(crate) fn ends_in(file: &str, endings: &[&str]) -> bool {
    Path::new(file).extension().is_some_and(|found| endings.iter().any(|ending| found == *ending))
}

/// What `cargo metadata` says, as far as the gates ask.
#[derive(Deserialize)]
pub(crate) struct Metadata {
    pub(crate) packages: Vec<Package>,
    pub(crate) workspace_members: Vec<String>,
    resolve: Resolve,
}

/// One crate.
#[derive(Deserialize)]
pub(crate) struct Package {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) license: Option<String>,
    pub(crate) repository: Option<String>,
    pub(crate) manifest_path: PathBuf,
    pub(crate) dependencies: Vec<Dependency>,
}

/// One line of a crate's `[dependencies]`, `[dev-dependencies]` or `[build-dependencies]`.
#[derive(Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// `dev`, `build`, or nothing for an ordinary one.
    pub(crate) kind: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

#[derive(Deserialize)]
struct Edge {
    pkg: String,
    dep_kinds: Vec<EdgeKind>,
}

#[derive(Deserialize)]
struct EdgeKind {
    kind: Option<String>,
}

impl Metadata {
    /// Asks cargo. The answer is for the platform that the product is released on, so that it is the same everywhere.
    pub(crate) fn read() -> Result<Self> {
        let answer = run(
            env!("CARGO"),
            &["metadata", "--format-version=1", "--locked", "--filter-platform=x86_64-unknown-linux-gnu"],
        )?;
        serde_json::from_str(&answer).context("cargo metadata in a form that is new to us")
    }

    /// Our own crates, by name.
    pub(crate) fn ours(&self) -> BTreeMap<&str, &Package> {
        self.packages
            .iter()
            .filter(|package| self.workspace_members.contains(&package.id))
            .map(|package| (package.name.as_str(), package))
            .collect()
    }

    /// Every crate of others that ends up in what `name` compiles to: ordinary dependencies of ordinary dependencies.
    pub(crate) fn others_within(&self, name: &str) -> Result<Vec<&Package>> {
        let start = self.ours().get(name).with_context(|| format!("no crate {name}"))?.id.as_str();
        let nodes: BTreeMap<&str, &Node> =
            self.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
        let mut seen = std::collections::BTreeSet::from([start]);
        let mut waiting = vec![start];
        while let Some(id) = waiting.pop() {
            let node = nodes.get(id).with_context(|| format!("{id} is not resolved"))?;
            for edge in &node.deps {
                if edge.dep_kinds.iter().any(|found| found.kind.is_none()) && seen.insert(&edge.pkg) {
                    waiting.push(&edge.pkg);
                }
            }
        }
        Ok(self
            .packages
            .iter()
            .filter(|package| {
                seen.contains(package.id.as_str()) && !self.workspace_members.contains(&package.id)
            })
            .collect())
    }
}

/// What a command prints, run at the root.
fn run(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(root())
        .output()
        .with_context(|| format!("cannot run {program}"))?;
    ensure!(
        output.status.success(),
        "{program} {} failed: {}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).with_context(|| format!("{program} printed something that is not UTF-8"))
}
