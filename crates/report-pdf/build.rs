//! Brings the fonts that a PDF embeds from the npm packages that are locked at the root into the crate.

use std::path::PathBuf;
use std::{env, fs};

/// Name in OUT_DIR, and where the package keeps it.
const FONTS: [(&str, &str); 8] = [
    ("text.ttf", "@expo-google-fonts/atkinson-hyperlegible/400Regular/AtkinsonHyperlegible_400Regular.ttf"),
    ("text-bold.ttf", "@expo-google-fonts/atkinson-hyperlegible/700Bold/AtkinsonHyperlegible_700Bold.ttf"),
    (
        "text-italic.ttf",
        "@expo-google-fonts/atkinson-hyperlegible/400Regular_Italic/AtkinsonHyperlegible_400Regular_Italic.ttf",
    ),
    (
        "text-bold-italic.ttf",
        "@expo-google-fonts/atkinson-hyperlegible/700Bold_Italic/AtkinsonHyperlegible_700Bold_Italic.ttf",
    ),
    ("arabic.ttf", "@expo-google-fonts/vazirmatn/400Regular/Vazirmatn_400Regular.ttf"),
    ("arabic-bold.ttf", "@expo-google-fonts/vazirmatn/700Bold/Vazirmatn_700Bold.ttf"),
    ("wide.ttf", "dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
    ("wide-bold.ttf", "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
];

fn main() {
    let packages =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../node_modules");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    for (name, path) in FONTS {
        let path = packages.join(path);
        println!("cargo::rerun-if-changed={}", path.display());
        if let Err(error) = fs::copy(&path, out.join(name)) {
            panic!("{} cannot be read ({error}): run `npm ci` in the project's folder first", path.display());
        }
    }
}
