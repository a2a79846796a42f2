//! What an inspection shows of its volunteers: who takes part, sessions that are planned with them.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::ids::VolunteerId;
use keyline_operations::Refused;
use keyline_operations::volunteers::{
    Beside, CancelSession, PlanSession, Stands, beside, cancel_session, place_volunteer, plan_session,
};
use keyline_store::inspections;
use keyline_store::volunteers::sessions::{self, Planned};
use maud::{Markup, html};

use super::mine::time_words;
use crate::components::{
    Choice, DateTyped, Field, Tone, button, button_secondary, callout, checkboxes, date_field, details_open,
    empty_state, form, hidden, link_button_secondary, select, table_under_heading, tag, text_field,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, &Typed::default(), &Problems::default()).await
}

/// Brings a volunteer in, plans a session, or cancels one.
pub(super) async fn post(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let (cx, actor, inspection) = (visitor.cx(), visitor.actor(), scope.grant.inspection());
    let done = match typed.get("act") {
        "place" => place_volunteer(cx, actor, inspection, typed.parse("volunteer_in"))
            .await
            .map_err(|r| at_field(r, "volunteer", "volunteer_in"))
            .map(|()| "volunteer-placed"),
        "plan" => {
            let leading: Vec<VolunteerId> = typed.all("leads").filter_map(|v| v.parse().ok()).collect();
            let mut volunteers: Vec<(VolunteerId, bool)> = leading.iter().map(|v| (*v, true)).collect();
            for id in typed.all("volunteer").filter_map(|v| v.parse().ok()) {
                if !leading.contains(&id) {
                    volunteers.push((id, false));
                }
            }
            let input = PlanSession {
                inspection,
                kind: typed.get("kind").to_owned(),
                day: DateTyped::of("day", |n| typed.get(n)).date(),
                starts: typed.get("starts").to_owned(),
                place: typed.get("place").to_owned(),
                volunteers,
            };
            plan_session(cx, actor, input).await.map(|_| "session-planned")
        }
        "cancel" => match typed.parse("planned") {
            Some(planned) => {
                let reason = typed.get("cancel_reason").to_owned();
                let input = CancelSession { inspection, planned, reason };
                cancel_session(cx, actor, input).await.map(|()| "session-cancelled")
            }
            None => Err(Refused::field("planned", "problem-choose")),
        },
        _ => return Err(PageError::bad_request("form-unreadable")),
    };
    match done {
        Ok(word) => Ok(Redirect::to(&scope.href(&format!("volunteers?done={word}"))).into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &typed, &problems).await
        }
    }
}

// The page has two fields for volunteers, in two forms.
fn at_field(refused: Refused, from: &str, to: &str) -> Refused {
    match refused {
        Refused::Fields(mut problems) => {
            for problem in problems.iter_mut().filter(|p| p.field == from) {
                to.clone_into(&mut problem.field);
            }
            Refused::Fields(problems)
        }
        other => other,
    }
}

