//! What everybody sees: the areas being inspected, published reports with their open data, help, and what we say of
//! ourselves. Nothing here takes a grant, so everything comes from `keyline_store::report::public`, which gives only
//! what is published or notified; a report whose minute has not come is not found.

mod about;
mod home;
mod indexing;
mod open_data;
mod page_cache;
mod report;
mod reports;

pub use page_cache::PageCache;

use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::frame::{Gate, Routes};

/// The routes of the room.
pub(crate) fn routes(r: Routes) -> Routes {
    r.get("/", Gate::Public, home::get)
        .get("/language/{lang}", Gate::Public, home::language)
        .get("/reports", Gate::Public, reports::get)
        .get("/reports/index.json", Gate::Public, open_data::index)
        .get("/reports/grades.csv", Gate::Public, open_data::all_grades)
        .get("/reports/feed.xml", Gate::Public, indexing::feed)
        .get("/reports/{reference}", Gate::Public, report::get)
        .get("/reports/{reference}/report.pdf", Gate::Public, report::pdf)
        .get("/reports/{reference}/report.json", Gate::Public, open_data::report)
        .get("/reports/{reference}/grades.csv", Gate::Public, open_data::grades)
        .get("/sitemap.xml", Gate::Public, indexing::sitemap)
        .get("/robots.txt", Gate::Public, indexing::robots)
        .get("/about", Gate::Public, about::keyline)
        .get("/about/accessibility", Gate::Public, about::accessibility)
        .get("/about/privacy", Gate::Public, about::privacy)
        .get("/about/licences", Gate::Public, about::licences)
        .get("/help", Gate::Public, about::help)
}

/// How long a browser or a proxy may keep something public: a minute, so that a new report is there soon.
const PUBLIC_CACHE: HeaderValue = HeaderValue::from_static("public, max-age=60");

/// A public file of a type.
fn file(kind: &'static str, content: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static(kind)), (CACHE_CONTROL, PUBLIC_CACHE)], content).into_response()
}
