//! Coming back with a receipt. The words travel in the body of a form and in no address.

use std::time::Duration;

use axum::http::StatusCode;
use keyline_domain::tell_us::Triage;
use keyline_operations::Refused;
use keyline_operations::tell_us::{Once, add_to_message, delete_message, read_message};
use maud::{Markup, html};

use super::public::layout;
use crate::components::{
    Button, Field, Kind, Tone, button, callout, confirmation, details, empty_state, form, hidden, inset,
    summary_list, tag, text_area,
};
use crate::concerns::help_lines;
use crate::frame::{PageResult, Problems, Sender, Typed, Visitor};

/// How long the answer to words that open nothing waits, whoever sends them: who comes through Tor has no address by which
/// guesses could be counted. A machine that guesses so leaves the time of the server to those who write, and a person
/// does not notice.
const PAUSE: Duration = Duration::from_millis(50);

/// Asks for the words.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    Ok(ask(&visitor, "", &Problems::default()))
}

fn ask(visitor: &Visitor, typed: &str, problems: &Problems) -> axum::response::Response {
    let w = visitor.words();
    let body = html! {
        p { (w.t("tell-us-back-text")) }
        (form("/tell-us/answer", &html! {
            (hidden("act", "open"))
            (text_area(&Field::new("words", w.t("tell-us-words")).hint(w.t("tell-us-words-hint")).value(typed)
                .autocomplete("off").error(problems.on("words")), 3))
            (button(&w.t("tell-us-open")))
        }))
    };
    let mut page = layout(visitor, w.t("tell-us-back"), body);
    page.problems = problems.summary();
    visitor.show_as(problems.status(), &page)
}

async fn ask_again(visitor: &Visitor, words: &str, refused: Refused) -> PageResult {
    let problems = Problems::from_refusal(visitor, refused)?;
    tokio::time::sleep(PAUSE).await;
    Ok(ask(visitor, words, &problems))
}

/// Opens the message, adds to it, or deletes it.
pub(super) async fn post(visitor: Visitor, sender: Sender, typed: Typed) -> PageResult {
    let w = visitor.words();
    let (cx, words) = (visitor.cx(), typed.get("words"));
    if let Err(wait) = visitor.app().limits.receipts.take(sender, cx.now()) {
        tokio::time::sleep(PAUSE).await;
        let problems = Problems::text("words", wait.said(&visitor, "tell-us-wait"));
        let mut page = ask(&visitor, words, &problems);
        *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        return Ok(wait.on(page));
    }
    match typed.get("act") {
        "delete" if typed.get("sure") == "yes" => match delete_message(cx, words).await {
            Ok(inspection) => {
                let body = html! {
                    (confirmation(&w.t("tell-us-deleted"), &html! { p { (w.t("tell-us-deleted-text")) } }))
                    (inset(&help_lines(&visitor, inspection, false).await?))
                };
                let mut page = layout(&visitor, w.t("tell-us-deleted"), body);
                page.own_heading = true;
                Ok(visitor.show(&page))
            }
            Err(refused) => ask_again(&visitor, words, refused).await,
        },
        "delete" => {
            let body = html! {
                p { (w.t("tell-us-delete-sure")) }
                (form("/tell-us/answer", &html! {
                    (hidden("act", "delete")) (hidden("sure", "yes")) (hidden("words", words))
                    (Button::new(&w.t("tell-us-delete")).kind(Kind::Warning))
                }))
                (form("/tell-us/answer", &html! {
                    (hidden("act", "open")) (hidden("words", words))
                    (Button::new(&w.t("tell-us-keep")).kind(Kind::Secondary))
                }))
            };
            Ok(visitor.show(&layout(&visitor, w.t("tell-us-delete"), body)))
        }
        "add" => {
            // A page from before this form had an id of its own loses nothing.
            let once = once(&visitor, &typed);
            match add_to_message(cx, words, &once, typed.get("text")).await {
                Ok(()) => open(&visitor, words, &Typed::default(), &Problems::default(), true).await,
                Err(refused) => {
                    let problems = Problems::from_refusal(&visitor, refused)?;
                    open(&visitor, words, &typed, &problems, false).await
                }
            }
        }
        _ => open(&visitor, words, &Typed::default(), &Problems::default(), false).await,
    }
}

/// What makes sending the form twice count once: the words stand in no address and no cookie, so the answer cannot lead to
/// another page, and loading it again sends again.
fn once(visitor: &Visitor, typed: &Typed) -> Once {
    Once::read(typed.get("once")).unwrap_or_else(|| Once::make(visitor.cx().random()))
}

/// The form that adds to a message.
pub(super) fn add_form(visitor: &Visitor, words: &str, typed: &Typed, problems: &Problems) -> Markup {
    let w = visitor.words();
    let field = Field::new("text", w.t("tell-us-add")).value(typed.get("text")).error(problems.on("text"));
    form(
        "/tell-us/answer",
        &html! {
            (hidden("act", "add")) (hidden("once", once(visitor, typed).text())) (hidden("words", words))
            (text_area(&field, 5))
            (button(&w.t("tell-us-add-send")))
        },
    )
}

async fn open(visitor: &Visitor, words: &str, typed: &Typed, problems: &Problems, added: bool) -> PageResult {
    let w = visitor.words();
    let own = match read_message(visitor.cx(), words).await {
        Ok(own) => own,
        Err(refused @ Refused::Fields(_)) => return ask_again(visitor, words, refused).await,
        Err(other) => return Err(other.into()),
    };
    let left: Vec<(String, Markup)> =
        [(w.t("tell-us-contact"), &own.contact), (w.t("tell-us-supporter"), &own.supporter)]
            .into_iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(label, text)| (label, html! { (text) }))
            .collect();
    let said: Vec<Markup> = own
        .parts
        .iter()
        .map(|(answer, day, text)| {
            let who = w.t(if *answer { "tell-us-from-team" } else { "tell-us-from-you" });
            callout(&format!("{who}, {}", w.date(*day)), &html! { p class="kl_pre" { (text) } })
        })
        .collect();
    let body = html! {
        @if added { p { (tag(Tone::Good, &w.t("tell-us-added"))) } }
        @if own.gone { (empty_state(&w.t("tell-us-gone"), &w.t("tell-us-gone-text"), Some(("/tell-us", &w.t("tell-us-title"))))) }
        @else {
            p {
                @match own.triage {
                    Some(Triage::Voice) if own.inspection.is_none() => (w.t("tell-us-is-voice-general")),
                    Some(triage) => (w.t(&format!("tell-us-is-{}", triage.word()))),
                    None => (w.t("tell-us-not-read-yet")),
                }
                @if let Some(day) = own.delete_on { " " (w.with("tell-us-delete-on", &[("day", &w.date(day))])) }
            }
            @for part in &said { (part) }
            @if !left.is_empty() { (summary_list(&left)) }
            (add_form(visitor, words, typed, problems))
            (details(&w.t("tell-us-delete"), &form("/tell-us/answer", &html! {
                (hidden("act", "delete")) (hidden("words", words))
                p { (w.t("tell-us-delete-text")) }
                (Button::new(&w.t("tell-us-delete")).kind(Kind::Warning))
            })))
        }
        (inset(&help_lines(visitor, own.inspection, false).await?))
    };
    let mut page = layout(visitor, w.t("tell-us-yours"), body);
    page.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &page))
}
