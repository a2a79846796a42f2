//! The handlers' pages: what waits, reading it, answering, deciding.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::ids::{InspectionId, MessageId};
use keyline_domain::tell_us::{State, Triage, Wish};
use keyline_operations::Refused;
use keyline_operations::care::keys;
use keyline_operations::tell_us::{
    AnswerMessage, DecideMessage, OpenedMessage, answer_message, decide_message, open_message,
};
use keyline_store::inspections;
use keyline_store::tell_us::{self, Message};
use maud::{Markup, html};

use crate::components::{
    Button, Choice, Field, Kind, Layout, Tone, Width, button, callout, checkboxes, empty_state, form, hidden,
    inset, password_field, radios, summary_list, table_under_heading, tag, text_area, warning,
};
use crate::concerns::{raise_with_text, session};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// Whose messages a page is about.
struct Here {
    scope: Option<Scope>,
}

impl Here {
    fn inspection(&self) -> Option<InspectionId> {
        self.scope.as_ref().map(|s| s.grant.inspection())
    }

    fn href(&self, rest: &str) -> String {
        self.scope.as_ref().map_or_else(|| format!("/messages{rest}"), |s| s.href(&format!("messages{rest}")))
    }

    async fn layout<'v>(&self, visitor: &'v Visitor, title: String, body: Markup) -> PageResult<Layout<'v>> {
        Ok(match &self.scope {
            Some(scope) => {
                let inspection = inspections::get(&mut visitor.cx().read().await?, &scope.grant).await?;
                frame(visitor, scope, &inspection, Room::Messages, title, body)
            }
            None => visitor.layout(title, body),
        })
    }
}

/// Messages of an inspection.
pub(super) async fn list(visitor: Visitor, scope: Scope) -> PageResult {
    list_of(&visitor, &Here { scope: Some(scope) }).await
}

/// Messages of none.
pub(super) async fn list_general(visitor: Visitor) -> PageResult {
    list_of(&visitor, &Here { scope: None }).await
}

async fn list_of(visitor: &Visitor, here: &Here) -> PageResult {
    let w = visitor.words();
    let today = visitor.cx().today();
    let all = tell_us::list(&mut visitor.cx().read().await?, here.inspection()).await?;
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|m| {
            let short = m.id.to_string().chars().skip(4).take(6).collect::<String>();
            let title = w.with("message-title", &[("mark", &short)]);
            vec![
                html! { @if m.state == State::Gone { (title) } @else { a href=(here.href(&format!("/{}", m.id))) { (title) } } },
                html! { (w.date(m.came_on)) },
                html! { (w.t(&format!("tell-us-wish-{}", m.wish.word()))) @if m.named { " " (tag(Tone::Neutral, &w.t("message-named"))) } },
                state(visitor, m, today),
            ]
        })
        .collect();
    let header = ["message-which", "message-came", "message-wish", "message-stands"].map(|key| w.t(key));
    let body = html! {
        p class="kl_lead" { (w.t("messages-text")) }
        @if all.is_empty() { (empty_state(&w.t("messages-none"), &w.t("messages-none-text"), None)) }
        @else { (table_under_heading(&w.t("room-messages"), &header.each_ref().map(String::as_str), &rows)) }
    };
    let layout = here.layout(visitor, w.t("room-messages"), body).await?;
    Ok(visitor.show(&layout))
}

fn state(visitor: &Visitor, m: &Message, today: jiff::civil::Date) -> Markup {
    let w = visitor.words();
    html! {
        @match (m.state, m.triage) {
            (State::Gone, _) => (tag(Tone::Neutral, &w.t(if m.gone_why.as_deref() == Some("own") { "message-gone-own" } else { "message-gone-time" }))),
            (State::New, _) => {
                (tag(Tone::Warn, &w.t("message-new")))
                @if let Some(due) = m.due_on { " " (w.with("message-due", &[("day", &w.date(due))])) @if due < today { " " (tag(Tone::Bad, &w.t("concerns-overdue"))) } }
            }
            (State::Decided, triage) => {
                @if let Some(triage) = triage { (tag(Tone::Good, &w.t(&format!("triage-{}", triage.word())))) }
                @if let Some(day) = m.delete_on { " " (w.with("message-delete-on", &[("day", &w.date(day))])) }
                @if m.reminded_on.is_some() { " " (tag(Tone::Warn, &w.t("message-reminder"))) }
            }
        }
    }
}

/// The page of a message of an inspection.
pub(super) async fn get(visitor: Visitor, scope: Scope, Path((_, id)): Path<(String, String)>) -> PageResult {
    let here = Here { scope: Some(scope) };
    show(&visitor, &here, &id, None, &Typed::default(), &Problems::default()).await
}

