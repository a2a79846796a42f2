//! Writes each sample picture as an SVG file and an HTML page, to be looked at:
//! `cargo run -p keyline-charts --example look -- FOLDER`.

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    for (name, picture) in samples::all() {
        std::fs::write(Path::new(&folder).join(format!("{name}.svg")), keyline_charts::standalone(&picture))?;
        let css = keyline_charts::CSS;
        let page = format!(
            "<!doctype html><meta charset=utf-8><meta name=color-scheme content='light dark'>\
             <style>{css}body{{margin:0;background:var(--kc-ground)}}</style>\
             <div class='kc-scroll kc-sheet'>{}</div>",
            picture.svg.into_string()
        );
        std::fs::write(Path::new(&folder).join(format!("{name}.html")), page)?;
    }
    Ok(())
}
