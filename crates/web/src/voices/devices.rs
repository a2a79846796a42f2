//! The own devices: adding one, whose password is shown once, and ending one.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::clock::in_london;
use keyline_domain::ids::DeviceId;
use keyline_operations::voices::{Added, add_device, device_forms, end_device};
use keyline_store::voices::devices;
use keyline_store::{inspections, people};
use maud::{Markup, html};

use crate::components::{Field, button, empty_state, form, inset, table_under_heading, text_field, warning};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame, shown_once};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default(), None).await
}

/// Adds a device. The answer is the one page that shows its password.
pub(super) async fn add(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let inspection = scope.grant.inspection();
    match add_device(visitor.cx(), visitor.actor(), inspection, typed.get("name")).await {
        Ok(added) => render(&visitor, &scope, &Typed::default(), &Problems::default(), Some(&added)).await,
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &typed, &problems, None).await
        }
    }
}

/// Ends a device.
pub(super) async fn end(
    visitor: Visitor,
    scope: Scope,
    Path((_, device)): Path<(String, String)>,
) -> PageResult {
    let device: DeviceId = device.parse().map_err(|_| PageError::NOT_FOUND)?;
    end_device(visitor.cx(), visitor.actor(), scope.grant.inspection(), device).await?;
    Ok(Redirect::to(&scope.href("voices/devices?done=device-ended")).into_response())
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    typed: &Typed,
    problems: &Problems,
    added: Option<&Added>,
) -> PageResult {
    let w = visitor.words();
    let cx = visitor.cx();
    let person = scope.grant.person_id().ok_or(PageError::NOT_FOUND)?;
    let forms = device_forms(cx, &scope.grant).await?;
    let mut reader = cx.read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let own = devices::list(&mut reader, &scope.grant, person).await?;
    let account = people::find(&mut reader, person).await?.ok_or(PageError::NOT_FOUND)?;
    let server = format!("{}/openrosa/{}", cx.settings.public_address, scope.reference);
    let ending = |device: &devices::Device| -> Markup {
        form(
            &scope.href(&format!("voices/devices/{}/end", device.id)),
            &html! { button class="kl_link-button" type="submit" {
                (w.t("device-end")) span class="visually-hidden" { " " (device.name) }
            } },
        )
    };
    let body = html! {
        p class="kl_lead" { (w.t("devices-lead")) }
        @if let Some(added) = added {
            (inset(&html! {
                h2 { (w.with("device-added-title", &[("name", &added.device.name)])) }
                p { (w.t("device-added")) }
                (shown_once("device-server", &w.t("device-server"), &server))
                (shown_once("device-user", &w.t("device-user"), &account.email))
                (shown_once("device-password", &w.t("device-password"), &added.password.shown()))
            }))
        }
        h2 { (w.t("devices-own")) }
        @if own.is_empty() { (empty_state(&w.t("devices-empty-title"), &w.t("devices-empty-text"), None)) }
        @else {
            (table_under_heading(&w.t("devices-own"), &[&w.t("device-name"), &w.t("device-made"), &w.t("device-end")],
                &own.iter().map(|device| vec![
                    html! { (device.name) },
                    html! { (w.date_time(&in_london(device.made_at))) },
                    ending(device),
                ]).collect::<Vec<_>>()))
        }
        h2 { (w.t("device-add-title")) }
        @if !server.starts_with("https://") { (warning(&w.t("warning"), &html! { p { (w.t("device-needs-tls")) } })) }
        (form(&scope.href("voices/devices"), &html! {
            (text_field(&Field::new("name", w.t("device-name")).hint(w.t("device-name-hint"))
                .value(typed.get("name")).error(problems.on("name")).autocomplete("off"), "text"))
            (button(&w.t("device-add")))
        }))
        h2 { (w.t("device-forms-title")) }
        @if forms.is_empty() { p { (w.t("device-forms-none")) } }
        @else { ul { @for form in &forms { li { (form.form.form().title) } } } }
        p { (w.t("device-forms-text")) }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Voices, w.t("voices-devices"), body);
    layout.breadcrumbs = vec![(scope.href("voices"), w.t("room-voices"))];
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}
