//! The gate of the arrows: crates depend on each other only as the picture in `docs/architecture.md` says.
//!
//! The floors say who may do I/O, and cargo can only enforce that between crates. A new arrow is a decision: add it to
//! [`ARROWS`] in the same change that needs it, and to the picture.

use anyhow::Result;

use crate::Faults;
use crate::tree::{Metadata, Package};

/// From which crate of ours to which others, without the `keyline-` before their names. What is not here is refused.
const ARROWS: [(&str, &[&str]); 18] = [
    // methods: know nothing of the product, and nothing of each other but that workbooks are forms, datasets and files of strangers too
    ("forms", &["workbooks"]),
    ("statistics", &[]),
    ("disclosure", &[]),
    ("charts", &[]),
    ("workbooks", &[]),
    ("datasets", &["workbooks"]),
    ("extraction", &["workbooks"]),
    ("words", &[]),
    ("mail", &[]),
    // rules, pure
    ("domain", &["forms", "statistics", "disclosure"]),
    // I/O
    ("store", &["domain", "forms"]),
    // verbs
    (
        "operations",
        &[
            "domain",
            "store",
            "forms",
            "statistics",
            "disclosure",
            "charts",
            "datasets",
            "workbooks",
            "extraction",
            "words",
        ],
    ),
    // the ways in and out
    ("report-pdf", &["domain", "charts", "words"]),
    (
        "web",
        &[
            "domain",
            "store",
            "operations",
            "forms",
            "statistics",
            "disclosure",
            "charts",
            "datasets",
            "workbooks",
            "extraction",
            "words",
        ],
    ),
    ("jobs", &["domain", "store", "operations", "words"]),
    // the harness of the tests
    (
        "testing",
        &["domain", "store", "operations", "web", "jobs", "forms", "workbooks", "extraction", "words"],
    ),
    // measures the binary from outside, and the database as a yardstick
    ("bench", &["domain", "store", "forms", "disclosure"]),
    // the binary wires everything up
    (
        "keyline",
        &[
            "domain",
            "store",
            "operations",
            "web",
            "jobs",
            "report-pdf",
            "extraction",
            "forms",
            "statistics",
            "disclosure",
            "charts",
            "workbooks",
            "words",
            "mail",
        ],
    ),
];

/// Crates of others that only some of ours may use, whatever the purpose.
const KEPT: [(&str, &[&str]); 14] = [
    // the harness makes and drops a database per test, which the product never does; the measures insert a bare row
    ("sqlx", &["store", "testing", "bench"]),
    ("libsqlite3-sys", &["store"]),
    ("axum", &["web", "testing", "keyline"]),
    ("axum-extra", &["web"]),
    ("typst", &["report-pdf"]),
    ("typst-layout", &["report-pdf"]),
    ("typst-pdf", &["report-pdf"]),
    ("calamine", &["workbooks"]),
    ("rust_xlsxwriter", &["workbooks"]),
    // readers of strangers' files, each only where a process of its own is confined first
    ("cfb", &["extraction"]),
    ("html5ever", &["extraction"]),
    ("image", &["extraction"]),
    ("landlock", &["extraction"]),
    ("mail-parser", &["extraction"]),
];

/// Crates that would let the rules do I/O or read a clock of their own accord.
const NOT_IN_DOMAIN: [&str; 4] = ["tokio", "reqwest", "tempfile", "hyper"];

/// Every arrow that the picture does not have.
pub(crate) fn check() -> Result<Faults> {
    let metadata = Metadata::read()?;
    Ok(metadata.ours().into_values().flat_map(faults_of).collect())
}

fn faults_of(package: &Package) -> Faults {
    let from = short(&package.name);
    let mut faults = Faults::new();
    let arrows = ARROWS.iter().find(|(name, _)| *name == from).map(|(_, arrows)| *arrows);
    if arrows.is_none() && from != "xtask" {
        faults.push(format!("crate {from} is not in the picture: give it a line in xtask/src/arrows.rs"));
    }
    for dependency in &package.dependencies {
        let name = dependency.name.as_str();
        if is_ours(name) {
            let to = short(name);
            // The harness serves the tests of every crate above the store, and nothing but tests.
            let harness = to == "testing" && dependency.kind.as_deref() == Some("dev");
            if !harness && !arrows.unwrap_or_default().contains(&to) {
                faults.push(format!("{from} -> {to}: not an arrow of the picture"));
            }
        }
        if let Some((_, keepers)) =
            KEPT.iter().find(|(kept, keepers)| *kept == name && !keepers.contains(&from))
        {
            faults.push(format!("{from} uses {name}, which is kept to {}", keepers.join(", ")));
        }
        if from == "domain" && dependency.kind.is_none() && NOT_IN_DOMAIN.contains(&name) {
            faults.push(format!("domain uses {name}: the rules do no I/O"));
        }
    }
    faults
}

fn is_ours(name: &str) -> bool {
    name == "keyline" || name == "xtask" || name.starts_with("keyline-")
}

fn short(name: &str) -> &str {
    name.strip_prefix("keyline-").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Dependency;

    fn package(name: &str, dependencies: &[(&str, Option<&str>)]) -> Package {
        Package {
            id: name.to_owned(),
            name: name.to_owned(),
            version: "0.0.0".to_owned(),
            license: None,
            repository: None,
            manifest_path: std::path::PathBuf::new(),
            dependencies: dependencies
                .iter()
                .map(|(name, kind)| Dependency { name: (*name).to_owned(), kind: kind.map(str::to_owned) })
                .collect(),
        }
    }

    #[test]
    fn arrows_down_are_open() {
        assert!(faults_of(&package("keyline-store", &[("keyline-domain", None), ("sqlx", None)])).is_empty());
        assert!(faults_of(&package("keyline-web", &[("keyline-testing", Some("dev"))])).is_empty());
    }

    #[test]
    fn arrows_up_and_sideways_are_refused() {
        for (from, to) in [
            ("keyline-domain", "keyline-store"),
            ("keyline-jobs", "keyline-web"),
            ("keyline-operations", "keyline-report-pdf"),
            ("keyline-words", "keyline-forms"),
            ("keyline-web", "keyline-testing"),
            ("keyline-web", "keyline"),
            ("xtask", "keyline-domain"),
        ] {
            assert_eq!(faults_of(&package(from, &[(to, None)])).len(), 1, "{from} -> {to}");
        }
    }

    #[test]
    fn databases_and_typesetting_keep_their_place() {
        assert_eq!(
            faults_of(&package("keyline-web", &[("sqlx", None)])),
            ["web uses sqlx, which is kept to store, testing, bench"]
        );
        assert_eq!(faults_of(&package("keyline-jobs", &[("typst-pdf", Some("dev"))])).len(), 1);
        assert_eq!(faults_of(&package("keyline-domain", &[("tokio", None)])).len(), 1);
    }

    #[test]
    fn a_crate_that_is_not_in_the_picture_is_noticed() {
        assert_eq!(faults_of(&package("keyline-extras", &[])).len(), 1);
    }

    #[test]
    fn no_arrow_of_the_picture_points_both_ways() {
        for (from, arrows) in ARROWS {
            for to in arrows {
                let back = ARROWS.iter().find(|(name, _)| name == to).map_or(&[][..], |(_, arrows)| arrows);
                assert!(!back.contains(&from), "{from} and {to} point at each other");
            }
        }
    }
}
