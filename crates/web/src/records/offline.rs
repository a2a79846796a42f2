//! Reading without a network: a page that can be put on a laptop like a program, keeps what is typed sealed in the browser
//! until it can be sent, and sends it to the ordinary pages of the reading. The server decides the same as always.
//!
//! The page itself says nothing of anybody, because the browser keeps it. What is taken along comes one reading at a time,
//! each in the audit trail, and is sealed there by `offline.js` under a passphrase that never leaves the device.

use axum::Json;
use axum::extract::Path;
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::response::{Html, IntoResponse, Response};
use keyline_forms::answering::Page;
use keyline_operations::records::{OpenReading, TakenAway, take_reading_away};
use keyline_store::records::ReadingState;
use maud::html;
use serde_json::json;

use super::{Stand, concern};
use crate::assets::{asset, text_of};
use crate::components::{Layout, Width, heading, name_of, questions};
use crate::concerns::form_to_take_along;
use crate::frame::{PageError, PageResult, Scope, Visitor};

/// Sentences that the script says.
const SAID: [&str; 53] = [
    "offline-again",
    "offline-all-sent",
    "offline-aside",
    "offline-back",
    "offline-begin",
    "offline-both-texts",
    "offline-concern",
    "offline-concern-begun",
    "offline-concern-missing",
    "offline-concern-send",
    "offline-concern-sent",
    "offline-concern-waits",
    "offline-concern-written",
    "offline-conflict",
    "offline-differ",
    "offline-forgotten",
    "offline-here",
    "offline-keep-mine",
    "offline-kept",
    "offline-lock",
    "offline-lost-passphrase",
    "offline-lost-text",
    "offline-mine",
    "offline-new-passphrase",
    "offline-no-network",
    "offline-not-here",
    "offline-not-sent",
    "offline-not-taken",
    "offline-nothing-here",
    "offline-nothing-there",
    "offline-open",
    "offline-passphrase",
    "offline-refused",
    "offline-remove",
    "offline-remove-all",
    "offline-remove-all-sure",
    "offline-remove-sure",
    "offline-removed",
    "offline-send",
    "offline-sending",
    "offline-sent",
    "offline-short",
    "offline-sign-in",
    "offline-some-left",
    "offline-take",
    "offline-take-theirs",
    "offline-theirs",
    "offline-there",
    "offline-unlock",
    "offline-unsent",
    "offline-unsent-one",
    "offline-working",
    "offline-wrong",
];

/// The page: the same for everybody who reads here, and kept by the browser.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let home = scope.href("records/offline");
    let body = html! {
        p class="kl_lead" { (w.t("offline-lead")) }
        ul { @for key in ["offline-how-take", "offline-how-write", "offline-how-send", "offline-how-install"] { li { (w.t(key)) } } }
        noscript { p { (w.t("offline-no-script")) } }
        template data-says="" {
            @for key in SAID { span data-say=(key.trim_start_matches("offline-")) { (w.t(key)) } }
        }
        template data-concern="" { (form_to_take_along(&visitor, &scope).await?) }
        div class="kl_offline" data-offline=(home) {
            p role="status" aria-live="polite" {}
            div data-screen="" {}
        }
        p { a href=(scope.href("records/readings")) { (w.t("records-readings")) } }
    };
    let mut layout = Layout::new(w, w.t("offline-title"), body);
    layout.width = Width::Text;
    layout.script = Some("offline.js");
    layout.manifest = Some(format!("{home}/manifest.webmanifest"));
    Ok(visitor.show(&layout))
}

/// The readings of the own pair that can be taken along: those that are open.
pub(super) async fn list(visitor: Visitor, scope: Scope) -> PageResult {
    let stand = Stand::of(&visitor, &scope).await?;
    let pair = stand.reading.pair_of(scope.grant.person_id()).map(|pair| pair.id);
    let in_use = stand.reading.in_use();
    let open = stand.reading.readings.iter().filter(|r| {
        pair.is_some() && r.pair == pair && r.state == ReadingState::Open && in_use.contains(&r.label)
    });
    let open: Vec<_> = open.map(|r| json!({ "id": r.id, "label": r.label })).collect();
    Ok(Json(open).into_response())
}

/// One reading to be taken along: all pages of the tool, also those that are asked only after some answers.
pub(super) async fn reading(
    visitor: Visitor,
    scope: Scope,
    Path((_, reading)): Path<(String, String)>,
) -> PageResult {
    let w = visitor.words();
    let reading = reading.parse().map_err(|_| PageError::NOT_FOUND)?;
    let input = OpenReading { inspection: scope.grant.inspection(), reading };
    let TakenAway { reading, mut filling, conditional } =
        take_reading_away(visitor.cx(), visitor.actor(), input).await?;
    filling.speak(&name_of(filling.compiled().form(), w.lang()));
    let mut stand = Stand::of(&visitor, &scope).await?;
    let help = concern::help(&visitor, &scope, &mut stand.reader, &stand.inspection).await?;
    let form = filling.compiled().form();
    let pages = filling.pages();
    let body = html! {
        div data-reading=(reading.id) data-label=(reading.label) data-version=(reading.version) {
            (concern::reminder(&visitor))
            @for page in &pages {
                @if let Some(view) = filling.view(&page.id) {
                    section data-page=(page.id) {
                        form {
                            @if let Some(heading) = heading(&view) { h3 { (heading) } }
                            @if only_when(page, &conditional) { p class="ds_hint-text" { (w.t("offline-only-when")) } }
                            (questions(w, form, &view, &[]))
                        }
                    }
                }
            }
            (help.whom(&visitor))
        }
    };
    Ok(Html(body.into_string()).into_response())
}

// Whether the page or something on it is asked only after some answers.
fn only_when(page: &Page, conditional: &[String]) -> bool {
    let mut names = page.id.split('/').chain(page.questions().flat_map(|path| path.split('/')));
    names.any(|name| conditional.iter().any(|one| one == name))
}

/// What lets the page open without a network.
pub(super) async fn worker() -> Response {
    let allowed = HeaderName::from_static("service-worker-allowed");
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), (allowed, "/inspections/")], text_of("worker.js"))
        .into_response()
}

/// What a browser wants to know to put the page among the programs of a laptop.
pub(super) async fn manifest(visitor: Visitor, scope: Scope) -> Response {
    let w = visitor.words();
    let home = scope.href("records/offline");
    let icon = json!({ "src": asset("mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any" });
    let manifest = json!({
        "name": w.t("offline-program"), "short_name": w.t("offline-program-short"), "lang": w.lang(),
        "start_url": home, "scope": home, "id": home, "display": "standalone",
        "background_color": "#ffffff", "theme_color": "#11335a", "icons": [icon],
    });
    ([(CONTENT_TYPE, "application/manifest+json")], manifest.to_string()).into_response()
}
