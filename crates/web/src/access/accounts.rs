//! The accounts, for administrators: who there is, a new one, a new link, disabling one.

use axum::response::{IntoResponse, Redirect};
use keyline_operations::access::accounts::{NewAccount, make_account, set_enabled as enable};
use keyline_operations::access::sessions::make_link;
use keyline_store::people;
use maud::{Markup, html};

use crate::components::{
    Choice, Field, Tone, button, checkboxes, form, hidden, inset, table, tag, text_field,
};
use crate::frame::{PageError, PageResult, Problems, Typed, Visitor};

/// The page.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    render(&visitor, &Typed::default(), &Problems::default(), None).await
}

async fn render(visitor: &Visitor, typed: &Typed, problems: &Problems, link: Option<&str>) -> PageResult {
    let w = visitor.words();
    let accounts = people::list(&mut visitor.cx().read().await?).await?;
    let rows: Vec<Vec<Markup>> = accounts
        .iter()
        .map(|a| {
            let enabled = a.disabled_at.is_none();
            vec![
                html! { (a.name) },
                html! { (a.email) },
                html! { (a.designation) ", " (a.organisation) },
                html! {
                    @if enabled { (tag(Tone::Good, &w.t("account-enabled"))) } @else { (tag(Tone::Neutral, &w.t("account-disabled"))) }
                    @if a.administrator { " " (tag(Tone::Active, &w.t("account-administrator"))) }
                },
                html! {
                    @if enabled { (small_form("/accounts/link", a.id, None, &w.t("account-make-link"), &a.name)) }
                    (small_form("/accounts/enabled", a.id, Some(if enabled { "no" } else { "yes" }),
                        &w.t(if enabled { "account-disable" } else { "account-enable" }), &a.name))
                },
            ]
        })
        .collect();
    let text = |name: &'static str, key: &str| {
        text_field(&Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name)), "text")
    };
    let body = html! {
        @if let Some(link) = link {
            (inset(&html! { p { (w.t("account-link-made")) } p { code class="kl_secret" { (link) } } }))
        }
        (table(&w.t("nav-accounts"), &[&w.t("field-name"), &w.t("field-email"), &w.t("field-designation"), &w.t("account-state"), &w.t("account-actions")], &rows))
        p { a href="/accounts/duties" { (w.t("duties-title")) } }
        section {
            h2 { (w.t("account-new")) }
            (form("/accounts", &html! {
                (text_field(&Field::new("email", w.t("field-email")).value(typed.get("email")).error(problems.on("email")), "email"))
                (text("name", "field-name"))
                (text("designation", "field-designation"))
                (text("organisation", "field-organisation"))
                (checkboxes(&Field::new("administrator", w.t("account-rights")).unchecked(), &[
                    Choice::new("yes", w.t("account-is-administrator"), typed.has("administrator", "yes")).hint(w.t("account-is-administrator-hint")),
                ]))
                (button(&w.t("account-make")))
            }))
        }
    };
    let mut layout = visitor.layout(w.t("nav-accounts"), body);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

fn small_form(
    action: &str,
    id: impl std::fmt::Display,
    enabled: Option<&str>,
    label: &str,
    name: &str,
) -> Markup {
    form(
        action,
        &html! {
            (hidden("person", id))
            @if let Some(value) = enabled { (hidden("enabled", value)) }
            button class="kl_link-button" type="submit" { (label) span class="visually-hidden" { " " (name) } }
        },
    )
}

/// Makes an account.
pub(super) async fn post(visitor: Visitor, typed: Typed) -> PageResult {
    let new = NewAccount {
        email: typed.get("email").to_owned(),
        name: typed.get("name").to_owned(),
        designation: typed.get("designation").to_owned(),
        organisation: typed.get("organisation").to_owned(),
        administrator: typed.has("administrator", "yes"),
    };
    match make_account(visitor.cx(), visitor.actor(), new).await {
        Ok(person) => {
            let link = make_link(visitor.cx(), visitor.actor(), person, false).await?;
            render(&visitor, &Typed::default(), &Problems::default(), Some(&link)).await
        }
        Err(refused) => render(&visitor, &typed, &Problems::from_refusal(&visitor, refused)?, None).await,
    }
}

/// Makes a link that signs somebody in once, to be handed over.
pub(super) async fn link(visitor: Visitor, typed: Typed) -> PageResult {
    let person = typed.parse("person").ok_or(PageError::NOT_FOUND)?;
    let link = make_link(visitor.cx(), visitor.actor(), person, false).await?;
    render(&visitor, &Typed::default(), &Problems::default(), Some(&link)).await
}

/// Disables or enables an account.
pub(super) async fn set_enabled(visitor: Visitor, typed: Typed) -> PageResult {
    let person = typed.parse("person").ok_or(PageError::NOT_FOUND)?;
    match enable(visitor.cx(), visitor.actor(), person, typed.get("enabled") == "yes").await {
        Ok(()) => Ok(Redirect::to("/accounts?done=account-changed").into_response()),
        Err(refused) => {
            render(&visitor, &Typed::default(), &Problems::from_refusal(&visitor, refused)?, None).await
        }
    }
}
