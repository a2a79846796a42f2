//! One finding, walked both ways: to its evidence and on to the source; the evidence's page leads back.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::clock::{day_of, in_london};
use keyline_domain::ids::FindingId;
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_domain::judgement::findings::{KINDS_WANTED, closed};
use keyline_operations::judgement::{WithdrawFinding, indicator, withdraw_finding};
use keyline_operations::view;
use keyline_store::evidence::{self, Evidence, EvidenceSource};
use keyline_store::inspections;
use keyline_store::judgement::findings::{self, Finding};
use maud::{Markup, html};

use crate::components::{
    Field, Tone, button_warning, details, form, hidden, inset, link_button, not_offered, summary_list, table,
    tag, text_area,
};
use crate::evidence::{Titles, linked_source, strength};
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
    let finding: FindingId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let input = WithdrawFinding {
        inspection: scope.grant.inspection(),
        finding,
        version: typed.parse("version").unwrap_or(0),
        reason: typed.get("reason").to_owned(),
    };
    match withdraw_finding(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => {
            let href = scope.href(&format!("judgement/findings/{finding}?done=finding-withdrawn"));
            Ok(Redirect::to(&href).into_response())
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, finding, &typed, &problems).await
        }
    }
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    id: FindingId,
    typed: &Typed,
    problems: &Problems,
) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let f = findings::find(&mut reader, &scope.grant, id).await?.ok_or(PageError::NOT_FOUND)?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let titles = Titles::of(visitor, &inspection)?;
    let mut rests = Vec::new();
    for piece in &f.written.evidence {
        let Some(e) = evidence::find(&mut reader, &scope.grant, *piece).await? else { continue };
        let source = match e.written.origin {
            Some(origin) => evidence::source(&mut reader, &scope.grant, origin).await?,
            None => None,
        };
        rests.push((e, source));
    }
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let reasons = match offer(Step::WriteFindings, &progress, visitor.cx().now()) {
        Offer::NotYet(reasons) => reasons,
        _ => indicator(&progress, &f.written.indicator).map(closed).unwrap_or_default(),
    };
    let reasons: Vec<String> = reasons.iter().map(|r| visitor.sentence(r)).collect();
    let body = html! {
        @if let Some(gone) = &f.withdrawn {
            (inset(&html! {
                p { (w.with("evidence-withdrawn-by", &[("by", &gone.by), ("day", &w.date(day_of(gone.at)))])) }
                p class="kl_pre" { (gone.reason) }
            }))
        }
        p class="kl_pre kl_lead" { (f.written.body) }
        (summary_list(&facts(visitor, scope, &titles, &f, &rests)))
        h2 { (w.t("judgement-rests")) }
        (rest_table(visitor, scope, &titles, &rests))
        @if f.withdrawn.is_none() && scope.grant.permits(Action::WriteFinding) {
            @if reasons.is_empty() { (verbs(visitor, scope, &f, typed, problems)) }
            @else { (not_offered(&w.t("judgement-change"), &reasons)) }
        }
    };
    let title = w.t(&format!("judgement-kind-{}", f.written.kind.word()));
    let mut layout = frame(visitor, scope, &inspection, Room::Judgement, title, body);
    layout.breadcrumbs = vec![(scope.href("judgement"), w.t("room-judgement"))];
    layout.problems = problems.summary();
    Ok(visitor.show_as(problems.status(), &layout))
}

/// How many kinds of evidence that still stands a finding rests on, as a state.
pub(super) fn kinds_tag<'e>(visitor: &Visitor, rests: impl Iterator<Item = &'e Evidence>) -> Markup {
    let w = visitor.words();
    let mut kinds: Vec<_> = rests.filter(|e| e.withdrawn.is_none()).map(|e| e.written.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let names: Vec<String> = kinds.iter().map(|k| w.t(&format!("evidence-kind-{}", k.word()))).collect();
    html! {
        @if kinds.len() < KINDS_WANTED { (tag(Tone::Warn, &w.t("evidence-thin"))) }
        @else { (tag(Tone::Good, &w.with("evidence-kinds", &[("count", &kinds.len())]))) }
        " " (names.join(", "))
    }
}

fn facts(
    visitor: &Visitor,
    scope: &Scope,
    titles: &Titles<'_>,
    f: &Finding,
    rests: &[(Evidence, Option<EvidenceSource>)],
) -> Vec<(String, Markup)> {
    let w = visitor.words();
    let by = |name: &str, at| {
        html! { (w.with("evidence-by", &[("by", &name), ("at", &w.date_time(&in_london(at)))])) }
    };
    let n = &f.written.indicator;
    let mut facts = vec![
        (
            w.t("evidence-indicator"),
            html! { a href=(format!("{}#indicator-{n}", scope.href("judgement"))) { (titles.indicator(n)) } },
        ),
        (w.t("judgement-kinds"), kinds_tag(visitor, rests.iter().map(|(e, _)| e))),
    ];
    if !f.written.single_kind_reason.is_empty() {
        facts.push((w.t("judgement-one-kind-reason"), html! { (f.written.single_kind_reason) }));
    }
    facts.push((w.t("evidence-written"), by(&f.written_by, f.written_at)));
    if f.version > 1 {
        facts.push((w.t("evidence-saved"), by(&f.saved_by, f.saved_at)));
    }
    facts
}

fn rest_table(
    visitor: &Visitor,
    scope: &Scope,
    titles: &Titles<'_>,
    rests: &[(Evidence, Option<EvidenceSource>)],
) -> Markup {
    let w = visitor.words();
    let rows: Vec<_> = rests
        .iter()
        .map(|(e, source)| {
            vec![
                html! {
                    a href=(scope.href(&format!("evidence/{}", e.id))) { (e.written.title) }
                    @if e.withdrawn.is_some() { " " (tag(Tone::Warn, &w.t("evidence-withdrawn"))) }
                },
                html! { (w.t(&format!("evidence-kind-{}", e.written.kind.word()))) },
                strength(visitor, e.written.strength),
                html! {
                    @match source {
                        Some(source) => { (linked_source(visitor, scope, titles, source)) }
                        None => { (w.t("evidence-no-source")) }
                    }
                },
            ]
        })
        .collect();
    let headings =
        ["evidence-title", "evidence-kind", "evidence-strength", "evidence-source"].map(|key| w.t(key));
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    table(&w.t("judgement-rests"), &headings, &rows)
}

fn verbs(visitor: &Visitor, scope: &Scope, f: &Finding, typed: &Typed, problems: &Problems) -> Markup {
    let w = visitor.words();
    let withdraw = form(
        &scope.href(&format!("judgement/findings/{}/withdraw", f.id)),
        &html! {
            (hidden("version", f.version))
            (text_area(&Field::new("reason", w.t("evidence-withdraw-reason")).value(typed.get("reason"))
                .error(problems.on("reason")), 3))
            (button_warning(&w.t("judgement-withdraw")))
        },
    );
    html! {
        p { (link_button(&scope.href(&format!("judgement/findings/{}/change", f.id)), &w.t("judgement-change"))) }
        @if problems.is_empty() { (details(&w.t("judgement-withdraw"), &withdraw)) } @else { (withdraw) }
    }
}
