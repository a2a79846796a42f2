//! The lead's page: how many have graded; once all have, their spread and reasons, and the agreed grade.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::judgement::grades::agreeing_refusals;
use keyline_domain::reasons::Reason;
use keyline_operations::judgement::{AgreeGrade, agree_grade, indicator};
use keyline_operations::{Refused, view};
use keyline_store::inspections;
use keyline_store::judgement::findings;
use keyline_store::judgement::grades::{self, GradeAlone, Openness};
use maud::{Markup, html};

use super::overview::finding_list;
use super::spread::spread;
use super::{Both, nobody_field};
use crate::components::{Field, button, form, hidden, not_offered, radios, table, text_area};
use crate::evidence::Titles;
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope, Path((_, n)): Path<(String, String)>) -> PageResult {
    render(&visitor, &scope, &n, None, &Problems::default(), None).await
}

/// Records.
pub(super) async fn post(
    visitor: Visitor,
    scope: Scope,
    Path((_, n)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let input = AgreeGrade {
        inspection: scope.grant.inspection(),
        indicator: n.clone(),
        version: typed.parse("version"),
        level: typed.get("level").to_owned(),
        reason: typed.get("reason").to_owned(),
        dissent: typed.get("dissent").to_owned(),
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match agree_grade(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => {
            Ok(Redirect::to(&scope.href(&format!("judgement/agree/{n}?done=grade-agreed"))).into_response())
        }
        Err(Refused::Stale { theirs, by, version }) => {
            let both = Both { mine: mine(&visitor, &scope, &typed).await?, theirs, by, version };
            render(&visitor, &scope, &n, Some(&typed), &Problems::default(), Some(&both)).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, &n, Some(&typed), &problems, None).await
        }
    }
}

// What was typed, in the shape of what stands: level, reason, dissent.
async fn mine(visitor: &Visitor, scope: &Scope, typed: &Typed) -> PageResult<String> {
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let titles = Titles::of(visitor, &inspection)?;
    let label = titles.scale().level(typed.get("level")).map_or_else(String::new, |l| l.label.clone());
    let parts = [label.as_str(), typed.get("reason").trim(), typed.get("dissent").trim()];
    Ok(parts.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n\n"))
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    number: &str,
    typed: Option<&Typed>,
    problems: &Problems,
    both: Option<&Both>,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let titles = Titles::of(visitor, &inspection)?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let one = indicator(&progress, number)?;
    let written = findings::list(&mut reader, &scope.grant).await?;
    let openness = grades::open(&mut reader, &scope.grant, number).await?;
    let agreed = grades::agreed(&mut reader, &scope.grant).await?.into_iter().find(|a| a.indicator == number);
    let title = titles.indicator(number);
    let count = openness.count();
    let alone = match &openness {
        Openness::Closed(_, reason) => html! { p { (visitor.sentence(reason)) } },
        Openness::Open(_, opened) => {
            let all = grades::all(&mut reader, opened).await?;
            html! {
                (spread(visitor, titles.scale(), number, &title, &all))
                (reasons_table(visitor, &titles, &all))
            }
        }
    };
    let filled = agreed.as_ref().map(|a| {
        let level = titles.scale().level_of_value(a.level).map_or_else(String::new, |l| l.key.clone());
        Typed::of([
            ("version", a.version.to_string()),
            ("level", level),
            ("reason", a.reason.clone()),
            ("dissent", a.dissent.clone()),
        ])
    });
    let typed = typed.cloned().or(filled).unwrap_or_default();
    let mut reasons = agreeing_refusals(one, progress.graders);
    if progress.notified_on.is_none() {
        reasons.insert(0, Reason::new("wait-notified"));
    }
    let reasons: Vec<_> = reasons.iter().map(|r| visitor.sentence(r)).collect();
    let body = html! {
        p class="kl_lead" { (w.t("judgement-agree-lead")) }
        @if let Some(both) = both { (both.show(visitor)) }
        h2 { (title) }
        (finding_list(visitor, scope, written.iter().filter(|f| f.written.indicator == number)))
        h3 { (w.t("judgement-graded-alone")) }
        p { (w.with("judgement-of", &[("graded", &count.graded), ("graders", &count.graders)])) }
        (alone)
        h3 { (w.t("judgement-agreed")) }
        @if reasons.is_empty() {
            (agree_form(visitor, scope, &titles, number, &typed, problems, both))
        } @else { (not_offered(&w.t("judgement-agree"), &reasons)) }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Judgement, w.t("judgement-agree"), body);
    layout.breadcrumbs = vec![(scope.href("judgement"), w.t("room-judgement"))];
    layout.problems = problems.summary();
    let status = if both.is_some() { StatusCode::CONFLICT } else { problems.status() };
    Ok(visitor.show_as(status, &layout))
}

fn reasons_table(visitor: &Visitor, titles: &Titles<'_>, all: &[GradeAlone]) -> Markup {
    let w = visitor.words();
    let body = |key: &Option<String>| {
        let found = titles.programme.scrutiny_bodies.iter().find(|b| Some(&b.key) == key.as_ref());
        found.map_or_else(String::new, |b| b.name.clone())
    };
    let rows: Vec<_> = all
        .iter()
        .map(|g| {
            vec![
                html! { (g.name) },
                html! { (body(&g.body)) },
                html! {
                    (titles.level_of(g.given_alone()))
                    @if g.alone_level.is_some() {
                        " " (w.with("judgement-changed-later", &[("level", &titles.level_of(g.level))]))
                    }
                },
                html! { span class="kl_pre" { (g.reason) } },
            ]
        })
        .collect();
    let headings = ["judgement-inspector", "judgement-scrutiny-body", "judgement-level", "judgement-reason"]
        .map(|key| w.t(key));
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    table(&w.t("judgement-graded-alone"), &headings, &rows)
}

fn agree_form(
    visitor: &Visitor,
    scope: &Scope,
    titles: &Titles<'_>,
    number: &str,
    typed: &Typed,
    problems: &Problems,
    both: Option<&Both>,
) -> Markup {
    let w = visitor.words();
    let version = both.map_or_else(|| typed.get("version").to_owned(), |b| b.version.to_string());
    form(
        &scope.href(&format!("judgement/agree/{number}")),
        &html! {
            @if !version.is_empty() { (hidden("version", version)) }
            (radios(&Field::new("level", w.t("judgement-level")).error(problems.on("level")),
                &titles.level_choices(typed.get("level"))))
            (text_area(&Field::new("reason", w.t("judgement-agree-reason")).hint(w.t("judgement-reason-hint"))
                .value(typed.get("reason")).error(problems.on("reason")), 4))
            (text_area(&Field::new("dissent", w.t("judgement-dissent")).optional(w).hint(w.t("judgement-dissent-hint"))
                .value(typed.get("dissent")).error(problems.on("dissent")), 3))
            (nobody_field(visitor, typed, problems))
            (button(&w.t("judgement-agree")))
        },
    )
}
