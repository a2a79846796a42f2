//! "You said, we did", for the team: the entries with how they stand, writing, publishing, taking back.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use keyline_domain::access::Action;
use keyline_domain::ids::SaidId;
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_domain::volunteers::said::{Act, Entry, Heard, State, after, problems, shown};
use keyline_operations::Refused;
use keyline_operations::volunteers::{ActOnSaid, WriteSaid, act_on_said, change_said, write_said};
use keyline_store::inspections;
use keyline_store::volunteers::said::{self as rows, Published, Said};
use maud::{Markup, html};

use super::expense::changed_meanwhile;
use super::you_said::preview;
use crate::components::{
    Button, Choice, DateTyped, Field, Kind, Tone, Width, button, callout, date_field, details_open,
    empty_state, form, hidden, link_button, number_field, radios, summary_list, tag, text_area, text_field,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};
use crate::judgement::{Both, nobody_field};

fn state(visitor: &Visitor, state: State) -> Markup {
    let tone = match state {
        State::Draft => Tone::Neutral,
        State::Published => Tone::Good,
        State::TakenBack => Tone::Warn,
    };
    tag(tone, &visitor.words().t(&format!("said-state-{}", state.word())))
}

/// The entries.
pub(super) async fn list(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let mut all = rows::list(&mut reader, &scope.grant).await?;
    drop(reader);
    let may = scope.grant.permits(Action::TellWhatChanged);
    // The partnership's participation lead reads what everybody reads: no drafts, and not how many said it.
    let inside = scope.grant.permits(Action::SeeVolunteers);
    all.retain(|s| inside || s.state == State::Published);
    let body = html! {
        p class="kl_lead" { (w.t(if inside { "said-text" } else { "you-said-text" })) }
        @if may { p { (link_button(&scope.href("said/new"), &w.t("said-new"))) } }
        p { a href=(format!("/you-said/{}", inspection.area)) { (w.t("said-public-page")) } }
        @if all.is_empty() { (empty_state(&w.t("said-empty"), &w.t("said-empty-text"), None)) }
        @for s in all.iter().filter(|_| !inside) { (preview(&visitor, &as_public(s, &inspection.reference))) }
        @for s in all.iter().filter(|_| inside) {
            (callout(&w.t(&format!("said-heard-{}", s.entry.heard.word())), &html! {
                p { (state(&visitor, s.state)) @if !s.reason.is_empty() { " " (s.reason) } }
                (summary_list(&[
                    (w.t("said-said"), html! { (s.entry.said) }),
                    (w.t("we-did"), html! { (s.entry.done) }),
                    (w.t("we-did-by"), html! { (s.entry.by) ", " (w.date(s.entry.done_on)) }),
                    (w.t("said-people"), html! { (s.entry.people) }),
                ]))
                @if may { p { a href=(scope.href(&format!("said/{}", s.id))) { (w.t("said-open")) span class="visually-hidden" { " " (s.entry.said) } } } }
            }))
        }
    };
    let mut layout = frame(&visitor, &scope, &inspection, Room::Volunteers, w.t("you-said-title"), body);
    layout.breadcrumbs = vec![(scope.href("volunteers"), w.t("room-volunteers"))];
    Ok(visitor.show(&layout))
}

/// The empty form.
pub(super) async fn new(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, None, &Typed::default(), &Problems::default(), None).await
}

/// Writes an entry.
pub(super) async fn write(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let done = match read(&visitor, &scope, &typed) {
        Ok(input) => write_said(visitor.cx(), visitor.actor(), input).await,
        Err(refused) => Err(refused),
    };
    match done {
        Ok(id) => Ok(Redirect::to(&scope.href(&format!("said/{id}?done=said-saved"))).into_response()),
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, None, &typed, &problems, None).await
        }
    }
}

fn read(visitor: &Visitor, scope: &Scope, typed: &Typed) -> Result<WriteSaid, Refused> {
    let heard: Option<Heard> = typed.parse("heard");
    let entry = Entry {
        // Refused below when it is missing; the rest is looked at as if it had been there, so that every fault is said at
        // once.
        heard: heard.unwrap_or(Heard::Survey),
        people: typed.parse("people").unwrap_or(0),
        said: typed.get("said").to_owned(),
        done: typed.get("did").to_owned(),
        by: typed.get("by").to_owned(),
        // A day that cannot be read is as wrong as one that is still to come, and is said at the same field.
        done_on: DateTyped::of("done_on", |n| typed.get(n)).date().unwrap_or(Date::MAX),
    };
    if heard.is_none() {
        let mut wrong = vec![FieldProblem::new("heard", Reason::new("problem-choose"))];
        wrong.extend(problems(&entry, Date::MIN, visitor.cx().today()));
        return Err(Refused::Fields(wrong));
    }
    let identifies_nobody = typed.has("identifies_nobody", "yes");
    Ok(WriteSaid { inspection: scope.grant.inspection(), entry, identifies_nobody })
}

