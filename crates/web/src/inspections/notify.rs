//! Sending the notification: the addressees, exactly what will go, and the confirmation.

use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_domain::programmes::Programme;
use keyline_operations::inspections::{
    Holder, NotificationPreview, Notify, REPLY_WORKING_DAYS, SentLetter, notification_preview, notify,
};
use keyline_operations::{Refused, view};
use keyline_store::inspections::{self, Inspection};
use maud::{Markup, html};

use super::once::shown_once;
use super::plan::dates_table;
use super::rooms::{Room, frame};
use crate::components::{
    DateTyped, Field, button, button_group, date_field, details, document_body, fieldset, form, hidden,
    letter_head, link_button_secondary, not_offered, text_field, warning,
};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};

/// Asks for the addressees.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    drop(reader);
    let today = visitor.cx().today();
    let suggested =
        visitor.cx().library.calendar(&inspection.area).add_working_days(today, REPLY_WORKING_DAYS);
    let day = DateTyped::from(suggested);
    let typed =
        Typed::of([("reply_by-day", day.day), ("reply_by-month", day.month), ("reply_by-year", day.year)]);
    render(&visitor, &scope, &typed, &Problems::default()).await
}

/// Shows what would go, asks again, or sends.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let programme = visitor.cx().programme(&inspection)?;
    let input = match read(&scope, programme, &typed) {
        Ok(input) if !typed.has("act", "back") => input,
        Ok(_) => return render(&visitor, &scope, &typed, &Problems::default()).await,
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            return render(&visitor, &scope, &typed, &problems).await;
        }
    };
    if typed.has("act", "send") {
        drop(reader);
        return match notify(visitor.cx(), visitor.actor(), input).await {
            Ok(sent) => {
                // Read anew: it has been notified now.
                let inspection = inspections::get(&mut visitor.cx().read().await?, &scope.grant).await?;
                Ok(done(&visitor, &scope, &inspection, &sent))
            }
            Err(refused) => {
                let problems = Problems::from_refusal(&visitor, refused)?;
                render(&visitor, &scope, &typed, &problems).await
            }
        };
    }
    match notification_preview(visitor.cx(), &mut reader, &scope.grant, &input).await {
        Ok(preview) => Ok(show(&visitor, &scope, &inspection, programme, &typed, &preview)),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &typed, &problems).await
        }
    }
}

