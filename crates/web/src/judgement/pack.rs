//! The panel's pack: every indicator with grade, reason, dissent, spread and findings, what is thin flagged, and a
//! decision for each. Made to be printed.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::access::Action;
use keyline_domain::ids::EvidenceId;
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_domain::judgement::panel::{Before, refusals};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_operations::judgement::{DecideOnPanel, decide_on_panel, indicator};
use keyline_operations::{Refused, view};
use keyline_store::evidence::{self, Evidence, Filter, weights};
use keyline_store::inspections;
use keyline_store::judgement::findings::{self, Finding};
use keyline_store::judgement::grades::{self, AgreedGrade, Openness};
use keyline_store::judgement::panel::{self, PanelDecision};
use maud::{Markup, html};

use super::finding::kinds_tag;
use super::spread::spread;
use super::{Both, nobody_field_named};
use crate::components::{Field, button, form, hidden, not_offered, radios, summary_list, text_area};
use crate::evidence::{Titles, weight_picture};
use crate::frame::{PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

// What was sent for one indicator, shown again at its place.
struct Sent {
    indicator: String,
    typed: Typed,
    problems: Problems,
    both: Option<Both>,
}

/// The page.
pub(super) async fn get(visitor: Visitor, scope: Scope) -> PageResult {
    render(&visitor, &scope, None).await
}

/// Decides on one indicator.
pub(super) async fn post(
    visitor: Visitor,
    scope: Scope,
    Path((_, n)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let named = |field: &str| format!("{field}-{n}");
    let input = DecideOnPanel {
        inspection: scope.grant.inspection(),
        indicator: n.clone(),
        version: typed.parse("version").unwrap_or(0),
        level: typed.get(&named("level")).to_owned(),
        reason: typed.get(&named("reason")).to_owned(),
        identifies_nobody: typed.has(&named("identifies_nobody"), "yes"),
    };
    let sent = |typed, problems, both| Sent { indicator: n.clone(), typed, problems, both };
    match decide_on_panel(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => {
            let href = scope.href(&format!("judgement/panel?done=grade-decided#indicator-{n}"));
            Ok(Redirect::to(&href).into_response())
        }
        Err(Refused::Stale { theirs, by, version }) => {
            let both = Both { mine: typed.get(&named("reason")).to_owned(), theirs, by, version };
            render(&visitor, &scope, Some(&sent(typed, Problems::default(), Some(both)))).await
        }
        Err(Refused::Fields(wrong)) => {
            // Several forms stand on the page: each field carries its indicator.
            let wrong: Vec<_> =
                wrong.into_iter().map(|p| FieldProblem { field: named(&p.field), ..p }).collect();
            let problems = Problems::of(&visitor, &wrong);
            render(&visitor, &scope, Some(&sent(typed, problems, None))).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, Some(&sent(typed, problems, None))).await
        }
    }
}

async fn render(visitor: &Visitor, scope: &Scope, sent: Option<&Sent>) -> PageResult {
    let w = visitor.words();
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let titles = Titles::of(visitor, &inspection)?;
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let written = findings::list(&mut reader, &scope.grant).await?;
    let everything = Filter { withdrawn: true, ..Filter::default() };
    let pieces: BTreeMap<EvidenceId, Evidence> = evidence::list(&mut reader, &scope.grant, &everything)
        .await?
        .into_iter()
        .map(|e| (e.id, e))
        .collect();
    let weighed = weights(&mut reader, &scope.grant).await?;
    let agreed = grades::agreed(&mut reader, &scope.grant).await?;
    let decided = panel::list(&mut reader, &scope.grant).await?;
    let open = offer(Step::DecideOnPanel, &progress, visitor.cx().now());
    let mut sections = Vec::new();
    for number in titles.evaluated() {
        let title = titles.indicator(&number);
        let alone = match grades::open(&mut reader, &scope.grant, &number).await? {
            Openness::Closed(_, reason) => html! { p { (visitor.sentence(&reason)) } },
            Openness::Open(_, opened) => {
                spread(visitor, titles.scale(), &number, &title, &grades::all(&mut reader, &opened).await?)
            }
        };
        let grade = agreed.iter().find(|a| a.indicator == number);
        let decision = decided.iter().find(|d| d.indicator == number);
        let reasons = match (scope.grant.person_id(), &open) {
            (Some(by), _) => {
                let graded_by = grades::graded_by(&mut reader, &scope.grant, &number).await?;
                let before = grade.map(|g| Before { level: g.level, agreed_by: g.agreed_by, graded_by });
                let mut reasons = refusals(indicator(&progress, &number)?, before.as_ref(), by);
                if let (Offer::NotYet(more), true) = (&open, reasons.is_empty()) {
                    reasons.extend(more.iter().cloned());
                }
                reasons
            }
            (None, _) => Vec::new(),
        };
        sections.push(html! {
            section class="kl_sheet" id=(format!("indicator-{number}")) {
                h2 { (title) }
                (grade_list(visitor, &titles, grade, decision))
                h3 { (w.t("judgement-graded-alone")) }
                (alone)
                h3 { (w.t("judgement-findings")) }
                (finding_rows(visitor, scope, written.iter().filter(|f| f.written.indicator == number), &pieces))
                h3 { (w.t("room-evidence")) }
                (weight_picture(visitor, &number, &title, &weighed))
                @if decision.is_none() && scope.grant.permits(Action::DecideOnPanel) {
                    (decision_form(visitor, scope, &titles, &number, grade, &reasons, sent))
                }
            }
        });
    }
    let body = html! {
        p class="kl_lead" { (w.t("judgement-pack-lead")) }
        @if progress.findings_thin > 0 {
            (not_offered(&w.t("judgement-pack-thin"),
                &[visitor.sentence(&Reason::new("wait-findings-thin").with("count", progress.findings_thin))]))
        }
        @for section in &sections { (section) }
    };
    let mut layout = frame(visitor, scope, &inspection, Room::Judgement, w.t("judgement-pack"), body);
    layout.breadcrumbs = vec![(scope.href("judgement"), w.t("room-judgement"))];
    layout.problems = sent.and_then(|s| s.problems.summary());
    let status = match sent {
        Some(Sent { both: Some(_), .. }) => StatusCode::CONFLICT,
        Some(sent) => sent.problems.status(),
        None => StatusCode::OK,
    };
    Ok(visitor.show_as(status, &layout))
}

fn grade_list(
    visitor: &Visitor,
    titles: &Titles<'_>,
    grade: Option<&AgreedGrade>,
    decision: Option<&PanelDecision>,
) -> Markup {
    let w = visitor.words();
    let Some(grade) = grade else { return html! { p { (w.t("judgement-not-agreed")) } } };
    let dissent = if grade.dissent.is_empty() { w.t("judgement-no-dissent") } else { grade.dissent.clone() };
    let mut rows = vec![
        (w.t("judgement-agreed"), html! { strong { (titles.level_of(grade.level)) } }),
        (w.t("judgement-reason"), html! { span class="kl_pre" { (grade.reason) } }),
        (w.t("judgement-dissent"), html! { span class="kl_pre" { (dissent) } }),
    ];
    if let Some(d) = decision {
        let (from, to) = (titles.level_of(d.from), titles.level_of(d.to));
        let said = if d.from == d.to {
            w.with("judgement-confirmed", &[("level", &to)])
        } else {
            w.with("judgement-changed", &[("from", &from), ("to", &to)])
        };
        let day = w.date(keyline_domain::clock::day_of(d.at));
        rows.push((
            w.t("judgement-panel"),
            html! {
                strong { (said) } " " (w.with("judgement-decided-by", &[("by", &d.by), ("day", &day)]))
                @if !d.reason.is_empty() { p class="kl_pre" { (d.reason) } }
            },
        ));
    }
    summary_list(&rows)
}

fn finding_rows<'f>(
    visitor: &Visitor,
    scope: &Scope,
    findings: impl Iterator<Item = &'f Finding>,
    pieces: &BTreeMap<EvidenceId, Evidence>,
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
                    p { (kinds_tag(visitor, f.written.evidence.iter().filter_map(|id| pieces.get(id)))) }
                    @if !f.written.single_kind_reason.is_empty() {
                        p { (w.t("judgement-one-kind-reason")) ": " (f.written.single_kind_reason) }
                    }
                }
            }
        }
    }
}

