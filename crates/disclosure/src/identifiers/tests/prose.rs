//! False alarms in ordinary texts: counted and printed, so that a change shows what it costs. `cargo nextest run
//! -p keyline-disclosure false_alarms --no-capture` prints them.

#![expect(clippy::print_stdout, reason = "what a change costs is for whoever makes it")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::*;

/// Texts of this repository, which name nobody: documents, words of pages, programmes, frameworks.
fn texts() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders: Vec<PathBuf> =
        ["docs", "locales/en", "programmes", "frameworks"].iter().map(|folder| root.join(folder)).collect();
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> =
            std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else if path.ends_with("docs/identifiers.md") {
                // speaks of identifiers by example
            } else if let Some("md" | "ftl" | "toml" | "csv") =
                path.extension().and_then(|ending| ending.to_str())
            {
                let text = std::fs::read_to_string(&path).unwrap();
                texts.push((path.strip_prefix(&root).unwrap().to_owned(), text));
            }
        }
    }
    texts.push((
        "the report of the bench".into(),
        include_str!("../../../benches/texts/report.txt").to_owned(),
    ));
    texts
}

#[test]
fn false_alarms_are_counted() {
    let texts = texts();
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let mut counts: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for (path, text) in &texts {
        for hit in scan_text(text) {
            *counts.entry((hit.kind.name(), hit.strength.name(), hit.because.key())).or_default() += 1;
            if hit.strength > Strength::Weak {
                let line = text[..hit.range.start].matches('\n').count() + 1;
                println!(
                    "{}:{line}: {} ({}): {}",
                    path.display(),
                    hit.kind.name(),
                    hit.strength.name(),
                    hit.matched
                );
            }
        }
    }
    println!("{} texts of {bytes} bytes:", texts.len());
    for ((kind, strength, because), count) in &counts {
        println!("{count:5} {strength:6} {kind:26} {because}");
    }
    // the texts were there; how many alarms there are is for whoever reads the lines
    assert!(texts.len() > 20 && bytes > 300_000, "{} texts, {bytes} bytes", texts.len());
    // a page that asks again and again is confirmed without reading
    let asked: usize = counts
        .iter()
        .filter(|((kind, strength, _), _)| *kind == "person-name" && *strength != "weak")
        .map(|(_, count)| count)
        .sum();
    assert!(asked * 50_000 <= bytes, "{asked} names in {bytes} bytes");
}