fn read(scope: &Scope, programme: &Programme, typed: &Typed) -> Result<Notify, Refused> {
    let reply_by = DateTyped::of("reply_by", |key| typed.get(key))
        .date()
        .ok_or_else(|| Refused::field("reply_by", "problem-date"))?;
    let holders = programme
        .addressees
        .iter()
        .map(|a| Holder {
            addressee: a.key.clone(),
            name: typed.get(&format!("name-{}", a.key)).to_owned(),
            email: typed.get(&format!("email-{}", a.key)).to_owned(),
        })
        .collect();
    Ok(Notify { inspection: scope.grant.inspection(), reply_by, holders })
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let programme = visitor.cx().programme(&inspection)?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let waits = match offer(Step::Notify, &progress, visitor.cx().now()) {
        Offer::Ready => Vec::new(),
        Offer::Done => vec![w.t("step-done-already")],
        Offer::NotYet(reasons) => reasons.iter().map(|r| visitor.sentence(r)).collect(),
    };
    let body = html! {
        p class="kl_lead" { (w.t("notify-what")) }
        @if waits.is_empty() {
            (form(&scope.href("notify"), &html! {
                @let hint = w.with("notify-reply-hint", &[("days", &REPLY_WORKING_DAYS)]);
                (date_field(&Field::new("reply_by", w.t("notify-reply-by")).hint(hint)
                    .error(problems.on("reply_by")), &DateTyped::of("reply_by", |key| typed.get(key)), w))
                @for addressee in &programme.addressees {
                    @let (name, email) = (format!("name-{}", addressee.key), format!("email-{}", addressee.key));
                    (fieldset(&w.with("notify-to", &[("office", &addressee.title)]), None, &html! {
                        (text_field(&Field::new(&name, w.t("notify-name")).value(typed.get(&name))
                            .autocomplete("off").error(problems.on(&name)), "text"))
                        (text_field(&Field::new(&email, w.t("notify-email")).value(typed.get(&email))
                            .autocomplete("off").error(problems.on(&email)), "email"))
                    }))
                }
                (button(&w.t("notify-preview")))
            }))
        } @else { (not_offered(&w.t("notify-not-offered"), &waits)) }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::People, w.t("notify-title"), body);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

fn show(
    visitor: &Visitor,
    scope: &Scope,
    inspection: &Inspection,
    programme: &Programme,
    typed: &Typed,
    preview: &NotificationPreview,
) -> axum::response::Response {
    let w = visitor.words();
    let unconfirmed =
        programme.texts.get("notification-letter").is_some_and(|text| !text.provenance.confirmed);
    let office = |key: &str| {
        programme.addressees.iter().find(|a| a.key == key).map_or("", |a| a.title.as_str()).to_owned()
    };
    let body = html! {
        (warning(&w.t("notify-not-sent"), &html! { (w.t("notify-not-sent")) " " (w.t("notify-no-mail")) }))
        @if unconfirmed { p { (w.t("notify-unconfirmed")) } }
        h2 { (w.t("notify-letters")) }
        @for (n, (holder, letter)) in preview.letters.iter().enumerate() {
            @let to = w.with("notify-letter-to",
                &[("name", &holder.name), ("office", &office(&holder.addressee)), ("email", &holder.email)]);
            // The first lies open; the others differ from it in their address alone.
            @if n == 0 { h3 { (to) } (letter_page(letter)) } @else { (details(&to, &letter_page(letter))) }
        }
        h2 { (w.t("notify-requests")) }
        ul { @for (title, due) in &preview.requests {
            li { (title) ", " (w.with("notify-due", &[("day", &w.date(*due))])) }
        } }
        h2 { (w.t("notify-dates")) }
        (dates_table(visitor, programme, &preview.plan))
        (form(&scope.href("notify"), &html! {
            @for (name, value) in typed.pairs().filter(|(name, _)| *name != "act") { (hidden(name, value)) }
            (button_group(&html! {
                button class="ds_button" type="submit" name="act" value="send" { (w.t("notify-send")) }
                button class="ds_button ds_button--secondary" type="submit" name="act" value="back" {
                    (w.t("notify-back"))
                }
            }))
        }))
    };
    visitor.show(&frame(visitor, scope, inspection, Room::People, w.t("notify-preview-title"), body))
}

/// A letter within a page: the preview and the page of its addressee show the same.
fn letter_page(letter: &keyline_domain::documents::Document) -> Markup {
    html! {
        article class="kl_letter" lang=(letter.language) {
            (letter_head(letter))
            p class="kl_letter__subject" { strong { (letter.title) } }
            (document_body(letter))
        }
    }
}

fn done(
    visitor: &Visitor,
    scope: &Scope,
    inspection: &Inspection,
    sent: &[SentLetter],
) -> axum::response::Response {
    let w = visitor.words();
    let body = html! {
        p { (w.t("notify-done-what")) }
        @for (n, letter) in sent.iter().enumerate() {
            @let label = w.with("notify-link", &[("name", &letter.name), ("office", &letter.office)]);
            (shown_once(&format!("link-{}", n + 1), &label, &letter.link))
        }
        (button_group(&html! {
            (link_button_secondary(&scope.href("letters"), &w.t("letters-title")))
            (link_button_secondary(&scope.href("plan"), &w.t("room-plan")))
            (link_button_secondary(&scope.href("people/invite"), &w.t("people-invite-title")))
        }))
    };
    visitor.show(&frame(visitor, scope, inspection, Room::People, w.t("notify-done-title"), body))
}
