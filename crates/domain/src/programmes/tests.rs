//! Tests over the shipped files, and over the same files broken on purpose.

mod broken;
mod shipped;

use std::collections::BTreeMap;
use std::path::Path;

/// The texts of `programmes/`, `frameworks/` and `areas/` by their path from the root of the repository.
pub(crate) fn shipped_files() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = BTreeMap::new();
    for folder in ["programmes", "frameworks", "areas"] {
        collect(&root, &root.join(folder), &mut files);
    }
    files
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}
