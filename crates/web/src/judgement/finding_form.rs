//! The form of a finding. Two people who save the same finding: the second sees both texts, merges, and saves
//! against the new version; the evidence of both stays ticked.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use keyline_domain::ids::{EvidenceId, FindingId};
use keyline_domain::inspections::way::{Offer, Step, offer};
use keyline_domain::judgement::findings::{FindingKind, WrittenFinding};
use keyline_domain::reasons::{FieldProblem, Reason};
use keyline_operations::judgement::{ChangeFinding, WriteFinding, change_finding, write_finding};
use keyline_operations::{Refused, view};
use keyline_store::evidence::{self, Evidence, Filter};
use keyline_store::inspections;
use keyline_store::judgement::findings;
use maud::{Markup, html};

use super::{Both, nobody_field};
use crate::components::{
    Choice, Field, Width, button, checkboxes, empty_state, form, hidden, not_offered, radios, text_area,
};
use crate::evidence::Titles;
use crate::frame::{PageError, PageResult, Problems, Scope, Typed, Visitor};
use crate::inspections::{Room, frame};

/// The empty form for an indicator.
pub(super) async fn new(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    render(&visitor, &scope, None, &typed, &Problems::default(), None).await
}

/// Writes.
pub(super) async fn write(visitor: Visitor, scope: Scope, typed: Typed) -> PageResult {
    let written = match read(&typed) {
        Ok(written) => written,
        Err(wrong) => {
            let problems = Problems::of(&visitor, &wrong);
            return render(&visitor, &scope, None, &typed, &problems, None).await;
        }
    };
    let input = WriteFinding {
        inspection: scope.grant.inspection(),
        written,
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match write_finding(visitor.cx(), visitor.actor(), input).await {
        Ok(id) => {
            let href = scope.href(&format!("judgement/findings/{id}?done=finding-written"));
            Ok(Redirect::to(&href).into_response())
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, None, &typed, &problems, None).await
        }
    }
}

/// The form with what stands.
pub(super) async fn edit(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): Path<(String, String)>,
) -> PageResult {
    let id: FindingId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let mut reader = visitor.cx().read().await?;
    let f = findings::find(&mut reader, &scope.grant, id).await?.ok_or(PageError::NOT_FOUND)?;
    drop(reader);
    if f.withdrawn.is_some() {
        return Err(Refused::reason("judgement-withdrawn-already").into());
    }
    let typed = fill(&f.written, f.version);
    render(&visitor, &scope, Some(id), &typed, &Problems::default(), None).await
}

/// Changes.
pub(super) async fn change(
    visitor: Visitor,
    scope: Scope,
    Path((_, id)): Path<(String, String)>,
    typed: Typed,
) -> PageResult {
    let id: FindingId = id.parse().map_err(|_| PageError::NOT_FOUND)?;
    let mut reader = visitor.cx().read().await?;
    findings::find(&mut reader, &scope.grant, id).await?.ok_or(PageError::NOT_FOUND)?;
    drop(reader);
    let written = match read(&typed) {
        Ok(written) => written,
        Err(wrong) => {
            let problems = Problems::of(&visitor, &wrong);
            return render(&visitor, &scope, Some(id), &typed, &problems, None).await;
        }
    };
    let input = ChangeFinding {
        inspection: scope.grant.inspection(),
        finding: id,
        version: typed.parse("version").unwrap_or(0),
        written,
        identifies_nobody: typed.has("identifies_nobody", "yes"),
    };
    match change_finding(visitor.cx(), visitor.actor(), input).await {
        Ok(()) => {
            let href = scope.href(&format!("judgement/findings/{id}?done=finding-changed"));
            Ok(Redirect::to(&href).into_response())
        }
        Err(Refused::Stale { theirs, by, version }) => {
            let both = Both { mine: typed.get("body").to_owned(), theirs, by, version };
            render(&visitor, &scope, Some(id), &typed, &Problems::default(), Some(&both)).await
        }
        Err(refused) => {
            let problems = Problems::from_refusal(&visitor, refused)?;
            render(&visitor, &scope, Some(id), &typed, &problems, None).await
        }
    }
}

fn fill(written: &WrittenFinding, version: i64) -> Typed {
    let mut pairs = vec![
        ("version", version.to_string()),
        ("indicator", written.indicator.clone()),
        ("kind", written.kind.word().to_owned()),
        ("body", written.body.clone()),
        ("single_kind_reason", written.single_kind_reason.clone()),
    ];
    pairs.extend(written.evidence.iter().map(|id| ("evidence", id.to_string())));
    Typed::of(pairs)
}

fn read(typed: &Typed) -> Result<WrittenFinding, Vec<FieldProblem>> {
    let kind = typed.parse::<FindingKind>("kind");
    let evidence: Result<_, _> = typed.all("evidence").map(str::parse::<EvidenceId>).collect();
    let mut wrong = Vec::new();
    if kind.is_none() {
        wrong.push(FieldProblem::new("kind", Reason::new("problem-choose")));
    }
    if typed.get("body").trim().is_empty() {
        wrong.push(FieldProblem::new("body", Reason::new("problem-required")));
    }
    if evidence.is_err() {
        wrong.push(FieldProblem::new("evidence", Reason::new("judgement-evidence-unknown")));
    }
    match (kind, evidence) {
        (Some(kind), Ok(evidence)) if wrong.is_empty() => Ok(WrittenFinding {
            indicator: typed.get("indicator").to_owned(),
            kind,
            body: typed.get("body").to_owned(),
            single_kind_reason: typed.get("single_kind_reason").to_owned(),
            evidence,
        }),
        _ => Err(wrong),
    }
}