// What was typed beside what stands now, field by field.
fn both_of(visitor: &Visitor, typed: &Typed, now: &Said, by: String) -> Both {
    let w = visitor.words();
    let stands = fill(now);
    let value = |of: &Typed, name: &str| match (name, of.get(name)) {
        ("heard", word) if Heard::ALL.iter().any(|heard| heard.word() == word) => {
            w.t(&format!("said-heard-{word}"))
        }
        ("done_on", _) => {
            DateTyped::of("done_on", |n| of.get(n)).date().map_or_else(String::new, |day| w.date(day))
        }
        (_, text) => text.to_owned(),
    };
    let fields = [
        ("heard", "said-heard"),
        ("people", "said-people"),
        ("said", "said-said"),
        ("did", "we-did"),
        ("by", "we-did-by"),
        ("done_on", "we-did-on"),
    ]
    .map(|(name, label)| (w.t(label), value(typed, name), value(&stands, name)));
    Both::of_fields(&fields, by, now.version)
}

fn fill(s: &Said) -> Typed {
    let day = DateTyped::from(s.entry.done_on);
    Typed::of([
        ("version", s.version.to_string()),
        ("heard", s.entry.heard.word().to_owned()),
        ("people", s.entry.people.to_string()),
        ("said", s.entry.said.clone()),
        ("did", s.entry.done.clone()),
        ("by", s.entry.by.clone()),
        ("done_on-day", day.day),
        ("done_on-month", day.month),
        ("done_on-year", day.year),
    ])
}

async fn find(visitor: &Visitor, scope: &Scope, id: &str) -> Result<Said, PageError> {
    let id: SaidId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let found = rows::find(&mut visitor.cx().read().await?, &scope.grant, id).await?;
    found.ok_or(PageError::NOT_FOUND)
}

/// One entry: as everybody sees it, what can be done with it, and the form as long as it is a draft.
pub(super) async fn edit(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): Path<(String, String)>,
) -> PageResult {
    let s = find(&visitor, &scope, &id).await?;
    render(&visitor, &scope, Some(&s), &fill(&s), &Problems::default(), None).await
}

/// Saves, publishes, takes back, or opens it again.
pub(super) async fn post(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let s = find(&visitor, &scope, &id).await?;
    let (cx, actor, version) = (visitor.cx(), visitor.actor(), typed.parse("version").unwrap_or(0));
    let saving = typed.get("act") == "save";
    let done = if saving {
        match read(&visitor, &scope, &typed) {
            Ok(input) => change_said(cx, actor, s.id, version, input).await,
            Err(refused) => Err(refused),
        }
    } else {
        let input = ActOnSaid {
            inspection: scope.grant.inspection(),
            said: s.id,
            version,
            act: typed.parse("act"),
            reason: typed.get("reason").to_owned(),
        };
        act_on_said(cx, actor, input).await
    };
    let shown = if saving { typed.clone() } else { with_reason(&fill(&s), typed.get("reason")) };
    match done {
        Ok(()) => {
            let word = if saving { "said-saved" } else { "said-moved" };
            Ok(Redirect::to(&scope.href(&format!("said/{}?done={word}", s.id))).into_response())
        }
        Err(Refused::Stale { by, .. }) if saving => {
            // As it stands now, the whole of it.
            let now = find(&visitor, &scope, &id).await?;
            let both = both_of(&visitor, &shown, &now, by);
            render(&visitor, &scope, Some(&now), &shown, &Problems::default(), Some(&both)).await
        }
        Err(Refused::Stale { by, .. }) => {
            let now = find(&visitor, &scope, &id).await?;
            let shown = with_reason(&fill(&now), typed.get("reason"));
            let problems = Problems::text("main-content", changed_meanwhile(&visitor, &by));
            let mut page = render(&visitor, &scope, Some(&now), &shown, &problems, None).await?;
            *page.status_mut() = axum::http::StatusCode::CONFLICT;
            Ok(page)
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, Some(&s), &shown, &problems, None).await
        }
    }
}

