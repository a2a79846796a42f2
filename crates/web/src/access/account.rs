//! The own account: password, second factor, passkeys, sessions.

use axum::response::{IntoResponse, Redirect, Response};
use keyline_domain::clock::in_london;
use keyline_operations::Refused;
use keyline_operations::access::{passwords, second_factor, sessions};
use keyline_operations::mail::choose_digest;
use keyline_store::sign_in::sessions_of;
use keyline_store::{passkeys, people};
use maud::{Markup, PreEscaped, html};

use crate::components::{
    Field, Tone, Width, button, button_secondary, button_warning, form, hidden, password_field, qr, table,
    tag, text_field,
};
use crate::frame::{PageError, PageResult, Problems, Typed, Visitor};

/// The page.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    render(&visitor, &Problems::default()).await
}

async fn render(visitor: &Visitor, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let signed_in = visitor.signed_in().ok_or(PageError::NOT_FOUND)?;
    let person = signed_in.person.id;
    let now = visitor.cx().now();
    let mut reader = visitor.cx().read().await?;
    let account = people::find(&mut reader, person).await?.ok_or(PageError::NOT_FOUND)?;
    let passkeys = passkeys::list_of(&mut reader, person).await?;
    let sessions = sessions_of(&mut reader, person, now).await?;
    let wants_digest = keyline_store::mail::wants_digest(&mut reader, person).await?;
    let asks_old =
        account.password_hash.is_some() && signed_in.session.means != keyline_store::sign_in::Means::Link;
    let body = html! {
        p { (account.designation) ", " (account.organisation) ". " (account.email) }
        section {
            h2 { (w.t("account-password")) }
            (form("/account/password", &html! {
                @if asks_old {
                    (password_field(&Field::new("old", w.t("field-password-old")).autocomplete("current-password").error(problems.on("old"))))
                }
                (password_field(&Field::new("new", w.t("field-password-new")).hint(w.with("field-password-hint", &[("count", &passwords::SHORTEST)])).autocomplete("new-password").error(problems.on("new"))))
                (password_field(&Field::new("again", w.t("field-password-again")).autocomplete("new-password").error(problems.on("again"))))
                (button(&w.t("account-password-set")))
            }))
        }
        section {
            h2 { (w.t("account-second-factor")) }
            @if account.totp_sealed.is_some() {
                p { (tag(Tone::Good, &w.t("second-factor-on"))) }
                (form("/account/second-factor/remove", &html! {
                    (text_field(&Field::new("code", w.t("field-code")).hint(w.t("field-code-hint")).autocomplete("one-time-code").error(problems.on("code")), "text"))
                    (button_warning(&w.t("second-factor-remove")))
                }))
            } @else {
                p { (tag(Tone::Warn, &w.t("second-factor-off"))) }
                p { (w.t("second-factor-explained")) }
                p { a class="ds_button" href="/account/second-factor" { (w.t("second-factor-begin")) } }
            }
        }
        section {
            h2 { (w.t("account-passkeys")) }
            p { (w.t("passkeys-explained")) }
            @if !passkeys.is_empty() {
                (table(&w.t("account-passkeys"), &[&w.t("passkey-name"), &w.t("passkey-made"), &w.t("passkey-used"), &w.t("passkey-remove")],
                    &passkeys.iter().map(|p| vec![
                        html! { (p.name) },
                        html! { (w.date_time(&in_london(p.created_at))) },
                        html! { @if let Some(at) = p.last_used_at { (w.date_time(&in_london(at))) } @else { (w.t("passkey-never")) } },
                        form("/account/passkeys/remove", &html! { (hidden("passkey", p.id)) button class="kl_link-button" type="submit" { (w.t("passkey-remove")) span class="visually-hidden" { " " (p.name) } } }),
                    ]).collect::<Vec<_>>()))
            }
            div data-passkey-make="/account/passkeys" hidden {
                (text_field(&Field::new("passkey-name", w.t("passkey-name")).hint(w.t("passkey-name-hint")).optional(w), "text"))
                button class="ds_button ds_button--secondary" type="button" data-passkey-button { (w.t("passkey-make")) }
                p class="kl_passkey__problem" role="alert" data-passkey-problem=(w.t("passkey-not-made")) {}
            }
            noscript { p { (w.t("passkey-needs-script")) } }
        }
        (mail_choice(visitor, wants_digest))
        section {
            h2 { (w.t("account-sessions")) }
            (table(&w.t("account-sessions"), &[&w.t("session-device"), &w.t("session-means"), &w.t("session-begun"), &w.t("session-seen"), &w.t("session-end")],
                &sessions.iter().map(|s| {
                    let here = s.token_hash == signed_in.session.token_hash;
                    vec![
                        html! { @if s.device.is_empty() { (w.t("session-unknown")) } @else { (s.device) } },
                        html! { (w.t(&format!("means-{}", s.means.word()))) },
                        html! { (w.date_time(&in_london(s.created_at))) },
                        html! { (w.date_time(&in_london(s.seen_at))) },
                        html! { @if here { (tag(Tone::Active, &w.t("session-this"))) } @else {
                            (form("/account/sessions/end", &html! { (hidden("session", &s.token_hash)) button class="kl_link-button" type="submit" { (w.t("session-end")) span class="visually-hidden" { " " (s.device) } } }))
                        } },
                    ]
                }).collect::<Vec<_>>()))
        }
    };
    let mut layout = visitor.layout(account.name.clone(), body);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

fn mail_choice(visitor: &Visitor, wants: bool) -> Markup {
    let w = visitor.words();
    let (tone, state, press) = if wants {
        (Tone::Good, "account-mail-on", "account-mail-stop")
    } else {
        (Tone::Neutral, "account-mail-off", "account-mail-start")
    };
    html! {
        section {
            h2 { (w.t("account-mail")) }
            @if visitor.cx().mailer.is_some() {
                p { (tag(tone, &w.t(state))) }
                p { (w.t("account-mail-explained")) }
                (form("/account/digest", &html! {
                    (hidden("wants", if wants { "no" } else { "yes" }))
                    (button_secondary(&w.t(press)))
                }))
            } @else { p { (w.t("account-mail-none")) } }
        }
    }
}

/// Chooses whether to get the digest.
pub(super) async fn digest(visitor: Visitor, typed: Typed) -> PageResult {
    choose_digest(visitor.cx(), visitor.actor(), typed.has("wants", "yes")).await?;
    Ok(Redirect::to("/account?done=digest-chosen").into_response())
}

/// Sets the password.
pub(super) async fn password(visitor: Visitor, typed: Typed) -> PageResult {
    let session = visitor.signed_in().ok_or(PageError::NOT_FOUND)?.session.clone();
    let done = passwords::set_password(
        visitor.cx(),
        visitor.actor(),
        &session,
        typed.get("old"),
        typed.get("new"),
        typed.get("again"),
    )
    .await;
    after(&visitor, done, "password-set").await
}

async fn after(visitor: &Visitor, done: Result<(), Refused>, word: &str) -> PageResult {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/account?done={word}")).into_response()),
        Err(refused) => render(visitor, &Problems::from_refusal(visitor, refused)?).await,
    }
}

