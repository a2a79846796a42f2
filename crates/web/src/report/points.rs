//! Points of factual accuracy: listed, raised about a place of the draft, answered one by one.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::clock::in_london;
use keyline_domain::ids::PointId;
use keyline_domain::inspections::way::ReportState;
use keyline_domain::judgement::places::{Place, SectionSentences, sections};
use keyline_operations::Refused;
use keyline_operations::report::{
    AnswerPoint, CloseAccuracy, RaisePoint, answer_point, close_accuracy, raise_point,
};
use keyline_store::report::accuracy::{self, Outcome, Point};
use keyline_store::report::editions::{self, EditionKind};
use keyline_store::{inspections, report};
use maud::{Markup, html};
use serde::Deserialize;

use crate::components::{
    Choice, Field, Tone, Width, button, button_secondary, compare, empty_state, form, form_get, hidden,
    link_button, radios, select, summary_list, tag, text_area, warning,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};
use crate::judgement::nobody_field;

/// The points with their answers.
pub(super) async fn list(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let report = report::get(&mut reader, &scope.grant).await?;
    let draft = editions::latest(&mut reader, &scope.grant, EditionKind::Draft).await?;
    let places = sections(&draft.ok_or(PageError::NOT_FOUND)?.document);
    let points = accuracy::list(&mut reader, &scope.grant).await?;
    let with_partnership = report.state == ReportState::WithPartnership;
    let may_raise =
        with_partnership && report.accuracy_closed_at.is_none() && scope.grant.permits(Action::RaisePoint);
    let may_answer = with_partnership && scope.grant.permits(Action::AnswerPoint);
    let body = html! {
        p class="kl_lead" { (w.t("report-points-about")) }
        @if let Some(at) = report.accuracy_closed_at {
            p { (w.with("report-points-closed", &[("at", &w.date_time(&in_london(at)))])) }
        }
        @if points.is_empty() { (empty_state(&w.t("report-points-empty-title"), &w.t("report-points-empty"), None)) }
        @for point in &points { (shown(&visitor, &scope, point, &places, may_answer)) }
        @if may_raise {
            p { (link_button(&scope.href("report/points/new"), &w.t("report-points-raise"))) }
            p { (w.t("report-points-close-explained")) }
            (form(&scope.href("report/points/close"), &button_secondary(&w.t("report-points-close"))))
        }
    };
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let mut layout = frame(&visitor, &scope, &inspection, Room::Report, w.t("report-points"), body);
    layout.breadcrumbs = vec![(scope.href("report"), w.t("room-report"))];
    Ok(visitor.show(&layout))
}

fn place_of(point: &Point, places: &[SectionSentences]) -> Markup {
    let found = point.place.parse::<Place>().ok().and_then(|place| {
        place.find(places).map(|(title, sentence)| (title.to_owned(), sentence.map(str::to_owned)))
    });
    match found {
        Some((title, Some(sentence))) => html! { (title) ": " q { (sentence) } },
        Some((title, None)) => html! { (title) },
        None => html! { (point.place) },
    }
}

fn shown(
    visitor: &Visitor,
    scope: &Scope,
    point: &Point,
    places: &[SectionSentences],
    may_answer: bool,
) -> Markup {
    let w = visitor.words();
    let (tone, state) = match point.outcome {
        None => (Tone::Warn, w.t("report-point-open")),
        Some(outcome) => (Tone::Good, w.t(&format!("report-outcome-{}", outcome.word()))),
    };
    let mut rows = vec![
        (w.t("report-point-place"), place_of(point, places)),
        (w.t("report-point-wrong"), html! { span class="kl_pre" { (point.body) } }),
        (w.t("report-point-proposal"), html! { span class="kl_pre" { (point.proposal) } }),
    ];
    if point.outcome.is_some() {
        rows.push((w.t("report-point-answer"), html! { span class="kl_pre" { (point.answer) } }));
        if !point.change_made.is_empty() {
            rows.push((w.t("report-point-change"), html! { span class="kl_pre" { (point.change_made) } }));
        }
    }
    let at = w.date_time(&in_london(point.raised_at));
    let go = if point.outcome.is_none() { "report-point-answer-go" } else { "report-point-change-answer" };
    html! {
        section {
            h2 id={ "point-" (point.number) } { (w.with("report-point", &[("number", &point.number)])) " " (tag(tone, &state)) }
            p { (w.with("report-point-raised", &[("name", &point.raised_by), ("at", &at)])) }
            (summary_list(&rows))
            @if may_answer { p { a href=(scope.href(&format!("report/points/{}", point.id))) {
                (w.t(go)) span class="visually-hidden" { " " (point.number) }
            } } }
        }
    }
}

