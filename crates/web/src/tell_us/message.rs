//! One message as its handlers see it: what was said, what became of it, and the forms for deciding and answering.

use keyline_domain::access::{Action, permits};
use keyline_domain::ids::MessageId;
use keyline_domain::tell_us::{State, Triage, Wish};
use keyline_operations::care::keys;
use keyline_operations::tell_us::OpenedMessage;
use keyline_store::inspections::mine;
use keyline_store::tell_us::{self, Message};
use maud::{Markup, html};

use super::handle::{Here, carried, state};
use crate::components::{
    Button, Choice, Field, Kind, Width, button, callout, checkboxes, form, hidden, inset, password_field,
    radios, select, summary_list, text_area, warning,
};
use crate::concerns::{help_lines, raise_with_text, session};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::rooms;

/// What of a decision is kept while the message is read.
const KEPT: [&str; 4] = ["triage", "inspection", "danger", "text"];

/// The page, with the texts when they were opened, and with what was typed.
pub(super) async fn show(
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
    let recorded = match &here.scope {
        Some(scope) if message.triage == Some(Triage::Voice) => recorded(visitor, scope, id).await?,
        _ => html! {},
    };
    let decisions = match message.state {
        State::New => decide(visitor, here, &message, opened.is_some(), typed, problems).await?,
        State::Decided => answer(visitor, here, &message, opened.is_some(), typed, problems),
        State::Gone => html! {},
    };
    let body = html! {
        (summary_list(&[
            (w.t("message-came"), html! { (w.date(message.came_on)) }),
            (w.t("message-wish"), html! { (w.t(&format!("tell-us-wish-{}", message.wish.word()))) }),
            (w.t("message-stands"), state(visitor, &message, cx.today())),
        ]))
        @if message.state == State::Decided { (recorded) }
        @if let Some(opened) = opened { (said(visitor, here, opened)) }
        @else if message.state != State::Gone {
            (callout(&w.t("message-read"), &html! {
                @if !has { p { (w.t("care-no-key")) } p { a class="ds_button" href="/care" { (w.t("care-make")) } } }
                @else {
                    (form(&action, &html! {
                        (hidden("act", "read"))
                        @for name in KEPT { @if !typed.get(name).is_empty() { (hidden(name, typed.get(name))) } }
                        @if !open { (password_field(&Field::new("passphrase", w.t("care-passphrase")).autocomplete("off").error(problems.on("passphrase")))) }
                        (button(&w.t("message-open")))
                    }))
                }
            }))
        }
        (decisions)
        @if message.state != State::Gone && !message.named { (inset(&html! { p { (w.t("message-anonymous")) } })) }
    };
    let title =
        w.with("message-title", &[("mark", &id.to_string().chars().skip(4).take(6).collect::<String>())]);
    let mut layout = here.layout(visitor, title, body).await?;
    layout.breadcrumbs = vec![(here.href(""), w.t("room-messages"))];
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}

/// Whether a voice has become evidence.
async fn recorded(visitor: &Visitor, scope: &Scope, id: MessageId) -> PageResult<Markup> {
    let w = visitor.words();
    let evidence =
        tell_us::evidence_of(&mut visitor.cx().read().await?, scope.grant.inspection(), id).await?;
    Ok(inset(&html! {
        @match evidence {
            Some(evidence) => p { a href=(scope.href(&format!("evidence/{evidence}"))) { (w.t("message-recorded")) } },
            None => p { (w.t("message-not-recorded")) },
        }
    }))
}

fn said(visitor: &Visitor, here: &Here, opened: &OpenedMessage) -> Markup {
    let w = visitor.words();
    let own: Vec<&str> = opened.said.iter().filter(|s| s.by.is_none()).map(|s| s.text.as_str()).collect();
    html! {
        @if opened.closed { (warning(&w.t("warning"), &html! { p { (w.t("concern-not-all")) } })) }
        @if let Some(first) = &opened.first {
            @if first.wish == Wish::Conversation || !first.contact.is_empty() || !first.supporter.is_empty() {
                (summary_list(&[
                    (w.t("message-talk"), html! { @if let Some(talk) = first.talk { (w.t(&format!("tell-us-talk-{}", talk.word()))) } @else { (w.t("message-not-said")) } }),
                    (w.t("message-with"), html! { @if let Some(with) = first.with { (w.t(&format!("tell-us-with-{}", with.word()))) } @else { (w.t("message-not-said")) } }),
                    (w.t("message-supporter"), html! { @if first.supporter.is_empty() { (w.t("message-not-said")) } @else { (first.supporter) } }),
                    (w.t("message-contact"), html! { @if first.contact.is_empty() { (w.t("message-no-contact")) } @else { (first.contact) } }),
                ]))
            }
        }
        @for one in &opened.said {
            @let who = w.t(if one.by.is_some() { "message-answer" } else { "message-from-them" });
            (callout(&format!("{who}, {}", w.date(one.day)), &html! { p class="kl_pre" { (one.text) } }))
        }
        @if let Some(scope) = &here.scope {
            (form(&scope.href("concern"), &html! {
                (hidden("text", carried(visitor, opened)))
                (hidden("from_path", visitor.path()))
                (raise_with_text(w, &scope.href("concern"), "text"))
            }))
            @if scope.grant.permits(Action::RecordEvidence) {
                (form(&scope.href("evidence/from-text"), &html! {
                    (hidden("body", own.join("\n\n")))
                    (hidden("message", opened.message.id))
                    (Button::new(&w.t("message-evidence")).kind(Kind::Link))
                }))
            }
        }
    }
}

