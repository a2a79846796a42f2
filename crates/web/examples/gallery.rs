//! Writes the style guide as files, to be opened in a browser: `cargo run -p keyline-web --example gallery -- DIR`.

use std::path::PathBuf;
use std::{env, fs, io};

use keyline_web::{assets, components};
use keyline_words::Catalogue;

fn main() -> io::Result<()> {
    let dir = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "target/gallery".into()));
    fs::create_dir_all(dir.join("assets"))?;
    for (address, content) in assets::all() {
        // Within a file, addresses begin at the folder of the page.
        let content = if PathBuf::from(address).extension().is_some_and(|e| e == "css") {
            String::from_utf8_lossy(content).replace("/assets/", "").into_bytes()
        } else {
            content.to_vec()
        };
        fs::write(dir.join(address.trim_start_matches('/')), content)?;
    }
    let catalogue = Catalogue::load();
    let words = catalogue.words("en");
    let page = components::gallery_page(words).into_string().replace("\"/assets/", "\"assets/");
    fs::write(dir.join("index.html"), &page)?;
    // The same page as a language from right to left would have it: the look is checked, not the words.
    fs::write(dir.join("rtl.html"), page.replace("dir=\"ltr\"", "dir=\"rtl\""))?;
    let voice = components::gallery_voice_page(words).into_string().replace("\"/assets/", "\"assets/");
    fs::write(dir.join("voice.html"), voice)
}
