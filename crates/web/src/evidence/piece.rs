//! One piece of evidence: what it says, where it comes from, and which findings rest on it.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::evidence::Origin;
use keyline_domain::ids::EvidenceId;
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_operations::evidence::{WithdrawEvidence, withdraw_evidence};
use keyline_operations::view;
use keyline_store::evidence::{self, Evidence, EvidenceSource};
use keyline_store::inspections;
use maud::{Markup, html};

use super::Titles;
use super::list::strength;
use crate::components::{
    Field, button_warning, details, form, hidden, inset, link_button, not_offered, summary_list, text_area,
};
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope, Path((_, id)): Path<(String, String)>) -> PageResult {
    let id = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    render(&visitor, &scope, id, &Typed::default(), &Problems::default()).await
}

/// Withdraws.
pub(super) async fn withdraw(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let evidence: EvidenceId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let input = WithdrawEvidence {
        inspection: scope.grant.inspection(),
        evidence,
        version: typed.parse("version").unwrap_or(0),
        reason: typed.get("reason").to_owned(),
    };
    match withdraw_evidence(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => {
            let href = scope.href(&format!("evidence/{evidence}?done=evidence-withdrawn"));
            Ok(Redirect::to(&href).into_response())
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, evidence, &typed, &problems).await
        }
    }
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    id: EvidenceId,
    typed: &Typed,
    problems: &Problems,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let e = evidence::find(&mut reader, &scope.grant, id).await?.ok_or(PageError::NOT_FOUND)?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let titles = Titles::of(visitor, &inspection)?;
    let resting = evidence::findings_on(&mut reader, &scope.grant, id).await?;
    let source = match e.written.origin {
        Some(origin) => evidence::source(&mut reader, &scope.grant, origin).await?,
        None => None,
    };
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let judges = scope.grant.permits(Action::SeeJudgement);
    let body = html! {
        @if let Some(gone) = &e.withdrawn {
            (inset(&html! {
                p { (w.with("evidence-withdrawn-by", &[("by", &gone.by), ("day", &w.date(keyline_domain::clock::day_of(gone.at)))])) }
                p class="kl_pre" { (gone.reason) }
            }))
        }
        p class="kl_pre" { (e.written.body) }
        (summary_list(&facts(visitor, scope, &titles, &e, source.as_ref())))
        h2 { (w.t("evidence-findings")) }
        @if resting.is_empty() { p { (w.t("evidence-no-findings")) } }
        ul {
            @for f in &resting {
                li {
                    (titles.indicator(&f.indicator)) ": "
                    @if judges { a href=(scope.href(&format!("judgement/findings/{}", f.finding))) { (f.body) } }
                    @else { (f.body) }
                }
            }
        }
        @if e.withdrawn.is_none() && scope.grant.permits(Action::RecordEvidence) {
            (verbs(visitor, scope, &e, &offer(Step::RecordEvidence, &progress, visitor.cx().now()), typed, problems, !resting.is_empty()))
        }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Evidence, e.written.title.clone(), body);
    layout.breadcrumbs = vec![(scope.href("evidence"), w.t("room-evidence"))];
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

fn facts(
    visitor: &Visitor,
    scope: &Scope,
    titles: &Titles<'_>,
    e: &Evidence,
    source: Option<&EvidenceSource>,
) -> Vec<(String, Markup)> {
    let w = visitor.words();
    let by = |name: &str, at| {
        let at = w.date_time(&keyline_domain::clock::in_london(at));
        html! { (w.with("evidence-by", &[("by", &name), ("at", &at)])) }
    };
    let mut facts = vec![
        (w.t("evidence-kind"), html! { (w.t(&format!("evidence-kind-{}", e.written.kind.word()))) }),
        (w.t("evidence-strength"), strength(visitor, e.written.strength)),
        (w.t("evidence-speaks-of"), html! { (w.date(e.written.describes_on)) }),
        (w.t("evidence-tags"), titles.tags(&e.written.tags)),
        (
            w.t("evidence-source"),
            source.map_or_else(
                || html! { (w.t("evidence-no-source")) },
                |source| linked_source(visitor, scope, titles, source),
            ),
        ),
        (w.t("evidence-written"), by(&e.written_by, e.written_at)),
    ];
    if e.version > 1 {
        facts.push((w.t("evidence-saved"), by(&e.saved_by, e.saved_at)));
    }
    facts
}

/// Where a source is seen, if the person may.
pub(crate) fn linked_source(
    visitor: &Visitor,
    scope: &Scope,
    titles: &Titles<'_>,
    source: &EvidenceSource,
) -> Markup {
    let (place, action) = match source.origin {
        Origin::Survey(_) => ("voices/surveys".to_owned(), Action::SeeSurveys),
        Origin::Session(id) => (format!("voices/all-sessions#{id}"), Action::SeeSessions),
        Origin::Document(_) | Origin::Submission(_) => ("returns".to_owned(), Action::SeeReturns),
        Origin::Sample(_) => ("records".to_owned(), Action::SeeSample),
    };
    let name = source_name(visitor, titles, source);
    html! {
        @if scope.grant.permits(action) { a href=(scope.href(&place)) { (name) } }
        @else { (name) }
    }
}

/// The name of a source as people say it.
pub(super) fn source_name(visitor: &Visitor, titles: &Titles<'_>, source: &EvidenceSource) -> String {
    let w = visitor.words();
    let programme = titles.programme;
    match source.origin {
        Origin::Survey(_) => {
            let name =
                programme.instrument(&source.name).map_or(source.name.as_str(), |i| i.form.title.as_str());
            w.with("evidence-from-survey", &[("name", &name)])
        }
        Origin::Session(_) => {
            let kind =
                programme.session_kind(&source.name).map_or(source.name.as_str(), |k| k.title.as_str());
            let day = source.on.map_or_else(String::new, |on| w.date(on));
            let key = if source.own_voice { "evidence-from-volunteer" } else { "evidence-from-session" };
            w.with(key, &[("name", &kind), ("day", &day)])
        }
        Origin::Document(_) => w.with("evidence-from-document", &[("name", &source.name)]),
        Origin::Submission(_) => w.with("evidence-from-return", &[("name", &source.name)]),
        Origin::Sample(_) => w.t("evidence-from-sample"),
    }
}

fn verbs(
    visitor: &Visitor,
    scope: &Scope,
    e: &Evidence,
    open: &Offer,
    typed: &Typed,
    problems: &Problems,
    rested_on: bool,
) -> Markup {
    let w = visitor.words();
    if let Offer::NotYet(reasons) = open {
        let reasons: Vec<_> = reasons.iter().map(|r| visitor.sentence(r)).collect();
        return not_offered(&w.t("evidence-not-offered"), &reasons);
    }
    let withdraw = form(
        &scope.href(&format!("evidence/{}/withdraw", e.id)),
        &html! {
            @if rested_on { p { (w.t("evidence-withdraw-rested")) } }
            (hidden("version", e.version))
            (text_area(&Field::new("reason", w.t("evidence-withdraw-reason")).value(typed.get("reason"))
                .error(problems.on("reason")), 3))
            (button_warning(&w.t("evidence-withdraw")))
        },
    );
    html! {
        p { (link_button(&scope.href(&format!("evidence/{}/change", e.id)), &w.t("evidence-change"))) }
        @if problems.is_empty() { (details(&w.t("evidence-withdraw"), &withdraw)) } @else { (withdraw) }
    }
}
