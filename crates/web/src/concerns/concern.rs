//! The page of a concern: how it stands, what was done, who was told; the form of the next step; and the way to read it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use keyline_domain::access::Action;
use keyline_domain::clock::{at_london, in_london};
use keyline_domain::concerns::way::Stage;
use keyline_domain::concerns::{Means, Outcome};
use keyline_domain::ids::ConcernId;
use keyline_operations::Refused;
use keyline_operations::care::keys;
use keyline_operations::concerns::{
    AcknowledgeConcern, CloseConcern, DecideConcern, HandOver, Ruling, acknowledge_concern, close_concern,
    decide_concern, hand_over_concern,
};
use keyline_store::concerns::{self, Concern};
use keyline_store::inspections::{self, members};
use maud::{Markup, html};

use super::overview::stage_tag;
use super::reading::read_form;
use crate::components::{
    Choice, DateTyped, Field, Tone, Width, button, callout, date_field, form, hidden, password_field, radios,
    summary_list, table_under_heading, tag, text_area, text_field, warning,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

type At = Path<(String, String)>;

/// The concern of a page, if who asks may know of it.
pub(super) async fn found(visitor: &Visitor, scope: &Scope, id: &str) -> Result<Concern, PageError> {
    let sees = scope.grant.permits(Action::SeeConcerns);
    if !sees && !scope.grant.permits(Action::ReceiveConcern) {
        return Err(PageError::NOT_FOUND);
    }
    let id: ConcernId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let mut reader = visitor.cx().read().await?;
    let concern = concerns::find(&mut reader, &scope.grant, id).await?;
    concern.filter(|c| sees || c.handed_at.is_some()).ok_or(PageError::NOT_FOUND)
}

/// The page without anything of what was written.
pub(super) async fn get(visitor: Visitor, scope: Scope, Path((_, id)): At) -> PageResult {
    let concern = found(&visitor, &scope, &id).await?;
    render(&visitor, &scope, &concern, &Typed::default(), &Problems::default(), &html! {}).await
}

/// The lead's decision.
pub(super) async fn decide(visitor: Visitor, scope: Scope, Path((_, id)): At, typed: Typed) -> PageResult {
    let concern = found(&visitor, &scope, &id).await?;
    let ruling = match typed.get("ruling") {
        "pass-on" => Ruling::PassOn,
        "ask-more" => Ruling::AskMore,
        "not-a-concern" => Ruling::NotAConcern,
        _ => {
            let problems = Problems::one(&visitor, "ruling", "problem-choose");
            return render(&visitor, &scope, &concern, &typed, &problems, &html! {}).await;
        }
    };
    let input = DecideConcern {
        inspection: scope.grant.inspection(),
        concern: concern.id,
        step: typed.parse("step").unwrap_or(0),
        ruling,
        reason: typed.get("reason").to_owned(),
    };
    let done = decide_concern(visitor.cx(), visitor.actor(), input).await;
    after(&visitor, &scope, &concern, &typed, done, "concern-decided").await
}

/// The hand-over.
pub(super) async fn hand_over(visitor: Visitor, scope: Scope, Path((_, id)): At, typed: Typed) -> PageResult {
    let concern = found(&visitor, &scope, &id).await?;
    let Some(means) = typed.parse::<Means>("means") else {
        let problems = Problems::one(&visitor, "means", "problem-choose");
        return render(&visitor, &scope, &concern, &typed, &problems, &html! {}).await;
    };
    let day = DateTyped::of("received_on", |name| typed.get(name));
    let time = typed.get("received_time").trim().to_owned();
    let received_at = if means == Means::Product || (time.is_empty() && day.is_empty()) {
        None
    } else {
        let today = visitor.cx().today();
        let (on, field) = if day.is_empty() { (Some(today), "") } else { (day.date(), "received_on") };
        let at = jiff::civil::Time::strptime("%H:%M", &time).ok();
        match (on, at) {
            (Some(on), Some(at)) => at_london(on, at).ok(),
            (on, _) => {
                let field = if on.is_none() { field } else { "received_time" };
                let problems = Problems::one(&visitor, field, "concern-received-when");
                return render(&visitor, &scope, &concern, &typed, &problems, &html! {}).await;
            }
        }
    };
    let input = HandOver {
        inspection: scope.grant.inspection(),
        concern: concern.id,
        step: typed.parse("step").unwrap_or(0),
        means,
        receiver: typed.get("receiver").to_owned(),
        received_at,
    };
    let session = session(&visitor)?;
    let passphrase = typed.get("hand_over_passphrase");
    let done = async {
        if !passphrase.is_empty() {
            keys::unlock(visitor.cx(), visitor.actor(), &session, passphrase).await?;
        }
        hand_over_concern(visitor.cx(), visitor.actor(), &session, input).await
    };
    // The passphrase has a name of its own here: that of reading is on the same page.
    let at_field = |r: Refused| r.locked_at("passphrase").with_field("passphrase", "hand_over_passphrase");
    let done = done.await.map_err(at_field);
    after(&visitor, &scope, &concern, &typed, done, "concern-handed-over").await
}

/// The hash of the session's token, under which a key is unlocked.
pub(crate) fn session(visitor: &Visitor) -> Result<String, PageError> {
    visitor.signed_in().map(|s| s.session.token_hash.clone()).ok_or(PageError::NOT_FOUND)
}

/// The local lead's acknowledgement.
pub(super) async fn acknowledge(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): At,
    typed: Typed,
) -> PageResult {
    let concern = found(&visitor, &scope, &id).await?;
    let input = AcknowledgeConcern {
        inspection: scope.grant.inspection(),
        concern: concern.id,
        step: typed.parse("step").unwrap_or(0),
        reference: typed.get("reference").to_owned(),
    };
    let done = acknowledge_concern(visitor.cx(), visitor.actor(), input).await;
    after(&visitor, &scope, &concern, &typed, done, "concern-acknowledged").await
}

