//! What the browser loads, embedded at build time under names that carry their hash.

use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, VARY,
};
use axum::response::{IntoResponse, Response};

use crate::frame::PageError;

struct Asset {
    name: &'static str,
    address: &'static str,
    mime: &'static str,
    content: &'static [u8],
    packed: Option<&'static [u8]>,
}

mod table {
    use super::Asset;
    include!(concat!(env!("OUT_DIR"), "/assets.rs"));
}

/// The address of an asset.
///
/// # Panics
/// When no asset has the name: found by the first test that renders a page.
pub fn asset(name: &str) -> &'static str {
    table::TABLE
        .iter()
        .find(|a| a.name == name)
        .map_or_else(|| panic!("there is no asset {name}"), |a| a.address)
}

/// The content of a text asset, for what the browser wants under an address of its own.
///
/// # Panics
/// As [`asset`].
pub fn text_of(name: &str) -> &'static str {
    let found = table::TABLE.iter().find(|a| a.name == name);
    found
        .and_then(|a| std::str::from_utf8(a.content).ok())
        .unwrap_or_else(|| panic!("there is no text {name}"))
}

/// Serves an asset for ever: its name changes with its content.
pub(crate) async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Result<Response, PageError> {
    let found = table::TABLE
        .iter()
        .find(|a| a.address.strip_prefix("/assets/") == Some(&file))
        .ok_or(PageError::NOT_FOUND)?;
    let gzip = headers
        .get(ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.split(',').any(|e| e.trim().starts_with("gzip")));
    let mut response = match found.packed.filter(|_| gzip) {
        Some(packed) => ([(CONTENT_ENCODING, "gzip")], packed).into_response(),
        None => found.content.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(found.mime));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    Ok(response)
}

/// Every asset: its address and content, for what writes pages as files.
pub fn all() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    table::TABLE.iter().map(|a| (a.address, a.content))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str) -> &'static str {
        let found = table::TABLE.iter().find(|a| a.name == name).unwrap();
        std::str::from_utf8(found.content).unwrap()
    }

    #[test]
    fn the_design_system_has_colours_by_name_and_no_sides() {
        let css = text("design-system.css");
        assert_eq!(css.matches('{').count(), css.matches('}').count());
        assert!(css.contains("var(--ds-ink)") && css.contains("margin-inline-start"));
        for side in
            [";margin-left:", "{margin-left:", ";padding-right:", ";left:", "{left:", "text-align:left"]
        {
            assert!(!css.contains(side), "{side} is still there");
        }
        // The blue is only left where it is part of a picture or of a colour with transparency.
        assert!(!css.contains("color:#0065bd"));
    }

    #[test]
    fn every_colour_by_name_has_a_value_and_our_sheet_knows_no_sides() {
        let ours = text("keyline.css");
        for (sheet, name) in [(text("design-system.css"), "design-system.css"), (ours, "keyline.css")] {
            for part in sheet.split("var(--").skip(1) {
                let property = part.split([')', ',']).next().unwrap();
                if property.starts_with("ds-") && name == "keyline.css" || property.starts_with("kl-") {
                    assert!(ours.contains(&format!("--{property}:")), "{name} uses --{property}");
                }
            }
        }
        for name in [
            "ground", "ground-2", "ground-3", "line", "line-2", "ink", "quiet", "on-fill", "link", "brand",
            "hover",
        ] {
            assert!(ours.contains(&format!("--ds-{name}:")), "{name} has no value");
        }
        for side in
            ["margin-left", "margin-right", "padding-left", "padding-right", "border-left", "border-right"]
        {
            assert!(!ours.contains(side), "{side} in keyline.css");
        }
    }

    #[test]
    fn the_scripts_are_small_and_start_no_tracking() {
        let scripts: Vec<&str> =
            table::TABLE.iter().filter(|a| a.mime.starts_with("text/javascript")).map(|a| a.name).collect();
        assert_eq!(
            scripts,
            ["concern.js", "keyline.js", "offline.js", "survey.js", "uploads.js", "worker.js"],
            "scripts of our own only"
        );
        for name in scripts {
            let script = text(name);
            // Two are loaded where they are needed, and nowhere else.
            let most = match name {
                "uploads.js" => 10_000,
                "offline.js" => 20_000,
                _ => 7_000,
            };
            assert!(script.len() < most, "{name}");
            assert!(!script.contains("dataLayer") && !script.contains("fetch(\"http"));
        }
    }
}
