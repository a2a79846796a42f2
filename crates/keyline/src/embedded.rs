//! The programmes, frameworks and areas that are part of the program, and those that an installation lays over them.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use keyline_domain::programmes::{Library, Problem};

static PROGRAMMES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../programmes");
static FRAMEWORKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../frameworks");
static AREAS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../areas");

/// The texts by their path from the root, as [`Library::parse`] takes them.
pub(crate) type Files = BTreeMap<String, String>;

/// The files that are part of the program.
pub(crate) fn files() -> Files {
    let mut files = Files::new();
    for (name, dir) in [("programmes", &PROGRAMMES), ("frameworks", &FRAMEWORKS), ("areas", &AREAS)] {
        gather(name, dir, &mut files);
    }
    files
}

fn gather(root: &str, dir: &Dir<'_>, files: &mut Files) {
    for file in dir.files() {
        if let Some(text) = file.contents_utf8() {
            files.insert(format!("{root}/{}", file.path().display()), text.to_owned());
        }
    }
    for inner in dir.dirs() {
        gather(root, inner, files);
    }
}

/// The files of a folder that holds `programmes/`, `frameworks/` or `areas/`.
pub(crate) fn files_of(folder: &Path) -> std::io::Result<Files> {
    let mut files = Files::new();
    for name in ["programmes", "frameworks", "areas"] {
        let inner = folder.join(name);
        if inner.is_dir() {
            read_folder(folder, &inner, &mut files)?;
        }
    }
    Ok(files)
}

fn read_folder(root: &Path, folder: &Path, files: &mut Files) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_folder(root, &path, files)?;
        } else if matches!(path.extension().and_then(|e| e.to_str()), Some("toml" | "md" | "csv")) {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.insert(name, std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

/// The library: what is part of the program, and over it the files of a folder, if one is named.
pub(crate) fn library(overlay: Option<&Path>) -> anyhow::Result<Library> {
    let mut all = files();
    if let Some(folder) = overlay {
        all.extend(files_of(folder)?);
    }
    Library::parse(&all).map_err(|problems| anyhow::anyhow!("{}", listed(&problems)))
}

/// Problems as lines `file:line: message`.
pub(crate) fn listed(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_part_of_the_program_is_whole() {
        let library = super::library(None).unwrap();
        assert_eq!(library.programmes().len(), 2);
        assert!(library.council("strathmarnock").is_some());
    }
}