/// What became of it.
pub(super) async fn close(visitor: Visitor, scope: Scope, Path((_, id)): At, typed: Typed) -> PageResult {
    let concern = found(&visitor, &scope, &id).await?;
    let input = CloseConcern {
        inspection: scope.grant.inspection(),
        concern: concern.id,
        step: typed.parse("step").unwrap_or(0),
        outcome: typed.parse("outcome"),
        text: typed.get("text").to_owned(),
    };
    let done = close_concern(visitor.cx(), visitor.actor(), input).await;
    after(&visitor, &scope, &concern, &typed, done, "concern-closed").await
}

async fn after(
    visitor: &Visitor,
    scope: &Scope,
    concern: &Concern,
    typed: &Typed,
    done: Result<(), Refused>,
    word: &str,
) -> PageResult<Response> {
    match done {
        Ok(()) => {
            let to = scope.href(&format!("concerns/{}?done={word}", concern.id));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Refused::Stale { .. }) => {
            // Somebody was quicker: the page as it stands now, with what was typed still there.
            let w = visitor.words();
            let now = found(visitor, scope, &concern.id.to_string()).await?;
            let said = warning(
                &w.t("warning"),
                &html! { p { (w.t("concern-moved")) }
                @for text in ["reason", "text"].map(|name| typed.get(name)).into_iter().filter(|t| !t.is_empty()) {
                    p class="kl_pre" { (text) }
                } },
            );
            let mut page = render(visitor, scope, &now, typed, &Problems::default(), &said).await?;
            *page.status_mut() = StatusCode::CONFLICT;
            Ok(page)
        }
        Err(refused) => {
            let problems = Problems::from_refusal(visitor, refused)?;
            render(visitor, scope, concern, typed, &problems, &html! {}).await
        }
    }
}