async fn render(
    visitor: &Visitor,
    scope: &Scope,
    id: Option<FindingId>,
    typed: &Typed,
    problems: &Problems,
    both: Option<&Both>,
) -> PageResult {
    let w = visitor.words();
    let number = typed.get("indicator");
    let mut reader = visitor.cx().read().await?;
    let inspection = inspections::get(&mut reader, &scope.grant).await?;
    let titles = Titles::of(visitor, &inspection)?;
    if !titles.programme.evaluates(number) {
        return Err(PageError::NOT_FOUND);
    }
    let pieces: Vec<Evidence> = evidence::list(&mut reader, &scope.grant, &Filter::default())
        .await?
        .into_iter()
        .filter(|e| e.written.tags.reach(number, titles.programme))
        .collect();
    // What the text that stands rests on, to be said beside the boxes of the second editor.
    let theirs = match (id, both) {
        (Some(id), Some(_)) => findings::find(&mut reader, &scope.grant, id).await?.map(|f| f.written),
        _ => None,
    };
    let progress = view::progress(visitor.cx(), &mut reader, &inspection).await?;
    let open = offer(Step::WriteFindings, &progress, visitor.cx().now());
    let action = match id {
        Some(id) => scope.href(&format!("judgement/findings/{id}/change")),
        None => scope.href("judgement/findings/new"),
    };
    let version = both.map_or_else(|| typed.get("version").to_owned(), |b| b.version.to_string());
    let body = html! {
        p { strong { (titles.indicator(number)) } }
        @if let Some(both) = both { (both.show(visitor)) }
        @if let Offer::NotYet(reasons) = &open {
            @let reasons: Vec<_> = reasons.iter().map(|r| visitor.sentence(r)).collect();
            (not_offered(&w.t("judgement-write"), &reasons))
        } @else if pieces.is_empty() {
            (empty_state(&w.t("judgement-nothing-to-rest"), &w.t("judgement-nothing-to-rest-text"),
                Some((&scope.href("evidence"), &w.t("room-evidence")))))
        } @else {
            p { (w.t("judgement-form-lead")) }
            (form(&action, &html! {
                @if id.is_some() { (hidden("version", version)) }
                (hidden("indicator", number))
                (what(visitor, typed, problems))
                (chosen(visitor, typed, problems, &pieces, theirs.as_ref()))
                (text_area(&Field::new("single_kind_reason", w.t("judgement-one-kind-reason")).optional(w)
                    .hint(w.t("judgement-one-kind-hint")).value(typed.get("single_kind_reason"))
                    .error(problems.on("single_kind_reason")), 3))
                (nobody_field(visitor, typed, problems))
                (button(&w.t("judgement-save")))
            }))
        }
    };
    let title = w.t(if id.is_some() { "judgement-change" } else { "judgement-write" });
    let mut layout = frame(visitor, scope, &inspection, Room::Judgement, title, body);
    layout.breadcrumbs = vec![(scope.href("judgement"), w.t("room-judgement"))];
    layout.problems = problems.summary();
    layout.width = Width::Text;
    let status = if both.is_some() { StatusCode::CONFLICT } else { problems.status() };
    Ok(visitor.show_as(status, &layout))
}

fn what(visitor: &Visitor, typed: &Typed, problems: &Problems) -> Markup {
    let w = visitor.words();
    let kinds: Vec<_> = FindingKind::ALL
        .iter()
        .map(|k| {
            let label = w.t(&format!("judgement-kind-{}", k.word()));
            Choice::new(k.word(), label, typed.get("kind") == k.word())
        })
        .collect();
    html! {
        (radios(&Field::new("kind", w.t("judgement-kind")).error(problems.on("kind")), &kinds))
        (text_area(&Field::new("body", w.t("judgement-body")).hint(w.t("judgement-body-hint"))
            .value(typed.get("body")).error(problems.on("body")), 6))
    }
}

fn chosen(
    visitor: &Visitor,
    typed: &Typed,
    problems: &Problems,
    pieces: &[Evidence],
    theirs: Option<&WrittenFinding>,
) -> Markup {
    let w = visitor.words();
    let choices: Vec<_> = pieces
        .iter()
        .map(|e| {
            let value = e.id.to_string();
            let in_theirs = theirs.is_some_and(|t| t.evidence.contains(&e.id));
            let kind = w.t(&format!("evidence-kind-{}", e.written.kind.word()));
            let strength = w.t(&format!("evidence-strength-{}", e.written.strength.word()));
            let mut hint = format!("{kind}; {strength}");
            if in_theirs {
                hint = format!("{hint}; {}", w.t("judgement-both-evidence"));
            }
            let chosen = typed.has("evidence", &value) || in_theirs;
            Choice::new(value, e.written.title.clone(), chosen).hint(hint)
        })
        .collect();
    checkboxes(
        &Field::new("evidence", w.t("judgement-rests"))
            .hint(w.t("judgement-rests-hint"))
            .error(problems.on("evidence")),
        &choices,
    )
}
