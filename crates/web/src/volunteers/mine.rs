//! The volunteers' own pages, written for them: what comes next, training, time, people, leaving.

use axum::response::{IntoResponse, Redirect};
use keyline_domain::volunteers::money::{Pence, State};
use keyline_domain::volunteers::ready::{Availability, DAYS, Part, Topic};
use keyline_domain::volunteers::stage::Stage;
use keyline_operations::concerns::concerns_waiting;
use keyline_operations::volunteers::{self, Own, OwnSession, leave, set_availability};
use maud::{Markup, html};

use crate::components::{
    Choice, Field, Layout, Tone, Width, button, button_warning, callout, card, cards, checkboxes, details,
    empty_state, form, inset, link_button, link_button_secondary, summary_list, tag,
};
use crate::frame::{PageResult, Problems, Typed, Visitor};
use crate::inspections::name as inspection_name;
use crate::inspections::rooms::dated_name;

/// When somebody has time, in words. `silent` is the key of the sentence for who has said nothing: it is told to them
/// otherwise than to others.
pub(super) fn time_words(visitor: &Visitor, availability: &Availability, silent: &str) -> String {
    let w = visitor.words();
    if availability.is_empty() {
        return w.t(silent);
    }
    let slots: Vec<String> = DAYS
        .iter()
        .filter_map(|(_, day)| {
            let parts: Vec<String> = Part::ALL
                .iter()
                .filter(|part| availability.has(&format!("{day}-{}", part.word())))
                .map(|part| w.t(&format!("my-part-{}", part.word())))
                .collect();
            (!parts.is_empty()).then(|| format!("{}: {}", w.t(&format!("weekday-{day}")), parts.join(", ")))
        })
        .collect();
    slots.join("; ")
}

/// A page of a volunteer.
pub(super) fn layout(visitor: &Visitor, title: String, body: Markup, below: bool) -> Layout<'_> {
    let w = visitor.words();
    let mut layout = visitor.layout(title, body);
    layout.width = Width::Text;
    // Whoever is only a volunteer begins here: the start page leads to it.
    layout.breadcrumbs = if below { vec![("/my".to_owned(), w.t("my-title"))] } else { Vec::new() };
    layout
}

/// What a session is called.
pub(super) fn kind_title(visitor: &Visitor, session: &OwnSession) -> String {
    let kind = &session.planned.kind;
    let programme = visitor.cx().programme(&session.mine.inspection);
    let found = programme.ok().and_then(|p| p.session_kind(kind));
    found.map_or_else(|| kind.clone(), |k| k.title.clone())
}