/// The page of a message of none.
pub(super) async fn get_general(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let here = Here { scope: None };
    show(&visitor, &here, &id, None, &Typed::default(), &Problems::default()).await
}

/// Reads, answers or decides.
pub(super) async fn post(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    act(&visitor, &Here { scope: Some(scope) }, &id, &typed).await
}

/// The same for a message of none.
pub(super) async fn post_general(visitor: Visitor, Path(id): Path<String>, typed: Typed) -> PageResult {
    let here = Here { scope: None };
    act(&visitor, &here, &id, &typed).await
}

async fn act(visitor: &Visitor, here: &Here, id: &str, typed: &Typed) -> PageResult {
    let message: MessageId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let (cx, actor, inspection) = (visitor.cx(), visitor.actor(), here.inspection());
    let session = session(visitor)?;
    let back = here.href(&format!("/{message}"));
    let refused = match typed.get("act") {
        "answer" => {
            let input = AnswerMessage { inspection, message, text: typed.get("text").to_owned() };
            match answer_message(cx, actor, input).await {
                Ok(()) => return Ok(Redirect::to(&format!("{back}?done=message-answered")).into_response()),
                Err(refused) => refused,
            }
        }
        "decide" => {
            let concern = (typed.get("triage") == "concern").then(|| typed.get("danger") == "yes");
            // The words of the message come from the message and not from the page.
            let words = match concern {
                Some(_) => match open_message(cx, actor, &session, inspection, message).await {
                    Ok(opened) => opened
                        .said
                        .iter()
                        .filter(|s| s.by.is_none())
                        .map(|s| s.text.as_str())
                        .collect::<Vec<_>>()
                        .join("\n\n"),
                    Err(refused) => {
                        let problems = Problems::from_refusal(visitor, refused)?;
                        return show(visitor, here, id, None, typed, &problems).await;
                    }
                },
                None => String::new(),
            };
            let input = DecideMessage {
                inspection,
                message,
                version: typed.parse("version").unwrap_or(0),
                triage: typed.parse("triage"),
                reply: typed.get("text").to_owned(),
                concern: concern.map(|danger| (words, danger)),
            };
            match decide_message(cx, actor, input).await {
                Ok(_) => return Ok(Redirect::to(&format!("{back}?done=message-decided")).into_response()),
                Err(refused) => refused,
            }
        }
        _ => {
            let passphrase = typed.get("passphrase");
            let unlocked = if passphrase.is_empty() {
                Ok(())
            } else {
                keys::unlock(cx, actor, &session, passphrase).await
            };
            let opened = match unlocked {
                Ok(()) => open_message(cx, actor, &session, inspection, message).await,
                Err(refused) => Err(refused),
            };
            match opened {
                Ok(opened) => {
                    return show(visitor, here, id, Some(&opened), &Typed::default(), &Problems::default())
                        .await;
                }
                Err(Refused::NotNow(reasons)) if reasons.iter().any(|r| r.key == "care-locked") => {
                    Refused::field("passphrase", "care-locked")
                }
                Err(refused) => refused,
            }
        }
    };
    let problems = match refused {
        Refused::Stale { .. } => Problems::one(visitor, "main-content", "concern-moved"),
        other => Problems::from_refusal(visitor, other)?,
    };
    show(visitor, here, id, None, typed, &problems).await
}

async fn show(
    visitor: &Visitor,
    here: &Here,
    id: &str,
    opened: Option<&OpenedMessage>,
    typed: &Typed,
    problems: &Problems,
) -> PageResult {
    let w = visitor.words();
    let cx = visitor.cx();
    let id: MessageId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let message = tell_us::find(&mut cx.read().await?, id).await?;
    let message = message.filter(|m| m.inspection == here.inspection()).ok_or(PageError::NOT_FOUND)?;
    let person = visitor.signed_in().ok_or(PageError::NOT_FOUND)?.person.id;
    let has = keys::has_key(cx, person).await?;
    let open = cx.keyring().is_open(&session(visitor)?, person, cx.now());
    let action = here.href(&format!("/{id}"));
    let body = html! {
        (summary_list(&[
            (w.t("message-came"), html! { (w.date(message.came_on)) }),
            (w.t("message-wish"), html! { (w.t(&format!("tell-us-wish-{}", message.wish.word()))) }),
            (w.t("message-stands"), state(visitor, &message, cx.today())),
        ]))
        @if let Some(opened) = opened { (said(visitor, here, opened)) }
        @else if message.state != State::Gone {
            (callout(&w.t("message-read"), &html! {
                @if !has { p { (w.t("care-no-key")) } p { a class="ds_button" href="/care" { (w.t("care-make")) } } }
                @else {
                    (form(&action, &html! {
                        (hidden("act", "read"))
                        @if !open { (password_field(&Field::new("passphrase", w.t("care-passphrase")).autocomplete("off").error(problems.on("passphrase")))) }
                        (button(&w.t("message-open")))
                    }))
                }
            }))
        }
        @if message.state != State::Gone { (decisions(visitor, here, &message, &action, typed, problems)) }
    };
    let title =
        w.with("message-title", &[("mark", &id.to_string().chars().skip(4).take(6).collect::<String>())]);
    let mut layout = here.layout(visitor, title, body).await?;
    layout.breadcrumbs = vec![(here.href(""), w.t("room-messages"))];
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}

