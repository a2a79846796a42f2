//! The grader's page: the findings, the scale, the own grade. Nobody else's, until all have graded.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::judgement::grades::grade_refusals;
use keyline_domain::reasons::Reason;
use keyline_operations::judgement::{GradeAlone, grade_alone, indicator};
use keyline_operations::view;
use keyline_store::inspections;
use keyline_store::judgement::findings;
use keyline_store::judgement::grades::{self, Openness};
use maud::{Markup, html};

use super::nobody_field;
use super::overview::finding_list;
use super::spread::spread;
use crate::components::{Field, Width, button, form, inset, not_offered, radios, text_area};
use crate::evidence::Titles;
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope, Path((_, n)): Path<(String, String)>) -> PageResult {
    render(&visitor, &scope, &n, None, &Problems::default()).await
}

/// Grades.
pub(super) async fn post(
    visitor: Visitor,
    scope: Scope,
    Path((_, n)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let input = GradeAlone {
        inspection: scope.grant.inspection(),
        indicator: n.clone(),
        level: typed.get("level").to_owned(),
        reason: typed.get("reason").to_owned(),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match grade_alone(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => {
            Ok(Redirect::to(&scope.href(&format!("judgement/grade/{n}?done=grade-given"))).into_response())
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &n, Some(&typed), &problems).await
        }
    }
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    number: &str,
    typed: Option<&Typed>,
    problems: &Problems,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let titles = Titles::of(visitor, &inspection)?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let one = indicator(&progress, number)?;
    let own = grades::own(&mut reader, &scope.grant, number).await?;
    let written = findings::list(&mut reader, &scope.grant).await?;
    let title = titles.indicator(number);
    let others = match grades::open(&mut reader, &scope.grant, number).await? {
        Openness::Closed(_, reason) => html! { p { (visitor.sentence(&reason)) } },
        Openness::Open(_, opened) => {
            let all = grades::all(&mut reader, &opened).await?;
            spread(visitor, titles.scale(), number, &title, &all)
        }
    };
    let filled = own.as_ref().and_then(|g| {
        let level = titles.scale().level_of_value(g.level)?;
        Some(Typed::of([("level", level.key.clone()), ("reason", g.reason.clone())]))
    });
    let typed = typed.cloned().or(filled).unwrap_or_default();
    let mut reasons = grade_refusals(one);
    if progress.notified_on.is_none() {
        reasons.insert(0, Reason::new("wait-notified"));
    }
    let body = html! {
        p class="kl_lead" { (w.t("judgement-grade-lead")) }
        h2 { (title) }
        @if let Some(own) = &own {
            (inset(&html! { p { (w.with("judgement-own", &[("level", &titles.level_of(own.level))])) } }))
        }
        h3 { (w.t("judgement-findings")) }
        (finding_list(visitor, scope, written.iter().filter(|f| f.written.indicator == number)))
        @if reasons.is_empty() { (grade_form(visitor, scope, &titles, number, &typed, problems)) }
        @else {
            @let reasons: Vec<_> = reasons.iter().map(|r| visitor.sentence(r)).collect();
            (not_offered(&w.t("judgement-grade"), &reasons))
        }
        h3 { (w.t("judgement-others")) }
        (others)
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Judgement, w.t("judgement-grade"), body);
    layout.breadcrumbs = vec![(scope.href("judgement"), w.t("room-judgement"))];
    layout.problems = problems.summary();
    layout.width = Width::Text;
    Ok(visitor.show_as(problems.status(), &layout))
}

fn grade_form(
    visitor: &Visitor,
    scope: &Scope,
    titles: &Titles<'_>,
    number: &str,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let w = visitor.words();
    form(
        &scope.href(&format!("judgement/grade/{number}")),
        &html! {
            (radios(&Field::new("level", w.t("judgement-level")).hint(titles.scale().title.clone())
                .error(problems.on("level")), &titles.level_choices(typed.get("level"))))
            (text_area(&Field::new("reason", w.t("judgement-reason")).hint(w.t("judgement-reason-hint"))
                .value(typed.get("reason")).error(problems.on("reason")), 4))
            (nobody_field(visitor, typed, problems))
            (button(&w.t("judgement-grade-give")))
        },
    )
}
