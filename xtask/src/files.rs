//! The gate of the files: a source file that cannot be read in one sitting is two subjects.

use anyhow::Result;

use crate::Faults;
use crate::tree;

/// Lines that a source file may have. The house aims at 450; beyond this the gate closes.
const LINES: usize = 500;

/// Endings of what counts as source. Data and words that people edit (TOML, Fluent, Markdown) may be longer.
const SOURCE: [&str; 7] = ["rs", "mjs", "js", "css", "sql", "sh", "typ"];

/// Every source file that is too long, the longest first.
pub(crate) fn check() -> Result<Faults> {
    let mut long = Vec::new();
    for file in tree::files()? {
        if tree::ends_in(&file, &SOURCE) && !generated(&file) {
            let lines = tree::read(&file)?.lines().count();
            if lines > LINES {
                long.push((lines, file));
            }
        }
    }
    long.sort_by(|one, other| other.cmp(one));
    Ok(long
        .into_iter()
        .map(|(lines, file)| format!("{file} has {lines} lines, {LINES} at most: split it along the method"))
        .collect())
}

/// The readable schema is written by a test, table after table.
fn generated(file: &str) -> bool {
    file.rsplit('/').next().is_some_and(|name| name.starts_with("schema."))
}
