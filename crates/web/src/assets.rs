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