/// Ends one of the own sessions.
pub(super) async fn end_session(visitor: Visitor, typed: Typed) -> PageResult {
    sessions::end_own_session(visitor.cx(), visitor.actor(), typed.get("session")).await?;
    Ok(Redirect::to("/account?done=session-ended").into_response())
}

/// Offers a secret for an app.
pub(super) async fn second_factor(visitor: Visitor) -> PageResult {
    let offered = second_factor::offer(visitor.cx(), visitor.actor()).await?;
    Ok(render_offer(&visitor, &offered, &Problems::default()))
}

/// Switches the second factor on.
pub(super) async fn confirm_second_factor(visitor: Visitor, typed: Typed) -> PageResult {
    let secret = typed.get("secret");
    match second_factor::confirm(visitor.cx(), visitor.actor(), secret, typed.get("code")).await {
        Ok(()) => Ok(Redirect::to("/account?done=second-factor-on").into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            let offered = second_factor::offer_again(visitor.cx(), visitor.actor(), secret).await?;
            Ok(render_offer(&visitor, &offered, &problems))
        }
    }
}

fn render_offer(visitor: &Visitor, offered: &second_factor::Offered, problems: &Problems) -> Response {
    let w = visitor.words();
    let body = html! {
        ol {
            li { p { (w.t("second-factor-scan")) } (picture(&offered.url, &w.t("second-factor-picture"))) }
            li { p { (w.t("second-factor-type")) } p { code class="kl_secret" { (spaced(&offered.secret)) } } }
            li { (form("/account/second-factor", &html! {
                (hidden("secret", &offered.secret))
                (text_field(&Field::new("code", w.t("field-code")).hint(w.t("field-code-hint")).autocomplete("one-time-code").error(problems.on("code")), "text"))
                (button(&w.t("second-factor-switch-on")))
            })) }
        }
    };
    let mut layout = visitor.layout(w.t("account-second-factor"), body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    visitor.show_as(problems.status(), &layout)
}

fn spaced(secret: &str) -> String {
    secret.as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect::<Vec<_>>().join(" ")
}

fn picture(url: &str, label: &str) -> Markup {
    html! { div class="kl_qr" role="img" aria-label=(label) { (PreEscaped(qr(url, 220))) } }
}

/// Switches the second factor off.
pub(super) async fn remove_second_factor(visitor: Visitor, typed: Typed) -> PageResult {
    let done = second_factor::remove(visitor.cx(), visitor.actor(), typed.get("code")).await;
    after(&visitor, done, "second-factor-off").await
}
