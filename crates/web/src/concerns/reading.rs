//! Reading a concern: the reason is asked first, and the answer to it shows the text, once.

use axum::extract::Path;
use keyline_domain::access::Action;
use keyline_operations::care::keys;
use keyline_operations::concerns::{OpenedConcern, open_concern};
use keyline_store::concerns::Concern;
use maud::{Markup, html};

use super::concern::{found, render, session};
use crate::components::{
    Field, button, callout, form, hidden, password_field, summary_list, text_field, warning,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};

/// The form that asks for the reason, and for the passphrase while the key is locked.
pub(super) async fn read_form(
    visitor: &Visitor,
    scope: &Scope,
    concern: &Concern,
    typed: &Typed,
    problems: &Problems,
) -> PageResult<Markup> {
    let w = visitor.words();
    let person = scope.grant.person_id().ok_or(PageError::NOT_FOUND)?;
    let cx = visitor.cx();
    if !keys::has_key(cx, person).await? {
        return Ok(callout(
            &w.t("concern-read"),
            &html! {
                p { (w.t("care-no-key")) }
                p { a class="ds_button" href="/care" { (w.t("care-make")) } }
            },
        ));
    }
    let open = cx.keyring().is_open(&session(visitor)?, person, cx.now());
    Ok(callout(
        &w.t("concern-read"),
        &html! {
            p { (w.t("concern-read-text")) }
            (form(&scope.href(&format!("concerns/{}", concern.id)), &html! {
                (text_field(&Field { name: "read_reason", ..Field::new("read_reason", w.t("concern-read-reason")).hint(w.t("concern-read-reason-hint"))
                    .value(typed.get("read_reason")).error(problems.on("read_reason")) }, "text"))
                @if !open {
                    (password_field(&Field::new("passphrase", w.t("care-passphrase")).autocomplete("off").error(problems.on("passphrase"))))
                }
                (hidden("act", "read"))
                (button(&w.t("concern-read-open")))
            }))
        },
    ))
}

/// Opens the concern and shows it.
pub(super) async fn post(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let concern = found(&visitor, &scope, &id).await?;
    let session = session(&visitor)?;
    let (cx, actor) = (visitor.cx(), visitor.actor());
    let passphrase = typed.get("passphrase");
    if !passphrase.is_empty()
        && let Err(refused) = keys::unlock(cx, actor, &session, passphrase).await
    {
        let problems = Problems::from_refusal(&visitor, refused)?;
        return render(&visitor, &scope, &concern, &typed, &problems, &html! {}).await;
    }
    let place = (scope.grant.inspection(), concern.id);
    match open_concern(cx, actor, &session, place, typed.get("read_reason")).await {
        Ok(opened) => {
            let text = show(&visitor, &scope, &opened);
            render(&visitor, &scope, &concern, &Typed::default(), &Problems::default(), &text).await
        }
        Err(refused) => {
            // The reason has a name of its own here: the decision's form is on the same page.
            let refused = refused.with_field("reason", "read_reason").locked_at("passphrase");
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &concern, &typed, &problems, &html! {}).await
        }
    }
}

fn show(visitor: &Visitor, scope: &Scope, opened: &OpenedConcern) -> Markup {
    let w = visitor.words();
    let receives = !scope.grant.permits(Action::SeeConcerns);
    let pre = |text: &str| html! { span class="kl_pre" { (text) } };
    callout(
        &w.t("concern-opened"),
        &html! {
            @let nothing = opened.written.is_none() && opened.texts.is_empty();
            @if nothing && receives { (warning(&w.t("warning"), &html! { p { (w.t("concern-not-given-on")) } })) }
            @else if opened.closed { (warning(&w.t("warning"), &html! { p { (w.t("concern-not-all")) } })) }
            @if let Some(written) = &opened.written {
                @let rows: Vec<(String, Markup)> = [("concern-seen", &written.seen), ("concern-by-whom", &written.by_whom),
                    ("concern-about", &written.about), ("concern-done", &written.done), ("concern-from", &written.from)]
                    .into_iter().filter(|(_, text)| !text.trim().is_empty()).map(|(key, text)| (w.t(key), pre(text))).collect();
                (summary_list(&rows))
            }
            @if !opened.texts.is_empty() {
                (summary_list(&opened.texts.iter().map(|(part, text)| {
                    let act = part.split_once('-').map_or("", |(_, act)| act);
                    (w.t(&format!("concern-did-{act}")), pre(text))
                }).collect::<Vec<_>>()))
            }
            p { (w.t("concern-read-noted")) }
        },
    )
}