/// The page with something above the forms: what was opened, or what went wrong.
pub(super) async fn render(
    visitor: &Visitor,
    scope: &Scope,
    concern: &Concern,
    typed: &Typed,
    problems: &Problems,
    above: &Markup,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let steps = concerns::steps(&mut reader, concern.id).await?;
    let notices = concerns::notices(&mut reader, concern.id).await?;
    let names = members::names(&mut reader, &scope.grant).await?;
    drop(reader);
    let name = |person: Option<keyline_domain::ids::PersonId>| {
        person.map_or_else(
            || w.t("concern-by-public"),
            |p| names.get(&p).cloned().unwrap_or_else(|| w.t("concern-by-former")),
        )
    };
    let now = visitor.cx().now();
    let facts = [
        (w.t("concern-stands"), stage_tag(visitor, concern)),
        (w.t("concern-kind"), html! { (w.t(&format!("concern-kind-{}", concern.kind.word()))) }),
        (
            w.t("concern-danger"),
            html! { @if concern.danger { (tag(Tone::Bad, &w.t("yes"))) } @else { (w.t("no")) } },
        ),
        (w.t("concern-source"), html! { (w.t(&format!("concern-source-{}", concern.source.word()))) }),
        (
            w.t("concern-due"),
            html! {
                @match concern.due_at {
                    Some(due) => {
                        (w.date_time(&in_london(due)))
                        @if concern.is_overdue(now) { " " (tag(Tone::Bad, &w.t("concerns-overdue"))) }
                    }
                    None => (w.t("concern-no-clock")),
                }
            },
        ),
    ];
    let done: Vec<Vec<Markup>> = steps
        .iter()
        .map(|s| {
            vec![
                html! {
                    (w.t(&format!("concern-did-{}", s.act.word())))
                    @if let Some(h) = &s.handed {
                        br; (w.with("concern-handed", &[("means", &w.t(&format!("concern-means-{}", h.means.word()))), ("receiver", &h.receiver), ("at", &w.date_time(&in_london(h.received_at)))]))
                        br; (w.t("concern-digest")) " " code class="kl_digest" { (h.digest) }
                    }
                },
                html! { (w.date_time(&in_london(s.at))) },
                html! { (name(s.by)) },
            ]
        })
        .collect();
    let told: Vec<Vec<Markup>> = notices
        .iter()
        .map(|n| {
            vec![
                html! { (name(Some(n.person))) @if n.rung > 0 { " " (tag(Tone::Warn, &w.t("concern-escalated"))) } },
                html! { (w.date_time(&in_london(n.made_at))) },
                html! { @match n.mailed_at {
                    Some(at) => (w.date_time(&in_london(at))),
                    None if visitor.cx().mailer.is_none() => (w.t("concern-mail-none")),
                    // It is tried for a week; and one that was made before there was a server was never to be mailed.
                    None if n.made_at < now - SignedDuration::from_hours(7 * 24) => (w.t("concern-mail-not")),
                    None => (tag(Tone::Active, &w.t("concern-mail-waits"))),
                } },
            ]
        })
        .collect();
    let header = |keys: [&str; 3]| keys.map(|key| w.t(key));
    let (h1, h2) = (
        header(["concern-what", "concern-when", "concern-who"]),
        header(["concern-who", "concern-told-in-product", "concern-told-by-mail"]),
    );
    let cx = visitor.cx();
    let person = scope.grant.person_id().ok_or(PageError::NOT_FOUND)?;
    let locked =
        keys::has_key(cx, person).await? && !cx.keyring().is_open(&session(visitor)?, person, cx.now());
    let body = html! {
        (summary_list(&facts))
        (above)
        // What is open need not be opened again.
        @if above.0.is_empty() || !problems.is_empty() { (read_form(visitor, scope, concern, typed, problems).await?) }
        (next(visitor, scope, concern, typed, problems, locked))
        h2 { (w.t("concern-history")) }
        (table_under_heading(&w.t("concern-history"), &h1.each_ref().map(String::as_str), &done))
        h2 { (w.t("concern-told")) }
        (table_under_heading(&w.t("concern-told"), &h2.each_ref().map(String::as_str), &told))
    };
    let title = w.with("concern-title", &[("number", &concern.number)]);
    let mut layout = frame(visitor, scope, &inspection, Room::Concerns, title, body);
    layout.breadcrumbs = vec![(scope.href("concerns"), w.t("room-concerns"))];
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}