fn decision_form(
    visitor: &Visitor,
    scope: &Scope,
    titles: &Titles<'_>,
    number: &str,
    grade: Option<&AgreedGrade>,
    reasons: &[Reason],
    sent: Option<&Sent>,
) -> Markup {
    let w = visitor.words();
    let (Some(grade), true) = (grade, reasons.is_empty()) else {
        let reasons: Vec<_> = reasons.iter().map(|r| visitor.sentence(r)).collect();
        return not_offered(&w.t("judgement-decide"), &reasons);
    };
    let sent = sent.filter(|s| s.indicator == number);
    let (typed, problems) = match sent {
        Some(s) => (s.typed.clone(), &s.problems),
        None => (Typed::default(), &Problems::default()),
    };
    let (level, reason, nobody) =
        (format!("level-{number}"), format!("reason-{number}"), format!("identifies_nobody-{number}"));
    // The agreed grade is chosen at first: to confirm is one step, to change needs a reason.
    let chosen = match typed.get(&level) {
        "" => titles.scale().level_of_value(grade.level).map_or("", |l| l.key.as_str()),
        other => other,
    };
    html! {
        @if let Some(both) = sent.and_then(|s| s.both.as_ref()) { (both.show(visitor)) }
        h3 { (w.t("judgement-decide")) }
        (form(&scope.href(&format!("judgement/panel/{number}")), &html! {
            (hidden("version", grade.version))
            (radios(&Field::new(&level, w.t("judgement-level")).error(problems.on(&level)), &titles.level_choices(chosen)))
            (text_area(&Field::new(&reason, w.t("judgement-reason")).optional(w).hint(w.t("judgement-decide-hint"))
                .value(typed.get(&reason)).error(problems.on(&reason)), 3))
            (nobody_field_named(&nobody, visitor, &typed, problems))
            (button(&w.t("judgement-decide")))
        }))
    }
}
