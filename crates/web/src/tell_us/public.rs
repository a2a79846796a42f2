//! Sending: where to, the notice, the form, the receipt.

use axum::extract::Path;
use axum::http::StatusCode;
use keyline_domain::ids::InspectionId;
use keyline_domain::tell_us::{Said, Talk, Wish, With};
use keyline_operations::Refused;
use keyline_operations::tell_us::{Once, SendMessage, Sent, send_message};
use keyline_store::tell_us::open_inspections;
use keyline_words::ENGLISH;
use maud::{Markup, html};

use super::back::add_form;
use crate::components::{
    Choice, Field, Layout, Width, button, confirmation, fieldset, form, hidden, inset, radios, text_area,
    text_field, warning,
};
use crate::concerns::help_lines;
use crate::frame::{PageError, PageResult, Problems, Sender, Typed, Visitor};

/// The word for services in general, in an address.
pub(super) const GENERAL: &str = "general";

/// In another language than English: that no speaker has read the translation yet.
pub(crate) fn unreviewed(visitor: &Visitor) -> Markup {
    let w = visitor.words();
    html! { @if w.lang() != ENGLISH { (inset(&html! { p { (w.t("translation-unreviewed")) } })) } }
}

/// A public page: nobody is named on it, whoever is signed in. In another language than English it says that no speaker has
/// read the translation yet.
pub(crate) fn layout(visitor: &Visitor, title: String, body: Markup) -> Layout<'_> {
    let english = visitor.words().lang() == ENGLISH;
    let body = if english {
        body
    } else {
        html! { (unreviewed(visitor)) (body) }
    };
    let mut layout = visitor.layout(title, body);
    layout.person = None;
    layout.administrator = false;
    layout.concern = None;
    layout.width = Width::Text;
    layout.exit = Some(visitor.cx().settings.exit_address.clone());
    layout.above = Some(visitor.words().t("tell-us-above"));
    layout
}

/// About which area, or about services in general; and the way back with a receipt.
pub(super) async fn start(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let cx = visitor.cx();
    let mut open = open_inspections(&mut cx.read().await?).await?;
    // The newest of an area stands first, and what somebody says of an area today belongs to that.
    open.dedup_by(|later, first| later.2 == first.2);
    let help = help_lines(&visitor, None, false).await?;
    let body = html! {
        p class="kl_lead" { (w.t("tell-us-text")) }
        (inset(&html! { h2 { (w.t("tell-us-help")) } (help) }))
        h2 { (w.t("tell-us-where")) }
        ul class="kl_recovery" {
            @for (_, reference, area) in &open {
                @let name = cx.library.council(area).map_or(area.as_str(), |c| c.name.as_str());
                li { a href=(format!("/tell-us/about/{reference}")) { (name) } }
            }
            li { a href=(format!("/tell-us/about/{GENERAL}")) { (w.t("tell-us-general")) } }
        }
        h2 { (w.t("tell-us-back-title")) }
        p { a href="/tell-us/answer" { (w.t("tell-us-back")) } }
        p { a href="/tell-us/promise" { (w.t("tell-us-promise")) } }
        h2 { (w.t("volunteer-door-title")) }
        p { (w.t("volunteer-door")) " " a href="/volunteer" { (w.t("volunteer-door-link")) } }
        p { a href="/you-said" { (w.t("you-said-door")) } }
    };
    let mut page = layout(&visitor, w.t("tell-us-title"), body);
    page.description = Some(w.t("tell-us-text"));
    Ok(visitor.show(&page))
}

/// What is promised, in the words of whoever reads it.
pub(super) async fn promise(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let body = html! {
        ul { @for n in 1..=8 { li { (w.t(&format!("tell-us-promise-{n}"))) } } }
        h2 { (w.t("tell-us-not-promised")) }
        ul { @for n in 1..=3 { li { (w.t(&format!("tell-us-not-{n}"))) } } }
        p { a href="/tell-us" { (w.t("tell-us-title")) } }
    };
    Ok(visitor.show(&layout(&visitor, w.t("tell-us-promise"), body)))
}

async fn about(visitor: &Visitor, place: &str) -> PageResult<(Option<InspectionId>, String)> {
    if place == GENERAL {
        return Ok((None, visitor.words().t("tell-us-general")));
    }
    let open = open_inspections(&mut visitor.cx().read().await?).await?;
    let (id, _, area) = open.into_iter().find(|(_, r, _)| r == place).ok_or(PageError::NOT_FOUND)?;
    let name = visitor.cx().library.council(&area).map_or(area.clone(), |c| c.name.clone());
    Ok((Some(id), name))
}

/// The form.
pub(super) async fn get(visitor: Visitor, Path(place): Path<String>) -> PageResult {
    render(&visitor, &place, &Typed::default(), &Problems::default()).await
}