fn next(
    visitor: &Visitor,
    scope: &Scope,
    c: &Concern,
    typed: &Typed,
    problems: &Problems,
    locked: bool,
) -> Markup {
    let w = visitor.words();
    let decides = scope.grant.permits(Action::DecideConcern);
    let receives = decides || scope.grant.permits(Action::ReceiveConcern);
    let href = |act: &str| scope.href(&format!("concerns/{}/{act}", c.id));
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
    };
    let choice = |name: &str, word: &str, key: &str| Choice::new(word, w.t(key), typed.get(name) == word);
    match c.stage {
        Stage::Raised | Stage::Asked if decides => callout(
            &w.t("concern-do-decide"),
            &form(
                &href("decide"),
                &html! {
                    (hidden("step", c.step))
                    (radios(&field("ruling", "concern-ruling"), &[
                        choice("ruling", "pass-on", "concern-act-pass-on"),
                        choice("ruling", "ask-more", "concern-act-ask-more"),
                        choice("ruling", "not-a-concern", "concern-act-not-a-concern"),
                    ]))
                    (text_area(&field("reason", "concern-reason").hint(w.t("concern-reason-hint")), 4))
                    (button(&w.t("concern-decide")))
                },
            ),
        ),
        Stage::PassedOn if decides => callout(
            &w.t("concern-do-hand-over"),
            &form(
                &href("hand-over"),
                &html! {
                    (hidden("step", c.step))
                    (radios(&field("means", "concern-means").hint(w.t("concern-means-hint")),
                        &Means::ALL.iter().map(|m| choice("means", m.word(), &format!("concern-means-{}", m.word()))).collect::<Vec<_>>()))
                    (text_field(&field("receiver", "concern-receiver").hint(w.t("concern-receiver-hint")).unchecked(), "text"))
                    (date_field(&Field::new("received_on", w.t("concern-received-on")).error(problems.on("received_on")).unchecked(), &DateTyped::of("received_on", |name| typed.get(name)), w))
                    (text_field(&field("received_time", "concern-received-time").hint(w.t("concern-received-hint")).error(problems.on("received_time").or_else(|| problems.on("received_at"))).unchecked(), "time"))
                    @if locked {
                        (password_field(&Field::new("hand_over_passphrase", w.t("care-passphrase"))
                            .hint(w.t("concern-hand-over-passphrase-hint")).autocomplete("off").error(problems.on("hand_over_passphrase")).unchecked()))
                    }
                    (button(&w.t("concern-hand-over")))
                },
            ),
        ),
        Stage::HandedOver if receives => callout(
            &w.t("concern-do-acknowledge"),
            &form(
                &href("acknowledge"),
                &html! {
                    (hidden("step", c.step))
                    (text_field(&field("reference", "concern-reference").hint(w.t("concern-reference-hint")), "text"))
                    (button(&w.t("concern-acknowledge")))
                },
            ),
        ),
        Stage::Acknowledged if receives => callout(
            &w.t("concern-do-outcome"),
            &form(
                &href("close"),
                &html! {
                    (hidden("step", c.step))
                    (radios(&field("outcome", "concern-outcome"),
                        &Outcome::OF_THE_SERVICES.iter().map(|o| choice("outcome", o.word(), &format!("concern-outcome-{}", o.word()))).collect::<Vec<_>>()))
                    (text_area(&field("text", "concern-outcome-text"), 4))
                    (button(&w.t("concern-close")))
                },
            ),
        ),
        _ => html! {},
    }
}