/// The first page.
pub(super) async fn get(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let own = volunteers::own(visitor.cx(), visitor.actor()).await?;
    let today = visitor.cx().today();
    let asked = match own.volunteer.person {
        Some(person) => concerns_waiting(visitor.cx(), person).await?.iter().any(|waiting| waiting.own),
        None => false,
    };
    let (ahead, been): (Vec<_>, Vec<_>) = own.sessions.iter().partition(|s| s.planned.day >= today);
    let open: Vec<_> = own
        .sessions
        .iter()
        .filter(|s| s.planned.day <= today && s.note.is_none() && s.planned.cancelled.is_none())
        .collect();
    let body = html! {
        p class="kl_lead" { (w.t("my-text")) }
        @if own.volunteer.stage == Stage::Paused { (inset(&html! { p { strong { (w.t("my-pausing")) } " " (w.t("my-pausing-text")) } })) }
        @if asked { (inset(&html! { p { a href="/concern/own" { (w.t("my-concern-asked")) } } })) }
        @if !open.is_empty() {
            (inset(&html! {
                p { (w.with("my-to-write", &[("count", &open.len())])) }
                ul { @for s in &open { li { a href=(write_href(s)) { (kind_title(&visitor, s)) ", " (w.date(s.planned.day)) } } } }
            }))
        }
        @for e in own.expenses.iter().filter(|e| e.state == State::SentBack) {
            (inset(&html! { p {
                a href=(format!("/my/money/{}", e.id)) {
                    (w.with("my-expense-back", &[("what", &w.t(&format!("expense-what-{}", e.claim.what.word()))), ("amount", &Pence(e.claim.pence))]))
                }
            } }))
        }
        h2 { (w.t("my-next")) }
        @if ahead.is_empty() { (empty_state(&w.t("my-next-none"), &w.t("my-next-none-text"), None)) }
        @for s in &ahead { (session(&visitor, s)) }
        @if !been.is_empty() { (details(&w.t("my-been"), &html! { @for s in &been { (session(&visitor, s)) } })) }
        (inspections(&visitor, &own))
        (cards(&html! {
            (card("/my/time", &w.t("my-time"), &html! { p { (time_words(&visitor, &own.volunteer.availability, "my-time-none")) } }))
            (card("/my/money", &w.t("my-money"), &html! { p { (w.t("my-money-door")) } }))
        }))
        h2 { (w.t("my-training")) }
        ul class="kl_plain" { @for topic in Topic::ALL {
            @let done = own.training.iter().find(|(t, _)| t == topic);
            li {
                @match done {
                    Some((_, day)) => { (tag(Tone::Good, &w.t("my-training-done"))) " " (w.t(&format!("topic-{}", topic.word()))) ", " (w.date(*day)) }
                    None => { (tag(Tone::Neutral, &w.t("my-training-open"))) " " (w.t(&format!("topic-{}", topic.word()))) }
                }
            }
        } }
        h2 { (w.t("my-people")) }
        (summary_list(&[
            (w.t("volunteer-supporter"), html! { (own.supporter.clone().unwrap_or_else(|| w.t("volunteer-nobody-yet"))) }),
            (w.t("volunteer-buddy"), html! { (own.buddy.clone().unwrap_or_else(|| w.t("volunteer-nobody-yet"))) }),
        ]))
        p { (w.t("my-worried")) }
        p { a href="/my/leave" { (w.t("my-leave")) } }
    };
    Ok(visitor.show(&layout(&visitor, w.t("my-title"), body, false)))
}

/// Where a session is written up; before the inspection has opened to them, where they say whether they know anybody there.
fn write_href(s: &OwnSession) -> String {
    if s.mine.standing.declared {
        format!("/my/sessions/{}", s.planned.id)
    } else {
        format!("/inspections/{}/interest", s.mine.inspection.reference)
    }
}

fn session(visitor: &Visitor, s: &OwnSession) -> Markup {
    let w = visitor.words();
    let title = kind_title(visitor, s);
    // Whom they would meet, where and when, is told once they have said whether they know anybody there.
    if !s.mine.standing.declared {
        return callout(
            &w.date(s.planned.day),
            &html! {
                p { (title) @if s.planned.cancelled.is_some() { " " (tag(Tone::Warn, &w.t("planned-cancelled"))) } }
                (summary_list(&[(w.t("my-area"), html! { (inspection_name(visitor, &s.mine.inspection)) })]))
                p { (w.t("my-declare-first")) }
                p { (link_button(&write_href(s), &w.t("my-declare"))) }
            },
        );
    }
    let others: Vec<&str> = s
        .planned
        .volunteers
        .iter()
        .map(|p| p.name.as_str())
        .filter(|n| visitor.signed_in().is_none_or(|me| me.person.name != *n))
        .collect();
    callout(
        &format!("{}, {}", w.date(s.planned.day), s.planned.starts),
        &html! {
            p { (title) @if s.leads { " " (tag(Tone::Active, &w.t("my-you-lead"))) } }
            @if let Some(reason) = &s.planned.cancelled {
                p { (tag(Tone::Warn, &w.t("planned-cancelled"))) " " (reason) }
            }
            (summary_list(&[
                (w.t("planned-place"), html! { (s.planned.place) }),
                (w.t("my-area"), html! { (inspection_name(visitor, &s.mine.inspection)) }),
                (w.t("my-with"), html! { @if others.is_empty() { (w.t("my-with-nobody")) } @else { (others.join(", ")) } }),
            ]))
            @if let Some(note) = s.note {
                p { (tag(Tone::Good, &w.t("my-written"))) " " a href=(format!("/inspections/{}/voices/sessions/{note}", s.mine.inspection.reference)) { (w.t("my-written-change")) } }
            } @else if s.planned.cancelled.is_none() && s.planned.day <= visitor.cx().today() {
                p { (link_button(&write_href(s), &w.t("my-write"))) }
            }
        },
    )
}