async fn render(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    if !scope.grant.permits(Action::SeeVolunteers) {
        return from_outside(visitor, scope).await;
    }
    let w = visitor.words();
    let cx = visitor.cx();
    let mut reader = cx.read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let taking = sessions::taking_part(&mut reader, Some(inspection.id)).await?;
    let planned = sessions::list(&mut reader, &scope.grant).await?;
    drop(reader);
    let programme = cx.programme(&inspection)?;
    let may = scope.grant.permits(Action::PlaceVolunteers);
    let all = if may { beside(cx, visitor.actor(), inspection.id).await? } else { Vec::new() };
    let rows: Vec<Vec<Markup>> = taking
        .iter()
        .map(|t| {
            let time = all.iter().find(|b| b.volunteer == t.volunteer);
            vec![
                html! { (t.name) @if let Some(b) = time { (stands(visitor, b.stands)) } },
                html! { (t.sessions) },
                html! { (t.written_up) },
                html! { @if let Some(b) = time { (time_words(visitor, &b.availability, "volunteer-time-unsaid")) } },
            ]
        })
        .collect();
    let header =
        ["volunteer-who", "taking-part-sessions", "taking-part-written", "volunteer-time"].map(|k| w.t(k));
    let kind = |key: &str| programme.session_kind(key).map_or(key.to_owned(), |k| k.title.clone());
    let mut kinds = vec![Choice::new("", w.t("choose-one"), typed.get("kind").is_empty())];
    kinds.extend(
        programme
            .session_kinds
            .iter()
            .filter(|k| k.volunteers)
            .map(|k| Choice::new(k.key.clone(), k.title.clone(), typed.get("kind") == k.key)),
    );
    let title = w.t("room-volunteers");
    let body = html! {
        p class="kl_lead" { (w.t("inspection-volunteers-text")) }
        p { (link_button_secondary(&scope.href("said"), &w.t("you-said-title"))) " "
            @if scope.grant.permits(Action::SeeChildrensVersion) { (link_button_secondary(&scope.href("childrens-version"), &w.t("room-childrens-version"))) } }
        h2 { (w.t("taking-part-here")) }
        @if rows.is_empty() { (empty_state(&w.t("taking-part-empty"), &w.t("taking-part-here-none"), None)) }
        @else { (table_under_heading(&w.t("taking-part-here"), &header.each_ref().map(String::as_str), &rows)) }
        @if may { (place_form(visitor, scope, &all, problems)) }
        h2 { (w.t("planned-title")) }
        @if planned.is_empty() { p { (w.t("planned-none")) } }
        @for p in &planned { (one(visitor, p, &kind(&p.kind), &all)) }
        @if may {
            @if !all.iter().any(|b| b.placed && b.stands == Stands::Ready) { p { (w.t("planned-nobody-here")) } }
            @else { (plan_form(visitor, scope, &all, &kinds, typed, problems)) }
            (cancel_form(visitor, scope, &planned, &kind, typed, problems))
        }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Volunteers, title, body);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

/// Somebody who cannot be planned with now; nothing for who can.
fn stands(visitor: &Visitor, stands: Stands) -> Markup {
    let key = match stands {
        Stands::Ready => return html! {},
        Stands::Pauses => "planned-pauses",
        Stands::MayNot => "planned-may-not",
    };
    html! { " " (tag(Tone::Warn, &visitor.words().t(key))) }
}

/// The page for the partnership's participation lead: how many take part and in what, and nobody's name, place or time.
async fn from_outside(visitor: &Visitor, scope: &Scope) -> PageResult {
    let w = visitor.words();
    let cx = visitor.cx();
    let mut reader = cx.read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let taking = sessions::taking_part(&mut reader, Some(inspection.id)).await?;
    let planned = sessions::list(&mut reader, &scope.grant).await?;
    drop(reader);
    let programme = cx.programme(&inspection)?;
    let kind = |key: &str| programme.session_kind(key).map_or(key.to_owned(), |k| k.title.clone());
    let rows: Vec<Vec<Markup>> = (1..)
        .zip(&taking)
        .map(|(n, t): (i64, _)| {
            vec![
                html! { (w.with("volunteer-number", &[("number", &n)])) },
                html! { (t.sessions) },
                html! { (t.written_up) },
            ]
        })
        .collect();
    let header = ["volunteer-who", "taking-part-sessions", "taking-part-written"].map(|k| w.t(k));
    let body = html! {
        p class="kl_lead" { (w.t("inspection-volunteers-outside")) }
        p { (link_button_secondary(&scope.href("said"), &w.t("you-said-title"))) }
        h2 { (w.t("taking-part-here")) }
        @if rows.is_empty() { p { (w.t("taking-part-empty")) } }
        @else { (table_under_heading(&w.t("taking-part-here"), &header.each_ref().map(String::as_str), &rows)) }
        h2 { (w.t("planned-title")) }
        @if planned.is_empty() { p { (w.t("planned-none")) } }
        ul { @for p in &planned {
            li {
                (w.date(p.day)) ": " (kind(&p.kind)) ", " (w.with("planned-count", &[("count", &p.volunteers.len())]))
                @if p.cancelled.is_some() { " " (tag(Tone::Warn, &w.t("planned-cancelled"))) }
            }
        } }
    };
    Ok(visitor.show(&frame(visitor, scope, &inspection, Room::Volunteers, w.t("room-volunteers"), body)))
}

fn one(visitor: &Visitor, p: &Planned, kind: &str, all: &[Beside]) -> Markup {
    let w = visitor.words();
    // The hour is the first two digits: the verb has read and written it.
    let hour: i8 = p.starts.split(':').next().and_then(|h| h.parse().ok()).unwrap_or(0);
    callout(
        &format!("{}, {}: {kind}", w.date(p.day), p.starts),
        &html! {
            @if let Some(reason) = &p.cancelled { p { (tag(Tone::Warn, &w.t("planned-cancelled"))) " " (reason) } }
            p { (p.place) }
            ul { @for part in &p.volunteers {
                @let away = all.iter().any(|b| b.volunteer == part.volunteer && !b.availability.fits(p.day, hour));
                li {
                    (part.name)
                    @if part.leads { " " (tag(Tone::Active, &w.t("planned-leads"))) }
                    @if let Some(b) = all.iter().find(|b| b.volunteer == part.volunteer) { (stands(visitor, b.stands)) }
                    @if part.note.is_some() { " " (tag(Tone::Good, &w.t("my-written"))) }
                    @else if away && p.cancelled.is_none() { " " (tag(Tone::Warn, &w.t("planned-no-time"))) }
                }
            } }
        },
    )
}

fn place_form(visitor: &Visitor, scope: &Scope, all: &[Beside], problems: &Problems) -> Markup {
    let w = visitor.words();
    let mut choices = vec![Choice::new("", w.t("choose-one"), true)];
    choices.extend(
        all.iter()
            .filter(|b| !b.placed && b.stands == Stands::Ready)
            .map(|b| Choice::new(b.volunteer.to_string(), b.name.clone(), false)),
    );
    html! {
        @if choices.len() > 1 {
            (form(&scope.href("volunteers"), &html! {
                (hidden("act", "place"))
                (select(&Field::new("volunteer_in", w.t("placing-who")).hint(w.t("placing-hint")).error(problems.on("volunteer_in")), &choices))
                (button_secondary(&w.t("placing-save")))
            }))
        } @else { p { (w.t("placing-none")) } }
    }
}

fn plan_form(
    visitor: &Visitor,
    scope: &Scope,
    all: &[Beside],
    kinds: &[Choice],
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
    };
    let people = |name: &str| -> Vec<Choice> {
        all.iter()
            .filter(|b| b.placed && b.stands == Stands::Ready)
            .map(|b| {
                let id = b.volunteer.to_string();
                let chosen = typed.has(name, &id);
                Choice::new(id, b.name.clone(), chosen)
            })
            .collect()
    };
    callout(
        &w.t("planned-new"),
        &form(
            &scope.href("volunteers"),
            &html! {
                (hidden("act", "plan"))
                (select(&field("kind", "session-kind"), kinds))
                (date_field(&field("day", "planned-day"), &DateTyped::of("day", |n| typed.get(n)), w))
                (text_field(&field("starts", "planned-starts").hint(w.t("planned-starts-hint")), "text"))
                (text_field(&field("place", "planned-place").hint(w.t("planned-place-hint")), "text"))
                (checkboxes(&field("volunteer", "planned-with").unchecked(), &people("volunteer")))
                (checkboxes(&field("leads", "planned-who-leads").hint(w.t("planned-who-leads-hint")).unchecked(), &people("leads")))
                (button(&w.t("planned-save")))
            },
        ),
    )
}

fn cancel_form(
    visitor: &Visitor,
    scope: &Scope,
    planned: &[Planned],
    kind: &dyn Fn(&str) -> String,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    let open: Vec<Choice> = planned
        .iter()
        .filter(|p| p.cancelled.is_none() && p.day >= visitor.cx().today())
        .map(|p| {
            let id = p.id.to_string();
            let chosen = typed.get("planned") == id;
            Choice::new(id, format!("{}, {}: {}", w.date(p.day), p.starts, kind(&p.kind)), chosen)
        })
        .collect();
    html! {
        @if !open.is_empty() {
            (details_open(["planned", "cancel_reason"].iter().any(|f| problems.on(f).is_some()), &w.t("planned-cancel"), &form(&scope.href("volunteers"), &html! {
                (hidden("act", "cancel"))
                (select(&Field::new("planned", w.t("planned-which")).error(problems.on("planned")), &open))
                (text_field(&Field::new("cancel_reason", w.t("planned-cancel-why")).value(typed.get("cancel_reason")).error(problems.on("cancel_reason")), "text"))
                (button_secondary(&w.t("planned-cancel")))
            })))
        }
    }
}
