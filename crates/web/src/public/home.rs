//! The first page.

use axum::extract::Path;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

use crate::frame::{PageError, PageResult, Visitor};

/// The first page of the public site.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let body = html! { p class="kl_lead" { (w.t("home-lead")) } };
    let mut layout = visitor.layout(w.t("home-title"), body);
    layout.description = Some(w.t("home-description"));
    Ok(visitor.show(&layout))
}

/// Chooses the language of the pages.
pub(super) async fn language(visitor: Visitor, Path(lang): Path<String>) -> PageResult<Response> {
    if !visitor.app().catalogue.languages().any(|known| known == lang) {
        return Err(PageError::NOT_FOUND);
    }
    let cookie = format!("language={lang}; Path=/; Max-Age=31536000; SameSite=Lax");
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}
