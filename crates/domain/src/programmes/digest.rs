//! The fingerprint of methodology files, by which an inspection pins what it was run with.

/// BLAKE3, in hexadecimal, over paths and texts in the order of paths.
///
/// Line endings and white space at the end of a line or file do not count, so that a checkout on another
/// system or an editor that tidies up gives the same digest. Comments do count: they are part of what an
/// officer reads and signs off.
pub(super) fn of_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut files: Vec<(&str, &str)> = files.into_iter().collect();
    files.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    for (path, text) in files {
        let normal = text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        let normal = normal.trim_end();
        // Lengths stand before contents, so that no two different folders give the same stream of bytes.
        for part in [path, normal] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hasher.finalize().to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::of_files;

    #[test]
    fn line_endings_and_order_do_not_count_but_words_and_places_do() {
        let one = of_files([("a.toml", "x = 1\ny = 2\n"), ("b.md", "Text")]);
        assert_eq!(one, of_files([("b.md", "Text\n\n"), ("a.toml", "x = 1  \r\ny = 2")]));
        assert_ne!(one, of_files([("b.md", "Text"), ("a.toml", "x = 1\ny = 3\n")]));
        assert_ne!(of_files([("a", "bc")]), of_files([("ab", "c")]));
    }
}