// An entry as it stands, with the reason that was typed for taking it back.
fn with_reason(filled: &Typed, reason: &str) -> Typed {
    Typed::of(filled.pairs().chain([("reason", reason)]))
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    entry: Option<&Said>,
    typed: &Typed,
    problems: &Problems,
    both: Option<&Both>,
) -> PageResult {
    let w = visitor.words();
    let inspection = inspections::get(&mut visitor.cx().read().await?, &scope.grant).await?;
    let action = entry.map_or_else(|| scope.href("said/new"), |s| scope.href(&format!("said/{}", s.id)));
    let version = both.map_or_else(|| typed.get("version").to_owned(), |b| b.version.to_string());
    let field = |name: &'static str, key: &str| {
        Field::new(name, w.t(key)).value(typed.get(name)).error(problems.on(name))
    };
    let heard: Vec<Choice> = Heard::ALL
        .iter()
        .map(|h| {
            Choice::new(h.word(), w.t(&format!("said-heard-{}", h.word())), typed.get("heard") == h.word())
        })
        .collect();
    let body = html! {
        @if let Some(both) = both { (both.show(visitor)) }
        @if let Some(s) = entry {
            p { (state(visitor, s.state)) @if !s.reason.is_empty() { " " (s.reason) } }
            (preview(visitor, &as_public(s, &inspection.reference)))
            @if shown(s.entry.heard, s.entry.people).is_none() { p { (w.t("said-few")) } }
            (acts(visitor, s, &action, (typed, &version), problems))
        }
        @if entry.is_none_or(|s| s.state == State::Draft) {
            (callout(&w.t(if entry.is_some() { "said-change" } else { "said-new" }), &form(&action, &html! {
                (hidden("version", &version))
                (hidden("act", "save"))
                (radios(&field("heard", "said-heard"), &heard))
                (number_field(&field("people", "said-people").hint(w.t("said-people-hint"))))
                (text_area(&field("said", "said-said").hint(w.t("said-said-hint")), 3))
                (text_area(&field("did", "we-did").hint(w.t("we-did-hint")), 3))
                (text_field(&field("by", "we-did-by").hint(w.t("we-did-by-hint")), "text"))
                (date_field(&field("done_on", "we-did-on"), &DateTyped::of("done_on", |n| typed.get(n)), w))
                (nobody_field(visitor, typed, problems))
                (button(&w.t("said-save")))
            })))
        }
    };
    let title = w.t(if entry.is_some() { "said-one" } else { "said-new" });
    let mut layout = frame(visitor, scope, &inspection, Room::Volunteers, title, body);
    layout.breadcrumbs =
        vec![(scope.href("volunteers"), w.t("room-volunteers")), (scope.href("said"), w.t("you-said-title"))];
    layout.problems = problems.summary();
    layout.width = Width::Text;
    let status = if both.is_some() { axum::http::StatusCode::CONFLICT } else { problems.status() };
    Ok(visitor.show_as(status, &layout))
}

fn as_public(s: &Said, reference: &str) -> Published {
    Published {
        reference: reference.to_owned(),
        notified_on: None,
        heard: shown(s.entry.heard, s.entry.people),
        said: s.entry.said.clone(),
        done: s.entry.done.clone(),
        by: s.entry.by.clone(),
        done_on: s.entry.done_on,
    }
}

fn acts(
    visitor: &Visitor,
    s: &Said,
    action: &str,
    (typed, version): (&Typed, &str),
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    let can = |act: Act| after(s.state, act).is_ok();
    let send = |act: Act, inner: &Markup| {
        form(action, &html! { (hidden("version", version)) (hidden("act", act.word())) (inner) })
    };
    html! {
        @if can(Act::Publish) { (send(Act::Publish, &button(&w.t("said-act-publish")))) }
        @if can(Act::TakeBack) {
            (details_open(problems.on("reason").is_some(), &w.t("said-act-take-back"), &send(Act::TakeBack, &html! {
                (text_field(&Field::new("reason", w.t("said-reason")).hint(w.t("said-reason-hint")).value(typed.get("reason")).error(problems.on("reason")), "text"))
                (Button::new(&w.t("said-act-take-back")).kind(Kind::Warning))
            })))
        }
        @if can(Act::Rework) { (send(Act::Rework, &html! { (Button::new(&w.t("said-act-rework")).kind(Kind::Secondary)) })) }
    }
}
