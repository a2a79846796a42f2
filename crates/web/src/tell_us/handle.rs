//! The handlers' pages: what waits; reading, answering and deciding. How one message looks stands in `message`.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::concerns::{CARRIED_LIMIT, Written};
use keyline_domain::ids::{InspectionId, MessageId};
use keyline_domain::tell_us::{State, Triage, within};
use keyline_operations::Refused;
use keyline_operations::care::keys;
use keyline_operations::tell_us::{
    AnswerMessage, AsConcern, DecideMessage, OpenedMessage, answer_message, decide_message, open_message,
};
use keyline_store::inspections;
use keyline_store::tell_us::{self, Message};
use maud::{Markup, html};

use super::message::show;
use crate::components::{Layout, Tone, empty_state, table_under_heading, tag};
use crate::concerns::session;
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// Whose messages a page is about.
pub(super) struct Here {
    pub(super) scope: Option<Scope>,
}

impl Here {
    pub(super) fn inspection(&self) -> Option<InspectionId> {
        self.scope.as_ref().map(|s| s.grant.inspection())
    }

    pub(super) fn href(&self, rest: &str) -> String {
        self.scope.as_ref().map_or_else(|| format!("/messages{rest}"), |s| s.href(&format!("messages{rest}")))
    }

    pub(super) async fn layout<'v>(
        &self,
        visitor: &'v Visitor,
        title: String,
        body: Markup,
    ) -> PageResult<Layout<'v>> {
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

/// Where a message stands, as tags.
pub(super) fn state(visitor: &Visitor, m: &Message, today: jiff::civil::Date) -> Markup {
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
        "decide" => match decided(visitor, &session, inspection, message, typed).await {
            Ok(()) => return Ok(Redirect::to(&format!("{back}?done=message-decided")).into_response()),
            Err(refused) => refused,
        },
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
                    return show(visitor, here, id, Some(&opened), typed, &Problems::default()).await;
                }
                Err(refused) => refused.locked_at("passphrase"),
            }
        }
    };
    let problems = match refused {
        Refused::Stale { theirs, by, .. } => Problems::text("main-content", meanwhile(visitor, &theirs, &by)),
        other => Problems::from_refusal(visitor, other)?,
    };
    // What was open stays open, as it stands now.
    let opened = match typed.get("opened") {
        "yes" => open_message(cx, actor, &session, inspection, message).await.ok(),
        _ => None,
    };
    show(visitor, here, id, opened.as_ref(), typed, &problems).await
}

async fn decided(
    visitor: &Visitor,
    session: &str,
    inspection: Option<InspectionId>,
    message: MessageId,
    typed: &Typed,
) -> Result<(), Refused> {
    let (cx, actor) = (visitor.cx(), visitor.actor());
    let (triage, danger) = (typed.parse("triage"), typed.get("danger") == "yes");
    let concern = if triage == Some(Triage::Concern) {
        // The words of the message come from the message and not from the page.
        let opened = open_message(cx, actor, session, inspection, message).await?;
        let written = Written {
            seen: carried(visitor, &opened),
            by_whom: visitor.words().t("message-concern-by-whom"),
            ..Written::default()
        };
        Some(AsConcern { inspection: typed.parse("inspection"), danger, written })
    } else {
        danger.then(|| AsConcern { inspection: None, danger, written: Written::default() })
    };
    let input = DecideMessage {
        inspection,
        message,
        version: typed.parse("version").unwrap_or(0),
        triage,
        reply: typed.get("text").to_owned(),
        concern,
    };
    decide_message(cx, actor, input).await.map(|_| ())
}

/// What somebody else did with the message before this was sent.
fn meanwhile(visitor: &Visitor, theirs: &str, by: &str) -> String {
    let w = visitor.words();
    if theirs.is_empty() {
        return w.t("message-moved");
    }
    w.with("message-decided-meanwhile", &[("by", &by), ("what", &w.t(&format!("triage-{theirs}")))])
}

/// What a concern takes along: everything that whoever wrote the message said, and how they can be reached.
pub(super) fn carried(visitor: &Visitor, opened: &OpenedMessage) -> String {
    let w = visitor.words();
    let mut parts: Vec<String> =
        opened.said.iter().filter(|s| s.by.is_none()).map(|s| s.text.clone()).collect();
    if let Some(first) = &opened.first {
        let left = [("message-contact", &first.contact), ("message-supporter", &first.supporter)];
        let left = left.iter().filter(|(_, text)| !text.trim().is_empty());
        parts.extend(left.map(|(key, text)| format!("{}: {text}", w.t(key))));
    }
    if opened.closed {
        parts.push(w.t("message-concern-closed"));
    }
    within(parts.join("\n\n"), CARRIED_LIMIT, &w.t("message-concern-cut"))
}
