//! The judgement of an inspection: each indicator with its evidence, findings and grades, and what may be done now.

use keyline_domain::access::Action;
use keyline_domain::inspections::way::{IndicatorProgress, Offer, Progress, Step, offer};
use keyline_domain::judgement::grades::{agreeing_refusals, grade_refusals};
use keyline_domain::reasons::Reason;
use keyline_operations::view;
use keyline_store::inspections;
use keyline_store::judgement::findings::{self, Finding};
use maud::{Markup, html};

use crate::components::{Tone, link_button_secondary, not_offered, table, tag};
use crate::evidence::Titles;
use crate::frame::{PageResult, Scope, Visitor};
use crate::inspections::{Room, frame};

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let titles = Titles::of(&visitor, &inspection)?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let written = findings::list(&mut reader, &scope.grant).await?;
    let body = html! {
        p class="kl_lead" { (w.t("judgement-lead")) }
        p { (link_button_secondary(&scope.href("judgement/panel"), &w.t("judgement-pack"))) }
        (summary(&visitor, &titles, &progress))
        @for one in &progress.indicators {
            section id=(format!("indicator-{}", one.indicator)) {
                h2 { (titles.indicator(&one.indicator)) }
                (finding_list(&visitor, &scope, written.iter().filter(|f| f.written.indicator == one.indicator)))
                (verbs(&visitor, &scope, &progress, one))
            }
        }
    };
    Ok(visitor.show(&frame(&visitor, &scope, &inspection, Room::Judgement, w.t("room-judgement"), body)))
}

fn summary(visitor: &Visitor, titles: &Titles<'_>, progress: &Progress) -> Markup {
    let w = visitor.words();
    let level = |value: Option<i64>| {
        html! {
            @match value { Some(v) => { (titles.level_of(v)) } None => { (w.t("judgement-not-yet")) } }
        }
    };
    let rows: Vec<_> = progress
        .indicators
        .iter()
        .map(|i| {
            vec![
                html! { a href=(format!("#indicator-{}", i.indicator)) { (titles.indicator(&i.indicator)) } },
                html! {
                    (w.with("evidence-pieces", &[("count", &i.evidence)])) ", "
                    @if i.kinds < 2 { (tag(Tone::Warn, &w.t("evidence-thin"))) }
                    @else { (w.with("evidence-kinds", &[("count", &i.kinds)])) }
                },
                html! { (i.findings) },
                html! { (w.with("judgement-of", &[("graded", &i.grades_alone), ("graders", &progress.graders)])) },
                level(i.agreed),
                level(i.confirmed),
            ]
        })
        .collect();
    let headings = [
        "evidence-indicator",
        "room-evidence",
        "judgement-findings",
        "judgement-graded-alone",
        "judgement-agreed",
        "judgement-panel",
    ]
    .map(|key| w.t(key));
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    table(&w.t("judgement-summary"), &headings, &rows)
}

/// Findings as a list of links.
pub(super) fn finding_list<'f>(
    visitor: &Visitor,
    scope: &Scope,
    findings: impl Iterator<Item = &'f Finding>,
) -> Markup {
    let w = visitor.words();
    let findings: Vec<_> = findings.collect();
    html! {
        @if findings.is_empty() { p { (w.t("judgement-no-findings")) } }
        ul {
            @for f in findings {
                li {
                    strong { (w.t(&format!("judgement-kind-{}", f.written.kind.word()))) ": " }
                    a href=(scope.href(&format!("judgement/findings/{}", f.id))) { (f.written.body) }
                }
            }
        }
    }
}

fn verbs(visitor: &Visitor, scope: &Scope, progress: &Progress, one: &IndicatorProgress) -> Markup {
    let w = visitor.words();
    // What the panel has decided stays, and the table says so once.
    if one.confirmed.is_some() {
        return html! {};
    }
    let n = &one.indicator;
    let notified = || match progress.notified_on {
        Some(_) => Vec::new(),
        None => vec![Reason::new("wait-notified")],
    };
    let with = |reasons: Vec<Reason>| notified().into_iter().chain(reasons).collect::<Vec<_>>();
    let findings = match offer(Step::WriteFindings, progress, visitor.cx().now()) {
        Offer::NotYet(reasons) => reasons,
        _ => keyline_domain::judgement::findings::closed(one),
    };
    let offers = [
        (Action::WriteFinding, format!("judgement/findings/new?indicator={n}"), "judgement-write", findings),
        (Action::GradeAlone, format!("judgement/grade/{n}"), "judgement-grade", with(grade_refusals(one))),
        (
            Action::AgreeGrade,
            format!("judgement/agree/{n}"),
            "judgement-agree",
            with(agreeing_refusals(one, progress.graders)),
        ),
    ];
    html! {
        @for (action, href, label, reasons) in offers {
            // What is agreed is graded: the table says so.
            @let over = action == Action::GradeAlone && one.agreed.is_some();
            @if scope.grant.permits(action) && !over {
                @if reasons.is_empty() { p { a href=(scope.href(&href)) { (w.t(label)) } } }
                @else {
                    @let reasons: Vec<_> = reasons.iter().map(|r| visitor.sentence(r)).collect();
                    (not_offered(&w.t(label), &reasons))
                }
            }
        }
    }
}