/// Which section the point is about; without one it is asked first.
#[derive(Debug, Deserialize)]
pub(super) struct InSection {
    #[serde(default)]
    section: String,
}

/// Asks for the section, then for the sentence and what is wrong with it.
pub(super) async fn raise_form(visitor: Visitor, scope: Scope, Query(at): Query<InSection>) -> PageResult {
    let typed = Typed::of([("section", at.section)]);
    render_raise(&visitor, &scope, &typed, &Problems::default()).await
}

/// Raises a point.
pub(super) async fn raise(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let input = RaisePoint {
        inspection: scope.grant.inspection(),
        place: typed.get("place").to_owned(),
        body: typed.get("body").to_owned(),
        proposal: typed.get("proposal").to_owned(),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match raise_point(visitor.cx(), visitor.actor(), input).await {
        Ok(_) => Ok(Redirect::to(&scope.href("report/points?done=point-raised")).into_response()),
        Err(refused) => {
            render_raise(&visitor, &scope, &typed, &Problems::from_refusal(&visitor, refused)?).await
        }
    }
}

async fn render_raise(visitor: &Visitor, scope: &Scope, typed: &Typed, problems: &Problems) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let draft = editions::latest(&mut reader, &scope.grant, EditionKind::Draft).await?;
    let places = sections(&draft.ok_or(PageError::NOT_FOUND)?.document);
    let action = scope.href("report/points/new");
    let body = match places.iter().find(|s| s.anchor == typed.get("section")) {
        None => form_get(
            &action,
            &html! {
                (select(&Field::new("section", w.t("report-points-place")), &places.iter()
                    .map(|s| Choice::new(&s.anchor, &s.title, false)).collect::<Vec<_>>()))
                (button(&w.t("report-points-next")))
            },
        ),
        Some(section) => {
            let whole = Place { section: section.anchor.clone(), sentence: None }.to_string();
            let mut choices =
                vec![Choice::new(&whole, w.t("report-points-whole"), typed.has("place", &whole))];
            for (n, sentence) in section.sentences.iter().enumerate() {
                let place = Place { section: section.anchor.clone(), sentence: Some(n + 1) }.to_string();
                let chosen = typed.has("place", &place);
                choices.push(Choice::new(place, sentence, chosen));
            }
            form(
                &action,
                &html! {
                    p { strong { (section.title) } " " a href=(action) { (w.t("report-points-place")) } }
                    (hidden("section", &section.anchor))
                    (radios(&Field::new("place", w.t("report-points-sentence")).error(problems.on("place")), &choices))
                    (text_area(&Field::new("body", w.t("report-points-body")).hint(w.t("report-points-body-hint"))
                        .value(typed.get("body")).error(problems.on("body")), 4))
                    (text_area(&Field::new("proposal", w.t("report-points-proposal")).value(typed.get("proposal"))
                        .error(problems.on("proposal")), 4))
                    (nobody_field(visitor, typed, problems))
                    (button(&w.t("report-points-send")))
                },
            )
        }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Report, w.t("report-points-raise"), body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    layout.breadcrumbs = vec![(scope.href("report/points"), w.t("report-points"))];
    Ok(visitor.show_as(problems.status(), &layout))
}

/// The partnership has no more points.
pub(super) async fn close(visitor: Visitor, scope: Scope) -> PageResult {
    let input = CloseAccuracy { inspection: scope.grant.inspection() };
    close_accuracy(visitor.cx(), visitor.actor(), input).await?;
    Ok(Redirect::to(&scope.href("report/points?done=accuracy-closed")).into_response())
}

type At = Path<(String, String)>;

/// The form of an answer.
pub(super) async fn answer_form(visitor: Visitor, scope: Scope, Path((_, point)): At) -> PageResult {
    let id: PointId = point.parse().map_err(|_| PageError::NOT_FOUND)?;
    let mut reader = visitor.cx().read().await?;
    let points = accuracy::list(&mut reader, &scope.grant).await?;
    drop(reader);
    let point = points.into_iter().find(|p| p.id == id).ok_or(PageError::NOT_FOUND)?;
    let typed = Typed::of([
        ("outcome", point.outcome.map_or("", Outcome::word).to_owned()),
        ("answer", point.answer),
        ("change_made", point.change_made),
        ("version", point.version.to_string()),
    ]);
    render_answer(&visitor, &scope, id, &typed, &Problems::default(), &html! {}).await
}

/// Answers a point.
pub(super) async fn answer(visitor: Visitor, scope: Scope, Path((_, point)): At, typed: Typed) -> PageResult {
    let id: PointId = point.parse().map_err(|_| PageError::NOT_FOUND)?;
    let Some(outcome) = Outcome::ALL.into_iter().find(|o| o.word() == typed.get("outcome")) else {
        let missing = Refused::field("outcome", "problem-choose");
        let problems = Problems::from_refusal(&visitor, missing)?;
        return render_answer(&visitor, &scope, id, &typed, &problems, &html! {}).await;
    };
    let input = AnswerPoint {
        inspection: scope.grant.inspection(),
        point: id,
        outcome,
        answer: typed.get("answer").to_owned(),
        change_made: typed.get("change_made").to_owned(),
        version: typed.parse("version").unwrap_or(0),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match answer_point(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => Ok(Redirect::to(&scope.href("report/points?done=point-answered")).into_response()),
        Err(Refused::Stale { theirs, by, version }) => {
            let w = visitor.words();
            let mine = typed.get("answer");
            let clash = html! {
                (warning(&w.t("error-summary-title"), &html! { (w.with("improvement-clash", &[("name", &by)])) }))
                (compare(&w.t("report-mine"), mine, &w.with("report-theirs", &[("name", &by)]), &theirs))
            };
            let typed = Typed::of([
                ("outcome", outcome.word().to_owned()),
                ("answer", mine.to_owned()),
                ("change_made", typed.get("change_made").to_owned()),
                ("version", version.to_string()),
            ]);
            let mut page = render_answer(&visitor, &scope, id, &typed, &Problems::default(), &clash).await?;
            *page.status_mut() = StatusCode::CONFLICT;
            Ok(page)
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render_answer(&visitor, &scope, id, &typed, &problems, &html! {}).await
        }
    }
}

async fn render_answer(
    visitor: &Visitor,
    scope: &Scope,
    id: PointId,
    typed: &Typed,
    problems: &Problems,
    above: &Markup,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let draft = editions::latest(&mut reader, &scope.grant, EditionKind::Draft).await?;
    let places = sections(&draft.ok_or(PageError::NOT_FOUND)?.document);
    let points = accuracy::list(&mut reader, &scope.grant).await?;
    let point = points.into_iter().find(|p| p.id == id).ok_or(PageError::NOT_FOUND)?;
    let outcomes = Outcome::ALL.map(|o| {
        Choice::new(o.word(), w.t(&format!("report-outcome-{}", o.word())), typed.has("outcome", o.word()))
    });
    let body = html! {
        (summary_list(&[
            (w.t("report-point-place"), place_of(&point, &places)),
            (w.t("report-point-wrong"), html! { span class="kl_pre" { (point.body) } }),
            (w.t("report-point-proposal"), html! { span class="kl_pre" { (point.proposal) } }),
        ]))
        (above)
        (form(&scope.href(&format!("report/points/{id}")), &html! {
            (hidden("version", typed.get("version")))
            (radios(&Field::new("outcome", w.t("report-point-outcome")).error(problems.on("outcome")), &outcomes))
            (text_area(&Field::new("answer", w.t("report-point-answer")).hint(w.t("report-point-answer-hint"))
                .value(typed.get("answer")).error(problems.on("answer")), 4))
            (text_area(&Field::new("change_made", w.t("report-point-change")).optional(w)
                .hint(w.t("report-point-change-hint")).value(typed.get("change_made"))
                .error(problems.on("change_made")), 3))
            (nobody_field(visitor, typed, problems))
            (button(&w.t("report-point-save")))
        }))
    };
    let title = w.with("report-point-answer-title", &[("number", &point.number)]);
    let mut layout = frame(visitor, scope, &inspection, Room::Report, title, body);
    layout.problems = problems.summary();
    layout.width = Width::Text;
    layout.breadcrumbs = vec![(scope.href("report/points"), w.t("report-points"))];
    Ok(visitor.show_as(problems.status(), &layout))
}