/// The inspections in which whoever handles messages of none may raise a concern.
async fn places(visitor: &Visitor, typed: &Typed) -> PageResult<Vec<Choice>> {
    let person = visitor.signed_in().ok_or(PageError::NOT_FOUND)?.person.id;
    let all = mine::list(&mut visitor.cx().read().await?, person).await?;
    let may = |m: &&mine::Mine| m.standing.roles.iter().any(|role| permits(*role, Action::RaiseConcern));
    let choice = |m: &mine::Mine| {
        let id = m.inspection.id.to_string();
        let chosen = typed.get("inspection") == id;
        Choice::new(id, rooms::dated_name(visitor, &m.inspection), chosen)
    };
    Ok(all.iter().filter(may).map(choice).collect())
}

async fn decide(
    visitor: &Visitor,
    here: &Here,
    message: &Message,
    opened: bool,
    typed: &Typed,
    problems: &Problems,
) -> PageResult<Markup> {
    let w = visitor.words();
    let general = here.scope.is_none();
    let places = if general { places(visitor, typed).await? } else { Vec::new() };
    let concern = !general || !places.is_empty();
    // What the page says of a voice is true of this page: the button stands beside what was read, and nowhere else.
    let records = here.scope.as_ref().is_some_and(|scope| scope.grant.permits(Action::RecordEvidence));
    let voice = match (records, opened) {
        (true, true) => "triage-voice-hint",
        (true, false) => "triage-voice-hint-read",
        (false, _) => "triage-voice-hint-general",
    };
    let kinds: Vec<Choice> = Triage::ALL
        .iter()
        .filter(|t| **t != Triage::Concern || concern)
        .map(|t| {
            let hint =
                if *t == Triage::Voice { w.t(voice) } else { w.t(&format!("triage-{}-hint", t.word())) };
            let chosen = typed.get("triage") == t.word();
            Choice::new(t.word(), w.t(&format!("triage-{}", t.word())), chosen).hint(hint)
        })
        .collect();
    let nowhere = if concern { None } else { Some(help_lines(visitor, None, false).await?) };
    let danger = [Choice::new("yes", w.t("yes"), typed.get("danger") == "yes")];
    let first = Choice::new("", w.t("message-concern-choose"), typed.get("inspection").is_empty());
    let places: Vec<Choice> = std::iter::once(first).chain(places).collect();
    Ok(callout(
        &w.t("message-decide"),
        &html! {
            @if let Some(numbers) = nowhere { (inset(&html! { p { (w.t("tell-us-concern-of-none")) } (numbers) })) }
            (form(&here.href(&format!("/{}", message.id)), &html! {
                (hidden("act", "decide"))
                (hidden("version", message.version))
                @if opened { (hidden("opened", "yes")) }
                (radios(&Field::new("triage", w.t("message-triage")).error(problems.on("triage")), &kinds))
                @if general && concern {
                    (select(&Field::new("inspection", w.t("message-concern-where")).hint(w.t("message-concern-where-hint")).error(problems.on("inspection")).unchecked(), &places))
                }
                @if concern {
                    (checkboxes(&Field::new("danger", w.t("concern-danger")).error(problems.on("danger")).unchecked(), &danger))
                }
                (text_area(&Field::new("text", w.t("message-reply")).hint(w.t("message-reply-hint")).value(typed.get("text")).error(problems.on("text")).unchecked(), 4))
                (button(&w.t("message-decide")))
            }))
        },
    ))
}

fn answer(
    visitor: &Visitor,
    here: &Here,
    message: &Message,
    opened: bool,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    callout(
        &w.t("message-answer-title"),
        &form(
            &here.href(&format!("/{}", message.id)),
            &html! {
                (hidden("act", "answer"))
                @if opened { (hidden("opened", "yes")) }
                (text_area(&Field::new("text", w.t("message-reply")).value(typed.get("text")).error(problems.on("text")), 4))
                (button(&w.t("message-answer-send")))
            },
        ),
    )
}