fn inspections(visitor: &Visitor, own: &Own) -> Markup {
    let w = visitor.words();
    html! {
        h2 { (w.t("my-inspections")) }
        @if own.inspections.is_empty() { p { (w.t("my-inspections-none")) } }
        ul class="kl_recovery" { @for m in &own.inspections {
            @let reference = &m.inspection.reference;
            li {
                @if m.standing.declared { a href=(format!("/inspections/{reference}")) { (dated_name(visitor, &m.inspection)) } }
                @else { (dated_name(visitor, &m.inspection)) }
                @if m.standing.declared {
                    @if let Some(draft) = own.drafts.iter().find(|d| d.inspection == m.inspection.id) {
                        p {
                            a href=(format!("/inspections/{reference}/childrens-version")) {
                                (w.t("my-drafts")) span class="visually-hidden" { ": " (dated_name(visitor, &m.inspection)) }
                            }
                            @if draft.commented.is_none_or(|number| number < draft.newest) { " " (tag(Tone::Active, &w.t("my-draft-new"))) }
                        }
                    }
                } @else { p { a href=(format!("/inspections/{reference}/interest")) { (w.t("my-declare")) } } }
            }
        } }
    }
}

/// When they have time.
pub(super) async fn time(visitor: Visitor) -> PageResult {
    let w = visitor.words();
    let own = volunteers::own(visitor.cx(), visitor.actor()).await?;
    let body = html! {
        p class="kl_lead" { (w.t("my-time-text")) }
        (form("/my/time", &html! {
            @for (_, day) in DAYS {
                @let choices: Vec<Choice> = Part::ALL.iter().map(|part| {
                    let word = format!("{day}-{}", part.word());
                    let has = own.volunteer.availability.has(&word);
                    Choice::new(word, w.t(&format!("my-part-{}", part.word())), has)
                }).collect();
                (checkboxes(&Field::new(&format!("time-{day}"), w.t(&format!("weekday-{day}"))).unchecked(), &choices))
            }
            (button(&w.t("my-time-save")))
        }))
        p { (link_button_secondary("/my", &w.t("my-title"))) }
    };
    Ok(visitor.show(&layout(&visitor, w.t("my-time"), body, true)))
}

/// Saves when they have time.
pub(super) async fn save_time(visitor: Visitor, typed: Typed) -> PageResult {
    let chosen = typed.pairs().filter(|(name, _)| name.starts_with("time-")).map(|(_, word)| word);
    set_availability(visitor.cx(), visitor.actor(), Availability::of(chosen)).await?;
    Ok(Redirect::to("/my?done=my-time").into_response())
}

/// What leaving means, and the confirmation.
pub(super) async fn leaving(visitor: Visitor) -> PageResult {
    leave_page(&visitor, &Problems::default()).await
}

async fn leave_page(visitor: &Visitor, problems: &Problems) -> PageResult {
    let w = visitor.words();
    volunteers::own(visitor.cx(), visitor.actor()).await?;
    let sure = Choice::new("yes", w.t("my-leave-sure"), false);
    let body = html! {
        p class="kl_lead" { (w.t("my-leave-text")) }
        ul { @for n in 1..=4 { li { (w.t(&format!("my-leave-{n}"))) } } }
        p { (w.t("my-leave-pause")) }
        (form("/my/leave", &html! {
            (checkboxes(&Field::new("sure", w.t("my-leave-confirm")).unchecked().error(problems.on("sure")), &[sure]))
            (button_warning(&w.t("my-leave")))
        }))
        p { (link_button_secondary("/my", &w.t("my-leave-stay"))) }
    };
    let mut layout = layout(visitor, w.t("my-leave"), body, true);
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

/// Leaves.
pub(super) async fn left(visitor: Visitor, typed: Typed) -> PageResult {
    match leave(visitor.cx(), visitor.actor(), typed.has("sure", "yes")).await {
        Ok(()) => Ok(Redirect::to("/?done=my-left").into_response()),
        Err(refused) => leave_page(&visitor, &Problems::from_refusal(&visitor, refused)?).await,
    }
}