fn said(visitor: &Visitor, here: &Here, opened: &OpenedMessage) -> Markup {
    let w = visitor.words();
    let own: Vec<&str> = opened.said.iter().filter(|s| s.by.is_none()).map(|s| s.text.as_str()).collect();
    html! {
        @if opened.closed { (warning(&w.t("warning"), &html! { p { (w.t("concern-not-all")) } })) }
        @if let Some(first) = &opened.first {
            @if first.wish == Wish::Conversation || !first.contact.is_empty() {
                (summary_list(&[
                    (w.t("tell-us-talk"), html! { @if let Some(talk) = first.talk { (w.t(&format!("tell-us-talk-{}", talk.word()))) } @else { (w.t("message-not-said")) } }),
                    (w.t("tell-us-with"), html! { @if let Some(with) = first.with { (w.t(&format!("tell-us-with-{}", with.word()))) } @else { (w.t("message-not-said")) } }),
                    (w.t("tell-us-supporter"), html! { @if first.supporter.is_empty() { (w.t("message-not-said")) } @else { (first.supporter) } }),
                    (w.t("tell-us-contact"), html! { @if first.contact.is_empty() { (w.t("message-no-contact")) } @else { (first.contact) } }),
                ]))
            }
        }
        @for one in &opened.said {
            @let who = w.t(if one.by.is_some() { "message-answer" } else { "message-from-them" });
            (callout(&format!("{who}, {}", w.date(one.day)), &html! { p class="kl_pre" { (one.text) } }))
        }
        @if let Some(scope) = &here.scope {
            (form(&scope.href("concern"), &html! {
                (hidden("text", own.join("\n\n")))
                (hidden("from_path", visitor.path()))
                (raise_with_text(w, &scope.href("concern"), "text"))
            }))
            @if scope.grant.permits(Action::RecordEvidence) {
                (form(&scope.href("evidence/from-text"), &html! {
                    (hidden("body", own.join("\n\n")))
                    (Button::new(&w.t("message-evidence")).kind(Kind::Link))
                }))
            }
        }
    }
}

fn decisions(
    visitor: &Visitor,
    here: &Here,
    message: &Message,
    action: &str,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    let deciding = typed.get("act") != "answer";
    let value =
        |decides: bool| if deciding == decides { typed.get("text").to_owned() } else { String::new() };
    let error = |decides: bool| if deciding == decides { problems.on("text") } else { None };
    let kinds: Vec<Choice> = Triage::ALL
        .iter()
        .filter(|t| **t != Triage::Concern || here.scope.is_some())
        .map(|t| Choice {
            value: t.word().to_owned(),
            label: w.t(&format!("triage-{}", t.word())),
            hint: Some(w.t(&format!("triage-{}-hint", t.word()))),
            chosen: typed.get("triage") == t.word(),
            symbol: String::new(),
        })
        .collect();
    html! {
        @if message.state == State::New {
            (callout(&w.t("message-decide"), &form(action, &html! {
                (hidden("act", "decide"))
                (hidden("version", message.version))
                (radios(&Field::new("triage", w.t("message-triage")).error(problems.on("triage")), &kinds))
                @if here.scope.is_some() {
                    (checkboxes(&Field::new("danger", w.t("concern-danger")).unchecked(), &[Choice::new("yes", w.t("yes"), typed.get("danger") == "yes")]))
                }
                (text_area(&Field { name: "text", ..Field::new("text", w.t("message-reply")).hint(w.t("message-reply-hint")).value(value(true)).error(error(true)).unchecked() }, 4))
                (button(&w.t("message-decide")))
            })))
        } @else {
            (callout(&w.t("message-answer-title"), &form(action, &html! {
                (hidden("act", "answer"))
                (text_area(&Field { name: "text", ..Field::new("text", w.t("message-reply")).value(value(false)).error(error(false)) }, 4))
                (button(&w.t("message-answer-send")))
            })))
        }
        @if !message.named { (inset(&html! { p { (w.t("message-anonymous")) } })) }
    }
}