/// Sends a message.
pub(super) async fn post(
    visitor: Visitor,
    sender: Sender,
    Path(place): Path<String>,
    typed: Typed,
) -> PageResult {
    let w = visitor.words();
    let (inspection, name) = about(&visitor, &place).await?;
    if let Err(wait) = visitor.app().limits.messages.take(sender, visitor.cx().now()) {
        let problems = Problems::text("send", wait.said(&visitor, "tell-us-wait"));
        let mut page = render(&visitor, &place, &typed, &problems).await?;
        *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        return Ok(wait.on(page));
    }
    let once = Once::read(typed.get("once")).ok_or_else(|| PageError::bad_request("form-unreadable"))?;
    let said = Said {
        wish: typed.parse("wish").unwrap_or(Wish::Message),
        text: typed.get("text").to_owned(),
        talk: typed.parse("talk"),
        with: typed.parse("with"),
        supporter: typed.get("supporter").to_owned(),
        contact: typed.get("contact").to_owned(),
    };
    let mut wrong = said.problems();
    wrong.extend(said.contact_problem(typed.get("named") == "yes"));
    if !wrong.is_empty() {
        return render(&visitor, &place, &typed, &Problems::of(&visitor, &wrong)).await;
    }
    match send_message(visitor.cx(), SendMessage { inspection, once, said }).await {
        Ok(sent) => {
            let help = help_lines(&visitor, inspection, false).await?;
            let mut page =
                layout(&visitor, w.t("tell-us-sent"), thanks(&visitor, &name, &sent, &typed, &help));
            page.own_heading = true;
            Ok(visitor.show(&page))
        }
        Err(Refused::Full) => {
            let problems = Problems::one(&visitor, "send", "survey-not-kept");
            let mut page = render(&visitor, &place, &typed, &problems).await?;
            *page.status_mut() = StatusCode::INSUFFICIENT_STORAGE;
            Ok(page)
        }
        Err(refused) => {
            // What this page had sent is deleted: what is typed now is another message.
            let typed = match refused {
                Refused::NotNow(_) => Typed::of(typed.pairs().filter(|(name, _)| *name != "once")),
                _ => typed,
            };
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &place, &typed, &problems).await
        }
    }
}

/// It is sent: the receipt, and whom to call. When the same page had sent other words before, those stand, and what was
/// changed since can be added.
fn thanks(visitor: &Visitor, name: &str, sent: &Sent, typed: &Typed, help: &Markup) -> Markup {
    let w = visitor.words();
    let text = Typed::of([("text", typed.get("text"))]);
    html! {
        @if sent.others_stand {
            h1 { (w.t("tell-us-sent-before")) }
            (warning(&w.t("warning"), &html! { p { (w.t("tell-us-sent-before-text")) } }))
            (add_form(visitor, &sent.receipt, &text, &Problems::default()))
        } @else {
            (confirmation(&w.t("tell-us-sent"), &html! { p { (w.with("tell-us-sent-text", &[("about", &name)])) } }))
        }
        h2 { (w.t("tell-us-receipt")) }
        p { (w.t("tell-us-receipt-text")) }
        ol class="kl_receipt" { @for word in sent.receipt.split(' ') { li { (word) } } }
        p { (w.t("tell-us-receipt-once")) }
        p { a href="/tell-us/answer" { (w.t("tell-us-back")) } }
        (inset(help))
    }
}

async fn render(visitor: &Visitor, place: &str, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let (inspection, name) = about(visitor, place).await?;
    let help = help_lines(visitor, inspection, false).await?;
    let once = Once::read(typed.get("once")).unwrap_or_else(|| Once::make(visitor.cx().random()));
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
    };
    let chosen = |name: &str, word: &str, standard: &str| {
        typed.get(name) == word || (typed.get(name).is_empty() && word == standard)
    };
    let choice = |name: &str, word: &str, standard: &str| {
        Choice::new(word, w.t(&format!("tell-us-{name}-{word}")), chosen(name, word, standard))
    };
    let body = html! {
        p class="kl_lead" { (w.with("tell-us-about", &[("about", &name)])) }
        (warning(&w.t("warning"), &html! { p { (w.t("tell-us-notice")) } }))
        (inset(&html! { h2 { (w.t("tell-us-help")) } (help) }))
        (form(&format!("/tell-us/about/{place}"), &html! {
            (hidden("once", once.text()))
            (radios(&Field::new("wish", w.t("tell-us-wish")), &Wish::ALL.iter().map(|v| choice("wish", v.word(), "message")).collect::<Vec<_>>()))
            (text_area(&field("text", "tell-us-say").hint(w.t("tell-us-say-hint")), 8))
            (fieldset(&w.t("tell-us-conversation"), Some(&w.t("tell-us-conversation-hint")), &html! {
                (radios(&Field::new("talk", w.t("tell-us-talk")).unchecked().error(problems.on("talk")), &Talk::ALL.iter().map(|v| choice("talk", v.word(), "")).collect::<Vec<_>>()))
                (radios(&Field::new("with", w.t("tell-us-with")).unchecked(), &With::ALL.iter().map(|v| choice("with", v.word(), "either")).collect::<Vec<_>>()))
                (text_field(&field("supporter", "tell-us-supporter").hint(w.t("tell-us-supporter-hint")).optional(w), "text"))
            }))
            (radios(&Field::new("named", w.t("tell-us-named")).hint(w.t("tell-us-named-hint")), &[
                Choice::new("no", w.t("tell-us-named-no"), chosen("named", "no", "no")),
                Choice::new("yes", w.t("tell-us-named-yes"), chosen("named", "yes", "no")),
            ]))
            (text_field(&field("contact", "tell-us-contact").hint(w.t("tell-us-contact-hint")).unchecked(), "text"))
            p { (w.t("tell-us-passed-on")) }
            div id="send" { (button(&w.t("tell-us-send"))) }
        }))
        p { a href="/tell-us/promise" { (w.t("tell-us-promise")) } }
    };
    let mut page = layout(visitor, w.t("tell-us-title"), body);
    page.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &page))
}
