//! Embeds what the browser loads: our own `assets/`, and from the npm packages that are locked at the root the
//! design system's style sheet and the fonts. Every file gets its hash into its name, so that it can be kept for ever;
//! a style sheet names another file as `asset:NAME`.

#[path = "build/theme.rs"]
mod theme;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const FROM_NPM: &[(&str, &str)] = &[
    ("design-system.css", "@scottish-government/design-system/dist/css/design-system.min.css"),
    (
        "text-400.woff2",
        "@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-400-normal.woff2",
    ),
    (
        "text-700.woff2",
        "@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-700-normal.woff2",
    ),
    (
        "text-400i.woff2",
        "@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-400-italic.woff2",
    ),
    (
        "text-400-ext.woff2",
        "@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-ext-400-normal.woff2",
    ),
    (
        "text-700-ext.woff2",
        "@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-ext-700-normal.woff2",
    ),
];

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build/theme.rs");
    let own = here.join("assets");
    println!("cargo::rerun-if-changed={}", own.display());
    for entry in fs::read_dir(&own).expect("crates/web/assets can be read") {
        let path = entry.expect("a readable entry").path();
        if path.is_file() {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            println!("cargo::rerun-if-changed={}", path.display());
            files.insert(name, fs::read(&path).expect("a readable asset"));
        }
    }
    for (name, package_path) in FROM_NPM {
        let mut content = from_npm(&here, package_path);
        if *name == "design-system.css" {
            let text = String::from_utf8(content).expect("a style sheet is UTF-8");
            content = theme::adapt(&text).into_bytes();
        }
        files.insert((*name).to_owned(), content);
    }
    let charts = here.join("../charts/src/charts.css");
    println!("cargo::rerun-if-changed={}", charts.display());
    files.insert("charts.css".into(), fs::read(&charts).unwrap_or_default());

    let mut addresses: BTreeMap<String, String> = BTreeMap::new();
    let mut table = String::from("pub(super) static TABLE: &[Asset] = &[\n");
    // Style sheets last: they name the others.
    let (styles, rest): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| is_style(name));
    for (name, mut content) in rest.into_iter().chain(styles) {
        if is_style(&name) {
            let mut text = String::from_utf8(content).expect("a style sheet is UTF-8");
            for (other, address) in &addresses {
                text = text.replace(&format!("asset:{other}"), address);
            }
            assert!(!text.contains("asset:"), "{name} names an asset that is not there");
            content = text.into_bytes();
        }
        let hash = blake3::hash(&content).to_hex();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, "bin"));
        let address = format!("/assets/{stem}.{}.{extension}", &hash[..12]);
        let file = out.join(format!("{stem}.{extension}"));
        fs::write(&file, &content).expect("OUT_DIR can be written");
        let packed = matches!(extension, "css" | "js" | "svg" | "json").then(|| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(&content).expect("memory can be written");
            let packed = out.join(format!("{stem}.{extension}.gz"));
            fs::write(&packed, encoder.finish().expect("memory can be written"))
                .expect("OUT_DIR can be written");
            packed
        });
        let packed = packed
            .map_or_else(|| "None".into(), |p| format!("Some(include_bytes!({:?}))", p.to_string_lossy()));
        writeln!(
            table,
            "Asset {{ name: {name:?}, address: {address:?}, mime: {:?}, content: include_bytes!({:?}), packed: {packed} }},",
            mime(extension),
            file.to_string_lossy()
        )
        .expect("a string can be written");
        addresses.insert(name, address);
    }
    table.push_str("];\n");
    fs::write(out.join("assets.rs"), table).expect("OUT_DIR can be written");
}

fn is_style(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|e| e == "css")
}

fn from_npm(here: &Path, package_path: &str) -> Vec<u8> {
    let path = here.join("../../node_modules").join(package_path);
    println!("cargo::rerun-if-changed={}", path.display());
    fs::read(&path).unwrap_or_else(|error| {
        panic!("{} cannot be read ({error}): run `npm ci` in the project's folder first", path.display())
    })
}

fn mime(extension: &str) -> &'static str {
    match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}
